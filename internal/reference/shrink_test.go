// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/unit"
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

// change sets a value, and tells whether it was another.
func change[T comparable](p *T, to T) bool {
	if *p == to {
		return false
	}
	*p = to
	return true
}

// reset puts one option of a clause at its default.
func reset[C any, T comparable](option func(*C) *T, to T) func(clause.Clause) bool {
	return func(c clause.Clause) bool {
		x, ok := c.(any).(*C)
		if !ok {
			return false
		}
		p := option(x)
		return p != nil && change(p, to)
	}
}

// resets are the options that may stand at their defaults.
var resets = []func(clause.Clause) bool{
	func(c clause.Clause) bool { return change(&c.Head().Binding, "firm") },
	func(c clause.Clause) bool {
		p, ok := c.(*clause.Capacity)
		if !ok || len(p.Generations) < 2 {
			return false
		}
		p.Generations = p.Generations[1:]
		return true
	},
	func(c clause.Clause) bool {
		p, ok := c.(*clause.Price)
		if !ok || len(p.Tiers) == 0 {
			return false
		}
		if p.Tiers = p.Tiers[1:]; len(p.Tiers) == 0 {
			p.Retroactive = false
		}
		return true
	},
	func(c clause.Clause) bool {
		p, ok := c.(*clause.Facility)
		if !ok || len(p.Opens) == 0 {
			return false
		}
		p.Opens = p.Opens[1:]
		return true
	},
	func(c clause.Clause) bool {
		p, ok := c.(*clause.Commitment)
		if !ok || p.Schedule.Shape == "" && p.Schedule.Table == nil {
			return false
		}
		p.Schedule = clause.Schedule{}
		return true
	},
	reset(func(c *clause.Price) *float64 { return &c.Discount }, 0),
	reset(func(c *clause.Price) **float64 { return &c.Fixed }, nil),
	reset(func(c *clause.Price) *bool { return &c.Retroactive }, false),
	reset(func(c *clause.Price) *int { return &c.NetMonths }, 0),
	reset(func(c *clause.Equity) *calendar.Date { return &c.At }, calendar.Date{}),
	reset(func(c *clause.Equity) *unit.Amount { return &c.Round }, unit.Amount{}),
	reset(func(c *clause.Equity) *string { return &c.Security }, "preferred"),
	reset(func(c *clause.Equity) *string { return &c.PaidIn }, "cash"),
	reset(func(c *clause.Equity) *unit.Bound { return &c.Amount.Bound }, 0),
	reset(func(c *clause.Equity) *unit.Bound { return &c.PreMoney.Bound }, 0),
	reset(func(c *clause.Facility) *calendar.Date { return &c.Expires }, calendar.Date{}),
	reset(func(c *clause.Facility) *string { return &c.Of }, ""),
	reset(func(c *clause.Facility) *string { return &c.Security }, "convertible note"),
	reset(func(c *clause.Facility) *float64 { return &c.Worth }, 1),
	reset(func(c *clause.Facility) *unit.Bound { return &c.Limit.Bound }, 0),
	reset(func(c *clause.Commitment) *unit.Bound { return &c.Total.Bound }, 0),
	reset(func(c *clause.Commitment) *string { return &c.Period }, "year"),
	reset(func(c *clause.Commitment) *float64 { return &c.Take }, 1),
	reset(func(c *clause.Commitment) *float64 { return &c.Deficiency }, 1),
	reset(func(c *clause.Commitment) *string { return &c.Relief }, "none"),
	reset(func(c *clause.Commitment) *string { return &c.ReliefTo }, "minimum"),
	reset(func(c *clause.Commitment) **clause.MakeUp { return &c.MakeUp }, nil),
	reset(func(c *clause.Commitment) **clause.CarryForward { return &c.Carry }, nil),
	reset(func(c *clause.Commitment) **clause.Deferral { return &c.Deferral }, nil),
	reset(func(c *clause.Commitment) **clause.ShortfallCredit { return &c.Credit }, nil),
	reset(func(c *clause.Commitment) *string { return &c.Settle }, "period"),
	reset(func(c *clause.Commitment) *string { return &c.Within }, ""),
	reset(func(c *clause.Commitment) *string { return &c.AfterOf }, ""),
	reset(func(c *clause.Commitment) *string { return &c.PayFor }, "use"),
	reset(func(c *clause.Commitment) **clause.Exit { return &c.Exit }, nil),
	reset(func(c *clause.Commitment) *bool { return &c.Accelerates }, false),
	reset(func(c *clause.Commitment) *int { return &c.NetMonths }, 0),
	makeUp(func(m *clause.MakeUp) bool { return change(&m.Life, 0) }),
	makeUp(func(m *clause.MakeUp) bool { return change(&m.In, "money") }),
	makeUp(func(m *clause.MakeUp) bool { return change(&m.Expiry, "after_use") }),
	makeUp(func(m *clause.MakeUp) bool { return change(&m.TopUp, "none") }),
	makeUp(func(m *clause.MakeUp) bool { return change(&m.AtEnd, "lost") }),
	func(c clause.Clause) bool {
		p, ok := c.(*clause.Commitment)
		return ok && p.Carry != nil && change(&p.Carry.Cap, -1)
	},
	func(c clause.Clause) bool {
		p, ok := c.(*clause.Commitment)
		return ok && p.Exit != nil && change(&p.Exit.From, calendar.Span{})
	},
	func(c clause.Clause) bool {
		p, ok := c.(*clause.Commitment)
		if !ok || p.Deferral == nil || p.Deferral.Periods == nil {
			return false
		}
		p.Deferral.Periods = nil
		return true
	},
}

func makeUp(reset func(*clause.MakeUp) bool) func(clause.Clause) bool {
	return func(c clause.Clause) bool {
		p, ok := c.(*clause.Commitment)
		return ok && p.MakeUp != nil && reset(p.MakeUp)
	}
}

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
	{"exit", func(h *happening) *float64 { return &h.exit }, 0},
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

// numbers are all numbers that may be made rounder.
func (s *specimen) numbers() []*float64 {
	var out []*float64
	for _, c := range s.clauses {
		out = append(out, clauseNumbers(c)...)
	}
	for i := range s.rows {
		for _, column := range columns {
			if column.name != "alive" {
				out = append(out, column.at(&s.rows[i]))
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
		return []*float64{&c.Amount.Value, &c.PreMoney.Value}
	case *clause.Facility:
		return clauseNumbers(c)
	case *clause.Commitment:
		out = append(out, &c.Total.Value, &c.Take)
		if c.Deferral != nil {
			out = append(out, &c.Deferral.Cap)
		}
	}
	return out
}

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
	case *clause.Commitment:
		out = append(out, &c.Total.Value, &c.Take, &c.Deficiency, &c.Schedule.PerYear)
		if c.Carry != nil {
			out = append(out, &c.Carry.Threshold)
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

// text is the specimen as a deal file, with what happens as comments.
func (s *specimen) text() string {
	in, _ := s.input()
	var b strings.Builder
	_ = WriteDeal(&b, in) // a strings.Builder takes everything
	if s.whole {
		b.WriteString("# settled in whole cents\n")
	}
	if len(s.off) > 0 {
		fmt.Fprintf(&b, "# switched off: %v\n", s.off)
	}
	for _, name := range Events(in) {
		if at, ok := s.eventAt[name]; ok {
			fmt.Fprintf(&b, "# %s is seen from step %d on\n", name, at)
		}
	}
	b.WriteString("# step")
	for _, c := range columns {
		b.WriteString(" " + c.name)
	}
	b.WriteString("\n")
	for t := range in.Grid.Steps() {
		r := s.rows[min(t, len(s.rows)-1)]
		fmt.Fprintf(&b, "# %4d", t)
		for _, c := range columns {
			fmt.Fprintf(&b, " %v", *c.at(&r))
		}
		b.WriteString("\n")
	}
	return b.String()
}
