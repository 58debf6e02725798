// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"io/fs"
	"math"
	"strings"
	"testing"

	"offtake/deals"
	"offtake/docs"
	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/deal"
	"offtake/internal/draw"
	"offtake/internal/world"
)

// A purse is what a party gets less what it gives, in cents of present value
// over the lanes, read off the postings by who gives and who gets alone. It
// knows nothing of roles, bills or parts, so that a flow which the measures
// count twice, not at all or for the wrong party stands out.
type purse struct {
	job    *Job
	f      *world.Factors // of the block, for what differs between its lanes
	alone  []float64      // the buyer's value without the deal
	lanes  int
	cash   map[string][]float64
	kind   map[string][]float64
	notes  map[string][]float64 // securities got for draws, at their worth
	shares map[string][]float64 // of the buyer
	// The buyer's: what units taken save it. The supplier's: what they cost by
	// view, what it serves to others, and the deadweight of default.
	saved, served, dead []float64
	cost                [][]float64
	others, round       []float64 // money for new shares: the market's, and everybody's with credits as they are billed
}

func newPurse(j *Job, f *world.Factors, lanes int) *purse {
	p := &purse{job: j, f: f, alone: make([]float64, lanes), lanes: lanes, cash: map[string][]float64{}, kind: map[string][]float64{}, notes: map[string][]float64{}, shares: map[string][]float64{}}
	for _, col := range []*[]float64{&p.saved, &p.served, &p.dead, &p.others, &p.round} {
		*col = make([]float64, lanes)
	}
	for range j.Plan.Costs {
		p.cost = append(p.cost, make([]float64, lanes))
	}
	return p
}

// add adds a column to a party's, made on first use.
func (p *purse) add(to map[string][]float64, party string, col []float64, by float64) {
	if to[party] == nil {
		to[party] = make([]float64, p.lanes)
	}
	for i, x := range col {
		to[party][i] += float64(x * by)
	}
}

func (p *purse) df(t int) float64 {
	if t < 0 {
		return 1
	}
	return p.job.Plan.Curve[min(t, len(p.job.Plan.Curve)-1)]
}

// observe adds a month.
func (p *purse) observe(m *contract.Month) {
	for _, f := range m.Postings() {
		df := p.df(m.T)
		p.observeCredits(f, m.T)
		switch f.Line.Asset.Kind {
		case contract.Cash:
			p.add(p.cash, f.Line.To, f.Amount, df)
			p.add(p.cash, f.Line.From, f.Amount, -df)
			p.observeCapital(f, df)
			if f.Line.Role == contract.Sold { // others buy
				for i, a := range f.Amount {
					p.others[i] += float64(a * df)
				}
			}
		case contract.InKind:
			p.add(p.kind, f.Line.To, f.Amount, df)
			p.add(p.kind, f.Line.From, f.Amount, -df)
			p.observeCapital(f, df)
		case contract.Shares:
			p.add(p.shares, f.Line.To, f.Amount, 1)
			if f.Line.Role == contract.Sold {
				p.add(p.shares, f.Line.From, f.Amount, -1)
			}
		}
	}
	if m.T >= 0 {
		p.observeUnits(m)
	}
}

// observeCapital adds what a draw's lender gets for it, what the market puts
// into a round, and credits that pay a bill.
func (p *purse) observeCapital(f contract.Posting, df float64) {
	for _, c := range p.job.Deal.Clauses {
		if c.Head().ID != f.Line.Clause {
			continue
		}
		switch x := c.(type) {
		case *clause.Facility:
			if f.Line.To == p.job.Program.Buyer() && f.Line.Role == contract.Draw {
				p.add(p.notes, f.Line.From, f.Amount, float64(x.Worth*df))
				p.add(p.notes, f.Line.To, f.Amount, -float64(x.Worth*df))
			}
		}
	}
	if f.Line.Role != contract.Cheque {
		return
	}
	for i, a := range f.Amount {
		p.round[i] += float64(a * df)
		if f.Line.From == contract.Outside {
			p.others[i] += float64(a * df)
		}
	}
}

// observeCredits adds credits given for shares as they pay a bill, at what they
// are worth when the bill falls due.
func (p *purse) observeCredits(f contract.Posting, t int) {
	if f.Line.Kind != "credit" || f.Line.Asset.Kind != contract.Cash && f.Line.Due == 0 || !p.job.paysIn(f.Line.Clause) {
		return
	}
	for _, l := range p.job.Program.Lines() { // of a bill that is paid later the cash is not counted again
		if l.Clause == f.Line.Clause && l.Kind == "credit" && l.Due > f.Line.Due {
			return
		}
	}
	for i, a := range f.Amount {
		p.round[i] += float64(a * p.df(t+f.Line.Due))
	}
}

// paysIn tells whether the clause buys shares for credits.
func (j *Job) paysIn(id string) bool {
	for _, c := range j.Deal.Clauses {
		if x, ok := c.(*clause.Equity); ok && x.Head().ID == id {
			return x.PaidIn == "credits"
		}
	}
	return false
}

// lane is a number in a lane: its own where lanes differ, else that of all.
func lane(own []float64, i int, all float64) float64 {
	if own != nil {
		return own[i]
	}
	return all
}

// stepOf is a step's column, where there are any.
func stepOf(columns [][]float64, t int) []float64 {
	if columns == nil {
		return nil
	}
	return columns[t]
}

// observeUnits adds what units taken and served are worth and cost.
func (p *purse) observeUnits(m *contract.Month) {
	plan, df := p.job.Plan, p.df(m.T)
	taken, market := m.Q(contract.Taken), m.Obs.Col[contract.Market]
	for i, n := range taken {
		n := n - m.Q(contract.Resold)[i] // what is sold on saves nothing; its proceeds are cash
		p.saved[i] += float64(n * market[i] * df)
		if plan.MarketCapacity != nil {
			over := max(0, n-lane(stepOf(p.f.Level("market_capacity"), m.T), i, plan.MarketCapacity[m.T]))
			p.saved[i] += float64(over * (lane(p.f.Unmet, i, plan.UnmetValue) - market[i]) * df)
		}
		p.served[i] += float64(m.Q(contract.SuppliedWorth)[i] * df)
		p.dead[i] += float64(m.Q(contract.Defaulting)[i] * lane(p.f.DefaultCost, i, plan.World.Default.CostCents.Mean()) * df)
		for k, c := range plan.Costs {
			borne := map[string]contract.Quantity{"sunk": contract.BorneSunk, "scarce": contract.BorneScarce, "build": contract.BorneBuild}[c.Name]
			units := taken[i] - float64(taken[i]*min(1, m.Q(borne)[i])) + m.Q(contract.Supplied)[i]
			p.cost[k][i] += float64(units * lane(stepOf(p.f.Cost(c.Name), m.T), i, c.Cents[m.T]) * df)
		}
		p.alone[i] = m.Obs.Col[contract.LabValue][i] * df
	}
}

// got is what a party gets in all, but for its shares.
func (p *purse) got(party string, i int) float64 {
	sum := 0.0
	for _, m := range []map[string][]float64{p.cash, p.kind, p.notes} {
		if col := m[party]; col != nil {
			sum += col[i]
		}
	}
	return sum
}

// before is a party's share of the buyer before the deal.
func (p *purse) before(party string) float64 {
	sum := 0.0
	for _, x := range p.job.Deal.Existing {
		if x.Holder == party && x.In == p.job.Program.Buyer() {
			sum += x.Share
		}
	}
	return sum
}

// npv is the net present value of every party but the buyer, of all the
// buyer's other holders under the buyer's key, and the provider's under each
// view of its cost.
func (p *purse) npv(i int) (of map[string]float64, provider []float64) {
	prog, v0 := p.job.Program, p.alone[i]
	equity := v0 + p.got(prog.Buyer(), i) + p.saved[i]
	whole := equity
	all := prog.Shares()
	for _, col := range p.shares {
		all += col[i]
	}
	if p.job.Plan.World.Feedback != "on" {
		whole = v0 + p.round[i]
	}
	of = map[string]float64{}
	left, prior := equity, 0.0
	for _, party := range p.job.Deal.Parties {
		if party.Key == prog.Buyer() {
			continue
		}
		held := p.before(party.Key) * prog.Shares()
		if col := p.shares[party.Key]; col != nil {
			held += col[i]
		}
		stake, was := held/all*whole, p.before(party.Key)*v0
		left, prior = left-stake, prior+p.before(party.Key)
		of[party.Key] = stake - was + p.got(party.Key, i)
	}
	of[prog.Buyer()] = left - float64((1-prior)*v0) - p.others[i]
	sold := of[prog.Supplier()] + p.served[i] - p.dead[i]
	for k := range p.cost {
		provider = append(provider, sold-p.cost[k][i])
	}
	of[prog.Supplier()] = provider[p.job.Plan.Headline()]
	return of, provider
}

// account runs a block of lanes and holds every net present value that is
// reported to the purses of the parties.
func account(t *testing.T, name string, r *runner, f *world.Factors, lanes int) {
	t.Helper()
	p := newPurse(r.job, f, lanes)
	induced := make([]float64, lanes)
	f.Step(-1)
	p.observe(r.open())
	for !r.contract.Done() {
		at := r.contract.Next()
		f.Step(at)
		p.observe(r.step())
		if g := r.job.Program.Grid(); r.others != nil && at < g.Term() && (at == g.Term()-1 || g.ContractYear(at+1) != g.ContractYear(at)) {
			for i, x := range r.others.induced {
				induced[i] += float64(x * p.df(at))
			}
		}
	}
	for i, x := range induced {
		p.saved[i] -= x
	}
	r.book.Close()
	out := make([]float64, lanes)
	for _, m := range r.measures {
		if !strings.HasPrefix(m.Name, "npv") || m.Name == "npv_at_hurdle" || m.Period != 0 {
			continue
		}
		m.Value(r.book, out)
		for i := range out {
			of, provider := p.npv(i)
			want := of[m.Party]
			if view, is := strings.CutPrefix(m.Name, "npv_if_"); is {
				for k, c := range r.job.Plan.Costs {
					if c.Name == view {
						want = provider[k]
					}
				}
			}
			scale := 1000 + math.Abs(p.saved[i]) + p.alone[i]
			if !(math.Abs(out[i]-want) <= 1e-9*scale) {
				t.Errorf("%s, lane %d: %s %s is reported as %v, the flows say %v", name, i, m.Name, m.Party, out[i], want)
				break
			}
		}
	}
}

// accountBoth holds a deal's base run and 64 sampled paths to the flows.
func accountBoth(t *testing.T, name string, d *deal.Deal) {
	t.Helper()
	j := NewJob(d, nil)
	lanes := len(j.Plan.BaseWeights())
	f := j.Plan.Factors(lanes)
	r := newRunner(j, f, lanes, true, nil)
	f.Base()
	account(t, name+", base run", r, f, lanes)
	f = j.Plan.Factors(64)
	r = newRunner(j, f, 64, true, nil)
	f.Sample(draw.Source{Seed: 7, First: 0})
	account(t, name+", sampled", r, f, 64)
}

// Every example of a clause and every deal of the library.
func TestAccounts(t *testing.T) {
	for _, tree := range []fs.FS{docs.FS, deals.FS} {
		err := fs.WalkDir(tree, ".", func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			text, err := fs.ReadFile(tree, path)
			if err != nil {
				return err
			}
			d, list := deal.Parse(path, text)
			if list.HasFaults() {
				t.Errorf("%s: %v", path, list)
				return nil
			}
			accountBoth(t, path, d)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
