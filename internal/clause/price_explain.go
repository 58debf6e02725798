// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"
	"strings"

	"offtake/internal/unit"
)

// Explain says the clause in English.
func (c *Price) Explain(in *Setting) string {
	due := ", " + in.dueSentence(c.NetMonths)
	if c.free() {
		due = ""
	}
	s := fmt.Sprintf("%s shall charge %s %s%s.", in.Name(c.head.From), in.Name(c.head.To), c.level(in), due)
	for i, x := range c.Intro {
		then := " Until "
		if i > 0 {
			then = " Then until "
		}
		s += then + x.Until.String() + " it shall charge " + x.level(in) + " instead."
	}
	return s + c.explainReview() + c.explainRebase() + c.explainFavoured() + c.head.binding()
}

// level is the price after the introductory ones.
func (c *Price) level(in *Setting) string {
	switch {
	case c.Fixed != nil && c.moves():
		return fmt.Sprintf("a price of %s per unit%s", in.each(*c.Fixed), c.Indexed.explain())
	case c.Fixed != nil && *c.Fixed == 0:
		return "nothing" + c.throughout() + " for what it takes"
	case c.Fixed != nil:
		return fmt.Sprintf("a fixed price of %s per unit%s", in.each(*c.Fixed), c.throughout())
	case len(c.Tiers) > 0:
		parts := make([]string, len(c.Tiers))
		for i, t := range c.Tiers {
			parts[i] = fmt.Sprintf("%s from %s", unit.FormatRate(t.Discount), in.Money(t.FromCents))
		}
		scope := "on the part of the spend above each level"
		if c.Retroactive {
			scope = "on the whole year's spend once the level is reached"
		}
		return fmt.Sprintf("its list price of the day less a discount by the contract year's spend at list: %s, %s", enumerate(parts), scope)
	}
	return offList(c.Discount)
}

// moves tells whether a fixed price is not one price throughout.
func (c *Price) moves() bool {
	return c.Indexed != nil || c.Review != nil || c.Rebase != nil || c.Favoured != nil
}

func (x *Intro) level(in *Setting) string {
	if x.Fixed != nil {
		return in.each(*x.Fixed) + " per unit"
	}
	if x.Discount != nil {
		return offList(*x.Discount)
	}
	return "its list price of the day"
}

// throughout tells that a fixed price holds for the whole term.
func (c *Price) throughout() string {
	if len(c.Intro) > 0 || !c.head.Since.IsZero() || !c.head.Until.IsZero() {
		return ""
	}
	return " throughout the term"
}

// free tells whether nothing is ever charged for what is taken.
func (c *Price) free() bool {
	return c.Fixed != nil && *c.Fixed == 0 && !c.moves() && len(c.Intro) == 0
}

// offList says a discount off list, or a mark-up on it.
func offList(discount float64) string {
	switch {
	case discount == 0:
		return "its list price of the day"
	case discount < 0:
		return fmt.Sprintf("its list price of the day plus %s", unit.FormatRate(-discount))
	}
	return fmt.Sprintf("its list price of the day less %s", unit.FormatRate(discount))
}

func (c *Price) explainReview() string {
	x := c.Review
	if x == nil {
		return ""
	}
	to := "the " + x.To + " price of the day"
	if x.To == "index" {
		to = "what the index " + x.Index + " stands at"
	}
	if x.Share != 1 {
		to = unit.FormatRate(x.Share) + " of " + to
	}
	s := fmt.Sprintf(" Every %s the price is set anew to %s%s", strings.TrimPrefix(x.Every.Words(), "1 "), to, collar(x.Floor, x.Cap, func(share float64) string {
		return unit.FormatRate(share) + " of the price before"
	}))
	switch x.Ratchet {
	case "up":
		s += ", and never lower than it was"
	case "down":
		s += ", and never higher than it was"
	}
	return s + "."
}

func (c *Price) explainRebase() string {
	switch {
	case c.Rebase == nil:
		return ""
	case c.Rebase.Keep == "price":
		return " Where the list price is cut the discount shrinks, so that the price stays as it was, up to the list price."
	}
	return " Where the list price is cut the price falls in proportion, and does not rise with list again."
}

func (c *Price) explainFavoured() string {
	x := c.Favoured
	if x == nil {
		return ""
	}
	ceiling := "the " + x.Against + " price of the day"
	switch {
	case x.Within > 0:
		ceiling += " plus " + unit.FormatRate(x.Within)
	case x.Within < 0:
		ceiling += " less " + unit.FormatRate(-x.Within)
	}
	if x.Refund == "year_end" {
		return fmt.Sprintf(" What is charged above %s is refunded at the end of the contract year.", ceiling)
	}
	return fmt.Sprintf(" It shall never charge more than %s.", ceiling)
}

func (in *Setting) dueSentence(months int) string {
	if months == 0 {
		return fmt.Sprintf("payable at the end of the %s of use", in.Grid.Step())
	}
	return fmt.Sprintf("payable %s after the end of the %s of use", plural(months, "month"), in.Grid.Step())
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
