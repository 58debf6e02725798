// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"fmt"
	"slices"

	"offtake/internal/calendar"
	"offtake/internal/clause"
)

// prices are one price, mostly, or several that follow each other, with gaps at
// times.
func (m *maker) prices() {
	n := []int{1, 1, 1, 1, 1, 2, 3}[m.IntN(7)]
	n = max(1, min(n, (m.s.steps-1)/2))
	cuts, net := m.cuts(2*n), m.net()
	for i := range n {
		p := clause.NewPrice()
		id := "price"
		if i > 0 {
			id = fmt.Sprintf("price-%d", i+1)
		}
		m.head(p, id, supplier, buyer)
		m.priceWindow(p, i, n, cuts)
		p.NetMonths = net
		m.level(p)
		m.moving(p)
	}
	if n > 1 && m.chance(0.3) { // the file need not be in their order
		last := len(m.s.clauses) - 1
		m.s.clauses[last], m.s.clauses[last-1] = m.s.clauses[last-1], m.s.clauses[last]
	}
}

// cuts are dates in the term in their order, in different steps if there are
// enough, so that something begins between any two.
func (m *maker) cuts(n int) []calendar.Date {
	var out []calendar.Date
	for _, step := range m.Perm(max(n, m.s.steps-1))[:n] {
		d := m.s.start.AddMonths((1 + step) * m.s.step.Months())
		if m.chance(0.5) {
			d = d.AddDays(-m.IntN(28))
		}
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b calendar.Date) int { return a.Days(b) })
	return out
}

// priceWindow is the time of price i of n, mostly one that begins when the
// one before it ends.
func (m *maker) priceWindow(p *clause.Price, i, n int, cuts []calendar.Date) {
	h := p.Head()
	if i > 0 || m.chance(0.1) {
		h.Since = cuts[2*i]
		if i > 0 && !m.chance(0.3) {
			h.Since = cuts[2*i-1]
		}
	}
	if i < n-1 || m.chance(0.1) {
		h.Until = cuts[2*i+1]
	}
}

func (m *maker) level(p *clause.Price) {
	switch m.IntN(5) {
	case 0:
		p.Discount = m.rate(-0.5, 1)
	case 1, 2:
		x := m.number(1)
		p.Fixed = &x
	case 3:
		m.tiers(p)
	}
}

func (m *maker) tiers(p *clause.Price) {
	from := 0.0
	for range 1 + m.IntN(4) {
		if m.chance(0.7) {
			from += m.cents(m.units * 100 * float64(m.s.step.PerYear()) / 3)
		}
		p.Tiers = append(p.Tiers, clause.Tier{FromCents: from, Discount: m.rate(0, 1)})
		from += 1
	}
	p.Retroactive = m.chance(0.5)
}

// moving is what changes the price over time, where the level lets it.
func (m *maker) moving(p *clause.Price) {
	if m.chance(0.2) {
		m.intros(p)
	}
	if p.Fixed != nil && m.chance(0.3) {
		p.Indexed = m.indexation()
	}
	if len(p.Tiers) == 0 && m.chance(0.3) {
		p.Rebase = &clause.Rebase{On: "list_cut", Keep: "discount"}
		if p.Fixed == nil {
			p.Rebase.Keep = "price"
		}
	}
	if len(p.Tiers) == 0 && m.chance(0.3) {
		p.Review = m.review()
	}
	if m.chance(0.25) {
		p.Favoured = &clause.Favoured{Against: m.one("market", "list"), Within: m.rate(-0.2, 0.5), Refund: m.one("at_once", "year_end")}
	}
}

func (m *maker) intros(p *clause.Price) {
	until := p.Head().Since
	if until.Before(m.s.start) {
		until = m.s.start
	}
	for range 1 + m.IntN(2) {
		if until = until.AddDays(1 + m.IntN(1+m.days()/3)); !until.Before(m.s.start.AddDays(m.days())) && !m.chance(0.05) {
			return
		}
		x := clause.Intro{Until: until}
		if y := m.rate(-0.2, 1); m.chance(0.5) {
			x.Discount = &y
		} else {
			y = m.number(1)
			x.Fixed = &y
		}
		p.Intro = append(p.Intro, x)
	}
}

func (m *maker) review() *clause.Review {
	r := &clause.Review{Every: m.span(), To: m.one("market", "list", "index"), Share: m.rate(0, 1.5), Ratchet: m.one("none", "up", "down")}
	if r.Every == (calendar.Span{}) || m.chance(0.5) {
		r.Every.Months = m.s.step.Months()
	}
	if r.To == "index" {
		r.Index = "price"
	}
	r.Floor, r.Cap = m.collar()
	return r
}

// indexation moves an amount with an index that stands at about turnover.
func (m *maker) indexation() *clause.Indexation {
	x := &clause.Indexation{Index: "price", Base: m.number(m.turnover() / 100), Share: m.rate(0, 2)}
	x.Floor, x.Cap = m.collar()
	return x
}

// collar is a floor and a cap as shares, each given at times.
func (m *maker) collar() (floor, most *float64) {
	if m.chance(0.4) {
		x := m.rate(0, 1)
		floor = &x
	}
	if m.chance(0.4) {
		x := m.rate(1, 2)
		most = &x
	}
	return floor, most
}
