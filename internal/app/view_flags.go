// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"slices"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/unit"
)

// switchingCosts are what keeps the lab from moving.
func (v *View) switchingCosts() Flag {
	r := v.run
	stay, least := r.floors(r.Deal.Signed)
	longest, charged := calendar.Span{}, 0.0
	for _, c := range r.Deal.Clauses {
		switch x := c.(type) {
		case *clause.Termination:
			if x.By != "supplier" {
				longest = longer(longest, x.Notice)
			}
		case *clause.Switching:
			if longest = longer(longest, x.Notice); r.Deal.Grid().End().After(freeSwitching) && !(x.FreeFrom.IsZero() || !x.FreeFrom.After(freeSwitching)) {
				charged = max(charged, x.Charge)
			}
		}
	}
	f := switchingFlag(r.moneyReading(r.floorSchedule(stay).Total()), r.moneyReading(r.floorSchedule(least).Total()), longest, charged, v.labName())
	f.Clauses = append(v.of(nil, "termination", "switching"), v.of(func(c clause.Clause) bool { return c.(*clause.Commitment).Exit != nil }, "commitment")...)
	return f
}

// switchingFlag is raised where what is owed cannot be escaped, notice is longer than the
// European Union's Data Act has it, or switching is charged for after it is banned.
func switchingFlag(stay, least Reading, notice calendar.Span, chargedCents float64, lab string) Flag {
	f := Flag{Name: "Switching costs", Threshold: fmt.Sprintf("Raised where no right to leave lowers what is owed for nothing, notice is longer than %d months (Regulation (EU) 2023/2854, article 25), or switching is charged for from %s on (article 29).", longestNoticeMo, freeSwitching),
		Answer: Answer{Question: "What does switching cost?", Assumed: "Code that is written for one chip, and data that lies in one place, are in no figure.", Figures: []Told{{"owed if it stays and takes nothing", stay}, {"owed if it leaves as soon as it may", least}, {"longest notice", stated(noticeWords(notice))}}}}
	locked := *stay.Value > 0 && *least.Value >= *stay.Value-0.01
	switch {
	case *stay.Value == 0:
		f.Says = fmt.Sprintf("%s owes nothing for what it does not take.", lab)
	case locked:
		f.Says = fmt.Sprintf("%s owes %s if it takes nothing, and no right to leave lowers that.", lab, stay.Text)
	default:
		f.Says = fmt.Sprintf("%s owes %s if it stays and takes nothing, and %s if it leaves.", lab, stay.Text, least.Text)
	}
	if tooLong(notice) {
		f.Says += fmt.Sprintf(" Notice is %s.", notice.Words())
	}
	f.State = stateOf(locked || tooLong(notice) || chargedCents > 0)
	return f
}

// longer is the longer of two lengths of time.
func longer(a, b calendar.Span) calendar.Span {
	if b.Years() > a.Years() {
		return b
	}
	return a
}

// tooLong tells whether a notice is longer than two months, which have 62 days at most.
func tooLong(notice calendar.Span) bool {
	return notice.Months > longestNoticeMo || notice.Months == longestNoticeMo && notice.Days > 0 || notice.Years() > 62.5/365
}

// noticeWords writes a notice.
func noticeWords(notice calendar.Span) string {
	if notice == (calendar.Span{}) {
		return "none stated"
	}
	return notice.Words()
}

// dependence is the lab's part of the supplier's backlog.
func (v *View) dependence() Flag {
	backlog, _ := v.books().Shares()
	return backlogFlag(backlog, v.labName(), v.cloudName())
}

// backlogFlag is raised from a tenth of the supplier's backlog on.
func backlogFlag(share *float64, lab, cloud string) Flag {
	f := Flag{Name: "Supplier's dependence", State: unknown, Threshold: fmt.Sprintf("Raised from %s of the supplier's remaining obligations on (as ASC 280-10-50-42 has a major customer, of revenue).", unit.FormatRate(majorCustomer)),
		Answer: Answer{Question: "How far does the supplier depend on the lab?", Rests: []string{"accounting"}, Figures: []Told{{"of the supplier's remaining obligations", none("needs accounting.supplier_backlog")}}}}
	f.Says = fmt.Sprintf("It would take the backlog of %s (accounting.supplier_backlog) to tell.", cloud)
	if share != nil {
		f.Figures[0].Reading = Reading{Unit: "rate", Value: share, Text: unit.FormatRate(*share)}
		f.Says = fmt.Sprintf("This deal is %s of the remaining obligations of %s.", unit.FormatRate(*share), cloud)
		f.State = stateOf(*share >= majorCustomer)
	}
	return f
}

// cheaperInputs is whether the lab has compute below the market's price.
func (v *View) cheaperInputs() Flag {
	f := priceFlag(v.run.priceOverMarket(), v.labName())
	f.Clauses = v.of(nil, "price", "grant", "warrant")
	f.Figures = append(f.Figures, v.figure("net gift by other clauses / spend", "effective_discount", "", noGifts))
	return f
}

// priceFlag is raised where the price is below the market's by more than its error.
func priceFlag(per Reading, lab string) Flag {
	f := Flag{Name: "Discounted inputs", Threshold: "Raised where the effective price is below the market price of the same units by more than its error.", State: unknown,
		Answer: Answer{Question: "Does the lab get compute that rivals cannot get at the price?", Rests: []string{"world.list_price", "world.market_price"}, Assumed: "The market price is what the file's world says it is, for all alike.", Figures: []Told{{"price / market price", per}}}}
	f.Says = "Nothing is taken, so that there is no price."
	if per.Value != nil {
		f.Says = fmt.Sprintf("%s pays %s times the market price.", lab, per.Text)
		f.State = stateOf(beyond(per, 1) < 0)
	}
	return f
}

// earnings are rights to what the lab earns, or to sell what it makes.
func (v *View) earnings() Flag {
	shares := v.of(func(c clause.Clause) bool { return c.Head().To == v.run.Deal.Supplier() }, "revenue_share")
	sale := v.rightsOf("exclusive_resale", "first_shipment")
	ids := slices.Concat(shares, sale)
	f := Flag{Name: "Revenue and resale", State: stateOf(len(ids) > 0), Threshold: "Raised by a share of what the lab earns, or a right to sell what it makes alone or first.", Answer: Answer{Question: "Does the supplier earn on what the lab sells?", Clauses: ids,
		Says: "No clause gives it a part of what the lab earns, or a right to sell it alone or first.", Figures: []Told{{"clauses", stated(fmt.Sprint(len(ids)))}}}}
	if len(ids) > 0 {
		f.Says = fmt.Sprintf("%s earns by, or comes first in, what the lab sells: %s.", v.cloudName(), enumerate(ids))
	}
	return f
}

// doubleRole is the supplier as lender or landlord of its customer.
func (v *View) doubleRole() Flag {
	d := v.run.Deal
	lends := v.of(func(c clause.Clause) bool { return c.Head().From == d.Supplier() && c.Head().To == d.Buyer() }, "loan", "facility", "note", "lease")
	f := Flag{Name: "Supplier and lender", State: stateOf(len(lends) > 0), Threshold: "Raised where the supplier also lends or lets to its customer.", Answer: Answer{Question: "Is the supplier a lender or landlord too?", Clauses: lends,
		Says: "It neither lends nor lets to its customer.", Figures: []Told{{"clauses", stated(fmt.Sprint(len(lends)))}}}}
	if len(lends) > 0 {
		f.Says = fmt.Sprintf("%s sells to %s and lends or lets to it, under %s.", v.cloudName(), v.labName(), enumerate(lends))
	}
	return f
}
