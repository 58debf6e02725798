// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/calendar"
	"offtake/internal/field"
)

// Price is what a unit of compute costs the buyer: the supplier's list price
// less a discount, a fixed price, or list less a discount that grows with the
// contract year's spend. Enterprise cloud agreements commonly give 5% to 23%
// off list by size of commitment; a fixed price over ten years of falling
// prices overpays by more than half (Edoli et al. 2013 treat the gas
// counterpart). SpaceX's lease to Anthropic of May 2026 begins with two months
// at a reduced fee; reviews, indexes and best-price promises are the usual
// cures of a long fixed price in energy supply.
type Price struct {
	head        Head
	Discount    float64  // share of list
	Fixed       *float64 // currency units per unit of compute; nil when linked to list
	Tiers       []Tier
	Retroactive bool
	Intro       []Intro // in the order of their ends
	Indexed     *Indexation
	Review      *Review
	Favoured    *Favoured
	Rebase      *Rebase
	NetMonths   int
	others      []*Head // of all prices of the deal, this one among them; nil for this one alone
}

// An Intro is a price for the time up to a date.
type Intro struct {
	Until    calendar.Date
	Discount *float64 // share of list
	Fixed    *float64 // currency units per unit of compute
}

// A Review sets the price anew at intervals.
type Review struct {
	Every   calendar.Span
	To      string // market, list or index
	Index   string // where to index: a price in currency units per unit of compute
	Share   float64
	Floor   *float64 // share of the price before the review
	Cap     *float64 // likewise
	Ratchet string   // none, up or down
}

// Favoured promises that the price is never above that of others.
type Favoured struct {
	Against string  // market or list
	Within  float64 // share by which the price may be above it
	Refund  string  // at_once or year_end
}

// Rebase says what a cut of the list price does to the price.
type Rebase struct {
	On   string // list_cut
	Keep string // discount or price
}

// A Tier is a discount from a level of the contract year's spend at list on.
type Tier struct {
	FromCents float64
	Discount  float64
}

// NewPrice is the provider's list price: the clause's defaults.
func NewPrice() *Price { return &Price{head: Head{Binding: "firm"}} }

// Head is the clause's id and parties.
func (c *Price) Head() *Head { return &c.head }

// Kind is "price".
func (c *Price) Kind() string { return "price" }

// Fields is the table of what a file may say.
func (c *Price) Fields() []field.Field {
	return append(append(c.head.fields("the supplier", "the buyer"), c.head.window()...), append(c.levelFields(), c.movingFields()...)...)
}

func (c *Price) levelFields() []field.Field {
	return []field.Field{
		{Name: "discount", Kind: field.Rate, Default: "0%", Max: field.At(1), Min: field.Beyond(-1), Into: &c.Discount,
			Doc: "taken off the list price of the day; negative for a mark-up"},
		{Name: "fixed", Kind: field.Number, Unit: "currency per unit", Min: field.At(0), Into: c.fixed(),
			Doc: "one price for the whole term, whatever list does"},
		{Name: "tiers", Kind: field.List, Fields: c.newTier,
			Doc: "discounts off list that depend on the contract year's spend, measured at list"},
		{Name: "retroactive", Kind: field.Flag, Default: "false", Into: &c.Retroactive,
			Doc: "whether a tier, once reached, applies to the year's spend from the first unit (else only to what lies above it)"},
		{Name: "net", Kind: field.Count, Unit: "months", Default: "0", Min: field.At(0), Max: field.At(24), Into: &c.NetMonths,
			Doc: "how long after the month's end an invoice for usage falls due"},
	}
}

// movingFields are what changes the price over time.
func (c *Price) movingFields() []field.Field {
	return []field.Field{
		{Name: "intro", Kind: field.List, One: true, Fields: c.newIntro,
			Doc: "prices for the time at the beginning, each up to a date"},
		{Name: "indexed", Kind: field.Group, None: true, Default: "none", Fields: func() []field.Field { return indexation(&c.Indexed) },
			Doc: "moves a fixed price with an index"},
		{Name: "review", Kind: field.Group, None: true, Default: "none", Fields: c.newReview,
			Doc: "sets the price anew at intervals, within limits"},
		{Name: "most_favoured", Kind: field.Group, None: true, Default: "none", Fields: c.newFavoured,
			Doc: "promises that the price is never above what others pay"},
		{Name: "rebase", Kind: field.Group, None: true, Default: "none", Fields: c.newRebase,
			Doc: "what a cut of the list price does to a fixed price, or to a discount"},
	}
}

func (c *Price) newIntro() []field.Field {
	c.Intro = append(c.Intro, Intro{})
	x := &c.Intro[len(c.Intro)-1]
	return []field.Field{
		{Name: "until", Kind: field.Date, Required: true, Into: &x.Until, Doc: "the day on which it no longer applies; no step that begins on or after this date counts"},
		{Name: "discount", Kind: field.Rate, Min: field.Beyond(-1), Max: field.At(1), Into: &x.Discount, Doc: "taken off the list price of the day"},
		{Name: "fixed", Kind: field.Number, Unit: "currency per unit", Min: field.At(0), Into: &x.Fixed, Doc: "or a price, whatever list does"},
	}
}

func (c *Price) newReview() []field.Field {
	c.Review = &Review{To: "market", Share: 1, Ratchet: "none"}
	x := c.Review
	return []field.Field{
		{Name: "every", Kind: field.Span, Required: true, Into: &x.Every, Doc: "time from one review to the next, from the first day in force on"},
		{Name: "to", Kind: field.Choice, Choices: []string{"market", "list", "index"}, Default: "market", Into: &x.To, Doc: "what the price is set to"},
		{Name: "index", Kind: field.Text, Into: &x.Index, Doc: "for an index, its name: a price in currency per unit"},
		{Name: "share", Kind: field.Rate, Default: "100%", Min: field.At(0), Max: field.At(10), Into: &x.Share, Doc: "share of it that the price is set to"},
		{Name: "floor", Kind: field.Rate, Min: field.At(0), Into: &x.Floor, Doc: "the least that a review sets, as a share of the price before it"},
		{Name: "cap", Kind: field.Rate, Min: field.At(0), Into: &x.Cap, Doc: "the most that a review sets, as a share of the price before it"},
		{Name: "ratchet", Kind: field.Choice, Choices: []string{"none", "up", "down"}, Default: "none", Into: &x.Ratchet,
			Doc: "up: a review never lowers the price; down: it never raises it"},
	}
}

func (c *Price) newFavoured() []field.Field {
	c.Favoured = &Favoured{Against: "market", Refund: "at_once"}
	x := c.Favoured
	return []field.Field{
		{Name: "against", Kind: field.Choice, Choices: []string{"market", "list"}, Default: "market", Into: &x.Against, Doc: "the price that stands for what others pay"},
		{Name: "within", Kind: field.Rate, Default: "0%", Min: field.Beyond(-1), Max: field.At(10), Into: &x.Within, Doc: "how far above it the price may be"},
		{Name: "refund", Kind: field.Choice, Choices: []string{"at_once", "year_end"}, Default: "at_once", Into: &x.Refund,
			Doc: "whether units above that are billed at the lower price, or what was paid too much comes back at the contract year's end"},
	}
}

func (c *Price) newRebase() []field.Field {
	c.Rebase = &Rebase{On: "list_cut", Keep: "discount"}
	x := c.Rebase
	return []field.Field{
		{Name: "on", Kind: field.Choice, Choices: []string{"list_cut"}, Default: "list_cut", Into: &x.On, Doc: "what happens: the list price falls"},
		{Name: "keep", Kind: field.Choice, Choices: []string{"discount", "price"}, Default: "discount", Into: &x.Keep,
			Doc: "discount: a fixed price falls with list; price: a discount off list shrinks, so that the price stays"},
	}
}

// fixed is the place of the fixed price; it stays nil until the file sets it.
func (c *Price) fixed() **float64 { return &c.Fixed }

func (c *Price) newTier() []field.Field {
	c.Tiers = append(c.Tiers, Tier{})
	t := &c.Tiers[len(c.Tiers)-1]
	return []field.Field{
		{Name: "from", Kind: field.Money, Unit: "currency per contract year", Required: true, Min: field.At(0), Into: &t.FromCents,
			Doc: "spend at list from which the discount applies"},
		{Name: "discount", Kind: field.Rate, Required: true, Min: field.At(0), Max: field.At(1), Into: &t.Discount,
			Doc: "taken off list"},
	}
}

// Without the clause the list price of the day applies.
func (c *Price) Without() Absence {
	list := NewPrice()
	list.head = Head{ID: c.head.ID, From: c.head.From, To: c.head.To, Binding: "firm", Since: c.head.Since, Until: c.head.Until}
	list.NetMonths = c.NetMonths
	return Absence{Instead: []Clause{list}, Says: "The supplier's list price of the day applies, on the same payment terms."}
}
