// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"math"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/unit"
)

// pricing is a price clause and what it remembers.
type pricing struct {
	c          *clause.Price
	year       int
	grossCents float64 // the year's spend at list
	offCents   float64 // the year's discount, as billed where the clause is in force
	overCents  float64 // the year's bills above what others pay, to be refunded
	cents      float64 // a fixed price, as last reviewed
	off        float64 // or the share off list, as last reviewed
	reviews    int     // that have fallen so far
	seen       []float64
}

func newPricing(c *clause.Price) *pricing {
	p := &pricing{c: c, off: c.Discount}
	if c.Fixed != nil {
		p.cents = *c.Fixed * unit.MinorPerMajor
	}
	return p
}

// priceOf is the price that the running step belongs to.
func (h *history) priceOf() *pricing {
	at := h.grid.StepStart(h.t)
	var before, soonest *pricing
	for _, p := range h.prices {
		head := p.c.Head()
		ended := !head.Until.IsZero() && !at.Before(head.Until)
		switch {
		case !ended && !at.Before(head.Since):
			return p
		case ended && (before == nil || before.c.Head().Until.Before(head.Until)):
			before = p
		}
		if soonest == nil || head.Since.Before(soonest.c.Head().Since) {
			soonest = p
		}
	}
	if before != nil {
		return before
	}
	return soonest
}

// begins is the first day on which the price is in force.
func (p *pricing) begins(h *history) calendar.Date {
	if since := p.c.Head().Since; since.After(h.grid.Start()) {
		return since
	}
	return h.grid.Start()
}

// follow is what happens to the price in every step, whether it is the step's
// or not.
func (p *pricing) follow(h *history) {
	if year := h.grid.ContractYear(h.t); year != p.year {
		p.year, p.grossCents, p.offCents = year, 0, 0
	}
	today := h.grid.StepStart(h.t)
	if !today.Before(p.begins(h)) {
		p.seen = append(p.seen, h.list())
	}
	if p.c.Review == nil {
		return
	}
	due := 0
	every := p.c.Review.Every
	for !p.begins(h).Add(calendar.Span{Months: (p.reviews + due + 1) * every.Months, Days: (p.reviews + due + 1) * every.Days}).After(today) {
		due++
	}
	if due > 0 {
		p.reviews += due
		p.review(h)
	}
}

func (h *history) list() float64 { return h.obs.Obs[contract.List] }

// highest is the highest list price since the first step.
func (p *pricing) highest() float64 {
	highest := 0.0
	for _, x := range p.seen {
		highest = max(highest, x)
	}
	return highest
}

// share is what is taken off list, without tiers and introductory prices.
func (p *pricing) share(h *history) float64 {
	if p.c.Rebase == nil || len(p.seen) == 0 || h.list() == 0 {
		return p.off
	}
	return 1 - min(1, (1-p.off)*(p.highest()/h.list()))
}

func (p *pricing) indexFactor(h *history) float64 {
	if p.c.Indexed == nil {
		return 1
	}
	return moved(p.c.Indexed, h)
}

// moved is the factor by which an index moves an amount.
func moved(x *clause.Indexation, h *history) float64 {
	f := 1 + float64(x.Share*(h.index(x.Index)/x.Base-1))
	low, high := 0.0, math.Inf(1)
	if x.Floor != nil {
		low = *x.Floor
	}
	if x.Cap != nil {
		high = *x.Cap
	}
	return min(high, max(low, f, 0))
}

// listCut is how far list has fallen since the first step.
func (p *pricing) listCut() float64 {
	if p.c.Rebase == nil || len(p.seen) == 0 || p.seen[0] == 0 {
		return 1
	}
	lowest := p.seen[0]
	for _, x := range p.seen {
		lowest = min(lowest, x)
	}
	return lowest / p.seen[0]
}

// main is the price by the terms without tiers and introductory prices.
func (p *pricing) main(h *history) float64 {
	if p.c.Fixed != nil {
		return p.cents * p.indexFactor(h) * p.listCut()
	}
	return h.list() * (1 - p.share(h))
}

func (p *pricing) review(h *history) {
	r, was := p.c.Review, p.main(h)
	to := r.Share * h.obs.Obs[contract.Market]
	if r.To == "list" {
		to = r.Share * h.list()
	} else if r.To == "index" {
		to = r.Share * (h.index(r.Index) * unit.MinorPerMajor)
	}
	if r.Floor != nil && to < *r.Floor*was {
		to = *r.Floor * was
	}
	if r.Cap != nil && to > *r.Cap*was {
		to = *r.Cap * was
	}
	if r.Ratchet == "up" && to < was || r.Ratchet == "down" && to > was {
		to = was
	}
	if p.c.Fixed != nil {
		if moves := p.indexFactor(h) * p.listCut(); moves > 0 {
			p.cents = to / moves
		}
		return
	}
	base := h.list()
	if p.c.Rebase != nil {
		base = p.highest()
	}
	if base > 0 {
		p.off = 1 - to/base
	}
}

// intro is the introductory price of the step, nil where there is none.
func (p *pricing) intro(h *history) *clause.Intro {
	for i, x := range p.c.Intro {
		if x.Until.After(h.grid.StepStart(h.t)) {
			return &p.c.Intro[i]
		}
	}
	return nil
}

// terms is the price of the next unit by the terms: P of the page.
func (p *pricing) terms(h *history) float64 {
	switch x := p.intro(h); {
	case x != nil && x.Fixed != nil:
		return *x.Fixed * unit.MinorPerMajor
	case x != nil:
		return h.list() * (1 - *x.Discount)
	case len(p.c.Tiers) > 0:
		return h.list() * (1 - p.tierDiscount())
	}
	return p.main(h)
}

// ceiling is the most that the price may be; no limit where nothing is
// promised.
func (p *pricing) ceiling(h *history) float64 {
	x := p.c.Favoured
	if x == nil {
		return math.Inf(1)
	}
	if x.Against == "list" {
		return h.list() * (1 + x.Within)
	}
	return h.obs.Obs[contract.Market] * (1 + x.Within)
}

// quote is the price of the next unit in cents.
func (p *pricing) quote(h *history) float64 {
	price := p.terms(h)
	if p.c.Favoured != nil && p.c.Favoured.Refund == "at_once" {
		price = min(price, p.ceiling(h))
	}
	w := h.force(p.c.Head())
	price = float64(w*price) + float64((1-w)*h.list())
	left := 1.0
	for _, x := range h.terms {
		if x, ok := x.(reducer); ok {
			left -= x.reduction()
		}
	}
	return price * max(0, left)
}

// A reducer is a term that gives back a share of the price.
type reducer interface {
	reduction() float64 // the share
	giveBack(h *history, cents float64) float64
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

// owes is a bill of the buyer on the clause, gets one of the supplier.
func (p *pricing) owes(h *history, kind string, cents float64) float64 {
	return h.chargeUsage(Flow{From: h.in.Buyer, To: h.in.Supplier, Kind: kind, Clause: p.c.Head().ID, Amount: cents})
}

func (p *pricing) gets(h *history, kind string, cents float64) float64 {
	return h.chargeUsage(Flow{From: h.in.Supplier, To: h.in.Buyer, Kind: kind, Clause: p.c.Head().ID, Amount: cents})
}

// bill charges what was taken, and what lowers it the other way.
func (p *pricing) bill(h *history) {
	w, x := h.force(p.c.Head()), p.intro(h)
	var full float64 // what the units cost where the clause is in force
	switch {
	case x != nil && x.Discount == nil || x == nil && p.c.Fixed != nil:
		full = h.taken * p.terms(h)
		h.undiscounted = p.owes(h, "usage", h.taken*(float64(w*p.terms(h))+float64((1-w)*h.list())))
		h.spend = h.undiscounted
	default:
		usage := p.owes(h, "usage", h.taken*h.list())
		h.undiscounted = usage
		var off float64
		full, off = p.discounted(h, usage, w)
		h.spend = usage - p.gets(h, "discount", off)
	}
	if p.c.Favoured != nil {
		over := float64(w * max(0, full-float64(h.taken*p.ceiling(h))))
		if p.c.Favoured.Refund == "at_once" {
			h.spend -= p.gets(h, "most_favoured", over)
		} else {
			p.overCents += over
		}
	}
	h.billReductions()
}

// billReductions gives back what others than the price take off it.
func (h *history) billReductions() {
	gross := h.spend
	for _, x := range h.terms {
		if x, ok := x.(reducer); ok {
			h.spend -= x.giveBack(h, gross*x.reduction())
		}
	}
}

// discounted is what the step's usage costs where the clause is in force, and
// the discount that is billed.
func (p *pricing) discounted(h *history, usage, w float64) (full, off float64) {
	if x := p.intro(h); x != nil {
		return usage * (1 - *x.Discount), usage * (*x.Discount * w)
	}
	if len(p.c.Tiers) == 0 {
		return usage * (1 - p.share(h)), usage * (p.share(h) * w)
	}
	if w == 0 {
		return usage, 0
	}
	p.grossCents += usage
	sum := p.marginal()
	if p.c.Retroactive {
		sum = p.grossCents * p.tierDiscount()
	}
	off = h.cents(max(0, sum-p.offCents))
	p.offCents += off
	return usage - off, w * off
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

// refund pays back, at the contract year's end, what was above what others pay.
func (p *pricing) refund(h *history) {
	lastOfYear := h.overNow() || h.grid.ContractYear(h.t+1) > h.grid.ContractYear(h.t)
	if p.c.Favoured == nil || !lastOfYear && !h.leaving {
		return
	}
	h.invoice -= p.gets(h, "most_favoured", p.overCents)
	p.overCents = 0
}
