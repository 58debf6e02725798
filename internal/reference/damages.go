// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"math"

	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/unit"
)

// damages are those for delay, and what has come of them.
type damages struct {
	idle
	c       *clause.DelayDamages
	most    float64 // cents that may be paid in all
	short   int     // live steps in a row in which delivery was short
	paid    float64 // cents so far
	balance float64 // cents of credit
}

func newDamages(x clause.Clause, h *history) term {
	d := &damages{c: x.(*clause.DelayDamages), most: math.Inf(1)}
	if limit := d.c.Cap; limit != nil && limit.Kind == "amount" {
		d.most = limit.Cents
	} else if limit != nil {
		if k := find(h.commitments, limit.Of); k != nil {
			d.most = k.c.Total.Value * limit.Share
		}
	}
	return d
}

// meets tells whether a quantity comes to what it should, but for the rounding
// of decimals.
func meets(has, should float64) bool { return has >= should*(1-powerSlack) }

func (d *damages) asset() contract.Asset {
	return contract.Asset{Kind: contract.Credits, Of: d.c.Head().ID}
}

func (d *damages) gets(h *history, kind string, asset contract.Asset, cents float64) float64 {
	return h.post(Flow{From: h.in.Supplier, To: h.in.Buyer, Asset: asset, Kind: kind, Clause: d.c.Head().ID, Amount: cents})
}

func (d *damages) gives(h *history, kind string, cents float64) {
	h.post(Flow{From: h.in.Buyer, To: h.in.Supplier, Asset: d.asset(), Kind: kind, Clause: d.c.Head().ID, Amount: cents})
}

// bill pays the step's invoice for usage with what credit there is.
func (d *damages) bill(h *history) {
	used := h.chargeUsage(Flow{From: h.in.Supplier, To: h.in.Buyer, Kind: "damages_credit", Clause: d.c.Head().ID, Amount: clamp(d.balance, h.invoice)})
	d.gives(h, "credit_used", used)
	d.balance -= used
	h.invoice -= used
}

func (d *damages) reckon(h *history) {
	due := min(d.due(h), max(0, d.most-d.paid))
	if d.c.As == "cash" {
		d.paid += d.gets(h, "delay_damages", cash, due)
		return
	}
	given := d.gets(h, "credit_given", d.asset(), due)
	d.paid += given
	d.balance += given
	if h.leaving || h.overNow() {
		d.gives(h, "credit_used", d.balance)
		d.gets(h, "delay_damages", cash, d.balance)
		d.balance = 0
	}
}

// due is what the step's shortfall comes to.
func (d *damages) due(h *history) float64 {
	o := h.offer
	if len(h.capacities) == 0 || meets(o.delivered, o.promised) {
		d.short = 0
		return 0
	}
	d.short++
	if d.short <= h.grid.StepsIn(d.c.Grace) {
		return 0
	}
	due := d.c.PerGW * max(0, o.promisedGW-o.powerGW) * float64(h.grid.MonthsPerStep())
	if d.c.Per == "share" {
		due = d.c.Share * h.quoted * (o.promised - o.delivered)
	}
	return due * h.force(d.c.Head())
}

// end forgets a run of short steps where the step was not live.
func (d *damages) end(h *history) {
	if !h.live {
		d.short = 0
	}
}

func (d *damages) stocks(h *history) []Stock {
	return []Stock{{h.in.Buyer, d.asset(), d.balance}}
}

func printDamages(p *printer, x clause.Clause) {
	c := x.(*clause.DelayDamages)
	if c.Per == "share" {
		p.field("rate", "{share: "+unit.WriteRate(c.Share)+"}")
	} else {
		p.field("rate", "{per_gw: "+unit.WriteMoney(c.PerGW)+"}")
	}
	p.span("grace", c.Grace)
	if limit := c.Cap; limit != nil && limit.Kind == "amount" {
		p.field("cap", "{amount: "+unit.WriteMoney(limit.Cents)+"}")
	} else if limit != nil {
		p.field("cap", "{share: {rate: "+unit.WriteRate(limit.Share)+", of: "+scalar(limit.Of)+"}}")
	}
	p.unless("cash", "as", c.As)
}
