// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/deal"
)

// leastOwed is the least that the buyer must pay, nominal, in cents, by what
// binds it: it takes nothing of what is delivered in full, and either stays or
// leaves as soon as it may, by the right for which that is cheapest. What the parties merely intend binds nobody.
func (j *Job) leastOwed() float64 {
	p := j.binding(func(h *clause.Head) bool { return h.Binding != "intent" })
	least := paid(p, j.idle(p, -1))
	for s := range p.Slots() {
		if slot := contract.Slot(s); p.SlotKind(slot) == contract.LeaveSlot {
			least = min(least, paid(p, j.idle(p, slot)))
		}
	}
	return least
}

// binding is the program without the commitments, and rights to leave, that do not
// bind.
func (j *Job) binding(binds func(h *clause.Head) bool) *contract.Program {
	d := j.Deal
	for _, c := range j.Deal.Clauses {
		if (c.Kind() == "commitment" || clause.MayEnd(c, deal.Buyer)) && !binds(c.Head()) {
			if without, err := d.Without(c.Head().ID); err == nil {
				d = without
			}
		}
	}
	return d.Program(false)
}

// paid is what the buyer pays the supplier for compute and for not taking it, in cents.
func paid(p *contract.Program, months []Month) float64 {
	cents := 0.0
	for _, m := range months {
		for _, f := range m.Flows {
			if f.Line.Asset.Kind == contract.Cash {
				cents += forCompute(p, f)
			}
		}
	}
	return cents
}

// forCompute is a flow for compute, or for not taking it, as the buyer pays it: less than
// zero where the supplier does.
func forCompute(p *contract.Program, f Flow) float64 {
	switch {
	case f.Line.Role != contract.Use && f.Line.Role != contract.Miss:
		return 0
	case f.Line.From == p.Supplier():
		return -f.Amount
	}
	return f.Amount
}

// idle runs a program in one lane with nothing taken; the buyer uses one right to
// leave as soon as that is on offer, or none where leave is -1.
func (j *Job) idle(p *contract.Program, leave contract.Slot) []Month {
	f := j.Plan.Factors(1)
	f.Base()
	obs, c := f.Observe(p), p.New(1)
	obs.Open()
	for _, late := range obs.Late {
		clear(late)
	}
	show := func(t int) {
		f.Step(t)
		obs.Show(t)
		for o, x := range map[contract.Observable]float64{contract.Need: 0, contract.Flexible: 0, contract.Delivery: 1, contract.Alive: 1} {
			obs.Col[o] = []float64{x}
		}
	}
	var rec Base
	show(-1)
	rec.keep(c.Sign(obs.Obs), 0)
	for !c.Done() {
		show(c.Next())
		q, e := c.Quote(obs.Obs), c.Elections()
		e.Units[0] = 0
		for s := range e.Slot {
			e.Slot[s][0] = 0
			if slot := contract.Slot(s); p.SlotKind(slot) == contract.ChargeSlot || slot == leave && q.Offer[s][0] > 0 {
				e.Slot[s][0] = 1
			}
		}
		rec.keep(c.Settle(e), 0)
	}
	return rec.Months
}
