// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"math"

	"offtake/internal/measure"
	"offtake/internal/paths"
	"offtake/internal/report"
	"offtake/internal/unit"
)

// UnitCost is what a unit of those that are taken costs, in cents: both as present
// values at the riskless rate over the units of the base run.
type UnitCost struct {
	Built  float64 // by the provider's terms: capital less what is left of it, power and upkeep
	Stated float64 // as the world has it, under cost.build; NaN where it has not
}

// unitCost sets the two ways of saying what capacity built for a deal costs against
// each other; ok is false where nothing is taken.
func (u *Underwriting) unitCost() (c UnitCost, ok bool) {
	r, grid := u.run, u.run.Deal.Grid()
	base := paths.RunBase(r.Base.Job.Detailed(nil))
	get := func(name, party string) float64 {
		i := measure.Find(base.Measures, name, party, "", 0)
		if i < 0 {
			return math.NaN()
		}
		return base.Values[i]
	}
	market, price := get("pv_market", ""), get("effective_market_price", "")
	units := market / price
	if !(units > 0) {
		return c, false
	}
	supplier := r.Deal.Supplier()
	gain := get("supply_gain", "") + get("npv_if_build", supplier) - get("npv", supplier)
	return UnitCost{Built: u.terms.Present(u.run.builds(), r.Base.Job.Plan.Curve[:grid.Term()], grid.StepsPerYear()) / units,
		Stated: (market - gain) / units}, true
}

// unitRows show them.
func (u *Underwriting) unitRows() []report.Figure {
	c, ok := u.unitCost()
	if !ok {
		return nil
	}
	per := func(cents float64) string {
		return unit.FormatNumber(math.Round(1e3*cents/unit.MinorPerMajor)/1e3) + " per unit"
	}
	rows := []report.Figure{{Group: "What a unit costs", Label: "built and run by these terms", Value: per(c.Built),
		Note: "capital less what is left of it, power and upkeep, over the units expected to be taken"}}
	if math.IsNaN(c.Stated) {
		return append(rows, report.Figure{Group: "What a unit costs", Label: "as world.cost.build has it", Value: "unknown", Note: "needs world.cost.build"})
	}
	return append(rows, report.Figure{Group: "What a unit costs", Label: "as world.cost.build has it", Value: per(c.Stated),
		Note: fmt.Sprintf("which run and value take; it is %s of the other", unit.FormatRate(math.Round(1e2*c.Stated/c.Built)/1e2))})
}
