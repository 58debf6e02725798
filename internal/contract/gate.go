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
	if g >= 0 {
		if x, at := m.p.gates[g], max(m.T, 0); at < x.from || at >= x.to {
			vec.Fill(out, 0)
			return
		}
	}
	m.Agreed(g, out)
}

// Agreed is Force whatever the dates between which the clause is in force.
func (m *Month) Agreed(g Gate, out []float64) {
	vec.Fill(out, 1)
	if g < 0 {
		return
	}
	x := m.p.gates[g]
	if x.event >= 0 {
		vec.Copy(out, m.Obs.Events[x.event])
	}
	if x.chance >= 0 {
		vec.Mul(out, out, m.Obs.Chance[x.chance])
	}
}
