// SPDX-License-Identifier: Apache-2.0

package app

import (
	"slices"

	"offtake/internal/accounts"
	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/paths"
)

// committedKinds are the kinds of clause that bill the buyer what it owes without taking
// anything, but for leases and prepayments.
var committedKinds = []string{"commitment", "charge", "termination", "switching"}

// committed tells whether what a clause bills belongs to the floor. Where nothing is
// committed, what is paid in advance does.
func (r *Run) committed(id string) bool {
	c, kind := r.clause(id), ""
	if c != nil {
		kind = c.Kind()
	}
	return slices.Contains(committedKinds, kind) || kind == "prepayment" && !r.hasKind("commitment")
}

func (r *Run) hasKind(kind string) bool {
	return slices.ContainsFunc(r.Deal.Clauses, func(c clause.Clause) bool { return c.Kind() == kind })
}

// clause is the clause of an id, or nil.
func (r *Run) clause(id string) clause.Clause {
	for _, c := range r.Deal.Clauses {
		if c.Head().ID == id {
			return c
		}
	}
	return nil
}

// schedule spreads bills over the steps of the term: a deficiency evenly over those of
// its period up to the one in which it is billed, a prepayment over what is left of the
// term, all else in its own step. What falls after the term is in the last step.
func (r *Run) schedule(bills []paths.Billed, keep func(b paths.Billed) bool) accounts.Schedule {
	grid := r.Deal.Grid()
	out := accounts.Schedule{Cents: make([]float64, grid.Term())}
	for t := range grid.Term() + 1 {
		out.Edges = append(out.Edges, grid.StepStart(t))
	}
	for _, b := range bills {
		if !keep(b) {
			continue
		}
		last := min(max(0, b.Step), grid.Term()-1)
		first := last
		switch c := r.clause(b.Line.Clause).(type) {
		case *clause.Commitment:
			if periods, _ := c.Minimums(grid); b.Line.Kind == "deficiency" {
				if y := periods.Of(last); y >= 0 {
					first = periods.First(y)
				}
			}
		case *clause.Prepayment:
			last = grid.Term() - 1
		}
		for t := first; t <= last; t++ {
			out.Cents[t] += b.Cents / float64(last-first+1)
		}
	}
	return out
}

// bindingOn tells whether a clause binds on a day: it states no mere intention, and its
// condition has been met by then.
func (r *Run) bindingOn(day calendar.Date) func(h *clause.Head) bool {
	return func(h *clause.Head) bool {
		if h.Binding == "intent" {
			return false
		}
		for _, e := range r.Deal.World.Events {
			if e.Name == h.If {
				return !e.On.IsZero() && !e.On.After(day)
			}
		}
		return h.If == ""
	}
}

// floors are what the buyer owes if it takes nothing: one that stays, and one that uses
// any right to leave at once where that is cheaper.
func (r *Run) floors(on calendar.Date) (stay, least paths.Floor) {
	return r.Base.Job.Floors(r.bindingOn(on))
}

// floorSchedule is the committed part of a floor over time.
func (r *Run) floorSchedule(f paths.Floor) accounts.Schedule {
	return r.schedule(paths.Bills(f.Program, f.Months), func(b paths.Billed) bool { return r.committed(b.Line.Clause) })
}

// expectedSchedule is what flows bill for compute over time: not what is paid in advance,
// and no rent.
func (r *Run) expectedSchedule(of *booked) accounts.Schedule {
	return r.schedule(paths.Bills(r.Base.Job.Program, of.months), func(b paths.Billed) bool {
		c := r.clause(b.Line.Clause)
		return c == nil || c.Kind() != "prepayment" && c.Kind() != "lease"
	})
}

// contractYears sums a schedule by contract year.
func (r *Run) contractYears(s accounts.Schedule) []float64 {
	out := make([]float64, r.Deal.Grid().ContractYears())
	for t, x := range s.Cents {
		out[r.Deal.Grid().ContractYear(t)] += x
	}
	return out
}
