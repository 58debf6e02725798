// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"math"

	"offtake/internal/contract"
	"offtake/internal/measure/cashflow"
	"offtake/internal/vec"
)

// theLab stands for the lab where holders are counted.
const theLab = -1

// returns are rates, multiples and exposures of the flows of each party that
// puts in capital, and of the lab where anybody does: net of what supplying
// compute costs the provider and of what the lab would have paid without the
// deal. On gross flows "+5, then -10 a year" would earn 200%.
func returns(s *Setting) []Measure {
	financed := s.finances(s.Program.Buyer())
	for _, h := range s.Holders {
		financed = financed || s.finances(h.Party)
	}
	out := append(returnsOf(s, 0, s.Program.Supplier(), financed), returnsOf(s, theLab, s.Program.Buyer(), financed)...)
	for h := 1; h < len(s.Holders); h++ {
		out = append(out, returnsOf(s, h, s.Holders[h].Party, s.finances(s.Holders[h].Party))...)
	}
	return out
}

// returnsOf are those of holder h, or of the lab.
func returnsOf(s *Setting, h int, party string, financed bool) []Measure {
	flows := uses(netFlowSources(h))
	per := func(name string, unit Unit, doc string, of func(b *Book, out []float64)) Measure {
		m := each(name, unit, doc, nil, flows)
		m.Party, m.Value, m.BySteps = party, of, true
		return m
	}
	var out []Measure
	for _, x := range s.Hurdles {
		if x.Party == party {
			out = append(out, per("npv_at_hurdle", Money, "net present value of the party's flows at its own yearly rate",
				func(b *Book, out []float64) { b.discountFlows(out, b.net.of(b, h), x.Rate) }))
		}
	}
	if !financed {
		return out // a rate of return needs money put in
	}
	irr := per("irr", Rate, "yearly internal rate of return; undefined where no capital is put in, where none is ever outstanding, and where there is none or several",
		func(b *Book, out []float64) { b.rates(out, h) })
	irr.Why = func(b *Book) string { return b.whyNoRate(h, 0) }
	multiple := per("multiple", Ratio, "money in over money out", func(b *Book, out []float64) { multiples(out, b.net.of(b, h), b.tmp) })
	return append(out, irr, multiple.unless("no step has more going out than coming in"),
		per("peak_exposure", Money, "the deepest that the party's cumulative flow goes below zero", func(b *Book, out []float64) { peaks(out, b.net.of(b, h), b.tmp) }))
}

// discountFlows adds up flows at a yearly rate.
func (b *Book) discountFlows(out []float64, flows [][]float64, rate float64) {
	vec.Fill(out, 0)
	for k, col := range flows {
		vec.AddScaled(out, col, vec.PowOf(1+rate, -b.s.years(k-1)))
	}
}

// multiples are money in over money out; NaN where nothing goes out.
func multiples(out []float64, flows [][]float64, in []float64) {
	clear(in)
	clear(out)
	for _, col := range flows {
		for i, x := range col {
			if x > 0 {
				in[i] += x
			} else {
				out[i] -= x
			}
		}
	}
	for i, x := range out {
		out[i] = math.NaN()
		if x > 0 {
			out[i] = in[i] / x
		}
	}
}

// peaks are the deepest that the running sums of flows go below zero.
func peaks(out []float64, flows [][]float64, balance []float64) {
	clear(balance)
	clear(out)
	for _, col := range flows {
		vec.Accumulate(balance, col)
		vec.Min(out, balance, out)
	}
	for i, x := range out {
		out[i] = 0 - x
	}
}

// rates are the yearly rates of holder h's flows, or of the lab's; NaN where there
// is none, or several, or where it would mean nothing (see outOfReach).
func (b *Book) rates(out []float64, h int) {
	flows, years := make([]float64, len(b.steps.paid)), b.stepYears()
	solver, net := b.solver(years), b.net.of(b, h)
	for i := range out {
		lane(flows, net, i)
		if _, why := b.outOfReach(flows, h, i); why != "" {
			out[i] = math.NaN()
			continue
		}
		out[i] = rateOf(solver, flows, years)
	}
}

// lane takes the flows of one lane out of columns.
func lane(flows []float64, columns [][]float64, i int) {
	for k, col := range columns {
		flows[k] = col[i]
	}
}

// rateOf is the one rate of flows, or NaN where there is none or several.
func rateOf(solver *cashflow.Solver, flows, years []float64) float64 {
	if solver != nil {
		if rate, one, known := solver.Only(flows); known && !one {
			return math.NaN()
		} else if known {
			return rate
		}
	}
	return only(cashflow.XIRR(flows, years))
}

// solver is the book's, for the dates of its steps; nil where they do not ascend.
func (b *Book) solver(years []float64) *cashflow.Solver {
	if !b.solved {
		b.solved, b.solves = true, cashflow.NewSolver(years)
	}
	return b.solves
}

// whyNoRate says why there is no one rate in a lane.
func (b *Book) whyNoRate(h, i int) string {
	flows := make([]float64, len(b.steps.paid))
	lane(flows, b.net.of(b, h), i)
	if _, why := b.outOfReach(flows, h, i); why != "" {
		return why
	}
	return cashflow.XIRR(flows, b.stepYears()).String()
}

// outOfReach tells of flows that may have a rate, and it means nothing: money
// must be out at some time, the party's own or, of a party that puts in none, what
// the other side put into it.
func (b *Book) outOfReach(flows []float64, h, i int) (capital float64, why string) {
	own, all := b.capitalAround(h, i)
	switch {
	case all == 0:
		return all, "no capital is put in"
	case outstanding(flows, own > 0) > 1e-9*all: // beyond what rounding leaves
		return all, ""
	case own > 0:
		return all, "it is never out of pocket"
	}
	return all, "it has never got more than it has paid"
}

// capitalAround is the nominal capital that holder h puts in, or the lab, and
// that with what the other side puts in: the lab finances the provider alone,
// and anybody may finance the lab.
func (b *Book) capitalAround(h, lane int) (own, all float64) {
	lab := b.putIn(b.s.Program.Buyer(), lane)
	if h > 0 {
		own = b.putIn(b.s.Holders[h].Party, lane)
		return own, own
	}
	provider := b.putIn(b.s.provider(), lane)
	if h == 0 {
		return provider, provider + lab
	}
	for k := range b.s.Holders {
		all += b.putIn(b.s.Holders[k].Party, lane)
	}
	return lab, all + lab
}

// outstanding is the most money that is out at once: what a lender has paid
// beyond what it got, or a borrower got beyond what it paid.
func outstanding(flows []float64, lender bool) float64 {
	out, balance, most := -1.0, 0.0, 0.0
	if !lender {
		out = 1
	}
	for _, x := range flows {
		balance += float64(out * x)
		most = max(most, balance)
	}
	return most
}

// stepYears are the times of the signing and of the steps' ends.
func (b *Book) stepYears() []float64 {
	years := make([]float64, len(b.steps.paid))
	for k := range years {
		years[k] = b.s.years(k - 1)
	}
	return years
}

// netFlows are net flows by holder, the lab first, made when they are first asked
// for after a book was closed.
type netFlows struct {
	columns [][][]float64 // by holder + 1 and step
	made    []bool
}

// of is the flows of holder h, or those of the lab, by step: capital and what
// other instruments move; of the two sides also payments for compute, and the
// provider's headline cost or the lab's next-best cost; and at the horizon the
// change of the stakes and the securities got for draws, both grown at the riskless
// rate. What a stake gains from the lab's supply flows is what its holder takes out
// of them. At the riskless rate they are worth the party's net present value, but
// for the cost of a default.
func (n *netFlows) of(b *Book, h int) [][]float64 {
	if n.columns == nil {
		n.columns, n.made = make([][][]float64, len(b.s.Holders)+1), make([]bool, len(b.s.Holders)+1)
	}
	if n.made[h+1] {
		return n.columns[h+1]
	}
	if n.columns[h+1] == nil {
		n.columns[h+1] = columns(len(b.steps.paid), b.lanes)
	}
	n.made[h+1] = true
	b.fillNet(n.columns[h+1], h)
	return n.columns[h+1]
}

// forget makes the flows anew when they are next asked for.
func (n *netFlows) forget() { clear(n.made) }

func (b *Book) fillNet(flows [][]float64, h int) {
	for k, col := range flows {
		switch h {
		case 0:
			vec.Sub(col, b.steps.paid[k], b.steps.cost[k])
		case theLab:
			vec.Sub(col, b.steps.next[k], b.steps.paid[k])
			vec.Accumulate(col, b.steps.lab[k])
			vec.Sub(col, col, b.steps.bought[k])
		default:
			vec.Fill(col, 0)
		}
	}
	if h != theLab {
		b.holderFlows(flows, h, 1)
		for k, col := range flows {
			vec.Accumulate(col, b.steps.gifts[h][k])
		}
		return
	}
	for of := range b.s.Holders {
		b.holderFlows(flows, of, -1)
	}
}

// holderFlows adds the capital that holder h puts into the lab on its stake and
// on facilities, and what it has of it at the horizon, multiplied by sign.
func (b *Book) holderFlows(flows [][]float64, h int, sign float64) {
	for k, col := range flows {
		vec.AddScaled(col, b.steps.capital[h][k], -sign)
	}
	n := len(flows)
	at := sign / b.s.factor(n-2)
	for i := range flows[n-1] {
		gain := b.parts.Stake[h][i] - b.parts.Before[h][i] + b.securities(h, i)
		flows[n-1][i] += float64(gain * at)
	}
}

// securities are the present value of what holder h gets for its draws.
func (b *Book) securities(h, i int) float64 {
	sum := 0.0
	for line, l := range b.s.Program.Lines() {
		if x := &b.info[line]; x.role != contract.Draw || !x.cash || x.from != h {
			continue
		}
		for _, f := range b.s.Facilities {
			if f.Clause == l.Clause {
				sum += float64(f.Worth * b.cash[line][i])
			}
		}
	}
	return sum
}
