// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"maps"
	"slices"

	"offtake/internal/calendar"
	"offtake/internal/clause"
)

// A simplification makes a specimen simpler in one way, or tells that there
// is nothing to do. Repeated, it comes to an end.
type simplification func(s *specimen) bool

// shrink makes a specimen that fails as simple as it can be made one step at
// a time while it still fails: first its parts, then its numbers, until neither
// gives way. Only valid deals are tried.
func shrink(s *specimen, fails func(*specimen) bool) *specimen {
	for smaller := true; smaller; {
		smaller = false
		for _, simplifications := range []func(*specimen) []simplification{simplerParts, simplerAmounts} {
			for again := true; again; smaller = smaller || again {
				s, again = pass(s, simplifications(s), fails)
			}
		}
	}
	return s
}

// pass tries each simplification once.
func pass(s *specimen, simplifications []simplification, fails func(*specimen) bool) (least *specimen, smaller bool) {
	for _, simplify := range simplifications {
		c := s.copy()
		if simplify(c) && c.valid() && fails(c) {
			s, smaller = c, true
		}
	}
	return s, smaller
}

func (s *specimen) valid() bool {
	in, ok := s.input()
	return ok && s.possible() && len(s.faults(in)) == 0
}

// simplerParts take parts away, the boldest first. Each simplification looks
// again at the specimen that it is given, which may have lost parts since.
func simplerParts(s *specimen) []simplification {
	var out []simplification
	for i := range s.clauses {
		out = append(out, dropClause(i))
	}
	for _, cut := range []func(int) int{
		func(n int) int { return n / 2 }, func(n int) int { return n * 3 / 4 }, func(n int) int { return n - 1 }} {
		out = append(out, cutSteps(cut))
	}
	noTail := func(s *specimen) bool { return change(&s.extraTail, 0) }
	out = append(out, plainTime, sameTime, noTail, earlyEvents, plainWorld, trimRows)
	for i := range s.rows {
		out = append(out, dropRow(i))
	}
	for i := range s.clauses {
		for _, reset := range resets {
			out = append(out, func(s *specimen) bool { return i < len(s.clauses) && reset(s, s.clauses[i]) })
		}
	}
	for column := range columns {
		out = append(out, flatten(column))
	}
	return out
}

// simplerAmounts make numbers rounder.
func simplerAmounts(s *specimen) []simplification {
	var out []simplification
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
		if i >= len(s.clauses) || s.clauses[i].Kind() == "price" && s.count("price") == 1 {
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

// count is how many clauses of a kind there are.
func (s *specimen) count(kind string) int {
	n := 0
	for _, c := range s.clauses {
		if c.Kind() == kind {
			n++
		}
	}
	return n
}

func cutSteps(to func(int) int) simplification {
	return func(s *specimen) bool {
		n := to(s.steps)
		if n < 1 || n >= s.steps {
			return false
		}
		s.steps = n
		for _, c := range s.clauses {
			if c, ok := c.(*clause.Commitment); ok {
				fit(s, c)
			}
		}
		return true
	}
}

// fit cuts what a commitment says of single periods to a shorter term.
func fit(s *specimen, c *clause.Commitment) {
	in, ok := s.input()
	if !ok {
		return
	}
	for n := len(c.Milestones); n > 1 && !c.Milestones[n-1].By.Before(in.Grid.End()); n-- {
		c.Total.Value -= c.Milestones[n-1].Cents
		c.Milestones = c.Milestones[:n-1]
	}
	from, to := c.Window(in.Grid)
	if from >= to {
		return // which is not valid
	}
	plain, perYear := *c, s.step.PerYear()
	plain.Schedule = clause.Schedule{} // the table may not fit yet
	years, periods := (to-from+perYear-1)/perYear, len(spansOf(&plain, in.Grid))
	if n := len(c.Schedule.Table); n > 0 && n != years && n != periods {
		if periods < n {
			c.Schedule.Table = c.Schedule.Table[:min(n, max(years, periods))]
		} else {
			c.Schedule.Table = c.Schedule.Table[:min(n, years)]
		}
		c.Total.Value = 0
		for _, x := range c.Schedule.Table {
			c.Total.Value += x
		}
	}
	if c.Deferral != nil {
		c.Deferral.Periods = slices.DeleteFunc(c.Deferral.Periods, func(y int) bool { return y >= periods })
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

// sameTime is the same with the dates of clauses moved along.
func sameTime(s *specimen) bool {
	days := calendar.MustParseDate("2027-01-01").Days(s.start)
	if !plainTime(s) {
		return false
	}
	for _, c := range s.clauses {
		for _, d := range datesOf(c) {
			*d = d.AddDays(days)
		}
	}
	return true
}

// earlyEvents are seen in the first step.
func earlyEvents(s *specimen) bool {
	changed := false
	for _, name := range slices.Sorted(maps.Keys(s.eventAt)) {
		if s.eventAt[name] > 0 {
			s.eventAt[name], changed = 0, true
		}
	}
	return changed
}

// plainWorld has no events and nothing switched off, and does not round.
func plainWorld(s *specimen) bool {
	if len(s.off) == 0 && len(s.eventAt) == 0 && len(s.late) == 0 && !s.whole {
		return false
	}
	s.off, s.eventAt, s.late, s.whole = nil, map[string]int{}, map[string]int{}, false
	return true
}
