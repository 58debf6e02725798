// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"testing"

	"offtake/internal/calendar"
)

// What does not fit together in a commitment's own term, in what counts toward
// it and in what is done about a deficiency. The term runs from 2027 to 2030.
func TestCommitmentChecks(t *testing.T) {
	spend := func(change func(*Commitment)) *Commitment { return yearly(10, 4, change) }
	stones := func(change func(*Commitment), dates ...string) *Commitment {
		c := spend(change)
		for _, d := range dates {
			c.Milestones = append(c.Milestones, Milestone{day(d), 4000 / float64(len(dates))})
		}
		return c
	}
	year := calendar.Span{Months: 12}
	for _, c := range []struct {
		name   string
		clause *Commitment
		want   string
	}{
		{"an own term", spend(func(x *Commitment) { x.Starts, x.Ends = after(6), Moment{On: day("2031-01-01")} }), ""},
		{"begins too early", spend(func(x *Commitment) { x.Starts.On = day("2026-12-31") }), "DATE-OUTSIDE-TERM at starts"},
		{"begins too late", spend(func(x *Commitment) { x.Starts = after(49) }), "DATE-OUTSIDE-TERM at starts"},
		{"ends too late", spend(func(x *Commitment) { x.Ends = Moment{On: day("2031-01-02")} }), "DATE-OUTSIDE-TERM at ends"},
		{"ends too late by its length", spend(func(x *Commitment) { x.Starts, x.Ends = after(12), after(37) }), "DATE-OUTSIDE-TERM at ends"},
		{"begins at the end", spend(func(x *Commitment) { x.Starts = after(48) }), "WINDOW-EMPTY at starts"},
		{"ends before it begins", spend(func(x *Commitment) { x.Starts, x.Ends.On = after(24), day("2028-06-01") }), "WINDOW-EMPTY at ends"},
		{"no whole step", spend(func(x *Commitment) { x.Starts.On, x.Ends.On = day("2027-01-02"), day("2027-01-31") }), "WINDOW-EMPTY at ends"},
		{"no length", spend(func(x *Commitment) { x.Ends = after(0) }), "WINDOW-EMPTY at ends"},
		{"a table for its own years", spend(func(x *Commitment) { x.Starts, x.Schedule.Table = after(24), []float64{1000, 3000} }), ""},
		{"a table for the deal's years", spend(func(x *Commitment) { x.Starts, x.Schedule.Table = after(24), []float64{1000, 1000, 1000, 1000} }), "SCHEDULE-LENGTH at schedule.table"},
		{"a run-on", spend(func(x *Commitment) { x.Ends, x.RunOn = after(36), year }), ""},
		{"a run-on beyond the term", spend(func(x *Commitment) { x.Ends, x.RunOn = after(37), year }), "RUN-ON-LATE at run_on"},
		{"a run-on of days", spend(func(x *Commitment) { x.Ends, x.RunOn = after(36), calendar.Span{Months: 1, Days: 1} }), "SPAN-MONTHS at run_on"},
		{"on an unknown event", spend(func(x *Commitment) { x.head.If = "ipo" }), "EVENT-UNKNOWN at binding.conditional"},

		{"milestones", stones(nil, "2027-12-31", "2030-12-31"), ""},
		{"milestones and a run-on", stones(func(x *Commitment) { x.RunOn = year }, "2027-12-31", "2029-12-31"), ""},
		{"milestones, the last settled late", stones(func(x *Commitment) { x.RunOn = year }, "2027-12-31", "2030-01-31"), "RUN-ON-LATE at run_on"},
		{"a milestone out of order", stones(nil, "2028-12-31", "2027-12-31"), "MILESTONE-ORDER at milestones[1].by"},
		{"two in one step", stones(nil, "2028-12-01", "2028-12-31"), "MILESTONE-ORDER at milestones[1].by"},
		{"one before the start", stones(func(x *Commitment) { x.Starts = after(24) }, "2028-12-31", "2029-12-31"), "MILESTONE-ORDER at milestones[0].by"},
		{"one after the term", stones(nil, "2028-12-31", "2031-01-01"), "DATE-OUTSIDE-TERM at milestones[1].by"},
		{"milestones that do not add up", stones(func(x *Commitment) { x.Total = money(4001) }, "2028-12-31", "2029-12-31"), "SCHEDULE-SUM at milestones"},
		{"milestones and a schedule", stones(func(x *Commitment) { x.Schedule.Shape = "flat" }, "2028-12-31"), "MILESTONE-SCHEDULE at milestones"},
		{"milestones and an end", stones(func(x *Commitment) { x.Ends = after(36) }, "2028-12-31"), "MILESTONE-SCHEDULE at milestones"},
		{"milestones settled at once", stones(func(x *Commitment) { x.Settle = "term" }, "2028-12-31"), "MILESTONE-SCHEDULE at milestones"},
		{"milestones by the hour", stones(func(x *Commitment) { x.Period = "hour" }, "2028-12-31"), "MILESTONE-SCHEDULE at milestones"},
		{"credit with time to use it", stones(func(x *Commitment) { x.Credit = &ShortfallCredit{Life: 1} }, "2029-12-31"), ""},
		{"credit at the very end", stones(func(x *Commitment) { x.Credit = &ShortfallCredit{Life: 1} }, "2030-12-31"), "REMEDY-NO-LATER at period"},

		{"by the hour", spend(func(x *Commitment) { x.Period, x.Load = "hour", &Load{Swing: 0.3} }), ""},
		{"a load by the year", spend(func(x *Commitment) { x.Load = &Load{Swing: 0.3} }), "HOUR-LOAD at load"},
		{"make-up by the hour", spend(func(x *Commitment) { x.Period, x.MakeUp = "hour", &MakeUp{} }), "HOUR-REMEDY at period"},
		{"a run-on by the hour", spend(func(x *Commitment) { x.Period, x.Ends, x.RunOn = "hour", after(12), year }), "HOUR-REMEDY at period"},
		{"hours within a year", spend(func(x *Commitment) { x.Period, x.Within = "hour", "around" }), ""},
		{"availability by the hour", spend(func(x *Commitment) { x.Period, x.PayFor = "hour", "availability" }), "AVAILABILITY-REMEDY at pay_for"},
		{"availability that survives", spend(func(x *Commitment) { x.Survives, x.PayFor = true, "availability" }), "AVAILABILITY-REMEDY at pay_for"},
		{"availability that is waived", spend(func(x *Commitment) { x.Charged, x.PayFor = "elected", "availability" }), "AVAILABILITY-REMEDY at pay_for"},

		{"on the total of nothing", spend(func(x *Commitment) { x.Stacks = "on_total" }), "STACK-ALONE at stacks"},
		{"on a total", spend(func(x *Commitment) { x.Stacks, x.AfterOf = "on_total", "around" }), ""},
		{"counts after", spend(func(x *Commitment) { x.Counts, x.AfterOf = &Counts{}, "around" }), "COUNTS-AFTER at counts"},
		{"all of usage", spend(func(x *Commitment) { x.Counts = &Counts{Categories: []Category{{Share: 0.3}, {Share: 0.7}}} }), ""},
		{"more than all", spend(func(x *Commitment) { x.Counts = &Counts{Categories: []Category{{Share: 0.31}, {Share: 0.7}}} }), "CATEGORY-SHARES at counts.categories"},
		{"survives", spend(func(x *Commitment) { x.Survives = true }), ""},
		{"survives and is left", spend(func(x *Commitment) { x.Survives, x.Exit = true, &Exit{} }), "SURVIVES-EXIT at survives"},
		{"a year of its own within a year", spend(func(x *Commitment) { x.Starts, x.Within = after(6), "around" }), ""},
		{"a milestone within a year", stones(func(x *Commitment) { x.Within = "around" }, "2028-06-30"), "NEST-PERIOD at period"},
		{"a run-on within a year", spend(func(x *Commitment) { x.Ends, x.RunOn, x.Within = after(24), calendar.Span{Months: 1}, "around" }), "NEST-PERIOD at period"},
	} {
		in := batterySetting(calendar.Month)
		in.Clauses = []Clause{c.clause, testPrice(), testCommitment("around", 400), testCapacity(Generation{From: day("2027-01-01"), PowerGW: 4, UnitsPerGW: 1})}
		checkOne(t, c.name, c.clause, in, c.want)
	}
}

// Commitments that follow one another do not count the same spend.
func TestParallelInTime(t *testing.T) {
	first, second := yearly(10, 2, func(x *Commitment) { x.Ends = after(24) }), testCommitment("second", 4000)
	in := batterySetting(calendar.Month)
	in.Clauses = []Clause{first, second}
	checkOne(t, "side by side", second, in, "COMMITMENTS-PARALLEL at id")
	second.Starts = after(24)
	checkOne(t, "one after the other", second, in, "")
}
