// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"slices"

	"offtake/internal/contract"
)

// capital tells whether a line is money, or a thing, by which its giver
// finances somebody: for shares, on a facility, on loan, or in credits that
// were given for shares.
func (x *lineInfo) capital() bool {
	switch x.role {
	case contract.Cheque, contract.Draw, contract.Offset:
		return x.cash
	case contract.Lend:
		return x.cash || x.kind
	}
	return false
}

// finances tells whether a party may put in capital.
func (s *Setting) finances(party string) bool {
	info := classify(s)
	for i, l := range s.Program.Lines() {
		if l.From == party && info[i].capital() {
			return true
		}
	}
	return false
}

// funds tells whether the provider may put capital into the lab.
func (s *Setting) funds() bool {
	info := classify(s)
	for i := range info {
		if x := &info[i]; x.from == 0 && x.lab > 0 && x.capital() {
			return true
		}
	}
	return false
}

// putIn is the capital that a party puts in over the run in one lane, nominal,
// in cents.
func (b *Book) putIn(party string, lane int) float64 {
	sum := 0.0
	for i, l := range b.s.Program.Lines() {
		if l.From == party && b.info[i].capital() {
			sum += b.nominal[i][lane]
		}
	}
	return sum
}

// limited tells whether the limit of a clause is among what the setting knows
// the provider may put in.
func (s *Setting) limited(clause string) bool {
	return slices.ContainsFunc(s.Facilities, func(f Facility) bool { return f.Clause == clause }) ||
		slices.ContainsFunc(s.Loans, func(l Loan) bool { return l.Clause == clause })
}

// lent tells whether by a line the provider finances the lab beside cheques and
// clauses of a known limit.
func (b *Book) lent(line int) bool {
	x := &b.info[line]
	return x.role == contract.Lend && x.capital() && x.from == 0 && x.lab > 0 && !b.s.limited(b.s.Program.Lines()[line].Clause)
}

// lentCents is what such lines come to, nominal.
func (b *Book) lentCents(lane int) float64 {
	sum := 0.0
	for i := range b.info {
		if b.lent(i) {
			sum += b.nominal[i][lane]
		}
	}
	return sum
}

// firstCapital is the provider's first cheque or, where it writes none, what
// it puts in until the end of the first contract year, in cents.
func (b *Book) firstCapital(lane int) float64 {
	if cheque := b.s.firstCheque(); cheque > 0 {
		return cheque
	}
	sum, g := b.steps.capital[0][0][lane]+b.steps.lent[0][lane], b.s.grid()
	for t := 0; t < g.Term() && g.ContractYear(t) == 0; t++ {
		sum += b.steps.capital[0][t+1][lane] + b.steps.lent[t+1][lane]
	}
	return sum
}

// firstCapitalSources are what firstCapital is made of.
func (b *Book) firstCapitalSources() []Source {
	if b.s.firstCheque() == 0 {
		return b.capitalPVSources()
	}
	first := b.s.chequeSource().Clause
	return slices.DeleteFunc(b.s.chequeSources(b), func(x Source) bool { return x.Clause != "" && x.Clause != first })
}

// lentSources are those lines.
func (b *Book) lentSources() []Source {
	return b.lineSources(b.nominal, func(i int, _ lineInfo) bool { return b.lent(i) })
}

// capitalPVSources are what capitalPV adds up.
func (b *Book) capitalPVSources() []Source {
	draws := b.lineSources(b.cash, func(_ int, x lineInfo) bool {
		return (x.role == contract.Draw || x.role == contract.Lend) && x.capital() && x.from == 0 && x.lab > 0
	})
	for i := range draws {
		draws[i].Sign = 1
	}
	return append(b.s.chequeSources(b), draws...)
}

// withCheques are the sources of a figure that sets something against the
// provider's cheques, or these against it.
func withCheques(sources func(b *Book) []Source) func(b *Book) []Source {
	return uses(func(b *Book) []Source { return append(sources(b), b.s.chequeSources(b)...) })
}

// withCapital are the sources of a ratio to capital.
func withCapital(sources func(b *Book) []Source) func(b *Book) []Source {
	return uses(func(b *Book) []Source { return append(sources(b), b.capitalPVSources()...) })
}

// asAgreed are the sources of a figure before default.
func asAgreed(sources func(b *Book) []Source) func(b *Book) []Source {
	return func(b *Book) []Source { return sources(b.asAgreed()) }
}
