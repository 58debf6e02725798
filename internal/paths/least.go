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
	d := j.Deal
	for _, c := range j.Deal.Clauses {
		binds := c.Kind() == "commitment" || clause.MayEnd(c, deal.Buyer)
		if h := c.Head(); binds && h.Binding == "intent" {
			if without, err := d.Without(h.ID); err == nil {
				d = without
			}
		}
	}
	p := d.Program(false)
	least := j.idle(p, -1)
	for s := range p.Slots() {
		if slot := contract.Slot(s); p.SlotKind(slot) == contract.LeaveSlot {
			least = min(least, j.idle(p, slot))
		}
	}
	return least
}

// idle runs a program in one lane with nothing taken and adds up what the buyer
// pays the supplier for compute and for not taking it; it uses one right to
// leave as soon as that is on offer, or none where leave is -1.
func (j *Job) idle(p *contract.Program, leave contract.Slot) (paidCents float64) {
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
	add := func(m *contract.Month) {
		for _, x := range m.Postings() {
			switch x.Line.Role {
			case contract.Use, contract.Miss:
				if x.Line.Asset.Kind != contract.Cash {
					continue
				}
				if x.Line.From == p.Supplier() {
					paidCents -= x.Amount[0]
				} else {
					paidCents += x.Amount[0]
				}
			}
		}
	}
	show(-1)
	add(c.Sign(obs.Obs))
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
		add(c.Settle(e))
	}
	return paidCents
}
