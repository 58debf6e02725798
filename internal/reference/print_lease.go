// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"offtake/internal/clause"
	"offtake/internal/unit"
)

func printLease(p *printer, x clause.Clause) {
	c := x.(*clause.Lease)
	p.date("starts", c.Starts)
	p.field("term", c.Term.String())
	p.field("rent", unit.WriteMoney(c.RentCents))
	p.unless("month", "per", c.Per)
	p.number("gw", c.PowerGW)
	p.number("units_per_gw", c.UnitsPerGW)
	p.unless("0%", "escalator", unit.WriteRate(c.Escalator))
	if c.Indexed != nil {
		p.field("indexed", indexation(c.Indexed).String())
	}
	p.unless("pro_rata", "abatement", c.Abatement)
	p.unless("0", "outlay", unit.WriteMoney(c.Outlay))
	if x := c.Residual; x != nil {
		m := mapping{"amount: " + unit.WriteMoney(x.Cents)}
		if x.Indexed != nil {
			m.add("indexed", indexation(x.Indexed).String())
		}
		p.field("residual", m.String())
	}
	p.borne(c.LowersCost)
	switch x := c.Purchase; {
	case x != nil && x.Cents != nil:
		p.field("purchase", "{price: "+unit.WriteMoney(*x.Cents)+"}")
	case x != nil:
		p.field("purchase", "{fair: "+unit.WriteRate(*x.Fair)+"}")
	}
	p.unless("0", "deposit", unit.WriteMoney(c.Deposit))
	if c.Eligible {
		p.field("eligible", "true")
	}
}

// number writes one entry of a clause that is a number, if it is given.
func (p *printer) number(name string, x *float64) {
	if x != nil {
		p.field(name, unit.WriteNumber(*x))
	}
}
