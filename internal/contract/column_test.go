// SPDX-License-Identifier: Apache-2.0

package contract

import (
	"slices"
	"testing"

	"offtake/internal/vec"
)

// oddly is a clause that does work in the Funding stage of even steps only.
func oddly(work func(m *Month)) Clause {
	return clauseFunc(func(b *Builder) {
		b.On(Funding, "oddly", func(m *Month) {
			if m.T%2 == 0 {
				work(m)
			}
		})
	})
}

// A quantity is what has been written in the step, however it was, and zero in
// the next where nobody writes it.
func TestQuantitiesStartAtZero(t *testing.T) {
	two := []float64{2, 2, 2}
	for _, c := range []struct {
		name  string
		write func(m *Month)
		want  float64
	}{
		{"nothing", func(m *Month) {}, 0},
		{"looked at", func(m *Month) { m.See(Spend) }, 0},
		{"written as it stands", func(m *Month) { m.Q(Spend)[1] = 2 }, 2},
		{"written in all lanes", func(m *Month) { vec.Fill(m.Out(Spend), 3) }, 3},
		{"added", func(m *Month) { m.Add(Spend, two) }, 2},
		{"added twice", func(m *Month) { m.Add(Spend, two); m.Add(Spend, two) }, 4},
		{"added after a look", func(m *Month) { m.See(Spend); m.Add(Spend, two); m.Add(Spend, m.See(Spend)) }, 4},
		{"added in parts", func(m *Month) { m.AddScaled(Spend, two, 0.5); m.AddScaled(Spend, two, 2) }, 5},
		{"raised", func(m *Month) { m.AtLeast(Spend, two); m.AtLeast(Spend, m.One()) }, 2},
		{"raised twice", func(m *Month) { m.AtLeast(Spend, m.One()); m.AtLeast(Spend, two) }, 2},
	} {
		p := compile(t, 4, 0, oddly(c.write))
		x, obs := p.New(3), fair(p, 3)
		x.Audit()
		for range 2 { // the second run finds what the first left
			x.Reset()
			x.Sign(obs)
			for !x.Done() {
				m, want := step(x, obs, 1), 0.0
				if m.T%2 == 0 {
					want = c.want
				}
				if none := want == 0; m.None(Spend) != none {
					t.Errorf("%s: nobody wrote it in step %d: %v", c.name, m.T, !none)
				}
				if got := m.See(Spend)[1]; got != want {
					t.Errorf("%s: %v in step %d, want %v", c.name, got, m.T, want)
				}
			}
		}
	}
}

// The audit finds out who writes what it was given to read.
func TestReaderThatWrites(t *testing.T) {
	p := compile(t, 1, 0, oddly(func(m *Month) { m.See(Spend)[2] = 1 }))
	x, obs := p.New(3), fair(p, 3)
	x.Audit()
	x.Sign(obs)
	panics(t, "a reader writes", "spend_cents written by a reader", func() { step(x, obs, 1) })
}

// A force that is shown is the force that is written.
func TestInForce(t *testing.T) {
	var gates []Gate
	p := compile(t, 4, 0, clauseFunc(func(b *Builder) {
		for i, terms := range []Terms{{}, {From: 1, To: 3}, {Event: "rain"}, {Probability: 0.3}, {Event: "rain", Probability: 0.6, From: 2}} {
			gates = append(gates, b.Gate("toy"+string(rune('a'+i)), terms))
		}
		b.On(Standing, "toy", func(m *Month) {
			out := m.Temp()
			for i, g := range gates {
				m.Force(g, out)
				if got := m.InForce(g); !slices.Equal(got, out) {
					t.Errorf("gate %d in step %d: %v is shown, %v written", i, m.T, got, out)
				}
				if m.Whole(g) != vec.AllEqual(out, 1) || m.Shut(g) && vec.Any(out) || g.Always() != (i == 0) {
					t.Errorf("gate %d in step %d: whole %v, shut %v, always %v, with %v", i, m.T, m.Whole(g), m.Shut(g), g.Always(), out)
				}
			}
			m.Free(1)
		})
	}))
	x, obs := p.New(2), fair(p, 2)
	obs.Events[0] = []float64{1, 0}
	obs.Chance[0], obs.Chance[1] = []float64{0.3, 1}, []float64{0.5, 1}
	x.Sign(obs)
	for !x.Done() {
		step(x, obs, 1)
	}
}
