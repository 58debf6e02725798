// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// Check reports openings above the limit, power that is never delivered, and
// notes and clauses that do not fit.
func (c *Facility) Check(in *Setting, r field.Report) {
	c.head.parties(in, r)
	c.head.checkForce(in, r)
	if c.head.To != "" && c.head.To != in.Buyer {
		r.Fault("PARTY-ROLE", "to", "write "+in.Buyer, "%s is not the company that this deal finances", in.Name(c.head.To))
	}
	for i := range c.Opens {
		c.Opens[i].check(fmt.Sprintf("opens[%d]", i), c.head.ID, in, r)
	}
	c.checkLimit(in, r)
	c.checkSecurity(in, r)
	c.checkReductions(in, r)
	if c.After.Days != 0 {
		r.Fault("SPAN-MONTHS", "expires.after", "write it in months or years", "%s is not a whole number of months", c.After)
	} else if c.After.Months%in.Grid.MonthsPerStep() != 0 {
		r.Fault("SPAN-MONTHS", "expires.after", "use whole steps of the grid", "%s is not a whole number of steps", c.After)
	}
}

// checkLimit compares the parts with the limit.
func (c *Facility) checkLimit(in *Setting, r field.Report) {
	sum := 0.0
	for _, o := range c.Opens {
		sum += o.Cents
	}
	if p := c.PerGW; p != nil {
		if p.Upto < p.From {
			r.Fault("PER-GW-ORDER", "per_gw.upto", "raise it, or lower from", "no gigawatt lies between number %d and number %d", p.From, p.Upto)
			return
		}
		sum += float64(p.Cents * float64(p.Upto-p.From+1))
		checkPower("per_gw.from", float64(p.From), in, r)
	}
	at := "opens"
	if len(c.Opens) == 0 {
		at = "per_gw"
	}
	if sum > c.Limit.Value {
		r.Fault("OPENS-OVER-LIMIT", at, "lower the parts, or raise the limit", "the parts add up to %s, more than the limit of %s", in.Money(sum), in.Amount(c.Limit))
	}
	if sum > 0 && sum < c.Limit.Value {
		r.Warn("OPENS-BELOW-LIMIT", at, "raise the parts, or lower the limit", "the parts add up to %s; the rest of the limit of %s never opens", in.Money(sum), in.Amount(c.Limit))
	}
}

// check reports a part that opens in two ways, or can never open.
func (o *Opening) check(at, id string, in *Setting, r field.Report) {
	if ways := o.ways(); len(ways) > 1 {
		r.Fault("OPENS-TWICE", at+"."+ways[1], "keep one of them, or write two parts", "this part is opened both by %s and by %s", ways[0], ways[1])
	}
	if o.PowerGW != nil {
		checkPower(at+".gw", *o.PowerGW, in, r)
	}
	in.knowsEvent(o.Event, at+".event", r)
	in.knowsIndex(o.Index, at+".index", r)
	switch {
	case o.Index != "" && o.AtLeast == nil:
		r.Fault("OPENS-LEVEL", at+".index", "add at_least", "at what %s this part opens is not said", o.Index)
	case o.AtLeast != nil && o.Index == "" && o.Paid == "":
		r.Fault("OPENS-LEVEL", at+".at_least", "add index or paid, or leave it out", "of what there must be at least %s is not said", unit.WriteNumber(*o.AtLeast))
	}
	if x := in.Find(o.Paid); x != nil && x.Kind() != "equity" && x.Kind() != "facility" && x.Kind() != "note" || o.Paid != "" && o.Paid == id {
		r.Fault("REF-KIND", at+".paid", "name another equity, note or facility clause", "no money can come in before this under %s", o.Paid)
	}
	if o.By.IsZero() {
		return
	}
	if o.opensByDate() {
		r.Fault("OPENS-BY", at+".by", "leave it out", "this part opens on its own date")
	} else if o.By.Before(in.Grid.Valuation()) {
		r.Fault("DATE-OUTSIDE-TERM", at+".by", "write a later day", "%s is before the signing on %s", o.By, in.Grid.Valuation())
	}
}

func checkPower(path string, powerGW float64, in *Setting, r field.Report) {
	promised, any, come := 0.0, false, "the capacity clauses promise"
	for _, x := range in.Clauses {
		for _, g := range Generations(x) {
			promised += g.PowerGW
		}
		any = any || x.Kind() == "capacity"
		if x.Kind() == "option" {
			come = "capacity clauses and options come to"
		}
	}
	switch {
	case any && !reaches(promised, powerGW):
		r.Fault("POWER-NEVER", path, fmt.Sprintf("%s %s GW in all", come, unit.WriteNumber(promised)), "%s GW is never delivered", unit.WriteNumber(powerGW))
	case !any && len(in.Off) == 0:
		r.Fault("POWER-NEVER", path, "add a capacity clause, or open by date", "no clause delivers power")
	}
}

// reaches tells whether a sum of power comes to what was asked for, but for
// the rounding of decimals: 0.7 GW and 0.1 GW are 0.8 GW.
func reaches(sumGW, powerGW float64) bool { return sumGW >= powerGW*(1-1e-12) }

// checkSecurity reports a note that is another's, and terms of shares where
// there are none.
func (c *Facility) checkSecurity(in *Setting, r field.Report) {
	if c.Then != nil {
		in.knowsEvent(c.Then.On, "then.on", r)
		if c.Then.Kind == c.Security {
			r.Fault("SECURITY-SAME", "then.security", "name another, or leave then out", "the security is a %s before the event as well", c.Security)
		}
	}
	if !c.sellsShares() {
		for _, x := range []struct {
			at string
			is bool
		}{{"shares_at", c.Shares != SharePrice{}}, {"cap", c.Cap > 0}} {
			if x.is {
				r.Fault("SHARES-NONE", x.at, "write security: preferred or common, here or under then, or leave this out", "no draw is against shares")
			}
		}
	}
	if c.Into == "" {
		return
	}
	note, is := in.Find(c.Into).(*Note)
	switch {
	case in.Find(c.Into) != nil && !is:
		r.Fault("REF-KIND", "into", "name a note clause", "%s is no note", c.Into)
	case is && (note.head.From != c.head.From || note.head.To != c.head.To):
		r.Fault("NOTE-PARTIES", "into", "name a note between the same two", "%s is between %s and %s", c.Into, in.Name(note.head.From), in.Name(note.head.To))
	case !c.lends():
		r.Fault("NOTE-NONE", "into", "write security: convertible note, or leave this out", "no draw is against a note")
	}
}

// checkReductions reports clauses whose money does not come from the lender.
func (c *Facility) checkReductions(in *Setting, r field.Report) {
	for i, id := range c.ReducedBy {
		at := "reduced_by"
		if len(c.ReducedBy) > 1 {
			at = fmt.Sprintf("reduced_by[%d]", i)
		}
		x := in.Find(id)
		switch {
		case id == c.head.ID || x != nil && x.Kind() != "equity" && x.Kind() != "note":
			r.Fault("REF-KIND", at, "name an equity or note clause", "nothing is paid in under %s that could lower this limit", id)
		case x != nil && x.Head().From != c.head.From:
			r.Fault("REDUCED-BY-OTHER", at, "name a clause of "+in.Name(c.head.From), "under %s it is %s who pays", id, in.Name(x.Head().From))
		}
	}
	if months := c.Notice.Months; months < 0 || c.Notice != (calendar.Span{}) && !in.Grid.Start().Add(c.Notice).Before(in.Grid.End()) {
		r.Fault("DATE-OUTSIDE-TERM", "notice", "shorten it", "a notice of %s is longer than the term", c.Notice)
	}
}
