// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/field"
	"offtake/internal/vec"
)

// Switching is the customer's right to move to another provider under the
// European Union's Data Act, Regulation (EU) 2023/2854, chapter VI: at most
// two months' notice and a transition of 30 days, or up to seven months where
// that is not possible (Article 25); no charge for switching from 12 January
// 2027 on, and at most its cost before (Article 29). A penalty for ending a
// fixed term early is another thing, which the Act leaves alone if it was
// stated beforehand (Article 29(4)).
type Switching struct {
	head       Head
	Notice     calendar.Span // zero for the Act's two months
	Transition calendar.Span // zero for a month
	Charge     float64       // cents
	FreeFrom   calendar.Date // zero for the Act's day
	Penalty    *Fee
}

// What the Act says.
var (
	switchingNotice     = calendar.Span{Months: 2}
	switchingTransition = calendar.Span{Months: 1}
	longestTransition   = calendar.Span{Months: 7}
	switchingFree       = calendar.MustParseDate("2027-01-12")
)

// NewSwitching is an empty clause with its defaults.
func NewSwitching() *Switching { return &Switching{head: Head{Binding: "firm"}} }

// Head is the clause's id and parties.
func (c *Switching) Head() *Head { return &c.head }

// Kind is "switching".
func (c *Switching) Kind() string { return "switching" }

// Fields is the table of what a file may say.
func (c *Switching) Fields() []field.Field {
	return append(append(c.head.fields("the supplier", "the buyer"), c.head.window()...),
		field.Field{Name: "notice", Kind: field.Span, Default: "2m", Into: &c.Notice, Doc: "what the buyer must give, and the most that another clause may ask of it"},
		field.Field{Name: "transition", Kind: field.Span, Default: "1m", Into: &c.Transition, Doc: "how long the service goes on after the notice"},
		field.Field{Name: "charge", Kind: field.Money, Default: "0", Min: field.At(0), Into: &c.Charge,
			Doc: "what the supplier charges for switching, data transfer included; at most what it costs"},
		field.Field{Name: "free_from", Kind: field.Date, Default: "2027-01-12", Into: &c.FreeFrom, Doc: "the day from which switching costs nothing"},
		field.Field{Name: "penalty", Kind: field.Variant, None: true, Default: "none", Fields: func() []field.Field { return newFee(&c.Penalty) },
			Doc: "what the buyer pays for ending a fixed term early; the Act leaves it alone if it was stated beforehand"})
}

func (c *Switching) notice() calendar.Span {
	if c.Notice == (calendar.Span{}) {
		return switchingNotice
	}
	return c.Notice
}

func (c *Switching) transition() calendar.Span {
	if c.Transition == (calendar.Span{}) {
		return switchingTransition
	}
	return c.Transition
}

func (c *Switching) freeFrom() calendar.Date {
	if c.FreeFrom.IsZero() {
		return switchingFree
	}
	return c.FreeFrom
}

// Check reports times longer than the Act allows.
func (c *Switching) Check(in *Setting, r field.Report) {
	c.head.between(in.Supplier, in.Buyer, in, r)
	c.head.checkForce(in, r)
	if c.notice().Years() > switchingNotice.Years() {
		r.Warn("SWITCHING-NOTICE", "notice", "write 2m or less, if the Act applies", "the Data Act allows %s of notice at most", switchingNotice.Words())
	}
	if c.transition().Years() > longestTransition.Years() {
		r.Warn("SWITCHING-TRANSITION", "transition", "write 7m or less, if the Act applies", "the Data Act allows %s of transition at most", longestTransition.Words())
	}
	checkNotice(c.head.terms(in.Grid).From, c.steps(in.Grid), in, r)
}

// steps is how many the service goes on, with that in which notice is given.
func (c *Switching) steps(grid *calendar.Grid) int {
	notice, transition := c.notice(), c.transition()
	return max(1, grid.StepsIn(calendar.Span{Months: notice.Months + transition.Months, Days: notice.Days + transition.Days}))
}

// Explain says the clause in English.
func (c *Switching) Explain(in *Setting) string {
	buyer := in.Name(c.head.To)
	s := fmt.Sprintf("%s may switch to another provider on %s notice, with %s of transition.", buyer, ofTime(c.notice()), c.transition().Words())
	if c.Charge > 0 {
		s += fmt.Sprintf(" Switching costs %s, and nothing from %s on.", in.Money(c.Charge), c.freeFrom())
	} else {
		s += " Switching costs nothing."
	}
	if c.Penalty != nil {
		s += fmt.Sprintf(" For ending the term early %s pays %s.", buyer, c.Penalty.explain(in))
	}
	return s + fmt.Sprintf(" No other clause may hold %s to longer notice.", buyer) + c.head.binding()
}

// Without the clause the buyer leaves as the other clauses say.
func (c *Switching) Without() Absence {
	return Absence{Says: "The buyer has no right to switch: it leaves only as other clauses say, on the notice that they ask for."}
}

// Bind attaches the clause: it is a notice without a ground. What the Act brings
// to nothing, the charge, is a line of its own beside the penalty, which it leaves.
func (c *Switching) Bind(b *contract.Builder) {
	grid := b.Grid()
	k := &boundNotice{id: c.head.ID, gate: c.head.gate(b), share: 1, steps: c.steps(grid),
		ground: func(_ *contract.Month, out []float64) { vec.Fill(out, 1) },
		costs: func(m *contract.Month, i int, remaining float64) float64 {
			return c.Penalty.cents(m, i, remaining)
		}}
	if c.Charge > 0 {
		k.moving = func(m *contract.Month) float64 { return c.charged(grid, m.T) }
	}
	k.bind(b, "buyer", "termination_fee")
}

// charged is what moving costs where the service ends with step t.
func (c *Switching) charged(grid *calendar.Grid, t int) float64 {
	if grid.StepEnd(t).After(c.freeFrom()) {
		return 0
	}
	return c.Charge
}
