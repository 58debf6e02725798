// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/field"
	"offtake/internal/unit"
	"offtake/internal/vec"
)

// Equity is a purchase of the lab's shares in a financing round, for cash or
// for credits against compute. In April 2026 Amazon bought Anthropic Series G
// nonvoting preferred stock for $5.0 billion.
type Equity struct {
	head     Head
	Amount   unit.Amount // cents
	At       calendar.Date
	PreMoney unit.Amount // cents
	Round    unit.Amount // cents: all new money of the round, this cheque included
	Security string
	PaidIn   string // cash or credits
}

// NewEquity is an empty clause with its defaults.
func NewEquity() *Equity {
	return &Equity{head: Head{Binding: "firm"}, Security: "preferred", PaidIn: "cash"}
}

// Head is the clause's id and parties.
func (c *Equity) Head() *Head { return &c.head }

// Kind is "equity".
func (c *Equity) Kind() string { return "equity" }

// Fields is the table of what a file may say.
func (c *Equity) Fields() []field.Field {
	return append(c.head.fields("the investor", "the company whose shares are bought"),
		field.Field{Name: "amount", Kind: field.Money, Required: true, Min: field.Beyond(0), Into: &c.Amount,
			Doc: "what the investor pays"},
		field.Field{Name: "at", Kind: field.Date, Choices: []string{"signing"}, Default: "signing", Into: &c.At,
			Doc: "when it is paid: at signing, or at the end of the step that holds the date"},
		field.Field{Name: "pre_money", Kind: field.Money, Required: true, Min: field.Beyond(0), Into: &c.PreMoney,
			Doc: "what the company is taken to be worth before the round"},
		field.Field{Name: "round", Kind: field.Money, Min: field.Beyond(0), Into: &c.Round, Default: "the amount",
			Doc: "all new money of the round, this cheque included"},
		field.Field{Name: "security", Kind: field.Choice, Choices: []string{"common", "preferred"}, Default: "preferred", Into: &c.Security,
			Doc: "the class of shares; value is taken as converted"},
		field.Field{Name: "paid_in", Kind: field.Choice, Choices: []string{"cash", "credits"}, Default: "cash", Into: &c.PaidIn,
			Doc: "cash, or credits that pay for compute until they are used up: these cost the giver only what serving them costs"},
	)
}

// NewMoney is all new money of the round in cents.
func (c *Equity) NewMoney() float64 {
	if c.Round.Value == 0 {
		return c.Amount.Value
	}
	return c.Round.Value
}

// AtSigning tells whether the cheque is paid at signing.
func (c *Equity) AtSigning() bool { return c.At == calendar.Date{} }

// Check reports a cheque larger than its round and a date outside the term.
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
	checkDate(c.At, in, r)
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

// Explain says the clause in English.
func (c *Equity) Explain(in *Setting) string {
	when := "at signing"
	if !c.AtSigning() {
		when = "on " + c.At.String()
	}
	round := ""
	if c.NewMoney() > c.Amount.Value {
		round = fmt.Sprintf(" as part of a round of %s", in.Amount(c.Round))
	}
	with := "in cash"
	if c.PaidIn == "credits" {
		with = "in credits against compute"
	}
	return fmt.Sprintf("%s shall buy %s shares of %s for %s, paid %s %s, at %s before the round%s.%s",
		in.Name(c.head.From), c.Security, in.Name(c.head.To), in.Amount(c.Amount), with, when, in.Amount(c.PreMoney), round, c.head.binding())
}

// Without the clause no shares are bought.
func (c *Equity) Without() Absence {
	return Absence{Says: "No shares are bought and no round is held: the company's owners keep what they had."}
}

// boundEquity is an equity clause laid out.
type boundEquity struct {
	c             *Equity
	gate          contract.Gate
	pay, others   contract.LineID
	issue, spread contract.IssueID
	credits       contract.Col
}

// Bind attaches the clause: the cheque falls at signing or in the Funding
// stage of its step; credits then pay invoices.
func (c *Equity) Bind(b *contract.Builder) {
	id, cash := c.head.ID, contract.Asset{Kind: contract.Cash}
	paid, role := cash, contract.Cheque
	if c.PaidIn == "credits" {
		paid, role = contract.Asset{Kind: contract.Credits, Of: id}, contract.NoRole
	}
	e := &boundEquity{
		c: c, gate: c.head.gate(b),
		pay:    b.Line(contract.Line{From: c.head.From, To: c.head.To, Asset: paid, Kind: "purchase", Clause: id, Role: role}),
		others: b.Line(contract.Line{From: contract.Outside, To: c.head.To, Asset: cash, Kind: "purchase_by_others", Clause: id, Role: contract.Cheque}),
		issue:  b.Issue(id, c.head.From, "issue", contract.Issue),
		spread: b.Issue(id, contract.Outside, "issue_to_others", contract.Issue),
	}
	e.credits = c.bindCredits(b)
	watch(b, c.head.From)
	if c.AtSigning() {
		b.On(contract.Signing, id, func(m *contract.Month) { e.close(m, m.One()) })
		return
	}
	at, _ := b.Grid().At(c.At)
	b.On(contract.Funding, id, func(m *contract.Month) {
		if m.T == at {
			live := m.Temp()
			mayFund(m, c.head.From, live)
			e.close(m, live)
			m.Free(1)
		}
	})
}

// close closes the round: everybody pays the same price a share, which is the
// value before the round over the shares that there are.
func (e *boundEquity) close(m *contract.Month, live []float64) {
	force, amount, price, shares := m.Temp(), m.Temp(), m.Temp(), m.Temp()
	m.Force(e.gate, force)
	vec.Mul(force, force, live)
	m.Outstanding(price)
	for i := range price {
		price[i] = e.c.PreMoney.Value / price[i]
	}
	vec.Scale(amount, force, e.c.Amount.Value)
	m.Post(e.pay, amount)
	if e.c.PaidIn == "credits" {
		vec.Accumulate(m.Col(e.credits), amount)
	}
	vec.Div(shares, amount, price)
	rest := m.Temp()
	vec.Scale(rest, force, e.c.NewMoney()-e.c.Amount.Value)
	m.Issue(e.issue, shares)
	m.Post(e.others, rest)
	vec.Div(shares, rest, price)
	m.Issue(e.spread, shares)
	m.Free(5)
}

// mayFund writes 1 where money may be put into the buyer: the agreement runs,
// neither the buyer nor the giver has failed.
func mayFund(m *contract.Month, giver string, out []float64) {
	vec.Mul(out, m.Q(contract.Live), m.Solvent(m.Buyer()))
	vec.Mul(out, out, m.Solvent(giver))
}

// bindCredits lets credits pay for usage: they lower the invoice until they
// are used up; what a failing supplier leaves of them is a claim upon it. It
// returns the column of credits left.
func (c *Equity) bindCredits(b *contract.Builder) contract.Col {
	if c.PaidIn != "credits" {
		return -1
	}
	id := c.head.ID
	asset := contract.Asset{Kind: contract.Credits, Of: id}
	left := b.Column(id + ".credits")
	b.Stock(c.head.To, asset, left)
	used := b.Bill(contract.Line{From: b.Supplier(), To: b.Buyer(), Asset: contract.Asset{Kind: contract.Cash}, Kind: "credit", Clause: id, Role: contract.Offset}, b.UsageNet())
	spend := b.Line(contract.Line{From: c.head.To, To: c.head.From, Asset: asset, Kind: "credit_used", Clause: id})
	b.On(contract.Billing, id, func(m *contract.Month) {
		use := m.Temp()
		vec.MaxOf(use, m.Q(contract.Invoice), 0)
		vec.Min(use, use, m.Col(left))
		m.Bill(used, use)
		m.Post(spend, use)
		vec.Sub(m.Col(left), m.Col(left), use)
		m.Free(1)
	})
	owed := b.Liability(contract.Liability{Clause: id, Debtor: b.Supplier(), Creditor: b.Buyer(), Of: contract.OfPrepaid,
		Pays: b.Line(contract.Line{From: b.Supplier(), To: b.Buyer(), Asset: contract.Asset{Kind: contract.Cash}, Kind: "prepaid_recovered", Clause: id, Role: contract.Offset})})
	b.On(contract.Claiming, id, func(m *contract.Month) {
		if failing := m.Q(contract.SupplierFailing); m.T < m.Grid().Term() && vec.Any(failing) {
			unused := m.Temp()
			vec.Mul(unused, m.Col(left), failing)
			m.File(owed, unused)
			m.Free(1)
		}
	})
	return left
}
