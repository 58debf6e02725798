// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/unit"
)

// change sets a value, and tells whether it was another.
func change[T comparable](p *T, to T) bool {
	if *p == to {
		return false
	}
	*p = to
	return true
}

// reset puts one option of a clause at its default.
func reset[C any, T comparable](option func(*C) *T, to T) func(*specimen, clause.Clause) bool {
	return func(_ *specimen, c clause.Clause) bool {
		x, ok := c.(any).(*C)
		if !ok {
			return false
		}
		p := option(x)
		return p != nil && change(p, to)
	}
}

// resets put options at their defaults or at what is plainest.
var resets = []func(*specimen, clause.Clause) bool{
	func(_ *specimen, c clause.Clause) bool { return change(&c.Head().Binding, "firm") },
	func(_ *specimen, c clause.Clause) bool {
		p, ok := c.(*clause.Capacity)
		if !ok || len(p.Generations) < 2 {
			return false
		}
		p.Generations = p.Generations[1:]
		return true
	},
	func(_ *specimen, c clause.Clause) bool {
		p, ok := c.(*clause.Price)
		if !ok || len(p.Tiers) == 0 {
			return false
		}
		if p.Tiers = p.Tiers[1:]; len(p.Tiers) == 0 {
			p.Retroactive = false
		}
		return true
	},
	func(_ *specimen, c clause.Clause) bool {
		p, ok := c.(*clause.Price)
		if !ok || len(p.Tiers) < 2 {
			return false
		}
		p.Tiers = p.Tiers[:len(p.Tiers)-1]
		return true
	},
	func(_ *specimen, c clause.Clause) bool {
		p, ok := c.(*clause.Facility)
		if !ok || len(p.Opens) == 0 {
			return false
		}
		p.Opens = p.Opens[1:]
		return true
	},
	func(_ *specimen, c clause.Clause) bool {
		p, ok := c.(*clause.Commitment)
		if !ok || p.Schedule.Shape == "" && p.Schedule.Table == nil {
			return false
		}
		p.Schedule = clause.Schedule{}
		return true
	},
	reset(func(c *clause.Price) *float64 { return &c.Discount }, 0),
	reset(func(c *clause.Price) **float64 { return &c.Fixed }, nil),
	reset(func(c *clause.Price) *bool { return &c.Retroactive }, false),
	reset(func(c *clause.Price) *int { return &c.NetMonths }, 0),
	func(s *specimen, c clause.Clause) bool {
		p, ok := c.(*clause.Price)
		return ok && p.NetMonths > 0 && change(&p.NetMonths, s.step.Months())
	},
	reset(func(c *clause.Equity) *calendar.Date { return &c.At }, calendar.Date{}),
	reset(func(c *clause.Equity) *unit.Amount { return &c.Round }, unit.Amount{}),
	reset(func(c *clause.Equity) *string { return &c.Security }, "preferred"),
	reset(func(c *clause.Equity) *string { return &c.PaidIn }, "cash"),
	reset(func(c *clause.Equity) *unit.Bound { return &c.Amount.Bound }, 0),
	reset(func(c *clause.Equity) *unit.Bound { return &c.PreMoney.Bound }, 0),
	reset(func(c *clause.Facility) *calendar.Date { return &c.Expires }, calendar.Date{}),
	reset(func(c *clause.Facility) *string { return &c.Of }, ""),
	reset(func(c *clause.Facility) *string { return &c.Security }, "convertible note"),
	reset(func(c *clause.Facility) *float64 { return &c.Worth }, 1),
	reset(func(c *clause.Facility) *unit.Bound { return &c.Limit.Bound }, 0),
	reset(func(c *clause.Commitment) *unit.Bound { return &c.Total.Bound }, 0),
	func(s *specimen, c clause.Clause) bool {
		p, ok := c.(*clause.Commitment)
		return ok && len(p.Schedule.Table) == 0 && change(&p.Period, s.step.String())
	},
	func(_ *specimen, c clause.Clause) bool {
		p, ok := c.(*clause.Commitment)
		if !ok || p.Deferral == nil || len(p.Deferral.Periods) < 2 {
			return false
		}
		p.Deferral.Periods = p.Deferral.Periods[1:]
		return true
	},
	func(_ *specimen, c clause.Clause) bool {
		p, ok := c.(*clause.Commitment)
		return ok && p.Deferral != nil && len(p.Deferral.Periods) == 1 && p.Deferral.Periods[0] > 1 && change(&p.Deferral.Periods[0], p.Deferral.Periods[0]-1)
	},
	dates(func(s *specimen, d calendar.Date) calendar.Date { return s.start }),
	dates(func(s *specimen, d calendar.Date) calendar.Date { return s.start.AddDays(d.Days(s.start) / 2) }),
	dates(func(s *specimen, d calendar.Date) calendar.Date {
		n := 0
		for ; !s.start.AddMonths((n + 1) * s.step.Months()).After(d); n++ {
		}
		return s.start.AddMonths(n * s.step.Months())
	}),
	reset(func(c *clause.Commitment) *float64 { return &c.Take }, 1),
	reset(func(c *clause.Commitment) *float64 { return &c.Deficiency }, 1),
	reset(func(c *clause.Commitment) *string { return &c.Relief }, "none"),
	reset(func(c *clause.Commitment) *string { return &c.ReliefTo }, "minimum"),
	reset(func(c *clause.Commitment) **clause.MakeUp { return &c.MakeUp }, nil),
	reset(func(c *clause.Commitment) **clause.CarryForward { return &c.Carry }, nil),
	reset(func(c *clause.Commitment) **clause.Deferral { return &c.Deferral }, nil),
	reset(func(c *clause.Commitment) **clause.ShortfallCredit { return &c.Credit }, nil),
	reset(func(c *clause.Commitment) *string { return &c.Settle }, "period"),
	reset(func(c *clause.Commitment) *string { return &c.Within }, ""),
	reset(func(c *clause.Commitment) *string { return &c.AfterOf }, ""),
	reset(func(c *clause.Commitment) *string { return &c.PayFor }, "use"),
	reset(func(c *clause.Commitment) **clause.Exit { return &c.Exit }, nil),
	reset(func(c *clause.Commitment) *bool { return &c.Accelerates }, false),
	reset(func(c *clause.Commitment) *int { return &c.NetMonths }, 0),
	makeUp(func(m *clause.MakeUp) bool { return change(&m.Life, 0) }),
	makeUp(func(m *clause.MakeUp) bool { return change(&m.In, "money") }),
	makeUp(func(m *clause.MakeUp) bool { return change(&m.Expiry, "after_use") }),
	makeUp(func(m *clause.MakeUp) bool { return change(&m.TopUp, "none") }),
	makeUp(func(m *clause.MakeUp) bool { return change(&m.AtEnd, "lost") }),
	func(_ *specimen, c clause.Clause) bool {
		p, ok := c.(*clause.Commitment)
		return ok && p.Carry != nil && change(&p.Carry.Cap, -1)
	},
	func(_ *specimen, c clause.Clause) bool {
		p, ok := c.(*clause.Commitment)
		return ok && p.Exit != nil && change(&p.Exit.From, calendar.Span{})
	},
	func(_ *specimen, c clause.Clause) bool {
		p, ok := c.(*clause.Commitment)
		if !ok || p.Deferral == nil || p.Deferral.Periods == nil {
			return false
		}
		p.Deferral.Periods = nil
		return true
	},
}

func makeUp(reset func(*clause.MakeUp) bool) func(*specimen, clause.Clause) bool {
	return func(_ *specimen, c clause.Clause) bool {
		p, ok := c.(*clause.Commitment)
		return ok && p.MakeUp != nil && reset(p.MakeUp)
	}
}

// dates moves the dates of a clause that are after the start.
func dates(to func(*specimen, calendar.Date) calendar.Date) func(*specimen, clause.Clause) bool {
	return func(s *specimen, c clause.Clause) bool {
		changed := false
		move := func(d *calendar.Date) {
			if d.After(s.start) {
				changed = change(d, to(s, *d)) || changed
			}
		}
		switch c := c.(type) {
		case *clause.Capacity:
			for i := range c.Generations {
				move(&c.Generations[i].From)
			}
		case *clause.Equity:
			move(&c.At)
		case *clause.Facility:
			move(&c.Expires)
			for i := range c.Opens {
				move(&c.Opens[i].At)
			}
		}
		return changed
	}
}
