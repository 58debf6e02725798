// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"offtake/internal/clause"
	"offtake/internal/unit"
)

func printCharge(p *printer, x clause.Clause) {
	c := x.(*clause.Charge)
	p.unless("month", "per", c.Per)
	switch {
	case c.Through != nil:
		m := mapping{"index: " + scalar(c.Through.Index)}
		m.addUnless("1", "quantity", unit.WriteNumber(c.Through.Quantity))
		m.addUnless("100%", "share", unit.WriteRate(c.Through.Share))
		m.addNumber("floor", c.Through.Floor)
		m.addNumber("cap", c.Through.Cap)
		p.field("rate", "{through: "+m.String()+"}")
	case c.Indexed != nil:
		m := mapping{"amount: " + unit.WriteNumber(*c.Amount)}
		p.field("rate", "{indexed: "+append(m, indexation(c.Indexed)...).String()+"}")
	default:
		p.field("rate", "{fixed: "+unit.WriteNumber(*c.Amount)+"}")
	}
	p.unless("delivered", "of", c.Of)
	if c.Contracted != nil {
		p.field("contracted", unit.WriteNumber(*c.Contracted))
	}
	if x := c.Minimum; x != nil {
		p.line(6, "minimum:")
		p.line(8, "share: %s", unit.WriteRate(x.Share))
		if len(x.Ramp) > 0 {
			p.line(8, "ramp:")
		}
		for _, r := range x.Ramp {
			p.line(10, "- {until: %s, share: %s}", r.Until, unit.WriteRate(r.Share))
		}
		p.line(8, "relief: %s", x.Relief)
	}
	if c.Eligible {
		p.field("eligible", "true")
	}
}

// addNumber adds a number that is given.
func (m *mapping) addNumber(name string, x *float64) {
	if x != nil {
		m.add(name, unit.WriteNumber(*x))
	}
}
