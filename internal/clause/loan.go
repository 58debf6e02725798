// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// Loan is money that one party lends another at a stated rate. OpenAI lends
// Cerebras, which supplies it, $1.0 billion at 6%; Broadcom may lend Anthropic
// up to $42 billion that can only pay for the compute it leases from Broadcom.
// A rate below the market's is a gift of the difference in present value
// (Brennan, Maksimovic and Zechner 1988, "Vendor financing").
type Loan struct {
	head      Head
	Principal unit.Amount // cents
	At        calendar.Date
	Matures   calendar.Date // zero for the end of the term
	Rate      float64       // per year
	Above     bool          // the rate comes on top of the riskless one
	Interest  string
	Repay     string
	Table     []float64 // cents by contract year
	Early     *EarlyRepayment
	Fee       float64 // share of each draw
	OnlyFor   string
	Last      bool
	Recovery  *float64
	Subsidy   *Subsidy
	Worth     float64
}

// EarlyRepayment is the borrower's right to repay before it must.
type EarlyRepayment struct {
	Premium float64 // share of what is repaid early
	From    calendar.Span
}

// Subsidy is what a third party pays the lender so that it lends on the terms
// of the loan.
type Subsidy struct {
	By    string
	Share float64 // of each draw
}

// NewLoan is an empty clause with its defaults.
func NewLoan() *Loan {
	return &Loan{head: Head{Binding: "firm"}, Interest: "cash", Repay: "bullet", Worth: 1}
}

// Head is the clause's id and parties.
func (c *Loan) Head() *Head { return &c.head }

// Kind is "loan".
func (c *Loan) Kind() string { return "loan" }

// Fields is the table of what a file may say.
func (c *Loan) Fields() []field.Field {
	return append(c.head.fields("who lends", "who borrows"),
		field.Field{Name: "principal", Kind: field.Money, Required: true, Min: field.Beyond(0), Into: &c.Principal,
			Doc: "what is lent; the most that is, where the loan is only for the bills of a clause"},
		field.Field{Name: "at", Kind: field.Date, Choices: []string{"signing"}, Default: "signing", Into: &c.At,
			Doc: "when it is paid out: at signing, or at the end of the step that holds the date; from then on, where it is only for bills"},
		field.Field{Name: "matures", Kind: field.Date, Default: "the end of the term", Into: &c.Matures,
			Doc: "when what is left is repaid, at the end of the step that holds the date; it may lie after the term"},
		field.Field{Name: "rate", Kind: field.Variant, Required: true, Fields: c.rates,
			Bare: &field.Field{Name: "rate", Kind: field.Rate, Unit: "per year", Min: field.At(0), Max: field.At(10), Into: &c.Rate},
			Doc:  "interest a year by the deal's day count, without compounding within a step"},
		field.Field{Name: "interest", Kind: field.Choice, Choices: []string{"cash", "pik"}, Default: "cash", Into: &c.Interest,
			Doc: "whether interest is paid at the end of each step, or added to what is owed (payment in kind)"},
		field.Field{Name: "repay", Kind: field.Variant, Default: "bullet", Fields: c.table,
			Bare: &field.Field{Name: "repay", Kind: field.Choice, Choices: []string{"bullet", "equal", "annuity"}, Into: &c.Repay},
			Doc:  "all at maturity; in equal parts each step; so that interest and repayment together stay level; or by a table"},
		field.Field{Name: "early", Kind: field.Group, None: true, Default: "none", Fields: c.newEarly,
			Doc: "the borrower's right to repay before it must, while the agreement runs"},
		field.Field{Name: "fee", Kind: field.Rate, Default: "0%", Min: field.At(0), Max: field.At(1), Into: &c.Fee,
			Doc: "what the borrower pays at each draw, as a share of it"},
		field.Field{Name: "only_for", Kind: field.Ref, Into: &c.OnlyFor,
			Doc: "the clause whose bills alone it may pay: it is then drawn step by step, up to what is billed under that clause"},
		field.Field{Name: "subordinated", Kind: field.Flag, Default: "false", Into: &c.Last,
			Doc: "whether a failed borrower's estate pays on it only once all its other debts are paid in full"},
		field.Field{Name: "recovery", Kind: field.Rate, Default: "the estate's", Min: field.At(0), Max: field.At(1), Into: &c.Recovery,
			Doc: "what a failed borrower's estate pays on it"},
		field.Field{Name: "subsidy", Kind: field.Group, None: true, Default: "none", Fields: c.newSubsidy,
			Doc: "what a third party pays the lender for lending on these terms"},
		field.Field{Name: "worth", Kind: field.Rate, Default: "100%", Min: field.At(0), Max: field.At(10), Into: &c.Worth,
			Doc: "value of what is still owed at the end of the term, per unit owed"},
	)
}

func (c *Loan) rates() []field.Field {
	rate := field.Field{Kind: field.Rate, Unit: "per year", Min: field.At(0), Max: field.At(10), Into: &c.Rate}
	fixed, above := rate, rate
	fixed.Name, fixed.Doc = "fixed", "the rate"
	above.Name, above.Doc, above.Chosen = "above_riskless", "what comes on top of the riskless rate of the step", func() { c.Above = true }
	return []field.Field{fixed, above}
}

func (c *Loan) table() []field.Field {
	return []field.Field{{Name: "table", Kind: field.Series, Item: field.Money, Min: field.At(0), Into: &c.Table,
		Chosen: func() { c.Repay = "table" }, Doc: "how much of the principal is repaid in each contract year, evenly over its steps"}}
}

func (c *Loan) newEarly() []field.Field {
	c.Early = &EarlyRepayment{}
	return []field.Field{
		{Name: "premium", Kind: field.Rate, Default: "0%", Min: field.At(0), Max: field.At(1), Into: &c.Early.Premium,
			Doc: "what comes on top, as a share of what is repaid early"},
		{Name: "from", Kind: field.Span, Default: "the start", Into: &c.Early.From, Doc: "how long after the start it may be"},
	}
}

func (c *Loan) newSubsidy() []field.Field {
	c.Subsidy = &Subsidy{}
	return []field.Field{
		{Name: "by", Kind: field.Party, Required: true, Into: &c.Subsidy.By, Doc: "who pays it"},
		{Name: "share", Kind: field.Rate, Required: true, Min: field.At(0), Max: field.At(1), Into: &c.Subsidy.Share, Doc: "of each draw"},
	}
}

// AtSigning tells whether it is paid out at signing.
func (c *Loan) AtSigning() bool { return c.At.IsZero() }

// drawStep is the first step in which it may be paid out; -1 for the signing.
func (c *Loan) drawStep(grid *calendar.Grid) int {
	if c.AtSigning() {
		return -1
	}
	at, _ := grid.At(c.At)
	return at
}

// matureStep is the step at whose end what is left is repaid. It may lie
// beyond the grid.
func (c *Loan) matureStep(grid *calendar.Grid) int {
	if c.Matures.IsZero() {
		return grid.Signed() - 1
	}
	t := 0
	for !grid.Start().AddMonths((t + 1) * grid.MonthsPerStep()).After(c.Matures) {
		t++
	}
	return t
}

// billing are the kinds of clause under which the buyer is billed.
var billing = map[string]bool{"price": true, "commitment": true, "charge": true, "lease": true, "option": true}

// Check reports terms that do not fit together.
func (c *Loan) Check(in *Setting, r field.Report) {
	c.head.parties(in, r)
	c.head.checkForce(in, r)
	checkDate(c.At, in, r)
	if !c.Matures.IsZero() && (c.matureStep(in.Grid) <= c.drawStep(in.Grid) || c.Matures.Before(in.Grid.Start())) {
		r.Fault("LOAN-MATURES", "matures", "set it to a step of the term, or after it, that comes later than at", "the loan would be repaid on %s, before it is paid out or the term begins", c.Matures)
	}
	if c.Interest == "pik" && c.Repay == "annuity" {
		r.Fault("LOAN-PIK-LEVEL", "interest", "pay interest in cash, or repay in another way", "interest is added to what is owed, and is also part of a level payment")
	}
	c.checkTable(in, r)
	if x := in.Find(c.OnlyFor); x != nil && !billing[x.Kind()] {
		r.Fault("REF-KIND", "only_for", "name the price, a commitment, a charge or a lease", "nothing is billed under %s", c.OnlyFor)
	}
	if c.OnlyFor != "" && c.head.To != "" && c.head.To != in.Buyer {
		r.Fault("LOAN-ONLY-FOR", "only_for", "lend to "+in.Name(in.Buyer)+", or leave this out", "%s is not who pays those bills", in.Name(c.head.To))
	}
	if c.Early != nil && !in.Grid.Start().Add(c.Early.From).Before(in.Grid.End()) {
		r.Fault("DATE-OUTSIDE-TERM", "early.from", "shorten it", "the right to repay early after %s begins when the term is over", c.Early.From)
	}
	if c.Subsidy != nil && c.Subsidy.By != "" && c.Subsidy.By == c.head.From {
		r.Fault("PARTY-SAME", "subsidy.by", "name another party", "%s would pay itself", in.Name(c.head.From))
	}
}

func (c *Loan) checkTable(in *Setting, r field.Report) {
	if len(c.Table) == 0 {
		return
	}
	if n := in.Grid.ContractYears(); len(c.Table) != n {
		r.Fault("LOAN-TABLE", "repay.table", fmt.Sprintf("write %d amounts, one a contract year", n), "the table has %d amounts", len(c.Table))
		return
	}
	sum := 0.0
	for _, x := range c.Table {
		sum += x
	}
	if sum != c.Principal.Value {
		r.Fault("LOAN-TABLE", "repay.table", "make it add up to the principal", "the table repays %s of %s", in.Money(sum), in.Amount(c.Principal))
	}
}

// Explain says the clause in English.
func (c *Loan) Explain(in *Setting) string {
	from, to := in.Name(c.head.From), in.Name(c.head.To)
	when := "at signing"
	if !c.AtSigning() {
		when = "on " + c.At.String()
	}
	s := fmt.Sprintf("%s shall lend %s %s, paid out %s", from, to, in.Amount(c.Principal), when)
	if c.OnlyFor != "" {
		from := "from signing on"
		if !c.AtSigning() {
			from = "from " + c.At.String() + " on"
		}
		most := in.Amount(c.Principal)
		if c.Principal.Bound != unit.UpTo {
			most = "up to " + most
		}
		s = fmt.Sprintf("%s may borrow from %s %s, %s, for what it is billed under %s and for nothing else", to, in.Name(c.head.From), most, from, c.OnlyFor)
	}
	rate := unit.FormatRate(c.Rate) + " a year"
	if c.Above {
		rate = unit.FormatRate(c.Rate) + " a year above the riskless rate"
	}
	s += fmt.Sprintf(", with interest of %s, %s", rate, map[string]string{"cash": "paid", "pik": "added to what is owed"}[c.Interest])
	s += fmt.Sprintf(" at the end of each %s.", in.Grid.Step())
	end := "at the end of the term"
	if !c.Matures.IsZero() {
		end = "on " + c.Matures.String()
	}
	s += map[string]string{
		"bullet":  " All of it is repaid ",
		"equal":   " It is repaid in equal parts, the last ",
		"annuity": " It is repaid so that interest and repayment together stay level, the last of it ",
		"table":   fmt.Sprintf(" Repaid are, in successive contract years, %s, and what is left ", inWords((&Schedule{Table: c.Table}).runs(in))),
	}[c.Repay] + end + "."
	return s + c.terms(in) + worthOf("What is still owed at the end of the term", c.Worth) + c.head.binding()
}

// terms says what else was agreed.
func (c *Loan) terms(in *Setting) string {
	s := ""
	if c.Early != nil {
		s += " It may be repaid early"
		if c.Early.From.Months != 0 || c.Early.From.Days != 0 {
			s += fmt.Sprintf(", from %s after the start", c.Early.From.Words())
		}
		if c.Early.Premium > 0 {
			s += fmt.Sprintf(", at a premium of %s", unit.FormatRate(c.Early.Premium))
		}
		s += "."
	}
	if c.Fee > 0 {
		s += fmt.Sprintf(" A fee of %s is due on what is paid out.", unit.FormatRate(c.Fee))
	}
	if c.Subsidy != nil {
		s += fmt.Sprintf(" %s pays the lender %s of what is paid out for these terms.", in.Name(c.Subsidy.By), unit.FormatRate(c.Subsidy.Share))
	}
	if c.Last {
		s += " It ranks after all other debts of the borrower."
	}
	if c.Recovery != nil {
		s += fmt.Sprintf(" If the borrower fails, its estate pays %s of it.", unit.FormatRate(*c.Recovery))
	}
	return s
}

// Without the clause nothing is lent.
func (c *Loan) Without() Absence {
	return Absence{Says: "Nothing is lent; the borrower finances itself elsewhere, at fair value."}
}

// stepRates are the interest rates of the steps up to maturity: what is owed
// on a unit owed at a step's start. Beyond the grid's end the last rate stays.
func (c *Loan) stepRate(grid *calendar.Grid, curve []float64, t int) float64 {
	t = min(t, grid.Steps()-1)
	before, factor := 0.0, 1.0
	if t > 0 {
		before, factor = grid.Years(t-1), curve[t-1]
	}
	rate := c.Rate * (max(0, grid.Years(t)) - max(0, before))
	if c.Above {
		rate += min(1, factor)/min(1, curve[t]) - 1
	}
	return rate
}

// level is the share of what is owed that a level payment repays in step t:
//
//	1 / (sum over s from t to maturity of the product over u from t to s of 1/(1 + i_u)) - i_t
func (c *Loan) level(grid *calendar.Grid, curve []float64, t, mature int) float64 {
	sum, factor := 0.0, 1.0
	for s := t; s <= mature; s++ {
		factor /= 1 + c.stepRate(grid, curve, s)
		sum += factor
	}
	return max(0, min(1, 1/sum-c.stepRate(grid, curve, t)))
}
