// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"slices"

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
	func(_ *specimen, c clause.Clause) bool {
		h := c.Head()
		return change(&h.Binding, "firm") || change(&h.If, "") || change(&h.Likely, 0)
	},
	dropElement(0), dropElement(1), dropElement(2), dropElement(3),
	func(s *specimen, c clause.Clause) bool {
		p, ok := c.(*clause.Capacity)
		changed := false
		for i := 0; ok && i < len(p.Generations); i++ {
			g := &p.Generations[i]
			changed = change(&g.Name, "") || changed
			if g.Refresh != (calendar.Span{}) {
				changed = change(&g.Refresh, calendar.Span{Months: s.step.Months()}) || changed
			}
		}
		return changed
	},
	func(s *specimen, c clause.Clause) bool {
		p, ok := c.(*clause.Facility)
		return ok && p.Of != "" && change(&p.After, calendar.Span{Months: s.step.Months()})
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
	func(_ *specimen, c clause.Clause) bool {
		p, ok := c.(*clause.Price)
		return ok && without(&p.Intro, 0)
	},
	reset(func(c *clause.Price) **clause.Indexation { return &c.Indexed }, nil),
	reset(func(c *clause.Price) **clause.Review { return &c.Review }, nil),
	reset(func(c *clause.Price) **clause.Favoured { return &c.Favoured }, nil),
	reset(func(c *clause.Price) **clause.Rebase { return &c.Rebase }, nil),
	func(s *specimen, c clause.Clause) bool {
		p, ok := c.(*clause.Price)
		return ok && p.NetMonths > 0 && change(&p.NetMonths, s.step.Months())
	},
	func(_ *specimen, c clause.Clause) bool {
		e, ok := c.(*clause.Equity)
		if !ok || e.At == nil {
			return false
		}
		e.At = nil
		return true
	},
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
		return ok && p.Deferral != nil && len(p.Deferral.Periods) == 1 && p.Deferral.Periods[0] > 1 && change(&p.Deferral.Periods[0], p.Deferral.Periods[0]-1)
	},
	dates(func(s *specimen, d calendar.Date) calendar.Date { return s.start }),
	dates(func(s *specimen, d calendar.Date) calendar.Date { return s.start.AddDays(d.Days(s.start) / 2) }),
	dates(func(s *specimen, d calendar.Date) calendar.Date { return s.start.AddDays(d.Days(s.stepStart(d))) }),
	dates(func(s *specimen, d calendar.Date) calendar.Date { return s.stepStart(d) }),
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
	reset(func(c *clause.Commitment) *string { return &c.Stacks }, "on_minimum"),
	reset(func(c *clause.Commitment) *string { return &c.PayFor }, "use"),
	reset(func(c *clause.Commitment) *string { return &c.Charged }, "automatic"),
	reset(func(c *clause.Commitment) *bool { return &c.Survives }, false),
	ownTime(func(c *clause.Commitment) bool { return change(&c.Starts, clause.Moment{}) }),
	ownTime(func(c *clause.Commitment) bool { return change(&c.Ends, clause.Moment{}) }),
	ownTime(func(c *clause.Commitment) bool { return change(&c.RunOn, calendar.Span{}) }),
	ownTime(func(c *clause.Commitment) bool {
		plain := c.Milestones != nil
		c.Milestones = nil
		return plain
	}),
	func(s *specimen, c clause.Clause) bool {
		p, ok := c.(*clause.Commitment)
		return ok && p.RunOn.Months > 0 && change(&p.RunOn.Months, s.step.Months())
	},
	reset(func(c *clause.Prepayment) *clause.Moment { return &c.Credited.From }, clause.Moment{}),
	reset(func(c *clause.Prepayment) *clause.Crediting { return &c.Credited }, clause.Crediting{How: "first"}),
	func(s *specimen, c clause.Clause) bool {
		p, ok := c.(*clause.Prepayment)
		return ok && p.Credited.From.Passes && change(&p.Credited.From.After, calendar.Span{Months: s.step.Months()})
	},
	func(s *specimen, c clause.Clause) bool {
		p, ok := c.(*clause.Prepayment)
		return ok && p.Credited.Over.Months > 0 && change(&p.Credited.Over.Months, s.step.Months())
	},
	reset(func(c *clause.Prepayment) *float64 { return &c.Interest }, 0),
	reset(func(c *clause.Prepayment) *clause.Refund { return &c.Refund }, clause.Refund{}),
	reset(func(c *clause.Prepayment) *float64 { return &c.Refund.End }, 0),
	reset(func(c *clause.Prepayment) *float64 { return &c.Refund.Leave }, 0),
	reset(func(c *clause.Prepayment) *float64 { return &c.Refund.Dismiss }, 0),
	reset(func(c *clause.Prepayment) *float64 { return &c.Refund.Fail }, 0),
	reset(func(c *clause.Prepayment) **calendar.Span { return &c.Lead }, nil),
	func(_ *specimen, c clause.Clause) bool {
		p, ok := c.(*clause.Prepayment)
		if !ok || p.Share == 0 {
			return false
		}
		p.Share, p.Of, p.Amount.Value = 0, "", 100
		return true
	},
	reset(func(c *clause.Commitment) **clause.Load { return &c.Load }, nil),
	reset(func(c *clause.Commitment) **clause.Counts { return &c.Counts }, nil),
	counts(func(x *clause.Counts) bool { return change(&x.Basis, "after_discount") }),
	counts(func(x *clause.Counts) bool { return change(&x.Credits, true) }),
	counts(func(x *clause.Counts) bool { return change(&x.Prepaid, true) }),
	counts(func(x *clause.Counts) bool { return change(&x.Prepayments, false) }),
	counts(func(x *clause.Counts) bool {
		plain := false
		for i := range x.Categories {
			g := &x.Categories[i]
			plain = change(&g.Name, "") || change(&g.Cap, -1) || change(&g.Weight, 0) || plain
		}
		return plain
	}),
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
	func(s *specimen, c clause.Clause) bool {
		p, ok := c.(*clause.Commitment)
		return ok && p.Exit != nil && p.Exit.From != (calendar.Span{}) && change(&p.Exit.From, calendar.Span{Months: s.step.Months()})
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

// ownTime changes when a commitment runs, and fits the rest to it.
func ownTime(reset func(*clause.Commitment) bool) func(*specimen, clause.Clause) bool {
	return func(s *specimen, c clause.Clause) bool {
		p, ok := c.(*clause.Commitment)
		if !ok || !reset(p) {
			return false
		}
		fit(s, p)
		return true
	}
}

func counts(reset func(*clause.Counts) bool) func(*specimen, clause.Clause) bool {
	return func(_ *specimen, c clause.Clause) bool {
		p, ok := c.(*clause.Commitment)
		return ok && p.Counts != nil && reset(p.Counts)
	}
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
		for _, d := range datesOf(c) {
			if d.After(s.start) {
				changed = change(d, to(s, *d)) || changed
			}
		}
		return changed
	}
}

// datesOf are the dates that a clause states.
func datesOf(c clause.Clause) []*calendar.Date {
	var out []*calendar.Date
	switch c := c.(type) {
	case *clause.Capacity:
		for i := range c.Generations {
			out = append(out, &c.Generations[i].From)
		}
	case *clause.Commitment:
		out = append(out, &c.Starts.On, &c.Ends.On)
		for i := range c.Milestones {
			out = append(out, &c.Milestones[i].By)
		}
	case *clause.Prepayment:
		out = append(out, &c.Credited.From.On)
		for i := range c.Payments {
			out = append(out, &c.Payments[i].At)
		}
	case *clause.Equity:
		for i := range c.At {
			out = append(out, &c.At[i])
		}
	case *clause.Facility:
		out = append(out, &c.Expires)
		for i := range c.Opens {
			out = append(out, &c.Opens[i].At)
		}
	}
	return slices.DeleteFunc(out, func(d *calendar.Date) bool { return d.IsZero() })
}

// stepStart is the first day of the step that holds a date after the start.
func (s *specimen) stepStart(d calendar.Date) calendar.Date {
	n := 0
	for !s.start.AddMonths((n + 1) * s.step.Months()).After(d) {
		n++
	}
	return s.start.AddMonths(n * s.step.Months())
}

// dropElement drops an element of a clause's list.
func dropElement(i int) func(*specimen, clause.Clause) bool {
	return func(_ *specimen, c clause.Clause) bool {
		switch c := c.(type) {
		case *clause.Capacity:
			return len(c.Generations) > 1 && without(&c.Generations, i)
		case *clause.Facility:
			return without(&c.Opens, i)
		case *clause.Prepayment:
			return without(&c.Payments, i)
		case *clause.Price:
			dropped := without(&c.Tiers, i)
			c.Retroactive = c.Retroactive && len(c.Tiers) > 0
			return dropped
		case *clause.Commitment:
			if len(c.Milestones) > max(1, i) {
				c.Total.Value -= c.Milestones[i].Cents
				return without(&c.Milestones, i)
			}
			if c.Counts != nil && without(&c.Counts.Categories, i) {
				return true
			}
			return c.Deferral != nil && len(c.Deferral.Periods) > 1 && without(&c.Deferral.Periods, i)
		}
		return false
	}
}

func without[T any](list *[]T, i int) bool {
	if i >= len(*list) {
		return false
	}
	*list = slices.Delete(*list, i, i+1)
	return true
}
