// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"math"

	"offtake/internal/contract"
)

// ratios set the commitment, or what it yields, against the provider's money.
// They compare unlike things, each in its own way, and are to be read together.
func ratios(s *Setting) []Measure {
	if !s.funds() {
		return nil
	}
	var out []Measure
	if s.CommitmentCents > 0 {
		if s.firstCheque() > 0 {
			out = append(out, each("headline_ratio", Ratio, "commitment over the provider's first cheque",
				func(*Book, int) float64 { return s.CommitmentCents / s.firstCheque() },
				uses(func(*Book) []Source { return []Source{s.commitmentSource(), s.chequeSource()} })))
		}
		out = append(out, each("total_ratio", Ratio, "commitment over all capital that the provider may put in: cheques, limits of facilities and loans, and what else it lends as agreed",
			func(b *Book, i int) float64 { return ratio(s.CommitmentCents, s.capital()+b.asAgreed().lentCents(i)) },
			uses(func(b *Book) []Source {
				return append(append([]Source{s.commitmentSource()}, s.capitalSources()...), b.asAgreed().lentSources()...)
			})).unless("no capital is put in"))
	}
	if s.Expected || !s.CanDefault {
		out = append(out, each("pv_ratio", Ratio, "riskless present value of spend, as agreed, over that of the provider's capital",
			func(b *Book, i int) float64 { a := b.asAgreed(); return ratio(a.spendPV(i), a.capitalPV(i)) }, asAgreed(withCapital(spendSources))).unless("no capital is put in"))
	}
	return append(out,
		each("survival_ratio", Ratio, "present value of spend over that of the provider's capital, both as far as the lab survives to pay and be paid",
			func(b *Book, i int) float64 { return ratio(b.spendPV(i), b.capitalPV(i)) }, withCapital(spendSources)).unless("no capital is put in"),
		each("margin_ratio", Ratio, "present value of the provider's gain on compute, O + F + G under the headline cost, over that of its capital",
			func(b *Book, i int) float64 { return ratio(b.marginPV(i), b.capitalPV(i)) }, withCapital(marginSources)).unless("no capital is put in"))
}

func ratio(over, under float64) float64 {
	if under == 0 {
		return math.NaN()
	}
	return over / under
}

// firstCheque is the provider's first purchase of shares, in cents.
func (s *Setting) firstCheque() float64 {
	for _, r := range s.Rounds {
		if r.Investor == s.provider() {
			return r.AmountCents
		}
	}
	return 0
}

// limits are what the lab may draw or is lent by the provider, in cents.
func (s *Setting) limits() float64 {
	sum := 0.0
	for _, f := range s.Facilities {
		if f.Lender == s.provider() {
			sum += f.LimitCents
		}
	}
	for _, l := range s.Loans {
		if l.Lender == s.provider() {
			sum += l.PrincipalCents
		}
	}
	return sum
}

// capital is what the provider may put in for shares and on facilities, in
// cents.
func (s *Setting) capital() float64 {
	sum := s.limits()
	for _, r := range s.Rounds {
		if r.Investor == s.provider() {
			sum += r.AmountCents
		}
	}
	return sum
}

// sumOf adds the lines of a role in one lane, signed toward the provider.
func (b *Book) sumOf(cols [][]float64, r contract.Role, lane int) float64 {
	sum := 0.0
	for id, x := range b.info {
		if x.cash && x.role == r {
			sum += float64(x.sign * cols[id][lane])
		}
	}
	return sum
}

// spendPV is the present value of what is paid for use.
func (b *Book) spendPV(i int) float64 { return b.sumOf(b.cash, contract.Use, i) }

// capitalPV is the present value of the provider's cheques, draws and loans.
func (b *Book) capitalPV(i int) float64 {
	return b.bought(i) + b.parts.DrawsPV[i] + b.parts.LentPV[i]
}

// marginPV is O + F + G under the headline cost.
func (b *Book) marginPV(i int) float64 {
	return b.parts.Overcharge[i] + b.parts.Deficiency[i] + b.parts.Gain[b.s.Headline][i]
}
