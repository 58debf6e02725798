// SPDX-License-Identifier: Apache-2.0

package world

import (
	"fmt"
	"slices"

	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// A World is what is believed about everything outside the agreement. Prices
// and costs are in currency per unit, need in units per year.
type World struct {
	Discount       Discount
	Hurdle         []Hurdle
	Firm           Process // need, units per year
	UnmetValue     *float64
	Flexible       Process // further need, units per year; nil for none
	FlexibleValue  float64 // currency per unit
	ListPrice      Process
	MarketPrice    Process
	MarketCapacity Process // units per year to be had at the market price; nil for no limit
	Delivery       Process // share of promised capacity that is delivered
	OtherInflow    Process // currency per year that the lab takes in from others; nil when not given
	Cost           Cost
	LabValue       LabValue
	Default        Default
	Events         []Event
	Indexes        []Index
	Failures       []Failure
	Delays         []Delay
	Rounds         []Round
	Feedback       string // on or off
}

// Discount is the riskless curve: one rate.
type Discount struct {
	Annual     float64 // effective; used unless Continuous is set
	Continuous *float64
}

// Hurdle is the yearly rate at which a party discounts for itself.
type Hurdle struct {
	Party string
	Rate  float64
}

// Cost is the provider's opportunity cost of a unit, seen in three ways, each
// in currency per unit.
type Cost struct {
	Sunk     Process // avoidable running cost
	Scarce   Process // best alternative sale; nil for the market price
	Build    Process // full capital and running cost of capacity that would not be built; nil when not given
	Headline string  // sunk, scarce or build
}

// LabValue is what all of the lab's equity is worth without the deal.
type LabValue struct {
	StartCents   float64
	Shares       float64 // before the deal, as if all were converted
	ContainsDeal bool    // the figure already has the deal in it
}

// Default is how the buyer fails.
type Default struct {
	Hazard             float64 // per year, continuous
	AccruedRecovery    float64
	CommitmentRecovery float64
	CostCents          float64 // deadweight cost to the provider
	Mode               string  // none, weighted or simulated
	// NeedAfter is the part of its need that a buyer has left which has failed and
	// carries the contract on; nil for all of it.
	NeedAfter *float64
}

// Event is the day on which something outside the agreement happens.
type Event struct {
	Name   string // its key
	On     calendar.Date
	Called string // as a sentence has it; "" where the file does not say
}

// Index is a number that clauses look at and that moves with time: revenue, a
// share price, a price of energy. Its unit is that of the clause's use.
type Index struct {
	Name string
	Of   Process
}

// Failure is how a party other than the buyer fails: on a day, or at a rate.
type Failure struct {
	Party  string
	On     calendar.Date // zero where it is drawn
	Hazard float64       // per year, continuous
}

// Delay is how late something promised from a date runs: a generation of chips
// by its name, or all of a clause's by its id.
type Delay struct {
	Name string
	By   calendar.Span
}

// New is a world with its defaults.
func New() *World {
	return &World{
		Firm: &Constant{}, ListPrice: &Constant{Level: 1}, MarketPrice: &Constant{Level: 1}, Delivery: &Constant{Level: 1},
		Cost: Cost{Sunk: &Constant{}, Headline: "sunk"}, Default: Default{Mode: "none"}, Feedback: "on",
		LabValue: LabValue{Shares: contract.DefaultShares},
	}
}

// Fields is the table of what a file may say.
func (w *World) Fields() []field.Field {
	price := field.At(0)
	return []field.Field{
		{Name: "discount", Kind: field.Group, Required: true, Fields: w.continuous,
			Bare: &field.Field{Name: "discount", Kind: field.Rate, Unit: "per year, effective", Min: field.Beyond(-1), Max: field.At(1), Into: &w.Discount.Annual},
			Doc:  "the riskless rate; {continuous: 5%} for a continuous one"},
		{Name: "hurdle", Kind: field.Places, Key: w.hurdle, Doc: "the yearly rate at which each party discounts for itself"},
		{Name: "need", Kind: field.Group, Required: true, Fields: w.need, Doc: "units that the lab wants to run, wherever"},
		processField("list_price", "currency per unit", "the provider's list price", price, &w.ListPrice),
		processField("market_price", "currency per unit", "the best alternative for equal volume and term", price, &w.MarketPrice),
		processField("market_capacity", "units per year", "how much can be had at the market price; without it, any amount", price, &w.MarketCapacity),
		processField("delivery", "share", "share of the promised capacity that is delivered", price, &w.Delivery),
		processField("other_inflow", "currency per year", "what the lab takes in from others, revenue and new money; tells how much of its spend is the provider's own money", price, &w.OtherInflow),
		{Name: "cost", Kind: field.Group, Required: true, Fields: w.cost, Doc: "the provider's opportunity cost of a unit, seen in three ways"},
		{Name: "lab_value", Kind: field.Group, Required: true, Fields: w.labValue, Doc: "what all of the lab's equity is worth without the deal"},
		{Name: "default", Kind: field.Group, Fields: w.defaultFields, Doc: "how the buyer fails"},
		{Name: "events", Kind: field.Places, Key: w.event, Doc: "the days on which things outside the agreement happen"},
		{Name: "indexes", Kind: field.Places, Key: w.index, Doc: "numbers that clauses look at, by name: revenue, a share price, a price of energy"},
		{Name: "failures", Kind: field.Places, Key: w.failure, Doc: "how parties other than the buyer fail"},
		{Name: "delays", Kind: field.Places, Key: w.delay, Doc: "how late capacity runs, by the name of a generation or the id of its clause; what is promised does not move"},
		{Name: "rounds", Kind: field.List, Fields: w.round, Doc: "rounds after the deal in which others buy new shares of the buyer"},
		{Name: "feedback", Kind: field.Choice, Choices: []string{"on", "off"}, Default: "on", Into: &w.Feedback,
			Doc: "whether what the supply side adds to the lab's value reaches the shares bought"},
	}
}

func (w *World) continuous() []field.Field {
	return []field.Field{{Name: "continuous", Kind: field.Rate, Unit: "per year, continuous", Required: true, Min: field.Beyond(-1), Max: field.At(1),
		Into: &w.Discount.Continuous, Doc: "the rate, compounded continuously"}}
}

func (w *World) hurdle(party string) field.Field {
	w.Hurdle = append(w.Hurdle, Hurdle{Party: party})
	return field.Field{Name: party, Kind: field.Rate, Unit: "per year, effective", Min: field.Beyond(-1), Max: field.At(10),
		Into: &w.Hurdle[len(w.Hurdle)-1].Rate, Doc: "the party's own rate"}
}

func (w *World) event(name string) field.Field {
	w.Events = append(w.Events, Event{Name: name})
	e := &w.Events[len(w.Events)-1]
	return field.Field{Name: name, Kind: field.Group, Doc: "the day on which it happens, or that with a name",
		Bare: &field.Field{Name: name, Kind: field.Date, Into: &e.On},
		Fields: func() []field.Field {
			return []field.Field{
				{Name: "on", Kind: field.Date, Required: true, Into: &e.On, Doc: "the day on which it happens"},
				{Name: "name", Kind: field.Text, Into: &e.Called, Doc: "what sentences call it, such as listing of Anthropic; without it, its key"},
			}
		}}
}

func (w *World) index(name string) field.Field {
	w.Indexes = append(w.Indexes, Index{Name: name})
	return processField(name, "as the clause says", "what it stands at in each step", field.At(0), &w.Indexes[len(w.Indexes)-1].Of)
}

func (w *World) failure(party string) field.Field {
	w.Failures = append(w.Failures, Failure{Party: party})
	f := &w.Failures[len(w.Failures)-1]
	return field.Field{Name: party, Kind: field.Variant, Doc: "on a day, or at a rate that sampled runs draw from", Fields: func() []field.Field {
		return []field.Field{
			{Name: "on", Kind: field.Date, Into: &f.On, Doc: "the day on which it fails"},
			{Name: "hazard", Kind: field.Rate, Unit: "per year, continuous", Min: field.At(0), Max: field.At(10), Into: &f.Hazard,
				Doc: "rate at which it fails; a base run takes it as solvent"},
		}
	}}
}

func (w *World) delay(name string) field.Field {
	w.Delays = append(w.Delays, Delay{Name: name})
	return field.Field{Name: name, Kind: field.Span, Into: &w.Delays[len(w.Delays)-1].By, Doc: "how late it runs, in whole steps, rounded up"}
}

// late is how many steps late something runs.
func (w *World) late(x contract.Arrival, grid *calendar.Grid) int {
	steps := 0
	for _, d := range w.Delays {
		if d.Name == x.Clause {
			steps = grid.StepsIn(d.By)
		}
	}
	for _, d := range w.Delays {
		if d.Name == x.Name {
			return grid.StepsIn(d.By)
		}
	}
	return steps
}

func (w *World) need() []field.Field {
	return []field.Field{
		processField("firm", "units per year", "need that is run wherever it can be", field.At(0), &w.Firm),
		{Name: "flexible", Kind: field.Group, Doc: "further need, run when its marginal price is below its value", Fields: func() []field.Field {
			w.Flexible = &Constant{}
			return []field.Field{
				processField("amount", "units per year", "how much", field.At(0), &w.Flexible),
				{Name: "value", Kind: field.Number, Unit: "currency per unit", Required: true, Min: field.At(0), Into: &w.FlexibleValue, Doc: "what a unit is worth"},
			}
		}},
		{Name: "unmet_value", Kind: field.Number, Unit: "currency per unit", Min: field.At(0), Into: &w.UnmetValue,
			Doc: "value of a unit of need that could not be met without the deal; needed with market_capacity"},
	}
}

func (w *World) cost() []field.Field {
	return []field.Field{
		required(processField("sunk", "currency per unit", "avoidable running cost, when the capacity stands anyway", field.At(0), &w.Cost.Sunk)),
		words(processField("scarce", "currency per unit", "what the unit would fetch from somebody else", field.At(0), &w.Cost.Scarce), "market"),
		processField("build", "currency per unit", "full capital and running cost, when the capacity would not be built without the deal", field.At(0), &w.Cost.Build),
		{Name: "headline", Kind: field.Choice, Choices: []string{"sunk", "scarce", "build"}, Default: "sunk", Into: &w.Cost.Headline,
			Doc: "which of the three stands behind the headline figures"},
	}
}

func (w *World) labValue() []field.Field {
	return []field.Field{
		{Name: "start", Kind: field.Money, Required: true, Min: field.Beyond(0), Into: &w.LabValue.StartCents, Doc: "on the valuation date"},
		{Name: "shares", Kind: field.Number, Unit: "shares", Default: "1000000000", Min: field.Beyond(0), Into: &w.LabValue.Shares,
			Doc: "how many there are before the deal, as if all were converted; only prices per share depend on it"},
		{Name: "contains_deal", Kind: field.Flag, Default: "false", Into: &w.LabValue.ContainsDeal,
			Doc: "whether the figure already has the deal in it; then feedback must be off"},
	}
}

func (w *World) defaultFields() []field.Field {
	w.Default.Mode = "weighted"
	recovery := []field.Field{
		{Name: "accrued", Kind: field.Rate, Default: "0%", Min: field.At(0), Max: field.At(1), Into: &w.Default.AccruedRecovery, Doc: "of what was billed and not paid"},
		{Name: "commitment", Kind: field.Rate, Default: "0%", Min: field.At(0), Max: field.At(1), Into: &w.Default.CommitmentRecovery, Doc: "of the claim for minimums still to run"},
	}
	return []field.Field{
		{Name: "hazard", Kind: field.Rate, Unit: "per year, continuous", Required: true, Min: field.At(0), Max: field.At(10), Into: &w.Default.Hazard,
			Doc: "rate at which the buyer fails"},
		{Name: "recovery", Kind: field.Group, Default: "0%", Fields: func() []field.Field { return recovery },
			Bare: &field.Field{Name: "recovery", Kind: field.Rate, Min: field.At(0), Max: field.At(1), Into: &bothRecoveries{&w.Default}},
			Doc:  "what creditors get back; one rate for all, or accrued and commitment apart"},
		{Name: "cost", Kind: field.Money, Default: "0", Min: field.At(0), Into: &w.Default.CostCents,
			Doc: "what a default costs the provider beyond what it is not paid: the deadweight"},
		{Name: "need_after", Kind: field.Rate, Default: "all of it", Min: field.At(0), Max: field.At(10), Into: &w.Default.NeedAfter,
			Doc: "the part of its need that the buyer has left after it has failed, where a default clause lets the contract run on"},
		{Name: "mode", Kind: field.Choice, Choices: []string{"none", "weighted", "simulated"}, Default: "weighted", Into: &w.Default.Mode,
			Doc: "none: no credit risk; weighted or simulated: survival weights in a base run, default lanes in a sampled one"},
	}
}

// bothRecoveries takes one rate for both kinds of claim.
type bothRecoveries struct{ d *Default }

// SetNumber takes the rate.
func (b *bothRecoveries) SetNumber(x float64) {
	b.d.AccruedRecovery, b.d.CommitmentRecovery = x, x
}

// Check reports what no single field can.
func (w *World) Check(in Setting, r field.Report) {
	for _, p := range []struct {
		at string
		p  Process
	}{{"need.firm", w.Firm}, {"need.flexible.amount", w.Flexible}, {"list_price", w.ListPrice}, {"market_price", w.MarketPrice},
		{"market_capacity", w.MarketCapacity}, {"delivery", w.Delivery}, {"other_inflow", w.OtherInflow},
		{"cost.sunk", w.Cost.Sunk}, {"cost.scarce", w.Cost.Scarce}, {"cost.build", w.Cost.Build}} {
		if p.p == nil {
			continue
		}
		p.p.Check(in, p.at, r)
		if p.p.Sampled() && p.at != "need.firm" {
			r.Fault("PROCESS-HERE", p.at, "use constant, table, per_year or performance_per_year", "only need.firm can be %s", p.p.Name())
		}
	}
	for _, x := range w.Indexes {
		if x.Of != nil {
			x.Of.Check(in, "indexes."+x.Name, r)
			if x.Of.Sampled() {
				r.Fault("PROCESS-HERE", "indexes."+x.Name, "use constant, table, per_year or performance_per_year", "only need.firm can be %s", x.Of.Name())
			}
		}
	}
	for _, x := range w.Failures {
		switch {
		case !slices.Contains(in.Parties, x.Party):
			r.Fault("PARTY-UNKNOWN", "failures."+x.Party, "name a party of the deal", "there is no party %s", x.Party)
		case len(in.Sides) > 0 && x.Party == in.Sides[0]:
			r.Fault("FAILURE-BUYER", "failures."+x.Party, "write it under world.default", "how the buyer fails is stated under default")
		}
	}
	for _, h := range w.Hurdle {
		if !slices.Contains(in.Parties, h.Party) {
			r.Fault("PARTY-UNKNOWN", "hurdle."+h.Party, "name a party of the deal", "there is no party %s", h.Party)
		} else if !slices.Contains(in.Sides, h.Party) {
			r.Warn("HURDLE-UNUSED", "hurdle."+h.Party, "give a hurdle of the buyer or the supplier", "values at hurdle rates are computed for the two sides only")
		}
	}
	w.checkValue(in, r)
	w.checkRounds(in, r)
}

func (w *World) checkValue(in Setting, r field.Report) {
	if w.LabValue.ContainsDeal && w.Feedback == "on" {
		r.Fault("VALUE-TWICE", "lab_value.contains_deal", "give the value without the deal, or write feedback: off",
			"a value of the lab that contains the deal, with feedback on, would count the deal twice")
	}
	if w.MarketCapacity != nil && w.UnmetValue == nil {
		r.Fault("VALUE-MISSING", "market_capacity", "give need.unmet_value, what a unit that the market cannot supply is worth to the lab",
			"market capacity is limited and the value of unmet need is not given")
	}
	if w.Cost.Headline == "build" && w.Cost.Build == nil {
		r.Fault("COST-MISSING", "cost.headline", "give cost.build, or choose another headline", "the headline cost is not given")
	}
	if share, ok := w.Delivery.(*Constant); ok && share.Level > 1 {
		r.Fault("DELIVERY-ABOVE-1", "delivery", "1 is everything promised", "%s of the promised capacity cannot be delivered", fmt.Sprint(share.Level))
	}
	if years, ok := w.Delivery.(*Table); ok {
		for i, x := range years.ByYear {
			if x > 1 {
				r.Fault("DELIVERY-ABOVE-1", fmt.Sprintf("delivery.table[%d]", i), "1 is everything promised", "%v of the promised capacity cannot be delivered", x)
			}
		}
	}
	w.checkRisingDelivery(in, r)
}

// checkRisingDelivery reports a delivery that grows beyond what is promised.
func (w *World) checkRisingDelivery(in Setting, r field.Report) {
	switch w.Delivery.(type) {
	case *PerYear, *Performance:
		for t, x := range w.Delivery.Mean(in.Grid) {
			if x > 1 {
				r.Fault("DELIVERY-ABOVE-1", "delivery", "1 is everything promised; start from less, or take a table",
					"%s of the promised capacity cannot be delivered in the step from %s", unit.FormatRate(x), in.Grid.StepStart(t))
				return
			}
		}
	}
}

// required marks a field as one that must be there.
func required(f field.Field) field.Field {
	f.Required = true
	return f
}

// words lets a word stand for the absence of a process.
func words(f field.Field, word string) field.Field {
	f.Default = word
	f.Bare.Choices = []string{word}
	return f
}
