// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// fund pays deposit and outlay as the lease comes into force.
func (k *letting) fund(m *contract.Month) {
	if !k.within(m.T) {
		return
	}
	fresh, amount, placed := m.Temp(), m.Temp(), m.Col(k.placed)
	k.runs(m, fresh)
	m.Force(k.gate, amount)
	for i := range fresh {
		fresh[i] *= max(0, amount[i]-placed[i])
	}
	vec.Accumulate(placed, fresh)
	if k.c.Outlay > 0 {
		slope := m.Col(k.slope)
		vec.Scale(amount, fresh, k.c.Outlay)
		m.Post(k.spent, amount)
		for i := range slope {
			slope[i] += (amount[i] - float64(fresh[i]*k.residual())) / float64(k.end-m.T+1)
		}
	}
	if k.c.Deposit > 0 {
		vec.Scale(amount, fresh, k.c.Deposit)
		m.Post(k.give, amount)
		m.Post(k.holds, amount)
		vec.Accumulate(m.Col(k.held), amount)
	}
	m.Free(2)
}

// residual is what the thing is worth at the end where no index moves it.
func (k *letting) residual() float64 {
	if k.c.Residual == nil {
		return 0
	}
	return k.c.Residual.Cents
}

// remains writes what all of the thing is worth at the end of the lease, as
// the index stands in this step.
func (k *letting) remains(m *contract.Month, out []float64) {
	vec.Fill(out, k.residual())
	if k.c.Residual != nil {
		k.c.Residual.Indexed.scale(m, k.bought, out)
	}
}

// price writes what the tenant may buy all of it for.
func (k *letting) price(m *contract.Month, out []float64) {
	if x := k.c.Purchase; x.Cents != nil {
		vec.Fill(out, *x.Cents)
	} else {
		k.remains(m, out)
		vec.Scale(out, out, *x.Fair)
	}
}

// offer lets the tenant buy in the last step, where that is for less than the
// thing is worth.
func (k *letting) offer(m *contract.Month) {
	if m.T != k.last {
		return
	}
	offer, worth, price := m.Offer(k.option), m.Temp(), m.Temp()
	k.remains(m, worth)
	k.price(m, price)
	k.runs(m, offer)
	for i := range offer {
		m.Worth(k.option)[i] = worth[i] / price[i]
		if price[i] >= worth[i] {
			offer[i] = 0
		}
	}
	m.Free(2)
}

// purchase sells what the tenant elected to buy.
func (k *letting) purchase(m *contract.Month) {
	if m.T != k.last {
		return
	}
	share, amount := m.Temp(), m.Temp()
	vec.Mul(share, m.Chosen(k.option), m.Col(k.placed))
	k.price(m, amount)
	vec.Mul(amount, amount, share)
	m.Post(k.buy, amount)
	k.remains(m, amount)
	vec.Mul(amount, amount, share)
	m.Post(k.sold, amount)
	m.Free(2)
}

// settle ends the lease, in its last step or before: what was let goes back to
// the landlord, and the deposit to the tenant, unless one of them failed.
func (k *letting) settle(m *contract.Month) {
	if !k.within(m.T) {
		return
	}
	over, failed := m.Temp(), m.Temp()
	k.overNow(m, over, failed)
	if k.c.Outlay > 0 {
		back, slope, placed := m.Temp(), m.Col(k.slope), m.Col(k.placed)
		k.remains(m, back)
		for i := range back {
			back[i] = over[i] * (float64(back[i]*placed[i]) + float64(slope[i]*float64(k.end-m.T)))
		}
		m.Post(k.back, back)
		m.Free(1)
	}
	if k.c.Deposit > 0 {
		k.clearDeposit(m, over, failed)
	}
	vec.Sub(m.Col(k.on), m.Col(k.on), over)
	m.Free(2)
}

// overNow writes 1 where the lease ends in this step, and where that is because
// landlord or tenant fails.
func (k *letting) overNow(m *contract.Month, over, failed []float64) {
	ends(m, over)
	if m.T == k.last {
		vec.Max(over, over, m.Q(contract.Live))
	}
	vec.Fill(failed, 0)
	for _, party := range []string{k.c.head.From, k.c.head.To} {
		switch party {
		case m.Buyer():
			vec.Max(failed, failed, m.Q(contract.Defaulting))
		case m.Supplier():
			vec.Max(failed, failed, m.Q(contract.SupplierFailing))
		default:
			for i, solvent := range m.Solvent(party) {
				failed[i] = max(failed[i], 1-solvent)
			}
		}
	}
	vec.Max(over, over, failed)
	vec.Mul(over, over, m.Col(k.on))
}

// clearDeposit gives the deposit back, or leaves it with the landlord or its
// estate.
func (k *letting) clearDeposit(m *contract.Month, over, failed []float64) {
	held, amount := m.Col(k.held), m.Temp()
	for i := range amount {
		amount[i] = over[i] * (1 - failed[i]) * held[i]
	}
	m.Post(k.take, amount)
	m.Post(k.clears, amount)
	for i := range amount {
		amount[i] = over[i] * failed[i] * held[i]
	}
	m.Post(k.loses, amount)
	vec.Select(held, over, m.Zero(), held)
	m.Free(1)
}
