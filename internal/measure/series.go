// SPDX-License-Identifier: Apache-2.0

package measure

// mostPoints is how many points in time a series has, about: more than a chart
// shows apart would be counted for nothing.
const mostPoints = 48

// Series lists what is looked at over time: the provider's cash since the signing,
// what has been spent, and the lab's account where it has one, at each of some steps, of
// which Period is the number, from 1, of the one at whose end it stands; and what is
// spent in each year; and, if it is asked for, the need of each.
func Series(s *Setting) []Measure {
	steps := s.grid().Steps()
	stride := (steps + mostPoints - 1) / mostPoints
	var out []Measure
	for _, x := range []struct {
		name, party, doc string
		of               func(b *Book) [][]float64
	}{
		{"cumulative_cash", s.provider(), "cash that the party has got less what it has paid, since the signing", func(b *Book) [][]float64 { return b.steps.cash }},
		{"cumulative_spend", "", "what has been billed for compute since the start", func(b *Book) [][]float64 { return b.steps.spent }},
		{"cash_account", "", "what the lab's account of money stands at, and where it failed has last stood at", func(b *Book) [][]float64 { return b.account.at }},
	} {
		if x.name == "cash_account" && !s.Cash {
			continue
		}
		for t := (steps-1)%stride + 1; t <= steps; t += stride {
			m := column(x.name, x.party, Money, x.doc, func(b *Book) []float64 { return x.of(b)[t] }, func(*Book) []Source { return nil })
			m.Period, m.Nominal, m.BySteps = t, true, true
			out = append(out, m)
		}
	}
	return append(append(out, yearlySpend(s)...), yearlyNeeds(s)...)
}

// yearlySpend is what is billed for compute in each contract year; what comes after the
// term is in the last. Period is the year, from 1.
func yearlySpend(s *Setting) []Measure {
	grid := s.grid()
	var out []Measure
	for y := range grid.ContractYears() {
		from, to := y*grid.StepsPerYear(), (y+1)*grid.StepsPerYear()
		if y == grid.ContractYears()-1 {
			to = grid.Steps()
		}
		m := each("yearly_spend", Money, "what is billed for compute in the contract year",
			func(b *Book, i int) float64 { return b.steps.spent[to][i] - b.steps.spent[from][i] }, func(*Book) []Source { return nil })
		m.Period, m.Nominal, m.BySteps = y+1, true, true
		out = append(out, m)
	}
	return out
}
