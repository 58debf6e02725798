// SPDX-License-Identifier: Apache-2.0

package world

import (
	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/field"
)

// A World is what is believed about everything outside the agreement. Prices
// and costs are in currency per unit, need in units per year.
type World struct {
	Discount       Discount
	Hurdle         []Hurdle
	Firm           Process // need, units per year
	UnmetValue     Number  // currency per unit; not given where nothing asks for it
	Flexible       Process // further need, units per year; nil for none
	FlexibleValue  Number  // currency per unit
	ListPrice      Process
	MarketPrice    Process
	MarketCapacity Process // units per year to be had at the market price; nil for no limit
	Delivery       Process // share of promised capacity that is delivered
	OtherInflow    Process // currency per year that the lab takes in from others; nil when not given
	Cost           Cost
	LabValue       LabValue
	Default        Default
	Events         []Event
	Indexes        []*Index
	Failures       []*Failure
	Delays         []Delay
	Rounds         []Round
	Feedback       string   // on or off
	Regimes        *Regimes // nil for none
	Correlations   []*Correlation
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
	StartCents   Number
	Moves        Process // around the riskless growth of the value, which its mean does not change; nil for no noise
	Shares       float64 // before the deal, as if all were converted
	ContainsDeal bool    // the figure already has the deal in it
}

// Default is how the buyer fails.
type Default struct {
	Hazard Number // per year, continuous
	// Follows is what the hazard moves with: with a number's logarithm relative to
	// its mean, times a factor.
	Follows            []*Follow
	AccruedRecovery    Number
	CommitmentRecovery Number
	OneRecovery        bool   // both are one number, and so one draw
	CostCents          Number // deadweight cost to the provider
	Mode               string // none, weighted or simulated
	Cash               *Cash  // whose running out is a failure too; nil for none
	stated             bool   // the file says how the buyer fails
	// NeedAfter is the part of its need that a buyer has left which has failed and
	// carries the contract on; not given for all of it.
	NeedAfter Number
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
	Hazard Number        // per year, continuous
}

// Delay is how late something promised from a date runs: a generation of chips
// by its name, or all of a clause's by its id.
type Delay struct {
	Name string
	By   *Number // years
}

// New is a world with its defaults.
func New() *World {
	return &World{
		Firm: At(0), ListPrice: At(1), MarketPrice: At(1), Delivery: At(1),
		Cost: Cost{Sunk: At(0), Headline: "sunk"}, Default: Default{Mode: "none"}, Feedback: "on",
		LabValue: LabValue{Shares: contract.DefaultShares},
	}
}

// Fields is the table of what a file may say.
func (w *World) Fields() []field.Field {
	price := field.At(0)
	return []field.Field{
		{Name: "discount", Kind: field.Group, Required: true, Fields: w.continuous,
			Bare: &field.Field{Name: "discount", Kind: field.Rate, Unit: "per year, effective", Min: field.Beyond(-1), Max: field.At(1), Into: &w.Discount.Annual, Certain: certainCurve},
			Doc:  "the riskless rate; {continuous: 5%} for a continuous one", Others: certainCurve + ": write one rate, or {continuous: 5%}"},
		{Name: "hurdle", Kind: field.Places, Key: w.hurdle, Doc: "the yearly rate at which each party discounts for itself"},
		{Name: "need", Kind: field.Group, Required: true, Fields: w.need, Doc: "units that the lab wants to run, wherever"},
		processField("list_price", "currency per unit", "the provider's list price", price, &w.ListPrice),
		processField("market_price", "currency per unit", "the best alternative for equal volume and term", price, &w.MarketPrice),
		processField("market_capacity", "units per year", "how much can be had at the market price; without it, any amount", price, &w.MarketCapacity),
		processField("delivery", "share", "share of the promised capacity that is delivered", price, &w.Delivery),
		processField("other_inflow", "currency per year", "what the lab takes in from others, revenue and new money but for world.rounds; tells how much of its spend is the provider's own money, and feeds its cash", price, &w.OtherInflow),
		{Name: "cost", Kind: field.Group, Required: true, Fields: w.cost, Doc: "the provider's opportunity cost of a unit, seen in three ways"},
		{Name: "lab_value", Kind: field.Group, Required: true, Fields: w.labValue, Doc: "what all of the lab's equity is worth without the deal"},
		{Name: "default", Kind: field.Group, Fields: w.defaultFields, Doc: "how the buyer fails"},
		{Name: "regimes", Kind: field.Group, Fields: w.regimesField, Doc: "states that the whole world may be in, by which processes may move"},
		{Name: "correlations", Kind: field.List, Fields: w.correlation, Doc: "correlations between the numbers that noise moves"},
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
		Into: &w.Discount.Continuous, Doc: "the rate, compounded continuously", Certain: certainCurve}}
}

// certainCurve says why the riskless rate is one number.
const certainCurve = "the riskless rate is the same on every path, since all is discounted by one curve"

func (w *World) hurdle(party string) field.Field {
	w.Hurdle = append(w.Hurdle, Hurdle{Party: party})
	return field.Field{Name: party, Kind: field.Rate, Unit: "per year, effective", Min: field.Beyond(-1), Max: field.At(10),
		Into: &w.Hurdle[len(w.Hurdle)-1].Rate, Doc: "the party's own rate", Certain: "a hurdle is what a party asks for, and it knows that"}
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
	x := &Index{Name: name}
	w.Indexes = append(w.Indexes, x)
	return processField(name, "as the clause says", "what it stands at in each step", field.At(0), &x.Of)
}

func (w *World) failure(party string) field.Field {
	f := &Failure{Party: party}
	w.Failures = append(w.Failures, f)
	return field.Field{Name: party, Kind: field.Variant, Doc: "on a day, or at a rate that sampled runs draw from", Fields: func() []field.Field {
		return []field.Field{
			{Name: "on", Kind: field.Date, Into: &f.On, Doc: "the day on which it fails"},
			rate("hazard", "per year, continuous", "rate at which it fails; a base run takes it as solvent", field.At(0), field.At(10), &f.Hazard),
		}
	}}
}

func (w *World) delay(name string) field.Field {
	d := Delay{Name: name, By: &Number{}}
	w.Delays = append(w.Delays, d)
	return numberField(field.Field{Name: name, Kind: field.Span, Doc: "how late it runs, in whole steps, rounded up"}, d.By)
}

// delayOf is how late something runs: by its own name, or by its clause's; nil
// where it does not.
func (w *World) delayOf(x contract.Arrival) *Number {
	var late *Number
	for _, d := range w.Delays {
		if d.Name == x.Clause {
			late = d.By
		}
	}
	for _, d := range w.Delays {
		if d.Name == x.Name {
			return d.By
		}
	}
	return late
}

func (w *World) need() []field.Field {
	return []field.Field{
		processField("firm", "units per year", "need that is run wherever it can be", field.At(0), &w.Firm),
		{Name: "flexible", Kind: field.Group, Doc: "further need, run when its marginal price is below its value", Fields: func() []field.Field {
			w.Flexible = At(0)
			return []field.Field{
				processField("amount", "units per year", "how much", field.At(0), &w.Flexible),
				required(numberField(field.Field{Name: "value", Kind: field.Number, Unit: "currency per unit", Min: field.At(0), Doc: "what a unit is worth"}, &w.FlexibleValue)),
			}
		}},
		numberField(field.Field{Name: "unmet_value", Kind: field.Number, Unit: "currency per unit", Min: field.At(0),
			Doc: "value of a unit of need that could not be met without the deal; needed with market_capacity"}, &w.UnmetValue),
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
		required(numberField(field.Field{Name: "start", Kind: field.Money, Min: field.Beyond(0), Doc: "on the valuation date"}, &w.LabValue.StartCents)),
		{Name: "moves", Kind: field.Variant, Fields: func() []field.Field { return noisyVariants(&w.LabValue.Moves) }, Shared: "noisy-process",
			Doc: "the noise in it; its expected value grows at the riskless rate whatever the process's own mean"},
		{Name: "shares", Kind: field.Number, Unit: "shares", Default: "1000000000", Min: field.Beyond(0), Into: &w.LabValue.Shares, Certain: "shares are counted",
			Doc: "how many there are before the deal, as if all were converted; only prices per share depend on it"},
		{Name: "contains_deal", Kind: field.Flag, Default: "false", Into: &w.LabValue.ContainsDeal,
			Doc: "whether the figure already has the deal in it; then feedback must be off"},
	}
}

func (w *World) defaultFields() []field.Field {
	w.Default.Mode, w.Default.stated = "weighted", true
	w.Default.OneRecovery = true
	share := func(f field.Field, into *Number) field.Field {
		f.Kind, f.Min, f.Max = field.Rate, field.At(0), field.At(1)
		return numberField(f, into)
	}
	recovery := []field.Field{
		share(field.Field{Name: "accrued", Default: "0%", Doc: "of what was billed and not paid"}, &w.Default.AccruedRecovery),
		share(field.Field{Name: "commitment", Default: "0%", Doc: "of the claim for minimums still to run"}, &w.Default.CommitmentRecovery),
	}
	return []field.Field{
		rate("hazard", "per year, continuous", "rate at which the buyer fails; may be left out where cash says when it does", field.At(0), field.At(10), &w.Default.Hazard),
		{Name: "cash", Kind: field.Group, Fields: w.cash, Doc: "the lab's account of money, which fails when that runs out; needs mode: simulated"},
		{Name: "follows", Kind: field.Places, Key: w.follow, Doc: "wrong-way risk: the hazard times (number / its mean)^factor, with the factor of each number named; scaled so that as many survive on average"},
		{Name: "recovery", Kind: field.Group, Default: "0%", Fields: func() []field.Field { w.Default.OneRecovery = false; return recovery },
			Bare: &field.Field{Name: "recovery", Kind: field.Rate, Min: field.At(0), Max: field.At(1), Into: &bothRecoveries{&w.Default}},
			Doc:  "what creditors get back; one rate for all, or accrued and commitment apart"},
		numberField(field.Field{Name: "cost", Kind: field.Money, Default: "0", Min: field.At(0),
			Doc: "what a default costs the provider beyond what it is not paid: the deadweight"}, &w.Default.CostCents),
		numberField(field.Field{Name: "need_after", Kind: field.Rate, Default: "all of it", Min: field.At(0), Max: field.At(10),
			Doc: "the part of its need that the buyer has left after it has failed, where a default clause lets the contract run on"}, &w.Default.NeedAfter),
		{Name: "mode", Kind: field.Choice, Choices: []string{"none", "weighted", "simulated"}, Default: "weighted", Into: &w.Default.Mode,
			Doc: "none: no credit risk; weighted or simulated: survival weights in a base run, default lanes in a sampled one; with cash simulated alone"},
	}
}

// bothRecoveries takes one rate, or one interval, for both kinds of claim.
type bothRecoveries struct{ d *Default }

// SetNumber takes the rate.
func (b *bothRecoveries) SetNumber(x float64) {
	b.d.AccruedRecovery.SetNumber(x)
	b.d.CommitmentRecovery.SetNumber(x)
	b.d.OneRecovery = true
}

// SetInterval takes the interval.
func (b *bothRecoveries) SetInterval(low, high float64) {
	b.d.AccruedRecovery.SetInterval(low, high)
	b.d.CommitmentRecovery.SetInterval(low, high)
	b.d.OneRecovery = true
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
