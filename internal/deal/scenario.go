// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"slices"

	"offtake/internal/deal/read"
	"offtake/internal/diag"
	"offtake/internal/field"
)

// A Scenario is the world, and how the buyer decides, as one side believes them to be:
// a change of nothing that the parties have agreed.
type Scenario struct {
	Name string
	Change
}

// scenarioRoots are the parts of a file that a scenario may set.
var scenarioRoots = []string{"world", "policy"}

func (d *draft) newScenario(name string) field.Field {
	d.Scenarios = append(d.Scenarios, Scenario{Name: name})
	fields := slices.DeleteFunc(d.Scenarios[len(d.Scenarios)-1].fields(), func(f field.Field) bool { return f.Name == "add" || f.Name == "remove" })
	return group(name, "what else may be believed", fields...)
}

// checkScenarios reports what is wrong with scenarios before any is applied.
func (p *parse) checkScenarios() {
	for i := range p.d.Scenarios {
		s := &p.d.Scenarios[i]
		at := read.Join("scenarios", s.Name)
		p.checkName("scenarios", s.Name, "scenario")
		for k := range s.Set {
			v := &s.Set[k]
			if names := append(read.Split(v.Path), ""); !slices.Contains(scenarioRoots, names[0]) {
				v.bad = true
				p.r.Fault(codeScenarioPath, v.at, "set what is below world or policy; what is agreed otherwise is an alternative",
					"%s is not of the world or the policy, and a scenario changes nothing else", read.Shown(v.Path))
			}
		}
		p.checkChange(&s.Change, at, fixedRoots)
	}
}

// restateScenarios makes and checks the form that each scenario gives the amended deal.
func (f *file) restateScenarios(from *form) {
	d := f.signed().p.d
	for i := range d.Scenarios {
		s := &d.Scenarios[i]
		next, list := f.next(from, &s.Change, d.scenarioBirth(i), read.Join("scenarios", s.Name), "in the scenario "+s.Name)
		f.take(next, list, &s.Change, false)
	}
}

// scenarioBirth is the change that the i-th scenario is.
func (d *Deal) scenarioBirth(i int) int { return len(d.Amendments) + len(d.Alternatives) + i + 1 }

// inScenarios applies the scenarios of a view to a form, which is made anew if there are
// any.
func (f *file) inScenarios(fm *form, v View) (*form, diag.List) {
	var list diag.List
	d := f.signed().p.d
	for _, name := range v.Scenarios {
		i := slices.IndexFunc(d.Scenarios, func(s Scenario) bool { return s.Name == name })
		if i < 0 {
			list.Fault(codeScenario, diag.Place{File: "--scenario " + name}, f.signed().p.r.Instead(name, d.scenarioNames(), "scenarios"), "the file has no scenario %s", read.Shown(name))
			continue
		}
		next, found := f.next(fm, &d.Scenarios[i].Change, d.scenarioBirth(i), read.Join("scenarios", name), f.wordsOf(v))
		next.stood = append(slices.Clone(fm.stood), stood{d.scenarioBirth(i), next.was})
		list.Add(found...)
		fm = next
	}
	return fm, list
}

func (d *Deal) scenarioNames() []string {
	var names []string
	for _, s := range d.Scenarios {
		names = append(names, s.Name)
	}
	return names
}

// Supposed are the scenarios that are applied, in order.
func (d *Deal) Supposed() []Scenario {
	var out []Scenario
	for _, name := range d.view.Scenarios {
		for _, s := range d.Scenarios {
			if s.Name == name {
				out = append(out, s)
			}
		}
	}
	return out
}

// ScenariosOf are the scenarios that a file states, whether it has faults or not.
func ScenariosOf(source []byte) []Scenario {
	p, _ := readFile("", source)
	if p == nil {
		return nil
	}
	return p.d.Scenarios
}
