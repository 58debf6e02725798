// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"
	"math"
	"slices"

	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// Extension is a right to extend the term of the agreement by notice, once or
// several times, and what must be spent then. TeraWulf's ten-year agreements
// with Fluidstack may be extended twice by five years. The price of an extension
// is that of the price clause in whose time it lies.
type Extension struct {
	head    Head
	By      string // buyer or supplier
	Length  calendar.Span
	Times   int
	Notice  calendar.Span
	Opens   calendar.Span // how long before the end notice may first be given
	Of      []string      // commitments that go on; all that can where it is empty
	Minimum string        // same, none, share or per_year
	Share   float64       // of what the last period of the term as signed asked for
	Cents   float64       // a year
	prices  []*Price
}

// NewExtension is an empty clause with its defaults.
func NewExtension() *Extension {
	return &Extension{head: Head{Binding: "firm"}, By: "buyer", Times: 1, Minimum: "same", Share: 1}
}

// Head is the clause's id and parties.
func (c *Extension) Head() *Head { return &c.head }

// Kind is "extension".
func (c *Extension) Kind() string { return "extension" }

// Fields is the table of what a file may say.
func (c *Extension) Fields() []field.Field {
	return append(append(c.head.fields("the supplier", "the buyer"), c.head.window()...),
		field.Field{Name: "by", Kind: field.Choice, Choices: []string{"buyer", "supplier"}, Default: "buyer", Into: &c.By, Doc: "who may extend the term"},
		field.Field{Name: "length", Kind: field.Span, Required: true, Into: &c.Length, Doc: "by how much the term is longer each time, in whole steps"},
		field.Field{Name: "times", Kind: field.Count, Unit: "extensions", Default: "1", Min: field.At(1), Max: field.At(100), Into: &c.Times, Doc: "how often it may be extended"},
		field.Field{Name: "notice", Kind: field.Span, Default: "one step", Into: &c.Notice,
			Doc: "how long before the end of the term as it then stands notice must be given, at the latest, in whole steps, rounded up"},
		field.Field{Name: "opens", Kind: field.Span, Default: "the last step for notice", Into: &c.Opens,
			Doc: "how long before that end notice may first be given, in whole steps, rounded up"},
		field.Field{Name: "of", Kind: field.Refs, Into: &c.Of,
			Doc: "the commitments that go on in an extension, where not all that can; those can that run to the end of the term as signed, without milestones or a run-on, and that do not survive the agreement"},
		field.Field{Name: "minimum", Kind: field.Variant, Default: "same", Fields: c.minimums,
			Bare: &field.Field{Name: "minimum", Kind: field.Choice, Choices: []string{"same", "none"}, Into: &c.Minimum},
			Doc:  "what is scheduled in an extension: in each step as much as in one of the last period before; nothing; or what follows"})
}

func (c *Extension) minimums() []field.Field {
	kind := func(name string) func() { return func() { c.Minimum = name } }
	return []field.Field{
		{Name: "share", Kind: field.Rate, Min: field.Beyond(0), Max: field.At(100), Into: &c.Share, Chosen: kind("share"), Doc: "a share of what a step of the last period has"},
		{Name: "per_year", Kind: field.Money, Min: field.Beyond(0), Into: &c.Cents, Chosen: kind("per_year"), Doc: "an amount a year, of one commitment"},
	}
}

// ExtensionSteps is by how many steps clauses may make the term longer, all
// extensions together.
func ExtensionSteps(clauses []Clause, step calendar.Step) int {
	most := 0
	for _, c := range clauses {
		if x, ok := c.(*Extension); ok {
			most = max(most, x.Length.Months/step.Months()*x.Times)
		}
	}
	return most
}

// steps is the length of an extension.
func (c *Extension) steps(grid *calendar.Grid) int { return c.Length.Months / grid.MonthsPerStep() }

// times are the first and the last step for notice, counted back from the end of
// the term.
func (c *Extension) times(grid *calendar.Grid) (first, last int) {
	last = max(1, grid.StepsIn(c.Notice))
	return max(last, grid.StepsIn(c.Opens)), last
}

// Check reports a length that is none, notice for which there is no time, and
// commitments that cannot go on.
func (c *Extension) Check(in *Setting, r field.Report) {
	c.head.between(in.Supplier, in.Buyer, in, r)
	c.head.checkForce(in, r)
	if step := in.Grid.MonthsPerStep(); c.Length.Days != 0 || c.Length.Months == 0 || c.Length.Months%step != 0 {
		r.Fault("SPAN-MONTHS", "length", "use whole steps of the grid", "%s is not a whole number of steps", c.Length)
	}
	if _, last := c.times(in.Grid); last > in.Grid.Signed() {
		r.Fault("NOTICE-LATE", "notice", "shorten it", "notice would have to be given before the term begins")
	}
	for _, x := range in.Clauses {
		if x == Clause(c) {
			break // each pair is said once, at the later of the two
		}
		if other, ok := x.(*Extension); ok {
			r.Fault("EXTENSION-TWICE", "id", "say all in one clause: length, times", "%s extends the term too", other.head.ID)
			return
		}
	}
	c.checkCommitments(in, r)
}

func (c *Extension) checkCommitments(in *Setting, r field.Report) {
	goOn := 0
	for _, x := range in.Clauses {
		if k, ok := x.(*Commitment); ok && c.continues(k, in.Grid) {
			goOn++
		}
	}
	for i, id := range c.Of {
		path := fmt.Sprintf("of[%d]", i)
		isCommitment(path, id, in, r)
		if k, ok := in.Find(id).(*Commitment); ok && !k.mayGoOn(in.Grid) {
			r.Fault("EXTENSION-OF", path, "leave it out, or let it run to the end of the term, settled there and with the agreement",
				"%s ends on its own: by ends or milestones, by a run-on, or as it survives the agreement", id)
		}
	}
	if c.Minimum == "per_year" && goOn > 1 {
		r.Fault("EXTENSION-WHICH", "minimum.per_year", "name one under of, or give a share", "%d commitments go on, and the amount is of one", goOn)
	}
}

// mayGoOn tells whether an extension of the term can be one of the commitment.
func (c *Commitment) mayGoOn(grid *calendar.Grid) bool {
	from, to := c.Window(grid)
	return from < to && to == grid.Signed() && len(c.Milestones) == 0 && c.RunOn == (calendar.Span{}) && !c.Survives
}

// continues tells whether the commitment goes on in an extension.
func (c *Extension) continues(k *Commitment, grid *calendar.Grid) bool {
	return k.mayGoOn(grid) && (len(c.Of) == 0 || slices.Contains(c.Of, k.head.ID))
}

// Explain says the clause in English.
func (c *Extension) Explain(in *Setting) string {
	who, often := in.Name(c.head.To), "once"
	if c.By == "supplier" {
		who = in.Name(c.head.From)
	}
	if c.Times > 1 {
		often = fmt.Sprintf("up to %d times", c.Times)
	}
	s := fmt.Sprintf("%s may extend the term %s by %s", who, often, c.Length.Words())
	if c.Times > 1 {
		s += " each"
	}
	s += fmt.Sprintf(", by notice given no later than %s before its end", c.before(in, c.Notice))
	if first, last := c.times(in.Grid); first > last {
		s += " and no earlier than " + c.before(in, c.Opens) + " before it"
	}
	return s + ". " + c.explainMinimum(in) + c.head.bindingOf("Notice may be given")
}

// before is how long before the end something is.
func (c *Extension) before(in *Setting, s calendar.Span) string {
	if s == (calendar.Span{}) {
		return "one " + in.Grid.Step().String()
	}
	return s.Words()
}

func (c *Extension) explainMinimum(in *Setting) string {
	var of []string
	for _, x := range in.Clauses {
		if k, ok := x.(*Commitment); ok && c.continues(k, in.Grid) {
			of = append(of, k.head.ID)
		}
	}
	if len(of) == 0 || c.Minimum == "none" {
		return "In an extension there is no minimum."
	}
	s := fmt.Sprintf("In an extension the schedule of %s ", enumerate(of))
	switch c.Minimum {
	case "share":
		return s + fmt.Sprintf("is %s of that of the last period before it.", unit.FormatRate(c.Share))
	case "per_year":
		return s + fmt.Sprintf("is %s a year.", in.Money(c.Cents))
	}
	return s + "goes on at the pace of the last period before it."
}

// Without the clause the term is as it was signed.
func (c *Extension) Without() Absence {
	return Absence{Says: "The term cannot be extended: the agreement ends when the term as signed is over."}
}

// among is the clause as it stands among the others of a deal.
func (c *Extension) among(clauses []Clause) Clause {
	d := *c
	d.prices = nil
	for _, x := range clauses {
		if p, ok := x.(*Price); ok {
			d.prices = append(d.prices, p)
		}
	}
	return &d
}

// extend adds the periods of all extensions to a commitment's plan, each counted
// from the extension's start. A nil clause adds none.
func (c *Extension) extend(x *plan, k *Commitment, grid *calendar.Grid) {
	if c == nil || c.Minimum == "none" || !c.continues(k, grid) {
		return
	}
	edges, last := slices.Clone(x.scheduled.Edges()), len(x.amounts)-1
	pace := x.amounts[last] / float64(x.scheduled.Steps(last)) * c.Share
	if c.Minimum == "per_year" {
		pace = c.Cents / float64(grid.StepsPerYear())
	}
	n := c.steps(grid)
	for at := grid.Signed(); at < grid.Signed()+c.Times*n; at += n {
		periods := grid.PeriodsAt(at, at+n)
		if k.Settle != "term" {
			periods, _ = k.measuredIn(grid, at, at+n) // the term as signed has been measured likewise
		}
		for y := range periods.Count() {
			edges = append(edges, periods.Last(y)+1)
			x.amounts = append(x.amounts, math.RoundToEven(pace*float64(periods.Steps(y))))
		}
	}
	x.scheduled = grid.PeriodsAt(edges...)
	x.settled = x.scheduled
}

// agreed is how many of the commitment's periods begin before the term of a lane
// is over, as far as it has been extended.
func (k *running) agreed(m *contract.Month, i int) int {
	n := k.settled.Count()
	if m.Extends() {
		for end := m.LastsTo(i); n > 0 && k.settled.First(n-1) >= end; n-- {
		}
	}
	return n
}
