// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"math"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/clause"
)

// Who gets what of the equity: claims first, from the most senior down, then
// the shares. All is of 1,000 shares, of which each class has 100; what is left
// is for the rest.
func TestPreferencesDealOut(t *testing.T) {
	type class struct {
		claim         float64
		rank          int
		participating bool
		gets          float64
	}
	for _, c := range []struct {
		name    string
		equity  float64
		classes []class
		each    float64 // to a share without a claim
	}{
		{"worth more than its shares", 500, []class{{claim: 100, gets: 100}}, 400.0 / 900},
		{"worth less than its shares", 2000, []class{{claim: 100, gets: 200}}, 2},
		{"worth as much", 1000, []class{{claim: 100, gets: 100}}, 1},
		{"all there is", 80, []class{{claim: 100, gets: 80}}, 0},
		{"and a part of the rest", 500, []class{{claim: 100, participating: true, gets: 140}}, 0.4},
		{"twice what was paid", 500, []class{{claim: 200, gets: 200}}, 300.0 / 900},
		{"a senior one first", 250, []class{{claim: 200, rank: 1, gets: 200}, {claim: 100, gets: 50}}, 0},
		{"two of one rank", 240, []class{{claim: 200, gets: 160}, {claim: 100, gets: 80}}, 0},
		// (2,000 - 300) / 900 is more than 1 and less than 3.
		{"one converts", 2000, []class{{claim: 300, gets: 300}, {claim: 100, gets: 100 * 1700.0 / 900}}, 1700.0 / 900},
		{"both convert", 4000, []class{{claim: 300, gets: 400}, {claim: 100, gets: 400}}, 4},
		{"beside one that takes part", 2000, []class{{claim: 300, participating: true, gets: 300 + 170}, {claim: 100, gets: 170}}, 1.7},
		{"a junior one gives up nothing for a share of less", 210, []class{{claim: 200, rank: 1, gets: 200}, {claim: 100, gets: 10}}, 0},
	} {
		p := prefs{}
		for _, x := range c.classes {
			p.classes = append(p.classes, claimant{claim: x.claim, shares: 100, rank: x.rank, participating: x.participating})
		}
		each := p.settle(c.equity, 1000)
		if math.Abs(each-c.each) > 1e-12 {
			t.Errorf("%s: %v a share, want %v", c.name, each, c.each)
		}
		sum, shares := 0.0, 1000.0
		for k, x := range c.classes {
			if got := p.classes[k].gets; math.Abs(got-x.gets) > 1e-10 {
				t.Errorf("%s: class %d gets %v, want %v", c.name, k, got, x.gets)
			}
			sum, shares = sum+p.classes[k].gets, shares-100
		}
		if total := sum + each*shares; math.Abs(total-c.equity) > 1e-9 {
			t.Errorf("%s: %v is dealt out of %v", c.name, total, c.equity)
		}
	}
}

// 100 for a tenth of a lab worth 400 beside the money. The claim of 100 at the
// end of three years is worth 72.9 today, 22.9 more than a tenth of 500. Nothing
// of it is left once the event is seen.
func TestPreferenceByHand(t *testing.T) {
	for seen, adds := range map[int]float64{0: 22.9, 2: 0} {
		first := equity("first", "cloud", 100, 900, 0, "")
		first.Preference = &clause.Preference{Multiple: 1, Until: "listing"}
		r := &run{step: calendar.Year, months: 36, need: []float64{0}, market: 1, discount: 1.0 / 9, seen: seen,
			clauses: []clause.Clause{price(nil), first}, world: func(s *Setting) { s.LabValueCents = 40000 }}
		s := r.setting(t)
		b := r.book(t, s)
		want(t, s, b, "stake_after", "cloud", 0, 0.1)
		want(t, s, b, "preference", "cloud", 0, adds)
		want(t, s, b, "npv", "cloud", 0, 50+adds-100)
		want(t, s, b, "npv", "lab", 0, 50-adds)
	}
}

// 10 lent at signing at 10% a year in cash, and worth its face at the end of two
// years: 1 a year comes back, and 10 with the last. Added to the note, 12.1
// comes back at the end. A third party's note is its own account.
func TestNotesByHand(t *testing.T) {
	for _, lender := range []string{"cloud", "bank"} {
		for _, interest := range []string{"cash", "pik"} {
			n := clause.NewNote()
			head(n, "lent", lender, "lab")
			n.Principal, n.Coupon, n.Interest = money(10), 0.1, interest
			r := &run{step: calendar.Year, months: 24, need: []float64{0}, market: 1, discount: 1.0 / 9, clauses: []clause.Clause{price(nil), n}}
			if lender != "cloud" {
				r.world = func(s *Setting) { s.Holders = append(s.Holders, Holding{Party: lender}) }
			}
			s := r.setting(t)
			b := r.book(t, s)
			back := 0.9 + 0.81 + 10*0.81
			if interest == "pik" {
				back = 12.1 * 0.81
			}
			want(t, s, b, "npv", lender, 0, back-10)
			want(t, s, b, "npv", "lab", 0, 10-back)
			if lender == "cloud" {
				want(t, s, b, "options", "", 0, 10-back)
			}
		}
	}
}

// 10 lent at signing converts at the end of the second year at a fifth off: the
// claim of 10 is worth 8.1 today and buys what costs 12.5 at the fair price of
// 1,000/0.81 over all shares.
func TestConversionByHand(t *testing.T) {
	for _, feedback := range []bool{true, false} {
		n := clause.NewNote()
		head(n, "lent", "cloud", "lab")
		n.Principal, n.Converts = money(10), &clause.Conversion{On: "listing", AtMaturity: "repaid", Discount: 0.2}
		r := &run{step: calendar.Year, months: 24, need: []float64{10}, market: 1, discount: 1.0 / 9, seen: 1,
			clauses: []clause.Clause{price(nil), n, commitment("spend", 20, nil)}, world: func(s *Setting) { s.Feedback = feedback }}
		s := r.setting(t)
		b := r.book(t, s)
		bought := 12.5 * 0.81 / 1000
		share := bought / (1 + bought)
		claim := 10 * 0.81
		value := 1000 + claim
		if feedback {
			value += 10 - claim // N: what was lent less what was given up
		}
		want(t, s, b, "stake_after", "cloud", 0, share)
		want(t, s, b, "options", "", 0, 10-claim)
		want(t, s, b, "npv", "cloud", 0, share*value-10+5*1.71)
		if feedback {
			want(t, s, b, "npv", "lab", 0, 10-share*value)
		}
		// The note is the capital put in, the claim given up is none.
		want(t, s, b, "survival_ratio", "", 0, 10*1.71/10)
		want(t, s, b, "total_ratio", "", 0, 2)
	}
}

// A round of others dilutes everybody and adds its money. At the fair value
// nobody gains or loses by it; at half of it those who were there lose, and no
// less without the deal, so that a deal that does nothing is worth nothing.
func TestRoundsOfOthersByHand(t *testing.T) {
	for raisedAt, diluted := range map[float64]float64{0: 0, 500: 500} {
		r := &run{step: calendar.Year, months: 24, need: []float64{0}, market: 1, discount: 1.0 / 9, raised: []float64{250}, raisedAt: raisedAt, fails: []int{-1, 0},
			clauses: []clause.Clause{price(nil)}, world: func(s *Setting) { s.Holders[0].Share = 0.1 }}
		s := r.setting(t)
		b := r.book(t, s)
		share := 0.1 * (1000 / 0.9) / (1000/0.9 + 250)
		if diluted > 0 {
			share = 0.1 * 500 / 750
		}
		want(t, s, b, "stake_after", "cloud", 0, share)
		want(t, s, b, "stake_after", "cloud", 1, 0.1) // who fails in the first year holds none
		want(t, s, b, "npv", "cloud", 0, 0)
		want(t, s, b, "npv", "lab", 0, 0)
	}
	// 10 for shares at signing at a fair 1,000, then 250 from others at the fair
	// value: what was bought keeps its worth.
	r := &run{step: calendar.Year, months: 24, need: []float64{0}, market: 1, discount: 1.0 / 9, raised: []float64{250},
		clauses: []clause.Clause{price(nil), equity("first", "cloud", 10, 1000, 0, "")}}
	s := r.setting(t)
	b := r.book(t, s)
	want(t, s, b, "stake_after", "cloud", 0, 10.0/1010*(1010/0.9)/(1010/0.9+250))
	want(t, s, b, "npv", "cloud", 0, 0)
	want(t, s, b, "npv", "lab", 0, 0)
}

// A draw for shares at the fair price is a cheque, worth what it costs; a fee
// is the lender's.
func TestDrawsForSharesByHand(t *testing.T) {
	line := facility("line", "cloud", 20, 1)
	line.Security, line.FeeRate = "common", 0.1
	r := &run{step: calendar.Year, months: 24, need: []float64{0}, market: 1, discount: 1.0 / 9, draw: 5, clauses: []clause.Clause{price(nil), line}}
	s := r.setting(t)
	b := r.book(t, s)
	// 10% on 20, then on 15: 2 x 0.9 + 1.5 x 0.81, which N loses, and with it the
	// stake in proportion: 5 x 1.71 of 1,000 + 5 x 1.71.
	fee, put := 2*0.9+1.5*0.81, 5*1.71
	share := put / (1000 + put)
	want(t, s, b, "stake_after", "cloud", 0, share)
	want(t, s, b, "options", "", 0, -fee)
	want(t, s, b, "npv", "cloud", 0, fee-share*fee)
	want(t, s, b, "npv", "lab", 0, share*fee-fee)
	if x := b.capitalPV(0) / 100; math.Abs(x-put) > 1e-9 {
		t.Errorf("capital of %v, want %v", x, put)
	}
}
