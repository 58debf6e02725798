// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"strings"

	"offtake/internal/contract"
)

// ledgerDocs say what each row of a commitment's ledger is.
var ledgerDocs = map[string]string{
	"schedule": "what was planned for the period", "relief": "taken off for capacity that was not delivered",
	"minimum": "what must be paid for, used or not", "taken": "units run", "spend": "eligible spend",
	"carry_forward_used": "earlier spend used against the minimum", "carry_forward_bank": "spend carried forward at the period's end",
	"deferred": "minimum put off to the next period", "deficiency": "minimum neither taken, carried nor put off",
	"deficiency_paid": "charged for it", "make_up_used": "earlier deficiency taken", "make_up_bank": "deficiency that may still be taken at the period's end",
	"paid": "charged for the period in all", "completed": "1 once all of it has been spent", "expired": "1 where it ends before that",
}

// readingUnits are the units of readings.
var readingUnits = map[string]Unit{"cents": Money, "units": Units, "share": Rate}

// ledger is every row of every commitment, by period.
func ledger(s *Setting) []Measure {
	var out []Measure
	for id, rd := range s.Program.Readings() {
		for y := range rd.Periods(s.grid().Term()) {
			doc := ledgerDocs[rd.Name]
			if doc == "" {
				doc = strings.ReplaceAll(rd.Name, "_", " ") + ", as the clause reports it"
			}
			m := column(rd.Name, "", readingUnits[rd.Unit], doc, func(b *Book) []float64 { return b.asAgreed().rows.of[id][y] },
				func(b *Book) []Source { return rowSources(s, b, rd, y) })
			m.Clause, m.Period = rd.Clause, y+1
			out = append(out, m)
		}
	}
	return out
}

// elsewhere is the deficiency of the lab's whole book of minimums.
func elsewhere(s *Setting) []Measure {
	if !s.MinimumsElsewhere {
		return nil
	}
	sources := func(b *Book) []Source {
		return []Source{{Label: "deficiency elsewhere", Inputs: []string{"elsewhere", "world.need", "policy.take"}, Sign: 1, Value: b.elsewhere}}
	}
	book := func(b *Book) []Source {
		here := make([]float64, b.lanes)
		for i := range here {
			here[i] = b.deficiencyHere(i)
		}
		return append(sources(b), Source{Label: "deficiency here", Inputs: s.clausePaths("take"), Sign: 1, Value: here})
	}
	out := []Measure{
		column("deficiency_elsewhere", "", Money, "deficiency of the lab's minimums with others, not discounted",
			func(b *Book) []float64 { return b.elsewhere }, sources),
		each("deficiency_book", Money, "deficiency of all the lab's minimums, here and elsewhere, not discounted",
			func(b *Book, i int) float64 { return b.elsewhere[i] + b.deficiencyHere(i) }, book),
	}
	for i := range out {
		out[i].Nominal = true
	}
	return out
}

// deficiencyHere adds up what the ledgers charge as deficiency.
func (b *Book) deficiencyHere(i int) float64 {
	sum := 0.0
	for id, rd := range b.s.Program.Readings() {
		if isDeficiency(&rd) {
			for _, col := range b.rows.of[id] {
				sum += col[i]
			}
		}
	}
	return sum
}

// rowSources is a row's own clause, and the rows that its formula reads.
func rowSources(s *Setting, b *Book, rd contract.Reading, y int) []Source {
	var out []Source
	for id, other := range s.Program.Readings() {
		if other.Clause == rd.Clause && other.Steps > 0 && y < len(b.rows.of[id]) && other.Name != rd.Name {
			out = append(out, Source{Label: other.Name, Clause: rd.Clause, Value: b.asAgreed().rows.of[id][y], Unit: readingUnits[other.Unit]})
		}
	}
	return out
}
