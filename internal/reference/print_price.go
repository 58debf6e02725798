// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"strconv"

	"offtake/internal/clause"
	"offtake/internal/unit"
)

func (p *printer) price(c *clause.Price) {
	p.unless("0%", "discount", unit.WriteRate(c.Discount))
	if c.Fixed != nil {
		p.field("fixed", unit.WriteNumber(*c.Fixed))
	}
	if len(c.Tiers) > 0 {
		p.line(6, "tiers:")
	}
	for _, t := range c.Tiers {
		p.line(8, "- {from: %s, discount: %s}", unit.WriteMoney(t.FromCents), unit.WriteRate(t.Discount))
	}
	p.unless("false", "retroactive", strconv.FormatBool(c.Retroactive))
	p.unless("0", "net", strconv.Itoa(c.NetMonths))
	p.moving(c)
}

// moving writes what changes the price over time.
func (p *printer) moving(c *clause.Price) {
	if len(c.Intro) > 0 {
		p.line(6, "intro:")
	}
	for _, x := range c.Intro {
		m := mapping{"until: " + x.Until.String()}
		m.addRate("discount", x.Discount)
		if x.Fixed != nil {
			m.add("fixed", unit.WriteNumber(*x.Fixed))
		}
		p.line(8, "- %s", m)
	}
	if c.Indexed != nil {
		p.field("indexed", indexation(c.Indexed).String())
	}
	if x := c.Review; x != nil {
		m := mapping{"every: " + x.Every.String()}
		m.addUnless("market", "to", x.To)
		m.addUnless("", "index", scalar(x.Index))
		m.addUnless("100%", "share", unit.WriteRate(x.Share))
		m.addRate("floor", x.Floor)
		m.addRate("cap", x.Cap)
		m.addUnless("none", "ratchet", x.Ratchet)
		p.field("review", m.String())
	}
	if x := c.Favoured; x != nil {
		p.field("most_favoured", mapping{"against: " + x.Against, "within: " + unit.WriteRate(x.Within), "refund: " + x.Refund}.String())
	}
	if x := c.Rebase; x != nil {
		p.field("rebase", mapping{"on: " + x.On, "keep: " + x.Keep}.String())
	}
}

// indexation is what moves an amount with an index.
func indexation(x *clause.Indexation) mapping {
	m := mapping{"index: " + scalar(x.Index), "base: " + unit.WriteNumber(x.Base)}
	m.addUnless("100%", "share", unit.WriteRate(x.Share))
	m.addRate("floor", x.Floor)
	m.addRate("cap", x.Cap)
	return m
}

// addRate adds a rate that is given.
func (m *mapping) addRate(name string, x *float64) {
	if x != nil {
		m.add(name, unit.WriteRate(*x))
	}
}
