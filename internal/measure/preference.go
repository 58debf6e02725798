// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"slices"

	"offtake/internal/contract"
	"offtake/internal/vec"
)

// prefs are the preferences of a deal at the horizon, lane by lane: the lab's
// equity is dealt out from the most senior claim down, and who does not take
// part in the rest takes the more of its claim and its shares as converted
// (Metrick and Yasuda 2011, "Venture Capital and the Finance of Innovation").
type prefs struct {
	of      []Preference
	line    []int       // by line: the preference whose shares it pays for, or -1
	issue   [][]int     // by preference: the lines along which its shares are issued
	paid    [][]float64 // by preference: cents paid for its shares
	event   []int       // by preference: the event that ends it, or -1
	fallen  [][]float64 // by preference: 1 where that has happened by the horizon
	classes []claimant
	adds    []float64 // by holder, of one lane: cents that preferences add at the horizon
}

// claimant is a class of shares with a preference, in one lane.
type claimant struct {
	claim, shares float64
	rank          int
	participating bool
	converted     bool
	gets          float64 // cents
}

func newPrefs(s *Setting, lanes int) prefs {
	n := len(s.Preferences)
	p := prefs{of: s.Preferences, paid: columns(n, lanes), fallen: columns(n, lanes), issue: make([][]int, n),
		classes: make([]claimant, n), adds: make([]float64, len(s.Holders))}
	for i, l := range s.Program.Lines() {
		p.line = append(p.line, -1)
		for k, x := range p.of {
			if l.Clause != x.Clause {
				continue
			}
			switch {
			case l.Role == contract.Issue:
				p.issue[k] = append(p.issue[k], i)
			case l.To == s.Program.Buyer() && (l.Role == contract.Cheque || l.Asset.Kind == contract.Credits):
				p.line[i] = k
			}
		}
	}
	for _, x := range p.of {
		p.event = append(p.event, slices.Index(s.Program.Watch().Events, x.Until))
	}
	return p
}

func (p *prefs) open() {
	for k := range p.paid {
		vec.Fill(p.paid[k], 0)
		vec.Fill(p.fallen[k], 0)
	}
}

// observe adds what is paid for shares with a preference.
func (p *prefs) observe(f contract.Posting) {
	if k := p.line[f.ID]; k >= 0 {
		vec.Accumulate(p.paid[k], f.Amount)
	}
}

// last notes which events have happened by the horizon.
func (p *prefs) last(m *contract.Month) {
	for k, e := range p.event {
		if e >= 0 {
			vec.Copy(p.fallen[k], m.Obs.Events[e])
		}
	}
}

// share works out what preferences add to each holder's part of the equity in
// one lane, in cents at the horizon. What is added to some is taken from others.
func (p *prefs) share(b *Book, lane int, equity, all float64) {
	clear(p.adds)
	if equity <= 0 {
		return
	}
	for k, x := range p.of {
		n := 0.0
		for _, i := range p.issue[k] {
			n += b.cash[i][lane]
		}
		claim := x.Multiple * p.paid[k][lane] * (1 - p.fallen[k][lane])
		p.classes[k] = claimant{claim: claim, shares: n, rank: x.Rank, participating: x.Participating, converted: claim <= 0}
	}
	each := p.settle(equity, all)
	for h := range p.adds {
		p.adds[h] = float64(each*b.parts.ShareAfter[h][lane]*all) - float64(b.parts.ShareAfter[h][lane]*equity)
	}
	for k := range p.of {
		c := &p.classes[k]
		if c.shares == 0 {
			continue
		}
		over := (c.gets - float64(each*c.shares)) / c.shares
		for _, i := range p.issue[k] {
			if h := b.info[i].to; h >= 0 {
				p.adds[h] += float64(over * b.cash[i][lane])
			}
		}
	}
}

// settle decides who converts, those with the lowest claim a share first, and
// returns what a share without a claim gets.
func (p *prefs) settle(equity, all float64) float64 {
	each := p.deal(equity, all)
	for {
		next := -1
		for k := range p.classes {
			c := &p.classes[k]
			if !c.converted && !c.participating && (next < 0 || c.claim*p.classes[next].shares < p.classes[next].claim*c.shares) {
				next = k
			}
		}
		if next < 0 {
			return each
		}
		c, claimed := &p.classes[next], p.classes[next].gets
		c.converted = true
		if with := p.deal(equity, all); float64(with*c.shares) > claimed {
			each = with
			continue
		}
		c.converted = false
		return p.deal(equity, all)
	}
}

// deal deals the equity out from the most senior claims down, those of one rank
// in proportion, and the rest to all shares but those that hold on to a claim
// without taking part. It returns what a share of those gets.
func (p *prefs) deal(equity, all float64) float64 {
	top := 0
	for k := range p.classes {
		top = max(top, p.classes[k].rank)
	}
	sharing := all
	for rank := top; rank >= 0; rank-- {
		sum := 0.0
		for k := range p.classes {
			if c := &p.classes[k]; c.rank == rank && !c.converted {
				sum += c.claim
			}
		}
		part := 1.0
		if sum > equity {
			part = equity / sum
		}
		for k := range p.classes {
			if c := &p.classes[k]; c.rank == rank && !c.converted {
				c.gets = c.claim * part
			}
		}
		equity = max(0, equity-sum)
	}
	for k := range p.classes {
		if c := &p.classes[k]; !c.converted && !c.participating {
			sharing -= c.shares
		}
	}
	each := 0.0
	if sharing > 0 {
		each = equity / sharing
	}
	for k := range p.classes {
		c := &p.classes[k]
		if c.converted {
			c.gets = each * c.shares
		} else if c.participating {
			c.gets += float64(each * c.shares)
		}
	}
	return each
}
