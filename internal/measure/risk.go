// SPDX-License-Identifier: Apache-2.0

package measure

import "offtake/internal/contract"

// risks are what goes wrong on a path: the buyer's failure, and deficiencies over
// the whole run.
func risks(s *Setting) []Measure {
	var out []Measure
	if s.CanDefault {
		out = append(out, column("default", "", Rate, "whether the buyer fails within the run: 1 or 0 on a path, and the probability of it in a base run",
			func(b *Book) []float64 { return b.failed },
			func(b *Book) []Source {
				return []Source{{Label: "how the buyer fails", Inputs: []string{"world.default.hazard"}}}
			}))
	}
	charged := uses(func(b *Book) []Source { return chargeSources(s, b) })
	if len(s.clausePaths("total")) == 0 || !s.chargesDeficiency() {
		return out
	}
	total := each("deficiency_total", Money, "deficiency charged over the whole run, not discounted and in a base run before default",
		func(b *Book, i int) float64 { return b.asAgreed().deficiencyHere(i) }, func(b *Book) []Source { return chargeSources(s, b) })
	worst := each("deficiency_worst", Money, "the most that is charged as deficiency in any one period of a commitment, in a base run before default",
		func(b *Book, i int) float64 { return b.asAgreed().worstDeficiency(i) }, charged)
	total.Nominal, worst.Nominal = true, true
	return append(out, total, worst)
}

func isDeficiency(rd *contract.Reading) bool { return rd.Name == "deficiency_paid" }

// chargesDeficiency tells whether any clause may charge one.
func (s *Setting) chargesDeficiency() bool {
	for _, rd := range s.Program.Readings() {
		if isDeficiency(&rd) {
			return true
		}
	}
	return false
}

func chargeSources(s *Setting, b *Book) []Source {
	var out []Source
	for id, rd := range s.Program.Readings() {
		if isDeficiency(&rd) {
			for _, col := range b.asAgreed().rows.of[id] {
				out = append(out, Source{Label: rd.Name, Clause: rd.Clause, Inputs: []string{"clauses." + rd.Clause + ".total", "world.need"}, Sign: 1, Value: col})
			}
		}
	}
	return out
}

// worstDeficiency is the most that is charged in one period.
func (b *Book) worstDeficiency(i int) float64 {
	most := 0.0
	for id, rd := range b.s.Program.Readings() {
		if isDeficiency(&rd) {
			for _, col := range b.rows.of[id] {
				most = max(most, col[i])
			}
		}
	}
	return most
}
