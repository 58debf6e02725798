// SPDX-License-Identifier: Apache-2.0

package world

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/field"
)

// Round is a sale of new shares of the buyer to others than the parties, after
// the deal.
type Round struct {
	At            calendar.Date
	AmountCents   float64 // all new money of the round
	PreMoneyCents float64 // what the buyer is taken to be worth before it; 0 for its fair value
}

func (w *World) round() []field.Field {
	w.Rounds = append(w.Rounds, Round{})
	x := &w.Rounds[len(w.Rounds)-1]
	return []field.Field{
		{Name: "at", Kind: field.Date, Required: true, Into: &x.At, Doc: "the day; it is held at the end of the step that holds it, and before the start at the end of the first"},
		{Name: "amount", Kind: field.Money, Required: true, Min: field.Beyond(0), Into: &x.AmountCents, Certain: certainRound, Doc: "all new money of the round, that of parties who take part included"},
		{Name: "pre_money", Kind: field.Money, Default: "its fair value", Min: field.Beyond(0), Into: &x.PreMoneyCents, Certain: certainRound, Doc: "what the buyer is taken to be worth before the round"},
	}
}

// certainRound says why rounds are no distributions.
const certainRound = "rounds are the same on every path; what is uncertain is the lab's value"

// step is the step in which the round is held.
func (x *Round) step(grid *calendar.Grid) int {
	t, _ := grid.At(x.At)
	return t
}

// checkRounds reports rounds that are not held in the term, and two in a step.
func (w *World) checkRounds(in Setting, r field.Report) {
	if in.Grid == nil {
		return
	}
	held := map[int]int{}
	for i, x := range w.Rounds {
		at := fmt.Sprintf("rounds[%d].at", i)
		if x.At.IsZero() {
			continue // reported as missing
		}
		if x.At.Before(in.Grid.Valuation()) || !x.At.Before(in.Grid.End()) {
			r.Fault("DATE-OUTSIDE-TERM", at, fmt.Sprintf("rounds are held from the signing on %s to %s", in.Grid.Valuation(), in.Grid.End()), "%s lies outside the term", x.At)
			continue
		}
		t := x.step(in.Grid)
		if first, twice := held[t]; twice {
			r.Fault("ROUND-STEP", at, "write one round with the money of both, or a shorter step", "this round falls in the same step as that of %s", w.Rounds[first].At)
		}
		held[t] = i
	}
}

// layRounds puts the rounds into their steps.
func (p *Plan) layRounds() {
	raised, at := make([]float64, p.Grid.Steps()), make([]float64, p.Grid.Steps())
	for _, x := range p.World.Rounds {
		t := x.step(p.Grid)
		raised[t], at[t] = x.AmountCents, x.PreMoneyCents
	}
	p.level[contract.Raised], p.level[contract.RaisedAt] = raised, at
}
