// SPDX-License-Identifier: Apache-2.0

package accounts

import (
	"math"

	"offtake/internal/vec"
)

// Contra is what a payment to the customer for its shares takes off revenue, in cents:
// what it pays above their fair value, and all of it where that value cannot be
// estimated or the shares are no thing of their own (ASC 606-10-32-25 and 32-26);
// nothing where the purchase was not part of the bargain. A price below fair value takes
// nothing off.
func (t *Terms) Contra(paid, fairValue float64) float64 {
	switch {
	case !t.SingleObjective:
		return 0
	case !t.FairValueEstimable || !t.Distinct:
		return paid
	}
	return max(0, paid-fairValue)
}

// Recognised is the revenue from prepaid rights once some of them have been exercised,
// in cents: what was paid, in proportion to the rights expected to be exercised in all
// (ASC 606-10-55-48). Where none are expected to be, nothing is recognised until
// exercise is remote, which is for the end.
func Recognised(paid, exercised, expected float64) float64 {
	if expected <= 0 {
		return 0
	}
	return paid * min(1, exercised/expected)
}

// A Dated is an amount at a time.
type Dated struct {
	Years float64 // since a day
	Cents float64
}

// PresentValue is what payments are worth at time zero at a yearly rate, in cents:
// the sum of each over (1+rate)^years.
func PresentValue(payments []Dated, rate float64) float64 {
	sum := 0.0
	for _, p := range payments {
		sum += p.Cents / growth(rate, p.Years)
	}
	return sum
}

// growth is what 1 becomes at a yearly rate: (1+rate)^years.
func growth(rate, years float64) float64 { return vec.PowOf(1+rate, years) }

// expedientYears is the time between payment and service within which no financing is
// looked for: ASC 606-10-32-18, IFRS 15.63.
const expedientYears = 1

// Financing is the interest in payments made before the service, in cents: each part
// bears interest at the yearly rate from its payment to its use, the oldest first, but
// for parts used within a year. Skipped is how much of the payments those are. What is
// paid and never used bears none.
func Financing(paid, used []Dated, rate float64) (interest, skipped float64) {
	i, left := 0, 0.0
	for _, u := range used {
		for need := u.Cents; need > 0; {
			if left <= 0 {
				if i == len(paid) {
					break
				}
				left = paid[i].Cents
				i++
				continue
			}
			part := min(need, left)
			if wait := u.Years - paid[i-1].Years; wait > expedientYears {
				interest += float64(part * (growth(rate, wait) - 1))
			} else {
				skipped += part
			}
			need, left = need-part, left-part
		}
	}
	return interest, skipped
}

// A LeaseTest is what is measured of a lease.
type LeaseTest struct {
	PresentValue float64 // cents, at its beginning
	TermShare    float64 // of the economic life; ASC 842-10-25-2(c) and 55-2 take 75% for the major part
	ValueShare   float64 // present value over fair value; 25-2(d) and 55-2 take 90% for substantially all; NaN where that is not known
	Finance      bool    // one of the two is met
}

// The shares from which a lease counts as one of finance, by practice: ASC 842-10-55-2.
const majorPart, substantiallyAll = 0.75, 0.9

// TestLease measures a lease of so many years whose payments are counted from its
// beginning. The asset's value is in cents, nil where it is not known.
func TestLease(payments []Dated, rate, termYears, lifeYears float64, asset *float64) LeaseTest {
	out := LeaseTest{PresentValue: PresentValue(payments, rate), TermShare: termYears / lifeYears, ValueShare: math.NaN()}
	if asset != nil {
		out.ValueShare = out.PresentValue / *asset
	}
	out.Finance = out.TermShare >= majorPart || out.ValueShare >= substantiallyAll
	return out
}

// Eliminated is the supplier's own part of a profit on what the buyer still has as an
// asset, in cents (ASC 323-10-35-7): nothing of what was consumed at once, or without
// significant influence.
func (t *Terms) Eliminated(stake, marginCents float64) float64 {
	if !t.SignificantInfluence {
		return 0
	}
	return stake * (marginCents * t.Capitalised)
}

// Concentration is a part of a whole that the file may not give; nil for unknown.
func Concentration(part float64, whole *float64) *float64 {
	if whole == nil {
		return nil
	}
	share := part / *whole
	return &share
}
