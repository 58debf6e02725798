// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"offtake/internal/contract"
	"offtake/internal/measure/cashflow"
	"offtake/internal/vec"
)

// A Book follows one contract in its lanes. Open it, show it every month from
// the signing on, close it, and read measures off it; it can be used again
// for the next block of paths. Present values are riskless; all columns run
// over the lanes and are in cents. Every column is linear in what happens, so
// that lanes can be averaged (see Expected).
type Book struct {
	s     *Setting
	lanes int
	info  []lineInfo
	// promised marks lines that are billed: the receivable where payment is
	// later, else the cash line itself.
	promised []bool
	// writtenOff marks readings of what default took.
	writtenOff []bool

	cash     [][]float64 // by line: present value when paid; of shares, how many
	nominal  [][]float64 // by line: cash and things in kind, not discounted
	bill     [][]float64 // by line: present value, when due, of what was billed
	cost     [][]float64 // by cost view: units taken x opportunity cost
	market   []float64   // units taken x market price
	nextBest []float64   // units taken x what the lab would have paid or lost without the deal
	lost     []float64   // billed amounts lost in default
	dead     []float64   // deadweight cost of default
	failed   []float64   // 1 once the buyer has failed
	supplied []float64   // worth to others of units that the supplier serves to them under the agreement
	units    []float64   // units taken, each at the discount factor of its step
	labValue []float64   // the lab's equity without the deal
	// Without the deal: the shares of before over all, and the new money in
	// rounds of others. They are no sums, and are read by lane.
	dilution, raised []float64
	prefs            prefs
	// elsewhere is the deficiency of the lab's minimums with others, not
	// discounted; AddElsewhere adds to it.
	elsewhere []float64
	inflow    []float64 // what the lab takes in from others over the run
	account   account   // of the lab's money
	// yearly is what each line moved, by line and then by the signing and contract year; nil
	// unless it was asked for.
	yearly [][]float64

	steps  steps
	moved  [][][]float64 // by line and step, the signing first: what passes; nil unless it is asked for
	rows   rows
	needs  needs
	owed   owed
	parts  Parts
	net    netFlows
	solves *cashflow.Solver
	solved bool // solves has been looked for
	tmp    []float64
	borne  []float64 // scratch: units at whose cost the provider is
	all    [][]float64
	// observed is how many of all columns Observe adds to.
	observed int
	// roundRoom is scratch of one lane: what is paid and put in, by step.
	roundRoom [2][]float64
	agreed    *Book // of an expected book: the lane without default
}

// NewBook makes a book for a number of lanes.
func NewBook(s *Setting, lanes int) *Book {
	b := &Book{s: s, lanes: lanes, info: classify(s)}
	n := len(b.info)
	cols := func(n int) [][]float64 { return columns(n, lanes) }
	b.cash, b.nominal, b.bill, b.cost = cols(n), cols(n), cols(n), cols(len(s.Costs))
	for _, col := range b.singles() {
		*col = make([]float64, lanes)
	}
	if !s.TotalsOnly {
		b.steps.make(s, lanes)
	}
	for range n {
		if s.Flows {
			b.moved = append(b.moved, cols(s.grid().Steps()+1))
		}
	}
	b.findPromised()
	b.dilution, b.raised = make([]float64, lanes), make([]float64, lanes)
	b.prefs = newPrefs(s, lanes)
	b.parts = newParts(s, lanes)
	b.rows, b.owed, b.needs = newRows(s, lanes), newOwed(s, lanes), newNeeds(s, lanes)
	for _, r := range s.Program.Readings() {
		b.writtenOff = append(b.writtenOff, r.Name == contract.WrittenOff)
	}
	b.account = newAccount(s, lanes)
	b.makeYearly(lanes)
	b.tmp, b.borne = make([]float64, lanes), make([]float64, lanes)
	b.gather()
	return b
}

// singles are the columns that stand alone.
func (b *Book) singles() []*[]float64 {
	return []*[]float64{&b.market, &b.nextBest, &b.lost, &b.dead, &b.failed, &b.elsewhere, &b.supplied, &b.units, &b.labValue, &b.inflow}
}

// gather lists all columns, of which the first are those that Observe adds to.
func (b *Book) gather() {
	var out [][]float64
	for _, group := range [][][]float64{b.cash, b.nominal, b.bill, b.cost, b.owed.of} {
		out = append(out, group...)
	}
	for _, col := range b.singles() {
		out = append(out, *col)
	}
	for _, m := range b.steps.all() {
		out = append(out, *m...)
	}
	for _, group := range append(b.moved, b.rows.of...) {
		out = append(out, group...)
	}
	out = append(append(append(out, b.account.all()...), b.needs.all()...), b.yearly...)
	b.observed = len(out)
	b.all = append(out, b.parts.all()...)
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
		if b.info[i].raise && b.info[i].role != contract.Estate {
			later[key{l.Clause, l.Kind}] = true
		}
	}
	b.promised = make([]bool, len(lines))
	for i, l := range lines {
		x := b.info[i]
		bills := x.role == contract.Use || x.role == contract.Miss || x.role == contract.Offset
		b.promised[i] = bills && (x.raise || x.cash && !later[key{l.Clause, l.Kind}])
	}
}

// Open clears the book for a new block of lanes.
func (b *Book) Open() {
	for _, col := range b.all[:b.observed] {
		vec.Fill(col, 0)
	}
	b.owed.open()
	vec.Fill(b.dilution, 1)
	vec.Fill(b.raised, 0)
	b.prefs.open()
}

// Observe adds a month; the signing comes first.
func (b *Book) Observe(m *contract.Month) {
	t := m.T
	df := b.s.factor(t)
	b.steps.begin(t)
	for _, f := range m.Postings() {
		x := b.info[f.ID]
		b.steps.observe(t, f, &x, b.promised[f.ID])
		if b.moved != nil {
			vec.Accumulate(b.moved[f.ID][t+1], f.Amount)
		}
		if b.promised[f.ID] {
			vec.AddScaled(b.bill[f.ID], f.Amount, b.s.factor(t+f.Line.Due))
		}
		switch {
		case x.moves():
			vec.Accumulate(b.cash[f.ID], f.Amount)
			continue
		case x.role == contract.Resale: // valued with the units
			vec.AddScaled(b.cash[f.ID], f.Amount, df)
			vec.Accumulate(b.nominal[f.ID], f.Amount)
			continue
		case x.instrument():
			b.observeInstrument(f, x, df)
			continue
		}
		b.prefs.observe(f)
		if x.role == contract.Cheque && x.kind {
			b.observeInstrument(f, x, df)
		}
		if !x.cash {
			continue
		}
		vec.AddScaled(b.cash[f.ID], f.Amount, df)
		vec.Accumulate(b.nominal[f.ID], f.Amount)
	}
	b.keepYears(m)
	b.rows.observe(m)
	b.needs.observe(m)
	b.owed.observe(m)
	if t >= 0 {
		b.value(m, df)
		b.takeIn(t)
		b.fail(m, df)
		b.observeRound(m, df)
	}
	if t == b.s.grid().Steps()-1 {
		vec.AddScaled(b.labValue, m.Obs.Col[contract.LabValue], df)
		b.prefs.last(m)
	}
}

// observeRound notes the step's round of others as it would be held without the
// deal: at the same value before it, or at a fair one.
func (b *Book) observeRound(m *contract.Month, df float64) {
	raised, at, alive := m.Obs.Col[contract.Raised], m.Obs.Col[contract.RaisedAt], m.Solvent(b.s.Program.Buyer())
	if vec.AllEqual(raised, 0) {
		return
	}
	for i, money := range raised {
		before := float64(m.Obs.Col[contract.LabValue][i]*df) + b.raised[i]
		if at[i] > 0 {
			before = float64(at[i] * df)
		}
		if money = float64(money * df * alive[i]); money > 0 && before > 0 {
			b.dilution[i] *= before / (before + money)
			b.raised[i] += money
		}
	}
}

// observeInstrument adds a flow of X. What finances the lab is its giver's
// capital; the rest is money or value of its own.
func (b *Book) observeInstrument(f contract.Posting, x lineInfo, df float64) {
	if !x.cash && !x.kind {
		return
	}
	vec.AddScaled(b.cash[f.ID], f.Amount, df)
	vec.Accumulate(b.nominal[f.ID], f.Amount)
}

// value adds what the units taken are worth and cost.
func (b *Book) value(m *contract.Month, df float64) {
	t, taken, market := m.T, m.See(contract.Taken), m.Obs.Col[contract.Market]
	at := b.borne
	if b.steps.kept {
		at = b.steps.market[t+1]
	}
	vec.AddScaled(b.units, taken, df)
	vec.Mul(at, taken, market)
	vec.AddScaled(b.market, at, df)
	next := at
	if b.s.MarketCapacity != nil || m.Has(contract.Resold) {
		next = b.tmp
		vec.Copy(next, at)
	}
	if b.s.MarketCapacity != nil {
		b.unmet(t, next, taken, m.See(contract.Resold), market)
	}
	if m.Has(contract.Resold) {
		b.valueResold(m, next)
	}
	if b.steps.kept {
		vec.Accumulate(b.steps.next[t+1], next)
	}
	vec.AddScaled(b.nextBest, next, df)
	served := taken
	if m.Has(contract.Supplied) {
		served = b.tmp
		vec.Add(served, taken, m.See(contract.Supplied))
	}
	for k := range b.cost {
		units := b.lessBorne(m, k, served)
		if lanes := b.s.Costs[k].Lanes; lanes != nil {
			vec.Mul(b.borne, units, lanes[t])
			units = b.borne
			vec.AddScaled(b.cost[k], units, df)
			if b.steps.kept && k == b.s.Headline {
				vec.Copy(b.steps.cost[t+1], units)
			}
			continue
		}
		vec.AddScaled(b.cost[k], units, df*b.s.Costs[k].Cents[t])
		if b.steps.kept && k == b.s.Headline {
			vec.Scale(b.steps.cost[t+1], units, b.s.Costs[k].Cents[t])
		}
	}
	if m.Has(contract.SuppliedWorth) {
		worth := m.See(contract.SuppliedWorth)
		if b.steps.kept {
			vec.Sub(b.steps.cost[t+1], b.steps.cost[t+1], worth)
		}
		vec.AddScaled(b.supplied, worth, df)
	}
}

// lessBorne is the units whose cost, under view k, the provider bears: all that
// are served, less the share of those taken that others bear.
func (b *Book) lessBorne(m *contract.Month, k int, served []float64) []float64 {
	q, known := borneOf[b.s.Costs[k].Name]
	if !known || !m.Has(q) {
		return served
	}
	units := b.borne
	vec.Copy(units, served)
	share, taken := m.See(q), m.See(contract.Taken)
	for i := range units {
		units[i] -= float64(min(1, share[i]) * taken[i])
	}
	return units
}

// borneOf is, by view of the cost, what others bear of it.
var borneOf = map[string]contract.Quantity{"sunk": contract.BorneSunk, "scarce": contract.BorneScarce, "build": contract.BorneBuild}

// valueResold puts what units sold on fetch in the place of what the lab would
// have paid for them: it did not need them.
func (b *Book) valueResold(m *contract.Month, next []float64) {
	resold, market, proceeds := m.See(contract.Resold), m.Obs.Col[contract.Market], m.See(contract.Proceeds)
	for i := range next {
		next[i] += proceeds[i] - float64(resold[i]*market[i])
	}
}

// AddElsewhere adds, at the end of step t, the deficiency of the lab's
// minimums with others, and the part of it that there would not have been had
// the units taken here been bought there. That part makes the units dearer to
// take here: it lowers the next-best cost that taking them saves.
func (b *Book) AddElsewhere(t int, deficiency, induced []float64) {
	vec.Accumulate(b.elsewhere, deficiency)
	if b.steps.kept {
		vec.Sub(b.steps.next[t+1], b.steps.next[t+1], induced)
	}
	vec.AddScaled(b.nextBest, induced, -b.s.factor(t))
}

// fail adds what default takes.
func (b *Book) fail(m *contract.Month, df float64) {
	for id, is := range b.writtenOff {
		if x, read := m.Reading(contract.ReadingID(id)); is && read {
			vec.Accumulate(b.lost, x)
		}
	}
	if lanes := b.s.DefaultCostLanes; lanes != nil {
		for i, x := range m.See(contract.Defaulting) {
			b.dead[i] += float64(x * lanes[i] * df)
		}
	} else if b.s.DefaultCostCents != 0 {
		vec.AddScaled(b.dead, m.See(contract.Defaulting), df*b.s.DefaultCostCents)
	}
	vec.Select(b.failed, m.Obs.Col[contract.Alive], b.failed, m.One())
}

// Expected is the closed book averaged over its lanes with the given weights,
// as one lane; agreed is the lane in which everything goes as agreed.
func (b *Book) Expected(weights []float64, agreed int) *Book {
	only := make([]float64, b.lanes)
	only[agreed] = 1
	out := b.average(weights)
	out.agreed = b.average(only)
	return out
}

func (b *Book) average(weights []float64) *Book {
	out := NewBook(b.s, 1)
	to, from := out.all, b.all
	for i, col := range from {
		sum := 0.0
		for lane, w := range weights {
			if w != 0 {
				sum += float64(w * col[lane])
			}
		}
		to[i][0] = sum
	}
	return out
}

// asAgreed is the book of what was agreed, before default: of an expected book
// the lane without one, else the book itself.
func (b *Book) asAgreed() *Book {
	if b.agreed != nil {
		return b.agreed
	}
	return b
}
