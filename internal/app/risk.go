// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"math"

	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/report"
	"offtake/internal/unit"
)

// tail is the share of paths whose mean is the tail's: the worst twentieth.
const tail = 0.05

// risk is how far a sample's paths lie apart, and what goes wrong on them.
func (r *Run) risk() report.Section {
	d := math.Round(1e4*measure.RankMargin(tail, r.Sample.Paths)) / 1e4
	s := report.Section{Title: "What can go wrong", Note: fmt.Sprintf(
		"Over %s paths. What stands behind ± is half a 95%% confidence interval of the mean. The worst twentieth is the mean of the 5%% of paths that are worst for the party (CVaR 95%%). Of so many paths the 5%% quantile is one between %s and %s, at 95%% confidence, and read off counts to within 0.05%% of its value.",
		unit.FormatCount(r.Sample.Paths), unit.FormatRate(max(0, tail-d)), unit.FormatRate(tail+d))}
	s.Blocks = append(append(s.Blocks, r.valuesAtRisk()), r.distributions()...)
	if rows := r.chances(); len(rows) > 0 {
		s.Blocks = append(s.Blocks, report.Figures{Rows: rows})
	}
	if r.Shares != nil {
		s.Blocks = append(s.Blocks, r.shares())
	}
	for _, c := range r.Deal.Clauses {
		if t, any := r.deficiencies(c.Head().ID); any {
			s.Blocks = append(s.Blocks, t, r.deficiencyBars(c.Head().ID))
		}
	}
	s.Blocks = append(append(s.Blocks, r.runsOut()...), r.fans()...)
	return s
}

// valuesAtRisk is each party's value, and how often it would rather not have
// signed.
func (r *Run) valuesAtRisk() report.Table {
	t := report.Table{Title: "Net present values", Columns: []report.Column{{Title: "To"}}}
	for _, title := range []string{"Mean", "±", "5%", "Median", "95%", "Worst twentieth"} {
		t.Columns = append(t.Columns, report.Column{Title: title, Align: report.AlignDecimal})
	}
	t.Columns = append(t.Columns, report.Column{Title: "Would rather not have signed", Align: report.AlignRight})
	for i, m := range r.Sample.Measures {
		if m.Name != "npv" {
			continue
		}
		e := &r.Sample.Estimates[i]
		q := e.Histogram.Quantiles(tail, 0.5, 1-tail)
		t.Rows = append(t.Rows, report.Row(r.holderName(m.Party), r.write(m, e.Mean), r.write(m, e.Margin()), r.write(m, q[0]), r.write(m, q[1]), r.write(m, q[2]),
			r.write(m, e.Histogram.TailMean(-tail)), chance(e.Histogram.Share(0), e.N)))
	}
	return t
}

// holderName is whose value npv of a party is.
func (r *Run) holderName(party string) string { return holderName(r.Deal, party) }

// holderName is whose value a party's is: of the lab, all other holders'.
func holderName(d *deal.Deal, party string) string {
	if party == d.Buyer() {
		return "other holders of " + d.Name(party)
	}
	return d.Name(party)
}

// chance writes a probability that a sample of n paths shows: one that it has
// never, or always, shown is bounded.
func chance(p float64, n int) string {
	switch bound := unit.FormatRate(measure.Bound(n)); {
	case n == 0 || math.IsNaN(p):
		return "undefined"
	case p == 0:
		return "< " + bound
	case p == 1:
		return "> 100% - " + bound
	}
	return unit.FormatRate(p)
}

// happens is how likely it is that a measure is not zero.
func happens(e *measure.Estimate) string {
	p, _ := e.Happens()
	return chance(p, e.N)
}

// chances are probabilities of events, and what is at stake when they happen.
func (r *Run) chances() []report.Figure {
	var rows []report.Figure
	find := func(name string) (*measure.Estimate, measure.Measure, bool) {
		i := measure.Find(r.Sample.Measures, name, "", "", 0)
		if i < 0 {
			return nil, measure.Measure{}, false
		}
		return &r.Sample.Estimates[i], r.Sample.Measures[i], true
	}
	if e, _, ok := find("default"); ok {
		rows = append(rows, report.Figure{Label: r.Deal.Name(r.Deal.Buyer()) + " fails within the run", Value: happens(e), Note: chanceError(e)})
	}
	if e, _, ok := find("deficiency_total"); ok {
		rows = append(rows, report.Figure{Label: "any deficiency is charged", Value: happens(e), Note: chanceError(e)})
	}
	for _, x := range []struct{ name, label string }{{"deficiency_total", "deficiency in all, not discounted"}, {"deficiency_worst", "the worst period's deficiency"}} {
		if e, m, ok := find(x.name); ok && e.Zero < e.N { // of what no path has shown only the chance is bounded
			rows = append(rows, report.Figure{Label: x.label, Value: r.write(m, e.Mean), Note: r.plusMinus(m, e) + "; worst twentieth " + r.write(m, e.Histogram.TailMean(tail))})
		}
	}
	return rows
}

// shares are what the spread of each value comes from.
func (r *Run) shares() report.Table {
	t := report.Table{Title: "What the spread comes from", Columns: []report.Column{{Title: "Variance of"}, {Title: "Uncertain numbers", Align: report.AlignDecimal}, {Title: "±", Align: report.AlignDecimal},
		{Title: "Noise", Align: report.AlignDecimal}, {Title: "±", Align: report.AlignDecimal}, {Title: "Both together", Align: report.AlignDecimal}},
		Note: fmt.Sprintf("Shares of the variance, over %s paths of their own. What comes from uncertain numbers, each drawn once a path, is what the file does not know and somebody may find out; noise, drawn "+
			"in each step, nobody knows before it comes. Both together is what is in neither alone: one does more where the other is high.", unit.FormatCount(r.Shares.Paths))}
	for i := range r.Shares.Of {
		x := &r.Shares.Of[i]
		of := "deficiency in all"
		if x.Measure.Name == "npv" {
			of = "net present value to " + r.holderName(x.Measure.Party)
		}
		t.Rows = append(t.Rows, report.Row(of, percent(x.Parameters, x.ParametersSE), errorOf(x.ParametersSE), percent(x.Noise, x.NoiseSE), errorOf(x.NoiseSE), percent(x.Together(), x.ParametersSE+x.NoiseSE)))
	}
	return t
}

// percent writes a share that is estimated, which may lie a little beyond what it can be.
// Without an error it is known.
func percent(x, se float64) string {
	switch {
	case se == 0 && x == 0:
		return "none"
	case se == 0 && x == 1:
		return "all"
	}
	return fmt.Sprintf("%.1f%%", 100*min(1, max(0, x)))
}

// errorOf is half a 95% confidence interval of a share.
func errorOf(se float64) string {
	if se == 0 {
		return ""
	}
	return percent(measure.GroupConfidence*se, se)
}

// plusMinus is half a confidence interval, as a remark.
func (r *Run) plusMinus(m measure.Measure, e *measure.Estimate) string {
	return "± " + r.write(m, e.Margin()) + rough(e)
}

// rough warns of an error that few paths tell.
func rough(e *measure.Estimate) string {
	switch n := e.N - e.Zero; {
	case !e.Rough():
		return ""
	case n == 1:
		return ", rough, of 1 path"
	default:
		return fmt.Sprintf(", rough, of %d paths", n)
	}
}

// roughMark is at what rests on few paths, and roughNote says so.
const (
	roughMark = " †"
	roughNote = "† less than 30 paths have any: its error is rough, and more likely too small."
)

// chanceError is the error of a probability, where one is known.
func chanceError(e *measure.Estimate) string {
	p, se := e.Happens()
	if p == 0 || p == 1 || math.IsNaN(se) {
		return ""
	}
	return "± " + unit.FormatRate(e.HappensMargin())
}

// deficiencies is how likely a deficiency is in each period of a commitment, and
// how large.
func (r *Run) deficiencies(id string) (report.Table, bool) {
	t := report.Table{Title: "Deficiency of " + id + ", by period", Columns: []report.Column{{Title: "Period", Align: report.AlignRight}, {Title: "Probability", Align: report.AlignRight}},
		Note: "If any is the mean over the paths on which one is charged."}
	for _, title := range []string{"Mean", "±", "If any", "95%", "Worst twentieth"} {
		t.Columns = append(t.Columns, report.Column{Title: title, Align: report.AlignDecimal})
	}
	any, few := false, false
	for y := 1; ; y++ {
		i := measure.Find(r.Sample.Measures, "deficiency_paid", "", id, y)
		if i < 0 {
			if few {
				t.Note += " " + roughNote
			}
			return t, any && y > 1
		}
		e, m := &r.Sample.Estimates[i], r.Sample.Measures[i]
		p, _ := e.Happens()
		any = any || p > 0
		chance := happens(e)
		if e.Rough() {
			chance, few = chance+roughMark, true
		}
		row := report.Row(fmt.Sprint(y), chance)
		if p == 0 {
			t.Rows = append(t.Rows, row)
			continue
		}
		t.Rows = append(t.Rows, append(row, report.Row(r.write(m, e.Mean), r.write(m, e.Margin()), r.write(m, e.Moments.Mean/p), r.write(m, e.Histogram.Quantile(1-tail)), r.write(m, e.Histogram.TailMean(tail)))...))
	}
}
