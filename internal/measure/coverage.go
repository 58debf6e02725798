// SPDX-License-Identifier: Apache-2.0

package measure

import "math"

// coverage sets the provider's cheque against the commitment and the spend
// that it comes with.
func coverage(s *Setting) []Measure {
	out := []Measure{
		each("pv_spend", Money, "present value of what is paid for use, weighted by survival where the run is",
			func(b *Book, i int) float64 { return b.spendPV(i) }, spendSources),
		each("pv_spend_riskless", Money, "the same without survival weights",
			func(b *Book, i int) float64 { return b.plainSpend(i) }, spendSources),
	}
	if s.firstCheque() == 0 {
		return out
	}
	if s.CommitmentCents > 0 {
		out = append(out, each("nominal_coverage", Rate, "the provider's cheques over the commitment",
			func(*Book, int) float64 { return (s.capital() - s.limits()) / s.CommitmentCents },
			func(*Book) []Source { return []Source{s.chequeSource(), s.commitmentSource()} }))
	}
	return append(out,
		each("pv_coverage", Rate, "present value of the provider's cheques over that of spend",
			func(b *Book, i int) float64 { return ratio(b.parts.Cheque[i], b.spendPV(i)) }, spendSources),
		each("months_funded", Months, "months of the first contract year's spend that the cheques pay for",
			func(b *Book, i int) float64 { return b.monthsFunded(i) }, spendSources),
		each("round_trip_month", Months, "month in which cash paid to the provider first reaches the capital it has put in; undefined if it never does",
			func(b *Book, i int) float64 { return b.roundTrip(i) }, roundTripSources))
}

// monthsFunded is how many months of the first year's spend the cheques pay.
func (b *Book) monthsFunded(lane int) float64 {
	first, months := 0.0, 0
	g := b.s.grid()
	for t := 0; t < g.Term() && g.ContractYear(t) == 0; t++ {
		first += b.steps.spend[t+1][lane]
		months += g.MonthsPerStep()
	}
	cheques := b.s.capital() - b.s.limits()
	return ratio(cheques*float64(months), first)
}

// roundTrip is the month, from 1, in which cumulative cash for compute first
// reaches the provider's cumulative capital.
func (b *Book) roundTrip(lane int) float64 {
	paid, in := 0.0, 0.0
	for k := range b.steps.paid {
		paid += b.steps.paid[k][lane]
		in += b.steps.capital[k][lane]
		if k > 0 && in > 0 && paid >= in {
			return float64(k * b.s.grid().MonthsPerStep())
		}
	}
	return math.NaN()
}
