// SPDX-License-Identifier: Apache-2.0

package app

import (
	"math"
	"slices"

	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/measure"
	"offtake/internal/measure/cashflow"
	"offtake/internal/value/estimate"
)

// meanFigures are what flows show of the money and its price. Amounts are cents.
type meanFigures struct {
	cost      float64 // rate of the expected flows between who gives the money and who gets it; NaN where there is none or several
	dilution  float64 // shares issued over all shares after
	interest  float64 // paid in money
	gone      float64 // months until more has been paid than has come in; NaN where that never happens
	committed float64 // share of what is paid for compute that must be; NaN where nothing is paid
	exit      float64 // still to be paid, or lost, for compute if the lab stops taking it after three years
	owed      float64 // debt outstanding then
}

// shownFigures are the figures in the order in which they are shown.
var shownFigures = []struct {
	name, title string
	cents       bool
	of          func(*meanFigures) float64
}{
	{"cost_of_money", "Cost of the money", false, func(f *meanFigures) float64 { return f.cost }},
	{"dilution", "Dilution", false, func(f *meanFigures) float64 { return f.dilution }},
	{"cash_interest", "Cash interest", true, func(f *meanFigures) float64 { return f.interest }},
	{"gone_after_month", "Gone after", false, func(f *meanFigures) float64 { return f.gone }},
	{"committed", "Committed", false, func(f *meanFigures) float64 { return f.committed }},
	{"exit_after_year_3", "Exit after year 3", true, func(f *meanFigures) float64 { return f.exit }},
	{"debt_after_year_3", "Debt then", true, func(f *meanFigures) float64 { return f.owed }},
}

// known is one of the figures with its error, by the mean flows of each scrambling.
func (x *MeanRun) known(of func(*meanFigures) float64) estimate.Estimate {
	return spreadOf(&x.figures, x.apart, of)
}

// beyondGiven is one of the figures less that of the given deal, on the same draws, and the
// share of variance that this leaves of what independent draws would have; NaN where it is
// not known.
func (x *MeanRun) beyondGiven(own *MeanRun, of func(*meanFigures) float64) (e estimate.Estimate, ratio float64) {
	type pair struct{ x, own *meanFigures }
	var apart []pair
	for g := range x.apart {
		apart = append(apart, pair{x.apart[g], own.apart[g]})
	}
	e = spreadOf(pair{&x.figures, &own.figures}, apart, func(p pair) float64 { return of(p.x) - of(p.own) })
	a, b := x.known(of), own.known(of)
	return e, e.Error * e.Error / (float64(a.Error*a.Error) + float64(b.Error*b.Error))
}

// exitYear is the contract year after which an exit is priced.
const exitYear = 3

// read takes the figures off the flows: of the base run, or the mean flows of the sample.
// The cost of the money is of flows with default, all else of those without.
func (x *MeanRun) read() {
	if x.sample == nil {
		x.figures = x.figuresOf(&booked{x.base.Months, x.base.Book, x.base.Measures, x.base.Values}, &booked{x.base.Expected, x.base.Book, x.base.Measures, x.base.Values})
		return
	}
	own, lasting := &Run{Base: x.base, Sample: x.sample}, &Run{Base: x.base, Sample: x.lasting.sample}
	x.figures = x.figuresOf(lasting.booked(), own.booked())
	without, with := lasting.apart(), own.apart()
	for g := range without {
		f := x.figuresOf(without[g], with[g])
		x.apart = append(x.apart, &f)
	}
}

func (x *MeanRun) figuresOf(agreed, expected *booked) meanFigures {
	f := meanFigures{cost: x.costOfMoney(expected), gone: math.NaN(), committed: math.NaN()}
	lab := x.base.Job.Program.Buyer()
	grid := x.base.Job.Program.Grid()
	last := min(grid.Term(), exitYear*grid.StepsPerYear()) - 1
	issued, balance, paid, must := 0.0, 0.0, 0.0, 0.0
	for _, m := range agreed.months {
		for _, flow := range m.Flows {
			l, cash := flow.Line, flow.Line.Asset.Kind == contract.Cash
			borrows, pays := slices.Contains(x.Borrowers, l.To), slices.Contains(x.Borrowers, l.From)
			compute := cash && l.From == lab && (l.Role == contract.Use || l.Role == contract.Miss || l.Kind == "rent")
			switch {
			case l.Role == contract.Issue || l.Role == contract.Convert:
				issued += flow.Amount
			case l.Kind == "interest" && cash && pays && !borrows:
				f.interest += flow.Amount
			}
			if cash && l.Role != contract.Resale {
				balance += float64(flowTo(l, lab) * flow.Amount)
			}
			if compute {
				paid += flow.Amount
			}
			if mustPay(l) && l.From == lab {
				must += flow.Amount
				if l.Kind == "rent" && m.Step > last {
					f.exit += flow.Amount
				}
			}
			if m.Step <= last && !(borrows && pays) {
				f.owed += float64(debt(l, borrows, pays) * flow.Amount)
			}
		}
		if math.IsNaN(f.gone) && balance < -1 && m.Step >= 0 {
			f.gone = float64((m.Step + 1) * grid.MonthsPerStep())
		}
	}
	f.dilution = issued / (x.base.Job.Program.Shares() + issued)
	f.owed = max(0, f.owed)
	if least, ok := agreed.at("effective_commitment", ""); ok {
		must = max(must, least)
	}
	if paid > 0 {
		f.committed = min(1, must/paid)
	}
	f.exit += x.minimumsLeft(agreed, last) + prepaidLeft(agreed, last)
	return f
}

// flowTo is how a line of money enters the lab's balance.
func flowTo(l *contract.Line, lab string) float64 {
	switch lab {
	case l.To:
		return 1
	case l.From:
		return -1
	}
	return 0
}

// mustPay tells whether a line is paid whatever is taken.
func mustPay(l *contract.Line) bool {
	return l.Asset.Kind == contract.Cash && (l.Kind == "rent" || l.Kind == "prepayment")
}

// debt is how a line changes what is owed to lenders.
func debt(l *contract.Line, borrows, pays bool) float64 {
	switch {
	case borrows && l.Asset.Kind == contract.Cash && (l.Role == contract.Lend || l.Role == contract.Draw):
		return 1
	case pays && (l.Kind == "repayment" || l.Kind == "set_off" || l.Kind == "note_given_up"):
		return -1
	}
	return 0
}

// costOfMoney is the yearly rate of the expected flows between those who give the money and
// those who get it: what they lend and pay for shares, what comes back, and at the horizon
// what shares and paper are worth to them. What compute costs is not in it.
func (x *MeanRun) costOfMoney(of *booked) float64 {
	grid := x.base.Job.Program.Grid()
	n := grid.Steps() + 1
	flows, years := make([]float64, n), make([]float64, n)
	paper := 0.0 // and shares, as present values
	for _, m := range of.months {
		years[m.Step+1] = 0
		if m.Step >= 0 {
			years[m.Step+1] = grid.Years(m.Step)
		}
		for _, flow := range m.Flows {
			l := flow.Line
			in, out := slices.Contains(x.Borrowers, l.To), slices.Contains(x.Borrowers, l.From)
			if !slices.Contains(x.Financing, l.Clause) || in == out || l.From == contract.Outside || l.To == contract.Outside ||
				l.Asset.Kind != contract.Cash && l.Asset.Kind != contract.InKind {
				continue
			}
			if in {
				flows[m.Step+1] -= flow.Amount
			} else {
				flows[m.Step+1] += flow.Amount
			}
			if l.Role == contract.Draw && l.Asset.Kind == contract.Cash {
				paper += float64(x.worth(l.Clause) * flow.Amount * x.base.Job.Plan.Curve[max(m.Step, 0)])
			}
		}
	}
	horizon := x.base.Job.Plan.Curve[n-2]
	for _, r := range x.base.Job.Setting(false).Rights {
		if i := measure.Find(of.measures, "own_flows", r.Holder, r.ID, 0); i >= 0 {
			paper += of.values[i]
		}
	}
	flows[n-1] += paper / horizon
	if rate, ok := cashflow.XIRR(flows, years).Only(); ok {
		return rate
	}
	return math.NaN()
}

// worth is what the paper that a facility gets for a draw is worth, per cent drawn.
func (x *MeanRun) worth(id string) float64 {
	for _, c := range x.Deal.Clauses {
		if f, ok := c.(*clause.Facility); ok && f.Head().ID == id {
			return f.Worth
		}
	}
	return 0
}

// minimumsLeft are the minimums of the periods that begin after a step, or what leaving then
// costs where a commitment says so.
func (x *MeanRun) minimumsLeft(of *booked, last int) float64 {
	sum, grid := 0.0, x.base.Job.Program.Grid()
	for _, rd := range x.base.Job.Program.Readings() {
		if rd.Name != "minimum" {
			continue
		}
		part := x.exitShare(rd.Clause)
		for y := range rd.Periods(grid.Term()) {
			begin := y * rd.Steps
			if rd.Edges != nil {
				begin = rd.Edges[y]
			}
			if begin > last {
				if i := measure.Find(of.measures, "minimum", "", rd.Clause, y+1); i >= 0 {
					sum += float64(part * of.values[i])
				}
			}
		}
	}
	return sum
}

// exitShare is the share of the minimums still to run that leaving costs: all, unless the
// commitment has an exit, or the buyer may end the agreement for no cause.
func (x *MeanRun) exitShare(id string) float64 {
	share := 1.0
	for _, c := range x.Deal.Clauses {
		switch c := c.(type) {
		case *clause.Commitment:
			if c.Head().ID == id && c.Exit != nil && c.Exit.From.Years() <= exitYear {
				share = min(share, c.Exit.Fee)
			}
		case *clause.Termination:
			if c.By == "supplier" || c.Ground != "convenience" || c.After.Years() > exitYear {
				continue
			}
			switch {
			case c.Fee == nil:
				share = 0
			case c.Fee.Kind == "share":
				share = min(share, c.Fee.Share)
			}
		}
	}
	return share
}

// prepaidLeft is what has been paid in advance by the end of a step, or is to be still, and
// has paid no invoice.
func prepaidLeft(of *booked, last int) float64 {
	sum := 0.0
	for _, m := range of.months {
		for _, flow := range m.Flows {
			switch l := flow.Line; {
			case l.Kind == "prepayment" && l.Asset.Kind == contract.Cash:
				sum += flow.Amount
			case l.Kind == "prepaid_used" && m.Step <= last:
				sum -= flow.Amount
			}
		}
	}
	return max(0, sum)
}
