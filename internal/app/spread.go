// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"math"
	"strconv"

	"offtake/internal/measure"
	"offtake/internal/report"
	"offtake/internal/unit"
)

// levels are the quantiles of a fan.
var levels = []float64{0.05, 0.25, 0.5, 0.75, 0.95}

// fans are how cash and spend are spread over time, of a sample.
func (r *Run) fans() []report.Block {
	provider := r.Deal.Supplier()
	cash := r.fan("cumulative_cash")
	cash.Title = fmt.Sprintf("Cash that %s has got less what it has paid, over sampled paths, from the signing on.", r.Deal.Name(provider))
	out := []report.Block{cash}
	spend := r.fan("cumulative_spend")
	spend.Title = fmt.Sprintf("What %s has been billed for compute, over sampled paths, against the schedule of its commitments.", r.Deal.Name(r.Deal.Buyer()))
	if line, any := r.scheduled(); any {
		scale, _ := r.fanScale("cumulative_spend")
		for k := range line.Y {
			line.Y[k] /= scale
		}
		spend.Lines = append(spend.Lines, line)
	}
	return append(out, spend)
}

// fanScale is the scale of a series, and its name.
func (r *Run) fanScale(name string) (float64, string) {
	var all []float64
	for i, m := range r.Sample.Series {
		if m.Name == name {
			all = append(all, r.Sample.SeriesEstimates[i].Histogram.Quantiles(levels[0], levels[len(levels)-1])...)
		}
	}
	return scaleOf(r.Deal.Currency, [][]float64{all})
}

// fan is a series of the sample with its quantiles and means, over contract years.
func (r *Run) fan(name string) report.Fan {
	scale, unitName := r.fanScale(name)
	f := report.Fan{X: report.Axis{Title: "contract year", Ticks: r.yearTicks()},
		Y:    report.Axis{Title: "cumulative, " + unitName, Format: func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }},
		Note: fmt.Sprintf("%s paths; bands are quantiles at each time, not paths.", unit.FormatCount(r.Sample.Paths))}
	for _, q := range levels {
		f.Quantiles = append(f.Quantiles, report.Quantile{Level: q})
	}
	for i, m := range r.Sample.Series {
		if m.Name != name {
			continue
		}
		e := &r.Sample.SeriesEstimates[i]
		f.At = append(f.At, float64(m.Period*r.Base.Job.Program.Grid().MonthsPerStep()))
		f.Mean = append(f.Mean, e.Mean/scale)
		for k, x := range e.Histogram.Quantiles(levels...) {
			f.Quantiles[k].Y = append(f.Quantiles[k].Y, x/scale)
		}
	}
	return f
}

// scheduled is what commitments that stand alone, or on no other, plan to have been
// spent by the end of each of their periods, in cents.
func (r *Run) scheduled() (report.Series, bool) {
	grid := r.Base.Job.Program.Grid()
	out := report.Series{Name: "schedule", X: []float64{0}, Y: []float64{0}}
	largest, id := 0.0, ""
	for _, rd := range r.Base.Job.Program.Readings() {
		if total := r.sumOfRows("schedule", rd.Clause); rd.Name == "schedule" && total > largest {
			largest, id = total, rd.Clause
		}
	}
	for _, rd := range r.Base.Job.Program.Readings() {
		if rd.Name != "schedule" || rd.Clause != id {
			continue
		}
		sum := 0.0
		for y := range rd.Periods(grid.Term()) {
			end := min((y+1)*rd.Steps, grid.Term())
			if rd.Edges != nil {
				end = rd.Edges[y+1]
			}
			sum += r.Base.Values[measure.Find(r.Base.Measures, "schedule", "", id, y+1)]
			out.X, out.Y = append(out.X, float64(end*grid.MonthsPerStep())), append(out.Y, sum)
		}
	}
	return out, id != ""
}

func (r *Run) sumOfRows(name, id string) float64 {
	sum := 0.0
	for y := 1; ; y++ {
		i := measure.Find(r.Base.Measures, name, "", id, y)
		if i < 0 {
			return sum
		}
		sum += r.Base.Values[i]
	}
}

// bins is how many a distribution has, about.
const bins = 40

// distributions are those of the two sides' values.
func (r *Run) distributions() []report.Block {
	var out []report.Block
	for _, party := range []string{r.Deal.Supplier(), r.Deal.Buyer()} {
		i := measure.Find(r.Sample.Measures, "npv", party, "", 0)
		if i < 0 || !r.Sample.Estimates[i].Varies() {
			continue
		}
		out = append(out, r.distribution(fmt.Sprintf("Net present value to %s, over sampled paths.", r.holderName(party)), r.Sample.Measures[i], &r.Sample.Estimates[i]))
	}
	return out
}

// distribution is the histogram of a measure. Its first and last bin take what lies
// beyond 0.5% and 99.5% of paths.
func (r *Run) distribution(title string, m measure.Measure, e *measure.Estimate) report.Distribution {
	q := e.Histogram.Quantiles(0.005, tail, 1-tail, 0.995)
	scale, unitName := scaleOf(r.Deal.Currency, [][]float64{q})
	d := report.Distribution{Title: title, Mean: e.Mean / scale, Low: q[1] / scale, High: q[2] / scale,
		X:    report.Axis{Title: unitName, Format: func(v float64) string { return strconv.FormatFloat(v, 'g', 4, 64) }},
		Y:    report.Axis{Title: "share of paths", Format: func(v float64) string { return strconv.FormatFloat(100*v, 'g', 3, 64) + "%" }},
		Note: "The first and the last bin hold what lies beyond 0.5% and 99.5% of paths.", Behind: r.behindOf(m)}
	low, high := q[0]/scale, q[3]/scale
	width := niceWidth((high - low) / bins)
	first := math.Floor(low / width)
	n := int(math.Ceil(high/width) - first)
	d.Shares = make([]float64, max(n, 1))
	for i := range len(d.Shares) + 1 {
		d.Edges = append(d.Edges, (first+float64(i))*width)
	}
	e.Histogram.Each(func(b measure.Bin) bool {
		at := int(math.Floor(b.Middle/scale/width) - first)
		d.Shares[min(max(at, 0), len(d.Shares)-1)] += float64(b.N) / float64(e.N)
		return true
	})
	return d
}

// niceWidth is the least of 1, 2, 2.5 or 5 times a power of ten that is no less.
func niceWidth(x float64) float64 {
	if !(x > 0) || math.IsInf(x, 1) {
		return 1
	}
	power := 1.0
	for power > x {
		power /= 10
	}
	for 10*power <= x {
		power *= 10
	}
	for _, k := range []float64{1, 2, 2.5, 5} {
		if k*power >= x {
			return k * power
		}
	}
	return 10 * power
}

// deficiencyBars are what a commitment's deficiencies come to in each period.
func (r *Run) deficiencyBars(id string) report.Whiskers {
	w := report.Whiskers{Title: fmt.Sprintf("Mean deficiency of %s in each period, with the range that 90%% of paths are in.", id),
		X: report.Axis{Title: "period"}, Range: "5% to 95% of paths", Behind: report.Behind{Clauses: []string{id}}}
	var all []float64
	var rows []report.Whisker
	for y := 1; ; y++ {
		i := measure.Find(r.Sample.Measures, "deficiency_paid", "", id, y)
		if i < 0 {
			break
		}
		e := &r.Sample.Estimates[i]
		q := e.Histogram.Quantiles(tail, 1-tail)
		all = append(all, e.Mean, q[1])
		rows = append(rows, report.Whisker{Label: fmt.Sprint(y), Amount: e.Mean, Low: q[0], High: q[1]})
	}
	scale, unitName := scaleOf(r.Deal.Currency, [][]float64{all})
	for _, x := range rows {
		x.Value, x.Range = fixed(x.Amount, scale), fixed(x.Low, scale)+" to "+fixed(x.High, scale)
		x.Amount, x.Low, x.High = x.Amount/scale, x.Low/scale, x.High/scale
		w.Rows = append(w.Rows, x)
	}
	w.Y = report.Axis{Title: "deficiency, " + unitName, Format: func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }}
	return w
}
