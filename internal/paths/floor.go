// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"offtake/internal/clause"
	"offtake/internal/contract"
)

// A Floor is what the buyer is billed by one program if it takes nothing of what is
// delivered in full: the least that it owes, step by step.
type Floor struct {
	Program *contract.Program
	Months  []Month // the signing first
	Leaves  bool    // whether the buyer leaves as soon as it may
}

// Floors are that of a buyer who stays, and that of one who leaves if that is cheaper.
// Commitments and rights to leave that do not bind are not counted.
func (j *Job) Floors(binds func(h *clause.Head) bool) (stay, least Floor) {
	p := j.binding(binds)
	stay = Floor{Program: p, Months: j.idle(p, -1)}
	least = stay
	for s := range p.Slots() {
		slot := contract.Slot(s)
		if p.SlotKind(slot) != contract.LeaveSlot {
			continue
		}
		if x := (Floor{Program: p, Months: j.idle(p, slot), Leaves: true}); paid(p, x.Months) < paid(p, least.Months) {
			least = x
		}
	}
	return stay, least
}

// A Billed is an amount for compute, or for not taking it, in the step in which it is
// billed.
type Billed struct {
	Line  *contract.Line
	Step  int     // -1 at signing
	Cents float64 // as the buyer owes it
}

// Bills are what months bill between the two sides for compute, each amount once: as the
// receivable where it is paid later, else as cash.
func Bills(p *contract.Program, months []Month) []Billed {
	type key struct{ clause, kind string }
	later := map[key]bool{}
	raises := func(l *contract.Line) bool { return l.Asset.Kind == contract.DueLater && l.Due > 0 }
	for _, l := range p.Lines() {
		if raises(&l) {
			later[key{l.Clause, l.Kind}] = true
		}
	}
	var out []Billed
	for _, m := range months {
		for _, f := range m.Flows {
			l := f.Line
			if !raises(l) && (l.Asset.Kind != contract.Cash || later[key{l.Clause, l.Kind}]) {
				continue
			}
			if x := forCompute(p, f); x != 0 {
				out = append(out, Billed{l, m.Step, x})
			}
		}
	}
	return out
}
