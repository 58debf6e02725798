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
	missing, now := claim, 0.0
	if runs {
		k.missing(m, y, missing)
		now = k.worth(m, y)
	} else {
		vec.Fill(missing, 0)
	}
	later, due := k.laterIn(m, y, 0)
	if k.gate < 0 && !k.c.bends {
		if face != nil {
			vec.AddOf(face, missing, due)
		}
		vec.Scale(claim, missing, now)
		vec.AddOf(claim, claim, later)
		return
	}
	force := m.InForce(k.gate)
	for i := range claim {
		if k.c.bends {
			later, due = k.laterIn(m, y, i)
		}
		if face != nil {
			face[i] = missing[i] + float64(due*force[i])
		}
		claim[i] = float64(now*missing[i]) + float64(later*force[i])
	}
}

// missing writes what the spend of period y falls short of what it must come to
// as far as that is known in the running step.
func (k *running) missing(m *contract.Month, y int, out []float64) {
	if k.steady() {
		vec.Short(out, m.Col(k.eligible), k.provisional(m, y))
		return
	}
	k.floor(m, y, out)
	vec.Excess(out, out, m.Col(k.eligible))
}

// laterIn is what all minimums after period y come to in a lane, if the
// commitment is in force: as it values them, and at face value.
func (k *running) laterIn(m *contract.Month, y, i int) (claim, face float64) {
	for z := y + 1; z < k.agreed(m, i); z++ {
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
	defaulting := m.See(contract.Defaulting)
	if m.T >= k.grid.Term() || !vec.Any(defaulting) {
		return
	}
	claim, face := m.Temp(), m.Temp()
	if m.Accelerates() {
		k.owed(m, claim, face)
		vec.Mul(claim, claim, defaulting)
		vec.Mul(face, face, defaulting)
		m.Accelerated(k.claim, claim, face)
	} else {
		k.owed(m, claim, nil)
		vec.Mul(claim, claim, defaulting)
	}
	m.File(k.claim, claim)
	m.Free(2)
}

// filePrepaid says what a failing supplier owes for make-up and credit that
// the buyer has paid for and not taken.
func (k *running) filePrepaid(m *contract.Month) {
	if m.T >= k.grid.Term() || m.None(contract.SupplierFailing) || !vec.Any(m.See(contract.SupplierFailing)) {
		return
	}
	owed := m.Temp()
	k.bankOf(m, owed)
	if k.slots > 0 && k.inUnits() {
		worth := m.Temp()
		vec.Scale(worth, m.See(contract.Price), k.c.Deficiency)
		vec.Mul(owed, owed, worth)
		m.Free(1)
	}
	for _, c := range k.credit {
		vec.Accumulate(owed, m.Col(c))
	}
	vec.Mul(owed, owed, m.See(contract.SupplierFailing))
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
