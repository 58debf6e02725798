// SPDX-License-Identifier: Apache-2.0

package app

import (
	"math"

	"offtake/internal/clause"
	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/provider"
	"offtake/internal/value/estimate"
)

// Underwriting is what a deal's commitment lets its supplier build and borrow. Amounts
// are in cents, by contract year.
type Underwriting struct {
	run   *Run
	terms *provider.Terms

	Years                     []provider.Year
	Floor, Expected, Stressed []float64 // what is billed
	Loan                      provider.Loan
	Failures                  []provider.Failure

	apart     [][]float64 // what is expected to be billed, by the mean flows of each scrambling; none of a base run
	quantiles bool        // stressed spend is a quantile of each year
}

// stressTail is the quantile of spend that the stressed case of a sample is.
const stressTail = 0.05

// NewUnderwriting sizes what a deal carries: expected spend is a mean over sampled paths, or of
// a base run without any, and floor and debt are of the terms. A deal that promises no
// capacity is a Misuse.
func NewUnderwriting(src Source, e Edits, d *deal.Deal, opt RunOptions) (*Underwriting, error) {
	u := &Underwriting{run: newRun(src, e, d, RunOptions{}), terms: d.Provider}
	r, grid := u.run, d.Grid()
	builds := r.builds()
	if len(builds) == 0 {
		return nil, Misuse{"the deal promises no capacity, so that nothing is built for it: add a capacity clause"}
	}
	u.Years = u.terms.Years(builds, grid.ContractYears())
	_, least := r.floors(d.Signed)
	r.sampleAgreed(opt, func(m *measure.Measure) bool { return m.Name == "yearly_spend" })
	u.Floor, u.Expected = r.contractYears(r.floorSchedule(least)), r.contractYears(r.expectedSchedule(r.agreed()))
	for _, of := range r.apart() {
		u.apart = append(u.apart, r.contractYears(r.expectedSchedule(of)))
	}
	u.stress(opt)
	tenor := int(math.Ceil(u.terms.Debt.Tenor.Years()))
	u.Loan = u.terms.Debt.Size(u.Cash(u.Floor), tenor, provider.CapitalCents(u.Years))
	u.Failures = u.terms.Failures(u.Floor, u.Years, u.Loan)
	return u, nil
}

// builds are the generations of chips that capacity clauses promise, and what takes their
// place.
func (r *Run) builds() []provider.Build {
	return r.buildsOf(func(string) bool { return true })
}

// buildsOf are those of some clauses, by their ids.
func (r *Run) buildsOf(wanted func(id string) bool) []provider.Build {
	grid, capital := r.Deal.Grid(), r.Deal.Provider.Capital
	years := func(step int) float64 { return float64(step) / float64(grid.StepsPerYear()) }
	var out []provider.Build
	for _, c := range r.Deal.Clauses {
		x, ok := c.(*clause.Capacity)
		if !ok || !r.bindingOn(grid.End())(x.Head()) || !wanted(x.Head().ID) {
			continue
		}
		until := grid.Term()
		for until > 0 && !x.Head().Until.IsZero() && !grid.StepStart(until-1).Before(x.Head().Until) {
			until--
		}
		for _, g := range x.Generations {
			from := 0
			for from < grid.Term() && grid.StepStart(from).Before(g.From) {
				from++
			}
			out = append(out, provider.Build{Years: years(from), Until: years(until), PowerGW: g.PowerGW,
				ChipsCents: g.PowerGW * capital.ChipsCents, ShellCents: g.PowerGW * capital.ShellCents})
			for again := g.Refresh.Years(); again > 0 && years(from)+again < years(until); again += g.Refresh.Years() {
				out = append(out, provider.Build{Years: years(from) + again, Until: years(until), ChipsCents: g.PowerGW * capital.ChipsCents})
			}
		}
	}
	return out
}

// stress is what is billed in a bad case: a share of what is expected, and what of the
// floor is delivered for; or, where paths were asked for, a quantile of each year.
func (u *Underwriting) stress(opt RunOptions) {
	u.Stressed = make([]float64, len(u.Expected))
	for y, x := range u.Expected {
		u.Stressed[y] = max(u.terms.Stress*x, min(u.Floor[y], x))
	}
	if u.run.Sample == nil || opt.Usual {
		return
	}
	u.quantiles = true
	for i, m := range u.run.Sample.Series {
		u.Stressed[m.Period-1] = u.run.Sample.SeriesEstimates[i].Histogram.Quantile(stressTail)
	}
}

// expected is what is expected to be billed in each year, with its error.
func (u *Underwriting) expected() []estimate.Estimate {
	return spreadYears(u.Expected, u.apart, func(years []float64) []float64 { return years })
}

// expectedCover is the cover on it in each year of the debt, and the least of all.
func (u *Underwriting) expectedCover() (years []estimate.Estimate, least estimate.Estimate) {
	of := func(billed []float64) []float64 { return u.Loan.Cover(u.Cash(billed)) }
	return spreadYears(u.Expected, u.apart, of), spreadOf(u.Expected, u.apart, func(billed []float64) float64 { return provider.Least(of(billed)) })
}

// Cash is what is billed less what running costs: what there is for debt service.
func (u *Underwriting) Cash(billed []float64) []float64 {
	out := make([]float64, len(billed))
	for y, x := range billed {
		out[y] = x - u.Years[y].Running()
	}
	return out
}

// cases are the three cases with their covers.
func (u *Underwriting) cases() (floor, expected, stressed []float64) {
	return u.Loan.Cover(u.Cash(u.Floor)), u.Loan.Cover(u.Cash(u.Expected)), u.Loan.Cover(u.Cash(u.Stressed))
}

// Exposure is the committed floor as a share of the supplier's backlog, and what it would
// lose of it at most as a share of its equity; nil where the file does not give these.
func (u *Underwriting) Exposure() (backlog, equity *float64) {
	floor, lost := 0.0, 0.0
	for _, x := range u.Floor {
		floor += x
	}
	for _, f := range u.Failures {
		lost = max(lost, f.LostCents)
	}
	share := func(x float64, of *float64) *float64 {
		if of == nil {
			return nil
		}
		part := x / *of
		return &part
	}
	return share(floor, u.run.Deal.Accounting.BacklogCents), share(lost, u.terms.Balance.EquityCents)
}
