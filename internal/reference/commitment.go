// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/contract"
)

// commitment is a commitment clause, what it remembers of the running period,
// and its banks.
type commitment struct {
	c         *clause.Commitment
	periods   calendar.Periods
	scheduled []float64   // cents by period: A
	outer     *commitment // the one this one is within; nil where there is none
	below     *commitment // the one this one is stacked on; nil where there is none
	above     []*commitment

	y           int     // the running period
	spend       float64 // cents of eligible spend so far: q
	stepSpend   float64 // of that, in the running step
	units       float64 // taken so far
	deliverable float64 // cents: capacity at the quoted price, so far
	delivered   float64 // units that could be delivered, so far
	promised    float64 // units, so far
	madeUp      float64 // cents of make-up credited so far
	madeUpUnits float64 // likewise in units
	toppedUp    float64 // cents paid as top-up so far
	due         float64 // cents due for availability so far
	charged     float64 // cents charged for availability so far
	held        float64 // share of the period's schedule that is still promised: k
	raised      float64 // cents by which options have raised the schedule so far

	raise float64 // cents a step by which options raise the schedule

	bank     bank    // make-up, in cents or in units
	prepaid  bank    // credit from deficiencies, in cents
	carried  float64 // cents of carry-forward: E
	deferred float64 // cents put off to the running period: f'
}

func newCommitment(c *clause.Commitment, grid *calendar.Grid) *commitment {
	periods := periodsOf(c, grid)
	return &commitment{c: c, periods: periods, scheduled: schedule(c, grid, periods), y: -1}
}

func periodsOf(c *clause.Commitment, grid *calendar.Grid) calendar.Periods {
	p, err := calendar.ParsePeriod(c.Period)
	if c.Settle == "term" {
		p = calendar.PeriodTerm
	}
	if err != nil {
		panic(fmt.Sprintf("reference: %v", err))
	}
	periods, err := grid.Periods(p)
	if err != nil {
		panic(fmt.Sprintf("reference: %v", err))
	}
	return periods
}

// inOrder ties commitments to those they refer to, and puts inner ones before
// outer ones and lower ones before those stacked on them. References to what
// is not there are as if not written.
func inOrder(all []*commitment) []*commitment {
	for _, k := range all {
		k.outer, k.below = find(all, k.c.Within), find(all, k.c.AfterOf)
		if k.below != nil {
			k.below.above = append(k.below.above, k)
		}
	}
	var out []*commitment
	placed := map[*commitment]bool{}
	var place func(k *commitment)
	place = func(k *commitment) {
		if placed[k] {
			return
		}
		placed[k] = true
		for _, first := range all {
			if first.outer == k || k.below == first {
				place(first)
			}
		}
		out = append(out, k)
	}
	for _, k := range all {
		place(k)
	}
	return out
}

func find(all []*commitment, id string) *commitment {
	for _, k := range all {
		if id != "" && k.c.Head().ID == id {
			return k
		}
	}
	return nil
}

// open begins a step, and a period where one begins with it.
func (k *commitment) open(h *history) {
	k.stepSpend = 0
	if !k.periods.StartsAt(h.t) {
		return
	}
	k.y = k.periods.Of(h.t)
	k.spend, k.units, k.deliverable, k.delivered, k.promised = 0, 0, 0, 0, 0
	k.madeUp, k.madeUpUnits, k.toppedUp, k.due, k.charged = 0, 0, 0, 0, 0
	k.held, k.raised = h.kept, 0
}

// grow raises the schedule by a step's part of what options add.
func (k *commitment) grow(h *history) {
	if k.periods.Of(h.t) >= 0 {
		k.raised += float64(k.raise * h.kept)
	}
}

// inForce is A of the running or a later period as exits and options leave it.
func (k *commitment) inForce(h *history, y int) float64 {
	if y > k.y {
		return h.cents((k.scheduled[y] + float64(k.raise*float64(k.periods.Steps(y)))) * h.kept)
	}
	return h.cents(float64(k.scheduled[y]*k.held) + k.raised + float64(k.raise*k.stepsAfter(h)*h.kept))
}

// stepsAfter are those of the period after the running one.
func (k *commitment) stepsAfter(h *history) float64 { return float64(k.periods.Last(k.y) - h.t) }

// upToNow is A of a running period that ends with the step.
func (k *commitment) upToNow(h *history) float64 {
	return h.cents(float64(k.scheduled[k.y]*(k.held-h.kept+float64(h.kept*k.elapsed(h.t)))) + k.raised)
}

// rest is the minimums that fall after the step.
func (k *commitment) rest(h *history) float64 {
	if h.t >= h.grid.Term() {
		return 0
	}
	sum := float64(h.cents(k.c.Take*k.scheduled[k.y])*(1-k.elapsed(h.t))*h.kept) + float64(k.c.Take*k.raise*k.stepsAfter(h)*h.kept)
	for z := k.y + 1; z < k.periods.Count(); z++ {
		sum += k.share(h, z)
	}
	return sum
}

// dueInStep is the step's part of the minimum, where availability is paid for.
func (k *commitment) dueInStep(h *history) float64 {
	return (h.cents(k.c.Take*k.scheduled[k.y])/float64(k.periods.Steps(k.y)) + float64(k.c.Take*k.raise)) * h.kept
}

// share is a period's minimum before relief and what was put off to it: tau A.
func (k *commitment) share(h *history, y int) float64 { return h.cents(k.c.Take * k.inForce(h, y)) }

// minimum is the running period's minimum before relief: tau A + f'.
func (k *commitment) minimum(h *history) float64 { return k.share(h, k.y) + k.deferred }

// excess is how far the period's spend lies above that.
func (k *commitment) excess(h *history) float64 { return max(0, k.spend-k.minimum(h)) }

func (k *commitment) missing(h *history) float64 {
	if !h.live || k.c.PayFor != "use" {
		return 0
	}
	return max(0, k.minimum(h)-k.spend)
}

// count adds eligible spend. What it adds above the minimum counts for the
// commitments stacked on this one.
func (k *commitment) count(h *history, cents float64) {
	before := k.excess(h)
	k.spend += cents
	k.stepSpend += cents
	for _, upper := range k.above {
		upper.count(h, k.excess(h)-before)
	}
}

// billCommitments is what the commitments do with a step's usage.
func (h *history) billCommitments() {
	for _, k := range h.commitments {
		if k.below == nil {
			k.count(h, h.spend+h.beside)
		}
		k.units += h.taken
		k.promised += h.offer.promised
		k.delivered += h.offer.delivered
		k.deliverable += worth(h.offer.delivered, h.quoted)
	}
	for _, k := range h.commitments {
		k.chargeAvailability(h)
	}
	for _, k := range h.commitments {
		k.creditMakeUp(h, k.excess(h))
	}
	h.creditPerformance()
	for _, k := range h.commitments {
		k.usePrepaid(h)
	}
}

// chargeAvailability charges for what was delivered and not used.
func (k *commitment) chargeAvailability(h *history) {
	if k.c.PayFor != "availability" {
		return
	}
	due := h.cents(min(k.dueInStep(h), worth(h.offer.units, h.quoted)))
	k.due += due
	charge := h.chargeUsage(k.owes(h, "availability", max(0, due-k.stepSpend)))
	k.charged += charge
	k.passOn(h, charge)
}

// passOn counts what is paid as deficiency in the commitment around this one.
func (k *commitment) passOn(h *history, cents float64) {
	if k.outer != nil {
		k.outer.count(h, cents)
	}
}

// owes is a payment of the buyer, gets one of the supplier.
func (k *commitment) owes(h *history, kind string, cents float64) Flow {
	return Flow{From: h.in.Buyer, To: h.in.Supplier, Kind: kind, Clause: k.c.Head().ID, Amount: cents}
}

func (k *commitment) gets(h *history, kind string, cents float64) Flow {
	return Flow{From: h.in.Supplier, To: h.in.Buyer, Kind: kind, Clause: k.c.Head().ID, Amount: cents}
}

// payExitFee is what leaving costs beside the settled row.
func (k *commitment) payExitFee(h *history) {
	if k.c.Exit == nil {
		return
	}
	h.charge(k.owes(h, "exit_fee", k.c.Exit.Fee*k.rest(h)), k.c.NetMonths)
}

// elapsed is the share of the running period's days up to the end of step t.
func (k *commitment) elapsed(t int) float64 {
	return float64(k.periods.DaysTo(t)) / float64(k.periods.Days(k.y))
}

// claim is what a buyer that breaks the agreement owes for the minimums still
// to run.
func (k *commitment) claim(h *history) {
	if k.outer != nil || !h.breaking {
		return
	}
	pays := k.owes(h, "claim_recovered", 0)
	pays.Asset = cash
	h.claims = append(h.claims, &claim{clause: k.c.Head().ID, debtor: h.in.Buyer, creditor: h.in.Supplier, of: contract.OfMinimums,
		left: h.accelerated(k.remaining(h)), pays: pays})
}

// remaining is what the minimums still to run come to: as the commitment values
// them, and at face value.
func (k *commitment) remaining(h *history) (claim, face float64) {
	missing := max(0, k.minimum(h)-k.spend)
	claim, face = missing*k.claimFactor(h, k.y), missing
	for z := k.y + 1; z < k.periods.Count(); z++ {
		claim += float64(k.share(h, z) * k.claimFactor(h, z))
		face += k.share(h, z)
	}
	return claim, face
}

// prepaidClaim is what a supplier that fails owes for make-up and credit that
// were paid for and not used.
func (k *commitment) prepaidClaim(h *history) {
	if !h.failing {
		return
	}
	cents := k.bank.sum()
	if k.inUnits() {
		cents = cents * h.quoted * k.c.Deficiency
	}
	pays := k.gets(h, "prepaid_recovered", 0)
	pays.Asset = cash
	h.claims = append(h.claims, &claim{clause: k.c.Head().ID, debtor: h.in.Supplier, creditor: h.in.Buyer, of: contract.OfPrepaid,
		left: cents + k.prepaid.sum(), pays: pays})
}

// claimFactor is v(z), today's worth of a minimum due at the end of period z.
func (k *commitment) claimFactor(h *history, z int) float64 {
	if k.c.Accelerates {
		return 1
	}
	return h.tape.Curve[k.periods.Last(z)] / h.tape.Curve[h.t]
}
