// SPDX-License-Identifier: Apache-2.0

package contract

import "offtake/internal/vec"

// A reduction is a share of the price that a clause beside the price gives
// back to the buyer, on a line of that clause's own.
type reduction struct {
	bill  BillID
	share Col
}

// Reduce lowers the price of every unit by the share in the column, from 0 to
// 1. What it comes to is billed along the bill, which runs from the supplier to
// the buyer. Shares of several clauses add up.
func (b *Builder) Reduce(bill BillID, share Col) {
	b.p.reduces = append(b.p.reduces, reduction{bill, share})
}

// Reduce takes all reductions off a price.
func (m *Month) Reduce(price []float64) {
	if len(m.p.reduces) == 0 {
		return
	}
	left := m.Temp()
	vec.Fill(left, 1)
	for _, r := range m.p.reduces {
		vec.Sub(left, left, m.Col(r.share))
	}
	vec.MaxOf(left, left, 0)
	vec.Mul(price, price, left)
	m.Free(1)
}

// BillReductions bills all reductions of the step's spend, in cents, and leaves
// in the column what remains of it.
func (m *Month) BillReductions(spend []float64) {
	if len(m.p.reduces) == 0 {
		return
	}
	gross, off := m.Temp(), m.Temp()
	vec.Copy(gross, spend)
	for _, r := range m.p.reduces {
		vec.Mul(off, gross, m.Col(r.share))
		m.Bill(r.bill, off)
		vec.Sub(spend, spend, off)
	}
	m.Free(2)
}
