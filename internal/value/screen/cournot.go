// SPDX-License-Identifier: Apache-2.0

package screen

import (
	"cmp"
	"slices"
)

// A Cournot market has the price Intercept - Slope x quantity, and firms of constant costs a unit, which choose
// their quantities at once (Cournot 1838, "Recherches sur les principes mathématiques de la théorie des richesses").
type Cournot struct{ Intercept, Slope float64 }

// Outcome is the equilibrium of a market, firm by firm.
type Outcome struct {
	Price               float64
	Quantities, Profits []float64
}

// Equilibrium finds it: each firm's quantity is (price - cost)/slope, and the price the mean of the intercept and the costs
// of those in the market. A firm whose cost is above the price sells nothing.
func (c Cournot) Equilibrium(costs []float64) Outcome {
	cheapest := make([]int, len(costs))
	for i := range costs {
		cheapest[i] = i
	}
	slices.SortStableFunc(cheapest, func(i, j int) int { return cmp.Compare(costs[i], costs[j]) })
	out := Outcome{c.Intercept, make([]float64, len(costs)), make([]float64, len(costs))}
	sum := c.Intercept
	for n, i := range cheapest {
		if costs[i] >= out.Price {
			break
		}
		sum += costs[i]
		out.Price = sum / float64(n+2)
	}
	for i, cost := range costs {
		margin := max(0, out.Price-cost)
		out.Quantities[i] = margin / c.Slope
		out.Profits[i] = margin * out.Quantities[i]
	}
	return out
}

// Shares are those of quantities; nil where nothing is sold.
func (o Outcome) Shares() []float64 {
	sum := 0.0
	for _, q := range o.Quantities {
		sum += q
	}
	if sum == 0 {
		return nil
	}
	out := make([]float64, len(o.Quantities))
	for i, q := range o.Quantities {
		out[i] = q / sum
	}
	return out
}

// Lerner is the mean mark-up over cost, as a share of the price and weighted by quantities. In a Cournot equilibrium it is
// the index of concentration over the elasticity of demand (Cowling and Waterson 1976, "Price-cost margins and market structure").
func (o Outcome) Lerner(costs []float64) float64 {
	sum := 0.0
	for i, s := range o.Shares() {
		sum += float64(s * (o.Price - costs[i]) / o.Price)
	}
	return sum
}
