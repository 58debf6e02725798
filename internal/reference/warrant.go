// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/unit"
)

// warrant is a warrant, what has vested of it, and what was bought so far.
type warrant struct {
	idle
	c      *clause.Warrant
	vested []bool // by part
	left   float64
	shares float64 // got by exercise, where they are the buyer's
	peakGW float64
	spent  float64 // cents
	units  float64
	last   int
	pays   bool // a share is worth more than the strike, as quoted in the step
}

func newWarrant(x clause.Clause, h *history) term {
	w := &warrant{c: x.(*clause.Warrant), last: h.grid.Term() - 1}
	if w.c.Expires.IsZero() {
		w.last = h.grid.Signed() - 1
	}
	w.vested = make([]bool, len(w.c.Vests))
	for t := range h.grid.Term() {
		if !w.c.Expires.IsZero() && !w.c.Expires.Before(h.grid.StepStart(t)) && w.c.Expires.Before(h.grid.StepEnd(t)) {
			w.last = t
		}
	}
	return w
}

// own tells whether the shares are the buyer's.
func (w *warrant) own(h *history) bool { return w.c.Head().From == h.in.Buyer }

// price is what a share is worth in cents.
func (w *warrant) price(h *history) float64 {
	if w.own(h) {
		return h.fairPrice()
	}
	return h.index(w.c.SharePrice) * unit.MinorPerMajor
}

func (w *warrant) gain(h *history) float64 {
	return w.price(h) - float64(w.c.Strike*unit.MinorPerMajor)
}

func (w *warrant) stand(h *history) { w.pays = w.gain(h) > 0 }

func (w *warrant) fund(h *history) {
	if h.t > w.last {
		return
	}
	head := w.c.Head()
	if h.live && h.solventParty(head.From) && w.pays {
		w.exercise(h, clamp(h.elected(head.ID+".exercise"), w.left), w.c.Settle == "net")
	}
	if h.t < w.last {
		return
	}
	if h.solventParty(head.From) && h.solventParty(head.To) && w.gain(h) > 0 {
		w.exercise(h, w.left, true)
	}
	w.rights(h, head.To, head.From, "warrants_expired", w.left)
	w.left = 0
}

func (w *warrant) rights(h *history, from, to, kind string, n float64) {
	id := w.c.Head().ID
	h.post(Flow{From: from, To: to, Asset: contract.Asset{Kind: contract.Warrants, Of: id}, Kind: kind, Clause: id, Amount: n})
}

// exercise takes up n rights at the price of the step.
func (w *warrant) exercise(h *history, n float64, net bool) {
	head, price, strike := w.c.Head(), w.price(h), float64(w.c.Strike*unit.MinorPerMajor)
	w.rights(h, head.To, head.From, "exercised", n)
	w.left -= n
	shares := n
	if net {
		shares = 0
		if n > 0 {
			shares = n * (price - strike) / price
		}
	} else {
		h.post(Flow{From: head.To, To: head.From, Asset: cash, Kind: "strike", Clause: head.ID, Amount: n * strike})
	}
	if w.own(h) {
		w.shares += h.issue(head.ID, head.To, "issue", shares)
		return
	}
	h.post(Flow{From: head.From, To: head.To, Asset: contract.Asset{Kind: contract.InKind, Of: head.ID}, Kind: "shares_delivered",
		Clause: head.ID, Amount: shares * price})
}

// milestones vests parts.
func (w *warrant) milestones(h *history) {
	if h.t >= w.last || !h.live {
		return
	}
	w.peakGW = max(w.peakGW, h.offer.powerGW)
	w.spent += h.spend
	w.units += h.taken
	force := h.force(w.c.Head())
	for k, v := range w.c.Vests {
		if w.vested[k] || force == 0 || !w.holds(h, v) {
			continue
		}
		w.vested[k] = true
		n := float64(v.Shares * force)
		w.rights(h, w.c.Head().From, w.c.Head().To, "vested", n)
		w.left += n
	}
}

func (w *warrant) holds(h *history, v clause.Vesting) bool {
	have := func(x float64, want *float64) bool { return want == nil || x >= *want*(1-powerSlack) }
	switch {
	case !have(w.peakGW, v.PowerGW), !have(w.spent, v.SpendCents), !have(w.units, v.Units), !have(w.price(h)/unit.MinorPerMajor, v.Price):
		return false
	case !v.From.IsZero() && !v.From.Before(h.grid.StepEnd(h.t)):
		return false
	}
	return v.On == "" || h.happened(v.On)
}

func (w *warrant) stocks(h *history) []Stock {
	head := w.c.Head()
	out := []Stock{{head.To, contract.Asset{Kind: contract.Warrants, Of: head.ID}, w.left}}
	if w.own(h) {
		out = append(out, Stock{head.To, contract.Asset{Kind: contract.Shares, Of: head.ID}, w.shares})
	}
	return out
}

func printWarrant(p *printer, x clause.Clause) {
	c := x.(*clause.Warrant)
	p.unless("0", "strike", unit.WriteNumber(c.Strike))
	p.line(6, "vests:")
	for _, v := range c.Vests {
		var m mapping
		m.add("shares", unit.WriteNumber(v.Shares))
		if v.PowerGW != nil {
			m.add("gw", unit.WriteNumber(*v.PowerGW))
		}
		if v.SpendCents != nil {
			m.add("spend", unit.WriteMoney(*v.SpendCents))
		}
		if v.Units != nil {
			m.add("units", unit.WriteNumber(*v.Units))
		}
		if v.Price != nil {
			m.add("price", unit.WriteNumber(*v.Price))
		}
		if !v.From.IsZero() {
			m.add("from", v.From.String())
		}
		if v.On != "" {
			m.add("on", scalar(v.On))
		}
		p.line(8, "- %s", m)
	}
	p.date("expires", c.Expires)
	if c.SharePrice != "" {
		p.field("share_price", scalar(c.SharePrice))
	}
	p.unless("physical", "settle", c.Settle)
}
