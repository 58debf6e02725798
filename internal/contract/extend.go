// SPDX-License-Identifier: Apache-2.0

package contract

import "offtake/internal/vec"

// Extends tells whether the term may be longer than it was signed for.
func (m *Month) Extends() bool { return m.p.longer >= 0 }

// LastsTo is the step after the last of a lane's term, as far as that had been
// extended before the step.
func (m *Month) LastsTo(i int) int {
	if m.p.longer < 0 {
		return m.p.grid.Term()
	}
	return m.p.grid.Signed() + int(m.Col(m.p.longer)[i])
}

// Extend lengthens a lane's term by so many steps, from the next step on.
func (m *Month) Extend(i, steps int) { m.Col(m.p.renewed)[i] = float64(steps) }

// renew ends a step in which the term was extended.
func (m *Month) renew() {
	if m.p.longer >= 0 {
		vec.Accumulate(m.Col(m.p.longer), m.Col(m.p.renewed))
		vec.Fill(m.Col(m.p.renewed), 0)
	}
}

// Over writes 1 in lanes whose term is over with the step and is not extended, and
// tells whether there are any.
func (m *Month) Over(out []float64) bool {
	if !m.Extends() && m.T+1 != m.p.grid.Term() {
		return false
	}
	vec.Copy(out, m.See(Live))
	for i := range out {
		if m.T+1 != m.LastsTo(i) || m.Extends() && m.Col(m.p.renewed)[i] != 0 {
			out[i] = 0
		}
	}
	return vec.Any(out)
}

// expire ends the agreement in lanes whose term is over with the step and was
// not extended: as a leaving that costs nothing, unless something else ends it in
// the same step. The end of the longest term needs nothing of the kind.
func (m *Month) expire() {
	if m.p.longer < 0 || m.T+1 >= m.p.grid.Term() {
		return
	}
	over := m.Temp()
	if m.Over(over) {
		for i := range over {
			if over[i] != 0 && m.See(Exiting)[i] == 0 {
				m.Q(Exiting)[i], m.Q(Terminated)[i], m.Q(Expiring)[i] = 1, 1, 1
			}
		}
	}
	m.Free(1)
}
