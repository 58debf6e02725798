// SPDX-License-Identifier: Apache-2.0

package contract

import (
	"fmt"
	"math"
	"testing"

	"offtake/internal/vec"
)

// owes is a claim of so many cents in the first step, made by hand.
func owes(l Liability, cents float64) Clause {
	return clauseFunc(func(b *Builder) {
		l.Pays = b.Line(Line{From: l.Debtor, To: l.Creditor, Asset: Asset{Kind: Cash}, Kind: "pays", Clause: l.Clause})
		id := b.Liability(l)
		b.On(Claiming, l.Clause, func(m *Month) {
			amount := m.Temp()
			vec.Fill(amount, cents)
			m.File(id, amount)
			m.Free(1)
		})
	})
}

// paid is what the estate pays under a clause.
func paid(m *Month, clause string) float64 {
	for _, p := range m.Postings() {
		if p.Line.Clause == clause && p.Line.Kind == "pays" {
			return p.Amount[0]
		}
	}
	return 0
}

// Of 300 owed, 100 less the other way, a pot of 120 takes 120: 40% of all is
// left, the loan's half among it. The estate pays a quarter on bills, a tenth on
// the rest, 30% where that was agreed, and on a third party's debts nothing.
func TestClaimsAreMet(t *testing.T) {
	bills := Liability{Clause: "bills", Debtor: "lab", Creditor: "cloud", Of: OfBills}
	refund := bills
	refund.Clause, refund.Lowers = "refund", true
	loan := Liability{Clause: "loan", Debtor: "lab", Creditor: "cloud", Of: OfLoan}
	third := Liability{Clause: "third", Debtor: "lab", Creditor: "bank", Of: OfLoan}
	others := Liability{Clause: "others", Debtor: "chips", Creditor: "cloud", Of: OfLoan}
	said := ""
	cover := clauseFunc(func(b *Builder) {
		b.Recovery(Which{Debtor: "lab", Creditor: "bank"}, OfLoan, 0.3, -1)
		b.On(Securing, "cover", func(m *Month) {
			pot, taken, loans := m.Temp(), m.Temp(), m.Temp()
			vec.Fill(pot, 120)
			m.Cover(Which{Debtor: "lab", Creditor: "cloud"}, pot, taken, loans)
			said = fmt.Sprint(taken, loans)
			m.Free(3)
		})
		b.On(Covering, "cover", func(m *Month) {
			all, loans := m.Temp(), m.Temp()
			m.Shortfall(Which{Creditor: "cloud"}, LiabilityKinds, all)
			m.Shortfall(Which{Debtor: "lab", Creditor: "cloud"}, OfLoan, loans)
			said += fmt.Sprint(all, loans)
			m.Free(2)
		})
	})
	p := compile(t, 1, 0, meter(0), owes(bills, 200), owes(refund, 100), owes(loan, 100), owes(third, 50), owes(others, 70), cover)
	c, obs := p.New(1), fair(p, 1)
	vec.Fill(obs.Col[AccruedRecovery], 0.25)
	vec.Fill(obs.Col[ClaimRecovery], 0.1)
	c.Sign(obs)
	m := step(c, obs, 0)
	// 200 - 100 + 100 = 200, of which 80/200 are left; 80 - 40 + 40 and 70 unpaid, less 20 - 10 + 4 from the estate.
	if want := "[120] [60][136] [36]"; said != want {
		t.Errorf("taken and for loans, unpaid in all and on loans: %s, want %s", said, want)
	}
	for clause, want := range map[string]float64{"bills": 0.25 * 80, "refund": 0.25 * 40, "loan": 0.1 * 40, "third": 0.3 * 50, "others": 0} {
		if got := paid(m, clause); math.Abs(got-want) > 1e-12 {
			t.Errorf("%s: %v is paid, want %v", clause, got, want)
		}
	}
}

// What comes last is paid once all else upon the debtor is met in full.
func TestLastClaims(t *testing.T) {
	all, half := 1.0, 0.5
	last := Liability{Clause: "last", Debtor: "lab", Creditor: "bank", Of: OfLoan, Last: true, Share: &half}
	for share, want := range map[*float64]float64{&all: 50, &half: 0} {
		first := Liability{Clause: "first", Debtor: "lab", Creditor: "cloud", Of: OfLoan, Share: share}
		p := compile(t, 1, 0, meter(0), owes(last, 100), owes(first, 30))
		c, obs := p.New(1), fair(p, 1)
		c.Sign(obs)
		if got := paid(step(c, obs, 0), "last"); got != want {
			t.Errorf("others are paid %v of their claims, the last %v, want %v", *share, got, want)
		}
	}
}

// A contract that is carried on stays live whoever has failed, and its bills
// are paid; one that is not ends. In the tail there is nothing left to carry on.
func TestCarryOn(t *testing.T) {
	carry := func(party string) Clause { return clauseFunc(func(b *Builder) { b.CarryOn(party, -1) }) }
	for _, c := range []struct {
		name    string
		clauses []Clause
		lab     int // step in which the buyer fails
		cloud   int
		want    string // live in steps 0 to 3, and what is paid in all
	}{
		{"nobody fails", nil, 9, 9, "1 1 1 0, 2700"},
		{"the buyer", nil, 1, 9, "1 0 0 0, 0"},
		{"the buyer, carried on", []Clause{carry("lab")}, 1, 9, "1 1 1 0, 2700"},
		{"the buyer, in the tail", []Clause{carry("lab")}, 3, 9, "1 1 1 0, 1800"},
		{"the supplier", nil, 9, 1, "1 0 0 0, 900"},
		{"the supplier, carried on", []Clause{carry("cloud")}, 9, 1, "1 1 1 0, 2700"},
		{"both, the buyer carried on", []Clause{carry("lab")}, 1, 2, "1 1 0 0, 1800"},
		{"both, both carried on", []Clause{carry("lab"), carry("cloud")}, 1, 1, "1 1 1 0, 2700"},
	} {
		p := compile(t, 3, 1, append([]Clause{meter(1)}, c.clauses...)...)
		x, obs := p.New(1), fair(p, 1)
		x.Sign(obs)
		said, sum := "", 0.0
		for s := range 4 {
			obs.Col[Alive][0], obs.Solvent[0][0] = 1, 1
			if s >= c.lab {
				obs.Col[Alive][0] = 0
			}
			if s >= c.cloud {
				obs.Solvent[0][0] = 0
			}
			m := step(x, obs, 4)
			said += fmt.Sprint(m.Q(Live)[0], " ")
			for _, f := range m.Postings() {
				if f.Line.Asset.Kind == Cash && f.Line.Kind == "usage" {
					sum += f.Amount[0]
				}
				if f.Line.Asset.Kind == Cash && f.Line.Kind == "discount" {
					sum -= f.Amount[0]
				}
			}
		}
		if got := fmt.Sprintf("%s, %v", said[:len(said)-1], sum); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// What was billed under a clause in a step is net of what was billed the other
// way, whenever it is due.
func TestBilled(t *testing.T) {
	for _, net := range []int{0, 1} {
		var got []float64
		see := clauseFunc(func(b *Builder) {
			b.On(Funding, "see", func(m *Month) {
				x := m.Temp()
				m.Billed("meter", x)
				got = append(got, x[0])
				m.Free(1)
			})
		})
		p := compile(t, 2, 1, meter(net), see)
		c, obs := p.New(1), fair(p, 1)
		c.Sign(obs)
		for _, units := range []float64{4, 2, 0} {
			step(c, obs, units)
		}
		if fmt.Sprint(got) != "[900 450 0]" {
			t.Errorf("due %d steps later: %v is billed, want 900, 450 and nothing", net, got)
		}
	}
}
