// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"

	"offtake/internal/measure"
	"offtake/internal/report"
)

// cashWarning says of a base run that the lab's cash runs out on the mean of every
// input, which its default at a rate does not know.
func (r *Run) cashWarning() []report.Block {
	out, _ := r.baseValue("cash_out")
	if out == 0 {
		return nil
	}
	least, _ := r.baseValue("least_cash")
	month, _ := r.baseValue("cash_out_month")
	when := fmt.Sprintf("by the end of month %.0f", month)
	if month == 0 {
		when = "at the signing"
	}
	lab := r.Deal.Name(r.Deal.Buyer())
	return []report.Block{report.Notice{Kind: report.Warning, Text: fmt.Sprintf(
		"On the mean of every input the cash of %s runs out %s, and falls to %s. The base run goes on as if somebody lent it the rest; run sampled paths to see what its failure costs.", lab, when, money(r.Deal, least))}}
}

// baseValue is a measure of the deal in the base run.
func (r *Run) baseValue(name string) (float64, bool) {
	i := measure.Find(r.Base.Measures, name, "", "", 0)
	if i < 0 {
		return 0, false
	}
	return r.Base.Values[i], true
}

// runsOut is how likely it is that the lab's cash has run out by the end of each
// contract year, how low it gets, and how it is spread over time.
func (r *Run) runsOut() []report.Block {
	i := measure.Find(r.Sample.Measures, "least_cash", "", "", 0)
	if i < 0 {
		return nil
	}
	lab := r.Deal.Name(r.Deal.Buyer())
	t := report.Table{Title: fmt.Sprintf("Whether the cash of %s has run out", lab), Columns: []report.Column{{Title: "By the end of year", Align: report.AlignRight}, {Title: "Probability", Align: report.AlignRight}, {Title: "±", Align: report.AlignRight}}}
	for y := 1; ; y++ {
		k := measure.Find(r.Sample.Measures, "cash_out_by", "", "", y)
		if k < 0 {
			break
		}
		e := &r.Sample.Estimates[k]
		margin := ""
		if p, _ := e.Happens(); p > 0 && p < 1 {
			margin = r.write(r.Sample.Measures[k], e.HappensMargin())
		}
		t.Rows = append(t.Rows, report.Row(fmt.Sprint(y), happens(e), margin))
	}
	e, m := &r.Sample.Estimates[i], r.Sample.Measures[i]
	q := e.Histogram.Quantiles(tail, 0.5, 1-tail)
	rows := []report.Figure{{Label: "lowest cash of " + lab + ", median", Value: r.write(m, q[1]),
		Note: fmt.Sprintf("5%% to 95%%: %s to %s; worst twentieth %s", r.write(m, q[0]), r.write(m, q[2]), r.write(m, e.Histogram.TailMean(-tail))), Behind: r.behindOf(m)}}
	if k := measure.Find(r.Sample.Measures, "cash_out_month", "", "", 0); r.Sample.Estimates[k].N > 0 {
		e, m := &r.Sample.Estimates[k], r.Sample.Measures[k]
		rows = append(rows, report.Figure{Label: "if it runs out, in", Value: r.write(m, e.Histogram.Quantile(0.5)), Note: fmt.Sprintf("the median; 5%% to 95%%: %s to %s",
			r.write(m, e.Histogram.Quantile(tail)), r.write(m, e.Histogram.Quantile(1-tail)))})
	}
	fan := r.fan("cash_account")
	fan.Title = fmt.Sprintf("Cash of %s over sampled paths, from the signing on; of a path on which it has failed, what it last was.", lab)
	_, unitName := r.fanScale("cash_account")
	fan.Y.Title = "cash, " + unitName
	return []report.Block{t, report.Figures{Rows: rows}, fan}
}
