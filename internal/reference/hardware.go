// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"offtake/internal/clause"
	"offtake/internal/contract"
)

// hardware is a hardware clause and what was paid under it.
type hardware struct {
	idle
	c      *clause.Hardware
	paid   []payment
	peakGW float64
	done   float64 // how far what was paid lowers the price, in the running step
}

type payment struct {
	step  int
	cents float64
}

func newHardware(c clause.Clause, _ *history) term { return &hardware{c: c.(*clause.Hardware)} }

func (k *hardware) sum() float64 {
	sum := 0.0
	for _, p := range k.paid {
		sum += p.cents
	}
	return sum
}

func (k *hardware) supply(h *history) {
	k.done = 0
	all := k.c.PerGW * k.peakGW
	if k.c.PerGW == 0 {
		all = k.c.Total()
	}
	if all > 0 {
		k.done = k.sum() / all
	}
	h.bear(k.c.LowersCost, k.done)
}

// bear notes what others bear of the supplier's cost.
func (h *history) bear(x *clause.Borne, apply float64) {
	if x == nil {
		return
	}
	for i, share := range []float64{x.Sunk, x.Scarce, x.Build} {
		h.step.Borne[i] += float64(apply * share)
	}
}

func (k *hardware) reduction() float64 { return k.c.LowersPrice * k.done }

func (k *hardware) giveBack(h *history, cents float64) float64 {
	return h.chargeUsage(Flow{From: h.in.Supplier, To: h.in.Buyer, Kind: "hardware_discount", Clause: k.c.Head().ID, Amount: cents})
}

func (k *hardware) sign(h *history) {
	owed := k.c.Upfront
	for _, p := range k.c.Parts {
		if p.At.IsZero() {
			owed += p.Cents
		}
	}
	k.pay(h, owed)
}

func (k *hardware) fund(h *history) {
	owed := 0.0
	for _, p := range k.c.Parts {
		if !p.At.IsZero() && !p.At.Before(h.grid.StepStart(h.t)) && p.At.Before(h.grid.StepEnd(h.t)) {
			owed += p.Cents
		}
	}
	if more := h.offer.powerGW - k.peakGW; more > 0 {
		owed += float64(k.c.PerGW * more)
		k.peakGW += more
	}
	if h.live {
		k.pay(h, owed)
	}
}

func (k *hardware) pay(h *history, owed float64) {
	to := contract.Outside
	if k.c.How == "prepaid" {
		to = h.in.Supplier
	}
	cents := h.post(Flow{From: h.in.Buyer, To: to, Asset: cash, Kind: "hardware", Clause: k.c.Head().ID, Amount: h.force(k.c.Head()) * owed})
	k.paid = append(k.paid, payment{h.t, cents})
}

// end gives the machines to who has title when the agreement ends.
func (k *hardware) end(h *history) {
	if !h.agreementEnds() {
		return
	}
	from, to := contract.Outside, h.in.Buyer
	if k.c.Title == "supplier" {
		to = h.in.Supplier
	}
	if k.c.How == "prepaid" {
		from = h.in.Supplier
	}
	if from == to {
		return
	}
	last, falls := h.grid.Signed()-1, 0.0 // by how much worth falls each step
	for _, p := range k.paid {
		if p.step < last {
			falls += p.cents * (1 - k.c.Residual) / float64(last-p.step)
		}
	}
	worth := float64(k.c.Residual*k.sum()) + float64(falls*float64(max(0, last-h.t)))
	h.post(Flow{From: from, To: to, Asset: contract.Asset{Kind: contract.InKind, Of: k.c.Head().ID}, Kind: "title", Clause: k.c.Head().ID, Amount: worth})
}

// agreementEnds tells whether the running step is the agreement's last.
func (h *history) agreementEnds() bool {
	return h.broken || h.live && (h.leaving || h.overNow())
}
