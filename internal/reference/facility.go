// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"math"

	"offtake/internal/clause"
	"offtake/internal/contract"
)

// facility is a facility clause and where it stands.
type facility struct {
	c         *clause.Facility
	note      *clause.Note // that draws are lent under; nil where there is none
	opened    float64      // cents opened so far, in all
	peakGW    float64      // most power delivered while it was on offer
	spent     float64      // cents of eligible spend so far
	taken     float64      // units so far
	reached   []bool       // by part: it was opened in some step
	open      float64      // cents that can be drawn
	calls     []call       // draws called for and not yet paid
	principal float64      // cents drawn against paper of its own
	shares    float64      // bought with draws
	price     float64      // cents a share at which the first were bought; 0 before
	seen      int          // step in which the event was first seen; -1 before
	put       bool         // the lender gains by putting money in, as quoted in the step
}

// A call is a draw that is to be paid in a later step.
type call struct {
	step  int
	cents float64
}

// powerSlack is by how much a sum of decimals may miss the power that opens
// a part: 0.7 GW and 0.1 GW are 0.8 GW.
const powerSlack = 1e-12

func newFacility(c *clause.Facility, in Input) *facility {
	f := &facility{c: c, seen: -1, reached: make([]bool, len(c.Opens))}
	for _, x := range in.Clauses {
		if note, is := x.(*clause.Note); is && c.Into == note.Head().ID {
			f.note = note
		}
	}
	return f
}

func (f *facility) room() contract.Asset {
	return contract.Asset{Kind: contract.FacilityOpen, Of: f.c.Head().ID}
}

func (f *facility) pending() float64 {
	sum := 0.0
	for _, x := range f.calls {
		sum += x.cents
	}
	return sum
}

// give posts a flow from lender to borrower, take the other way.
func (f *facility) give(h *history, asset contract.Asset, kind string, cents float64) float64 {
	head := f.c.Head()
	return h.post(Flow{From: head.From, To: head.To, Asset: asset, Kind: kind, Clause: head.ID, Amount: cents})
}

func (f *facility) take(h *history, asset contract.Asset, kind string, cents float64) float64 {
	head := f.c.Head()
	return h.post(Flow{From: head.To, To: head.From, Asset: asset, Kind: kind, Clause: head.ID, Amount: cents})
}

// limit is the limit less what came in after the signing under the
// clauses that reduce it.
func (f *facility) limit(h *history) float64 {
	limit := f.c.Limit.Value
	for _, id := range f.c.ReducedBy {
		limit -= h.paidLater[id]
	}
	return max(0, limit)
}

// openUp reads the milestones at the end of a step, or at signing.
func (f *facility) openUp(h *history) {
	if h.t >= 0 {
		if h.live {
			f.spent += h.spend + h.beside
			f.taken += h.taken
		}
		if !f.onOffer(h) {
			return
		}
		f.peakGW = max(f.peakGW, h.offer.powerGW)
	}
	force, limit := h.force(f.c.Head()), f.limit(h)
	want := float64(min(f.asked(h), limit) * force)
	if want > f.opened {
		more := f.give(h, f.room(), "open", want-f.opened)
		f.opened += more
		f.open += more
		return
	}
	if above := f.opened - float64(limit*force); above > 0 && len(f.c.ReducedBy) > 0 {
		less := f.take(h, f.room(), "reduced", min(above, f.open))
		f.opened -= less
		f.open -= less
	}
}

// asked is what the parts that are reached come to.
func (f *facility) asked(h *history) float64 {
	if len(f.c.Opens) == 0 && f.c.PerGW == nil {
		return f.c.Limit.Value
	}
	sum := 0.0
	for k, o := range f.c.Opens {
		f.reached[k] = f.reached[k] || f.inTime(h, o) && f.holds(h, o)
		if f.reached[k] {
			sum += o.Cents
		}
	}
	if p := f.c.PerGW; p != nil {
		whole := int(math.Floor(f.peakGW / (1 - powerSlack)))
		if n := min(whole, p.Upto) - p.From + 1; n > 0 {
			sum += float64(p.Cents * float64(n))
		}
	}
	return sum
}

// inTime tells whether the step's last day is not after the part's last.
func (f *facility) inTime(h *history, o clause.Opening) bool {
	if o.By.IsZero() {
		return true
	}
	if h.t < 0 {
		return !h.grid.Valuation().After(o.By)
	}
	return !h.grid.StepEnd(h.t).After(o.By.AddDays(1))
}

// holds tells whether the part has what it waits for.
func (f *facility) holds(h *history, o clause.Opening) bool {
	enough := func(has, want float64) bool { return has >= want*(1-powerSlack) }
	switch {
	case o.PowerGW != nil:
		return h.t >= 0 && enough(h.offer.powerGW, *o.PowerGW)
	case o.SpendCents != nil:
		return enough(f.spent, *o.SpendCents)
	case o.Units != nil:
		return enough(f.taken, *o.Units)
	case o.Event != "":
		return h.happened(o.Event)
	case o.Index != "":
		return enough(h.index(o.Index), *o.AtLeast)
	case o.Paid != "" && o.AtLeast != nil:
		return enough(h.paidIn[o.Paid], perShare(*o.AtLeast))
	case o.Paid != "":
		return h.paidIn[o.Paid] > 0
	case o.At.IsZero():
		return true // at signing
	}
	return h.t >= 0 && o.At.Before(h.grid.StepEnd(h.t))
}

// standing tells whether money may be drawn at all: nobody has failed whose
// failure ends that.
func (f *facility) standing(h *history) bool {
	return h.mayFund(f.c.Head().From) && !h.stopped(f.c.Head().ID)
}

// onOffer tells whether what is open can be drawn in the running step.
func (f *facility) onOffer(h *history) bool {
	if !f.standing(h) {
		return false
	}
	if !f.c.Expires.IsZero() && !h.grid.StepEnd(h.t).Before(f.c.Expires) {
		return false
	}
	if f.c.Of == "" || f.seen < 0 {
		return true
	}
	return h.t-f.seen < f.c.After.Months/h.grid.MonthsPerStep()
}

// stand notes the step in which the event is first seen, and whether the lender
// would put money in.
func (f *facility) stand(h *history) {
	if f.c.Of != "" && f.seen < 0 && h.happened(f.c.Of) {
		f.seen = h.t
	}
	f.put = f.c.Worth > 1
	if kind, _ := f.security(h); inShares(kind) {
		f.put = pays(h.fairPrice(), f.cost(h))
	}
}

func inShares(security string) bool { return security == "common" || security == "preferred" }

// security is what the lender gets for a draw in the step.
func (f *facility) security(h *history) (kind, line string) {
	if f.c.Then != nil && h.happened(f.c.Then.On) {
		return f.c.Then.Kind, "issue_after_event"
	}
	return f.c.Security, "issue"
}

// cost is what a share costs, in cents.
func (f *facility) cost(h *history) float64 {
	at := f.c.Shares
	switch {
	case f.price > 0:
		return f.price
	case at.PerShare != nil:
		return perShare(*at.PerShare)
	case at.PreMoney > 0:
		return at.PreMoney / h.shares
	}
	return h.fairPrice() * (1 - at.Discount)
}

func (f *facility) fund(h *history) {
	offered := f.onOffer(h)
	f.payFee(h, offered)
	if offered {
		f.call(h)
	}
	due, later := 0.0, []call(nil)
	for _, x := range f.calls {
		if x.step == h.t {
			due += x.cents
		} else {
			later = append(later, x)
		}
	}
	f.calls = later
	f.open += due - f.pay(h, due)
	lapse := 0.0
	if !offered {
		lapse, f.open = f.open, 0
	}
	if !f.standing(h) {
		lapse += f.pending()
		f.calls = nil
	}
	f.take(h, f.room(), "lapse", lapse)
}

// payFee charges for what is undrawn.
func (f *facility) payFee(h *history, offered bool) {
	if !offered || f.c.FeeRate == 0 {
		return
	}
	undrawn := f.open
	if f.c.FeeOn == "limit" {
		undrawn = max(0, float64(f.limit(h)*h.force(f.c.Head()))-h.paidIn[f.c.Head().ID])
	}
	f.take(h, cash, "commitment_fee", undrawn*(f.c.FeeRate*h.yearsOfStep()))
}

// call reserves what is called for in the step until it is paid.
func (f *facility) call(h *history) {
	id, cents := f.c.Head().ID, 0.0
	if f.c.DrawnBy != "lender" {
		cents = clamp(h.elected(id+".draw"), f.open)
		if cents < min(f.c.LeastCents, f.open) {
			cents = 0
		}
	}
	if f.c.DrawnBy != "borrower" && f.put {
		cents += min(clamp(h.elected(id+".put"), f.open), f.open-cents)
	}
	cents = h.cents(cents)
	f.open -= cents
	f.calls = append(f.calls, call{f.paidOn(h), cents})
}

// paidOn is the step in which a draw called for now is paid.
func (f *facility) paidOn(h *history) int {
	due, t := h.grid.StepStart(h.t).Add(f.c.Notice), h.t
	for t < h.grid.Steps() && h.grid.StepEnd(t).Before(due) {
		t++
	}
	return t
}

// pay pays a draw that is due as far as it may be, and returns what it paid.
func (f *facility) pay(h *history, cents float64) float64 {
	head := f.c.Head()
	if !f.standing(h) {
		cents = 0
	}
	if len(f.c.ReducedBy) > 0 {
		cents = min(cents, max(0, float64(f.limit(h)*h.force(head))-h.paidIn[head.ID]))
	}
	if f.c.Use == "invoices" {
		cents = min(cents, max(0, h.billedInAll()))
	}
	kind, line := f.security(h)
	price := 0.0
	if inShares(kind) {
		price = f.cost(h)
		if price <= 0 {
			cents = 0
		}
		cents = afford(cents, h.room(head.From, f.c.Cap, 0), price)
	}
	cents = f.take(h, f.room(), "drawn", cents)
	h.cameIn(head.ID, cents)
	switch {
	case inShares(kind):
		f.give(h, cash, "draw_for_shares", cents)
		if f.c.Shares.PreMoney > 0 && cents > 0 {
			f.price = price
		}
		if price > 0 {
			f.shares += h.issue(head.ID, head.From, line, cents/price)
		}
		h.raise(cents)
	case f.note != nil:
		f.give(h, cash, "draw", cents)
		h.fed[f.note.Head().ID] += cents
	default:
		f.give(h, cash, "draw", cents)
		f.take(h, contract.Asset{Kind: contract.Note, Of: head.ID}, "note", cents)
		f.principal += cents
	}
	return cents
}
