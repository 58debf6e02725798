// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"math"
	"slices"

	"offtake/internal/contract"
	"offtake/internal/measure"
	"offtake/internal/paths"
	"offtake/internal/report"
	"offtake/internal/unit"
	"offtake/internal/world"
)

// UnitCost is what a unit of those that are taken costs, in cents: both as present
// values at the riskless rate over the units of the base run, which are discounted as they are.
type UnitCost struct {
	Built  float64 // by the provider's terms: capital less what is left of it, power and upkeep
	Stated float64 // as the world has it, under cost.build; NaN where it has not
	Units  float64 // those taken
	Share  float64 // of the units delivered, those expected to be taken; NaN where nothing bounds them
}

// Full is what a unit would cost by the provider's terms if all that is delivered were taken.
func (c UnitCost) Full() float64 { return c.Built * c.Share }

// explains says which of two differences, of use or of the price of building, parts the costs more.
func (c UnitCost) explains() string {
	times := func(x float64) float64 { return max(x, 1/x) }
	if times(c.Share) >= times(c.Stated/c.Full()) {
		return "mostly because not all that is delivered is taken"
	}
	return "mostly because building is priced differently"
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
	c.Units, c.Share = units, units/r.delivered()
	c.Built = u.terms.Present(r.builds(), r.Base.Job.Plan.Curve[:grid.Term()], grid.StepsPerYear()) / units
	c.Stated = r.statedCost()
	return c, true
}

// statedCost is the mean of world.cost.build over the units taken in the base run, as agreed,
// at their present value; NaN where it is not given.
func (r *Run) statedCost() float64 {
	costs := r.Base.Job.Plan.Costs
	k := slices.IndexFunc(costs, func(c world.CostView) bool { return c.Name == "build" })
	if k < 0 {
		return math.NaN()
	}
	return r.presentOf(contract.Taken, costs[k].Cents) / r.presentOf(contract.Taken, nil)
}

// presentOf is the present value of a quantity in the base run, as agreed, times a price by step
// if one is given.
func (r *Run) presentOf(q contract.Quantity, price []float64) float64 {
	job, sum := r.Base.Job, 0.0
	_, err := job.Program.Replay(job.Program.New(1).State(0), r.Base.Tape, func(m *contract.Month) {
		if m.T < 0 || q == contract.Delivered && !m.Has(q) {
			return
		}
		x := float64(job.Plan.Curve[m.T] * m.See(q)[0])
		if price != nil {
			x *= price[m.T]
		}
		sum += x
	})
	if err != nil {
		panic(err)
	}
	return sum
}

// delivered is the present value of the units delivered in the base run, as agreed; NaN where
// no capacity is.
func (r *Run) delivered() float64 {
	if sum := r.presentOf(contract.Delivered, nil); sum > 0 {
		return sum
	}
	return math.NaN()
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
	if !math.IsNaN(c.Share) {
		rows = append(rows, report.Figure{Group: "What a unit costs", Label: "of what is delivered, taken", Value: unit.FormatRate(math.Round(1e3*c.Share) / 1e3), Note: "both in units, as present values"},
			report.Figure{Group: "What a unit costs", Label: "if all of it were taken", Value: per(c.Full()), Note: "the first times the second"})
	}
	if math.IsNaN(c.Stated) {
		return append(rows, report.Figure{Group: "What a unit costs", Label: "as world.cost.build has it", Value: "unknown", Note: "needs world.cost.build"})
	}
	note := fmt.Sprintf("which run and value take; it is %s of the first", unit.FormatRate(math.Round(1e2*c.Stated/c.Built)/1e2))
	if !math.IsNaN(c.Share) {
		note += fmt.Sprintf(" and %s of the third, %s", unit.FormatRate(math.Round(1e2*c.Stated/c.Full())/1e2), c.explains())
	}
	return append(rows, report.Figure{Group: "What a unit costs", Label: "as world.cost.build has it", Value: per(c.Stated), Note: note})
}
