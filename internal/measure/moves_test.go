// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"math"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// A move is an amount that one line of a clause of no catalogue moves in one
// step, or in every step from it on: the measures know it by its role alone.
type move struct {
	from, to, kind string
	asset          contract.AssetKind
	role           contract.Role
	at             int // -1 is the signing
	on             bool
	amount         float64
}

// Bind posts the move where the buyer is solvent.
func (x move) Bind(b *contract.Builder) {
	line := b.Line(contract.Line{From: x.from, To: x.to, Asset: contract.Asset{Kind: x.asset, Of: of(x)}, Kind: x.kind, Clause: "x-" + x.kind, Role: x.role})
	post := func(m *contract.Month) {
		if m.T == x.at || x.on && m.T > x.at && m.T < m.Grid().Term() {
			col := m.Temp()
			vec.Scale(col, m.Obs.Col[contract.Alive], 100*x.amount)
			m.Post(line, col)
			m.Free(1)
		}
	}
	b.On(contract.Signing, "x-"+x.kind, post)
	b.On(contract.Funding, "x-"+x.kind, post)
}

func of(x move) string {
	if x.asset == contract.Cash {
		return ""
	}
	return "x-" + x.kind
}

// reports is a clause that reports what is owed if it is used at once, and
// later more.
type reports struct{ cents []float64 }

// Bind reports in every step.
func (x reports) Bind(b *contract.Builder) {
	id := b.Reading(contract.Reading{Name: EffectiveCommitment, Unit: "cents", Clause: "way-out"})
	b.Line(contract.Line{From: "lab", To: "cloud", Asset: contract.Asset{Kind: contract.Cash}, Kind: "fee", Clause: "way-out", Role: contract.Use})
	b.On(contract.Standing, "way-out", func(m *contract.Month) {
		vec.Fill(m.ReadTo(id), x.cents[min(m.T, len(x.cents)-1)])
	})
}

// bound are the clauses as the contract has them.
func (r *run) bound() []contract.Clause {
	out := clause.Arrange(r.clauses)
	for _, x := range r.moves {
		out = append(out, x)
	}
	if r.reported != nil {
		out = append(out, reports{r.reported})
	}
	return out
}

// moved is a quarterly deal in which everything moves that a clause may move
// between the two sides, third parties and those outside, beside a cheque, two
// facilities and a minimum.
func moved() *run {
	cash, kind := contract.Cash, contract.InKind
	give, lend := contract.Instrument, contract.Lend
	return &run{
		step: calendar.Quarter, months: 36, tail: 1, market: 0.9, discount: 0.05, need: []float64{40, 50, 60, 20}, draw: 6, elect: 0.9,
		clauses: []clause.Clause{
			price(nil), equity("first", "cloud", 50, 900, 80, ""), facility("line", "cloud", 30, 0.7), facility("soft", "bank", 40, 0.8),
			commitment("spend", 600, nil),
		},
		moves: []move{
			{"cloud", "lab", "loan", cash, lend, -1, false, 70},
			{"lab", "cloud", "interest", cash, give, 0, true, 2},
			{"lab", "cloud", "claim", kind, give, 11, false, 80},
			{"cloud", "lab", "grant_of_shares", kind, give, 3, false, 25},
			{"cloud", "fund", "commission", cash, give, 1, false, 3},
			{"fund", "lab", "bridge", cash, lend, 2, false, 90},
			{"lab", "fund", "repaid", cash, give, 9, false, 100},
			{"lab", "fund", "licence", kind, give, 5, false, 6},
			{"lab", "cloud", "customer_loan", cash, lend, 4, false, 15},
			{"cloud", "lab", "customer_loan_repaid", cash, give, 8, false, 17},
			{contract.Outside, "lab", "resale", cash, give, 6, true, 1},
			{"cloud", contract.Outside, "rent", cash, give, 6, true, 0.5},
			{"lab", "cloud", "fee", cash, contract.Use, 0, true, 0.3},
			{"cloud", "lab", "damages", cash, contract.Use, 7, false, 4},
			{"bank", "cloud", "guarantee", cash, give, 10, false, 5},
		},
		fails: []int{-1, 5, 9}, reported: []float64{30000, 10000},
		world: func(s *Setting) {
			s.Holders = []Holding{{"cloud", 0.1}, {"fund", 0.02}, {"bank", 0}}
			s.OtherInflow, s.LeastCents = level(s.grid(), 5), 60000
		},
	}
}

// loaned is a deal by the year without shares: 60 is lent at the start for 6 a
// year and comes back after three; beside it 10 units a year are taken at 1.2
// that cost 0.5 to supply and 1 in the market, against a promise of 36.
func loaned() *run {
	fixed := 1.2
	return &run{step: calendar.Year, months: 36, need: []float64{10}, market: 1, discount: 0.05,
		clauses: []clause.Clause{price(func(p *clause.Price) { p.Fixed = &fixed }), commitment("spend", 36, nil)},
		moves: []move{
			{"cloud", "lab", "loan", contract.Cash, contract.Lend, -1, false, 60},
			{"lab", "cloud", "interest", contract.Cash, contract.Instrument, 0, true, 6},
			{"lab", "cloud", "repayment", contract.Cash, contract.Instrument, 2, false, 60},
		},
	}
}

// A loan is capital: 36 promised over 60; 12 a year is 1 a month, so that 60
// pays for 60 months. 12 + 12 + 12 never reaches it. The provider's money earns
// 10% on the loan and 7 a year beside: -60, 13, 13, 73, which is 13/60.
func TestLoansAreCapital(t *testing.T) {
	r := loaned()
	s := r.setting(t)
	b := r.book(t, s)
	spend := 12 * (1/1.05 + 1/1.1025 + 1/1.157625)
	for name, x := range map[string]float64{
		"total_ratio": 36.0 / 60, "pv_ratio": spend / 60, "survival_ratio": spend / 60, "months_funded": 60, "round_trip_month": math.NaN(),
		"own_money_first": 1, "margin_ratio": spend * 7 / 12 / 60,
		"effective_price": 1.2, "effective_market_price": 1,
	} {
		want(t, s, b, name, "", 0, x)
	}
	want(t, s, b, "irr", "cloud", 0, 13.0/60)
	want(t, s, b, "peak_exposure", "cloud", 0, 60)
	want(t, s, b, "multiple", "cloud", 0, 99.0/60)
	// The lab pays 6 and 2 above the market for 60.
	want(t, s, b, "irr", "lab", 0, 8.0/60)
	want(t, s, b, "total_given", "cloud", 0, 60)
	want(t, s, b, "total_received", "cloud", 0, 36+18+60)
	want(t, s, b, "total_given", "lab", 0, 36+18+60)
	want(t, s, b, "total_received", "lab", 0, 60)
	// The loan gives 60 - 6 (1/1.05 + ...) - 60/1.05^3, and takes that from the discount.
	gift := 60 - spend/2 - 60/1.157625
	want(t, s, b, "effective_discount", "", 0, gift/spend)
	want(t, s, b, "options", "", 0, gift)
	for _, m := range Catalog(s) {
		if m.Name == "headline_ratio" || m.Name == "pv_coverage" || m.Name == "nominal_coverage" {
			t.Errorf("without a cheque there is %s", m.Name)
		}
	}

	// 12 is there again after the first year.
	r.moves[0].amount = 12
	s = r.setting(t)
	want(t, s, r.book(t, s), "round_trip_month", "", 0, 12)
}

// A facility is capital too: what is drawn in the first year counts where there
// is no cheque.
func TestFacilitiesFund(t *testing.T) {
	r := loaned()
	r.moves, r.draw = nil, 5
	r.clauses = append(r.clauses, facility("line", "cloud", 10, 1))
	s := r.setting(t)
	b := r.book(t, s)
	want(t, s, b, "months_funded", "", 0, 5)
	want(t, s, b, "round_trip_month", "", 0, 12)
	want(t, s, b, "total_ratio", "", 0, 3.6)
	r.draw = 0
	want(t, s, r.book(t, s), "months_funded", "", 0, 0)
	want(t, s, r.book(t, s), "irr", "cloud", 0, math.NaN())
}

// A buyer that pays its supplier in advance is the one who lends: 50 now, 55
// back after a year, with nothing taken.
func TestBuyersLend(t *testing.T) {
	r := &run{step: calendar.Year, months: 12, need: []float64{0}, market: 1, clauses: []clause.Clause{price(nil)}, moves: []move{
		{"lab", "cloud", "advance", contract.Cash, contract.Lend, -1, false, 50},
		{"cloud", "lab", "advance_back", contract.Cash, contract.Instrument, 0, false, 55},
	}}
	s := r.setting(t)
	b := r.book(t, s)
	want(t, s, b, "irr", "lab", 0, 0.1)
	want(t, s, b, "irr", "cloud", 0, 0.1)
	want(t, s, b, "peak_exposure", "lab", 0, 50)
	for _, m := range Catalog(s) {
		if m.Name == "months_funded" || m.Name == "pv_ratio" {
			t.Errorf("where the provider puts in nothing there is %s", m.Name)
		}
	}
}

// A third party's loan of 90 brings 108 after a year, and its shares, which it
// paid 10 for, are worth 10 x 1.05 then: -100, 118.5.
func TestThirdPartiesReturn(t *testing.T) {
	r := &run{step: calendar.Year, months: 12, need: []float64{0}, market: 1, discount: 0.05,
		clauses: []clause.Clause{price(nil), equity("angel", "fund", 10, 1000, 10, "")},
		moves: []move{
			{"fund", "lab", "bridge", contract.Cash, contract.Lend, -1, false, 90},
			{"lab", "fund", "back", contract.Cash, contract.Instrument, 0, false, 108},
		},
		world: func(s *Setting) { s.Feedback, s.Holders = false, []Holding{{"cloud", 0}, {"fund", 0}} }}
	s := r.setting(t)
	b := r.book(t, s)
	want(t, s, b, "irr", "fund", 0, 0.185)
	want(t, s, b, "multiple", "fund", 0, 1.185)
	want(t, s, b, "peak_exposure", "fund", 0, 100)
	want(t, s, b, "irr", "lab", 0, 0.185)
	want(t, s, b, "total_given", "fund", 0, 100)
	want(t, s, b, "total_received", "fund", 0, 108)
}

// 8 is put in when 14 has come in beyond cost: whatever rate fits, no money of
// the provider's was ever at stake. So with a lab that is lent less than it has
// paid too much.
func TestRatesWithoutExposure(t *testing.T) {
	r := loaned()
	r.moves = []move{
		{"cloud", "lab", "loan", contract.Cash, contract.Lend, 1, false, 8},
		{"lab", "cloud", "repayment", contract.Cash, contract.Instrument, 2, false, 1},
	}
	s := r.setting(t)
	b := r.book(t, s)
	all := Catalog(s)
	want(t, s, b, "peak_exposure", "cloud", 0, 0)
	want(t, s, b, "irr", "cloud", 0, math.NaN())
	if got, why := all[Find(all, "irr", "cloud", "", 0)].Why(b), "it is never out of pocket"; got != why {
		t.Errorf("cloud: %q", got)
	}
	// The lab pays 2 a year above the market and is given 1.5 after the second.
	r.moves[0].amount = 3.5
	s = r.setting(t)
	b = r.book(t, s)
	want(t, s, b, "irr", "lab", 0, math.NaN())
	if got, why := all[Find(all, "irr", "lab", "", 0)].Why(b), "it has never got more than it has paid"; got != why {
		t.Errorf("lab: %q", got)
	}
	r.fails, r.moves[0].at = []int{0, -1}, 1
	s = r.setting(t)
	if got := all[Find(all, "irr", "cloud", "", 0)].Why(r.book(t, s)); got != "no capital is put in" {
		t.Errorf("who fails first: %q", got)
	}
}

// What is given in kind and in cash between the two sides is the discount,
// whatever third parties do: 25 of shares, less 5 paid for them, on 20 units a
// year at 1 for two years.
func TestDiscountByHand(t *testing.T) {
	r := &run{step: calendar.Year, months: 24, need: []float64{20}, market: 1, clauses: []clause.Clause{price(nil)}, moves: []move{
		{"cloud", "lab", "warrant", contract.InKind, contract.Instrument, 0, false, 25},
		{"lab", "cloud", "strike", contract.Cash, contract.Instrument, 0, false, 5},
		{"fund", "lab", "present", contract.Cash, contract.Instrument, 0, false, 11},
		{"lab", "cloud", "fee", contract.Cash, contract.Use, 0, true, 2},
		{"cloud", "lab", "damages", contract.Cash, contract.Use, 1, false, 1},
	}, world: func(s *Setting) { s.Holders = []Holding{{"cloud", 0}, {"fund", 0}} }}
	s := r.setting(t)
	b := r.book(t, s)
	want(t, s, b, "effective_discount", "", 0, 20.0/43)
	want(t, s, b, "effective_price", "", 0, 43.0/40)
	want(t, s, b, "effective_market_price", "", 0, 1)
	want(t, s, b, "total_given", "lab", 0, 43+5)
	want(t, s, b, "total_received", "lab", 0, 11)
	want(t, s, b, "total_received", "cloud", 0, 43+5)
	want(t, s, b, "total_given", "cloud", 0, 0)
	want(t, s, b, "total_given_in_kind", "cloud", 0, 25)
	want(t, s, b, "total_received_in_kind", "lab", 0, 25)
	if Find(Catalog(s), "total_received_in_kind", "cloud", "", 0) >= 0 {
		t.Error("nothing goes to the provider in kind")
	}
}

// What is owed is the least of the commitments' own and of what is first
// reported of ways out.
func TestWhatCannotBeEscaped(t *testing.T) {
	r := small(func(r *run) { r.world = func(s *Setting) { s.LeastCents = 3000 } })
	s := r.setting(t)
	want(t, s, r.book(t, s), "effective_commitment", "", 0, 30)
	r.reported = []float64{1200, 100}
	s = r.setting(t)
	want(t, s, r.book(t, s), "effective_commitment", "", 0, 12)
	r.reported = []float64{4000, 100}
	s = r.setting(t)
	want(t, s, r.book(t, s), "effective_commitment", "", 0, 30)
	r.clauses, r.world = r.clauses[:1], nil
	s = r.setting(t)
	want(t, s, r.book(t, s), "effective_commitment", "", 0, 40)
	r.reported = nil
	if Find(Catalog(r.setting(t)), "effective_commitment", "", "", 0) >= 0 {
		t.Error("without a commitment there is one that cannot be escaped")
	}
}
