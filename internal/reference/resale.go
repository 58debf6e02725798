// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/unit"
)

// resale is a right to sell on, and what is sold in the running step.
type resale struct {
	idle
	c     *clause.Resale
	offer float64 // units
	units float64
}

func newResale(c clause.Clause, _ *history) term { return &resale{c: c.(*clause.Resale)} }

func (r *resale) stand(h *history) {
	r.offer, r.units = 0, 0
	if len(h.capacities) > 0 {
		r.offer = h.force(r.c.Head()) * r.c.Share * h.offer.units
	}
}

// take takes what is sold on top of what the buyer runs.
func (r *resale) take(h *history) {
	r.units = min(clamp(h.elected(r.c.Head().ID+".resell"), r.offer), max(0, h.offer.units-h.taken))
	h.taken += r.units
	h.step.Taken = h.taken
}

func (r *resale) reckon(h *history) {
	id := r.c.Head().ID
	fetch := h.obs.Obs[contract.Market] * (1 - r.c.Haircut)
	h.post(Flow{From: contract.Outside, To: h.in.Buyer, Asset: cash, Kind: "resale", Clause: id, Amount: r.units * fetch})
	h.chargeUsage(Flow{From: h.in.Buyer, To: h.in.Supplier, Kind: "resale_share", Clause: id,
		Amount: r.units * (r.c.SupplierShare * max(0, fetch-h.quoted))})
}

func printResale(p *printer, x clause.Clause) {
	c := x.(*clause.Resale)
	p.unless("100%", "share", unit.WriteRate(c.Share))
	p.unless("0%", "haircut", unit.WriteRate(c.Haircut))
	p.unless("0%", "supplier_share", unit.WriteRate(c.SupplierShare))
}
