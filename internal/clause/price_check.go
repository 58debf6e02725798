// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/field"
)

// Check reports prices stated twice, tiers out of order, and what moves a
// price that does not move so.
func (c *Price) Check(in *Setting, r field.Report) {
	c.head.between(in.Supplier, in.Buyer, in, r)
	c.head.checkForce(in, r)
	c.checkOthers(in, r)
	if c.Fixed != nil && c.Discount != 0 {
		r.Fault("PRICE-TWICE", "discount", "keep either fixed or discount", "the price is both fixed and a discount off list")
	}
	if len(c.Tiers) > 0 && (c.Fixed != nil || c.Discount != 0) {
		r.Fault("PRICE-TWICE", "tiers", "keep the tiers, or a single discount or fixed price", "the price has tiers and something else too")
	}
	if c.Retroactive && len(c.Tiers) == 0 {
		r.Fault("TIER-MISSING", "retroactive", "add tiers, or leave this out", "there are no tiers to apply from the first unit")
	}
	for i := 1; i < len(c.Tiers); i++ {
		if c.Tiers[i].FromCents <= c.Tiers[i-1].FromCents {
			r.Fault("TIER-ORDER", fmt.Sprintf("tiers[%d].from", i), "list tiers from the lowest spend to the highest", "this tier does not start above the one before it")
		}
	}
	c.checkIntro(in, r)
	c.checkMoving(in, r)
	checkNet(c.NetMonths, in, r)
}

// checkNet reports payment terms that are not whole steps of the grid.
func checkNet(months int, in *Setting, r field.Report) {
	if months%in.Grid.MonthsPerStep() != 0 {
		r.Fault("NET-STEP", "net", fmt.Sprintf("use a multiple of %d months, or step: month", in.Grid.MonthsPerStep()),
			"payment after %d months falls inside a step of the grid", months)
	}
}

// checkOthers reports other prices of the same days and on other terms, and
// warns of days that have none.
func (c *Price) checkOthers(in *Setting, r field.Report) {
	from, to := c.head.steps(in.Grid)
	first, next, earlier := true, in.Grid.Term(), true
	for _, x := range in.Clauses {
		p, ok := x.(*Price)
		if !ok {
			continue
		}
		if p.head.ID == c.head.ID {
			earlier = false
			continue
		}
		otherFrom, otherTo := p.head.steps(in.Grid)
		switch {
		case otherFrom < to && from < otherTo:
			if earlier {
				r.Fault("PRICE-SECOND", "since", "keep one of them, or give them since and until that follow each other", "another clause, %s, states the price of the same days already", p.head.ID)
			}
			first, next = false, to
		case otherFrom >= to:
			next = min(next, otherFrom)
		default:
			first = false
		}
		if earlier && p.NetMonths != c.NetMonths {
			r.Fault("PRICE-NET", "net", fmt.Sprintf("write net: %d", p.NetMonths), "the price %s is due after %s, and all prices of a deal are due alike", p.head.ID, plural(p.NetMonths, "month"))
		}
	}
	c.checkGaps(first, next, in, r)
}

// checkGaps warns of days without a stated price: before this one, if it is
// the first, and between it and the step in which the next begins.
func (c *Price) checkGaps(first bool, next int, in *Setting, r field.Report) {
	from, to := c.head.steps(in.Grid)
	if from >= to || from >= in.Grid.Term() {
		return // never in force: that is a fault of its own
	}
	if first && from > 0 {
		r.Warn("PRICE-GAP", "since", "leave it as it is if that is agreed, or start earlier", "until %s no clause states the price, and the list price of the day applies", in.Grid.StepStart(from))
	}
	if to < next {
		r.Warn("PRICE-GAP", "until", "leave it as it is if that is agreed, or state what applies afterwards", "from %s to %s no clause states the price, and the list price of the day applies",
			in.Grid.StepStart(to), in.Grid.StepStart(next))
	}
}

func (c *Price) checkIntro(in *Setting, r field.Report) {
	before := c.starts(in.Grid)
	for i, x := range c.Intro {
		at := fmt.Sprintf("intro[%d]", i)
		if (x.Discount == nil) == (x.Fixed == nil) {
			r.Fault("INTRO-PRICE", at, "write discount or fixed, one of them", "an introductory price is either a discount off list or fixed")
		}
		if !x.Until.After(before) {
			r.Fault("INTRO-ORDER", at+".until", "list introductory prices in the order of their ends, each after the first day of the price",
				"this introductory price ends on %s, and would begin on %s", x.Until, before)
		}
		if x.Until.After(before) {
			before = x.Until
		}
		if x.Until.After(in.Grid.End()) {
			r.Fault("DATE-OUTSIDE-TERM", at+".until", "the term ends on "+in.Grid.End().String(), "%s lies outside the term", x.Until)
		}
	}
}

// checkMoving reports what would move a price that does not move so.
func (c *Price) checkMoving(in *Setting, r field.Report) {
	c.Indexed.check("indexed", in, r)
	if c.Indexed != nil && c.Fixed == nil {
		r.Fault("INDEXED-NOT-FIXED", "indexed", "give the price as fixed, or leave this out", "only a fixed price moves with an index; this one moves with list")
	}
	if c.Rebase != nil {
		c.checkRebase(r)
	}
	if c.Review != nil {
		c.checkReview(in, r)
	}
}

func (c *Price) checkRebase(r field.Report) {
	switch {
	case len(c.Tiers) > 0:
		r.Fault("REBASE-NOTHING", "rebase", "leave this out, or state a fixed price or one discount", "tiers are discounts off the list price of the day, whatever it falls to")
	case c.Fixed == nil && c.Rebase.Keep == "discount":
		r.Fault("REBASE-NOTHING", "rebase.keep", "write keep: price, or leave this out", "a discount off the list price of the day is kept anyway when list is cut")
	case c.Fixed != nil && c.Rebase.Keep == "price":
		r.Fault("REBASE-NOTHING", "rebase.keep", "write keep: discount, or leave this out", "a fixed price is kept anyway when list is cut")
	}
}

func (c *Price) checkReview(in *Setting, r field.Report) {
	x := c.Review
	if len(c.Tiers) > 0 {
		r.Fault("REVIEW-TIERS", "review", "state a fixed price or one discount", "a review sets one price, and this one has tiers")
	}
	checkCollar(x.Floor, x.Cap, "review", r)
	if x.To != "index" && x.Index != "" {
		r.Fault("REVIEW-INDEX", "review.index", "write to: index, or leave this out", "the price is reviewed to the %s price, which needs no index", x.To)
	} else if x.To == "index" && x.Index == "" {
		r.Fault("REVIEW-INDEX", "review", "add index: and the name of an index of the world", "the index that the price is reviewed to is not named")
	}
	in.knowsIndex(x.Index, "review.index", r)
	if x.Every.Months < 0 || x.Every.Days < 0 || x.Every == (calendar.Span{}) {
		r.Fault("REVIEW-NEVER", "review.every", "write a length of time, such as 1y", "the time between reviews is none")
		return
	}
	_, to := c.head.steps(in.Grid)
	to = min(to, in.Grid.Term())
	for _, falls := range c.reviews(in.Grid)[:to] {
		if falls {
			return
		}
	}
	r.Warn("REVIEW-NEVER", "review.every", "shorten it", "the first review would fall after the last day of the price")
}
