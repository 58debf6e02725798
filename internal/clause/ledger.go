// SPDX-License-Identifier: Apache-2.0

package clause

// ledgerTerms are the terms of a commitment's ledger for one period, in cents
// and shares of the schedule.
type ledgerTerms struct {
	scheduleCents float64
	take          float64
	deficiency    float64
	reliefCents   float64 // of the minimum or of the schedule
	toSchedule    bool    // which of the two
	deferredCents float64 // put off to this period from the one before
	threshold     float64 // of carry-forward
	carryCap      float64 // of carry-forward; negative for none
	carries       bool
	deferralCap   float64 // zero where none is allowed in this period
	creditedCents float64 // make-up credited before the period's end
	waived        float64 // share of the deficiency that is not charged
	swing         float64 // of load within a period that is reckoned by the hour
}

// ledgerRow is one period's ledger, in cents.
type ledgerRow struct {
	schedule   float64 // A, less relief where that is to the schedule
	minimum    float64 // M
	carryUsed  float64 // c
	deferred   float64 // f
	deficiency float64 // D
	paid       float64 // rho D
	makeUpUsed float64 // u
	carryAdded float64
}

// settle is the ledger of one period: section 3 of docs/semantics.md.
//
//	M = max(0, tau A - R) + what was put off to this period
//	c = min(E, kappa A, max(0, M - q))
//	f = min(x A, max(0, M - c - q))
//	D = max(0, M - c - f - q), paid rho D
//	u = min(B, max(0, q - M)), and no less than was credited step by step
//	E gains max(0, q - u - theta A)
//
// q is the period's eligible spend, bank the make-up that may be used, banked
// the carry-forward; cents settles an amount.
func (t *ledgerTerms) settle(q, bank, banked float64, cents func(float64) float64) ledgerRow {
	r := ledgerRow{schedule: t.scheduleCents}
	if t.toSchedule {
		r.schedule = cents(max(0, t.scheduleCents-t.reliefCents))
		r.minimum = cents(t.take * r.schedule)
	} else {
		r.minimum = cents(max(0, float64(t.take*t.scheduleCents)-t.reliefCents))
	}
	r.minimum += t.deferredCents
	missing := cents(shortfall(r.minimum, q, t.swing))
	if t.carries {
		r.carryUsed = min(banked, missing)
		if t.carryCap >= 0 {
			r.carryUsed = min(r.carryUsed, cents(t.carryCap*r.schedule))
		}
		missing = max(0, missing-r.carryUsed)
	}
	r.deferred = min(cents(t.deferralCap*r.schedule), missing)
	r.deficiency = max(0, missing-r.deferred)
	r.paid = cents(t.deficiency * (1 - t.waived) * r.deficiency)
	r.makeUpUsed = max(t.creditedCents, min(bank, max(0, q-r.minimum)))
	if t.carries {
		r.carryAdded = max(0, q-r.makeUpUsed-cents(t.threshold*r.schedule))
	}
	return r
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
