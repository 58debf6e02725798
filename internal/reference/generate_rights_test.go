// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"fmt"
	"maps"
	"slices"

	"offtake/internal/calendar"
	"offtake/internal/clause"
)

func (m *maker) exclusivity() {
	if m.chance(0.85) {
		return
	}
	c := clause.NewExclusivity()
	m.head(c, "exclusive", buyer, supplier)
	days := 0
	for range 1 + m.IntN(3) {
		g := clause.Rung{Level: m.one("exclusive", "first_refusal", "preferred", "none"), Scope: m.rate(0, 1)}
		if len(c.Ladder) > 0 || m.chance(0.3) {
			days += 1 + m.IntN(m.days())
			g.From = m.s.start.AddDays(days)
		}
		c.Ladder = append(c.Ladder, g)
	}
}

func (m *maker) revenueShare() {
	if m.chance(0.85) {
		return
	}
	c := clause.NewRevenueShare()
	from, to := buyer, m.one(supplier, investor)
	if m.chance(0.3) {
		from, to = to, from
	}
	m.head(c, "share", from, to)
	m.window(c.Head())
	c.Of, c.Share, c.Base = m.one("revenue", "price"), m.rate(0.05, 1), m.one("revenue", "gross_profit")
	if m.chance(0.5) {
		most := m.cents(m.turnover())
		c.Cap = &most
	}
}

func (m *maker) grants() {
	if m.chance(0.85) {
		return
	}
	c := clause.NewGrant()
	m.head(c, "stock", m.one(supplier, investor), buyer)
	c.Worth = m.amount(m.turnover())
	switch m.IntN(3) {
	case 0:
		c.At = m.date(0, 0)
	case 1:
		c.On = m.one("listing", "sale")
		m.happens(c.On)
	}
}

func (m *maker) warrants() {
	for i := range []int{0, 0, 0, 0, 0, 1, 1, 2}[m.IntN(8)] {
		c := clause.NewWarrant()
		from, to := m.one(supplier, investor, buyer), buyer
		if from == buyer {
			to = m.one(supplier, investor)
		}
		m.head(c, fmt.Sprintf("warrant-%d", i+1), from, to)
		c.Settle = m.one("physical", "net")
		price := m.turnover() / 100
		if from == buyer {
			price = m.turnover() * 50 / 1e11
		} else {
			c.SharePrice = m.one("revenue", "price")
		}
		if m.chance(0.7) {
			c.Strike = m.number(price)
		}
		if m.chance(0.4) {
			c.Expires = m.date(0, 100)
		}
		for range 1 + m.IntN(4) {
			c.Vests = append(c.Vests, m.vesting(price))
		}
	}
}

func (m *maker) vesting(price float64) clause.Vesting {
	v := clause.Vesting{Shares: m.number(1e6)}
	some := func(x float64) *float64 {
		if m.chance(0.75) {
			return nil
		}
		return &x
	}
	if gw := m.promisedGW() * m.rate(0.05, 1); gw > 0 {
		v.PowerGW = some(gw)
	}
	v.SpendCents, v.Units, v.Price = some(m.cents(m.turnover()*3)), some(m.number(m.units)*2), some(m.number(price))
	if m.chance(0.2) {
		v.From = m.date(100, 0)
	}
	if m.chance(0.2) {
		v.On = m.one("listing", "sale")
		m.happens(v.On)
	}
	return v
}

func (m *maker) rights() {
	if m.chance(0.8) {
		return
	}
	c := clause.NewRight()
	from, to := buyer, m.one(supplier, investor)
	if m.chance(0.3) {
		from, to = to, from
	}
	m.head(c, "right", from, to)
	m.window(c.Head())
	for _, f := range c.Fields() {
		if f.Name == "what" {
			c.What = f.Choices[m.IntN(len(f.Choices))]
		}
	}
	c.Over, c.Alone = m.one("models", "plans"), m.chance(0.5)
	if m.chance(0.5) {
		worth := m.cents(m.turnover())
		c.Worth = &worth
	}
	if from == buyer && m.chance(0.5) {
		c.Blocks = "exit"
	}
}

// extensions lets the term be extended at times. It is made last, when all
// commitments are known, and of numbers of its own: deals without one are what they
// would be.
func (m *maker) extensions() {
	if m.chance(0.8) {
		return
	}
	c := clause.NewExtension()
	m.head(c, "renewal", supplier, buyer)
	m.narrow(c.Head())
	months := m.s.step.Months()
	c.By, c.Length, c.Times = m.one("buyer", "supplier"), calendar.Span{Months: (1 + m.IntN(m.s.steps+1)) * months}, 1+m.IntN(3)
	if m.chance(0.5) {
		c.Notice = calendar.Span{Months: m.IntN(max(1, m.s.steps*months/2)), Days: m.IntN(40)}
	}
	if m.chance(0.5) {
		c.Opens = calendar.Span{Months: m.IntN(m.s.steps * months), Days: m.IntN(40)}
	}
	if id := m.commitmentID(); id != "" && m.chance(0.4) {
		c.Of = []string{id}
	}
	switch c.Minimum = m.one("same", "same", "none", "share", "per_year"); c.Minimum {
	case "share":
		c.Share = max(0.05, m.rate(0, 2))
	case "per_year":
		c.Cents = m.cents(m.turnover() * float64(m.s.step.PerYear()))
	}
	m.fit()
}

// sales lets shares be sold to the market at times, of numbers of their own as
// extensions are.
func (m *maker) sales() {
	by := map[string][]string{}
	for _, c := range m.s.clauses {
		if e, ok := c.(*clause.Equity); ok && e.Preference == nil {
			by[e.Head().From] = append(by[e.Head().From], e.Head().ID)
		}
	}
	for _, holder := range slices.Sorted(maps.Keys(by)) {
		if m.chance(0.6) {
			continue
		}
		c := clause.NewSale()
		m.head(c, "exit-of-"+holder, holder, buyer)
		m.narrow(c.Head())
		c.Of = by[holder]
		if m.chance(0.5) {
			c.Most = max(0.05, m.rate(0, 1))
		}
		if m.chance(0.3) {
			c.Discount = m.rate(0, 0.4)
		}
		m.fit()
	}
}

// sells is how many shares a row sells: all, none, or a number.
func sells(elect, units float64) float64 {
	switch int(units) % 3 {
	case 0:
		return 1e18
	case 1:
		return 0
	}
	return elect
}
