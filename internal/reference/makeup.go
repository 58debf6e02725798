// SPDX-License-Identifier: Apache-2.0

package reference

import "offtake/internal/contract"

func (k *commitment) inUnits() bool { return k.c.MakeUp != nil && k.c.MakeUp.In == "units" }

func (k *commitment) bankKind() contract.AssetKind {
	if k.inUnits() {
		return contract.MakeUpUnits
	}
	return contract.MakeUp
}

// move moves make-up, or another of the commitment's own assets.
func (k *commitment) move(h *history, f Flow, kind contract.AssetKind) float64 {
	f.Asset = contract.Asset{Kind: kind, Of: k.c.Head().ID}
	return h.post(f)
}

// creditMakeUp credits make-up until the period's credits come to the lesser
// of what is due and what there is.
func (k *commitment) creditMakeUp(h *history, due float64) {
	if k.c.MakeUp == nil {
		return
	}
	worth := k.bank.sum()
	if k.inUnits() {
		worth *= h.quoted
	}
	credited := h.chargeUsage(k.gets(h, "make_up", clamp(worth, due-k.madeUp)))
	k.madeUp += credited
	h.invoice -= credited
	taken := credited
	if k.inUnits() {
		taken = k.unitsFor(h, credited)
	}
	k.bank.take(taken)
	k.madeUpUnits += taken
	k.move(h, k.owes(h, "make_up_taken", taken), k.bankKind())
	if k.inUnits() && k.c.MakeUp.TopUp == "unpaid" {
		topUp := h.chargeUsage(k.owes(h, "top_up", (1-k.c.Deficiency)*credited))
		k.toppedUp += topUp
		h.invoice += topUp
	}
}

// unitsFor is what a credit is in units at the day's price.
func (k *commitment) unitsFor(h *history, cents float64) float64 {
	if cents == 0 {
		return 0
	}
	return min(k.bank.sum(), cents/h.quoted)
}

// life is for how many periods after its own a vintage can be taken; many,
// where there is no end.
func (k *commitment) life() int {
	m := k.c.MakeUp
	switch {
	case m.Life == 0:
		return k.periods.Count()
	case m.Expiry == "before_use":
		return m.Life - 1
	}
	return m.Life
}

// bankMakeUp puts the period's deficiency by, and drops what can be taken no
// more.
func (k *commitment) bankMakeUp(h *history, deficiency, paid float64, last bool) {
	if k.c.MakeUp == nil {
		return
	}
	fresh := paid
	if k.inUnits() {
		fresh = 0
		if h.quoted > 0 {
			fresh = deficiency / h.quoted
		}
	}
	k.bank.add(k.y, k.move(h, k.gets(h, "make_up_banked", fresh), k.bankKind()))
	lost := k.bank.lapse(k.y, k.life())
	if last {
		if k.c.MakeUp.AtEnd == "refunded" {
			k.refund(h)
		}
		lost += k.bank.empty()
	}
	k.move(h, k.owes(h, "make_up_expired", lost), k.bankKind())
}

// refund pays for what is left in the bank after the last period.
func (k *commitment) refund(h *history) {
	left := k.bank.sum()
	cents := left
	if k.inUnits() {
		cents = left * k.c.Deficiency * h.quoted
	}
	h.charge(k.gets(h, "refund", cents), k.c.NetMonths)
}
