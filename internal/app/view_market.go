// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"strings"

	"offtake/internal/clause"
	"offtake/internal/report"
	"offtake/internal/unit"
	"offtake/internal/value/estimate"
)

// competitor are the questions of another supplier of compute.
func (v *View) competitor() []Answer {
	return []Answer{v.capacityGone(), v.demandGone(), v.toBid(), v.priceToBeat()}
}

// capacityGone is what of the supplier's capacity is promised to the lab.
func (v *View) capacityGone() Answer {
	a := Answer{Question: "How much capacity is taken off the market?", Clauses: v.of(nil, "capacity", "option", "hardware"), Assumed: "Capacity counts as promised, on its dates, whether the lab takes it or not; options are not counted until they are called."}
	total := v.run.gwYears()
	a.Figures = []Told{{"promised to " + v.labName(), v.run.capacityYears()}}
	if total == 0 {
		a.Says = "No capacity is promised in gigawatts: what is taken off the market by it cannot be told from the file."
		return a
	}
	most, year := 0.0, 0
	for i := range v.years {
		if x := v.years[i].GWYears; x > most {
			most, year = x, i+1
		}
	}
	a.Says = fmt.Sprintf("%s of the capacity of %s are promised to %s alone, at the most %s in year %d.", unit.FormatNumber(total)+" GW-years", v.cloudName(), v.labName(), unit.FormatNumber(most)+" GW-years", year)
	a.Blocks = []report.Block{v.byYears("", gwColumn)}
	return a
}

// demandGone is what of the lab's need is bound to the supplier.
func (v *View) demandGone() Answer {
	a := Answer{Question: "How much of the lab's demand is bound?", Clauses: v.of(nil, "commitment", "exclusivity"), Assumed: needNote, Rests: []string{"world.need", "world.market_price"}}
	share, year := v.mostBound()
	if a.Says = fmt.Sprintf("None: %s owes nothing here for what it does not take, and no exclusivity binds it.", v.labName()); share.Mean > 0 {
		a.Says = fmt.Sprintf("Up to %s of the firm need of %s is bound to %s, first in year %d.", wholePercent(share.Mean), v.labName(), v.cloudName(), year)
	}
	a.Figures = []Told{{"most of the need that is bound in a year", shareReading(share)}, v.figure("commitment", "commitment", "", nothingPromised), v.figure("of it, cannot be escaped", "effective_commitment", "", nothingPromised)}
	a.Blocks = []report.Block{v.byYears("", v.estimated("Need", needColumn), v.cents("Owed", func(y *viewYear) float64 { return y.Floor }), v.estimated("Exclusive", func(y *viewYear) estimate.Estimate { return y.Exclusive }), shareColumn("Bound", boundColumn))}
	return a
}

// toBid is what is left, and when.
func (v *View) toBid() Answer {
	r := v.run
	a := Answer{Question: "What is left to bid for, and when?", Clauses: v.of(nil, "termination", "switching", "option"), Rests: []string{"world.need", "elsewhere"}, Assumed: needNote + " Left is what neither these terms nor the minimums with others that the file names hold."}
	opens := 0
	for i := range v.years {
		if y := &v.years[i]; opens == 0 && y.Need.Mean > 0 && y.Left.Mean >= 0.5*y.Need.Mean {
			opens = i + 1
		}
	}
	over, need := r.overTerm("need_left"), r.overTerm("need_value")
	left, share := r.centsReading(estimate.Of(over)), none(noNeed)
	if total(need) > 0 {
		share = shareReading(estimate.Ratio(over, need))
	}
	a.Says = fmt.Sprintf("Over the term %s of need, %s of all, is held by nobody; in no year is it half.", left.Text, share.Text)
	if opens > 0 {
		a.Says = fmt.Sprintf("Over the term %s of need, %s of all, is held by nobody; year %d is the first in which at least half is.", left.Text, share.Text, opens)
	}
	a.Figures = []Told{{"left over the term", left}, {"of the need", share}, {"term ends on", stated(r.Deal.Grid().End().String())}}
	a.Blocks = []report.Block{v.byYears("", v.estimated("Need", needColumn), v.estimated("Bound here", func(y *viewYear) estimate.Estimate { return y.Here }), v.cents("Elsewhere", func(y *viewYear) float64 { return y.Elsewhere }),
		v.estimated("Left", func(y *viewYear) estimate.Estimate { return y.Left }), yearColumn{title: "Exclusivity", of: func(y *viewYear) string { return orNothing(strings.ReplaceAll(y.Level, "_", " ")) }})}
	return a
}

// priceToBeat is what the lab pays here.
func (v *View) priceToBeat() Answer {
	a := v.discounts()
	a.Question = "Which price is there to beat?"
	return a
}

// customer are the questions of who buys what the lab sells.
func (v *View) customer() []Answer {
	return []Answer{v.choice(), v.homes(), v.ladder("Until when is the lab held to one supplier?"), v.priceOn()}
}

// choice is where the lab's products can be had.
func (v *View) choice() Answer {
	a := Answer{Question: "Where can it buy what the lab sells?", Assumed: "Rights of other deals, and what the lab sells itself, are not here."}
	var alone, first, kept []string
	for _, c := range v.run.Deal.Clauses {
		x, ok := c.(*clause.Right)
		if !ok || x.Head().From != v.run.Deal.Buyer() {
			continue
		}
		switch {
		case x.Alone || x.What == "exclusive_resale":
			alone = append(alone, x.Head().ID)
			kept = append(kept, x.Head().ID+whenWords(x.Head()))
		case x.What == "first_shipment" || x.What == "early_access" || x.What == "partner_status":
			first = append(first, x.Head().ID)
		}
	}
	a.Clauses = append(append(alone, first...), v.of(nil, "revenue_share")...)
	a.Says = fmt.Sprintf("No clause keeps %s from selling through anybody.", v.labName())
	switch {
	case len(alone) > 0:
		a.Says = fmt.Sprintf("Something is kept for %s alone: %s.", v.cloudName(), enumerate(kept))
	case len(first) > 0:
		a.Says = fmt.Sprintf("Nothing is kept for one seller alone; %s comes first or closer under %s.", v.cloudName(), enumerate(first))
	}
	a.Figures = []Told{{"rights of one seller alone", stated(counted(len(alone), "right"))}, {"rights to be first, or a partner", stated(counted(len(first), "right"))}}
	return a
}

// whenWords says when a clause is in force, where it says so itself.
func whenWords(h *clause.Head) string {
	switch {
	case h.Since.IsZero() && h.Until.IsZero():
		return ""
	case h.Since.IsZero():
		return " (until " + h.Until.String() + ")"
	case h.Until.IsZero():
		return " (from " + h.Since.String() + ")"
	}
	return " (" + h.Since.String() + " to " + h.Until.String() + ")"
}

// homes is how much the lab runs elsewhere.
func (v *View) homes() Answer {
	r := v.run
	a := Answer{Question: "How much does the lab run elsewhere?", Rests: []string{"world.need", "world.market_price", "policy.take", "elsewhere"}, Assumed: "What is billed here, against what the firm need would cost in the market, both means over the sampled paths; nothing is billed once the lab has failed; what the lab runs elsewhere is the rest, as its policy in the file has it."}
	billed := r.billedYears()
	a.Blocks = []report.Block{v.billedTable(billed, "Elsewhere, at least", func(y int) string { return money(r.Deal, v.years[y].Elsewhere) })}
	var with []string
	for _, x := range r.Deal.Elsewhere {
		with = append(with, x.With)
	}
	a.Says = "The world has no need, so that no share can be told."
	share := r.billedOverNeed()
	if share.known() {
		a.Says = fmt.Sprintf("What is billed here is %s of what its need would cost in the market; the file names minimums with %s.", share.Text, named(distinct(with)))
		if len(with) == 0 {
			a.Says = fmt.Sprintf("What is billed here is %s of what its need would cost in the market; the file names no minimum with others.", share.Text)
		}
	}
	a.Figures = []Told{{"billed here / need at market prices", share}}
	return a
}

// billedTable is what is billed here by year, against the need; other is a column of the terms.
func (v *View) billedTable(billed []estimate.Estimate, title string, other func(y int) string) report.Table {
	index := map[*viewYear]int{}
	for i := range v.years {
		index[&v.years[i]] = i
	}
	columns := []yearColumn{v.estimated("Need", needColumn), v.estimated("Billed here", func(y *viewYear) estimate.Estimate { return billed[index[y]] })}
	if other != nil {
		columns = append(columns, yearColumn{title: title, of: func(y *viewYear) string { return other(index[y]) }})
	}
	columns = append(columns, yearColumn{title: "Share here", of: func(y *viewYear) string {
		if y.Need.Mean <= 0 {
			return "-"
		}
		return wholePercent(billed[index[y]].Mean / y.Need.Mean)
	}})
	return v.byYears("The share is of the means.", columns...)
}

// priceOn is what the lab pays for compute, which its customers pay in the end.
func (v *View) priceOn() Answer {
	r := v.run
	a := Answer{Question: "What does the lab pay for compute, and who shares what it earns?", Clauses: v.of(nil, "price", "revenue_share"), Rests: []string{"world.list_price", "world.market_price"},
		Assumed: "How much of its cost the lab passes on is in no figure."}
	per := r.priceOverMarket()
	a.Says = "Nothing is taken, so that there is no price."
	if per.known() {
		a.Says = fmt.Sprintf("A unit costs the lab %s times its market price.", per.Text)
	}
	shares := v.of(nil, "revenue_share")
	if len(shares) > 0 {
		a.Says += fmt.Sprintf(" A share of what it earns goes on under %s.", enumerate(shares))
	}
	a.Figures = []Told{{"price / market price", per}, v.figure("effective price", "effective_price", "", noSpend), v.figure("market price of the same units", "effective_market_price", "", noSpend)}
	return a
}
