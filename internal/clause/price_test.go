// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"slices"
	"strings"
	"testing"

	"offtake/internal/calendar"
)

func ptr(x float64) *float64 { return &x }

func fixedPrice(x float64, change func(*Price)) *Price {
	p := testPrice()
	p.Fixed = &x
	if change != nil {
		change(p)
	}
	return p
}

// 10 units a month at a list price of 2: 0.5 for two months, then 30% off in
// the steps that begin before 15 April, then 10% off.
func TestIntroductoryPrices(t *testing.T) {
	p := testPrice()
	p.Discount = 0.1
	p.Intro = []Intro{{Until: day("2027-03-01"), Fixed: ptr(0.5)}, {Until: day("2027-04-15"), Discount: ptr(0.3)}}
	got := play{grid: testGrid(t, "6m", calendar.Month, 0), list: steps(6, 2), need: steps(6, 10)}.through(t, p)
	wantSteps(t, "price", got.price, 0.5, 0.5, 1.4, 1.4, 1.8, 1.8)
	wantSteps(t, "usage", got.flows["price.usage"], 5, 5, 20, 20, 20, 20)
	wantSteps(t, "discount", got.flows["price.discount"], 0, 0, 6, 6, 2, 2)
}

// What is spent at an introductory price reaches no tier: 100 of 200 at list in
// the second quarter earn 20%.
func TestIntroReachesNoTier(t *testing.T) {
	p := testPrice()
	p.Tiers = []Tier{{FromCents: 10000, Discount: 0.2}}
	p.Intro = []Intro{{Until: day("2027-04-01"), Discount: ptr(0.5)}}
	got := play{grid: testGrid(t, "6m", calendar.Quarter, 0), need: steps(2, 200)}.through(t, p)
	wantSteps(t, "discount", got.flows["price.discount"], 100, 20)
}

// Half of the index's change from 100, between 90% and 110%: factors 1, 1.05,
// 1.2 and 0.85 before the limits. Thrice its change from 100 to 50 is -0.5,
// which is nothing.
func TestIndexedPrice(t *testing.T) {
	g := testGrid(t, "4m", calendar.Month, 0)
	p := fixedPrice(2, func(p *Price) {
		p.Indexed = &Indexation{Index: "cpi", Base: 100, Share: 0.5, Floor: ptr(0.9), Cap: ptr(1.1)}
	})
	got := play{grid: g, index: []float64{100, 110, 140, 70}, need: steps(4, 10)}.through(t, p)
	wantSteps(t, "price", got.price, 2, 2.1, 2.2, 1.8)
	wantSteps(t, "usage", got.flows["price.usage"], 20, 21, 22, 18)
	p = fixedPrice(2, func(p *Price) { p.Indexed = &Indexation{Index: "cpi", Base: 100, Share: 3} })
	got = play{grid: g, index: []float64{100, 50, 120, 100}}.through(t, p)
	wantSteps(t, "three times", got.price, 2, 0, 3.2, 2)
}

// A fixed price of 3 at a list price of 2 is one and a half times list: when
// list is cut to 1 it is 1.5, and stays. A discount of 20% off the highest list
// so far, never above list.
func TestRebasedPrice(t *testing.T) {
	p := fixedPrice(3, func(p *Price) { p.Rebase = &Rebase{On: "list_cut", Keep: "discount"} })
	got := play{grid: testGrid(t, "4m", calendar.Month, 0), list: []float64{2, 2.5, 1, 1.5}}.through(t, p)
	wantSteps(t, "discount kept", got.price, 3, 3, 1.5, 1.5)
	p = testPrice()
	p.Discount, p.Rebase = 0.2, &Rebase{On: "list_cut", Keep: "price"}
	got = play{grid: testGrid(t, "5m", calendar.Month, 0), list: []float64{2, 1.5, 1, 3, 2}, need: steps(5, 10)}.through(t, p)
	wantSteps(t, "price kept", got.price, 1.6, 1.5, 1, 2.4, 2)
	wantSteps(t, "discount", got.flows["price.discount"], 4, 0, 0, 6, 0)
}

// Reviews every six months on the market price, at 2 first, moving by a tenth
// at most: 1 would be below 1.8; 3 above 1.98; 1.9 lies between 1.782 and
// 2.178. Upward only: 2, 2.2, and 2.2 although 1.98 is the floor. Downward
// only: 1.8, 1.8, and not 1.9.
func TestReviewedPrice(t *testing.T) {
	g := testGrid(t, "2y", calendar.Quarter, 0)
	market := []float64{9, 9, 1, 3, 3, 3, 1.9, 1}
	for ratchet, want := range map[string][]float64{
		"none": {2, 2, 1.8, 1.8, 1.98, 1.98, 1.9, 1.9},
		"up":   {2, 2, 2, 2, 2.2, 2.2, 2.2, 2.2},
		"down": {2, 2, 1.8, 1.8, 1.8, 1.8, 1.8, 1.8},
	} {
		p := fixedPrice(2, func(p *Price) {
			p.Review = &Review{Every: calendar.Span{Months: 6}, To: "market", Share: 1, Floor: ptr(0.9), Cap: ptr(1.1), Ratchet: ratchet}
		})
		wantSteps(t, ratchet, play{grid: g, market: market}.through(t, p).price, want...)
	}
}

// A discount is set anew and goes on moving with list: 10% off 2, then 1.2
// which is 40% off, then 40% off 3. Twice an index of 0.7, twice.
func TestReviewedDiscountAndIndex(t *testing.T) {
	every := calendar.Span{Months: 3}
	p := testPrice()
	p.Discount, p.Review = 0.1, &Review{Every: every, To: "market", Share: 1, Ratchet: "none"}
	got := play{grid: testGrid(t, "6m", calendar.Month, 0), list: []float64{2, 2, 2, 2, 3, 3}, market: steps(6, 1.2)}.through(t, p)
	wantSteps(t, "discount", got.price, 1.8, 1.8, 1.8, 1.2, 1.8, 1.8)
	p = fixedPrice(2, func(p *Price) {
		p.Review = &Review{Every: every, To: "index", Index: "rents", Share: 2, Ratchet: "none"}
	})
	got = play{grid: testGrid(t, "6m", calendar.Month, 0), index: []float64{1, 1, 1, 0.7, 1, 1}}.through(t, p)
	wantSteps(t, "index", got.price, 2, 2, 2, 1.4, 1.4, 1.4)
	p = fixedPrice(2, func(p *Price) { p.Review = &Review{Every: every, To: "list", Share: 0.5, Ratchet: "none"} })
	got = play{grid: testGrid(t, "6m", calendar.Month, 0), list: []float64{4, 4, 4, 5, 6, 6}}.through(t, p)
	wantSteps(t, "list", got.price, 2, 2, 2, 2.5, 2.5, 2.5)
	// What is reviewed goes on with its index: 3.6 at 150 is 2.4 at 100.
	p = fixedPrice(2, func(p *Price) {
		p.Indexed = &Indexation{Index: "cpi", Base: 100, Share: 1}
		p.Review = &Review{Every: every, To: "market", Share: 1, Ratchet: "none"}
	})
	got = play{grid: testGrid(t, "6m", calendar.Month, 0), index: []float64{100, 110, 150, 150, 100, 50}, market: steps(6, 3.6)}.through(t, p)
	wantSteps(t, "indexed", got.price, 2, 2.2, 3, 3.6, 2.4, 1.2)
}

// A price of 2 against 1.5 in the market and 10% allowed: 1.65. 20 is billed
// and 3.5 of it back, so that 16.5 is spent; or 20 is spent and what is too
// much comes back at the year's end, or when the buyer leaves, and never if it
// fails.
func TestMostFavoured(t *testing.T) {
	g := testGrid(t, "1y", calendar.Quarter, 0)
	price := func(refund string) *Price {
		return fixedPrice(2, func(p *Price) { p.Favoured = &Favoured{Against: "market", Within: 0.1, Refund: refund} })
	}
	world := play{grid: g, need: steps(4, 10), market: []float64{1.5, 1.5, 3, 1.5}}
	spend := testCommitment("spend", 4000)
	spend.Exit = &Exit{}
	got := world.through(t, price("at_once"), spend)
	wantSteps(t, "price", got.price, 1.65, 1.65, 2, 1.65)
	wantSteps(t, "usage", got.flows["price.usage"], 20, 20, 20, 20)
	wantSteps(t, "back at once", got.flows["price.most_favoured"], 3.5, 3.5, 0, 3.5)
	wantSteps(t, "spend", got.rows["spend.spend"], 69.5)

	got = world.through(t, price("year_end"), spend)
	wantSteps(t, "price", got.price, 2, 2, 2, 2)
	wantSteps(t, "back at the year's end", got.flows["price.most_favoured"], 0, 0, 0, 10.5)
	wantSteps(t, "spend before it", got.rows["spend.spend"], 80)
	world.leave = 1
	wantSteps(t, "back on leaving", world.through(t, price("year_end"), spend).flows["price.most_favoured"], 0, 7)
	world.leave, world.fail = 0, 2
	wantSteps(t, "back on failing", world.through(t, price("year_end"), spend).flows["price.most_favoured"])

	// Never above list: 2 against 1.8, then 2.5.
	p := fixedPrice(2, func(p *Price) { p.Favoured = &Favoured{Against: "list", Refund: "at_once"} })
	wantSteps(t, "list", play{grid: g, list: []float64{1.8, 2.5, 2, 1}}.through(t, p).price, 1.8, 2, 2, 1)
}

// 1 until March, nothing stated for March, half of list from April; list is 2.
func TestPricesInTurn(t *testing.T) {
	first := fixedPrice(1, func(p *Price) { p.head.Until = day("2027-03-01") })
	second := testPrice()
	second.head.ID, second.head.Since, second.Discount = "later", day("2027-04-01"), 0.5
	for name, order := range map[string][]Clause{"as written": {first, second}, "the other way round": {second, first}} {
		got := play{grid: testGrid(t, "5m", calendar.Month, 0), list: steps(5, 2), need: steps(5, 10)}.through(t, order...)
		wantSteps(t, name+": price", got.price, 1, 1, 2, 1, 1)
		wantSteps(t, name+": first", got.flows["price.usage"], 10, 10, 20)
		wantSteps(t, name+": then", got.flows["later.usage"], 0, 0, 0, 20, 20)
		wantSteps(t, name+": less", got.flows["later.discount"], 0, 0, 0, 10, 10)
	}
	// Before the first price begins, list too.
	got := play{grid: testGrid(t, "5m", calendar.Month, 0), list: steps(5, 2), need: steps(5, 10)}.through(t, second)
	wantSteps(t, "alone", got.price, 2, 2, 2, 1, 1)
}

// Where a price is not in force list applies, at 2: until the event is seen, or
// for the part that is not carried out. Tiers count what is spent while they
// are in force: 20% of 100 of 200.
func TestPriceNotInForce(t *testing.T) {
	g := testGrid(t, "3m", calendar.Month, 0)
	p := fixedPrice(1, func(p *Price) { p.head.If = "ipo" })
	got := play{grid: g, list: steps(3, 2), need: steps(3, 10), seen: 2}.through(t, p)
	wantSteps(t, "until the event", got.price, 2, 2, 1)
	wantSteps(t, "usage", got.flows["price.usage"], 20, 20, 10)

	p = fixedPrice(1, func(p *Price) { p.head.Likely = 0.5 })
	got = play{grid: g, list: steps(3, 2), need: steps(3, 10), chance: 0.5}.through(t, p)
	wantSteps(t, "half likely", got.price, 1.5, 1.5, 1.5)
	wantSteps(t, "half likely, usage", got.flows["price.usage"], 15, 15, 15)

	p = testPrice()
	p.Discount, p.head.Likely = 0.4, 0.25
	got = play{grid: g, list: steps(3, 2), need: steps(3, 10), chance: 0.25}.through(t, p)
	wantSteps(t, "discount", got.flows["price.discount"], 2, 2, 2)
	wantSteps(t, "discounted price", got.price, 1.8, 1.8, 1.8)

	p = testPrice()
	p.Tiers, p.head.If = []Tier{{FromCents: 10000, Discount: 0.2}}, "ipo"
	got = play{grid: g, need: steps(3, 100), seen: 1}.through(t, p)
	wantSteps(t, "tiers", got.flows["price.discount"], 0, 0, 20)
}

func TestPriceChecks(t *testing.T) {
	price := func(change func(*Price)) Clause { p := testPrice(); change(p); return p }
	one := ptr(1)
	wantFaults(t, "all that moves a fixed price", price(func(p *Price) {
		p.Fixed, p.Indexed, p.Rebase = one, &Indexation{Index: "something", Base: 1, Share: 1, Floor: ptr(0.5), Cap: ptr(2)}, &Rebase{Keep: "discount"}
		p.Review = &Review{Every: calendar.Span{Months: 12}, To: "index", Index: "something"}
		p.Intro = []Intro{{Until: day("2027-06-01"), Fixed: one}, {Until: day("2028-06-01"), Discount: one}}
	}))
	wantFaults(t, "a discount that keeps its price", price(func(p *Price) { p.Discount, p.Rebase = 0.1, &Rebase{Keep: "price"} }))
	wantFaults(t, "introductory prices", price(func(p *Price) {
		p.Intro = []Intro{{Until: day("2028-01-01")}, {Until: day("2027-06-01"), Fixed: one}, {Until: day("2033-01-01"), Fixed: one, Discount: one}}
	}), "INTRO-PRICE at intro[0]", "INTRO-ORDER at intro[1].until", "INTRO-PRICE at intro[2]", "DATE-OUTSIDE-TERM at intro[2].until")
	wantFaults(t, "an introduction before the price", price(func(p *Price) {
		p.head.Since, p.Intro = day("2028-01-01"), []Intro{{Until: day("2028-01-01"), Fixed: one}}
	}), "PRICE-GAP at since", "INTRO-ORDER at intro[0].until")
	wantFaults(t, "an index off list", price(func(p *Price) { p.Indexed = &Indexation{Index: "gas", Base: 1, Floor: ptr(2), Cap: ptr(1)} }),
		"INDEX-UNKNOWN at indexed.index", "COLLAR-CROSSED at indexed.floor", "INDEXED-NOT-FIXED at indexed")
	wantFaults(t, "a discount is kept", price(func(p *Price) { p.Rebase = &Rebase{Keep: "discount"} }), "REBASE-NOTHING at rebase.keep")
	wantFaults(t, "a fixed price is kept", price(func(p *Price) { p.Fixed, p.Rebase = one, &Rebase{Keep: "price"} }), "REBASE-NOTHING at rebase.keep")
	year := calendar.Span{Months: 12}
	wantFaults(t, "tiers", price(func(p *Price) {
		p.Tiers, p.Rebase, p.Review = []Tier{{0, 0.1}}, &Rebase{Keep: "price"}, &Review{Every: year, To: "list"}
	}), "REBASE-NOTHING at rebase", "REVIEW-TIERS at review")
	wantFaults(t, "an index not named", price(func(p *Price) { p.Review = &Review{Every: year, To: "index"} }), "REVIEW-INDEX at review")
	wantFaults(t, "an index not needed", price(func(p *Price) {
		p.Review = &Review{Every: year, To: "list", Index: "gas", Floor: ptr(1.1), Cap: one}
	}), "COLLAR-CROSSED at review.floor", "REVIEW-INDEX at review.index", "INDEX-UNKNOWN at review.index")
	wantFaults(t, "no time between reviews", price(func(p *Price) { p.Review = &Review{To: "list"} }), "REVIEW-NEVER at review.every")
	wantFaults(t, "reviewed too late", price(func(p *Price) { p.Review = &Review{Every: calendar.Span{Months: 60}, To: "list"} }), "REVIEW-NEVER at review.every")
}

// Four years from 2027; what is found of each price, in the order of the file.
func TestPricesTogether(t *testing.T) {
	window := func(id, since, until string, net int) *Price {
		p := testPrice()
		p.head.ID, p.NetMonths = id, net
		if since != "" {
			p.head.Since = day(since)
		}
		if until != "" {
			p.head.Until = day(until)
		}
		return p
	}
	for _, c := range []struct {
		name string
		all  []*Price
		want []string
	}{
		{"in turn", []*Price{window("a", "", "2028-01-01", 0), window("b", "2028-01-01", "2029-01-01", 0), window("c", "2029-01-01", "", 0)}, nil},
		{"in no order", []*Price{window("c", "2029-01-01", "", 0), window("a", "", "2029-01-01", 0)}, nil},
		{"two for good", []*Price{window("a", "", "", 0), window("b", "", "", 0)}, []string{"PRICE-SECOND at since of b"}},
		{"some days of both", []*Price{window("a", "", "2028-03-01", 0), window("b", "2028-01-01", "", 0)}, []string{"PRICE-SECOND at since of b"}},
		{"gaps", []*Price{window("b", "2029-01-01", "2030-01-01", 0), window("a", "2027-06-01", "2028-01-01", 0)},
			[]string{"PRICE-GAP at until of b", "PRICE-GAP at since of a", "PRICE-GAP at until of a"}},
		{"due at other times", []*Price{window("a", "", "2028-01-01", 1), window("b", "2028-01-01", "", 2)}, []string{"PRICE-NET at net of b"}},
	} {
		in := batterySetting(calendar.Month)
		for _, p := range c.all {
			in.Clauses = append(in.Clauses, p)
		}
		var got []string
		for _, p := range c.all {
			found := &reports{}
			p.Check(in, found)
			for _, s := range found.all {
				code, _, _ := strings.Cut(s, ":")
				got = append(got, code+" of "+p.head.ID)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
