// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// account is the lab's money over the lanes, in cents, not discounted: what it
// starts with, what it takes in from others less what it pays them, and all that
// the deal's flows bring it less what they take. It stops where the lab has
// failed: in a sampled run, in the step after that in which it has run out.
type account struct {
	kept   bool
	lines  []int     // that bring the lab money or take it, by line
	signs  []float64 // of each: 1 where it brings
	stands []float64 // what there is
	lowest []float64 // the lowest that it has stood at after the signing or at a step's end
	out    []float64 // 1 once it has run out
	month  []float64 // the month at whose end it did; 0 elsewhere
	by     [][]float64
	at     [][]float64 // by step, the signing first; nil in a book of totals
	start  []float64
	// What has come in and gone out so far: from others, to others, and by line; and
	// how that was when the account was lowest.
	run, low [][]float64
	least    []float64 // below what it has run out; no column of sums
	on       []float64 // 1 where the account goes on
}

const fromOthers, toOthers, byLine = 0, 1, 2

func newAccount(s *Setting, lanes int) account {
	a := account{kept: s.Cash}
	if !a.kept {
		return a
	}
	for i, l := range s.Program.Lines() {
		if buyer := s.Program.Buyer(); l.Asset.Kind == contract.Cash && (l.From == buyer) != (l.To == buyer) {
			sign := -1.0
			if l.To == buyer {
				sign = 1
			}
			a.lines, a.signs = append(a.lines, i), append(a.signs, sign)
		}
	}
	for _, col := range append(a.singles(), &a.least, &a.on) {
		*col = make([]float64, lanes)
	}
	a.by, a.run, a.low = columns(s.grid().ContractYears(), lanes), columns(byLine+len(a.lines), lanes), columns(byLine+len(a.lines), lanes)
	if !s.TotalsOnly {
		a.at = columns(s.grid().Steps()+1, lanes)
	}
	return a
}

func (a *account) singles() []*[]float64 {
	return []*[]float64{&a.stands, &a.lowest, &a.out, &a.month, &a.start}
}

// all are the columns that can be averaged over lanes.
func (a *account) all() [][]float64 {
	if !a.kept {
		return nil
	}
	var out [][]float64
	for _, col := range a.singles() {
		out = append(out, *col)
	}
	for _, group := range [][][]float64{a.by, a.at, a.run, a.low} {
		out = append(out, group...)
	}
	return out
}

// OpenCash begins the lab's account: what it has on the valuation date, and below
// what it has run out, by lane in cents. Call it after Open.
func (b *Book) OpenCash(start, least []float64) {
	a := &b.account
	for _, col := range [][]float64{a.stands, a.start, a.lowest} {
		vec.Copy(col, start)
	}
	vec.Copy(a.least, least)
}

// BrokeCash is the column that is 1 where the lab's account has run out.
func (b *Book) BrokeCash() []float64 { return b.account.out }

// StepCash adds a month to the lab's account: what it took in from others and paid
// them, and the month's flows. In steps that end before the valuation date nothing
// is counted: what it starts with has them. Call it once a month, after Settle.
func (b *Book) StepCash(m *contract.Month, in, paid []float64) {
	a, g := &b.account, b.s.grid()
	vec.Copy(a.on, m.Solvent(m.Buyer()))
	if m.T < 0 || g.Years(m.T) > 0 {
		if m.T >= 0 {
			a.move(fromOthers, in, 1)
			a.move(toOthers, paid, -1)
		}
		for k, id := range a.lines {
			if x, moved := m.Flow(contract.LineID(id)); moved {
				a.move(byLine+k, x, a.signs[k])
			}
		}
	}
	a.judge(m.T, g.ContractYear(max(m.T, 0)), float64((m.T+1)*g.MonthsPerStep()))
	if a.at != nil {
		vec.Copy(a.at[m.T+1], a.stands)
	}
}

// move adds amounts to what has come in, or gone out, in one way.
func (a *account) move(k int, amount []float64, sign float64) {
	for i, on := range a.on {
		x := float64(on * amount[i])
		a.run[k][i] += x
		a.stands[i] += float64(sign * x)
	}
}

// judge notes where the account is lower than ever, and where it has run out.
func (a *account) judge(t, year int, month float64) {
	for i, x := range a.stands {
		if t < 0 || x < a.lowest[i] {
			a.lowest[i] = x
			for k := range a.low {
				a.low[k][i] = a.run[k][i]
			}
		}
		if x < a.least[i] && a.out[i] == 0 && a.on[i] != 0 {
			a.out[i], a.month[i] = 1, month
			for _, by := range a.by[year:] {
				by[i] = 1
			}
		}
	}
}

// cashAccount are the measures of the lab's account.
func cashAccount(s *Setting) []Measure {
	if !s.Cash {
		return nil
	}
	why := uses(func(b *Book) []Source { return b.asAgreed().account.sources(s) })
	least := column("least_cash", "", Money, "the lowest that the lab's account of money stands at, after the signing or at a step's end, while the lab lasts; in a base run before default, and as if it could go on below the least",
		func(b *Book) []float64 { return b.asAgreed().account.lowest }, func(b *Book) []Source { return b.asAgreed().account.sources(s) })
	out := []Measure{least,
		column("cash_out", "", Rate, "whether the lab's cash runs out: 1 or 0 on a path, and on the mean of every input in a base run", func(b *Book) []float64 { return b.asAgreed().account.out }, why),
		each("cash_out_month", Months, "month, from 1, at whose end the lab's cash has run out; 0 at the signing",
			func(b *Book, i int) float64 { a := &b.asAgreed().account; return ratio(a.month[i], a.out[i]) }, why).unless("the lab's cash lasts")}
	for y := range s.grid().ContractYears() {
		m := column("cash_out_by", "", Rate, "whether the lab's cash has run out by the end of the contract year that is the period", func(b *Book) []float64 { return b.asAgreed().account.by[y] }, why)
		m.Period = y + 1
		out = append(out, m)
	}
	for i := range out {
		out[i].Nominal = true
	}
	return out
}

// sources are what the account was made of when it was lowest.
func (a *account) sources(s *Setting) []Source {
	out := []Source{
		{Label: "cash on the valuation date", Inputs: []string{"world.default.cash.start"}, Sign: 1, Value: a.start},
		{Label: "taken in from others until it was lowest", Inputs: []string{"world.other_inflow"}, Sign: 1, Value: a.low[fromOthers]},
		{Label: "paid to others until then", Inputs: []string{"world.default.cash.other_outflow"}, Sign: -1, Value: a.low[toOthers]},
	}
	lines := s.Program.Lines()
	for k, id := range a.lines {
		if l := &lines[id]; !vec.AllEqual(a.low[byLine+k], 0) {
			out = append(out, Source{Label: l.Kind + " until then", Clause: l.Clause, Kind: l.Kind, Sign: a.signs[k], Value: a.low[byLine+k], line: id})
		}
	}
	return addInputs(out, "world.default.cash.least", "world.need", "policy.take")
}

// Cash is what the lab's account stands at after the signing, which is step -1, or
// at a step's end, by lane in cents; of a book of totals alone it is not known.
func (b *Book) Cash(t int) []float64 { return b.account.at[t+1] }
