// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"fmt"
	"math"

	"offtake/internal/clause"
	"offtake/internal/contract"
)

// A verdict is what comparing the two found: the first disagreements, or
// none.
type verdict []string

// scale is the gross size of a deal: all that moved.
type scale struct{ cents, units float64 }

func (s *scale) add(f Flow) {
	if f.Asset.Kind.InCents() {
		s.cents += math.Abs(f.Amount)
	} else {
		s.units += math.Abs(f.Amount)
	}
}

// tolerance is what sums taken in different orders may differ by.
const tolerance = 1e-9

// engine runs the deal on the engine.
func engine(in Input, tape contract.Tape) (Result, *contract.Program, error) {
	p := contract.Compile(contract.Config{Grid: in.Grid, Buyer: in.Buyer, Supplier: in.Supplier,
		Clauses: clause.Arrange(in.Clauses), WholeCents: in.WholeCents})
	var out Result
	_, err := p.Replay(p.New(1).State(0), tape, func(m *contract.Month) {
		out.Steps = append(out.Steps, stepOf(p, m))
	})
	return out, p, err
}

// stepOf is a step of the engine in the reference's terms.
func stepOf(p *contract.Program, m *contract.Month) Step {
	s := Step{T: m.T}
	for _, f := range m.Postings() {
		if f.Amount[0] != 0 {
			s.Flows = append(s.Flows, Flow{f.Line.From, f.Line.To, f.Line.Asset, f.Line.Kind, f.Line.Clause, f.Amount[0]})
		}
	}
	if m.T >= 0 {
		s.Taken = m.Q(contract.Taken)[0]
		s.Quote = Quote{PriceCents: m.Q(contract.Price)[0], Capacity: m.Q(contract.Capacity)[0], MissingCents: m.Q(contract.MinimumLeft)[0]}
		if !m.Has(contract.Capacity) {
			s.Quote.Capacity = math.Inf(1)
		}
	}
	s.Rows = rowsOf(p, m)
	return s
}

func rowsOf(p *contract.Program, m *contract.Month) []Row {
	var out []Row
	for id, r := range p.Readings() {
		x, ok := m.Reading(contract.ReadingID(id))
		if !ok || r.Name == contract.WrittenOff {
			continue
		}
		if len(out) == 0 || out[len(out)-1].Clause != r.Clause {
			out = append(out, Row{Clause: r.Clause})
		}
		row := &out[len(out)-1]
		into := map[string]*float64{"schedule": &row.Schedule, "relief": &row.Relief, "minimum": &row.Minimum, "taken": &row.Taken,
			"spend": &row.Spend, "carry_forward_used": &row.CarryForwardUsed, "carry_forward_bank": &row.CarryForwardBank,
			"deferred": &row.Deferred, "deficiency": &row.Deficiency, "deficiency_paid": &row.DeficiencyPaid,
			"make_up_used": &row.MakeUpUsed, "make_up_bank": &row.MakeUpBank, "paid": &row.Paid}[r.Name]
		*into = x[0]
	}
	return out
}

// compare holds the engine's result to the reference's.
func compare(in Input, want, got Result) verdict {
	var v verdict
	if len(want.Steps) != len(got.Steps) {
		return verdict{fmt.Sprintf("%d steps, reference %d", len(got.Steps), len(want.Steps))}
	}
	var size scale
	for i := range want.Steps {
		for _, f := range append(want.Steps[i].Flows[:len(want.Steps[i].Flows):len(want.Steps[i].Flows)], got.Steps[i].Flows...) {
			size.add(f)
		}
		size.units += want.Steps[i].Taken
	}
	for i := range want.Steps {
		c := comparison{whole: in.WholeCents, size: size, t: want.Steps[i].T}
		c.step(want.Steps[i], got.Steps[i])
		v = append(v, c.found...)
	}
	return v
}

type comparison struct {
	whole bool
	size  scale
	t     int
	found verdict
}

func (c *comparison) report(format string, args ...any) {
	c.found = append(c.found, fmt.Sprintf("step %d: ", c.t)+fmt.Sprintf(format, args...))
}

// near tells whether two amounts are the same but for rounding.
func near(a, b, size float64) bool {
	return a == b || math.Abs(a-b) <= tolerance*max(1, size)
}

func (c *comparison) step(want, got Step) {
	if want.Live {
		if !near(want.Quote.PriceCents, got.Quote.PriceCents, want.Quote.PriceCents) {
			c.report("price %v, reference %v", got.Quote.PriceCents, want.Quote.PriceCents)
		}
		if !near(want.Quote.Capacity, got.Quote.Capacity, want.Quote.Capacity) {
			c.report("capacity %v, reference %v", got.Quote.Capacity, want.Quote.Capacity)
		}
		if !near(want.Quote.MissingCents, got.Quote.MissingCents, c.size.cents) {
			c.report("missing %v, reference %v", got.Quote.MissingCents, want.Quote.MissingCents)
		}
		if !near(want.Taken, got.Taken, c.size.units) {
			c.report("taken %v, reference %v", got.Taken, want.Taken)
		}
	}
	c.flows(want.Flows, got.Flows)
	c.rows(want.Rows, got.Rows)
}

// flows compares sums by everything but the amount.
func (c *comparison) flows(want, got []Flow) {
	type pair struct {
		f         Flow
		want, got float64
	}
	var sums []pair
	at := func(f Flow) *pair {
		f.Amount = 0
		for i := range sums {
			if sums[i].f == f {
				return &sums[i]
			}
		}
		sums = append(sums, pair{f: f})
		return &sums[len(sums)-1]
	}
	for _, f := range want {
		at(f).want += f.Amount
	}
	for _, f := range got {
		at(f).got += f.Amount
	}
	for _, p := range sums {
		same := near(p.want, p.got, c.size.units)
		if p.f.Asset.Kind.InCents() {
			same = p.want == p.got || !c.whole && near(p.want, p.got, c.size.cents)
		}
		if !same {
			c.report("%s %s (%s %s, %s to %s): %v, reference %v", p.f.Clause, p.f.Kind, p.f.Asset.Kind, p.f.Asset.Of, p.f.From, p.f.To, p.got, p.want)
		}
	}
}

func (c *comparison) rows(want, got []Row) {
	for _, w := range want {
		if find := rowOf(got, w.Clause); find == nil {
			c.report("%s: no row, reference %+v", w.Clause, w)
		} else {
			c.row(w, *find)
		}
	}
	for _, g := range got {
		if rowOf(want, g.Clause) == nil {
			c.report("%s: row %+v, reference none", g.Clause, g)
		}
	}
}

func rowOf(rows []Row, id string) *Row {
	for i := range rows {
		if rows[i].Clause == id {
			return &rows[i]
		}
	}
	return nil
}

func (c *comparison) row(want, got Row) {
	gotColumns := got.Columns()
	for i, w := range want.Columns() {
		if g := gotColumns[i]; !near(w.Amount, g.Amount, max(c.size.cents, c.size.units)) {
			c.report("%s row, %s: %v, reference %v", want.Clause, w.Name, g.Amount, w.Amount)
		}
	}
}
