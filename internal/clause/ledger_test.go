// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"math"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/unit"
)

// grid is a term in the given steps from 1 January 2027, in years of 360 days.
func testGrid(t testing.TB, term string, step calendar.Step, tail int) *calendar.Grid {
	t.Helper()
	span, err := calendar.ParseSpan(term)
	if err != nil {
		t.Fatal(err)
	}
	start := calendar.MustParseDate("2027-01-01")
	dc, _ := calendar.ParseDayCount("30/360")
	g, err := calendar.NewGrid(start, start, span, step, tail, dc)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func testPrice() *Price {
	p := NewPrice()
	p.head = Head{ID: "price", From: "cloud", To: "lab"}
	return p
}

func testCommitment(id string, totalCents float64) *Commitment {
	c := NewCommitment()
	c.head = Head{ID: id, From: "lab", To: "cloud"}
	c.Total = unit.Amount{Value: totalCents}
	return c
}

// history runs clauses in one lane on the given takes, at a list price of one
// unit of currency, and gives the readings of one clause by name, and all cash
// that flowed by kind. The audit runs along.
func history(t testing.TB, g *calendar.Grid, takes []float64, of string, clauses ...Clause) (rows map[string][]float64, cash map[string][]float64) {
	t.Helper()
	p := contract.Compile(contract.Config{Grid: g, Buyer: "lab", Supplier: "cloud", Clauses: Arrange(clauses)})
	c, obs := p.New(1), p.NewObs(1)
	c.Audit()
	obs.Curve = make([]float64, g.Steps())
	for i := range obs.Curve {
		obs.Curve[i] = 1
	}
	obs.Col[contract.List][0], obs.Col[contract.Delivery][0], obs.Col[contract.Alive][0] = 100, 1, 1
	rows, cash = map[string][]float64{}, map[string][]float64{}
	c.Sign(obs)
	for !c.Done() {
		obs.Col[contract.Need][0] = 0
		if c.Next() < len(takes) {
			obs.Col[contract.Need][0] = takes[c.Next()]
		}
		c.Quote(obs)
		e := c.Elections()
		e.Units[0] = obs.Col[contract.Need][0]
		m := c.Settle(e)
		for _, f := range m.Postings() {
			if f.Line.Asset.Kind == contract.Cash {
				k := f.Line.Clause + "." + f.Line.Kind
				for len(cash[k]) <= m.T {
					cash[k] = append(cash[k], 0)
				}
				cash[k][m.T] += f.Amount[0] / 100
			}
		}
		for id, r := range p.Readings() {
			if x, ok := m.Reading(contract.ReadingID(id)); ok && r.Clause == of {
				scale := 1.0
				if r.Unit == "cents" {
					scale = 100
				}
				rows[r.Name] = append(rows[r.Name], x[0]/scale)
			}
		}
	}
	for _, f := range c.StockFaults() {
		t.Error(f)
	}
	return rows, cash
}

func wantRow(t *testing.T, rows map[string][]float64, name string, want ...float64) {
	t.Helper()
	got := rows[name]
	if len(got) != len(want) {
		t.Errorf("%s: %v, want %v", name, got, want)
		return
	}
	for i := range want {
		if math.Abs(got[i]-want[i]) > 1e-9 {
			t.Errorf("%s: %v, want %v", name, got, want)
			return
		}
	}
}

// A ledger worked by hand: 10 a year for six years, take 80%, make-up for three
// years, carry-forward of a tenth.
func TestWorkedLedger(t *testing.T) {
	g := testGrid(t, "6y", calendar.Year, 0)
	c := testCommitment("spend", 6000)
	c.Take = 0.8
	c.MakeUp = &MakeUp{Life: 3, In: "money", Expiry: "after_use", TopUp: "unpaid", AtEnd: "lost"}
	c.Carry = &CarryForward{Threshold: 1, Cap: 0.1}
	rows, _ := history(t, g, []float64{6, 9, 11, 7, 12, 8}, "spend", testPrice(), c)
	wantRow(t, rows, "minimum", 8, 8, 8, 8, 8, 8)
	wantRow(t, rows, "spend", 6, 9, 11, 7, 12, 8)
	wantRow(t, rows, "carry_forward_used", 0, 0, 0, 0, 0, 0)
	wantRow(t, rows, "deficiency", 2, 0, 0, 1, 0, 0)
	wantRow(t, rows, "make_up_used", 0, 1, 1, 0, 1, 0)
	wantRow(t, rows, "make_up_bank", 2, 1, 0, 1, 0, 0)
	wantRow(t, rows, "carry_forward_bank", 0, 0, 0, 0, 1, 1)
	wantRow(t, rows, "paid", 8, 8, 10, 8, 11, 8)
}

// The rho = 0.5 case of semantics section 3: 20 in all with either bank.
func TestHalfPriceDeficiency(t *testing.T) {
	g := testGrid(t, "2y", calendar.Year, 0)
	for _, in := range []string{"money", "units"} {
		c := testCommitment("spend", 2000)
		c.Deficiency = 0.5
		c.MakeUp = &MakeUp{Life: 1, In: in, Expiry: "after_use", TopUp: "unpaid", AtEnd: "lost"}
		rows, cash := history(t, g, []float64{0, 20}, "spend", testPrice(), c)
		wantRow(t, rows, "paid", 5, 15)
		total := sum(cash["price.usage"]) + sum(cash["spend.deficiency"]) + sum(cash["spend.top_up"]) - sum(cash["spend.make_up"])
		if total != 20 {
			t.Errorf("make-up in %s: %v paid in all, want 20", in, total)
		}
	}
}

// FinOps FOCUS 1.4's own examples of contract commitments, as in semantics
// section 3: 1,200 in arrears, and a monthly minimum of 60 nested in it.
func TestFocusCommitments(t *testing.T) {
	g := testGrid(t, "1y", calendar.Month, 0)
	usage := []float64{48, 120, 60}
	annual := testCommitment("annual", 120000)
	rows, _ := history(t, g, usage, "annual", testPrice(), annual)
	wantRow(t, rows, "deficiency_paid", 972)

	monthly := testCommitment("monthly", 72000)
	monthly.Period, monthly.Within = "month", "annual"
	rows, cash := history(t, g, usage, "monthly", testPrice(), annual, monthly)
	wantRow(t, rows, "deficiency_paid", 12, 0, 0, 60, 60, 60, 60, 60, 60, 60, 60, 60)
	wantRow(t, map[string][]float64{"final": {cash["annual.deficiency"][11] + cash["monthly.deficiency"][11]}}, "final", 480)
	if all := sum(cash["price.usage"]) + sum(cash["monthly.deficiency"]) + sum(cash["annual.deficiency"]); all != 1200 {
		t.Errorf("%v paid in all, want 1200", all)
	}
}

func sum(xs []float64) float64 {
	s := 0.0
	for _, x := range xs {
		s += x
	}
	return s
}
