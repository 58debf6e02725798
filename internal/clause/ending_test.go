// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/contract"
)

func testTermination(change func(*Termination)) *Termination {
	c := NewTermination()
	c.head = Head{ID: "end", From: "cloud", To: "lab"}
	c.Ground = "convenience"
	if change != nil {
		change(c)
	}
	return c
}

// always elects something in each of a year's months.
func always(slot string) map[string][]float64 { return map[string][]float64{slot: steps(12, 1)} }

// a year of minimums of 10 a month, with 10 needed in each.
func aYear(t *testing.T, choose map[string][]float64) play {
	return play{grid: testGrid(t, "1y", calendar.Month, 0), need: steps(12, 10), choose: choose}
}

func tenAMonth(change func(*Commitment)) *Commitment {
	c := testCommitment("spend", 12000)
	c.Period = "month"
	if change != nil {
		change(c)
	}
	return c
}

// Notice of 90 days, three months, may be given after three months: from the
// start of April it ends with June, and six months of 10 are all that is ever
// owed, whoever gives it. Without notice the month in which it is given is the
// last.
func TestTerminationForConvenience(t *testing.T) {
	after := func(c *Termination) { c.After, c.Notice = calendar.Span{Months: 3}, calendar.Span{Days: 90} }
	for _, slot := range []string{"end.notice", "end.dismissal"} {
		got := aYear(t, always(slot)).through(t, testPrice(), tenAMonth(nil), testTermination(after))
		wantSteps(t, slot+": schedule", got.rows["spend.schedule"], steps(6, 10)...)
		wantSteps(t, slot+": taken", got.taken, steps(6, 10)...)
		wantSteps(t, slot+": the right", got.offers[slot], 0, 0, 0, 0.01)
	}
	got := aYear(t, always("end.notice")).through(t, testPrice(), tenAMonth(nil), testTermination(nil))
	wantSteps(t, "at once", got.taken, 10)
	// The supplier may not give the buyer's notice, nor the other way.
	got = aYear(t, always("end.dismissal")).through(t, testPrice(), tenAMonth(nil), testTermination(func(c *Termination) { c.By = "buyer" }))
	wantSteps(t, "not by the supplier", got.taken, steps(12, 10)...)
	// A right that is in force from May to July is used in May, and what was
	// given stands.
	got = aYear(t, always("end.notice")).through(t, testPrice(), testTermination(func(c *Termination) {
		c.head.Since, c.head.Until, c.Notice = day("2027-05-01"), day("2027-07-01"), calendar.Span{Months: 5}
	}))
	wantSteps(t, "in force for a time", got.taken, steps(9, 10)...)
}

// Left with June, six months of 10 are still to run: half of them is 30, from
// whoever ended it. An amount of 73 that declines has 184 of 365 days left:
// 36.80. The commitment's own exit fee is due only to who leaves by its exit.
func TestTerminationFees(t *testing.T) {
	by := func(fee *Fee) func(*Termination) {
		return func(c *Termination) { c.After, c.Fee = calendar.Span{Months: 5}, fee }
	}
	exit := func(c *Commitment) { c.Exit = &Exit{Fee: 0.1} }
	for _, c := range []struct {
		fee  *Fee
		want float64
	}{
		{&Fee{Kind: "share", Share: 0.5}, 30}, {&Fee{Kind: "amount", Cents: 7300}, 73}, {&Fee{Kind: "declining", Cents: 7300}, 36.8}, {nil, 0},
	} {
		for _, slot := range []string{"end.notice", "end.dismissal"} {
			got := aYear(t, always(slot)).through(t, testPrice(), tenAMonth(exit), testTermination(by(c.fee)))
			wantSteps(t, slot, got.flows["end.termination_fee"], 0, 0, 0, 0, 0, c.want)
			wantSteps(t, "exit fee", got.flows["spend.exit_fee"])
		}
	}
	// The supplier's fee lowers what the buyer is billed, the buyer's raises it.
	got := aYear(t, always("end.dismissal")).through(t, testPrice(), tenAMonth(nil), testTermination(by(&Fee{Kind: "amount", Cents: 700})))
	wantSteps(t, "dismissed", got.invoice, 10, 10, 10, 10, 10, 3)
	got = aYear(t, always("end.notice")).through(t, testPrice(), tenAMonth(nil), testTermination(by(&Fee{Kind: "amount", Cents: 700})))
	wantSteps(t, "left", got.invoice, 10, 10, 10, 10, 10, 17)
	// Who leaves by the exit pays for that: a tenth of 60.
	p := aYear(t, nil)
	p.leave = 5
	got = p.through(t, testPrice(), tenAMonth(exit), testTermination(by(nil)))
	wantSteps(t, "exit fee", got.flows["spend.exit_fee"], 0, 0, 0, 0, 0, 6)
}

// Half of a year's minimum of 120 ends with June, after 181 of 365 days: of
// the rest half is left, 120 (1 - 184/730), and half of the capacity. Ended in
// whole with September, after 273 days, it comes to 120 (181 + 92/2) / 365.
func TestTerminationOfAPart(t *testing.T) {
	half := testTermination(func(c *Termination) {
		c.Share, c.After, c.Fee = 0.5, calendar.Span{Months: 5}, &Fee{Kind: "share", Share: 1}
	})
	power := testCapacity(Generation{From: day("2027-01-01"), PowerGW: 1, UnitsPerGW: 10})
	year := testCommitment("spend", 12000)
	year.Relief = "none"
	got := aYear(t, always("end.notice")).through(t, testPrice(), power, year, half)
	wantSteps(t, "schedule", got.rows["spend.schedule"], 120*(1-184.0/730))
	wantSteps(t, "offered", got.offered, append(steps(6, 10), steps(6, 5)...)...)
	wantSteps(t, "promised", got.promise, append(steps(6, 10), steps(6, 5)...)...)
	wantSteps(t, "power", got.power, append(steps(6, 1), steps(6, 0.5)...)...)
	wantSteps(t, "fee for half of the rest", got.flows["end.termination_fee"], 0, 0, 0, 0, 0, 120*184.0/365/2)

	whole := testTermination(func(c *Termination) { c.After = calendar.Span{Months: 8} })
	whole.head.ID = "all"
	choose := always("end.notice")
	choose["all.dismissal"] = steps(12, 1)
	got = aYear(t, choose).through(t, testPrice(), year, half, whole)
	wantSteps(t, "schedule until September", got.rows["spend.schedule"], 120*(181+46.0)/365)

	// By the month, and paid for as available.
	got = aYear(t, always("end.notice")).through(t, testPrice(), power, tenAMonth(func(c *Commitment) { c.PayFor = "availability" }), half)
	wantSteps(t, "due by the month", got.rows["spend.minimum"], append(steps(6, 10), steps(6, 5)...)...)
	wantSteps(t, "schedule by the month", got.rows["spend.schedule"], append(steps(6, 10), steps(6, 5)...)...)
	// A buyer who fails in September owes what is left of the minimums: 4 x 5.
	p := aYear(t, always("end.notice"))
	p.fail = 8
	got = p.through(t, testPrice(), tenAMonth(nil), half)
	wantSteps(t, "claim", got.flows["spend.claim_recovered"], 0, 0, 0, 0, 0, 0, 0, 0, 2)
}

// A right that is carried out with a probability of 40% ends 40% of what it
// would in a run of means.
func TestTerminationAsIntent(t *testing.T) {
	p := aYear(t, always("end.notice"))
	p.chance = 0.4
	got := p.through(t, testPrice(), tenAMonth(nil), testTermination(func(c *Termination) {
		c.head.Likely, c.Fee = 0.4, &Fee{Kind: "amount", Cents: 1000}
	}))
	wantSteps(t, "schedule", got.rows["spend.schedule"], append([]float64{10}, steps(11, 6)...)...)
	wantSteps(t, "fee", got.flows["end.termination_fee"], 4)
}

// What survives falls due: of a fixed fee of 3 a month within the minimum of
// 10, six months, 18. The fee of a fifth is of the other minimums alone.
func TestTerminationSurvives(t *testing.T) {
	fixed := testCommitment("fixed", 3600)
	fixed.Period = "month"
	end := func(c *Termination) {
		c.After, c.Survives, c.Fee = calendar.Span{Months: 5}, "fixed", &Fee{Kind: "share", Share: 0.2}
	}
	got := aYear(t, always("end.notice")).through(t, testPrice(), tenAMonth(nil), fixed, testTermination(end))
	wantSteps(t, "falls due", got.flows["end.surviving_minimum"], 0, 0, 0, 0, 0, 18)
	wantSteps(t, "fee", got.flows["end.termination_fee"], 0, 0, 0, 0, 0, 12)
	fixed.Within = "spend"
	got = aYear(t, always("end.notice")).through(t, testPrice(), tenAMonth(nil), fixed, testTermination(end))
	wantSteps(t, "falls due within", got.flows["end.surviving_minimum"], 0, 0, 0, 0, 0, 18)
	wantSteps(t, "fee on the outer", got.flows["end.termination_fee"], 0, 0, 0, 0, 0, 12)
}

// Half is delivered in February, March and from May on. After two such months
// the right is there in April, when delivery is as promised, and again from
// July on.
func TestTerminationForLateDelivery(t *testing.T) {
	power := testCapacity(Generation{From: day("2027-01-01"), PowerGW: 1, UnitsPerGW: 10})
	late := testTermination(func(c *Termination) { c.Ground, c.Below, c.Steps = "late_delivery", 0.6, 2 })
	p := aYear(t, nil)
	p.delivery = append([]float64{1, 0.5, 0.5, 0.6}, steps(8, 0.5)...)
	got := p.through(t, testPrice(), power, late)
	wantSteps(t, "the right", got.offers["end.notice"], append([]float64{0, 0, 0, 0.01, 0, 0}, steps(6, 0.01)...)...)
	p.choose = map[string][]float64{"end.notice": {0, 0, 0, 0, 0, 1, 0, 1}}
	got = p.through(t, testPrice(), power, late)
	wantSteps(t, "taken", got.taken, 10, 5, 5, 6, 5, 5, 5, 5)
}

// Conduct is an event: the right is there from its step on, for two months if
// so agreed. A right of somebody else's holds the buyer back, not the supplier.
func TestTerminationForConduct(t *testing.T) {
	p := aYear(t, nil)
	p.seen = 4
	conduct := testTermination(func(c *Termination) { c.Ground, c.Event = "conduct", "harm" })
	got := p.through(t, testPrice(), conduct)
	wantSteps(t, "from the event on", got.offers["end.dismissal"], append(steps(4, 0), steps(8, 0.01)...)...)
	conduct.Within = calendar.Span{Days: 45}
	got = p.through(t, testPrice(), conduct)
	wantSteps(t, "for two months", got.offers["end.dismissal"], 0, 0, 0, 0, 0.01, 0.01)
	consent := &Right{head: Head{ID: "consent", From: "lab", To: "cloud"}, What: "consent", Over: "a move", Blocks: "exit"}
	got = p.through(t, testPrice(), conduct, consent)
	wantSteps(t, "held", got.offers["end.notice"])
	wantSteps(t, "not held", got.offers["end.dismissal"], 0, 0, 0, 0, 0.01, 0.01)
}

// By the Data Act: two months' notice and one of transition from the first of
// January end with March. A charge of 5 is due before 1 April, if that is the
// day from which switching is free, and a penalty of a tenth of the 90 to run.
func TestSwitching(t *testing.T) {
	c := NewSwitching()
	c.head = Head{ID: "act", From: "cloud", To: "lab"}
	c.Charge, c.Penalty, c.FreeFrom = 500, &Fee{Kind: "share", Share: 0.1}, day("2027-04-01")
	got := aYear(t, always("act.notice")).through(t, testPrice(), tenAMonth(nil), c)
	wantSteps(t, "taken", got.taken, 10, 10, 10)
	wantSteps(t, "charge", got.flows["act.switching_charge"], 0, 0, 5)
	wantSteps(t, "penalty", got.flows["act.termination_fee"], 0, 0, 9)
	c.FreeFrom = day("2027-03-31")
	got = aYear(t, always("act.notice")).through(t, testPrice(), tenAMonth(nil), c)
	wantSteps(t, "no charge", got.flows["act.switching_charge"])
	wantSteps(t, "penalty alone", got.flows["act.termination_fee"], 0, 0, 9)
	c.FreeFrom = calendar.Date{} // 12 January 2027
	got = aYear(t, always("act.notice")).through(t, testPrice(), tenAMonth(nil), c)
	wantSteps(t, "no charge by the Act", got.flows["act.switching_charge"])
	wantSteps(t, "by the Act", got.flows["act.termination_fee"], 0, 0, 9)

	// It binds the buyer's half year of notice to two months from April on, and
	// the supplier's not; where it holds with a probability of 50%, to four.
	c.head.Since = day("2027-04-01")
	end := testTermination(func(c *Termination) { c.Notice = calendar.Span{Months: 6} })
	from := func(month int, slot string) map[string][]float64 {
		return map[string][]float64{slot: append(steps(month, 0), 1)}
	}
	for _, x := range []struct {
		choose map[string][]float64
		months int
	}{{from(1, "end.notice"), 7}, {from(4, "end.notice"), 6}, {from(4, "end.dismissal"), 10}} {
		got = aYear(t, x.choose).through(t, testPrice(), end, c)
		wantSteps(t, "taken", got.taken, steps(x.months, 10)...)
	}
	c.head.Likely = 0.5
	p := aYear(t, from(4, "end.notice"))
	p.chance = 0.5
	got = p.through(t, testPrice(), end, c)
	wantSteps(t, "taken", got.taken, steps(8, 10)...)
}

// A contract that ends in part goes on from a recorded state as it would have.
func TestPartsForkAndReplay(t *testing.T) {
	half := testTermination(func(c *Termination) { c.Share, c.Notice = 0.5, calendar.Span{Months: 3} })
	p := contract.Compile(contract.Config{Grid: testGrid(t, "1y", calendar.Month, 0), Buyer: "lab", Supplier: "cloud",
		Clauses: Arrange([]Clause{testPrice(), testCommitment("spend", 12000), half, testOption(), plant()})})
	c, obs := p.New(1), p.NewObs(1)
	runRich(c, obs, 4, 5, func(*contract.Month) {})
	fork := c.Fork()
	var want, got []string
	runRich(c, obs, 4, 1e9, func(m *contract.Month) { trace(m, 0, &want) })
	runRich(fork, p.NewObs(1), 4, 1e9, func(m *contract.Month) { trace(m, 0, &got) })
	if len(want) == 0 || len(want) != len(got) || fork.State(0).Hash() != c.State(0).Hash() {
		t.Error("the fork went another way")
	}
}
