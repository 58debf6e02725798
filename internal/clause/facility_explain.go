// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/unit"
)

// Explain says the clause in English.
func (c *Facility) Explain(in *Setting) string {
	who, choice := in.Name(c.head.To)+" may draw from "+in.Name(c.head.From), ", at its choice, "
	switch c.DrawnBy {
	case "lender":
		who, choice = in.Name(c.head.From)+" may put into "+in.Name(c.head.To), ", at its choice, "
	case "either":
		choice = ", at the choice of either, "
	}
	s := fmt.Sprintf("%s%s%s%s. %s%s", who, choice, in.Amount(c.Limit), c.opensSay(in), c.securitySays(in), c.termsSay(in))
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
	if p := c.PerGW; p != nil {
		parts = append(parts, fmt.Sprintf("%s with each whole GW of delivered power from number %d to number %d", in.Money(p.Cents), p.From, p.Upto))
	}
	s := ", all of it from signing on"
	if len(parts) > 0 {
		s = " in all; this opens as follows: " + enumerate(parts)
	}
	if len(c.ReducedBy) > 0 {
		s += fmt.Sprintf(". What is later paid in under %s lowers the limit", enumerate(c.ReducedBy))
	}
	return s
}

func (o *Opening) says(in *Setting, h *Head) string {
	least := ""
	if o.AtLeast != nil {
		least = unit.FormatNumber(*o.AtLeast)
	}
	s := in.Money(o.Cents)
	switch {
	case o.PowerGW != nil:
		s += fmt.Sprintf(" once delivered power reaches %s GW", unit.WriteNumber(*o.PowerGW))
	case o.At != calendar.Date{}:
		s += " on " + o.At.String()
	case o.SpendCents != nil:
		s += " once spend reaches " + in.Money(*o.SpendCents)
	case o.Units != nil:
		s += fmt.Sprintf(" once %s units have been taken", unit.FormatNumber(*o.Units))
	case o.Event != "":
		s += " upon " + h.eventName(o.Event)
	case o.Index != "":
		s += fmt.Sprintf(" once %s reaches %s", o.Index, least)
	case o.Paid != "" && least == "":
		s += " once money has come in under " + o.Paid
	case o.Paid != "":
		s += fmt.Sprintf(" once %s%s has come in under %s", in.Currency.Symbol, least, o.Paid)
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
	name := func(kind string) string {
		switch {
		case isShares(kind):
			return class(kind, c.Voting) + " shares " + c.Shares.says(in)
		case c.Into != "":
			return "the note " + c.Into
		case c.Worth != 1:
			return fmt.Sprintf("a %s, worth %s of what is drawn", kind, unit.FormatRate(c.Worth))
		}
		return "a " + kind
	}
	s := "Each draw is against " + name(c.Security)
	if c.Then != nil {
		s += fmt.Sprintf(", and from %s on against %s", c.head.eventName(c.Then.On), name(c.Then.Kind))
	}
	s += "."
	if c.Cap > 0 {
		s += fmt.Sprintf(" With such shares %s shall hold no more than %s of %s.", in.Name(c.head.From), unit.FormatRate(c.Cap), in.Name(c.head.To))
	}
	return s
}

// termsSay is how draws are made and what is paid for not making them.
func (c *Facility) termsSay(in *Setting) string {
	s := ""
	if c.Notice != (calendar.Span{}) {
		s += fmt.Sprintf(" A draw is called for %s before.", c.Notice.Words())
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
