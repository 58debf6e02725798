// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"math"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/unit"
)

// listPrice is the supplier's list price, and nothing else.
func listPrice() *clause.Price {
	p := clause.NewPrice()
	*p.Head() = clause.Head{ID: "price", From: supplier, To: buyer, Binding: "firm"}
	return p
}

func spendCommitment(id string, totalCents float64) *clause.Commitment {
	c := clause.NewCommitment()
	*c.Head() = clause.Head{ID: id, From: buyer, To: supplier, Binding: "firm"}
	c.Total = unit.Amount{Value: totalCents}
	return c
}

// playTakes runs clauses on the given takes, at a list price of one unit of
// currency, with all else plain.
func playTakes(t *testing.T, term string, step calendar.Step, takes []float64, clauses ...clause.Clause) Result {
	t.Helper()
	span, err := calendar.ParseSpan(term)
	if err != nil {
		t.Fatal(err)
	}
	start := calendar.MustParseDate("2027-01-01")
	g, err := calendar.NewGrid(start, start, span, step, 0, calendar.Thirty360)
	if err != nil {
		t.Fatal(err)
	}
	in := Input{Grid: g, Buyer: buyer, Supplier: supplier, Clauses: clauses}
	tape := contract.Tape{Start: -1, Steps: []contract.TapeStep{plainStep(0)}}
	for i := range g.Steps() {
		units := 0.0
		if i < len(takes) {
			units = takes[i]
		}
		tape.Steps, tape.Curve = append(tape.Steps, plainStep(units)), append(tape.Curve, 1)
	}
	return Run(in, tape)
}

func plainStep(units float64) contract.TapeStep {
	row := contract.TapeStep{Units: units}
	row.Obs[contract.Need], row.Obs[contract.List] = units, 100
	row.Obs[contract.Delivery], row.Obs[contract.Alive] = 1, 1
	return row
}

// wantColumn compares a column of a commitment's ledger, in units of currency.
func wantColumn(t *testing.T, r Result, id, column string, want ...float64) {
	t.Helper()
	var got []float64
	for _, step := range r.Steps {
		for _, row := range step.Rows {
			for _, c := range row.Columns() {
				if row.Clause == id && c.Name == column {
					got = append(got, c.Amount/100)
				}
			}
		}
	}
	if len(got) != len(want) {
		t.Fatalf("%s %s: %v, want %v", id, column, got, want)
	}
	for i := range want {
		if math.Abs(got[i]-want[i]) > 1e-12 {
			t.Errorf("%s %s: %v, want %v", id, column, got, want)
			return
		}
	}
}

// paidByBuyer is the cash that the buyer pays, net, in units of currency.
func paidByBuyer(r Result) float64 {
	sum := 0.0
	for _, step := range r.Steps {
		for _, f := range step.Flows {
			if f.Asset.Kind == contract.Cash && f.From == buyer {
				sum += f.Amount / 100
			} else if f.Asset.Kind == contract.Cash {
				sum -= f.Amount / 100
			}
		}
	}
	return sum
}

// A ledger worked by hand: schedule 10 x 6 years, take 80%,
// takes 6, 9, 11, 7, 12, 8; make-up for 3 periods; carry-forward capped at 10%
// above 100%. The figures were worked out by hand.
func TestWorkedLedger(t *testing.T) {
	c := spendCommitment("spend", 6000)
	c.Take = 0.8
	c.MakeUp = &clause.MakeUp{Life: 3, In: "money", Expiry: "after_use", TopUp: "unpaid", AtEnd: "lost"}
	c.Carry = &clause.CarryForward{Threshold: 1, Cap: 0.1}
	r := playTakes(t, "6y", calendar.Year, []float64{6, 9, 11, 7, 12, 8}, listPrice(), c)
	wantColumn(t, r, "spend", "minimum", 8, 8, 8, 8, 8, 8)
	wantColumn(t, r, "spend", "deficiency", 2, 0, 0, 1, 0, 0)
	wantColumn(t, r, "spend", "make_up_used", 0, 1, 1, 0, 1, 0)
	wantColumn(t, r, "spend", "make_up_bank", 2, 1, 0, 1, 0, 0)
	wantColumn(t, r, "spend", "carry_forward_bank", 0, 0, 0, 0, 1, 1)
	wantColumn(t, r, "spend", "paid", 8, 8, 10, 8, 11, 8)
	if all := paidByBuyer(r); all != 53 {
		t.Errorf("%v paid in all, want 53: all that was taken", all)
	}
}

// A deficiency at half price with make-up: schedule 10 x 2, takes 0 and 20,
// 20 in all with either kind of bank. The figures were worked out by hand.
func TestHalfPriceDeficiency(t *testing.T) {
	for _, in := range []string{"money", "units"} {
		c := spendCommitment("spend", 2000)
		c.Deficiency = 0.5
		c.MakeUp = &clause.MakeUp{Life: 1, In: in, Expiry: "after_use", TopUp: "unpaid", AtEnd: "lost"}
		r := playTakes(t, "2y", calendar.Year, []float64{0, 20}, listPrice(), c)
		wantColumn(t, r, "spend", "paid", 5, 15)
		if all := paidByBuyer(r); all != 20 {
			t.Errorf("make-up in %s: %v paid in all, want 20", in, all)
		}
	}
}

// FinOps FOCUS 1.4, contract commitments: 1,200 in arrears with usage of 48,
// 120 and 60, which leaves a final fee of 972.
func TestFocusAnnual(t *testing.T) {
	r := playTakes(t, "1y", calendar.Month, []float64{48, 120, 60}, listPrice(), spendCommitment("annual", 120000))
	wantColumn(t, r, "annual", "deficiency_paid", 972)
}

// FinOps FOCUS 1.4, contract commitments: the same with a monthly minimum of
// 60 nested in it: 48 + 12; 120; 60; 8 x 60; and 480 beside the last 60.
func TestFocusNested(t *testing.T) {
	annual, monthly := spendCommitment("annual", 120000), spendCommitment("monthly", 72000)
	monthly.Period, monthly.Within = "month", "annual"
	r := playTakes(t, "1y", calendar.Month, []float64{48, 120, 60}, listPrice(), annual, monthly)
	wantColumn(t, r, "monthly", "deficiency_paid", 12, 0, 0, 60, 60, 60, 60, 60, 60, 60, 60, 60)
	wantColumn(t, r, "annual", "deficiency_paid", 420)
	last := 0.0
	for _, f := range r.Steps[12].Flows {
		last += f.Amount / 100
	}
	if last != 480 {
		t.Errorf("%v paid at last, want 480", last)
	}
	if all := paidByBuyer(r); all != 1200 {
		t.Errorf("%v paid in all, want 1200", all)
	}
}
