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

// DelayDamages are liquidated damages for delay: what the supplier pays, in place
// of proof of loss, for compute that it promised and did not deliver. Microsoft
// has credits for delay from IREN, beside the right to end the contract, and
// Akamai must meet targets of delivery and availability for Anthropic.
type DelayDamages struct {
	head   Head
	Per    string  // share or per_gw
	Share  float64 // of the price of each unit that is missing
	PerGW  float64 // cents per missing gigawatt and month
	Grace  calendar.Span
	Cap    *DamagesCap
	As     string   // cash or credit
	capped *float64 // cents; what the cap comes to among the deal's clauses, nil for no cap
}

// DamagesCap is the most that is paid in all.
type DamagesCap struct {
	Kind  string  // amount or share
	Cents float64 // amount
	Share float64 // of the total of a commitment
	Of    string
}

// NewDelayDamages is an empty clause with its defaults.
func NewDelayDamages() *DelayDamages { return &DelayDamages{head: Head{Binding: "firm"}, As: "cash"} }

// Head is the clause's id and parties.
func (c *DelayDamages) Head() *Head { return &c.head }

// Kind is "damages".
func (c *DelayDamages) Kind() string { return "damages" }

// Fields is the table of what a file may say.
func (c *DelayDamages) Fields() []field.Field {
	return append(append(c.head.fields("the supplier", "the buyer"), c.head.window()...),
		field.Field{Name: "rate", Kind: field.Variant, Required: true, Fields: c.rates, Doc: "what is due for what is promised and not delivered"},
		field.Field{Name: "grace", Kind: field.Span, Default: "none", Into: &c.Grace,
			Doc: "how long delivery may be short, in a row, before anything is due; whole steps, rounded up"},
		field.Field{Name: "cap", Kind: field.Variant, None: true, Default: "none", Fields: c.newCap, Doc: "the most that is paid in all"},
		field.Field{Name: "as", Kind: field.Choice, Choices: []string{"cash", "credit"}, Default: "cash", Into: &c.As,
			Doc: "cash, or credit on invoices for usage from the next step on; credit left at the end is paid out"})
}

func (c *DelayDamages) rates() []field.Field {
	return []field.Field{
		{Name: "share", Kind: field.Rate, Min: field.Beyond(0), Max: field.At(10), Into: &c.Share, Chosen: func() { c.Per = "share" },
			Doc: "of the price of the day, for each unit that is missing"},
		{Name: "per_gw", Kind: field.Money, Unit: "currency per GW and month", Min: field.Beyond(0), Into: &c.PerGW, Chosen: func() { c.Per = "per_gw" },
			Doc: "for each gigawatt that is missing, a month"},
	}
}

func (c *DelayDamages) newCap() []field.Field {
	c.Cap = &DamagesCap{}
	return []field.Field{
		{Name: "amount", Kind: field.Money, Min: field.At(0), Into: &c.Cap.Cents, Chosen: func() { c.Cap.Kind = "amount" }, Doc: "an amount"},
		{Name: "share", Kind: field.Group, Doc: "a share of what is promised in a commitment", Fields: func() []field.Field {
			c.Cap.Kind = "share"
			return []field.Field{
				{Name: "rate", Kind: field.Rate, Required: true, Min: field.At(0), Max: field.At(10), Into: &c.Cap.Share, Doc: "the share of its total"},
				{Name: "of", Kind: field.Ref, Required: true, Into: &c.Cap.Of, Doc: "the commitment"},
			}
		}},
	}
}

// Check reports damages that can never fall due.
func (c *DelayDamages) Check(in *Setting, r field.Report) {
	c.head.between(in.Supplier, in.Buyer, in, r)
	c.head.checkForce(in, r)
	if c.Cap != nil && c.Cap.Kind == "share" {
		isCommitment("cap.share.of", c.Cap.Of, in, r)
	}
	if !in.promisesCapacity() && len(in.Off) == 0 {
		r.Fault("DAMAGES-NOTHING", "rate", "add a capacity clause", "no clause promises capacity, so that nothing can be late")
	}
	if in.Grid.StepsIn(c.Grace) >= in.Grid.Term() {
		r.Fault("GRACE-LONG", "grace", "shorten it", "after %s of grace the term is over", c.Grace.Words())
	}
}

// Explain says the clause in English.
func (c *DelayDamages) Explain(in *Setting) string {
	supplier, buyer := in.Name(c.head.From), in.Name(c.head.To)
	what := fmt.Sprintf("%s of the price of each unit of compute that is promised and not delivered", unit.FormatRate(c.Share))
	if c.Per == "per_gw" {
		what = fmt.Sprintf("%s a month for each gigawatt that is promised and not delivered", in.Money(c.PerGW))
	}
	s := fmt.Sprintf("%s shall pay %s, as liquidated damages, %s", supplier, buyer, what)
	if c.Grace != (calendar.Span{}) {
		s += fmt.Sprintf(", once delivery has been short for %s", c.Grace.Words())
	}
	switch {
	case c.Cap == nil:
	case c.Cap.Kind == "share":
		s += fmt.Sprintf(", up to %s of the total of %s in all", unit.FormatRate(c.Cap.Share), c.Cap.Of)
	default:
		s += fmt.Sprintf(", up to %s in all", in.Money(c.Cap.Cents))
	}
	if c.As == "credit" {
		s += ", as credit on later invoices"
	}
	return s + "." + c.head.binding()
}

// Without the clause a delay costs the supplier the sales alone.
func (c *DelayDamages) Without() Absence {
	return Absence{Says: "A delay costs the supplier no more than the sales that it does not make, and the relief that commitments give."}
}

// among is the clause as it stands among the others of a deal.
func (c *DelayDamages) among(clauses []Clause) Clause {
	d := *c
	d.capped = nil
	if c.Cap != nil && c.Cap.Kind == "amount" {
		d.capped = &c.Cap.Cents
	} else if c.Cap != nil {
		if x, ok := find(clauses, c.Cap.Of).(*Commitment); ok {
			most := x.Total.Value * c.Cap.Share
			d.capped = &most
		}
	}
	return &d
}

// boundDamages is the clause laid out.
type boundDamages struct {
	c       *DelayDamages
	gate    contract.Gate
	grace   int
	short   contract.Col // steps in a row in which delivery was short
	paid    contract.Col // cents so far
	balance contract.Col // cents of credit
	pay     contract.LineID
	give    contract.LineID
	spend   contract.LineID
	use     contract.BillID
}

// Bind attaches the clause: Settle pays for what was promised and not
// delivered.
func (c *DelayDamages) Bind(b *contract.Builder) {
	id, cash := c.head.ID, contract.Asset{Kind: contract.Cash}
	k := &boundDamages{c: c, gate: c.head.gate(b), grace: b.Grid().StepsIn(c.Grace), short: b.Column(id + ".short"), paid: b.Column(id + ".paid")}
	k.pay = b.Line(contract.Line{From: b.Supplier(), To: b.Buyer(), Asset: cash, Kind: "delay_damages", Clause: id, Role: contract.Use})
	if c.As == "credit" {
		credit := contract.Asset{Kind: contract.Credits, Of: id}
		k.balance = b.Column(id + ".credit")
		b.Stock(b.Buyer(), credit, k.balance)
		k.give = b.Line(contract.Line{From: b.Supplier(), To: b.Buyer(), Asset: credit, Kind: "credit_given", Clause: id})
		k.spend = b.Line(contract.Line{From: b.Buyer(), To: b.Supplier(), Asset: credit, Kind: "credit_used", Clause: id})
		k.use = b.Bill(contract.Line{From: b.Supplier(), To: b.Buyer(), Asset: cash, Kind: "damages_credit", Clause: id, Role: contract.Use}, b.UsageNet())
	}
	b.On(contract.Crediting, id, func(m *contract.Month) {
		if c.As == "credit" {
			k.useCredit(m, m.Q(contract.NotUsage))
		}
	})
	b.On(contract.Reckoning, id, k.reckon)
}

// reckon says what is due for the step, and pays it.
func (k *boundDamages) reckon(m *contract.Month) {
	due, live, short, paid := m.Temp(), m.Q(contract.Live), m.Col(k.short), m.Col(k.paid)
	promised, delivered, price := m.Q(contract.Promised), m.Q(contract.Delivered), m.Q(contract.Price)
	m.Force(k.gate, due)
	for i := range due {
		if live[i] == 0 || reaches(delivered[i], promised[i]) {
			short[i], due[i] = 0, 0
			continue
		}
		if short[i]++; short[i] <= float64(k.grace) {
			due[i] = 0
			continue
		}
		if k.c.Per == "share" {
			due[i] *= k.c.Share * price[i] * (promised[i] - delivered[i])
		} else {
			missing := max(0, m.Q(contract.PromisedPower)[i]-m.Q(contract.Power)[i])
			due[i] *= k.c.PerGW * missing * float64(m.Grid().MonthsPerStep())
		}
		if k.c.capped != nil {
			due[i] = min(due[i], max(0, *k.c.capped-paid[i]))
		}
	}
	if k.c.As == "credit" {
		m.Post(k.give, due)
		vec.Accumulate(m.Col(k.balance), due)
		vec.Accumulate(paid, due)
		k.payOut(m, due)
	} else {
		m.Post(k.pay, due)
		vec.Accumulate(paid, due)
	}
	m.Free(1)
}

// useCredit pays the step's invoice for usage with credit.
func (k *boundDamages) useCredit(m *contract.Month, notUsage []float64) {
	used, invoice, balance := m.Temp(), m.Q(contract.Invoice), m.Col(k.balance)
	for i := range used {
		used[i] = min(balance[i], max(0, invoice[i]-notUsage[i]))
	}
	m.Post(k.spend, used)
	m.Bill(k.use, used)
	vec.Sub(balance, balance, used)
	m.Free(1)
}

// payOut pays in cash what credit is left when the agreement ends.
func (k *boundDamages) payOut(m *contract.Month, left []float64) {
	ends := m.Q(contract.Exiting)
	if m.T == m.Grid().Term()-1 {
		ends = m.Q(contract.Live)
	}
	balance := m.Col(k.balance)
	vec.Select(left, ends, balance, m.Zero())
	m.Post(k.spend, left)
	m.Post(k.pay, left)
	vec.Sub(balance, balance, left)
}
