// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// Check reports what does not fit together: sums, remedies that have no later
// period to work in, references.
func (c *Commitment) Check(in *Setting, r field.Report) {
	c.head.between(in.Buyer, in.Supplier, in, r)
	c.head.checkForce(in, r)
	checkNet(c.NetMonths, in, r)
	if c.Exit != nil && !in.Grid.Start().Add(c.Exit.From).Before(in.Grid.End()) {
		r.Fault("DATE-OUTSIDE-TERM", "exit.from", "shorten it", "the right to leave after %s begins when the term is over", c.Exit.From)
	}
	c.checkCounts(r)
	if !c.checkWindow(in, r) || !c.checkMilestones(in, r) {
		return
	}
	periods, err := c.measured(in.Grid)
	if err != nil {
		if _, bad := calendar.ParsePeriod(c.Period); bad == nil { // else the field's choices have been reported already
			r.Fault("PERIOD-STEP", "period", "use a longer period, or a finer step", "a period of one %s is not a whole number of steps", c.Period)
		}
		return
	}
	if len(c.Milestones) == 0 {
		c.Schedule.check(c.Total.Value, in, periods, r)
	}
	c.checkRunOn(periods, in, r)
	c.checkRemedies(periods, in, r)
	c.checkHours(r)
	c.checkReferences(in, r)
	c.checkAvailability(in, r)
}

// checkWindow reports a term of its own in which there is no step.
func (c *Commitment) checkWindow(in *Setting, r field.Report) bool {
	grid := in.Grid
	outside := func(path string, d calendar.Date) bool {
		if !d.Before(grid.Start()) && !d.After(grid.SignedEnd()) {
			return false
		}
		r.Fault("DATE-OUTSIDE-TERM", path, "lengthen the deal's term, or change the date",
			"%s lies outside the term of the deal, %s to %s", d, grid.Start(), grid.SignedEnd())
		return true
	}
	if c.Starts.said() && outside("starts", c.from(grid)) || c.Ends.said() && outside("ends", c.to(grid)) {
		return false
	}
	if len(c.Milestones) > 0 {
		return true // whose own dates are checked
	}
	from, to := c.Window(grid)
	if from < to {
		return true
	}
	path := "ends"
	if !c.Ends.said() {
		path = "starts"
	}
	r.Fault("WINDOW-EMPTY", path, "leave at least one whole step between them", "no step begins on or after %s and before %s", c.from(grid), c.to(grid))
	return false
}

// checkMilestones reports dates out of order or outside the term, amounts that
// do not add up, and what stands beside milestones in vain.
func (c *Commitment) checkMilestones(in *Setting, r field.Report) bool {
	if len(c.Milestones) == 0 {
		return true
	}
	if c.Schedule.Shape != "" || len(c.Schedule.Table) > 0 || c.Ends.said() || c.Settle == "term" || c.Period == "hour" {
		r.Fault("MILESTONE-SCHEDULE", "milestones", "keep the milestones, or what they stand in place of: schedule, ends, settle: term and period: hour",
			"milestones say already what is due when, and when it is settled")
		return false
	}
	sum, before, ok := 0.0, stepFrom(in.Grid, c.from(in.Grid))-1, true
	for i, x := range c.Milestones {
		path := fmt.Sprintf("milestones[%d].by", i)
		t, inside := in.Grid.At(x.By)
		switch {
		case !inside || t >= in.Grid.Signed():
			r.Fault("DATE-OUTSIDE-TERM", path, fmt.Sprintf("the term runs from %s to %s", in.Grid.Start(), in.Grid.SignedEnd()), "%s lies outside the term", x.By)
			ok = false
		case t <= before:
			r.Fault("MILESTONE-ORDER", path, "list milestones by their dates, at least a step apart and after the start", "no step ends between what comes before and %s", x.By)
			ok = false
		}
		sum, before = sum+x.Cents, t
	}
	if sum != c.Total.Value {
		r.Fault("SCHEDULE-SUM", "milestones", "make the milestones add up to the total, or change the total",
			"the milestones add up to %s, the total is %s", in.Money(sum), in.Money(c.Total.Value))
	}
	return ok
}

func (c *Commitment) checkRunOn(periods calendar.Periods, in *Setting, r field.Report) {
	if c.RunOn == (calendar.Span{}) {
		return
	}
	step := in.Grid.MonthsPerStep()
	if c.RunOn.Days != 0 || c.RunOn.Months%step != 0 {
		r.Fault("SPAN-MONTHS", "run_on", "use whole steps of the grid", "%s is not a whole number of steps", c.RunOn)
		return
	}
	if end := periods.Last(periods.Count()-1) + 1; end+c.RunOn.Months/step > in.Grid.Signed() {
		r.Fault("RUN-ON-LATE", "run_on", "lengthen the deal's term, and let the commitment end before it: ends",
			"the run-on ends %s after %s, beyond the deal's term", c.RunOn, in.Grid.StepStart(end))
	}
}

// checkCounts reports parts of usage that are more than all of it, and what
// counts where another commitment says so.
func (c *Commitment) checkCounts(r field.Report) {
	if c.AfterOf == "" && c.Stacks != "on_minimum" {
		r.Fault("STACK-ALONE", "stacks", "name the one below with after, or leave this out", "there is no commitment below this one")
	}
	if c.Counts == nil {
		return
	}
	if c.AfterOf != "" {
		r.Fault("COUNTS-AFTER", "counts", "say it in the commitment below", "what counts here is what %s leaves of what counts there", c.AfterOf)
	}
	sum := 0.0
	for _, g := range c.Counts.Categories {
		sum += g.Share
	}
	if sum > 1+1e-9 {
		r.Fault("CATEGORY-SHARES", "counts.categories", "lower the shares", "the categories add up to %s of usage", unit.FormatRate(sum))
	}
}

// checkHours reports what an hourly minimum cannot have, and a load that needs
// one.
func (c *Commitment) checkHours(r field.Report) {
	if c.Period != "hour" || len(c.Milestones) > 0 {
		if c.Load != nil {
			r.Fault("HOUR-LOAD", "load", "write period: hour, or leave it out", "how load moves within a step matters to a minimum by the hour alone")
		}
		return
	}
	if c.MakeUp != nil || c.Carry != nil || c.Deferral != nil || c.Credit != nil || c.Settle == "term" || c.RunOn != (calendar.Span{}) {
		r.Fault("HOUR-REMEDY", "period", "measure it over a longer period, or take the remedy out",
			"what one hour misses, another does not make up for: a minimum by the hour has no remedy, no run-on and no other settlement")
	}
}

func (c *Commitment) checkRemedies(laid calendar.Periods, in *Setting, r field.Report) {
	if c.Carry != nil && c.Carry.Threshold < c.Take {
		r.Fault("THRESHOLD-BELOW-TAKE", "carry_forward.threshold", "raise it to at least the take share",
			"spend would be banked above %v of the schedule while %v of it must be paid for", c.Carry.Threshold, c.Take)
	}
	if c.MakeUp != nil && c.Credit != nil {
		r.Fault("REMEDY-TWICE", "deficiency_as", "keep make_up or deficiency_as", "a deficiency comes back both as make-up and as credit")
	}
	periods := laid.Count()
	late := c.Credit != nil && laid.Last(periods-1)+1 >= in.Grid.Term() // nothing can be paid with it
	once := c.Settle == "term" || periods == 1 && c.Period != "hour"
	if once && (c.MakeUp != nil || c.Carry != nil || c.Deferral != nil || late) {
		r.Fault("REMEDY-NO-LATER", "period", "shorten the period, or take the remedy out",
			"the ledger is settled once, at the end, and make_up, carry_forward, deferral or credit have no later period to work in")
	}
	if c.Deferral == nil {
		return
	}
	for i, y := range c.Deferral.Periods {
		if y >= periods {
			r.Fault("DEFERRAL-NO-NEXT", fmt.Sprintf("deferral.periods[%d]", i), fmt.Sprintf("use periods 1 to %d", periods-1),
				"period %d has no next period to put a minimum off to", y)
		}
	}
}

func (c *Commitment) checkReferences(in *Setting, r field.Report) {
	c.checkReference("within", c.Within, in, r)
	c.checkReference("after", c.AfterOf, in, r)
	if c.Within != "" && c.AfterOf != "" {
		r.Fault("STACK-TWICE", "after", "keep within or after", "the commitment is both nested in one and stacked on another")
	}
	if c.Survives && c.Exit != nil {
		r.Fault("SURVIVES-EXIT", "survives", "keep survives or exit", "what stays due after the buyer has left cannot be settled by its leaving, nor cost a fee for that")
	}
	c.checkParallel(in, r)
	outer, ok := in.Find(c.Within).(*Commitment)
	if !ok {
		return
	}
	c.checkFits(outer, in, r)
}

// checkFits reports a period longer than that of the commitment around it in
// which it ends.
func (c *Commitment) checkFits(outer *Commitment, in *Setting, r field.Report) {
	mine, err := c.plan(in.Grid)
	its, other := outer.plan(in.Grid)
	if err != nil || other != nil {
		return // which is reported where it is wrong
	}
	for y := range mine.settled.Count() {
		z := its.settled.Of(mine.settled.Last(y))
		if z >= 0 && mine.settled.Steps(y) > its.settled.Steps(z) {
			months := in.Grid.MonthsPerStep()
			r.Fault("NEST-PERIOD", "period", "measure it over "+plural(months*its.settled.Steps(z), "month")+" or less",
				"a period of %s does not fit in that of %s, %s", plural(months*mine.settled.Steps(y), "month"), c.Within, plural(months*its.settled.Steps(z), "month"))
			return
		}
	}
}

// sameDays tells whether two commitments run in some step together.
func (c *Commitment) sameDays(other *Commitment, grid *calendar.Grid) bool {
	from, to := c.Window(grid)
	its, until := other.Window(grid)
	return from < until && its < to
}

// checkParallel warns of commitments that count the same spend.
func (c *Commitment) checkParallel(in *Setting, r field.Report) {
	for _, other := range in.Clauses {
		x, ok := other.(*Commitment)
		if ok && x == c {
			return // each pair is said once, at the later of the two
		}
		if ok && x.Within == "" && c.Within == "" && x.AfterOf == c.AfterOf && c.sameDays(x, in.Grid) {
			r.Warn("COMMITMENTS-PARALLEL", "id", "write within or after if one is part of the other or comes on top of it",
				"%s and %s count the same spend, and a cent that is missing is charged under both", x.head.ID, c.head.ID)
		}
	}
}

func (c *Commitment) checkReference(name, id string, in *Setting, r field.Report) {
	if id == "" || in.IsOff(id) {
		return
	}
	if _, ok := in.Find(id).(*Commitment); !ok {
		if in.Find(id) != nil {
			r.Fault("REF-KIND", name, "name a commitment", "%s is not a commitment", id)
		}
		return
	}
	for seen, at := 0, c; at != nil; seen++ {
		if seen > len(in.Clauses) {
			r.Fault("REF-CIRCLE", name, "break the circle", "the commitments refer to each other in a circle")
			return
		}
		next, _ := in.Find(at.Within).(*Commitment)
		if next == nil {
			next, _ = in.Find(at.AfterOf).(*Commitment)
		}
		at = next
	}
}

func (c *Commitment) checkAvailability(in *Setting, r field.Report) {
	if c.PayFor != "availability" {
		return
	}
	if c.MakeUp != nil || c.Carry != nil || c.Deferral != nil || c.Credit != nil || c.Deficiency != 1 ||
		c.RunOn != (calendar.Span{}) || c.Charged == "elected" || c.Period == "hour" || c.Survives {
		r.Fault("AVAILABILITY-REMEDY", "pay_for", "pay for use, or take the remedy out",
			"what is available is paid for when it is delivered, by the step, and leaves no deficiency to make up, carry forward, defer, run on, discount or waive, nor anything due after leaving")
	}
	if !in.promisesCapacity() && len(in.Off) == 0 {
		r.Fault("AVAILABILITY-NOTHING", "pay_for", "add a capacity clause", "no clause makes anything available")
	}
}
