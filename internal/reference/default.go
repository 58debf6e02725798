// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"strconv"

	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/unit"
)

// defaulting is a default clause, and whether its failure has come.
type defaulting struct {
	idle
	c      *clause.Default
	struck bool
}

func newDefaulting(c clause.Clause, _ *history) term { return &defaulting{c: c.(*clause.Default)} }

// supply notes the failure, and lowers what is delivered once somebody has
// stepped in.
func (d *defaulting) supply(h *history) {
	head := d.c.Head()
	whose := head.From
	if d.c.Of != "" {
		whose = d.c.Of
	}
	d.struck = d.struck || !h.solventParty(whose) && h.likely(head)
	if d.c.StepIn != nil && h.carriedOn[head.From] {
		h.offer.powerGW *= d.c.StepIn.Delivery
		if len(h.capacities) > 0 {
			h.offer.units *= d.c.StepIn.Delivery
		}
	}
}

// claim is the damages that a failing supplier owes.
func (d *defaulting) claim(h *history) {
	if d.c.Damages == nil || !h.failing {
		return
	}
	head := d.c.Head()
	owed := h.promisedLater() * max(0, h.obs.Obs[contract.Market]-h.quoted)
	if d.c.Damages.CapCents != nil {
		owed = min(owed, *d.c.Damages.CapCents)
	}
	h.claims = append(h.claims, &claim{clause: head.ID, debtor: head.From, creditor: head.To, of: contract.OfDamages, left: owed * h.force(head),
		pays: Flow{From: head.From, To: head.To, Asset: cash, Kind: "damages_recovered", Clause: head.ID}})
}

// promisedLater is the units promised for the running step and all later ones. An
// option without a capacity clause promises none.
func (h *history) promisedLater() float64 {
	if len(h.capacities) == 0 {
		return 0
	}
	sum := 0.0
	for _, c := range h.capacities {
		head, units := c.Head(), 0.0
		for t := h.t; t < h.until; t++ {
			first := h.grid.StepStart(t)
			if first.Before(head.Since) || !head.Until.IsZero() && !first.Before(head.Until) {
				continue
			}
			for _, g := range c.Generations {
				if !g.From.After(first) {
					units += unitsOf(g, first, h.grid.MonthsPerStep())
				}
			}
		}
		sum += float64(units * h.agreed(head) * h.kept)
	}
	for _, x := range h.terms {
		if o, ok := x.(*callOption); ok && o.called > 0 && h.t >= o.from {
			for _, g := range o.c.Generations {
				for t := h.t; t < h.until; t++ {
					_, units := h.comesTo(g, t)
					sum += float64(units * o.called * h.kept)
				}
			}
		}
	}
	return sum
}

// secure sets off what the creditor owes under loans.
func (d *defaulting) secure(h *history) {
	if !d.c.SetOff {
		return
	}
	head := d.c.Head()
	debts, pot := h.debts(head.From, head.To), 0.0
	for _, l := range debts {
		pot += l.owed
	}
	taken := h.meet(head, "set_off", head.ID, pot*h.force(head), h.claimed(head.From, head.To, ""))
	for _, l := range debts {
		part := min(taken, l.owed)
		l.giveBack(h, "set_off", part)
		taken -= part
	}
}

// meet meets claims from a pot that a clause provides, and returns what it took.
func (h *history) meet(head *clause.Head, kind, id string, pot float64, claims []*claim) float64 {
	taken, loans := h.coverFrom(pot, claims)
	pays := Flow{From: head.From, To: head.To, Asset: cash, Kind: kind, Clause: id, Amount: taken - loans}
	h.post(pays)
	pays.Kind, pays.Amount = kind+"_for_loans", loans
	h.post(pays)
	return taken
}

func printDefault(p *printer, x clause.Clause) {
	c := x.(*clause.Default)
	p.unless("", "of", scalar(c.Of))
	if c.Acceleration != nil {
		p.field("acceleration", unit.WriteRate(*c.Acceleration))
	}
	var m mapping
	for kind, name := range []string{"accrued", "commitment", "loans", "prepaid", "damages"} {
		if share := c.Recovery[kind]; share != nil {
			m.add(name, unit.WriteRate(*share))
		}
	}
	if len(m) > 0 {
		p.field("recovery", m.String())
	}
	p.unless("false", "set_off", strconv.FormatBool(c.SetOff))
	p.unless("reject", "estate", c.Estate)
	if c.StepIn != nil {
		p.field("step_in", mapping{"delivery: " + unit.WriteRate(c.StepIn.Delivery)}.String())
	}
	if c.Damages != nil {
		m = mapping{"cap: none"}
		if c.Damages.CapCents != nil {
			m = mapping{"cap: " + unit.WriteMoney(*c.Damages.CapCents)}
		}
		p.field("damages", m.String())
	}
	if len(c.Cross) > 0 {
		p.line(6, "cross:")
	}
	for _, x := range c.Cross {
		m = nil
		m.add("clause", scalar(x.Clause))
		m.addUnless("stop", "effect", x.Effect)
		p.line(8, "- %s", m)
	}
}
