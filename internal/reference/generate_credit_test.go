// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/contract"
)

// any picks one of a list.
func pick[T any](m *maker, list []T) T { return list[m.IntN(len(list))] }

// perhaps is a share, or nothing.
func (m *maker) perhaps(p float64) *float64 {
	if !m.chance(p) {
		return nil
	}
	x := m.rate(0, 1)
	return &x
}

// idsOf are the ids of the clauses of some kinds.
func (m *maker) idsOf(kinds ...string) []string {
	var out []string
	for _, c := range m.s.clauses {
		for _, k := range kinds {
			if c.Kind() == k {
				out = append(out, c.Head().ID)
			}
		}
	}
	return out
}

// longWindow bounds the days in force so that some step begins between them.
func (m *maker) longWindow(h *clause.Head) {
	m.window(h)
	if first := h.Since.AddMonths(m.s.step.Months()); h.Until.Before(first) || !h.Until.After(m.s.start) {
		h.Until = calendar.Date{}
	}
	if last := m.s.start.AddMonths((m.s.steps - 1) * m.s.step.Months()); h.Since.After(last) {
		h.Since = calendar.Date{}
	}
}

func (m *maker) fails(party string) {
	if m.chance(0.4) {
		m.s.failsAt[party] = m.IntN(m.s.steps)
	}
}

func (m *maker) loans() {
	for range []int{0, 0, 0, 0, 0, 1, 1, 2}[m.IntN(8)] {
		m.loan(pick(m, [][2]string{{supplier, buyer}, {investor, buyer}, {buyer, supplier}, {investor, supplier}, {buyer, investor}, {supplier, investor}}))
	}
}

func (m *maker) loan(way [2]string) {
	c := clause.NewLoan()
	m.head(c, fmt.Sprintf("loan-%d", len(m.idsOf("loan"))+1), way[0], way[1])
	c.Principal, c.Rate, c.Above = m.amount(m.turnover()*m.between(0.1, 5)), m.rate(0, 0.5), m.chance(0.3)
	if m.chance(0.4) {
		c.At = m.date(0, 0)
	}
	if m.chance(0.4) {
		c.Matures = m.date(0, 400)
		for c.Matures.Before(c.At) || c.Matures.Before(m.s.start.AddMonths(m.s.step.Months())) {
			c.Matures = c.Matures.AddDays(300)
		}
	}
	c.Interest, c.Repay = m.one("cash", "pik"), m.one("bullet", "equal", "annuity", "table")
	if c.Repay == "annuity" && !m.chance(0.02) {
		c.Interest = "cash"
	}
	if c.Repay == "table" {
		m.loanTable(c)
	}
	if m.chance(0.3) {
		c.Early = &clause.EarlyRepayment{Premium: m.rate(0, 0.2)}
		if m.chance(0.3) {
			c.Early.From = calendar.Span{Months: m.IntN(m.s.steps * m.s.step.Months())}
		}
	}
	if m.chance(0.3) {
		c.Fee = m.rate(0, 0.2)
	}
	if bills := m.idsOf("price", "commitment"); way[1] == buyer && m.chance(0.4) {
		c.OnlyFor = pick(m, bills)
	}
	c.Last, c.Recovery, c.Worth = m.chance(0.2), m.perhaps(0.3), m.rate(0, 1.5)
	if by := m.one(buyer, supplier, investor); by != way[0] && m.chance(0.3) {
		c.Subsidy = &clause.Subsidy{By: by, Share: m.rate(0, 0.5)}
	}
	m.fails(way[1])
}

// loanTable repays the principal by contract year.
func (m *maker) loanTable(c *clause.Loan) {
	sum := 0.0
	for range periodsIn(m.s, "year") {
		x := m.cents(c.Principal.Value)
		if m.chance(0.2) {
			x = 0
		}
		c.Table = append(c.Table, x)
		sum += x
	}
	if sum == 0 {
		c.Table[0], sum = 100, 100
	}
	c.Principal.Value = sum
}

func (m *maker) recoveries(c *clause.Default) {
	for kind := range contract.LiabilityKinds {
		c.Recovery[kind] = m.perhaps(0.3)
	}
}

func (m *maker) crosses(c *clause.Default) {
	ids := m.idsOf("facility", "loan")
	if len(ids) == 0 || m.chance(0.4) {
		return
	}
	for range 1 + m.IntN(2) {
		x := clause.CrossDefault{Clause: pick(m, ids), Effect: "stop"}
		if len(m.idsOf("loan")) > 0 && m.chance(0.5) {
			x = clause.CrossDefault{Clause: pick(m, m.idsOf("loan")), Effect: "due"}
		}
		c.Cross = append(c.Cross, x)
	}
}

func (m *maker) buyerDefaults() {
	if m.chance(0.7) {
		return
	}
	c := clause.NewDefault()
	m.head(c, "failure-of-buyer", buyer, supplier)
	m.longWindow(c.Head())
	if c.Estate = m.one("reject", "reject", "assume"); c.Estate == "reject" {
		c.Acceleration = m.perhaps(0.5)
	}
	m.setOff(c)
	m.recoveries(c)
	m.crosses(c)
}

// setOff nets debts both ways, mostly where there are some.
func (m *maker) setOff(c *clause.Default) {
	if c.SetOff = m.chance(0.4); c.SetOff && m.chance(0.7) {
		m.loan([2]string{c.Head().From, c.Head().To})
		if m.chance(0.4) {
			m.loan([2]string{c.Head().To, c.Head().From})
		}
	}
}

// calm tells whether what is promised stays within bounds: chips that are
// replaced every few days by better ones soon outgrow what a float can count.
func (m *maker) calm() bool {
	for _, c := range m.s.clauses {
		if c, ok := c.(*clause.Capacity); ok {
			for _, g := range c.Generations {
				if g.Refresh != (calendar.Span{}) && g.Refresh.Months < 6 && g.Gain > 1 {
					return false
				}
			}
		}
	}
	return true
}

func (m *maker) supplierDefaults() {
	if m.chance(0.75) {
		return
	}
	c := clause.NewDefault()
	m.head(c, "failure-of-supplier", supplier, buyer)
	m.longWindow(c.Head())
	switch m.IntN(5) {
	case 0:
		c.Estate = "assume"
	case 1:
		c.StepIn = &clause.StepIn{Delivery: m.rate(0, 1)}
	case 2, 3:
		c.Damages = &clause.Damages{}
		if m.chance(0.5) || !m.calm() {
			most := m.cents(m.turnover())
			c.Damages.CapCents = &most
		}
	}
	m.setOff(c)
	m.recoveries(c)
	m.crosses(c)
	m.fails(supplier)
}

func (m *maker) otherDefaults() {
	if m.chance(0.85) {
		return
	}
	c := clause.NewDefault()
	if m.chance(0.5) {
		m.head(c, "failure-of-other", investor, m.one(buyer, supplier))
		m.recoveries(c)
		m.setOff(c)
	} else {
		m.head(c, "failure-of-other", m.one(buyer, investor), supplier)
		c.Of = m.one(investor, buyer, supplier)
	}
	m.crosses(c)
	m.fails(investor)
}

func (m *maker) collaterals() {
	for i := range []int{0, 0, 0, 0, 1, 1, 2}[m.IntN(7)] {
		c := clause.NewCollateral()
		way := pick(m, [][2]string{{buyer, supplier}, {buyer, supplier}, {supplier, buyer}, {investor, supplier}, {buyer, investor}})
		m.head(c, fmt.Sprintf("collateral-%d", i+1), way[0], way[1])
		if m.chance(0.4) && len(m.idsOf("commitment")) > 0 {
			share := max(0.05, m.rate(0, 1))
			c.Share = &share
		} else {
			most := m.cents(m.turnover() * m.between(0.1, 5))
			c.Cents = &most
		}
		if m.chance(0.5) {
			c.At = m.date(0, 0)
		}
		if m.chance(0.5) {
			c.Interest = m.rate(0, 0.3)
		}
		left := 1.0
		for range m.IntN(3) {
			x := clause.Release{At: m.date(0, 100), Share: m.rate(0, left)}
			if x.Share == 0 {
				break
			}
			left = max(0, left-x.Share)
			c.Release = append(c.Release, x)
		}
		if ids := m.idsOf("price", "commitment", "loan", "default"); len(ids) > 0 && m.chance(0.3) {
			c.Secures = pick(m, ids)
		}
	}
}

func (m *maker) guarantees() {
	for i := range []int{0, 0, 0, 0, 1, 1, 2}[m.IntN(7)] {
		c := clause.NewGuarantee()
		ids := m.idsOf("price", "commitment", "commitment", "loan", "default")
		c.Of = pick(m, ids)
		owes, to := buyer, supplier
		for _, x := range m.s.clauses {
			switch {
			case x.Head().ID == c.Of && x.Kind() == "loan":
				owes, to = x.Head().To, x.Head().From
			case x.Head().ID == c.Of && x.Kind() == "default":
				owes, to = x.Head().From, x.Head().To
			}
		}
		from := investor
		for from == owes || from == to {
			from = m.one(buyer, supplier, investor)
		}
		m.head(c, fmt.Sprintf("guarantee-%d", i+1), from, to)
		m.longWindow(c.Head())
		switch m.IntN(3) {
		case 0:
			most := m.cents(m.turnover() * m.between(0.1, 5))
			c.Cents = &most
		case 1:
			share := max(0.05, m.rate(0, 1))
			c.Share = &share
		}
		if c.Cents != nil || c.Share != nil {
			days := 0
			for range m.IntN(3) {
				days += 1 + m.IntN(m.days())
				c.Declines = append(c.Declines, clause.Decline{At: m.s.start.AddDays(days), To: m.rate(0, 1)})
			}
		}
		switch m.IntN(4) {
		case 0:
			if gw := m.rate(0.05, 1); len(m.idsOf("capacity")) > 0 && gw > 0 {
				gw *= m.promisedGW()
				c.Starts.PowerGW = &gw
			}
		case 1:
			c.Starts.Event = m.one("listing", "sale")
			m.happens(c.Starts.Event)
		}
		m.guaranteeTerms(c)
	}
}

func (m *maker) guaranteeTerms(c *clause.Guarantee) {
	for _, id := range m.idsOf("commitment") {
		if id == c.Of && m.chance(0.6) {
			c.Assume = m.one("always", "cheaper")
		}
	}
	c.Worth = m.rate(0, 1.5)
	if m.chance(0.4) {
		c.Fee = &clause.GuaranteeFee{Cents: m.cents(m.turnover())}
		if c.Cents != nil {
			c.Fee.PerYear = m.rate(0, 0.2)
		}
		if by := m.one(buyer, supplier, investor); by != c.Head().From && (c.Head().From == buyer || m.chance(0.5)) {
			c.Fee.By = by
		}
	}
	if m.chance(0.2) {
		c.For = m.s.clauses[0].Head().ID
	}
}

func (m *maker) backstops() {
	if m.chance(0.7) || len(m.idsOf("capacity")) == 0 || !m.calm() {
		return
	}
	for i := range 1 + m.IntN(2) {
		c := clause.NewBackstop()
		m.head(c, fmt.Sprintf("backstop-%d", i+1), investor, supplier)
		m.longWindow(c.Head())
		x := m.rate(0, 1.5)
		switch m.IntN(3) {
		case 0:
			c.Price.Fixed = &x
		case 1:
			c.Price.List = &x
		default:
			c.Price.Market = &x
		}
		if m.chance(0.5) {
			most := m.cents(m.turnover() * m.between(0.1, 10))
			c.Total = &most
		}
		c.Worth = m.rate(0, 1.5)
	}
}
