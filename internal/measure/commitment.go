// SPDX-License-Identifier: Apache-2.0

package measure

import "offtake/internal/vec"

// commitments are what the buyer promises to spend, and how much of it is new: an
// existing commitment with the provider is one that the deal takes the place of.
func commitments(s *Setting) []Measure {
	if s.CommitmentCents == 0 {
		return nil
	}
	promised := func(b *Book) Source { return b.given(s.commitmentSource(), 1, s.CommitmentCents) }
	before := func(b *Book, sign float64) Source {
		return b.given(Source{Label: "commitments from before the deal", Inputs: []string{"existing"}}, sign, s.ExistingCents)
	}
	out := []Measure{each("commitment", Money, "what the commitments come to over the term, nominal",
		func(*Book, int) float64 { return s.CommitmentCents }, func(b *Book) []Source { return []Source{promised(b)} })}
	if s.ExistingCents == 0 {
		return out
	}
	incremental := func(b *Book) []Source { return []Source{promised(b), before(b, -1)} }
	out = append(out,
		each("existing_commitment", Money, "what the buyer had promised the provider before the deal and had still to spend, nominal",
			func(*Book, int) float64 { return s.ExistingCents }, func(b *Book) []Source { return []Source{before(b, 1)} }),
		each("incremental_commitment", Money, "the commitments less what the buyer had promised the provider before the deal, nominal",
			func(*Book, int) float64 { return s.CommitmentCents - s.ExistingCents }, incremental))
	if s.firstCheque() > 0 {
		out = append(out, each("incremental_ratio", Ratio, "incremental commitment over the provider's first cheque",
			func(*Book, int) float64 { return (s.CommitmentCents - s.ExistingCents) / s.firstCheque() },
			uses(func(b *Book) []Source { return append(incremental(b), s.chequeSource()) })))
	}
	return out
}

// given is a source with an amount that the file states.
func (b *Book) given(s Source, sign, cents float64) Source {
	s.Sign, s.Value = sign, make([]float64, b.lanes)
	vec.Fill(s.Value, cents)
	return s
}
