// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// owed writes what a buyer who defaults in the step would still owe: what
// is missing from the running period's minimum, and all later ones, as the
// commitment values them and, where face is not nil, at face value.
func (k *running) owed(m *contract.Month, claim, face []float64) {
	y, runs := k.next(m.T)
	floor, spent, force := m.Temp(), m.Col(k.eligible), m.Col(k.force)
	vec.Fill(floor, 0)
	now := 0.0
	if runs {
		k.floor(m, y, floor)
		now = k.worth(m, y)
	}
	later, due := k.laterIn(m, y, 0)
	if runs && k.gate < 0 && !k.c.bends {
		missing := floor
		vec.Excess(missing, floor, spent)
		if face != nil {
			vec.Fill(face, due)
			vec.Add(face, missing, face)
		}
		vec.Scale(missing, missing, now)
		vec.Fill(claim, later)
		vec.Add(claim, missing, claim)
		m.Free(1)
		return
	}
	for i := range claim {
		if k.c.bends {
			later, due = k.laterIn(m, y, i)
		}
		share, missing := 1.0, 0.0
		if k.gate >= 0 {
			share = force[i]
		}
		if runs {
			missing = max(0, floor[i]-spent[i])
		}
		claim[i] = float64(now*missing) + float64(later*share)
		if face != nil {
			face[i] = missing + float64(due*share)
		}
	}
	m.Free(1)
}

// laterIn is what all minimums after period y come to in a lane, if the
// commitment is in force: as it values them, and at face value.
func (k *running) laterIn(m *contract.Month, y, i int) (claim, face float64) {
	for z := y + 1; z < k.settled.Count(); z++ {
		minimum := k.minimumIn(m, z, i, k.provisional(m, z))
		claim += float64(minimum * k.worth(m, z))
		face += float64(minimum)
	}
	return claim, face
}

// worth is the value at the end of step m.T of a cent due at the end of period
// z; its face value where the commitment accelerates.
func (k *running) worth(m *contract.Month, z int) float64 {
	if k.c.Accelerates {
		return 1
	}
	return m.Obs.Curve[k.settled.Last(z)] / m.Obs.Curve[m.T]
}

// fileClaim says what a defaulting buyer owes for the minimums still to run.
func (k *running) fileClaim(m *contract.Month) {
	if m.T >= k.grid.Term() || !vec.Any(m.Q(contract.Defaulting)) {
		return
	}
	claim, face := m.Temp(), m.Temp()
	k.owed(m, claim, face)
	vec.Mul(claim, claim, m.Q(contract.Defaulting))
	vec.Mul(face, face, m.Q(contract.Defaulting))
	m.Accelerated(k.claim, claim, face)
	m.File(k.claim, claim)
	m.Free(2)
}

// filePrepaid says what a failing supplier owes for make-up and credit that
// the buyer has paid for and not taken.
func (k *running) filePrepaid(m *contract.Month) {
	if m.T >= k.grid.Term() || !vec.Any(m.Q(contract.SupplierFailing)) {
		return
	}
	owed := m.Temp()
	for i, gone := range m.Q(contract.SupplierFailing) {
		cents := 0.0
		if k.slots > 0 {
			cents = k.bankOf(m, i)
			if k.inUnits() {
				cents *= m.Q(contract.Price)[i] * k.c.Deficiency
			}
		}
		for _, c := range k.credit {
			cents += m.Col(c)[i]
		}
		owed[i] = cents * gone
	}
	m.File(k.prepaid, owed)
	m.Free(1)
}

// instalment is the step's part of the running period's minimum, as far as the
// commitment is in force.
func (k *running) instalment(m *contract.Month, out []float64) {
	if y, runs := k.next(m.T); runs {
		for i := range out {
			out[i] = k.dueIn(m, y, i)
		}
	}
}
