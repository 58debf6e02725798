// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"slices"

	"offtake/internal/calendar"
	"offtake/internal/field"
)

// Check reports parties that cannot let or rent so, a lease without days, and
// what is stated of the thing let and has no use.
func (c *Lease) Check(in *Setting, r field.Report) {
	c.head.parties(in, r)
	c.head.checkForce(in, r)
	if c.head.To != "" && c.head.To != in.Buyer && c.head.To != in.Supplier {
		r.Fault("PARTY-ROLE", "to", "write "+in.Buyer+" or "+in.Supplier, "%s neither takes nor supplies compute here", in.Name(c.head.To))
	}
	c.checkTime(in, r)
	c.checkParties(in, r)
	c.checkThing(in, r)
	c.Indexed.check("indexed", in, r)
	checkLowered(c, in, r)
}

// third tells whether the landlord neither takes nor supplies compute.
func (c *Lease) third(in *Setting) bool {
	return !slices.Contains([]string{in.Buyer, in.Supplier, ""}, c.head.From)
}

func (c *Lease) checkTime(in *Setting, r field.Report) {
	if c.Term.Months < 0 || c.Term.Days < 0 || c.Term == (calendar.Span{}) {
		r.Fault("LEASE-TERM", "term", "write a length of time, such as 5y", "the lease has no length")
		return
	}
	checkDateAt(c.Starts, "starts", in, r)
	first, last, _ := c.steps(in.Grid)
	switch ends := c.starts(in.Grid).Add(c.Term); {
	case first >= in.Grid.Term() && !c.Starts.Before(in.Grid.End()): // outside the term, as reported
	case first > last:
		r.Fault("WINDOW-EMPTY", "term", "begin it earlier, or let it run longer", "between %s and %s no step begins: the lease never runs", c.starts(in.Grid), ends)
	case ends.After(in.Grid.End()):
		r.Warn("LEASE-BEYOND", "term", "leave it as it is, or make the deal as long as the lease",
			"the lease runs to %s and the deal to %s: what is left of it then is taken to be worth its rent", ends, in.Grid.End())
	}
}

// checkParties reports what only some parties can agree.
func (c *Lease) checkParties(in *Setting, r field.Report) {
	third := c.third(in)
	if c.Outlay > 0 && !third {
		r.Fault("LEASE-PARTY", "outlay", "leave this out: what "+in.Name(c.head.From)+" spends is in world.cost", "only what a third party spends is stated here")
	}
	if c.UnitsPerGW != nil && (!third || c.head.To != in.Buyer) {
		r.Fault("LEASE-PARTY", "units_per_gw", "state what the supplier gives in a capacity clause", "only a third party that lets to %s gives it compute beside the deal", in.Name(in.Buyer))
	}
	if c.LowersCost != nil && (!third || c.head.To != in.Supplier) {
		r.Fault("LEASE-PARTY", "lowers_cost", "leave this out", "only what a third party lets to %s lowers its cost", in.Name(in.Supplier))
	}
	if c.Eligible && (c.head.From != in.Supplier || c.head.To != in.Buyer) {
		r.Fault("LEASE-PARTY", "eligible", "leave this out", "only what %s pays %s counts toward commitments", in.Name(in.Buyer), in.Name(in.Supplier))
	}
	if third && c.head.To == in.Buyer && c.UnitsPerGW == nil || third && c.head.To == in.Supplier && c.LowersCost == nil {
		r.Warn("LEASE-NOTHING", "rent", "state units_per_gw where the buyer rents, lowers_cost where the supplier does", "rent is paid to a third party, and what it is paid for does nothing in this deal")
	}
}

// checkThing reports what is missing of the thing let, and what has no use.
func (c *Lease) checkThing(in *Setting, r field.Report) {
	switch needs := c.Per == "gw" || c.UnitsPerGW != nil; {
	case needs && c.PowerGW == nil:
		at := "per"
		if c.UnitsPerGW != nil {
			at = "units_per_gw"
		}
		r.Fault("LEASE-POWER", at, "add gw: and how much power is let", "rent or compute is stated for each gigawatt, and the power is not")
	case !needs && c.PowerGW != nil:
		r.Warn("LEASE-POWER", "gw", "leave it out, or write per: gw", "neither rent nor compute is stated for each gigawatt")
	}
	if c.LowersCost != nil && c.Outlay == 0 {
		r.Fault("LEASE-OUTLAY", "lowers_cost", "state outlay, what the landlord spends on it", "the supplier would save a cost that nobody bears")
	}
	if c.Purchase != nil && c.Residual == nil {
		r.Fault("LEASE-RESIDUAL", "purchase", "state residual, what the thing is worth at the end", "whether buying pays cannot be told")
	}
	if c.Residual != nil {
		c.Residual.Indexed.check("residual.indexed", in, r)
		if c.Purchase == nil && c.Outlay == 0 {
			r.Warn("LEASE-RESIDUAL", "residual", "leave it out, or state outlay or a purchase", "what the thing is worth at the end changes hands nowhere")
		}
	}
}
