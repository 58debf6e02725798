// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"offtake/internal/clause"
	"offtake/internal/contract"
)

// commitment is a commitment clause, what it remembers of the running period,
// and its banks.
type commitment struct {
	c     *clause.Commitment
	spans []span
	outer *commitment // the one this one is within; nil where there is none
	below *commitment // the one this one is stacked on; nil where there is none
	above []*commitment
	pile

	y       int  // the running period; -1 before the first, and their number after the last
	running bool // whether there is one
	force   float64
	total   float64 // cents of eligible spend in all periods

	spend       float64 // cents of eligible spend so far: q
	stepSpend   float64 // of that, in the running step
	usage       float64 // cents of usage of which what counts is eligible: B
	units       float64 // taken so far
	delivered   float64 // units that could be delivered, so far
	promised    float64 // units, so far
	madeUp      float64 // cents of make-up credited so far
	madeUpUnits float64 // likewise in units
	toppedUp    float64 // cents paid as top-up so far
	due         float64 // cents due for availability so far
	charged     float64 // cents charged for availability so far
	forceDays   float64 // days in force so far
	held        float64 // share of the period's schedule that is still promised: k
	raised      float64 // cents by which options have raised the schedule so far

	raise float64 // cents a step by which options raise the schedule

	bank     bank    // make-up, in cents or in units
	prepaid  bank    // credit from deficiencies, in cents
	carried  float64 // cents of carry-forward: E
	deferred float64 // cents put off to the running period: f'
}

func newCommitment(c *clause.Commitment, spans []span) *commitment {
	return &commitment{c: c, spans: spans, y: -1}
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
	k.stepSpend, k.dueNow, k.canStep = 0, 0, 0
	k.force = h.force(k.c.Head())
	k.y, k.running = -1, false
	for y, s := range k.spans {
		if s.first <= h.t {
			k.y, k.running = y, h.t <= s.settled && (!h.left || k.c.Survives)
		}
	}
	if !k.running {
		if k.y >= 0 {
			k.y = len(k.spans)
		}
		return // also where the buyer has left
	}
	if h.t == k.spans[k.y].first {
		k.spend, k.usage, k.units, k.delivered, k.promised = 0, 0, 0, 0, 0
		k.passed, k.canPass, k.deliverable = 0, 0, 0
		k.madeUp, k.madeUpUnits, k.toppedUp, k.due, k.charged, k.forceDays = 0, 0, 0, 0, 0, 0
		k.held, k.raised = h.kept, 0
	}
	if h.t <= k.spans[k.y].last {
		k.forceDays += float64(k.force * float64(h.grid.StepEnd(h.t).Days(h.grid.StepStart(h.t))))
	}
}

// lastPeriod tells whether the running period is the last of the term as far as
// that has been extended.
func (k *commitment) lastPeriod(h *history) bool {
	return k.y == len(k.spans)-1 || k.spans[k.y+1].first >= h.until+h.more
}

// coming are the periods after the running one that lie in the term as far as it
// has been extended.
func (k *commitment) coming(h *history) []int {
	var out []int
	for z := k.y + 1; z < len(k.spans); z++ {
		if k.spans[z].first < h.until {
			out = append(out, z)
		}
	}
	return out
}

// grow raises the schedule by a step's part of what options add.
func (k *commitment) grow(h *history) {
	if k.running && h.t <= k.spans[k.y].last {
		k.raised += float64(k.raise * h.kept)
	}
}

// planned is A of the running or a later period as exits and options leave it.
func (k *commitment) planned(h *history, y int) float64 {
	s := k.spans[y]
	if y > k.y {
		return h.cents((s.cents + float64(k.raise*float64(s.last-s.first+1))) * h.kept)
	}
	return h.cents(float64(s.cents*k.held) + k.raised + float64(k.raise*k.stepsAfter(h)*h.kept))
}

// stepsAfter are those of the running period's schedule after the step.
func (k *commitment) stepsAfter(h *history) float64 {
	return float64(max(0, k.spans[k.y].last-h.t))
}

// upToNow is A of a running period that ends with the step.
func (k *commitment) upToNow(h *history) float64 {
	return h.cents(float64(k.spans[k.y].cents*(k.held-h.kept+float64(h.kept*k.elapsed(h)))) + k.raised)
}

// rest is the minimums that fall after the step, as far as the commitment is in
// force; none of what stays due when the agreement ends.
func (k *commitment) rest(h *history) float64 {
	if k.c.Survives {
		return 0
	}
	sum := 0.0
	if k.running {
		sum = float64(h.cents(k.c.Take*k.spans[k.y].cents)*(1-k.elapsed(h))*h.kept) + float64(k.c.Take*k.raise*k.stepsAfter(h)*h.kept)
	}
	for _, z := range k.coming(h) {
		sum += k.share(h, z)
	}
	return sum * k.force
}

// dueInStep is the step's part of the minimum, for who pays for availability or
// takes the contract over.
func (k *commitment) dueInStep(h *history) float64 {
	if !k.running || h.t > k.spans[k.y].last || h.t >= h.until {
		return 0
	}
	s := k.spans[k.y]
	return (h.cents(k.c.Take*s.cents)/float64(s.last-s.first+1) + float64(k.c.Take*k.raise)) * h.kept * k.force
}

// share is a period's minimum before relief and what was put off to it, if the
// commitment is in force: tau A.
func (k *commitment) share(h *history, y int) float64 { return h.cents(k.c.Take * k.planned(h, y)) }

// minimum is the running period's minimum before relief, with what was put off
// to it.
func (k *commitment) minimum(h *history) float64 { return k.tauA(h) + k.deferred }

// tauA is the running period's minimum before relief, as far as it is in force
// if its rest is as this step is: g tau A.
func (k *commitment) tauA(h *history) float64 {
	s := k.spans[k.y]
	days := s.days(h.grid)
	inForce := k.forceDays + float64((days-s.daysTo(h.t, h.grid))*k.force)
	return h.cents(inForce / days * k.c.Take * k.planned(h, k.y))
}

// excess is how far the period's spend lies above the minimum, or the step's
// above what is due in it for availability.
func (k *commitment) excess(h *history) float64 {
	if k.c.PayFor == "availability" {
		return max(0, k.stepSpend-k.dueNow)
	}
	return k.leaves(h, k.spend, k.minimum(h))
}

// beyond is how far all spend lies above all that has to be spent.
func (k *commitment) beyond(h *history) float64 {
	return max(0, k.total-h.cents(k.c.Take*k.c.Total.Value))
}

// shortOf is what spend is short of a minimum m; by the hour, the expectation
// of what each hour is, for a load that is uniform around its mean.
func (k *commitment) shortOf(spend, m float64) float64 {
	if k.c.Load == nil || k.c.Period != "hour" || spend <= 0 {
		return max(0, m-spend)
	}
	low, high := spend*(1-k.c.Load.Swing), spend*(1+k.c.Load.Swing)
	switch {
	case m <= low:
		return 0
	case m >= high:
		return m - spend
	}
	return (m - low) * (m - low) / (2 * (high - low))
}

// count adds eligible spend. What it adds above the minimum, or above the
// total, counts for the commitments stacked on this one; all of it where this
// one does not run.
func (k *commitment) count(h *history, cents float64) {
	if !k.running {
		for _, upper := range k.above {
			upper.count(h, cents)
		}
		return
	}
	excess, beyond := k.excess(h), k.beyond(h)
	k.spend += cents
	k.stepSpend += cents
	k.total += cents
	excess = k.excess(h) - excess
	k.passed += excess
	for _, upper := range k.above {
		if upper.c.Stacks == "on_total" {
			upper.count(h, k.beyond(h)-beyond)
		} else {
			upper.count(h, excess)
		}
	}
}

// billCommitments is what the commitments do with a step's usage.
func (h *history) billCommitments() {
	for _, k := range h.commitments {
		if k.below == nil {
			k.count(h, k.usageThatCounts(h))
		}
		k.units += h.taken
		k.promised += h.offer.promised
		k.delivered += h.offer.delivered
	}
	for _, k := range h.commitments {
		k.chargeAvailability(h)
	}
	for _, k := range h.commitments {
		if k.running && (k.c.Counts == nil || k.c.Counts.Prepaid) {
			k.creditMakeUp(h, k.excess(h))
		}
	}
	h.creditPerformance()
	for _, k := range h.commitments {
		k.usePrepaid(h)
	}
}

// usageThatCounts is the part of the step's usage that is eligible.
func (k *commitment) usageThatCounts(h *history) float64 {
	if !k.running || k.c.Counts == nil {
		return h.spend + h.beside
	}
	b := h.spend
	if k.c.Counts.Basis == "before_discount" {
		b = h.undiscounted
	}
	b += h.beside
	if !k.c.Counts.Credits {
		b -= h.byCredits
	}
	return k.weigh(h, b)
}

// weigh adds usage to the period's and returns by how much that makes the
// eligible part grow.
func (k *commitment) weigh(h *history, b float64) float64 {
	before := k.eligible(h)
	k.usage += b
	return k.eligible(h) - before
}

// eligible is the part of the period's usage so far that counts.
func (k *commitment) eligible(h *history) float64 {
	plain, sum := 1.0, 0.0
	for _, c := range k.c.Counts.Categories {
		plain -= c.Share
		counts := float64(k.usage*c.Share) * c.Weight
		if c.Cap >= 0 {
			counts = min(counts, h.cents(k.spans[k.y].cents*c.Cap))
		}
		sum += float64(counts)
	}
	return h.cents(float64(plain*k.usage) + sum)
}

// countLate takes off what prepaid credit paid for, and adds what was prepaid.
func (k *commitment) countLate(h *history) {
	if !k.running || k.c.Counts == nil {
		return
	}
	if !k.c.Counts.Prepaid {
		k.count(h, k.weigh(h, -h.byPrepaid))
	}
	if k.c.Counts.Prepayments {
		k.count(h, h.prepaid)
	}
}

// reckon settles the row that ends in the step, or that the buyer's leaving
// ends.
func (k *commitment) reckon(h *history) {
	switch {
	case h.live:
		k.countLate(h)
	case !h.left || !k.c.Survives || !h.solvent() && !h.carriedOn[h.in.Buyer]:
		return
	}
	if k.running && (k.leaving(h) || h.t == k.spans[k.y].settled) {
		k.settle(h)
	}
	if h.leaving && !h.noticed {
		k.payExitFee(h)
	}
}

// leaving tells whether the buyer's leaving ends the running period.
func (k *commitment) leaving(h *history) bool { return h.leaving && !k.c.Survives }

// chargeAvailability charges for what was delivered and not used.
func (k *commitment) chargeAvailability(h *history) {
	if k.c.PayFor != "availability" || !k.running {
		return
	}
	due := k.dueNow
	k.due += due
	charge := h.chargeUsage(k.owes(h, "availability", max(0, due-k.stepSpend)))
	k.charged += charge
	k.passOn(h, charge)
}

// passOn counts what is paid as deficiency in the commitment around this one.
func (k *commitment) passOn(h *history, cents float64) {
	if k.outer != nil && k.outer.running {
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

// elapsed is the share of the running period's days up to the end of the step.
func (k *commitment) elapsed(h *history) float64 {
	s := k.spans[k.y]
	return s.daysTo(h.t, h.grid) / s.days(h.grid)
}

// claim is what a buyer that breaks the agreement owes for the minimums still
// to run.
func (k *commitment) claim(h *history) {
	if k.outer != nil || !h.breaking {
		return
	}
	owed, face := k.remaining(h)
	pays := k.owes(h, "claim_recovered", 0)
	pays.Asset = cash
	h.claims = append(h.claims, &claim{clause: k.c.Head().ID, debtor: h.in.Buyer, creditor: h.in.Supplier, of: contract.OfMinimums,
		left: h.accelerated(h.in.Buyer, h.in.Supplier, owed, face), pays: pays})
}

// remaining is what the minimums still to run come to: as the commitment values
// them, and at face value.
func (k *commitment) remaining(h *history) (claim, face float64) {
	if k.running {
		face = max(0, k.minimum(h)-k.spend)
		claim = face * k.claimFactor(h, k.y)
	}
	for _, z := range k.coming(h) {
		claim += float64(k.share(h, z) * k.claimFactor(h, z) * k.force)
		face += float64(k.share(h, z) * k.force)
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
	return h.tape.Curve[k.spans[z].settled] / h.tape.Curve[h.t]
}
