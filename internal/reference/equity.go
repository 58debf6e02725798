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
	shares  float64 // of the investor
	others  float64 // of those who pay the rest of the round
	credits float64 // cents not yet used
}

// fallsIn tells whether the cheque is paid in the running step.
func (e *equity) fallsIn(h *history) bool { return !e.c.AtSigning() && h.holds(e.c.At) }

// holds tells whether the running step holds the day.
func (h *history) holds(day calendar.Date) bool {
	return !day.Before(h.grid.StepStart(h.t)) && day.Before(h.grid.StepEnd(h.t))
}

// pay makes the purchase: everybody in the round pays what the company is worth
// before it, over its shares.
func (e *equity) pay(h *history) {
	head := e.c.Head()
	paid := cash
	if e.c.PaidIn == "credits" {
		paid = contract.Asset{Kind: contract.Credits, Of: head.ID}
	}
	force := h.force(head)
	price := e.c.PreMoney.Value / h.shares
	posted := h.post(Flow{From: head.From, To: head.To, Asset: paid, Kind: "purchase", Clause: head.ID, Amount: e.c.Amount.Value * force})
	if e.c.PaidIn == "credits" {
		e.credits += posted
	}
	rest := h.post(Flow{From: contract.Outside, To: head.To, Asset: cash, Kind: "purchase_by_others", Clause: head.ID,
		Amount: (e.c.NewMoney() - e.c.Amount.Value) * force})
	e.shares = h.issue(head.ID, head.From, "issue", posted/price)
	e.others = h.issue(head.ID, contract.Outside, "issue_to_others", rest/price)
}

// payInvoice pays the step's invoice for usage with credits, as far as they go.
func (e *equity) payInvoice(h *history) {
	id := e.c.Head().ID
	used := h.chargeUsage(Flow{From: h.in.Supplier, To: h.in.Buyer, Kind: "credit", Clause: id, Amount: clamp(e.credits, h.invoice)})
	h.post(Flow{From: e.c.Head().To, To: e.c.Head().From, Asset: contract.Asset{Kind: contract.Credits, Of: id}, Kind: "credit_used", Clause: id, Amount: used})
	e.credits -= used
	h.invoice -= used
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
