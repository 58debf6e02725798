// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/unit"
)

// guarantee is a guarantee clause and where it stands.
type guarantee struct {
	idle
	c       *clause.Guarantee
	started bool    // what had to come first came in an earlier step
	paid    float64 // cents
	place   bool    // the guarantor has taken the buyer's place
}

func newGuarantee(c clause.Clause, _ *history) term { return &guarantee{c: c.(*clause.Guarantee)} }

// callable is how far the guarantee can be called in the step.
func (g *guarantee) callable(h *history) float64 {
	head, starts := g.c.Head(), g.c.Starts
	if !h.solventParty(head.From) || !g.started && (starts.PowerGW != nil || starts.Event != "") {
		return 0
	}
	return h.force(head)
}

// part is the part of the cap that is left.
func (g *guarantee) part(h *history) float64 {
	part := 1.0
	for _, d := range g.c.Declines {
		if d.At.Before(h.grid.StepEnd(h.t)) {
			part = d.To
		}
	}
	return part
}

// pays is the most that is paid of what is left unpaid.
func (g *guarantee) pays(h *history, unpaid float64) float64 {
	unpaid = max(0, unpaid)
	switch {
	case g.c.Cents != nil:
		return min(unpaid, max(0, float64(g.part(h)**g.c.Cents)-g.paid))
	case g.c.Share != nil:
		return g.part(h) * *g.c.Share * unpaid
	}
	return unpaid
}

// claim takes the contract over, where it does.
func (g *guarantee) claim(h *history) {
	head := g.c.Head()
	if g.c.Assume == "never" || !h.breaking || !h.solventParty(head.To) || g.callable(h) < 0.5 {
		return
	}
	arrears, minimum, all := 0.0, 0.0, 0.0
	for _, c := range h.claimed("", head.To, "") {
		if c.of == contract.OfBills {
			arrears += c.signed(c.left)
		}
	}
	for _, c := range h.claimed("", head.To, g.c.Of) {
		all += c.signed(c.left)
		if c.of == contract.OfMinimums {
			minimum += c.left
		}
	}
	if minimum <= 0 {
		return
	}
	worth := 0.0
	if h.quoted > 0 {
		worth = g.c.Worth * h.obs.Obs[contract.Market] / h.quoted
	}
	costs := max(0, arrears) + float64(minimum*(1-worth))
	if g.c.Assume == "cheaper" && costs >= g.pays(h, all) {
		return
	}
	g.place = true
	for _, c := range h.claimed("", head.To, g.c.Of) {
		if c.of == contract.OfMinimums {
			c.left = 0
		}
	}
}

// cover pays what is left unpaid: under the clause, or of all bills.
func (g *guarantee) cover(h *history) {
	head := g.c.Head()
	pays := Flow{From: head.From, To: head.To, Asset: cash, Kind: "guarantee", Clause: head.ID}
	if g.place {
		for _, c := range h.claimed("", head.To, "") {
			if c.of == contract.OfBills {
				pays.Amount += c.signed(c.left - c.paid)
			}
		}
		pays.Kind, pays.Amount = "arrears", max(0, pays.Amount)
		h.post(pays)
		return
	}
	for _, c := range h.claimed("", head.To, g.c.Of) {
		pays.Amount += c.signed(c.left - c.paid)
	}
	pays.Amount = g.pays(h, pays.Amount) * g.callable(h)
	g.paid += h.post(pays)
}

func (g *guarantee) sign(h *history) {
	if f := g.c.Fee; f != nil {
		h.post(g.fee(h, f.Cents*h.agreed(g.c.Head())))
	}
}

func (g *guarantee) fee(h *history, cents float64) Flow {
	by := g.c.Fee.By
	if by == "" {
		by = h.in.Buyer
	}
	return Flow{From: by, To: g.c.Head().From, Asset: cash, Kind: "guarantee_fee", Clause: g.c.Head().ID, Amount: cents}
}

func (g *guarantee) fund(h *history) {
	if h.t >= h.grid.Term() {
		return
	}
	if f := g.c.Fee; f != nil && f.PerYear > 0 && h.live {
		due := g.fee(h, f.PerYear*h.lasts(h.t)*g.part(h)**g.c.Cents*g.callable(h))
		if h.solventParty(due.From) {
			h.post(due)
		}
	}
	head := g.c.Head()
	if !g.place || !h.solventParty(head.From) || !h.solventParty(head.To) {
		return
	}
	for _, k := range h.commitments {
		if k.c.Head().ID != g.c.Of {
			continue
		}
		cents := k.dueInStep(h)
		if len(h.capacities) > 0 {
			cents = min(cents, h.unsold()*h.quoted)
		}
		units := 0.0
		if h.quoted > 0 {
			units = cents / h.quoted
		}
		h.serve(head, "taken_over", units, cents, g.c.Worth)
	}
}

// end reads what has to come first.
func (g *guarantee) end(h *history) {
	switch starts := g.c.Starts; {
	case starts.PowerGW != nil:
		g.started = g.started || h.t < h.grid.Term() && h.offer.powerGW >= *starts.PowerGW*(1-powerSlack)
	case starts.Event != "":
		g.started = g.started || h.happened(starts.Event)
	}
}

func printGuarantee(p *printer, x clause.Clause) {
	c := x.(*clause.Guarantee)
	p.field("of", scalar(c.Of))
	switch {
	case c.Cents != nil:
		p.field("cap", "{amount: "+unit.WriteMoney(*c.Cents)+"}")
	case c.Share != nil:
		p.field("cap", "{share: "+unit.WriteRate(*c.Share)+"}")
	}
	if len(c.Declines) > 0 {
		p.line(6, "declines:")
	}
	for _, d := range c.Declines {
		p.line(8, "- {at: %s, to: %s}", d.At, unit.WriteRate(d.To))
	}
	switch {
	case c.Starts.PowerGW != nil:
		p.field("starts", "{gw: "+unit.WriteNumber(*c.Starts.PowerGW)+"}")
	case c.Starts.Event != "":
		p.field("starts", "{event: "+scalar(c.Starts.Event)+"}")
	}
	p.unless("never", "assume", c.Assume)
	p.unless("100%", "worth", unit.WriteRate(c.Worth))
	if f := c.Fee; f != nil {
		var m mapping
		m.add("at_signing", unit.WriteMoney(f.Cents))
		m.addUnless("0%", "per_year", unit.WriteRate(f.PerYear))
		m.addUnless("", "by", scalar(f.By))
		p.field("fee", m.String())
	}
	p.unless("", "for", scalar(c.For))
}
