// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"
	"slices"

	"offtake/internal/calendar"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// A Moment is a date, or a length of time after another one. The zero Moment
// says nothing.
type Moment struct {
	On     calendar.Date
	After  calendar.Span
	Passes bool // After is given
}

// said tells whether anything is.
func (x *Moment) said() bool { return x.Passes || !x.On.IsZero() }

// date is the moment, where after is counted from a date; usual where nothing
// is said.
func (x *Moment) date(from, usual calendar.Date) calendar.Date {
	switch {
	case x.Passes:
		return from.Add(x.After)
	case x.On.IsZero():
		return usual
	}
	return x.On
}

// field is the moment's place in a table.
func (x *Moment) field(name, doc, after string) field.Field {
	return field.Field{Name: name, Kind: field.Group, Doc: doc,
		Bare: &field.Field{Name: name, Kind: field.Date, Into: &x.On},
		Fields: func() []field.Field {
			x.Passes = true
			return []field.Field{{Name: "after", Kind: field.Span, Required: true, Into: &x.After, Doc: after}}
		}}
}

// explain says the moment, where after is counted from something.
func (x *Moment) explain(from string) string {
	if x.Passes {
		return x.After.Words() + " after " + from
	}
	return x.On.String()
}

// A Milestone is an amount to be spent by a date, beside what the milestone
// before it asks for. Microsoft's consumption commitments on Azure have them.
type Milestone struct {
	By    calendar.Date
	Cents float64
}

// Load is how the load of an hourly minimum moves within a step.
type Load struct {
	Swing float64 // share of its mean
}

// timeFields are about when.
func (c *Commitment) timeFields() []field.Field {
	return []field.Field{
		c.Starts.field("starts", "first day of the commitment's own term, where it is not the deal's; it counts from the first step that begins on or after it", "how long after the deal's start"),
		c.Ends.field("ends", "the day on which its own term is over, where that is not the deal's end; no step that begins on or after it counts", "how long after the commitment's own start"),
		{Name: "milestones", Kind: field.List, Fields: c.newMilestone,
			Doc: "amounts to be spent by dates, in place of schedule and period; the last one ends the commitment"},
		{Name: "run_on", Kind: field.Span, Default: "none", Into: &c.RunOn,
			Doc: "for how long after the last period what is missing may still be spent, before it is settled"},
		{Name: "load", Kind: field.Group, Fields: c.newLoad,
			Doc: "how load moves around its mean within a step, for a minimum by the hour; without it, not at all"},
	}
}

func (c *Commitment) newMilestone() []field.Field {
	c.Milestones = append(c.Milestones, Milestone{})
	x := &c.Milestones[len(c.Milestones)-1]
	return []field.Field{
		{Name: "by", Kind: field.Date, Required: true, Into: &x.By, Doc: "settled at the end of the step that holds the date"},
		{Name: "amount", Kind: field.Money, Required: true, Min: field.Beyond(0), Into: &x.Cents,
			Doc: "to be spent after the milestone before and by this date: not a running sum"},
	}
}

func (c *Commitment) newLoad() []field.Field {
	c.Load = &Load{}
	return []field.Field{{Name: "swing", Kind: field.Rate, Required: true, Min: field.At(0), Max: field.At(1), Into: &c.Load.Swing,
		Doc: "the hours' load is spread evenly between 1 less this and 1 plus this times its mean"}}
}

// swing is that of the load.
func (c *Commitment) swing() float64 {
	if c.Load == nil {
		return 0
	}
	return c.Load.Swing
}

// from and to are the days of the commitment's own term, the last excluded.
func (c *Commitment) from(grid *calendar.Grid) calendar.Date {
	return c.Starts.date(grid.Start(), grid.Start())
}

func (c *Commitment) to(grid *calendar.Grid) calendar.Date {
	return c.Ends.date(c.from(grid), grid.SignedEnd())
}

// Window is the steps in which the commitment runs, the last excluded, without
// a run-on. It is empty where none begins in its term, and where milestones
// are none or fall in no step.
func (c *Commitment) Window(grid *calendar.Grid) (from, to int) {
	from = stepFrom(grid, c.from(grid))
	if len(c.Milestones) == 0 {
		return from, max(from, stepFrom(grid, c.to(grid)))
	}
	last, ok := grid.At(c.Milestones[len(c.Milestones)-1].By)
	if !ok || last >= grid.Signed() {
		return from, from
	}
	return from, max(from, last+1)
}

// stepFrom is the first step of the term that begins on or after a date; the
// term's end where none does.
func stepFrom(grid *calendar.Grid, d calendar.Date) int {
	t := 0
	for t < grid.Term() && grid.StepStart(t).Before(d) {
		t++
	}
	return t
}

// A plan is a commitment's time, and what is scheduled in it.
type plan struct {
	scheduled calendar.Periods
	settled   calendar.Periods // the same, but that the last is longer by the run-on
	amounts   []float64        // cents, by period
}

// plan lays the commitment's time out. The error is of a clause that Check
// finds fault with.
func (c *Commitment) plan(grid *calendar.Grid) (plan, error) {
	periods, err := c.measured(grid)
	if err != nil {
		return plan{}, err
	}
	if c.Settle == "term" {
		periods = grid.PeriodsAt(c.Window(grid))
	}
	x := plan{scheduled: periods, settled: periods}
	if c.RunOn.Months > 0 {
		edges := slices.Clone(periods.Edges())
		if edges[len(edges)-1] += c.RunOn.Months / grid.MonthsPerStep(); edges[len(edges)-1] > grid.Signed() {
			return plan{}, fmt.Errorf("clause: %s runs on beyond the term", c.head.ID)
		}
		x.settled = grid.PeriodsAt(edges...)
	}
	switch {
	case len(c.Milestones) > 0:
		for _, m := range c.Milestones {
			x.amounts = append(x.amounts, m.Cents)
		}
	case c.Settle == "term":
		x.amounts = []float64{c.Total.Value}
	case !c.Schedule.fits(grid, periods):
		return plan{}, fmt.Errorf("clause: the table of %s has a wrong length", c.head.ID)
	default:
		x.amounts = c.Schedule.amounts(c.Total.Value, grid, periods)
	}
	c.extension.extend(&x, c, grid)
	return x, nil
}

// measured are the periods of the schedule, also where all of them are settled
// at once.
func (c *Commitment) measured(grid *calendar.Grid) (calendar.Periods, error) {
	from, to := c.Window(grid)
	if from >= to {
		return calendar.Periods{}, fmt.Errorf("clause: %s runs in no step", c.head.ID)
	}
	edges := []int{from}
	switch {
	case len(c.Milestones) > 0:
		for _, x := range c.Milestones {
			t, _ := grid.At(x.By)
			if edges = append(edges, t+1); t < edges[len(edges)-2] {
				return calendar.Periods{}, fmt.Errorf("clause: milestones of %s out of order", c.head.ID)
			}
		}
		return grid.PeriodsAt(edges...), nil
	}
	return c.measuredIn(grid, from, to)
}

// measuredIn divides steps, the last excluded, by the commitment's period.
func (c *Commitment) measuredIn(grid *calendar.Grid, from, to int) (calendar.Periods, error) {
	if c.Period == "hour" {
		edges := []int{from}
		for t := from; t < to; t++ {
			edges = append(edges, t+1)
		}
		return grid.PeriodsAt(edges...), nil
	}
	p, err := calendar.ParsePeriod(c.Period)
	if err != nil {
		return calendar.Periods{}, err
	}
	return grid.PeriodsIn(p, from, to)
}

// Minimums are what must be paid in each period in which the ledger is
// settled, in cents, before relief and what is put off, with the periods; of a
// commitment that was checked.
func (c *Commitment) Minimums(grid *calendar.Grid) (calendar.Periods, []float64) {
	x, err := c.plan(grid)
	if err != nil {
		panic("clause: " + err.Error()) // Check has reported it
	}
	for y := range x.amounts {
		x.amounts[y] *= c.Take
	}
	return x.settled, x.amounts
}

// explainTime says when the commitment runs, and what falls due in it.
func (c *Commitment) explainTime(in *Setting) string {
	during, starts := "over the term", c.Starts.explain("the start of the deal")
	switch {
	case c.Starts.Passes && c.Ends.Passes:
		during = fmt.Sprintf("for %s, beginning %s", c.Ends.After.Words(), starts)
	case c.Starts.said() && c.Ends.Passes:
		during = fmt.Sprintf("for %s from %s", c.Ends.After.Words(), starts)
	case c.Starts.said() && c.Ends.said():
		during = fmt.Sprintf("from %s until %s", starts, c.Ends.On)
	case c.Starts.said():
		during = fmt.Sprintf("from %s to the end of the term", starts)
	case c.Ends.Passes:
		during = fmt.Sprintf("for %s from the start of the deal", c.Ends.After.Words())
	case c.Ends.said():
		during = "until " + c.Ends.On.String()
	}
	if len(c.Milestones) == 0 {
		return during + ", " + c.Schedule.explain(in, c.Period)
	}
	parts := make([]string, len(c.Milestones))
	for i, x := range c.Milestones {
		parts[i] = in.Money(x.Cents) + " by " + x.By.String()
	}
	if !c.Starts.said() {
		return "in turn, " + enumerate(parts)
	}
	return "from " + c.Starts.explain("the start of the deal") + ", in turn " + enumerate(parts)
}

// explainHours says how an hourly minimum is measured.
func (c *Commitment) explainHours(in *Setting) string {
	s := fmt.Sprintf("It is a minimum by the hour, settled at the end of each %s; what one hour takes above it helps no other.", in.Grid.Step())
	if x := c.swing(); x > 0 {
		s += fmt.Sprintf(" The load of hours is taken to be spread evenly up to %s either side of its mean.", unit.FormatRate(x))
	}
	return s
}
