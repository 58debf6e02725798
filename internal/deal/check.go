// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"slices"

	"offtake/internal/clause"
	"offtake/internal/deal/read"
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
		p.checkPrior()
	}
	p.checkExisting()
	p.d.Accounting.Check(report{p.r, "accounting", nil, nil})
	p.d.Provider.Check(report{p.r, "provider", nil, nil})
	p.checkEvents()
	p.checkConditions()
	p.checkLabValue()
	if p.d.grid != nil && p.r.Faults() == 0 {
		p.checkCapacity()
		p.checkVesting()
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

// checkClauses has each clause check itself.
func (p *parse) checkClauses() {
	setting, held := p.d.Setting(), p.held()
	for _, c := range p.read {
		c.Check(setting, report{p.r, c.path, held, c.misread})
	}
}

func (p *parse) checkWorld() {
	p.checkLeave("policy.leave", p.d.Policy.Leave.Ever(), Buyer)
	p.checkLeave("policy.supplier_leaves", !p.d.Policy.Supplier.On.IsZero(), Supplier)
	p.checkDelays()
	if s := p.r.Site("world"); s == nil || s.Table == nil {
		return
	}
	var keys []string
	for _, x := range p.d.Parties {
		keys = append(keys, x.Key)
	}
	p.d.World.Check(world.Setting{Grid: p.d.grid, Parties: keys, Sides: []string{p.d.Buyer(), p.d.Supplier()}}, report{p.r, "world", p.held(), p.misreadWorld})
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

// checkConditions warns of what is paid on stated days alone and on a condition that
// the world has met after them: it is never paid.
func (p *parse) checkConditions() {
	if p.brokenWorld || p.brokenClauses || p.d.grid == nil {
		return
	}
	for _, c := range p.read {
		dated, ok := c.Clause.(clause.Dated)
		if !ok {
			continue
		}
		day, ok := dated.LastPaid()
		i := slices.IndexFunc(p.d.World.Events, func(e world.Event) bool { return e.Name == c.Head().If })
		if !ok || i < 0 {
			continue
		}
		seenBy, when := p.d.Signed, "at signing"
		if !day.IsZero() {
			step, _ := p.d.grid.At(day)
			seenBy, when = p.d.grid.StepEnd(step).AddDays(-1), "on "+day.String()
		}
		if e := p.d.World.Events[i]; e.On.After(seenBy) {
			p.r.Warn(codeEventLate, p.r.Place(c.path+".binding.conditional"), "pay it on a day after the event, or in a form that waits for it, such as a facility that it opens",
				"%s is paid %s at the latest, and %s comes on %s: nothing is ever paid", c.Head().ID, when, e.Name, e.On)
		}
	}
}

// checkLabValue warns of a value of the lab that seems to be the one after a round of
// this deal: the round would be counted twice.
func (p *parse) checkLabValue() {
	value := p.d.World.LabValue
	if len(p.misreadWorld) > 0 || value.ContainsDeal || p.r.Site("world.lab_value.start") == nil {
		return
	}
	for _, c := range p.read {
		e, ok := c.Clause.(*clause.Equity)
		if ok && len(c.misread) == 0 && e.AtSigning() && value.StartCents.Certain() && value.StartCents.Value == e.PreMoney.Value+e.NewMoney() {
			p.r.Warn(codeValueRound, p.r.Place("world.lab_value.start"), "give the value before the round, "+p.d.Setting().Amount(e.PreMoney)+" by its terms; or contains_deal: true and feedback: off",
				"this is the value before the round of %s and its money together, which a run would add once more", e.Head().ID)
			return
		}
	}
}
