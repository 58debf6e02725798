// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"strings"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/unit"
)

// The English of the clauses that deal with credit says each of their terms.
func TestExplainCredit(t *testing.T) {
	spend := yearly(2500, 4, nil)
	failing := func(from, to string, change func(*Default)) Clause { return failure(from, to, change) }
	locked := func(change func(*Collateral)) Clause { return between(NewCollateral(), "lab", "cloud", change) }
	given := func(change func(*Guarantee)) Clause {
		return between(NewGuarantee(), "bank", "cloud", func(c *Guarantee) { c.Of = "spend"; change(c) })
	}
	buys := func(change func(*Backstop)) Clause { return between(NewBackstop(), "bank", "cloud", change) }
	lent := func(from, to string, change func(*Loan)) Clause {
		return between(NewLoan(), from, to, func(c *Loan) { c.Principal, c.Rate = unit.Amount{Value: 100000000}, 0.06; change(c) })
	}
	for _, c := range []struct {
		clause Clause
		want   []string
	}{
		{failing("lab", "cloud", func(c *Default) {
			c.Acceleration, c.Recovery[0], c.Recovery[1], c.SetOff = share(0.8), share(0.4), share(0.1), true
			c.Cross = []CrossDefault{{"delayed-draw", "stop"}, {"note", "due"}}
		}), []string{"If Lab fails, its estate rejects the contract and owes Cloud what is left of it; 80% of the minimums still to run fall due at once.",
			"The estate pays 40% of bills and 10% of the minimums still to run.", "What Cloud owes Lab under loans is set off first.",
			"Nothing more can then be drawn under delayed-draw.", "Nothing more can then be drawn under note, and what is owed under it falls due."}},
		{failing("lab", "cloud", func(c *Default) { c.Estate = "assume" }), []string{"its estate assumes the contract: it pays in full what is in arrears, and the contract runs on."}},
		{failing("cloud", "lab", func(c *Default) { c.StepIn = &StepIn{0.8} }), []string{"If Cloud fails, Lab steps in: 80% of the capacity is kept running"}},
		{failing("cloud", "lab", func(c *Default) { c.Damages = &Damages{share(100000)} }), []string{"it owes what replacing the promised compute at the market price costs beyond the contract, up to $1.00K."}},
		{failing("lab", "cloud", func(c *Default) { c.Of, c.head.Binding = "bank", "intent" }), []string{"If Bank fails, this follows between Lab and Cloud.", "This states an intention"}},
		{locked(func(c *Collateral) { c.Cents, c.Interest = share(100000), 0.03 }), []string{"Lab shall lock $1.00K in a restricted account for Cloud at signing. The cash stays the property of Lab and earns 3% a year.",
			"If Lab fails, the account pays what Lab then owes Cloud before the estate pays anything. What is left in it is given back once all is paid."}},
		{locked(func(c *Collateral) {
			c.Share, c.At, c.Secures, c.Release = share(0.1), day("2027-06-01"), "spend", []Release{{day("2028-01-01"), 0.4}}
		}), []string{"10% of the minimums still to run", "on 2027-06-01.", "40% of it is set free on 2028-01-01.", "and earns nothing. What is locked falls as those minimums do.", "the account pays what Lab then owes under spend"}},
		{given(func(c *Guarantee) {}), []string{"Bank guarantees to Cloud what Lab leaves unpaid under spend when it fails, beyond what collateral and its estate pay."}},
		{given(func(c *Guarantee) {
			c.Cents, c.Declines, c.Starts.PowerGW, c.For = share(100000), []Decline{{day("2029-01-01"), 0.5}}, share(2), "warrants"
			c.Fee = &GuaranteeFee{Cents: 1000, PerYear: 0.01, By: "cloud"}
		}), []string{"up to $1.00K, falling to 50% of that from 2029-01-01.", "Bank pays nothing before delivered power has reached 2 GW.",
			"For this Cloud pays Bank $10.00 at signing and 1% a year of the amount guaranteed.", "The guarantee is given in return for warrants."}},
		{given(func(c *Guarantee) { c.Share, c.Starts.Event, c.Assume, c.Worth = share(0.5), "opening", "cheaper", 0.9 }),
			[]string{"50% of it.", "before the opening has happened.", "Where that costs Bank less, Bank takes the contract over", "each month's part of the minimum", "taken to be worth 90% of the market price to it."}},
		{given(func(c *Guarantee) { c.Assume = "always" }), []string{"Instead, Bank takes the contract over"}},
		{buys(func(c *Backstop) { c.Price.Fixed, c.Total = share(0.5), share(100000) }), []string{"Bank shall buy at $0.50 per unit the capacity that Cloud delivers and nobody takes, until it has paid $1.00K.",
			"This ends if Cloud fails, and not if Lab does."}},
		{buys(func(c *Backstop) { c.Price.List, c.Worth = share(0.9), 0.8 }), []string{"at 90% of the list price of the day", "A unit is taken to be worth 80% of the market price to Bank."}},
		{buys(func(c *Backstop) { c.Price.Market = share(0.9) }), []string{"at 90% of the market price of the day"}},
		{lent("lab", "cloud", func(c *Loan) {}), []string{"Lab shall lend Cloud $1.00M, paid out at signing, with interest of 6% a year, paid at the end of each month. All of it is repaid at the end of the term."}},
		{lent("bank", "lab", func(c *Loan) {
			c.At, c.Matures, c.Above, c.Repay, c.Fee, c.Last, c.Recovery = day("2027-06-01"), day("2033-01-01"), true, "equal", 0.01, true, share(0.2)
			c.Early, c.Subsidy = &EarlyRepayment{Premium: 0.02, From: calendar.Span{Months: 12}}, &Subsidy{"cloud", 0.05}
		}), []string{"paid out on 2027-06-01, with interest of 6% a year above the riskless rate", "It is repaid in equal parts, the last on 2033-01-01.",
			"It may be repaid early, from 1 year after the start, at a premium of 2%.", "A fee of 1% is due on what is paid out.", "Cloud pays the lender 5% of what is paid out for these terms.",
			"It ranks after all other debts of the borrower.", "If the borrower fails, its estate pays 20% of it."}},
		{lent("bank", "lab", func(c *Loan) { c.Repay, c.Table = "table", []float64{0, 0, 40000000, 60000000} }), []string{"Repaid are, in successive contract years, 2 times $0, $400K and $600K, and what is left at the end of the term."}},
		{lent("bank", "lab", func(c *Loan) { c.Repay = "annuity" }), []string{"so that interest and repayment together stay level, the last of it at the end of the term."}},
		{lent("cloud", "lab", func(c *Loan) { c.OnlyFor, c.Interest, c.Principal.Bound = "spend", "pik", unit.UpTo }),
			[]string{"Lab may borrow from Cloud up to $1.00M, from signing on, for what it is billed under spend and for nothing else, with interest of 6% a year, added to what is owed at the end of each month."}},
	} {
		b := &trial{kind: Kind{Name: c.clause.Kind()}, j: t}
		in := batterySetting(calendar.Month)
		in.Clauses = []Clause{spend, c.clause}
		said := c.clause.Explain(in)
		b.checkSentence("Explain", said)
		for _, want := range c.want {
			if !strings.Contains(said, want) {
				t.Errorf("%s does not say %q: %s", c.clause.Kind(), want, said)
			}
		}
	}
}
