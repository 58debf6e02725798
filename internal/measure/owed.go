// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// EffectiveCommitment names a reading of a clause by which somebody may end the
// agreement: what the buyer owes in all, in cents and nominal, if that is done
// as soon as it can be. Read as it is first reported.
const EffectiveCommitment = "effective_commitment_cents"

// owed are the readings of that name, over the lanes.
type owed struct {
	id   []contract.ReadingID
	of   [][]float64
	seen []bool
}

func newOwed(s *Setting, lanes int) owed {
	var o owed
	for id, rd := range s.Program.Readings() {
		if rd.Name == EffectiveCommitment {
			o.id, o.of, o.seen = append(o.id, contract.ReadingID(id)), append(o.of, make([]float64, lanes)), append(o.seen, false)
		}
	}
	return o
}

func (o *owed) open() { clear(o.seen) }

func (o *owed) observe(m *contract.Month) {
	for k, id := range o.id {
		if x, read := m.Reading(id); read && !o.seen[k] {
			vec.Accumulate(o.of[k], x)
			o.seen[k] = true
		}
	}
}

// inescapable is what of the commitments the buyer cannot get out of: nominal,
// if it takes nothing and leaves as soon as it may.
func inescapable(s *Setting) []Measure {
	o := newOwed(s, 1)
	if s.CommitmentCents == 0 && len(o.id) == 0 {
		return nil
	}
	m := each("effective_commitment", Money,
		"the least that the buyer must pay under its commitments, nominal: all capacity delivered, nothing taken, and any right to leave used at once if that is cheaper",
		func(b *Book, i int) float64 { return b.asAgreed().leastOwed(i) },
		uses(func(b *Book) []Source {
			out := []Source{{Label: "the least that the commitments ask for", Inputs: s.clausePaths("total"), Value: constant(b.lanes, s.LeastCents)}}
			a := b.asAgreed()
			for k, id := range a.owed.id {
				clause := s.Program.Readings()[id].Clause
				out = append(out, Source{Label: "owed if the agreement is ended as soon as it can be", Clause: clause, Value: a.owed.of[k]})
			}
			return out
		}))
	m.Nominal = true
	return []Measure{m}
}

// leastOwed is the least of what the commitments' own terms leave and of what
// the ways out leave.
func (b *Book) leastOwed(lane int) float64 {
	least := b.s.LeastCents
	for k := range b.owed.id {
		if x := b.owed.of[k][lane]; b.s.CommitmentCents == 0 && k == 0 || x < least {
			least = x
		}
	}
	return least
}

func constant(lanes int, x float64) []float64 {
	out := make([]float64, lanes)
	vec.Fill(out, x)
	return out
}
