// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// makeYearly makes room for what each line moves at the signing and in each contract
// year, where it is asked for (Setting.Yearly).
func (b *Book) makeYearly(lanes int) {
	if b.s.Yearly {
		b.yearly = columns(len(b.info)*b.periods(), lanes)
	}
}

// periods are the signing and the contract years.
func (b *Book) periods() int { return b.s.grid().ContractYears() + 1 }

// keepYears adds a month to the lines' years. What falls after the term is in the last.
func (b *Book) keepYears(m *contract.Month) {
	if b.yearly == nil {
		return
	}
	at := 0
	if m.T >= 0 {
		at = b.s.grid().ContractYear(m.T) + 1
	}
	for _, f := range m.Postings() {
		vec.Accumulate(b.yearly[int(f.ID)*b.periods()+at], f.Amount)
	}
}

// Yearly is what a line moved at the signing and in each contract year, in cents or units
// of its asset and not discounted, of a book of one lane; nil where that was not asked for.
func (b *Book) Yearly(line int) []float64 {
	if b.yearly == nil {
		return nil
	}
	out := make([]float64, b.periods())
	for y := range out {
		out[y] = b.yearly[line*len(out)+y][0]
	}
	return out
}
