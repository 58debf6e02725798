// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/unit"
	"offtake/internal/vec"
)

// pricing is a price laid out on a grid.
type pricing struct {
	c        *Price
	grid     *calendar.Grid
	gate     contract.Gate
	from     int    // first step in force
	here     []bool // by step: this is its price
	reviewed []bool // by step: a review falls in it
	index    contract.Index
	reviewTo contract.Index

	level       contract.Col // as reviewed: cents of a fixed price, or the share off list
	first, edge contract.Col // list in the first step, and the lowest or highest since
	gross       contract.Col // the contract year's spend at list
	given       contract.Col // the contract year's discount
	excess      contract.Col // cents to be refunded at the contract year's end

	usage, discount, favour contract.BillID
}

// Bind attaches the clause: in Quote it sets the price of the next unit, in
// Settle it bills what was taken, at list and less the discount.
func (c *Price) Bind(b *contract.Builder) {
	for _, q := range []contract.Quantity{contract.Price, contract.Spend, contract.Eligible} {
		b.Own(q, "price")
	}
	id := c.head.ID
	b.PayUsage(c.NetMonths / b.Grid().MonthsPerStep())
	p := &pricing{c: c, grid: b.Grid(), gate: c.head.gate(b), here: c.held(b.Grid()), reviewed: c.reviews(b.Grid()), index: c.Indexed.bind(b)}
	p.from, _ = c.head.steps(b.Grid())
	p.bindLines(b)
	p.claimColumns(b)
	if c.Review != nil && c.Review.To == "index" {
		p.reviewTo = b.Index(c.Review.Index)
	}
	if c.Review != nil {
		b.On(contract.Signing, id, func(m *contract.Month) { vec.Fill(m.Col(p.level), p.agreed()) })
	}
	b.On(contract.Pricing, id, p.quote)
	b.On(contract.Billing, id, p.bill)
}

func (p *pricing) bindLines(b *contract.Builder) {
	bill := func(from, to, kind string) contract.BillID {
		return b.Bill(contract.Line{From: from, To: to, Asset: contract.Asset{Kind: contract.Cash}, Kind: kind, Clause: p.c.head.ID, Role: contract.Use}, b.UsageNet())
	}
	p.usage = bill(b.Buyer(), b.Supplier(), "usage")
	listed := p.c.Fixed == nil
	for _, x := range p.c.Intro {
		listed = listed || x.Discount != nil
	}
	if listed {
		p.discount = bill(b.Supplier(), b.Buyer(), "discount")
	}
	if p.c.Favoured != nil {
		p.favour = bill(b.Supplier(), b.Buyer(), "most_favoured")
	}
}

func (p *pricing) claimColumns(b *contract.Builder) {
	c, id := p.c, p.c.head.ID
	if len(c.Tiers) > 0 {
		p.gross, p.given = b.Column(id+".gross_this_year"), b.Column(id+".discount_this_year")
	}
	if c.Review != nil {
		p.level = b.Column(id + ".level")
	}
	if c.Rebase != nil {
		p.first, p.edge = b.Column(id+".first_list"), b.Column(id+".edge_of_list")
	}
	if c.Favoured != nil && c.Favoured.Refund == "year_end" {
		p.excess = b.Column(id + ".excess_this_year")
	}
}

// agreed is the level before any review: cents of a fixed price, or the share
// off list.
func (p *pricing) agreed() float64 {
	if p.c.Fixed != nil {
		return *p.c.Fixed * unit.MinorPerMajor
	}
	return p.c.Discount
}

// listed tells whether the step is billed at list, less a share of it.
func (p *pricing) listed(t int) bool {
	if x := p.c.intro(p.grid, t); x != nil {
		return x.Discount != nil
	}
	return p.c.Fixed == nil
}

// tiered tells whether the step's spend reaches tiers.
func (p *pricing) tiered(t int) bool {
	return len(p.c.Tiers) > 0 && p.c.intro(p.grid, t) == nil
}

// flat is what the step's price is by the terms, where that is the same in all
// lanes: the share off list where the step is listed, else cents.
func (p *pricing) flat(t int) (level float64, is bool) {
	x := p.c.intro(p.grid, t)
	switch {
	case x != nil && x.Discount != nil:
		return *x.Discount, true
	case x != nil:
		return *x.Fixed * unit.MinorPerMajor, true
	case len(p.c.Tiers) > 0 || p.c.Review != nil || p.c.Rebase != nil:
		return 0, false
	}
	return p.agreed(), p.c.Fixed == nil || p.c.Indexed == nil
}

// terms is flat by lanes, whatever the terms.
func (p *pricing) terms(m *contract.Month, out []float64) {
	level, is := p.flat(m.T)
	switch {
	case is:
		vec.Fill(out, level)
	case p.tiered(m.T):
		for i, so := range m.Col(p.gross) {
			out[i] = p.c.tierAt(so)
		}
	default:
		p.main(m, out)
	}
}

// main is terms without introductory prices and tiers: K f of the page.
func (p *pricing) main(m *contract.Month, out []float64) {
	if p.c.Review != nil {
		vec.Copy(out, m.Col(p.level))
	} else {
		vec.Fill(out, p.agreed())
	}
	if p.c.Fixed != nil {
		p.c.Indexed.scale(m, p.index, out)
	}
	if p.c.Rebase == nil || m.T < p.from {
		return
	}
	first, edge, list := m.Col(p.first), m.Col(p.edge), m.Obs.Col[contract.List]
	for i := range out {
		switch {
		case p.c.Fixed != nil && first[i] > 0:
			out[i] *= edge[i] / first[i]
		case p.c.Fixed == nil && list[i] > 0:
			out[i] = 1 - min(1, (1-out[i])*(edge[i]/list[i]))
		}
	}
}

// remember begins a contract year, follows the list price, and reviews.
func (p *pricing) remember(m *contract.Month) {
	t := m.T
	if len(p.c.Tiers) > 0 && (t == 0 || p.grid.ContractYear(t) != p.grid.ContractYear(t-1)) {
		vec.Fill(m.Col(p.gross), 0)
		vec.Fill(m.Col(p.given), 0)
	}
	if p.c.Rebase != nil && t >= p.from {
		list, edge := m.Obs.Col[contract.List], m.Col(p.edge)
		switch {
		case t == p.from:
			vec.Copy(m.Col(p.first), list)
			vec.Copy(edge, list)
		case p.c.Fixed != nil:
			vec.Min(edge, edge, list)
		default:
			vec.Max(edge, edge, list)
		}
	}
	if p.reviewed[t] {
		p.review(m)
	}
}

// review sets the level so that the price of the day is what the review asks
// for.
func (p *pricing) review(m *contract.Month) {
	r, level, now := p.c.Review, m.Col(p.level), m.Temp()
	p.main(m, now)
	list := m.Obs.Col[contract.List]
	for i := range level {
		was := now[i]
		if p.c.Fixed == nil {
			was = list[i] * (1 - now[i])
		}
		to := float64(r.Share * p.target(m, i))
		if r.Floor != nil {
			to = max(to, *r.Floor*was)
		}
		if r.Cap != nil {
			to = min(to, *r.Cap*was)
		}
		switch r.Ratchet {
		case "up":
			to = max(to, was)
		case "down":
			to = min(to, was)
		}
		if f := p.factor(m, i); f > 0 {
			level[i] = to / f
			if p.c.Fixed == nil {
				level[i] = 1 - level[i]
			}
		}
	}
	m.Free(1)
}

// target is what a review sets the price to a share of, in cents.
func (p *pricing) target(m *contract.Month, i int) float64 {
	switch p.c.Review.To {
	case "list":
		return m.Obs.Col[contract.List][i]
	case "index":
		return m.Obs.Index[p.reviewTo][i] * unit.MinorPerMajor
	}
	return m.Obs.Col[contract.Market][i]
}

// factor is f of the page in lane i.
func (p *pricing) factor(m *contract.Month, i int) float64 {
	if p.c.Fixed == nil {
		if p.c.Rebase != nil {
			return m.Col(p.edge)[i]
		}
		return m.Obs.Col[contract.List][i]
	}
	f := 1.0
	if p.c.Indexed != nil {
		f = p.c.Indexed.factor(m.Obs.Index[p.index][i])
	}
	if p.c.Rebase != nil {
		if first := m.Col(p.first)[i]; first > 0 {
			f *= m.Col(p.edge)[i] / first
		}
	}
	return f
}

// quote sets the price of the next unit, if this is the step's price.
func (p *pricing) quote(m *contract.Month) {
	p.remember(m)
	if !p.here[m.T] {
		return
	}
	price, list, listed := m.Out(contract.Price), m.Obs.Col[contract.List], p.listed(m.T)
	capped := p.c.Favoured != nil && p.c.Favoured.Refund == "at_once"
	switch level, flat := p.flat(m.T); {
	case !flat || capped || !p.gate.Always():
		p.quoteLanes(m, price, list, listed, capped)
	case listed:
		vec.Scale(price, list, 1-level)
	default:
		vec.Fill(price, level)
	}
	m.Reduce(price)
}

// quoteLanes writes the price of the next unit lane by lane.
func (p *pricing) quoteLanes(m *contract.Month, price, list []float64, listed, capped bool) {
	now, force := m.Temp(), m.InForce(p.gate)
	p.terms(m, now)
	for i, x := range now {
		if listed {
			x = list[i] * (1 - x)
		}
		if capped {
			x = min(x, p.ceiling(m, i))
		}
		price[i] = float64(force[i]*x) + float64((1-force[i])*list[i])
	}
	m.Free(1)
}

// ceiling is what others pay, with what the price may be above it, in cents.
func (p *pricing) ceiling(m *contract.Month, i int) float64 {
	of := m.Obs.Col[contract.Market]
	if p.c.Favoured.Against == "list" {
		of = m.Obs.Col[contract.List]
	}
	return (1 + p.c.Favoured.Within) * of[i]
}

// bill invoices what was taken.
func (p *pricing) bill(m *contract.Month) {
	if p.here[m.T] {
		spend, force := m.Out(contract.Spend), m.InForce(p.gate)
		net := m.Temp() // what the units cost where the clause is in force, for favourNow
		if p.listed(m.T) {
			p.billListed(m, force, spend, net)
		} else {
			p.billFixed(m, force, spend, net)
		}
		if p.c.Favoured != nil {
			p.favourNow(m, force, spend, net)
		}
		m.BillReductions(spend)
		m.Add(contract.Eligible, spend)
		m.Free(1)
	}
	if p.c.Favoured != nil && p.c.Favoured.Refund == "year_end" {
		p.refund(m)
	}
}

// billListed bills at list, less the share off it.
func (p *pricing) billListed(m *contract.Month, force, spend, net []float64) {
	gross, off := m.Temp(), m.Temp()
	vec.Mul(gross, m.See(contract.Taken), m.Obs.Col[contract.List])
	m.Bill(p.usage, gross)
	m.Add(contract.Undiscounted, gross)
	switch level, flat := p.flat(m.T); {
	case flat && p.gate.Always() && p.c.Favoured == nil:
		vec.Scale(off, gross, level)
	case p.tiered(m.T):
		p.tierDiscount(m, force, gross, off)
		vec.Sub(net, gross, off)
		vec.Mul(off, off, force)
	default:
		p.terms(m, off)
		for i := range off {
			net[i] = gross[i] * (1 - off[i])
			off[i] *= force[i]
		}
		vec.Mul(off, gross, off)
	}
	m.Bill(p.discount, off)
	vec.Sub(spend, gross, off)
	m.Free(2)
}

// billFixed bills at the price by the terms, or at list where the clause is
// not in force.
func (p *pricing) billFixed(m *contract.Month, force, spend, net []float64) {
	taken, list := m.See(contract.Taken), m.Obs.Col[contract.List]
	p.terms(m, net)
	for i := range spend {
		spend[i] = taken[i] * (float64(force[i]*net[i]) + float64((1-force[i])*list[i]))
	}
	vec.Mul(net, net, taken)
	m.Bill(p.usage, spend)
	m.Add(contract.Undiscounted, spend)
}

// favourNow bills back what is above the ceiling, or notes it for the contract
// year's end.
func (p *pricing) favourNow(m *contract.Month, force, spend, net []float64) {
	over, taken := m.Temp(), m.See(contract.Taken)
	for i := range over {
		over[i] = force[i] * max(0, net[i]-float64(taken[i]*p.ceiling(m, i)))
	}
	if p.c.Favoured.Refund == "at_once" {
		m.Bill(p.favour, over)
		vec.Sub(spend, spend, over)
	} else {
		vec.Accumulate(m.Col(p.excess), over)
	}
	m.Free(1)
}

// refund pays back at the contract year's end, or where the buyer leaves, what
// was above the ceiling.
func (p *pricing) refund(m *contract.Month) {
	t := m.T
	if t >= p.grid.Term() {
		return
	}
	back, excess := m.Temp(), m.Col(p.excess)
	ends := t == p.grid.Term()-1 || p.grid.ContractYear(t+1) != p.grid.ContractYear(t)
	vec.Copy(back, m.Q(contract.Exiting))
	if ends {
		vec.Copy(back, m.Q(contract.Live))
	}
	vec.Mul(back, back, excess)
	m.Bill(p.favour, back)
	if ends {
		vec.Fill(excess, 0)
	}
	m.Free(1)
}
