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
	// Views are the views of the provider's cost, if there are several and the first figure is its net present value.
	Views []View
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
	e.plan(s, len(inputs), opt)
	out, ok := e.changed([][]deal.Edit{nil})
	if !ok {
		return nil, ErrStopped
	}
	now := out[0].gaps[:len(s.On)]
	for _, g := range now {
		s.Now = append(s.Now, g.Left)
		if g.Value != g.Value {
			return nil, refuse("ask for another with --on", "the figure is not defined in this deal")
		}
	}
	for i := range s.Views {
		s.Views[i].Now = out[0].gaps[s.Views[i].condition].Left
	}
	for _, step := range []func() error{
		func() error { return e.tornado(s, inputs, now) },
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
		s.On = append(s.On, r.measures[i])
		e.zeroOf(r.measures[i])
	}
	if len(wrong) == 0 {
		e.askViews(s, r)
	}
	return errors.Join(wrong...)
}

// zeroOf adds the condition that a figure is zero.
func (e *evaluator) zeroOf(m measure.Measure) {
	e.conditions = append(e.conditions, Condition{Text: FigureName(&m), Left: Quantity{Text: FigureName(&m), Measure: m}, Right: Quantity{Stated: true}})
}

// turnCells are those of the scan for a turn, and turnRuns the most runs of one.
const turnCells, turnRuns = 8, 60

// plan is about how many runs there will be.
func (e *evaluator) plan(s *Sensitivity, inputs int, opt SensitivityOptions) {
	e.planned = 1 + 2*inputs + min(opt.Top, inputs)*(turnCells+6*max(1, len(s.Views)))
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
