// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/field"
)

// Check reports what does not fit together: sums, remedies that have no later
// period to work in, references.
func (c *Commitment) Check(in *Setting, r field.Report) {
	c.head.between(in.Buyer, in.Supplier, in, r)
	p, err := calendar.ParsePeriod(c.Period)
	if err != nil {
		return // the field's choices have been reported already
	}
	periods, err := in.Grid.Periods(p)
	if err != nil {
		r.Fault("PERIOD-STEP", "period", "use a longer period, or a finer step", "a period of one %s is not a whole number of steps", c.Period)
		return
	}
	c.Schedule.check(c.Total.Value, in, periods, r)
	c.checkRemedies(periods.Count(), r)
	c.checkReferences(in, r)
	c.checkAvailability(in, r)
	checkNet(c.NetMonths, in, r)
	if c.Exit != nil && !in.Grid.Start().Add(c.Exit.From).Before(in.Grid.End()) {
		r.Fault("DATE-OUTSIDE-TERM", "exit.from", "shorten it", "the right to leave after %s begins when the term is over", c.Exit.From)
	}
}

func (c *Commitment) checkRemedies(periods int, r field.Report) {
	if c.Carry != nil && c.Carry.Threshold < c.Take {
		r.Fault("THRESHOLD-BELOW-TAKE", "carry_forward.threshold", "raise it to at least the take share",
			"spend would be banked above %v of the schedule while %v of it must be paid for", c.Carry.Threshold, c.Take)
	}
	if c.MakeUp != nil && c.Credit != nil {
		r.Fault("REMEDY-TWICE", "deficiency_as", "keep make_up or deficiency_as", "a deficiency comes back both as make-up and as credit")
	}
	once := c.Settle == "term" || periods == 1
	if once && (c.MakeUp != nil || c.Carry != nil || c.Deferral != nil || c.Credit != nil) {
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
	c.checkParallel(in, r)
	outer, ok := in.Find(c.Within).(*Commitment)
	if !ok {
		return
	}
	if c.settles() > outer.settles() {
		r.Fault("NEST-PERIOD", "period", "measure it over a "+outer.settles().String()+" or less", "a period of one %v does not fit in %s's, one %v", c.settles(), c.Within, outer.settles())
	}
}

// checkParallel warns of commitments that count the same spend.
func (c *Commitment) checkParallel(in *Setting, r field.Report) {
	for _, other := range in.Clauses {
		x, ok := other.(*Commitment)
		if ok && x == c {
			return // each pair is said once, at the later of the two
		}
		if ok && x.Within == "" && c.Within == "" && x.AfterOf == c.AfterOf {
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
	if c.MakeUp != nil || c.Carry != nil || c.Deferral != nil || c.Credit != nil || c.Deficiency != 1 {
		r.Fault("AVAILABILITY-REMEDY", "pay_for", "pay for use, or take the remedy out",
			"what is available is paid for when it is delivered, and leaves no deficiency to make up, carry forward, defer or discount")
	}
	if !in.promisesCapacity() && len(in.Off) == 0 {
		r.Fault("AVAILABILITY-NOTHING", "pay_for", "add a capacity clause", "no clause makes anything available")
	}
}
