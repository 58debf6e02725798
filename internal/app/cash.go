// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"strconv"

	"offtake/internal/contract"
	"offtake/internal/measure"
	"offtake/internal/report"
)

// cash is the chart of cumulative cash between the two sides.
func (r *Run) cash() report.Section {
	provider, lab := r.Deal.Supplier(), r.Deal.Buyer()
	g := r.Base.Job.Program.Grid()
	n := len(r.Base.Months)
	x, paid, in, net := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	for k, m := range r.Base.Months {
		x[k] = float64(k * g.MonthsPerStep())
		if k > 0 {
			paid[k], in[k] = paid[k-1], in[k-1]
		}
		for _, f := range m.Flows {
			if f.Line.Asset.Kind != contract.Cash {
				continue
			}
			switch {
			case f.Line.Role == contract.Instrument: // neither for compute nor put in
			case f.Line.Kind == "purchase" || f.Line.Kind == "draw" || f.Line.Role == contract.Lend:
				if f.Line.From == provider {
					in[k] += f.Amount
				}
			case f.Line.From == lab && f.Line.To == provider:
				paid[k] += f.Amount
			case f.Line.From == provider && f.Line.To == lab:
				paid[k] -= f.Amount
			}
		}
		net[k] = paid[k] - in[k]
	}
	scale, unitName := scaleOf(r.Deal.Currency, [][]float64{paid, in, net})
	for k := range x {
		paid[k], in[k], net[k] = paid[k]/scale, in[k]/scale, net[k]/scale
	}
	chart := report.Chart{
		Title: fmt.Sprintf("Cumulative cash between %s and %s: what is paid for compute, what capital is put in, and the difference.", r.Deal.Name(lab), r.Deal.Name(provider)),
		X:     report.Axis{Title: "contract year", Ticks: r.yearTicks()},
		Y:     report.Axis{Title: "cumulative, " + unitName, Format: func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }},
		Series: []report.Series{
			{Name: "paid for compute", X: x, Y: paid},
			{Name: "capital put in", X: x, Y: in},
			{Name: "net to " + r.Deal.Name(provider), X: x, Y: net},
		},
		Note: "As agreed, before default, on the mean of every input.",
	}
	if in[n-1] == 0 {
		chart.Title = fmt.Sprintf("Cumulative cash from %s to %s: what is paid for compute. No capital is put in.", r.Deal.Name(lab), r.Deal.Name(provider))
		chart.Series = chart.Series[:1]
	}
	if i := measure.Find(r.Base.Measures, "round_trip_month", "", "", 0); i >= 0 && r.Base.Values[i] == r.Base.Values[i] {
		month := r.Base.Values[i]
		chart.Marks = []report.Mark{{X: month, Label: fmt.Sprintf("month %v: cash back reaches capital put in", month)}}
	}
	return report.Section{Title: "Cumulative cash", Blocks: []report.Block{chart}}
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
