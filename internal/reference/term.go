// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"fmt"

	"offtake/internal/clause"
	"offtake/internal/contract"
)

// A term is a clause of a kind that stands on its own, and where it stands.
// Its methods are called in every step, live or not, in the order of the page:
// after the kinds that are named in history, and among terms in the order of
// the catalogue.
type term interface {
	sign(h *history)       // at signing
	supply(h *history)     // once h.offer is known
	stand(h *history)      // once the price is quoted
	take(h *history)       // once units are taken; only where the step is live
	bill(h *history)       // once usage is billed; only where the step is live
	reckon(h *history)     // once ledgers are settled; only where the step is live
	fund(h *history)       // once facilities are drawn
	milestones(h *history) // once facilities have opened
	claim(h *history)      // once what was billed is written off
	secure(h *history)     // once all claims are there, before estates pay
	cover(h *history)      // once estates have paid
	end(h *history)        // once the agreement has ended, where it does
	stocks(h *history) []Stock
}

// idle is a term that does nothing; terms embed it.
type idle struct{}

func (idle) sign(*history)           {}
func (idle) supply(*history)         {}
func (idle) stand(*history)          {}
func (idle) take(*history)           {}
func (idle) bill(*history)           {}
func (idle) reckon(*history)         {}
func (idle) fund(*history)           {}
func (idle) milestones(*history)     {}
func (idle) claim(*history)          {}
func (idle) secure(*history)         {}
func (idle) cover(*history)          {}
func (idle) end(*history)            {}
func (idle) stocks(*history) []Stock { return nil }

// terms makes the term of a clause, by kind.
var terms = map[string]func(c clause.Clause, h *history) term{
	"default":       newDefaulting,
	"collateral":    newCollateral,
	"guarantee":     newGuarantee,
	"backstop":      newBackstop,
	"loan":          newLoan,
	"charge":        newCharge,
	"hardware":      newHardware,
	"lease":         newLease,
	"note":          newNote,
	"exclusivity":   newExclusivity,
	"revenue_share": newRevenueShare,
	"grant":         newGrant,
	"warrant":       newWarrant,
	"right":         newRight,
	"resale":        newResale,
	"option":        newOption,
	"damages":       newDamages,
	"termination":   newTermination,
	"switching":     newSwitching,
	"extension":     newExtension,
	"sale":          newSale,
	"prepayment":    newPrepayment,
}

// named are the kinds that history knows by name.
var named = map[string]bool{"capacity": true, "price": true, "equity": true, "facility": true, "commitment": true}

// addTerms makes the terms in the order of the catalogue.
func (h *history) addTerms() {
	for _, k := range clause.Catalog {
		for _, c := range h.in.Clauses {
			if c.Kind() != k.Name || named[k.Name] {
				continue
			}
			make, known := terms[k.Name]
			if !known {
				panic(fmt.Sprintf("reference: a clause of unknown kind %q", c.Kind()))
			}
			h.terms = append(h.terms, make(c, h))
		}
	}
}

func (h *history) each(do func(term, *history)) {
	for _, x := range h.terms {
		do(x, h)
	}
}

// elected is what the tape elects under a name; 0 where it does not.
func (h *history) elected(name string) float64 {
	if i := indexOf(h.tape.Names, name); i >= 0 && i < len(h.obs.Slots) {
		return h.obs.Slots[i]
	}
	return 0
}

// happened tells whether the event is seen in the running step.
func (h *history) happened(event string) bool {
	i := indexOf(h.tape.Watch.Events, event)
	return i >= 0 && h.obs.Events[i] == 1
}

// index is what a number of the outside world stands at.
func (h *history) index(name string) float64 {
	if i := indexOf(h.tape.Watch.Indexes, name); i >= 0 {
		return h.obs.Index[i]
	}
	return 0
}

// solventParty tells whether a party is solvent.
func (h *history) solventParty(party string) bool {
	if i := indexOf(h.tape.Watch.Parties, party); i >= 0 {
		return h.obs.Solvent[i] == 1
	}
	return party != h.in.Buyer || h.solvent()
}

// force is how far a clause is in force in the running step: section 1 of the
// page.
func (h *history) force(head *clause.Head) float64 {
	at := h.grid.StepStart(max(h.t, 0))
	if at.Before(head.Since) || !head.Until.IsZero() && !at.Before(head.Until) {
		return 0
	}
	return h.agreed(head)
}

// agreed is force whatever the days between which the clause is in force.
func (h *history) agreed(head *clause.Head) float64 {
	if head.If != "" && !h.happened(head.If) {
		return 0
	}
	return h.carriedOut(head)
}

// carriedOut tells whether a clause that is in force is carried out.
func (h *history) carriedOut(head *clause.Head) float64 {
	if head.Likely == 0 {
		return 1
	}
	for i, x := range h.tape.Watch.Chances {
		if x.Clause == head.ID {
			return h.obs.Chance[i]
		}
	}
	panic("reference: the tape does not say whether " + head.ID + " comes true")
}

// issue gives a holder new shares of the buyer, and returns how many.
func (h *history) issue(id, holder, kind string, shares float64) float64 {
	h.post(Flow{From: h.in.Buyer, To: holder, Asset: contract.Asset{Kind: contract.Shares, Of: id}, Kind: kind, Clause: id, Amount: shares})
	h.shares += shares
	h.issued[holder] += shares
	return shares
}
