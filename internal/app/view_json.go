// SPDX-License-Identifier: Apache-2.0

package app

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
	Need      float64 `json:"need"`
	Floor     float64 `json:"floor"`
	Exclusive float64 `json:"exclusive"`
	Elsewhere float64 `json:"elsewhere"`
	Left      float64 `json:"left"`
	Bound     float64 `json:"bound_share"`
	GWYears   float64 `json:"gw_years"`
	Level     string  `json:"exclusivity,omitempty"`
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
	for i := range v.years {
		y := &v.years[i]
		out.Years = append(out.Years, ViewYearJSON{inMoney(y.Need), inMoney(y.Floor), inMoney(y.Exclusive), inMoney(y.Elsewhere), inMoney(y.Left()), y.Bound(), y.GWYears, y.Level})
	}
	return out
}
