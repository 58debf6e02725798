// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/unit"
	"offtake/internal/vec"
)

// charging is a charge laid out.
type charging struct {
	c     *Charge
	grid  *calendar.Grid
	gate  contract.Gate
	index contract.Index
	owed  contract.Col // cents of the step
	fee   contract.BillID
}

// fees is who owns the quantities of what is owed beside the price.
const fees = "fee"

// Bind attaches the clause: Quote says what a unit costs more; what is owed is
// known once units are taken, and billed with them.
func (c *Charge) Bind(b *contract.Builder) {
	id := c.head.ID
	k := &charging{c: c, grid: b.Grid(), gate: c.head.gate(b), owed: b.Column(id + ".owed"),
		fee: b.Bill(contract.Line{From: b.Buyer(), To: b.Supplier(), Asset: contract.Asset{Kind: contract.Cash}, Kind: "charge", Clause: id, Role: contract.Use}, b.UsageNet())}
	if c.Through != nil {
		k.index = b.Index(c.Through.Index)
	} else {
		k.index = c.Indexed.bind(b)
	}
	if c.Per == "unit" {
		b.Own(contract.PerUnit, fees)
		b.Own(contract.PerUnitEligible, fees)
		b.On(contract.Pricing, id, k.quote)
	}
	if c.Eligible {
		b.Own(contract.Beside, fees)
	}
	b.On(contract.Taking, id, k.owe)
	b.On(contract.Billing, id, k.bill)
}

// rate writes the cents of each month, gigawatt and month, or unit.
func (k *charging) rate(m *contract.Month, out []float64) {
	if x := k.c.Through; x != nil {
		for i, level := range m.Obs.Index[k.index] {
			out[i] = x.Share * x.Quantity * within(level, x.Floor, x.Cap) * unit.MinorPerMajor
		}
	} else {
		vec.Fill(out, *k.c.Amount*unit.MinorPerMajor)
		k.c.Indexed.scale(m, k.index, out)
	}
	vec.Mul(out, out, m.InForce(k.gate))
}

func (k *charging) quote(m *contract.Month) {
	rate := m.Temp()
	k.rate(m, rate)
	m.Add(contract.PerUnit, rate)
	if k.c.Eligible {
		m.Add(contract.PerUnitEligible, rate)
	}
	m.Free(1)
}

// owe reckons what the step's fee is, before commitments count it.
func (k *charging) owe(m *contract.Month) {
	owed := m.Col(k.owed)
	k.basis(m, owed)
	if k.c.Through == nil && k.c.Indexed == nil && k.gate.Always() {
		vec.Scale(owed, owed, *k.c.Amount*unit.MinorPerMajor)
	} else {
		rate := m.Temp()
		k.rate(m, rate)
		vec.Mul(owed, rate, owed)
		m.Free(1)
	}
	vec.Mul(owed, owed, m.See(contract.Live))
	m.SettleCents(owed)
	if k.c.Eligible {
		m.Add(contract.Beside, owed)
	}
}

// basis writes months, units, or gigawatts times months.
func (k *charging) basis(m *contract.Month, out []float64) {
	months := float64(k.grid.MonthsPerStep())
	switch k.c.Per {
	case "unit":
		vec.Copy(out, m.See(contract.Taken))
		return
	case "month":
		vec.Fill(out, months)
		return
	}
	k.power(m, out)
	vec.Scale(out, out, months)
}

// power writes the gigawatts that are billed.
func (k *charging) power(m *contract.Month, out []float64) {
	switch k.c.Of {
	case "contracted":
		k.contracted(m, out)
	case "delivered":
		vec.Copy(out, m.See(contract.Power))
	default:
		power, taken, capacity := m.See(contract.Power), m.See(contract.Taken), m.See(contract.Capacity)
		for i := range out {
			out[i] = 0
			if capacity[i] > 0 {
				out[i] = power[i] * (taken[i] / capacity[i])
			}
		}
	}
	if k.c.Minimum != nil {
		k.atLeast(m, out)
	}
}

// contracted writes the gigawatts that were agreed.
func (k *charging) contracted(m *contract.Month, out []float64) {
	if k.c.Contracted != nil {
		vec.Fill(out, *k.c.Contracted)
	} else {
		vec.Copy(out, m.See(contract.PromisedPower))
	}
}

// atLeast raises the gigawatts that are billed to the minimum.
func (k *charging) atLeast(m *contract.Month, out []float64) {
	d, contracted, promised, delivered := k.c.Minimum, m.Temp(), m.See(contract.Promised), m.See(contract.Delivered)
	k.contracted(m, contracted)
	share := d.shareAt(k.grid, m.T)
	for i := range out {
		least := share * contracted[i]
		if d.Relief == "pro_rata" && promised[i] > 0 {
			least *= delivered[i] / promised[i]
		}
		out[i] = max(out[i], least)
	}
	m.Free(1)
}

// shareAt is the minimum share in step t.
func (d *Demand) shareAt(grid *calendar.Grid, t int) float64 {
	for _, r := range d.Ramp {
		if grid.StepStart(t).Before(r.Until) {
			return r.Share
		}
	}
	return d.Share
}

func (k *charging) bill(m *contract.Month) {
	owed := m.Col(k.owed)
	m.Bill(k.fee, owed)
	m.Add(contract.NotUsage, owed)
}
