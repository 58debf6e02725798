// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// Equity is a purchase of the lab's shares in a financing round, for cash or
// for credits against compute. In April 2026 Amazon bought Anthropic Series G
// nonvoting preferred stock for $5.0 billion; Google's stake in Anthropic is
// capped at 15% and has no votes; Nvidia paid its $30 billion for OpenAI's
// shares in three parts.
type Equity struct {
	head       Head
	Amount     unit.Amount // cents
	At         []calendar.Date
	PreMoney   unit.Amount // cents
	PerShare   *float64    // currency units
	Within     string      // the clause that leads the round
	Round      unit.Amount // cents: all new money of the round, this cheque included
	Security   string
	Voting     string
	PaidIn     string  // cash or credits
	Cap        float64 // most that the investor may hold of the lab; 0 for no cap
	ProRata    *ProRata
	Preference *Preference
}

// ProRata is the right to take part in later rounds of others.
type ProRata struct {
	Share float64  // of what would keep the investor's share of the lab
	UpTo  *float64 // cents in all
}

// Preference is what holders of the shares get before others.
type Preference struct {
	Multiple      float64 // of what was paid
	Participating bool
	SeniorTo      []string // clauses whose shares come after
	Until         string   // the event with which it falls away
}

// NewEquity is an empty clause with its defaults.
func NewEquity() *Equity {
	return &Equity{head: Head{Binding: "firm"}, Security: "preferred", Voting: "voting", PaidIn: "cash"}
}

// Head is the clause's id and parties.
func (c *Equity) Head() *Head { return &c.head }

// LastPaid is the last instalment; a right to take part in later rounds is another time.
func (c *Equity) LastPaid() (calendar.Date, bool) { return latest(c.At...), c.ProRata == nil }

// Kind is "equity".
func (c *Equity) Kind() string { return "equity" }

// Fields is the table of what a file may say.
func (c *Equity) Fields() []field.Field {
	return append(c.head.fields("the investor", "the company whose shares are bought"),
		field.Field{Name: "amount", Kind: field.Money, Required: true, Min: field.Beyond(0), Into: &c.Amount,
			Doc: "what the investor pays"},
		field.Field{Name: "at", Kind: field.Dates, Choices: []string{"signing"}, Default: "signing", Into: &c.At,
			Doc: "when it is paid: at signing, or at the end of the step that holds the date; several dates are equal parts"},
		field.Field{Name: "pre_money", Kind: field.Money, Min: field.Beyond(0), Default: "its fair value", Into: &c.PreMoney,
			Doc: "what the company is taken to be worth before the round"},
		field.Field{Name: "price_per_share", Kind: field.Number, Unit: "currency per share", Min: field.Beyond(0), Into: &c.PerShare,
			Doc: "what a share costs, in place of pre_money; lab_value.shares says how many there are"},
		field.Field{Name: "within", Kind: field.Ref, Into: &c.Within,
			Doc: "the equity clause that leads the round: its price is paid here too"},
		field.Field{Name: "round", Kind: field.Money, Min: field.Beyond(0), Into: &c.Round, Default: "the amount",
			Doc: "all new money of the round, this cheque included"},
		field.Field{Name: "security", Kind: field.Choice, Choices: []string{"common", "preferred"}, Default: "preferred", Into: &c.Security,
			Doc: "the class of shares; value is taken as converted"},
		votingField(&c.Voting),
		field.Field{Name: "paid_in", Kind: field.Choice, Choices: []string{"cash", "credits"}, Default: "cash", Into: &c.PaidIn,
			Doc: "cash, or credits that pay for compute until they are used up: these cost the giver only what serving them costs"},
		capField(&c.Cap, "the most that the investor may then hold of the company, all its shares together; what would exceed it is not bought"),
		field.Field{Name: "pro_rata", Kind: field.Group, None: true, Default: "none", Fields: c.newProRata,
			Doc: "the right to take part in later rounds of others (world.rounds), at their price"},
		field.Field{Name: "preference", Kind: field.Group, None: true, Default: "none", Fields: c.newPreference,
			Doc: "what these shares get before others where the company is worth little"},
	)
}

// votingField is the field of a label that moves nothing.
func votingField(into *string) field.Field {
	return field.Field{Name: "voting", Kind: field.Choice, Choices: []string{"voting", "nonvoting"}, Default: "voting", Into: into,
		Doc: "whether the shares have votes; it moves no money"}
}

func (c *Equity) newProRata() []field.Field {
	c.ProRata = &ProRata{Share: 1}
	p := c.ProRata
	return []field.Field{
		{Name: "share", Kind: field.Rate, Default: "100%", Min: field.Beyond(0), Max: field.At(1), Into: &p.Share,
			Doc: "of the part of a round that keeps the investor's share of the company as it is"},
		{Name: "up_to", Kind: field.Money, Min: field.Beyond(0), Default: "no limit", Into: &p.UpTo, Doc: "the most that it may put in, in all"},
	}
}

func (c *Equity) newPreference() []field.Field {
	c.Preference = &Preference{Multiple: 1}
	p := c.Preference
	return []field.Field{
		{Name: "multiple", Kind: field.Number, Unit: "times what was paid", Default: "1", Min: field.Beyond(0), Into: &p.Multiple, Doc: "what comes back first"},
		{Name: "participating", Kind: field.Flag, Default: "false", Into: &p.Participating,
			Doc: "true: the shares take part in the rest as well; false: the holder takes the preference or what the shares are worth as converted, whichever is more"},
		{Name: "senior_to", Kind: field.Refs, Into: &p.SeniorTo, Doc: "the equity clauses whose preferences come after this one; others share in proportion"},
		{Name: "until", Kind: field.Text, Into: &p.Until, Doc: "the event with which it falls away, as on a listing: the shares are then as converted"},
	}
}

// NewMoney is all new money of the round in cents, as far as this clause says.
func (c *Equity) NewMoney() float64 {
	if c.Round.Value == 0 {
		return c.Amount.Value
	}
	return c.Round.Value
}

// AtSigning tells whether all of it is paid at signing.
func (c *Equity) AtSigning() bool { return len(c.At) == 0 || len(c.At) == 1 && c.At[0].IsZero() }

// Lead is the id of the clause that leads the round: its own, or that of Within.
func (c *Equity) Lead() string {
	if c.Within != "" {
		return c.Within
	}
	return c.head.ID
}

// A Payment is one part of what a clause puts in.
type Payment struct {
	Step  int // -1 at signing
	Cents float64
}

// Payments are the parts in which the purchase is paid, in order.
func (c *Equity) Payments(grid *calendar.Grid) []Payment { return payments(c.Amount.Value, c.At, grid) }

func payments(cents float64, days []calendar.Date, grid *calendar.Grid) []Payment {
	if len(days) == 0 {
		return []Payment{{-1, cents}}
	}
	var out []Payment
	for i, part := range parts(cents, len(days)) {
		out = append(out, Payment{dayStep(grid, days[i]), part})
	}
	return out
}

// Class is what its shares are called.
func (c *Equity) Class(string) string { return class(c.Security, c.Voting) }

func class(security, voting string) string {
	if voting == "nonvoting" {
		return "nonvoting " + security
	}
	return security
}

func (c *Equity) price() SharePrice {
	return SharePrice{PreMoney: c.PreMoney.Value, PerShare: c.PerShare}
}

// Explain says the clause in English.
func (c *Equity) Explain(in *Setting) string {
	with := "in cash"
	if c.PaidIn == "credits" {
		with = "in credits against compute"
	}
	return fmt.Sprintf("%s shall buy %s shares of %s for %s, paid %s %s, %s.%s%s",
		in.Name(c.head.From), c.Class(""), in.Name(c.head.To), in.Amount(c.Amount), with, daysSay(c.At), c.priceSays(in), c.rightsSay(in), c.head.binding())
}

func (c *Equity) priceSays(in *Setting) string {
	round := ""
	if c.NewMoney() > c.Amount.Value {
		round = fmt.Sprintf(", as part of a round of %s", in.Amount(c.Round))
	}
	switch {
	case c.Within != "":
		return "in the round and at the price of " + c.Within
	case c.PerShare != nil:
		return fmt.Sprintf("at %s a share%s", in.each(*c.PerShare), round)
	case c.PreMoney.Value > 0:
		return fmt.Sprintf("at a value of %s before the round%s", in.Amount(c.PreMoney), round)
	}
	return "at the fair price of the day" + round
}

func (c *Equity) rightsSay(in *Setting) string {
	s := ""
	if c.Cap > 0 {
		s += fmt.Sprintf(" %s shall hold no more than %s of %s; what would exceed this is not bought.", in.Name(c.head.From), unit.FormatRate(c.Cap), in.Name(c.head.To))
	}
	if p := c.ProRata; p != nil {
		of := ""
		if p.Share < 1 {
			of = unit.FormatRate(p.Share) + " of "
		}
		s += fmt.Sprintf(" In later rounds of others %s may buy %swhat keeps its share of %s as it is", in.Name(c.head.From), of, in.Name(c.head.To))
		if p.UpTo != nil {
			s += ", for up to " + in.Money(*p.UpTo) + " in all"
		}
		s += "."
	}
	if p := c.Preference; p != nil {
		times := ""
		if p.Multiple != 1 {
			times = unit.FormatNumber(p.Multiple) + " times "
		}
		s += fmt.Sprintf(" These shares get back %swhat was paid for them before the rest is shared out", times)
		if len(p.SeniorTo) > 0 {
			s += ", ahead of those of " + inWords(p.SeniorTo)
		}
		if p.Participating {
			s += ", and take part in the rest too"
		} else {
			s += ", unless they are worth more as converted"
		}
		if p.Until != "" {
			s += "; this ends with " + c.head.eventName(p.Until)
		}
		s += "."
	}
	return s
}

// Without the clause no shares are bought.
func (c *Equity) Without() Absence {
	return Absence{Says: "No shares are bought and no round is held, for those who would take part in it either: the company's owners keep what they had."}
}
