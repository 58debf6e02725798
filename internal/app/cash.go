// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"offtake/internal/contract"
	"offtake/internal/measure"
	"offtake/internal/report"
)

// A course is the cash between the two sides, cumulative, by step and the
// signing, in cents: what is paid for compute, the provider's capital, and what
// the provider gets on balance otherwise.
type course struct {
	months, paid, in, other, net []float64
	clauses                      []string // that make it
}

func (r *Run) course() course {
	provider, lab := r.Deal.Supplier(), r.Deal.Buyer()
	n := len(r.Base.Months)
	col := func() []float64 { return make([]float64, n) }
	c := course{col(), col(), col(), col(), col(), nil}
	for k, m := range r.Base.Months {
		c.months[k] = float64(k * r.Base.Job.Program.Grid().MonthsPerStep())
		if k > 0 {
			c.paid[k], c.in[k], c.other[k] = c.paid[k-1], c.in[k-1], c.other[k-1]
		}
		for _, f := range m.Flows {
			l, toward := f.Line, f.Amount
			switch {
			case l.Asset.Kind != contract.Cash:
				continue
			case l.From == provider && l.To == lab:
				toward = -toward
			case l.From != lab || l.To != provider:
				continue
			}
			if !slices.Contains(c.clauses, l.Clause) {
				c.clauses = append(c.clauses, l.Clause)
			}
			switch {
			case forCompute(l):
				c.paid[k] += toward
			case isCapital(l) && l.From == provider:
				c.in[k] -= toward
			default:
				c.other[k] += toward
			}
		}
		c.net[k] = c.paid[k] - c.in[k] + c.other[k]
	}
	return c
}

// cash is the chart of cumulative cash between the two sides.
func (r *Run) cash() report.Section {
	provider, lab := r.Deal.Name(r.Deal.Supplier()), r.Deal.Name(r.Deal.Buyer())
	c := r.course()
	scale, unitName := scaleOf(r.Deal.Currency, [][]float64{c.paid, c.in, c.other, c.net})
	series := func(name string, col []float64) report.Series {
		y := make([]float64, len(col))
		for k, x := range col {
			y[k] = x / scale
		}
		return report.Series{Name: name, X: c.months, Y: y}
	}
	chart := report.Chart{
		Title:  fmt.Sprintf("Cumulative cash from %s to %s: what is paid for compute. No capital is put in.", lab, provider),
		X:      report.Axis{Title: "contract year", Ticks: r.yearTicks()},
		Y:      report.Axis{Title: "cumulative, " + unitName, Format: func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }},
		Series: []report.Series{series("paid for compute", c.paid)},
		Note:   "As agreed, before default, on the mean of every input.",
		Behind: report.Behind{Clauses: r.inOrder(c.clauses)},
	}
	capital, other := !allZero(c.in), most(c.other) >= most(c.paid, c.in, c.net)/leastShown
	if capital {
		chart.Title = fmt.Sprintf("Cumulative cash between %s and %s: what is paid for compute, what capital is put in, and the difference.", lab, provider)
		chart.Series = append(chart.Series, series("capital put in", c.in))
	}
	if other {
		chart.Title = fmt.Sprintf("Cumulative cash between %s and %s: what is paid for compute, what passes by other clauses, and all together.", lab, provider)
		if capital {
			chart.Title = fmt.Sprintf("Cumulative cash between %s and %s: what is paid for compute, what capital is put in, what comes of other clauses, and all together.", lab, provider)
		}
		chart.Series = append(chart.Series, series("by other clauses", c.other))
	}
	if capital || other {
		chart.Series = append(chart.Series, series("net to "+provider, c.net))
	}
	if i := measure.Find(r.Base.Measures, "round_trip_month", "", "", 0); i >= 0 && r.Base.Values[i] == r.Base.Values[i] {
		month := r.Base.Values[i]
		chart.Marks = []report.Mark{{X: month, Label: fmt.Sprintf("month %v: cash back reaches capital put in", month)}}
	}
	return report.Section{Title: "Cumulative cash", Blocks: []report.Block{chart}}
}

// leastShown is the part of a chart's largest value below which a line would lie
// on the axis.
const leastShown = 200

// most is the largest size of any amount.
func most(cols ...[]float64) float64 {
	x := 0.0
	for _, col := range cols {
		for _, y := range col {
			x = max(x, math.Abs(y))
		}
	}
	return x
}

// yearTicks mark the ends of contract years.
func (r *Run) yearTicks() []report.Mark {
	g := r.Base.Job.Program.Grid()
	perYear := g.StepsPerYear() * g.MonthsPerStep()
	var out []report.Mark
	for y := range g.ContractYears() + 1 {
		out = append(out, report.Mark{X: float64(y * perYear), Label: fmt.Sprint(y)})
	}
	return out
}
