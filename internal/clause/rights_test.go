// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"math"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/contract"
)

// A staged is a deal by the year in which the world is told step by step.
type staged struct {
	years   int
	clauses []Clause
	power   []float64 // GW promised from each year on
	index   []float64 // of every index
	value   []float64 // cents: the lab's
	elect   []float64 // of every election but units
	need    []float64 // units
	floor   bool      // units are elected at 0, so that only what must be taken is
	events  []bool
}

// run returns what flows in currency or shares, by clause and kind, one number
// a year; the signing is left out.
func (s staged) run(t *testing.T) map[string][]float64 {
	t.Helper()
	g, err := calendar.NewGrid(day("2027-01-01"), day("2027-01-01"), calendar.Span{Months: 12 * s.years}, calendar.Year, 0, calendar.Actual365)
	if err != nil {
		t.Fatal(err)
	}
	clauses := append([]Clause{testPrice()}, s.clauses...)
	var power []Generation
	for y, gw := range s.power {
		power = append(power, Generation{From: g.StepStart(y), PowerGW: gw, UnitsPerGW: 1000})
	}
	if len(power) > 0 {
		clauses = append(clauses, testCapacity(power...))
	}
	p := contract.Compile(contract.Config{Grid: g, Buyer: "lab", Supplier: "cloud", Clauses: Arrange(clauses)})
	c, obs := p.New(1), p.NewObs(1)
	c.Audit()
	out := map[string][]float64{}
	at := func(x []float64, y int) float64 {
		if y < len(x) {
			return x[y]
		}
		return 0
	}
	show := func(y int) {
		for _, o := range []contract.Observable{contract.Alive, contract.Delivery} {
			obs.Col[o][0] = 1
		}
		obs.Col[contract.List][0], obs.Col[contract.Need][0], obs.Col[contract.LabValue][0] = 100, at(s.need, y), at(s.value, y)
		for i := range obs.Index {
			obs.Index[i][0] = at(s.index, y)
		}
		for i := range obs.Events {
			obs.Events[i][0] = 0
			if y < len(s.events) && s.events[y] {
				obs.Events[i][0] = 1
			}
		}
	}
	show(0)
	obs.Curve = steps(g.Steps(), 1)
	c.Sign(obs)
	for y := range s.years {
		show(y)
		c.Quote(obs)
		e := c.Elections()
		e.Units[0] = at(s.need, y)
		if s.floor {
			e.Units[0] = 0
		}
		for i := range e.Slot {
			e.Slot[i][0] = at(s.elect, y)
		}
		for _, f := range c.Settle(e).Postings() {
			key, x := f.Line.Clause+"."+f.Line.Kind, f.Amount[0]
			if f.Line.Asset.Kind.InCents() {
				x /= 100
			}
			for len(out[key]) < s.years {
				out[key] = append(out[key], 0)
			}
			out[key][y] += x
		}
	}
	for _, f := range c.StockFaults() {
		t.Error(f)
	}
	return out
}

func wantYears(t *testing.T, what string, got []float64, want ...float64) {
	t.Helper()
	for y, w := range want {
		g := 0.0
		if y < len(got) {
			g = got[y]
		}
		if math.Abs(g-w) > 1e-9*max(1, math.Abs(w)) {
			t.Errorf("%s: %v, want %v", what, got, want)
			return
		}
	}
}

func gw(x float64) *float64 { return &x }

// The two-way table of AMD's warrant for OpenAI of October 2025: 160 million
// shares at $0.01, the first part with the first gigawatt and the last with 6
// GW and a share price of $600. The six equal parts and the hurdles between are
// made up for the test. Power comes first and the price later, and the other
// way round: a part vests in the year in which both are there.
func TestWarrantVestsByVolumeAndPrice(t *testing.T) {
	w := NewWarrant()
	w.head = Head{ID: "amd", From: "cloud", To: "lab"}
	w.Strike, w.SharePrice = 0.01, "amd"
	for k, hurdle := range []float64{0, 200, 300, 400, 500, 600} {
		v := Vesting{Shares: 160e6 / 6, PowerGW: gw(float64(k + 1))}
		if hurdle > 0 {
			v.Price = gw(hurdle)
		}
		w.Vests = append(w.Vests, v)
	}
	part := 160e6 / 6
	got := staged{years: 6, clauses: []Clause{w}, power: []float64{1, 2, 3, 0, 0, 0}, index: []float64{150, 150, 320, 550, 600, 600}}.run(t)
	// 1 GW; 3 GW at 150; 6 GW at 320, 550 and 600; in the last year nothing can vest.
	wantYears(t, "vested", got["amd.vested"], part, 0, 2*part, 2*part, part, 0)
	wantYears(t, "exercised at the end", got["amd.exercised"], 0, 0, 0, 0, 0, 6*part)
	wantYears(t, "worth of the shares", got["amd.shares_delivered"], 0, 0, 0, 0, 0, 160e6*(600-0.01))

	got = staged{years: 6, clauses: []Clause{w}, power: []float64{1, 2, 3, 0, 0, 0}, index: []float64{600, 600, 600, 100, 100, 100}}.run(t)
	wantYears(t, "price first", got["amd.vested"], part, 2*part, 3*part, 0, 0, 0)

	got = staged{years: 6, clauses: []Clause{w}, power: []float64{6, 0, 0, 0, 0, 0}, index: []float64{600, 600, 600, 600, 600, 600}, elect: []float64{0, 1e6, 1e12, 0}}.run(t)
	wantYears(t, "exercised as chosen", got["amd.exercised"], 0, 1e6, 159e6, 0, 0, 0)
	wantYears(t, "strike", got["amd.strike"], 0, 1e4, 159e4, 0, 0, 0)
	wantYears(t, "shares", got["amd.shares_delivered"], 0, 6e8, 159e6*600, 0, 0, 0)
}

// rightsTo are a warrant of the cloud's for the lab, in parts of hundreds of
// rights, on somebody's shares at a strike of 10.
func rightsTo(parts ...Vesting) *Warrant {
	w := NewWarrant()
	w.head = Head{ID: "warrant", From: "cloud", To: "lab"}
	w.Strike, w.SharePrice, w.Vests = 10, "shares", parts
	return w
}

// What falls in a warrant's last step vests no more, whether its day of expiry
// or the deal's term ends it: with 3, 5 and 7 hundred rights vesting in the
// second, third and fourth year, a warrant that expires in the third leaves 3
// to be exercised there, at 110 - 10 each, and one that does not 3 + 5.
func TestNothingVestsInTheLastStep(t *testing.T) {
	w := rightsTo(Vesting{Shares: 300, From: day("2028-06-01")}, Vesting{Shares: 500, From: day("2029-03-01")}, Vesting{Shares: 700, From: day("2030-01-01")})
	p := play{grid: testGrid(t, "4y", calendar.Year, 0), index: steps(4, 110)}
	for _, c := range []struct {
		name                     string
		expires                  calendar.Date
		vested, exercised, worth []float64
	}{
		{"by its day", day("2029-06-01"), []float64{0, 3}, []float64{0, 0, 3}, []float64{0, 0, 300 * 100}},
		{"by the term", calendar.Date{}, []float64{0, 3, 5}, []float64{0, 0, 0, 8}, []float64{0, 0, 0, 800 * 100}},
	} {
		w.Expires = c.expires
		got := p.through(t, testPrice(), w)
		wantSteps(t, c.name+": vested", got.flows["warrant.vested"], c.vested...)
		wantSteps(t, c.name+": exercised", got.flows["warrant.exercised"], c.exercised...)
		wantSteps(t, c.name+": worth", got.flows["warrant.shares_delivered"], c.worth...)
		wantSteps(t, c.name+": expired", got.flows["warrant.warrants_expired"])
	}
}

// Parts vest on the most power so far: 2 GW are there in the first year, half of
// one in the second and 2 again in the third. The first part asks for 1 GW: it
// vests at once, stays when power falls and does not vest again. The second
// asks for 2 GW and a price of 200, which comes when power has fallen.
func TestWarrantVestsOnTheMostPower(t *testing.T) {
	w := rightsTo(Vesting{Shares: 300, PowerGW: gw(1)}, Vesting{Shares: 500, PowerGW: gw(2), Price: gw(200)})
	g := testGrid(t, "4y", calendar.Year, 0)
	two := testCapacity(Generation{From: g.Start(), PowerGW: 2, UnitsPerGW: 1})
	got := play{grid: g, delivery: []float64{1, 0.25, 1, 1}, index: []float64{100, 300, 300, 300}}.through(t, testPrice(), two, w)
	wantSteps(t, "power", got.power, 2, 0.5, 2, 2)
	wantSteps(t, "vested", got.flows["warrant.vested"], 3, 5)
	wantSteps(t, "exercised", got.flows["warrant.exercised"], 0, 0, 0, 8)
}

// Warrants on the company's own shares dilute: Galai and Schneller 1978,
// "Pricing of warrants and the value of the firm". With V = 10,000, 100 shares,
// 10 warrants of strike 100 and a value of V = 12,000 at exercise, a warrant
// gains N/(N+n) x (V/N - K) = 100/110 x 20.
func TestWarrantDilutes(t *testing.T) {
	w := NewWarrant()
	w.head = Head{ID: "own", From: "lab", To: "cloud"}
	w.Strike, w.Vests = 100, []Vesting{{Shares: 1e8}} // a tenth of the 10^9 there are
	const scale = contract.DefaultShares / 100
	value := 12000.0 * 100 * scale
	got := staged{years: 3, clauses: []Clause{w}, value: []float64{value, value, value}, elect: []float64{0, 1e18}}.run(t)
	wantYears(t, "issued", got["own.issue"], 0, 1e8, 0)
	wantYears(t, "strike", got["own.strike"], 0, 1e10, 0)
	shares, paid := got["own.issue"][1], got["own.strike"][1]
	gain := shares/(contract.DefaultShares+shares)*(value/100+paid) - paid
	if each, want := gain/shares, 100.0/110*20; math.Abs(each-want) > 1e-9 {
		t.Errorf("a warrant gains %v, want %v", each, want)
	}

	// Settled net, and where it is not worth exercising.
	w.Settle = "net"
	got = staged{years: 3, clauses: []Clause{w}, value: []float64{value, value, value}, elect: []float64{0, 1e18}}.run(t)
	wantYears(t, "issued net", got["own.issue"], 0, 1e8*20/120, 0)
	got = staged{years: 3, clauses: []Clause{w}, value: []float64{value, value / 2, value / 2}, elect: []float64{0, 1e18}}.run(t)
	wantYears(t, "out of the money", got["own.issue"], 0, 0, 0)
	wantYears(t, "expired", got["own.warrants_expired"], 0, 0, 1e8)
}

// A fifth of a revenue of 10, 20, 30 a year, capped at 7 in all: 2, 4, 1.
func TestRevenueShare(t *testing.T) {
	most := 700.0
	c := &RevenueShare{head: Head{ID: "share", From: "lab", To: "cloud"}, Of: "revenue", Share: 0.2, Cap: &most}
	got := staged{years: 3, clauses: []Clause{c}, index: []float64{10, 20, 30}}.run(t)
	wantYears(t, "paid", got["share.revenue_share"], 2, 4, 1)
	c.Cap, c.head.Since, c.head.Until = nil, day("2028-01-01"), day("2029-01-01")
	got = staged{years: 3, clauses: []Clause{c}, index: []float64{10, 20, 30}}.run(t)
	wantYears(t, "for a year", got["share.revenue_share"], 0, 4, 0)
}

// Need grows 10, 14, 20, 26: all of it must be run here in the first year, half
// of what it grew by since the second in the third, nothing in the fourth.
func TestExclusivity(t *testing.T) {
	c := &Exclusivity{head: Head{ID: "sole", From: "lab", To: "cloud"}, Ladder: []Rung{
		{Level: "exclusive", Scope: 1},
		{From: day("2028-01-01"), Level: "first_refusal", Scope: 0.5},
		{From: day("2030-01-01"), Level: "preferred", Scope: 1}}}
	got := staged{years: 4, clauses: []Clause{c}, need: []float64{10, 14, 20, 26}, floor: true}.run(t)
	wantYears(t, "run here", got["price.usage"], 10, 0, 3, 0)
}

// Stock is given once: at signing, on its date, or upon its event.
func TestGrant(t *testing.T) {
	c := NewGrant()
	c.head, c.Worth.Value = Head{ID: "stock", From: "cloud", To: "lab"}, 35000
	c.On = "ipo"
	got := staged{years: 4, clauses: []Clause{c}, events: []bool{false, true, true, false}}.run(t)
	wantYears(t, "upon the event", got["stock.stock_given"], 0, 350, 0, 0)
	c.On, c.At = "", day("2029-06-01")
	got = staged{years: 4, clauses: []Clause{c}}.run(t)
	wantYears(t, "on the date", got["stock.stock_given"], 0, 0, 350, 0)
}

// While a right blocks the exit, the buyer cannot leave.
func TestRightBlocksExit(t *testing.T) {
	c := &Right{head: Head{ID: "consent", From: "lab", To: "cloud"}, What: "consent", Over: "a change of supplier", Blocks: "exit"}
	c.head.Until = day("2029-01-01")
	spend := yearly(10, 4, func(x *Commitment) { x.Exit = &Exit{Fee: 0.5} })
	got := staged{years: 4, clauses: []Clause{c, spend}, elect: []float64{1, 1, 1, 1}}.run(t)
	wantYears(t, "exit fee", got["spend.exit_fee"], 0, 0, 5, 0)
}

// What a right is worth passes once: at signing, or with the event on which the
// right is conditional; not at all where that never happens.
func TestRightOnCondition(t *testing.T) {
	worth := 35000.0
	c := &Right{head: Head{ID: "licence", From: "lab", To: "cloud", If: "ipo"}, What: "licence", Over: "models", Blocks: "nothing", Worth: &worth}
	got := staged{years: 4, clauses: []Clause{c}, events: []bool{false, true, true, true}}.run(t)
	wantYears(t, "upon the event", got["licence.right_granted"], 0, 350, 0, 0)
	got = staged{years: 4, clauses: []Clause{c}}.run(t)
	wantYears(t, "without it", got["licence.right_granted"], 0, 0, 0, 0)
}
