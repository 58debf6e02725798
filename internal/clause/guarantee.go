// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// Guarantee is a third party's promise to pay what another leaves unpaid under
// a clause when it fails. Google may pay the termination fee of Fluidstack's
// leases with TeraWulf or take the leases over, for warrants, and does so only
// once the buildings are complete; Nvidia guarantees the leases of partners, up
// to $3.5 billion gross.
type Guarantee struct {
	head     Head
	Of       string
	Cents    *float64 // the most that is paid; nil for no limit
	Share    *float64 // or the part of what is left unpaid that is paid
	Declines []Decline
	Starts   Start
	Assume   string
	Worth    float64
	Fee      *GuaranteeFee
	For      string
}

// A Decline leaves a part of a guarantee from a day on.
type Decline struct {
	At calendar.Date
	To float64 // share of the amount or of the share that was stated first
}

// A Start says from when a guarantee is worth anything.
type Start struct {
	PowerGW *float64
	Event   string
}

// GuaranteeFee is what the guarantor is paid.
type GuaranteeFee struct {
	Cents   float64 // at signing
	PerYear float64 // of the amount guaranteed
	By      string  // "" for the buyer
}

// NewGuarantee is an empty clause with its defaults.
func NewGuarantee() *Guarantee {
	return &Guarantee{head: Head{Binding: "firm"}, Assume: "never", Worth: 1}
}

// Head is the clause's id and parties.
func (c *Guarantee) Head() *Head { return &c.head }

// Kind is "guarantee".
func (c *Guarantee) Kind() string { return "guarantee" }

// Fields is the table of what a file may say.
func (c *Guarantee) Fields() []field.Field {
	return append(append(c.head.fields("the guarantor", "who is paid"), c.head.window()...),
		field.Field{Name: "of", Kind: field.Ref, Required: true, Into: &c.Of,
			Doc: "the clause under which somebody may fail to pay: the price, a commitment, a lease, a loan, damages"},
		field.Field{Name: "cap", Kind: field.Variant, Default: "none", None: true, Fields: c.caps,
			Bare: &field.Field{Name: "cap", Kind: field.Money, Min: field.Beyond(0), Into: &c.Cents},
			Doc:  "the most that is paid: an amount, or a share of what is left unpaid"},
		field.Field{Name: "declines", Kind: field.List, One: true, Fields: c.newDecline,
			Doc: "how the cap falls, in the order of the dates"},
		field.Field{Name: "starts", Kind: field.Variant, Fields: c.starts,
			Doc: "what has to come first, before anything is paid; without it, nothing"},
		field.Field{Name: "assume", Kind: field.Choice, Choices: []string{"never", "always", "cheaper"}, Default: "never", Into: &c.Assume,
			Doc: "whether the guarantor takes the buyer's place instead of paying: pays its bills in arrears and then each step's part of the minimum, as far as capacity is delivered, and has the compute"},
		field.Field{Name: "worth", Kind: field.Rate, Default: "100%", Min: field.At(0), Max: field.At(10), Into: &c.Worth,
			Doc: "what a unit is then worth to it, as a share of the market price"},
		field.Field{Name: "fee", Kind: field.Group, None: true, Default: "none", Fields: c.newFee,
			Doc: "what the guarantor is paid"},
		field.Field{Name: "for", Kind: field.Ref, Into: &c.For,
			Doc: "the clause that is its consideration, such as a warrant"},
	)
}

func (c *Guarantee) caps() []field.Field {
	return []field.Field{
		{Name: "amount", Kind: field.Money, Min: field.Beyond(0), Into: &c.Cents, Doc: "in all"},
		{Name: "share", Kind: field.Rate, Min: field.Beyond(0), Max: field.At(1), Into: &c.Share, Doc: "of what is left unpaid"},
	}
}

func (c *Guarantee) newDecline() []field.Field {
	c.Declines = append(c.Declines, Decline{})
	x := &c.Declines[len(c.Declines)-1]
	return []field.Field{
		{Name: "at", Kind: field.Date, Required: true, Into: &x.At, Doc: "from the step that holds the date on"},
		{Name: "to", Kind: field.Rate, Required: true, Min: field.At(0), Max: field.At(1), Into: &x.To, Doc: "the part of the cap that is left"},
	}
}

func (c *Guarantee) starts() []field.Field {
	return []field.Field{
		{Name: "gw", Kind: field.Number, Unit: "GW", Min: field.Beyond(0), Into: &c.Starts.PowerGW, Doc: "delivered power that has been reached in an earlier step"},
		{Name: "event", Kind: field.Text, Into: &c.Starts.Event, Doc: "an event that has happened"},
	}
}

func (c *Guarantee) newFee() []field.Field {
	c.Fee = &GuaranteeFee{}
	return []field.Field{
		{Name: "at_signing", Kind: field.Money, Default: "0", Min: field.At(0), Into: &c.Fee.Cents, Doc: "at signing"},
		{Name: "per_year", Kind: field.Rate, Unit: "per year", Default: "0%", Min: field.At(0), Max: field.At(1), Into: &c.Fee.PerYear,
			Doc: "of the amount guaranteed, at the end of each step in which the agreement runs and the guarantee has started"},
		{Name: "by", Kind: field.Party, Into: &c.Fee.By, Doc: "who pays it; the buyer where nothing is said"},
	}
}

// left is the part of the cap that is left in step t.
func (c *Guarantee) left(grid *calendar.Grid, t int) float64 {
	left := 1.0
	for _, d := range c.Declines {
		if d.At.Before(grid.StepEnd(t)) {
			left = d.To
		}
	}
	return left
}

// payer is who pays the fee.
func (c *Guarantee) payer(buyer string) string {
	if c.Fee.By != "" {
		return c.Fee.By
	}
	return buyer
}

// debts are who owes whom under the clause that is guaranteed.
func (c *Guarantee) debts(in *Setting) (debtor, creditor string) {
	switch x := in.Find(c.Of).(type) {
	case nil:
		return "", ""
	case *Loan:
		return x.head.To, x.head.From
	case *Lease:
		return x.head.To, x.head.From
	case *Default:
		return x.head.From, x.head.To
	default:
		if owing[x.Kind()] {
			return in.Supplier, in.Buyer
		}
	}
	return in.Buyer, in.Supplier
}

// Check reports a guarantee that cannot be called.
func (c *Guarantee) Check(in *Setting, r field.Report) {
	c.head.parties(in, r)
	c.head.checkForce(in, r)
	if x := in.Find(c.Of); x != nil && !owes(x) {
		r.Fault("REF-KIND", "of", owingHint, "nothing that a failed party leaves unpaid is owed under %s", c.Of)
		return
	}
	debtor, creditor := c.debts(in)
	if debtor != "" && c.head.From == debtor {
		r.Fault("GUARANTEE-OWN", "from", "name somebody else", "%s would guarantee what it owes itself", in.Name(debtor))
	}
	if creditor != "" && c.head.To != "" && c.head.To != creditor {
		r.Fault("PARTY-ROLE", "to", "write "+creditor, "under %s %s is owed, and not %s", c.Of, in.Name(creditor), in.Name(c.head.To))
	}
	for i, d := range c.Declines {
		if i > 0 && !c.Declines[i-1].At.Before(d.At) {
			r.Fault("DECLINE-ORDER", fmt.Sprintf("declines[%d].at", i), "list them in the order of their dates", "this does not come after the one before it")
		}
	}
	if len(c.Declines) > 0 && c.Cents == nil && c.Share == nil {
		r.Fault("GUARANTEE-CAP", "declines", "state a cap", "there is no cap that could fall")
	}
	if c.Fee != nil && c.Fee.PerYear > 0 && c.Cents == nil {
		r.Fault("GUARANTEE-CAP", "fee.per_year", "state a cap in money, or a fee at signing", "there is no amount guaranteed to take a share of")
	}
	if _, ok := in.Find(c.Of).(*Commitment); !ok && c.Assume != "never" && in.Find(c.Of) != nil {
		r.Fault("GUARANTEE-ASSUME", "assume", "guarantee a commitment, or write never", "there is no minimum under %s by which its contract could be taken over", c.Of)
	}
	c.checkConsideration(in, r)
	in.knowsEvent(c.Starts.Event, "starts.event", r)
	if c.Starts.PowerGW != nil {
		checkPower("starts.gw", *c.Starts.PowerGW, in, r)
	}
}

// checkConsideration reports what the guarantor would get, and does not.
func (c *Guarantee) checkConsideration(in *Setting, r field.Report) {
	if c.For != "" && c.For == c.head.ID {
		r.Fault("GUARANTEE-FOR", "for", "name the clause that is given in return, or leave it out", "the guarantee would be given in return for itself")
	}
	if c.Fee == nil {
		return
	}
	if c.Fee.Cents == 0 && c.Fee.PerYear == 0 {
		r.Fault("GUARANTEE-FEE", "fee", "give at_signing or per_year, or leave the fee out", "the fee is nothing")
	}
	if c.payer(in.Buyer) == c.head.From && c.head.From != "" {
		r.Fault("PARTY-SAME", "fee.by", "name another party", "%s would pay itself", in.Name(c.head.From))
	}
}

// Explain says the clause in English.
func (c *Guarantee) Explain(in *Setting) string {
	debtor, _ := c.debts(in)
	guarantor, who := in.Name(c.head.From), "whoever owes it"
	if debtor != "" {
		who = in.Name(debtor)
	}
	s := fmt.Sprintf("%s guarantees to %s what %s leaves unpaid under %s when it fails, beyond what collateral and its estate pay", guarantor, in.Name(c.head.To), who, c.Of)
	switch {
	case c.Cents != nil:
		s += ", up to " + in.Money(*c.Cents)
	case c.Share != nil:
		s += fmt.Sprintf(", %s of it", unit.FormatRate(*c.Share))
	}
	for _, d := range c.Declines {
		s += fmt.Sprintf(", falling to %s of that from %s", unit.FormatRate(d.To), d.At)
	}
	s += "."
	switch {
	case c.Starts.PowerGW != nil:
		s += fmt.Sprintf(" %s pays nothing before delivered power has reached %s GW.", guarantor, gigawatts(*c.Starts.PowerGW))
	case c.Starts.Event != "":
		s += fmt.Sprintf(" %s pays nothing before %s has happened.", guarantor, c.head.eventName(c.Starts.Event))
	}
	if c.Assume != "never" {
		when := map[string]string{"always": "Instead", "cheaper": "Where that costs " + guarantor + " less"}[c.Assume]
		s += fmt.Sprintf(" %s, %s takes the contract over: it pays what is in arrears and each %s's part of the minimum as far as capacity is delivered, and has the compute, which is taken to be worth %s of the market price to it.",
			when, guarantor, in.Grid.Step(), unit.FormatRate(c.Worth))
	}
	return s + c.consideration(in) + c.head.binding()
}

// consideration says what the guarantor gets.
func (c *Guarantee) consideration(in *Setting) string {
	s := ""
	if c.Fee != nil {
		var parts []string
		if c.Fee.Cents > 0 {
			parts = append(parts, in.Money(c.Fee.Cents)+" at signing")
		}
		if c.Fee.PerYear > 0 {
			parts = append(parts, unit.FormatRate(c.Fee.PerYear)+" a year of the amount guaranteed")
		}
		if len(parts) > 0 {
			s = fmt.Sprintf(" For this %s pays %s %s.", in.Name(c.payer(in.Buyer)), in.Name(c.head.From), enumerate(parts))
		}
	}
	if c.For != "" {
		s += fmt.Sprintf(" The guarantee is given in return for %s.", c.For)
	}
	return s
}

// Without the clause nobody pays for somebody else.
func (c *Guarantee) Without() Absence {
	return Absence{Says: "Nobody pays what a failed party leaves unpaid."}
}
