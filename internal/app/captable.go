// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"slices"
	"strings"

	"offtake/internal/contract"
	"offtake/internal/paths"
	"offtake/internal/report"
	"offtake/internal/unit"
)

// mostRounds is how many rounds get a column of their own; of more the holdings
// at the ends of contract years are shown.
const mostRounds = 5

// owned is a row of the cap table: the shares of one class that somebody has.
type owned struct {
	holder, class string
	clauses       []string  // that issued them, with their lines
	shares        []float64 // by point in time, the first before the deal
}

// owners is who holds the lab's shares, before the deal, after each round and at
// the end; nothing where no shares are issued.
func (r *Run) owners() (report.Section, bool) {
	steps := r.issueSteps()
	if len(steps) == 0 {
		return report.Section{}, false
	}
	points, titles := r.points(steps)
	rows, totals := r.holdings(points), make([]float64, len(points)+1)
	for _, x := range rows {
		for k, n := range x.shares {
			totals[k] += n
		}
	}
	t := report.Table{Stub: 2, Behind: report.Behind{Clauses: r.issuers()}, Columns: []report.Column{{Title: "Holder", Align: report.AlignLeft}, {Title: "Class", Align: report.AlignLeft}, {Title: "Before", Align: report.AlignDecimal}}}
	for _, title := range titles {
		t.Columns = append(t.Columns, report.Column{Title: title, Align: report.AlignDecimal})
	}
	t.Columns = append(t.Columns, report.Column{Title: "Shares", Align: report.AlignRight}, report.Column{Title: "Issued under", Align: report.AlignLeft})
	for _, x := range rows {
		cells := report.Row(x.holder, x.class)
		for k, n := range x.shares {
			cell := report.Cell{Text: unit.FormatRate(n / totals[k])}
			if n == 0 {
				cell = report.Cell{Text: "–", Dim: true}
			}
			cells = append(cells, cell)
		}
		t.Rows = append(t.Rows, append(cells, report.Row(unit.FormatNumber(x.shares[len(points)]), strings.Join(x.clauses, ", "))...))
	}
	footer := []report.Cell{{Text: "all shares", Strong: true}, {}}
	for _, n := range totals {
		footer = append(footer, report.Cell{Text: unit.FormatNumber(n), Strong: true})
	}
	t.Footer = [][]report.Cell{footer}
	s := report.Section{Title: "Who owns " + r.Deal.Name(r.Deal.Buyer()), Note: "As if all were converted into common stock; as agreed, before default, on the mean of every input.", Blocks: []report.Block{t}}
	if f := r.preferences(); len(f.Rows) > 0 {
		s.Blocks = append(s.Blocks, f)
	}
	return s, true
}

// issueSteps are the steps in which clauses issue shares, or others buy some.
func (r *Run) issueSteps() []int {
	var out []int
	for _, m := range r.Base.Months {
		if slices.ContainsFunc(m.Flows, func(f paths.Flow) bool { return isIssue(f.Line) }) {
			out = append(out, m.Step)
		}
	}
	return out
}

func isIssue(l *contract.Line) bool { return l.Role == contract.Issue || l.Role == contract.Convert }

// points are the steps after which holdings are shown, with their titles.
func (r *Run) points(steps []int) (points []int, titles []string) {
	grid := r.Base.Job.Program.Grid()
	if len(steps) <= mostRounds {
		for _, t := range steps {
			title := "signing"
			if t >= 0 {
				title = grid.StepEnd(t).AddDays(-1).String()
			}
			titles = append(titles, title)
		}
		return steps, titles
	}
	for t := range grid.Term() {
		if t == grid.Term()-1 || grid.ContractYear(t+1) != grid.ContractYear(t) {
			points, titles = append(points, t), append(titles, fmt.Sprintf("year %d", grid.ContractYear(t)+1))
		}
	}
	return points, titles
}

// holdings are the rows: what was held before, and what clauses issue, by
// holder and class, the parties first.
func (r *Run) holdings(points []int) []owned {
	program := r.Base.Job.Program
	var rows []owned
	row := func(holder, class string) *owned {
		for i := range rows {
			if rows[i].holder == holder && rows[i].class == class {
				return &rows[i]
			}
		}
		rows = append(rows, owned{holder: holder, class: class, shares: make([]float64, len(points)+1)})
		return &rows[len(rows)-1]
	}
	hold := func(x *owned, n float64) {
		for k := range x.shares {
			x.shares[k] += n
		}
	}
	rest := program.Shares()
	for _, p := range r.Deal.Parties {
		if n := program.HeldBefore(p.Key); n > 0 {
			hold(row(r.Deal.Name(p.Key), "before the deal"), n)
			rest -= n
		}
	}
	hold(row(otherHolders, "before the deal"), rest)
	for _, m := range r.Base.Months {
		for _, f := range m.Flows {
			if !isIssue(f.Line) {
				continue
			}
			x := row(r.holder(f.Line.To), r.class(f.Line))
			if under := r.under(f.Line.Clause); !slices.Contains(x.clauses, under) {
				x.clauses = append(x.clauses, under)
			}
			for k, t := range points {
				if m.Step <= t {
					x.shares[k+1] += f.Amount
				}
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b owned) int { return r.place(a.holder) - r.place(b.holder) })
	return rows
}

const otherHolders = "other holders"

func (r *Run) holder(party string) string {
	if party == contract.Outside {
		return otherHolders
	}
	return r.Deal.Name(party)
}

// place is the order of holders: parties as in the file, then all others.
func (r *Run) place(holder string) int {
	for i, p := range r.Deal.Parties {
		if r.Deal.Name(p.Key) == holder {
			return i
		}
	}
	return len(r.Deal.Parties)
}

// class is what the shares of an issue are called.
func (r *Run) class(l *contract.Line) string {
	for _, c := range r.Deal.Clauses {
		if c.Head().ID != l.Clause {
			continue
		}
		if x, says := c.(interface{ Class(kind string) string }); says {
			return x.Class(l.Kind)
		}
		return c.Kind()
	}
	return "later rounds"
}

// under is a clause with its line in the file.
func (r *Run) under(clause string) string {
	if clause == "" {
		return "world.rounds"
	}
	if line := r.lineOf(clause); line != "" {
		return fmt.Sprintf("%s (line %s)", clause, line)
	}
	return clause
}

// preferences are what preferences move at the horizon.
func (r *Run) preferences() report.Figures {
	var out report.Figures
	for _, p := range r.Deal.Parties {
		if f, ok := r.figure("preference", p.Key, "to "+r.Deal.Name(p.Key)); ok {
			f.Group = "What preferences add at the horizon, as a present value"
			out.Rows = append(out.Rows, f)
		}
	}
	return out
}
