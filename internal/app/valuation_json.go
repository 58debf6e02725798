// SPDX-License-Identifier: Apache-2.0

package app

import (
	"math"
	"slices"

	"offtake/internal/measure"
	"offtake/internal/paths"
	"offtake/internal/unit"
)

// Valued is what value --json prints.
type Valued struct {
	Deal     DealID         `json:"deal"`
	Run      RunID          `json:"run"`
	Headline string         `json:"headline"` // sunk, scarce or build
	Feedback string         `json:"feedback"`
	Verdict  string         `json:"verdict"` // gains, loses or undetermined
	Measures []Number       `json:"measures"`
	Views    []CostViewJSON `json:"views"`
	Rights   []RightJSON    `json:"rights"`
	Hash     string         `json:"hash"`
}

// CostViewJSON is the deal under one view of the provider's cost.
type CostViewJSON struct {
	Cost     string   `json:"cost"`
	Verdict  string   `json:"verdict"`
	Share    *float64 `json:"supply_share,omitempty"`
	Margin   *float64 `json:"supply_share_margin,omitempty"`
	Measures []Number `json:"measures"`
}

// RightJSON is one right.
type RightJSON struct {
	ID     string     `json:"id"`
	Clause string     `json:"clause"`
	What   string     `json:"what"`
	Holder string     `json:"holder"`
	Own    Number     `json:"own_flows"`
	Gains  []Gain     `json:"gains"`
	Closed ClosedJSON `json:"closed_form"`
}

// Gain is what the deal is worth to a party with a right less without.
type Gain struct {
	Party  string   `json:"party"`
	Cost   string   `json:"cost,omitempty"` // the view of the cost, of the provider
	Value  *float64 `json:"value"`
	SE     *float64 `json:"se,omitempty"`
	Margin *float64 `json:"margin,omitempty"`
}

// ClosedJSON is what a formula says of a right, or why none does.
type ClosedJSON struct {
	Formula string   `json:"formula"`
	Value   *float64 `json:"value,omitempty"`
	Says    string   `json:"says,omitempty"`
	Unfit   string   `json:"unfit,omitempty"`
}

// JSON is the valuation as data.
func (v *Valuation) JSON() Valued {
	out := Valued{Deal: dealID(v.Deal, v.Source, v.Edits), Run: RunID{Kind: "base"}, Headline: v.headline(), Feedback: v.Feedback, Verdict: v.outcome(),
		Measures: v.numbers(v.own()), Views: []CostViewJSON{}, Rights: []RightJSON{}}
	if v.Sample != nil {
		out.Run = v.runID()
	}
	var digest []float64
	for k := range v.Views {
		x := CostViewJSON{Cost: v.Views[k].Name, Verdict: v.sign(k), Measures: v.numbers(v.Views[k].outcomes)}
		share, margin := v.supplyShare(k)
		x.Share, x.Margin = finite(share), finite(margin)
		out.Views = append(out.Views, x)
	}
	for i := range v.Rights {
		r := v.rightJSON(&v.Rights[i])
		out.Rights = append(out.Rights, r)
		for _, g := range r.Gains {
			digest = append(digest, *g.Value)
		}
	}
	out.Hash = v.digest(digest)
	return out
}

// digest is a hash of all results.
func (v *Valuation) digest(more []float64) string {
	all := more
	for _, o := range append([]outcomes{v.own()}, v.besides()...) {
		if o.sample == nil {
			all = append(all, o.base.Values...)
			continue
		}
		for i := range o.sample.Estimates {
			all = append(all, o.sample.Estimates[i].Mean, o.sample.Estimates[i].M2, o.sample.OfMeans[i])
		}
	}
	return paths.Hash(all...)
}

// besides are the outcomes beside the deal's own.
func (v *Valuation) besides() []outcomes {
	var out []outcomes
	for _, c := range v.Views {
		out = append(out, c.outcomes)
	}
	for _, r := range v.Rights {
		out = append(out, r.without)
	}
	return out
}

// numbers are the figures of outcomes that the report shows, or that are looked at beside.
func (v *Valuation) numbers(o outcomes) []Number {
	out := []Number{}
	all := o.base.Measures
	if o.sample != nil {
		all = o.sample.Measures
	}
	for i, m := range all {
		if !valued(m) {
			continue
		}
		n := number(v.Deal, m)
		if o.sample == nil {
			n.Value = finite(shown(m, o.base.Values[i]))
		} else if n.sampled(m, &o.sample.Estimates[i]); m.Unit.Quotient() {
			n.OfMeans = finite(o.sample.OfMeans[i])
		}
		out = append(out, n)
	}
	return out
}

// valued tells whether a measure belongs to a valuation: of the deal as a whole or of a
// party, and of no clause or period.
func valued(m measure.Measure) bool {
	return m.Clause == "" && m.Period == 0 && (slices.Contains(beside, m.Name) || slices.Contains(valuedNames, m.Name) || len(m.Name) > 7 && m.Name[:7] == "npv_if_")
}

// valuedNames are the figures of the deal's own outcomes.
var valuedNames = []string{"overcharge", "deficiency_value", "supply_gain_if_sunk", "supply_gain_if_scarce", "supply_gain_if_build", "surplus", "options", "credit_loss", "deadweight",
	"supply_net", "instruments", "instruments_outside", "cheques", "stake_with", "stake_without", "stake_gain", "premium", "net_equity_price", "effective_price", "effective_market_price",
	"price_above_market", "effective_discount", "pv_spend", "preference"}

func (v *Valuation) rightJSON(r *RightWorth) RightJSON {
	out := RightJSON{ID: r.ID, Clause: r.Clause, What: r.What, Holder: r.Holder, Gains: []Gain{},
		Closed: ClosedJSON{Formula: r.Closed.Formula, Unfit: r.Closed.Unfit, Says: r.Closed.Says}}
	if !math.IsNaN(r.Closed.Cents) {
		out.Closed.Value = finite(r.Closed.Cents / unit.MinorPerMajor)
	}
	own, _ := v.own().at("own_flows", r.Holder, r.ID)
	out.Own = number(v.Deal, own.measure)
	if own.estimate != nil {
		out.Own.sampled(own.measure, own.estimate)
	} else {
		out.Own.Value = finite(shown(own.measure, own.value))
	}
	for _, c := range v.gainColumns() {
		x, ok := v.less(r.without, c.name, c.party)
		if !ok {
			continue
		}
		g := Gain{Party: c.party, Cost: c.cost, Value: finite(x.value / unit.MinorPerMajor), Margin: finite(x.margin / unit.MinorPerMajor)}
		if x.estimate != nil {
			g.SE = finite(x.estimate.StandardError() / unit.MinorPerMajor)
		}
		out.Gains = append(out.Gains, g)
	}
	return out
}
