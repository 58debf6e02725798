// SPDX-License-Identifier: Apache-2.0

package value

import (
	"cmp"
	"math"
	"slices"

	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/value/root"
)

// A View is the provider's net present value under one view of its cost.
type View struct {
	Cost      string // the view
	Headline  bool   // it is the first figure itself
	Of        measure.Measure
	Now       Side // as the file has the deal
	condition int
}

// Says is what this view says of the provider by itself.
func (v *View) Says() Verdict { return verdictOf([]float64{v.Now.Value}) }

// A Turn is where an input turns the sign of the first figure, and with it the verdict.
type Turn struct {
	Input Input
	// From and To are the bracket that was searched: of a table, multiples of what the file has.
	From, To float64
	Now      float64 // likewise
	Roots    root.Roots
	// Views are the roots under each of the analysis's views, in their order.
	Views []root.Roots
}

// Nearest is the root nearest to the file's value below it, and that above.
func (t *Turn) Nearest() (below, above *root.Root) { return t.nearest(&t.Roots) }

// NearestIf is the same under one of the views.
func (t *Turn) NearestIf(view int) (below, above *root.Root) { return t.nearest(&t.Views[view]) }

func (t *Turn) nearest(found *root.Roots) (below, above *root.Root) {
	for i := range found.Roots {
		switch r := &found.Roots[i]; {
		case !t.turns(r):
		case r.X <= t.Now:
			below = r
		case above == nil:
			above = r
		}
	}
	return below, above
}

// turns tells whether a figure changes its sign at a root: it comes to no other side of zero at an end of the bracket.
func (t *Turn) turns(r *root.Root) bool { return !r.Touches && r.X > t.From && r.X < t.To }

// A Verdict is what all views of the provider's cost say of it together.
type Verdict string

// The verdicts: the provider gains, or loses, whatever the view; or views differ. To come out even is to gain.
const (
	Gains        Verdict = "gains"
	Loses        Verdict = "loses"
	Undetermined Verdict = "undetermined"
)

// verdictOf is that of values under the views.
func verdictOf(values []float64) Verdict {
	up := 0
	for _, x := range values {
		if x != x {
			return Undetermined
		}
		if x >= 0 {
			up++
		}
	}
	switch up {
	case len(values):
		return Gains
	case 0:
		return Loses
	}
	return Undetermined
}

// Verdict is that of the file; "" where no views were asked for.
func (s *Sensitivity) Verdict() Verdict {
	if len(s.Views) == 0 {
		return ""
	}
	return verdictOf(s.signs())
}

func (s *Sensitivity) signs() []float64 {
	out := make([]float64, len(s.Views))
	for i := range s.Views {
		switch x := s.Views[i].Now.Value; {
		case x >= 0:
			out[i] = 1
		case x < 0:
			out[i] = -1
		default:
			out[i] = math.NaN()
		}
	}
	return out
}

// A Change is where a verdict becomes another one as an input moves away from what the file has.
type Change struct {
	At      *root.Root
	View    int // whose sign changes there
	Verdict Verdict
}

// Changes are the first change of the verdict below the file's value of an input, and the first above it: nil
// where no value of the bracket has another verdict.
func (s *Sensitivity) Changes(t *Turn) (below, above *Change) {
	if len(t.Views) == 0 {
		return nil, nil
	}
	return s.change(t, -1), s.change(t, 1)
}

func (s *Sensitivity) change(t *Turn, way float64) *Change {
	var all []Change
	for v := range t.Views {
		for i := range t.Views[v].Roots {
			if r := &t.Views[v].Roots[i]; t.turns(r) && (r.X > t.Now) == (way > 0) {
				all = append(all, Change{At: r, View: v})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Change) int { return cmp.Compare(way*a.At.X, way*b.At.X) })
	signs, now := s.signs(), s.Verdict()
	for _, c := range all {
		signs[c.View] = -signs[c.View]
		if c.Verdict = verdictOf(signs); c.Verdict != now {
			return &c
		}
	}
	return nil
}

// askViews adds the provider's net present value under each view of its cost, if that is the first figure.
func (e *evaluator) askViews(s *Sensitivity, r *reader) {
	provider, costs := s.Deal.Supplier(), e.job.Plan.Costs
	if s.On[0].Name != "npv" || s.On[0].Party != provider || len(costs) < 2 {
		return
	}
	for k, c := range costs {
		v := View{Cost: c.Name, Headline: k == e.job.Plan.Headline(), Of: s.On[0]}
		if !v.Headline {
			v.Of = r.measures[measure.Find(r.measures, "npv_if_"+c.Name, provider, "", 0)]
			v.condition = len(e.conditions)
			e.zeroOf(v.Of)
		}
		s.Views = append(s.Views, v)
	}
}

// turns looks where each of the leading inputs turns the first figure.
func (e *evaluator) turns(s *Sensitivity, top int) error {
	for i := range s.Effects {
		if len(s.Turns) == top || s.Effects[i].Size(0) == 0 {
			break
		}
		t, err := e.turn(s, s.Effects[i].Input)
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
func (e *evaluator) turn(s *Sensitivity, in Input) (*Turn, error) {
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
	of := func(condition int) func(x float64) (float64, float64, error) {
		return func(x float64) (float64, float64, error) {
			out, ok := e.changed([][]deal.Edit{in.at(at(x))})
			switch {
			case !ok:
				return 0, 0, ErrStopped
			case out[0].fault != nil:
				return math.NaN(), 0, nil
			}
			g := &out[0].gaps[condition]
			return g.Value, g.Error, nil
		}
	}
	if defined, err := e.defined(t, func(x float64) []deal.Edit { return in.at(at(x)) }, of(0)); !defined || err != nil {
		return nil, err
	}
	find := func(condition int) (root.Roots, error) {
		return root.All(of(condition), t.From, t.To, root.Settings{Cells: turnCells, Most: turnRuns, Tolerance: 1e-6})
	}
	var err error
	if t.Roots, err = find(0); err != nil {
		return nil, err
	}
	for _, v := range s.Views {
		roots := t.Roots
		if !v.Headline {
			if roots, err = find(v.condition); err != nil {
				return nil, err
			}
		}
		t.Views = append(t.Views, roots)
	}
	return t, nil
}

// defined cuts the bracket back to where the deal can be run around what the file has, as far as the
// grid shows; false where nothing is left of it. The runs of the grid are made at once.
func (e *evaluator) defined(t *Turn, edits func(x float64) []deal.Edit, of func(x float64) (float64, float64, error)) (bool, error) {
	var grid [turnCells + 1]float64
	var runs [][]deal.Edit
	for k := range grid {
		share := float64(k) / turnCells
		grid[k] = float64(t.From*(1-share)) + float64(t.To*share)
		runs = append(runs, edits(grid[k]))
	}
	if _, ok := e.changed(runs); !ok {
		return false, ErrStopped
	}
	for k, x := range grid {
		y, _, err := of(x)
		switch {
		case err != nil:
			return false, err
		case y == y:
		case x < t.Now:
			t.From = min(t.Now, grid[k+1])
		default:
			t.To = min(t.To, max(t.Now, grid[max(k-1, 0)]))
		}
	}
	return t.From < t.To, nil
}
