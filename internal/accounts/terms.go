// SPDX-License-Identifier: Apache-2.0

package accounts

import (
	"offtake/internal/calendar"
	"offtake/internal/field"
)

// The frameworks of accounting.
const (
	USGAAP = "us_gaap"
	IFRS   = "ifrs"
)

// Terms are the judgements and numbers that the books of a deal need and its clauses do
// not give.
type Terms struct {
	Framework            string
	SingleObjective      bool // the clauses were negotiated as one package
	Distinct             bool // what is bought from the customer is apart from the compute sold
	FairValueEstimable   bool
	Collectable          bool
	Lease                bool
	SignificantInfluence bool
	Capitalised          float64  // share of the compute that the buyer capitalises
	Margin               *float64 // the supplier's, as a share of what is billed
	FinancingRate        float64  // a year: at which the supplier could borrow
	LeaseRate            float64  // a year: at which lease payments are discounted
	EconomicLife         calendar.Span
	AssetCents           *float64 // fair value of what is leased
	BacklogCents         *float64 // the supplier's remaining performance obligations in all
	RevenueCents         *float64 // the supplier's, a year
}

// NewTerms are the terms with their defaults.
func NewTerms() *Terms {
	return &Terms{Framework: USGAAP, SingleObjective: true, Distinct: true, FairValueEstimable: true, Collectable: true,
		FinancingRate: 0.07, LeaseRate: 0.07, EconomicLife: calendar.Span{Months: 60}}
}

// Fields is the table of what a file may say.
func (t *Terms) Fields() []field.Field {
	return append(t.judgements(), t.numbers()...)
}

func (t *Terms) judgements() []field.Field {
	flag := func(name, usual string, into *bool, doc string) field.Field {
		return field.Field{Name: name, Kind: field.Flag, Default: usual, Into: into, Doc: doc}
	}
	return []field.Field{
		{Name: "framework", Kind: field.Choice, Choices: []string{USGAAP, IFRS}, Default: USGAAP, Into: &t.Framework, Doc: "whose rules the books are kept by"},
		flag("single_commercial_objective", "true", &t.SingleObjective, "whether the capital and the compute were negotiated as one package; if not, a price paid above fair value does not reach revenue"),
		flag("distinct", "true", &t.Distinct, "whether the shares bought are a thing of their own, apart from the compute sold; if not, all that is paid for them lowers revenue"),
		flag("fair_value_estimable", "true", &t.FairValueEstimable, "whether the fair value of the shares bought can be estimated; if not, all that is paid for them lowers revenue"),
		flag("collectable", "true", &t.Collectable, "whether it is probable that the buyer will pay; if not, there is no contract to account for"),
		flag("lease", "false", &t.Lease, "whether the compute is let: an identified asset whose use the buyer directs, and that the supplier cannot substitute"),
		flag("significant_influence", "false", &t.SignificantInfluence, "whether the supplier has significant influence over the buyer"),
	}
}

func (t *Terms) numbers() []field.Field {
	rate := func(name, usual, doc string, into any) field.Field {
		return field.Field{Name: name, Kind: field.Rate, Default: usual, Min: field.At(0), Max: field.At(1), Into: into, Doc: doc}
	}
	money := func(name, doc string, into **float64) field.Field {
		return field.Field{Name: name, Kind: field.Money, Min: field.Beyond(0), Into: into, Doc: doc}
	}
	return []field.Field{
		rate("capitalised", "0%", "share of the compute whose cost the buyer capitalises and has not yet used up", &t.Capitalised),
		rate("margin", "that of the base run", "the supplier's margin, as a share of what it bills; that of the base run is under the headline cost", &t.Margin),
		rate("financing_rate", "7%", "a year, at which the supplier could borrow: what a prepayment saves it", &t.FinancingRate),
		rate("lease_rate", "7%", "a year, at which lease payments are discounted", &t.LeaseRate),
		{Name: "economic_life", Kind: field.Span, Default: "5y", Into: &t.EconomicLife, Doc: "how long what is leased can be used"},
		{Name: "asset_value", Kind: field.Money, Default: "what the landlord pays", Min: field.Beyond(0), Into: &t.AssetCents, Doc: "fair value of what is leased; what the landlord pays for it is the outlay of a lease clause"},
		money("supplier_backlog", "remaining performance obligations of the supplier in all, this deal included", &t.BacklogCents),
		money("supplier_revenue", "the supplier's revenue in a year", &t.RevenueCents),
	}
}

// Check reports a life of no length.
func (t *Terms) Check(r field.Report) {
	if t.EconomicLife == (calendar.Span{}) {
		r.Fault("LIFE-NOTHING", "economic_life", "write how long it can be used, such as 5y", "what is leased can be used for no time")
	}
}
