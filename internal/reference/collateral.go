// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/unit"
)

// collateral is cash in an account, and how much was locked at first.
type collateral struct {
	idle
	c       *clause.Collateral
	locked  float64 // cents
	balance float64 // cents
}

func newCollateral(c clause.Clause, _ *history) term {
	return &collateral{c: c.(*clause.Collateral)}
}

// move moves cash and the claim upon the account, in toward the account.
func (k *collateral) move(h *history, kind string, cents float64, in bool) float64 {
	head := k.c.Head()
	money := Flow{From: head.From, To: contract.Outside, Asset: cash, Kind: kind, Clause: head.ID, Amount: cents}
	held := Flow{From: contract.Outside, To: head.From, Asset: contract.Asset{Kind: contract.Deposit, Of: head.ID}, Kind: kind, Clause: head.ID, Amount: cents}
	if !in {
		money.From, money.To, held.From, held.To = money.To, money.From, held.To, held.From
	}
	h.post(held)
	return h.post(money)
}

func (k *collateral) lock(h *history, cents float64) {
	k.locked = k.move(h, "collateral_locked", cents*h.force(k.c.Head()), true)
	k.balance = k.locked
}

func (k *collateral) release(h *history, cents float64) {
	k.balance -= k.move(h, "collateral_released", cents, false)
}

func (k *collateral) sign(h *history) {
	if k.c.At.IsZero() && k.c.Cents != nil {
		k.lock(h, *k.c.Cents)
	}
}

// asClaimed is what would be claimed for minimums if the buyer failed now.
func (h *history) asClaimed() float64 {
	sum := 0.0
	for _, k := range h.commitments {
		if k.outer == nil {
			claim, _ := k.remaining(h)
			sum += claim
		}
	}
	return sum
}

// stand notes what would be claimed, before the step's spend.
func (k *collateral) stand(h *history) {
	h.claimable = 0
	if h.t < h.grid.Term() {
		h.claimable = h.asClaimed()
	}
}

func (k *collateral) fund(h *history) {
	head := k.c.Head()
	h.post(Flow{From: contract.Outside, To: head.From, Asset: cash, Kind: "collateral_interest", Clause: head.ID, Amount: k.balance * k.c.Interest * h.lasts(h.t)})
	if h.solventParty(head.From) {
		k.release(h, max(0, k.balance-k.most(h)))
	}
	if h.live && h.solventParty(head.From) && k.falls(h) {
		cents := 0.0
		if k.c.Cents != nil {
			cents = *k.c.Cents
		} else {
			cents = h.claimable * *k.c.Share
		}
		k.lock(h, cents)
	}
}

// falls tells whether the cash is locked in the running step.
func (k *collateral) falls(h *history) bool {
	if k.c.At.IsZero() {
		return k.c.Share != nil && h.t == 0
	}
	return h.holds(k.c.At)
}

// most is how much need stay locked.
func (k *collateral) most(h *history) float64 {
	part := 1.0
	for _, x := range k.c.Release {
		if x.At.Before(h.grid.StepEnd(h.t)) {
			part -= x.Share
		}
	}
	most := h.cents(max(0, part) * k.locked)
	if k.c.Share != nil && h.live {
		most = min(most, h.cents(*k.c.Share*h.claimable))
	}
	return most
}

func (k *collateral) secure(h *history) {
	head := k.c.Head()
	k.release(h, h.meet(head, "collateral", head.ID, k.balance, h.claimed(head.From, head.To, k.c.Secures)))
}

// end gives back what is left, once it is over and all is paid.
func (k *collateral) end(h *history) {
	unpaid := 0.0
	for _, d := range h.dues {
		if d.bill.From == h.in.Buyer {
			unpaid += d.bill.Amount
		} else {
			unpaid -= d.bill.Amount
		}
	}
	over := h.ended || h.t >= h.grid.Term()-1
	if over && unpaid < 0.5 || h.t == h.grid.Steps()-1 {
		k.release(h, k.balance)
	}
}

func (k *collateral) stocks(*history) []Stock {
	return []Stock{{k.c.Head().From, contract.Asset{Kind: contract.Deposit, Of: k.c.Head().ID}, k.balance}}
}

func printCollateral(p *printer, x clause.Clause) {
	c := x.(*clause.Collateral)
	if c.Cents != nil {
		p.field("locked", "{amount: "+unit.WriteMoney(*c.Cents)+"}")
	} else {
		p.field("locked", "{share: "+unit.WriteRate(*c.Share)+"}")
	}
	p.date("at", c.At)
	p.unless("0%", "interest", unit.WriteRate(c.Interest))
	if len(c.Release) > 0 {
		p.line(6, "release:")
	}
	for _, x := range c.Release {
		p.line(8, "- {at: %s, share: %s}", x.At, unit.WriteRate(x.Share))
	}
	p.unless("", "secures", scalar(c.Secures))
}
