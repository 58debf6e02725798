// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"fmt"
	"math"
	"strconv"

	"offtake/internal/clause"
	"offtake/internal/contract"
)

// columns are what happens, with what is plainest for each.
var columns = []struct {
	name  string
	at    func(*happening) *float64
	plain float64
}{
	{"curve", func(h *happening) *float64 { return &h.curve }, 1},
	{"need", func(h *happening) *float64 { return &h.obs[contract.Need] }, 0},
	{"flexible", func(h *happening) *float64 { return &h.obs[contract.Flexible] }, 0},
	{"list", func(h *happening) *float64 { return &h.obs[contract.List] }, 100},
	{"delivery", func(h *happening) *float64 { return &h.obs[contract.Delivery] }, 1},
	{"alive", func(h *happening) *float64 { return &h.obs[contract.Alive] }, 1},
	{"accrued", func(h *happening) *float64 { return &h.obs[contract.AccruedRecovery] }, 0},
	{"claims", func(h *happening) *float64 { return &h.obs[contract.ClaimRecovery] }, 0},
	{"units", func(h *happening) *float64 { return &h.units }, 0},
	{"draw", func(h *happening) *float64 { return &h.draw }, 0},
	{"elect", func(h *happening) *float64 { return &h.elect }, 0},
	{"index", func(h *happening) *float64 { return &h.index }, 0},
	{"raised", func(h *happening) *float64 { return &h.obs[contract.Raised] }, 0},
	{"raised_at", func(h *happening) *float64 { return &h.obs[contract.RaisedAt] }, 0},
	{"lab_value", func(h *happening) *float64 { return &h.obs[contract.LabValue] }, 1e12},
	{"exit", func(h *happening) *float64 { return &h.exit }, 0},
	{"end", func(h *happening) *float64 { return &h.end }, 0},
}

// flatten makes a column plain in all rows.
func flatten(column int) simplification {
	return func(s *specimen) bool {
		changed := false
		for i := range s.rows {
			changed = change(columns[column].at(&s.rows[i]), columns[column].plain) || changed
		}
		return changed
	}
}

// numbers are all numbers that may be made rounder: those that are not at what
// is plainest for them already.
func (s *specimen) numbers() []*float64 {
	var out []*float64
	for _, c := range s.clauses {
		out = append(out, clauseNumbers(c)...)
		if c, ok := c.(*clause.Commitment); ok {
			for _, share := range []*float64{&c.Take, &c.Deficiency} {
				if *share != 1 {
					out = append(out, share)
				}
			}
		}
	}
	for i := range s.rows {
		for _, column := range columns {
			if x := column.at(&s.rows[i]); *x != column.plain && column.name != "alive" {
				out = append(out, x)
			}
		}
	}
	return out
}

// possible tells whether the numbers could stand in a file and in a world:
// what the checks of clauses leave to the bounds of fields.
func (s *specimen) possible() bool {
	for _, r := range s.rows {
		if r.curve <= 0 {
			return false
		}
	}
	for _, c := range s.clauses {
		for _, p := range positives(c) {
			if *p <= 0 {
				return false
			}
		}
		for _, p := range money(c) {
			if *p != math.Trunc(*p) {
				return false
			}
		}
	}
	return true
}

// positives are the numbers of a clause that have to be above zero.
func positives(c clause.Clause) []*float64 {
	var out []*float64
	switch c := c.(type) {
	case *clause.Capacity:
		return clauseNumbers(c)
	case *clause.Equity:
		return []*float64{&c.Amount.Value}
	case *clause.Facility:
		return clauseNumbers(c)
	case *clause.Prepayment:
		if c.Share == 0 {
			out = append(out, &c.Amount.Value)
		}
	case *clause.Commitment:
		out = append(out, &c.Total.Value, &c.Take)
		if c.Deferral != nil {
			out = append(out, &c.Deferral.Cap)
		}
	}
	return out
}

// money are the amounts of a clause, which are whole cents.
func money(c clause.Clause) []*float64 {
	var out []*float64
	switch c := c.(type) {
	case *clause.Price:
		for i := range c.Tiers {
			out = append(out, &c.Tiers[i].FromCents)
		}
	case *clause.Equity:
		return clauseNumbers(c)
	case *clause.Facility:
		out = append(out, &c.Limit.Value)
		for i := range c.Opens {
			out = append(out, &c.Opens[i].Cents)
		}
	case *clause.Commitment:
		return []*float64{&c.Total.Value}
	case *clause.Prepayment:
		return []*float64{&c.Amount.Value}
	}
	return out
}

// clauseNumbers are the numbers of a clause that are not at their plainest.
func clauseNumbers(c clause.Clause) []*float64 {
	var out []*float64
	switch c := c.(type) {
	case *clause.Capacity:
		for i := range c.Generations {
			g := &c.Generations[i]
			out = append(out, &g.PowerGW, &g.UnitsPerGW, &g.Gain)
		}
	case *clause.Price:
		out = append(out, &c.Discount)
		if c.Fixed != nil {
			out = append(out, c.Fixed)
		}
		for i := range c.Tiers {
			out = append(out, &c.Tiers[i].FromCents, &c.Tiers[i].Discount)
		}
	case *clause.Equity:
		out = append(out, &c.Amount.Value, &c.PreMoney.Value, &c.Round.Value)
	case *clause.Facility:
		out = append(out, &c.Limit.Value)
		for i := range c.Opens {
			out = append(out, &c.Opens[i].Cents)
			if c.Opens[i].PowerGW != nil {
				out = append(out, c.Opens[i].PowerGW)
			}
		}
	case *clause.Prepayment:
		if c.Share == 0 {
			out = append(out, &c.Amount.Value)
		}
		out = append(out, &c.Interest, &c.Refund.End, &c.Refund.Leave, &c.Refund.Fail)
	case *clause.Commitment:
		out = append(out, &c.Total.Value, &c.Schedule.PerYear)
		if c.Carry != nil {
			out = append(out, &c.Carry.Threshold)
			if c.Carry.Cap >= 0 {
				out = append(out, &c.Carry.Cap)
			}
		}
		if c.Deferral != nil {
			out = append(out, &c.Deferral.Cap)
		}
		if c.Exit != nil {
			out = append(out, &c.Exit.Fee)
		}
	}
	return out
}

// simplerNumbers are the numbers to try in place of one; each is the number
// itself where it is not simpler.
var simplerNumbers = []func(float64) float64{
	func(x float64) float64 { return simpler(x, 0) },
	func(x float64) float64 { return simpler(x, 1) },
	func(x float64) float64 { return simpler(x, 0.5) },
	func(x float64) float64 { return simpler(x, 100) },
	func(x float64) float64 { return simpler(x, digits(x, 1)) },
	func(x float64) float64 { return simpler(x, digits(x, 2)) },
	func(x float64) float64 { return simpler(x, math.Round(x)) },
	func(x float64) float64 { return simpler(x, math.Trunc(x/2)) },
}

// simpler is the shorter of two numbers as they are written, or the lesser.
func simpler(x, other float64) float64 {
	a, b := len(fmt.Sprint(x)), len(fmt.Sprint(other))
	if b < a || a == b && math.Abs(other) < math.Abs(x) {
		return other
	}
	return x
}

// digits is the number in so many significant digits.
func digits(x float64, n int) float64 {
	y, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'g', n, 64), 64)
	return y
}
