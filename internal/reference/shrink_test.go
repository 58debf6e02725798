// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"slices"

	"offtake/internal/calendar"
	"offtake/internal/clause"
)

// A simplification makes a specimen simpler in one way, or tells that there
// is nothing to do. Repeated, it comes to an end.
type simplification func(s *specimen) bool

// shrink makes a specimen that fails as simple as it can be made one step at
// a time while it still fails. Only valid deals are tried.
func shrink(s *specimen, fails func(*specimen) bool) *specimen {
	for budget := 20000; ; {
		smaller := false
		for _, simplify := range simplifications(s) {
			c := s.copy()
			if !simplify(c) {
				continue
			}
			if budget--; budget < 0 {
				return s
			}
			if c.valid() && fails(c) {
				s, smaller = c, true
			}
		}
		if !smaller {
			return s
		}
	}
}

func (s *specimen) valid() bool {
	in, ok := s.input()
	return ok && s.possible() && len(s.faults(in)) == 0
}

// simplifications are what to try, the boldest first. Each looks again at the
// specimen that it is given, which may have lost parts since.
func simplifications(s *specimen) []simplification {
	var out []simplification
	for i := range s.clauses {
		out = append(out, dropClause(i))
	}
	out = append(out, cutSteps(func(n int) int { return n / 2 }), cutSteps(func(n int) int { return n - 1 }), plainTime, plainWorld)
	out = append(out, trimRows)
	for i := range s.rows {
		out = append(out, dropRow(i))
	}
	for i := range s.clauses {
		for _, reset := range resets {
			out = append(out, func(s *specimen) bool { return i < len(s.clauses) && reset(s.clauses[i]) })
		}
	}
	for column := range columns {
		out = append(out, flatten(column))
	}
	for i := range s.numbers() {
		for _, simpler := range simplerNumbers {
			out = append(out, func(s *specimen) bool {
				all := s.numbers()
				return i < len(all) && change(all[i], simpler(*all[i]))
			})
		}
	}
	return out
}

func dropClause(i int) simplification {
	return func(s *specimen) bool {
		if i >= len(s.clauses) || s.clauses[i].Kind() == "price" {
			return false
		}
		id := s.clauses[i].Head().ID
		s.clauses = slices.Delete(s.clauses, i, i+1)
		for _, c := range s.clauses {
			if c, ok := c.(*clause.Commitment); ok && c.Within == id {
				c.Within = ""
			} else if ok && c.AfterOf == id {
				c.AfterOf = ""
			}
		}
		return true
	}
}

func cutSteps(to func(int) int) simplification {
	return func(s *specimen) bool {
		n := to(s.steps)
		if n < 1 || n >= s.steps {
			return false
		}
		s.steps = n
		return true
	}
}

// trimRows drops what would happen after the last step.
func trimRows(s *specimen) bool {
	if n := s.steps + s.tail(); n < len(s.rows) {
		s.rows = s.rows[:n]
		return true
	}
	return false
}

func dropRow(i int) simplification {
	return func(s *specimen) bool {
		if i >= len(s.rows) || len(s.rows) == 1 {
			return false
		}
		s.rows = slices.Delete(s.rows, i, i+1)
		return true
	}
}

// plainTime is signing and start on a plain day.
func plainTime(s *specimen) bool {
	day := calendar.MustParseDate("2027-01-01")
	if s.start == day && s.signed == day && s.extraTail == 0 && s.dayCount == 0 {
		return false
	}
	s.start, s.signed, s.extraTail, s.dayCount = day, day, 0, 0
	return true
}

// plainWorld has no events and nothing switched off, and does not round.
func plainWorld(s *specimen) bool {
	if len(s.off) == 0 && len(s.eventAt) == 0 && !s.whole {
		return false
	}
	s.off, s.eventAt, s.whole = nil, map[string]int{}, false
	return true
}
