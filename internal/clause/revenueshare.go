// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"

	"offtake/internal/contract"
	"offtake/internal/field"
	"offtake/internal/unit"
	"offtake/internal/vec"
)

// RevenueShare is a share of a stream of revenue, or of the gross profit on
// resale, that one party pays another, with a cap on all of it and an end.
// OpenAI pays Microsoft a share of its revenue through 2030 under a total cap;
// about half of the gross profit on Claude sold through a cloud goes to the
// cloud.
type RevenueShare struct {
	head  Head
	Of    string // the index: currency a year
	Share float64
	Cap   *float64 // cents, in all; nil for none
	Base  string   // revenue or gross_profit, for the sentence
}

// NewRevenueShare is an empty clause with its defaults.
func NewRevenueShare() *RevenueShare {
	return &RevenueShare{head: Head{Binding: "firm"}, Base: "revenue"}
}

// Head is the clause's id and parties.
func (c *RevenueShare) Head() *Head { return &c.head }

// Kind is "revenue_share".
func (c *RevenueShare) Kind() string { return "revenue_share" }

// Fields is the table of what a file may say.
func (c *RevenueShare) Fields() []field.Field {
	return append(append(c.head.fields("who pays the share", "who gets it"), c.head.window()...),
		field.Field{Name: "of", Kind: field.Text, Required: true, Into: &c.Of,
			Doc: "the index of the world that gives the stream, in currency a year"},
		field.Field{Name: "share", Kind: field.Rate, Required: true, Min: field.Beyond(0), Max: field.At(1), Into: &c.Share,
			Doc: "the part of it that is paid, at the end of each step"},
		field.Field{Name: "cap", Kind: field.Money, Default: "none", None: true, Min: field.Beyond(0), Into: &c.Cap,
			Doc: "the most that is paid in all"},
		field.Field{Name: "base", Kind: field.Choice, Choices: []string{"revenue", "gross_profit"}, Default: "revenue", Into: &c.Base,
			Doc: "what the stream is"},
	)
}

// Check reports a stream that the world does not give.
func (c *RevenueShare) Check(in *Setting, r field.Report) {
	c.head.parties(in, r)
	c.head.checkForce(in, r)
	in.knowsIndex(c.Of, "of", r)
}

// Explain says the clause in English.
func (c *RevenueShare) Explain(in *Setting) string {
	what := map[string]string{"revenue": "the revenue", "gross_profit": "the gross profit"}[c.Base]
	s := fmt.Sprintf("%s shall pay %s %s of %s that the index %s gives, at the end of each %s",
		in.Name(c.head.From), in.Name(c.head.To), unit.FormatRate(c.Share), what, c.Of, in.Grid.Step())
	if c.Cap != nil {
		s += fmt.Sprintf(", until %s has been paid in all", in.Money(*c.Cap))
	}
	return s + fmt.Sprintf(". This goes on if %s leaves.", in.Name(in.Buyer)) + c.head.binding()
}

// Without the clause nothing is shared.
func (c *RevenueShare) Without() Absence {
	return Absence{Says: "No revenue is shared."}
}

// Bind attaches the clause: the share is paid in the Funding stage of each
// step of the term, until the cap is reached or a party fails.
func (c *RevenueShare) Bind(b *contract.Builder) {
	id := c.head.ID
	gate, index, paid, over := c.head.gate(b), b.Index(c.Of), b.Column(id+".paid"), b.Column(id+".over")
	line := b.Line(contract.Line{From: c.head.From, To: c.head.To, Asset: contract.Asset{Kind: contract.Cash}, Kind: "revenue_share",
		Clause: id, Role: contract.Instrument})
	watch(b, c.head.From)
	steps := float64(b.Grid().StepsPerYear())
	b.On(contract.Funding, id, func(m *contract.Month) {
		if m.T >= m.Grid().Term() {
			return
		}
		gone, sum := m.Col(over), m.Col(paid)
		failed(m, c.head.From, gone)
		if m.Shut(gate) {
			return
		}
		amount, left := m.Temp(), m.Temp()
		vec.Scale(amount, m.Obs.Index[index], unit.MinorPerMajor)
		vec.Scale(amount, amount, c.Share)
		vec.DivOf(amount, amount, steps)
		vec.Select(amount, gone, m.Zero(), amount)
		if !m.Whole(gate) {
			vec.Mul(amount, amount, m.InForce(gate))
		}
		if c.Cap != nil {
			vec.Short(left, sum, *c.Cap)
			vec.Min(amount, amount, left)
		}
		m.Post(line, amount)
		vec.Accumulate(sum, amount)
		m.Free(2)
	})
}

// watch watches a party that pays, where it is not the buyer.
func watch(b *contract.Builder, party string) {
	if party != b.Buyer() {
		b.Solvency(party)
	}
}

// failed sets the column to 1 where the party has failed, for good.
func failed(m *contract.Month, party string, gone []float64) {
	vec.Select(gone, m.Solvent(party), gone, m.One())
}
