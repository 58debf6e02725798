// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/unit"
)

// pricing is a price clause and what it remembers of the contract year.
type pricing struct {
	c          *clause.Price
	year       int
	grossCents float64 // the year's spend at list
	offCents   float64 // the year's discount, as billed
}

// quote is the price of the next unit in cents.
func (p *pricing) quote(h *history) float64 {
	if year := h.grid.ContractYear(h.t); year != p.year {
		p.year, p.grossCents, p.offCents = year, 0, 0
	}
	list := h.obs.Obs[contract.List]
	switch {
	case p.c.Fixed != nil:
		return *p.c.Fixed * unit.MinorPerMajor
	case len(p.c.Tiers) > 0:
		return list * (1 - p.tierDiscount())
	}
	return list * (1 - p.c.Discount)
}

// tierDiscount is the discount of the tier that the year's spend has reached.
func (p *pricing) tierDiscount() float64 {
	discount := 0.0
	for _, t := range p.c.Tiers {
		if p.grossCents >= t.FromCents {
			discount = t.Discount
		}
	}
	return discount
}

// bill charges what was taken, and the discount the other way.
func (p *pricing) bill(h *history) {
	list := h.obs.Obs[contract.List]
	if p.c.Fixed != nil {
		list = *p.c.Fixed * unit.MinorPerMajor
	}
	id := p.c.Head().ID
	usage := h.chargeUsage(Flow{From: h.in.Buyer, To: h.in.Supplier, Kind: "usage", Clause: id, Amount: h.taken * list})
	p.grossCents += usage
	off := h.chargeUsage(Flow{From: h.in.Supplier, To: h.in.Buyer, Kind: "discount", Clause: id, Amount: p.discount(usage)})
	p.offCents += off
	h.spend = usage - off
	h.invoice = h.spend
}

// discount is what the step's usage earns.
func (p *pricing) discount(usage float64) float64 {
	switch {
	case p.c.Fixed != nil:
		return 0
	case len(p.c.Tiers) == 0:
		return usage * p.c.Discount
	case p.c.Retroactive:
		return max(0, float64(p.grossCents*p.tierDiscount())-p.offCents)
	}
	return max(0, p.marginal()-p.offCents)
}

// marginal is the discount on the year's spend, each part at its own tier's.
func (p *pricing) marginal() float64 {
	sum := 0.0
	for i, t := range p.c.Tiers {
		upTo := p.grossCents
		if i+1 < len(p.c.Tiers) {
			upTo = min(upTo, p.c.Tiers[i+1].FromCents)
		}
		sum += float64(t.Discount * max(0, upTo-t.FromCents))
	}
	return sum
}
