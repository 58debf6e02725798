// SPDX-License-Identifier: Apache-2.0

package provider

import (
	"offtake/internal/calendar"
	"offtake/internal/field"
)

// Terms are what a supplier pays to build and run capacity, and how it borrows.
type Terms struct {
	Capital Capital
	Power   Power
	Debt    Debt
	Resale  float64 // share of the price that capacity fetches once the buyer has failed
	Stress  float64 // share of expected spend, where paths are not sampled
	Balance Balance
}

// Capital is what a gigawatt costs to build, and how long that lasts.
type Capital struct {
	ChipsCents, ShellCents float64 // per GW
	LifeChips, LifeShell   calendar.Span
	Upkeep                 float64 // a year, as a share of what it cost
}

// Power is what running a gigawatt of machines takes.
type Power struct {
	PriceCents float64 // per MWh
	Load       float64 // share of the power of the machines that they draw on average
	PUE        float64 // all power drawn over that of the machines
}

// Debt is what is lent against the floor.
type Debt struct {
	Rate    float64 // a year
	Tenor   calendar.Span
	Cover   float64 // cash available for debt service over debt service, on the floor
	Shape   string  // sculpted or level
	Gearing float64 // the most of the capital cost that is lent
}

// Balance is what the supplier's own accounts say.
type Balance struct {
	EquityCents *float64
}

// The shapes of debt service.
const (
	Sculpted = "sculpted"
	Level    = "level"
)

// NewTerms are the terms with their defaults; docs/provider.md says where they come from.
func NewTerms() *Terms {
	return &Terms{
		Capital: Capital{ChipsCents: 25e11, ShellCents: 10e11, LifeChips: calendar.Span{Months: 60}, LifeShell: calendar.Span{Months: 240}, Upkeep: 0.02},
		Power:   Power{PriceCents: 6000, Load: 0.9, PUE: 1.2},
		Debt:    Debt{Rate: 0.07, Tenor: calendar.Span{Months: 60}, Cover: 1.3, Shape: Sculpted, Gearing: 1},
		Resale:  0.6, Stress: 0.7,
	}
}

// Fields is the table of what a file may say.
func (t *Terms) Fields() []field.Field {
	return []field.Field{
		{Name: "capital", Kind: field.Group, Fields: t.Capital.fields, Doc: "what a gigawatt costs to build, and how long that lasts"},
		{Name: "power", Kind: field.Group, Fields: t.Power.fields, Doc: "what power it draws and at what price"},
		{Name: "debt", Kind: field.Group, Fields: t.Debt.fields, Doc: "what is lent against the committed floor"},
		{Name: "resale", Kind: field.Rate, Default: "60%", Min: field.At(0), Max: field.At(10), Into: &t.Resale, Doc: "what capacity fetches once the buyer has failed, as a share of what the buyer was to pay"},
		{Name: "stress", Kind: field.Rate, Default: "70%", Min: field.At(0), Max: field.At(1), Into: &t.Stress,
			Doc: "spend in a bad case, as a share of what is expected and never below the floor; of sampled paths the 5% quantile stands instead"},
		{Name: "balance", Kind: field.Group, Fields: t.Balance.fields, Doc: "what the supplier's own accounts say",
			Others: "equity stands here; for the backlog write accounting.supplier_backlog"},
	}
}

func (c *Capital) fields() []field.Field {
	life := func(name, usual, doc string, into *calendar.Span) field.Field {
		return field.Field{Name: name, Kind: field.Span, Default: usual, Into: into, Doc: doc}
	}
	return []field.Field{
		{Name: "chips_per_gw", Kind: field.Money, Unit: "per GW", Default: "25B", Min: field.At(0), Into: &c.ChipsCents, Doc: "chips, machines and network"},
		{Name: "shell_per_gw", Kind: field.Money, Unit: "per GW", Default: "10B", Min: field.At(0), Into: &c.ShellCents, Doc: "land, building, power and cooling"},
		life("life_chips", "5y", "over which chips are depreciated", &c.LifeChips),
		life("life_shell", "20y", "over which the rest is depreciated", &c.LifeShell),
		{Name: "upkeep", Kind: field.Rate, Unit: "per year", Default: "2%", Min: field.At(0), Max: field.At(1), Into: &c.Upkeep, Doc: "staff, repair and all that running takes beside power, as a share of what was built"},
	}
}

func (p *Power) fields() []field.Field {
	return []field.Field{
		{Name: "price_per_mwh", Kind: field.Money, Unit: "per MWh", Default: "60", Min: field.At(0), Into: &p.PriceCents, Doc: "what a megawatt-hour costs"},
		{Name: "load", Kind: field.Rate, Default: "90%", Min: field.At(0), Max: field.At(1), Into: &p.Load, Doc: "share of the machines' power that they draw on average"},
		{Name: "pue", Kind: field.Number, Default: "1.2", Min: field.At(1), Max: field.At(5), Into: &p.PUE, Doc: "all power drawn over that of the machines; 1 where the capacity clause's power is all of it"},
	}
}

func (d *Debt) fields() []field.Field {
	return []field.Field{
		{Name: "rate", Kind: field.Rate, Unit: "per year", Default: "7%", Min: field.At(0), Max: field.At(1), Into: &d.Rate, Doc: "interest"},
		{Name: "tenor", Kind: field.Span, Default: "5y", Into: &d.Tenor, Doc: "how long it runs from the start of the term, in whole years, rounded up; no longer than the term"},
		{Name: "cover", Kind: field.Number, Default: "1.3", Min: field.At(1), Max: field.At(100), Into: &d.Cover, Doc: "cash available for debt service over debt service, on the floor"},
		{Name: "shape", Kind: field.Choice, Choices: []string{Sculpted, Level}, Default: Sculpted, Into: &d.Shape,
			Doc: "sculpted: debt service follows the floor's cash at that cover; level: it is the same each year, and the worst year has that cover"},
		{Name: "gearing", Kind: field.Rate, Default: "100%", Min: field.At(0), Max: field.At(1), Into: &d.Gearing, Doc: "the most of the capital cost that is lent"},
	}
}

func (b *Balance) fields() []field.Field {
	return []field.Field{
		{Name: "equity", Kind: field.Money, Min: field.Beyond(0), Into: &b.EquityCents, Doc: "the supplier's equity in its balance sheet"},
	}
}

// Check reports lives of no length.
func (t *Terms) Check(r field.Report) {
	for i, life := range []calendar.Span{t.Capital.LifeChips, t.Capital.LifeShell} {
		if life == (calendar.Span{}) {
			r.Fault("LIFE-NOTHING", "capital."+[]string{"life_chips", "life_shell"}[i], "write how long it lasts, such as 5y", "what is built would be written off over no time")
		}
	}
}
