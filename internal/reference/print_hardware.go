// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"offtake/internal/clause"
	"offtake/internal/unit"
)

func printHardware(p *printer, x clause.Clause) {
	c := x.(*clause.Hardware)
	switch {
	case c.Upfront > 0:
		p.field("pays", unit.WriteMoney(c.Upfront))
	case c.PerGW > 0:
		p.field("pays", "{per_gw: "+unit.WriteMoney(c.PerGW)+"}")
	default:
		p.line(6, "pays:")
		p.line(8, "parts:")
	}
	for _, part := range c.Parts {
		at := "signing"
		if !part.At.IsZero() {
			at = part.At.String()
		}
		p.line(10, "- {at: %s, amount: %s}", at, unit.WriteMoney(part.Cents))
	}
	p.unless("brought", "how", c.How)
	p.unless("0%", "lowers_price", unit.WriteRate(c.LowersPrice))
	p.borne(c.LowersCost)
	p.unless("buyer", "title", c.Title)
	p.unless("0%", "residual", unit.WriteRate(c.Residual))
}

// borne writes shares of cost.
func (p *printer) borne(x *clause.Borne) {
	if x == nil {
		return
	}
	p.field("lowers_cost", mapping{"sunk: " + unit.WriteRate(x.Sunk), "scarce: " + unit.WriteRate(x.Scarce), "build: " + unit.WriteRate(x.Build)}.String())
}
