// SPDX-License-Identifier: Apache-2.0

package world

import (
	"offtake/internal/contract"
	"offtake/internal/field"
	"offtake/internal/vec"
)

// Cash is the lab's account of money: what it has on the valuation date, what it
// takes in from others (the world's other_inflow) and pays them, and all that the
// deal's flows bring and take. The lab fails once the account has run out. It is
// stepped with each contract (package measure), since it depends on flows.
type Cash struct {
	StartCents Number
	LeastCents Number  // below which, at a step's end, the account has run out
	Outflow    Process // currency per year that the lab pays others; nil for nothing
}

const otherOutflow = "default.cash.other_outflow"

func (w *World) cash() []field.Field {
	w.Default.Cash = &Cash{}
	x := w.Default.Cash
	return []field.Field{
		required(numberField(field.Field{Name: "start", Kind: field.Money, Doc: "what the lab has on the valuation date, before what is paid at the signing"}, &x.StartCents)),
		processField("other_outflow", "currency per year", "what the lab pays others: wages, debt, and compute that it runs elsewhere; what it takes in from others is world.other_inflow", field.At(0), &x.Outflow),
		numberField(field.Field{Name: "least", Kind: field.Money, Default: "0", Doc: "the lab fails in the step after one at whose end it has less; below 0 for credit that it may use"}, &x.LeastCents),
	}
}

// numbers are those of the account that no process moves.
func (x *Cash) numbers() []Named {
	if x == nil {
		return nil
	}
	return []Named{{"default.cash.start", &x.StartCents}, {"default.cash.least", &x.LeastCents}}
}

// outflow is the process behind what is paid to others.
func (x *Cash) outflow() Process {
	if x == nil {
		return nil
	}
	return x.Outflow
}

// checkDefault reports a default that nothing brings about, and an account that
// cannot do what the file asks of it.
func (w *World) checkDefault(r field.Report) {
	d := &w.Default
	switch {
	case d.Cash == nil && d.stated && !d.Hazard.Given():
		r.Fault("DEFAULT-HOW", "default", "add a hazard, such as 3%, or cash: {start: 10B}", "it is not said how the buyer fails")
	case d.Cash == nil:
	case d.Mode == "weighted":
		r.Fault("CASH-WEIGHTED", "default.cash", "write mode: simulated", "when cash runs out is known of each path alone, so that survival cannot be weighed beforehand")
	case d.Cash.StartCents.Mean() < d.Cash.LeastCents.Mean():
		r.Fault("CASH-SHORT", "default.cash.start", "the lab has to last the signing", "the lab starts with less than the least that it must have")
	}
}

// HasCash tells whether the buyer fails when its cash runs out.
func (p *Plan) HasCash() bool { return p.World.Default.Mode != "none" && p.World.Default.Cash != nil }

// CanFail tells whether the buyer may fail at all: at a rate, or with its cash.
func (p *Plan) CanFail() bool { return p.canFail() || p.HasCash() }

// CashStart is what the lab's account begins with in each lane, and CashLeast
// below what it has run out, in cents.
func (f *Factors) CashStart() []float64 { return f.s.Of(&f.plan.World.Default.Cash.StartCents) }

// CashLeast is the least, likewise.
func (f *Factors) CashLeast() []float64 { return f.s.Of(&f.plan.World.Default.Cash.LeastCents) }

// OtherMoney writes, in cents by lane, what the lab takes in from others and what
// it pays them from the end of the step before to that of step t; nothing before
// the valuation date.
func (f *Factors) OtherMoney(t int, in, out []float64) {
	f.money(t, "other_inflow", in)
	f.money(t, otherOutflow, out)
}

func (f *Factors) money(t int, path string, dst []float64) {
	steps := f.plan.CashSteps(t)
	if level := f.Level(path); level != nil && f.drawn {
		vec.Scale(dst, level[t], steps)
		return
	}
	vec.Fill(dst, 0)
	if mean := f.plan.meanOf(path); mean != nil {
		vec.Fill(dst, float64(mean[t]*steps))
	}
}

// CashSteps is how many steps' worth of other money step t brings: one, but none
// before the valuation date, a part where that falls in the step, and in the first
// step what has passed since then as well, at that step's rate.
func (p *Plan) CashSteps(t int) float64 {
	end, begins := p.Grid.Years(t), p.Grid.YearsAt(p.Grid.StepStart(t))
	switch {
	case end <= 0:
		return 0
	case begins < 0:
		return end / (end - begins)
	case t == 0:
		return 1 + float64(begins*float64(p.Grid.StepsPerYear()))
	}
	return 1
}

// Ruin tells an observer that the buyer fails once its cash has run out: the
// column, which its owner keeps, is 1 in those lanes.
func (o *Observer) Ruin(broke []float64) {
	o.broke, o.left = broke, make([]float64, len(broke))
}

// ruin shows the buyer as insolvent where its cash has run out; nobody fails
// before the valuation date.
func (o *Observer) ruin(t int) {
	if o.broke == nil || t < 0 || o.f.plan.Grid.Years(t) <= 0 {
		return
	}
	vec.Sub(o.left, o.ones, o.broke)
	vec.Mul(o.left, o.left, o.Col[contract.Alive])
	o.Col[contract.Alive] = o.left
}
