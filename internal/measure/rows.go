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
		var periods [][]float64
		if rd.Steps > 0 {
			periods = columns((s.grid().Term()+rd.Steps-1)/rd.Steps, lanes)
		}
		r.of = append(r.of, periods)
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
			vec.Accumulate(r.of[id][m.T/rd.Steps], x)
		}
	}
}
