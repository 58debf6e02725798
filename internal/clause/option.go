// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// Option is the buyer's right to more capacity, or to later generations of
// chips, on terms agreed beforehand. Anthropic may buy future generations of
// Amazon's Trainium; OpenAI has an option on 1.25 GW of Cerebras's systems
// beyond the 750 MW it has ordered.
type Option struct {
	head        Head
	Generations []Generation
	Notice      calendar.Span
	Premium     unit.Amount // cents
	Price       *float64    // currency units per unit of compute; nil for the deal's price
	Raises      *Raise
	netMonths   int  // of invoices for usage, among the deal's clauses
	raising     bool // whether the commitment that it raises is among them
}

// Raise is what exercising adds to a commitment.
type Raise struct {
	Commitment string
	Cents      float64
}

// NewOption is an empty clause with its defaults.
func NewOption() *Option { return &Option{head: Head{Binding: "firm"}} }

// Head is the clause's id and parties.
func (c *Option) Head() *Head { return &c.head }

// Kind is "option".
func (c *Option) Kind() string { return "option" }

// Fields is the table of what a file may say.
func (c *Option) Fields() []field.Field {
	table := append(c.head.fields("the supplier", "the buyer"), c.head.window()...)
	for i := range table {
		switch table[i].Name {
		case "since":
			table[i].Doc = "first day on which it may be exercised; it counts from the first step that begins on or after this date"
		case "until":
			table[i].Doc = "the day on which it may no longer be exercised; once exercised it stands"
		}
	}
	return append(table,
		field.Field{Name: "generations", Kind: field.List, Required: true, Fields: func() []field.Field { return newGeneration(&c.Generations) },
			Doc: "power by chip generation that exercising adds, each from its date on or from the end of the notice, whichever is later"},
		field.Field{Name: "notice", Kind: field.Span, Default: "one step", Into: &c.Notice,
			Doc: "how long after it is exercised the capacity runs, in whole steps, rounded up"},
		field.Field{Name: "premium", Kind: field.Money, Default: "0", Min: field.At(0), Into: &c.Premium,
			Doc: "what the buyer pays for the right, at signing"},
		field.Field{Name: "price", Kind: field.Number, Unit: "currency per unit", Default: "the deal's price", Min: field.At(0), Into: &c.Price,
			Doc: "what a unit of this capacity costs; units taken are first those of the capacity clauses"},
		field.Field{Name: "raises", Kind: field.Group, None: true, Default: "none", Fields: c.newRaise,
			Doc: "what exercising adds to a commitment"})
}

func (c *Option) newRaise() []field.Field {
	c.Raises = &Raise{}
	return []field.Field{
		{Name: "commitment", Kind: field.Ref, Required: true, Into: &c.Raises.Commitment, Doc: "the commitment that grows"},
		{Name: "by", Kind: field.Money, Required: true, Min: field.Beyond(0), Into: &c.Raises.Cents,
			Doc: "what its schedule grows by, in equal parts over the steps from the end of the notice to the end of the term"},
	}
}

// Check reports what can never run, and a commitment that is none.
func (c *Option) Check(in *Setting, r field.Report) {
	c.head.between(in.Supplier, in.Buyer, in, r)
	c.head.checkForce(in, r)
	checkGenerations(c.Generations, in, r)
	if c.head.terms(in.Grid).From+c.steps(in.Grid) >= in.Grid.Term() {
		r.Fault("NOTICE-LATE", "notice", "shorten it, or let the right begin earlier", "what is exercised on the first day allowed runs only when the term is over")
	}
	if !in.promisesCapacity() && len(in.Off) == 0 {
		r.Fault("OPTION-NOTHING", "generations", "add a capacity clause", "no clause promises capacity, so that there is no limit to take more than")
	}
	if c.Raises != nil {
		isCommitment("raises.commitment", c.Raises.Commitment, in, r)
	}
}

// isCommitment reports a reference to a clause of another kind.
func isCommitment(path, id string, in *Setting, r field.Report) {
	x := in.Find(id)
	if _, ok := x.(*Commitment); x != nil && !ok {
		r.Fault("REF-KIND", path, "name a commitment", "%s is not a commitment", id)
	}
}

// steps is how many steps lie between exercising and running.
func (c *Option) steps(grid *calendar.Grid) int { return max(1, grid.StepsIn(c.Notice)) }

// Explain says the clause in English.
func (c *Option) Explain(in *Setting) string {
	what, total := explainGenerations(c.Generations)
	buyer, supplier := in.Name(c.head.To), in.Name(c.head.From)
	s := fmt.Sprintf("%s may call on %s for more capacity: %s%s.", buyer, supplier, what, total)
	first := "the " + in.Grid.Step().String() + " after the call"
	if c.Notice != (calendar.Span{}) {
		first = c.Notice.Words() + " after the call"
	}
	dates := "that date"
	if len(c.Generations) > 1 {
		dates = "these dates"
	}
	s += fmt.Sprintf(" It runs from %s on, or from %s if that is later.", dates, first)
	if c.Premium.Value != 0 {
		s += fmt.Sprintf(" For this right %s pays %s at signing.", buyer, in.Amount(c.Premium))
	}
	if c.Price != nil {
		s += fmt.Sprintf(" A unit of it costs %s.", in.each(*c.Price))
	}
	if c.Raises != nil {
		s += fmt.Sprintf(" The call adds %s to the schedule of %s, in equal parts from then to the end of the term.", in.Money(c.Raises.Cents), c.Raises.Commitment)
	}
	return s + c.head.bindingOf("The call may be made")
}

// Without the clause there is no right to more.
func (c *Option) Without() Absence {
	return Absence{Says: "There is no right to more capacity: beyond what is promised the buyer takes what the market offers, and no premium is paid."}
}

// among is the clause as it stands among the others of a deal.
func (c *Option) among(clauses []Clause) Clause {
	d := *c
	d.netMonths = netOf(clauses)
	if c.Raises != nil {
		_, d.raising = find(clauses, c.Raises.Commitment).(*Commitment)
	}
	return &d
}

// netOf is how many months after use it is paid for.
func netOf(clauses []Clause) int {
	for _, x := range clauses {
		if price, ok := x.(*Price); ok {
			return price.NetMonths
		}
	}
	return 0
}

// find is the clause of that id, or nil.
func find(clauses []Clause, id string) Clause {
	for _, x := range clauses {
		if id != "" && x.Head().ID == id {
			return x
		}
	}
	return nil
}
