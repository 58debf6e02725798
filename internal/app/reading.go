// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"offtake/internal/measure"
	"offtake/internal/unit"
	"offtake/internal/value"
	"offtake/internal/value/estimate"
)

// A Reading is one figure of a sampled run with its error, as the pages that set deals side
// by side or answer one reader have it. Numbers are as shown: money in the deal's currency,
// shares and rates as fractions.
type Reading struct {
	Figures []string // as explain takes them: what the figure is, or is reckoned from; none where it is read off the terms
	Unit    string
	Value   *float64 // the mean; of a ratio or rate, that of the mean flows
	Margin  *float64 // half a 95% confidence interval
	P5, P95 *float64 // quantiles over paths
	Text    string   // as written
	Error   string   // ± 1.2B, or (0.9 to 1.1): from 5% to 95% of paths
	Never   float64  // share of paths on which it is not defined
	Why     string   // why there is none
}

// none is a figure that a deal does not have.
func none(why string) Reading { return Reading{Text: "-", Why: why} }

// stated is what the terms of a deal say.
func stated(text string) Reading { return Reading{Text: text} }

// In writes a figure in one cell.
func (x Reading) In() string { return strings.TrimSpace(x.Text + " " + x.Error) }

// known tells whether there is a figure.
func (x Reading) known() bool { return x.Why == "" }

// wordsFor names the unit in which a measure's values are shown.
func (r *Run) wordsFor(m measure.Measure) string { return number(r.Deal, m).Unit }

// seen is where the sample has a measure, or -1.
func (r *Run) seen(name, party, clause string, period int) int {
	return measure.Find(r.Sample.Measures, name, party, clause, period)
}

// reading is a measure with its error; without one, why there is none.
func (r *Run) reading(name, party, clause string, period int, why string) (out Reading) {
	i := r.seen(name, party, clause, period)
	if i < 0 {
		return none(why)
	}
	m, e := r.Sample.Measures[i], &r.Sample.Estimates[i]
	if e.N == 0 {
		return none(r.undefined(m))
	}
	out = Reading{Figures: []string{value.FigureName(&m)}, Unit: r.wordsFor(m)}
	mean := e.Mean
	if m.Unit.Quotient() {
		mean = r.Sample.OfMeans[i]
	}
	if math.IsNaN(mean) {
		return none(r.undefined(m))
	}
	out.Value, out.Text = finite(shown(m, mean)), r.write(m, mean)
	if out.Never = float64(e.Undefined) / float64(e.N+e.Undefined); out.Never > 0 {
		defer func() { out.Error = strings.TrimSpace(out.Error + " on " + unit.FormatRate(1-out.Never) + " of paths") }()
	}
	if !e.Varies() {
		return out
	}
	low, high := e.Histogram.Quantile(tail), e.Histogram.Quantile(1-tail)
	out.P5, out.P95 = finite(shown(m, low)), finite(shown(m, high))
	if m.Unit.Quotient() {
		out.Error = fmt.Sprintf("(%s to %s)", r.write(m, low), r.write(m, high))
		return out
	}
	out.Margin = finite(shown(m, e.Margin()))
	out.Error = "± " + strings.TrimSuffix(strings.TrimPrefix(r.write(m, e.Margin()), "month "), " months") + rough(e)
	return out
}

// undefined says why no path has a value.
func (r *Run) undefined(m measure.Measure) string {
	for _, x := range r.Base.Measures {
		if x.Key() == m.Key() && x.Period == m.Period && x.Why != nil {
			return x.Why(r.Base.Book)
		}
	}
	return "undefined on every path"
}

// chanceOf is how likely it is that a measure is not zero.
func (r *Run) chanceOf(name, clause string, period int, why string) Reading {
	i := r.seen(name, "", clause, period)
	if i < 0 {
		return none(why)
	}
	e := &r.Sample.Estimates[i]
	p, _ := e.Happens()
	out := Reading{Figures: []string{value.FigureName(&r.Sample.Measures[i])}, Unit: "chance", Value: finite(p), Margin: finite(e.HappensMargin()), Text: happens(e)}
	out.Error = chanceError(e)
	return out
}

// per divides one mean by another: the error is by the scramblings (estimate.Ratio).
func (r *Run) per(over, overParty, under, underParty, why string) Reading {
	i, j := r.seen(over, overParty, "", 0), r.seen(under, underParty, "", 0)
	if i < 0 || j < 0 {
		return none(why)
	}
	a, b := &r.Sample.Estimates[i], &r.Sample.Estimates[j]
	x := estimate.Ratio(a.GroupMeans(), b.GroupMeans())
	if math.IsNaN(x.Mean) || math.IsInf(x.Mean, 0) {
		return none(why)
	}
	out := Reading{Figures: []string{value.FigureName(&r.Sample.Measures[i]), value.FigureName(&r.Sample.Measures[j])}, Unit: "ratio", Value: finite(x.Mean), Text: unit.FormatNumber(x.Mean)}
	if a.Varies() || b.Varies() {
		out.Margin, out.Error = finite(x.Margin), "± "+unit.FormatNumber(x.Margin)
	}
	return out
}

// priceOverMarket is what a unit costs over its market price, of the mean flows: 1 + O/M, of
// which the overcharge O has an error, and the worth M of the units in the market is taken
// as known.
func (r *Run) priceOverMarket() Reading {
	i, j, k := r.seen("effective_price", "", "", 0), r.seen("effective_market_price", "", "", 0), r.seen("overcharge", "", "", 0)
	if i < 0 || j < 0 || k < 0 {
		return none(noSpend)
	}
	per := r.Sample.OfMeans[i] / r.Sample.OfMeans[j]
	if math.IsNaN(per) || math.IsInf(per, 0) {
		return none(noSpend)
	}
	out := Reading{Figures: []string{"effective_price", "effective_market_price"}, Unit: "ratio", Value: finite(per), Text: unit.FormatNumber(per)}
	if over := &r.Sample.Estimates[k]; over.Varies() && math.Abs(per-1) > 1e-9 {
		margin := math.Abs(over.Margin() * (per - 1) / over.Mean)
		out.Margin, out.Error = finite(margin), "± "+unit.FormatNumber(margin)
	}
	return out
}

// scaled is a figure times a number that is known, such as a year's share of a total.
func (r *Run) scaled(x Reading, by float64, write func(float64) string) Reading {
	if !x.known() || x.Value == nil {
		return x
	}
	times := func(p *float64) *float64 {
		if p == nil {
			return nil
		}
		return finite(*p * by)
	}
	out := Reading{Figures: slices.Clone(x.Figures), Unit: x.Unit, Value: times(x.Value), Margin: times(x.Margin), P5: times(x.P5), P95: times(x.P95)}
	out.Text = write(*out.Value)
	if out.Margin != nil {
		out.Error = "± " + write(*out.Margin)
	}
	return out
}

// moneyReading is an amount of the terms, in cents.
func (r *Run) moneyReading(cents float64, figures ...string) Reading {
	return Reading{Figures: figures, Unit: r.Deal.Currency.Code, Value: finite(inMoney(cents)), Text: money(r.Deal, cents)}
}

// inCurrency writes an amount that is in the deal's currency and not in cents.
func (r *Run) inCurrency(x float64) string { return money(r.Deal, x*unit.MinorPerMajor) }

// ReadingJSON is a reading as data.
type ReadingJSON struct {
	Figures []string `json:"figures,omitempty"`
	Unit    string   `json:"unit,omitempty"`
	Value   *float64 `json:"value,omitempty"`
	Margin  *float64 `json:"margin,omitempty"`
	P5      *float64 `json:"p5,omitempty"`
	P95     *float64 `json:"p95,omitempty"`
	Never   float64  `json:"undefined_share,omitempty"`
	Text    string   `json:"text,omitempty"`
	Why     string   `json:"why,omitempty"`
}

// data is the reading as data.
func (x Reading) data() ReadingJSON {
	out := ReadingJSON{x.Figures, x.Unit, x.Value, x.Margin, x.P5, x.P95, x.Never, x.Text, x.Why}
	if !x.known() {
		out.Text = ""
	}
	return out
}
