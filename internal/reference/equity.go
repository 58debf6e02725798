// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"offtake/internal/clause"
	"offtake/internal/contract"
)

// equity is an equity clause and what it has given.
type equity struct {
	c       *clause.Equity
	shares  float64
	credits float64 // cents not yet used
}

// fallsIn tells whether the cheque is paid in the running step.
func (e *equity) fallsIn(h *history) bool {
	return !e.c.AtSigning() && !e.c.At.Before(h.grid.StepStart(h.t)) && e.c.At.Before(h.grid.StepEnd(h.t))
}

// pay makes the purchase. Shares are counted by what was paid for them: one
// for each cent.
func (e *equity) pay(h *history) {
	head := e.c.Head()
	paid := cash
	if e.c.PaidIn == "credits" {
		paid = contract.Asset{Kind: contract.Credits, Of: head.ID}
	}
	posted := h.post(Flow{From: head.From, To: head.To, Asset: paid, Kind: "purchase", Clause: head.ID, Amount: e.c.Amount.Value})
	if e.c.PaidIn == "credits" {
		e.credits += posted
	}
	e.shares = h.post(Flow{From: head.To, To: head.From, Asset: contract.Asset{Kind: contract.Shares, Of: head.ID}, Kind: "issue", Clause: head.ID, Amount: posted})
}

// payInvoice pays the step's invoice for usage with credits, as far as they go.
func (e *equity) payInvoice(h *history) {
	id := e.c.Head().ID
	used := h.chargeUsage(Flow{From: h.in.Supplier, To: h.in.Buyer, Kind: "credit", Clause: id, Amount: clamp(e.credits, h.invoice)})
	h.post(Flow{From: e.c.Head().To, To: e.c.Head().From, Asset: contract.Asset{Kind: contract.Credits, Of: id}, Kind: "credit_used", Clause: id, Amount: used})
	e.credits -= used
	h.invoice -= used
}
