// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/unit"
	"offtake/internal/vec"
)

// boundWarrant is a warrant laid out.
type boundWarrant struct {
	c                    *Warrant
	gate                 contract.Gate
	slot                 contract.Slot
	index                contract.Index
	events               []contract.Event // by part; negative for none
	vested               []contract.Col   // by part: 1 once it has vested
	left                 contract.Col     // rights vested and not exercised
	peak, spend, units   contract.Col     // most power, and what was spent and taken so far
	vest, exercise, gone contract.LineID
	strike, worth        contract.LineID
	issue                contract.IssueID
	last                 int // step in which the warrant ends
}

// Bind attaches the clause: Quote offers what has vested and pays, Settle
// exercises it, ends the warrant in its last step and reads what vests.
func (c *Warrant) Bind(b *contract.Builder) {
	id, from, to := c.head.ID, c.head.From, c.head.To
	rights, cash := contract.Asset{Kind: contract.Warrants, Of: id}, contract.Asset{Kind: contract.Cash}
	w := &boundWarrant{
		c: c, gate: c.head.gate(b), slot: b.Election(id+".exercise", id, contract.ExerciseSlot),
		vested: b.Columns(id+".vested", len(c.Vests)), left: b.Column(id + ".left"),
		peak: b.Column(id + ".peak_gw"), spend: b.Column(id + ".spend"), units: b.Column(id + ".units"),
		vest:     b.Line(contract.Line{From: from, To: to, Asset: rights, Kind: "vested", Clause: id}),
		exercise: b.Line(contract.Line{From: to, To: from, Asset: rights, Kind: "exercised", Clause: id}),
		gone:     b.Line(contract.Line{From: to, To: from, Asset: rights, Kind: "warrants_expired", Clause: id}),
		strike:   b.Line(contract.Line{From: to, To: from, Asset: cash, Kind: "strike", Clause: id, Role: c.pays(b.Buyer())}),
		last:     c.LastStep(b.Grid()),
	}
	if c.own(b.Buyer()) {
		w.issue = b.Issue(id, to, "issue", contract.Issue)
	} else {
		w.index = b.Index(c.SharePrice)
		w.worth = b.Line(contract.Line{From: from, To: to, Asset: contract.Asset{Kind: contract.InKind, Of: id}, Kind: "shares_delivered",
			Clause: id, Role: contract.Instrument})
		b.Solvency(from)
	}
	for _, v := range c.Vests {
		event := contract.Event(-1)
		if v.On != "" {
			event = b.Event(v.On)
		}
		w.events = append(w.events, event)
	}
	b.Stock(to, rights, w.left)
	b.On(contract.Standing, id, w.offer)
	b.On(contract.Funding, id, w.settle)
	b.On(contract.Milestones, id, w.read)
}

// pays is what the strike is: money for new shares of the buyer, or the price
// of somebody else's.
func (c *Warrant) pays(buyer string) contract.Role {
	if c.own(buyer) {
		return contract.Cheque
	}
	return contract.Instrument
}

// LastStep is the step that holds the day of expiry, or the last of the term as
// signed.
func (c *Warrant) LastStep(grid *calendar.Grid) int {
	if c.Expires.IsZero() {
		return grid.Signed() - 1
	}
	last := grid.Term() - 1
	if at, ok := grid.At(c.Expires); ok {
		return min(at, last)
	}
	return last
}

// price writes what a share is worth in cents.
func (w *boundWarrant) price(m *contract.Month, out []float64) {
	if w.c.own(m.Buyer()) {
		m.FairPrice(out)
		return
	}
	vec.Scale(out, m.Obs.Index[w.index], unit.MinorPerMajor)
}

// offer offers what has vested where a share is worth more than the strike.
func (w *boundWarrant) offer(m *contract.Month) {
	if m.T > w.last {
		return
	}
	price, offer, left, alive := m.Temp(), m.Offer(w.slot), m.Col(w.left), m.Solvent(w.c.head.From)
	w.price(m, price)
	worth := m.Worth(w.slot)
	for i := range offer {
		worth[i] = price[i] / w.c.strikeCents() // of a right to shares for nothing, without end
		offer[i] = 0
		if price[i] > w.c.strikeCents() && alive[i] != 0 {
			offer[i] = left[i]
		}
	}
	m.Free(1)
}

func (c *Warrant) strikeCents() float64 { return c.Strike * unit.MinorPerMajor }

// settle exercises what was chosen. In the last step, what is left is
// exercised net where it is worth something and both parties last; else it
// expires.
func (w *boundWarrant) settle(m *contract.Month) {
	if m.T > w.last {
		return
	}
	chosen := m.Temp()
	vec.Copy(chosen, m.Chosen(w.slot))
	w.deliver(m, chosen, w.c.Settle == "net")
	if m.T == w.last {
		giver, taker, left := m.Solvent(w.c.head.From), m.Solvent(w.c.head.To), m.Col(w.left)
		vec.Mul(chosen, left, giver)
		vec.Mul(chosen, chosen, taker)
		price := m.Temp()
		w.price(m, price)
		for i := range chosen {
			if price[i] <= w.c.strikeCents() {
				chosen[i] = 0
			}
		}
		m.Free(1)
		w.deliver(m, chosen, true)
		vec.Copy(chosen, left)
		m.Post(w.gone, chosen)
		vec.Sub(left, left, chosen)
	}
	m.Free(1)
}

// deliver exercises rights: the holder pays the strike and gets as many
// shares, or gets net what the gain would buy.
func (w *boundWarrant) deliver(m *contract.Month, rights []float64, net bool) {
	price, shares, pay := m.Temp(), m.Temp(), m.Temp()
	w.price(m, price)
	strike := w.c.strikeCents()
	for i, n := range rights {
		shares[i], pay[i] = n, n*strike
		if net {
			pay[i] = 0
			if shares[i] = 0; n > 0 {
				shares[i] = n * (price[i] - strike) / price[i]
			}
		}
	}
	m.Post(w.exercise, rights)
	vec.Sub(m.Col(w.left), m.Col(w.left), rights)
	m.Post(w.strike, pay)
	if w.c.own(m.Buyer()) {
		m.Issue(w.issue, shares)
	} else {
		vec.Mul(shares, shares, price)
		m.Post(w.worth, shares)
	}
	m.Free(3)
}

// read vests the parts that have all they ask for.
func (w *boundWarrant) read(m *contract.Month) {
	if m.T >= w.last {
		return
	}
	live, peak, spend, units := m.Q(contract.Live), m.Col(w.peak), m.Col(w.spend), m.Col(w.units)
	vec.Accumulate(spend, m.Q(contract.Spend))
	vec.Accumulate(units, m.Q(contract.Taken))
	power, price, fresh, force := m.Q(contract.Power), m.Temp(), m.Temp(), m.Temp()
	w.price(m, price)
	m.Force(w.gate, force)
	vec.Fill(fresh, 0)
	for i := range fresh {
		if live[i] == 0 {
			continue
		}
		peak[i] = max(peak[i], power[i])
		for k := range w.c.Vests {
			if done := m.Col(w.vested[k]); done[i] == 0 && force[i] != 0 && w.holds(m, k, i, price[i]) {
				done[i] = 1
				fresh[i] += float64(w.c.Vests[k].Shares * force[i])
			}
		}
	}
	m.Post(w.vest, fresh)
	vec.Accumulate(m.Col(w.left), fresh)
	m.Free(3)
}

// holds tells whether part k has all that it asks for in lane i.
func (w *boundWarrant) holds(m *contract.Month, k, i int, priceCents float64) bool {
	v := &w.c.Vests[k]
	reached := func(have float64, want *float64) bool { return want == nil || reaches(have, *want) }
	return reached(m.Col(w.peak)[i], v.PowerGW) && reached(m.Col(w.spend)[i], v.SpendCents) && reached(m.Col(w.units)[i], v.Units) &&
		reached(priceCents/unit.MinorPerMajor, v.Price) &&
		(v.From.IsZero() || v.From.Before(m.Grid().StepEnd(m.T))) &&
		(w.events[k] < 0 || m.Obs.Events[w.events[k]][i] != 0)
}
