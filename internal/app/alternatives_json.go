// SPDX-License-Identifier: Apache-2.0

package app

import (
	"math"

	"offtake/internal/paths"
	"offtake/internal/unit"
)

// Others is what alternatives --json prints.
type Others struct {
	Deal    DealID      `json:"deal"`
	Run     RunID       `json:"run"`
	Money   []MoneyJSON `json:"money"`
	Means   []MeanJSON  `json:"means"`
	Venture string      `json:"venture_capital"`
	Hash    string      `json:"hash"`
}

// MoneyJSON is what comes in on a day.
type MoneyJSON struct {
	At     string  `json:"at"` // signing, or a date
	Amount float64 `json:"amount"`
}

// MeanJSON is one of the means.
type MeanJSON struct {
	Name      string   `json:"name"`
	Title     string   `json:"title"`
	Clauses   []string `json:"clauses"`
	Cost      *float64 `json:"cost_of_money,omitempty"`
	Dilution  float64  `json:"dilution"`
	Interest  float64  `json:"cash_interest"`
	Gone      *float64 `json:"gone_after_month,omitempty"`
	Committed *float64 `json:"committed,omitempty"`
	Exit      float64  `json:"exit_after_year_3"`
	Owed      float64  `json:"debt_after_year_3"`
	// Known are the figures above with their errors, and against the given deal.
	Known  []KnownJSON `json:"known,omitempty"`
	Values []Gain      `json:"npv"`
	Lost   []Gain      `json:"default_costs"`
	Hash   string      `json:"hash"`
}

// KnownJSON is how well a figure of a sample is known, and the same less the given deal's.
type KnownJSON struct {
	Figure string   `json:"figure"`
	SE     *float64 `json:"se,omitempty"`
	Less   *float64 `json:"less_given,omitempty"`
	LessSE *float64 `json:"less_given_se,omitempty"`
	Ratio  *float64 `json:"variance_ratio,omitempty"`
}

// JSON is the means as data.
func (a *ByOtherMeans) JSON() Others {
	out := Others{Deal: dealID(a.Deal, a.Source, a.Edits), Run: RunID{Kind: "base"}, Venture: a.ventureSays(), Means: []MeanJSON{}}
	if a.Sample != nil {
		out.Run = a.runID()
	}
	for _, m := range a.Money {
		x := MoneyJSON{At: "signing", Amount: m.Cents / unit.MinorPerMajor}
		if !m.At.IsZero() {
			x.At = m.At.String()
		}
		out.Money = append(out.Money, x)
	}
	var all []float64
	for i := range a.Means {
		m := meanJSON(&a.Means[i], &a.Means[0])
		out.Means = append(out.Means, m)
		for _, g := range append(m.Values, m.Lost...) {
			all = append(all, *g.Value)
		}
		all = append(all, m.Dilution, m.Interest, m.Exit, m.Owed)
	}
	out.Hash = paths.Hash(all...)
	return out
}

func meanJSON(x, own *MeanRun) MeanJSON {
	f := x.figures
	out := MeanJSON{Name: x.Name, Title: x.Title, Cost: finite(f.cost), Dilution: f.dilution, Interest: f.interest / unit.MinorPerMajor, Committed: finite(f.committed),
		Exit: f.exit / unit.MinorPerMajor, Owed: f.owed / unit.MinorPerMajor, Values: []Gain{}, Lost: []Gain{}, Hash: x.base.Hash()}
	if x.sample != nil {
		out.Hash = x.sample.Hash()
	}
	out.Gone = finite(f.gone)
	for _, figure := range shownFigures {
		if x.apart == nil {
			break
		}
		per := 1.0
		if figure.cents {
			per = unit.MinorPerMajor
		}
		e := x.known(figure.of)
		k := KnownJSON{Figure: figure.name, SE: finite(e.Error / per)}
		if x != own {
			less, ratio := x.beyondGiven(own, figure.of)
			k.Less, k.LessSE, k.Ratio = finite(less.Mean/per), finite(less.Error/per), finite(ratio)
		}
		out.Known = append(out.Known, k)
	}
	for _, c := range x.Deal.Clauses {
		out.Clauses = append(out.Clauses, c.Head().ID)
	}
	for _, p := range x.base.Job.Setting(false).Sides() {
		if v, ok := x.at("npv", p, ""); ok {
			out.Values = append(out.Values, v.gain(p))
		}
		if v, ok := x.lost(p); ok {
			out.Lost = append(out.Lost, v.gain(p))
		}
	}
	return out
}

// gain is an amount of money as data.
func (x amount) gain(party string) Gain {
	g := Gain{Party: party, Value: finite(x.value / unit.MinorPerMajor)}
	if !math.IsNaN(x.margin) {
		g.Margin, g.SE = finite(x.margin/unit.MinorPerMajor), finite(x.estimate.StandardError()/unit.MinorPerMajor)
	}
	return g
}
