// SPDX-License-Identifier: Apache-2.0

package app

import (
	"math"
	"slices"

	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/measure/cashflow"
)

// meanFigures are what a base run shows of the money and its price. Amounts are cents.
type meanFigures struct {
	cost      float64 // rate of the expected flows between who gives the money and who gets it; NaN where there is none or several
	dilution  float64 // shares issued over all shares after
	interest  float64 // paid in money
	gone      int     // months until more has been paid than has come in; -1 where that never happens
	committed float64 // share of what is paid for compute that must be; NaN where nothing is paid
	exit      float64 // still to be paid, or lost, for compute if the lab stops taking it after three years
	owed      float64 // debt outstanding then
}

// exitYear is the contract year after which an exit is priced.
const exitYear = 3

func figuresOf(x *MeanRun) meanFigures {
	f := meanFigures{cost: x.costOfMoney(), gone: -1}
	lab := x.base.Job.Program.Buyer()
	grid := x.base.Job.Program.Grid()
	last := min(grid.Term(), exitYear*grid.StepsPerYear()) - 1
	issued, balance, paid, must := 0.0, 0.0, 0.0, 0.0
	for _, m := range x.base.Months {
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
		if f.gone < 0 && balance < -1 && m.Step >= 0 {
			f.gone = (m.Step + 1) * grid.MonthsPerStep()
		}
	}
	f.dilution = issued / (x.base.Job.Program.Shares() + issued)
	f.owed = max(0, f.owed)
	f.committed = math.NaN()
	if least, ok := (outcomes{base: x.base}).at("effective_commitment", "", ""); ok {
		must = max(must, least.value)
	}
	if paid > 0 {
		f.committed = min(1, must/paid)
	}
	f.exit += x.minimumsLeft(last) + x.prepaidLeft(last)
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
func (x *MeanRun) costOfMoney() float64 {
	grid := x.base.Job.Program.Grid()
	n := grid.Steps() + 1
	flows, years := make([]float64, n), make([]float64, n)
	paper := 0.0 // and shares, as present values
	for _, m := range x.base.Expected {
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
		shares, _ := outcomes{base: x.base}.at("own_flows", r.Holder, r.ID)
		paper += shares.value
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
func (x *MeanRun) minimumsLeft(last int) float64 {
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
				if v, ok := x.reading(rd.Clause, y+1); ok {
					sum += float64(part * v)
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

func (x *MeanRun) reading(id string, period int) (float64, bool) {
	for i, m := range x.base.Measures {
		if m.Name == "minimum" && m.Clause == id && m.Period == period {
			return x.base.Values[i], true
		}
	}
	return 0, false
}

// prepaidLeft is what has been paid in advance by the end of a step, or is to be still, and
// has paid no invoice.
func (x *MeanRun) prepaidLeft(last int) float64 {
	sum := 0.0
	for _, m := range x.base.Months {
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
