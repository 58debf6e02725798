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
	price := 1.0
	if k.inUnits() {
		price = h.quoted
	}
	if price == 0 {
		return
	}
	taken := clamp(k.bank.sum(), (due-k.madeUp)/price)
	k.bank.take(taken)
	k.madeUpUnits += k.move(h, k.owes(h, "make_up_taken", taken), k.bankKind())
	credited := h.chargeUsage(k.gets(h, "make_up", taken*price))
	k.madeUp += credited
	h.invoice -= credited
	if k.inUnits() && k.c.MakeUp.TopUp == "unpaid" {
		topUp := h.chargeUsage(k.owes(h, "top_up", (1-k.c.Deficiency)*credited))
		k.toppedUp += topUp
		h.invoice += topUp
	}
}

// life is for how many periods after its own a vintage can be taken; many,
// where there is no end.
func (k *commitment) life() int {
	m := k.c.MakeUp
	switch {
	case m.Life == 0:
		return len(k.spans)
	case m.Expiry == "before_use":
		return m.Life - 1
	}
	return m.Life
}

// bankMakeUp puts the period's deficiency by, and drops what can be taken no
// more.
func (k *commitment) bankMakeUp(h *history, deficiency, paid float64) {
	if k.c.MakeUp == nil || k.life() == 0 {
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
	k.move(h, k.owes(h, "make_up_expired", k.bank.lapse(k.y, k.life())), k.bankKind())
}

// closeMakeUp loses or refunds what is left in the bank after the last period.
func (k *commitment) closeMakeUp(h *history) {
	left := k.bank.empty()
	if k.c.MakeUp == nil || k.c.MakeUp.AtEnd == "lost" {
		k.move(h, k.owes(h, "make_up_expired", left), k.bankKind())
		return
	}
	k.move(h, k.owes(h, "make_up_taken", left), k.bankKind())
	cents := left
	if k.inUnits() {
		cents = left * h.quoted * k.c.Deficiency
	}
	h.charge(k.gets(h, "refund", cents), k.c.NetMonths)
}
