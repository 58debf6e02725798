// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"math"
	"testing"

	"offtake/internal/calendar"
)

func after(months int) Moment { return Moment{Passes: true, After: calendar.Span{Months: months}} }

// In a deal of five years 30 is promised over the three from 2028 on, 10 a
// year: 6, 12 and 9 of it are taken then, and what is taken in the first and
// last year of the deal counts for nothing.
func TestOwnTerm(t *testing.T) {
	g := testGrid(t, "5y", calendar.Year, 0)
	for _, x := range []struct {
		name         string
		starts, ends Moment
	}{
		{"by dates", Moment{On: day("2028-01-01")}, Moment{On: day("2031-01-01")}},
		{"by dates within steps", Moment{On: day("2027-03-01")}, Moment{On: day("2030-02-01")}},
		{"by lengths", after(12), after(36)},
		{"by both", Moment{On: day("2028-01-01")}, after(36)},
	} {
		spend := yearly(10, 3, func(c *Commitment) { c.Starts, c.Ends = x.starts, x.ends })
		got := play{grid: g, need: []float64{7, 6, 12, 9, 8}}.through(t, testPrice(), spend)
		wantSteps(t, x.name+": schedule", got.rows["spend.schedule"], 10, 10, 10)
		wantSteps(t, x.name+": spend", got.rows["spend.spend"], 6, 12, 9)
		wantSteps(t, x.name+": deficiency", got.flows["spend.deficiency"], 0, 4, 0, 1)
		wantSteps(t, x.name+": missing", got.left, 0, 10, 10, 10, 0)
	}
}

// Years and periods of an own term are counted from its start: July 2027 to
// December 2028 is a year and a half, of which the schedule rises by half in
// the second year. 12 steps at 1 and 6 at 1.5 are 21: 12/21 and 9/21 of 42.
func TestOwnYears(t *testing.T) {
	g := testGrid(t, "3y", calendar.Month, 0)
	spend := testCommitment("spend", 4200)
	spend.Starts, spend.Ends, spend.Schedule = after(6), Moment{On: day("2029-01-01")}, Schedule{Shape: "growth", PerYear: 0.5}
	got := play{grid: g}.through(t, testPrice(), spend)
	wantSteps(t, "schedule", got.rows["spend.schedule"], 24, 18)
	wantSteps(t, "deficiency", got.flows["spend.deficiency"], append(append(steps(17, 0), 24), append(steps(5, 0), 18)...)...)

	spend.Schedule = Schedule{Shape: "table", Table: []float64{1000, 3200}}
	got = play{grid: g}.through(t, testPrice(), spend)
	wantSteps(t, "table by year", got.rows["spend.schedule"], 10, 32)
	periods, minimums := spend.Minimums(g)
	if wantSteps(t, "minimums", minimums, 1000, 3200); periods.First(0) != 6 || periods.Last(1) != 23 {
		t.Errorf("periods from step %d to %d, want 6 to 23", periods.First(0), periods.Last(1))
	}
}

// Two commitments of different horizons, as OpenAI has with Amazon ($38
// billion over seven years and $100 billion more over eight): here 5 a year for
// seven years, and from the second year on 10 a year on top, for eight. With
// 12 a year the second sees 7 a year and misses 3, until the first is over.
func TestStackedHorizons(t *testing.T) {
	lower, upper := yearly(5, 7, func(c *Commitment) { c.Ends = after(84) }), testCommitment("upper", 8000)
	upper.Starts, upper.AfterOf = after(12), "spend"
	got := play{grid: testGrid(t, "9y", calendar.Year, 0), need: steps(9, 12)}.through(t, testPrice(), upper, lower)
	wantSteps(t, "below", got.rows["spend.spend"], steps(7, 12)...)
	wantSteps(t, "above", got.rows["upper.spend"], append(steps(6, 7), 12, 12)...)
	wantSteps(t, "missing above", got.flows["upper.deficiency"], append([]float64{0}, append(steps(6, 3), 0, 0)...)...)
}

// A new commitment on Azure counts once the old one is complete or expires. The
// old one is of 20 in four years. At 8 a year it is complete in the third:
// the new one sees 4 of that year, and then all. At 4 a year it never is:
// 4 are missing when it expires, and the new one sees all from then on.
func TestStacksOnTotal(t *testing.T) {
	g := testGrid(t, "8y", calendar.Year, 0)
	for _, c := range []struct {
		name          string
		stacks        string
		period        string
		need          float64
		above, missed []float64
	}{
		{"complete in the third year", "on_total", "year", 8, []float64{0, 0, 4, 8, 8, 8, 8, 8}, nil},
		{"complete, settled at the end", "on_total", "term", 8, []float64{0, 0, 4, 8, 8, 8, 8, 8}, nil},
		{"expires", "on_total", "year", 4, []float64{0, 0, 0, 0, 4, 4, 4, 4}, []float64{1, 1, 1, 1}},
		{"expires, settled at the end", "on_total", "term", 4, []float64{0, 0, 0, 0, 4, 4, 4, 4}, []float64{0, 0, 0, 4}},
		{"each minimum", "on_minimum", "year", 8, []float64{3, 3, 3, 3, 8, 8, 8, 8}, nil},
		{"the one minimum", "on_minimum", "term", 8, []float64{0, 0, 4, 8, 8, 8, 8, 8}, nil},
	} {
		old, young := testCommitment("old", 2000), testCommitment("young", 800)
		old.Ends, old.Period = after(48), c.period
		young.AfterOf, young.Stacks = "old", c.stacks
		got := play{grid: g, need: steps(8, c.need)}.through(t, testPrice(), young, old)
		wantSteps(t, c.name+": counts", got.rows["young.spend"], c.above...)
		wantSteps(t, c.name+": missing below", got.flows["old.deficiency"], c.missed...)
	}
}

// Milestones of 6 by June 2027, 9 more by December 2028 and 5 more by June
// 2029. At half a unit a month 3, 9 and 3 are spent: 3 and 2 are missing. At one
// a month 6, 18 and 6 are, and all 20 are spent before the second milestone.
func TestMilestones(t *testing.T) {
	g := testGrid(t, "3y", calendar.Month, 0)
	stones := func() *Commitment {
		c := testCommitment("macc", 2000)
		c.Milestones = []Milestone{{day("2027-06-30"), 600}, {day("2028-12-15"), 900}, {day("2029-06-30"), 500}}
		return c
	}
	got := play{grid: g, need: steps(36, 0.5)}.through(t, testPrice(), stones())
	wantSteps(t, "schedule", got.rows["macc.schedule"], 6, 9, 5)
	wantSteps(t, "spend", got.rows["macc.spend"], 3, 9, 3)
	wantSteps(t, "charged", got.flows["macc.deficiency"], append(append(steps(5, 0), 3), append(steps(23, 0), 2)...)...)
	wantSteps(t, "completed", got.rows["macc.completed"])
	wantSteps(t, "expired", scaled(got.rows["macc.expired"]), 0, 0, 1)
	wantSteps(t, "missing once it is over", got.left[30:])
	got = play{grid: g, need: steps(36, 1)}.through(t, testPrice(), stones())
	wantSteps(t, "spend", got.rows["macc.spend"], 6, 18, 6)
	wantSteps(t, "completed", scaled(got.rows["macc.completed"]), 0, 1, 1)
	wantSteps(t, "expired", got.rows["macc.expired"])
}

// scaled are shares, which play takes for cents.
func scaled(xs []float64) []float64 {
	out := make([]float64, len(xs))
	for i, x := range xs {
		out[i] = 100 * x
	}
	return out
}

// A milestone's shortfall as prepaid credit, which is how Azure charges it
// (K7 of docs/clauses.md): the 3 missing in June 2027 pay for the next six months, and
// the 2 missing at the last milestone pay for four months after it.
func TestMilestoneCredit(t *testing.T) {
	macc := testCommitment("macc", 2000)
	macc.Milestones = []Milestone{{day("2027-06-30"), 600}, {day("2028-12-31"), 900}, {day("2029-06-30"), 500}}
	macc.Credit = &ShortfallCredit{Life: 1}
	got := play{grid: testGrid(t, "3y", calendar.Month, 0), need: steps(36, 0.5)}.through(t, testPrice(), macc)
	wantSteps(t, "charged", got.flows["macc.deficiency"], append(append(steps(5, 0), 3), append(steps(23, 0), 2)...)...)
	wantSteps(t, "pays", got.flows["macc.credit"], append(append(steps(6, 0), steps(6, 0.5)...), append(steps(18, 0), steps(4, 0.5)...)...)...)
	wantSteps(t, "lapses", got.flows["macc.credit_expired"])
}

// 10 a year for two years of a deal of three, and a year of run-on: 10 and 6
// are taken, and 3 in the run-on, so that 1 is missing at its end.
func TestRunOn(t *testing.T) {
	g := testGrid(t, "3y", calendar.Year, 0)
	for _, c := range []struct {
		months              int
		last                float64
		missing, left, paid []float64
	}{
		{0, 3, []float64{0, 4}, []float64{10, 10}, []float64{10, 10}},
		{12, 3, []float64{0, 0, 1}, []float64{10, 10, 4}, []float64{10, 10}},
		{12, 5, nil, []float64{10, 10, 4}, []float64{10, 11}},
	} {
		spend := yearly(10, 2, func(x *Commitment) { x.Ends, x.RunOn.Months = after(24), c.months })
		got := play{grid: g, need: []float64{10, 6, c.last}}.through(t, testPrice(), spend)
		wantSteps(t, "missing", got.flows["spend.deficiency"], c.missing...)
		wantSteps(t, "left", got.left, c.left...)
		wantSteps(t, "paid", got.rows["spend.paid"], c.paid...)
		wantSteps(t, "schedule", got.rows["spend.schedule"], 10, 10)
	}
}

// Who leaves during the run-on owes all that is missing; the period is over.
func TestLeavingInTheRunOn(t *testing.T) {
	spend := yearly(12, 1, func(x *Commitment) { x.Ends, x.RunOn.Months, x.Exit = after(12), 12, &Exit{Fee: 0.5} })
	got := play{grid: testGrid(t, "2y", calendar.Month, 0), need: steps(24, 0.5), leave: 14}.through(t, testPrice(), spend)
	wantSteps(t, "missing", got.flows["spend.deficiency"], append(steps(14, 0), 4.5)...)
	wantSteps(t, "fee", got.flows["spend.exit_fee"])
}

// A buyer who fails, or leaves, before an own term begins owes on all of it;
// afterwards on nothing. 12 a year in the second and third of four years; the
// estate pays 10%, the fee is a quarter.
func TestBeforeAndAfterOwnTerm(t *testing.T) {
	g := testGrid(t, "4y", calendar.Month, 0)
	spend := yearly(12, 2, func(x *Commitment) {
		x.Starts, x.Ends, x.Accelerates, x.Exit = after(12), after(24), true, &Exit{Fee: 0.25}
	})
	for step, want := range map[int]float64{3: 24, 18: 24 - 6, 40: 0} {
		got := play{grid: g, need: steps(48, 1), fail: step}.through(t, testPrice(), spend)
		wantSteps(t, "claim", got.flows["spend.claim_recovered"], append(steps(step, 0), 0.1*want)...)
	}
	// Leaving at the end of June 2028, of which 182 of 366 days are over.
	for step, want := range map[int]float64{3: 24, 17: 12*184/366.0 + 12, 40: 0} {
		got := play{grid: g, need: steps(48, 1), leave: step}.through(t, testPrice(), spend)
		wantSteps(t, "fee", got.flows["spend.exit_fee"], append(steps(step, 0), 0.25*want)...)
	}
}

// A minimum of 1 a month by the hour, where load swings by 40% of its mean:
// at a mean of 1 the hours below it miss (1 - 0.6)^2 / (4 x 0.4) = 0.1; at 1.25
// (1 - 0.75)^2 / (4 x 0.5) = 0.03125; at 0.5 no hour comes to it, and 0.5 is
// missing; at 2 all do. What is above it in one month helps no other.
func TestHours(t *testing.T) {
	g := testGrid(t, "1y", calendar.Month, 0)
	hourly := func(swing float64) *Commitment {
		return yearly(12, 1, func(x *Commitment) { x.Period, x.Load = "hour", &Load{Swing: swing} })
	}
	got := play{grid: g, need: []float64{1, 1.25, 0.5, 2}}.through(t, testPrice(), hourly(0.4))
	wantSteps(t, "missing", got.flows["spend.deficiency"], append([]float64{0.1, 0.03125, 0.5, 0}, steps(8, 1)...)...)
	wantSteps(t, "paid", got.rows["spend.paid"], append([]float64{1.1, 1.28125, 1, 2}, steps(8, 1)...)...)
	got = play{grid: g, need: []float64{1, 1.25, 0.5, 2}}.through(t, testPrice(), hourly(0))
	wantSteps(t, "missing of a load that stands still", got.flows["spend.deficiency"], append([]float64{0, 0, 0.5, 0}, steps(8, 1)...)...)

	// Stacked on it: hours above the minimum leave q - M + D.
	lower, upper := hourly(0.4), testCommitment("upper", 1200)
	upper.Period, upper.AfterOf = "month", "spend"
	got = play{grid: g, need: []float64{1, 1.25, 0.5, 2}}.through(t, testPrice(), upper, lower)
	wantSteps(t, "above", got.rows["upper.spend"], 0.1, 0.28125, 0, 1)
}

// The closed form is the mean over hours of what each falls short, for load
// spread evenly: here over a million hours of a grid.
func TestShortfallIsTheMeanOverHours(t *testing.T) {
	const hours = 1_000_000
	for _, c := range []struct{ minimum, q, swing float64 }{{1, 1, 0.4}, {1, 1.25, 0.4}, {1, 0.9, 0.4}, {1, 3, 0.9}, {1, 1, 1}, {2, 0, 0.5}, {1, 0.5, 0.3}, {0, 1, 0.5}} {
		sum := 0.0
		for h := range hours {
			load := c.q * (1 + float64(c.swing*(2*(float64(h)+0.5)/hours-1)))
			sum += max(0, c.minimum-load) / hours
		}
		if got := shortfall(c.minimum, c.q, c.swing); math.Abs(got-sum) > 1e-9 {
			t.Errorf("minimum %v, spend %v, swing %v: %v, the hours' mean is %v", c.minimum, c.q, c.swing, got, sum)
		}
	}
}

// 12 a year in force once the listing is seen, in July 2027: 184 of the year's
// 365 days. Before, nothing is missing; a buyer who fails then owes nothing.
func TestInForceFromAnEvent(t *testing.T) {
	g := testGrid(t, "2y", calendar.Month, 0)
	listed := yearly(12, 2, func(x *Commitment) {
		x.head.Binding, x.head.If, x.Accelerates, x.Exit = "conditional", "ipo", true, &Exit{Fee: 0.5}
	})
	p := play{grid: g, need: steps(24, 0.25), seen: 6}
	got := p.through(t, testPrice(), listed)
	part := 12 * 184 / 365.0
	wantSteps(t, "minimum", got.rows["spend.minimum"], part, 12)
	wantSteps(t, "schedule", got.rows["spend.schedule"], 12, 12)
	wantSteps(t, "deficiency", got.rows["spend.deficiency"], part-3, 9)
	wantSteps(t, "missing before and after", got.left[:8], 0, 0, 0, 0, 0, 0, part-1.5, part-1.75)
	p.fail = 5
	wantSteps(t, "claim before", p.through(t, testPrice(), listed).flows["spend.claim_recovered"])
	p.fail = 7 // 1.75 was taken
	wantSteps(t, "claim after", p.through(t, testPrice(), listed).flows["spend.claim_recovered"], append(steps(7, 0), 0.1*(part-1.75+12))...)
	// Leaving at the end of August: 62 of the 243 days so far were in force.
	p.fail, p.leave = 0, 7
	got = p.through(t, testPrice(), listed)
	wantSteps(t, "minimum of who leaves", got.rows["spend.minimum"], 12*243/365.0*62/243)
	wantSteps(t, "fee of who leaves", got.flows["spend.exit_fee"], append(steps(7, 0), 0.5*(12*122/365.0+12))...)
	p.leave = 3
	got = p.through(t, testPrice(), listed)
	wantSteps(t, "who leaves before owes nothing", got.flows["spend.deficiency"])
	wantSteps(t, "nor a fee", got.flows["spend.exit_fee"])
}

// An intention of 40%: a base run takes 40% of the minimum, a path all of it
// or nothing.
func TestIntentions(t *testing.T) {
	for chance, want := range map[float64]float64{0.4: 4 - 3, 1: 10 - 3, 0: 0} {
		spend := yearly(10, 1, func(x *Commitment) { x.head.Binding, x.head.Likely = "intent", 0.4 })
		got := play{grid: testGrid(t, "1y", calendar.Year, 0), need: []float64{3}, comes: []float64{chance}}.through(t, testPrice(), spend)
		wantSteps(t, "deficiency", got.flows["spend.deficiency"], want)
	}
}

// Paid for availability from an event on: 1 a month is due from July.
func TestAvailabilityFromAnEvent(t *testing.T) {
	g := testGrid(t, "1y", calendar.Month, 0)
	spend := yearly(12, 1, func(x *Commitment) { x.PayFor, x.head.Binding, x.head.If = "availability", "conditional", "ipo" })
	two := testCapacity(Generation{From: g.Start(), PowerGW: 1, UnitsPerGW: 2})
	got := play{grid: g, need: steps(12, 0.4), seen: 6}.through(t, testPrice(), two, spend)
	wantSteps(t, "charged", got.flows["spend.availability"], append(steps(6, 0), steps(6, 0.6)...)...)
	wantSteps(t, "due", got.rows["spend.minimum"], 6)
	wantSteps(t, "relief", got.rows["spend.relief"], 12*184/365.0-6)
}

// The supplier charges half of one year's deficiency of 4 and waives the next.
// What was charged can be made up; in units, half of them.
func TestElectedCharges(t *testing.T) {
	g := testGrid(t, "3y", calendar.Year, 0)
	for _, in := range []string{"money", "units"} {
		spend := yearly(10, 3, func(x *Commitment) {
			x.Charged, x.MakeUp = "elected", &MakeUp{In: in, Expiry: "after_use", TopUp: "unpaid", AtEnd: "lost"}
		})
		got := play{grid: g, need: []float64{6, 6, 13}, charge: []float64{0.5, 0}}.through(t, testPrice(), spend)
		wantSteps(t, "missing", got.rows["spend.deficiency"], 4, 4, 0)
		wantSteps(t, "charged", got.flows["spend.deficiency"], 2, 0, 0)
		wantSteps(t, "made up", got.flows["spend.make_up"], 0, 0, 2)
	}
}

// A flat fee of 2 a quarter within 20 a year, as Snap's with Google for
// BigQuery: it counts toward the larger minimum, and stays due after the buyer
// has left, without relief.
func TestSurvives(t *testing.T) {
	g := testGrid(t, "2y", calendar.Quarter, 0)
	main := yearly(20, 2, func(x *Commitment) { x.Exit = &Exit{Fee: 0} })
	fee := func(survives bool) *Commitment {
		c := testCommitment("fee", 1600)
		c.Period, c.Within, c.Survives = "quarter", "spend", survives
		return c
	}
	capacity := testCapacity(Generation{From: g.Start(), PowerGW: 1, UnitsPerGW: 1000})
	p := play{grid: g, need: steps(8, 1), leave: 4}
	got := p.through(t, testPrice(), capacity, main, fee(true))
	wantSteps(t, "the fee, less what is used", got.flows["fee.deficiency"], append(steps(5, 1), 2, 2, 2)...)
	// Four quarters of 1 used and 1 charged are 8 of 20; the fifth quarter is 91 of the second year's 366 days.
	wantSteps(t, "the larger one", got.flows["spend.deficiency"], 0, 0, 0, 12, 20*91/366.0-2)
	wantSteps(t, "its spend", got.rows["spend.spend"], 8, 2)
	got = p.through(t, testPrice(), capacity, main, fee(false))
	wantSteps(t, "a fee that does not survive", got.flows["fee.deficiency"], steps(5, 1)...)
	// Once insolvent, the buyer pays nothing more.
	p.fail = 6
	wantSteps(t, "of an insolvent buyer", p.through(t, testPrice(), capacity, main, fee(true)).flows["fee.deficiency"], append(steps(5, 1), 2)...)

	// The fee outlasts the larger commitment, which ends after a year.
	short := yearly(20, 1, func(x *Commitment) { x.Ends = after(12) })
	got = play{grid: g, need: steps(8, 1)}.through(t, testPrice(), capacity, short, fee(true))
	wantSteps(t, "the fee goes on", got.flows["fee.deficiency"], steps(8, 1)...)
	wantSteps(t, "the larger one is over", got.rows["spend.spend"], 8)
}
