// SPDX-License-Identifier: Apache-2.0

package app

import (
	"math"
	"slices"

	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/paths"
	"offtake/internal/value/rights"
)

// A Valuation is what a deal is worth taken apart: into parts by party, under every view of
// the provider's cost, and right by right, all on the same draws.
type Valuation struct {
	*Run
	Feedback string     // on or off
	Views    []CostView // in the order of the plan's costs
	Rights   []RightWorth
}

// A CostView is the deal with one view of the cost behind its headline figures.
type CostView struct {
	Name string
	outcomes
}

// A RightWorth is a right with the deal that is the same without it.
type RightWorth struct {
	rights.Right
	Closed  rights.Closed
	without outcomes
}

// outcomes are a base run and, where paths were asked for, a sample.
type outcomes struct {
	base   *paths.Base
	sample *paths.Sample
}

// An amount is a figure with half a 95% confidence interval: NaN where no paths stand
// behind it.
type amount struct {
	measure  measure.Measure
	value    float64
	margin   float64
	estimate *measure.Estimate // nil in a base run
}

// beside are the measures that are looked at in runs beside the first.
var beside = []string{"npv", "npv_at_hurdle", "time_preference", "irr", "multiple", "supply_share", "supply_gain", "joint_value", "implied_cost_of_capital"}

// NewValuation takes the value of a loaded deal apart.
func NewValuation(src Source, e Edits, d *deal.Deal, opt RunOptions) *Valuation {
	all := rights.Of(d)
	job := paths.NewJob(d, nil).Detailed(rights.Measured(all))
	v := &Valuation{Run: &Run{Source: src, Edits: e, Options: opt, Deal: d}, Feedback: d.World.Feedback}
	jobs, base := []*paths.Job{job}, paths.RunBase(job)
	for k, c := range job.Plan.Costs {
		v.Views = append(v.Views, CostView{Name: c.Name})
		jobs = append(jobs, job.SeenAs(k))
	}
	for _, r := range all {
		jobs = append(jobs, paths.NewJob(r.Without(d), job.Plan.World, job))
		v.Rights = append(v.Rights, RightWorth{Right: r, Closed: r.Closed(v.around(base, &r))})
	}
	v.run(jobs)
	return v
}

// around is the deal around its rights.
func (v *Valuation) around(base *paths.Base, r *rights.Right) *rights.Setting {
	in := &rights.Setting{Clauses: v.Deal.Clauses, Plan: base.Job.Plan, Buyer: v.Deal.Buyer(), Before: v.Deal.World.LabValue.Shares}
	if i := measure.Find(base.Measures, "stake_after", r.Holder, "", 0); i >= 0 {
		in.Stake = base.Values[i]
	}
	return in
}

// run runs all jobs, the first in full.
func (v *Valuation) run(jobs []*paths.Job) {
	all := make([]outcomes, len(jobs))
	for k, j := range jobs {
		if v.Options.yearly {
			jobs[k] = j.Yearly()
		}
		all[k].base = paths.RunBase(j)
	}
	if v.Options.Usual && !jobs[0].Uncertain() {
		v.Options.Paths = 0
	}
	if v.Options.Paths > 0 {
		opt := v.Options.sampling()
		opt.Beside = func(m *measure.Measure) bool {
			return slices.Contains(beside, m.Name) || len(m.Name) > 7 && m.Name[:7] == "npv_if_"
		}
		for k, s := range paths.Run(jobs, opt) {
			all[k].sample = s
		}
	}
	v.Base, v.Sample = all[0].base, all[0].sample
	for k := range v.Views {
		v.Views[k].outcomes = all[1+k]
	}
	for k := range v.Rights {
		v.Rights[k].without = all[1+len(v.Views)+k]
	}
}

// own is the deal's own outcomes.
func (v *Valuation) own() outcomes { return outcomes{v.Base, v.Sample} }

// at is a figure of the outcomes; false where there is none of that name.
func (o outcomes) at(name, party, clause string) (amount, bool) {
	if o.sample == nil {
		i := measure.Find(o.base.Measures, name, party, clause, 0)
		if i < 0 {
			return amount{}, false
		}
		return amount{o.base.Measures[i], o.base.Values[i], math.NaN(), nil}, true
	}
	i := measure.Find(o.sample.Measures, name, party, clause, 0)
	if i < 0 {
		return amount{}, false
	}
	e := &o.sample.Estimates[i]
	out := amount{o.sample.Measures[i], e.Mean, e.Margin(), e}
	if out.measure.Unit.Quotient() {
		out.value, out.margin = o.sample.OfMeans[i], math.NaN()
	} else if e.N == 0 {
		out.value = math.NaN()
	}
	return out, true
}

// less is a figure of the deal less that of other outcomes on the same draws.
func (v *Valuation) less(o outcomes, name, party string) (amount, bool) {
	own, ok := v.own().at(name, party, "")
	other, there := o.at(name, party, "")
	if !ok || !there {
		return amount{}, false
	}
	own.value -= other.value
	if o.sample != nil {
		e := &o.sample.Against[measure.Find(o.sample.Measures, name, party, "", 0)]
		own.value, own.margin, own.estimate = -e.Mean, e.Margin(), e
	}
	return own, true
}

// headline is the view behind the headline figures.
func (v *Valuation) headline() string { return v.Views[v.Base.Job.Plan.Headline()].Name }
