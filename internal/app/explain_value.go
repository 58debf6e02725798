// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"strings"

	"offtake/internal/measure"
	"offtake/internal/value"
)

// ofValue are the figures of value that run does not have: those under each view of the
// provider's cost, and those of rights.
func (q explaining) ofValue() ([]printed, error) {
	q.opt.yearly = true
	v := NewValuation(q.src, q.e, q.d, q.opt)
	var out []printed
	for k := range v.Views {
		out = append(out, v.viewFigures(k)...)
	}
	for i := range v.Rights {
		out = append(out, v.rightFigures(&v.Rights[i])...)
	}
	return out, nil
}

// as is the run with other outcomes on the same draws.
func (v *Valuation) as(o outcomes) *Run {
	r := *v.Run
	r.Base, r.Sample, r.lasting = o.base, o.sample, nil
	return &r
}

func (v *Valuation) viewFigures(k int) []printed {
	view, r := &v.Views[k], v.as(v.Views[k].outcomes)
	var out []printed
	add := func(name string, m measure.Measure) {
		out = append(out, printed{"value.views." + view.Name + "." + name, func() (*Explained, error) {
			x := r.explained(m)
			x.Doc = strings.Replace(x.Doc, "under the headline cost", "if its capacity is "+costWords[view.Name], 1)
			return x.note("The provider's opportunity cost is seen as %s.", costWords[view.Name]), nil
		}})
	}
	for _, m := range r.measured() {
		if m.Name == "supply_share" {
			add(m.Name, m)
		} else if valued(m) {
			add(value.FigureName(&m), m)
		}
	}
	return out
}

func (v *Valuation) rightFigures(right *RightWorth) []printed {
	at := "value.rights." + right.ID + "."
	out := []printed{{at + "own_flows", func() (*Explained, error) {
		x, _ := v.own().at("own_flows", right.Holder, right.ID)
		return v.Run.explained(x.measure), nil
	}}, {at + "closed_form", func() (*Explained, error) { return v.closedForm(right), nil }}}
	for _, c := range v.gainColumns() {
		name := at + "gains." + c.party
		if c.cost != "" {
			name += "." + c.cost
		}
		out = append(out, printed{name, func() (*Explained, error) { return v.gained(right, c), nil }})
	}
	return out
}

// gained is what the deal is worth with a right less without it.
func (v *Valuation) gained(right *RightWorth, c gainColumn) *Explained {
	own, _ := v.own().at(c.name, c.party, "")
	less, _ := v.less(right.without, c.name, c.party)
	x := apart(v.Run, v.as(right.without), own.measure)
	x.Doc = fmt.Sprintf("What the deal is worth to %s with %s of %s (%s) less what it is worth without.", v.holderName(c.party), right.What, v.Deal.Name(right.Holder), right.ID)
	if c.cost != "" {
		x.note("The provider's opportunity cost is seen as %s.", costWords[c.cost])
	}
	return x.difference(less)
}

// difference says an amount that is a difference of two runs.
func (x *Explained) difference(a amount) *Explained {
	if a.estimate != nil {
		x.sampledDifference(a, -1) // the estimate is of without less with
		return x
	}
	x.number = number(x.run.Deal, x.measure)
	x.number.Value, x.Text = finite(shown(x.measure, a.value)), x.run.write(x.measure, a.value)
	if x.run.Base.Job.Uncertain() {
		x.note("Of base runs, on the mean of every input.")
	}
	return x
}

// sampledDifference is the mean of a difference with its error; the estimate is of it times the sign.
func (x *Explained) sampledDifference(a amount, sign float64) {
	x.number = number(x.run.Deal, x.measure)
	x.number.Mean, x.number.SE, x.number.Margin = finite(shown(x.measure, a.value)), finite(shown(x.measure, a.estimate.StandardError())), finite(shown(x.measure, a.margin))
	x.Text = x.run.write(x.measure, a.value)
	if a.estimate.Varies() {
		x.Text += " " + x.run.plusMinus(x.measure, a.estimate)
	}
	x.onPaths()
	x.correct(sign*a.estimate.Moments.Mean, a.value)
}

// closedForm is what a formula says of a right: it rests on terms alone.
func (v *Valuation) closedForm(right *RightWorth) *Explained {
	m := measure.Measure{Name: "closed_form", Clause: right.Clause, Unit: measure.Money}
	x := &Explained{run: v.Run, measure: m, number: number(v.Deal, m), Text: v.write(m, right.Closed.Cents),
		Doc: fmt.Sprintf("What a closed form says of %s of %s: %s.", right.What, v.Deal.Name(right.Holder), right.Closed.Formula)}
	x.number.Value = finite(shown(m, right.Closed.Cents))
	x.sources = []measure.Source{{Label: "terms", Inputs: []string{"clauses." + right.Clause, "world.lab_value", "world.discount", "world.market_price", "world.list_price"}}}
	x.madeNote = "No flow makes it up: a formula, of the terms and of the world's numbers below. Of the run, set value.rights." + right.ID + ".own_flows and .gains beside it."
	if says := right.Closed.Unfit + right.Closed.Says; says != "" {
		x.note("%s.", sentenceCase(says))
	}
	return x
}
