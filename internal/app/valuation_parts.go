// SPDX-License-Identifier: Apache-2.0

package app

import (
	"math"

	"offtake/internal/value/estimate"
)

// A partRow is one part of the value, and what it is to each column of the table of parts.
type partRow struct {
	name, label string
	// of says which measure is what the part is to a party, and with which sign; 0 where
	// it is nothing to it.
	of func(v *Valuation, c partyColumn) (name, party string, sign float64)
}

// A partyColumn is who a part may be something to.
type partyColumn struct {
	kind  columnKind
	party string
}

type columnKind int

const (
	providerColumn columnKind = iota
	thirdColumn
	labColumn
	outsideColumn
)

// columns are the provider, other parties with a place on the cap table or in other
// clauses, all other holders of the lab, and those outside the agreement.
func (v *Valuation) columns() []partyColumn {
	sides := v.Base.Job.Setting(false).Sides()
	out := []partyColumn{{providerColumn, sides[0]}}
	for _, p := range sides[2:] {
		out = append(out, partyColumn{thirdColumn, p})
	}
	return append(out, partyColumn{labColumn, sides[1]}, partyColumn{outsideColumn, ""})
}

// between is a part that the provider gets and the lab pays, or the other way round.
func between(name string, provider, lab float64) func(*Valuation, partyColumn) (string, string, float64) {
	return func(_ *Valuation, c partyColumn) (string, string, float64) {
		switch c.kind {
		case providerColumn:
			return name, "", provider
		case labColumn:
			return name, "", lab
		}
		return name, "", 0
	}
}

// valueRows are the parts in the order of section 6 of docs/semantics.md.
var valueRows = []partRow{
	{"overcharge", "O overcharge", between("overcharge", 1, -1)},
	{"deficiency_value", "F deficiency", between("deficiency_value", 1, -1)},
	{"supply_gain", "G gain of supply", between("supply_gain", 1, 0)},
	{"surplus", "S surplus", between("surplus", 0, 1)},
	{"options", "X draws and other clauses", func(_ *Valuation, c partyColumn) (string, string, float64) {
		if c.kind == outsideColumn {
			return "instruments_outside", "", 1
		}
		return "instruments", c.party, 1
	}},
	{"credit_loss", "L credit loss", between("credit_loss", -1, 1)},
	{"deadweight", "W deadweight", between("deadweight", -1, 0)},
	{"stake_gain", "stake gained, less cheques", func(_ *Valuation, c partyColumn) (string, string, float64) {
		if c.kind == outsideColumn {
			return "stake_gain", "", 0
		}
		return "stake_gain", c.party, 1
	}},
}

// part is what a part is to a column; false where it is nothing to it.
func (v *Valuation) part(row partRow, c partyColumn) (amount, bool) {
	name, party, sign := row.of(v, c)
	if sign == 0 {
		return amount{}, false
	}
	x, ok := v.own().at(name, party, "")
	if x.value *= sign; math.Abs(x.value) < 0.5 {
		x.value = 0 // cents: what rounding leaves
	}
	return x, ok
}

// npv is a column's net present value from its flows.
func (v *Valuation) npv(c partyColumn) (amount, bool) {
	if c.kind == outsideColumn {
		return v.own().at("instruments_outside", "", "")
	}
	return v.own().at("npv", c.party, "")
}

// supplyShare is the part of supply in what the deal moves, under a view of the cost,
// with the error of a quotient of means.
func (v *Valuation) supplyShare(view int) (share, margin float64) {
	x, ok := v.Views[view].at("supply_share", "", "")
	if !ok {
		return math.NaN(), math.NaN()
	}
	if v.Sample == nil || v.Sample.Plain || math.IsNaN(x.value) {
		return x.value, math.NaN()
	}
	groups := func(name string) []float64 {
		y, ok := v.own().at(name, "", "")
		if !ok {
			return make([]float64, len(v.Sample.Estimates[0].Groups))
		}
		return y.estimate.GroupMeans()
	}
	over, under := groups("overcharge"), groups("premium")
	f, g, x0 := groups("deficiency_value"), groups("supply_gain_if_"+v.Views[view].Name), groups("options")
	for i := range over {
		over[i] += f[i] + g[i]
		under[i] = over[i] + math.Abs(under[i]) + math.Abs(x0[i])
	}
	return x.value, estimate.Ratio(over, under).Margin
}
