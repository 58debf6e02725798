// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"fmt"
	"slices"

	"offtake/internal/calendar"
	"offtake/internal/clause"
)

// prepayments draws some, of commitments and of amounts.
func (m *maker) prepayments() {
	for i := range []int{0, 0, 0, 0, 1, 1, 2}[m.IntN(7)] {
		c := clause.NewPrepayment()
		m.head(c, fmt.Sprintf("prepayment-%d", i+1), buyer, supplier)
		m.inAdvance(c)
		switch m.IntN(3) {
		case 0:
			if m.s.promises() || m.chance(0.02) {
				lead := m.span()
				c.Lead = &lead
			}
		case 1:
			for range 1 + m.IntN(3) {
				x := clause.Advance{Part: max(0.05, m.rate(0, 0.33))}
				if m.chance(0.7) {
					x.At = m.date(0, 0)
				}
				c.Payments = append(c.Payments, x)
			}
		}
		m.crediting(&c.Credited)
		if m.chance(0.3) {
			c.Interest = m.rate(0, 0.2)
		}
		if m.chance(0.6) {
			c.Refund = clause.Refund{End: m.rate(0, 1), Leave: m.rate(0, 1), Dismiss: m.rate(0, 1), Fail: m.rate(0, 1)}
		}
	}
}

// promises tells whether any capacity is promised.
func (s *specimen) promises() bool {
	return slices.ContainsFunc(s.clauses, func(c clause.Clause) bool { return c.Kind() == "capacity" })
}

// inAdvance is how much is prepaid.
func (m *maker) inAdvance(c *clause.Prepayment) {
	var commitments []string
	for _, x := range m.s.clauses {
		if x.Kind() == "commitment" {
			commitments = append(commitments, x.Head().ID)
		}
	}
	switch {
	case m.chance(0.02):
		m.switchOff("spend-off")
		c.Share, c.Of = max(0.05, m.rate(0, 1)), "spend-off"
	case len(commitments) > 0 && m.chance(0.6):
		c.Share, c.Of = max(0.05, m.rate(0, 1)), m.one(commitments...)
	default:
		c.Amount = m.amount(m.turnover() * m.between(0.1, float64(m.s.steps)))
	}
}

func (m *maker) crediting(x *clause.Crediting) {
	if m.chance(0.5) && m.s.steps > 1 {
		m.moment(&x.From, m.IntN(m.s.steps))
	}
	if x.How = m.one("first", "equal", "last"); x.How == "last" || x.How == "equal" && m.chance(0.5) {
		x.Over = calendar.Span{Months: (1 + m.IntN(m.s.steps)) * m.s.step.Months()}
	}
}
