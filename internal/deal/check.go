// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"slices"

	"offtake/internal/clause"
	"offtake/internal/deal/read"
	"offtake/internal/field"
	"offtake/internal/world"
)

// check reports what no single value can have wrong. Where something could not be
// read, what would only follow from that is left out.
func (p *parse) check() {
	p.checkTerm()
	if p.d.grid != nil {
		p.checkClauses()
		p.checkWorld()
		p.checkElsewhere()
	}
	p.checkExisting()
	p.checkSources()
	p.checkAmendments()
	p.checkEvents()
	if p.d.grid != nil && p.r.Faults() == 0 {
		p.checkCapacity()
	}
}

// checkTerm makes the grid, unless dates or term are missing.
func (p *parse) checkTerm() {
	d := p.d
	if d.Signed.IsZero() || d.Starts.IsZero() || p.brokenTerm {
		return
	}
	end := d.Starts.Add(d.Term)
	switch {
	case !d.Signed.Before(end) && d.Starts.Before(end):
		p.r.Fault(codeSignedEnd, p.r.Place("signed"), "check the dates", "the deal is signed on %s, when its term, to %s, is over", d.Signed, end)
		return
	case d.Signed.After(d.Starts):
		p.r.Warn(codeSignedLate, p.r.Place("signed"), "check the dates, or leave it if the deal reaches back", "the deal is signed after its term has begun, on %s", d.Starts)
	}
	grid, err := d.newGrid()
	if err != nil {
		problem, hint := read.Explain(err)
		p.r.Fault(codeTerm, p.r.Place("term"), hint, "the term of %s %s", d.Term, problem)
		return
	}
	d.grid = grid
}

// A report takes what the Check of a clause or of the world finds, with paths that are
// relative to it.
type report struct {
	r    *read.Reader
	base string
	held []string // codes that are not passed on
}

// Fault passes a fault on.
func (t report) Fault(code, path, hint, format string, args ...any) {
	if !slices.Contains(t.held, code) {
		t.r.Fault(code, t.r.Place(t.base+"."+path), hint, format, args...)
	}
}

// Warn passes a warning on.
func (t report) Warn(code, path, hint, format string, args ...any) {
	if !slices.Contains(t.held, code) {
		t.r.Warn(code, t.r.Place(t.base+"."+path), hint, format, args...)
	}
}

var _ field.Report = report{}

// held are the codes that would follow from what could not be read.
func (p *parse) held() []string {
	var held []string
	for _, c := range Codes {
		if p.brokenClauses && c.follows == ofClauses || p.brokenParties && c.follows == ofParties {
			held = append(held, c.Name)
		}
	}
	return held
}

// checkClauses has each clause that was read check itself.
func (p *parse) checkClauses() {
	setting, held := p.d.Setting(), p.held()
	for _, c := range p.read {
		if !c.broken {
			c.Check(setting, report{p.r, c.path, held})
		}
	}
}

// checkLeave warns of leaving without a right to.
func (p *parse) checkLeave() {
	s := p.r.Site("policy.leave")
	if s == nil || p.d.Policy.Leave.On.IsZero() {
		return
	}
	for _, c := range p.read {
		if x, ok := c.Clause.(*clause.Commitment); ok && x.Exit != nil {
			return
		}
	}
	p.r.Warn("LEAVE-NO-RIGHT", s.Place, "give a commitment an exit, or leave this out", "no clause lets the buyer leave, so it does not")
}

func (p *parse) checkWorld() {
	p.checkLeave()
	if p.brokenWorld || p.r.Site("world") == nil {
		return
	}
	var keys []string
	for _, x := range p.d.Parties {
		keys = append(keys, x.Key)
	}
	p.d.World.Check(world.Setting{Grid: p.d.grid, Parties: keys, Sides: []string{p.d.Buyer(), p.d.Supplier()}}, report{p.r, "world", p.held()})
}

// checkEvents warns of a facility that waits for an event that the world does not
// know.
func (p *parse) checkEvents() {
	if p.brokenWorld || p.brokenClauses {
		return
	}
	for _, c := range p.read {
		f, ok := c.Clause.(*clause.Facility)
		if !ok || f.Of == "" || slices.ContainsFunc(p.d.World.Events, func(e world.Event) bool { return e.Name == f.Of }) {
			continue
		}
		p.r.Warn(codeEventNever, p.r.Place(c.path+".expires.of"), "write its date under world.events, if it will happen",
			"the world has no event %s, so that this never expires", read.Shown(f.Of))
	}
}
