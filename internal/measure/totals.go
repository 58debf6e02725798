// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// compute tells whether a line between the two sides is for compute, or
// lowers what is paid for it: such lines are netted.
func (x *lineInfo) compute() bool {
	switch x.role {
	case contract.Use, contract.Miss, contract.Offset, contract.Estate:
		return x.cash
	}
	return false
}

// totals are what each party gives and gets over the run, in cash and in kind.
func totals(s *Setting) []Measure {
	parties := []string{s.Program.Supplier(), s.Program.Buyer()}
	for _, h := range s.Holders[1:] {
		parties = append(parties, h.Party)
	}
	var out []Measure
	for _, p := range parties {
		for _, t := range []struct {
			name, doc string
			inKind    bool
			gives     bool
		}{
			{"total_given", "cash that the party pays, not discounted and in a base run before default; what lowers a bill for compute is taken off", false, true},
			{"total_received", "cash that the party gets, not discounted and in a base run before default; what lowers a bill for compute is taken off", false, false},
			{"total_given_in_kind", "what the party gives otherwise than in cash, at its worth on the day, not discounted and in a base run before default; shares of the buyer and compute apart", true, true},
			{"total_received_in_kind", "what the party gets otherwise than in cash, at its worth on the day, not discounted and in a base run before default; shares of the buyer and compute apart", true, false},
		} {
			if t.inKind && !s.moves(p, t.gives) {
				continue
			}
			sources := func(b *Book) []Source { return b.asAgreed().totalSources(p, t.inKind, t.gives) }
			out = append(out, Measure{Name: t.name, Party: p, Unit: Money, Nominal: true, Doc: t.doc, Sources: sources,
				Value: func(b *Book, out []float64) { total(out, sources(b)) }})
		}
	}
	return out
}

// moves tells whether anything may go in kind from a party, or to it.
func (s *Setting) moves(party string, gives bool) bool {
	for _, l := range s.Program.Lines() {
		if l.Asset.Kind == contract.InKind && (gives && l.From == party || !gives && l.To == party) {
			return true
		}
	}
	return false
}

// totalSources are the lines by which a party gives or gets, nominal. What is
// paid for compute counts as given by the buyer and got by the supplier, less
// what comes back of it.
func (b *Book) totalSources(party string, inKind, gives bool) []Source {
	lines := b.s.Program.Lines()
	out := b.lineSources(b.nominal, func(i int, x lineInfo) bool {
		l := &lines[i]
		switch {
		case inKind:
			return x.kind && (gives && l.From == party || !gives && l.To == party)
		case !x.cash:
			return false
		case x.compute():
			return gives && party == b.s.Program.Buyer() || !gives && party == b.s.provider()
		}
		return gives && l.From == party || !gives && l.To == party
	})
	for i := range out {
		if x := b.info[out[i].line]; inKind || !x.compute() {
			out[i].Sign = 1
		}
	}
	return out
}

// total adds up sources.
func total(out []float64, sources []Source) {
	vec.Fill(out, 0)
	for _, x := range sources {
		vec.AddScaled(out, x.Value, x.Sign)
	}
}
