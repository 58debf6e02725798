// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"math"

	"offtake/internal/clause"
	"offtake/internal/contract"
)

// compile lays the deal out for the engine.
func compile(in Input) *contract.Program {
	return contract.Compile(contract.Config{Grid: in.Grid, Buyer: in.Buyer, Supplier: in.Supplier,
		Clauses: clause.Arrange(in.Clauses), WholeCents: in.WholeCents, Shares: in.Shares, Held: in.Held})
}

// engine replays the tape on the engine.
func engine(in Input, tape contract.Tape) (Result, error) {
	p := compile(in)
	var out Result
	_, err := p.Replay(p.New(1).State(0), tape, func(m *contract.Month) {
		out.Steps = append(out.Steps, stepOf(p, m))
	})
	return out, err
}

// audited runs the tape on the engine by hand, with the audit on.
func audited(in Input, tape contract.Tape) []contract.StockFault {
	p := compile(in)
	c, obs := p.New(1), p.NewObs(1)
	obs.Curve = tape.Curve
	c.Audit()
	for i, row := range tape.Steps {
		row.Show(obs)
		if i == 0 {
			c.Sign(obs)
			continue
		}
		c.Quote(obs)
		elect := c.Elections()
		elect.Units[0] = row.Units
		for k, x := range row.Slots {
			elect.Slot[k][0] = x
		}
		c.Settle(elect)
	}
	return c.StockFaults()
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
		s.Quote.PerUnitCents, s.Quote.CountedCents, s.Quote.Leased = m.Q(contract.PerUnit)[0], m.Q(contract.PerUnitEligible)[0], m.Q(contract.Leased)[0]
		s.Borne = [3]float64{m.Q(contract.BorneSunk)[0], m.Q(contract.BorneScarce)[0], m.Q(contract.BorneBuild)[0]}
		s.LeasedUsed = m.Q(contract.LeasedUsed)[0]
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
			"make_up_used": &row.MakeUpUsed, "make_up_bank": &row.MakeUpBank, "paid": &row.Paid,
			"completed": &row.Completed, "expired": &row.Expired}[r.Name]
		*into = x[0]
	}
	return out
}
