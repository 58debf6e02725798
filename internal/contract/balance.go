// SPDX-License-Identifier: Apache-2.0

package contract

import "offtake/internal/vec"

// balanceBills sets claims for bills off against each other, so that nobody pays
// for a bill that another clause's credit has settled. Of a clause with u left
// after what was billed the other way under it, this remains:
//
//	u max(0, P - N)/P   where u > 0
//	u max(0, N - P)/N   where u < 0
//
// P is the sum over all clauses of the u above zero, -N of those below. Less than
// Owed between P and N is nothing.
func (m *Month) balanceBills() {
	if len(m.p.billing) < 2 {
		return
	}
	owed, back, of, part := m.Temp(), m.Temp(), m.Temp(), m.Temp()
	vec.Fill(owed, 0)
	vec.Fill(back, 0)
	for _, clause := range m.p.billing {
		m.Claimed(Which{Clause: clause}, OfBills, of)
		vec.MaxOf(part, of, 0)
		vec.Accumulate(owed, part)
		vec.Sub(part, part, of)
		vec.Accumulate(back, part)
	}
	if vec.Any(back) {
		for _, clause := range m.p.billing {
			m.Claimed(Which{Clause: clause}, OfBills, of)
			for i, u := range of {
				of[i] = remains(u, owed[i], back[i])
			}
			m.lowerBills(clause, of)
		}
	}
	m.Free(4)
}

// remains is the share of a clause's bills that is left once all are set off.
func remains(u, owed, back float64) float64 {
	if owed == 0 || back == 0 {
		return 1
	}
	of, other := owed, back
	if u < 0 {
		of, other = back, owed
	}
	if of-other < Owed {
		return 0
	}
	return (of - other) / of
}

// lowerBills leaves a share of a clause's claims for bills.
func (m *Month) lowerBills(clause string, share []float64) {
	for id := range m.p.claims {
		if c := &m.p.claims[id]; m.claims.filed[id] && c.Of == OfBills && c.Clause == clause {
			vec.Mul(m.claims.left[id], m.claims.left[id], share)
		}
	}
}
