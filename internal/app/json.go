// SPDX-License-Identifier: Apache-2.0

package app

import (
	"math"

	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/unit"
)

// Result is what run --json prints.
type Result struct {
	Deal     DealID    `json:"deal"`
	Run      RunID     `json:"run"`
	Measures []Number  `json:"measures"`
	Variance *Variance `json:"variance,omitempty"`
	Flows    []Flow    `json:"flows"`
	Holdings []Holding `json:"holdings"`
	Hash     string    `json:"hash"`
}

// DealID says which deal was run, and with which changes.
type DealID struct {
	File     string `json:"file"`
	Title    string `json:"title"`
	Currency string `json:"currency"`
	Signed   string `json:"signed"`
	Starts   string `json:"starts"`
	AsOf     string `json:"as_of,omitempty"`
	// Amendments are those that are applied, Chosen the alternatives and Supposed the
	// scenarios that are; Alternatives and Scenarios are all that the file has.
	Amendments   []Restated `json:"amendments,omitempty"`
	Chosen       []string   `json:"alternative,omitempty"`
	Alternatives []Restated `json:"alternatives,omitempty"`
	Supposed     []string   `json:"scenario,omitempty"`
	Scenarios    []Restated `json:"scenarios,omitempty"`
	Set          []string   `json:"set,omitempty"`
	Without      []string   `json:"without,omitempty"`
}

// Restated is an amendment, which has a date, or an alternative or scenario, which has a name.
type Restated struct {
	Date   string   `json:"date,omitempty"`
	Name   string   `json:"name,omitempty"`
	Set    []string `json:"set,omitempty"` // PATH=VALUE, the value as the file writes it
	Add    []string `json:"add,omitempty"`
	Remove []string `json:"remove,omitempty"`
	Source string   `json:"source,omitempty"`
	Says   string   `json:"says,omitempty"`
}

func restated(c deal.Change) Restated {
	out := Restated{Add: c.Add, Remove: c.Remove, Source: c.Source, Says: c.Says}
	for _, v := range c.Set {
		out.Set = append(out.Set, v.Path+"="+v.Text)
	}
	return out
}

// dealID says which deal was run.
func dealID(d *deal.Deal, src Source, e Edits) DealID {
	out := DealID{File: src.Name, Title: d.Title, Currency: d.Currency.Code, Signed: d.Signed.String(), Starts: d.Starts.String(),
		AsOf: e.AsOf, Chosen: d.View().Alternatives, Supposed: d.View().Scenarios, Set: e.Set, Without: e.Without}
	for _, a := range d.Amended() {
		x := restated(a.Change)
		x.Date = a.Date.String()
		out.Amendments = append(out.Amendments, x)
	}
	for _, a := range d.Alternatives {
		x := restated(a.Change)
		x.Name = a.Name
		out.Alternatives = append(out.Alternatives, x)
	}
	for _, s := range d.Scenarios {
		x := restated(s.Change)
		x.Name = s.Name
		out.Scenarios = append(out.Scenarios, x)
	}
	return out
}

// RunID says how it was run: a base run has no paths.
type RunID struct {
	Kind    string  `json:"kind"` // base or sampled
	Paths   int     `json:"paths,omitempty"`
	Seed    uint64  `json:"seed,omitempty"`
	Points  string  `json:"points,omitempty"` // sobol or plain
	Groups  int     `json:"groups,omitempty"` // scramblings of Sobol points
	Until   float64 `json:"until,omitempty"`
	Met     bool    `json:"met,omitempty"`     // the errors asked for
	Stopped bool    `json:"stopped,omitempty"` // before all paths that were asked for
	// Controls are the numbers of the world that serve means of amounts as control variates.
	Controls []string `json:"controls,omitempty"`
}

// runID says how a sample was run.
func (r *Run) runID() RunID {
	out := RunID{Kind: "sampled", Paths: r.Sample.Paths, Seed: r.Options.Seed, Points: "plain", Until: r.Options.Until, Met: r.Sample.Met, Stopped: r.Sample.Stopped, Controls: r.Sample.Controls}
	if !r.Sample.Plain {
		out.Points, out.Groups = "sobol", measure.Groups
	}
	return out
}

// Number is one measure. A base run has a value; a sampled run a mean, its
// standard error and quantiles. What is not defined is left out, and
// Undefined counts the paths on which it is not.
type Number struct {
	Name    string   `json:"name"`
	Party   string   `json:"party,omitempty"`
	Clause  string   `json:"clause,omitempty"`
	Period  int      `json:"period,omitempty"`
	Unit    string   `json:"unit"`
	Value   *float64 `json:"value,omitempty"`
	Mean    *float64 `json:"mean,omitempty"`
	SE      *float64 `json:"se,omitempty"`
	Margin  *float64 `json:"margin,omitempty"`   // half a 95% confidence interval of the mean
	OfMeans *float64 `json:"of_means,omitempty"` // of the mean flows, for ratios and rates
	P5      *float64 `json:"p5,omitempty"`
	P50     *float64 `json:"p50,omitempty"`
	P95     *float64 `json:"p95,omitempty"`
	// 95% confidence intervals of the quantiles.
	P5Interval  []float64 `json:"p5_interval,omitempty"`
	P50Interval []float64 `json:"p50_interval,omitempty"`
	P95Interval []float64 `json:"p95_interval,omitempty"`
	// Means of the twentieth of the paths on which it is lowest, and highest.
	LowestTwentieth  *float64 `json:"lowest_twentieth,omitempty"`
	HighestTwentieth *float64 `json:"highest_twentieth,omitempty"`
	// How likely it is not to be zero, where some path has zero, and half a 95%
	// confidence interval of that.
	Chance       *float64 `json:"chance,omitempty"`
	ChanceMargin *float64 `json:"chance_margin,omitempty"`
	Rough        bool     `json:"rough,omitempty"`
	Undefined    int      `json:"undefined,omitempty"`
	Why          string   `json:"why,omitempty"` // why it is not defined
}

// Variance is where the variance of values comes from: shares of it that come from
// uncertain numbers alone, and from noise alone, with their standard errors.
type Variance struct {
	Paths int          `json:"paths"`
	Of    []VarianceOf `json:"of"`
}

// VarianceOf is that of one measure.
type VarianceOf struct {
	Name         string  `json:"name"`
	Party        string  `json:"party,omitempty"`
	Parameters   float64 `json:"parameters"`
	ParametersSE float64 `json:"parameters_se"`
	Noise        float64 `json:"noise"`
	NoiseSE      float64 `json:"noise_se"`
}

func (r *Run) variance() *Variance {
	if r.Shares == nil {
		return nil
	}
	out := &Variance{Paths: r.Shares.Paths}
	for _, x := range r.Shares.Of {
		out.Of = append(out.Of, VarianceOf{x.Measure.Name, x.Measure.Party, x.Parameters, x.ParametersSE, x.Noise, x.NoiseSE})
	}
	return out
}

// JSON is the run as data.
func (r *Run) JSON() Result {
	d := r.Deal
	out := Result{
		Deal: dealID(d, r.Source, r.Edits), Run: RunID{Kind: "base"}, Flows: flowsJSON(d, r.everyMove()), Holdings: r.holdingsJSON(), Hash: r.Base.Hash(),
	}
	if r.Sample == nil {
		for i := range r.Base.Measures {
			out.Measures = append(out.Measures, r.baseNumber(i))
		}
		return out
	}
	out.Run = r.runID()
	out.Hash, out.Variance = r.Sample.Hash(), r.variance()
	for i, m := range r.Sample.Measures {
		n := number(d, m)
		n.sampled(m, &r.Sample.Estimates[i])
		if m.Unit.Quotient() {
			n.OfMeans = finite(r.Sample.OfMeans[i])
		}
		out.Measures = append(out.Measures, n)
	}
	return out
}

// sampled puts in what paths showed.
func (n *Number) sampled(m measure.Measure, x *measure.Estimate) {
	n.Undefined = x.Undefined
	if x.N == 0 {
		return
	}
	at := func(v float64) *float64 { return finite(shown(m, v)) }
	n.Mean, n.SE, n.Margin = at(x.Mean), at(x.StandardError()), at(x.Margin())
	q := x.Histogram.Quantiles(tail, 0.5, 1-tail)
	n.P5, n.P50, n.P95 = at(q[0]), at(q[1]), at(q[2])
	between := func(q float64) []float64 {
		low, high := x.Histogram.Interval(q)
		return []float64{shown(m, low), shown(m, high)}
	}
	n.P5Interval, n.P50Interval, n.P95Interval = between(tail), between(0.5), between(1-tail)
	n.LowestTwentieth, n.HighestTwentieth = at(x.Histogram.TailMean(-tail)), at(x.Histogram.TailMean(tail))
	if x.Zero > 0 {
		p, _ := x.Happens()
		n.Chance, n.ChanceMargin = finite(p), finite(x.HappensMargin())
	}
	n.Rough = x.Rough()
}

// baseNumber is one measure of the base run.
func (r *Run) baseNumber(i int) Number {
	m := r.Base.Measures[i]
	n := number(r.Deal, m)
	n.Value = finite(shown(m, r.Base.Values[i]))
	if n.Value == nil {
		n.Undefined = 1
		if m.Why != nil {
			n.Why = m.Why(r.Base.Book)
		}
	}
	return n
}

func number(d *deal.Deal, m measure.Measure) Number {
	n := Number{Name: m.Name, Party: m.Party, Clause: m.Clause, Period: m.Period, Unit: m.Unit.String()}
	switch m.Unit {
	case measure.Money:
		n.Unit = d.Currency.Code
	case measure.Price:
		n.Unit = d.Currency.Code + " per unit"
	}
	return n
}

// finite is a number as JSON can hold it, or nil.
func finite(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

// Flow is what one line of a clause moves in the base run, as agreed, before
// default and not discounted.
type Flow struct {
	Clause string    `json:"clause"`
	Kind   string    `json:"kind"`
	Role   string    `json:"role"`  // use, miss, cheque, draw, lend, instrument, ...
	Asset  string    `json:"asset"` // cash, or in_kind at its worth on the day
	From   string    `json:"from"`  // the key of a party; market, which no party can have, stands for those outside the agreement
	To     string    `json:"to"`
	Unit   string    `json:"unit"`
	Years  []float64 `json:"years"` // at signing, then in each contract year; what falls after the term is in the last
	Total  float64   `json:"total"`
}

// flowsJSON are lines with what they move.
func flowsJSON(d *deal.Deal, moves []move) []Flow {
	out := []Flow{}
	for _, m := range moves {
		f := Flow{Clause: m.Clause, Kind: m.Kind, Role: m.Role.String(), Asset: string(m.Asset.Kind), From: m.From, To: m.To,
			Unit: d.Currency.Code, Total: m.total() / unit.MinorPerMajor}
		for _, x := range m.years {
			f.Years = append(f.Years, x/unit.MinorPerMajor)
		}
		out = append(out, f)
	}
	return out
}
