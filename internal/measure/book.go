// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// A Book follows one contract in its lanes. Open it, show it every month from
// the signing on, close it, and read measures off it; it can be used again
// for the next block of paths.
//
// Present values are riskless and, in weighted runs, weighted by survival at
// the step they fall in. All columns run over the lanes and are in cents.
type Book struct {
	s     *Setting
	lanes int
	info  []lineInfo
	// promised marks lines that are billed: the receivable where payment is
	// later, else the cash line itself.
	promised []bool
	// writtenOff marks readings of what default took.
	writtenOff []bool

	cash     [][]float64 // by line: present value when paid
	plain    [][]float64 // by line: the same without survival weights
	bill     [][]float64 // by line: present value, when due, of what was billed
	market   []float64   // units taken x market price
	nextBest []float64   // units taken x what the lab would have paid or lost without the deal
	cost     [][]float64 // by cost view: units taken x opportunity cost
	lost     []float64   // billed amounts lost in default
	estate   []float64   // expected recoveries of a weighted run
	dead     []float64   // deadweight cost of default
	owed     []float64   // receivable after the step before
	// Elsewhere is the deficiency of the lab's minimums with others, in cents;
	// whoever routes need adds to it.
	Elsewhere []float64

	steps steps
	rows  rows
	tmp   []float64
	parts Parts
}

// steps are cash and values by step, undiscounted and unweighted; index 0 is
// the signing.
type steps struct {
	paid    [][]float64 // cash for compute, net, buyer to supplier
	spend   [][]float64 // usage less discount, when billed
	capital [][]float64 // equity and draws, supplier to buyer
	draws   [][]float64 // draws alone
	cost    [][]float64 // units x headline opportunity cost
	market  [][]float64 // units x market price
	next    [][]float64 // units x next-best cost
	estate  [][]float64 // expected recoveries of a weighted run
}

// NewBook makes a book for a number of lanes.
func NewBook(s *Setting, lanes int) *Book {
	b := &Book{s: s, lanes: lanes, info: classify(s)}
	n := len(b.info)
	cols := func(n int) [][]float64 { return columns(n, lanes) }
	b.cash, b.plain, b.bill, b.cost = cols(n), cols(n), cols(n), cols(len(s.Costs))
	single := cols(8)
	b.market, b.nextBest, b.lost, b.estate, b.dead, b.owed, b.tmp, b.Elsewhere =
		single[0], single[1], single[2], single[3], single[4], single[5], single[6], single[7]
	all := s.grid().Steps() + 1
	st := &b.steps
	for _, m := range []*[][]float64{&st.paid, &st.spend, &st.capital, &st.draws, &st.cost, &st.market, &st.next, &st.estate} {
		*m = cols(all)
	}
	b.findPromised()
	b.parts = newParts(s, lanes)
	b.rows = newRows(s, lanes)
	for _, r := range s.Program.Readings() {
		b.writtenOff = append(b.writtenOff, r.Name == contract.WrittenOff)
	}
	return b
}

func columns(n, lanes int) [][]float64 {
	arena := make([]float64, n*lanes)
	out := make([][]float64, n)
	for i := range out {
		out[i] = arena[i*lanes : (i+1)*lanes : (i+1)*lanes]
	}
	return out
}

// findPromised marks the receivable of each billed line, or the cash line
// where there is none.
func (b *Book) findPromised() {
	type key struct{ clause, kind string }
	later := map[key]bool{}
	lines := b.s.Program.Lines()
	for i, l := range lines {
		if b.info[i].raise && b.info[i].role != estateRole {
			later[key{l.Clause, l.Kind}] = true
		}
	}
	b.promised = make([]bool, len(lines))
	for i, l := range lines {
		x := b.info[i]
		bills := x.role == spendRole || x.role == missRole || x.role == creditRole
		b.promised[i] = bills && (x.raise || x.cash && !later[key{l.Clause, l.Kind}])
	}
}

// Open clears the book for a new block of lanes.
func (b *Book) Open() {
	for _, group := range [][][]float64{b.cash, b.plain, b.bill, b.cost, {b.market, b.nextBest, b.lost, b.estate, b.dead, b.owed, b.Elsewhere},
		b.steps.paid, b.steps.spend, b.steps.capital, b.steps.draws, b.steps.cost, b.steps.market, b.steps.next, b.steps.estate} {
		for _, col := range group {
			vec.Fill(col, 0)
		}
	}
	b.rows.open()
}

// Observe adds a month; the signing comes first.
func (b *Book) Observe(m *contract.Month) {
	t := m.T
	df, w := b.s.factor(t), b.s.weight(t)
	for _, f := range m.Postings() {
		x := b.info[f.ID]
		if b.promised[f.ID] {
			vec.AddScaled(b.bill[f.ID], f.Amount, w*b.s.factor(t+f.Line.Due))
			if x.role == spendRole {
				vec.AddScaled(b.steps.spend[t+1], f.Amount, x.sign)
			}
			if gone := w - b.s.weight(t+f.Line.Due); b.s.Weighted && f.Line.Due > 0 {
				vec.AddScaled(b.lost, f.Amount, x.sign*gone*b.s.factor(t+f.Line.Due))
			}
		}
		if !x.cash {
			continue
		}
		vec.AddScaled(b.cash[f.ID], f.Amount, w*df)
		vec.AddScaled(b.plain[f.ID], f.Amount, df)
		switch x.role {
		case equityRole, drawRole:
			if x.party == b.s.Program.Supplier() {
				vec.Accumulate(b.steps.capital[t+1], f.Amount)
				if x.role == drawRole {
					vec.Accumulate(b.steps.draws[t+1], f.Amount)
				}
			}
		default:
			vec.AddScaled(b.steps.paid[t+1], f.Amount, x.sign)
		}
	}
	b.rows.observe(m)
	if t >= 0 {
		b.value(m, df*w)
		b.fail(m, df)
	}
}

// value adds what the units taken are worth and cost.
func (b *Book) value(m *contract.Month, pv float64) {
	t, taken, market := m.T, m.Q(contract.Taken), m.Obs.Col[contract.Market]
	at := b.steps.market[t+1]
	vec.Mul(at, taken, market)
	vec.AddScaled(b.market, at, pv)
	next := b.steps.next[t+1]
	vec.Copy(next, at)
	if b.s.MarketCapacity != nil {
		limit, unmet := b.s.MarketCapacity[t], b.s.UnmetCents
		for i := range next {
			over := max(0, taken[i]-limit)
			next[i] += float64(over*unmet) - float64(over*market[i])
		}
	}
	vec.AddScaled(b.nextBest, next, pv)
	for k := range b.cost {
		vec.AddScaled(b.cost[k], taken, pv*b.s.Costs[k].Cents[t])
	}
	vec.Scale(b.steps.cost[t+1], taken, b.s.Costs[b.s.Headline].Cents[t])
}

// fail adds what default takes and gives back: from the lanes where they
// default, else in expectation.
func (b *Book) fail(m *contract.Month, df float64) {
	for id, is := range b.writtenOff {
		if x, read := m.Reading(contract.ReadingID(id)); is && read {
			vec.Accumulate(b.lost, x)
		}
	}
	vec.AddScaled(b.dead, m.Q(contract.Defaulting), df*b.s.DefaultCostCents)
	if h := b.s.failing(m.T); h > 0 {
		got := b.steps.estate[m.T+1]
		vec.Scale(got, b.owed, h*b.s.AccruedRecovery)
		vec.AddScaled(got, m.Q(contract.Claim), h*b.s.ClaimRecovery)
		vec.AddScaled(b.estate, got, df)
		vec.AddScaled(b.dead, b.one(), h*df*b.s.DefaultCostCents)
	}
	vec.Copy(b.owed, m.Q(contract.Receivable))
}

func (b *Book) one() []float64 {
	vec.Fill(b.tmp, 1)
	return b.tmp
}

// Weighted tells whether the book weights flows by survival.
func (b *Book) Weighted() bool { return b.s.Weighted }
