// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/contract"
)

// Input is an agreement without the world around it.
type Input struct {
	Grid            *calendar.Grid
	Buyer, Supplier string          // party keys
	Clauses         []clause.Clause // those that apply, in the order of the file; one or more of them prices
	WholeCents      bool            // settle as bills do, to the cent
	// Shares are how many shares of the buyer there were before; 0 means a
	// thousand million. Held is how many of them parties had.
	Shares float64
	Held   map[string]float64
}

// Result is what happened: every step, the signing first, and what everybody
// holds when all is over.
type Result struct {
	Steps  []Step
	Stocks []Stock
}

// A Step is what happened in one step.
type Step struct {
	T     int  // -1 at signing
	Live  bool // the term ran, the buyer was solvent, and nobody had left
	Quote Quote
	Taken float64 // units
	// Borne is the share of the supplier's cost of what is taken that others
	// bear: running cost, what others would pay, full cost. LeasedUsed are units
	// run on what the buyer leases from others.
	Borne      [3]float64
	LeasedUsed float64
	Flows      []Flow // in the order in which they were made
	Rows       []Row  // of the ledgers settled in the step
}

// A Quote is what the buyer was told before it chose.
type Quote struct {
	PriceCents   float64 // per unit, of the next unit
	Capacity     float64 // units; +Inf where nothing caps the take
	MissingCents float64 // of eligible spend: the most that fills a commitment to pay for use, with those below it
	PerUnitCents float64 // owed for a unit beside the price
	CountedCents float64 // of that, what counts toward commitments
	Leased       float64 // units that the buyer can run on what it leases from others
}

// A Flow is an amount that one party gives another.
type Flow struct {
	From, To string
	Asset    contract.Asset
	Kind     string
	Clause   string
	Amount   float64 // cents; units for make-up in units, shares for shares
}

// A Stock is what a party holds of an asset. One party may have several of one
// asset; they add up.
type Stock struct {
	Holder string
	Asset  contract.Asset
	Amount float64 // cents; units for make-up in units
}

// history is the one history that runs: the agreement, where it stands, and
// the step that it is in.
type history struct {
	in   Input
	tape contract.Tape
	grid *calendar.Grid

	capacities  []*clause.Capacity
	prices      []*pricing
	equities    []*equity
	facilities  []*facility
	commitments []*commitment // inner before outer, lower before what is stacked on it
	terms       []term        // of all other kinds, in the order of the catalogue
	dues        []due
	until       int                // the step after the last of the term, as far as it was extended in earlier steps
	more        int                // steps by which the running step extends it
	left        bool               // the buyer left in an earlier step
	defaulted   bool               // the buyer was insolvent in an earlier step
	ended       bool               // the agreement ended in an earlier step
	carriedOn   map[string]bool    // by side that has failed: the agreement runs on in spite of it
	kept        float64            // share of the agreement that no partial exit has ended
	shares      float64            // of the buyer, in all
	issued      map[string]float64 // of them, to each holder by the agreement
	putIn       float64            // cents of new money for them, at present value
	paidIn      map[string]float64 // cents that came in under each clause
	paidLater   map[string]float64 // of them, after the signing
	fed         map[string]float64 // cents drawn into each note and not yet noted in it
	sharePrices map[string]float64 // cents a share at which each clause's round was opened
	rounds      map[string]float64 // cents of new money in each clause's round so far
	marketHas   float64            // shares that others bought in rounds of their own

	t        int // the running step
	obs      contract.TapeStep
	live     bool
	failing  bool     // the supplier fails in the step, and the agreement ends
	breaking bool     // the buyer does
	claims   []*claim // upon those who have failed
	leaving  bool
	noticed  bool               // a notice ends the agreement with the step
	frees    float64            // share of what is kept that ends with the step
	lacking  map[string]float64 // by capacity clause: units that count as delivered and are not yielded
	floor    float64            // units that must be taken
	held     bool               // the buyer may not leave
	offer    supply
	quoted   float64 // price in cents per unit
	taken    float64 // units
	beside   float64 // cents owed beside the price that count toward commitments
	broken   bool    // the buyer or the supplier fails in the step, and thereby ends the agreement
	spend    float64 // cents
	invoice  float64 // cents of the step's bill for usage not yet paid by credits or make-up
	bills    []Flow  // of the step
	// Cents of the step: spend before discounts, usage that credits given for
	// shares pay for, usage that prepaid credit pays for, and what is prepaid.
	undiscounted, byCredits, byPrepaid, prepaid float64

	dismissed bool    // the supplier ends the agreement with the step
	served    float64 // units served to third parties
	claimable float64 // cents: what would be claimed for minimums
	largest   round   // of the step
	others    round   // of the step; what is left of its money
	step      *Step
}

// Run plays a tape from the signing on. It panics where the deal has
// no price, or the tape does not fit the deal: see Slots and Events.
func Run(in Input, tape contract.Tape) Result {
	h := newHistory(in, tape)
	var out Result
	for i, row := range tape.Steps {
		h.t, h.obs = tape.Start+i, row
		step := Step{T: h.t}
		h.step = &step
		if h.t < 0 {
			h.sign()
		} else {
			h.run()
		}
		out.Steps = append(out.Steps, step)
	}
	out.Stocks = h.stocks()
	return out
}

func newHistory(in Input, tape contract.Tape) *history {
	if tape.Start != -1 {
		panic(fmt.Sprintf("reference: the tape begins at step %d and not with the signing", tape.Start))
	}
	h := &history{in: in, tape: tape, grid: in.Grid, until: in.Grid.Signed(), shares: in.Shares, issued: map[string]float64{}, carriedOn: map[string]bool{}, kept: 1, lacking: map[string]float64{},
		paidIn: map[string]float64{}, paidLater: map[string]float64{}, fed: map[string]float64{}, sharePrices: map[string]float64{}, rounds: map[string]float64{}}
	if h.shares == 0 {
		h.shares = 1e9
	}
	for _, c := range in.Clauses {
		switch c := c.(type) {
		case *clause.Capacity:
			h.capacities = append(h.capacities, c)
		case *clause.Price:
			h.prices = append(h.prices, newPricing(c))
		case *clause.Equity:
			h.equities = append(h.equities, newEquity(c, in))
		case *clause.Facility:
			h.facilities = append(h.facilities, newFacility(c, in))
		case *clause.Commitment:
			h.commitments = append(h.commitments, newCommitment(c, extended(c, spansOf(c, in.Grid), in)))
		}
	}
	h.addTerms()
	if len(h.prices) == 0 {
		panic("reference: no price")
	}
	h.commitments = inOrder(h.commitments)
	return h
}

func (h *history) sign() {
	for _, e := range h.equities {
		e.fund(h)
	}
	for _, f := range h.facilities {
		f.openUp(h)
	}
	h.each(term.sign)
}

// run is section 2 of the page, in its order.
func (h *history) run() {
	h.observe()
	h.quote()
	h.elect()
	h.bill()
	h.reckon()
	h.fund()
	h.readMilestones()
	h.end()
}

func (h *history) observe() {
	running := h.t < h.until && !h.ended
	h.breaking = running && !h.standsBy(h.in.Buyer, running)
	running = running && !h.breaking
	h.failing = running && !h.standsBy(h.in.Supplier, running)
	h.live = running && !h.failing
	h.step.Live = h.live
	h.taken, h.spend, h.invoice, h.leaving, h.floor, h.held = 0, 0, 0, false, 0, false
	h.served, h.bills, h.beside = 0, nil, 0
	h.broken = h.breaking || h.failing
	h.noticed, h.frees = false, 0
	h.largest, h.others = round{}, round{}
	h.undiscounted, h.byCredits, h.byPrepaid, h.prepaid, h.dismissed = 0, 0, 0, 0, false
	for _, k := range h.commitments {
		k.open(h)
	}
}

// standsBy tells whether a side stands by the agreement: it is solvent, or the
// agreement is carried on, which can begin in the step in which it fails.
func (h *history) standsBy(party string, running bool) bool {
	if h.solventParty(party) || h.carriedOn[party] {
		return true
	}
	for _, c := range h.in.Clauses {
		d, ok := c.(*clause.Default)
		if ok && running && d.Head().From == party && (d.Estate == "assume" || d.StepIn != nil) && h.likely(d.Head()) {
			h.carriedOn[party] = true
		}
	}
	return h.carriedOn[party]
}

// likely tells whether what cannot be done in part is done.
func (h *history) likely(head *clause.Head) bool { return h.force(head) >= 0.5 }

func (h *history) solvent() bool { return !h.defaulted && h.obs.Obs[contract.Alive] == 1 }

func (h *history) quote() {
	h.offer = h.supply()
	h.each(term.supply)
	for _, k := range h.commitments {
		k.grow(h)
	}
	for _, p := range h.prices {
		p.follow(h)
	}
	h.quoted = h.priceOf().quote(h)
	h.step.Quote = Quote{PriceCents: h.quoted, Capacity: h.offer.units}
	h.deliver()
	h.step.Quote.MissingCents = h.missing()
	for _, e := range h.equities {
		e.stand(h)
	}
	for _, f := range h.facilities {
		f.stand(h)
	}
	h.each(term.stand)
}

func (h *history) elect() {
	if !h.live {
		return
	}
	need := h.obs.Obs[contract.Need] + h.obs.Obs[contract.Flexible]
	h.taken = clamp(max(h.obs.Units, h.floor), min(need, h.offer.units))
	h.step.Taken = h.taken
	h.leaving = h.mayLeave() && !h.held && h.elected("exit") > 0
	h.each(term.take)
}

func clamp(x, most float64) float64 { return max(0, min(x, most)) }

// mayLeave tells whether some commitment's right to leave has begun.
func (h *history) mayLeave() bool {
	for _, k := range h.commitments {
		if k.c.Exit != nil && h.grid.Start().Add(k.c.Exit.From).Before(h.grid.StepEnd(h.t)) {
			return true
		}
	}
	return false
}

func (h *history) bill() {
	if h.solvent() || h.carriedOn[h.in.Buyer] {
		h.payDues()
	}
	if !h.live {
		return
	}
	h.priceOf().bill(h)
	h.invoice = h.spend
	for _, p := range h.prices {
		p.refund(h)
	}
	for _, e := range h.equities {
		e.payInvoice(h)
	}
	h.billCommitments()
	h.each(term.bill)
}

func (h *history) reckon() {
	for _, k := range h.commitments {
		k.reckon(h)
	}
	if !h.live {
		return
	}
	h.each(term.reckon)
	for _, k := range h.commitments {
		if k.running {
			k.held -= float64(h.frees * h.kept * (1 - k.elapsed(h)))
		}
	}
}

func (h *history) fund() {
	h.openRound()
	for _, e := range h.equities {
		e.fund(h)
		e.join(h)
	}
	for _, f := range h.facilities {
		f.fund(h)
	}
	h.each(term.fund)
	h.closeRound()
}

func (h *history) readMilestones() {
	for _, f := range h.facilities {
		f.openUp(h)
	}
	h.each(term.milestones)
}

func (h *history) end() {
	h.meetClaims()
	h.defaulted = !h.solvent()
	expires := h.live && h.overNow() && h.until < h.grid.Term()
	h.until, h.more = h.until+h.more, 0
	h.left = h.left || h.leaving || expires
	h.ended = h.ended || expires || h.leaving || h.failing || !h.solvent() && !h.carriedOn[h.in.Buyer]
	h.each(term.end)
	h.kept *= 1 - h.frees
}

func indexOf(names []string, name string) int {
	for i, n := range names {
		if n == name {
			return i
		}
	}
	return -1
}
