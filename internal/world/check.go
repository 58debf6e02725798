// SPDX-License-Identifier: Apache-2.0

package world

import (
	"fmt"
	"slices"

	"offtake/internal/field"
	"offtake/internal/unit"
)

// Check reports what no single field can.
func (w *World) Check(in Setting, r field.Report) {
	in.regimes = w.Regimes
	if w.Regimes != nil {
		w.Regimes.check(r)
	}
	for _, m := range w.moving() {
		m.process.Check(in, m.file, r)
	}
	for _, x := range w.single() {
		x.Number.Check(x.Path, r)
	}
	w.checkCorrelations(r)
	w.checkFollows(r)
	w.checkDefault(r)
	for _, x := range w.Failures {
		switch {
		case !slices.Contains(in.Parties, x.Party):
			r.Fault("PARTY-UNKNOWN", "failures."+x.Party, "name a party of the deal", "there is no party %s", x.Party)
		case len(in.Sides) > 0 && x.Party == in.Sides[0]:
			r.Fault("FAILURE-BUYER", "failures."+x.Party, "write it under world.default", "how the buyer fails is stated under default")
		}
	}
	for _, h := range w.Hurdle {
		if !slices.Contains(in.Parties, h.Party) {
			r.Fault("PARTY-UNKNOWN", "hurdle."+h.Party, "name a party of the deal", "there is no party %s", h.Party)
		} else if !slices.Contains(in.Sides, h.Party) {
			r.Warn("HURDLE-UNUSED", "hurdle."+h.Party, "give a hurdle of the buyer or the supplier", "values at hurdle rates are computed for the two sides only")
		}
	}
	w.checkValue(in, r)
	w.checkRounds(in, r)
}

func (w *World) checkValue(in Setting, r field.Report) {
	if w.LabValue.ContainsDeal && w.Feedback == "on" {
		r.Fault("VALUE-TWICE", "lab_value.contains_deal", "give the value without the deal, or write feedback: off",
			"a value of the lab that contains the deal, with feedback on, would count the deal twice")
	}
	if w.MarketCapacity != nil && !w.UnmetValue.Given() {
		r.Fault("VALUE-MISSING", "market_capacity", "give need.unmet_value, what a unit that the market cannot supply is worth to the lab",
			"market capacity is limited and the value of unmet need is not given")
	}
	if w.Cost.Headline == "build" && w.Cost.Build == nil {
		r.Fault("COST-MISSING", "cost.headline", "give cost.build, or choose another headline", "the headline cost is not given")
	}
	if p, ok := w.LabValue.Moves.(*OrnsteinUhlenbeck); ok {
		r.Fault("PROCESS-HERE", "lab_value.moves", "use schwartz, whose logarithm is drawn back", "%s may fall below 0, and a value cannot", p.Name())
	}
	w.checkRisingDelivery(in, r)
}

// checkRisingDelivery reports a delivery beyond what is promised.
func (w *World) checkRisingDelivery(in Setting, r field.Report) {
	switch p := w.Delivery.(type) {
	case *Constant:
		if x := p.Level.Mean(); x > 1 {
			r.Fault("DELIVERY-ABOVE-1", "delivery", "1 is everything promised", "%v of the promised capacity cannot be delivered", x)
		}
		return
	case *Table:
		for i, n := range p.ByYear {
			if x := n.Mean(); x > 1 {
				r.Fault("DELIVERY-ABOVE-1", fmt.Sprintf("delivery.table[%d]", i), "1 is everything promised", "%v of the promised capacity cannot be delivered", x)
			}
		}
		return
	case *ByRegime:
		if !w.Regimes.holds(p) {
			return // reported
		}
	}
	for t, x := range MeanPath(w.Delivery, in.Grid, w.Regimes) {
		if x > 1+1e-12 {
			r.Fault("DELIVERY-ABOVE-1", "delivery", "1 is everything promised; start from less, or take a table",
				"%s of the promised capacity cannot be delivered in the step from %s", unit.FormatRate(x), in.Grid.StepStart(t))
			return
		}
	}
}
