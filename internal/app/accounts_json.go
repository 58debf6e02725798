// SPDX-License-Identifier: Apache-2.0

package app

import (
	"offtake/internal/accounts"
	"offtake/internal/unit"
)

// BooksJSON is what accounts --json prints.
type BooksJSON struct {
	Deal          DealID            `json:"deal"`
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
}

// ExcludedJSON is what remaining performance obligations leave out.
type ExcludedJSON struct {
	What   string   `json:"what"`
	Amount *float64 `json:"amount,omitempty"`
	Why    string   `json:"why"`
}

// ContraJSON is what lowers revenue.
type ContraJSON struct {
	Paid      float64   `json:"paid"`
	FairValue float64   `json:"fair_value"`
	Shares    float64   `json:"by_shares"`
	Given     float64   `json:"by_gifts"`
	Total     float64   `json:"total"`
	Years     []float64 `json:"years"` // by contract year
}

// RightsJSON is what is paid for before it is used, under a clause.
type RightsJSON struct {
	Clause   string    `json:"clause"`
	Paid     float64   `json:"paid"`
	Used     float64   `json:"expected_use"`
	Breakage float64   `json:"breakage"`
	Years    []float64 `json:"revenue_years"`
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
	Stake  float64   `json:"stake"`
	Margin float64   `json:"margin"`
	Years  []float64 `json:"years"`
}

// ConcentrationJSON is the deal's part of the supplier's business.
type ConcentrationJSON struct {
	Backlog *float64 `json:"backlog,omitempty"`
	Revenue *float64 `json:"revenue,omitempty"`
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

// JSON is the deal in its books as data.
func (a *Accounts) JSON() BooksJSON {
	const per = unit.MinorPerMajor
	out := BooksJSON{Deal: dealID(a.run.Deal, a.run.Source, a.run.Edits), On: a.On.String(), Framework: a.terms.Framework, Advice: NoAdvice,
		Excluded: []ExcludedJSON{}, Rights: []RightsJSON{}, Leases: []LeaseJSON{}, Judgements: judgements(a.run.Deal, "accounting")}
	for _, b := range a.Remaining() {
		out.Remaining = append(out.Remaining, RemainingJSON{b.On.String(), b.Within / per, b.Next / per, b.Beyond / per, b.Total() / per})
	}
	for _, e := range a.Excluded {
		x := ExcludedJSON{What: e.What, Why: e.Why}
		if e.Cents != nil {
			x.Amount = finite(*e.Cents / per)
		}
		out.Excluded = append(out.Excluded, x)
	}
	c := &a.Contra
	out.Contra = ContraJSON{c.Paid / per, c.FairValue / per, c.Shares / per, c.Given / per, c.Total() / per, major(a.ContraYears())}
	for _, x := range a.Rights {
		out.Rights = append(out.Rights, RightsJSON{x.Clause, x.Paid / per, x.Used / per, x.Breakage() / per, major(x.Years), x.Interest / per, x.Expedite / per})
	}
	years, later := a.Floor.Purchases(a.On)
	out.Purchases = PurchasesJSON{major(years), later / per}
	for _, x := range a.Leases {
		out.Leases = append(out.Leases, LeaseJSON{x.Of, x.PresentValue / per, x.TermShare, finite(x.ValueShare), x.Finance})
	}
	out.Elimination = EliminationJSON{a.Stake, a.Margin, major(a.Eliminated())}
	out.Concentration.Backlog, out.Concentration.Revenue = a.Shares()
	for _, x := range accounts.Rules() {
		out.Rules = append(out.Rules, RuleJSON{x.ID, x.Paragraph, x.IFRS, x.Says, x.Effective.String(), x.InForce(a.On), x.Verified, x.URL})
	}
	return out
}
