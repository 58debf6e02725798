// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// rows are the ledgers of commitments: each reading of each period, over the
// lanes, in the reading's unit.
type rows struct {
	s  *Setting
	of [][][]float64 // by reading and period; empty for readings without periods
}

func newRows(s *Setting, lanes int) rows {
	r := rows{s: s}
	for _, rd := range s.Program.Readings() {
		r.of = append(r.of, columns(rd.Periods(s.grid().Term()), lanes))
	}
	return r
}

// observe keeps what the month reads. Lanes report a period once, in its last
// step or when the buyer leaves, so adding puts each in its place.
func (r *rows) observe(m *contract.Month) {
	for id, rd := range r.s.Program.Readings() {
		if rd.Steps == 0 {
			continue
		}
		if x, read := m.Reading(contract.ReadingID(id)); read {
			vec.Accumulate(r.of[id][rd.Period(m.T)], x)
		}
	}
}
