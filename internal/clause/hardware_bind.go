// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// hardwareBound is a hardware clause laid out.
type hardwareBound struct {
	c        *Hardware
	gate     contract.Gate
	last     int             // step of the term
	due      map[int]float64 // cents by step; -1 is the signing
	peak     contract.Col    // most power delivered so far, in gigawatts
	paid     contract.Col    // cents so far
	slope    contract.Col    // cents by which their worth falls each step
	lower    contract.Col    // share of the price that is not charged
	pay      contract.LineID
	discount contract.BillID
	title    contract.LineID
}

// costs is who owns the quantities of what others bear of the supplier's cost.
const costs = "cost"

// Bind attaches the clause: what was paid so far lowers price and cost; payments
// fall in the Funding stage; title passes when the agreement ends.
func (c *Hardware) Bind(b *contract.Builder) {
	id, cash := c.head.ID, contract.Asset{Kind: contract.Cash}
	k := &hardwareBound{c: c, gate: c.head.gate(b), last: b.Grid().Signed() - 1, due: map[int]float64{},
		peak: b.Column(id + ".peak_gw"), paid: b.Column(id + ".paid"), slope: b.Column(id + ".falls"), lower: b.Column(id + ".lowers_price")}
	for _, p := range c.parts() {
		at := -1
		if !p.At.IsZero() {
			at, _ = b.Grid().At(p.At)
		}
		k.due[at] += p.Cents
	}
	pay := contract.Line{From: b.Buyer(), To: contract.Outside, Asset: cash, Kind: "hardware", Clause: id, Role: contract.Instrument}
	title := contract.Line{From: contract.Outside, To: b.Buyer(), Asset: contract.Asset{Kind: contract.InKind, Of: id}, Kind: "title", Clause: id, Role: contract.Instrument}
	if c.Title == "supplier" {
		title.To = b.Supplier()
	}
	if c.How == "prepaid" {
		pay.To, pay.Role, title.From = b.Supplier(), contract.Use, b.Supplier()
	}
	k.pay = b.Line(pay)
	if c.LowersPrice > 0 {
		k.discount = b.Bill(contract.Line{From: b.Supplier(), To: b.Buyer(), Asset: cash, Kind: "hardware_discount", Clause: id, Role: contract.Use}, b.UsageNet())
		b.Reduce(k.discount, k.lower)
	}
	c.LowersCost.own(b)
	b.On(contract.Signing, id, k.fund)
	b.On(contract.Supply, id, k.supply)
	b.On(contract.Funding, id, k.fund)
	if title.From != title.To {
		k.title = b.Line(title)
		b.On(contract.Ending, id, k.settle)
	}
}

// own claims the quantities of what others bear of the supplier's cost.
func (x *Borne) own(b *contract.Builder) {
	if x != nil {
		for _, q := range []contract.Quantity{contract.BorneSunk, contract.BorneScarce, contract.BorneBuild} {
			b.Own(q, costs)
		}
	}
}

// add adds the shares, times how far they apply, to what others bear.
func (x *Borne) add(m *contract.Month, apply []float64) {
	if x != nil {
		vec.AddScaled(m.Q(contract.BorneSunk), apply, x.Sunk)
		vec.AddScaled(m.Q(contract.BorneScarce), apply, x.Scarce)
		vec.AddScaled(m.Q(contract.BorneBuild), apply, x.Build)
	}
}

// supply reckons how far what was paid lowers price and cost.
func (k *hardwareBound) supply(m *contract.Month) {
	done, paid, peak := m.Temp(), m.Col(k.paid), m.Col(k.peak)
	total := k.c.Total()
	for i := range done {
		done[i] = 0
		if k.c.PerGW > 0 {
			total = k.c.PerGW * peak[i]
		}
		if total > 0 {
			done[i] = paid[i] / total
		}
	}
	vec.Scale(m.Col(k.lower), done, k.c.LowersPrice)
	k.c.LowersCost.add(m, done)
	m.Free(1)
}

// fund pays what is due in the step.
func (k *hardwareBound) fund(m *contract.Month) {
	amount, power, peak := m.Temp(), m.Q(contract.Power), m.Col(k.peak)
	m.Force(k.gate, amount)
	if m.T >= 0 {
		vec.Mul(amount, amount, m.Q(contract.Live))
	}
	for i := range amount {
		owed := k.due[m.T]
		if k.c.PerGW > 0 {
			owed = k.c.PerGW * max(0, power[i]-peak[i])
			peak[i] = max(peak[i], power[i])
		}
		amount[i] *= owed
	}
	m.Post(k.pay, amount)
	vec.Accumulate(m.Col(k.paid), amount)
	if m.T < k.last {
		for i, falls := range m.Col(k.slope) {
			m.Col(k.slope)[i] = falls + amount[i]*(1-k.c.Residual)/float64(k.last-m.T)
		}
	}
	m.Free(1)
}

// ends writes 1 in the lanes in which the agreement ends in this step.
func ends(m *contract.Month, out []float64) {
	vec.Add(out, m.Q(contract.Exiting), m.Q(contract.Defaulting))
	vec.Accumulate(out, m.Q(contract.SupplierFailing))
	if m.T == m.Grid().Term()-1 {
		vec.Max(out, out, m.Q(contract.Live))
	}
}

// settle gives the machines to who has title.
func (k *hardwareBound) settle(m *contract.Month) {
	if m.T >= m.Grid().Term() {
		return
	}
	worth := m.Temp()
	ends(m, worth)
	for i, falls := range m.Col(k.slope) {
		worth[i] *= float64(falls*float64(max(0, k.last-m.T))) + float64(k.c.Residual*m.Col(k.paid)[i])
	}
	m.Post(k.title, worth)
	m.Free(1)
}
