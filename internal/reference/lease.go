// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/contract"
)

// lease is a lease clause and where it stands.
type lease struct {
	idle
	c       *clause.Lease
	ended   bool // before its time, or never begun
	placed  []placing
	deposit float64 // cents held
	cents   float64 // rent of the running step
}

// placing is a part of the thing let that was paid for in a step.
type placing struct {
	step        int
	share       float64
	outlayCents float64
}

func newLease(c clause.Clause, _ *history) term { return &lease{c: c.(*clause.Lease)} }

func (k *lease) starts(h *history) calendar.Date {
	if k.c.Starts.IsZero() {
		return h.grid.Start()
	}
	return k.c.Starts
}

// due tells whether a step that begins on a day is one of the lease.
func (k *lease) due(h *history, day calendar.Date) bool {
	return !day.Before(k.starts(h)) && day.Before(k.starts(h).Add(k.c.Term))
}

// number is which step of the lease the running one is, from 0.
func (k *lease) number(h *history) int {
	n := 0
	for t := 0; t < h.t; t++ {
		if k.due(h, h.grid.StepStart(t)) {
			n++
		}
	}
	return n
}

// stepsAfter is how many steps of the lease come after the given one, those
// beyond the deal's term among them.
func (k *lease) stepsAfter(h *history, t int) int {
	n := 0
	for k.due(h, h.grid.Start().AddMonths((t+1+n)*h.grid.MonthsPerStep())) {
		n++
	}
	return n
}

func (k *lease) third(h *history) bool {
	from := k.c.Head().From
	return from != h.in.Buyer && from != h.in.Supplier
}

// runs tells whether the lease runs in the step.
func (k *lease) runs(h *history) bool {
	return h.t < h.grid.Term() && k.due(h, h.grid.StepStart(h.t)) && h.live && !k.ended && (!k.third(h) || h.solventParty(k.c.Head().From))
}

func (k *lease) force(h *history) float64 {
	if !k.runs(h) {
		return 0
	}
	return h.force(k.c.Head())
}

// unitsPerStep is the compute that is let in a step.
func (k *lease) unitsPerStep(h *history) float64 {
	if k.c.UnitsPerGW == nil {
		return 0
	}
	return *k.c.PowerGW * *k.c.UnitsPerGW * float64(h.grid.MonthsPerStep())
}

func (k *lease) supply(h *history) { h.bear(k.c.LowersCost, k.force(h)) }

func (k *lease) stand(h *history) { h.step.Quote.Leased += float64(k.force(h) * k.unitsPerStep(h)) }

// take reckons the rent, and serves need.
func (k *lease) take(h *history) {
	k.cents = h.cents(k.force(h) * k.rent(h))
	if k.c.Eligible {
		h.beside += k.cents
	}
	if k.c.UnitsPerGW == nil {
		return
	}
	there, obs, w := 0.0, h.obs.Obs, k.force(h)
	if k.runs(h) {
		there = k.unitsPerStep(h)
	}
	met := h.taken + h.step.LeasedUsed
	firm := clamp(obs[contract.Need]-met, there)
	flexible := clamp(obs[contract.Need]+obs[contract.Flexible]-met-firm, there-firm)
	h.step.LeasedUsed += float64(w * (firm + flexible))
	worth := float64(firm*obs[contract.Market]) + float64(flexible*min(obs[contract.Market], obs[contract.FlexibleValue]))
	from := k.c.Head().From
	if k.c.Outlay > 0 {
		from = contract.Outside
	}
	k.kind(h, from, k.c.Head().To, "service", w*worth)
}

func (k *lease) kind(h *history, from, to, kind string, cents float64) {
	id := k.c.Head().ID
	h.post(Flow{From: from, To: to, Asset: contract.Asset{Kind: contract.InKind, Of: id}, Kind: kind, Clause: id, Amount: cents})
}

func (k *lease) cash(h *history, from, to, kind string, cents float64) float64 {
	return h.post(Flow{From: from, To: to, Asset: cash, Kind: kind, Clause: k.c.Head().ID, Amount: cents})
}

// agreed is the rent of the nth step of the lease, from 0, as it was agreed.
func (k *lease) agreed(h *history, n int) float64 {
	cents := k.c.RentCents * float64(h.grid.MonthsPerStep())
	if k.c.Per == "gw" {
		cents *= *k.c.PowerGW
	}
	for year := 1; year*h.grid.StepsPerYear() <= n; year++ {
		cents *= 1 + k.c.Escalator
	}
	return cents
}

// claim is what a failing tenant owes for the rents still to run.
func (k *lease) claim(h *history) {
	head, n := k.c.Head(), k.number(h)
	gone := h.breaking
	if head.To == h.in.Supplier {
		gone = h.failing
	}
	if !gone || k.ended || n == 0 || !k.due(h, h.grid.StepStart(h.t)) {
		return
	}
	worth, face := 0.0, 0.0
	for t := h.t; t < h.until && k.due(h, h.grid.StepStart(t)); t++ {
		rent := k.agreed(h, n+t-h.t)
		worth += float64(rent * h.tape.Curve[t] / h.tape.Curve[h.t])
		face += rent
	}
	c := &claim{clause: head.ID, debtor: head.To, creditor: head.From, of: contract.OfMinimums,
		pays: Flow{From: head.To, To: head.From, Asset: cash, Kind: "rents_recovered", Clause: head.ID}}
	f := h.force(head)
	c.left = max(0, h.accelerated(head.To, head.From, f*worth, f*face)-k.deposit)
	h.claims = append(h.claims, c)
}

// rent is the step's, if all of the lease is in force.
func (k *lease) rent(h *history) float64 {
	cents := k.agreed(h, k.number(h))
	if k.c.Indexed != nil {
		cents *= moved(k.c.Indexed, h)
	}
	if k.c.Head().From == h.in.Supplier && k.c.Abatement == "pro_rata" && len(h.capacities) > 0 {
		if h.offer.promised == 0 {
			return 0
		}
		cents *= h.offer.delivered / h.offer.promised
	}
	return cents
}

func (k *lease) bill(h *history) {
	head := k.c.Head()
	f := Flow{From: head.To, To: head.From, Kind: "rent", Clause: head.ID, Amount: k.cents}
	if k.third(h) {
		f.Asset = cash
		h.post(f)
		return
	}
	h.chargeUsage(f)
}

func (k *lease) residual() float64 {
	if k.c.Residual == nil {
		return 0
	}
	return k.c.Residual.Cents
}

// remains is what all of the thing is worth at the end, as the index stands.
func (k *lease) remains(h *history) float64 {
	if k.c.Residual == nil || k.c.Residual.Indexed == nil {
		return k.residual()
	}
	return k.residual() * moved(k.c.Residual.Indexed, h)
}

func (k *lease) share() float64 {
	sum := 0.0
	for _, p := range k.placed {
		sum += p.share
	}
	return sum
}

// fund pays outlay and deposit for what comes into force.
func (k *lease) fund(h *history) {
	fresh := k.force(h) - k.share()
	if !k.runs(h) || fresh <= 0 {
		return
	}
	head := k.c.Head()
	p := placing{step: h.t, share: fresh}
	if k.c.Outlay > 0 {
		p.outlayCents = k.cash(h, head.From, contract.Outside, "outlay", fresh*k.c.Outlay)
	}
	k.placed = append(k.placed, p)
	paid := k.cash(h, head.To, head.From, "deposit", fresh*k.c.Deposit)
	k.hold(h, head.From, head.To, "deposit_held", paid)
	k.deposit += paid
}

// hold moves the claim to the deposit.
func (k *lease) hold(h *history, from, to, kind string, cents float64) {
	id := k.c.Head().ID
	h.post(Flow{From: from, To: to, Asset: contract.Asset{Kind: contract.Deposit, Of: id}, Kind: kind, Clause: id, Amount: cents})
}

// end settles what is held and owned when the lease ends.
func (k *lease) end(h *history) {
	head := k.c.Head()
	if h.t >= h.grid.Term() || k.ended || !k.due(h, h.grid.StepStart(h.t)) {
		return
	}
	failed := k.failed(h, head.From) || k.failed(h, head.To)
	last := k.stepsAfter(h, h.t) == 0
	if h.live && last && !failed {
		k.purchase(h)
	}
	if !failed && !h.agreementEnds() && !(h.live && last) {
		return
	}
	k.ended = true
	if k.number(h) > 0 || len(k.placed) > 0 || h.live {
		k.giveBack(h, failed)
	}
}

// failed tells whether a party fails in the step, which ends the lease.
func (k *lease) failed(h *history, party string) bool {
	switch party {
	case h.in.Buyer:
		return h.broken && !h.failing
	case h.in.Supplier:
		return h.broken && h.failing
	}
	return !h.solventParty(party)
}

func (k *lease) purchase(h *history) {
	if k.c.Purchase == nil {
		return
	}
	head, worth := k.c.Head(), k.remains(h)
	price := 0.0
	if k.c.Purchase.Cents != nil {
		price = *k.c.Purchase.Cents
	} else {
		price = worth * *k.c.Purchase.Fair
	}
	if price >= worth {
		return
	}
	share := k.share() * clamp(h.elected(head.ID+".purchase"), 1)
	k.cash(h, head.To, head.From, "purchase", price*share)
	k.kind(h, head.From, head.To, "bought", worth*share)
}

// giveBack returns what was let, and the deposit unless a party failed.
func (k *lease) giveBack(h *history, failed bool) {
	head := k.c.Head()
	falls := 0.0 // by how much worth falls each step
	for _, p := range k.placed {
		falls += (p.outlayCents - float64(p.share*k.residual())) / float64(k.stepsAfter(h, p.step)+1)
	}
	worth := float64(k.remains(h)*k.share()) + float64(falls*float64(k.stepsAfter(h, h.t)))
	if k.c.Outlay > 0 {
		k.kind(h, contract.Outside, head.From, "returned", worth)
	}
	if failed {
		k.hold(h, head.To, head.From, "deposit_lost", k.deposit)
	} else {
		k.hold(h, head.To, head.From, "deposit_returned", k.cash(h, head.From, head.To, "deposit_back", k.deposit))
	}
	k.deposit = 0
}

func (k *lease) stocks(*history) []Stock {
	return []Stock{{k.c.Head().To, contract.Asset{Kind: contract.Deposit, Of: k.c.Head().ID}, k.deposit}}
}
