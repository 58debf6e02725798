// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"

	"offtake/internal/contract"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// Default says what follows when a party fails: what falls due, what the
// failed party's estate pays on it, whether the contract runs on, and which
// other clauses the failure reaches. Certain defaults of Anthropic make a
// substantial portion of its lease with Broadcom due at once and limit its use
// of Broadcom's facility; under section 365 of the United States Bankruptcy
// Code an estate may assume a contract, and then cures what is in arrears, or
// reject it, and then owes damages like any unsecured debtor.
type Default struct {
	head         Head
	Of           string   // whose failure; "" for that of the party it runs from
	Acceleration *float64 // share of the minimums still to run that falls due; nil for what each commitment says
	Recovery     [contract.LiabilityKinds]*float64
	SetOff       bool
	Estate       string
	StepIn       *StepIn
	Damages      *Damages
	Cross        []CrossDefault
}

// StepIn is the buyer's right to have the compute kept running when the
// supplier has failed.
type StepIn struct {
	Delivery float64 // share of what would have been delivered
}

// Damages are what replacing the compute costs the buyer beyond the contract.
type Damages struct {
	CapCents *float64
}

// A CrossDefault is another clause that a failure reaches.
type CrossDefault struct {
	Clause string
	Effect string
}

// NewDefault is an empty clause with its defaults.
func NewDefault() *Default { return &Default{head: Head{Binding: "firm"}, Estate: "reject"} }

// Head is the clause's id and parties.
func (c *Default) Head() *Head { return &c.head }

// Kind is "default".
func (c *Default) Kind() string { return "default" }

// Fields is the table of what a file may say.
func (c *Default) Fields() []field.Field {
	return append(append(c.head.fields("whose failure is dealt with, and who then owes", "who is then owed"), c.head.window()...),
		field.Field{Name: "of", Kind: field.Party, Into: &c.Of,
			Doc: "another party than the one it runs from, whose failure reaches the clauses under cross and nothing else"},
		field.Field{Name: "acceleration", Kind: field.Rate, Default: "what each clause says", Min: field.At(0), Max: field.At(1), Into: &c.Acceleration,
			Doc: "share of the minimums and rents still to run that a failed buyer or tenant owes at once, at face value"},
		field.Field{Name: "recovery", Kind: field.Group, Fields: c.recoveries,
			Doc: "what the estate pays, by what it is for; otherwise what the world says of the buyer, and nothing of others"},
		field.Field{Name: "set_off", Kind: field.Flag, Default: "false", Into: &c.SetOff,
			Doc: "whether what the other party owes the failed one under loans is set off first, in full"},
		field.Field{Name: "estate", Kind: field.Choice, Choices: []string{"reject", "assume"}, Default: "reject", Into: &c.Estate,
			Doc: "whether the estate rejects the contract, or assumes it: then bills are paid in full and the contract runs on"},
		field.Field{Name: "step_in", Kind: field.Group, None: true, Default: "none", Fields: c.newStepIn,
			Doc: "the buyer has the compute kept running when the supplier fails, and the contract runs on"},
		field.Field{Name: "damages", Kind: field.Group, None: true, Default: "none", Fields: c.newDamages,
			Doc: "what a failed supplier owes for replacing what it promised: its units at what the market price is above the deal's"},
		field.Field{Name: "cross", Kind: field.List, One: true, Fields: c.newCross,
			Doc: "other clauses that the failure reaches"},
	)
}

func (c *Default) recoveries() []field.Field {
	var out []field.Field
	for _, x := range []struct {
		of        contract.LiabilityKind
		name, doc string
	}{
		{contract.OfBills, "accrued", "on what was billed and not paid"},
		{contract.OfMinimums, "commitment", "on the minimums and rents still to run"},
		{contract.OfLoan, "loans", "on loans that state no recovery of their own"},
		{contract.OfPrepaid, "prepaid", "on what was paid for and not delivered"},
		{contract.OfDamages, "damages", "on damages"},
	} {
		out = append(out, field.Field{Name: x.name, Kind: field.Rate, Min: field.At(0), Max: field.At(1), Into: &c.Recovery[x.of], Doc: x.doc})
	}
	return out
}

func (c *Default) newStepIn() []field.Field {
	c.StepIn = &StepIn{Delivery: 1}
	return []field.Field{{Name: "delivery", Kind: field.Rate, Default: "100%", Min: field.At(0), Max: field.At(1), Into: &c.StepIn.Delivery,
		Doc: "share of the capacity that is kept running"}}
}

func (c *Default) newDamages() []field.Field {
	c.Damages = &Damages{}
	return []field.Field{{Name: "cap", Kind: field.Money, Default: "none", None: true, Min: field.At(0), Into: &c.Damages.CapCents,
		Doc: "the most that is owed"}}
}

func (c *Default) newCross() []field.Field {
	c.Cross = append(c.Cross, CrossDefault{Effect: "stop"})
	x := &c.Cross[len(c.Cross)-1]
	return []field.Field{
		{Name: "clause", Kind: field.Ref, Required: true, Into: &x.Clause, Doc: "a facility or a loan"},
		{Name: "effect", Kind: field.Choice, Choices: []string{"stop", "due"}, Default: "stop", Into: &x.Effect,
			Doc: "stop: nothing more can be drawn; due: what a loan comes to falls due at once, too"},
	}
}

// whose is the party whose failure is dealt with.
func (c *Default) whose() string {
	if c.Of != "" {
		return c.Of
	}
	return c.head.From
}

// runsOn tells whether the contract runs on in spite of the failure.
func (c *Default) runsOn() bool { return c.Estate == "assume" || c.StepIn != nil }

// Check reports what cannot follow from the failure of that party.
func (c *Default) Check(in *Setting, r field.Report) {
	c.head.parties(in, r)
	c.head.checkForce(in, r)
	buyer := c.head.From == in.Buyer && c.head.To == in.Supplier
	supplier := c.head.From == in.Supplier && c.head.To == in.Buyer
	tenant := in.lets(c.head.To, c.head.From)
	other := c.Of != "" && c.Of != c.head.From
	for _, x := range []struct {
		path string
		said bool
		fits bool
		when string
	}{
		{"acceleration", c.Acceleration != nil, buyer || tenant, "the buyer fails the supplier, or a tenant its landlord"},
		{"estate", c.Estate == "assume", buyer || supplier, "the buyer or the supplier fails the other"},
		{"step_in", c.StepIn != nil, supplier, "the supplier fails the buyer"},
		{"damages", c.Damages != nil, supplier, "the supplier fails the buyer"},
		{"recovery", c.Recovery != [contract.LiabilityKinds]*float64{}, true, ""},
		{"set_off", c.SetOff, true, ""},
	} {
		switch {
		case x.said && other:
			r.Fault("DEFAULT-WHOSE", x.path, "state it in a clause that runs from the party that fails", "from the failure of %s nothing follows but what stands under cross", in.Name(c.Of))
		case x.said && !x.fits:
			r.Fault("DEFAULT-WHOSE", x.path, "leave it out, or change from and to", "it follows only where %s", x.when)
		}
	}
	if c.Estate == "assume" && c.StepIn != nil {
		r.Fault("DEFAULT-RUNS-ON", "step_in", "keep step_in or estate: assume", "the contract is carried on in two ways")
	}
	if c.runsOn() && c.Damages != nil {
		r.Fault("DEFAULT-RUNS-ON", "damages", "leave them out, or let the contract end", "the contract runs on, and nothing has to be replaced")
	}
	if c.runsOn() && c.Acceleration != nil {
		r.Fault("DEFAULT-RUNS-ON", "acceleration", "leave it out, or let the contract end", "the contract runs on, and its minimums with it")
	}
	if c.Damages != nil && !in.promisesCapacity() && len(in.Off) == 0 {
		r.Warn("DAMAGES-NOTHING", "damages", "add a capacity clause", "no clause promises units that would have to be replaced")
	}
	c.checkOthers(in, r)
}

// lets tells whether one party lets something to another.
func (in *Setting) lets(landlord, tenant string) bool {
	for _, c := range in.Clauses {
		if c.Kind() == "lease" && c.Head().From == landlord && c.Head().To == tenant {
			return true
		}
	}
	return false
}

// checkOthers looks at the clauses that this one reaches, and at those that deal
// with the same failure.
func (c *Default) checkOthers(in *Setting, r field.Report) {
	for i, x := range c.Cross {
		at := fmt.Sprintf("cross[%d]", i)
		switch other := in.Find(x.Clause).(type) {
		case nil, *Loan, *Note:
		case *Facility:
			if x.Effect == "due" {
				r.Fault("CROSS-DUE", at+".effect", "write stop", "what was drawn from %s is not repaid under it: it cannot fall due", x.Clause)
			}
		default:
			r.Warn("CROSS-NOTHING", at+".clause", "name a facility, a loan or a note", "%s is a clause of the kind %s: nothing can be drawn under it", x.Clause, other.Kind())
		}
	}
	for _, other := range in.Clauses {
		x, ok := other.(*Default)
		if ok && x == c {
			return // each pair is said once, at the later of the two
		}
		if ok && x.whose() == c.whose() && x.head.From == c.head.From && x.head.To == c.head.To {
			r.Fault("DEFAULT-TWICE", "id", "make one clause of the two", "%s says already what follows from the failure of %s", x.head.ID, in.Name(c.whose()))
		}
	}
}

// Explain says the clause in English.
func (c *Default) Explain(in *Setting) string {
	from, to, of := in.Name(c.head.From), in.Name(c.head.To), in.Name(c.whose())
	s := fmt.Sprintf("If %s fails, ", of)
	switch {
	case c.Of != "" && c.Of != c.head.From:
		s += fmt.Sprintf("this follows between %s and %s", from, to)
	case c.Estate == "assume":
		s += "its estate assumes the contract: it pays in full what is in arrears, and the contract runs on"
	case c.StepIn != nil:
		s += fmt.Sprintf("%s steps in: %s of the capacity is kept running, and the contract runs on", to, unit.FormatRate(c.StepIn.Delivery))
	default:
		s += fmt.Sprintf("its estate rejects the contract and owes %s what is left of it", to)
	}
	if c.Acceleration != nil {
		s += fmt.Sprintf("; %s of the minimums still to run fall due at once", unit.FormatRate(*c.Acceleration))
	}
	if c.Damages != nil {
		s += "; it owes what replacing the promised compute at the market price costs beyond the contract"
		if c.Damages.CapCents != nil {
			s += ", up to " + in.Money(*c.Damages.CapCents)
		}
	}
	s += "."
	if pays := c.paysWords(); pays != "" {
		s += " The estate pays " + pays + "."
	}
	if c.SetOff {
		s += fmt.Sprintf(" What %s owes %s under loans is set off first.", to, from)
	}
	for _, x := range c.Cross {
		s += fmt.Sprintf(" Nothing more can then be drawn under %s", x.Clause)
		if x.Effect == "due" {
			s += ", and what is owed under it falls due"
		}
		s += "."
	}
	return s + c.head.binding()
}

func (c *Default) paysWords() string {
	var parts []string
	for kind, words := range [contract.LiabilityKinds]string{"bills", "the minimums still to run", "loans", "what was prepaid", "damages"} {
		if share := c.Recovery[kind]; share != nil {
			parts = append(parts, fmt.Sprintf("%s of %s", unit.FormatRate(*share), words))
		}
	}
	return enumerate(parts)
}

// Without the clause the estate rejects the contract, and what the world says is
// recovered.
func (c *Default) Without() Absence {
	return Absence{Says: "A failed party's estate rejects the contract: of the buyer's it pays what the world says, of any other party's nothing, " +
		"each commitment says itself what falls due, and the failure reaches no other clause."}
}
