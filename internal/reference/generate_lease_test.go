// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/clause"
)

func (m *maker) leases() {
	for i := range []int{0, 0, 0, 1, 1, 2}[m.IntN(6)] {
		c := clause.NewLease()
		pair := [][2]string{{supplier, buyer}, {supplier, buyer}, {investor, buyer}, {investor, buyer}, {investor, supplier}, {buyer, supplier}}[m.IntN(6)]
		m.head(c, fmt.Sprintf("lease-%d", i+1), pair[0], pair[1])
		if m.chance(0.4) {
			c.Starts = m.soon(m.date(0, 0))
		}
		if c.Term = m.span(); c.Term == (calendar.Span{}) || m.chance(0.4) {
			c.Term = m.stepSpan()
		}
		m.rent(c)
		m.thing(c)
	}
}

func (m *maker) rent(c *clause.Lease) {
	c.RentCents = m.cents(m.turnover() / float64(m.s.step.Months()))
	c.Per = m.one("month", "gw")
	if m.chance(0.4) {
		c.Escalator = m.rate(-0.2, 0.5)
	}
	if m.chance(0.3) {
		c.Indexed = m.indexation()
	}
	c.Abatement = m.one("pro_rata", "none")
	if m.chance(0.5) {
		c.Deposit = m.cents(m.turnover())
	}
	c.Eligible = c.Head().From == supplier && m.chance(0.5)
}

func (m *maker) thing(c *clause.Lease) {
	third := c.Head().From == investor
	if third && c.Head().To == buyer && m.chance(0.8) {
		x := m.number(m.units)
		c.UnitsPerGW = &x
	}
	if third && m.chance(0.7) {
		c.Outlay = m.cents(m.turnover() * 5)
		if c.Head().To == supplier {
			c.LowersCost = m.borne()
		}
	}
	if c.Per == "gw" || c.UnitsPerGW != nil {
		x := m.number(1)
		c.PowerGW = &x
	}
	if m.chance(0.3) {
		return
	}
	c.Residual = &clause.Residual{Cents: m.cents(m.turnover() * 3)}
	if m.chance(0.5) {
		c.Residual.Indexed = m.indexation()
	}
	switch m.IntN(3) {
	case 0:
		x := m.cents(m.turnover() * 2)
		c.Purchase = &clause.Purchase{Cents: &x}
	case 1:
		x := m.rate(0, 1.2)
		c.Purchase = &clause.Purchase{Fair: &x}
	}
}
