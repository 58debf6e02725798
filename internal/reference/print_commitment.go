// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"fmt"
	"strconv"
	"strings"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/unit"
)

func (p *printer) commitment(c *clause.Commitment) {
	p.field("total", amount(c.Total))
	p.unless("", "starts", momentText(c.Starts))
	p.unless("", "ends", momentText(c.Ends))
	if len(c.Milestones) > 0 {
		p.line(6, "milestones:")
	}
	for _, m := range c.Milestones {
		p.line(8, "- {by: %s, amount: %s}", m.By, unit.WriteMoney(m.Cents))
	}
	if c.RunOn != (calendar.Span{}) {
		p.field("run_on", c.RunOn.String())
	}
	p.unless("", "schedule", scheduleText(&c.Schedule))
	p.unless("year", "period", c.Period)
	p.unless("100%", "take", unit.WriteRate(c.Take))
	p.unless("100%", "deficiency", unit.WriteRate(c.Deficiency))
	p.unless("impossibility", "relief", c.Relief)
	p.unless("minimum", "relief_to", c.ReliefTo)
	if c.Load != nil {
		p.field("load", "{swing: "+unit.WriteRate(c.Load.Swing)+"}")
	}
	p.counts(c.Counts)
	p.unless("", "within", scalar(c.Within))
	p.unless("", "after", scalar(c.AfterOf))
	p.unless("on_minimum", "stacks", c.Stacks)
	p.unless("use", "pay_for", c.PayFor)
	p.unless("automatic", "charged", c.Charged)
	p.unless("false", "survives", strconv.FormatBool(c.Survives))
	p.remedies(c)
	p.unless("period", "settle", c.Settle)
	if c.Exit != nil {
		var m mapping
		m.add("fee", unit.WriteRate(c.Exit.Fee))
		if c.Exit.From != (calendar.Span{}) {
			m.add("from", c.Exit.From.String())
		}
		p.field("exit", m.String())
	}
	p.unless("false", "acceleration", strconv.FormatBool(c.Accelerates))
	p.unless("0", "net", strconv.Itoa(c.NetMonths))
}

// momentText is empty where nothing is said.
func momentText(m clause.Moment) string {
	switch {
	case m.Passes:
		return fmt.Sprintf("{after: %s}", m.After)
	case m.On.IsZero():
		return ""
	}
	return m.On.String()
}

// counts writes what counts. Something is written even where all stands at its
// default.
func (p *printer) counts(x *clause.Counts) {
	if x == nil {
		return
	}
	p.line(6, "counts:")
	p.line(8, "basis: %s", x.Basis)
	p.line(8, "credits: %t", x.Credits)
	p.line(8, "prepaid: %t", x.Prepaid)
	p.line(8, "prepayments: %t", x.Prepayments)
	if len(x.Categories) > 0 {
		p.line(8, "categories:")
	}
	for _, g := range x.Categories {
		var m mapping
		m.addUnless("", "name", scalar(g.Name))
		m.add("share", unit.WriteRate(g.Share))
		m.addUnless("100%", "weight", unit.WriteRate(g.Weight))
		if g.Cap >= 0 {
			m.add("cap", unit.WriteRate(g.Cap))
		}
		p.line(10, "- %s", m)
	}
}

func (p *printer) remedies(c *clause.Commitment) {
	if c.MakeUp != nil {
		var m mapping
		m.addUnless("0", "life", strconv.Itoa(c.MakeUp.Life))
		m.add("in", c.MakeUp.In)
		m.addUnless("after_use", "expiry", c.MakeUp.Expiry)
		m.addUnless("unpaid", "top_up", c.MakeUp.TopUp)
		m.addUnless("lost", "at_end", c.MakeUp.AtEnd)
		p.field("make_up", m.String())
	}
	if c.Carry != nil {
		var m mapping
		m.add("threshold", unit.WriteRate(c.Carry.Threshold))
		if c.Carry.Cap >= 0 {
			m.add("cap", unit.WriteRate(c.Carry.Cap))
		}
		p.field("carry_forward", m.String())
	}
	if c.Deferral != nil {
		var m mapping
		m.add("cap", unit.WriteRate(c.Deferral.Cap))
		if len(c.Deferral.Periods) > 0 {
			m.add("periods", "["+join(c.Deferral.Periods, strconv.Itoa)+"]")
		}
		p.field("deferral", m.String())
	}
	if c.Credit != nil {
		p.field("deficiency_as", fmt.Sprintf("{life: %d}", c.Credit.Life))
	}
}

// scheduleText is empty for a flat schedule, which is the default.
func scheduleText(s *clause.Schedule) string {
	switch {
	case len(s.Table) > 0:
		return "{table: [" + join(s.Table, unit.WriteMoney) + "]}"
	case s.Shape == "growth":
		return "{growth: {per_year: " + unit.WriteRate(s.PerYear) + "}}"
	case s.Shape == "logistic":
		return fmt.Sprintf("{logistic: {midpoint: %s, width: %s}}", spanOf(s.Midpoint), spanOf(s.Width))
	}
	return ""
}

func join[T any](list []T, write func(T) string) string {
	parts := make([]string, len(list))
	for i, x := range list {
		parts[i] = write(x)
	}
	return strings.Join(parts, ", ")
}
