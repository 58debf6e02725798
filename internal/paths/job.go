// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"slices"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/policy"
	"offtake/internal/world"
)

// A Job is one agreement in one world, laid out to run.
type Job struct {
	Deal      *deal.Deal
	Program   *contract.Program
	Plan      *world.Plan
	Policy    *policy.Policy
	Elsewhere []float64 // cents of the lab's minimums with others, by contract year; nil for none
	// Lasting tells that the buyer never fails here, whatever the world says.
	Lasting bool
	setting measure.Setting
	afresh  afresh // what it draws for itself
}

// WithoutDefault is the job as if the buyer could not fail, on the same draws: what
// is riskless, and what default costs, are read off the two side by side. It keeps no
// flows and asks for no needs, whatever the job does.
func (j *Job) WithoutDefault() *Job {
	twin := *j
	twin.Lasting, twin.setting.CanDefault, twin.setting.Cash = true, false, false
	twin.setting.Flows, twin.setting.Needs = false, nil
	return &twin
}

// NewJob lays an agreement out in a world; the zero world is the deal's own.
// Jobs made from one world on one grid share the plan of the first; another plan is made
// with what holds for both.
func NewJob(d *deal.Deal, w *world.World, like ...*Job) *Job {
	if w == nil {
		w = d.World
	}
	program := d.Program(false)
	j := &Job{Deal: d, Program: program, Policy: d.Policy, Elsewhere: elsewhereOf(d)}
	var plans []*world.Plan
	for _, other := range like {
		if plans = append(plans, other.Plan); other.Plan.World == w && sameGrid(other.Plan.Grid, program.Grid()) {
			j.Plan = other.Plan
		}
	}
	if j.Plan == nil {
		j.Plan = w.Lay(program.Grid(), plans...)
	}
	j.setting = j.measured()
	return j
}

func sameGrid(a, b *calendar.Grid) bool {
	return a.Steps() == b.Steps() && a.Term() == b.Term() && a.Signed() == b.Signed() && a.Step() == b.Step() && a.Start() == b.Start() &&
		a.Valuation() == b.Valuation() && a.DayCount() == b.DayCount()
}

func elsewhereOf(d *deal.Deal) []float64 {
	if len(d.Elsewhere) == 0 {
		return nil
	}
	sum := make([]float64, len(d.Elsewhere[0].Table))
	for _, m := range d.Elsewhere {
		for y, x := range m.Table {
			sum[y] += x
		}
	}
	return sum
}

// Setting is what measures are told, for a base run or a sampled one.
func (j *Job) Setting(sampled bool) *measure.Setting {
	s := j.setting
	s.Expected = !sampled
	return &s
}

func (j *Job) measured() measure.Setting {
	w, p := j.Plan.World, j.Plan
	s := measure.Setting{
		Program: j.Program, Curve: p.Curve, CanDefault: p.CanFail(), Cash: p.HasCash(), DefaultCostCents: w.Default.CostCents.Mean(),
		Headline: p.Headline(), MarketCapacity: p.MarketCapacity, UnmetCents: p.UnmetValue, OtherInflow: p.OtherInflow,
		LabValueCents: w.LabValue.StartCents.Mean(), Feedback: w.Feedback == "on", MinimumsElsewhere: j.Elsewhere != nil,
	}
	for _, c := range p.Costs {
		s.Costs = append(s.Costs, measure.Cost{Name: c.Name, Cents: c.Cents})
	}
	for _, h := range w.Hurdle {
		s.Hurdles = append(s.Hurdles, measure.Hurdle{Party: h.Party, Rate: h.Rate})
	}
	j.addClauses(&s)
	j.addHolders(&s)
	return s
}

// addHolders names the provider and every other party, but the lab itself, that
// holds shares, pays or is paid.
func (j *Job) addHolders(s *measure.Setting) {
	for _, p := range j.Deal.Parties {
		h, concerned := measure.Holding{Party: p.Key}, p.Key == j.Program.Supplier()
		for _, x := range j.Deal.Existing {
			if x.Holder == p.Key && x.In == j.Program.Buyer() {
				h.Share, concerned = h.Share+x.Share, true
			}
		}
		for _, l := range j.Program.Lines() {
			concerned = concerned || l.Role != contract.NoRole && (l.From == p.Key || l.To == p.Key)
		}
		switch {
		case p.Key == j.Program.Supplier():
			s.Holders = append([]measure.Holding{h}, s.Holders...)
		case concerned && p.Key != j.Program.Buyer():
			s.Holders = append(s.Holders, h)
		}
	}
}

// addClauses tells the measures of capital and commitments.
func (j *Job) addClauses(s *measure.Setting) {
	grid, setting := j.Program.Grid(), j.Deal.Setting()
	for _, c := range j.Deal.Clauses {
		switch x := c.(type) {
		case *clause.Equity:
			for _, p := range x.Payments(grid) {
				s.AddRound(measure.Round{Clause: x.Head().ID, Investor: x.Head().From, AmountCents: p.Cents, Step: p.Step, InCredits: x.PaidIn == "credits"})
			}
			if f := x.Preference; f != nil {
				s.Preferences = append(s.Preferences, measure.Preference{Clause: x.Head().ID, Multiple: f.Multiple,
					Participating: f.Participating, Rank: x.Rank(setting), Until: f.Until})
			}
		case *clause.Loan:
			if x.Head().To == j.Program.Buyer() {
				s.Loans = append(s.Loans, measure.Loan{Clause: x.Head().ID, Lender: x.Head().From, PrincipalCents: x.Principal.Value})
			}
		case *clause.Facility:
			s.Facilities = append(s.Facilities, measure.Facility{Clause: x.Head().ID, Lender: x.Head().From, LimitCents: j.limit(x), Worth: x.Worth})
		}
	}
	var commitments []*clause.Commitment // one that refers to a clause that is not there stands alone
	for _, c := range clause.Arrange(j.Deal.Clauses) {
		if x, ok := c.(*clause.Commitment); ok {
			commitments = append(commitments, x)
		}
	}
	if s.CommitmentCents = committed(commitments, "", grid); s.CommitmentCents > 0 {
		s.LeastCents = j.leastOwed()
	}
	for _, x := range j.Deal.Prior {
		if x.To == j.Deal.Supplier() {
			s.ExistingCents += x.Amount.Value
		}
	}
}

// limit is what a facility adds to what its lender may put in: what is paid in
// under the clauses that lower the limit is counted there.
func (j *Job) limit(f *clause.Facility) float64 {
	limit := f.Limit.Value
	for _, c := range j.Deal.Clauses {
		if !slices.Contains(f.ReducedBy, c.Head().ID) {
			continue
		}
		var paid []clause.Payment
		switch x := c.(type) {
		case *clause.Equity:
			paid = x.Payments(j.Program.Grid())
		case *clause.Note:
			paid = x.Payments(j.Program.Grid())
		}
		for _, p := range paid {
			if p.Step >= 0 {
				limit -= p.Cents
			}
		}
	}
	return max(0, limit)
}

// committed is what commitments come to together, in cents: one stacked on
// another adds to it, one within another is part of it, and of those that
// stand side by side and count the same spend the largest holds, as those add
// up that run one after the other.
func committed(commitments []*clause.Commitment, after string, grid *calendar.Grid) float64 {
	best := make([]float64, grid.Term()+1) // of those that are over by a step
	for t := 1; t <= grid.Term(); t++ {
		best[t] = best[t-1]
		for _, x := range commitments {
			if from, to := x.Window(grid); to == t && x.Within == "" && x.AfterOf == after {
				best[t] = max(best[t], best[from]+x.Total.Value+committed(commitments, x.Head().ID, grid))
			}
		}
	}
	return best[grid.Term()]
}

// Uncertain tells whether paths of the job can differ: numbers of its world are
// uncertain, or chance moves something.
func (j *Job) Uncertain() bool { return len(j.Plan.World.Uncertain()) > 0 || j.noisy() }

// noisy tells whether chance moves anything once uncertain numbers are drawn.
func (j *Job) noisy() bool { return j.Plan.Noisy() || len(j.Program.Watch().Chances) > 0 }
