// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"slices"

	"offtake/internal/contract"
	"offtake/internal/measure"
	"offtake/internal/policy"
	"offtake/internal/world"
)

// A runner steps one job through one block of lanes.
type runner struct {
	job      *Job
	contract *contract.Contract
	obs      *world.Observer
	view     policy.View
	slots    policy.Slots
	others   *others
	money    *money    // nil where the lab has no account
	dear     []float64 // steps in a row in which compute has been dearer here than in the market; nil where nobody asks
	book     *measure.Book
	setting  *measure.Setting
	measures []measure.Measure // those wanted of the catalogue, then of the series
	catalog  int               // how many are of the catalogue
}

// newRunner makes a runner whose book has what the measures that are wanted look
// at; nil wants all.
func newRunner(j *Job, f *world.Factors, lanes int, sampled bool, only func(*measure.Measure) bool) *runner {
	s := j.Setting(sampled)
	if sampled {
		vary(s, f)
	}
	r := &runner{job: j, contract: j.Program.New(lanes), obs: f.Observe(j.Program), setting: s,
		measures: wanted(measure.Catalog(s), only), slots: policy.SlotsOf(j.Program)}
	if r.catalog = len(r.measures); sampled {
		r.measures = append(r.measures, wanted(measure.Series(s), only)...)
	}
	r.obs.Lasting = j.Lasting
	s.TotalsOnly = sampled && !s.Flows && !slices.ContainsFunc(r.measures, func(m measure.Measure) bool { return m.BySteps })
	r.book = measure.NewBook(s, lanes)
	r.keepMoney(f, lanes, sampled)
	if j.Elsewhere != nil {
		r.others = newOthers(j, lanes)
	}
	if j.Policy.Leave.AboveMarket > 0 {
		r.dear = make([]float64, lanes)
	}
	return r
}

func wanted(all []measure.Measure, only func(*measure.Measure) bool) []measure.Measure {
	if only == nil {
		return all
	}
	return slices.DeleteFunc(all, func(m measure.Measure) bool { return !only(&m) })
}

// vary tells the measures what differs between the lanes of a sampled block.
func vary(s *measure.Setting, f *world.Factors) {
	s.Costs = slices.Clone(s.Costs)
	for k := range s.Costs {
		s.Costs[k].Lanes = f.Cost(s.Costs[k].Name)
	}
	s.MarketCapacityLanes, s.OtherInflowLanes = f.Level("market_capacity"), f.Level("other_inflow")
	s.UnmetLanes, s.DefaultCostLanes = f.Unmet, f.DefaultCost
}

// open puts the runner before the signing and signs.
func (r *runner) open() *contract.Month {
	r.contract.Reset()
	r.book.Open()
	r.openMoney()
	if r.others != nil {
		r.others.open()
	}
	clear(r.dear)
	r.obs.Open()
	r.obs.Show(-1)
	m := r.contract.Sign(r.obs.Obs)
	r.book.Observe(m)
	r.stepMoney(m)
	return m
}

// step runs one step: quote, elections by the policy, settle.
func (r *runner) step() *contract.Month {
	t := r.contract.Next()
	r.obs.Show(t)
	r.view.Quote, r.view.Obs, r.view.StepEnd = r.contract.Quote(r.obs.Obs), r.obs.Obs, r.job.Program.Grid().StepEnd(t)
	if r.others != nil {
		r.view.ElsewhereLeft = r.others.quote(t, r.obs.Obs)
	}
	if r.dear != nil {
		r.view.CountDear(r.dear)
	}
	e := r.contract.Elections()
	r.job.Policy.Elect(&r.view, r.slots, e)
	m := r.contract.Settle(e)
	if r.others != nil {
		if r.others.settle(t, m) {
			r.book.AddElsewhere(t, r.others.left, r.others.induced)
		}
	}
	r.book.Observe(m)
	r.stepMoney(m)
	return m
}

// others are the lab's minimums elsewhere, as one ledger settled each contract
// year: what is run neither here nor on what is leased is spent there at the
// market price, and what is missing at the year's end is a deficiency. Beside it
// runs the ledger that there would be without the deal, with all need run there.
type others struct {
	job     *Job
	left    []float64 // cents missing in the running year
	unit    []float64 // the same in units at the market price
	without []float64 // cents that would be missing without the deal
	induced []float64 // at a year's end: what the deal adds to what is missing
}

func newOthers(j *Job, lanes int) *others {
	col := func() []float64 { return make([]float64, lanes) }
	return &others{job: j, left: col(), unit: col(), without: col(), induced: col()}
}

func (o *others) open() {
	clear(o.left)
	clear(o.without)
}

// begins is the contract year that step t begins, or -1.
func (o *others) begins(t int) int {
	g := o.job.Program.Grid()
	if t < g.Term() && (t == 0 || g.ContractYear(t) != g.ContractYear(t-1)) {
		return g.ContractYear(t)
	}
	return -1
}

// quote is what is missing, in units at the market price.
func (o *others) quote(t int, obs *contract.Obs) []float64 {
	if y := o.begins(t); y >= 0 {
		for i := range o.left {
			o.left[i] = o.job.Elsewhere[min(y, len(o.job.Elsewhere)-1)]
			o.without[i] = o.left[i]
		}
	}
	market := obs.Col[contract.Market]
	for i := range o.unit {
		o.unit[i] = 0
		if market[i] > 0 {
			o.unit[i] = o.left[i] / market[i]
		}
	}
	return o.unit
}

// settle spends elsewhere what need is left, and tells whether a year ends.
func (o *others) settle(t int, m *contract.Month) bool {
	g := o.job.Program.Grid()
	if t >= g.Term() {
		return false
	}
	need, market, alive := m.Obs.Col[contract.Need], m.Obs.Col[contract.Market], m.Obs.Col[contract.Alive]
	taken, resold, leased := m.See(contract.Taken), m.See(contract.Resold), m.See(contract.LeasedUsed)
	for i := range o.left {
		run := taken[i] - resold[i] + leased[i]
		o.left[i] = max(0, o.left[i]-float64(max(0, need[i]-run)*market[i])) * alive[i]
		o.without[i] = max(0, o.without[i]-float64(need[i]*market[i])) * alive[i]
		o.induced[i] = o.left[i] - o.without[i]
	}
	return t == g.Term()-1 || g.ContractYear(t+1) != g.ContractYear(t)
}
