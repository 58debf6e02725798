// SPDX-License-Identifier: Apache-2.0

package value

import (
	"cmp"
	"errors"
	"math"
	"slices"

	"offtake/internal/deal"
	"offtake/internal/diag"
	"offtake/internal/measure"
	"offtake/internal/value/estimate"
	"offtake/internal/value/root"
)

// SensitivityOptions say what is asked of a deal's inputs.
type SensitivityOptions struct {
	Options
	On   []string // figures; none for the net present values of both sides
	Move float64  // the share by which assumptions are moved
	Top  int      // how many inputs are looked at closely
}

// A Sensitivity is what a deal's figures owe to its inputs.
type Sensitivity struct {
	Deal    *deal.Deal
	On      []measure.Measure
	Paths   int // of each run; 0 for base runs
	Seed    uint64
	Move    float64
	Runs    int
	Stopped bool
	Now     []Side   // the figures as the file has the deal
	Effects []Effect // the largest first, by the first figure
	Fixed   []Fixed
	// Shares are where the variance of each figure comes from; nil of base runs, or where it was stopped before.
	Shares []VarianceShares
	Turns  []Turn // of the leading inputs, for the first figure
}

// An Effect is what moving one input does to each figure.
type Effect struct {
	Input     Input
	Low, High []estimate.Estimate // of the difference, by figure; NaN where the deal is none there
	Fault     *diag.Diagnostic    // why it is none
}

// Size is the larger of the two effects on a figure.
func (e *Effect) Size(figure int) float64 {
	size := 0.0
	for _, x := range []float64{e.Low[figure].Mean, e.High[figure].Mean} {
		if a := math.Abs(x); a > size {
			size = a
		}
	}
	return size
}

// A Turn is where an input turns the sign of the first figure.
type Turn struct {
	Input Input
	// From and To are the bracket that was searched: of a table, multiples of what the file has.
	From, To float64
	Now      float64 // likewise
	Roots    root.Roots
}

// Nearest is the root nearest to the file's value below it, and that above.
func (t *Turn) Nearest() (below, above *root.Root) {
	for i := range t.Roots.Roots {
		switch r := &t.Roots.Roots[i]; {
		case r.Touches:
		case r.X <= t.Now:
			below = r
		case above == nil:
			above = r
		}
	}
	return below, above
}

// SensitivityOf finds what a deal's figures owe to its inputs. The error is a Refusal, or ErrStopped.
func SensitivityOf(d *deal.Deal, opt SensitivityOptions) (*Sensitivity, error) {
	e := newEvaluator(d, opt.Options)
	s := &Sensitivity{Deal: d, Seed: opt.Seed, Move: opt.Move}
	if opt.Paths > 0 {
		s.Paths = roundedPaths(opt.Paths)
	}
	if err := e.asked(s, opt.On); err != nil {
		return nil, err
	}
	inputs, fixed := inputsOf(d, opt.Move)
	s.Fixed = fixed
	e.plan(len(inputs), opt)
	out, ok := e.changed([][]deal.Edit{nil})
	if !ok {
		return nil, ErrStopped
	}
	for _, g := range out[0].gaps {
		s.Now = append(s.Now, g.Left)
		if g.Value != g.Value {
			return nil, refuse("ask for another with --on", "the figure is not defined in this deal")
		}
	}
	for _, step := range []func() error{
		func() error { return e.tornado(s, inputs, out[0].gaps) },
		func() error { return e.shares(s, opt) },
		func() error { return e.turns(s, opt.Top) },
	} {
		if err := step(); errors.Is(err, ErrStopped) {
			break
		} else if err != nil {
			return nil, err
		}
	}
	s.Runs, s.Stopped = e.runs, e.stopped
	return s, nil
}

// asked makes conditions of figures.
func (e *evaluator) asked(s *Sensitivity, on []string) error {
	if len(on) == 0 {
		on = []string{"npv." + s.Deal.Supplier(), "npv." + s.Deal.Buyer()}
	}
	r := newReader(e.job, e.opt.Paths > 0)
	var wrong []error
	for _, figure := range on {
		i, err := FindFigure(r.measures, figure)
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		m := r.measures[i]
		s.On = append(s.On, m)
		e.conditions = append(e.conditions, Condition{Text: FigureName(&m), Left: Quantity{Text: FigureName(&m), Measure: m}, Right: Quantity{Stated: true}})
	}
	return errors.Join(wrong...)
}

// turnCells are those of the scan for a turn, and turnRuns the most runs of one.
const turnCells, turnRuns = 8, 60

// plan is about how many runs there will be.
func (e *evaluator) plan(inputs int, opt SensitivityOptions) {
	e.planned = 1 + 2*inputs + min(opt.Top, inputs)*(turnCells+6)
	if n := len(e.job.Draws()); opt.Paths > 0 && n > 0 {
		e.planned += 2*n + 1<<min(n, opt.Top, mostShapley)/shapleyPart
	}
}

// tornado moves each input to either side.
func (e *evaluator) tornado(s *Sensitivity, inputs []Input, now []Gap) error {
	var changes [][]deal.Edit
	for i := range inputs {
		changes = append(changes, inputs[i].at(inputs[i].Low), inputs[i].at(inputs[i].High))
	}
	e.changed(changes)
	for i := range inputs {
		low, lowOK := e.known[textOf(changes[2*i])]
		high, highOK := e.known[textOf(changes[2*i+1])]
		if !lowOK || !highOK {
			continue // it was stopped before
		}
		x := Effect{Input: inputs[i], Fault: cmp.Or(low.fault, high.fault)}
		x.Low, x.High = differences(low, now), differences(high, now)
		s.Effects = append(s.Effects, x)
	}
	slices.SortStableFunc(s.Effects, func(a, b Effect) int { return cmp.Compare(b.Size(0), a.Size(0)) })
	if e.stopped {
		return ErrStopped
	}
	return nil
}

// differences are what an outcome has more than the deal as it is, with the error on the draws that they share.
func differences(o outcome, now []Gap) []estimate.Estimate {
	out := make([]estimate.Estimate, len(now))
	for k := range now {
		if out[k].Mean = math.NaN(); o.fault != nil {
			continue
		}
		out[k].Mean = o.gaps[k].Left.Value - now[k].Left.Value
		if n := len(now[k].Left.groups); n > 1 && n == len(o.gaps[k].Left.groups) {
			apart := make([]float64, n)
			for g := range apart {
				apart[g] = o.gaps[k].Left.groups[g] - now[k].Left.groups[g]
			}
			out[k].Error = spread(apart)
			out[k].Margin = out[k].Error * estimate.Student(n-1)
		}
	}
	return out
}

// turns looks where each of the leading inputs turns the first figure.
func (e *evaluator) turns(s *Sensitivity, top int) error {
	for i := range s.Effects {
		if len(s.Turns) == top || s.Effects[i].Size(0) == 0 {
			break
		}
		t, err := e.turn(s.Effects[i].Input)
		if err != nil {
			return err
		}
		if t != nil {
			s.Turns = append(s.Turns, *t)
		}
	}
	return nil
}

// turn searches the bracket of one input; nil where it has none.
func (e *evaluator) turn(in Input) (*Turn, error) {
	t := &Turn{Input: in, From: 0, To: multiple, Now: 1}
	at := func(x float64) []float64 {
		out := make([]float64, len(in.Variables))
		for k := range out {
			out[k] = inLimits(&in.Variables[k], x*in.Variables[k].Value)
		}
		return out
	}
	if len(in.Variables) == 1 {
		u := Unknown{Variable: in.Variables[0]}
		if u.bracket() != nil {
			return nil, nil
		}
		t.From, t.To, t.Now = u.Lo, u.Hi, u.Value
		at = func(x float64) []float64 { return []float64{x} }
	}
	run := func(x float64) (float64, float64, error) {
		out, ok := e.changed([][]deal.Edit{in.at(at(x))})
		switch {
		case !ok:
			return 0, 0, ErrStopped
		case out[0].fault != nil:
			return math.NaN(), 0, nil
		}
		return out[0].gaps[0].Value, out[0].gaps[0].Error, nil
	}
	var grid [][]deal.Edit
	for k := range turnCells + 1 {
		share := float64(k) / turnCells
		grid = append(grid, in.at(at(float64(t.From*(1-share))+float64(t.To*share))))
	}
	if _, ok := e.changed(grid); !ok {
		return nil, ErrStopped
	}
	var err error
	t.Roots, err = root.All(run, t.From, t.To, root.Settings{Cells: turnCells, Most: turnRuns, Tolerance: 1e-6})
	return t, err
}
