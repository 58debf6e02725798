// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"fmt"
	"slices"

	"offtake/internal/deal/read"
	"offtake/internal/deal/tree"
)

// changesMost bounds how often a deal is restated, and workMost the values that are read
// when each of its forms is made.
const (
	changesMost = 100
	workMost    = 1_000_000
)

// checkChanges reports what is wrong with amendments, alternatives and scenarios before any is
// applied; false if there are more than are read.
func (p *parse) checkChanges() bool {
	if !p.checkMany() {
		return false
	}
	for i, at := range p.elements("amendments") {
		a := &p.d.Amendments[i]
		if i > 0 && !a.Date.IsZero() && a.Date.Before(p.d.Amendments[i-1].Date) {
			p.r.Fault(codeOrder, p.r.Place(at+".date"), "list amendments from the first to the last", "this amendment is earlier than the one before it")
		}
		p.checkChange(&a.Change, at, fixedRoots)
	}
	for i := range p.d.Alternatives {
		a := &p.d.Alternatives[i]
		at := read.Join("alternatives", a.Name)
		p.checkName("alternatives", a.Name, "alternative")
		p.checkChange(&a.Change, at, fixedRoots[:2])
	}
	p.checkScenarios()
	p.checkExpected()
	return true
}

// checkName reports a name that an alternative or scenario cannot have.
func (p *parse) checkName(in, name, what string) {
	if p.checkKey(in, name); name == everyOne {
		p.r.Fault(codeKey, p.keyPlace(in, name), "give it another name", "%s stands for every %s", name, what)
	}
}

// checkMany reports more changes than are read.
func (p *parse) checkMany() bool {
	n := len(p.d.Amendments) + len(p.d.Alternatives) + len(p.d.Scenarios)
	path := "amendments"
	if len(p.d.Alternatives) > len(p.d.Amendments) {
		path = "alternatives"
	}
	if len(p.d.Scenarios) > max(len(p.d.Amendments), len(p.d.Alternatives)) {
		path = "scenarios"
	}
	if n > changesMost {
		p.r.Fault(codeChangesMany, p.r.Place(path), "check that this is the right file", "the deal is restated %d times, more than the %d that are read", n, changesMost)
		return false
	}
	if values := size(p.root.Node); n*values > workMost {
		p.r.Fault(codeChangesMany, p.r.Place(path), "check that this is the right file", "a deal of %d values is restated %d times: more than are read", values, n)
		return false
	}
	return true
}

// size is how many values there are in one, itself among them.
func size(n *tree.Node) int {
	sum := 1
	for _, e := range n.Entries {
		sum += size(e.Value)
	}
	for _, i := range n.Items {
		sum += size(i)
	}
	return sum
}

// checkChange reports a change that cannot be made, whatever the deal says.
func (p *parse) checkChange(c *Change, at string, fixed []string) {
	if c.Source != "" {
		p.checkSource(at+".source", c.Source)
	}
	if p.r.Site(at+".set") == nil && p.r.Site(at+".add") == nil && p.r.Site(at+".remove") == nil {
		hint := "add set:, add: or remove:"
		if read.Within(at, "scenarios") {
			hint = "add set:"
		}
		p.r.Fault(codeNothing, p.r.Place(at), hint, "%s restates nothing", at)
	}
	within := map[string]*Value{} // a value that is set, by its path and by what it is part of
	for i := range c.Set {
		v := &c.Set[i]
		names := append(read.Split(v.Path), "")
		switch {
		case v.bad: // reported
		case slices.Contains(contextRoots, names[0]):
			v.bad = true
			p.r.Fault(codeFixed, v.at, "write it where it stands", "%s is not part of the deal, and cannot be restated", names[0])
		case slices.Contains(fixed, names[0]):
			v.bad = true
			p.r.Fault(codeFixed, v.at, "write another deal file", "%s cannot be restated", names[0])
		default:
			p.checkOverlap(v, within)
		}
	}
	for _, x := range c.Assumptions {
		if !slices.ContainsFunc(c.Set, func(v Value) bool { return read.Within(x.Path, v.Path) }) {
			p.r.Fault(codePath, p.keyPlace(read.Join(at, "assumptions"), x.Path), "say it of a path under set:; what is added has its assumptions under assumptions: of the file", "%s does not set %s", at, read.Shown(x.Path))
		}
	}
}

// checkOverlap reports a value that is set and has another value set inside it: which
// of them would hold depends on their order.
func (p *parse) checkOverlap(v *Value, within map[string]*Value) {
	other := within[v.Path]
	for outer := v.Path; outer != "" && other == nil; outer = read.Parent(outer) {
		if x := within[outer]; x != nil && x.Path == outer {
			other = x
		}
	}
	if other != nil {
		v.bad, other.bad = true, true
		p.r.Fault(codeOverlap, v.at, "write all of it under one path", "%s and %s are set at once, and one is part of the other", other.Path, v.Path)
		return
	}
	for outer := v.Path; outer != ""; outer = read.Parent(outer) {
		within[outer] = v
	}
}

// checkDate reports an amendment outside the life of the deal as it stood before.
func (p *parse) checkDate(a Amendment, at string, before *parse) {
	if g := before.d.grid; !a.Date.IsZero() && g != nil && (a.Date.Before(p.d.Signed) || !a.Date.Before(g.End())) {
		p.r.Fault(codeDate, p.r.Place(at+".date"), fmt.Sprintf("the deal runs from its signing on %s to %s", p.d.Signed, g.End()), "%s lies outside the deal's life", a.Date)
	}
}

// checkExpected reports expectations of forms that the deal does not take.
func (p *parse) checkExpected() {
	var names []string
	for _, a := range p.d.Alternatives {
		names = append(names, a.Name)
	}
	for i, at := range p.elements("expect") {
		e := p.d.Expect[i]
		if !e.AsOf.IsZero() && e.AsOf.Before(p.d.Signed) {
			p.r.Fault(codeAsOf, p.r.Place(at+".as_of"), "give a day from the signing on", "the deal is not signed until %s", p.d.Signed)
		}
		if e.Alternative != "" && !slices.Contains(names, e.Alternative) {
			p.r.Fault(codeAlternative, p.r.Place(at+".alternative"), p.r.Instead(e.Alternative, names, "alternatives"), "the file has no alternative %s", read.Shown(e.Alternative))
		}
		if scenarios := p.d.scenarioNames(); e.Scenario != "" && !slices.Contains(scenarios, e.Scenario) {
			p.r.Fault(codeScenario, p.r.Place(at+".scenario"), p.r.Instead(e.Scenario, scenarios, "scenarios"), "the file has no scenario %s", read.Shown(e.Scenario))
		}
	}
}
