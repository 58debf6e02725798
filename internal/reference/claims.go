// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"offtake/internal/clause"
	"offtake/internal/contract"
)

// claim is what a party that has failed owes under a clause.
type claim struct {
	clause           string
	debtor, creditor string
	of               contract.LiabilityKind
	left             float64 // cents that nothing has covered yet
	paid             float64 // cents, by the estate
	pays             Flow    // as which the estate pays
	lowers           bool    // a bill the other way
	last             bool    // paid once all else is
	share            *float64
}

// signed is an amount of the claim as it enters a sum.
func (c *claim) signed(cents float64) float64 {
	if c.lowers {
		return -cents
	}
	return cents
}

// meetClaims is the page's four turns.
func (h *history) meetClaims() {
	h.claims = nil
	if !h.solvent() && !h.carriedOn[h.in.Buyer] {
		h.writeOff()
	}
	for _, k := range h.commitments {
		k.claim(h)
		k.prepaidClaim(h)
	}
	for _, e := range h.equities {
		e.claim(h)
	}
	h.each(term.claim)
	h.each(term.secure)
	for _, c := range h.claims {
		if !c.last {
			c.pay(h, h.estateShare(c))
		}
	}
	for _, c := range h.claims {
		if c.last && h.unmet(c.debtor) < 0.5 {
			c.pay(h, h.estateShare(c))
		}
	}
	h.each(term.cover)
}

func (c *claim) pay(h *history, share float64) {
	c.pays.Amount = c.left * share
	c.paid = h.post(c.pays)
}

// estateShare is the part of a claim that the debtor's estate pays.
func (h *history) estateShare(c *claim) float64 {
	if c.share != nil {
		return *c.share
	}
	share := 0.0
	if c.debtor == h.in.Buyer {
		share = h.obs.Obs[contract.ClaimRecovery]
		if c.of == contract.OfBills {
			share = h.obs.Obs[contract.AccruedRecovery]
		}
	}
	for _, d := range h.defaults(c.debtor, c.creditor) {
		if said := d.Recovery[c.of]; said != nil {
			f := h.force(d.Head())
			share = float64(f**said) + float64((1-f)*share)
		}
	}
	return share
}

// unmet is what an estate leaves unpaid of all but what comes last.
func (h *history) unmet(debtor string) float64 {
	sum := 0.0
	for _, c := range h.claims {
		if c.debtor == debtor && !c.last {
			sum += c.signed(c.left * (1 - h.estateShare(c)))
		}
	}
	return sum
}

// defaults are the default clauses that deal with the failure of one party as
// far as another is concerned.
func (h *history) defaults(from, to string) []*clause.Default {
	var out []*clause.Default
	for _, c := range h.in.Clauses {
		if d, ok := c.(*clause.Default); ok && d.Head().From == from && d.Head().To == to {
			out = append(out, d)
		}
	}
	return out
}

// accelerated is the claim for minimums or rents where a default clause says
// what part of their face value falls due.
func (h *history) accelerated(debtor, creditor string, claim, face float64) float64 {
	for _, d := range h.defaults(debtor, creditor) {
		if d.Acceleration != nil {
			f := h.force(d.Head())
			claim = float64(f**d.Acceleration*face) + float64((1-f)*claim)
		}
	}
	return claim
}

// claimed are the claims of a creditor upon a debtor, either of them anybody
// where it is empty, and likewise the clause.
func (h *history) claimed(debtor, creditor, id string) []*claim {
	var out []*claim
	for _, c := range h.claims {
		if (debtor == "" || c.debtor == debtor) && (creditor == "" || c.creditor == creditor) && (id == "" || c.clause == id) {
			out = append(out, c)
		}
	}
	return out
}

// coverFrom meets claims from a pot, in proportion. It returns what it takes, and
// how much of that is for loans.
func (h *history) coverFrom(pot float64, claims []*claim) (taken, loans float64) {
	total := 0.0
	for _, c := range claims {
		total += c.signed(c.left)
		if c.of == contract.OfLoan {
			loans += c.left
		}
	}
	if total < 0.5 || pot <= 0 {
		return 0, 0
	}
	taken = h.cents(min(pot, total))
	loans = min(taken, h.cents(taken*loans/total))
	for _, c := range claims {
		c.left = c.left * max(0, total-taken) / total
	}
	return taken, loans
}

// mayFund tells whether a party may put money into the buyer.
func (h *history) mayFund(giver string) bool {
	return h.live && h.solvent() && h.solventParty(giver)
}

// strikes are the cross-defaults that have reached a clause.
func (h *history) strikes(id string) []clause.CrossDefault {
	var out []clause.CrossDefault
	for _, x := range h.terms {
		if d, ok := x.(*defaulting); ok && d.struck {
			for _, cross := range d.c.Cross {
				if cross.Clause == id {
					out = append(out, cross)
				}
			}
		}
	}
	return out
}

// stopped tells whether nothing more can be drawn under a clause.
func (h *history) stopped(id string) bool { return len(h.strikes(id)) > 0 }

// fallsDue tells whether what is owed under a clause has fallen due.
func (h *history) fallsDue(id string) bool {
	for _, x := range h.strikes(id) {
		if x.Effect == "due" {
			return true
		}
	}
	return false
}

// lasts is how many years step t lasts, as far as they lie after the signing.
func (h *history) lasts(t int) float64 {
	from := 0.0
	if t > 0 {
		from = max(0, h.grid.Years(t-1))
	}
	return max(0, h.grid.Years(t)) - from
}
