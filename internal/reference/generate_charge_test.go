// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"fmt"

	"offtake/internal/clause"
)

func (m *maker) charges() {
	for i := range []int{0, 0, 0, 1, 1, 2}[m.IntN(6)] {
		c := clause.NewCharge()
		m.head(c, fmt.Sprintf("charge-%d", i+1), buyer, supplier)
		m.window(c.Head())
		c.Eligible = m.chance(0.5)
		c.Per = m.one("month", "unit", "gw", "gw")
		if m.promises() == 0 && c.Per == "gw" && m.chance(0.9) {
			c.Per = "unit"
		}
		size := m.turnover() / 100 // in currency, as large as usage
		if c.Per == "unit" {
			size = 1
		}
		if m.chance(0.4) {
			m.through(c, size)
		} else {
			x := m.number(size)
			c.Amount = &x
			if m.chance(0.4) {
				c.Indexed = m.indexation()
			}
		}
		if c.Per == "gw" {
			m.demand(c)
		}
	}
}

// promises is how many clauses promise capacity.
func (m *maker) promises() int {
	n := 0
	for _, c := range m.s.clauses {
		if c.Kind() == "capacity" {
			n++
		}
	}
	return n
}

// through passes on what an index of about turnover says.
func (m *maker) through(c *clause.Charge, size float64) {
	level := m.turnover() / 100
	c.Through = &clause.Through{Index: "revenue", Quantity: m.number(size / level), Share: m.rate(0, 1.5)}
	if m.chance(0.3) {
		x := m.number(level) / 4
		c.Through.Floor = &x
	}
	if m.chance(0.3) {
		x := 1.5 * level
		c.Through.Cap = &x
	}
}

func (m *maker) demand(c *clause.Charge) {
	c.Of = m.one("delivered", "contracted", "used")
	if m.chance(0.3) {
		x := m.number(1)
		c.Contracted = &x
	}
	if m.chance(0.3) {
		return
	}
	c.Minimum = &clause.Demand{Share: max(0.05, m.rate(0, 1)), Relief: m.one("pro_rata", "none")}
	until := m.s.start
	for range m.IntN(3) {
		until = until.AddDays(1 + m.IntN(1+m.days()/3))
		if until.Before(m.s.start.AddDays(m.days())) {
			c.Minimum.Ramp = append(c.Minimum.Ramp, clause.Rise{Until: until, Share: m.rate(0, 1)})
		}
	}
}
