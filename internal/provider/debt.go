// SPDX-License-Identifier: Apache-2.0

package provider

import "math"

// A Loan is a debt sized on a floor: what is lent at the start, and what is paid at the
// end of each year.
type Loan struct {
	Cents   float64
	Service []float64 // by year, up to its tenor
	Left    []float64 // owed at the end of each year
	Bound   string    // what bounds it: cover, gearing, or none where the floor carries no debt
}

// What a loan is bounded by.
const (
	BoundCover   = "cover"
	BoundGearing = "gearing"
	BoundNone    = "none"
)

// Annuity is the present value of 1 at the end of each of some years:
// (1 - (1+r)^-n) / r, and n at a rate of 0.
func Annuity(rate float64, years int) float64 {
	if rate == 0 {
		return float64(years)
	}
	df := 1.0
	for range years {
		df /= 1 + rate
	}
	return (1 - df) / rate
}

// Size is the debt that the floor's cash carries over a tenor in years: sculpted, the
// present value of its cash over the cover; level, an annuity of its worst year's; never
// more than its share of the capital cost. Years without cash pay nothing if sculpted,
// and interest is added; a level debt has none then.
func (d *Debt) Size(cash []float64, tenor int, capitalCents float64) Loan {
	tenor = min(tenor, len(cash))
	service := make([]float64, tenor)
	worst := math.Inf(1)
	for y := range service {
		service[y] = max(0, cash[y]) / d.Cover
		worst = min(worst, service[y])
	}
	if d.Shape == Level {
		for y := range service {
			service[y] = worst
		}
	}
	out := Loan{Service: service, Left: make([]float64, tenor), Bound: BoundCover}
	df := 1.0
	for _, x := range service {
		df /= 1 + d.Rate
		out.Cents += float64(x * df)
	}
	if most := d.Gearing * capitalCents; out.Cents > most {
		scale := most / out.Cents
		for y := range service {
			service[y] *= scale
		}
		out.Cents, out.Bound = most, BoundGearing
	}
	if out.Cents <= 0 {
		out.Bound = BoundNone
	}
	left := out.Cents
	for y, x := range service {
		left = float64(left*(1+d.Rate)) - x
		out.Left[y] = left
	}
	if tenor > 0 {
		out.Left[tenor-1] = 0 // but for rounding
	}
	return out
}

// Cover is cash over debt service in each year of a loan; NaN where nothing is due.
func (l *Loan) Cover(cash []float64) []float64 {
	out := make([]float64, len(l.Service))
	for y, x := range l.Service {
		out[y] = math.NaN()
		if x > 0 {
			out[y] = cash[y] / x
		}
	}
	return out
}

// Least is the lowest of some covers; NaN where there is none.
func Least(cover []float64) float64 {
	least := math.NaN()
	for _, x := range cover {
		if !math.IsNaN(x) && !(x >= least) {
			least = x
		}
	}
	return least
}

// A Failure is what is lost if the buyer fails at the end of a year, in cents, seen from
// that day at the rate of the debt.
type Failure struct {
	FloorCents float64 // present value of the floor still to run
	LostCents  float64 // of it, what letting the capacity to others does not bring
	DebtCents  float64 // owed
	CashCents  float64 // present value of cash from letting to others, over the debt's tenor
	ShortCents float64 // of the debt that this does not pay
	BookCents  float64 // not yet written off
}

// Failures are what is lost if the buyer fails at the start, or at the end of each year
// but the last. The others pay the resale share of the floor.
func (t *Terms) Failures(floor []float64, years []Year, loan Loan) []Failure {
	out := make([]Failure, len(floor))
	for at := range out {
		x := &out[at]
		if x.DebtCents = loan.Cents; at > 0 {
			x.BookCents, x.DebtCents = years[at-1].BookCents, 0
			if at <= len(loan.Left) {
				x.DebtCents = loan.Left[at-1]
			}
		}
		df := 1.0
		for y := at; y < len(floor); y++ {
			df /= 1 + t.Debt.Rate
			x.FloorCents += float64(floor[y] * df)
			if y < len(loan.Service) {
				x.CashCents += float64(max(0, float64(t.Resale*floor[y])-years[y].Running()) * df)
			}
		}
		x.LostCents = max(0, float64(x.FloorCents*(1-t.Resale)))
		x.ShortCents = max(0, x.DebtCents-x.CashCents)
	}
	return out
}
