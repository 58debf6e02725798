// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"
	"strings"

	"offtake/internal/calendar"
	"offtake/internal/unit"
)

// Explain says the clause in English.
func (c *Facility) Explain(in *Setting) string {
	lender, borrower := in.Name(c.head.From), in.Name(c.head.To)
	who := fmt.Sprintf("%s may, at its choice, draw from %s", borrower, lender)
	switch c.DrawnBy {
	case "lender":
		who = fmt.Sprintf("%s may, at its choice, put into %s", lender, borrower)
	case "either":
		who = fmt.Sprintf("At the choice of either, %s may draw from %s", borrower, lender)
	}
	s := fmt.Sprintf("%s %s%s. %s%s", who, in.Amount(c.Limit), c.opensSay(in), c.securitySays(in), c.termsSay(in))
	switch {
	case c.Of != "":
		s += fmt.Sprintf(" What is not drawn lapses %s after %s.", c.After.Words(), c.head.eventName(c.Of))
	case c.Expires != calendar.Date{}:
		s += fmt.Sprintf(" What is not drawn lapses on %s.", c.Expires)
	}
	return s + c.head.binding()
}

// opensSay is when parts open.
func (c *Facility) opensSay(in *Setting) string {
	var parts []string
	for i := range c.Opens {
		parts = append(parts, c.Opens[i].says(in, &c.head))
	}
	all := len(c.Opens) == 1 && c.PerGW == nil && c.Opens[0].Cents == c.Limit.Value
	if p := c.PerGW; p != nil {
		parts = append(parts, fmt.Sprintf("%s with each whole GW of delivered power, from the %s to the %s", in.Money(p.Cents), nth(p.From), nth(p.Upto)))
	}
	s := ", all of it from signing on"
	switch {
	case all:
		s = ", all of which opens" + strings.TrimPrefix(parts[0], in.Money(c.Opens[0].Cents))
	case len(parts) > 0:
		s = " in all; this opens as follows: " + enumerate(parts)
	}
	if len(c.ReducedBy) > 0 {
		s += fmt.Sprintf(". What is paid in under %s after the signing lowers the limit", enumerate(c.ReducedBy))
	}
	return s
}

func (o *Opening) says(in *Setting, h *Head) string {
	least := ""
	if o.AtLeast != nil {
		least = commas(unit.WriteNumber(*o.AtLeast))
	}
	s := in.Money(o.Cents)
	switch {
	case o.PowerGW != nil:
		s += fmt.Sprintf(" once delivered power reaches %s GW", gigawatts(*o.PowerGW))
	case o.At != calendar.Date{}:
		s += " on " + o.At.String()
	case o.SpendCents != nil:
		s += " once spend reaches " + in.Money(*o.SpendCents)
	case o.Units != nil:
		s += fmt.Sprintf(" once %s units have been taken in all", commas(unit.WriteNumber(*o.Units)))
	case o.Event != "":
		s += " upon " + h.eventName(o.Event)
	case o.Index != "":
		s += fmt.Sprintf(" once the index %s reaches %s", o.Index, least)
	case o.Paid != "" && least == "":
		s += " once money has come in under " + o.Paid
	case o.Paid != "":
		s += fmt.Sprintf(" once %s has come in under %s", in.Money(*o.AtLeast*unit.MinorPerMajor), o.Paid)
	default:
		s += " at signing"
	}
	if !o.By.IsZero() {
		s += fmt.Sprintf(" (by %s, else not at all)", o.By)
	}
	return s
}

// securitySays is what the lender gets.
func (c *Facility) securitySays(in *Setting) string {
	lender, borrower := in.Name(c.head.From), in.Name(c.head.To)
	worth := ""
	if c.Worth != 1 {
		worth = fmt.Sprintf(", worth %s of what is drawn", unit.FormatRate(c.Worth))
	}
	against := func(kind string) string {
		switch {
		case isShares(kind):
			return fmt.Sprintf("%s issues %s shares for each draw, %s", borrower, class(kind, c.Voting), c.Shares.says(in))
		case c.Into != "":
			return "each draw is owed under the note " + c.Into
		case kind == "loan":
			return "each draw is a loan" + worth
		}
		return fmt.Sprintf("%s gives a %s for each draw%s", borrower, kind, worth)
	}
	s := capital(against(c.Security))
	if c.Then != nil {
		s += fmt.Sprintf("; from %s on, %s", c.head.eventName(c.Then.On), against(c.Then.Kind))
	}
	s += "."
	if c.Cap > 0 {
		s += fmt.Sprintf(" A draw for shares is cut where %s would hold more than %s of %s.", lender, unit.FormatRate(c.Cap), borrower)
	}
	return s
}

// termsSay is how draws are made and what is paid for not making them.
func (c *Facility) termsSay(in *Setting) string {
	s := ""
	if c.Notice != (calendar.Span{}) {
		s += fmt.Sprintf(" A draw is paid no earlier than %s after the call for it.", c.Notice.Words())
	}
	if c.LeastCents > 0 {
		s += fmt.Sprintf(" A draw is at least %s, or all that is open.", in.Money(c.LeastCents))
	}
	if c.Use == "invoices" {
		s += fmt.Sprintf(" The money may be used for invoices of %s alone.", in.Name(in.Supplier))
	}
	if c.FeeRate > 0 {
		of := "of the limit"
		if c.FeeOn == "open" {
			of = "of what has opened"
		}
		s += fmt.Sprintf(" On what is undrawn %s %s pays a fee of %s a year.", of, in.Name(c.head.To), unit.FormatRate(c.FeeRate))
	}
	return s
}
