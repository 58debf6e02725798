// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"math"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/contract"
)

// The published minimums of Snap, Snowflake and Azure, as in the engine's tests
// of that name (K3 to K10 of docs/clauses.md). Amounts are in millions of dollars.

// Snap and Amazon, 2017: 50, 125, 200, 275 and 350; what is above a minimum
// lowers the next: of 525 with Google's 400, 518.8 was reported for 2018.
func TestSnapAndAmazon(t *testing.T) {
	const google, together, reported = 400, 525, 518.8
	aws := spendCommitment("aws", 100_000)
	aws.Schedule = clause.Schedule{Shape: "table", Table: []float64{5_000, 12_500, 20_000, 27_500, 35_000}}
	aws.Carry = &clause.CarryForward{Threshold: 1, Cap: -1}
	r := playTakes(t, "5y", calendar.Year, []float64{50 + 6.25, 100, 200, 300, 325}, listPrice(), aws)
	wantColumn(t, r, "aws", "minimum", 50, 125, 200, 275, 350)
	wantColumn(t, r, "aws", "carry_forward_bank", 6.25, 0, 0, 25, 0)
	wantColumn(t, r, "aws", "carry_forward_used", 0, 6.25, 0, 0, 25)
	wantColumn(t, r, "aws", "deficiency", 0, 18.75, 0, 0, 0)
	// The excess of 6.25 is the reported one to its last digit.
	due := float64(google)                // what was spent with Amazon in 2018, and what was missing
	for _, row := range r.Steps[2].Rows { // after the signing and 2017
		due += (row.Spend + row.Deficiency) / 100
	}
	if due != together-6.25 || math.Abs(reported-due) > 0.051 {
		t.Errorf("%v was due for 2018 in all, %v is reported", due, reported)
	}
}

// Snap and Google, 2017: 400 in each of five years, 15% of which may be put off
// in each of the first four.
func TestSnapAndGoogle(t *testing.T) {
	google := spendCommitment("google", 200_000)
	google.Deferral = &clause.Deferral{Cap: 0.15, Periods: []int{1, 2, 3, 4}}
	r := playTakes(t, "5y", calendar.Year, []float64{340, 300, 410, 460, 430}, listPrice(), google)
	wantColumn(t, r, "google", "deferred", 60, 60, 50, 0, 0)
	wantColumn(t, r, "google", "minimum", 400, 460, 460, 450, 400)
	wantColumn(t, r, "google", "deficiency", 0, 100, 0, 0, 0)
}

// Snowflake, 2023: 350, 450, 500, 550 and 650; what is paid for a shortfall is
// applied to later spending.
func TestSnowflake(t *testing.T) {
	cloud := spendCommitment("cloud", 250_000)
	cloud.Schedule = clause.Schedule{Shape: "table", Table: []float64{35_000, 45_000, 50_000, 55_000, 65_000}}
	cloud.MakeUp = &clause.MakeUp{In: "money", Expiry: "after_use", TopUp: "unpaid", AtEnd: "lost"}
	r := playTakes(t, "5y", calendar.Year, []float64{300, 440, 520, 620, 650}, listPrice(), cloud)
	wantColumn(t, r, "cloud", "deficiency_paid", 50, 10, 0, 0, 0)
	wantColumn(t, r, "cloud", "make_up_used", 0, 0, 20, 40, 0)
	wantColumn(t, r, "cloud", "paid", 350, 450, 500, 580, 650)
	if all := paidByBuyer(r); all != 2530 {
		t.Errorf("%v paid in all, want 2530: all that was taken", all)
	}
}

// Azure: a missed milestone is charged as credit, usage paid with which does
// not count; the commitment ends completed or expired.
func TestAzure(t *testing.T) {
	for _, c := range []struct {
		takes, spend, deficiency, completed, expired []float64
	}{
		{[]float64{25, 40, 30, 30}, []float64{25, 35, 30}, []float64{5, 0, 0}, []float64{0, 0, 0.01}, []float64{0, 0, 0}},
		{[]float64{30, 20, 28, 30}, []float64{30, 20, 18}, []float64{0, 10, 12}, []float64{0, 0, 0}, []float64{0, 0, 0.01}},
	} {
		macc := spendCommitment("macc", 9000)
		macc.Counts = &clause.Counts{Basis: "after_discount", Prepayments: true}
		macc.Credit = &clause.ShortfallCredit{Life: 3}
		for _, by := range []string{"2027-12-31", "2028-12-31", "2029-12-31"} {
			macc.Milestones = append(macc.Milestones, clause.Milestone{By: calendar.MustParseDate(by), Cents: 3000})
		}
		r := playTakes(t, "4y", calendar.Year, c.takes, listPrice(), macc)
		wantColumn(t, r, "macc", "spend", c.spend...)
		wantColumn(t, r, "macc", "deficiency", c.deficiency...)
		wantColumn(t, r, "macc", "completed", c.completed...)
		wantColumn(t, r, "macc", "expired", c.expired...)
	}
}

// A quarter of the contract is prepaid at signing and credited in equal parts
// over the last two of four years (K15): 10 of 40, 5 a year.
func TestPrepaidQuarter(t *testing.T) {
	deposit := clause.NewPrepayment()
	*deposit.Head() = clause.Head{ID: "deposit", From: buyer, To: supplier, Binding: "firm"}
	deposit.Share, deposit.Of = 0.25, "spend"
	deposit.Credited = clause.Crediting{From: clause.Moment{Passes: true, After: calendar.Span{Months: 24}}, How: "equal", Over: calendar.Span{Months: 24}}
	r := playTakes(t, "4y", calendar.Year, []float64{10, 10, 10, 10}, listPrice(), spendCommitment("spend", 4000), deposit)
	var paid []float64 // by step, the signing first
	for _, step := range r.Steps {
		sum := 0.0
		for _, f := range step.Flows {
			if f.Asset.Kind == contract.Cash && f.From == buyer {
				sum += f.Amount / 100
			} else if f.Asset.Kind == contract.Cash {
				sum -= f.Amount / 100
			}
		}
		paid = append(paid, sum)
	}
	for i, want := range []float64{10, 10, 10, 5, 5} {
		if paid[i] != want {
			t.Errorf("paid %v from signing on, want 10, 10, 10, 5, 5", paid)
			break
		}
	}
}
