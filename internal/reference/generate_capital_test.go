// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/unit"
)

// sharePrice is a price of a share about as the buyer is worth, in currency.
func (m *maker) sharePrice() *float64 {
	x := m.turnover() * 50 / 1e11 * m.rate(0.2, 3)
	return &x
}

// some is a number at times.
func (m *maker) some(p float64, x float64) *float64 {
	if m.chance(p) {
		return &x
	}
	return nil
}

// days are the dates of payments: none for the signing, or some in order.
func (m *maker) payDays() []calendar.Date {
	switch m.IntN(6) {
	case 0, 1:
		return nil
	case 2:
		return []calendar.Date{{}, m.date(0, 0)}
	case 3:
		return []calendar.Date{m.date(m.s.start.Days(m.s.signed), 0)}
	case 4:
		first, second := m.date(0, 0), m.date(0, 0)
		if second.Before(first) {
			first, second = second, first
		}
		return []calendar.Date{first, second} // which are the same day at times, and then no deal
	}
	return []calendar.Date{m.date(0, 0)}
}

func (m *maker) cap() float64 {
	if m.chance(0.7) {
		return 0
	}
	return m.rate(0.01, 0.3)
}

// event is the name of one that mostly happens.
func (m *maker) event() string {
	name := m.one("listing", "sale")
	m.happens(name)
	return name
}

func (m *maker) equity() {
	n := []int{0, 0, 1, 1, 2, 3}[m.IntN(6)]
	for i := range n {
		e := clause.NewEquity()
		e.PaidIn = m.one("cash", "credits")
		from := supplier
		if e.PaidIn == "cash" && m.chance(0.4) {
			from = investor
		}
		m.head(e, fmt.Sprintf("equity-%d", i+1), from, buyer)
		e.Amount = m.amount(m.turnover() * m.between(0.1, 5))
		switch m.IntN(8) {
		case 0:
			e.PerShare = m.sharePrice()
		case 1: // at the fair price
		case 2, 3:
			if i > 0 {
				e.Within = "equity-1"
				break
			}
			fallthrough
		default:
			e.PreMoney = m.amount(m.turnover() * 50)
		}
		e.Security, e.Voting, e.Cap, e.At = m.one("common", "preferred"), m.one("voting", "nonvoting"), m.cap(), m.payDays()
		if m.chance(0.5) && e.Within == "" {
			e.Round = unit.Amount{Value: e.Amount.Value + m.cents(m.turnover())}
		}
		if m.chance(0.4) {
			e.ProRata = &clause.ProRata{Share: m.rate(0.05, 1), UpTo: m.some(0.3, m.cents(m.turnover()/2))}
		}
		if m.chance(0.2) {
			e.Preference = m.preference(i)
		}
	}
	// At times the lead takes part in a round itself, which is no deal.
	if first, is := m.s.clauses[len(m.s.clauses)-max(1, n)].(*clause.Equity); is && m.chance(0.01) {
		first.Within = first.Head().ID
	}
}

// preference is one that may come before those of earlier clauses.
func (m *maker) preference(i int) *clause.Preference {
	p := &clause.Preference{Multiple: m.rate(0.5, 3), Participating: m.chance(0.5)}
	for k := range i {
		if m.chance(0.5) {
			p.SeniorTo = append(p.SeniorTo, fmt.Sprintf("equity-%d", k+1))
		}
	}
	if m.chance(0.3) {
		p.Until = m.event()
	}
	return p
}

func (m *maker) notes() {
	for i := range []int{0, 0, 1, 1, 2}[m.IntN(5)] {
		n := clause.NewNote()
		m.head(n, fmt.Sprintf("note-%d", i+1), m.one(supplier, investor), buyer)
		if m.chance(0.7) {
			n.Principal = m.amount(m.turnover() * m.between(0.1, 5))
		}
		n.At, n.Worth = m.payDays(), m.rate(0, 2)
		if m.chance(0.7) {
			n.Coupon, n.Interest = m.rate(0, 0.3), m.one("cash", "pik")
		}
		if m.chance(0.5) {
			n.Matures = m.date(0, 100)
		}
		if m.chance(0.7) {
			n.Converts = m.conversion(n.Matures)
			n.Cap = m.cap()
		}
	}
}

func (m *maker) conversion(matures calendar.Date) *clause.Conversion {
	x := &clause.Conversion{AtMaturity: "repaid", Into: m.one("common", "preferred"), Voting: m.one("voting", "nonvoting")}
	for range 1 + m.IntN(2) {
		switch m.IntN(4) {
		case 0:
			x.On = m.event()
		case 1:
			least := m.cents(m.turnover() * 2)
			x.QualifiedCents = &least
		case 2:
			x.AtElection = true
		case 3:
			if x.AtMaturity = "repaid"; !matures.IsZero() && matures.Before(m.s.start.AddMonths(m.s.steps*m.s.step.Months())) {
				x.AtMaturity = "converts"
			} else {
				x.AtElection = true
			}
		}
	}
	if m.chance(0.3) {
		x.PerShare = m.sharePrice()
		return x
	}
	if m.chance(0.5) {
		x.Discount = m.rate(0, 0.5)
	}
	if m.chance(0.3) {
		x.PriceCap = m.sharePrice()
	}
	x.ValuationCents = m.some(0.3, m.cents(m.turnover()*50))
	return x
}

func (m *maker) facilities() {
	for i := range []int{0, 0, 1, 1, 2}[m.IntN(5)] {
		f := clause.NewFacility()
		m.head(f, fmt.Sprintf("facility-%d", i+1), m.one(supplier, investor), buyer)
		f.Worth = m.rate(0, 2)
		sum := 0.0
		for range m.IntN(4) {
			o := m.opening(f.Head().ID)
			f.Opens = append(f.Opens, o)
			sum += o.Cents
		}
		if m.chance(0.1) {
			sum += m.perGW(f)
		}
		f.Limit = m.amount(m.turnover())
		f.Limit.Value += sum
		m.expiry(f)
		m.drawing(f)
		m.security(f)
	}
}

// perGW opens an amount by the gigawatt, if whole ones are promised.
func (m *maker) perGW(f *clause.Facility) float64 {
	promised := int(m.promisedGW())
	if promised < 1 {
		return 0
	}
	from := 1 + m.IntN(promised)
	f.PerGW = &clause.PerGW{Cents: m.cents(m.turnover() / 3), From: from, Upto: from + m.IntN(3)}
	return f.PerGW.Cents * float64(f.PerGW.Upto-from+1)
}

// drawing is how draws are made.
func (m *maker) drawing(f *clause.Facility) {
	f.DrawnBy = m.one("borrower", "borrower", "borrower", "lender", "either")
	if m.chance(0.3) {
		f.Notice = []calendar.Span{{Days: 5}, {Days: 40}, m.span(), m.stepSpan()}[m.IntN(4)]
		if !m.s.start.Add(f.Notice).Before(m.s.start.AddDays(m.days())) {
			f.Notice = calendar.Span{Days: 2}
		}
	}
	if m.chance(0.2) {
		f.LeastCents = m.cents(m.turnover() / 2)
	}
	if m.chance(0.2) {
		f.Use = "invoices"
	}
	if m.chance(0.3) {
		f.FeeRate, f.FeeOn = m.rate(0, 0.1), m.one("limit", "open")
	}
	for _, c := range m.s.clauses {
		kind := c.Kind()
		if (kind == "equity" || kind == "note") && c.Head().From == f.Head().From && m.chance(0.3) {
			f.ReducedBy = append(f.ReducedBy, c.Head().ID)
		}
	}
}

// security is what draws are against.
func (m *maker) security(f *clause.Facility) {
	kinds := []string{"convertible note", "convertible note", "loan", "common", "preferred"}
	f.Security = m.one(kinds...)
	if other := m.one(kinds...); other != f.Security && m.chance(0.5) {
		f.Then = &clause.Security{On: m.event(), Kind: other}
	}
	isShares := func(kind string) bool { return kind == "common" || kind == "preferred" }
	if isShares(f.Security) || f.Then != nil && isShares(f.Then.Kind) {
		f.Voting, f.Cap = m.one("voting", "nonvoting"), m.cap()
		switch m.IntN(4) {
		case 0:
			f.Shares.PerShare = m.sharePrice()
		case 1:
			f.Shares.PreMoney = m.cents(m.turnover() * 50)
		case 2:
			f.Shares.Discount = m.rate(0, 0.5)
		}
		if isShares(f.Security) && (f.Then == nil || isShares(f.Then.Kind)) {
			return
		}
	}
	for _, c := range m.s.clauses {
		if c.Kind() == "note" && c.Head().From == f.Head().From && m.chance(0.7) {
			f.Into = c.Head().ID
		}
	}
}

func (m *maker) opening(own string) clause.Opening {
	o := clause.Opening{Cents: m.cents(m.turnover())}
	switch m.IntN(9) {
	case 0, 1:
		o.At = m.date(100, 100)
		return o
	case 2, 3:
		if gw := m.promisedGW() * m.rate(0.05, 1); gw > 0 {
			o.PowerGW = &gw
		}
	case 4:
		cents := m.cents(m.turnover() * 4)
		o.SpendCents = &cents
	case 5:
		units := m.number(m.units) * 4
		o.Units = &units
	case 6:
		o.Event = m.event()
	case 7:
		level := m.number(m.turnover() / 100)
		o.Index, o.AtLeast = m.one("revenue", "price"), &level
	case 8:
		m.waitsForMoney(&o, own)
	}
	if m.chance(0.2) && (o.PowerGW != nil || o.SpendCents != nil || o.Units != nil || o.Event != "" || o.Index != "" || o.Paid != "") {
		o.By = m.date(0, 100)
	}
	return o
}

// waitsForMoney has the part wait for what comes in under another clause.
func (m *maker) waitsForMoney(o *clause.Opening, own string) {
	for _, c := range m.s.clauses {
		kind, id := c.Kind(), c.Head().ID
		if (kind == "equity" || kind == "note" || kind == "facility") && id != own && m.chance(0.5) {
			o.Paid, o.AtLeast = id, m.some(0.5, m.cents(m.turnover())/100)
		}
	}
}

func (m *maker) expiry(f *clause.Facility) {
	switch m.IntN(3) {
	case 0:
		f.Expires = m.date(0, 100)
	case 1:
		f.Of = m.one("listing", "sale")
		if f.After = m.stepSpan(); f.After == (calendar.Span{}) {
			f.After.Months = m.s.step.Months()
		}
		m.happens(f.Of)
	}
}
