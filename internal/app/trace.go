// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"slices"
	"strings"

	"offtake/internal/contract"
	"offtake/internal/deal"
	"offtake/internal/measure"
)

func sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] + "." }

// nominal tells whether the amounts behind a figure are stated in the file, and no
// flows or values.
func nominal(sources []measure.Source) bool {
	return !slices.ContainsFunc(sources, func(s measure.Source) bool {
		return s.Value != nil && (s.Kind != "" || len(s.Inputs) == 0 || slices.ContainsFunc(s.Inputs, func(p string) bool { return within(p, "world") }))
	})
}

// words says a flow's kind in words.
func words(kind string) string { return strings.ReplaceAll(kind, "_", " ") }

func (r *Run) lineOf(clauseID string) string {
	if clauseID == "" {
		return ""
	}
	if at, ok := r.Deal.Place("clauses." + clauseID); ok {
		return fmt.Sprint(at.Line)
	}
	return ""
}

// lineOfInput is where an input stands; what is set for a run stands in no file.
func lineOfInput(in deal.Input) string {
	if in.Place.Line == 0 {
		return ""
	}
	return fmt.Sprint(in.Place.Line)
}

// behind tells whether a clause stands behind the figure.
func behind(id string, m measure.Measure, sources []measure.Source) bool {
	used := m.Clause == id
	for _, s := range sources {
		used = used || s.Clause == id || slices.ContainsFunc(s.Inputs, func(p string) bool { return strings.HasPrefix(p, "clauses."+id+".") })
	}
	return used
}

// inputsBehind are the inputs behind the figure.
func (r *Run) inputsBehind(m measure.Measure, sources []measure.Source) []deal.Input {
	var under []string
	if m.Period > 0 || !nominal(sources) && slices.ContainsFunc(sources, func(s measure.Source) bool { return s.Value != nil }) {
		under = r.drivers()
	}
	if m.Clause != "" {
		under = append(under, "clauses."+m.Clause)
	}
	for _, s := range sources {
		under = append(under, s.Inputs...)
		if s.Clause != "" {
			under = append(under, "clauses."+s.Clause)
		}
	}
	return slices.DeleteFunc(r.Deal.Inputs(), func(in deal.Input) bool {
		return !slices.ContainsFunc(under, func(p string) bool { return within(in.Path, p) })
	})
}

// drivers are the inputs that set how much is taken, when it is paid, and what
// it is worth today: they are behind every figure that is made of flows.
func (r *Run) drivers() []string {
	out := []string{"world.need", "world.list_price", "world.market_price", "world.delivery", "world.default", "world.discount", "world.events", "world.indexes", "world.failures", "policy", "elsewhere"}
	for _, c := range r.Deal.Clauses {
		if !r.besideCompute(c.Head().ID) {
			out = append(out, "clauses."+c.Head().ID)
		}
	}
	return out
}

// besideCompute tells whether a clause moves anything beside what compute costs.
func (r *Run) besideCompute(id string) bool {
	return slices.ContainsFunc(r.Base.Job.Program.Lines(), func(l contract.Line) bool {
		return l.Clause == id && l.Role != contract.NoRole && l.Role != contract.Use && l.Role != contract.Miss && l.Role != contract.Estate
	})
}

// within tells whether a path is at or below another.
func within(path, under string) bool {
	rest, ok := strings.CutPrefix(path, under)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// because is an input's source, or the reason why it was assumed.
func because(in deal.Input) string {
	why := in.Source
	if why == "" {
		why = in.Reason
	}
	if in.By == "" || why == "" {
		return why + in.By
	}
	return in.By + ": " + why
}
