// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/unit"
)

// evenGrid is one of months of 30 days, so that a month is a twelfth of a year.
func evenGrid(t *testing.T, signed string, months, tail int) *calendar.Grid {
	t.Helper()
	g, err := calendar.NewGrid(day(signed), day("2027-01-01"), calendar.Span{Months: months}, calendar.Month, tail, calendar.Thirty360)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// million is so many millions of shares, in the hundreds that play counts in.
func million(n float64) float64 { return 1e4 * n }

// 30 in three parts at 0.00001 a share: ten each, a million shares each, in the
// steps that hold the dates.
func TestEquityInParts(t *testing.T) {
	price := 1e-5
	e := testEquity(3000)
	e.PreMoney, e.PerShare, e.At = unit.Amount{}, &price, days("2027-01-15", "2027-03-01", "2027-05-31")
	got := play{grid: evenGrid(t, "2027-01-01", 6, 0)}.through(t, e, testPrice())
	wantSteps(t, "paid", got.flows["series.purchase"], 10, 0, 10, 0, 10)
	wantSteps(t, "shares", got.flows["series.issue"], million(1), 0, million(1), 0, million(1))

	// A cent in three parts settles as 0, 1 and 0 cents; two cents as 1, 0 and 1.
	for cents, want := range map[float64][]float64{1: {0, 0, 0.01}, 2: {0.01, 0, 0, 0, 0.01}} {
		e.Amount.Value = cents
		got = play{grid: evenGrid(t, "2027-01-01", 6, 0), whole: true}.through(t, e, testPrice())
		wantSteps(t, "cents in parts", got.flows["series.purchase"], want...)
	}

	// The first part sets the price, 100 before the round over 1,000 million shares; a round of 40 brings 10 more from others with it.
	e = testEquity(3000)
	e.PreMoney, e.Round, e.At = unit.Amount{Value: 10000}, unit.Amount{Value: 4000}, days("2027-01-15", "2027-03-01", "2027-05-31")
	got = play{grid: evenGrid(t, "2027-01-01", 6, 0)}.through(t, e, testPrice())
	wantSteps(t, "shares of a tenth each", got.flows["series.issue"], million(100), 0, million(100), 0, million(100))
	wantSteps(t, "others", got.flows["series.issue_to_others"], million(100))
}

// Signed on 1 January for a start on 1 July: a payment on 1 March is nearer to
// the signing than to the end of July, one on 1 May is not.
func TestPaymentsBeforeTheStart(t *testing.T) {
	g, err := calendar.NewGrid(day("2027-01-01"), day("2027-07-01"), calendar.Span{Months: 6}, calendar.Month, 0, calendar.Actual365)
	if err != nil {
		t.Fatal(err)
	}
	e := testEquity(2000)
	e.At = days("2027-03-01", "2027-05-01")
	got := play{grid: g}.through(t, e, testPrice())
	if got.signed["series.purchase"] != 10 {
		t.Errorf("%v at signing, want 10", got.signed["series.purchase"])
	}
	wantSteps(t, "in the first step", got.flows["series.purchase"], 10)
}

// Two in one round, at 100 before it: 10 and 5 buy 100 and 50 million shares,
// whoever pays first, and also when the second pays later.
func TestTwoInOneRound(t *testing.T) {
	lead, other := testEquity(1000), testEquity(500)
	lead.PreMoney = unit.Amount{Value: 10000}
	other.head, other.PreMoney, other.Within = Head{ID: "other", From: "fund", To: "lab"}, unit.Amount{}, "series"
	for _, at := range [][2]string{{"2027-01-10", "2027-01-20"}, {"2027-01-10", "2027-03-20"}, {"2027-03-10", "2027-01-20"}} {
		lead.At, other.At = days(at[0]), days(at[1])
		got := play{grid: evenGrid(t, "2027-01-01", 6, 0)}.through(t, other, lead, testPrice())
		wantSteps(t, "shares of both", []float64{sum(got.flows["series.issue"]), sum(got.flows["other.issue"])}, million(100), million(50))
	}
	// Without the lead there is no round.
	got := play{grid: evenGrid(t, "2027-01-01", 6, 0)}.through(t, other, testPrice())
	wantSteps(t, "without the lead", got.flows["other.purchase"])
}

// At 100 for 1,000 million shares, a cap of 10% leaves room for 1,000/9 million:
// 100/9 of the 20 offered are taken. When others buy 90 million with it, for
// 1,090/9.
func TestCapOnShares(t *testing.T) {
	e := testEquity(2000)
	e.PreMoney, e.Cap = unit.Amount{Value: 10000}, 0.1
	got := play{grid: evenGrid(t, "2027-01-01", 6, 0)}.through(t, e, testPrice())
	wantSteps(t, "shares and money", []float64{got.signed["series.issue"], got.signed["series.purchase"]}, million(1000.0/9), 100.0/9)
	e.Round = unit.Amount{Value: 2900}
	got = play{grid: evenGrid(t, "2027-01-01", 6, 0)}.through(t, e, testPrice())
	wantSteps(t, "paid beside others", []float64{got.signed["series.purchase"], got.signed["series.purchase_by_others"]}, 109.0/9, 9)
}

// 10 at the fair price of 100 buys a tenth of 1,000 million shares, an eleventh
// of all. Others then put 11 into a round at the fair value of 110: an eleventh
// of it is 1, and the part stays an eleventh. In a round that is too dear it
// takes no part; of a right to half, half; up to 0.4, that.
func TestProRata(t *testing.T) {
	limit := 40.0
	for _, c := range []struct {
		name     string
		right    ProRata
		at       float64
		elected  float64
		paid     float64
		others   float64
		cap      float64
		inRounds []float64
	}{
		{name: "in full", right: ProRata{Share: 1}, elected: 1e9, paid: 1, others: 10},
		{name: "at a stated value that is fair", right: ProRata{Share: 1}, at: 110, elected: 1e9, paid: 1, others: 10},
		{name: "too dear", right: ProRata{Share: 1}, at: 111, elected: 1e9, paid: 0, others: 11},
		{name: "half", right: ProRata{Share: 0.5}, elected: 1e9, paid: 0.5, others: 10.5},
		{name: "a limit", right: ProRata{Share: 1, UpTo: &limit}, elected: 1e9, paid: 0.4, others: 10.6},
		{name: "part of it elected", right: ProRata{Share: 1}, elected: 30, paid: 0.3, others: 10.7},
		// 9.05% of 1,210 million are 109.505, 9.505 more than the 100 held: 0.9505.
		{name: "a cap", right: ProRata{Share: 1}, cap: 0.0905, elected: 1e9, paid: 0.9505, others: 10.0495},
	} {
		e := testEquity(1000)
		e.PreMoney, e.ProRata, e.Cap = unit.Amount{}, &c.right, c.cap
		if c.cap > 0 { // so that the first purchase is below it
			e.Round = unit.Amount{Value: 1000}
			e.Cap = 0
			first := *e
			first.ProRata = nil
			second := testEquity(1)
			second.head.ID, second.PreMoney, second.ProRata, second.Cap, second.At = "later", unit.Amount{}, &c.right, c.cap, days("2027-06-20")
			got := play{grid: evenGrid(t, "2027-01-01", 6, 0), value: 100, raised: []float64{0, 0, 11}, exercise: steps(6, c.elected)}.through(t, &first, second, testPrice())
			wantSteps(t, c.name, got.flows["later.pro_rata"], 0, 0, c.paid)
			wantSteps(t, c.name+": others", got.flows[".round_of_others"], 0, 0, c.others)
			continue
		}
		got := play{grid: evenGrid(t, "2027-01-01", 6, 0), value: 100, raised: []float64{0, 0, 11}, raisedAt: []float64{0, 0, c.at}, exercise: steps(6, c.elected)}.through(t, e, testPrice())
		wantSteps(t, c.name, got.flows["series.pro_rata"], 0, 0, c.paid)
		wantSteps(t, c.name+": others", got.flows[".round_of_others"], 0, 0, c.others)
		if c.at == 0 {
			wantSteps(t, c.name+": shares of others", got.flows[".issue_in_round"], 0, 0, million(10*c.others))
		}
	}
	// Who has failed sells no shares.
	got := play{grid: evenGrid(t, "2027-01-01", 6, 0), value: 100, raised: []float64{0, 0, 11}, fail: 2}.through(t, testEquity(1000), testPrice())
	wantSteps(t, "after a failure", got.flows[".round_of_others"])
}

// 100 at 1% a month. In cash: 1 a month. Added: 101, 102.01, 103.0301, repaid at
// the end of March; what is lent on 10 February pays from March on.
func TestNoteAccrues(t *testing.T) {
	n := testNote("lent")
	n.Principal.Value, n.Coupon, n.Interest, n.Matures = 10000, 0.12, "cash", day("2027-03-31")
	got := play{grid: evenGrid(t, "2027-01-01", 6, 0)}.through(t, n, testPrice())
	if got.signed["lent.advance"] != 100 || got.signed["lent.note"] != 100 {
		t.Errorf("at signing %v", got.signed)
	}
	wantSteps(t, "interest", got.flows["lent.interest"], 1, 1, 1)
	wantSteps(t, "repaid", got.flows["lent.repayment"], 0, 0, 100)
	n.Interest = "pik"
	got = play{grid: evenGrid(t, "2027-01-01", 6, 0)}.through(t, n, testPrice())
	wantSteps(t, "added", got.flows["lent.interest_added"], 1, 1.01, 1.0201)
	wantSteps(t, "repaid with interest", got.flows["lent.repayment"], 0, 0, 103.0301)
	n.At = days("2027-02-10")
	got = play{grid: evenGrid(t, "2027-01-01", 6, 0)}.through(t, n, testPrice())
	wantSteps(t, "from the step after", got.flows["lent.interest_added"], 0, 0, 1)
	// Signed two months before the start: the first step has three months of it.
	n.At = nil
	got = play{grid: evenGrid(t, "2026-11-01", 6, 0)}.through(t, n, testPrice())
	wantSteps(t, "from the signing", got.flows["lent.interest_added"], 3, 1.03, 1.0403)
	// It goes on when the buyer leaves, and what is outstanding at the end of the
	// term, 100 x 1.01^6, passes at its worth.
	n.Matures, n.Worth = calendar.Date{}, 0.5
	spend := testCommitment("spend", 6000)
	spend.Period, spend.Exit = "month", &Exit{}
	got = play{grid: evenGrid(t, "2027-01-01", 6, 2), leave: 2}.through(t, n, spend, testPrice())
	wantSteps(t, "outstanding", got.flows["lent.outstanding"], 0, 0, 0, 0, 0, 50*1.061520150601)
	// A failure in May pays 10% on 100 x 1.01^4.
	got = play{grid: evenGrid(t, "2027-01-01", 6, 2), fail: 4}.through(t, n, testPrice())
	wantSteps(t, "recovered", got.flows["lent.note_recovered"], 0, 0, 0, 0, 10*1.04060401)
	wantSteps(t, "lost", got.flows["lent.note_back"], 0, 0, 0, 0, 104.060401)
	wantSteps(t, "nothing outstanding", got.flows["lent.outstanding"])
}

// 10 without interest converts at the end of April, where the lab of 1,000
// million shares is worth 100, 10 million a unit of currency.
func TestNoteConverts(t *testing.T) {
	five, half, low := 500.0, 5e-8, 4e-8
	of := func(cents float64) *float64 { return &cents }
	for _, c := range []struct {
		name   string
		x      Conversion
		p      play
		at     int
		paid   float64 // of the claim
		shares float64 // millions
		cap    float64
		due    string
	}{
		{name: "on an event, at the fair price", x: Conversion{On: "ipo"}, p: play{seen: 3}, at: 3, paid: 10, shares: 100},
		{name: "at a fifth off", x: Conversion{On: "ipo", Discount: 0.2}, p: play{seen: 3}, at: 3, paid: 10, shares: 125},
		{name: "at most 0.00000005 a share", x: Conversion{On: "ipo", Discount: 0.2, PriceCap: &half}, p: play{seen: 3}, at: 3, paid: 10, shares: 200},
		{name: "at most a value of 40", x: Conversion{On: "ipo", PriceCap: &half, ValuationCents: of(4000)}, p: play{seen: 3}, at: 3, paid: 10, shares: 250},
		{name: "at a fixed price", x: Conversion{On: "ipo", PerShare: &low}, p: play{seen: 3}, at: 3, paid: 10, shares: 250},
		// A round of 5 at 50 before it: 0.00000005 a share; with a fifth off that is 250 million.
		{name: "with a round", x: Conversion{QualifiedCents: &five, Discount: 0.2}, p: play{raised: []float64{0, 0, 0, 5}, raisedAt: steps(6, 50)}, at: 3, paid: 10, shares: 250},
		{name: "with a round that is too small", x: Conversion{QualifiedCents: of(501)}, p: play{raised: []float64{0, 0, 0, 5}, raisedAt: steps(6, 50)}},
		{name: "at maturity", x: Conversion{AtMaturity: "converts"}, due: "2027-04-30", at: 3, paid: 10, shares: 100},
		{name: "elected", x: Conversion{AtElection: true, PerShare: &half}, p: play{exercise: []float64{0, 0, 0, 1}}, at: 3, paid: 10, shares: 200},
		{name: "elected where it does not pay", x: Conversion{AtElection: true}, p: play{exercise: steps(6, 1)}},
		// A cap of 5% leaves 1,000/19 million shares: 10/1.9 of the claim.
		{name: "up to a cap", x: Conversion{On: "ipo"}, p: play{seen: 3}, cap: 0.05, at: 3, paid: 10 / 1.9, shares: 1000.0 / 19},
	} {
		n := testNote("lent")
		n.Principal.Value, n.Converts, n.Cap, n.Worth = 1000, &c.x, c.cap, 1
		if c.due != "" {
			n.Matures = day(c.due)
		}
		if c.x.AtMaturity == "" {
			c.x.AtMaturity = "repaid"
		}
		c.p.grid, c.p.value = evenGrid(t, "2027-01-01", 6, 0), 100
		got := c.p.through(t, n, testPrice())
		var paid, shares []float64
		if c.paid > 0 {
			paid, shares = append(make([]float64, c.at), c.paid), append(make([]float64, c.at), million(c.shares))
		}
		wantSteps(t, c.name+": given up", got.flows["lent.note_given_up"], paid...)
		wantSteps(t, c.name+": paid for shares", got.flows["lent.note_for_shares"], paid...)
		wantSteps(t, c.name+": shares", got.flows["lent.conversion"], shares...)
		wantSteps(t, c.name+": left", got.flows["lent.outstanding"], 0, 0, 0, 0, 0, 10-c.paid)
	}
}

// What opens, each at the end of the step in which it is reached and for good:
// 10 units a month at 1, 4 GW from March on, an index of 5 in February alone.
func TestFacilityMilestones(t *testing.T) {
	twentyFive, thirty, five, ten := 25.0, 30.0, 5.0, 10.0
	cents := 2500.0
	for _, c := range []struct {
		name  string
		o     Opening
		p     play
		first int // step in which it can be drawn
	}{
		{"25 spent", Opening{SpendCents: &cents}, play{}, 3},
		{"25 units", Opening{Units: &twentyFive}, play{}, 3},
		{"30 units", Opening{Units: &thirty}, play{}, 3},
		{"30 units by the end of March", Opening{Units: &thirty, By: day("2027-03-31")}, play{}, 3},
		{"30 units by the day before", Opening{Units: &thirty, By: day("2027-03-30")}, play{}, 6},
		{"an event", Opening{Event: "ipo"}, play{seen: 1}, 2},
		{"an index", Opening{Index: "revenue", AtLeast: &five}, play{index: []float64{1, 5, 1, 1, 1, 1}}, 2},
		{"an index that is never so high", Opening{Index: "revenue", AtLeast: &thirty}, play{index: []float64{1, 5, 1, 1, 1, 1}}, 6},
		{"money", Opening{Paid: "series"}, play{}, 1},
		{"10 of money", Opening{Paid: "series", AtLeast: &ten}, play{}, 4},
	} {
		c.o.Cents = 3000
		round := testEquity(1000)
		round.At = days("2027-01-10", "2027-04-10")
		c.p.grid, c.p.need = evenGrid(t, "2027-01-01", 6, 0), steps(6, 10)
		got := c.p.through(t, testFacility(3000, c.o), round, testPrice())
		wantSteps(t, c.name, got.offers["line.draw"], append(make([]float64, c.first), steps(6-c.first, 30)...)...)
	}
	// 1 GW, then 2.5, 4 and 7: 10 with each of numbers 2 to 4.
	f := testFacility(3000)
	f.PerGW = &PerGW{Cents: 1000, From: 2, Upto: 4}
	got := play{grid: evenGrid(t, "2027-01-01", 6, 0), delivery: []float64{1.0 / 7, 2.5 / 7, 2.0 / 7, 4.0 / 7, 1, 1}}.through(t, f, testPrice(),
		testCapacity(Generation{From: day("2027-01-01"), PowerGW: 7, UnitsPerGW: 1}))
	wantSteps(t, "by the gigawatt", got.offers["line.draw"], 0, 0, 10, 10, 30, 30)
}

// Of 20, 15 are open and 2 drawn in January; 5 paid for shares in February lower
// the limit to 15, so that 13 stay open; 6 more in March to 9: 7.
func TestFacilityIsReduced(t *testing.T) {
	round := testEquity(1100)
	round.At = days("2027-02-10", "2027-03-10")
	f := testFacility(2000, Opening{Cents: 1500})
	f.ReducedBy = []string{"series"}
	got := play{grid: evenGrid(t, "2027-01-01", 6, 0), draw: []float64{2}}.through(t, f, round, testPrice())
	wantSteps(t, "on offer", got.offers["line.draw"], 15, 13, 12.5, 7, 7, 7)
	wantSteps(t, "cut", got.flows["line.reduced"], 0, 0.5, 5.5)
}

// Notice, the smallest draw, the use of the money and the fee.
func TestFacilityTerms(t *testing.T) {
	grid := evenGrid(t, "2027-01-01", 6, 0)
	for _, c := range []struct {
		name   string
		change func(*Facility)
		p      play
		paid   []float64
		offer  []float64
		fee    []float64
	}{
		{name: "5 days' notice runs within the step", change: func(f *Facility) { f.Notice = calendar.Span{Days: 5} }, p: play{draw: []float64{0, 7}}, paid: []float64{0, 7}},
		// 45 days from 1 February end on 18 March.
		{name: "45 days", change: func(f *Facility) { f.Notice = calendar.Span{Days: 45} }, p: play{draw: []float64{0, 7, 4}}, paid: []float64{0, 0, 7, 4}, offer: []float64{30, 30, 23, 19, 19, 19}},
		{name: "a notice that a failure overtakes", change: func(f *Facility) { f.Notice = calendar.Span{Days: 45} }, p: play{draw: []float64{0, 7}, fail: 2}},
		{name: "at least 10", change: func(f *Facility) { f.LeastCents = 1000 }, p: play{draw: []float64{9, 25, 4, 9}}, paid: []float64{0, 25, 0, 5}},
		{name: "invoices of 4 a month", change: func(f *Facility) { f.Use = "invoices" }, p: play{draw: []float64{9, 3, 9}, need: steps(6, 4)}, paid: []float64{4, 3, 4}},
		// 1% a month on 30, then on 20; drawn by June, nothing.
		{name: "a fee on the limit", change: func(f *Facility) { f.FeeRate, f.Opens = 0.12, []Opening{{Cents: 1000}} }, p: play{draw: []float64{0, 10}}, paid: []float64{0, 10}, fee: []float64{0.3, 0.3, 0.2, 0.2, 0.2, 0.2}},
		{name: "a fee on what is open", change: func(f *Facility) { f.FeeRate, f.FeeOn, f.Opens = 0.12, "open", []Opening{{Cents: 1000}} }, p: play{draw: []float64{0, 4}}, paid: []float64{0, 4}, fee: []float64{0.1, 0.1, 0.06, 0.06, 0.06, 0.06}},
		{name: "a fee while it lasts", change: func(f *Facility) { f.FeeRate, f.Expires = 0.12, day("2027-03-15") }, fee: []float64{0.3, 0.3}},
	} {
		f := testFacility(3000)
		c.change(f)
		c.p.grid = grid
		got := c.p.through(t, f, testPrice())
		wantSteps(t, c.name+": paid", got.flows["line.draw"], c.paid...)
		if c.offer != nil {
			wantSteps(t, c.name+": on offer", got.offers["line.draw"], c.offer...)
		}
		wantSteps(t, c.name+": fee", got.flows["line.commitment_fee"], c.fee...)
	}
}

// Draws against notes before a listing in March and against common stock after
// it, at the fair price of 100 for 1,000 million shares and what was put in: a
// draw of 5 buys 50 million each time. A cap of 10% stops at 1,000/9 million, so
// that the third buys the 11.1 that are left, for 1.11.
func TestFacilityTurnsToShares(t *testing.T) {
	f := testFacility(3000)
	f.Then, f.Cap = &Security{On: "ipo", Kind: "common"}, 0.1
	got := play{grid: evenGrid(t, "2027-01-01", 6, 0), value: 100, seen: 2, draw: []float64{0, 5, 5, 5, 5}}.through(t, f, testPrice())
	wantSteps(t, "notes", got.flows["line.note"], 0, 5)
	wantSteps(t, "money for shares", got.flows["line.draw_for_shares"], 0, 0, 5, 5, 10.0/9)
	wantSteps(t, "shares", got.flows["line.issue_after_event"], 0, 0, million(50), million(50), million(100.0/9))
	wantSteps(t, "what the cap stops stays open", got.offers["line.draw"], 30, 30, 25, 20, 15, 15-10.0/9)
	// Into a note, which takes over what is drawn, with its interest.
	n := testNote("lent")
	n.Principal.Value, n.Coupon = 0, 0.12
	f.Into, f.Cap = "lent", 0
	got = play{grid: evenGrid(t, "2027-01-01", 6, 0), value: 100, seen: 2, draw: []float64{0, 5, 5}}.through(t, f, n, testPrice())
	wantSteps(t, "lent", got.flows["line.draw"], 0, 5)
	wantSteps(t, "taken over", got.flows["lent.note"], 0, 5)
	wantSteps(t, "interest", got.flows["lent.interest_added"], 0, 0, 0.05, 0.0505, 0.051005, 0.05151505)
	wantSteps(t, "no paper of its own", got.flows["line.note"])
}

// Capital called on an event: 35 opens once the filing is seen, in the second
// month, and either side calls for it; the investor does where its shares are
// worth more than they cost. At a value of 50 before the sale against 100, or
// at 50% above.
func TestTriggerCapital(t *testing.T) {
	call := func(by string, preMoney float64, draw, put []float64) played {
		f := testFacility(3500, Opening{Event: "ipo", Cents: 3500, By: day("2027-12-31")})
		f.Security, f.DrawnBy, f.Notice, f.Shares.PreMoney = "preferred", by, calendar.Span{Days: 5}, 100*preMoney
		return play{grid: evenGrid(t, "2027-01-01", 6, 0), value: 100, seen: 1, draw: draw, exercise: put}.through(t, f, testPrice())
	}
	got := call("borrower", 150, []float64{0, 0, 35}, steps(6, 1e9))
	wantSteps(t, "called by the lab", got.flows["line.draw_for_shares"], 0, 0, 35)
	got = call("lender", 50, steps(6, 35), steps(6, 2000))
	wantSteps(t, "called by the investor, who may pay it in two parts", got.flows["line.draw_for_shares"], 0, 0, 20, 15)
	wantSteps(t, "at 20 million a unit of currency", got.flows["line.issue"], 0, 0, million(400), million(300))
	got = call("lender", 150, steps(6, 35), steps(6, 1e9))
	wantSteps(t, "not called where it is dear", got.flows["line.draw_for_shares"])
	got = call("either", 50, []float64{0, 0, 10}, steps(6, 1e9))
	wantSteps(t, "called by both", got.flows["line.draw_for_shares"], 0, 0, 35)
}

// A third party that has failed pays nothing.
func TestInvestorsFail(t *testing.T) {
	e, n, f := testEquity(1000), testNote("lent"), testFacility(3000)
	for _, c := range []Clause{e, n, f} {
		c.Head().From = "fund"
	}
	e.At, n.At = days("2027-04-10"), days("2027-04-10")
	g := evenGrid(t, "2027-01-01", 6, 0)
	program := contract.Compile(contract.Config{Grid: g, Buyer: "lab", Supplier: "cloud", Clauses: Arrange([]Clause{e, n, f, testPrice()})})
	c, obs := program.New(1), program.NewObs(1)
	c.Audit()
	for range 6 {
		obs.Curve = append(obs.Curve, 1)
	}
	obs.Col[contract.Alive][0], obs.Col[contract.LabValue][0] = 1, 1e4
	moved := map[string]float64{}
	c.Sign(obs)
	for !c.Done() {
		if c.Next() == 2 {
			for i, party := range program.Watch().Parties {
				if party == "fund" {
					obs.Solvent[i][0] = 0
				}
			}
		}
		q := c.Quote(obs)
		for s := range q.Offer {
			c.Elections().Slot[s][0] = 500
		}
		for _, x := range c.Settle(c.Elections()).Postings() {
			moved[x.Line.Kind] += x.Amount[0]
		}
	}
	if moved["draw"] != 1000 || moved["lapse"] != 2000 || moved["purchase"] != 0 || moved["advance"] != 0 {
		t.Errorf("moved %v", moved)
	}
	for _, f := range c.StockFaults() {
		t.Error(f)
	}
}
