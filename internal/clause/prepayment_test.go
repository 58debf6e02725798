// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"math"
	"strings"
	"testing"

	"offtake/internal/calendar"
)

func testPrepayment(amountCents float64, change func(*Prepayment)) *Prepayment {
	c := NewPrepayment()
	c.head = Head{ID: "deposit", From: "lab", To: "cloud", Binding: "firm"}
	c.Amount = money(amountCents)
	if change != nil {
		change(c)
	}
	return c
}

// 10 paid at signing pays the first invoices; what is left of it at the end of
// a short term is lost, or refunded in part.
func TestPrepaidAtSigning(t *testing.T) {
	g := testGrid(t, "6m", calendar.Month, 0)
	got := play{grid: g, need: steps(6, 3)}.through(t, testPrice(), testPrepayment(1000, nil))
	if got.signed["deposit.prepayment"] != 10 {
		t.Errorf("paid at signing: %v", got.signed)
	}
	wantSteps(t, "credited", got.flows["deposit.credit"], 3, 3, 3, 1)
	wantSteps(t, "invoice", got.invoice, 0, 0, 0, 2, 3, 3)
	wantSteps(t, "lost", got.flows["deposit.prepaid_lost"])
	got = play{grid: g, need: steps(6, 1)}.through(t, testPrice(), testPrepayment(1000, nil))
	wantSteps(t, "lost", got.flows["deposit.prepaid_lost"], 0, 0, 0, 0, 0, 4)
	got = play{grid: g, need: steps(6, 1)}.through(t, testPrice(), testPrepayment(1000, func(c *Prepayment) { c.Refund.End = 0.75 }))
	wantSteps(t, "refunded", got.flows["deposit.refund"], 0, 0, 0, 0, 0, 3)
	wantSteps(t, "lost", got.flows["deposit.prepaid_lost"], 0, 0, 0, 0, 0, 1)
}

// In equal parts over four months from the third on: a quarter of 12 each, a
// third of the 9 left, and so on. What an invoice cannot take is spread over
// what is left of the four months, and after them paid as far as it goes.
func TestPrepaidInEqualParts(t *testing.T) {
	g := testGrid(t, "8m", calendar.Month, 0)
	equal := func(c *Prepayment) {
		c.Credited = Crediting{From: after(2), How: "equal", Over: calendar.Span{Months: 4}}
	}
	got := play{grid: g, need: steps(8, 5)}.through(t, testPrice(), testPrepayment(1200, equal))
	wantSteps(t, "a quarter each", got.flows["deposit.credit"], 0, 0, 3, 3, 3, 3)
	// 1 of 3 is taken; 11/3 of 11; 22/3 left: 11/3 and 11/3.
	got = play{grid: g, need: []float64{5, 5, 1, 5, 5, 5, 5, 5}}.through(t, testPrice(), testPrepayment(1200, equal))
	wantSteps(t, "after a small invoice", got.flows["deposit.credit"], 0, 0, 1, 11/3.0, 11/3.0, 11/3.0)
	got = play{grid: g, need: []float64{5, 5, 1, 1, 1, 1, 5, 5}}.through(t, testPrice(), testPrepayment(1200, equal))
	wantSteps(t, "after small invoices", got.flows["deposit.credit"], 0, 0, 1, 1, 1, 1, 5, 3)
}

// Kept for the last three months of a term of eight.
func TestPrepaidForTheEnd(t *testing.T) {
	last := testPrepayment(1200, func(c *Prepayment) { c.Credited = Crediting{How: "last", Over: calendar.Span{Months: 3}} })
	got := play{grid: testGrid(t, "8m", calendar.Month, 0), need: steps(8, 5)}.through(t, testPrice(), last)
	wantSteps(t, "credited", got.flows["deposit.credit"], 0, 0, 0, 0, 0, 5, 5, 2)
}

// Half at signing and half in March, credited two months after each: from the
// third month and, the second half, from the first step on or after 10 May.
func TestPrepaidInParts(t *testing.T) {
	parts := testPrepayment(1000, func(c *Prepayment) {
		c.Payments, c.Credited.From = []Advance{{Part: 0.5}, {At: day("2027-03-10"), Part: 0.5}}, after(2)
	})
	got := play{grid: testGrid(t, "8m", calendar.Month, 0), need: steps(8, 2)}.through(t, testPrice(), parts)
	wantSteps(t, "paid in March", got.flows["deposit.prepayment"], 0, 0, 5)
	wantSteps(t, "credited", got.flows["deposit.credit"], 0, 0, 2, 2, 1, 2, 2, 1)

	rest := testPrepayment(1000, func(c *Prepayment) { c.Payments = []Advance{{At: day("2027-03-10"), Part: 0.4}} })
	got = play{grid: testGrid(t, "8m", calendar.Month, 0)}.through(t, testPrice(), rest)
	wantSteps(t, "a part in March", got.flows["deposit.prepayment"], 0, 0, 4)
	if got.signed["deposit.prepayment"] != 6 {
		t.Errorf("the rest at signing: %v", got.signed)
	}
}

// Microsoft and IREN (K15): a fifth of the contract's value, for each tranche
// before its delivery, credited after its 24th month. Here 60 in five years,
// two tranches of 1 and 2 GW in 2027 and in July 2027, paid a month before: 4 at
// signing, as the first month is before the start, and 8 in June. From January
// and July 2029 on they are credited.
func TestPrepaidBeforeDelivery(t *testing.T) {
	g := testGrid(t, "5y", calendar.Month, 0)
	tranches := testCapacity(Generation{From: day("2027-01-01"), PowerGW: 1, UnitsPerGW: 1}, Generation{From: day("2027-07-01"), PowerGW: 2, UnitsPerGW: 1})
	value := testCommitment("value", 6000)
	value.PayFor = "availability"
	deposit := testPrepayment(0, func(c *Prepayment) {
		c.Share, c.Of, c.Lead, c.Credited.From = 0.2, "value", &calendar.Span{Months: 1}, after(24)
	})
	got := play{grid: g, need: steps(60, 0.25)}.through(t, testPrice(), tranches, value, deposit)
	wantSteps(t, "before the second tranche", got.flows["deposit.prepayment"], 0, 0, 0, 0, 0, 8)
	if got.signed["deposit.prepayment"] != 4 {
		t.Errorf("before the first tranche: %v", got.signed)
	}
	// A month's 1 of availability is due, used or not: 0.25 is used and 0.75
	// charged, and both are credited. 4 from January 2029, 8 from July on.
	wantSteps(t, "credited", got.flows["deposit.credit"], append(steps(24, 0), append(steps(4, 1), append(steps(2, 0), steps(8, 1)...)...)...)...)
	wantSteps(t, "charged", got.flows["value.availability"], steps(60, 0.75)...)
	// Without the contract there is nothing to prepay a share of, and nothing
	// is delivered without the capacity.
	for _, without := range [][]Clause{{tranches}, {value}} {
		got = play{grid: g}.through(t, append(without, testPrice(), deposit)...)
		wantSteps(t, "nothing", got.flows["deposit.prepayment"])
		if got.signed["deposit.prepayment"] != 0 {
			t.Error("a share of nothing is paid")
		}
	}
}

// A block paid for in full at the start, without refund (K13): what is not
// used is paid for all the same. What the ledger charges at the end is taken
// from what is left.
func TestPrepaidBlock(t *testing.T) {
	block, all := yearly(12, 1, nil), testPrepayment(0, func(c *Prepayment) { c.Share, c.Of = 1, "spend" })
	got := play{grid: testGrid(t, "1y", calendar.Month, 0), need: steps(12, 0.75)}.through(t, testPrice(), block, all)
	wantSteps(t, "usage is credited, and the 3 that are missing", got.flows["deposit.credit"], append(steps(11, 0.75), 3.75)...)
	wantSteps(t, "missing", got.flows["spend.deficiency"], append(steps(11, 0), 3)...)
	wantSteps(t, "nothing more is paid", got.invoice)
	wantSteps(t, "nothing is left", got.flows["deposit.prepaid_lost"])
}

// 10 at 5% a year, of which a year's 12 months are 30 days each: a month adds
// 1.05^(1/12) - 1 of what is left. Nothing is used until the end.
func TestPrepaidInterest(t *testing.T) {
	grown := testPrepayment(1000, func(c *Prepayment) { c.Interest, c.Refund.End = 0.05, 1 })
	got := play{grid: testGrid(t, "2y", calendar.Month, 0)}.through(t, testPrice(), grown)
	month := math.Pow(1.05, 1/12.0) - 1
	wantSteps(t, "interest", got.flows["deposit.interest"][:2], 10*month, 10*(1+month)*month)
	wantSteps(t, "refund", got.flows["deposit.refund"], append(steps(23, 0), 10*1.05*1.05)...)
}

// What is left when a side leaves or fails: 10 paid, 2 used.
func TestPrepaidIsClosed(t *testing.T) {
	g := testGrid(t, "2y", calendar.Month, 0)
	free := yearly(0.01, 2, func(x *Commitment) { x.Exit = &Exit{} })
	refund := Refund{End: 1, Leave: 0.5, Dismiss: 0.8, Fail: 0.25}
	deposit := testPrepayment(1000, func(c *Prepayment) { c.Refund = refund })
	p := play{grid: g, need: steps(24, 1), leave: 1}
	got := p.through(t, testPrice(), free, deposit)
	wantSteps(t, "to who leaves", got.flows["deposit.refund"], 0, 4)
	wantSteps(t, "and lost", got.flows["deposit.prepaid_lost"], 0, 4)
	// The supplier ends the agreement: the same, at its own share.
	p.leave, p.choose = 0, map[string][]float64{"end.dismissal": {0, 1}}
	got = p.through(t, testPrice(), free, deposit, testTermination(nil))
	wantSteps(t, "to who is left", got.flows["deposit.refund"], 0, 6.4)
	// Invoices of the step in which the buyer fails are not paid.
	got = play{grid: g, need: steps(24, 1), fail: 2}.through(t, testPrice(), free, deposit)
	wantSteps(t, "to who fails", got.flows["deposit.refund"])
	wantSteps(t, "all is lost", got.flows["deposit.prepaid_lost"], 0, 0, 8)
	got = play{grid: g, need: steps(24, 1), abandon: 2}.through(t, testPrice(), free, deposit)
	wantSteps(t, "from the estate", got.flows["deposit.prepaid_recovered"], 0, 0, 2)
	wantSteps(t, "nothing is left", got.flows["deposit.prepaid_lost"], 0, 0, 8)
}

// Credit of deficiencies comes before what is prepaid; a prepayment counts
// toward a commitment when it is used, when it is paid, both or never.
func TestPrepaidCounts(t *testing.T) {
	g := testGrid(t, "2y", calendar.Year, 0)
	for _, c := range []struct {
		used, paid bool
		want       []float64
	}{{true, false, []float64{8, 10}}, {false, true, []float64{12 + 8 - 6, 4}}, {true, true, []float64{12 + 8, 10}}, {false, false, []float64{2, 4}}} {
		spend := yearly(10, 2, func(x *Commitment) {
			x.Counts = &Counts{Basis: "after_discount", Credits: true, Prepaid: c.used, Prepayments: c.paid}
		})
		// 6 at signing pays 6 of the first year's 8, and 6 more in that year 6
		// of the second year's 10.
		parts := testPrepayment(1200, func(x *Prepayment) { x.Payments = []Advance{{Part: 0.5}, {At: day("2027-06-01"), Part: 0.5}} })
		got := play{grid: g, need: []float64{8, 10}}.through(t, testPrice(), spend, parts)
		wantSteps(t, "credited", got.flows["deposit.credit"], 6, 6)
		wantSteps(t, "counts", got.rows["spend.spend"], c.want...)
	}
}

// A prepayment on a condition that is not met is not paid; of an intention, a
// base run pays its share.
func TestPrepaidInForce(t *testing.T) {
	g := testGrid(t, "3m", calendar.Month, 0)
	late := testPrepayment(1000, func(c *Prepayment) {
		c.head.Binding, c.head.If = "conditional", "ipo"
		c.Payments = []Advance{{At: day("2027-01-10"), Part: 0.4}, {At: day("2027-02-10"), Part: 0.6}}
	})
	wantSteps(t, "before and after the event", play{grid: g, seen: 1}.through(t, testPrice(), late).flows["deposit.prepayment"], 0, 6)
	maybe := testPrepayment(1000, func(c *Prepayment) {
		c.head.Binding, c.head.Likely, c.Payments = "intent", 0.3, []Advance{{At: day("2027-01-10"), Part: 1}}
	})
	wantSteps(t, "an intention", play{grid: g, comes: steps(3, 0.3)}.through(t, testPrice(), maybe).flows["deposit.prepayment"], 3)
}

func TestPrepaymentChecks(t *testing.T) {
	x := func(change func(*Prepayment)) *Prepayment { return testPrepayment(1000, change) }
	for _, c := range []struct {
		name   string
		clause *Prepayment
		want   string
	}{
		{"an amount", x(nil), ""},
		{"a share", x(func(c *Prepayment) { c.Share, c.Of = 0.2, "around" }), ""},
		{"a share of a price", x(func(c *Prepayment) { c.Share, c.Of = 0.2, "price" }), "REF-KIND at amount.of"},
		{"a share of what is off", x(func(c *Prepayment) { c.Share, c.Of = 0.2, "off" }), ""},
		{"from the supplier", x(func(c *Prepayment) { c.head.From = "cloud" }), "PARTY-ROLE at from"},
		{"on an unknown event", x(func(c *Prepayment) { c.head.If = "ipo" }), "EVENT-UNKNOWN at binding.conditional"},
		{"parts of less", x(func(c *Prepayment) { c.Payments = []Advance{{Part: 0.5}} }), ""},
		{"parts of more", x(func(c *Prepayment) { c.Payments = []Advance{{Part: 0.5}, {Part: 0.51}} }), "PREPAID-PARTS at payments"},
		{"a part before the term", x(func(c *Prepayment) { c.Payments = []Advance{{At: day("2026-12-31"), Part: 1}} }), "DATE-OUTSIDE-TERM at payments[0].at"},
		{"a part after the term", x(func(c *Prepayment) { c.Payments = []Advance{{Part: 0.5}, {At: day("2031-01-01"), Part: 0.5}} }), "DATE-OUTSIDE-TERM at payments[1].at"},
		{"parts and deliveries", x(func(c *Prepayment) { c.Payments, c.Lead = []Advance{{Part: 1}}, &calendar.Span{} }), "PREPAID-TIMES at before_delivery"},
		{"before deliveries", x(func(c *Prepayment) { c.Lead = &calendar.Span{Months: 3} }), ""},
		{"first over a time", x(func(c *Prepayment) { c.Credited.Over.Months = 12 }), "CREDIT-OVER at credited.over"},
		{"last over no time", x(func(c *Prepayment) { c.Credited.How = "last" }), "CREDIT-OVER at credited.over"},
		{"equal over days", x(func(c *Prepayment) { c.Credited = Crediting{How: "equal", Over: calendar.Span{Days: 40}} }), "SPAN-MONTHS at credited.over"},
		{"credited after the term", x(func(c *Prepayment) { c.Credited.From.On = day("2031-01-01") }), "DATE-OUTSIDE-TERM at credited.from"},
	} {
		in := batterySetting(calendar.Month)
		in.Clauses = []Clause{c.clause, testPrice(), testCommitment("around", 400), testCapacity(Generation{From: day("2027-01-01"), PowerGW: 4, UnitsPerGW: 1})}
		in.Off = []string{"off"}
		checkOne(t, c.name, c.clause, in, c.want)
	}
	none := batterySetting(calendar.Month)
	before := x(func(c *Prepayment) { c.Lead = &calendar.Span{Months: 3} })
	checkOne(t, "before no delivery", before, none, "PREPAID-DELIVERY at before_delivery")
	none.Off = []string{"delivery"}
	checkOne(t, "before a delivery that is off", before, none, "")
}

func TestExplainPrepayment(t *testing.T) {
	for _, c := range []struct {
		change func(*Prepayment)
		want   []string
	}{
		{nil, []string{"Lab shall pay Cloud $10.00 in advance, at signing.", "What is paid is credited against invoices as far as it goes.", "Nothing of it is refunded."}},
		{func(c *Prepayment) {
			c.Share, c.Of, c.Lead, c.Credited.From = 0.2, "value", &calendar.Span{Months: 3}, after(24)
			c.Interest, c.Refund = 0.03, Refund{End: 1, Leave: 0.5, Dismiss: 1, Fail: 0.4}
		}, []string{"20% of the total of value in advance, a part for each generation of chips, in proportion to its power, 3 months before the generation runs.",
			"as far as it goes, from 2 years after the delivery that it is for.", "interest of 3% a year",
			"Of what is then left, 100% is refunded at the end of the term, 50% is refunded when Lab leaves, 100% is refunded when Cloud ends the agreement and 40% is refunded from the estate when Cloud fails."}},
		{func(c *Prepayment) {
			c.Payments = []Advance{{At: day("2027-06-01"), Part: 0.25}, {Part: 0.25}}
			c.Credited = Crediting{From: Moment{On: day("2028-01-01")}, How: "equal", Over: calendar.Span{Months: 12}}
		}, []string{"25% of it on 2027-06-01; 25% of it at signing; and the rest at signing.", "in equal parts over 1 year, from 2028-01-01."}},
		{func(c *Prepayment) {
			c.Payments, c.Credited = []Advance{{At: day("2027-06-01"), Part: 1}}, Crediting{How: "last", Over: calendar.Span{Months: 6}}
		}, []string{"in advance, on 2027-06-01.", "against the invoices of the last 6 months of the term."}},
		{func(c *Prepayment) { c.Credited = Crediting{From: after(3), How: "equal"} }, []string{"in equal parts over the rest of the term, from 3 months after its payment."}},
	} {
		x := testPrepayment(1000, c.change)
		(&trial{kind: Kind{Name: "prepayment"}, j: t}).checkSentence("Explain", x.Explain(batterySetting(calendar.Month)))
		for _, want := range c.want {
			if said := x.Explain(batterySetting(calendar.Month)); !strings.Contains(said, want) {
				t.Errorf("no %q in: %s", want, said)
			}
		}
	}
}
