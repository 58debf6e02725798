// SPDX-License-Identifier: Apache-2.0

package app

import (
	"offtake/internal/provider"
	"offtake/internal/unit"
)

// UnderwritingJSON is what provider --json prints.
type UnderwritingJSON struct {
	Deal     DealID        `json:"deal"`
	Run      RunID         `json:"run"`
	Capital  float64       `json:"capital"`
	Years    []YearJSON    `json:"years"`
	Debt     DebtJSON      `json:"debt"`
	Failures []FailureJSON `json:"failures"`
	Exposure struct {
		Backlog *float64 `json:"backlog,omitempty"`
		Equity  *float64 `json:"equity,omitempty"`
	} `json:"exposure"`
	// Unit is what a unit taken costs: by the provider's terms, and as the world states it.
	Unit *struct {
		Built  float64  `json:"built"`
		Share  *float64 `json:"taken_share,omitempty"`
		Full   *float64 `json:"if_all_taken,omitempty"`
		Stated *float64 `json:"stated,omitempty"`
	} `json:"unit_cost,omitempty"`
	Inputs []Judgement `json:"inputs"`
	Advice string      `json:"advice"`
}

// YearJSON is a contract year.
type YearJSON struct {
	GW           float64 `json:"gw"`
	Chips        float64 `json:"chips"`
	Shell        float64 `json:"shell"`
	Depreciation float64 `json:"depreciation"`
	Book         float64 `json:"book_value"`
	Power        float64 `json:"power"`
	Upkeep       float64 `json:"upkeep"`
	Floor        float64 `json:"floor"`
	Stressed     float64 `json:"stressed"`
	Expected     float64 `json:"expected"`
	SE           float64 `json:"expected_se,omitempty"`
	// Interval is a 95% confidence interval of stressed spend where that is a quantile.
	Interval []float64 `json:"stressed_interval,omitempty"`
}

// DebtJSON is the debt that the floor carries.
type DebtJSON struct {
	Amount   float64     `json:"amount"`
	Bound    string      `json:"bound"`
	Years    []CoverJSON `json:"years"`
	Floor    *float64    `json:"least_cover_floor,omitempty"`
	Stressed *float64    `json:"least_cover_stressed,omitempty"`
	Expected *float64    `json:"least_cover_expected,omitempty"`
	SE       float64     `json:"least_cover_expected_se,omitempty"`
}

// CoverJSON is a year of the debt.
type CoverJSON struct {
	Service  float64  `json:"service"`
	Owed     float64  `json:"owed"`
	Floor    *float64 `json:"cover_floor,omitempty"`
	Stressed *float64 `json:"cover_stressed,omitempty"`
	Expected *float64 `json:"cover_expected,omitempty"`
	SE       float64  `json:"cover_expected_se,omitempty"`
}

// FailureJSON is what is lost if the buyer fails.
type FailureJSON struct {
	After int     `json:"after_year"`
	Floor float64 `json:"floor"`
	Lost  float64 `json:"lost"`
	Book  float64 `json:"book_value"`
	Debt  float64 `json:"debt"`
	Cash  float64 `json:"cash"`
	Short float64 `json:"short"`
}

// JSON is what the commitment underwrites as data.
func (u *Underwriting) JSON() UnderwritingJSON {
	const per = unit.MinorPerMajor
	out := UnderwritingJSON{Deal: dealID(u.run.Deal, u.run.Source, u.run.Edits), Run: RunID{Kind: "base"}, Capital: provider.CapitalCents(u.Years) / per,
		Inputs: judgements(u.run.Deal, "provider"), Advice: NoAdvice}
	if u.run.Sample != nil {
		out.Run = u.run.runID()
	}
	known := u.expected()
	for y := range u.Years {
		x := &u.Years[y]
		out.Years = append(out.Years, YearJSON{x.PowerGW, x.ChipsCents / per, x.ShellCents / per, (x.ChipsDepreciated + x.ShellWritten) / per, x.BookCents / per,
			x.EnergyCents / per, x.UpkeepCents / per, u.Floor[y] / per, u.Stressed[y] / per, u.Expected[y] / per, seOf(known[y], per), u.interval(y)})
	}
	floor, expected, stressed := u.cases()
	covers, least := u.expectedCover()
	out.Debt = DebtJSON{Amount: u.Loan.Cents / per, Bound: u.Loan.Bound, Years: []CoverJSON{},
		Floor: finite(provider.Least(floor)), Stressed: finite(provider.Least(stressed)), Expected: finite(provider.Least(expected)), SE: seOf(least, 1)}
	for y, x := range u.Loan.Service {
		out.Debt.Years = append(out.Debt.Years, CoverJSON{x / per, u.Loan.Left[y] / per, finite(floor[y]), finite(stressed[y]), finite(expected[y]), seOf(covers[y], 1)})
	}
	for at, f := range u.Failures {
		out.Failures = append(out.Failures, FailureJSON{at, f.FloorCents / per, f.LostCents / per, f.BookCents / per, f.DebtCents / per, f.CashCents / per, f.ShortCents / per})
	}
	out.Exposure.Backlog, out.Exposure.Equity = u.Exposure()
	if c, ok := u.unitCost(); ok {
		out.Unit = &struct {
			Built  float64  `json:"built"`
			Share  *float64 `json:"taken_share,omitempty"`
			Full   *float64 `json:"if_all_taken,omitempty"`
			Stated *float64 `json:"stated,omitempty"`
		}{c.Built / per, finite(c.Share), finite(c.Full() / per), finite(c.Stated / per)}
	}
	return out
}

// interval is a 95% confidence interval of a year's stressed spend, in currency, where that
// is a quantile.
func (u *Underwriting) interval(y int) []float64 {
	if !u.quantiles {
		return nil
	}
	for i, m := range u.run.Sample.Series {
		if m.Period == y+1 {
			low, high := u.run.Sample.SeriesEstimates[i].Histogram.Interval(stressTail)
			return []float64{low / unit.MinorPerMajor, high / unit.MinorPerMajor}
		}
	}
	return nil
}
