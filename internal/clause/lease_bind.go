// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// letting is a lease laid out.
type letting struct {
	c                *Lease
	grid             *calendar.Grid
	gate             contract.Gate
	first, last, end int // steps of the lease in the deal; end is its own last step, which may lie beyond
	third            bool
	bought           contract.Index // of the residual value
	index            contract.Index // of the rent

	on     contract.Col // 1 while the lease runs
	placed contract.Col // how far outlay and deposit have been paid
	slope  contract.Col // cents by which the worth of what is let falls each step
	held   contract.Col // cents of deposit
	owed   contract.Col // cents of the step's rent

	rent                      contract.BillID // between buyer and supplier
	lowers                    bool            // whether that lowers the buyer's invoice
	paid                      contract.LineID // otherwise
	service, spent, back      contract.LineID
	buy, sold                 contract.LineID
	option                    contract.Slot
	give, take, holds, clears contract.LineID
	loses                     contract.LineID
	claim                     contract.LiabilityID // of the rents still to run
}

// Bind attaches the clause: Quote says what capacity is let and whether buying
// pays; rent is billed or paid; what is held and owned is settled when the lease
// ends.
func (c *Lease) Bind(b *contract.Builder) {
	id := c.head.ID
	k := &letting{c: c, grid: b.Grid(), gate: c.head.gate(b), index: c.Indexed.bind(b), bought: -1,
		third: c.head.From != b.Buyer() && c.head.From != b.Supplier(),
		on:    b.Column(id + ".on"), placed: b.Column(id + ".placed"), slope: b.Column(id + ".falls"), held: b.Column(id + ".deposit"), owed: b.Column(id + ".owed")}
	all := 0
	k.first, k.last, all = c.steps(b.Grid())
	k.end = k.first + all - 1
	if c.Residual != nil {
		k.bought = c.Residual.Indexed.bind(b)
	}
	if k.third {
		b.Solvency(c.head.From)
	}
	if c.Eligible {
		b.Own(contract.Beside, fees)
	}
	c.LowersCost.own(b)
	k.bindLines(b)
	b.On(contract.Supply, id, k.supply)
	b.On(contract.Taking, id, k.owe)
	if c.UnitsPerGW != nil {
		b.Own(contract.Leased, "lease")
		b.Own(contract.LeasedUsed, "lease")
		b.On(contract.Taking, id, k.serve)
	}
	b.On(contract.Billing, id, k.bill)
	b.On(contract.Claiming, id, k.fileRents)
	b.On(contract.Funding, id, k.fund)
	if c.Purchase != nil && k.end == k.last {
		k.option = b.Election(id+".purchase", id, contract.BuySlot)
		b.On(contract.Standing, id, k.offer)
		b.On(contract.Ending, id, k.purchase)
	}
	b.On(contract.Ending, id, k.settle)
}

func (k *letting) bindLines(b *contract.Builder) {
	c, id, cash := k.c, k.c.head.ID, contract.Asset{Kind: contract.Cash}
	inKind, deposit := contract.Asset{Kind: contract.InKind, Of: id}, contract.Asset{Kind: contract.Deposit, Of: id}
	line := func(from, to string, asset contract.Asset, kind string, role contract.Role) contract.LineID {
		return b.Line(contract.Line{From: from, To: to, Asset: asset, Kind: kind, Clause: id, Role: role})
	}
	landlord, tenant, role := c.head.From, c.head.To, contract.Use
	if k.third {
		role = contract.Instrument
		k.paid = line(tenant, landlord, cash, "rent", role)
	} else {
		k.rent = b.Bill(contract.Line{From: tenant, To: landlord, Asset: cash, Kind: "rent", Clause: id, Role: role}, b.UsageNet())
		k.lowers = tenant == b.Supplier()
	}
	k.claim = bindRents(b, &c.head)
	if c.UnitsPerGW != nil {
		from := landlord
		if c.Outlay > 0 {
			from = contract.Outside
		}
		k.service = line(from, tenant, inKind, "service", contract.Instrument)
	}
	if c.Outlay > 0 {
		k.spent = line(landlord, contract.Outside, cash, "outlay", contract.Instrument)
		k.back = line(contract.Outside, landlord, inKind, "returned", contract.Instrument)
	}
	if c.Purchase != nil && k.end == k.last {
		k.buy, k.sold = line(tenant, landlord, cash, "purchase", contract.Instrument), line(landlord, tenant, inKind, "bought", contract.Instrument)
	}
	if c.Deposit > 0 {
		k.give, k.take = line(tenant, landlord, cash, "deposit", role), line(landlord, tenant, cash, "deposit_back", role)
		k.holds = line(landlord, tenant, deposit, "deposit_held", contract.NoRole)
		k.clears, k.loses = line(tenant, landlord, deposit, "deposit_returned", contract.NoRole), line(tenant, landlord, deposit, "deposit_lost", contract.NoRole)
		b.Stock(tenant, deposit, k.held)
	}
}

// runs writes 1 in the lanes in which the lease runs in this step.
func (k *letting) runs(m *contract.Month, out []float64) {
	vec.Mul(out, m.Col(k.on), m.Q(contract.Live))
	if k.third {
		vec.Mul(out, out, m.Solvent(k.c.head.From))
	}
}

// within tells whether the step is one of the lease.
func (k *letting) within(t int) bool { return k.first <= t && t <= k.last }

// supply begins the lease, and says what it gives.
func (k *letting) supply(m *contract.Month) {
	if !k.within(m.T) {
		return
	}
	if m.T == k.first {
		vec.Fill(m.Col(k.on), 1)
		k.runs(m, m.Col(k.on))
	}
	run, force := m.Temp(), m.Temp()
	k.runs(m, run)
	m.Force(k.gate, force)
	vec.Mul(run, run, force)
	if k.c.UnitsPerGW != nil {
		vec.AddScaled(m.Q(contract.Leased), run, k.unitsPerStep())
	}
	k.c.LowersCost.add(m, run)
	m.Free(2)
}

// unitsPerStep is the compute that is let in a step.
func (k *letting) unitsPerStep() float64 {
	return *k.c.PowerGW * *k.c.UnitsPerGW * float64(k.grid.MonthsPerStep())
}

// agreed is the rent of a step in cents, before an index moves it and before
// any abatement.
func (k *letting) agreed(t int) float64 {
	cents := k.c.RentCents * float64(k.grid.MonthsPerStep())
	if k.c.Per == "gw" {
		cents *= *k.c.PowerGW
	}
	for range (t - k.first) / k.grid.StepsPerYear() {
		cents *= 1 + k.c.Escalator
	}
	return cents
}

// owe reckons the step's rent, before commitments count it.
func (k *letting) owe(m *contract.Month) {
	owed := m.Col(k.owed)
	if !k.within(m.T) {
		vec.Fill(owed, 0)
		return
	}
	full := k.agreed(m.T)
	run := m.Temp()
	k.runs(m, run)
	m.Force(k.gate, owed)
	vec.Mul(owed, owed, run)
	vec.Scale(owed, owed, full)
	k.c.Indexed.scale(m, k.index, owed)
	if k.c.head.From == m.Supplier() && k.c.Abatement == "pro_rata" && m.Has(contract.Capacity) {
		promised, delivered := m.Q(contract.Promised), m.Q(contract.Delivered)
		for i := range owed {
			there := 0.0
			if promised[i] > 0 {
				there = delivered[i] / promised[i]
			}
			owed[i] *= there
		}
	}
	for i := range owed {
		owed[i] = m.Cents(owed[i])
	}
	if k.c.Eligible {
		vec.Accumulate(m.Q(contract.Beside), owed)
	}
	m.Free(1)
}

// serve runs what need is left on the capacity that is let: firm need first.
func (k *letting) serve(m *contract.Month) {
	if !k.within(m.T) {
		return
	}
	worth, run, force := m.Temp(), m.Temp(), m.Temp()
	k.runs(m, run)
	m.Force(k.gate, force)
	taken, used := m.Q(contract.Taken), m.Q(contract.LeasedUsed)
	need, flexible, value, market := m.Obs.Col[contract.Need], m.Obs.Col[contract.Flexible], m.Obs.Col[contract.FlexibleValue], m.Obs.Col[contract.Market]
	for i := range worth {
		there := run[i] * k.unitsPerStep()
		met := taken[i] + used[i]
		firm := min(there, max(0, need[i]-met))
		rest := min(there-firm, max(0, need[i]+flexible[i]-met-firm))
		worth[i] = force[i] * (float64(firm*market[i]) + float64(rest*min(market[i], value[i])))
		used[i] += float64(force[i] * (firm + rest))
	}
	m.Post(k.service, worth)
	m.Free(3)
}

func (k *letting) bill(m *contract.Month) {
	if !k.within(m.T) {
		return
	}
	owed := m.Temp()
	vec.Copy(owed, m.Col(k.owed))
	switch {
	case k.third:
		m.Post(k.paid, owed)
	case k.lowers:
		m.Bill(k.rent, owed)
		vec.Sub(m.Q(contract.NotUsage), m.Q(contract.NotUsage), owed)
	default:
		m.Bill(k.rent, owed)
		vec.Accumulate(m.Q(contract.NotUsage), owed)
	}
	m.Free(1)
}
