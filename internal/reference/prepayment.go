// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/unit"
	"offtake/internal/vec"
)

// prepayment is a prepayment clause and what is left of its payments.
type prepayment struct {
	idle
	c        *clause.Prepayment
	payments []*advance // oldest first
}

// advance is a part of a prepayment.
type advance struct {
	cents   float64
	at      int // step; -1 for the signing
	from    int // the step from which on it may be credited
	left    float64
	offered float64 // of that, in the running step
	paid    float64
}

func newPrepayment(c clause.Clause, h *history) term {
	p := &prepayment{c: c.(*clause.Prepayment)}
	for t := -1; t < h.grid.Term(); t++ {
		for _, x := range p.agreed(h) {
			if x.step == t {
				from := max(t+1, stepOnOrAfter(moment(p.c.Credited.From, x.counted, x.day), h.grid))
				if p.c.Credited.How == "last" {
					from = max(from, h.grid.Signed()-p.over(h))
				}
				p.payments = append(p.payments, &advance{cents: x.cents, at: t, from: from})
			}
		}
	}
	return p
}

// dated is an amount to be paid on a day, and the day from which on time is
// counted until it is credited.
type dated struct {
	step         int // -1 for the signing
	day, counted calendar.Date
	cents        float64
}

// agreed are the payments as the clause has them.
func (p *prepayment) agreed(h *history) []dated {
	total, signing := p.c.Amount.Value, h.grid.Valuation()
	if p.c.Share > 0 {
		total = 0
		for _, k := range h.commitments {
			if k.c.Head().ID == p.c.Of {
				total = k.c.Total.Value * p.c.Share
			}
		}
	}
	var out []dated
	if p.c.Lead != nil {
		power := 0.0
		for _, c := range h.capacities {
			for _, g := range c.Generations {
				power += g.PowerGW
			}
		}
		for _, c := range h.capacities {
			for _, g := range c.Generations {
				day := g.From.AddMonths(-p.c.Lead.Months).AddDays(-p.c.Lead.Days)
				out = append(out, dated{p.stepOf(h, day), day, g.From, total * (g.PowerGW / power)})
			}
		}
		return out
	}
	rest := 1.0
	for _, x := range p.c.Payments {
		rest -= x.Part
		if x.At.IsZero() {
			out = append(out, dated{-1, signing, signing, total * x.Part})
		} else {
			out = append(out, dated{p.stepOf(h, x.At), x.At, x.At, total * x.Part})
		}
	}
	if rest > 1e-9 {
		out = append(out, dated{-1, signing, signing, total * rest})
	}
	return out
}

// stepOf is the step that holds a day; -1, the signing, before the first.
func (p *prepayment) stepOf(h *history, day calendar.Date) int {
	t := -1
	for t+1 < h.grid.Term() && !day.Before(h.grid.StepStart(t+1)) {
		t++
	}
	return t
}

func (p *prepayment) over(h *history) int { return p.c.Credited.Over.Months / h.grid.MonthsPerStep() }

func (p *prepayment) refundable() bool {
	r := p.c.Refund
	return r.End+r.Leave+r.Dismiss+r.Fail > 0
}

// flow is between the parties: cash, or what is held for the buyer.
func (p *prepayment) flow(kind string, toBuyer, isCash bool, cents float64) Flow {
	f := Flow{From: p.c.Head().From, To: p.c.Head().To, Kind: kind, Clause: p.c.Head().ID, Amount: cents, Asset: cash}
	if toBuyer {
		f.From, f.To = f.To, f.From
	}
	if !isCash {
		f.Asset = p.held()
	}
	return f
}

func (p *prepayment) held() contract.Asset {
	if p.refundable() {
		return contract.Asset{Kind: contract.Deposit, Of: p.c.Head().ID}
	}
	return contract.Asset{Kind: contract.Credits, Of: p.c.Head().ID}
}

// pay makes the payments of a step, and returns what they come to.
func (p *prepayment) pay(h *history) float64 {
	sum := 0.0
	for _, x := range p.payments {
		if x.at == h.t {
			paid := h.post(p.flow("prepayment", false, true, h.force(p.c.Head())*x.cents))
			x.left += h.post(p.flow("prepaid", true, false, paid))
			x.paid = paid
			sum += paid
		}
	}
	return sum
}

func (p *prepayment) sign(h *history) { p.pay(h) }

func (p *prepayment) stand(h *history) {
	for _, x := range p.payments {
		x.offered = 0
		if !h.live {
			continue
		}
		if p.c.Interest > 0 {
			growth := vec.PowOf(1+p.c.Interest, h.grid.StepYears(h.t)) - 1
			x.left += h.post(p.flow("interest", true, false, x.left*growth))
		}
		if h.t < x.from {
			continue
		}
		x.offered = x.left
		if p.c.Credited.How == "equal" {
			end := h.grid.Signed()
			if p.over(h) > 0 {
				end = x.from + p.over(h)
			}
			x.offered = h.cents(x.left / max(1, float64(end-h.t)))
		}
	}
}

func (p *prepayment) bill(h *history) {
	if h.t == 0 {
		for _, x := range p.payments {
			if x.at < 0 {
				h.prepaid += x.paid
			}
		}
	}
	h.prepaid += p.pay(h)
	usage := clamp(p.credit(h), h.invoice)
	h.byPrepaid += usage
	h.invoice -= usage
}

func (p *prepayment) reckon(h *history) {
	p.credit(h)
	switch {
	case h.overNow():
		p.close(h, p.c.Refund.End)
	case h.dismissed:
		p.close(h, p.c.Refund.Dismiss)
	case h.leaving:
		p.close(h, p.c.Refund.Leave)
	}
}

// claim is for what is left when the supplier fails.
func (p *prepayment) claim(h *history) {
	if !h.failing {
		return
	}
	x := &claim{clause: p.c.Head().ID, debtor: h.in.Supplier, creditor: h.in.Buyer, of: contract.OfPrepaid, pays: p.flow("prepaid_recovered", true, true, 0)}
	for _, part := range p.payments {
		x.left += part.left
	}
	if p.c.Refund.Fail > 0 {
		x.share = &p.c.Refund.Fail
	}
	h.claims = append(h.claims, x)
}

func (p *prepayment) end(h *history) {
	if h.broken {
		p.close(h, 0)
	}
}

// invoiced is what has been billed in the step so far, net.
func (h *history) invoiced() float64 {
	sum := 0.0
	for _, f := range h.bills {
		if f.From == h.in.Supplier {
			sum -= f.Amount
		} else {
			sum += f.Amount
		}
	}
	return sum
}

// credit credits what it may against what has been billed in the step, and
// returns how much.
func (p *prepayment) credit(h *history) float64 {
	sum := 0.0
	for _, x := range p.payments {
		part := clamp(x.offered, h.invoiced()-sum)
		x.offered -= part
		x.left -= part
		sum += part
	}
	h.post(p.flow("prepaid_used", false, false, sum))
	return h.chargeUsage(p.flow("credit", true, true, sum))
}

// close refunds a share of what is left, and drops the rest.
func (p *prepayment) close(h *history, share float64) {
	left := 0.0
	for _, x := range p.payments {
		left += x.left
		x.left = 0
	}
	back := h.post(p.flow("refund", true, true, left*share))
	h.post(p.flow("prepaid_returned", false, false, back))
	h.post(p.flow("prepaid_lost", false, false, left-back))
}

func (p *prepayment) stocks(*history) []Stock {
	sum := 0.0
	for _, x := range p.payments {
		sum += x.left
	}
	return []Stock{{p.c.Head().From, p.held(), sum}}
}

func printPrepayment(p *printer, x clause.Clause) {
	c := x.(*clause.Prepayment)
	if c.Share > 0 {
		p.field("amount", fmt.Sprintf("{share: %s, of: %s}", unit.WriteRate(c.Share), scalar(c.Of)))
	} else {
		p.field("amount", amount(c.Amount))
	}
	if len(c.Payments) > 0 {
		p.line(6, "payments:")
	}
	for _, part := range c.Payments {
		at := "signing"
		if !part.At.IsZero() {
			at = part.At.String()
		}
		p.line(8, "- {at: %s, part: %s}", at, unit.WriteRate(part.Part))
	}
	if c.Lead != nil {
		p.field("before_delivery", fmt.Sprintf("{lead: %s}", c.Lead))
	}
	var credited mapping
	if text := momentText(c.Credited.From); text != "" {
		credited.add("from", text)
	}
	credited.addUnless("first", "how", c.Credited.How)
	if c.Credited.Over != (calendar.Span{}) {
		credited.add("over", c.Credited.Over.String())
	}
	if len(credited) > 0 {
		p.field("credited", credited.String())
	}
	p.unless("0%", "interest", unit.WriteRate(c.Interest))
	var refund mapping
	refund.addUnless("0%", "end", unit.WriteRate(c.Refund.End))
	refund.addUnless("0%", "leave", unit.WriteRate(c.Refund.Leave))
	refund.addUnless("0%", "dismiss", unit.WriteRate(c.Refund.Dismiss))
	refund.addUnless("0%", "fail", unit.WriteRate(c.Refund.Fail))
	if len(refund) > 0 {
		p.field("refund", refund.String())
	}
}
