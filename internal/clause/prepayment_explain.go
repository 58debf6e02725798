// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"
	"strings"

	"offtake/internal/unit"
)

// Explain says the clause in English.
func (c *Prepayment) Explain(in *Setting) string {
	amount := in.Amount(c.Amount)
	if c.Share > 0 {
		amount = fmt.Sprintf("%sthe total of %s", part(c.Share), c.Of)
	}
	s := []string{fmt.Sprintf("%s shall pay %s %s in advance, %s.", in.Name(c.head.From), in.Name(c.head.To), amount, c.explainTimes())}
	s = append(s, c.explainCredit(in))
	if c.Interest > 0 {
		s = append(s, fmt.Sprintf("What is left of it bears interest of %s a year, which is credited likewise.", unit.FormatRate(c.Interest)))
	}
	return strings.Join(append(s, c.explainRefund(in)), " ") + c.head.binding()
}

func (c *Prepayment) explainTimes() string {
	if c.Lead != nil {
		return fmt.Sprintf("a part for each generation of chips, in proportion to its power, %s before the generation runs", c.Lead.Words())
	}
	if len(c.Payments) == 0 {
		return "at signing"
	}
	parts := make([]string, len(c.Payments))
	rest := 1.0
	for i, x := range c.Payments {
		rest -= x.Part
		when := "at signing"
		if !x.At.IsZero() {
			when = "on " + x.At.String()
		}
		parts[i] = when
		if x.Part < 1 {
			parts[i] = unit.FormatRate(x.Part) + " of it " + when
		}
	}
	if rest > restMost {
		parts = append(parts, "the rest at signing")
	}
	return enumerate(parts)
}

func (c *Prepayment) explainCredit(in *Setting) string {
	x, from := c.Credited, ""
	switch {
	case x.From.Passes && c.Lead != nil:
		from = ", from " + x.From.After.Words() + " after the delivery that it is for"
	case x.From.said():
		from = ", from " + x.From.explain("its payment")
	}
	switch x.How {
	case "equal":
		over := "the rest of the term"
		if x.Over.Months > 0 {
			over = x.Over.Words()
		}
		return fmt.Sprintf("What is paid is credited against invoices in equal parts over %s%s.", over, from)
	case "last":
		return fmt.Sprintf("What is paid is credited against the invoices of the last %s of the term%s.", x.Over.Words(), from)
	}
	return fmt.Sprintf("What is paid is credited against invoices as far as it goes%s.", from)
}

func (c *Prepayment) explainRefund(in *Setting) string {
	buyer, supplier := in.Name(c.head.From), in.Name(c.head.To)
	var parts []string
	for _, x := range []struct {
		share float64
		when  string
	}{
		{c.Refund.End, "at the end of the term"}, {c.Refund.Leave, fmt.Sprintf("when %s leaves", buyer)},
		{c.Refund.Dismiss, fmt.Sprintf("when %s ends the agreement", supplier)}, {c.Refund.Fail, fmt.Sprintf("from the estate when %s fails", supplier)},
	} {
		if x.share > 0 {
			parts = append(parts, unit.FormatRate(x.share)+" is refunded "+x.when)
		}
	}
	if len(parts) == 0 {
		return "Nothing of it is refunded."
	}
	return fmt.Sprintf("Of what is then left, %s.", inWords(parts))
}
