// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// boundGuarantee is a guarantee laid out.
type boundGuarantee struct {
	c                *Guarantee
	gate             contract.Gate
	event            contract.Event // negative for none
	started          contract.Col   // 1 once what had to come first has come
	paid             contract.Col   // cents
	assumed          contract.Col   // 1 once the guarantor has taken the contract over
	pays, cures, fee contract.LineID
	sale             sale
}

// Bind attaches the clause: when a debtor fails, the guarantor pays what is left
// unpaid once its estate has paid, or has taken the contract over before; from
// then on it pays for it step by step.
func (c *Guarantee) Bind(b *contract.Builder) {
	id, from, to := c.head.ID, c.head.From, c.head.To
	line := func(from, to, kind string) contract.LineID {
		return b.Line(contract.Line{From: from, To: to, Asset: contract.Asset{Kind: contract.Cash}, Kind: kind, Clause: id, Role: contract.Instrument})
	}
	g := &boundGuarantee{c: c, gate: c.head.gate(b), event: -1, started: b.Column(id + ".started"), paid: b.Column(id + ".paid"), pays: line(from, to, "guarantee")}
	if c.Starts.Event != "" {
		g.event = b.Event(c.Starts.Event)
	}
	watch(b, from)
	if c.Assume != "never" {
		g.assumed, g.cures = b.Column(id+".assumed"), line(from, to, "arrears")
		g.sale = bindSale(b, &c.head, "taken_over")
		b.On(contract.Funding, id, g.takePlace)
		b.On(contract.Claiming, id, g.choose)
	}
	if c.Fee != nil {
		payer := c.payer(b.Buyer())
		watch(b, payer)
		g.fee = line(payer, from, "guarantee_fee")
		b.On(contract.Signing, id, g.chargeAtSigning)
		b.On(contract.Funding, id, g.charge)
	}
	b.On(contract.Covering, id, g.cover)
	b.On(contract.Ending, id, g.begin)
}

// begin reads at the end of each step what has to come first.
func (g *boundGuarantee) begin(m *contract.Month) {
	started, power := m.Col(g.started), m.Q(contract.Power)
	for i := range started {
		switch {
		case g.c.Starts.PowerGW != nil && !reaches(power[i], *g.c.Starts.PowerGW):
		case g.event >= 0 && m.Obs.Events[g.event][i] == 0:
		default:
			started[i] = 1
		}
	}
}

// inForce writes how far the guarantee can be called: it has started, is in
// force, and the guarantor is solvent.
func (g *boundGuarantee) inForce(m *contract.Month, out []float64) {
	m.Force(g.gate, out)
	vec.Mul(out, out, m.Solvent(g.c.head.From))
	if s := g.c.Starts; s.PowerGW == nil && s.Event == "" {
		return
	}
	vec.Mul(out, out, m.Col(g.started))
}

// most writes the most that is paid of what is left unpaid, in cents.
func (g *boundGuarantee) most(m *contract.Month, unpaid, out []float64) {
	left, paid := g.c.left(m.Grid(), m.T), m.Col(g.paid)
	for i, x := range unpaid {
		switch x = max(0, x); {
		case g.c.Cents != nil:
			out[i] = min(x, max(0, float64(left**g.c.Cents)-paid[i]))
		case g.c.Share != nil:
			out[i] = left * *g.c.Share * x
		default:
			out[i] = x
		}
	}
}

// cover pays what is left unpaid.
func (g *boundGuarantee) cover(m *contract.Month) {
	unpaid, force, amount := m.Temp(), m.Temp(), m.Temp()
	m.Shortfall(contract.Which{Creditor: g.c.head.To, Clause: g.c.Of}, contract.LiabilityKinds, unpaid)
	vec.Fill(amount, 0)
	if !vec.AllEqual(unpaid, 0) {
		g.inForce(m, force)
		g.most(m, unpaid, amount)
		vec.Mul(amount, amount, force)
	}
	if g.c.Assume != "never" {
		g.cureArrears(m, amount)
	}
	m.Post(g.pays, amount)
	vec.Accumulate(m.Col(g.paid), amount)
	m.Free(3)
}

// cureArrears pays all that the buyer was billed and has not paid where the
// contract was taken over in this step, instead of what is guaranteed.
func (g *boundGuarantee) cureArrears(m *contract.Month, amount []float64) {
	arrears := m.Temp()
	m.Shortfall(contract.Which{Creditor: g.c.head.To}, contract.OfBills, arrears)
	for i, assumed := range m.Col(g.assumed) {
		arrears[i] = max(0, arrears[i]) * assumed
		if assumed == 1 {
			amount[i] = 0
		}
	}
	m.Post(g.cures, arrears)
	m.Free(1)
}

// choose takes the contract over in the step in which the buyer defaults,
// always or where it is cheaper than paying: where arrears A and the claim C for
// the minimums come to more, up to the cap, than A + C (1 - worth x market
// price / price). The claim is then withdrawn.
func (g *boundGuarantee) choose(m *contract.Month) {
	if m.T >= m.Grid().Term() || !vec.Any(m.Q(contract.Defaulting)) {
		return
	}
	arrears, minimum, unpaid, force := m.Temp(), m.Temp(), m.Temp(), m.Temp()
	which := contract.Which{Creditor: g.c.head.To, Clause: g.c.Of}
	m.Claimed(contract.Which{Creditor: g.c.head.To}, contract.OfBills, arrears)
	m.Claimed(which, contract.OfMinimums, minimum)
	m.Claimed(which, contract.LiabilityKinds, unpaid)
	g.inForce(m, force)
	g.most(m, unpaid, unpaid)
	assumed, price, market := m.Col(g.assumed), m.Q(contract.Price), m.Obs.Col[contract.Market]
	supplier := m.Solvent(g.c.head.To)
	for i, gone := range m.Q(contract.Defaulting) {
		if gone == 0 || force[i] < contract.Likely || supplier[i] == 0 || minimum[i] <= 0 {
			continue
		}
		worth := 0.0
		if price[i] > 0 {
			worth = g.c.Worth * market[i] / price[i]
		}
		costs := max(0, arrears[i]) + float64(minimum[i]*(1-worth))
		if g.c.Assume == "always" || costs < unpaid[i] {
			assumed[i] = 1
		}
	}
	vec.Mul(force, assumed, m.Q(contract.Defaulting))
	m.Withdraw(which, contract.OfMinimums, force)
	m.Free(4)
}

// takePlace pays the step's part of the minimum, as far as capacity is
// delivered, and has the compute.
func (g *boundGuarantee) takePlace(m *contract.Month) {
	if m.T >= m.Grid().Term() || !vec.Any(m.Col(g.assumed)) {
		return
	}
	units, cents, price := m.Temp(), m.Temp(), m.Q(contract.Price)
	m.Instalment(g.c.Of, cents)
	vec.Mul(cents, cents, m.Col(g.assumed))
	vec.Mul(cents, cents, m.Solvent(g.c.head.From))
	vec.Mul(cents, cents, m.Solvent(g.c.head.To))
	for i, x := range cents {
		if m.Has(contract.Capacity) {
			x = min(x, max(0, m.Q(contract.Capacity)[i]-m.Q(contract.Taken)[i]-m.Q(contract.Supplied)[i])*price[i])
		}
		cents[i], units[i] = x, unitsAt(x, price[i])
	}
	g.sale.sell(m, units, cents, g.c.Worth)
	m.Free(2)
}

// chargeAtSigning charges the fee that is due at signing.
func (g *boundGuarantee) chargeAtSigning(m *contract.Month) {
	amount := m.Temp()
	m.Agreed(g.gate, amount)
	vec.Scale(amount, amount, g.c.Fee.Cents)
	m.Post(g.fee, amount)
	m.Free(1)
}

// charge charges the yearly fee.
func (g *boundGuarantee) charge(m *contract.Month) {
	if m.T >= m.Grid().Term() || g.c.Fee.PerYear == 0 {
		return
	}
	amount := m.Temp()
	g.inForce(m, amount)
	vec.Mul(amount, amount, m.Q(contract.Live))
	vec.Mul(amount, amount, m.Solvent(g.c.payer(m.Buyer())))
	vec.Scale(amount, amount, g.c.Fee.PerYear*yearsOf(m.Grid(), m.T)*g.c.left(m.Grid(), m.T)**g.c.Cents)
	m.Post(g.fee, amount)
	m.Free(1)
}
