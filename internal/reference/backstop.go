// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"math"

	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/unit"
)

// backstop is a backstop clause, and what was paid under it.
type backstop struct {
	idle
	c    *clause.Backstop
	paid float64 // cents
}

func newBackstop(c clause.Clause, _ *history) term { return &backstop{c: c.(*clause.Backstop)} }

// unsold is the units that are delivered and that nobody has.
func (h *history) unsold() float64 { return max(0, h.offer.units-h.taken-h.served) }

// serve has a third party pay for units.
func (h *history) serve(head *clause.Head, kind string, units, cents, worth float64) float64 {
	h.served += units
	h.post(Flow{From: h.in.Supplier, To: head.From, Asset: contract.Asset{Kind: contract.InKind, Of: head.ID}, Kind: kind + "_served", Clause: head.ID,
		Amount: units * h.obs.Obs[contract.Market] * worth})
	return h.post(Flow{From: head.From, To: h.in.Supplier, Asset: cash, Kind: kind, Clause: head.ID, Amount: cents})
}

func (b *backstop) fund(h *history) {
	head := b.c.Head()
	if h.t >= h.grid.Term() || math.IsInf(h.offer.units, 1) || !h.solventParty(head.From) || !h.solventParty(head.To) {
		return
	}
	price := b.price(h)
	units := h.force(head) * h.unsold()
	cents := units * price
	if b.c.Total != nil {
		if room := max(0, *b.c.Total-b.paid); cents > room {
			units, cents = room/price, room
		}
	}
	b.paid += h.serve(head, "backstop", units, cents, b.c.Worth)
}

func (b *backstop) price(h *history) float64 {
	switch p := b.c.Price; {
	case p.Fixed != nil:
		return *p.Fixed * unit.MinorPerMajor
	case p.List != nil:
		return *p.List * h.obs.Obs[contract.List]
	default:
		return *p.Market * h.obs.Obs[contract.Market]
	}
}

func printBackstop(p *printer, x clause.Clause) {
	c := x.(*clause.Backstop)
	switch {
	case c.Price.Fixed != nil:
		p.field("price", "{fixed: "+unit.WriteNumber(*c.Price.Fixed)+"}")
	case c.Price.List != nil:
		p.field("price", "{list: "+unit.WriteRate(*c.Price.List)+"}")
	default:
		p.field("price", "{market: "+unit.WriteRate(*c.Price.Market)+"}")
	}
	if c.Total != nil {
		p.field("total", unit.WriteMoney(*c.Total))
	}
	p.unless("100%", "worth", unit.WriteRate(c.Worth))
}
