// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"fmt"

	"offtake/internal/clause"
)

func (m *maker) hardware() {
	for i := range []int{0, 0, 0, 0, 1, 2}[m.IntN(6)] {
		c := clause.NewHardware()
		m.head(c, fmt.Sprintf("hardware-%d", i+1), buyer, supplier)
		m.payments(c)
		c.How, c.Title = m.one("brought", "prepaid"), m.one("buyer", "supplier")
		if m.chance(0.7) {
			c.LowersPrice = m.rate(0, 0.5)
		}
		if m.chance(0.5) && c.How == "brought" {
			c.LowersCost = m.borne()
		}
		c.Residual = m.rate(0, 1)
	}
}

func (m *maker) payments(c *clause.Hardware) {
	switch m.IntN(3) {
	case 0:
		c.Upfront = m.cents(m.turnover())
	case 1:
		for range 1 + m.IntN(3) {
			p := clause.Part{Cents: m.cents(m.turnover())}
			if m.chance(0.7) {
				p.At = m.date(0, 0)
			}
			c.Parts = append(c.Parts, p)
		}
	case 2:
		if m.promises() == 0 {
			c.Upfront = m.cents(m.turnover())
		} else {
			c.PerGW = m.cents(m.turnover())
		}
	}
}

func (m *maker) borne() *clause.Borne {
	return &clause.Borne{Sunk: m.rate(0, 0.5), Scarce: m.rate(0, 0.5), Build: m.rate(0, 0.5)}
}
