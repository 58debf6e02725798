// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"math"
	"strconv"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/unit"
)

// notice is a right to end the agreement, or a part of it, and the notice that
// runs.
type notice struct {
	head    *clause.Head
	by      string  // buyer, supplier or either
	share   float64 // that ends
	steps   int     // that a notice runs
	shorter bool    // the Data Act may shorten the buyer's
	fee     string  // kind of flow
	costs   func(h *history, rest float64) float64
	moving  func(h *history) float64 // what moving away costs beside

	offered bool
	used    bool
	runs    int     // steps left
	force   float64 // when it was given
	byBuyer bool
	ends    float64 // share of the agreement that this right ends with the step
}

func (n *notice) offer(h *history, ground bool) {
	n.offered = ground && !n.used && h.force(n.head) > 0
}

func (n *notice) takeNotice(h *history) {
	n.ends = 0
	buyer := n.by != "supplier" && !h.held && h.elected(n.head.ID+".notice") > 0
	supplier := n.by != "buyer" && h.elected(n.head.ID+".dismissal") > 0
	if n.offered && (buyer || supplier) {
		n.used, n.byBuyer, n.force, n.runs = true, buyer, h.force(n.head), n.steps
		if buyer && n.shorter {
			n.runs = h.shortened(n.steps)
		}
	}
	if n.runs == 0 {
		return
	}
	if n.runs--; n.runs > 0 || h.noticed {
		return
	}
	n.ends = n.force * n.share
	if n.ends == 1 {
		h.leaving, h.noticed, h.dismissed = true, true, !n.byBuyer
	} else {
		h.frees = 1 - float64((1-h.frees)*(1-n.ends))
	}
}

// shortened is a buyer's notice as the switching clauses in force limit it.
func (h *history) shortened(steps int) int {
	out := steps
	for _, c := range h.in.Clauses {
		s, ok := c.(*clause.Switching)
		if !ok {
			continue
		}
		if most := max(1, h.grid.StepsIn(orElse(s.Notice, 2))); most < steps {
			out = min(out, steps-int(math.Floor(h.force(s.Head())*float64(steps-most))))
		}
	}
	return out
}

// orElse is a span, or so many months where none is stated.
func orElse(s calendar.Span, months int) calendar.Span {
	if s == (calendar.Span{}) {
		return calendar.Span{Months: months}
	}
	return s
}

// pay pays what ending costs, given the minimums still to run, but for those
// that survive.
func (n *notice) pay(h *history, rest float64) {
	from, to := h.in.Supplier, h.in.Buyer
	if n.byBuyer {
		from, to = to, from
	}
	h.charge(Flow{From: from, To: to, Kind: n.fee, Clause: n.head.ID, Amount: n.costs(h, max(0, rest)) * n.ends}, 0)
	if n.moving != nil {
		h.charge(Flow{From: from, To: to, Kind: "switching_charge", Clause: n.head.ID, Amount: n.moving(h) * n.ends}, 0)
	}
}

// moot tells whether nothing ends by this right with the step: a part does not
// where all does.
func (n *notice) moot(h *history) bool { return n.ends == 0 || n.ends < 1 && h.leaving }

// feeOf is what a fee comes to if all of the agreement ends with the step.
func feeOf(h *history, f *clause.Fee, rest float64) float64 {
	switch {
	case f == nil:
		return 0
	case f.Kind == "share":
		return f.Share * rest
	case f.Kind == "declining":
		end := h.grid.StepStart(h.until)
		return f.Cents * (float64(end.Days(h.grid.StepEnd(h.t))) / float64(end.Days(h.grid.Start())))
	}
	return f.Cents
}

// rest is the minimums still to run after the step.
func (h *history) rest() float64 {
	sum := 0.0
	for _, k := range h.commitments {
		if k.outer == nil {
			sum += k.rest(h)
		}
	}
	return sum
}

// termination is a termination clause.
type termination struct {
	idle
	notice
	c    *clause.Termination
	late int // live steps in a row in which delivery was short
	age  int // steps since the event, with the first in which it is seen
}

func newTermination(x clause.Clause, h *history) term {
	c := x.(*clause.Termination)
	return &termination{c: c, notice: notice{head: c.Head(), by: c.By, share: c.Share, steps: max(1, h.grid.StepsIn(c.Notice)), shorter: true,
		fee: "termination_fee", costs: func(h *history, rest float64) float64 { return feeOf(h, c.Fee, rest) }}}
}

func (x *termination) stand(h *history) {
	if h.t < h.grid.Term() {
		x.offer(h, x.ground(h))
	}
}

func (x *termination) ground(h *history) bool {
	switch x.c.Ground {
	case "convenience":
		return !h.grid.StepStart(h.t).Before(h.grid.Start().Add(x.c.After))
	case "late_delivery":
		return x.late >= x.c.Steps
	}
	if h.happened(x.c.Event) {
		x.age++
	}
	return x.age > 0 && (x.c.Within == (calendar.Span{}) || x.age <= h.grid.StepsIn(x.c.Within))
}

func (x *termination) take(h *history) { x.takeNotice(h) }

func (x *termination) reckon(h *history) {
	if x.moot(h) {
		return
	}
	rest := h.rest()
	if k := find(h.commitments, x.c.Survives); k != nil {
		left := k.rest(h)
		if k.outer == nil {
			rest -= left
		}
		h.charge(Flow{From: h.in.Buyer, To: h.in.Supplier, Kind: "surviving_minimum", Clause: x.c.Head().ID, Amount: left * x.ends}, 0)
	}
	x.pay(h, rest)
}

func (x *termination) milestones(h *history) {
	if o := h.offer; h.live && !meets(o.delivered, x.c.Below*o.promised) {
		x.late++
	} else {
		x.late = 0
	}
}

// switching is a switching clause.
type switching struct {
	idle
	notice
}

func newSwitching(x clause.Clause, h *history) term {
	c := x.(*clause.Switching)
	days, transition := orElse(c.Notice, 2), orElse(c.Transition, 1)
	free := c.FreeFrom
	if free.IsZero() {
		free = calendar.MustParseDate("2027-01-12")
	}
	return &switching{notice: notice{head: c.Head(), by: "buyer", share: 1, fee: "termination_fee",
		steps: max(1, h.grid.StepsIn(calendar.Span{Months: days.Months + transition.Months, Days: days.Days + transition.Days})),
		costs: func(h *history, rest float64) float64 { return feeOf(h, c.Penalty, rest) },
		moving: func(h *history) float64 {
			if lastDay := h.grid.StepEnd(h.t).AddDays(-1); lastDay.Before(free) {
				return c.Charge
			}
			return 0
		}}}
}

func (x *switching) stand(h *history) {
	if h.t < h.grid.Term() {
		x.offer(h, true)
	}
}

func (x *switching) take(h *history) { x.takeNotice(h) }

func (x *switching) reckon(h *history) {
	if !x.moot(h) {
		x.pay(h, h.rest())
	}
}

func printTermination(p *printer, x clause.Clause) {
	c := x.(*clause.Termination)
	p.unless("either", "by", c.By)
	var m mapping
	switch c.Ground {
	case "convenience":
		m.addSpan("after", c.After)
	case "late_delivery":
		m.add("below", unit.WriteRate(c.Below))
		m.add("steps", strconv.Itoa(c.Steps))
	default:
		m.add("event", scalar(c.Event))
		m.addSpan("within", c.Within)
	}
	p.field("why", "{"+c.Ground+": "+m.String()+"}")
	p.span("notice", c.Notice)
	p.unless("100%", "share", unit.WriteRate(c.Share))
	p.fee("fee", c.Fee)
	p.unless("", "survives", scalar(c.Survives))
}

func printSwitching(p *printer, x clause.Clause) {
	c := x.(*clause.Switching)
	p.span("notice", c.Notice)
	p.span("transition", c.Transition)
	p.unless("0", "charge", unit.WriteMoney(c.Charge))
	p.date("free_from", c.FreeFrom)
	p.fee("penalty", c.Penalty)
}

// fee writes one entry of a clause that is a fee, if it is given.
func (p *printer) fee(name string, f *clause.Fee) {
	switch {
	case f == nil:
	case f.Kind == "share":
		p.field(name, "{share: "+unit.WriteRate(f.Share)+"}")
	default:
		p.field(name, "{"+f.Kind+": "+unit.WriteMoney(f.Cents)+"}")
	}
}
