// SPDX-License-Identifier: Apache-2.0

package contract

import "offtake/internal/vec"

// A holding says what the column of a quantity holds in the running step, so
// that columns are cleared only where somebody looks at what nobody has written.
type holding byte

const (
	stale holding = iota // what an earlier step left
	blank                // zero: it has been looked at and not been written
	given                // what has been written in the step, or may have been
)

// Q is the column of a quantity, to be read or written; zero at first.
func (m *Month) Q(q Quantity) []float64 {
	if m.held[q] != given {
		m.See(q)
		m.held[q] = given
	}
	return m.quantity[q]
}

// See is the column of a quantity, to be read alone.
func (m *Month) See(q Quantity) []float64 {
	if m.held[q] == stale {
		vec.Fill(m.quantity[q], 0)
		m.held[q] = blank
	}
	return m.quantity[q]
}

// None tells whether nobody has written the quantity in the step: it is zero.
func (m *Month) None(q Quantity) bool { return m.held[q] != given }

// Out is the column of a quantity, to be written in all lanes; what it holds is
// unspecified.
func (m *Month) Out(q Quantity) []float64 {
	m.held[q] = given
	return m.quantity[q]
}

// Add adds a column to a quantity.
func (m *Month) Add(q Quantity, amount []float64) {
	if m.None(q) {
		vec.Copy(m.Out(q), amount)
	} else {
		vec.Accumulate(m.quantity[q], amount)
	}
}

// AddScaled adds c times a column to a quantity.
func (m *Month) AddScaled(q Quantity, amount []float64, c float64) {
	if m.None(q) {
		vec.Scale(m.Out(q), amount, c)
	} else {
		vec.AddScaled(m.quantity[q], amount, c)
	}
}

// AtLeast raises a quantity to the column where it is below it; neither is below
// zero.
func (m *Month) AtLeast(q Quantity, least []float64) {
	if m.None(q) {
		vec.Copy(m.Out(q), least)
	} else {
		vec.Max(m.quantity[q], m.quantity[q], least)
	}
}

// forget begins a step for the quantities.
func (m *Month) forget() {
	for q, held := range m.held {
		if held == given {
			m.held[q] = stale
		}
	}
}

// expectBlank panics where somebody has written a quantity that it was given to
// read alone.
func (m *Month) expectBlank() {
	for q, held := range m.held {
		if held == blank && !vec.AllEqual(m.quantity[q], 0) {
			panic("contract: " + Quantity(q).String() + " written by a reader")
		}
	}
}
