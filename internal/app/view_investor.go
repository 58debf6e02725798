// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"

	"offtake/internal/clause"
	"offtake/internal/report"
	"offtake/internal/unit"
)

// investor are the questions of who holds or buys shares of the lab.
func (v *View) investor() []Answer {
	return []Answer{v.dilution(), v.supplyTakes(), v.firstPaid(), v.fairPrice(), v.related()}
}

// dilution is who holds the lab after the deal.
func (v *View) dilution() Answer {
	r := v.run
	a := Answer{Question: "How far is it diluted?", Clauses: v.of(nil, "equity", "note", "warrant", "sale"), Rests: []string{"world.lab_value", "existing"},
		Assumed: "Shares count as if all were converted, and rounds that the file does not have issue none."}
	bought, whole := r.reading("stake", "", "", 0, noCheque), r.reading("stake_after", r.Deal.Supplier(), "", 0, noShares)
	a.Figures = []Told{{"bought by the cheques of " + v.cloudName(), bought}}
	for _, p := range r.Deal.Parties {
		if p.Key != r.Deal.Buyer() {
			if x := r.reading("stake_after", p.Key, "", 0, noShares); x.known() {
				a.Figures = append(a.Figures, Told{"whole share of " + r.Deal.Name(p.Key) + " after", x})
			}
		}
	}
	before := 0.0
	for _, x := range r.Deal.Existing {
		if x.Holder == r.Deal.Supplier() && x.In == r.Deal.Buyer() {
			before += x.Share
		}
	}
	switch {
	case whole.known() && *whole.Value > 0:
		a.Says = fmt.Sprintf("%s holds %s of %s after the deal, of which it held %s before; the other holders have the rest.", v.cloudName(), whole.Text, v.labName(), unit.FormatRate(before))
	default:
		a.Says = fmt.Sprintf("By this deal alone no share of %s goes to %s.", v.labName(), v.cloudName())
	}
	if s, any := r.owners(); any {
		a.Blocks = s.Blocks[:1]
	}
	return a
}

// supplyTakes is N: what the supply side adds to the lab's equity, or takes.
func (v *View) supplyTakes() Answer {
	r := v.run
	n := r.reading("supply_net", "", "", 0, noSpend)
	a := Answer{Question: "What do the supply terms take from equity?", Clauses: v.of(nil, "price", "commitment", "revenue_share"), Rests: []string{"world.need", "world.market_price"},
		Assumed: "N = S - O - F + X + L, X what instruments bring the lab, beside what it could do without the deal."}
	switch {
	case !n.known():
		a.Says = "Nothing, as nothing is paid for use."
	case *n.Value < 0:
		a.Says = fmt.Sprintf("The supply terms take %s from all who hold shares, as a present value (N).", r.inCurrency(-*n.Value))
	default:
		a.Says = fmt.Sprintf("They take nothing: the supply terms add %s for all who hold shares, as a present value (N).", n.Text)
	}
	a.Figures = []Told{{"what the supply side adds, N", n}, v.figure("surplus, S", "surplus", "", noSpend), v.figure("overcharge, O", "overcharge", "", noSpend), v.figure("deficiency, F", "deficiency_value", "", noSpend),
		v.figure("value to the other holders of "+v.labName(), "npv", r.Deal.Buyer(), noSpend)}
	return a
}

// firstPaid is what comes before others.
func (v *View) firstPaid() Answer {
	r := v.run
	with := v.of(func(c clause.Clause) bool { return c.(*clause.Equity).Preference != nil }, "equity")
	debts := v.of(func(c clause.Clause) bool { return c.Head().To == r.Deal.Buyer() }, "loan", "note", "facility")
	a := Answer{Question: "Who is paid first?", Clauses: append(with, debts...), Rests: []string{"world.lab_value", "world.default"}}
	a.Says = "No shares of this deal have a preference, and it lends the lab nothing that comes first."
	switch {
	case len(with) > 0 && len(debts) > 0:
		a.Says = fmt.Sprintf("Holders under %s have a preference, and what is lent under %s comes before all shares while it is owed.", enumerate(with), enumerate(debts))
	case len(with) > 0:
		a.Says = fmt.Sprintf("Holders under %s have a preference over others.", enumerate(with))
	case len(debts) > 0:
		a.Says = fmt.Sprintf("No shares have a preference; what is lent under %s comes before all shares while it is owed.", enumerate(debts))
	}
	a.Figures = []Told{{"clauses with a preference", stated(fmt.Sprint(len(with)))}, {"clauses by which money is lent", stated(fmt.Sprint(len(debts)))}}
	for _, p := range r.Deal.Parties {
		if x := r.reading("preference", p.Key, "", 0, ""); x.known() && x.Value != nil {
			a.Figures = append(a.Figures, Told{"preferences add to " + r.Deal.Name(p.Key), x})
		}
	}
	return a
}

// fairPrice is whether the shares were bought at what they are worth.
func (v *View) fairPrice() Answer {
	r := v.run
	a := Answer{Question: "Is the price of the shares fair?", Clauses: v.of(nil, "equity"), Rests: []string{"world.lab_value"}, Assumed: "Fair value is what the file's world says that the lab is worth without the deal, with new money: no appraisal."}
	premium := r.reading("premium", "", "", 0, noCheque)
	a.Figures = []Told{{"cheques above fair value", premium}, v.figure("fair value of the stake", "stake_fair_value", "", noCheque), v.figure("cheques less overcharge", "net_equity_price", "", noCheque),
		v.figure("mark-up on compute that repays the premium", "breakeven_markup_fair", "", noCheque)}
	switch {
	case !premium.known():
		a.Says = fmt.Sprintf("%s buys no shares for cash, so that there is no price to judge.", v.cloudName())
	case beyond(premium, 0) > 0:
		a.Says = fmt.Sprintf("%s pays %s more than fair value.", v.cloudName(), premium.Text)
	case beyond(premium, 0) < 0:
		a.Says = fmt.Sprintf("It pays less than fair value: the premium is %s.", premium.Text)
	default:
		a.Says = fmt.Sprintf("The premium of %s cannot be told from none.", premium.Text)
	}
	return a
}

// beyond tells whether a figure lies above a bound (1) or below it (-1) by more than its
// error; 0 where it does not tell.
func beyond(x Reading, bound float64) int {
	if x.Value == nil {
		return 0
	}
	error := 1e-9
	if x.Margin != nil {
		error += *x.Margin
	}
	switch {
	case *x.Value > bound+error:
		return 1
	case *x.Value < bound-error:
		return -1
	}
	return 0
}

// related is how much of what the lab spends goes to a holder of its shares.
func (v *View) related() Answer {
	r := v.run
	a := Answer{Question: "How much is spent with a holder of its shares?", Rests: []string{"world.need", "world.market_price", "accounting"}, Assumed: needNote}
	share := r.billedOverNeed()
	stake := r.reading("stake_after", r.Deal.Supplier(), "", 0, noShares)
	backlog, _ := v.books().Shares()
	part := none("needs accounting.supplier_backlog")
	if backlog != nil {
		part = Reading{Unit: "rate", Value: backlog, Text: unit.FormatRate(*backlog)}
	}
	a.Says = fmt.Sprintf("What is billed here comes to %s of what the firm need would cost in the market, with a supplier that holds %s of %s after the deal.", share.Text, stake.Text, v.labName())
	if stake.Value == nil || *stake.Value == 0 {
		a.Says = fmt.Sprintf("What is billed here comes to %s of what the firm need would cost in the market; %s holds no shares, so that this is no spend with a holder.", share.Text, v.cloudName())
	}
	a.Figures = []Told{{"billed here / need at market prices", share}, {"own money in the supplier's revenue, if it mixes", r.reading("own_money_proportional", "", "", 0, "needs capital, and the buyer's other money (world.other_inflow)")},
		{"this deal in the supplier's remaining obligations", part}}
	a.Blocks = []report.Block{v.billedTable(r.billedYears(), "", nil)}
	return a
}
