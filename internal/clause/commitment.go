// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/calendar"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// Commitment is a take-or-pay minimum: the buyer promises to spend so much
// with the supplier in each period, and pays a deficiency for what it does not
// take. Anthropic committed more than $100 billion over ten years to AWS;
// Snap's and Snowflake's contracts with AWS and Google show the clauses that
// such a promise comes with: deferral, carry-forward, make-up.
//
// The ledger is that of section 3 of docs/semantics.md. Its clauses follow gas
// supply contracts: Edoli, Fiorenzani, Ravelli and Vargiolu 2013, "Modeling
// and valuing make-up clauses in gas swing contracts".
type Commitment struct {
	head        Head
	Total       unit.Amount // cents
	Starts      Moment      // its own term; nothing where it has the deal's
	Ends        Moment
	Schedule    Schedule
	Milestones  []Milestone // in place of schedule and period
	RunOn       calendar.Span
	Period      string
	Load        *Load // by the hour
	Counts      *Counts
	Take        float64 // share of the schedule that must be paid for
	Deficiency  float64 // price of a missing cent, in cents
	Relief      string
	ReliefTo    string
	MakeUp      *MakeUp
	Carry       *CarryForward
	Deferral    *Deferral
	Credit      *ShortfallCredit // deficiency as prepaid credit
	Settle      string
	Within      string
	AfterOf     string
	Stacks      string
	PayFor      string
	Charged     string
	Survives    bool
	Exit        *Exit
	Accelerates bool
	NetMonths   int
	bends       bool       // the schedule may change while it runs: by exits in part, and by options
	asked       bool       // other clauses ask for what is still to run
	paced       bool       // other clauses ask for what is missing a step
	stacked     bool       // others are stacked on it
	nests       bool       // others are within it
	extension   *Extension // of the term; nil where none is agreed
}

// MakeUp is the later right to take what was paid as deficiency.
type MakeUp struct {
	Life   int // periods after the one that made it; 0 for no end
	In     string
	Expiry string
	TopUp  string
	AtEnd  string
}

// CarryForward is spend above a threshold, banked against later minimums.
type CarryForward struct {
	Threshold float64 // share of the schedule above which spend is banked
	Cap       float64 // share of the schedule that may be used in a period; negative for no cap
}

// Deferral puts part of a minimum off to the next period.
type Deferral struct {
	Cap     float64 // share of the schedule
	Periods []int   // in which it is allowed, from 1; empty for all but the last
}

// ShortfallCredit turns a deficiency into credit for later use.
type ShortfallCredit struct {
	Life int // periods
}

// Exit is the buyer's right to leave for a fee.
type Exit struct {
	Fee  float64       // share of the minimums still to run
	From calendar.Span // since the start
}

// NewCommitment is an empty clause with its defaults.
func NewCommitment() *Commitment {
	return &Commitment{head: Head{Binding: "firm"}, Period: "year", Take: 1, Deficiency: 1, Relief: "impossibility",
		ReliefTo: "minimum", Settle: "period", Stacks: "on_minimum", PayFor: "use", Charged: "automatic"}
}

// Head is the clause's id and parties.
func (c *Commitment) Head() *Head { return &c.head }

// Kind is "commitment".
func (c *Commitment) Kind() string { return "commitment" }

// Fields is the table of what a file may say.
func (c *Commitment) Fields() []field.Field {
	table := c.head.fields("the buyer", "the supplier")
	for _, more := range [][]field.Field{c.quantityFields(), c.timeFields(), c.countFields(), c.remedyFields(), c.endFields()} {
		table = append(table, more...)
	}
	return table
}

func (c *Commitment) quantityFields() []field.Field {
	return []field.Field{
		{Name: "total", Kind: field.Money, Required: true, Min: field.Beyond(0), Into: &c.Total,
			Doc: "what is scheduled over the term; 'at least' marks a floor, which is what runs use"},
		{Name: "schedule", Kind: field.Variant, Fields: c.Schedule.fields, Default: "{flat: {}}",
			Doc: "how the total falls over the contract years"},
		{Name: "period", Kind: field.Choice, Choices: []string{"hour", "month", "quarter", "year", "term"}, Default: "year", Into: &c.Period,
			Doc: "the stretch over which the minimum is measured; years run from the commitment's start; hours are settled at the end of each step"},
		{Name: "take", Kind: field.Rate, Default: "100%", Min: field.Beyond(0), Max: field.At(1), Into: &c.Take,
			Doc: "share of the schedule that must be paid for, taken or not"},
		{Name: "deficiency", Kind: field.Rate, Default: "100%", Min: field.At(0), Max: field.At(1), Into: &c.Deficiency,
			Doc: "price of the minimum not taken, as a share of it"},
		{Name: "relief", Kind: field.Choice, Choices: []string{"impossibility", "pro_rata", "none"}, Default: "impossibility", Into: &c.Relief,
			Doc: "what undelivered capacity takes off: what could not have been taken, the undelivered share, or nothing"},
		{Name: "relief_to", Kind: field.Choice, Choices: []string{"minimum", "schedule"}, Default: "minimum", Into: &c.ReliefTo,
			Doc: "whether relief lowers the minimum, or the schedule that the minimum is a share of"},
		{Name: "pay_for", Kind: field.Choice, Choices: []string{"use", "availability"}, Default: "use", Into: &c.PayFor,
			Doc: "availability: each step's share of the minimum is due as far as capacity is delivered, used or not, and nothing is due for what is not delivered"},
	}
}

func (c *Commitment) remedyFields() []field.Field {
	return []field.Field{
		{Name: "make_up", Kind: field.Group, None: true, Default: "none", Fields: c.newMakeUp,
			Doc: "the later right to take what was paid as deficiency"},
		{Name: "carry_forward", Kind: field.Group, None: true, Default: "none", Fields: c.newCarry,
			Doc: "spend above a threshold, banked against later minimums"},
		{Name: "deferral", Kind: field.Group, None: true, Default: "none", Fields: c.newDeferral,
			Doc: "part of a minimum put off to the next period"},
		{Name: "deficiency_as", Kind: field.Group, Default: "cash", Fields: c.newCredit,
			Bare: &field.Field{Name: "deficiency_as", Kind: field.Choice, Choices: []string{"cash"}, Into: new(string)},
			Doc:  "cash, or {life: N}: prepaid credit that pays later invoices"},
		{Name: "charged", Kind: field.Choice, Choices: []string{"automatic", "elected"}, Default: "automatic", Into: &c.Charged,
			Doc: "whether a deficiency is charged whenever there is one, or the supplier elects how much of it to charge, and waives the rest"},
		{Name: "settle", Kind: field.Choice, Choices: []string{"period", "term"}, Default: "period", Into: &c.Settle,
			Doc: "whether the ledger is settled each period, or once at the end of the term over all of it"},
	}
}

// endFields are about leaving and default.
func (c *Commitment) endFields() []field.Field {
	return []field.Field{
		{Name: "exit", Kind: field.Group, None: true, Default: "none", Fields: c.newExit,
			Doc: "the buyer's right to leave: the running period is settled pro rata to days, then a fee is due"},
		{Name: "survives", Kind: field.Flag, Default: "false", Into: &c.Survives,
			Doc: "whether its minimums stay due, as they fall due, after the buyer has left"},
		{Name: "acceleration", Kind: field.Flag, Default: "false", Into: &c.Accelerates,
			Doc: "whether the buyer's default makes the minimums still to run due at face value (else the claim is their present value)"},
		{Name: "net", Kind: field.Count, Unit: "months", Default: "0", Min: field.At(0), Max: field.At(24), Into: &c.NetMonths,
			Doc: "how long after the period's end a deficiency falls due"},
	}
}

func (c *Commitment) newMakeUp() []field.Field {
	c.MakeUp = &MakeUp{In: "money", Expiry: "after_use", TopUp: "unpaid", AtEnd: "lost"}
	m := c.MakeUp
	return []field.Field{
		{Name: "life", Kind: field.Count, Unit: "periods", Default: "no end", Min: field.At(1), Max: field.At(1000), Into: &m.Life,
			Doc: "periods after the one that made it in which it may be taken"},
		{Name: "in", Kind: field.Choice, Choices: []string{"money", "units"}, Default: "money", Into: &m.In,
			Doc: "money: what was paid is credited; units: the units not taken are owed, at the price of their day"},
		{Name: "expiry", Kind: field.Choice, Choices: []string{"after_use", "before_use"}, Default: "after_use", Into: &m.Expiry,
			Doc: "whether a vintage may still be taken in the last period of its life"},
		{Name: "top_up", Kind: field.Choice, Choices: []string{"unpaid", "none"}, Default: "unpaid", Into: &m.TopUp,
			Doc: "for units: what is paid when they are taken: the part of the price that the deficiency did not pay, or nothing"},
		{Name: "at_end", Kind: field.Choice, Choices: []string{"lost", "refunded"}, Default: "lost", Into: &m.AtEnd,
			Doc: "what becomes of the bank after the last period; a refund is at what was paid"},
	}
}

func (c *Commitment) newCarry() []field.Field {
	c.Carry = &CarryForward{Threshold: 1, Cap: -1}
	return []field.Field{
		{Name: "threshold", Kind: field.Rate, Default: "100%", Min: field.At(0), Max: field.At(100), Into: &c.Carry.Threshold,
			Doc: "share of the schedule above which spend is banked"},
		{Name: "cap", Kind: field.Rate, Default: "none", Min: field.At(0), Into: &c.Carry.Cap, None: true,
			Doc: "the most that may be used in a period, as a share of its schedule"},
	}
}

func (c *Commitment) newDeferral() []field.Field {
	c.Deferral = &Deferral{}
	return []field.Field{
		{Name: "cap", Kind: field.Rate, Required: true, Min: field.Beyond(0), Max: field.At(1), Into: &c.Deferral.Cap,
			Doc: "the most that may be put off, as a share of the period's schedule"},
		{Name: "periods", Kind: field.Counts, Default: "all but the last", Min: field.At(1), Into: &c.Deferral.Periods,
			Doc: "the periods in which it is allowed, counted from 1"},
	}
}

func (c *Commitment) newCredit() []field.Field {
	c.Credit = &ShortfallCredit{Life: 1}
	return []field.Field{{Name: "life", Kind: field.Count, Unit: "periods", Default: "1", Min: field.At(1), Max: field.At(1000), Into: &c.Credit.Life,
		Doc: "periods in which the credit may be used"}}
}

func (c *Commitment) newExit() []field.Field {
	c.Exit = &Exit{}
	return []field.Field{
		{Name: "fee", Kind: field.Rate, Required: true, Min: field.At(0), Max: field.At(1), Into: &c.Exit.Fee,
			Doc: "share of the minimums still to run"},
		{Name: "from", Kind: field.Span, Default: "the start", Into: &c.Exit.From, Doc: "how long after the start the buyer may leave"},
	}
}

// Without the clause there is no minimum.
func (c *Commitment) Without() Absence {
	return Absence{Says: "There is no minimum: the buyer pays for what it takes. " +
		"A commitment within this one stands alone, and one stacked after it counts all spend."}
}
