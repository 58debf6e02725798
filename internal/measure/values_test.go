// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"math"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/clause"
)

// small is a deal of two years by the year at a discount of 1/9, so that the
// factors are 0.9 and 0.81, 1.71 together: 10 units a year at 1.2 where the
// market has them at 1 and supplying one costs 0.5; 15 a year is promised.
func small(change func(r *run)) *run {
	fixed := 1.2
	r := &run{step: calendar.Year, months: 24, tail: 1, need: []float64{10}, market: 1, discount: 1.0 / 9,
		clauses: []clause.Clause{price(func(p *clause.Price) { p.Fixed = &fixed }), commitment("spend", 30, nil)}}
	if change != nil {
		change(r)
	}
	return r
}

// 12 is billed a year and 3 is missing: O = 2 x 1.71, F = 3 x 1.71, G = 5 x
// 1.71; the provider gets 15 for what costs 5, the lab pays 15 for what it
// could have had at 10.
func TestPartsByHand(t *testing.T) {
	r := small(nil)
	s := r.setting(t)
	b := r.book(t, s)
	for name, x := range map[string]float64{
		"pv_spend": 12 * 1.71, "pv_spend_riskless": 12 * 1.71, "overcharge": 3.42, "deficiency_value": 5.13, "supply_gain": 8.55, "supply_gain_if_scarce": 0,
		"surplus": 0, "options": 0, "credit_loss": 0, "deadweight": 0,
	} {
		want(t, s, b, name, "", 0, x)
	}
	want(t, s, b, "npv", "cloud", 0, 17.1)
	want(t, s, b, "npv_if_scarce", "cloud", 0, 8.55)
	want(t, s, b, "npv", "lab", 0, -8.55)
	if n := b.Parts().SupplyNet[0]; math.Abs(n+855) > 1e-9 {
		t.Errorf("N is %v, want -8.55", n/100)
	}
}

// Without the deal 8 of the 10 units could be had, and each of the others
// would have been worth 3: S = 2 x (3 - 1) x 1.71.
func TestSurplusByHand(t *testing.T) {
	r := small(func(r *run) {
		r.world = func(s *Setting) { s.MarketCapacity, s.UnmetCents = level(s.grid(), 0.08), 300 }
	})
	s := r.setting(t)
	b := r.book(t, s)
	want(t, s, b, "surplus", "", 0, 6.84)
	want(t, s, b, "npv", "cloud", 0, 17.1)
	want(t, s, b, "npv", "lab", 0, -8.55+6.84)
}

// A tenth of the lab was the provider's: it bears a tenth of N = -8.55. With
// feedback off the others bear all of it.
func TestFeedback(t *testing.T) {
	for feedback, wants := range map[bool][2]float64{true: {17.1 - 0.855, -7.695}, false: {17.1, -8.55}} {
		r := small(func(r *run) {
			r.world = func(s *Setting) { s.Feedback, s.Holders[0].Share = feedback, 0.1 }
		})
		s := r.setting(t)
		b := r.book(t, s)
		want(t, s, b, "npv", "cloud", 0, wants[0])
		want(t, s, b, "npv", "lab", 0, wants[1])
	}
}

// Usage of the first year, 12, is due after the second, in which the lab fails:
// L = 12 x 0.81 less what the estate pays, 40% of it and 10% of the 15 still
// to run. A failure costs 25.
func TestDefaultByHand(t *testing.T) {
	r := small(func(r *run) {
		r.clauses[0].(*clause.Price).NetMonths = 12
		r.fails = []int{1, -1}
		r.world = func(s *Setting) { s.DefaultCostCents = 2500 }
	})
	s := r.setting(t)
	b := r.book(t, s)
	for name, x := range map[string]float64{
		"overcharge": 12*0.81 - 9, "deficiency_value": 2.7, "supply_gain": 4.5, "credit_loss": 0.81 * (12 - 4.8 - 1.5), "deadweight": 20.25, "pv_spend": 0,
	} {
		want(t, s, b, name, "", 0, x)
	}
	// In cash: 3, then 6.3; costs 5, then 25.
	want(t, s, b, "npv", "cloud", 0, 2.7+6.3*0.81-4.5-20.25)
	want(t, s, b, "npv", "lab", 0, 9-2.7-6.3*0.81)
	// The other lane pays 12 after each year, the second in the tail, 0.729.
	want(t, s, b, "overcharge", "", 1, 12*(0.81+0.729)-17.1)
	want(t, s, b, "credit_loss", "", 1, 0)
	want(t, s, b, "pv_spend", "", 1, 12*(0.81+0.729))
}

// 5 is drawn a year against paper worth 60%: 0.4 x 5 x 1.71 is given to the
// lab, by the provider or by another lender.
func TestDrawsByHand(t *testing.T) {
	for _, lender := range []string{"cloud", "bank"} {
		r := small(func(r *run) {
			r.clauses, r.draw = append(r.clauses, facility("line", lender, 10, 0.6)), 5
			r.world = func(s *Setting) {
				if lender != "cloud" {
					s.Holders = append(s.Holders, Holding{Party: lender})
				}
			}
		})
		s := r.setting(t)
		b := r.book(t, s)
		gift := 0.4 * 5 * 1.71
		want(t, s, b, "npv", "lab", 0, gift-8.55)
		if lender == "cloud" {
			want(t, s, b, "options", "", 0, gift)
			want(t, s, b, "npv", "cloud", 0, 17.1-gift)
			want(t, s, b, "total_ratio", "", 0, 3)
			want(t, s, b, "survival_ratio", "", 0, 12*1.71/8.55)
			want(t, s, b, "margin_ratio", "", 0, 2)
		} else {
			want(t, s, b, "options", "", 0, 0)
			want(t, s, b, "npv", "cloud", 0, 17.1)
			want(t, s, b, "npv", "bank", 0, -gift)
		}
	}
}

// rounds is two rounds of the lab, worth 1,000, a tenth of it the provider's:
// 5 of 8 new money at 92, and a year and a half later 10 of 20 at 180, with
// nothing bought or sold beside.
func rounds(change func(r *run)) *run {
	r := &run{step: calendar.Year, months: 36, need: []float64{0}, market: 1, discount: 1.0 / 9,
		clauses: []clause.Clause{price(nil), equity("first", "cloud", 5, 92, 8, ""), equity("second", "cloud", 10, 180, 20, "2028-06-01")},
		world:   func(s *Setting) { s.Holders[0].Share = 0.1 }}
	if change != nil {
		change(r)
	}
	return r
}

// 5 of 100 and a tenth diluted by 92%: 14.2%. 10 of 200 and that diluted by
// 90%: 17.78%, of which 4.5% + 5% were bought. Who fails in the second year
// never sees the second round.
func TestCapTableByHand(t *testing.T) {
	r := rounds(func(r *run) { r.fails = []int{-1, 1, 2} })
	s := r.setting(t)
	b := r.book(t, s)
	for lane, x := range []struct{ bought, after, cheque, round float64 }{
		{0.095, 0.1778, 5 + 10*0.81, 8 + 20*0.81}, {0.05, 0.142, 5, 8}, {0.095, 0.1778, 5 + 10*0.81, 8 + 20*0.81},
	} {
		want(t, s, b, "stake", "", lane, x.bought)
		want(t, s, b, "stake_after", "", lane, x.after)
		want(t, s, b, "stake_fair_value", "", lane, x.bought*(1000+x.round))
		want(t, s, b, "premium", "", lane, x.cheque-x.bought*(1000+x.round))
		want(t, s, b, "net_equity_price", "", lane, x.cheque)
		want(t, s, b, "npv", "cloud", lane, x.after*(1000+x.round)-100-x.cheque)
		want(t, s, b, "npv", "lab", lane, (1-x.after)*(1000+x.round)-900-(x.round-x.cheque))
	}
}

// Another investor's cheque dilutes the provider, and is its own account.
func TestCapTableWithOthers(t *testing.T) {
	r := rounds(func(r *run) {
		r.clauses[2] = equity("second", "fund", 10, 180, 20, "2028-06-01")
		r.world = func(s *Setting) { s.Holders = []Holding{{"cloud", 0.1}, {"fund", 0.2}} }
	})
	s := r.setting(t)
	b := r.book(t, s)
	v1 := 1000 + 8 + 20*0.81
	want(t, s, b, "stake", "", 0, 0.045)
	want(t, s, b, "stake_after", "", 0, 0.142*0.9)
	want(t, s, b, "npv", "cloud", 0, 0.142*0.9*v1-100-5)
	fund := 0.2*0.92*0.9 + 0.05
	want(t, s, b, "npv", "fund", 0, fund*v1-200-10*0.81)
	want(t, s, b, "npv", "lab", 0, (1-0.142*0.9-fund)*v1-700-(3+10*0.81))
}

// A cheque of 6 in credits pays 4 of the first year's 4 and 2 of the second's:
// I is worth 4 x 0.9 + 2 x 0.81, and so is what the lab takes in. It does not
// happen to who fails before it.
func TestCreditsByHand(t *testing.T) {
	e := equity("credits", "cloud", 6, 94, 6, "")
	e.PaidIn = "credits"
	r := &run{step: calendar.Year, months: 24, need: []float64{4}, market: 1, discount: 1.0 / 9, clauses: []clause.Clause{price(nil), e}}
	s := r.setting(t)
	b := r.book(t, s)
	i := 4*0.9 + 2*0.81
	want(t, s, b, "stake", "", 0, 0.06)
	want(t, s, b, "net_equity_price", "", 0, i)
	want(t, s, b, "overcharge", "", 0, 0)
	want(t, s, b, "npv", "cloud", 0, -i+0.06*(1000+i)+2*1.71)
	want(t, s, b, "npv", "lab", 0, 0.94*(1000+i)-1000)

	late := equity("credits", "cloud", 6, 94, 6, "2028-03-01")
	late.PaidIn = "credits"
	r.clauses[1], r.fails = late, []int{1, -1}
	s = r.setting(t)
	b = r.book(t, s)
	want(t, s, b, "stake", "", 0, 0)
	want(t, s, b, "stake_fair_value", "", 0, 0)
	want(t, s, b, "stake", "", 1, 0.06)
}

// Cheques of 5 and 10 and a facility of 25 against a commitment of 80; 48 is
// spent a year, so that 5 is a month and a quarter of it.
func TestRatiosByHand(t *testing.T) {
	r := rounds(func(r *run) {
		r.need = []float64{48}
		r.clauses = append(r.clauses, commitment("spend", 80, nil), facility("line", "cloud", 25, 1))
		r.world = func(s *Setting) { s.OtherInflow = level(s.grid(), 20) }
	})
	s := r.setting(t)
	b := r.book(t, s)
	spend, capital := 48*(0.9+0.81+0.729), 5+10*0.81
	for name, x := range map[string]float64{
		"headline_ratio": 16, "total_ratio": 2, "nominal_coverage": 15.0 / 80, "months_funded": 1.25,
		"pv_ratio": spend / capital, "survival_ratio": spend / capital, "pv_coverage": capital / spend, "margin_ratio": spend / 2 / capital,
		"breakeven_markup": capital / (spend - capital), "round_trip_month": 12,
		// Of a revenue of 144 the provider's own 15, if spent first; 15 of 75 that
		// the lab takes in; and 15 again if spent last, as others give only 60.
		"own_money_first": 15.0 / 144, "own_money_proportional": 15.0 / 75, "own_money_last": 15.0 / 144,
	} {
		want(t, s, b, name, "", 0, x)
	}
	premium := value(t, s, b, "premium", "", 0)
	want(t, s, b, "breakeven_markup_fair", "", 0, premium/(spend-premium))
}

// What has no capital has no ratio to it, and what is not paid back has no
// month in which it is.
func TestWhatIsNotDefined(t *testing.T) {
	r := small(nil)
	for _, m := range Catalog(r.setting(t)) {
		switch m.Name {
		case "headline_ratio", "pv_ratio", "stake", "premium", "breakeven_markup", "own_money_first", "round_trip_month", "nominal_coverage", "deficiency_elsewhere":
			t.Errorf("without cheques or minimums elsewhere there is %s", m.Name)
		}
	}
	// Money put in, and nothing comes of it but the shares, which are worth 0.
	r = rounds(func(r *run) {
		r.clauses = r.clauses[:2]
		r.clauses[1] = equity("first", "cloud", 5, 1e14, 0, "")
		r.world = nil
	})
	s := r.setting(t)
	b := r.book(t, s)
	for _, name := range []string{"round_trip_month", "months_funded", "pv_coverage", "breakeven_markup", "own_money_first"} {
		want(t, s, b, name, "", 0, math.NaN())
	}
	want(t, s, b, "pv_ratio", "", 0, 0)
}

// Machines for 8, paid at signing, take half off a price of 1.2 for 10 units a
// year, and 40% off a running cost of 0.5; at the end they are worth 2. O =
// (6 - 10) x 1.71 and G = (10 - 3) x 1.71. Brought, the 8 go to the market, and
// the 2 come from it to the supplier.
func TestHardwareBroughtByHand(t *testing.T) {
	r := small(func(r *run) { r.clauses[1] = machines(func(c *clause.Hardware) { c.Title = "supplier" }) })
	s := r.setting(t)
	b := r.book(t, s)
	for name, x := range map[string]float64{"overcharge": -6.84, "supply_gain": 11.97, "supply_gain_if_scarce": 0, "options": -1.62} {
		want(t, s, b, name, "", 0, x)
	}
	want(t, s, b, "npv", "cloud", 0, 6.75)
	want(t, s, b, "npv", "lab", 0, 6.84-8)
	if out := b.Parts().Outside[0]; math.Abs(out-638) > 1e-9 {
		t.Errorf("those outside get %v, want 8 - 1.62", out/100)
	}
}

// Prepaid, the 8 are the supplier's income and its cost is what it was: O = 8 -
// 4 x 1.71, G = 5 x 1.71. The machines pass to the lab at the end.
func TestHardwarePrepaidByHand(t *testing.T) {
	r := small(func(r *run) {
		r.clauses[1] = machines(func(c *clause.Hardware) { c.How, c.LowersCost = "prepaid", nil })
	})
	s := r.setting(t)
	b := r.book(t, s)
	for name, x := range map[string]float64{"overcharge": 1.16, "supply_gain": 8.55, "options": 1.62} {
		want(t, s, b, name, "", 0, x)
	}
	want(t, s, b, "npv", "cloud", 0, 8.09)
	want(t, s, b, "npv", "lab", 0, 0.46)
}

func machines(change func(c *clause.Hardware)) *clause.Hardware {
	c := clause.NewHardware()
	head(c, "machines", "lab", "cloud")
	c.Upfront, c.LowersPrice, c.LowersCost, c.Residual = 800, 0.5, &clause.Borne{Sunk: 0.4}, 0.25
	change(c)
	return c
}

// 12 is billed a year for 10 units where the market asks 10: 1.2 a unit, a
// fifth above it. A charge of 1 a year makes it 13, and machines prepaid for 8
// spread over 17.1 discounted units.
func TestEffectivePriceByHand(t *testing.T) {
	r := small(nil)
	s := r.setting(t)
	b := r.book(t, s)
	want(t, s, b, "effective_price", "", 0, 1.2)
	want(t, s, b, "effective_market_price", "", 0, 1)
	fee := clause.NewCharge()
	head(fee, "fee", "lab", "cloud")
	fee.Amount = new(float64)
	*fee.Amount = 1.0 / 12
	prepaid := machines(func(c *clause.Hardware) { c.How, c.LowersCost, c.LowersPrice = "prepaid", nil, 0 })
	r = small(func(r *run) { r.clauses = append(r.clauses, fee, prepaid) })
	s = r.setting(t)
	b = r.book(t, s)
	want(t, s, b, "effective_price", "", 0, 1.3+8/17.1)
	r = small(func(r *run) { r.need = []float64{0} })
	s = r.setting(t)
	b = r.book(t, s)
	want(t, s, b, "effective_price", "", 0, math.NaN())
}

// An SPV lets the lab what serves 4 units a year beside the 10 taken, for 3 a
// year. With an outlay of 5, and 1 back at the end, its cost is those, and the
// service comes from the market; without, it gives up what others would have
// paid for the 4 units.
func TestLeaseByHand(t *testing.T) {
	for outlay, fund := range map[float64]float64{500: 3*1.71 - 5*0.9 + 0.81, 0: 3*1.71 - 4*1.71} {
		r := small(func(r *run) {
			power, yield := 1.0, 4.0/12
			l := clause.NewLease()
			head(l, "spv", "fund", "lab")
			l.Term, l.RentCents, l.PowerGW, l.UnitsPerGW = calendar.Span{Months: 24}, 25, &power, &yield
			if l.Outlay = outlay; outlay > 0 {
				l.Residual = &clause.Residual{Cents: 100}
			}
			r.need, r.elect = []float64{16}, 10.0/16
			r.clauses[1] = l
			r.world = func(s *Setting) { s.Holders = append(s.Holders, Holding{Party: "fund"}) }
		})
		s := r.setting(t)
		b := r.book(t, s)
		want(t, s, b, "npv", "fund", 0, fund)
		want(t, s, b, "npv", "lab", 0, -2*1.71+(4-3)*1.71)
		want(t, s, b, "npv", "cloud", 0, 7*1.71)
		sum := value(t, s, b, "npv", "fund", 0) + value(t, s, b, "npv", "lab", 0) + value(t, s, b, "npv", "cloud", 0) + b.Parts().Outside[0]/100
		if g := value(t, s, b, "supply_gain", "", 0); math.Abs(sum-g) > 1e-9 {
			t.Errorf("all have %v, S + G is %v", sum, g)
		}
	}
}

// Rent to the supplier is the price of compute: 15 a year for 10 units that
// cost nothing else, and 1 a unit in the market.
func TestRentIsThePriceByHand(t *testing.T) {
	r := small(func(r *run) {
		l := clause.NewLease()
		head(l, "rent", "cloud", "lab")
		l.Term, l.RentCents = calendar.Span{Months: 24}, 125
		free := 0.0
		r.clauses = []clause.Clause{price(func(p *clause.Price) { p.Fixed = &free }), l}
	})
	s := r.setting(t)
	b := r.book(t, s)
	want(t, s, b, "overcharge", "", 0, 5*1.71)
	want(t, s, b, "effective_price", "", 0, 1.5)
	want(t, s, b, "npv", "cloud", 0, 10*1.71)
	want(t, s, b, "npv", "lab", 0, -5*1.71)
}
