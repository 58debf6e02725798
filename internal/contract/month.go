// SPDX-License-Identifier: Apache-2.0

package contract

import (
	"math"

	"offtake/internal/calendar"
	"offtake/internal/vec"
)

// A Month is the running step, as the clauses see it: its quantities,
// observations and elections, the contract's state columns, and the means to
// post flows and to report readings. (A step is a month unless the deal's
// grid is coarser.)
type Month struct {
	p     *Program
	c     *Contract
	Lanes int
	T     int // index of the step; -1 at signing
	Obs   *Obs
	Elect *Elections

	quantity [quantities][]float64
	held     [quantities]holding
	offers   [][]float64 // by Slot: upper limit of the election
	worth    [][]float64 // by Slot: what it brings over what it costs
	flow     [][]float64 // by LineID
	moved    []bool      // by LineID: posted in this step
	reading  [][]float64 // by ReadingID
	read     []bool      // by ReadingID
	temp     [][]float64
	inUse    int
	zero     []float64
	one      []float64
	buyer    []float64   // 1 where the buyer is solvent and was
	pays     []float64   // 1 where what the buyer was billed is paid
	carried  []float64   // room for it
	forces   [][]float64 // by Gate: room for what InForce shows
	claims   claimed
	postings []Posting
}

// Col is a state column.
func (m *Month) Col(c Col) []float64 { return m.c.column(c) }

// Has tells whether some clause owns the quantity.
func (m *Month) Has(q Quantity) bool { return m.p.Has(q) }

// HasExits tells whether the agreement may end before its longest term is over
// while both sides stand by it.
func (m *Month) HasExits() bool { return m.p.exit >= 0 || m.p.Has(Terminated) || m.Extends() }

// Ended is the column of 1 where the agreement has ended: the buyer has left, or
// a side has failed. It holds what this step brings from the Ending stage on.
func (m *Month) Ended() []float64 { return m.Col(m.p.ended) }

// Buyer is the party that takes compute.
func (m *Month) Buyer() string { return m.p.buyer }

// Supplier is the party that supplies compute.
func (m *Month) Supplier() string { return m.p.supplier }

// Grid is the time grid.
func (m *Month) Grid() *calendar.Grid { return m.p.grid }

// Offer is the column of the upper limit of an election; the clause that owns
// the election writes it in the Standing stage.
func (m *Month) Offer(s Slot) []float64 { return m.offers[s] }

// Worth is the column of what an election brings as a multiple of what it costs;
// the clause writes it with the offer, where the election pays or not.
func (m *Month) Worth(s Slot) []float64 { return m.worth[s] }

// Chosen is the column of an election, clamped to what was offered. It holds
// from the Taking stage on.
func (m *Month) Chosen(s Slot) []float64 { return m.Elect.Slot[s] }

// Temp borrows a scratch column of unspecified content; Free gives the last n
// back. A stage must free what it borrows.
func (m *Month) Temp() []float64 {
	if m.inUse == len(m.temp) {
		panic("contract: too many scratch columns in use")
	}
	m.inUse++
	return m.temp[m.inUse-1]
}

// Free gives back the last n scratch columns.
func (m *Month) Free(n int) { m.inUse -= n }

// WholeCents tells whether amounts settle to whole minor units.
func (m *Month) WholeCents() bool { return m.p.wholeCents }

// Cents settles one amount: half-even to a whole minor unit when the program
// says so, else the amount itself.
func (m *Month) Cents(amount float64) float64 {
	if m.p.wholeCents {
		return math.RoundToEven(amount)
	}
	return amount
}

// SettleCents is Cents for a column.
func (m *Month) SettleCents(amount []float64) {
	if m.p.wholeCents {
		vec.RoundEven(amount, amount)
	}
}

// Post makes the column's amounts flow along the line in this step. The
// column afterwards holds the amounts as posted, so that state can follow
// them exactly. Posting twice to one line adds.
func (m *Month) Post(id LineID, amount []float64) {
	if m.p.wholeCents && m.p.lines[id].Asset.Kind.InCents() {
		vec.RoundEven(amount, amount)
	}
	if m.moved[id] {
		vec.Accumulate(m.flow[id], amount)
		return
	}
	m.moved[id] = true
	vec.Copy(m.flow[id], amount)
}

// PostTo opens a line for writing amounts straight into it, zero at first.
// The writer settles each amount with Cents.
func (m *Month) PostTo(id LineID) []float64 {
	if m.moved[id] {
		panic("contract: PostTo a line that has moved: " + m.p.lines[id].Kind)
	}
	m.moved[id] = true
	vec.Fill(m.flow[id], 0)
	return m.flow[id]
}

// ReadTo opens a reading for writing, zero at first.
func (m *Month) ReadTo(id ReadingID) []float64 {
	m.read[id] = true
	vec.Fill(m.reading[id], 0)
	return m.reading[id]
}

// Read reports the column as this step's value of the reading.
func (m *Month) Read(id ReadingID, value []float64) {
	m.read[id] = true
	vec.Copy(m.reading[id], value)
}

// Postings are the lines that moved in the step, in the order of their ids.
// They are valid until the contract's next step.
func (m *Month) Postings() []Posting {
	m.postings = m.postings[:0]
	for id := range m.moved {
		if m.moved[id] {
			m.postings = append(m.postings, Posting{LineID(id), &m.p.lines[id], m.flow[id]})
		}
	}
	return m.postings
}

// Flow is a line's column in this step and whether it moved.
func (m *Month) Flow(id LineID) ([]float64, bool) { return m.flow[id], m.moved[id] }

// Reading is a reading's column in this step and whether it was reported.
func (m *Month) Reading(id ReadingID) ([]float64, bool) { return m.reading[id], m.read[id] }

// Zero and One are constant columns; they must not be written.
func (m *Month) Zero() []float64 { return m.zero }

// One is a column of ones; it must not be written.
func (m *Month) One() []float64 { return m.one }

// run does the work attached to a stage.
func (m *Month) run(s Stage) {
	for i := range m.p.hooks[s] {
		m.p.hooks[s][i].run(m)
		if m.inUse != 0 {
			panic("contract: " + m.p.hooks[s][i].clause + " kept scratch columns after " + s.String())
		}
	}
}

// begin opens step t.
func (m *Month) begin(t int, obs *Obs) {
	m.T, m.Obs = t, obs
	clear(m.moved)
	clear(m.read)
	clear(m.claims.filed)
	m.forget()
	for s := range m.offers {
		vec.Fill(m.offers[s], 0)
		vec.Fill(m.worth[s], 0)
	}
}
