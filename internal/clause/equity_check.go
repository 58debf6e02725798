// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/field"
)

// Check reports a cheque larger than its round, a price stated in two ways,
// dates outside the deal's life, and rounds and rankings that cannot be.
func (c *Equity) Check(in *Setting, r field.Report) {
	c.head.parties(in, r)
	c.head.checkForce(in, r)
	if c.head.To != "" && c.head.To != in.Buyer {
		r.Fault("PARTY-ROLE", "to", "write "+in.Buyer, "%s is not the company whose shares this deal values", in.Name(c.head.To))
	}
	if c.Round.Value != 0 && c.Round.Value < c.Amount.Value {
		r.Fault("ROUND-TOO-SMALL", "round", "the round includes this cheque: raise it, or lower the amount",
			"the round of %s is smaller than the cheque of %s", in.Amount(c.Round), in.Amount(c.Amount))
	}
	if c.PaidIn == "credits" && c.head.From != "" && c.head.From != in.Supplier {
		r.Fault("CREDITS-NOT-SUPPLIER", "paid_in", "only "+in.Name(in.Supplier)+" can pay in credits for its compute", "%s does not supply the compute", in.Name(c.head.From))
	}
	checkDays(c.At, in, r)
	c.checkPrice(in, r)
	c.checkPreference(in, r)
}

// checkPrice reports a price stated twice, and a round led by nobody.
func (c *Equity) checkPrice(in *Setting, r field.Report) {
	twice := func(path string) {
		r.Fault("SHARE-PRICE-TWICE", path, "keep one of pre_money, price_per_share and within", "the price of the shares is stated in two ways")
	}
	if c.PerShare != nil && c.PreMoney.Value > 0 {
		twice("price_per_share")
	}
	if c.Within == "" {
		return
	}
	if c.PerShare != nil || c.PreMoney.Value > 0 {
		twice("within")
	}
	if c.Round.Value != 0 {
		r.Fault("ROUND-LEAD", "round", "write it in "+c.Within, "the round's money is stated in the clause that leads it")
	}
	switch lead, is := in.Find(c.Within).(*Equity); {
	case c.Within == c.head.ID:
		r.Fault("REF-CIRCLE", "within", "name another clause", "the clause takes part in its own round")
	case in.Find(c.Within) != nil && !is:
		r.Fault("REF-KIND", "within", "name an equity clause", "%s is no equity clause", c.Within)
	case is && lead.Within != "":
		r.Fault("ROUND-LEAD", "within", "write "+lead.Within, "%s takes part in the round that %s leads", c.Within, lead.Within)
	}
}

// checkPreference reports rankings that go in a circle or name another kind.
func (c *Equity) checkPreference(in *Setting, r field.Report) {
	if c.Preference == nil {
		return
	}
	in.knowsEvent(c.Preference.Until, "preference.until", r)
	for _, id := range c.Preference.SeniorTo {
		if x := in.Find(id); x != nil && x.Kind() != "equity" {
			r.Fault("REF-KIND", "preference.senior_to", "name equity clauses", "%s is no equity clause", id)
		}
	}
	if below(in, c.head.ID, map[string]bool{})[c.head.ID] {
		r.Fault("REF-CIRCLE", "preference.senior_to", "leave one of them out", "the ranking comes back to %s", c.head.ID)
	}
}

// below are the clauses whose preferences come after that of id, directly or
// by way of others.
func below(in *Setting, id string, seen map[string]bool) map[string]bool {
	if c, ok := in.Find(id).(*Equity); ok && c.Preference != nil {
		for _, next := range c.Preference.SeniorTo {
			if !seen[next] {
				seen[next] = true
				below(in, next, seen)
			}
		}
	}
	return seen
}

// Rank is how many steps of seniority the clause's preference is above the
// lowest, among the clauses of the setting; of a deal that was checked.
func (c *Equity) Rank(in *Setting) int {
	rank := 0
	if c.Preference != nil {
		for _, id := range c.Preference.SeniorTo {
			if other, ok := in.Find(id).(*Equity); ok && other.Preference != nil {
				rank = max(rank, 1+other.Rank(in))
			}
		}
	}
	return rank
}

// checkDate reports a date outside the term; the zero date is the signing.
func checkDate(d calendar.Date, in *Setting, r field.Report) { checkDateAt(d, "at", in, r) }

// checkDateAt is checkDate for a date at a path.
func checkDateAt(d calendar.Date, at string, in *Setting, r field.Report) {
	if d == (calendar.Date{}) {
		return
	}
	if d.Before(in.Grid.Start()) || !d.Before(in.Grid.End()) {
		r.Fault("DATE-OUTSIDE-TERM", at, fmt.Sprintf("the term runs from %s to %s; write signing for the day of signing; there are no steps between it and the start", in.Grid.Start(), in.Grid.End()),
			"%s lies outside the term", d)
	}
}
