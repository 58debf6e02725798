// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// Needs are what is asked of the buyer's firm need by contract year: how much of it is bound
// to the supplier, and how much is left to others. Amounts are in cents, not discounted.
type Needs struct {
	Floor     []float64 // by contract year: owed here, taken or not
	Elsewhere []float64 // likewise: minimums with others
	Held      []Held
}

// Held is what a clause holds of the need, by step of the term.
type Held struct {
	Scope []float64 // the share that is held
	// Since is the step from which on only what the need has grown by is held; -1 for all of it.
	Since []int
}

// needs are the need at market prices and what of it is held, by contract year and lane.
type needs struct {
	of          *Needs
	value, held [][]float64
	first       [][]float64 // scratch by holding: the need from which it has grown
	units       []float64
}

func newNeeds(s *Setting, lanes int) needs {
	if s.Needs == nil {
		return needs{}
	}
	years := s.grid().ContractYears()
	return needs{s.Needs, columns(years, lanes), columns(years, lanes), columns(len(s.Needs.Held), lanes), make([]float64, lanes)}
}

// all are the columns that add up.
func (n *needs) all() [][]float64 { return append(append([][]float64(nil), n.value...), n.held...) }

// observe adds a step of the term.
func (n *needs) observe(m *contract.Month) {
	g := m.Grid()
	if n.of == nil || m.T < 0 || m.T >= g.Term() {
		return
	}
	need, market, y := m.Obs.Col[contract.Need], m.Obs.Col[contract.Market], g.ContractYear(m.T)
	vec.Mul(n.units, need, market)
	vec.Accumulate(n.value[y], n.units)
	for k, h := range n.of.Held {
		if h.Scope[m.T] == 0 {
			continue
		}
		if vec.Copy(n.units, need); h.Since[m.T] == m.T {
			vec.Copy(n.first[k], need)
		}
		if h.Since[m.T] >= 0 {
			for i, x := range n.first[k] {
				n.units[i] = max(0, need[i]-x)
			}
		}
		vec.Mul(n.units, n.units, market)
		vec.AddScaled(n.held[y], n.units, h.Scope[m.T])
	}
}

// bound is what is bound here in a year: the floor or what is held, whichever is more.
func (n *needs) bound(y, i int) float64 { return max(n.of.Floor[y], n.held[y][i]) }

// yearlyNeeds are measures of the need by contract year, which is their Period, from 1.
func yearlyNeeds(s *Setting) []Measure {
	if s.Needs == nil {
		return nil
	}
	var out []Measure
	for y := range s.grid().ContractYears() {
		for _, m := range []Measure{
			each("need_value", Money, "the firm need at market prices in the contract year", func(b *Book, i int) float64 { return b.needs.value[y][i] }, needSources),
			each("need_held", Money, "of it, what exclusivity and first refusal hold here", func(b *Book, i int) float64 { return b.needs.held[y][i] }, needSources),
			each("need_here", Money, "what is bound here: owed, taken or not, or held, whichever is more", func(b *Book, i int) float64 { return b.needs.bound(y, i) }, needSources),
			each("need_bound", Rate, "the share of it that is bound here, no more than all", func(b *Book, i int) float64 {
				if b.needs.value[y][i] <= 0 {
					return 0
				}
				return min(1, b.needs.bound(y, i)/b.needs.value[y][i])
			}, needSources),
			each("need_left", Money, "what of it is neither bound here nor by minimums with others", func(b *Book, i int) float64 {
				return max(0, b.needs.value[y][i]-b.needs.bound(y, i)-s.Needs.Elsewhere[y])
			}, needSources),
		} {
			m.Period, m.Nominal = y+1, true
			out = append(out, m)
		}
	}
	return out
}

// needSources name the world's inputs behind a year's need.
func needSources(*Book) []Source {
	return []Source{{Label: "firm need at market prices", Inputs: []string{"world.need", "world.market_price"}}}
}
