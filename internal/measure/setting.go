// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"offtake/internal/calendar"
	"offtake/internal/contract"
)

// A Setting is what a deal and a world tell the measures. Slices by step run
// over the program's grid, tail included; money is in cents.
type Setting struct {
	Program *contract.Program

	Curve []float64 // riskless discount factors at the steps' ends
	// Expected tells that measures are read off an expected book, which knows
	// what was agreed apart from what default leaves of it. CanDefault tells
	// whether the buyer can fail at all.
	Expected, CanDefault bool
	// TotalsOnly keeps nothing by step: no measure is asked for that is BySteps.
	TotalsOnly bool
	// Flows keeps what each line moves by step, for those who show flows.
	Flows             bool
	DefaultCostCents  float64
	Costs             []Cost
	Headline          int       // index in Costs
	MarketCapacity    []float64 // units a step; nil for no limit
	UnmetCents        float64   // per unit of need that the market could not meet
	LabValueCents     float64
	Feedback          bool
	OtherInflow       []float64 // cents a step; nil when not given
	Cash              bool      // whether the lab has an account of money, which may run out
	Hurdles           []Hurdle
	Rounds            []Round // in the order of their dates
	Preferences       []Preference
	Holders           []Holding // the provider first, then others who are parties and hold, invest or lend
	Facilities        []Facility
	Loans             []Loan  // to the lab
	CommitmentCents   float64 // what commitments come to together
	ExistingCents     float64 // what the buyer had promised the provider before, still to run
	LeastCents        float64 // of that, what must be paid if nothing is taken and any right to leave is used at once
	MinimumsElsewhere bool    // whether the lab has minimums with others
	// Detailed asks for every party's parts, and for what the flows of Rights bring.
	Detailed bool
	Rights   []Right
	// Needs asks for the buyer's need by contract year; nil for not.
	Needs *Needs
	// Yearly keeps what each line moves by contract year (Book.Yearly).
	Yearly bool
	// What differs between the lanes of a sampled block stands here beside its
	// mean above, by step and lane, or by lane; nil where all lanes agree.
	MarketCapacityLanes, OtherInflowLanes [][]float64
	UnmetLanes, DefaultCostLanes          []float64
}

// Cost is one view of the provider's opportunity cost.
type Cost struct {
	Name  string    // sunk, scarce or build
	Cents []float64 // per unit, by step
	// Lanes holds it by step and lane where the lanes of a sampled block differ.
	Lanes [][]float64
}

// Hurdle is a party's own yearly discount rate.
type Hurdle struct {
	Party string
	Rate  float64
}

// Holding is a party's share of the lab before the deal.
type Holding struct {
	Party string
	Share float64
}

// Round is a payment for shares in a financing round of the lab.
type Round struct {
	Clause      string
	Investor    string
	AmountCents float64
	Step        int // -1 at signing
	InCredits   bool
}

// AddRound puts a payment among the others, in the order of their dates.
func (s *Setting) AddRound(r Round) {
	at := len(s.Rounds)
	for at > 0 && s.Rounds[at-1].Step > r.Step {
		at--
	}
	s.Rounds = append(s.Rounds[:at], append([]Round{r}, s.Rounds[at:]...)...)
}

// Preference is what the shares of an equity clause get before others: a
// multiple of what was paid for them.
type Preference struct {
	Clause        string
	Multiple      float64
	Participating bool
	Rank          int    // of seniority; the highest is paid first
	Until         string // the event with which it falls away; "" for none
}

// Facility is a facility clause.
type Facility struct {
	Clause     string
	Lender     string
	LimitCents float64
	Worth      float64 // of the security, per cent drawn
}

// Loan is a loan clause by which the lab borrows.
type Loan struct {
	Clause         string
	Lender         string
	PrincipalCents float64
}

// grid is the program's time grid.
func (s *Setting) grid() *calendar.Grid { return s.Program.Grid() }

// provider is the party that supplies compute.
func (s *Setting) provider() string { return s.Program.Supplier() }

// factor is the riskless discount factor at the end of step t; signing is -1
// and falls on the valuation date. Past the grid's end the last step counts.
func (s *Setting) factor(t int) float64 {
	if t < 0 {
		return 1
	}
	return s.Curve[min(t, len(s.Curve)-1)]
}

// years is the time from the valuation date to the end of step t.
func (s *Setting) years(t int) float64 {
	if t < 0 {
		return 0
	}
	return s.grid().Years(t)
}
