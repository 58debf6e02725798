// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"slices"

	"offtake/internal/clause"
	"offtake/internal/deal/read"
	"offtake/internal/diag"
)

// checkLeave warns of a policy that ends an agreement without a right to.
func (p *parse) checkLeave(path string, leaves bool, role string) {
	s := p.r.Site(path)
	if s == nil || !leaves || p.brokenClauses {
		return
	}
	for _, c := range p.read {
		if clause.MayEnd(c.Clause, role) {
			return
		}
	}
	p.r.Warn("LEAVE-NO-RIGHT", s.Place, "give a commitment an exit, add a termination, or leave this out", "no clause lets the %s leave, so it does not", role)
}

// checkDelays reports delays of what no clause promises.
func (p *parse) checkDelays() {
	if p.brokenWorld || p.brokenClauses {
		return
	}
	var names []string
	for _, c := range p.read {
		list := clause.Generations(c.Clause)
		if len(list) > 0 {
			names = append(names, c.Head().ID)
		}
		for _, g := range list {
			if g.Name != "" {
				names = append(names, g.Name)
			}
		}
	}
	for _, d := range p.d.World.Delays {
		if slices.Contains(names, d.Name) {
			continue
		}
		hint := "name a generation, or the id of a clause that promises capacity"
		if meant := diag.Suggest(d.Name, names); meant != "" {
			hint = "did you mean " + meant + "?"
		}
		p.r.Fault("DELAY-UNKNOWN", p.keyPlace("world.delays", d.Name), hint, "no clause promises %s", read.Shown(d.Name))
	}
}
