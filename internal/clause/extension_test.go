// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/contract"
)

func testExtension(change func(*Extension)) *Extension {
	c := NewExtension()
	c.head = Head{ID: "renewal", From: "cloud", To: "lab"}
	c.Length, c.Notice = calendar.Span{Months: 2}, calendar.Span{Months: 3}
	if change != nil {
		change(c)
	}
	return c
}

// renewed plays a year of 10 a month that may be longer; notice is given in every
// month in which choose says so.
func renewed(c *Extension, choose []float64) play {
	months := 12 + 2*c.Times
	return play{grid: longerGrid(12, calendar.Month, 0, c), need: steps(months, 10), choose: map[string][]float64{"renewal.extend": choose}}
}

// A year may be extended by two months, twice. Notice of three months is given in
// October, the 10th month, and in December, the 12th, for the extension that
// begins in March: in no other month. Who gives none leaves with December.
func TestExtensionNotice(t *testing.T) {
	twice := testExtension(func(c *Extension) { c.Times = 2 })
	for _, c := range []struct {
		name   string
		choose []float64
		months int
	}{
		{"whenever it may", steps(16, 1), 16}, {"never", nil, 12}, {"once", append(steps(10, 1), steps(6, 0)...), 14},
		{"too early and too late", append(append(steps(9, 1), 0), steps(6, 1)...), 12},
	} {
		got := renewed(twice, c.choose).through(t, testPrice(), tenAMonth(nil), twice)
		wantSteps(t, c.name+": taken", got.taken, steps(c.months, 10)...)
		wantSteps(t, c.name+": schedule", got.rows["spend.schedule"], steps(c.months, 10)...)
		offers := []float64{9: 0.01}
		if c.months > 12 {
			offers = append(offers, 0, 0.01)
		}
		wantSteps(t, c.name+": the right", got.offers["renewal.extend"], offers...)
	}
	// It may first be given five months before the end, and once given is not on
	// offer again until the extension is near its own.
	early := testExtension(func(c *Extension) { c.Opens, c.Times = calendar.Span{Months: 5}, 2 })
	got := renewed(early, nil).through(t, testPrice(), early)
	wantSteps(t, "from August to October", got.offers["renewal.extend"], 0, 0, 0, 0, 0, 0, 0, 0.01, 0.01, 0.01)
	// What is in force with a probability of 40% is not carried out in a run of means.
	p := renewed(twice, steps(16, 1))
	p.chance = 0.4
	got = p.through(t, testPrice(), testExtension(func(c *Extension) { c.head.Likely, c.Times = 0.4, 2 }))
	wantSteps(t, "as an intention", got.taken, steps(12, 10)...)
}

// What is scheduled in an extension of two months after a year of 120: 10 a month
// at the same pace, 15 at one and a half times it, 5 at 60 a year, or nothing; of
// the commitment that is named.
func TestExtensionMinimum(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Extension)
		want   float64
	}{
		{"same", nil, 20}, {"share", func(c *Extension) { c.Minimum, c.Share = "share", 1.5 }, 30},
		{"per_year", func(c *Extension) { c.Minimum, c.Cents = "per_year", 6000 }, 10},
		{"none", func(c *Extension) { c.Minimum = "none" }, 0}, {"named", func(c *Extension) { c.Of = []string{"spend"} }, 20},
		{"another", func(c *Extension) { c.Of = []string{"other"} }, 0},
	} {
		x := testExtension(c.change)
		p := renewed(x, steps(14, 1))
		p.need = steps(14, 4) // so that 6 a month is missing of 10
		got := p.through(t, testPrice(), testCommitment("spend", 12000), x)
		wantSteps(t, c.name+": taken", got.taken, steps(14, 4)...)
		wantSteps(t, c.name+": schedule", got.rows["spend.schedule"], 120, c.want)
		wantSteps(t, c.name+": deficiency", got.rows["spend.deficiency"], 72, max(0, c.want-8))
	}
	// Settled at the end of the term, or by the term, each extension has a row.
	x := testExtension(func(c *Extension) { c.Times = 2 })
	for _, change := range []func(*Commitment){func(c *Commitment) { c.Settle = "term" }, func(c *Commitment) { c.Period = "term" }} {
		spend := testCommitment("spend", 12000)
		change(spend)
		got := renewed(x, steps(16, 1)).through(t, testPrice(), spend, x)
		wantSteps(t, "rows", got.rows["spend.schedule"], 120, 20, 20)
	}
}

// In a year of 10 a month 4 is missing in December. It is made up in January where
// the term is extended, refunded with December where it is not, or put off to
// January, which there is not without an extension.
func TestExtensionOfRemedies(t *testing.T) {
	x := testExtension(nil)
	need := append(append(steps(11, 10), 6), 14, 10)
	play := func(choose []float64, change func(*Commitment)) played {
		p := renewed(x, choose)
		p.need = need
		return p.through(t, testPrice(), tenAMonth(change), x)
	}
	makeUp := func(c *Commitment) {
		c.MakeUp = &MakeUp{In: "money", Expiry: "after_use", TopUp: "unpaid", AtEnd: "refunded"}
	}
	got := play(steps(14, 1), makeUp)
	wantSteps(t, "made up", got.rows["spend.make_up_used"], append(steps(12, 0), 4)...)
	wantSteps(t, "invoice", got.invoice, append(steps(13, 10), 10)...)
	wantSteps(t, "refund", got.flows["spend.refund"])
	got = play(nil, makeUp)
	wantSteps(t, "refund at the end", got.flows["spend.refund"], append(steps(11, 0), 4)...)
	putOff := func(c *Commitment) { c.Deferral = &Deferral{Cap: 0.5} }
	got = play(steps(14, 1), putOff)
	wantSteps(t, "put off", got.rows["spend.deferred"], append(steps(11, 0), 4)...)
	wantSteps(t, "and taken", got.rows["spend.deficiency"])
	got = play(nil, putOff)
	wantSteps(t, "put off no more", got.rows["spend.deferred"])
	wantSteps(t, "missing", got.rows["spend.deficiency"], append(steps(11, 0), 4)...)
}

// What is owed when the agreement ends early is of the term as far as it has been
// extended: of two months' notice for 14, and before that of 12. A tenth of a
// claim is recovered.
func TestExtensionBeforeItsEnd(t *testing.T) {
	x := testExtension(func(c *Extension) { c.Notice = calendar.Span{Months: 6} }) // given in July
	for _, c := range []struct {
		name   string
		choose []float64
		left   float64 // months of minimums after September
	}{{"extended", steps(14, 1), 5}, {"not extended", nil, 3}} {
		p := renewed(x, c.choose)
		p.fail = 8 // September, which is owed too
		got := p.through(t, testPrice(), tenAMonth(nil), x)
		wantSteps(t, c.name+": claim", got.flows["spend.claim_recovered"], append(steps(8, 0), c.left+1)...)

		p = renewed(x, c.choose)
		p.choose["end.notice"] = append(steps(8, 0), 1)
		end := testTermination(func(c *Termination) { c.Fee = &Fee{Kind: "share", Share: 0.5} })
		got = p.through(t, testPrice(), tenAMonth(nil), end, x)
		wantSteps(t, c.name+": fee", got.flows["end.termination_fee"], append(steps(8, 0), 5*c.left)...)
		wantSteps(t, c.name+": over", got.taken, steps(9, 10)...)
	}
	// Notice to end by October, given when the term may be extended, stands: with
	// the extension or without, and no fee is owed on one that never begins.
	p := renewed(x, steps(14, 1))
	p.choose["end.notice"] = append(steps(6, 0), 1)
	end := testTermination(func(c *Termination) { c.Fee = &Fee{Kind: "share", Share: 0.5} })
	got := p.through(t, testPrice(), tenAMonth(nil), end, x)
	wantSteps(t, "ended in the month of both notices", got.flows["end.termination_fee"], append(steps(6, 0), 25)...)
	// At the end of a term that is not extended no exit fee is owed.
	got = renewed(x, nil).through(t, testPrice(), tenAMonth(func(c *Commitment) { c.Exit = &Exit{Fee: 1} }), x)
	wantSteps(t, "no exit fee", got.flows["spend.exit_fee"])
}

// The right is worth what compute costs in the market over what it costs by the
// terms of the extension: 1.2 over 0.8, where a price clause begins with it, and
// over 1 where none does; for the supplier the other way.
func TestExtensionWorth(t *testing.T) {
	then := testPrice()
	then.head.ID, then.head.Since = "then", day("2028-01-01")
	fixed := 0.8
	then.Fixed = &fixed
	now := testPrice()
	now.head.Until = day("2028-01-01")
	off := testPrice()
	off.head.ID, off.head.Since, off.Discount = "then", day("2028-01-01"), 0.25
	for _, c := range []struct {
		by     string
		prices []Clause
		want   float64
	}{{"buyer", []Clause{testPrice()}, 1.2}, {"buyer", []Clause{now, then}, 1.5}, {"supplier", []Clause{now, then}, 1 / 1.5}, {"buyer", []Clause{now, off}, 1.6}} {
		x := testExtension(func(e *Extension) { e.By = c.by })
		p := renewed(x, nil)
		p.market = steps(14, 1.2)
		program := contract.Compile(contract.Config{Grid: p.grid, Buyer: "lab", Supplier: "cloud", Clauses: Arrange(append(c.prices, x))})
		run, obs := program.New(1), program.NewObs(1)
		obs.Curve = steps(14, 1)
		p.world(obs, -1)
		run.Sign(obs)
		got := 0.0
		for !run.Done() {
			p.world(obs, run.Next())
			p.fails(program, obs, run.Next())
			if q := run.Quote(obs); q.Offer[0][0] > 0 {
				got = q.Worth[0][0]
			}
			run.Settle(run.Elections())
		}
		wantSteps(t, c.by, []float64{got}, c.want)
	}
}

// What is wrong with an extension is said where it is.
func TestExtensionChecks(t *testing.T) {
	own := yearly(10, 4, func(c *Commitment) {
		c.head.ID, c.RunOn, c.Ends = "own", calendar.Span{Months: 12}, Moment{On: day("2029-01-01")}
	})
	other := testExtension(func(c *Extension) { c.head.ID = "again" })
	for _, c := range []struct {
		name   string
		change func(*Extension)
		among  []Clause
		want   string
	}{
		{"good", nil, nil, ""},
		{"of a commitment", func(c *Extension) { c.Of = []string{"around"} }, nil, ""},
		{"by days", func(c *Extension) { c.Length = calendar.Span{Days: 90} }, nil, "SPAN-MONTHS at length"},
		{"by nothing", func(c *Extension) { c.Length = calendar.Span{} }, nil, "SPAN-MONTHS at length"},
		{"notice before the start", func(c *Extension) { c.Notice = calendar.Span{Months: 49} }, nil, "NOTICE-LATE at notice"},
		{"notice at the start", func(c *Extension) { c.Notice = calendar.Span{Months: 48} }, nil, ""},
		{"of a price", func(c *Extension) { c.Of = []string{"price"} }, nil, "REF-KIND at of[0]"},
		{"of what ends on its own", func(c *Extension) { c.Of = []string{"around", "own"} }, []Clause{own}, "EXTENSION-OF at of[1]"},
		{"twice", nil, []Clause{other}, "EXTENSION-TWICE at id"},
		{"an amount of two", func(c *Extension) { c.Minimum, c.Cents = "per_year", 100 }, []Clause{yearly(10, 4, func(c *Commitment) { c.head.ID = "second" })}, "EXTENSION-WHICH at minimum.per_year"},
		{"an amount of one of two", func(c *Extension) { c.Minimum, c.Cents, c.Of = "per_year", 100, []string{"around"} }, []Clause{yearly(10, 4, func(c *Commitment) { c.head.ID = "second" })}, ""},
	} {
		x := testExtension(c.change)
		in := batterySetting(calendar.Month)
		in.Grid = longerGrid(48, calendar.Month, 12, x)
		in.Clauses = append(c.among, testCommitment("around", 300000), testPrice(), x)
		checkOne(t, c.name, x, in, c.want)
	}
}
