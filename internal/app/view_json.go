// SPDX-License-Identifier: Apache-2.0

package app

import "offtake/internal/unit"

// ViewJSON is what view --json prints. Amounts are in the deal's currency.
type ViewJSON struct {
	Deal    DealID         `json:"deal"`
	Run     RunID          `json:"run"`
	Hash    string         `json:"hash"`
	For     string         `json:"for"`
	Flags   []FlagJSON     `json:"flags,omitempty"`
	Answers []AnswerJSON   `json:"answers"`
	Years   []ViewYearJSON `json:"years"`
	Advice  string         `json:"advice"`
}

// FlagJSON is a flag.
type FlagJSON struct {
	Name      string `json:"name"`
	State     string `json:"state"`
	Says      string `json:"says"`
	Threshold string `json:"threshold"`
}

// AnswerJSON is a question with its answer.
type AnswerJSON struct {
	Question string     `json:"question"`
	Says     string     `json:"says"`
	Figures  []ToldJSON `json:"figures"`
	Clauses  []string   `json:"clauses,omitempty"`
	Assumed  string     `json:"assumed,omitempty"`
}

// ToldJSON is a figure under its label.
type ToldJSON struct {
	Label string `json:"label"`
	ReadingJSON
}

// ViewYearJSON is a contract year.
type ViewYearJSON struct {
	Need        float64 `json:"need"`
	NeedSE      float64 `json:"need_se,omitempty"`
	Floor       float64 `json:"floor"`
	Exclusive   float64 `json:"exclusive"`
	ExclusiveSE float64 `json:"exclusive_se,omitempty"`
	Elsewhere   float64 `json:"elsewhere"`
	Left        float64 `json:"left"`
	LeftSE      float64 `json:"left_se,omitempty"`
	Bound       float64 `json:"bound_share"`
	BoundSE     float64 `json:"bound_share_se,omitempty"`
	Billed      float64 `json:"billed"`
	BilledSE    float64 `json:"billed_se,omitempty"`
	GWYears     float64 `json:"gw_years"`
	Level       string  `json:"exclusivity,omitempty"`
}

// JSON is the page as data.
func (v *View) JSON() ViewJSON {
	r := v.run
	out := ViewJSON{Deal: dealID(r.Deal, r.Source, r.Edits), Run: r.runID(), Hash: r.Sample.Hash(), For: v.Reader, Advice: notAdvice}
	for _, f := range v.Flags {
		out.Flags = append(out.Flags, FlagJSON{f.Name, f.State, f.Says, f.Threshold})
	}
	for _, a := range v.Answers {
		x := AnswerJSON{Question: a.Question, Says: a.Says, Figures: []ToldJSON{}, Clauses: a.Clauses, Assumed: v.assumed(a)}
		for _, f := range a.Figures {
			x.Figures = append(x.Figures, ToldJSON{f.Label, f.data()})
		}
		out.Answers = append(out.Answers, x)
	}
	const per = unit.MinorPerMajor
	for i, billed := range r.billedYears() {
		y := &v.years[i]
		out.Years = append(out.Years, ViewYearJSON{y.Need.Mean / per, seOf(y.Need, per), y.Floor / per, y.Exclusive.Mean / per, seOf(y.Exclusive, per), y.Elsewhere / per,
			y.Left.Mean / per, seOf(y.Left, per), y.Bound.Mean, seOf(y.Bound, 1), billed.Mean / per, seOf(billed, per), y.GWYears, y.Level})
	}
	return out
}
