// SPDX-License-Identifier: Apache-2.0

package app

import (
	"offtake/internal/accounts"
	"offtake/internal/unit"
	"offtake/internal/value/estimate"
)

// BooksJSON is what accounts --json prints.
type BooksJSON struct {
	Deal          DealID            `json:"deal"`
	Run           RunID             `json:"run"`
	On            string            `json:"on"`
	Framework     string            `json:"framework"`
	Remaining     []RemainingJSON   `json:"remaining"`
	Excluded      []ExcludedJSON    `json:"excluded"`
	Contra        ContraJSON        `json:"contra"`
	Rights        []RightsJSON      `json:"prepaid"`
	Purchases     PurchasesJSON     `json:"purchases"`
	Leases        []LeaseJSON       `json:"leases"`
	Elimination   EliminationJSON   `json:"elimination"`
	Concentration ConcentrationJSON `json:"concentration"`
	Judgements    []Judgement       `json:"judgements"`
	Rules         []RuleJSON        `json:"rules"`
	Advice        string            `json:"advice"`
}

// RemainingJSON is what is still to be performed on a day.
type RemainingJSON struct {
	On      string  `json:"on"` // the signing or the day asked for, then the first day after each year
	Within  float64 `json:"within_12_months"`
	Next    float64 `json:"in_1_to_3_years"`
	Beyond  float64 `json:"beyond_3_years"`
	Overall float64 `json:"total"`
	SE      float64 `json:"total_se,omitempty"`
}

// ExcludedJSON is what remaining performance obligations leave out.
type ExcludedJSON struct {
	What   string   `json:"what"`
	Amount *float64 `json:"amount,omitempty"`
	SE     float64  `json:"amount_se,omitempty"`
	Why    string   `json:"why"`
}

// ContraJSON is what lowers revenue.
type ContraJSON struct {
	Paid      float64   `json:"paid"`
	FairValue float64   `json:"fair_value"`
	Shares    float64   `json:"by_shares"`
	Given     float64   `json:"by_gifts"`
	Total     float64   `json:"total"`
	SE        float64   `json:"total_se,omitempty"`
	Years     []float64 `json:"years"` // by contract year
	YearsSE   []float64 `json:"years_se,omitempty"`
}

// RightsJSON is what is paid for before it is used, under a clause.
type RightsJSON struct {
	Clause   string    `json:"clause"`
	Paid     float64   `json:"paid"`
	Used     float64   `json:"expected_use"`
	UsedSE   float64   `json:"expected_use_se,omitempty"`
	Breakage float64   `json:"breakage"`
	BrokenSE float64   `json:"breakage_se,omitempty"`
	Years    []float64 `json:"revenue_years"`
	YearsSE  []float64 `json:"revenue_years_se,omitempty"`
	Interest float64   `json:"interest"`
	Expedite float64   `json:"used_within_a_year"`
}

// PurchasesJSON are the buyer's obligations.
type PurchasesJSON struct {
	Years []float64 `json:"years"` // five, from the day
	Later float64   `json:"later"`
}

// LeaseJSON is what is measured of a lease.
type LeaseJSON struct {
	Of           string   `json:"of,omitempty"` // id of the clause; left out for the whole deal
	PresentValue float64  `json:"present_value"`
	TermShare    float64  `json:"term_share"`
	ValueShare   *float64 `json:"value_share,omitempty"`
	Finance      bool     `json:"finance"`
}

// EliminationJSON is what is eliminated of the supplier's profit.
type EliminationJSON struct {
	Stake    float64   `json:"stake"`
	StakeSE  float64   `json:"stake_se,omitempty"`
	Margin   float64   `json:"margin"`
	MarginSE float64   `json:"margin_se,omitempty"`
	Years    []float64 `json:"years"`
	YearsSE  []float64 `json:"years_se,omitempty"`
}

// ConcentrationJSON is the deal's part of the supplier's business.
type ConcentrationJSON struct {
	Backlog   *float64 `json:"backlog,omitempty"`
	BacklogSE float64  `json:"backlog_se,omitempty"`
	Revenue   *float64 `json:"revenue,omitempty"`
	RevenueSE float64  `json:"revenue_se,omitempty"`
}

// RuleJSON is a rule.
type RuleJSON struct {
	ID        string `json:"id"`
	Paragraph string `json:"paragraph,omitempty"`
	IFRS      string `json:"ifrs,omitempty"`
	Says      string `json:"says"`
	Effective string `json:"effective"`
	InForce   bool   `json:"in_force"`
	Verified  string `json:"verified,omitempty"`
	URL       string `json:"url,omitempty"`
}

// major brings cents into units of currency.
func major(cents []float64) []float64 {
	out := make([]float64, len(cents))
	for i, x := range cents {
		out[i] = x / unit.MinorPerMajor
	}
	return out
}

// se is the standard error of a number in units of per; 0 where there is none to tell of.
func (a *Accounts) se(per float64, of func(*Accounts) float64) float64 {
	return seOf(a.known(of), per)
}

func seOf(e estimate.Estimate, per float64) float64 {
	if told(e, 1e-9) {
		return e.Error / per
	}
	return 0
}

// yearsSE are those of amounts by year, in currency; nil where there are none to tell of.
func (a *Accounts) yearsSE(of func(*Accounts) []float64) []float64 { return errorsOf(a.knownYears(of)) }

// errorsOf are standard errors of amounts in cents, in currency; nil where there are none
// to tell of.
func errorsOf(all []estimate.Estimate) []float64 {
	out, any := make([]float64, len(all)), false
	for y, e := range all {
		out[y] = seOf(e, unit.MinorPerMajor)
		any = any || out[y] > 0
	}
	if !any {
		return nil
	}
	return out
}

// JSON is the deal in its books as data.
func (a *Accounts) JSON() BooksJSON {
	const per = unit.MinorPerMajor
	out := BooksJSON{Deal: dealID(a.run.Deal, a.run.Source, a.run.Edits), Run: RunID{Kind: "base"}, On: a.On.String(), Framework: a.terms.Framework, Advice: NoAdvice,
		Excluded: []ExcludedJSON{}, Rights: []RightsJSON{}, Leases: []LeaseJSON{}, Judgements: judgements(a.run.Deal, "accounting")}
	if a.run.Sample != nil {
		out.Run = a.run.runID()
	}
	for _, b := range a.Remaining() {
		out.Remaining = append(out.Remaining, RemainingJSON{b.On.String(), b.Within / per, b.Next / per, b.Beyond / per, b.Total() / per,
			a.se(per, func(x *Accounts) float64 { return x.Net.Remaining(b.On).Total() })})
	}
	for _, e := range a.Excluded {
		x := ExcludedJSON{What: e.What, Why: e.Why, SE: a.se(per, func(x *Accounts) float64 { return x.leftOut(e.What) })}
		if e.Cents != nil {
			x.Amount = finite(*e.Cents / per)
		}
		out.Excluded = append(out.Excluded, x)
	}
	c := &a.Contra
	out.Contra = ContraJSON{c.Paid / per, c.FairValue / per, c.Shares / per, c.Given / per, c.Total() / per, a.se(per, func(x *Accounts) float64 { return x.Contra.Total() }),
		major(a.ContraYears()), a.yearsSE((*Accounts).ContraYears)}
	for _, x := range a.Rights {
		of := func(f func(*Rights) float64) float64 {
			return a.se(per, func(b *Accounts) float64 { return f(b.right(x.Clause)) })
		}
		out.Rights = append(out.Rights, RightsJSON{x.Clause, x.Paid / per, x.Used / per, of(func(x *Rights) float64 { return x.Used }), x.Breakage() / per, of((*Rights).Breakage),
			major(x.Years), a.yearsSE(func(b *Accounts) []float64 { return b.right(x.Clause).Years }), x.Interest / per, x.Expedite / per})
	}
	years, later := a.Floor.Purchases(a.On)
	out.Purchases = PurchasesJSON{major(years), later / per}
	for _, x := range a.Leases {
		out.Leases = append(out.Leases, LeaseJSON{x.Of, x.PresentValue / per, x.TermShare, finite(x.ValueShare), x.Finance})
	}
	out.Elimination = EliminationJSON{a.Stake, a.se(1, func(x *Accounts) float64 { return x.Stake }), a.Margin, a.se(1, func(x *Accounts) float64 { return x.Margin }),
		major(a.Eliminated()), a.yearsSE((*Accounts).Eliminated)}
	k := &out.Concentration
	if k.Backlog, k.Revenue = a.Shares(); k.Backlog != nil {
		k.BacklogSE = a.se(1, func(x *Accounts) float64 { share, _ := x.Shares(); return *share })
	}
	if k.Revenue != nil {
		k.RevenueSE = a.se(1, func(x *Accounts) float64 { _, share := x.Shares(); return *share })
	}
	for _, x := range accounts.Rules() {
		out.Rules = append(out.Rules, RuleJSON{x.ID, x.Paragraph, x.IFRS, x.Says, x.Effective.String(), x.InForce(a.On), x.Verified, x.URL})
	}
	return out
}
