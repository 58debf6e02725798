// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"offtake/internal/clause"
	"offtake/internal/unit"
)

// revenueShare is a share of a stream, and what of it was paid.
type revenueShare struct {
	idle
	c    *clause.RevenueShare
	paid float64 // cents
	over bool    // the payer failed
}

func newRevenueShare(c clause.Clause, _ *history) term {
	return &revenueShare{c: c.(*clause.RevenueShare)}
}

func (r *revenueShare) fund(h *history) {
	head := r.c.Head()
	if r.over = r.over || !h.solventParty(head.From); r.over || h.t >= h.grid.Term() {
		return
	}
	due := h.force(head) * (h.index(r.c.Of) * unit.MinorPerMajor * r.c.Share / float64(h.grid.StepsPerYear()))
	if r.c.Cap != nil {
		due = clamp(due, *r.c.Cap-r.paid)
	}
	r.paid += h.post(Flow{From: head.From, To: head.To, Asset: cash, Kind: "revenue_share", Clause: head.ID, Amount: due})
}

func printRevenueShare(p *printer, x clause.Clause) {
	c := x.(*clause.RevenueShare)
	p.field("of", scalar(c.Of))
	p.field("share", unit.WriteRate(c.Share))
	if c.Cap != nil {
		p.field("cap", unit.WriteMoney(*c.Cap))
	}
	p.unless("revenue", "base", c.Base)
}
