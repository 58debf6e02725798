// SPDX-License-Identifier: Apache-2.0

package value

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"offtake/internal/deal"
	"offtake/internal/diag"
	"offtake/internal/field"
	"offtake/internal/value/root"
)

// cells are those of the scan of one unknown's bracket, and most the runs of one search.
const (
	cells      = 32
	mostRuns   = 400
	mostSystem = 1000
)

// A Question is what is to be solved: as many unknowns as conditions.
type Question struct {
	Vary   []string // PATH or PATH=LO..HI
	SoThat []string // FIGURE = VALUE or FIGURE = FIGURE
	Cells  int      // of the scan; 0 for the usual number
}

// A Point is what a condition came to at a value of the one unknown.
type Point struct{ X, Y, Error float64 }

// An Invalid is a stretch of the one unknown in which the deal is none, with the first fault.
type Invalid struct {
	Lo, Hi float64
	Fault  diag.Diagnostic
}

// A Check is a place put into the deal again, as a file would have it, and run.
type Check struct {
	X      []float64
	Edits  []deal.Edit
	Gaps   []Gap
	Errors []float64 // standard errors of X; nil where they are not known
	Holds  []bool    // by condition: less is left than its error, or than rounding makes
}

// A Solution is the answer to a question.
type Solution struct {
	Deal       *deal.Deal
	Unknowns   []Unknown
	Conditions []Condition
	Paths      int // of each run; 0 for base runs
	Seed       uint64
	Runs       int
	Stopped    bool

	// Of one unknown.
	Roots   root.Roots
	Points  []Point // all that were run, ascending
	Invalid []Invalid

	// Of several.
	System root.Solutions

	Now    *Check  // at the values that the file has, if it has them
	Checks []Check // of each root or solution, in their order
}

// Solve answers a question. The error is a Refusal, or ErrStopped.
func Solve(d *deal.Deal, q Question, opt Options) (*Solution, error) {
	e, err := newQuestion(d, q, opt)
	if err != nil {
		return nil, err
	}
	s := &Solution{Deal: d, Unknowns: e.unknowns, Conditions: e.conditions, Seed: opt.Seed}
	if opt.Paths > 0 {
		s.Paths = roundedPaths(opt.Paths)
	}
	if s.Now, err = e.now(); err == nil {
		if len(e.unknowns) == 1 {
			err = e.one(s, cellsOf(q))
		} else {
			err = e.several(s)
		}
	}
	s.Runs, s.Stopped = e.runs, e.stopped
	if e.stopped {
		if s.Points = e.points(); len(s.Points) == 0 {
			return nil, ErrStopped
		}
		return s, nil
	}
	return s, err
}

func cellsOf(q Question) int {
	if q.Cells == 0 {
		return cells
	}
	return q.Cells
}

// newQuestion reads unknowns and conditions.
func newQuestion(d *deal.Deal, q Question, opt Options) (*evaluator, error) {
	e := newEvaluator(d, opt)
	var wrong []error
	for _, text := range q.Vary {
		u, err := ParseUnknown(d, text)
		if err != nil {
			wrong = append(wrong, fmt.Errorf("--vary %s: %w", text, err))
		}
		if slices.ContainsFunc(e.unknowns, func(other Unknown) bool { return other.Path == u.Path && err == nil }) {
			wrong = append(wrong, fmt.Errorf("--vary %s: %w", text, Refusal{"it is varied twice", "name another term"}))
		}
		e.unknowns = append(e.unknowns, u)
	}
	r := newReader(e.job, opt.Paths > 0)
	for _, text := range q.SoThat {
		c, err := r.condition(text)
		if err != nil {
			wrong = append(wrong, fmt.Errorf("--so-that '%s': %w", text, err))
		}
		e.conditions = append(e.conditions, c)
	}
	if n, m := len(q.Vary), len(q.SoThat); n == 0 || n != m {
		wrong = append(wrong, Refusal{fmt.Sprintf("there are %d unknowns and %d conditions", n, m), "give one --so-that for each --vary, and at least one"})
	}
	return e, errors.Join(wrong...)
}

// now is the deal as it is, where all unknowns have numbers.
func (e *evaluator) now() (*Check, error) {
	x := make([]float64, len(e.unknowns))
	for i, u := range e.unknowns {
		if x[i] = u.Value; u.Value != u.Value {
			return nil, nil
		}
	}
	e.planned = cells + 12
	out, ok := e.changed([][]deal.Edit{nil}) // as the file has it: a distribution stays one
	if !ok {
		return nil, ErrStopped
	}
	return e.checked(x, nil, out[0]), nil
}

// one finds all roots of one condition over the bracket of one unknown.
func (e *evaluator) one(s *Solution, cells int) error {
	u := e.unknowns[0]
	e.planned = e.runs + cells + 12
	settings := root.Settings{Cells: cells, Most: mostRuns}
	if e.keeps() {
		settings.Near = 1
	}
	var grid [][]float64
	for k := range cells + 1 {
		share := float64(k) / float64(cells)
		grid = append(grid, []float64{float64(u.Lo*(1-share)) + float64(u.Hi*share)})
	}
	seen, ok := e.all(grid)
	if !ok {
		return nil
	}
	nothing := math.Min(e.conditions[0].Left.Unit().Nothing(), leaves*largestOf(seen))
	found, err := root.All(func(x float64) (float64, float64, error) {
		out, ok := e.all([][]float64{{x}})
		if !ok {
			return 0, 0, ErrStopped
		}
		if out[0].fault != nil {
			return math.NaN(), 0, nil
		}
		g := out[0].gaps[0]
		if g.Error == 0 && math.Abs(g.Value) <= nothing {
			return 0, 0, nil // what rounding leaves, on a level stretch as at a crossing
		}
		return g.Value, g.Error, nil
	}, u.Lo, u.Hi, settings)
	if err != nil {
		return nil
	}
	if s.Roots = found; math.IsInf(found.Lowest, 1) {
		return e.nowhere(grid[0])
	}
	s.Points, s.Invalid = e.points(), e.invalid(grid)
	largest := math.Max(math.Abs(found.Lowest), math.Abs(found.Highest))
	for _, r := range found.Roots {
		if err := e.substitute(s, []float64{r.X}, []float64{r.Error}, []float64{largest}); err != nil {
			return err
		}
	}
	return nil
}

// largestOf is the largest value of the first condition.
func largestOf(all []outcome) float64 {
	largest := 0.0
	for _, o := range all {
		if len(o.gaps) > 0 && !math.IsInf(o.gaps[0].Value, 0) && o.gaps[0].Value == o.gaps[0].Value {
			largest = max(largest, math.Abs(o.gaps[0].Value))
		}
	}
	return largest
}

// nowhere refuses a bracket in which the condition says nothing anywhere.
func (e *evaluator) nowhere(x []float64) error {
	out, _ := e.all([][]float64{x})
	if f := out[0].fault; f != nil {
		return refuse(f.Hint, "the deal is none anywhere in the bracket: %s: %s", f.Code, f.Message)
	}
	return refuse("give another bracket", "%s is not defined anywhere in the bracket", e.conditions[0].Left.Text)
}

// several looks for solutions of as many conditions as unknowns.
func (e *evaluator) several(s *Solution) error {
	n := len(e.unknowns)
	lo, hi := make([]float64, n), make([]float64, n)
	for i, u := range e.unknowns {
		lo[i], hi[i] = u.Lo, u.Hi
	}
	settings := root.SystemSettings{Most: mostSystem, Step: 1e-4, Seed: e.opt.Seed}
	if e.keeps() {
		settings.Step = 0.02
	}
	e.planned = e.runs + 60*n
	found, err := root.Solve(func(x []float64) (y, se []float64, err error) {
		out, ok := e.all([][]float64{x})
		if !ok {
			return nil, nil, ErrStopped
		}
		for i := range n {
			if out[0].fault != nil {
				y, se = append(y, math.NaN()), append(se, 0)
			} else {
				y, se = append(y, out[0].gaps[i].Value), append(se, out[0].gaps[i].Error)
			}
		}
		return y, se, nil
	}, lo, hi, settings)
	if s.System = found; err != nil {
		return nil
	}
	scale := e.sizes()
	for _, x := range found.Solved {
		if err := e.substitute(s, x.X, x.Errors, scale); err != nil {
			return err
		}
	}
	return nil
}

// sizes are the largest values of each condition that were seen.
func (e *evaluator) sizes() []float64 {
	out := make([]float64, len(e.conditions))
	for _, o := range e.known {
		for i, g := range o.gaps {
			if a := math.Abs(g.Value); a > out[i] {
				out[i] = a
			}
		}
	}
	return out
}

// substitute puts a place into the deal, runs that from its text, and says what is left.
func (e *evaluator) substitute(s *Solution, x, errors, sizes []float64) error {
	changes := edits(e.unknowns, x)
	if len(e.unknowns) > 1 && slices.ContainsFunc(s.Checks, func(c Check) bool { return e.same(c.X, x) }) {
		return nil
	}
	delete(e.known, textOf(changes))
	out, ok := e.all([][]float64{x})
	if !ok {
		return nil
	}
	if out[0].fault != nil {
		return refuse(out[0].fault.Hint, "the deal at the root is none: %s", out[0].fault.Message)
	}
	c := e.checked(x, sizes, out[0])
	c.Edits, c.Errors = changes, errors
	s.Checks = append(s.Checks, *c)
	return nil
}

// same tells whether two solutions of several unknowns are one: amounts go in whole cents, and several starts may
// end at one of them.
func (e *evaluator) same(a, b []float64) bool {
	for i, u := range e.unknowns {
		near := leaves * (u.Hi - u.Lo)
		if u.Kind == field.Money {
			near = max(near, 1)
		}
		if math.Abs(a[i]-b[i]) > near {
			return false
		}
	}
	return true
}

// leaves is the part of a condition's largest value that rounding may leave.
const leaves = 1e-6

// checked says which conditions hold.
func (e *evaluator) checked(x, sizes []float64, out outcome) *Check {
	c := &Check{X: x, Gaps: out.gaps}
	for i, g := range out.gaps {
		nothing := math.Max(0.5*g.Error, e.conditions[i].Left.Measure.Unit.Nothing())
		if sizes != nil {
			nothing = math.Max(nothing, leaves*sizes[i])
		}
		c.Holds = append(c.Holds, math.Abs(g.Value) <= nothing)
	}
	return c
}
