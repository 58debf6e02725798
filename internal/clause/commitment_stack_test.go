// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"offtake/internal/calendar"
)

// upon is a commitment of so much in all, in currency, stacked on another.
func upon(below, id string, total float64, change func(*Commitment)) *Commitment {
	c := testCommitment(id, 100*total)
	c.AfterOf = below
	if change != nil {
		change(c)
	}
	return c
}

// Short capacity: 10 a year below, 6 above it; 16 units a year are promised and
// 12 delivered, at a price of 1. All 12 are taken in the first year, 11 in the
// second.
func TestStackedRelief(t *testing.T) {
	g := testGrid(t, "2y", calendar.Year, 0)
	sixteen := testCapacity(Generation{From: g.Start(), PowerGW: 1, UnitsPerGW: 16.0 / 12})
	for _, c := range []struct {
		name, below, above string
		minimum, upper     []float64 // of the lower and of the upper
		spend, missing     []float64 // of the upper
	}{
		// The lower one needs 10 of the 12: 2 can reach the upper one, and 4 of its 6 are relieved.
		// It is not short in the first year, and by 1 in the second.
		{"impossibility", "impossibility", "impossibility", steps(2, 10), steps(2, 2), []float64{2, 1}, []float64{0, 1}},
		// The lower one carries the risk of delivery, and needs its 10 as before.
		{"none below", "none", "impossibility", steps(2, 10), steps(2, 2), []float64{2, 1}, []float64{0, 1}},
		// A quarter off each: 7.5 + 4.5 = 12, which is all that there is. The 2.5 that relief
		// frees below come above when the year is settled.
		{"pro rata", "pro_rata", "pro_rata", steps(2, 7.5), steps(2, 4.5), []float64{4.5, 3.5}, []float64{0, 1}},
		// 12 - 7.5 can reach the upper one: 1.5 of its 6 are relieved.
		{"pro rata below", "pro_rata", "impossibility", steps(2, 7.5), steps(2, 4.5), []float64{4.5, 3.5}, []float64{0, 1}},
		// Who agreed to no relief above pays for what cannot reach it: 4, and 5.
		{"none above", "impossibility", "none", steps(2, 10), steps(2, 6), []float64{2, 1}, []float64{4, 5}},
	} {
		lower := yearly(10, 2, func(x *Commitment) { x.Relief = c.below })
		upper := upon("spend", "upper", 12, func(x *Commitment) { x.Relief = c.above })
		got := play{grid: g, need: []float64{12, 11}, delivery: steps(2, 0.75)}.through(t, testPrice(), sixteen, upper, lower)
		wantSteps(t, c.name+": minimum below", got.rows["spend.minimum"], c.minimum...)
		wantSteps(t, c.name+": missing below", got.rows["spend.deficiency"], 0, 0)
		wantSteps(t, c.name+": minimum above", got.rows["upper.minimum"], c.upper...)
		wantSteps(t, c.name+": spend above", got.rows["upper.spend"], c.spend...)
		wantSteps(t, c.name+": missing above", got.rows["upper.deficiency"], c.missing...)
		// 10 and then 6 must be spent to fill both, as far as is known when the year begins.
		wantSteps(t, c.name+": left", got.left, 16, 16)
	}
}

// Periods that differ: 12 a year below, 0.5 a month above, 1.5 units a month
// there and all taken. The year fills in August, and until then nothing can
// reach the upper one: who takes all that there is misses nothing.
func TestStackedReliefByTheMonth(t *testing.T) {
	g := testGrid(t, "1y", calendar.Month, 0)
	capacity := testCapacity(Generation{From: g.Start(), PowerGW: 1, UnitsPerGW: 1.5})
	upper := upon("spend", "upper", 6, func(x *Commitment) { x.Period = "month" })
	got := play{grid: g, need: steps(12, 1.5)}.through(t, testPrice(), capacity, upper, yearly(12, 1, nil), NewResale())
	wantSteps(t, "minimum above", got.rows["upper.minimum"], append(steps(8, 0), steps(4, 0.5)...)...)
	wantSteps(t, "missing above", got.rows["upper.deficiency"])
	wantSteps(t, "missing below", got.rows["spend.deficiency"])
	// 12 less 1.5 for each month that has passed, and the month's 0.5 on top.
	wantSteps(t, "left", got.left, 12.5, 11, 9.5, 8, 6.5, 5, 3.5, 2, 0.5, 0.5, 0.5, 0.5)
	// A twelfth of 12, and 0.5; in February an eleventh of 10.5.
	wantSteps(t, "pace", got.pace[:2], 1.5, 10.5/11+0.5)
	// Who takes nothing owes the year, and the months from September on.
	got = play{grid: g}.through(t, testPrice(), capacity, upper, yearly(12, 1, nil))
	wantSteps(t, "nothing taken: below", got.rows["spend.deficiency"], 12)
	wantSteps(t, "nothing taken: above", got.rows["upper.deficiency"], append(steps(8, 0), steps(4, 0.5)...)...)
}

// Availability on availability: 1 a month below, 0.5 above. Of 2 units a month
// all are delivered, then 1.2, then 0.8; 1.2 are used, then all that there is.
func TestStackedAvailability(t *testing.T) {
	g := testGrid(t, "1y", calendar.Month, 0)
	two := testCapacity(Generation{From: g.Start(), PowerGW: 1, UnitsPerGW: 2})
	available := func(x *Commitment) { x.PayFor = "availability" }
	p := play{grid: g, need: steps(4, 1.2, 1.2, 0.8), delivery: steps(4, 1, 0.6, 0.4)}
	got := p.through(t, testPrice(), two, upon("spend", "upper", 6, available), yearly(12, 1, available))
	// Below, 1, 1 and 0.8 are due and used. Above, 0.5, 0.2 and nothing are due, of which 0.2 and 0.2 are used.
	wantSteps(t, "below", got.rows["spend.minimum"], 11.2)
	wantSteps(t, "charged below", got.rows["spend.deficiency_paid"])
	wantSteps(t, "above", got.rows["upper.minimum"], 2.8)
	wantSteps(t, "relief above", got.rows["upper.relief"], 3.2)
	wantSteps(t, "used above", got.rows["upper.spend"], 1.6)
	wantSteps(t, "charged above", got.flows["upper.availability"], steps(4, 0.3, 0, 0)...)
	// Above a minimum by the year for use, a month is due once the year's could have been met: after twelve of 2 units have come.
	got = play{grid: g}.through(t, testPrice(), two, upon("spend", "upper", 6, available), yearly(12, 1, nil))
	wantSteps(t, "charged above a year", got.flows["upper.availability"], append(steps(6, 0), steps(6, 0.5)...)...)
	// Use on availability: 6 above must be used, and the 1 of the step below comes first.
	got = play{grid: g}.through(t, testPrice(), two, upon("spend", "upper", 6, nil), yearly(12, 1, available))
	wantSteps(t, "left", got.left, steps(12, 7)...)
}

// What was put off below relieves nothing above: 15 units a year are there for
// 10 and 5. 8 are taken in the first year, and 2 put off; of the 15 in the second
// 12 fill the lower one, and the upper one is 2 short.
func TestStackedDeferral(t *testing.T) {
	g := testGrid(t, "2y", calendar.Year, 0)
	fifteen := testCapacity(Generation{From: g.Start(), PowerGW: 1, UnitsPerGW: 1.25})
	lower := yearly(10, 2, func(x *Commitment) { x.Deferral = &Deferral{Cap: 0.2} })
	got := play{grid: g, need: []float64{8, 15}}.through(t, testPrice(), fifteen, upon("spend", "upper", 10, nil), lower)
	wantSteps(t, "put off", got.rows["spend.deferred"], 2)
	wantSteps(t, "relief above", got.rows["upper.relief"])
	wantSteps(t, "missing above", got.rows["upper.deficiency"], 5, 2)
	wantSteps(t, "left", got.left, 15, 17)
}

// The same by the quarter: 6 a year below, 2 a quarter above, 4 units a quarter.
// 1 a quarter is taken in the first year, and 6 - 4 = 2 are put off; 4 in the
// second. What can reach the upper one is 4 - 6, 8 - 6, 4 and 4 in either year.
// In the second 6 + 2 fill the lower one at the end of the second quarter, so
// that what was put off leaves the upper one its 2 short in that quarter.
func TestStackedDeferralByTheQuarter(t *testing.T) {
	g := testGrid(t, "2y", calendar.Quarter, 0)
	four := testCapacity(Generation{From: g.Start(), PowerGW: 1, UnitsPerGW: 4.0 / 3})
	lower := yearly(6, 2, func(x *Commitment) { x.Deferral = &Deferral{Cap: 0.5} })
	upper := upon("spend", "upper", 16, func(x *Commitment) { x.Period = "quarter" })
	got := play{grid: g, need: steps(4, 1, 4)}.through(t, testPrice(), four, upper, lower)
	wantSteps(t, "put off", got.rows["spend.deferred"], 2)
	wantSteps(t, "minimum below", got.rows["spend.minimum"], 6, 8)
	wantSteps(t, "minimum above", got.rows["upper.minimum"], 0, 2, 2, 2, 0, 2, 2, 2)
	wantSteps(t, "spend above", got.rows["upper.spend"], 0, 0, 0, 0, 0, 0, 4, 4)
	wantSteps(t, "missing above", got.rows["upper.deficiency"], 0, 2, 2, 2, 0, 2)
}

// Nor does it where relief makes up what reaches the upper one: 16 units a year
// are promised, 12 delivered in the second. Below, 8 of 10 are taken and 2 put
// off; a quarter of the next 10 is relieved, 7.5 + 2 = 9.5 are due and 12 taken.
// Above, 12 - 7.5 = 4.5 of 5 could be spent and 12 - 9.5 = 2.5 are: the 2 put off
// are missing there.
func TestStackedDeferralWithRelief(t *testing.T) {
	g := testGrid(t, "2y", calendar.Year, 0)
	sixteen := testCapacity(Generation{From: g.Start(), PowerGW: 1, UnitsPerGW: 16.0 / 12})
	lower := yearly(10, 2, func(x *Commitment) { x.Relief, x.Deferral = "pro_rata", &Deferral{Cap: 0.2} })
	got := play{grid: g, need: []float64{8, 12}, delivery: []float64{1, 0.75}}.through(t, testPrice(), sixteen, upon("spend", "upper", 10, nil), lower)
	wantSteps(t, "put off", got.rows["spend.deferred"], 2)
	wantSteps(t, "minimum below", got.rows["spend.minimum"], 10, 9.5)
	wantSteps(t, "minimum above", got.rows["upper.minimum"], 5, 4.5)
	wantSteps(t, "spend above", got.rows["upper.spend"], 0, 2.5)
	wantSteps(t, "missing above", got.rows["upper.deficiency"], 5, 2)
}

// On the total: 20 in two years below, 2 a year in three above. 12 a year are
// there and taken, 5 in the third year. Nothing can reach the upper one in the
// first year, 24 - 20 in the second.
func TestStackedReliefOnTotal(t *testing.T) {
	g := testGrid(t, "3y", calendar.Year, 0)
	twelve := testCapacity(Generation{From: g.Start(), PowerGW: 1, UnitsPerGW: 1})
	lower := yearly(10, 2, func(x *Commitment) { x.Ends = Moment{On: day("2029-01-01")} })
	upper := upon("spend", "upper", 6, func(x *Commitment) { x.Stacks = "on_total" })
	got := play{grid: g, need: []float64{12, 12, 5}}.through(t, testPrice(), twelve, upper, lower)
	wantSteps(t, "minimum above", got.rows["upper.minimum"], 0, 2, 2)
	wantSteps(t, "spend above", got.rows["upper.spend"], 0, 4, 5)
	// The first year's 10 do not complete the lower one. In the second 8 do, and 2 more fill the upper one.
	wantSteps(t, "left", got.left, 10, 10, 2)
}

// Leaving at the end of June, 181 of 365 days, with 7 spent: 10 and 5 a year
// ask for 15 x 181/365 = 7.438 by then, and no more than the rest is missing.
func TestStackedLeaving(t *testing.T) {
	lower := yearly(10, 1, func(x *Commitment) { x.Exit = &Exit{} })
	p := play{grid: testGrid(t, "1y", calendar.Quarter, 0), need: steps(4, 3.5), leave: 1}
	got := p.through(t, testPrice(), upon("spend", "upper", 5, nil), lower)
	wantSteps(t, "missing below", got.rows["spend.deficiency"])
	wantSteps(t, "missing above", got.rows["upper.deficiency"], 15*181.0/365-7)
}

// Three on top of each other add up, and of two side by side the larger counts.
func TestMissingInStacks(t *testing.T) {
	p := play{grid: testGrid(t, "1y", calendar.Year, 0)}
	wantSteps(t, "three", p.through(t, testPrice(), yearly(10, 1, nil), upon("spend", "b", 4, nil), upon("b", "c", 2, nil)).left, 16)
	wantSteps(t, "two on one", p.through(t, testPrice(), yearly(10, 1, nil), upon("spend", "b", 4, nil), upon("spend", "c", 2, nil)).left, 14)
}

// Who takes all that is delivered misses nothing by impossibility, and is
// charged for no availability, whatever is stacked on what: the page says so,
// and no formula of it is used here.
func TestTakingAllMissesNothing(t *testing.T) {
	r, g := rand.New(rand.NewPCG(4, 2)), testGrid(t, "2y", calendar.Month, 0)
	for range 300 {
		clauses := []Clause{testPrice(), testCapacity(Generation{From: g.Start(), PowerGW: 1, UnitsPerGW: 10})}
		said := ""
		for i := range 2 + r.IntN(3) {
			c := testCommitment(fmt.Sprintf("c%d", i), 100*float64(10+r.IntN(150)))
			if c.Exit = (&Exit{}); i > 0 {
				c.AfterOf = fmt.Sprintf("c%d", r.IntN(i))
				c.Stacks = []string{"on_minimum", "on_minimum", "on_total"}[r.IntN(3)]
			}
			c.Period = []string{"month", "quarter", "year", "term", "hour"}[r.IntN(5)]
			c.Relief = []string{"impossibility", "impossibility", "pro_rata", "none"}[r.IntN(4)]
			if c.Period == "hour" {
				c.Load = &Load{Swing: r.Float64()}
			} else if r.IntN(4) == 0 {
				c.PayFor, c.Relief = "availability", "impossibility"
			}
			if c.Take = 0.5 + r.Float64()/2; r.IntN(3) == 0 {
				c.Starts = Moment{On: g.StepStart(r.IntN(20))}
			}
			if c.PayFor == "use" && r.IntN(3) == 0 {
				c.head.Binding, c.head.If = "conditional", "event"
			}
			clauses, said = append(clauses, c), said+fmt.Sprintf("%+v ", *c)
		}
		p := play{grid: g, seen: 1 + r.IntN(30), leave: r.IntN(24), need: steps(24, 1000)}
		for range 24 {
			p.delivery = append(p.delivery, r.Float64()*float64(r.IntN(4))/3)
		}
		got := p.through(t, clauses...)
		for _, c := range clauses[2:] {
			c := c.(*Commitment)
			// By the hour, what hours miss of what there is stays missing.
			if missing := sum(got.rows[c.head.ID+".deficiency"]); c.Relief == "impossibility" && c.Period != "hour" && missing > 1e-6 {
				t.Fatalf("%s misses %v: %s", c.head.ID, missing, said)
			}
		}
	}
}
