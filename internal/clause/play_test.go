// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"math"
	"slices"
	"strings"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/contract"
)

// play is one history, made by hand. Slices run over the steps; what is nil
// stands as it usually does: need 0, list 1 unit of currency, all delivered,
// riskless curve 1. Amounts are in currency, not cents.
type play struct {
	grid     *calendar.Grid
	need     []float64 // units; all are taken
	flexible []float64 // units, each worth 0.5
	list     []float64
	market   []float64
	late     map[string]int       // steps, by the name of a generation or else of a clause
	choose   map[string][]float64 // by slot, as the contract takes it
	delivery []float64
	index    []float64 // of every index
	chance   float64   // of every intent; 0 for certain
	draw     []float64 // elected in every facility
	exercise []float64 // of rights, in what they are counted in; as much as is drawn where it is nil
	value    float64   // of the lab's equity
	raised   []float64 // by others, in rounds at fair value unless raisedAt says otherwise
	raisedAt []float64
	charge   []float64 // share of a deficiency that the supplier elects to charge; all of it otherwise
	comes    []float64 // how far what may come true does, in place of chance
	curve    []float64
	seen     int // step in which every event is first seen; 0 for never
	leave    int // step in which the buyer leaves; 0 for never
	fail     int // step in which the buyer is insolvent; 0 for never
	third    int // step in which third parties fail; 0 for never
	abandon  int // step in which the supplier fails; 0 for never
	whole    bool
}

// played is what a history did, by step, in currency and units.
type played struct {
	flows   map[string][]float64 // by "clause.kind", cash and everything else alike
	signed  map[string]float64   // likewise at signing
	rows    map[string][]float64 // by "clause.name": the readings of periods
	taken   []float64            // units
	power   []float64            // GW
	promise []float64            // units
	offered []float64            // units
	price   []float64
	left    []float64            // of the minimum
	pace    []float64            // of it, for each step left
	claim   []float64            // of a defaulting buyer
	invoice []float64            // of the step
	offers  map[string][]float64 // by slot
}

// through plays the clauses and holds their stocks to their flows.
func (p play) through(t testing.TB, clauses ...Clause) played {
	t.Helper()
	program := contract.Compile(contract.Config{Grid: p.grid, Buyer: "lab", Supplier: "cloud", Clauses: Arrange(clauses), WholeCents: p.whole})
	c, obs := program.New(1), program.NewObs(1)
	c.Audit()
	obs.Curve = p.curve
	for len(obs.Curve) < p.grid.Steps() {
		obs.Curve = append(obs.Curve, 1)
	}
	out := played{flows: map[string][]float64{}, signed: map[string]float64{}, rows: map[string][]float64{}, offers: map[string][]float64{}}
	p.world(obs, -1)
	for _, f := range c.Sign(obs).Postings() {
		out.signed[f.Line.Clause+"."+f.Line.Kind] = f.Amount[0] / 100
	}
	for i, x := range program.Watch().Delays {
		steps, named := p.late[x.Name]
		if !named {
			steps = p.late[x.Clause]
		}
		obs.Late[i][0] = float64(steps)
	}
	for !c.Done() {
		p.world(obs, c.Next())
		p.fails(program, obs, c.Next())
		q := c.Quote(obs)
		out.quote(program, q)
		p.elect(program, c.Elections(), q.Step)
		out.settled(program, c.Settle(c.Elections()))
	}
	for _, f := range c.StockFaults() {
		t.Error(f)
	}
	return out
}

func at(xs []float64, t int, usual float64) float64 {
	if t < 0 || t >= len(xs) {
		return usual
	}
	return xs[t]
}

func (p play) world(obs *contract.Obs, t int) {
	set := func(o contract.Observable, x float64) { obs.Col[o][0] = x }
	set(contract.Need, at(p.need, t, 0))
	set(contract.Flexible, at(p.flexible, t, 0))
	set(contract.FlexibleValue, 50)
	set(contract.List, 100*at(p.list, t, 1))
	set(contract.Market, 100*at(p.market, t, 1))
	for _, x := range obs.Index {
		x[0] = at(p.index, max(t, 0), 0)
	}
	for _, x := range obs.Chance {
		if x[0] = 1; p.chance != 0 {
			x[0] = p.chance
		}
	}
	set(contract.Delivery, at(p.delivery, t, 1))
	set(contract.AccruedRecovery, 0.4)
	set(contract.ClaimRecovery, 0.1)
	set(contract.Alive, 1)
	set(contract.LabValue, 100*p.value)
	set(contract.Raised, 100*at(p.raised, t, 0))
	set(contract.RaisedAt, 100*at(p.raisedAt, t, 0))
	if p.fail > 0 && t >= p.fail {
		set(contract.Alive, 0)
	}
	for _, c := range obs.Chance {
		c[0] = at(p.comes, t, c[0])
	}
	for _, e := range obs.Events {
		e[0] = 0
		if p.seen > 0 && t >= p.seen {
			e[0] = 1
		}
	}
}

// fails shows which parties other than the supplier are solvent.
func (p play) fails(program *contract.Program, obs *contract.Obs, t int) {
	for i, party := range program.Watch().Parties {
		obs.Solvent[i][0] = 1
		if party == "cloud" && p.abandon > 0 && t >= p.abandon || party != "cloud" && p.third > 0 && t >= p.third {
			obs.Solvent[i][0] = 0
		}
	}
}

func (p play) elect(program *contract.Program, e *contract.Elections, t int) {
	e.Units[0] = at(p.need, t, 0)
	for s, name := range program.Slots() {
		e.Slot[s][0] = 100 * at(p.draw, t, 0)
		if p.exercise != nil && slices.Contains(payingRights, program.SlotKind(contract.Slot(s))) {
			e.Slot[s][0] = at(p.exercise, t, 0)
		}
		if strings.HasSuffix(name, ".charge") {
			e.Slot[s][0] = at(p.charge, t, 1)
		}
		if name == "exit" {
			e.Slot[s][0] = 0
			if p.leave > 0 && t == p.leave {
				e.Slot[s][0] = 1
			}
		}
		if chosen, given := p.choose[name]; given {
			e.Slot[s][0] = at(chosen, t, 0)
		}
	}
}

func (d *played) quote(program *contract.Program, q *contract.Quote) {
	d.offered = append(d.offered, q.Capacity[0])
	d.price = append(d.price, q.Price[0]/100)
	d.left = append(d.left, q.MinimumLeft[0]/100)
	d.pace = append(d.pace, q.MinimumPace[0]/100)
	for s, name := range program.Slots() {
		d.offers[name] = append(d.offers[name], q.Offer[s][0]/100)
	}
}

func (d *played) settled(program *contract.Program, m *contract.Month) {
	d.taken = append(d.taken, m.Q(contract.Taken)[0])
	d.power = append(d.power, m.Q(contract.Power)[0])
	d.promise = append(d.promise, m.Q(contract.Promised)[0])
	d.claim = append(d.claim, m.Q(contract.Claim)[0]/100)
	d.invoice = append(d.invoice, m.Q(contract.Invoice)[0]/100)
	for _, f := range m.Postings() {
		k, x := f.Line.Clause+"."+f.Line.Kind, f.Amount[0]/100
		if f.Line.Asset.Kind == contract.MakeUpUnits {
			x = f.Amount[0]
		}
		if f.Line.Asset.Kind == contract.DueLater && f.Line.Due > 0 {
			k += "_billed"
		}
		for len(d.flows[k]) <= m.T {
			d.flows[k] = append(d.flows[k], 0)
		}
		d.flows[k][m.T] += x
	}
	for id, r := range program.Readings() {
		if x, ok := m.Reading(contract.ReadingID(id)); ok && r.Steps > 0 {
			y := x[0] / 100
			if r.Unit == "units" {
				y = x[0]
			}
			d.rows[r.Clause+"."+r.Name] = append(d.rows[r.Clause+"."+r.Name], y)
		}
	}
}

// wantSteps compares amounts by step; steps that are not given are zero.
func wantSteps(t *testing.T, what string, got []float64, want ...float64) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		if x, w := at(got, i, 0), at(want, i, 0); !(math.Abs(x-w) <= 1e-9*max(1, math.Abs(w))) {
			t.Errorf("%s: step %d is %v, want %v; all steps: %v", what, i, x, w, got)
			return
		}
	}
}

// steps is n times each amount.
func steps(n int, each ...float64) []float64 {
	var out []float64
	for _, x := range each {
		for range n {
			out = append(out, x)
		}
	}
	return out
}

func days(each ...string) []calendar.Date {
	var out []calendar.Date
	for _, d := range each {
		out = append(out, day(d))
	}
	return out
}

// payingRights are the elections of what pays or not.
var payingRights = []contract.SlotKind{contract.ExerciseSlot, contract.ConvertSlot, contract.JoinSlot, contract.PutSlot, contract.BuySlot}
