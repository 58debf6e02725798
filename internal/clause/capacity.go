// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"
	"math"
	"strings"

	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/field"
	"offtake/internal/unit"
	"offtake/internal/vec"
)

// Capacity is what the supplier promises to have running: power by chip
// generation, and how much compute a gigawatt of each yields. It caps what can
// be taken, relieves a minimum that could not have been met, and opens
// facilities. Amazon's promise to Anthropic of April 2026 is up to 5 GW, of
// which nearly 1 GW by the end of 2026; Amazon's contracts with Anthropic and
// OpenAI also hold it to the performance of its chips.
type Capacity struct {
	head        Head
	Generations []Generation
	Performance *Performance
	netMonths   int // of invoices for usage, among the deal's clauses
}

// Performance is what the chips must do, and what follows if they do not.
type Performance struct {
	Promised float64 // in the index's unit
	Measured string  // the index
	Relief   string  // price or volume
}

// NewCapacity is an empty clause with its defaults.
func NewCapacity() *Capacity { return &Capacity{head: Head{Binding: "firm"}} }

// Head is the clause's id and parties.
func (c *Capacity) Head() *Head { return &c.head }

// Kind is "capacity".
func (c *Capacity) Kind() string { return "capacity" }

// Fields is the table of what a file may say.
func (c *Capacity) Fields() []field.Field {
	return append(append(c.head.fields("the supplier", "the buyer"), c.head.window()...),
		field.Field{Name: "generations", Kind: field.List, Required: true, Fields: func() []field.Field { return newGeneration(&c.Generations) },
			Doc: "power by chip generation, each from a date on; they add up"},
		field.Field{Name: "performance", Kind: field.Group, None: true, Default: "none", Fields: c.newPerformance,
			Doc: "what the chips must do, and what follows if they do less: the compute is short by the same share either way"})
}

func (c *Capacity) newPerformance() []field.Field {
	c.Performance = &Performance{Measured: "performance", Relief: "price"}
	p := c.Performance
	return []field.Field{
		{Name: "promised", Kind: field.Number, Unit: "as the index", Required: true, Min: field.Beyond(0), Into: &p.Promised,
			Doc: "what is promised, in the unit of the index that measures it"},
		{Name: "measured", Kind: field.Text, Default: "performance", Into: &p.Measured,
			Doc: "the index under world.indexes that says what the chips do"},
		{Name: "relief", Kind: field.Choice, Choices: []string{"price", "volume"}, Default: "price", Into: &p.Relief,
			Doc: "price: the missing share of the price is credited, and minimums stand; volume: what is missing counts as not delivered"},
	}
}

// Check reports dates outside the term, and one unchanging kind of chip over
// a long one.
func (c *Capacity) Check(in *Setting, r field.Report) {
	c.head.between(in.Supplier, in.Buyer, in, r)
	c.head.checkForce(in, r)
	checkGenerations(c.Generations, in, r)
	long := in.Grid.ContractYears() > 5
	if long && len(c.Generations) == 1 && c.Generations[0].Refresh == (calendar.Span{}) {
		r.Warn("CAPACITY-CONSTANT", "generations", "add later generations, or a refresh: units per GW rise with each generation",
			"one kind of chip stays unchanged for %d years", in.Grid.ContractYears())
	}
	if c.Performance != nil {
		in.knowsIndex(c.Performance.Measured, "performance.measured", r)
	}
}

// Explain says the clause in English.
func (c *Capacity) Explain(in *Setting) string {
	what, total := explainGenerations(c.Generations)
	s := fmt.Sprintf("%s shall make available to %s %s%s.", in.Name(c.head.From), in.Name(c.head.To), what, total)
	if p := c.Performance; p != nil {
		then := fmt.Sprintf("the missing share of the price of what %s takes is credited", in.Name(c.head.To))
		if p.Relief == "volume" {
			then = "the compute that is missing counts as not delivered"
		}
		s += fmt.Sprintf(" The chips shall perform at no less than %s, as the index %s measures it; where they do less, %s.", commas(unit.WriteNumber(p.Promised)), p.Measured, then)
	}
	return s + c.head.binding()
}

// Without the clause nothing is promised and nothing caps the take.
func (c *Capacity) Without() Absence {
	return Absence{Says: "No capacity is promised: the buyer takes what it needs on demand, " +
		"minimums have no relief for want of capacity, and what opens by delivered power stays shut."}
}

// among is the clause as it stands among the others of a deal.
func (c *Capacity) among(clauses []Clause) Clause {
	d := *c
	d.netMonths = netOf(clauses)
	return &d
}

// boundCapacity is a capacity clause laid out.
type boundCapacity struct {
	c        *Capacity
	gate     contract.Gate
	fleet    *fleet
	later    []float64 // units promised from each step on
	measured contract.Index
	lacking  contract.Col // units that count as delivered in the step and are not yielded
	credit   contract.BillID
}

// Bind attaches the clause: in Quote it adds what is promised and delivered
// to the step's capacity, in Settle it credits what chips do not yield.
func (c *Capacity) Bind(b *contract.Builder) {
	for _, q := range []contract.Quantity{contract.Power, contract.PromisedPower, contract.Promised, contract.PromisedLater, contract.Delivered, contract.Capacity} {
		b.Own(q, "capacity")
	}
	id := c.head.ID
	k := &boundCapacity{c: c, gate: c.head.gate(b), fleet: layFleet(b, id, c.Generations)}
	k.later = c.later(b.Grid(), k.fleet.units)
	if c.Performance != nil {
		k.measured = b.Index(c.Performance.Measured)
	}
	b.On(contract.Supply, id, k.supply)
	if c.Performance != nil && c.Performance.Relief == "price" {
		k.lacking = b.Column(id + ".lacking")
		k.credit = b.Bill(contract.Line{From: b.Supplier(), To: b.Buyer(), Asset: contract.Asset{Kind: contract.Cash}, Kind: "performance_credit",
			Clause: id, Role: contract.Use}, c.netMonths/b.Grid().MonthsPerStep())
		b.On(contract.Crediting, id, k.creditPrice)
	}
}

// supply adds what is promised, and what of it is delivered.
func (k *boundCapacity) supply(m *contract.Month) {
	if m.T >= len(k.fleet.units) {
		return
	}
	units, powerGW := k.fleet.units[m.T], k.fleet.powerGW[m.T]
	share, kept := m.Temp(), m.See(contract.Kept)
	if m.Extends() {
		k.promiseLater(m)
	} else if k.gate.Always() {
		m.AddScaled(contract.PromisedLater, kept, k.later[m.T])
	} else {
		m.Agreed(k.gate, share)
		vec.Mul(share, share, kept)
		m.AddScaled(contract.PromisedLater, share, k.later[m.T])
	}
	vec.Mul(share, m.InForce(k.gate), kept)
	m.AddScaled(contract.Promised, share, units)
	m.AddScaled(contract.PromisedPower, share, powerGW)
	vec.Mul(share, share, m.Obs.Col[contract.Delivery])
	if k.c.Performance == nil && k.fleet.onTime(m) {
		m.AddScaled(contract.Delivered, share, units)
		m.AddScaled(contract.Capacity, share, units)
		m.AddScaled(contract.Power, share, powerGW)
	} else {
		k.supplyLess(m, share)
	}
	m.Free(1)
}

// promiseLater adds what is promised from the step to the end of the term as far as
// that has been extended.
func (k *boundCapacity) promiseLater(m *contract.Month) {
	share, kept, later := m.Temp(), m.See(contract.Kept), m.Q(contract.PromisedLater)
	m.Agreed(k.gate, share)
	for i := range share {
		units := k.later[m.T]
		if end := m.LastsTo(i); end < len(k.later) {
			units -= k.later[end]
		}
		later[i] += float64(share[i] * kept[i] * units)
	}
	m.Free(1)
}

// supplyLess adds what is delivered where chips may be late or underperform.
func (k *boundCapacity) supplyLess(m *contract.Month, share []float64) {
	delivered, capacity, power := m.Q(contract.Delivered), m.Q(contract.Capacity), m.Q(contract.Power)
	var powerGW, full float64
	var measured, lacking []float64
	p := k.c.Performance
	if p != nil {
		measured = m.Obs.Index[k.measured]
		if p.Relief == "price" {
			lacking = m.Col(k.lacking)
		}
	}
	for i := range share {
		if i == 0 || k.fleet.differs(m, i) {
			powerGW, full = k.fleet.running(m, i, math.Inf(-1))
		}
		units := full * share[i]
		power[i] += float64(powerGW * share[i])
		yielded := units
		if p != nil {
			yielded = units * min(1, measured[i]/p.Promised)
		}
		if lacking != nil {
			lacking[i] = units - yielded
		} else {
			units = yielded
		}
		delivered[i] += units
		capacity[i] += yielded
	}
}

// creditPrice credits the share of the step's spend that the chips did not
// yield.
func (k *boundCapacity) creditPrice(m *contract.Month) {
	credit, spend, lacking, delivered := m.Temp(), m.Q(contract.Spend), m.Col(k.lacking), m.Q(contract.Delivered)
	for i := range credit {
		credit[i] = 0
		if spend[i] != 0 && delivered[i] > 0 {
			credit[i] = spend[i] * (lacking[i] / delivered[i])
		}
	}
	m.Bill(k.credit, credit)
	m.Free(1)
}

// later is what is promised in each step and all that come after it, while the
// clause is in force, in units.
func (c *Capacity) later(grid *calendar.Grid, units []float64) []float64 {
	out, sum, in := make([]float64, len(units)), 0.0, c.head.terms(grid)
	for t := len(units) - 1; t >= 0; t-- {
		if t >= in.From && (in.To == 0 || t < in.To) {
			sum += units[t]
		}
		out[t] = sum
	}
	return out
}

// enumerate joins phrases as a sentence does.
func enumerate(parts []string) string {
	switch n := len(parts); n {
	case 0:
		return ""
	case 1:
		return parts[0]
	case 2:
		return parts[0] + " and " + parts[1]
	default:
		return strings.Join(parts[:n-1], "; ") + "; and " + parts[n-1]
	}
}
