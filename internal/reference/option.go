// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/unit"
)

// callOption is an option on more capacity and where it stands.
type callOption struct {
	idle
	c      *clause.Option
	called float64 // how far it was in force when it was exercised; 0 before
	from   int     // the step from which its capacity runs
	bought float64 // how far the premium has been paid
	offer  float64
	below  float64 // units that are taken before its own
	own    float64 // its units in the step
	dearer float64 // cents that its units cost more than at the deal's price
}

func newOption(c clause.Clause, _ *history) term { return &callOption{c: c.(*clause.Option)} }

// bound is how far the right is bought: by event and chance, whatever the day.
func (o *callOption) bound(h *history) float64 {
	head := *o.c.Head()
	head.Since, head.Until = calendar.Date{}, calendar.Date{}
	return h.force(&head)
}

func (o *callOption) sign(h *history) { o.payPremium(h) }

func (o *callOption) payPremium(h *history) {
	if more := o.bound(h) - o.bought; more > 0 {
		o.bought += more
		h.post(Flow{From: h.in.Buyer, To: h.in.Supplier, Asset: cash, Kind: "option_premium", Clause: o.c.Head().ID, Amount: more * o.c.Premium.Value})
	}
}

func (o *callOption) supply(h *history) {
	o.below, o.own = h.offer.units, 0
	if len(h.capacities) == 0 || o.called == 0 || h.t < o.from || h.t >= h.grid.Term() {
		return
	}
	o.own = h.add(&h.offer, o.c.Head().ID, o.c.Generations, o.called*h.kept, o.from)
	h.offer.units += o.own
	h.offer.delivered += o.own
	if r := o.c.Raises; r != nil && h.t == o.from {
		if k := find(h.commitments, r.Commitment); k != nil {
			k.raise += float64(o.called * r.Cents / float64(h.until-h.t))
		}
	}
}

func (o *callOption) stand(h *history) {
	o.offer = 0
	if o.called == 0 && h.force(o.c.Head()) > 0 {
		o.offer = 1
	}
}

func (o *callOption) take(h *history) {
	if o.offer > 0 && h.elected(o.c.Head().ID+".call") > 0 {
		o.called, o.from = h.force(o.c.Head()), h.t+max(1, h.grid.StepsIn(o.c.Notice))
	}
	o.dearer = 0
	if o.c.Price != nil {
		units := clamp(h.taken-o.below, o.own)
		o.dearer = h.cents(units * (float64(*o.c.Price*unit.MinorPerMajor) - h.quoted))
		h.beside += o.dearer
	}
}

func (o *callOption) bill(h *history) {
	id := o.c.Head().ID
	if o.dearer > 0 {
		h.invoice += h.chargeUsage(Flow{From: h.in.Buyer, To: h.in.Supplier, Kind: "option_surcharge", Clause: id, Amount: o.dearer})
	} else {
		h.invoice -= h.chargeUsage(Flow{From: h.in.Supplier, To: h.in.Buyer, Kind: "option_discount", Clause: id, Amount: -o.dearer})
	}
}

func (o *callOption) fund(h *history) {
	if h.live {
		o.payPremium(h)
	}
}

func printOption(p *printer, x clause.Clause) {
	c := x.(*clause.Option)
	p.generations(c.Generations)
	p.span("notice", c.Notice)
	if c.Premium.Value != 0 || c.Premium.Bound != unit.Exact {
		p.field("premium", amount(c.Premium))
	}
	if c.Price != nil {
		p.field("price", unit.WriteNumber(*c.Price))
	}
	if r := c.Raises; r != nil {
		var m mapping
		m.add("commitment", scalar(r.Commitment))
		m.add("by", unit.WriteMoney(r.Cents))
		p.field("raises", m.String())
	}
}
