// SPDX-License-Identifier: Apache-2.0

package contract

import (
	"fmt"

	"offtake/internal/vec"
)

// Elections are what is chosen in one step: units to take, and for each slot
// an amount. Each column runs over the lanes.
type Elections struct {
	Units []float64
	Slot  [][]float64
}

// A Quote is what may be chosen in the running step. Its columns are valid
// until the step is settled.
type Quote struct {
	Step        int
	Capacity    []float64   // units on offer; unbounded where Bounded is false
	Bounded     bool        // whether some clause promises capacity
	Price       []float64   // cents per unit
	MinimumLeft []float64   // cents of eligible spend missing from the period's minimum
	MinimumPace []float64   // the same for each step left of the period; 0 where no clause asks for it
	Live        []float64   // 1 where the agreement still runs
	Offer       [][]float64 // by Slot: the most that can be elected
	Worth       [][]float64 // by Slot: of a right that pays or not, what it brings as a multiple of what it costs; 0 of others
	// PerUnit is what a unit costs beside its price, in cents, and
	// PerUnitEligible the part of it that counts toward the minimum. Leased are
	// units that cost nothing more to run. Each is nil where no clause asks for it.
	PerUnit, PerUnitEligible, Leased []float64
}

type phase int

const (
	unsigned phase = iota
	between
	quoted
)

// A Contract is a program running in a number of lanes. It is not safe for
// use by several goroutines at once; programs are.
type Contract struct {
	p     *Program
	lanes int
	slab  []float64 // state columns back to back
	next  int       // step to be quoted next
	phase phase
	month Month
	elect Elections
	quote Quote
	audit *audit
}

// New starts a contract before its signing, in the given number of lanes.
func (p *Program) New(lanes int) *Contract {
	c := &Contract{p: p, lanes: lanes, slab: make([]float64, len(p.names)*lanes)}
	c.layOut()
	return c
}

// Reset puts the contract back before its signing.
func (c *Contract) Reset() {
	clear(c.slab)
	c.next, c.phase = 0, unsigned
	if c.audit != nil {
		c.Audit()
	}
}

// layOut makes the working columns of a step.
func (c *Contract) layOut() {
	p, m := c.p, &c.month
	m.p, m.c, m.Lanes = p, c, c.lanes
	n := int(quantities) + 3*len(p.slots) + len(p.lines) + len(p.readings) + 2*len(p.claims) + p.temps + 5
	arena := make([]float64, n*c.lanes)
	take := func() []float64 {
		col := arena[:c.lanes:c.lanes]
		arena = arena[c.lanes:]
		return col
	}
	takeN := func(n int) [][]float64 {
		cols := make([][]float64, n)
		for i := range cols {
			cols[i] = take()
		}
		return cols
	}
	for q := range m.quantity {
		m.quantity[q] = take()
	}
	m.offers, m.worth, m.flow, m.reading, m.temp = takeN(len(p.slots)), takeN(len(p.slots)), takeN(len(p.lines)), takeN(len(p.readings)), takeN(p.temps)
	m.moved, m.read = make([]bool, len(p.lines)), make([]bool, len(p.readings))
	m.postings = make([]Posting, 0, len(p.lines))
	m.claims = claimed{filed: make([]bool, len(p.claims)), left: takeN(len(p.claims)), paid: takeN(len(p.claims))}
	m.zero, m.one, m.buyer, m.carried = take(), take(), take(), take()
	m.pays = m.carried
	m.forces = make([][]float64, len(p.gates))
	for g, x := range p.gates {
		if x.event >= 0 && x.chance >= 0 {
			m.forces[g] = make([]float64, c.lanes)
		}
	}
	vec.Fill(m.one, 1)
	c.elect = Elections{Units: take(), Slot: takeN(len(p.slots))}
}

func (c *Contract) column(col Col) []float64 {
	return c.slab[int(col)*c.lanes : (int(col)+1)*c.lanes : (int(col)+1)*c.lanes]
}

// Program is what the contract runs.
func (c *Contract) Program() *Program { return c.p }

// Lanes is the number of histories that the contract runs in.
func (c *Contract) Lanes() int { return c.lanes }

// Next is the step to be quoted next, from 0 up to the grid's Steps.
func (c *Contract) Next() int { return c.next }

// Done tells whether every step has been settled.
func (c *Contract) Done() bool { return c.next >= c.p.grid.Steps() }

// Sign makes the flows that fall on the day of signing. It comes before the
// first quote and returns the month of signing, whose T is -1.
func (c *Contract) Sign(obs *Obs) *Month {
	c.expect(unsigned, "Sign")
	m := &c.month
	m.begin(-1, obs)
	vec.Copy(m.buyer, obs.Col[Alive])
	m.run(Signing)
	c.finish()
	return m
}

// Quote opens the next step and says what may be chosen in it.
func (c *Contract) Quote(obs *Obs) *Quote {
	c.expect(between, "Quote")
	if c.Done() {
		panic("contract: Quote past the last step")
	}
	m := &c.month
	m.begin(c.next, obs)
	vec.Sub(m.buyer, m.one, c.column(c.p.failed))
	vec.Mul(m.buyer, m.buyer, obs.Col[Alive])
	m.live()
	if kept := m.Out(Kept); c.p.released >= 0 {
		vec.Sub(kept, m.one, c.column(c.p.released))
	} else {
		vec.Fill(kept, 1)
	}
	for _, s := range quoteOrder {
		m.run(s)
	}
	m.block()
	c.phase = quoted
	c.quote = Quote{
		Step: m.T, Capacity: m.See(Capacity), Bounded: m.Has(Capacity), Price: m.See(Price),
		MinimumLeft: m.See(MinimumLeft), MinimumPace: m.See(MinimumPace), Live: m.See(Live), Offer: m.offers, Worth: m.worth,
		PerUnit: m.any(PerUnit), PerUnitEligible: m.any(PerUnitEligible), Leased: m.any(Leased),
	}
	return &c.quote
}

// any is the column of a quantity, nil where nobody has written it.
func (m *Month) any(q Quantity) []float64 {
	if m.None(q) {
		return nil
	}
	return m.See(q)
}

// Elections is a buffer to write a step's choices into; it holds zeros or
// what was written last.
func (c *Contract) Elections() *Elections { return &c.elect }

// Settle clamps the elections to what was quoted, closes the step and returns
// it: its flows, readings and quantities are valid until the next Quote.
func (c *Contract) Settle(e *Elections) *Month {
	c.expect(quoted, "Settle")
	m := &c.month
	m.Elect = e
	for _, s := range settleOrder {
		switch s {
		case Taking:
			m.take()
		case Billing:
			m.expire()
			m.payDue()
		case Funding:
			m.openRound()
		case Claiming:
			m.fileBills()
		case Covering:
			m.payClaims()
		case Ending:
			m.end()
		}
		m.run(s)
		if s == Funding {
			m.closeRound()
		}
	}
	c.next++
	c.finish()
	return m
}

// block takes leaving off the offer where the buyer may not choose it.
func (m *Month) block() {
	blocked := m.any(Blocked)
	if !vec.Any(blocked) {
		return
	}
	for s := range m.offers {
		if m.p.slots[s].kind == LeaveSlot {
			vec.Select(m.offers[s], blocked, m.zero, m.offers[s])
		}
	}
}

// take clamps the elections: units to need, to capacity and to zero, and each
// slot to its offer. An election that is not a number is none.
func (m *Month) take() {
	live, taken := m.See(Live), m.Out(Taken)
	vec.Add(taken, m.Obs.Col[Need], m.Obs.Col[Flexible])
	if m.Has(Capacity) {
		vec.Min(taken, taken, m.See(Capacity))
	}
	if !m.None(Floor) {
		vec.Max(m.Elect.Units, m.Elect.Units, m.See(Floor))
	}
	vec.Min(taken, taken, m.Elect.Units)
	vec.MaxOf(taken, taken, 0)
	vec.Mul(taken, taken, live)
	for s := range m.offers {
		col := m.Elect.Slot[s]
		vec.Min(col, m.offers[s], col)
		vec.MaxOf(col, col, 0)
		vec.Mul(col, col, live)
	}
	if m.p.exit >= 0 {
		leave := m.Elect.Slot[m.p.exit]
		vec.Select(m.Out(Exiting), leave, m.one, m.zero)
	}
}

// end closes lanes whose buyer leaves or defaults.
func (m *Month) end() {
	ended, failed := m.Col(m.p.ended), m.Col(m.p.failed)
	vec.Sub(failed, m.one, m.buyer)
	m.release()
	m.renew()
	for _, q := range [...]Quantity{Defaulting, Exiting, SupplierFailing} {
		if !m.None(q) {
			vec.Max(ended, ended, m.See(q))
		}
	}
}

// release ends what partial exits end with the step.
func (m *Month) release() {
	if m.p.released < 0 {
		return
	}
	gone := m.Temp()
	vec.Mul(gone, m.See(Kept), m.See(Released))
	vec.Accumulate(m.Col(m.p.released), gone)
	m.Free(1)
}

func (c *Contract) expect(want phase, call string) {
	if c.phase != want {
		panic(fmt.Sprintf("contract: %s out of order at step %d", call, c.next))
	}
}

func (c *Contract) finish() {
	c.phase = between
	if c.audit != nil {
		c.audit.step(c)
	}
}
