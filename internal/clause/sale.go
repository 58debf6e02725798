// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"

	"offtake/internal/field"
	"offtake/internal/unit"
)

// Sale is a holder's right to sell shares that it bought under equity clauses to
// the market, at the fair price of the day or below it. What forbids it until a day
// or an event, a lock-up, is since and binding. AMD's shares under its warrant for
// OpenAI can be passed on to affiliates alone, but may be registered for sale.
type Sale struct {
	head     Head
	Of       []string // equity clauses
	Discount float64  // off the fair price of the day
	Most     float64  // in a contract year, of all shares got so far; 0 for no limit
}

// NewSale is an empty clause with its defaults.
func NewSale() *Sale { return &Sale{head: Head{Binding: "firm"}} }

// Head is the clause's id and parties.
func (c *Sale) Head() *Head { return &c.head }

// Kind is "sale".
func (c *Sale) Kind() string { return "sale" }

// Fields is the table of what a file may say.
func (c *Sale) Fields() []field.Field {
	return append(append(c.head.fields("the holder, who may sell", "the company whose shares they are"), c.head.window()...),
		field.Field{Name: "of", Kind: field.Refs, Required: true, Into: &c.Of,
			Doc: "the equity clauses under which the shares were bought, in the order in which they are sold"},
		field.Field{Name: "per_year", Kind: field.Rate, Default: "no limit", Min: field.Beyond(0), Max: field.At(1), Into: &c.Most,
			Doc: "the most that may be sold in a contract year, as a share of all that have been bought by then"},
		field.Field{Name: "discount", Kind: field.Rate, Default: "0%", Min: field.At(0), Max: field.Beyond(1), Into: &c.Discount,
			Doc: "how far below the fair price of the day the market pays"},
	)
}

// Check reports shares that are not the holder's, that have a preference, or that
// two clauses sell.
func (c *Sale) Check(in *Setting, r field.Report) {
	c.head.parties(in, r)
	if c.head.To != in.Buyer && c.head.To != "" {
		r.Fault("PARTY-ROLE", "to", "write "+in.Buyer, "a sale is of shares of %s", in.Name(in.Buyer))
	}
	c.head.checkForce(in, r)
	for i, id := range c.Of {
		path, x := fmt.Sprintf("of[%d]", i), in.Find(id)
		e, ok := x.(*Equity)
		switch {
		case x == nil:
		case !ok:
			r.Fault("REF-KIND", path, "name an equity clause", "%s is no equity clause", id)
		case e.head.From != "" && e.head.From != c.head.From:
			r.Fault("SALE-HOLDER", path, "let its investor sell", "%s does not hold the shares of %s", in.Name(c.head.From), id)
		case e.Preference != nil:
			r.Fault("SALE-PREFERENCE", path, "leave it out, or leave out the preference: what is sold is worth what common stock is", "the shares of %s have a preference", id)
		case c.soldBefore(in, i):
			r.Fault("SALE-TWICE", path, "say all in one clause", "the shares of %s are on sale already", id)
		}
	}
}

// soldBefore tells whether the shares at place i are on sale at an earlier place, of
// this clause or of one before it.
func (c *Sale) soldBefore(in *Setting, i int) bool {
	for _, x := range in.Clauses {
		other, ok := x.(*Sale)
		if !ok {
			continue
		}
		for k, id := range other.Of {
			if other == c && k == i {
				return false
			}
			if id == c.Of[i] {
				return true
			}
		}
	}
	return false
}

// Explain says the clause in English.
func (c *Sale) Explain(in *Setting) string {
	s := fmt.Sprintf("%s may sell its shares of %s from %s to the market %s", in.Name(c.head.From), in.Name(c.head.To), inWords(c.Of), (&SharePrice{Discount: c.Discount}).says(in))
	if c.Most > 0 {
		s += fmt.Sprintf(", in a contract year no more than %s of all it has bought", unit.FormatRate(c.Most))
	}
	return s + "." + c.head.bindingOf("They may be sold")
}

// Without the clause shares are kept.
func (c *Sale) Without() Absence { return Absence{Says: "The shares are kept: none is sold."} }
