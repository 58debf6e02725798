// SPDX-License-Identifier: Apache-2.0

package world

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/draw"
	"offtake/internal/field"
)

// rich is a world in which every number is another one.
func rich() *World {
	w, three := New(), At(3)
	w.Discount.Annual = 0.05
	w.Firm, w.Flexible, w.FlexibleValue, w.UnmetValue = At(120), At(24), Certainly(0.7), Certainly(5)
	w.ListPrice, w.MarketPrice, w.Delivery = At(1.1), At(0.9), At(0.8)
	w.MarketCapacity, w.OtherInflow = At(60), At(36)
	w.Cost = Cost{Sunk: At(0.5), Build: three, Headline: "build"}
	w.LabValue.StartCents = Certainly(4e6)
	w.Default = Default{Hazard: Certainly(0.04), AccruedRecovery: Certainly(0.4), CommitmentRecovery: Certainly(0.1), CostCents: Certainly(700), Mode: "weighted"}
	return w
}

// A plan holds levels in the contract's units: units a step, cents a unit.
func TestPlanUnits(t *testing.T) {
	for _, step := range []calendar.Step{calendar.Month, calendar.Quarter, calendar.Year} {
		g := testGrid(t, "2027-01-01", 24, step)
		p, perYear := rich().Lay(g), float64(step.PerYear())
		for o, want := range map[contract.Observable]float64{
			contract.Need: 120 / perYear, contract.Flexible: 24 / perYear, contract.FlexibleValue: 70, contract.List: 110, contract.Market: 90,
			contract.Delivery: 0.8, contract.Alive: 1, contract.AccruedRecovery: 0.4, contract.ClaimRecovery: 0.1,
		} {
			if len(p.Level(o)) != g.Steps() {
				t.Errorf("%v has %d steps, want %d", o, len(p.Level(o)), g.Steps())
			}
			wantColumn(t, o.String(), p.Level(o), func(int) float64 { return want })
		}
		wantColumn(t, "lab value", p.Level(contract.LabValue), func(t int) float64 { return 4e6 / p.Curve[t] })
		wantColumn(t, "market capacity", p.MarketCapacity, func(int) float64 { return 60 / perYear })
		wantColumn(t, "other inflow", p.OtherInflow, func(int) float64 { return 3600 / perYear })
		if p.UnmetValue != 500 {
			t.Errorf("unmet need is worth %v cents, want 500", p.UnmetValue)
		}
		// The scarce cost is the market price unless given.
		var costs []string
		for _, c := range p.Costs {
			costs = append(costs, fmt.Sprint(c.Name, " ", c.Cents[0], " ", len(c.Cents) == g.Steps()))
		}
		if got := strings.Join(costs, ", "); got != "sunk 50 true, scarce 90 true, build 300 true" || p.Headline() != 2 {
			t.Errorf("costs %s, headline %d", got, p.Headline())
		}
	}
}

// What is not given is not there.
func TestPlanOfDefaults(t *testing.T) {
	g := testGrid(t, "2027-01-01", 12, calendar.Month)
	p := New().Lay(g)
	if p.MarketCapacity != nil || p.OtherInflow != nil || len(p.Costs) != 2 || p.Headline() != 0 {
		t.Errorf("%d costs, headline %d, market capacity %v, other inflow %v", len(p.Costs), p.Headline(), p.MarketCapacity, p.OtherInflow)
	}
	wantColumn(t, "flexible need", p.Level(contract.Flexible), func(int) float64 { return 0 })
	wantColumn(t, "list price", p.Level(contract.List), func(int) float64 { return 100 })
	wantColumn(t, "delivery", p.Level(contract.Delivery), func(int) float64 { return 1 })
	own := New()
	own.Cost.Scarce, own.Cost.Headline = At(2), "scarce"
	if q := own.Lay(g); q.Costs[1].Cents[3] != 200 || q.Headline() != 1 {
		t.Errorf("the scarce cost that is given is not taken: %v", q.Costs)
	}
}

// DF = 1.05^-t or e^(-0.05 t), from the valuation date by the day count.
func TestDiscount(t *testing.T) {
	continuous := 0.05
	g := testGrid(t, "2026-10-01", 24, calendar.Month)
	for name, c := range map[string]struct {
		d    Discount
		want func(years float64) float64
	}{
		"annual":          {Discount{Annual: 0.05}, func(y float64) float64 { return math.Pow(1.05, -y) }},
		"continuous":      {Discount{Annual: 0.9, Continuous: &continuous}, func(y float64) float64 { return math.Exp(-0.05 * y) }},
		"none":            {Discount{}, func(float64) float64 { return 1 }},
		"negative":        {Discount{Annual: -0.01}, func(y float64) float64 { return math.Pow(0.99, -y) }},
		"continuous zero": {Discount{Annual: 0.9, Continuous: new(float64)}, func(float64) float64 { return 1 }},
	} {
		w := New()
		w.Discount = c.d
		wantColumn(t, name, w.Lay(g).Curve, func(t int) float64 { return c.want(g.Years(t)) })
		if f := c.d.Factor(0); f != 1 {
			t.Errorf("%s: the factor of today is %v", name, f)
		}
	}
	// Three months to the start and one to the first step's end: 4/12 of a year.
	if got := New().Lay(g).Grid.Years(0); got != 1.0/3 {
		t.Errorf("the first step ends after %v years", got)
	}
}

// S(t) = e^(-hazard years(t)), and 1 on the valuation date and before; without
// credit 1.
func TestSurvival(t *testing.T) {
	for _, signed := range []string{"2026-10-01", "2027-01-01", "2027-05-15"} {
		g := testGrid(t, signed, 24, calendar.Month)
		w := rich()
		wantColumn(t, "weighted", w.Lay(g).Survival, func(t int) float64 { return math.Exp(-0.04 * max(0, g.Years(t))) })
		w.Default.Mode = "none"
		wantColumn(t, "none", w.Lay(g).Survival, func(int) float64 { return 1 })
	}
}

// shown is one observation by lane, in step t.
func shown(f *Factors, p *contract.Program, o contract.Observable, t int) []float64 {
	obs := f.Observe(p)
	f.Step(t)
	obs.Show(t)
	return obs.Col[o]
}

// waits is a program that waits for events of these names.
func waits(g *calendar.Grid, names ...string) *contract.Program {
	return contract.Compile(contract.Config{Grid: g, Buyer: "lab", Supplier: "cloud", Clauses: []contract.Clause{binds(func(b *contract.Builder) {
		for _, n := range names {
			b.Event(n)
		}
	})}})
}

type binds func(b *contract.Builder)

func (f binds) Bind(b *contract.Builder) { f(b) }

// Where paths agree all lanes show the plan's level; the signing shows that of
// the first step, but for the lab's value, which is that of the day.
func TestFactorsShowLevels(t *testing.T) {
	g := testGrid(t, "2027-01-01", 36, calendar.Year)
	w := rich()
	w.ListPrice, w.Firm = Years(1, 2, 3), Years(10, 10, 40)
	p, program := w.Lay(g), waits(g)
	f := p.Factors(5)
	for _, c := range []struct{ t, at int }{{-1, 0}, {0, 0}, {1, 1}, {2, 2}, {3, 3}, {4, 4}, {-1, 0}, {2, 2}} {
		for o := range contract.Observables {
			got, want := shown(f, program, o, c.t), p.Level(o)[c.at]
			if c.t < 0 && o == contract.LabValue {
				want = w.LabValue.StartCents.Value
			}
			for lane := range 5 {
				if len(got) != 5 || got[lane] != want {
					t.Errorf("step %d: %v is %v, want %v in five lanes", c.t, o, got, want)
					break
				}
			}
		}
	}
	if obs := f.Observe(program); &obs.Curve[0] != &p.Curve[0] {
		t.Error("the contract is not shown the plan's curve")
	}
}

// Sampled need is a step's share of the process's level, and Base takes it
// back. Sampling again gives the same.
func TestFactorsSampleNeed(t *testing.T) {
	g := testGrid(t, "2027-01-01", 12, calendar.Month)
	w := rich()
	firm := &Lognormal{MeanPath: At(120), Volatility: Certainly(0.3)}
	w.Firm, w.Default.Mode = firm, "none"
	p, program := w.Lay(g), waits(g)
	f := p.Factors(8)
	f.Sample(draw.Source{Seed: 5, First: 16})
	level := make([][]float64, g.Steps())
	for s := range level {
		level[s] = make([]float64, 8)
	}
	sampleBlock(firm, g, draw.Source{Seed: 5, First: 16}, level)
	for s := range level {
		got := shown(f, program, contract.Need, s)
		for i, x := range got {
			if want := level[s][i] * (1.0 / 12); x != want {
				t.Errorf("step %d, lane %d: need %v, want %v", s, i, x, want)
			}
		}
	}
	first := fmt.Sprint(shown(f, program, contract.Need, 3))
	f.Sample(draw.Source{Seed: 5, First: 24})
	if other := fmt.Sprint(shown(f, program, contract.Need, 3)); other == first {
		t.Error("other paths have the same need")
	}
	f.Sample(draw.Source{Seed: 5, First: 16})
	if again := fmt.Sprint(shown(f, program, contract.Need, 3)); again != first {
		t.Error("the same paths have another need")
	}
	f.Base()
	if x := shown(f, program, contract.Need, 3)[2]; x != 10 {
		t.Errorf("the mean need is %v, want 10", x)
	}
}

// A buyer is solvent while its uniform number is below the survival curve: the
// share of solvent lanes follows the curve, within four standard errors of a
// share on 2^14 paths, and nobody comes back.
func TestFactorsSampleDefault(t *testing.T) {
	g := testGrid(t, "2027-01-01", 60, calendar.Quarter)
	w := rich()
	w.Default.Hazard = Certainly(0.3)
	p, program := w.Lay(g), waits(g)
	const lanes = 1 << 14
	f := p.Factors(lanes)
	f.Sample(draw.Source{Seed: 9, First: 0})
	u, before := make([]float64, lanes), make([]float64, lanes)
	draw.Uniform(u, 9, draw.DefaultTime, 0, 0)
	for i := range before {
		before[i] = 1
	}
	for s := range g.Steps() {
		alive, sum := shown(f, program, contract.Alive, s), 0.0
		for i, x := range alive {
			if sum += x; (x == 1) != (u[i] < p.Survival[s]) || x > before[i] {
				t.Fatalf("step %d, lane %d: solvent %v, the number is %v, the curve %v", s, i, x, u[i], p.Survival[s])
			}
		}
		copy(before, alive)
		share, se := sum/lanes, math.Sqrt(p.Survival[s]*(1-p.Survival[s])/lanes)
		if math.Abs(share-p.Survival[s]) > 4*se {
			t.Errorf("step %d: %v are solvent, the curve says %v", s, share, p.Survival[s])
		}
	}
	for _, change := range []func(*Default){func(d *Default) { d.Mode = "none" }, func(d *Default) { d.Hazard = Certainly(0) }} {
		w := rich()
		change(&w.Default)
		f := w.Lay(g).Factors(4)
		f.Sample(draw.Source{Seed: 9, First: 0})
		if got := fmt.Sprint(shown(f, program, contract.Alive, g.Steps()-1)); got != "[1 1 1 1]" {
			t.Errorf("without default %s are solvent", got)
		}
	}
}

// A base run has a lane for a default in each step, with the probability of
// that, and a last one without: 1 - e^-0.3, e^-0.3 - e^-0.6, ... for a hazard of
// 0.3 by the year. They add up to one.
func TestBaseRun(t *testing.T) {
	g := testGrid(t, "2027-01-01", 24, calendar.Year)
	w := rich()
	w.Default.Hazard, w.Firm = Certainly(0.3), &Lognormal{MeanPath: At(120), Volatility: Certainly(0.3)}
	p, program := w.Lay(g), waits(g)
	weights := p.BaseWeights()
	sum := 0.0
	for i, x := range weights {
		sum += x
		want := math.Exp(-0.3*float64(i)) - math.Exp(-0.3*float64(i+1))
		if i == 4 {
			want = math.Exp(-1.2)
		}
		if math.Abs(x-want) > 1e-15 {
			t.Errorf("lane %d has the weight %v, want %v", i, x, want)
		}
	}
	if len(weights) != 5 || math.Abs(sum-1) > 1e-15 {
		t.Fatalf("%d lanes that add up to %v", len(weights), sum)
	}
	f := p.Factors(5)
	f.Sample(draw.Source{Seed: 1, First: 0})
	f.Base()
	for s, want := range []string{"[0 1 1 1 1]", "[0 0 1 1 1]", "[0 0 0 1 1]", "[0 0 0 0 1]"} {
		if got := fmt.Sprint(shown(f, program, contract.Alive, s)); got != want {
			t.Errorf("step %d: %s are solvent, want %s", s, got, want)
		}
		if got := fmt.Sprint(shown(f, program, contract.Need, s)); got != "[120 120 120 120 120]" {
			t.Errorf("step %d: need is %s, want its mean", s, got)
		}
	}
	for _, change := range []func(*Default){func(d *Default) { d.Mode = "none" }, func(d *Default) { d.Hazard = Certainly(0) }} {
		w := rich()
		change(&w.Default)
		p := w.Lay(g)
		f := p.Factors(1)
		f.Base()
		if got := fmt.Sprint(p.BaseWeights(), shown(f, program, contract.Alive, 3)); got != "[1] [1]" {
			t.Errorf("without default: weights and solvency %s", got)
		}
	}
	// Signed after the term began: no weight on what is past.
	w.Default.Mode = "weighted"
	if got := w.Lay(testGrid(t, "2028-07-01", 36, calendar.Year)).BaseWeights(); got[0] != 0 || got[1] <= 0 {
		t.Errorf("weights %v, want none on the step that is over", got)
	}
}

// A buyer that has failed has the part of its need that the world says: a
// quarter of 30 firm and 6 flexible units a quarter, in the lanes in which it has.
func TestNeedAfterFailure(t *testing.T) {
	g := testGrid(t, "2027-01-01", 12, calendar.Quarter)
	w := rich()
	w.Default.NeedAfter = Certainly(0.25)
	f := w.Lay(g).Factors(5)
	f.Base()
	program := waits(g)
	for s, want := range []string{"[7.5 30 30 30 30] [1.5 6 6 6 6]", "[7.5 7.5 30 30 30] [1.5 1.5 6 6 6]"} {
		if got := fmt.Sprint(shown(f, program, contract.Need, s), shown(f, program, contract.Flexible, s)); got != want {
			t.Errorf("step %d: need %s, want %s", s, got, want)
		}
	}
}

// An event is seen from the step whose end is after its date; at signing if it
// has happened by then. One that the world does not know never happens.
func TestEvents(t *testing.T) {
	g := testGrid(t, "2026-12-01", 6, calendar.Month)
	w := New()
	on := func(name, date string) {
		w.Events = append(w.Events, Event{Name: name, On: calendar.MustParseDate(date)})
	}
	on("before", "2026-11-30")
	on("at-signing", "2026-12-01")
	on("between", "2026-12-31")
	on("first-day", "2027-02-01") // the step of February, which ends on 1 March
	on("last-day", "2027-02-28")
	on("next-day", "2027-03-01")
	on("after", "2028-01-01")
	names := []string{"never", "before", "at-signing", "between", "first-day", "last-day", "next-day", "after"}
	f, program := w.Lay(g).Factors(3), waits(g, names...)
	obs := f.Observe(program)
	for i, want := range []string{"00000000", "11111111", "11111111", "01111111", "00111111", "00111111", "00011111", "00000000"} {
		got := ""
		for s := -1; s < 7; s++ {
			f.Step(s)
			got += fmt.Sprint(obs.Events[i][2])
		}
		if got != want {
			t.Errorf("%s is seen %s, want %s", names[i], got, want)
		}
	}
}

// reports takes what checks find.
type reports struct{ codes, texts []string }

func (r *reports) Fault(code, path, hint, format string, args ...any) {
	r.codes = append(r.codes, code+" at "+path)
	r.texts = append(r.texts, fmt.Sprintf(format, args...)+" ("+hint+")")
}

func (r *reports) Warn(code, path, hint, format string, args ...any) {
	r.Fault(code, path, hint, format, args...)
}

// Each fault of a world is found at its place, and there is none in a rich one.
func TestCheck(t *testing.T) {
	long := Years(1, 2, 3)
	drawn := &Lognormal{MeanPath: At(1)}
	for _, c := range []struct {
		name   string
		change func(w *World)
		want   string
	}{
		{"rich", func(*World) {}, ""},
		{"drawn need", func(w *World) { w.Firm = drawn }, ""},
		{"rising need", func(w *World) { w.Firm = &PerYear{trend: trend{Rate: Certainly(1), From: Certainly(1)}} }, ""},
		{"need for three of two years", func(w *World) { w.Firm = long }, "TABLE-LENGTH at need.firm.table"},
		{"flexible need", func(w *World) { w.Flexible = long }, "TABLE-LENGTH at need.flexible.amount.table"},
		{"a mean for three", func(w *World) { w.Firm = &Lognormal{MeanPath: long} }, "TABLE-LENGTH at need.firm.lognormal.mean.table"},
		{"list prices for three", func(w *World) { w.ListPrice = long }, "TABLE-LENGTH at list_price.table"},
		{"drawn prices, delivery and costs", func(w *World) {
			w.ListPrice, w.MarketPrice, w.Delivery, w.Flexible, w.MarketCapacity, w.OtherInflow = drawn, drawn, drawn, drawn, drawn, drawn
			w.Cost.Sunk, w.Cost.Scarce, w.Cost.Build = drawn, drawn, drawn
		}, ""},
		{"a value of the lab that may be negative", func(w *World) { w.LabValue.Moves = &OrnsteinUhlenbeck{} }, "PROCESS-HERE at lab_value.moves"},
		{"a hurdle of nobody", func(w *World) { w.Hurdle = []Hurdle{{"lab", 0.1}, {"bank", 0.2}} }, "PARTY-UNKNOWN at hurdle.bank"},
		{"a hurdle that nothing is discounted at", func(w *World) { w.Hurdle = []Hurdle{{"cloud", 0.1}} }, "HURDLE-UNUSED at hurdle.cloud"},
		{"the deal counted twice", func(w *World) { w.LabValue.ContainsDeal = true }, "VALUE-TWICE at lab_value.contains_deal"},
		{"the deal counted once", func(w *World) { w.LabValue.ContainsDeal, w.Feedback = true, "off" }, ""},
		{"no value of unmet need", func(w *World) { w.UnmetValue = Number{} }, "VALUE-MISSING at market_capacity"},
		{"no cost behind the headline", func(w *World) { w.Cost.Build = nil }, "COST-MISSING at cost.headline"},
		{"more delivered than promised", func(w *World) { w.Delivery = At(1.01) }, "DELIVERY-ABOVE-1 at delivery"},
		{"in one year", func(w *World) { w.Delivery = Years(1, 1.5) }, "DELIVERY-ABOVE-1 at delivery.table[1]"},
		{"in time", func(w *World) { w.Delivery = &PerYear{trend: trend{Rate: Certainly(0.1), From: Certainly(0.95)}} }, "DELIVERY-ABOVE-1 at delivery"},
		{"in time by performance", func(w *World) { w.Delivery = &Performance{trend: trend{Rate: Certainly(-0.1), From: Certainly(1)}} }, "DELIVERY-ABOVE-1 at delivery"},
		{"falling", func(w *World) { w.Delivery = &PerYear{trend: trend{Rate: Certainly(-0.1), From: Certainly(1)}} }, ""},
	} {
		w, found := rich(), &reports{}
		c.change(w)
		w.Check(Setting{Grid: testGrid(t, "2027-01-01", 24, calendar.Month), Parties: []string{"lab", "cloud"}, Sides: []string{"lab"}}, found)
		if got := strings.Join(found.codes, ", "); got != c.want {
			t.Errorf("%s: found %q, want %q", c.name, got, c.want)
		}
		for _, s := range found.texts {
			if strings.Contains(s, "%!") {
				t.Errorf("%s: %s", c.name, s)
			}
		}
	}
}

// The tables fill what they say, also in the forms that are not plain.
func TestWorldFields(t *testing.T) {
	w := New()
	table := func(fields []field.Field, name string) field.Field {
		for _, f := range fields {
			if f.Name == name {
				return f
			}
		}
		t.Fatalf("no field %s", name)
		return field.Field{}
	}
	top := w.Fields()
	rate := 0.05
	*table(table(top, "discount").Fields(), "continuous").Into.(**float64) = &rate
	*table(top, "hurdle").Key("lab").Into.(*float64) = 0.15
	*table(top, "hurdle").Key("cloud").Into.(*float64) = 0.09
	*table(top, "events").Key("ipo").Bare.Into.(*calendar.Date) = calendar.MustParseDate("2027-06-01")
	named := table(top, "events").Key("spin-off").Fields()
	*table(named, "on").Into.(*calendar.Date), *table(named, "name").Into.(*string) = calendar.MustParseDate("2028-01-01"), "spin-off of the lab"
	table(table(top, "default").Fields(), "recovery").Bare.Into.(field.NumberSetter).SetNumber(0.3)
	flexible := table(table(top, "need").Fields(), "flexible").Fields()
	table(flexible, "amount").Bare.Into.(field.NumberSetter).SetNumber(6)
	got := fmt.Sprint(*w.Discount.Continuous, w.Hurdle, w.Events, w.Default.AccruedRecovery.Value, w.Default.CommitmentRecovery.Value, w.Flexible.(*Constant).Level.Value)
	if want := "0.05 [{lab 0.15} {cloud 0.09}] [{ipo 2027-06-01 } {spin-off 2028-01-01 spin-off of the lab}] 0.3 0.3 6"; got != want {
		t.Errorf("filled %s, want %s", got, want)
	}
	if sunk := table(table(top, "cost").Fields(), "sunk"); !sunk.Required {
		t.Error("the sunk cost may be left out")
	}
	if scarce := table(table(top, "cost").Fields(), "scarce"); scarce.Default != "market" || scarce.Bare.Choices[0] != "market" {
		t.Error("the scarce cost is not the market price unless given")
	}
}

// What is late is told by the name of a generation, or else by the id of its
// clause, in whole steps, rounded up; what nobody delays is on time.
func TestDelays(t *testing.T) {
	w := rich()
	for _, d := range []struct {
		name string
		by   calendar.Span
	}{{"delivery", calendar.Span{Months: 5}}, {"Rubin", calendar.Span{Days: 10}}, {"punctual", calendar.Span{}}} {
		w.delay(d.name).Bare.Into.(field.SpanSetter).SetSpan(d.by)
	}
	g := testGrid(t, "2027-01-01", 24, calendar.Quarter)
	p := contract.Compile(contract.Config{Grid: g, Buyer: "lab", Supplier: "cloud", Clauses: []contract.Clause{binds(func(b *contract.Builder) {
		for _, x := range [][2]string{{"delivery", "Blackwell"}, {"delivery", "Rubin"}, {"delivery", "punctual"}, {"other", ""}, {"other", "Rubin"}} {
			b.Delay(x[0], x[1])
		}
	})}})
	obs := w.Lay(g).Factors(3).Observe(p)
	obs.Open()
	for i, want := range []float64{2, 1, 0, 0, 1} {
		for lane, got := range obs.Late[i] {
			if got != want {
				t.Errorf("%v is late by %v steps in lane %d, want %v", p.Watch().Delays[i], got, lane, want)
			}
		}
	}
}
