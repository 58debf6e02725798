// SPDX-License-Identifier: Apache-2.0

package contract

import (
	"math"
	"strings"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/vec"
)

// clauseFunc is a clause made of its Bind.
type clauseFunc func(b *Builder)

func (f clauseFunc) Bind(b *Builder) { f(b) }

// meter bills what is taken at the list price, less a tenth of it, both due so
// many steps later.
func meter(net int) Clause {
	return clauseFunc(func(b *Builder) {
		b.Own(Price, "meter")
		b.Own(Spend, "meter")
		b.PayUsage(net)
		usage := b.Bill(Line{From: "lab", To: "cloud", Asset: Asset{Kind: Cash}, Kind: "usage", Clause: "meter"}, b.UsageNet())
		off := b.Bill(Line{From: "cloud", To: "lab", Asset: Asset{Kind: Cash}, Kind: "discount", Clause: "meter"}, b.UsageNet())
		b.On(Pricing, "meter", func(m *Month) { vec.Copy(m.Q(Price), m.Obs.Col[List]) })
		b.On(Billing, "meter", func(m *Month) {
			gross, tenth := m.Temp(), m.Temp()
			vec.Mul(gross, m.Q(Taken), m.Q(Price))
			m.Bill(usage, gross)
			vec.Scale(tenth, gross, 0.1)
			m.Bill(off, tenth)
			vec.Sub(m.Q(Spend), gross, tenth)
			m.Free(2)
		})
	})
}

// purse lets the lab draw from 10 that open at signing, and more when the rain
// comes; it reads what is left.
func purse() Clause {
	return clauseFunc(func(b *Builder) {
		asset, rain := Asset{FacilityOpen, "purse"}, b.Event("rain")
		left, slot := b.Column("purse.left"), b.Election("purse.draw", "purse", DrawSlot)
		open := b.Line(Line{From: "cloud", To: "lab", Asset: asset, Kind: "open", Clause: "purse"})
		drawn := b.Line(Line{From: "lab", To: "cloud", Asset: asset, Kind: "drawn", Clause: "purse"})
		read := b.Reading(Reading{Name: "left", Unit: "cents", Clause: "purse", Steps: 1})
		b.Stock("lab", asset, left)
		give := func(m *Month, each []float64) {
			amount := m.Temp()
			vec.Scale(amount, each, 10)
			m.Post(open, amount)
			vec.Accumulate(m.Col(left), amount)
			m.Free(1)
		}
		b.On(Signing, "purse", func(m *Month) { give(m, m.One()) })
		b.On(Standing, "purse", func(m *Month) { vec.Copy(m.Offer(slot), m.Col(left)) })
		b.On(Funding, "purse", func(m *Month) {
			m.Post(drawn, m.Chosen(slot))
			vec.Sub(m.Col(left), m.Col(left), m.Chosen(slot))
			m.Read(read, m.Col(left))
		})
		b.On(Milestones, "purse", func(m *Month) { give(m, m.Obs.Events[rain]) })
	})
}

// door lets the buyer leave at any time.
func door() Clause {
	return clauseFunc(func(b *Builder) {
		slot := b.Exit()
		b.On(Standing, "door", func(m *Month) { vec.Fill(m.Offer(slot), 1) })
	})
}

// supply offers so many units a step.
func supply(units float64) Clause {
	return clauseFunc(func(b *Builder) {
		b.Own(Capacity, "supply")
		b.On(Supply, "supply", func(m *Month) { vec.Fill(m.Q(Capacity), units) })
	})
}

func testGrid(t testing.TB, months, tail int) *calendar.Grid {
	t.Helper()
	start := calendar.MustParseDate("2027-01-01")
	g, err := calendar.NewGrid(start, start, calendar.Span{Months: months}, calendar.Month, tail, calendar.Thirty360)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func compile(t testing.TB, months, tail int, clauses ...Clause) *Program {
	t.Helper()
	return Compile(Config{Grid: testGrid(t, months, tail), Buyer: "lab", Supplier: "cloud", Clauses: clauses})
}

// fair are observations of a usual step: need of 4 units at a list price of
// 250 cents, everybody solvent, no rain.
func fair(p *Program, lanes int) *Obs {
	obs := p.NewObs(lanes)
	vec.Fill(obs.Col[Need], 4)
	vec.Fill(obs.Col[List], 250)
	vec.Fill(obs.Col[Alive], 1)
	obs.Curve = make([]float64, p.Grid().Steps())
	for t := range obs.Curve {
		obs.Curve[t] = math.Pow(0.99, float64(t+1))
	}
	return obs
}

// step quotes and settles with so many units.
func step(c *Contract, obs *Obs, units float64) *Month {
	c.Quote(obs)
	e := c.Elections()
	vec.Fill(e.Units, units)
	return c.Settle(e)
}

// flow is what moved along lines of a kind, in the first lane.
func flow(m *Month, kind string) float64 {
	sum := 0.0
	for _, p := range m.Postings() {
		if p.Line.Kind == kind {
			sum += p.Amount[0]
		}
	}
	return sum
}

// panics holds f to a panic that says want.
func panics(t *testing.T, name, want string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		r := recover()
		if s, _ := r.(string); r == nil || want == "" || !strings.Contains(s, want) {
			t.Errorf("%s: panic %v, want %q", name, r, want)
		}
	}()
	f()
}
