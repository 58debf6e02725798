// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/clause"
)

// performance says at times what chips must do.
func (m *maker) performance(c *clause.Capacity) {
	if !m.chance(0.2) {
		return
	}
	c.Performance = &clause.Performance{Promised: m.number(m.units), Measured: m.one("performance", "performance", "price"), Relief: m.one("price", "volume")}
}

// delays make capacity late at times: all of a clause's, or that of a name.
func (m *maker) delays() {
	for _, c := range m.s.clauses {
		if len(clause.Generations(c)) > 0 && m.chance(0.2) {
			m.s.late[c.Head().ID] = 1 + m.IntN(4)
		}
	}
	if m.chance(0.1) {
		m.s.late["Rubin"] = m.IntN(4)
	}
}

// count is how many clauses of a kind there are: mostly none.
func (m *maker) count(most int) int {
	if m.chance(0.85) {
		return 0
	}
	return 1 + m.IntN(most)
}

// needsCapacity switches a capacity clause off where there is none, so that
// what speaks of it may stand.
func (m *maker) needsCapacity() bool {
	for _, c := range m.s.clauses {
		if c.Kind() == "capacity" {
			return true
		}
	}
	if !m.chance(0.03) {
		return false
	}
	m.switchOff("capacity-off")
	return true
}

func (m *maker) resales() {
	for i := range m.count(2) {
		if !m.needsCapacity() {
			return
		}
		c := clause.NewResale()
		m.head(c, fmt.Sprintf("resale-%d", i+1), supplier, buyer)
		m.narrow(c.Head())
		c.Share, c.Haircut = max(0.05, m.rate(0, 1)), m.rate(0, 1)
		if m.chance(0.6) {
			c.SupplierShare = m.rate(0, 1)
		}
		m.fit()
	}
}

// narrow bounds at times the days on which the clause is in force, so that
// some are left.
func (m *maker) narrow(h *clause.Head) {
	step := m.days() / m.s.steps
	if m.chance(0.2) {
		h.Since = m.s.start.AddDays(m.IntN(max(1, m.days()/2)) - 20)
	}
	if m.chance(0.2) {
		h.Until = m.s.start.AddDays(m.days()/2 + 2*step + m.IntN(m.days()))
	}
}

// fit drops the clause made last where it does not fit the deal, so that not too
// many deals are invalid.
func (m *maker) fit() {
	in, ok := m.s.input()
	last := len(m.s.clauses) - 1
	if ok && len(m.s.faultsOf(in, m.s.clauses[last])) > 0 && !m.chance(0.02) {
		m.s.clauses = m.s.clauses[:last]
	}
}

// commitmentID is that of some commitment, or nothing.
func (m *maker) commitmentID() string {
	for _, c := range m.s.clauses {
		if c.Kind() == "commitment" && m.chance(0.6) {
			return c.Head().ID
		}
	}
	return ""
}

func (m *maker) options() {
	for i := range m.count(2) {
		if m.s.steps < 3 || !m.needsCapacity() {
			return
		}
		c := clause.NewOption()
		m.head(c, fmt.Sprintf("option-%d", i+1), supplier, buyer)
		m.narrow(c.Head())
		for range 1 + m.IntN(2) {
			g := m.generation()
			if g.From.After(m.s.start.AddDays(m.days() / 2)) {
				g.From = m.s.start
			}
			c.Generations = append(c.Generations, g)
		}
		if m.chance(0.5) {
			c.Notice = calendar.Span{Months: m.IntN(2), Days: m.IntN(40)}
		}
		if m.chance(0.5) {
			c.Premium = m.amount(m.turnover())
		}
		if m.chance(0.5) {
			x := m.number(1)
			c.Price = &x
		}
		if id := m.commitmentID(); id != "" {
			c.Raises = &clause.Raise{Commitment: id, Cents: m.cents(m.turnover() * float64(m.s.steps))}
		}
		if m.chance(0.3) {
			m.s.late[c.Head().ID] = 1 + m.IntN(3)
		}
		m.fit()
	}
}

func (m *maker) damages() {
	for i := range m.count(2) {
		if !m.needsCapacity() {
			return
		}
		c := clause.NewDelayDamages()
		m.head(c, fmt.Sprintf("damages-%d", i+1), supplier, buyer)
		m.narrow(c.Head())
		c.As = m.one("cash", "credit")
		if c.Per = m.one("share", "per_gw"); c.Per == "share" {
			c.Share = max(0.05, m.rate(0, 2))
		} else {
			c.PerGW = m.cents(m.turnover())
		}
		if m.chance(0.3) {
			c.Grace = calendar.Span{Days: m.IntN(1 + m.days()/3)}
		}
		switch id := m.commitmentID(); {
		case m.chance(0.3):
			c.Cap = &clause.DamagesCap{Kind: "amount", Cents: m.cents(m.turnover())}
		case id != "" && m.chance(0.5):
			c.Cap = &clause.DamagesCap{Kind: "share", Share: m.rate(0, 0.5), Of: id}
		}
		m.fit()
	}
}

func (m *maker) fee() *clause.Fee {
	switch kind := m.one("none", "share", "amount", "declining"); kind {
	case "none":
		return nil
	case "share":
		return &clause.Fee{Kind: kind, Share: m.rate(0, 1.5)}
	default:
		return &clause.Fee{Kind: kind, Cents: m.cents(m.turnover() * 3)}
	}
}

// term is a length of notice: mostly short, so that it is over in time.
func (m *maker) term() calendar.Span {
	if m.chance(0.4) {
		return calendar.Span{}
	}
	return calendar.Span{Months: m.IntN(max(2, m.s.steps*m.s.step.Months()/3)), Days: m.IntN(45)}
}

func (m *maker) terminations() {
	n := 0
	if m.chance(0.3) {
		n = 1 + m.IntN(3)
	}
	for i := range n {
		c := clause.NewTermination()
		m.head(c, fmt.Sprintf("termination-%d", i+1), supplier, buyer)
		m.narrow(c.Head())
		c.By = m.one("buyer", "supplier", "either")
		c.Notice, c.Fee = m.term(), m.fee()
		if m.chance(0.4) {
			c.Share = max(0.05, m.rate(0, 1))
		}
		if m.chance(0.3) {
			c.Survives = m.commitmentID()
		}
		m.ground(c)
		m.fit()
	}
}

func (m *maker) ground(c *clause.Termination) {
	c.Ground = m.one("convenience", "late_delivery", "late_delivery", "conduct", "change_of_control")
	if c.Ground == "late_delivery" && !m.needsCapacity() {
		c.Ground = "convenience"
	}
	switch c.Ground {
	case "convenience":
		if m.chance(0.5) {
			c.After = calendar.Span{Months: m.IntN(max(1, m.s.steps*m.s.step.Months()/2)), Days: m.IntN(30)}
		}
	case "late_delivery":
		c.Below, c.Steps = max(0.05, m.rate(0.3, 1)), 1+m.IntN(2)
	default:
		c.Event = m.one("listing", "sale")
		m.happens(c.Event)
		if m.chance(0.4) {
			c.Within = calendar.Span{Months: 1 + m.IntN(2*m.s.step.Months()), Days: m.IntN(20)}
		}
	}
}

func (m *maker) switchings() {
	for i := range m.count(1) {
		c := clause.NewSwitching()
		m.head(c, fmt.Sprintf("switching-%d", i+1), supplier, buyer)
		m.narrow(c.Head())
		if m.chance(0.6) {
			c.Notice = calendar.Span{Days: 1 + m.IntN(60)}
		}
		if m.chance(0.6) {
			c.Transition = calendar.Span{Days: 1 + m.IntN(60)}
		}
		if m.chance(0.6) {
			c.Charge = m.cents(m.turnover())
		}
		if m.chance(0.5) {
			c.FreeFrom = m.date(0, 30)
		}
		c.Penalty = m.fee()
		m.fit()
	}
}
