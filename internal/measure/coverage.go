// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"math"

	"offtake/internal/measure/cashflow"
)

// coverage sets the provider's cheque, or other capital, against the commitment
// and the spend that it comes with.
func coverage(s *Setting) []Measure {
	out := []Measure{each("pv_spend", Money, "present value of what is paid for use, as far as the lab survives to pay it",
		func(b *Book, i int) float64 { return b.spendPV(i) }, spendSources)}
	if s.Expected || !s.CanDefault {
		out = append(out, each("pv_spend_riskless", Money, "riskless present value of what is paid for use, as agreed",
			func(b *Book, i int) float64 { return b.asAgreed().spendPV(i) }, agreedSpendSources))
	}
	if s.CommitmentCents > 0 && s.firstCheque() > 0 {
		out = append(out, each("nominal_coverage", Rate, "the provider's cheques over the commitment",
			func(*Book, int) float64 { return (s.capital() - s.limits()) / s.CommitmentCents },
			uses(func(*Book) []Source { return []Source{s.chequeSource(), s.commitmentSource()} })))
	}
	if s.firstCheque() > 0 {
		out = append(out, each("pv_coverage", Rate, "present value of the provider's cheques over that of spend",
			func(b *Book, i int) float64 { return ratio(b.bought(i), b.spendPV(i)) }, withCheques(spendSources)).unless("nothing is paid for use"))
	}
	if !s.funds() {
		return out
	}
	return append(out,
		each("months_funded", Months, "months of spend, at the first contract year's pace, that the first cheque pays for or, without a cheque, the capital put in until the end of that year",
			func(b *Book, i int) float64 { return b.asAgreed().monthsFunded(i) }, asAgreed(uses(func(b *Book) []Source { return append(spendSources(b), b.firstCapitalSources()...) }))).bySteps().unless("nothing is spent in the first contract year"),
		each("round_trip_month", Months, "month in which cash paid to the provider first reaches the capital it has put in; undefined if it never does",
			func(b *Book, i int) float64 { return b.asAgreed().roundTrip(i) }, uses(roundTripSources)).bySteps().unless("no cash is put in, or it never comes back"))
}

// monthsFunded is how many months of the first year's spend the provider's
// first capital pays.
func (b *Book) monthsFunded(lane int) float64 {
	first, months := 0.0, 0
	g := b.s.grid()
	for t := 0; t < g.Term() && g.ContractYear(t) == 0; t++ {
		first += b.steps.spend[t+1][lane]
		months += g.MonthsPerStep()
	}
	return ratio(b.firstCapital(lane)*float64(months), first)
}

// roundTrip is the month, from 1, in which cumulative cash for compute first
// reaches the provider's cumulative capital.
func (b *Book) roundTrip(lane int) float64 {
	if b.roundRoom[0] == nil {
		b.roundRoom = [2][]float64{make([]float64, len(b.steps.paid)), make([]float64, len(b.steps.paid))}
	}
	paid, in := b.roundRoom[0], b.roundRoom[1]
	for k := range paid {
		paid[k], in[k] = b.steps.paid[k][lane], b.steps.capital[0][k][lane]+b.steps.lent[k][lane]
	}
	if k, ok := cashflow.RoundTrip(in, paid); ok {
		return float64(k * b.s.grid().MonthsPerStep())
	}
	return math.NaN()
}
