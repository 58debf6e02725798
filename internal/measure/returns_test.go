// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"math"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/clause"
)

// loan is a cheque of 100 for next to no shares, and so many units a year,
// half of whose price of 1 is margin.
func loan(years int, need ...float64) *run {
	return &run{step: calendar.Year, months: 12 * years, need: need, market: 1, discount: 0.05,
		clauses: []clause.Clause{price(nil), equity("first", "cloud", 100, 1e15, 0, "")},
		world:   func(s *Setting) { s.Hurdles = []Hurdle{{"cloud", 0.1}, {"lab", 0.2}} }}
}

// 100 out, 110 back after a year: 10%. The lab got 100 and pays 220 for what
// it would have paid 220 for: it has no rate.
func TestReturnsByHand(t *testing.T) {
	r := loan(1, 220)
	s := r.setting(t)
	b := r.book(t, s)
	want(t, s, b, "irr", "cloud", 0, 0.1)
	want(t, s, b, "multiple", "cloud", 0, 1.1)
	want(t, s, b, "peak_exposure", "cloud", 0, 100)
	want(t, s, b, "npv_at_hurdle", "cloud", 0, 0)
	want(t, s, b, "irr", "lab", 0, math.NaN())
	want(t, s, b, "peak_exposure", "lab", 0, 0)
	want(t, s, b, "npv_at_hurdle", "lab", 0, 100)

	// 60 back after each of two years: 100 x^2 = 60 x + 60 has the root (60 + sqrt(3600 + 24000)) / 200.
	r = loan(2, 120)
	s = r.setting(t)
	b = r.book(t, s)
	want(t, s, b, "irr", "cloud", 0, (60+math.Sqrt(3600+4*100*60))/200-1)
	want(t, s, b, "multiple", "cloud", 0, 1.2)
	want(t, s, b, "npv_at_hurdle", "cloud", 0, -100+60/1.1+60/1.21)
}

// The lab pays 20% above market: 100 now for 120 after a year.
func TestReturnsOfTheLab(t *testing.T) {
	r := loan(1, 600)
	fixed := 1.2
	r.clauses[0] = price(func(p *clause.Price) { p.Fixed = &fixed })
	s := r.setting(t)
	b := r.book(t, s)
	want(t, s, b, "irr", "lab", 0, 0.2)
	want(t, s, b, "npv_at_hurdle", "lab", 0, 0)
	want(t, s, b, "peak_exposure", "lab", 0, 20)
	want(t, s, b, "multiple", "lab", 0, 100.0/120)
	// What repays 100 is the overcharge of 120 after a year: 20%.
	want(t, s, b, "implied_cost_of_capital", "", 0, 0.2)
	want(t, s, b, "breakeven_markup", "", 0, 100/(720/1.05-100))
}

// Draws on fair terms are no cheques: overcharges of 10 and 110 repay 100 at
// 10%. The round trip is done once cash paid equals what was put in.
func TestDrawsAreNoCheques(t *testing.T) {
	r := loan(2, 50, 550)
	fixed := 1.2
	r.clauses[0] = price(func(p *clause.Price) { p.Fixed = &fixed })
	r.clauses, r.draw = append(r.clauses, facility("line", "cloud", 60, 1)), 50
	s := r.setting(t)
	b := r.book(t, s)
	// 100 = 10/x + 110/x^2: x = 1.1.
	want(t, s, b, "implied_cost_of_capital", "", 0, 0.1)
	want(t, s, b, "options", "", 0, 0)
	r = loan(2, 100, 30)
	want(t, r.setting(t), r.book(t, r.setting(t)), "round_trip_month", "", 0, 12)
	r = loan(2, 99, 30)
	want(t, r.setting(t), r.book(t, r.setting(t)), "round_trip_month", "", 0, 24)
}

// Of a revenue of 120, others give 70: 50 of the 100 put in comes back last,
// 100 first, and of 170 in all 100 is the provider's.
func TestOwnMoney(t *testing.T) {
	r := loan(1, 120)
	s := r.setting(t)
	s.OtherInflow = level(s.grid(), 70)
	b := r.book(t, s)
	want(t, s, b, "own_money_last", "", 0, 50.0/120)
	want(t, s, b, "own_money_first", "", 0, 100.0/120)
	want(t, s, b, "own_money_proportional", "", 0, 100.0/170)
	s.OtherInflow = level(s.grid(), 130)
	want(t, s, r.book(t, s), "own_money_last", "", 0, 0)
}

// Rates that do not exist are undefined: nothing comes back, no capital is put
// in, or several rates fit. With -100, +230 and -132 after two years 10% and
// 20% do: the second year's 264 units cost 0.5 and are free.
func TestRatesThatAreNotThere(t *testing.T) {
	r := loan(2, 0)
	s := r.setting(t)
	b := r.book(t, s)
	want(t, s, b, "irr", "cloud", 0, math.NaN())
	want(t, s, b, "implied_cost_of_capital", "", 0, math.NaN())
	want(t, s, b, "multiple", "cloud", 0, 0)
	want(t, s, b, "peak_exposure", "cloud", 0, 100)

	// A loss and then a gain have a rate of 100%, but no capital that earns it:
	// there are no returns at all.
	r = bare()
	s = r.setting(t)
	s.Costs[0].Cents[0] = 200
	for _, m := range Catalog(s) {
		switch m.Name {
		case "irr", "multiple", "peak_exposure":
			t.Errorf("without capital there is %s", m.Key())
		}
	}

	r = loan(2, 460, 264)
	s = r.setting(t)
	s.Costs[0].Cents[1] = 150 // the second year's margin is -0.5
	b = r.book(t, s)
	want(t, s, b, "irr", "cloud", 0, math.NaN())
	want(t, s, b, "npv_at_hurdle", "cloud", 0, 0)
	want(t, s, b, "multiple", "cloud", 0, 230.0/232)
	s.Hurdles[0].Rate = 0.2
	want(t, s, b, "npv_at_hurdle", "cloud", 0, 0)
}

// At the riskless rate a side's flows are worth its net present value; a
// default costs the provider beside, and other holders have their own.
func TestFlowsAreWorthTheValue(t *testing.T) {
	for _, r := range []*run{rich(), available(), rounds(nil), small(nil), moved()} {
		s := r.setting(t)
		b := r.book(t, s)
		s.Hurdles = []Hurdle{{"cloud", r.discount}, {"lab", r.discount}}
		for _, h := range s.Holders[1:] {
			s.Hurdles = append(s.Hurdles, Hurdle{h.Party, r.discount})
		}
		for lane := range max(1, len(r.fails)) {
			want(t, s, b, "npv_at_hurdle", "cloud", lane, value(t, s, b, "npv", "cloud", lane)+value(t, s, b, "deadweight", "", lane))
			want(t, s, b, "npv_at_hurdle", "lab", lane, value(t, s, b, "npv", "lab", lane))
			for _, h := range s.Holders[1:] {
				want(t, s, b, "npv_at_hurdle", h.Party, lane, value(t, s, b, "npv", h.Party, lane))
			}
		}
	}
}

// Both sides from flows add up to S + G - W, with the other holders', and the
// provider's from parts is that from flows, in every lane.
func TestSidesAddUp(t *testing.T) {
	for name, r := range map[string]*run{"rich": rich(), "available": available(), "rounds": rounds(nil), "small": small(nil), "bare": bare(), "moved": moved()} {
		s := r.setting(t)
		b := r.book(t, s)
		for lane := range max(1, len(r.fails)) {
			of := func(name, party string) float64 { return value(t, s, b, name, party, lane) }
			sum := of("npv", "cloud") + of("npv", "lab")
			for _, h := range s.Holders[1:] {
				sum += of("npv", h.Party)
			}
			sum += b.parts.Outside[lane] / 100
			parts := of("surplus", "") + of("supply_gain", "") - of("deadweight", "")
			if math.Abs(sum-parts) > 1e-8 {
				t.Errorf("%s, lane %d: the sides add up to %v, the parts to %v", name, lane, sum, parts)
			}
			out := make([]float64, b.lanes)
			b.NPVProviderFromParts(out, s.Headline)
			if math.Abs(out[lane]/100-of("npv", "cloud")) > 1e-8 {
				t.Errorf("%s, lane %d: the provider's value is %v from parts, %v from flows", name, lane, out[lane]/100, of("npv", "cloud"))
			}
		}
	}
}
