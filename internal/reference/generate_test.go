// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"fmt"
	"math"
	"math/rand/v2"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/unit"
)

// A maker draws specimens. Half of them are made of round numbers, so that
// bounds are met exactly and amounts are halves of a cent.
type maker struct {
	*rand.Rand
	s     *specimen
	round bool
	units float64 // of need, in a usual step
}

// random is the specimen of a number, always the same.
func random(seed, n uint64) *specimen {
	m := &maker{Rand: rand.New(rand.NewPCG(seed, n)), s: &specimen{eventAt: map[string]int{}, failsAt: map[string]int{}, chance: map[string]float64{}, late: map[string]int{}}}
	m.round = m.chance(0.5)
	m.units = math.Floor(math.Pow(10, m.between(0, 5)))
	m.time()
	m.s.whole = m.chance(0.5)
	m.capacity()
	m.prices()
	m.equity()
	m.notes()
	m.facilities()
	m.commitments()
	for _, make := range makers {
		make(m)
	}
	(&maker{Rand: rand.New(rand.NewPCG(n, seed)), s: m.s, round: m.round, units: m.units}).extensions()
	(&maker{Rand: rand.New(rand.NewPCG(seed, ^n)), s: m.s, round: m.round, units: m.units}).sales()
	m.happenings()
	return m.s
}

func (m *maker) chance(p float64) bool             { return m.Float64() < p }
func (m *maker) between(low, high float64) float64 { return low + (high-low)*m.Float64() }

// one picks a word.
func (m *maker) one(words ...string) string { return words[m.IntN(len(words))] }

// rate is a share between two bounds, in steps of 5% when numbers are round.
func (m *maker) rate(low, high float64) float64 {
	x := m.between(low, high)
	if m.round {
		x = math.Round(x*20) / 20
	}
	return max(low, min(high, x))
}

// number is a positive number of about a size.
func (m *maker) number(size float64) float64 {
	x := size * m.between(0.1, 2)
	if !m.round {
		return x
	}
	if x >= 4 {
		return math.Round(x)
	}
	return math.Ceil(4*x) / 4
}

// cents is an amount of about a size: whole, and at least one.
func (m *maker) cents(size float64) float64 { return max(1, math.Round(m.number(size))) }

func (m *maker) amount(size float64) unit.Amount {
	return unit.Amount{Value: m.cents(size), Bound: unit.Bound(m.IntN(4))}
}

func (m *maker) time() {
	s := m.s
	s.start = calendar.MustParseDate("2026-01-01").AddDays(m.IntN(1100))
	if m.chance(0.5) {
		s.start = calendar.MustParseDate("2027-01-01")
	}
	s.signed = s.start.AddDays(-m.IntN(200))
	s.dayCount = calendar.DayCount(m.IntN(2))
	s.step = []calendar.Step{calendar.Month, calendar.Month, calendar.Quarter, calendar.Year}[m.IntN(4)]
	most := []int{calendar.Month: 24, calendar.Quarter: 10, calendar.Year: 5}[s.step]
	if m.chance(0.08) {
		most = 8 * s.step.PerYear()
	}
	s.steps = 1 + m.IntN(most)
	if m.chance(0.2) {
		s.extraTail = m.IntN(4)
	}
}

// date is a day at or around the term.
func (m *maker) date(before, after int) calendar.Date {
	return m.s.start.AddDays(m.IntN(m.days()+before+after) - before)
}

func (m *maker) days() int {
	return m.s.start.AddMonths(m.s.steps * m.s.step.Months()).Days(m.s.start)
}

// span is a number of months up to about the term, at times with days.
func (m *maker) span() calendar.Span {
	s := calendar.Span{Months: m.IntN(m.s.steps*m.s.step.Months() + 1)}
	if m.chance(0.2) {
		s.Days = m.IntN(40)
	}
	return s
}

// stepSpan is a whole number of steps, at times not.
func (m *maker) stepSpan() calendar.Span {
	if m.chance(0.02) {
		return m.span()
	}
	return calendar.Span{Months: (1 + m.IntN(m.s.steps+1)) * m.s.step.Months()}
}

// net is a payment term in months, mostly a whole number of steps.
func (m *maker) net() int {
	if m.chance(0.5) {
		return 0
	}
	if m.chance(0.03) {
		return m.IntN(24)
	}
	return m.IntN(min(4, 24/m.s.step.Months())+1) * m.s.step.Months()
}

// makers draw the clauses of the kinds of terms, none at times.
var makers = []func(m *maker){
	(*maker).loans,
	(*maker).buyerDefaults,
	(*maker).supplierDefaults,
	(*maker).otherDefaults,
	(*maker).collaterals,
	(*maker).guarantees,
	(*maker).backstops,
	(*maker).charges,
	(*maker).hardware,
	(*maker).leases,
	(*maker).exclusivity,
	(*maker).revenueShare,
	(*maker).grants,
	(*maker).warrants,
	(*maker).rights,
	(*maker).delays,
	(*maker).resales,
	(*maker).options,
	(*maker).damages,
	(*maker).terminations,
	(*maker).switchings,
	(*maker).prepayments,
}

func (m *maker) head(c clause.Clause, id, from, to string) {
	*c.Head() = clause.Head{ID: id, From: from, To: to, Binding: m.one("firm", "conditional", "intent")}
	m.grade(c.Head())
	m.s.clauses = append(m.s.clauses, c)
}

// grade says at times on what the clause hangs.
func (m *maker) grade(h *clause.Head) {
	switch {
	case h.Binding == "conditional" && m.chance(0.3):
		h.If = m.one("listing", "sale")
		m.happens(h.If)
	case h.Binding == "intent" && m.chance(0.3):
		h.Likely = m.rate(0.05, 1)
		m.s.chance[h.ID] = []float64{0, 1, h.Likely}[m.IntN(3)]
	}
}

// window bounds at times the days on which the clause is in force.
func (m *maker) window(h *clause.Head) {
	if m.chance(0.2) {
		h.Since = m.soon(m.date(100, 0))
	}
	if m.chance(0.2) {
		h.Until = m.date(0, 100)
		first := m.s.start
		if h.Since.After(first) {
			if first = m.s.stepStart(h.Since); first.Before(h.Since) {
				first = first.AddMonths(m.s.step.Months())
			}
		}
		if !first.Before(h.Until) && !m.chance(0.05) {
			h.Until = first.AddDays(1)
		}
	}
}

// soon is the date, mostly no later than the last step begins.
func (m *maker) soon(d calendar.Date) calendar.Date {
	if last := m.s.start.AddMonths((m.s.steps - 1) * m.s.step.Months()); d.After(last) && !m.chance(0.05) {
		return last
	}
	return d
}

// happens lets an event happen, mostly.
func (m *maker) happens(event string) {
	if _, known := m.s.eventAt[event]; !known && m.chance(0.7) {
		m.s.eventAt[event] = m.IntN(m.s.steps+1) - 1
	}
}

func (m *maker) capacity() {
	n := []int{0, 0, 1, 1, 1, 1, 1, 1, 2}[m.IntN(9)]
	for i := range n {
		c := clause.NewCapacity()
		m.head(c, fmt.Sprintf("capacity-%d", i+1), supplier, buyer)
		m.window(c.Head())
		for range 1 + m.IntN(3) {
			c.Generations = append(c.Generations, m.generation())
		}
		m.performance(c)
	}
}

func (m *maker) generation() clause.Generation {
	g := clause.Generation{From: m.s.start, PowerGW: m.number(1), UnitsPerGW: m.number(m.units), Gain: 1}
	if m.chance(0.5) {
		g.From = m.soon(m.date(400, 5))
	}
	if m.chance(0.2) {
		g.Name = m.one("Trainium4", "Rubin")
	}
	if m.chance(0.3) {
		if g.Refresh = m.span(); g.Refresh != (calendar.Span{}) {
			g.Gain = m.rate(0.5, 2)
		}
	}
	return g
}

// turnover is about what is spent in a step, in cents.
func (m *maker) turnover() float64 { return m.units * 100 }

// promisedGW is the power of all generations, or some where nothing is
// promised.
func (m *maker) promisedGW() float64 {
	sum := 0.0
	for _, c := range m.s.clauses {
		if c, ok := c.(*clause.Capacity); ok {
			for _, g := range c.Generations {
				sum += g.PowerGW
			}
		}
	}
	if sum == 0 && m.chance(0.2) {
		m.switchOff("capacity-off")
		return 1
	}
	return sum
}

func (m *maker) switchOff(id string) { m.s.off = append(m.s.off, id) }

func (m *maker) happenings() {
	s := m.s
	r := m.usual()
	s.signing = r.obs
	s.signing[contract.Alive] = 1
	died, leaves, ends := false, -1, -1
	steps := s.steps + clause.ExtensionSteps(s.clauses, s.step) + s.tail()
	dies := -1
	if m.chance(0.3) {
		dies = m.IntN(steps)
	}
	if m.chance(0.4) {
		leaves = m.IntN(s.steps)
	}
	if m.chance(0.6) {
		ends = m.IntN(s.steps)
	}
	always := m.chance(0.5)
	for _, party := range []string{supplier, investor} {
		if m.chance(0.1) {
			s.failsAt[party] = m.IntN(steps)
		}
	}
	for t := range steps {
		m.move(&r)
		died = (died || t == dies) && !m.chance(0.02) // who comes back stays gone
		r.obs[contract.Alive] = 1
		if died {
			r.obs[contract.Alive] = 0
		}
		m.choose(&r, t == leaves)
		r.end = 0
		if t == ends || always && t > ends && ends >= 0 || m.chance(0.02) {
			r.end = []float64{1, 0.5, 1e300, -1}[m.IntN(4)]
		}
		s.rows = append(s.rows, r)
	}
}

// usual is the world at the start.
func (m *maker) usual() happening {
	r := happening{curve: 1}
	r.obs[contract.Need] = m.number(m.units)
	r.obs[contract.List], r.obs[contract.Market] = 100, 100
	r.obs[contract.FlexibleValue] = 80
	r.obs[contract.Delivery], r.obs[contract.Alive] = 1, 1
	r.obs[contract.LabValue], r.index = m.turnover()*50, m.number(m.turnover()/100)
	r.obs[contract.AccruedRecovery], r.obs[contract.ClaimRecovery] = m.rate(0, 1), m.rate(0, 1)
	return r
}

// move is how the world goes from one step to the next.
func (m *maker) move(r *happening) {
	r.curve *= 1 - m.rate(0, 0.1)
	if m.chance(0.3) {
		r.index = m.number(m.turnover() / 100)
	}
	if m.chance(0.3) {
		r.obs[contract.LabValue] = m.number(m.turnover() * 50)
	}
	r.obs[contract.Raised], r.obs[contract.RaisedAt] = 0, 0
	if m.chance(0.1) {
		r.obs[contract.Raised] = m.cents(m.turnover() * 5)
		if m.chance(0.6) {
			r.obs[contract.RaisedAt] = m.cents(m.turnover() * 50)
		}
	}
	if m.chance(0.02) {
		r.obs[contract.LabValue] = 0
	}
	if m.chance(0.5) {
		r.obs[contract.Need] = m.number(m.units)
	}
	if m.chance(0.1) {
		r.obs[contract.Need] = 0
	}
	r.obs[contract.Flexible] = 0
	if m.chance(0.3) {
		r.obs[contract.Flexible] = m.number(m.units)
	}
	if m.chance(0.3) {
		r.obs[contract.List] = m.number(100)
	}
	if m.chance(0.2) {
		r.obs[contract.Market] = m.number(100)
	}
	if m.chance(0.02) {
		r.obs[contract.List] = 0
	}
	if m.chance(0.3) {
		r.obs[contract.Delivery] = 1
	}
	if m.chance(0.2) {
		r.obs[contract.Delivery] = m.rate(0, 1)
	}
}

// choose is what is elected: mostly all that is needed, at times nonsense.
func (m *maker) choose(r *happening, leave bool) {
	need := r.obs[contract.Need] + r.obs[contract.Flexible]
	r.units, r.draw, r.exit, r.elect = need, 0, 0, 0
	if m.chance(0.4) {
		r.elect = []float64{1e300, m.number(m.turnover()), m.number(m.units), 0.5, -1}[m.IntN(5)]
	}
	switch m.IntN(8) {
	case 0:
		r.units = need * m.rate(0, 1)
	case 1:
		r.units = 10 * need
	case 2:
		r.units = 0
	case 3:
		r.units = []float64{-need, -1, 1e300, 0}[m.IntN(4)]
	}
	if m.chance(0.3) {
		r.draw = m.cents(m.turnover())
		if m.chance(0.3) {
			r.draw *= []float64{-1, 1e6, 0.5}[m.IntN(3)]
		}
	}
	if leave {
		r.exit = []float64{1, 0.25, 7}[m.IntN(3)]
	} else if m.chance(0.05) {
		r.exit = -1
	}
}
