// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/contract"
)

// equity is an equity clause and what it has given.
type equity struct {
	c       *clause.Equity
	lead    *clause.Equity // whose price it pays; nil where nobody leads the round
	shares  float64        // of the investor
	others  float64        // of those who pay the rest of the round
	credits float64        // cents not yet used
	joined  float64        // cents put into rounds of others
	share   float64        // cents of the step's round of others that it may take
	began   bool           // the first part has been due
}

func newEquity(c *clause.Equity, in Input) *equity {
	e := &equity{c: c, lead: c}
	if c.Within != "" {
		e.lead = nil
		for _, x := range in.Clauses {
			if lead, is := x.(*clause.Equity); is && lead.Head().ID == c.Within {
				e.lead = lead
			}
		}
	}
	return e
}

// holds tells whether the running step holds the day.
func (h *history) holds(day calendar.Date) bool {
	return !day.Before(h.grid.StepStart(h.t)) && day.Before(h.grid.StepEnd(h.t))
}

// price is what a share costs in the round: what the first who paid paid, else
// what is agreed.
func (e *equity) price(h *history) float64 {
	if p, opened := h.sharePrices[e.lead.Head().ID]; opened {
		return p
	}
	switch {
	case e.lead.PerShare != nil:
		return perShare(*e.lead.PerShare)
	case e.lead.PreMoney.Value > 0:
		return e.lead.PreMoney.Value / h.shares
	}
	return h.fairPrice()
}

// fund makes the purchases that fall in the step, live or at signing.
func (e *equity) fund(h *history) {
	if e.lead == nil {
		return
	}
	for _, cents := range h.installments(e.c.Amount.Value, e.c.At)[h.t] {
		rest := 0.0
		if !e.began {
			rest = e.c.NewMoney() - e.c.Amount.Value
		}
		e.began = true
		if force := h.force(e.c.Head()); force > 0 && (h.t < 0 || h.mayFund(e.c.Head().From)) {
			e.pay(h, cents*force, rest*force)
		}
	}
}

// pay makes a purchase: everybody in the round pays the same price a share.
func (e *equity) pay(h *history, cents, rest float64) {
	head, price := e.c.Head(), e.price(h)
	if price <= 0 {
		return
	}
	paid := cash
	if e.c.PaidIn == "credits" {
		paid = contract.Asset{Kind: contract.Credits, Of: head.ID}
	}
	cents = afford(cents, h.room(head.From, e.c.Cap, rest/price), price)
	cents = h.post(Flow{From: head.From, To: head.To, Asset: paid, Kind: "purchase", Clause: head.ID, Amount: cents})
	if e.c.PaidIn == "credits" {
		e.credits += cents
	}
	rest = h.post(Flow{From: contract.Outside, To: head.To, Asset: cash, Kind: "purchase_by_others", Clause: head.ID, Amount: rest})
	e.shares += h.issue(head.ID, head.From, "issue", cents/price)
	e.others += h.issue(head.ID, contract.Outside, "issue_to_others", rest/price)
	h.raise(cents)
	h.raise(rest)
	h.cameIn(head.ID, cents)
	if lead := e.lead.Head().ID; cents+rest > 0 {
		if _, opened := h.sharePrices[lead]; !opened {
			h.sharePrices[lead] = price
		}
		h.rounds[lead] += cents + rest
		h.heldRound(round{h.rounds[lead], price})
	}
}

// stand works out how much of the step's round of others the investor may take.
func (e *equity) stand(h *history) {
	e.share = 0
	right, head := e.c.ProRata, e.c.Head()
	raised, at := h.obs.Obs[contract.Raised], h.obs.Obs[contract.RaisedAt]
	if right == nil || e.lead == nil || raised == 0 || !h.solventParty(head.From) {
		return
	}
	if fair := h.fairValue(); at == 0 && fair <= 0 || pays(at, fair) {
		return
	}
	most := right.Share * (h.has(head.From) / h.shares) * raised
	if right.UpTo != nil {
		most = min(most, *right.UpTo-e.joined)
	}
	e.share = max(0, most) * h.force(head)
}

// join takes part in the step's round of others.
func (e *equity) join(h *history) {
	if !h.live || !h.solvent() || h.others.price == 0 {
		return
	}
	head, price := e.c.Head(), h.others.price
	cents := min(clamp(h.elected(head.ID+".pro_rata"), e.share), h.others.cents)
	if e.c.Cap > 0 {
		all := h.shares + h.others.cents/price
		cents = min(cents, h.notDust(float64(e.c.Cap*all)-h.has(head.From))*price)
	}
	cents = h.post(Flow{From: head.From, To: head.To, Asset: cash, Kind: "pro_rata", Clause: head.ID, Amount: cents})
	e.shares += h.issue(head.ID, head.From, "issue", cents/price)
	h.raise(cents)
	h.cameIn(head.ID, cents)
	e.joined += cents
	h.others.cents -= cents
}

// claim is what a supplier that fails owes for credits that were not used.
func (e *equity) claim(h *history) {
	if !h.failing || e.c.PaidIn != "credits" {
		return
	}
	id := e.c.Head().ID
	h.claims = append(h.claims, &claim{clause: id, debtor: h.in.Supplier, creditor: h.in.Buyer, of: contract.OfPrepaid, left: e.credits,
		pays: Flow{From: h.in.Supplier, To: h.in.Buyer, Asset: cash, Kind: "prepaid_recovered", Clause: id}})
}

// payInvoice pays the step's invoice for usage with credits, as far as they go.
func (e *equity) payInvoice(h *history) {
	id := e.c.Head().ID
	used := h.chargeUsage(Flow{From: h.in.Supplier, To: h.in.Buyer, Kind: "credit", Clause: id, Amount: clamp(e.credits, h.invoice)})
	h.post(Flow{From: e.c.Head().To, To: e.c.Head().From, Asset: contract.Asset{Kind: contract.Credits, Of: id}, Kind: "credit_used", Clause: id, Amount: used})
	e.credits -= used
	h.byCredits += used
	h.invoice -= used
}
