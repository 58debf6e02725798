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
		m.counts(c)
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
	if m.chance(0.25) {
		m.ownTerm(c)
	}
	switch {
	case m.chance(0.1):
		m.milestones(c)
		return
	case m.chance(0.1) && c.Settle != "term":
		c.Period, c.RunOn = "hour", calendar.Span{}
		if m.chance(0.8) {
			c.Load = &clause.Load{Swing: m.rate(0, 1)}
		}
	}
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

// ownTerm bounds the commitment's own term, at times with a run-on.
func (m *maker) ownTerm(c *clause.Commitment) {
	from := m.IntN(m.s.steps)
	to := from + 1 + m.IntN(m.s.steps-from)
	if m.chance(0.7) && from > 0 {
		m.moment(&c.Starts, from)
	} else {
		from = 0
	}
	if m.chance(0.8) && to < m.s.steps {
		if m.chance(0.5) {
			m.moment(&c.Ends, to)
		} else {
			c.Ends = clause.Moment{Passes: true, After: calendar.Span{Months: (to - from) * m.s.step.Months()}}
		}
		if m.chance(0.4) {
			c.RunOn.Months = (1 + m.IntN(m.s.steps-to)) * m.s.step.Months()
		}
	}
}

// moment is a step's first day or a few days before, in one way or the other.
func (m *maker) moment(x *clause.Moment, t int) {
	switch {
	case m.chance(0.5) && x.On.IsZero() && t > 0:
		*x = clause.Moment{On: m.s.start.AddMonths(t * m.s.step.Months()).AddDays(-m.IntN(25))}
	default:
		*x = clause.Moment{Passes: true, After: calendar.Span{Months: t * m.s.step.Months()}}
	}
}

// milestones are some, in place of schedule and period.
func (m *maker) milestones(c *clause.Commitment) {
	c.Ends, c.RunOn, c.Settle = clause.Moment{}, calendar.Span{}, "period"
	first := stepOnOrAfter(moment(c.Starts, m.s.start, m.s.start), m.grid())
	c.Total.Value = 0
	for t := first + m.IntN(4); t < m.s.steps; t += 1 + m.IntN(6) {
		x := clause.Milestone{By: m.s.start.AddMonths(t * m.s.step.Months()).AddDays(m.IntN(28)), Cents: m.cents(m.turnover() * 3)}
		c.Milestones = append(c.Milestones, x)
		c.Total.Value += x.Cents
	}
	if len(c.Milestones) == 0 {
		c.Total.Value = 100
	} else if last := c.Milestones[len(c.Milestones)-1].By; m.chance(0.3) {
		left := 0
		for m.s.start.AddMonths((m.s.steps - left - 1) * m.s.step.Months()).After(last) {
			left++
		}
		if left > 0 {
			c.RunOn.Months = (1 + m.IntN(left)) * m.s.step.Months()
		}
	}
}

func (m *maker) grid() *calendar.Grid {
	g, err := calendar.NewGrid(m.s.start, m.s.start, calendar.Span{Months: m.s.steps * m.s.step.Months()}, m.s.step, 0, m.s.dayCount)
	if err != nil {
		panic(err)
	}
	return g
}

// counts says at times what counts.
func (m *maker) counts(c *clause.Commitment) {
	if !m.chance(0.25) {
		return
	}
	x := &clause.Counts{Basis: m.one("after_discount", "before_discount"), Credits: m.chance(0.5), Prepaid: m.chance(0.5), Prepayments: m.chance(0.5)}
	rest := 1.0
	for range m.IntN(3) {
		g := clause.Category{Share: max(0.05, m.rate(0, 0.5)), Weight: m.rate(0, 1), Cap: -1}
		if m.chance(0.5) {
			g.Cap = m.rate(0, 1)
		}
		if m.chance(0.5) {
			g.Name = m.one("marketplace", "support")
		}
		if rest -= g.Share; rest < 0 {
			break
		}
		x.Categories = append(x.Categories, g)
	}
	c.Counts = x
}

// table is a schedule by contract year or by period.
func (m *maker) table(c *clause.Commitment) {
	measured := *c
	measured.Settle = "period"
	spans := spansOf(&measured, m.grid())
	n := (spans[len(spans)-1].last - spans[0].first + m.s.step.PerYear()) / m.s.step.PerYear()
	if m.chance(0.5) {
		n = len(spans)
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
	c.Charged = m.one("automatic", "automatic", "elected")
	if m.chance(0.15) {
		c.Survives = true
	} else if m.chance(0.5) {
		c.Exit = &clause.Exit{Fee: m.rate(0, 1)}
		if m.chance(0.6) {
			if c.Exit.From = m.span(); c.Exit.From.Months == m.s.steps*m.s.step.Months() && m.chance(0.9) {
				c.Exit.From = calendar.Span{}
			}
		}
	}
}

func (m *maker) remedies(c *clause.Commitment) {
	if m.chance(0.1) && c.Period != "hour" {
		c.PayFor, c.Deficiency, c.Charged, c.Survives, c.RunOn = "availability", 1, "automatic", false, calendar.Span{}
		return
	}
	n := 1
	if c.Period == "hour" || len(c.Milestones) == 0 && c.Settle == "term" || len(c.Milestones) == 1 {
	} else if spans := spansOf(c, m.grid()); spans != nil {
		n = len(spans)
	}
	if n == 1 {
		if c.Period != "hour" && c.Total.Value > 100 && spansOf(c, m.grid())[0].last+1 < m.s.steps && m.chance(0.3) {
			c.Credit = &clause.ShortfallCredit{Life: 1}
		}
		if !m.chance(0.01) {
			return
		}
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
			c.AfterOf, c.Counts = "spend-off", nil
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
		c.AfterOf, c.Stacks = other.Head().ID, m.one("on_minimum", "on_total")
		c.Counts = nil
	case mine <= its || m.chance(0.05):
		c.Within = other.Head().ID
	}
}
