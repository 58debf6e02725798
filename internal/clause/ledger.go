// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// ledgerTerms are the terms of a commitment's ledger that all lanes share.
type ledgerTerms struct {
	toSchedule bool    // relief is of the schedule, and else of the minimum
	carries    bool    // spend is carried forward
	threshold  float64 // of carry-forward, as a share of the schedule
	carryCap   float64 // of carry-forward, likewise; negative for none
	swing      float64 // of load within a period that is reckoned by the hour
}

// A ledger is that of one period over the lanes, in cents and shares. In a lane
// that is not settled all cents that go in are zero, and so are those that come
// out.
type ledger struct {
	schedule    []float64 // A
	take        []float64 // tau
	relief      []float64 // R, of the minimum or of the schedule
	putOff      []float64 // f', put off to this period from the one before
	spend       []float64 // q
	bank        []float64 // B, make-up that may be used, with what has been credited
	banked      []float64 // E
	credited    []float64 // make-up credited before the period's end
	deferralCap []float64 // x; zero where nothing may be put off
	charged     []float64 // rho, but for what is waived

	minimum    []float64 // M
	carryUsed  []float64 // c
	deferred   []float64 // f
	deficiency []float64 // D
	paid       []float64 // rho D
	makeUpUsed []float64 // u
	carryAdded []float64 // what E gains
}

// settle is the ledger of one period: section 3 of docs/semantics.md.
//
//	M = max(0, tau A - R) + f', or with A' = max(0, A - R) for A below, M = tau A' + f'
//	c = min(E, kappa A, max(0, M - q))
//	f = min(x A, max(0, M - c - q))
//	D = max(0, M - c - f - q), paid rho D
//	u = min(B, max(0, q - M)), and no less than was credited step by step
//	E gains max(0, q - u - theta A)
//
// What is reckoned as a share of something is settled to cents.
func (t *ledgerTerms) settle(m *contract.Month, x *ledger) {
	schedule, missing, most := m.Temp(), m.Temp(), m.Temp()
	if t.toSchedule {
		vec.Excess(schedule, x.schedule, x.relief)
		m.SettleCents(schedule)
		vec.Mul(x.minimum, x.take, schedule)
	} else {
		vec.Copy(schedule, x.schedule)
		vec.Mul(x.minimum, x.take, schedule)
		vec.Excess(x.minimum, x.minimum, x.relief)
	}
	m.SettleCents(x.minimum)
	vec.Accumulate(x.minimum, x.putOff)
	allShort(missing, x.minimum, x.spend, t.swing)
	m.SettleCents(missing)

	vec.Min(x.carryUsed, x.banked, missing)
	if t.carryCap >= 0 {
		vec.Scale(most, schedule, t.carryCap)
		m.SettleCents(most)
		vec.Min(x.carryUsed, x.carryUsed, most)
	}
	vec.Excess(missing, missing, x.carryUsed)

	vec.Mul(most, x.deferralCap, schedule)
	m.SettleCents(most)
	vec.Min(x.deferred, most, missing)

	vec.Excess(x.deficiency, missing, x.deferred)
	vec.Mul(x.paid, x.charged, x.deficiency)
	m.SettleCents(x.paid)

	vec.Excess(x.makeUpUsed, x.spend, x.minimum)
	vec.Min(x.makeUpUsed, x.bank, x.makeUpUsed)
	vec.Max(x.makeUpUsed, x.credited, x.makeUpUsed)

	vec.Fill(x.carryAdded, 0)
	if t.carries {
		vec.Scale(most, schedule, t.threshold)
		m.SettleCents(most)
		vec.Sub(x.carryAdded, x.spend, x.makeUpUsed)
		vec.Excess(x.carryAdded, x.carryAdded, most)
	}
	m.Free(3)
}

// allShort is shortfall in all lanes.
func allShort(out, minimum, q []float64, swing float64) {
	if swing == 0 {
		vec.Excess(out, minimum, q)
		return
	}
	for i := range out {
		out[i] = shortfall(minimum[i], q[i], swing)
	}
}

// shortfall is what the hours of a step fall short of a minimum that holds for
// each of them, the step's minimum over its hours, when load is spread evenly
// between (1 - s) and (1 + s) times its mean: hours x E[max(0, c - L)].
//
//	0                              where M <= (1 - s) q
//	(M - (1 - s) q)^2 / (4 s q)    between
//	M - q                          where M >= (1 + s) q
//
// Without swing it is max(0, M - q).
func shortfall(minimum, q, swing float64) float64 {
	low := float64(swing * q)
	switch {
	case minimum-q >= low:
		return max(0, minimum-q)
	case q-minimum >= low:
		return 0
	}
	x := minimum - q + low
	return x * x / (4 * low)
}
