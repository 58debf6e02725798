// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/unit"
)

// exclusivity is a ladder, the level that holds, and what need was when it
// began.
type exclusivity struct {
	idle
	c    *clause.Exclusivity
	rung *clause.Rung
	base float64 // units
}

func newExclusivity(c clause.Clause, _ *history) term {
	return &exclusivity{c: c.(*clause.Exclusivity)}
}

func (e *exclusivity) stand(h *history) {
	if h.t >= h.grid.Term() {
		return
	}
	var now *clause.Rung
	for i := range e.c.Ladder {
		if !e.c.Ladder[i].From.After(h.grid.StepStart(h.t)) {
			now = &e.c.Ladder[i]
		}
	}
	need := h.obs.Obs[contract.Need]
	if now != e.rung {
		e.rung, e.base = now, need
	}
	if now == nil {
		return
	}
	bound := 0.0
	switch now.Level {
	case "exclusive":
		bound = need
	case "first_refusal":
		bound = max(0, need-e.base)
	}
	h.floor = max(h.floor, bound*now.Scope*h.force(e.c.Head()))
}

func printExclusivity(p *printer, x clause.Clause) {
	p.line(6, "ladder:")
	for _, g := range x.(*clause.Exclusivity).Ladder {
		var m mapping
		if !g.From.IsZero() {
			m.add("from", g.From.String())
		}
		m.add("level", g.Level)
		m.addUnless("100%", "scope", unit.WriteRate(g.Scope))
		p.line(8, "- %s", m)
	}
}
