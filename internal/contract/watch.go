// SPDX-License-Identifier: Apache-2.0

package contract

import "slices"

// A Watch names what a program looks at beside its observables, each list by
// its handle.
type Watch struct {
	Events  []string   // by Event
	Indexes []string   // by Index
	Chances []Prospect // by Chance
	Parties []string   // by Solvency: those whose failure matters, but for the buyer
	Delays  []Arrival  // by Delay
}

// A Prospect is something that comes true or not, once for all.
type Prospect struct {
	Clause      string
	Probability float64
}

// An Arrival is something promised from a date that may run late: a generation
// of chips, by its name, which may be empty, and its clause.
type Arrival struct {
	Clause, Name string
}

// Event names a happening that the clause waits for.
func (b *Builder) Event(name string) Event {
	return Event(remember(&b.p.watch.Events, name))
}

// Index names a number of the outside world that the clause looks at.
func (b *Builder) Index(name string) Index {
	return Index(remember(&b.p.watch.Indexes, name))
}

// Chance is whether the clause comes true at all, with a probability.
func (b *Builder) Chance(clause string, probability float64) Chance {
	return Chance(remember(&b.p.watch.Chances, Prospect{clause, probability}))
}

// Solvency watches a party that may fail, but for the buyer, whose solvency is
// the observable Alive.
func (b *Builder) Solvency(party string) Solvency {
	return Solvency(remember(&b.p.watch.Parties, party))
}

// Delay watches how late something runs.
func (b *Builder) Delay(clause, name string) Delay {
	return Delay(remember(&b.p.watch.Delays, Arrival{clause, name}))
}

func remember[T comparable](list *[]T, x T) int {
	if i := slices.Index(*list, x); i >= 0 {
		return i
	}
	*list = append(*list, x)
	return len(*list) - 1
}

// Solvent is the column of who is solvent: a party watched by
// Builder.Solvency, or else the buyer, who once insolvent stays so.
func (m *Month) Solvent(party string) []float64 {
	if i := slices.Index(m.p.watch.Parties, party); i >= 0 {
		return m.Obs.Solvent[i]
	}
	return m.buyer
}

// NewObs makes observations of the given number of lanes for the program: all
// zero, but that everybody is solvent and what may come true does.
func (p *Program) NewObs(lanes int) *Obs {
	obs := &Obs{}
	for o := range obs.Col {
		obs.Col[o] = make([]float64, lanes)
	}
	columns := func(n int, level float64) [][]float64 {
		out := make([][]float64, n)
		for i := range out {
			out[i] = make([]float64, lanes)
			for k := range out[i] {
				out[i][k] = level
			}
		}
		return out
	}
	obs.Events, obs.Index = columns(len(p.watch.Events), 0), columns(len(p.watch.Indexes), 0)
	obs.Chance, obs.Solvent = columns(len(p.watch.Chances), 1), columns(len(p.watch.Parties), 1)
	obs.Late = columns(len(p.watch.Delays), 0)
	return obs
}
