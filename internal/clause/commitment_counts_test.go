// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"testing"

	"offtake/internal/calendar"
)

// What counts: usage before a discount of 20%, 40% of it from the marketplace,
// of which at most a quarter of the schedule counts, and 10% for support, which
// does not count. Of 12 at list (9.6 paid) a year 6 + 2.5 counts toward 10.
func TestCategories(t *testing.T) {
	g := testGrid(t, "2y", calendar.Month, 0)
	price := testPrice()
	price.Discount = 0.2
	parts := []Category{{Name: "marketplace", Share: 0.4, Weight: 1, Cap: 0.25}, {Name: "support", Share: 0.1, Weight: 0, Cap: -1}}
	for _, c := range []struct {
		basis      string
		categories []Category
		want       float64
	}{
		{"after_discount", nil, 9.6}, {"before_discount", nil, 12},
		{"before_discount", parts, 6 + 2.5}, {"after_discount", parts, 4.8 + 2.5},
		{"after_discount", []Category{{Share: 0.5, Weight: 0.5, Cap: -1}}, 7.2},
	} {
		spend := yearly(10, 2, func(x *Commitment) {
			x.Counts = &Counts{Basis: c.basis, Categories: c.categories, Credits: true, Prepaid: true}
		})
		got := play{grid: g, need: steps(24, 1)}.through(t, price, spend)
		wantSteps(t, c.basis, got.rows["spend.spend"], c.want, c.want)
		wantSteps(t, c.basis+", missing", got.rows["spend.deficiency"], max(0, 10-c.want), max(0, 10-c.want))
	}
}

// 5 of credits given for shares pay for 5 of the first year's 8.
func TestCreditsDoNotCount(t *testing.T) {
	g := testGrid(t, "2y", calendar.Year, 0)
	shares := testEquity(500)
	shares.PaidIn = "credits"
	for counts, want := range map[bool]float64{true: 8, false: 3} {
		spend := yearly(10, 2, func(x *Commitment) { x.Counts = &Counts{Basis: "after_discount", Credits: counts, Prepaid: true} })
		got := play{grid: g, need: []float64{8, 10}}.through(t, testPrice(), shares, spend)
		wantSteps(t, "paid with credits", got.flows["series.credit"], 5)
		wantSteps(t, "counts", got.rows["spend.spend"], want, 10)
	}
}

// 6 missing becomes credit that pays 6 of the second year's 10. Where that does
// not count, 6 is missing again.
func TestPrepaidUsageDoesNotCount(t *testing.T) {
	g := testGrid(t, "2y", calendar.Year, 0)
	for counts, want := range map[bool]float64{true: 0, false: 6} {
		spend := yearly(10, 2, func(x *Commitment) {
			x.Counts, x.Credit = &Counts{Basis: "after_discount", Credits: true, Prepaid: counts}, &ShortfallCredit{Life: 1}
		})
		got := play{grid: g, need: []float64{4, 10}}.through(t, testPrice(), spend)
		wantSteps(t, "paid with credit", got.flows["spend.credit"], 0, 6)
		wantSteps(t, "missing", got.flows["spend.deficiency"], 6, want)
	}
}
