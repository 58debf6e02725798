// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/clause"
)

func (m *maker) commitments() {
	n := []int{0, 1, 1, 1, 1, 2, 2, 3, 4}[m.IntN(9)]
	var made []*clause.Commitment
	for i := range n {
		c := clause.NewCommitment()
		m.head(c, fmt.Sprintf("spend-%d", i+1), buyer, supplier)
		m.quantity(c)
		m.price1(c)
		m.remedies(c)
		m.refer(c, made)
		made = append(made, c)
	}
	if n > 1 && m.chance(0.5) { // inner ones first in the file at times
		last := len(m.s.clauses) - 1
		m.s.clauses[last], m.s.clauses[last-1] = m.s.clauses[last-1], m.s.clauses[last]
	}
}

// quantity is how much is promised, and when.
func (m *maker) quantity(c *clause.Commitment) {
	switch m.s.step {
	case calendar.Month:
		c.Period = m.one("month", "quarter", "year", "term")
	case calendar.Quarter:
		c.Period = m.one("quarter", "year", "term")
	default:
		c.Period = m.one("year", "year", "term")
	}
	if m.chance(0.01) {
		c.Period = m.one("month", "quarter")
	}
	if m.chance(0.08) {
		c.Settle = "term"
	}
	c.Total = m.amount(m.turnover() * float64(m.s.steps))
	switch m.IntN(5) {
	case 0:
		c.Schedule = clause.Schedule{Shape: "growth", PerYear: m.rate(-0.5, 1)}
	case 1:
		span := func() float64 { return calendar.Span{Months: 1 + m.IntN(48)}.Years() }
		c.Schedule = clause.Schedule{Shape: "logistic", Midpoint: span(), Width: span()}
	case 2:
		m.table(c)
	case 3:
		c.Schedule = clause.Schedule{Shape: "flat"}
	}
}

// table is a schedule by contract year or by period.
func (m *maker) table(c *clause.Commitment) {
	n := (m.s.steps + m.s.step.PerYear() - 1) / m.s.step.PerYear()
	if m.chance(0.5) {
		n = periodsIn(m.s, c.Period)
	}
	c.Schedule = clause.Schedule{Shape: "table"}
	sum := 0.0
	for range n {
		x := m.cents(c.Total.Value / float64(n))
		if m.chance(0.2) {
			x = 0
		}
		c.Schedule.Table = append(c.Schedule.Table, x)
		sum += x
	}
	if sum == 0 {
		c.Schedule.Table[0], sum = 100, 100
	}
	c.Total.Value = sum
}

// periodsIn is how many periods the term has.
func periodsIn(s *specimen, period string) int {
	per := map[string]int{"month": 1, "quarter": 3, "year": 12, "term": s.steps * s.step.Months()}[period] / s.step.Months()
	return (s.steps + max(1, per) - 1) / max(1, per)
}

// price1 is what the minimum is and what missing it costs.
func (m *maker) price1(c *clause.Commitment) {
	if m.chance(0.5) {
		c.Take = max(0.05, m.rate(0, 1))
	}
	if m.chance(0.5) {
		c.Deficiency = m.rate(0, 1)
	}
	c.Relief = m.one("impossibility", "pro_rata", "none")
	c.ReliefTo = m.one("minimum", "minimum", "schedule")
	c.NetMonths = m.net()
	c.Accelerates = m.chance(0.3)
	if m.chance(0.5) {
		c.Exit = &clause.Exit{Fee: m.rate(0, 1)}
		if m.chance(0.6) {
			c.Exit.From = m.span()
		}
	}
}

func (m *maker) remedies(c *clause.Commitment) {
	if m.chance(0.1) && c.PayFor == "use" {
		c.PayFor, c.Deficiency = "availability", 1
		return
	}
	n := periodsIn(m.s, c.Period)
	if (n == 1 || c.Settle == "term") && !m.chance(0.01) {
		return
	}
	switch m.IntN(5) {
	case 0, 1, 2:
		c.MakeUp = &clause.MakeUp{In: m.one("money", "units"), Expiry: m.one("after_use", "before_use"),
			TopUp: m.one("unpaid", "unpaid", "none"), AtEnd: m.one("lost", "refunded")}
		if m.chance(0.7) {
			c.MakeUp.Life = 1 + m.IntN(3)
		}
	case 3:
		c.Credit = &clause.ShortfallCredit{Life: 1 + m.IntN(3)}
	}
	if m.chance(0.4) {
		c.Carry = &clause.CarryForward{Threshold: c.Take + m.rate(0, 1), Cap: -1}
		if m.chance(0.5) {
			c.Carry.Cap = m.rate(0, 1)
		}
	}
	if m.chance(0.4) {
		m.deferral(c, n)
	}
}

func (m *maker) deferral(c *clause.Commitment, periods int) {
	c.Deferral = &clause.Deferral{Cap: max(0.05, m.rate(0, 1))}
	if m.chance(0.5) {
		for y := 1; y < periods; y++ {
			if m.chance(0.5) {
				c.Deferral.Periods = append(c.Deferral.Periods, y)
			}
		}
	}
}

// refer nests the commitment in an earlier one or stacks it on one, at times
// on one that is switched off.
func (m *maker) refer(c *clause.Commitment, made []*clause.Commitment) {
	if m.chance(0.05) {
		m.switchOff("spend-off")
		if m.chance(0.5) {
			c.Within = "spend-off"
		} else {
			c.AfterOf = "spend-off"
		}
		return
	}
	if len(made) == 0 || m.chance(0.3) {
		return
	}
	other := made[m.IntN(len(made))]
	mine, _ := calendar.ParsePeriod(c.Period)
	its, _ := calendar.ParsePeriod(other.Period)
	switch {
	case m.chance(0.5):
		c.AfterOf = other.Head().ID
	case mine <= its || m.chance(0.05):
		c.Within = other.Head().ID
	}
}
