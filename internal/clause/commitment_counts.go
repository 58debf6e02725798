// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"

	"offtake/internal/field"
	"offtake/internal/unit"
)

// Counts says what of the buyer's usage is eligible spend. On Azure, usage
// that credits pay for does not count, and a prepayment counts when it is made
// and not when it is used; of what is bought on a cloud's marketplace a part
// usually counts.
type Counts struct {
	Basis       string // spend after or before discounts
	Categories  []Category
	Credits     bool // usage paid with credits given for shares
	Prepaid     bool // usage paid with prepaid credit
	Prepayments bool // what is prepaid, when it is paid
}

// A Category is a part of usage that counts in its own way.
type Category struct {
	Name   string
	Share  float64 // of usage
	Weight float64 // share of it that counts
	Cap    float64 // most that counts in a period, as a share of its schedule; negative for none
}

// countFields are about what counts, and where.
func (c *Commitment) countFields() []field.Field {
	return []field.Field{
		{Name: "counts", Kind: field.Group, Fields: c.newCounts,
			Doc: "what counts as eligible spend; without it, all spend and nothing else"},
		{Name: "within", Kind: field.Ref, Into: &c.Within,
			Doc: "the commitment around this one: what is paid here as deficiency counts as eligible spend there"},
		{Name: "after", Kind: field.Ref, Into: &c.AfterOf,
			Doc: "the commitment stacked below this one: only spend that it leaves counts here"},
		{Name: "stacks", Kind: field.Choice, Choices: []string{"on_minimum", "on_total"}, Default: "on_minimum", Into: &c.Stacks,
			Doc: "what the one below leaves: spend above each of its minimums, or none until its total is spent; all, once it is over"},
	}
}

func (c *Commitment) newCounts() []field.Field {
	c.Counts = &Counts{Basis: "after_discount", Credits: true, Prepaid: true}
	x := c.Counts
	return []field.Field{
		{Name: "basis", Kind: field.Choice, Choices: []string{"after_discount", "before_discount"}, Default: "after_discount", Into: &x.Basis,
			Doc: "whether usage counts at what is charged, or at what it would be without discounts"},
		{Name: "categories", Kind: field.List, Fields: x.newCategory,
			Doc: "parts of usage that count in their own way; the rest counts in full"},
		{Name: "credits", Kind: field.Flag, Default: "true", Into: &x.Credits,
			Doc: "whether usage counts that is paid with credits given for shares"},
		{Name: "prepaid", Kind: field.Flag, Default: "true", Into: &x.Prepaid,
			Doc: "whether usage counts that is paid with prepaid credit, from a deficiency or a prepayment"},
		{Name: "prepayments", Kind: field.Flag, Default: "false", Into: &x.Prepayments,
			Doc: "whether a prepayment counts when it is paid"},
	}
}

func (x *Counts) newCategory() []field.Field {
	x.Categories = append(x.Categories, Category{Weight: 1, Cap: -1})
	g := &x.Categories[len(x.Categories)-1]
	return []field.Field{
		{Name: "name", Kind: field.Text, Into: &g.Name, Doc: "what it is: marketplace, support"},
		{Name: "share", Kind: field.Rate, Required: true, Min: field.Beyond(0), Max: field.At(1), Into: &g.Share, Doc: "of usage"},
		{Name: "weight", Kind: field.Rate, Default: "100%", Min: field.At(0), Max: field.At(1), Into: &g.Weight, Doc: "share of it that counts"},
		{Name: "cap", Kind: field.Rate, Default: "none", None: true, Min: field.At(0), Into: &g.Cap,
			Doc: "the most that counts in a period, as a share of its schedule"},
	}
}

// eligible is how much of a period's usage so far counts.
//
//	sum of min(cap A, weight share B) + (1 - sum of shares) B
//
// Cents settles amounts.
func (x *Counts) eligible(usageCents, scheduleCents float64, cents func(float64) float64) float64 {
	rest, sum := 1.0, 0.0
	for _, g := range x.Categories {
		rest -= g.Share
		part := float64(g.Weight * g.Share * usageCents)
		if g.Cap >= 0 {
			part = min(part, cents(g.Cap*scheduleCents))
		}
		sum += part
	}
	return cents(sum + float64(rest*usageCents))
}

// explain says what counts.
func (x *Counts) explain(in *Setting) []string {
	var s []string
	if x.Basis == "before_discount" {
		s = append(s, "Usage counts before discounts.")
	}
	for i, g := range x.Categories {
		name := g.Name
		if name == "" {
			name = fmt.Sprintf("a %s kind", ordinal(i))
		}
		limit := ""
		if g.Cap >= 0 {
			limit = fmt.Sprintf(", up to %s of the period's schedule", unit.FormatRate(g.Cap))
		}
		counts := "counts at " + unit.FormatRate(g.Weight) + limit
		switch g.Weight {
		case 0:
			counts = "does not count"
		case 1:
			counts = "counts in full" + limit
		}
		s = append(s, fmt.Sprintf("Usage of %s, taken to be %s of the whole, %s.", name, unit.FormatRate(g.Share), counts))
	}
	if !x.Credits {
		s = append(s, "Usage paid with credits given for shares does not count.")
	}
	switch {
	case !x.Prepaid && x.Prepayments:
		s = append(s, "A prepayment counts when it is paid, and usage paid with it does not.")
	case !x.Prepaid:
		s = append(s, "Usage paid with prepaid credit does not count.")
	case x.Prepayments:
		s = append(s, "A prepayment counts when it is paid, beside the usage paid with it.")
	}
	return s
}

func ordinal(i int) string {
	return []string{"first", "second", "third", "further"}[min(i, 3)]
}

// explainPlace says what stands around this commitment, and below.
func (c *Commitment) explainPlace(in *Setting) []string {
	var s []string
	if c.Counts != nil {
		s = c.Counts.explain(in)
	}
	if c.Within != "" {
		s = append(s, fmt.Sprintf("What is paid as deficiency here counts toward %s.", c.Within))
	}
	switch {
	case c.AfterOf != "" && c.Stacks == "on_total":
		s = append(s, fmt.Sprintf("Nothing counts until all of %s has been spent, or it is over.", c.AfterOf))
	case c.AfterOf != "":
		s = append(s, fmt.Sprintf("Only spend above the minimum of %s counts.", c.AfterOf))
	}
	if c.AfterOf != "" && in.promisesCapacity() && (c.Relief == "impossibility" || c.PayFor == "availability") {
		s = append(s, "Capacity serves it as far as that one leaves it.")
	}
	return s
}
