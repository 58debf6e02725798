// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"strconv"
	"strings"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/unit"
)

// days writes dates: one bare, several in brackets, none where that is usual.
func (p *printer) days(name string, days []calendar.Date) {
	if len(days) == 0 || len(days) == 1 && days[0].IsZero() {
		return
	}
	var words []string
	for _, d := range days {
		if d.IsZero() {
			words = append(words, "signing")
		} else {
			words = append(words, d.String())
		}
	}
	p.field(name, one(words))
}

// one is a word alone, or several in brackets.
func one(words []string) string {
	if len(words) == 1 {
		return words[0]
	}
	return "[" + strings.Join(words, ", ") + "]"
}

func (p *printer) cap(cap float64) {
	if cap > 0 {
		p.field("cap", unit.WriteRate(cap))
	}
}

func ids(list []string) string {
	var words []string
	for _, id := range list {
		words = append(words, scalar(id))
	}
	return one(words)
}

func (p *printer) equity(c *clause.Equity) {
	p.field("amount", amount(c.Amount))
	p.days("at", c.At)
	if c.PreMoney.Value != 0 {
		p.field("pre_money", amount(c.PreMoney))
	}
	if c.PerShare != nil {
		p.field("price_per_share", unit.WriteNumber(*c.PerShare))
	}
	p.unless("", "within", scalar(c.Within))
	if c.Round.Value != 0 {
		p.field("round", amount(c.Round))
	}
	p.unless("preferred", "security", c.Security)
	p.unless("voting", "voting", c.Voting)
	p.unless("cash", "paid_in", c.PaidIn)
	p.cap(c.Cap)
	if right := c.ProRata; right != nil {
		var m mapping
		m.addUnless("100%", "share", unit.WriteRate(right.Share))
		if right.UpTo != nil {
			m.add("up_to", unit.WriteMoney(*right.UpTo))
		}
		p.field("pro_rata", m.String())
	}
	if first := c.Preference; first != nil {
		var m mapping
		m.addUnless("1", "multiple", unit.WriteNumber(first.Multiple))
		m.addUnless("false", "participating", strconv.FormatBool(first.Participating))
		if len(first.SeniorTo) > 0 {
			m.add("senior_to", ids(first.SeniorTo))
		}
		m.addUnless("", "until", scalar(first.Until))
		p.field("preference", m.String())
	}
}

func (p *printer) facility(c *clause.Facility) {
	p.field("limit", amount(c.Limit))
	if len(c.Opens) > 0 {
		p.line(6, "opens:")
	}
	for _, o := range c.Opens {
		p.line(8, "- %s", opening(o))
	}
	if each := c.PerGW; each != nil {
		var m mapping
		m.add("amount", unit.WriteMoney(each.Cents))
		m.addUnless("1", "from", strconv.Itoa(each.From))
		m.add("upto", strconv.Itoa(each.Upto))
		p.field("per_gw", m.String())
	}
	if len(c.ReducedBy) > 0 {
		p.field("reduced_by", ids(c.ReducedBy))
	}
	p.date("expires", c.Expires)
	if c.Of != "" {
		p.field("expires", mapping{"after: " + c.After.String(), "of: " + scalar(c.Of)}.String())
	}
	p.unless("borrower", "drawn_by", c.DrawnBy)
	if c.Notice != (calendar.Span{}) {
		p.field("notice", c.Notice.String())
	}
	p.unless("0", "minimum_draw", unit.WriteMoney(c.LeastCents))
	p.unless("any", "use", c.Use)
	p.unless("0%", "commitment_fee", unit.WriteRate(c.FeeRate))
	p.unless("limit", "fee_on", c.FeeOn)
	p.unless("", "into", scalar(c.Into))
	p.unless("convertible note", "security", c.Security)
	if c.Then != nil {
		p.field("then", mapping{"on: " + scalar(c.Then.On), "security: " + c.Then.Kind}.String())
	}
	p.unless("voting", "voting", c.Voting)
	switch at := c.Shares; {
	case at.PerShare != nil:
		p.field("shares_at", "{price_per_share: "+unit.WriteNumber(*at.PerShare)+"}")
	case at.PreMoney > 0:
		p.field("shares_at", "{pre_money: "+unit.WriteMoney(at.PreMoney)+"}")
	case at.Discount > 0:
		p.field("shares_at", "{discount: "+unit.WriteRate(at.Discount)+"}")
	}
	p.cap(c.Cap)
	p.unless("100%", "worth", unit.WriteRate(c.Worth))
}

// opening is a part of a facility, on one line.
func opening(o clause.Opening) mapping {
	var m mapping
	switch {
	case o.PowerGW != nil:
		m.add("gw", unit.WriteNumber(*o.PowerGW))
	case !o.At.IsZero():
		m.add("at", o.At.String())
	case o.SpendCents != nil:
		m.add("spend", unit.WriteMoney(*o.SpendCents))
	case o.Units != nil:
		m.add("units", unit.WriteNumber(*o.Units))
	case o.Event != "":
		m.add("event", scalar(o.Event))
	case o.Index != "":
		m.add("index", scalar(o.Index))
	case o.Paid != "":
		m.add("paid", scalar(o.Paid))
	default:
		m.add("at", "signing")
	}
	if o.AtLeast != nil {
		m.add("at_least", unit.WriteNumber(*o.AtLeast))
	}
	if !o.By.IsZero() {
		m.add("by", o.By.String())
	}
	m.add("amount", unit.WriteMoney(o.Cents))
	return m
}
