// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"math"

	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/unit"
	"offtake/internal/value"
	"offtake/internal/value/estimate"
)

// ofSolve are the figures of solve: what is left of each condition, as the file has the deal, at
// each root and at each other place that was run, and the roots themselves.
func (q explaining) ofSolve() ([]printed, error) {
	if len(q.question.Vary) == 0 {
		return nil, Misuse{"solve answers a question: give --vary and --so-that, as solve takes them"}
	}
	s, err := Solve(q.src, q.e, q.d, q.question, value.Options{Paths: q.opt.Paths, Seed: q.opt.Seed, Workers: q.opt.Workers, Proceed: q.opt.Proceed})
	if err != nil {
		return nil, err
	}
	q.opt.Usual = false
	var out []printed
	add := func(name string, c int, edits []deal.Edit, gap, se float64) {
		out = append(out, printed{"solve." + name, func() (*Explained, error) { return q.left(&s.Conditions[c], edits, gap, se) }})
	}
	for c := range s.Conditions {
		if s.Now != nil {
			add(fmt.Sprintf("conditions.%d.now", c+1), c, nil, s.Now.Gaps[c].Value, s.Now.Gaps[c].Error)
		}
		for i, root := range s.Checks {
			add(fmt.Sprintf("roots.%d.left.%d", i+1, c+1), c, root.Edits, root.Gaps[c].Value, root.Gaps[c].Error)
		}
	}
	for i, root := range s.Checks {
		for k, x := range root.X {
			name, v := fmt.Sprintf("solve.roots.%d.values.%d", i+1, k+1), &s.Unknowns[k].Variable
			se := math.NaN()
			if root.Errors != nil {
				se = variableNumber(v, root.Errors[k])
			}
			out = append(out, printed{name, func() (*Explained, error) {
				left, err := q.left(&s.Conditions[0], root.Edits, root.Gaps[0].Value, root.Gaps[0].Error)
				if err != nil {
					return nil, err
				}
				left.Notes = nil // it says so itself
				return left.atRoot(v.Path, s.Conditions[0].Left.Text, left.Text, variableNumber(v, x), se, root.Edits), nil
			}})
		}
	}
	if len(s.Unknowns) > 1 {
		return out, nil
	}
	v := &s.Unknowns[0].Variable
	at := func(x float64) []deal.Edit { return []deal.Edit{{Path: v.Path, Text: v.Write(x)}} }
	lowest, highest := false, false
	for i, p := range s.Points {
		add(fmt.Sprintf("points.%d.left", i+1), 0, at(p.X), p.Y, p.Error)
		if p.Y == s.Roots.Lowest && !lowest {
			lowest = true
			add("lowest", 0, at(p.X), p.Y, p.Error)
		}
		if p.Y == s.Roots.Highest && !highest {
			highest = true
			add("highest", 0, at(p.X), p.Y, p.Error)
		}
	}
	return out, nil
}

// left is what is left of a condition after some edits: its left side less its right.
func (q explaining) left(c *value.Condition, edits []deal.Edit, gap, se float64) (*Explained, error) {
	run, err := q.with(edits)
	if err != nil {
		return nil, err
	}
	m := measure.Measure{Name: "left", Unit: c.Left.Unit()}
	x := &Explained{run: run, measure: m, number: number(q.d, m), madeNote: "What the condition's sides are made of, the left less the right."}
	e := exactly(gap)
	if run.Sample != nil {
		e.Error, e.Margin = se, se*estimate.Student(measure.Groups-1)
	}
	x.estimated(e)
	if x.Doc = fmt.Sprintf("What is left of the condition %s.", c.Text); len(edits) > 0 {
		x.note("In the deal with %s.", asTyped(edits))
	}
	for side, of := range []*value.Quantity{&c.Left, &c.Right} {
		sources, moves, err := run.quantity(of)
		if err != nil {
			return nil, err
		}
		if side == 1 {
			sources = taken(sources)
		}
		x.sources, x.moves = append(x.sources, sources...), append(x.moves, moves...)
	}
	return x, nil
}

// quantity is what one side of a condition is made of.
func (r *Run) quantity(of *value.Quantity) ([]measure.Source, []move, error) {
	if of.Stated {
		return []measure.Source{{Label: "stated in the condition", Sign: 1, Value: []float64{of.Number}, Unit: of.Measure.Unit}}, nil, nil
	}
	x, err := r.Explain(value.FigureName(&of.Measure))
	if err != nil {
		return nil, nil, err
	}
	if _, adds := x.sum(); adds && of.Of == value.Whole {
		return x.sources, x.moves, nil
	}
	sources := unsigned(x.sources)
	if v := x.number.says(); v != nil {
		if x.measure.Unit.Minor() {
			sources = append([]measure.Source{used(of.Text+", of run", x.measure.Unit, *v*unit.MinorPerMajor)}, sources...)
		} else {
			sources = append([]measure.Source{used(of.Text+", of run", x.measure.Unit, *v)}, sources...)
		}
	}
	return sources, x.moves, nil
}
