// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"math"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/contract"
)

// A troubled deal runs by the year from 2027, at a list price of 1, and parties
// fail in it. Recoveries are 40% on bills and 10% on the rest, as far as nothing
// else is agreed.
type troubled struct {
	years   int
	tail    int
	clauses []Clause
	need    []float64          // units; all are taken
	market  float64            // 1 unless given
	curve   float64            // discount factor of a year; 1 unless given
	fails   map[string]int     // year in which a party fails, from 1
	elect   map[string]float64 // by slot, in every year, in currency
	seen    int                // year in which every event is seen, from 1; 0 for never
}

// run returns what flows in currency, by "clause.kind", a number a year; the
// signing comes first. Of what is not money or worth in kind the key ends in
// the kind of asset.
func (d troubled) run(t *testing.T) map[string][]float64 {
	t.Helper()
	g := testGrid(t, calendar.Span{Months: 12 * d.years}.String(), calendar.Year, d.tail)
	p := contract.Compile(contract.Config{Grid: g, Buyer: "lab", Supplier: "cloud", Clauses: Arrange(d.clauses)})
	c, obs := p.New(1), p.NewObs(1)
	c.Audit()
	if d.market == 0 {
		d.market = 1
	}
	if d.curve == 0 {
		d.curve = 1
	}
	factor := 1.0
	for range g.Steps() {
		factor *= d.curve
		obs.Curve = append(obs.Curve, factor)
	}
	out := map[string][]float64{}
	keep := func(m *contract.Month) {
		for _, f := range m.Postings() {
			key := f.Line.Clause + "." + f.Line.Kind
			if kind := f.Line.Asset.Kind; kind != contract.Cash && kind != contract.InKind {
				key += " " + string(kind)
			}
			if out[key] == nil {
				out[key] = make([]float64, g.Steps()+1)
			}
			out[key][m.T+1] += f.Amount[0] / 100
		}
	}
	d.show(p, obs, -1)
	keep(c.Sign(obs))
	for !c.Done() {
		d.show(p, obs, c.Next())
		c.Quote(obs)
		e := c.Elections()
		e.Units[0] = obs.Col[contract.Need][0]
		for s, name := range p.Slots() {
			e.Slot[s][0] = 100 * d.elect[name]
		}
		keep(c.Settle(e))
	}
	for _, f := range c.StockFaults() {
		t.Error(f)
	}
	return out
}

func (d troubled) show(p *contract.Program, obs *contract.Obs, t int) {
	for o, x := range map[contract.Observable]float64{contract.Need: at(d.need, t, 0), contract.List: 100, contract.Market: 100 * d.market,
		contract.Delivery: 1, contract.Alive: 1, contract.AccruedRecovery: 0.4, contract.ClaimRecovery: 0.1} {
		obs.Col[o][0] = x
	}
	gone := func(party string) bool { return d.fails[party] > 0 && t >= d.fails[party]-1 }
	if gone("lab") {
		obs.Col[contract.Alive][0] = 0
	}
	for i, party := range p.Watch().Parties {
		obs.Solvent[i][0] = 1
		if gone(party) {
			obs.Solvent[i][0] = 0
		}
	}
	for _, e := range obs.Events {
		e[0] = 0
		if d.seen > 0 && t >= d.seen-1 {
			e[0] = 1
		}
	}
}

// wantFlow compares a flow; the first number is the signing's.
func wantFlow(t *testing.T, got map[string][]float64, key string, want ...float64) {
	t.Helper()
	for i := range max(len(got[key]), len(want)) {
		if x, w := at(got[key], i, 0), at(want, i, 0); !(math.Abs(x-w) <= 1e-9*max(1, math.Abs(w))) {
			t.Errorf("%s: %v, want %v", key, got[key], want)
			return
		}
	}
}

// failure is a default clause; from, to and what change says.
func failure(from, to string, change func(*Default)) *Default {
	return between(NewDefault(), from, to, func(c *Default) {
		c.head.ID = "failure"
		change(c)
	})
}

func share(x float64) *float64 { return &x }

// late is the list price, paid a year after use.
func late() *Price {
	p := testPrice()
	p.NetMonths = 12
	return p
}

// 10 a year are promised for four years. The buyer fails in the second: it owes
// 30 for the minimums, 28.6 at 10% a year, and the 10 that it was billed for
// the first.
func TestAcceleration(t *testing.T) {
	spend := yearly(10, 4, nil)
	deal := troubled{years: 4, tail: 1, clauses: []Clause{late(), spend}, need: steps(4, 10), fails: map[string]int{"lab": 2}, curve: 1 / 1.1}
	got := deal.run(t)
	claim := 10 + 10/1.1 + 10/1.21
	wantFlow(t, got, "spend.claim_recovered", 0, 0, 0.1*claim)
	wantFlow(t, got, "price.usage_recovered", 0, 0, 4)
	deal.clauses = append(deal.clauses, failure("lab", "cloud", func(c *Default) { c.Acceleration = share(0.8) }))
	wantFlow(t, deal.run(t), "spend.claim_recovered", 0, 0, 0.1*0.8*30)
	deal.clauses[2] = failure("lab", "cloud", func(c *Default) {
		c.Acceleration, c.Recovery[contract.OfMinimums], c.Recovery[contract.OfBills] = share(0.8), share(0.5), share(0.9)
	})
	got = deal.run(t)
	wantFlow(t, got, "spend.claim_recovered", 0, 0, 12)
	wantFlow(t, got, "price.usage_recovered", 0, 0, 9)
	// The commitment says that all falls due, and the default clause nothing of it.
	spend.Accelerates = true
	deal.clauses[2] = failure("lab", "cloud", func(c *Default) { c.Acceleration = share(0) })
	wantFlow(t, deal.run(t), "spend.claim_recovered")
	deal.clauses[2] = failure("lab", "cloud", func(c *Default) { c.head.Since = day("2029-01-01") })
	wantFlow(t, deal.run(t), "spend.claim_recovered", 0, 0, 3)
}

// An estate that assumes the contract pays what is in arrears and goes on with
// the need that is left: 4 of the 10 promised, so that 6 are missing. No money
// is put into the buyer any more.
func TestEstateAssumes(t *testing.T) {
	line := testFacility(5000)
	line.Opens = []Opening{{Cents: 1000}, {At: day("2029-01-01"), Cents: 4000}}
	tranche := testEquity(700)
	tranche.At = []calendar.Date{day("2028-05-01")}
	deal := troubled{years: 4, tail: 1, clauses: []Clause{late(), yearly(10, 4, nil), line, tranche, failure("lab", "cloud", func(c *Default) { c.Estate = "assume" })},
		need: []float64{10, 4, 4, 4}, fails: map[string]int{"lab": 2}, elect: map[string]float64{"line.draw": 3}}
	got := deal.run(t)
	wantFlow(t, got, "price.usage", 0, 0, 10, 4, 4, 4)
	wantFlow(t, got, "spend.deficiency", 0, 0, 6, 6, 6)
	wantFlow(t, got, "price.usage_recovered")
	wantFlow(t, got, "spend.claim_recovered")
	wantFlow(t, got, "line.draw", 0, 3)
	wantFlow(t, got, "line.lapse facility", 0, 0, 7)
	wantFlow(t, got, "series.purchase")
	// Rejected, it ends.
	deal.clauses = deal.clauses[:4]
	got = deal.run(t)
	wantFlow(t, got, "price.usage")
	wantFlow(t, got, "price.usage_recovered", 0, 0, 4)
}

// The supplier fails in the second year, when 4 of make-up have been paid for
// and 12 units a year are promised: 36 units, each 0.5 dearer at the market.
func TestSupplierFails(t *testing.T) {
	spend := yearly(10, 4, func(c *Commitment) {
		c.MakeUp = &MakeUp{In: "money", Expiry: "after_use", TopUp: "unpaid", AtEnd: "lost"}
	})
	power := testCapacity(Generation{From: day("2027-01-01"), PowerGW: 1, UnitsPerGW: 1})
	deal := troubled{years: 4, clauses: []Clause{testPrice(), spend, power}, need: steps(4, 6), market: 1.5, fails: map[string]int{"cloud": 2}}
	got := deal.run(t)
	wantFlow(t, got, "spend.deficiency", 0, 4)
	wantFlow(t, got, "price.usage", 0, 6)
	wantFlow(t, got, "spend.prepaid_recovered")
	deal.clauses = append(deal.clauses, failure("cloud", "lab", func(c *Default) {
		c.Recovery[contract.OfPrepaid], c.Recovery[contract.OfDamages], c.Damages = share(0.25), share(0.2), &Damages{}
	}))
	got = deal.run(t)
	wantFlow(t, got, "spend.prepaid_recovered", 0, 0, 1)
	wantFlow(t, got, "failure.damages_recovered", 0, 0, 0.2*36*0.5)
	deal.clauses[3].(*Default).Damages.CapCents = share(1000)
	wantFlow(t, deal.run(t), "failure.damages_recovered", 0, 0, 2)
	// Make-up in units: 4 units at the day's price, of which 3/4 were paid.
	spend.Deficiency, spend.MakeUp.In = 0.75, "units"
	wantFlow(t, deal.run(t), "spend.prepaid_recovered", 0, 0, 0.25*3)
	// Credits given for shares: 9 of 15 are left.
	cheque := testEquity(1500)
	cheque.PaidIn = "credits"
	deal.clauses[1] = cheque
	wantFlow(t, deal.run(t), "series.prepaid_recovered", 0, 0, 0.25*9)
}

// Where the buyer steps in, half of the 12 units a year are kept running; where
// the supplier's estate assumes the contract, all of them are.
func TestStepIn(t *testing.T) {
	power := testCapacity(Generation{From: day("2027-01-01"), PowerGW: 1, UnitsPerGW: 1})
	in := failure("cloud", "lab", func(c *Default) { c.StepIn = &StepIn{Delivery: 0.5} })
	deal := troubled{years: 4, clauses: []Clause{testPrice(), power, in}, need: steps(4, 10), fails: map[string]int{"cloud": 3}}
	wantFlow(t, deal.run(t), "price.usage", 0, 10, 10, 6, 6)
	in.StepIn, in.Estate = nil, "assume"
	wantFlow(t, deal.run(t), "price.usage", 0, 10, 10, 10, 10)
	in.head.Until = day("2028-06-01")
	wantFlow(t, deal.run(t), "price.usage", 0, 10, 10)
}

// The buyer has lent the supplier 20 and owes 10 in bills and 30 in minimums
// when it fails: 20 of the 40 are set off, so that 40% of 5 and 10% of 15 are
// recovered. With 8 of collateral too, 12 are left of the 40.
func TestSetOffAndCollateral(t *testing.T) {
	loan := between(NewLoan(), "lab", "cloud", func(c *Loan) { c.head.ID, c.Principal.Value = "advance", 2000 })
	off := failure("lab", "cloud", func(c *Default) { c.SetOff, c.Acceleration = true, share(1) })
	deal := troubled{years: 4, tail: 1, clauses: []Clause{late(), yearly(10, 4, nil), loan, off}, need: steps(4, 10), fails: map[string]int{"lab": 2}}
	got := deal.run(t)
	wantFlow(t, got, "failure.set_off", 0, 0, 20)
	wantFlow(t, got, "advance.set_off", 0, 0, 20)
	wantFlow(t, got, "advance.note_repaid note", 0, 0, 20)
	wantFlow(t, got, "price.usage_recovered", 0, 0, 0.4*5)
	wantFlow(t, got, "spend.claim_recovered", 0, 0, 0.1*15)
	locked := between(NewCollateral(), "lab", "cloud", func(c *Collateral) { c.head.ID, c.Cents = "escrow", share(800) })
	deal.clauses = append(deal.clauses, locked)
	got = deal.run(t)
	wantFlow(t, got, "escrow.collateral", 0, 0, 8)
	wantFlow(t, got, "price.usage_recovered", 0, 0, 0.4*3)
	wantFlow(t, got, "spend.claim_recovered", 0, 0, 0.1*9)
	// Securing the price alone it pays all 5 of its bills, and the 3 left over are given back.
	locked.Secures = "price"
	got = deal.run(t)
	wantFlow(t, got, "escrow.collateral", 0, 0, 5)
	wantFlow(t, got, "escrow.collateral_released", 0, 0, 8)
	wantFlow(t, got, "price.usage_recovered")
	// A supplier's own loan to the buyer is a claim beside: 5 of the 45 x 20/45 are for it.
	deal.clauses = append(deal.clauses[:4], between(NewLoan(), "cloud", "lab", func(c *Loan) { c.head.ID, c.Principal.Value = "vendor", 500 }))
	got = deal.run(t)
	wantFlow(t, got, "failure.set_off_for_loans", 0, 0, 20.0*5/45)
	wantFlow(t, got, "failure.set_off", 0, 0, 20.0*40/45)
	wantFlow(t, got, "vendor.loan_recovered", 0, 0, 0.1*5*25/45)
}

// Of 100 locked at 3% a year 40% is set free in the second year, and the rest
// when the last bill is paid.
func TestCollateralIsGivenBack(t *testing.T) {
	c := between(NewCollateral(), "lab", "cloud", func(c *Collateral) {
		c.head.ID, c.Cents, c.Interest, c.Release = "escrow", share(10000), 0.03, []Release{{day("2028-03-01"), 0.4}}
	})
	deal := troubled{years: 4, tail: 1, clauses: []Clause{late(), c}, need: steps(4, 10)}
	got := deal.run(t)
	wantFlow(t, got, "escrow.collateral_locked", 100)
	wantFlow(t, got, "escrow.collateral_interest", 0, 3, 3, 1.8, 1.8, 1.8)
	wantFlow(t, got, "escrow.collateral_released", 0, 0, 40, 0, 0, 60)
	// A tenth of the minimums still to run: 4 of 40 when it is locked, then 3, 2 and 1.
	c.Cents, c.Share, c.Release, c.Interest = nil, share(0.1), nil, 0
	deal.clauses = append(deal.clauses, yearly(10, 4, nil))
	got = deal.run(t)
	wantFlow(t, got, "escrow.collateral_locked", 0, 4)
	wantFlow(t, got, "escrow.collateral_released", 0, 0, 1, 1, 1, 1)
	// The supplier fails when the last of its bills has been paid.
	deal.fails = map[string]int{"cloud": 3}
	wantFlow(t, deal.run(t), "escrow.collateral_released", 0, 0, 1, 3)
}

// What collateral and estate leave of 10 in bills and 30 in minimums is paid by
// the guarantor, up to its cap, once it has started.
func TestGuarantee(t *testing.T) {
	g := between(NewGuarantee(), "bank", "cloud", func(c *Guarantee) { c.head.ID, c.Of = "parent", "spend" })
	deal := troubled{years: 4, tail: 1, clauses: []Clause{late(), yearly(10, 4, nil), failure("lab", "cloud", func(c *Default) { c.Acceleration = share(1) }), g},
		need: steps(4, 10), fails: map[string]int{"lab": 2}}
	wantFlow(t, deal.run(t), "parent.guarantee", 0, 0, 27)
	g.Of = "price"
	wantFlow(t, deal.run(t), "parent.guarantee", 0, 0, 6)
	g.Of, g.Cents, g.Declines = "spend", share(2000), []Decline{{day("2028-06-01"), 0.6}, {day("2029-06-01"), 0.1}}
	wantFlow(t, deal.run(t), "parent.guarantee", 0, 0, 12)
	g.Cents, g.Share = nil, share(0.5)
	wantFlow(t, deal.run(t), "parent.guarantee", 0, 0, 0.6*0.5*27)
	deal.fails["bank"] = 2
	wantFlow(t, deal.run(t), "parent.guarantee")
	// Hollow until 2 GW are there: they are in the third year, one too late.
	delete(deal.fails, "bank")
	g.Share, g.Declines, g.Starts.PowerGW = nil, nil, share(2)
	deal.clauses = append(deal.clauses, testCapacity(Generation{From: day("2027-01-01"), PowerGW: 1, UnitsPerGW: 1}, Generation{From: day("2028-01-01"), PowerGW: 1, UnitsPerGW: 1}))
	wantFlow(t, deal.run(t), "parent.guarantee")
	deal.fails["lab"] = 3
	wantFlow(t, deal.run(t), "parent.guarantee", 0, 0, 0, 18)
	g.Starts.PowerGW, g.Starts.Event, deal.seen = nil, "something", 2
	wantFlow(t, deal.run(t), "parent.guarantee", 0, 0, 0, 18)
	deal.seen = 3
	wantFlow(t, deal.run(t), "parent.guarantee")
}

// The guarantor is paid 5 at signing and 2% a year of a cap of 100 that falls
// by half in the third year; the buyer fails in the fourth.
func TestGuaranteeFee(t *testing.T) {
	g := between(NewGuarantee(), "bank", "cloud", func(c *Guarantee) {
		c.head.ID, c.Of, c.Cents, c.Declines = "parent", "spend", share(10000), []Decline{{day("2029-06-01"), 0.5}}
		c.Fee = &GuaranteeFee{Cents: 500, PerYear: 0.02}
	})
	deal := troubled{years: 4, clauses: []Clause{testPrice(), yearly(10, 4, nil), g}, need: steps(4, 10), fails: map[string]int{"lab": 4}}
	wantFlow(t, deal.run(t), "parent.guarantee_fee", 5, 2, 2, 1)
}

// Instead of 27 for 30 of minimums the guarantor takes the contract over: it
// pays the 6 of bills that the estate leaves and 10 in each of the two years
// that are left, for units that are worth 0.8 each to it. That costs it 10 + 30
// x 0.2 = 16, which is less than the 30 of the claim but not than a cap of 12.
func TestGuarantorTakesOver(t *testing.T) {
	g := between(NewGuarantee(), "bank", "cloud", func(c *Guarantee) { c.head.ID, c.Of, c.Assume, c.Worth = "parent", "spend", "cheaper", 0.8 })
	deal := troubled{years: 4, tail: 1, clauses: []Clause{late(), yearly(10, 4, nil), failure("lab", "cloud", func(c *Default) { c.Acceleration = share(1) }), g},
		need: steps(4, 10), fails: map[string]int{"lab": 2}}
	got := deal.run(t)
	wantFlow(t, got, "parent.arrears", 0, 0, 6)
	wantFlow(t, got, "parent.taken_over", 0, 0, 0, 10, 10)
	wantFlow(t, got, "parent.taken_over_served", 0, 0, 0, 8, 8)
	wantFlow(t, got, "parent.guarantee")
	wantFlow(t, got, "spend.claim_recovered")
	g.Cents = share(1200)
	got = deal.run(t)
	wantFlow(t, got, "parent.taken_over")
	wantFlow(t, got, "parent.guarantee", 0, 0, 12)
	g.Assume = "always"
	wantFlow(t, deal.run(t), "parent.taken_over", 0, 0, 0, 10, 10)
	// 7 units a year are delivered, and none once the supplier fails.
	deal.clauses = append(deal.clauses, testCapacity(Generation{From: day("2027-01-01"), PowerGW: 1, UnitsPerGW: 7.0 / 12}))
	wantFlow(t, deal.run(t), "parent.taken_over", 0, 0, 0, 7, 7)
	deal.fails["cloud"] = 4
	wantFlow(t, deal.run(t), "parent.taken_over", 0, 0, 0, 7)
}

// Of 12 units a year the buyer takes 10, and none once it has failed in the
// third year. The rest is bought at 75% of list, worth 0.9 of it, until 10 have
// been paid; and while the supplier lasts.
func TestBackstop(t *testing.T) {
	power := testCapacity(Generation{From: day("2027-01-01"), PowerGW: 1, UnitsPerGW: 1})
	b := between(NewBackstop(), "chips", "cloud", func(c *Backstop) { c.head.ID, c.Price.List, c.Worth = "rest", share(0.75), 0.9 })
	deal := troubled{years: 4, clauses: []Clause{testPrice(), power, b}, need: steps(4, 10), fails: map[string]int{"lab": 3}}
	got := deal.run(t)
	wantFlow(t, got, "rest.backstop", 0, 1.5, 1.5, 9, 9)
	wantFlow(t, got, "rest.backstop_served", 0, 1.8, 1.8, 10.8, 10.8)
	b.Total = share(1000)
	got = deal.run(t)
	wantFlow(t, got, "rest.backstop", 0, 1.5, 1.5, 7)
	wantFlow(t, got, "rest.backstop_served", 0, 1.8, 1.8, 7/0.75*0.9)
	b.Total, b.head.Until = nil, day("2029-06-01")
	wantFlow(t, deal.run(t), "rest.backstop", 0, 1.5, 1.5, 9)
	b.head.Until, b.Price = calendar.Date{}, BackstopPrice{Fixed: share(0.5)}
	deal.fails["cloud"] = 4
	wantFlow(t, deal.run(t), "rest.backstop", 0, 1, 1, 6)
	deal.fails["chips"] = 2
	b.Price = BackstopPrice{Market: share(2)}
	wantFlow(t, deal.run(t), "rest.backstop", 0, 4)
}

// 100 at 10% over four years. Repaid in equal parts it bears 10, 7.5, 5 and
// 2.5; the level payment is 100 x 0.1/(1 - 1.1^-4) = 31.547080370609765; added
// interest makes it 146.41.
func TestLoanRepayment(t *testing.T) {
	c := between(NewLoan(), "lab", "cloud", func(c *Loan) { c.head.ID, c.Principal.Value, c.Rate = "note", 10000, 0.1 })
	deal := troubled{years: 4, clauses: []Clause{testPrice(), c}}
	got := deal.run(t)
	wantFlow(t, got, "note.lent", 100)
	wantFlow(t, got, "note.interest", 0, 10, 10, 10, 10)
	wantFlow(t, got, "note.repayment", 0, 0, 0, 0, 100)
	c.Repay = "equal"
	got = deal.run(t)
	wantFlow(t, got, "note.interest", 0, 10, 7.5, 5, 2.5)
	wantFlow(t, got, "note.repayment", 0, 25, 25, 25, 25)
	c.Repay = "annuity"
	got = deal.run(t)
	for y := 1; y <= 4; y++ {
		if x := got["note.interest"][y] + got["note.repayment"][y]; math.Abs(x-31.547080370609765) > 1e-9 {
			t.Errorf("year %d: %v is paid, want 31.547080370609765", y, x)
		}
	}
	c.Repay, c.Table = "table", []float64{1000, 0, 5000, 4000}
	got = deal.run(t)
	wantFlow(t, got, "note.repayment", 0, 10, 0, 50, 40)
	wantFlow(t, got, "note.interest", 0, 10, 9, 9, 4)
	c.Repay, c.Table, c.Interest = "bullet", nil, "pik"
	got = deal.run(t)
	wantFlow(t, got, "note.repayment", 0, 0, 0, 0, 146.41)
	wantFlow(t, got, "note.interest")
	// At 2% above a riskless 5% (factor 0.95 a year is 1/0.95 - 1 in cash), due in the second year after the term.
	c.Interest, c.Rate, c.Above, c.Matures, c.Worth, deal.curve = "cash", 0.02, true, day("2032-06-01"), 0.9, 0.95
	got = deal.run(t)
	i := 100 * (1/0.95 - 1 + 0.02)
	wantFlow(t, got, "note.interest", 0, i, i, i, i)
	wantFlow(t, got, "note.outstanding", 0, 0, 0, 0, 90)
	wantFlow(t, got, "note.repayment")
	// Level payments to that day: interest falls as 100 is repaid over six years, four of them in the term.
	c.Repay, c.Above, c.Rate = "equal", false, 0.1
	wantFlow(t, deal.run(t), "note.repayment", 0, 100.0/6, 100.0/6, 100.0/6, 100.0/6)
}

// A fee of 1%, a subsidy of 5% that the supplier pays the bank, early repayment
// of 30 a year at a premium of 2% from the second year on.
func TestLoanTerms(t *testing.T) {
	c := between(NewLoan(), "bank", "lab", func(c *Loan) {
		c.head.ID, c.Principal.Value, c.Rate, c.Fee, c.At = "note", 10000, 0.1, 0.01, day("2027-03-01")
		c.Subsidy, c.Early = &Subsidy{By: "cloud", Share: 0.05}, &EarlyRepayment{Premium: 0.02, From: calendar.Span{Months: 24}}
	})
	deal := troubled{years: 4, clauses: []Clause{testPrice(), c}, elect: map[string]float64{"note.repay": 30}}
	got := deal.run(t)
	wantFlow(t, got, "note.lent", 0, 100)
	wantFlow(t, got, "note.fee", 0, 1)
	wantFlow(t, got, "note.subsidy", 0, 5)
	wantFlow(t, got, "note.interest", 0, 0, 10, 10, 7)
	wantFlow(t, got, "note.repayment", 0, 0, 0, 30, 70)
	wantFlow(t, got, "note.premium", 0, 0, 0, 0.6)
	// Up to 25, for bills of 10 a year alone: 10, 10 and 5.
	c.Early, c.Subsidy, c.Fee, c.Rate, c.OnlyFor, c.Principal.Value, c.At = nil, nil, 0, 0, "price", 2500, calendar.Date{}
	deal.need, deal.elect = steps(4, 10), map[string]float64{"note.draw": 1e6}
	wantFlow(t, deal.run(t), "note.lent", 0, 10, 10, 5)
	deal.elect["note.draw"] = 4
	wantFlow(t, deal.run(t), "note.lent", 0, 4, 4, 4)
}

// The borrower fails in the third year. The loan recovers what it says, or what
// the default clause says, or 10%; subordinated, nothing while bills are unpaid.
func TestLoanOfAFailedBorrower(t *testing.T) {
	c := between(NewLoan(), "bank", "lab", func(c *Loan) { c.head.ID, c.Principal.Value, c.Rate = "note", 10000, 0.1 })
	deal := troubled{years: 4, tail: 1, clauses: []Clause{late(), c}, need: steps(4, 10), fails: map[string]int{"lab": 3}}
	got := deal.run(t)
	wantFlow(t, got, "note.interest", 0, 10, 10)
	wantFlow(t, got, "note.note_written_off note", 0, 0, 0, 100)
	wantFlow(t, got, "note.loan_recovered", 0, 0, 0, 10)
	deal.clauses = append(deal.clauses, failure("lab", "bank", func(d *Default) { d.Recovery[contract.OfLoan] = share(0.3) }))
	wantFlow(t, deal.run(t), "note.loan_recovered", 0, 0, 0, 30)
	c.Recovery = share(0.55)
	wantFlow(t, deal.run(t), "note.loan_recovered", 0, 0, 0, 55)
	c.Last = true
	wantFlow(t, deal.run(t), "note.loan_recovered")
	deal.clauses[2] = failure("lab", "cloud", func(d *Default) { d.Recovery[contract.OfBills] = share(1) })
	wantFlow(t, deal.run(t), "note.loan_recovered", 0, 0, 0, 55)
	// A third party that borrows and fails leaves nothing, unless something is agreed.
	c.head.From, c.head.To, c.Last, c.Recovery = "cloud", "chips", false, nil
	deal.fails = map[string]int{"chips": 3}
	wantFlow(t, deal.run(t), "note.loan_recovered")
}

// The bank's failure in the third year stops the facility and makes the
// supplier's loan fall due, though nobody else has failed.
func TestCrossDefault(t *testing.T) {
	line := testFacility(5000)
	loan := between(NewLoan(), "cloud", "lab", func(c *Loan) { c.head.ID, c.Principal.Value = "note", 10000 })
	cross := failure("lab", "cloud", func(c *Default) {
		c.Of, c.Cross = "bank", []CrossDefault{{"line", "stop"}, {"note", "due"}}
	})
	deal := troubled{years: 4, clauses: []Clause{testPrice(), line, loan, cross}, need: steps(4, 10), fails: map[string]int{"bank": 3}, elect: map[string]float64{"line.draw": 5}}
	got := deal.run(t)
	wantFlow(t, got, "line.draw", 0, 5, 5)
	wantFlow(t, got, "line.lapse facility", 0, 0, 0, 40)
	wantFlow(t, got, "note.repayment", 0, 0, 0, 100)
	wantFlow(t, got, "price.usage", 0, 10, 10, 10, 10)
	// Nobody lends after failing, and nobody is lent to.
	line.head.From = "bank"
	deal.clauses = deal.clauses[:2]
	wantFlow(t, deal.run(t), "line.draw", 0, 5, 5)
}

// A lease of 12 a year runs for four years, and its tenant fails in the second:
// 36 of rent are claimed, less the 6 of deposit that the landlord keeps, and a
// guarantor pays what the estate leaves. A supplier that rents owes its landlord
// likewise.
func TestRentsAreClaimed(t *testing.T) {
	lease := between(NewLease(), "cloud", "lab", func(c *Lease) { c.head.ID, c.RentCents, c.Term = "hall", 100, calendar.Span{Months: 48} })
	deal := troubled{years: 4, clauses: []Clause{testPrice(), lease}, fails: map[string]int{"lab": 2}}
	got := deal.run(t)
	wantFlow(t, got, "hall.rent", 0, 12)
	wantFlow(t, got, "hall.rents_recovered", 0, 0, 3.6)
	lease.Deposit = 600
	wantFlow(t, deal.run(t), "hall.rents_recovered", 0, 0, 3)
	deal.clauses = append(deal.clauses, failure("lab", "cloud", func(c *Default) { c.Acceleration = share(0.5) }))
	wantFlow(t, deal.run(t), "hall.rents_recovered", 0, 0, 1.2)
	// From the bank, with rents that rise by half each year: 18, 27 and 40.5.
	lease.head.From, lease.Deposit, lease.Escalator = "bank", 0, 0.5
	deal.clauses[2] = between(NewGuarantee(), "chips", "bank", func(c *Guarantee) { c.head.ID, c.Of, c.Cents = "parent", "hall", share(5000) })
	got = deal.run(t)
	wantFlow(t, got, "hall.rents_recovered", 0, 0, 8.55)
	wantFlow(t, got, "parent.guarantee", 0, 0, 50)
	lease.head.To, deal.fails = "cloud", map[string]int{"cloud": 4}
	got = deal.run(t)
	wantFlow(t, got, "hall.rents_recovered")
	wantFlow(t, got, "parent.guarantee", 0, 0, 0, 0, 40.5)
}
