// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"strings"
	"sync"

	"offtake/internal/deal"
	"offtake/internal/diag"
	"offtake/internal/measure"
	"offtake/internal/value"
	"offtake/internal/value/estimate"
	"offtake/internal/value/root"
)

// ofSensitivity are the figures of sensitivity. What one input does is two runs; where variance
// comes from, and turns, are the whole analysis, and are looked for where one of them is asked for.
func (q explaining) ofSensitivity() ([]printed, error) {
	opt := UsualSensitivity()
	opt.Options = value.Options{Paths: q.opt.Paths, Seed: q.opt.Seed, Workers: q.opt.Workers, Proceed: q.opt.Proceed}
	on := []string{"npv." + q.d.Supplier(), "npv." + q.d.Buyer()}
	now := sync.OnceValue(func() *Run { return explainRun(q.src, q.e, q.d, q.opt) })
	var out []printed
	for _, figure := range on {
		out = append(out, printed{"sensitivity.figures." + figure, func() (*Explained, error) { return now().Explain(figure) }})
	}
	for _, in := range value.InputsMoved(q.d, opt.Move) {
		for _, figure := range on {
			at := "sensitivity.inputs." + in.Name + ".effects." + figure + "."
			out = append(out,
				printed{at + "low", func() (*Explained, error) { return q.moved(now(), &in, in.Low, figure) }},
				printed{at + "high", func() (*Explained, error) { return q.moved(now(), &in, in.High, figure) }})
		}
	}
	if !strings.HasPrefix(q.figure, "sensitivity.variance.") && !strings.HasPrefix(q.figure, "sensitivity.turns.") {
		return out, nil
	}
	s, err := Sensitivity(q.src, q.e, q.d, opt)
	if err != nil {
		return nil, err
	}
	for i := range s.Shares {
		out = append(out, influences(now, &s.Shares[i])...)
	}
	for i := range s.Turns {
		out = append(out, q.turns(s, &s.Turns[i])...)
	}
	return out, nil
}

// turns are the figures of one input: where it turns the first figure, the same under each view, and the verdict.
func (q explaining) turns(s *Sensitive, t *value.Turn) (out []printed) {
	at := "sensitivity.turns." + t.Input.Name + "."
	add := func(name string, below, above *root.Root, figure [2]string) {
		for i, r := range []*root.Root{below, above} {
			if r != nil {
				out = append(out, printed{at + name + [2]string{"below", "above"}[i], func() (*Explained, error) { return q.turned(t, r, figure[i]) }})
			}
		}
	}
	first := value.FigureName(&s.On[0])
	below, above := t.Nearest()
	add("", below, above, [2]string{first, first})
	var figures []string
	for k := range s.Views {
		figures = append(figures, value.FigureName(&s.Views[k].Of))
		below, above := t.NearestIf(k)
		add("views."+s.Views[k].Cost+".", below, above, [2]string{figures[k], figures[k]})
	}
	var roots [2]*root.Root
	var of [2]string
	down, up := s.Changes(t)
	for i, c := range []*value.Change{down, up} {
		if c != nil {
			roots[i], of[i] = c.At, figures[c.View]
		}
	}
	add("verdict.", roots[0], roots[1], of)
	return out
}

// with is the run of the deal after some edits.
func (q explaining) with(edits []deal.Edit) (*Run, error) {
	d, list := q.d.With(edits...)
	if d == nil {
		for i := range list {
			if list[i].Severity == diag.Fault {
				return nil, Misuse{list[i].Message}
			}
		}
	}
	e := q.e
	for _, x := range edits {
		e.Set = append(e.Set[:len(e.Set):len(e.Set)], x.Path+"="+x.Text)
	}
	return explainRun(q.src, e, d, q.opt), nil
}

// asTyped are edits as one types them.
func asTyped(edits []deal.Edit) string {
	var texts []string
	for _, x := range edits {
		texts = append(texts, "--set '"+x.Path+"="+x.Text+"'")
	}
	return strings.Join(texts, " ")
}

// moved is what a figure is with an input moved, less what it is.
func (q explaining) moved(now *Run, in *value.Input, to []float64, figure string) (*Explained, error) {
	edits := in.Moved(to)
	moved, err := q.with(edits)
	if err != nil {
		return nil, err
	}
	i, err := now.findFigure(figure)
	if err != nil {
		return nil, err
	}
	m := now.measured()[i]
	x := apart(moved, now, m)
	x.Doc = fmt.Sprintf("What %s is with %s moved, less what it is.", figure, in.Name)
	x.note("With it stands for the deal with %s.", asTyped(edits))
	x.lessBy(moved, now, m)
	return x, nil
}

// lessBy says a measure of one run less that of another on the same draws.
func (x *Explained) lessBy(with, without *Run, m measure.Measure) {
	at := func(r *Run) int { return measure.Find(r.measured(), m.Name, m.Party, m.Clause, m.Period) }
	x.number = number(x.run.Deal, m)
	i, j := at(with), at(without)
	if with.Sample == nil || without.Sample == nil {
		less := with.printedValue(m) - without.printedValue(m)
		x.number.Value, x.Text = finite(shown(m, less)), x.run.write(m, less)
		return
	}
	a, b := &with.Sample.Estimates[i], &without.Sample.Estimates[j]
	e, groups := estimate.Estimate{Mean: a.Mean - b.Mean}, make([]float64, len(a.GroupMeans()))
	for g, y := range b.GroupMeans() {
		groups[g] = a.GroupMeans()[g] - y
	}
	if of := estimate.Of(groups); len(groups) > 1 {
		e.Error, e.Margin = of.Error, of.Margin
	}
	x.estimated(e)
	x.onPaths()
	x.correct(a.Moments.Mean-b.Moments.Mean, e.Mean)
}

// printedValue is a measure of the base run, or the mean of a sample.
func (r *Run) printedValue(m measure.Measure) float64 {
	if r.Sample != nil {
		return r.Sample.Estimates[measure.Find(r.Sample.Measures, m.Name, m.Party, m.Clause, m.Period)].Mean
	}
	return r.Base.Values[measure.Find(r.Base.Measures, m.Name, m.Party, m.Clause, m.Period)]
}

// turned is the value of an input at which a figure changes its sign, with the figure as it then is.
func (q explaining) turned(t *value.Turn, r *root.Root, figure string) (*Explained, error) {
	edits := t.Input.Moved(t.At(r.X))
	run, err := q.with(edits)
	if err != nil {
		return nil, err
	}
	x, err := run.Explain(figure)
	if err != nil {
		return nil, err
	}
	return x.atRoot(t.Input.Name, figure, x.Text, turnNumber(t, r.X), turnNumber(t, r.Error), edits), nil
}

// atRoot makes an explained figure that of the value at which it is what it should be.
func (x *Explained) atRoot(name, figure, left string, at, err float64, edits []deal.Edit) *Explained {
	x.Text = fmt.Sprintf("%.6g", at)
	x.number = Number{Name: x.Name, Unit: "of the input", Value: finite(at), SE: finite(err)}
	x.Doc = fmt.Sprintf("The value of %s at which %s is what it should be. Put in with %s, it leaves %s of it, as follows.", name, figure, asTyped(edits), left)
	x.measure.Unit = measure.Ratio // of the input: no sum of amounts
	return x
}

// influences are the parts of a figure's variance. They are of runs with some draws shared, and
// not of flows: what is followed is how, and of which input.
func influences(now func() *Run, s *value.VarianceShares) []printed {
	figure := value.FigureName(&s.Of)
	at := "sensitivity.variance." + figure + "."
	of := func(name string, unit measure.Unit, e estimate.Estimate, input, doc, how string) printed {
		return printed{at + name, func() (*Explained, error) {
			sources := []measure.Source{{Inputs: []string{input}}}
			if unit != measure.Money {
				sources = append(sources, used("standard deviation of "+figure, s.Of.Unit, s.Spread))
			}
			return now().composed(composed{name: at + name, unit: unit, value: e, doc: doc + " " + figure, how: how, sources: sources}), nil
		}}
	}
	unit := measure.Rate
	out := []printed{of("sd", measure.Money, exactly(s.Spread), "world", "The standard deviation over paths of", "Of the sampled paths of the deal as the file has it; each uncertain number and each source of noise below enters it.")}
	for _, d := range s.Draws {
		name := string(d.Draw)
		out = append(out,
			of("of."+hyphened(name)+".first", unit, d.First, inputOf(name), "The part of the variance that would go if "+name+" were known, of", "Covariance of runs that share this draw alone, over the variance (first-order index; Saltelli et al. 2010, Jansen 1999)."),
			of("of."+hyphened(name)+".total", unit, d.Total, inputOf(name), "The part of the variance that would stay if all but "+name+" were known, of", "Half the mean square of what redrawing this alone does, over the variance (total index; Jansen 1999)."))
	}
	for i, e := range s.Shapley {
		name := s.Players[i]
		out = append(out, of("shapley."+hyphened(name)+".effect", unit, e, inputOf(name), "The share of the variance that is put down to "+name+", of", "What the draw adds to the variance explained, averaged over the orders in which draws become known (Owen 2014, Song, Nelson and Staum 2016)."))
	}
	return out
}

// inputOf is the path of the inputs behind a draw: noise is all of the world's.
func inputOf(draw string) string {
	if strings.HasPrefix(draw, "world.") {
		return draw
	}
	return "world"
}
