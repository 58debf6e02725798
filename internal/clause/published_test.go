// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"testing"

	"offtake/internal/calendar"
)

// Minimums that were published, and what was reported of them. Amounts are in
// millions of dollars.

// Snap and Amazon, 2017: $50, 125, 200, 275 and 350 million, each due in full
// (K2 and K3; Snap's Form S-1/A as quoted by VentureBeat 2017); what is spent
// above a year's minimum lowers the next. With Google's $400 million the
// minimums for 2018 were $525 million; Snap's Form 10-K for 2017 has $518.8
// million (K5; The Motley Fool, 23 February 2018): 6.2 less, which was spent
// above the 50 of 2017.
func TestSnapAndAmazon(t *testing.T) {
	const google, together, reported = 400, 525, 518.8
	aws := testCommitment("aws", 100e9)
	aws.Schedule = Schedule{Shape: "table", Table: []float64{50e8, 125e8, 200e8, 275e8, 350e8}}
	aws.Carry = &CarryForward{Threshold: 1, Cap: -1}
	g := testGrid(t, "5y", calendar.Year, 0)
	millions := func(xs ...float64) []float64 {
		for i := range xs {
			xs[i] *= 1e6
		}
		return xs
	}
	above := together - reported
	got := play{grid: g, need: millions(50+above, 100, 200, 300, 325)}.through(t, testPrice(), aws)
	wantSteps(t, "minimum", got.rows["aws.minimum"], millions(50, 125, 200, 275, 350)...)
	wantSteps(t, "carried forward", got.rows["aws.carry_forward_bank"], millions(6.2, 0, 0, 25, 0)...)
	wantSteps(t, "lowers the next", got.rows["aws.carry_forward_used"], millions(0, 6.2, 0, 0, 25)...)
	wantSteps(t, "missing", got.rows["aws.deficiency"], millions(0, 18.8, 0, 0, 0)...)
	// What had to be spent in 2018, with Google: what was, and what was missing.
	due := got.rows["aws.spend"][1] + got.rows["aws.deficiency"][1] + google*1e6
	wantSteps(t, "due for 2018 in all", []float64{due}, reported*1e6)
	wantSteps(t, "the total", []float64{sum(got.rows["aws.minimum"])}, 1000e6)
}

// Snap and Google, 2017: $400 million in each of five years, of which up to 15%
// may move to a later year in each of the first four (K4; The Motley Fool, 23
// February 2018). A year's least payment was reported as $390 million with
// Amazon's 50: 85% of 400 and 50.
func TestSnapAndGoogle(t *testing.T) {
	const amazon, least = 50, 390
	google := testCommitment("google", 200e9)
	google.Deferral = &Deferral{Cap: 0.15, Periods: []int{1, 2, 3, 4}}
	g := testGrid(t, "5y", calendar.Year, 0)
	got := play{grid: g, need: []float64{340e6, 300e6, 410e6, 460e6, 430e6}}.through(t, testPrice(), google)
	// 400 - 340 = 60, all of 15%. 460 - 300 = 160: 60 more, 100 is paid. 460 -
	// 410 = 50. 450 - 460: nothing is put off. In the fifth year nothing may be.
	wantSteps(t, "put off", got.rows["google.deferred"], 60e6, 60e6, 50e6, 0, 0)
	wantSteps(t, "minimum", got.rows["google.minimum"], 400e6, 460e6, 460e6, 450e6, 400e6)
	wantSteps(t, "missing", got.rows["google.deficiency"], 0, 100e6, 0, 0, 0)
	wantSteps(t, "least for 2017", []float64{got.rows["google.paid"][0] + amazon*1e6}, least*1e6)
	got = play{grid: g, need: []float64{400e6, 400e6, 400e6, 300e6, 430e6}}.through(t, testPrice(), google)
	wantSteps(t, "the last year", got.rows["google.minimum"], 400e6, 400e6, 400e6, 400e6, 460e6)
	wantSteps(t, "missing in it", got.rows["google.deficiency"], 0, 0, 0, 40e6, 30e6)
}

// Snowflake, 2023: $350, 450, 500, 550 and 650 million in its fiscal years 2024
// to 2028, 2.5 billion in all; the difference is paid, and can be applied to
// spending later in the term (K3 and K6; Partner Insight, quoting the Form 10-K
// for fiscal 2023). A year short by 50 is made up for by the next that is above
// its minimum.
func TestSnowflake(t *testing.T) {
	cloud := testCommitment("cloud", 250e9)
	cloud.Schedule = Schedule{Shape: "table", Table: []float64{350e8, 450e8, 500e8, 550e8, 650e8}}
	cloud.MakeUp = &MakeUp{In: "money", Expiry: "after_use", TopUp: "unpaid", AtEnd: "lost"}
	got := play{grid: testGrid(t, "5y", calendar.Year, 0), need: []float64{300e6, 440e6, 520e6, 620e6, 650e6}}.through(t, testPrice(), cloud)
	wantSteps(t, "minimum", got.rows["cloud.minimum"], 350e6, 450e6, 500e6, 550e6, 650e6)
	wantSteps(t, "paid for what was missing", got.flows["cloud.deficiency"], 50e6, 10e6)
	wantSteps(t, "applied to later spending", got.rows["cloud.make_up_used"], 0, 0, 20e6, 40e6, 0)
	wantSteps(t, "to be applied yet", got.rows["cloud.make_up_bank"], 50e6, 60e6, 40e6, 0, 0)
	wantSteps(t, "paid", got.rows["cloud.paid"], 350e6, 450e6, 500e6, 580e6, 650e6)
	// All that was paid was used: 300 + 440 + 520 + 620 + 650 = 2,530.
	wantSteps(t, "in all", []float64{sum(got.rows["cloud.paid"])}, 2530e6)
}

// Azure's consumption commitment (K7, K8, K9 and K10): a milestone that is
// missed is charged as prepayment credit; usage paid with that does not
// decrement the commitment; it ends completed or expired.
func TestAzure(t *testing.T) {
	macc := func() *Commitment {
		c := testCommitment("macc", 9000)
		c.Milestones = []Milestone{{day("2027-12-31"), 3000}, {day("2028-12-31"), 3000}, {day("2029-12-31"), 3000}}
		c.Credit = &ShortfallCredit{Life: 3}
		c.Counts = &Counts{Basis: "after_discount", Credits: false, Prepaid: false, Prepayments: true}
		return c
	}
	g := testGrid(t, "4y", calendar.Year, 0)
	// 5 is missing in the first year and pays 5 of the 40 of the second, of
	// which 35 counts; in the third 30 of 30; 90 = 25 + 35 + 30 is complete.
	got := play{grid: g, need: []float64{25, 40, 30, 30}}.through(t, testPrice(), macc())
	wantSteps(t, "shortfall", got.flows["macc.deficiency"], 5)
	wantSteps(t, "credit pays", got.flows["macc.credit"], 0, 5)
	wantSteps(t, "decrements", got.rows["macc.spend"], 25, 35, 30)
	wantSteps(t, "completed", scaled(got.rows["macc.completed"]), 0, 0, 1)
	// 10 and 12 are missing at last: the end finds it expired, and the credit
	// is there for the fourth year.
	got = play{grid: g, need: []float64{30, 20, 28, 30}}.through(t, testPrice(), macc())
	wantSteps(t, "shortfall", got.flows["macc.deficiency"], 0, 10, 12)
	wantSteps(t, "credit pays", got.flows["macc.credit"], 0, 0, 10, 12)
	wantSteps(t, "expired", scaled(got.rows["macc.expired"]), 0, 0, 1)
}
