// SPDX-License-Identifier: Apache-2.0

package clause

import "testing"

// 10 used in the first year are billed for the second, in which the buyer fails.
// What was prepaid has settled as much of the bill, so that a guarantor of the
// price, and what secures it, pay for the rest alone: after the estate's 40%,
// 6 of 10, 3.6 of 6, and nothing where all is prepaid.
func TestGuaranteeOfPrepaidBills(t *testing.T) {
	parent := between(NewGuarantee(), "bank", "cloud", func(c *Guarantee) { c.head.ID, c.Of = "parent", "price" })
	escrow := between(NewCollateral(), "lab", "cloud", func(c *Collateral) { c.head.ID, c.Cents, c.Secures = "escrow", share(800), "price" })
	for _, c := range []struct{ prepaid, estate, guaranteed, secured float64 }{
		{0, 4, 6, 8},
		{4, 0.4 * 6, 3.6, 6},
		{10, 0, 0, 0},
	} {
		deal := troubled{years: 2, tail: 1, clauses: []Clause{late(), parent}, need: steps(2, 10), fails: map[string]int{"lab": 2}}
		if c.prepaid > 0 {
			deal.clauses = append(deal.clauses, testPrepayment(100*c.prepaid, nil))
		}
		got := deal.run(t)
		wantFlow(t, got, "price.usage_recovered", 0, 0, c.estate)
		wantFlow(t, got, "deposit.credit_recovered")
		wantFlow(t, got, "parent.guarantee", 0, 0, c.guaranteed)
		deal.clauses = append(deal.clauses, escrow)
		wantFlow(t, deal.run(t), "escrow.collateral", 0, 0, c.secured)
	}
}

// Beside the 10 for use a fee of 5 is billed, and 6 of the 15 are prepaid: 9/15
// of each are left. The estate pays 2.4 and 1.2, and a guarantor of the price
// 6 - 2.4.
func TestPrepaidBillsInProportion(t *testing.T) {
	fee := testCharge(func(c *Charge) { c.Amount = ptr(5.0 / 12) })
	parent := between(NewGuarantee(), "bank", "cloud", func(c *Guarantee) { c.head.ID, c.Of = "parent", "price" })
	deal := troubled{years: 2, tail: 1, clauses: []Clause{late(), fee, testPrepayment(600, nil), parent}, need: steps(2, 10), fails: map[string]int{"lab": 2}}
	got := deal.run(t)
	wantFlow(t, got, "price.usage_recovered", 0, 0, 2.4)
	wantFlow(t, got, "fee.charge_recovered", 0, 0, 1.2)
	wantFlow(t, got, "parent.guarantee", 0, 0, 3.6)
}

// A clause's own discount lowers its own bill and leaves others alone: of 10 less
// 2 the estate pays 4 less 0.8, and a guarantor of the price the other 4.8.
func TestDiscountLowersItsOwnBills(t *testing.T) {
	off := late()
	off.Discount = 0.2
	parent := between(NewGuarantee(), "bank", "cloud", func(c *Guarantee) { c.head.ID, c.Of = "parent", "price" })
	deal := troubled{years: 2, tail: 1, clauses: []Clause{off, parent}, need: steps(2, 10), fails: map[string]int{"lab": 2}}
	got := deal.run(t)
	wantFlow(t, got, "price.usage_recovered", 0, 0, 4)
	wantFlow(t, got, "price.discount_recovered", 0, 0, 0.8)
	wantFlow(t, got, "parent.guarantee", 0, 0, 8-3.2)
}
