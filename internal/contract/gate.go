// SPDX-License-Identifier: Apache-2.0

package contract

import "offtake/internal/vec"

// A Gate says when and whether a clause is in force.
type Gate int

// Terms of a gate. The zero value is always open.
type Terms struct {
	From, To    int     // steps, the last excluded; To 0 means to the end
	Event       string  // in force once this event has happened; "" for no condition
	Probability float64 // that it is carried out at all; 0 means that it is
}

// gate is a gate laid out; a handle below zero stands for no condition.
type gate struct {
	from, to int
	event    Event
	chance   Chance
}

// Gate adds a gate for the clause. Month.Force tells how far it is open.
func (b *Builder) Gate(clause string, t Terms) Gate {
	if t == (Terms{}) {
		return -1
	}
	g := gate{from: t.From, to: t.To, event: -1, chance: -1}
	if g.to == 0 {
		g.to = b.p.grid.Steps()
	}
	if t.Event != "" {
		g.event = b.Event(t.Event)
	}
	if t.Probability != 0 {
		g.chance = b.Chance(clause, t.Probability)
	}
	b.p.gates = append(b.p.gates, g)
	return Gate(len(b.p.gates) - 1)
}

// Force writes into out how far the clause behind the gate is in force in this
// step: 1, 0, or its probability where runs take means.
func (m *Month) Force(g Gate, out []float64) {
	if m.Shut(g) {
		vec.Fill(out, 0)
		return
	}
	m.Agreed(g, out)
}

// InForce is Force as a column, which must not be written.
func (m *Month) InForce(g Gate) []float64 {
	if g < 0 {
		return m.one
	}
	x := m.p.gates[g]
	switch {
	case m.Shut(g):
		return m.zero
	case x.event < 0 && x.chance < 0:
		return m.one
	case x.chance < 0:
		return m.Obs.Events[x.event]
	case x.event < 0:
		return m.Obs.Chance[x.chance]
	}
	m.Agreed(g, m.forces[g])
	return m.forces[g]
}

// Always tells whether the clause behind the gate is in force in every step of
// every lane.
func (g Gate) Always() bool { return g < 0 }

// Whole tells whether the clause behind the gate is in force in the step in every
// lane.
func (m *Month) Whole(g Gate) bool {
	return g < 0 || !m.Shut(g) && m.p.gates[g].event < 0 && m.p.gates[g].chance < 0
}

// Shut tells whether the step is none of those between whose dates the clause
// is in force.
func (m *Month) Shut(g Gate) bool {
	if g < 0 {
		return false
	}
	x, at := m.p.gates[g], max(m.T, 0)
	return at < x.from || at >= x.to
}

// Agreed is Force whatever the dates between which the clause is in force.
func (m *Month) Agreed(g Gate, out []float64) {
	x := gate{event: -1, chance: -1}
	if g >= 0 {
		x = m.p.gates[g]
	}
	switch {
	case x.event >= 0 && x.chance >= 0:
		vec.Mul(out, m.Obs.Events[x.event], m.Obs.Chance[x.chance])
	case x.event >= 0:
		vec.Copy(out, m.Obs.Events[x.event])
	case x.chance >= 0:
		vec.Copy(out, m.Obs.Chance[x.chance])
	default:
		vec.Fill(out, 1)
	}
}
