// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"
	"math"
	"strings"

	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/field"
	"offtake/internal/unit"
	"offtake/internal/vec"
)

// A Fee is what ending an agreement costs whoever ends it.
type Fee struct {
	Kind  string  // share, amount or declining
	Share float64 // of the minimums still to run
	Cents float64
}

// newFee is the table of a fee.
func newFee(into **Fee) []field.Field {
	f := &Fee{}
	*into = f
	kind := func(name string) func() { return func() { f.Kind = name } }
	return []field.Field{
		{Name: "share", Kind: field.Rate, Min: field.At(0), Max: field.At(10), Into: &f.Share, Chosen: kind("share"), Doc: "a share of the minimums still to run"},
		{Name: "amount", Kind: field.Money, Min: field.At(0), Into: &f.Cents, Chosen: kind("amount"), Doc: "an amount"},
		{Name: "declining", Kind: field.Money, Min: field.At(0), Into: &f.Cents, Chosen: kind("declining"),
			Doc: "an amount that falls evenly, by the day, to nothing at the end of the term"},
	}
}

// cents is the fee for the whole agreement where it ends with the step in a lane.
func (f *Fee) cents(m *contract.Month, i int, remaining float64) float64 {
	switch {
	case f == nil:
		return 0
	case f.Kind == "share":
		return f.Share * remaining
	case f.Kind == "declining":
		grid := m.Grid()
		end := grid.StepStart(m.LastsTo(i))
		return f.Cents * (float64(end.Days(grid.StepEnd(m.T))) / float64(end.Days(grid.Start())))
	}
	return f.Cents
}

// explain says the fee in English.
func (f *Fee) explain(in *Setting) string {
	switch {
	case f == nil:
		return "no fee"
	case f.Kind == "share":
		return unit.FormatRate(f.Share) + " of the minimums still to run"
	case f.Kind == "declining":
		return in.Money(f.Cents) + ", less in proportion as the term passes"
	}
	return in.Money(f.Cents)
}

// boundNotice is a right to end an agreement, or a part of it, laid out: who
// may give notice, the notice that runs, and what ends when it is over.
type boundNotice struct {
	id      string
	gate    contract.Gate
	buyer   contract.Slot // by which the buyer gives notice; -1 where it may not
	seller  contract.Slot // likewise the supplier
	share   float64       // of the agreement that ends
	steps   int           // that a notice runs, with that in which it is given
	limits  []limit       // on the buyer's notice
	ground  func(m *contract.Month, out []float64)
	costs   func(m *contract.Month, i int, remaining float64) float64 // in cents, of ending all in this step
	moving  func(m *contract.Month) float64                           // in cents, what moving away costs beside; nil for nothing
	survive contract.Col                                              // remaining minimum of the commitment that survives
	lasting *survivor

	left   contract.Col // steps that the notice still runs; 0 where none does
	weight contract.Col // how far the clause was in force when it was given
	giver  contract.Col // 1 the buyer, -1 the supplier
	used   contract.Col // 1 once a notice was given
	ends   contract.Col // share of the agreement that ends with the step by this right

	byBuyer, bySeller contract.BillID
	moved, falls      contract.BillID
}

// A survivor is the commitment whose minimums outlast the agreement.
type survivor struct {
	id    string
	inner bool // it is within another
}

// A limit holds a notice to so many steps while another clause is in force.
type limit struct {
	head   Head
	notice calendar.Span
	steps  int
	gate   contract.Gate
}

// endings is the kind of clause that owns what ends an agreement.
const endings = "termination"

// bind attaches the right. by says who may give notice: buyer, supplier or
// either.
func (k *boundNotice) bind(b *contract.Builder, by, fee string) {
	for _, q := range []contract.Quantity{contract.Released, contract.Terminated} {
		b.Own(q, endings)
	}
	id := k.id
	k.left, k.weight, k.giver, k.used, k.ends = b.Column(id+".notice_left"), b.Column(id+".notice_force"), b.Column(id+".notice_by"), b.Column(id+".notice_given"), b.Column(id+".ends")
	bill := func(from, to, kind string, role contract.Role) contract.BillID {
		return b.Bill(contract.Line{From: from, To: to, Asset: contract.Asset{Kind: contract.Cash}, Kind: kind, Clause: id, Role: role}, 0)
	}
	k.buyer, k.seller = -1, -1
	if by != "supplier" {
		k.buyer = b.Election(id+".notice", id, contract.LeaveSlot)
		k.byBuyer = bill(b.Buyer(), b.Supplier(), fee, contract.Use)
	}
	if k.moving != nil {
		k.moved = bill(b.Buyer(), b.Supplier(), "switching_charge", contract.Use)
	}
	if by != "buyer" {
		k.seller = b.Election(id+".dismissal", id, contract.DismissSlot)
		k.bySeller = bill(b.Supplier(), b.Buyer(), fee, contract.Use)
	}
	if k.lasting != nil {
		k.survive = b.Shared(k.lasting.id + ".remaining")
		k.falls = bill(b.Buyer(), b.Supplier(), "surviving_minimum", contract.Miss)
	}
	for i := range k.limits {
		x := &k.limits[i]
		x.gate, x.steps = x.head.gate(b), max(1, b.Grid().StepsIn(x.notice))
	}
	b.On(contract.Standing, id, k.stand)
	b.On(contract.Taking, id, k.take)
	b.On(contract.Reckoning, id, k.settle)
}

// stand offers the right where its ground is there and it was not used.
func (k *boundNotice) stand(m *contract.Month) {
	may, force, used := m.Temp(), m.Temp(), m.Col(k.used)
	k.ground(m, may)
	m.Force(k.gate, force)
	for i := range may {
		if used[i] != 0 || force[i] == 0 {
			may[i] = 0
		}
	}
	for _, s := range []contract.Slot{k.buyer, k.seller} {
		if s >= 0 {
			vec.Copy(m.Offer(s), may)
		}
	}
	m.Free(2)
}

// take notes that notice is given, and what ends where one is over.
func (k *boundNotice) take(m *contract.Month) {
	ends := m.Col(k.ends)
	vec.Fill(ends, 0)
	k.note(m)
	left := m.Col(k.left)
	if !vec.Any(left) {
		return
	}
	live, exiting, terminated, released := m.Q(contract.Live), m.Q(contract.Exiting), m.Q(contract.Terminated), m.Q(contract.Released)
	for i := range left {
		if left[i] == 0 || live[i] == 0 {
			continue
		}
		if left[i]--; left[i] > 0 || terminated[i] != 0 {
			continue
		}
		ends[i] = m.Col(k.weight)[i] * k.share
		if ends[i] == 1 {
			exiting[i], terminated[i] = 1, 1
			if m.Col(k.giver)[i] < 0 {
				m.Q(contract.Dismissing)[i] = 1
			}
		} else {
			released[i] = 1 - float64((1-released[i])*(1-ends[i]))
		}
	}
}

// note starts a notice. Where both give it, it is the buyer's.
func (k *boundNotice) note(m *contract.Month) {
	force := m.Temp()
	m.Force(k.gate, force)
	given := func(s contract.Slot, i int) bool { return s >= 0 && m.Chosen(s)[i] > 0 }
	for i := range force {
		byBuyer := given(k.buyer, i)
		if !byBuyer && !given(k.seller, i) {
			continue
		}
		m.Col(k.used)[i], m.Col(k.weight)[i] = 1, force[i]
		m.Col(k.left)[i], m.Col(k.giver)[i] = float64(k.steps), -1
		if byBuyer {
			m.Col(k.left)[i], m.Col(k.giver)[i] = k.buyersSteps(m, i), 1
		}
	}
	m.Free(1)
}

// buyersSteps are those that a notice of the buyer runs, as other clauses
// limit it.
func (k *boundNotice) buyersSteps(m *contract.Month, i int) float64 {
	steps := k.steps
	for _, x := range k.limits {
		if x.steps >= k.steps {
			continue
		}
		force := m.Temp()
		m.Force(x.gate, force)
		steps = min(steps, k.steps-int(math.Floor(force[i]*float64(k.steps-x.steps))))
		m.Free(1)
	}
	return float64(steps)
}

// settle bills what ending costs, and what survives it. What ends in part
// ends with the rest where all of it does.
func (k *boundNotice) settle(m *contract.Month) {
	ends := m.Col(k.ends)
	if !vec.Any(ends) {
		return
	}
	byBuyer, bySeller, moved, falls := m.Temp(), m.Temp(), m.Temp(), m.Temp()
	for _, col := range [][]float64{byBuyer, bySeller, moved, falls} {
		vec.Fill(col, 0)
	}
	for i := range ends {
		if ends[i] == 0 || ends[i] < 1 && m.Q(contract.Exiting)[i] != m.See(contract.Expiring)[i] {
			continue
		}
		remaining := m.Q(contract.Remaining)[i]
		if k.lasting != nil {
			falls[i] = ends[i] * m.Col(k.survive)[i]
			if !k.lasting.inner {
				remaining -= m.Col(k.survive)[i]
			}
		}
		if k.moving != nil {
			moved[i] = k.moving(m) * ends[i]
		}
		if cost := k.costs(m, i, max(0, remaining)) * ends[i]; m.Col(k.giver)[i] > 0 {
			byBuyer[i] = cost
		} else {
			bySeller[i] = cost
		}
	}
	if k.buyer >= 0 {
		m.Bill(k.byBuyer, byBuyer)
	}
	if k.seller >= 0 {
		m.Bill(k.bySeller, bySeller)
	}
	if k.moving != nil {
		m.Bill(k.moved, moved)
	}
	if k.lasting != nil {
		m.Bill(k.falls, falls)
	}
	m.Free(4)
}

// checkNotice reports one that cannot end before the term does.
func checkNotice(first, steps int, in *Setting, r field.Report) {
	if first+steps > in.Grid.Term() {
		r.Fault("NOTICE-LATE", "notice", "shorten it, or let the right begin earlier",
			"notice given on the first day allowed ends only when the term is over")
	}
}

// onNotice says in English how long it is.
func onNotice(s calendar.Span, in *Setting) string {
	if s == (calendar.Span{}) {
		return fmt.Sprintf("at the end of any %s", in.Grid.Step())
	}
	return fmt.Sprintf("on %s notice", ofTime(s))
}

// ofTime is a span whose something follows: "90 days'", "1 year's".
func ofTime(s calendar.Span) string {
	w := s.Words()
	if strings.HasSuffix(w, "s") {
		return w + "'"
	}
	return w + "'s"
}
