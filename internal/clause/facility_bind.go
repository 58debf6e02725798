// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/unit"
	"offtake/internal/vec"
)

// boundFacility is a facility laid out.
type boundFacility struct {
	c              *Facility
	gate           contract.Gate
	draws, puts    contract.Slot // elections of the borrower and of the lender; -1 where they have none
	open, opened   contract.Col
	onOffer        contract.Col // 1 in steps in which draws can be elected
	drawn          paidCols
	called         []contract.Col // cents called for and not yet paid, by the step in which they are, modulo their number
	age            contract.Col   // of the event after which it expires, in steps
	peak           contract.Col   // most power delivered while on offer, for what opens per GW
	spend, units   contract.Col   // so far
	bySpend        bool           // some part waits for spend
	byUnits        bool           // or for units
	reached        []contract.Col // by part: 1 once its condition held while on offer
	reductions     []contract.Col
	paid           []contract.Col // by part: what came in under the clause it waits for
	expiry, change contract.Event // negative for none
	events         []contract.Event
	indexes        []contract.Index
	delays         []int // by step: how many steps after being called for a draw is paid
	draw           drawLines

	opening, used, lapse, cut, fee contract.LineID
}

// Bind attaches the clause: Quote offers what is open, Settle pays draws,
// reads the milestones and lapses what expired.
func (c *Facility) Bind(b *contract.Builder) {
	id, to, from := c.head.ID, c.head.To, c.head.From
	room := contract.Asset{Kind: contract.FacilityOpen, Of: id}
	line := func(from, to, kind string) contract.LineID {
		return b.Line(contract.Line{From: from, To: to, Asset: room, Kind: kind, Clause: id})
	}
	watch(b, from)
	f := &boundFacility{
		c: c, gate: c.head.gate(b), draws: -1, puts: -1, expiry: -1, change: -1,
		open: b.Column(id + ".open"), opened: b.Column(id + ".opened"), onOffer: b.Column(id + ".on_offer"), drawn: bindPaid(b, id),
		age: b.Column(id + ".event_age"), peak: b.Column(id + ".peak_gw"), spend: b.Column(id + ".spend"), units: b.Column(id + ".units"),
		reached: b.Columns(id+".reached", len(c.Opens)),
		opening: line(from, to, "open"), used: line(to, from, "drawn"), lapse: line(to, from, "lapse"),
	}
	if c.DrawnBy != "lender" {
		f.draws = b.Election(id+".draw", id, contract.DrawSlot)
	}
	if c.DrawnBy != "borrower" {
		f.puts = b.Election(id+".put", id, contract.PutSlot)
	}
	f.bindNotice(b)
	f.bindMilestones(b)
	f.bindDraws(b)
	if len(c.ReducedBy) > 0 {
		f.cut = line(to, from, "reduced")
	}
	if c.FeeRate > 0 {
		f.fee = b.Line(contract.Line{From: to, To: from, Asset: contract.Asset{Kind: contract.Cash}, Kind: "commitment_fee", Clause: id, Role: contract.Instrument})
	}
	b.Stock(to, room, append(f.called, f.open)...)
	b.On(contract.Signing, id, f.openUp)
	b.On(contract.Standing, id, f.offer)
	b.On(contract.Funding, id, f.fund)
	b.On(contract.Milestones, id, f.openUp)
}

// bindNotice lays out when draws called for in each step are paid.
func (f *boundFacility) bindNotice(b *contract.Builder) {
	grid := b.Grid()
	if f.c.Notice == (calendar.Span{}) {
		return
	}
	most := 0
	for t := range grid.Steps() {
		due := grid.StepStart(t).Add(f.c.Notice)
		u := t
		for u < grid.Steps() && grid.StepEnd(u).Before(due) {
			u++
		}
		f.delays, most = append(f.delays, u-t), max(most, u-t)
	}
	if most > 0 {
		f.called = b.Columns(f.c.head.ID+".called", most+1)
	}
}

// bindMilestones names what the parts wait for.
func (f *boundFacility) bindMilestones(b *contract.Builder) {
	if f.c.Of != "" {
		f.expiry = b.Event(f.c.Of)
	}
	if f.c.Then != nil {
		f.change = b.Event(f.c.Then.On)
	}
	for _, id := range f.c.ReducedBy {
		f.reductions = append(f.reductions, bindPaid(b, id).later)
	}
	for _, o := range f.c.Opens {
		f.bySpend, f.byUnits = f.bySpend || o.SpendCents != nil, f.byUnits || o.Units != nil
		event, index, paid := contract.Event(-1), contract.Index(-1), contract.Col(-1)
		if o.Event != "" {
			event = b.Event(o.Event)
		}
		if o.Index != "" {
			index = b.Index(o.Index)
		}
		if o.Paid != "" {
			paid = bindPaid(b, o.Paid).all
		}
		f.events, f.indexes, f.paid = append(f.events, event), append(f.indexes, index), append(f.paid, paid)
	}
}

// offer says what can be elected. The event's age counts the steps since it,
// with the first step in which it is seen.
func (f *boundFacility) offer(m *contract.Month) {
	if f.expiry >= 0 {
		vec.Accumulate(m.Col(f.age), m.Obs.Events[f.expiry])
	}
	on := m.Col(f.onOffer)
	f.available(m, on)
	if f.expiry < 0 {
		if f.expired(m, 0) {
			vec.Fill(on, 0)
		}
	} else {
		for i := range on {
			if f.expired(m, i) {
				on[i] = 0
			}
		}
	}
	if f.draws >= 0 {
		vec.Mul(m.Offer(f.draws), m.Col(f.open), on)
	}
	if f.puts >= 0 {
		f.offerPuts(m, on)
	}
}

// available writes 1 where the facility is at the buyer's disposal: nobody has
// failed whose failure ends that.
func (f *boundFacility) available(m *contract.Month, out []float64) {
	mayFund(m, f.c.head.From, out)
	m.Stop(f.c.head.ID, out)
}

// expired tells whether the step is too late for a draw.
func (f *boundFacility) expired(m *contract.Month, i int) bool {
	if f.expiry < 0 {
		return f.c.Expires != (calendar.Date{}) && !m.Grid().StepEnd(m.T).Before(f.c.Expires)
	}
	return m.Col(f.age)[i] > float64(f.c.After.Months/m.Grid().MonthsPerStep())
}

// openUp opens what dates and milestones call for, up to the limit, and closes
// what lies above a limit that has been lowered. At signing everything is on
// offer.
func (f *boundFacility) openUp(m *contract.Month) {
	f.count(m)
	if m.T >= 0 && f.expiry < 0 && f.expired(m, 0) {
		return
	}
	if f.alike(m) {
		f.openAlike(m)
		return
	}
	more, cut, live, force := m.Temp(), m.Temp(), m.Temp(), m.InForce(f.gate)
	f.available(m, live)
	open, opened := m.Col(f.open), m.Col(f.opened)
	for i := range more {
		more[i], cut[i] = 0, 0
		if m.T >= 0 && (live[i] == 0 || f.expired(m, i)) {
			continue
		}
		limit := f.limit(m, i)
		target := float64(min(f.asked(m, i), limit) * force[i])
		switch over := opened[i] - float64(limit*force[i]); {
		case target > opened[i]:
			more[i] = target - opened[i]
		case over > 0 && len(f.reductions) > 0:
			cut[i] = min(over, open[i])
		}
	}
	f.openMore(m, more)
	if len(f.reductions) > 0 {
		m.Post(f.cut, cut)
		vec.Sub(opened, opened, cut)
		vec.Sub(open, open, cut)
	}
	m.Free(3)
}

// openMore opens amounts.
func (f *boundFacility) openMore(m *contract.Month, more []float64) {
	m.Post(f.opening, more)
	vec.Accumulate(m.Col(f.opened), more)
	vec.Accumulate(m.Col(f.open), more)
}

// alike tells whether the same parts have what they wait for in all lanes: they wait
// for dates, or for power that is the same in all.
func (f *boundFacility) alike(m *contract.Month) bool {
	if !f.gate.Always() || f.expiry >= 0 || f.c.PerGW != nil || len(f.reductions) > 0 || len(f.c.Opens) == 0 {
		return false
	}
	for k := range f.c.Opens {
		if o := &f.c.Opens[k]; o.PowerGW == nil && o.At == (calendar.Date{}) {
			return false
		}
	}
	power := m.See(contract.Power)
	return vec.AllEqual(power, power[0])
}

// openAlike is openUp where lanes are alike; nothing where what holds has been
// reached wherever the agreement runs.
func (f *boundFacility) openAlike(m *contract.Month) {
	fresh := false
	for k := range f.c.Opens {
		fresh = fresh || f.holds(m, k, 0) && (m.T < 0 || !vec.NoneAbove(m.See(contract.Live), m.Col(f.reached[k])))
	}
	if !fresh {
		return
	}
	more, room, live := m.Temp(), m.Temp(), m.One()
	if m.T >= 0 {
		live = room
		f.available(m, live)
	}
	vec.Fill(more, 0)
	for k := range f.c.Opens {
		reached := m.Col(f.reached[k])
		if f.holds(m, k, 0) {
			vec.Select(reached, live, m.One(), reached)
		}
		vec.AddScaled(more, reached, f.c.Opens[k].Cents)
	}
	vec.MinOf(more, more, f.c.Limit.Value)
	vec.Excess(more, more, m.Col(f.opened))
	vec.Select(more, live, more, m.Zero())
	f.openMore(m, more)
	m.Free(2)
}

// count adds up what milestones are measured by.
func (f *boundFacility) count(m *contract.Month) {
	if m.T < 0 {
		return
	}
	if f.bySpend {
		vec.Accumulate(m.Col(f.spend), m.See(contract.Eligible))
		vec.Accumulate(m.Col(f.spend), m.See(contract.Beside))
	}
	if f.byUnits {
		vec.Accumulate(m.Col(f.units), m.See(contract.Taken))
	}
}

// limit is the limit less what was paid in under other clauses after the
// signing.
func (f *boundFacility) limit(m *contract.Month, i int) float64 {
	limit := f.c.Limit.Value
	for _, col := range f.reductions {
		limit -= m.Col(col)[i]
	}
	return max(0, limit)
}

// asked is what dates and milestones have opened so far in lane i, were there
// no limit.
func (f *boundFacility) asked(m *contract.Month, i int) float64 {
	if len(f.c.Opens) == 0 && f.c.PerGW == nil {
		return f.c.Limit.Value
	}
	sum := 0.0
	for k := range f.c.Opens {
		reached := m.Col(f.reached[k])
		if reached[i] == 0 && f.holds(m, k, i) {
			reached[i] = 1
		}
		if reached[i] != 0 {
			sum += f.c.Opens[k].Cents
		}
	}
	if p := f.c.PerGW; p != nil {
		peak := m.Col(f.peak)
		peak[i] = max(peak[i], m.See(contract.Power)[i])
		for gw := p.From; gw <= p.Upto && reaches(peak[i], float64(gw)); gw++ {
			sum += p.Cents
		}
	}
	return sum
}

// holds tells whether part k has what it waits for, at the end of the step.
func (f *boundFacility) holds(m *contract.Month, k, i int) bool {
	o := &f.c.Opens[k]
	if o.late(m.Grid(), m.T) {
		return false
	}
	switch {
	case o.PowerGW != nil:
		return reaches(m.See(contract.Power)[i], *o.PowerGW)
	case o.At != calendar.Date{}:
		return m.T >= 0 && o.At.Before(m.Grid().StepEnd(m.T))
	case o.SpendCents != nil:
		return reaches(m.Col(f.spend)[i], *o.SpendCents)
	case o.Units != nil:
		return reaches(m.Col(f.units)[i], *o.Units)
	case o.Event != "":
		return m.Obs.Events[f.events[k]][i] != 0
	case o.Index != "":
		return reaches(m.Obs.Index[f.indexes[k]][i], *o.AtLeast)
	case o.Paid != "" && o.AtLeast != nil:
		return reaches(m.Col(f.paid[k])[i], *o.AtLeast*unit.MinorPerMajor)
	case o.Paid != "":
		return m.Col(f.paid[k])[i] > 0
	}
	return true
}
