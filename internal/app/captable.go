// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"slices"
	"strings"

	"offtake/internal/contract"
	"offtake/internal/deal"
	"offtake/internal/paths"
	"offtake/internal/report"
	"offtake/internal/unit"
)

// mostRounds is how many rounds get a column of their own; of more the holdings
// at the ends of contract years are shown.
const mostRounds = 5

// owned is a row of the cap table: the shares of one class that somebody has.
type owned struct {
	party, class string    // the party's key; contract.Outside for all other holders
	clauses      []string  // ids of those that issued them; "" for rounds of others
	shares       []float64 // by point in time, the first before the deal
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
		cells := report.Row(r.holder(x.party), x.class)
		for k, n := range x.shares {
			cell := report.Cell{Text: unit.FormatRate(n / totals[k])}
			if n == 0 {
				cell = report.Cell{Text: "–", Dim: true}
			}
			cells = append(cells, cell)
		}
		t.Rows = append(t.Rows, append(cells, report.Row(unit.FormatNumber(x.shares[len(points)]), strings.Join(r.underAll(x.clauses), ", "))...))
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
		if slices.ContainsFunc(m.Flows, func(f paths.Flow) bool { return isIssue(f.Line) || isSale(f.Line) }) {
			out = append(out, m.Step)
		}
	}
	return out
}

func isIssue(l *contract.Line) bool { return l.Role == contract.Issue || l.Role == contract.Convert }

// isSale tells whether shares go along a line from one holder to another.
func isSale(l *contract.Line) bool {
	return l.Role == contract.Sold && l.Asset.Kind == contract.Shares
}

// points are the steps after which holdings are shown, with their titles.
func (r *Run) points(steps []int) (points []int, titles []string) {
	grid := r.Base.Job.Program.Grid()
	if len(steps) <= mostRounds {
		return steps, r.days(steps)
	}
	for t := range grid.Term() {
		if t == grid.Term()-1 || grid.ContractYear(t+1) != grid.ContractYear(t) {
			points, titles = append(points, t), append(titles, fmt.Sprintf("year %d", grid.ContractYear(t)+1))
		}
	}
	return points, titles
}

// days are the last days of steps; that before the first is the signing.
func (r *Run) days(steps []int) []string {
	var out []string
	for _, t := range steps {
		if t < 0 {
			out = append(out, "signing")
		} else {
			out = append(out, r.Base.Job.Program.Grid().StepEnd(t).AddDays(-1).String())
		}
	}
	return out
}

// holdings are the rows: what was held before, and what clauses issue, by
// holder and class, the parties first.
func (r *Run) holdings(points []int) []owned {
	program := r.Base.Job.Program
	var rows []owned
	row := func(party, class string) *owned {
		for i := range rows {
			if rows[i].party == party && rows[i].class == class {
				return &rows[i]
			}
		}
		rows = append(rows, owned{party: party, class: class, shares: make([]float64, len(points)+1)})
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
			hold(row(p.Key, beforeDeal), n)
			rest -= n
		}
	}
	hold(row(contract.Outside, beforeDeal), rest)
	for _, m := range r.Base.Months {
		for _, f := range m.Flows {
			if !isIssue(f.Line) && !isSale(f.Line) {
				continue
			}
			class := r.class(f.Line)
			x := row(f.Line.To, class)
			if id := f.Line.Asset.Of; !slices.Contains(x.clauses, id) {
				x.clauses = append(x.clauses, id)
			}
			for k, t := range points {
				if m.Step > t {
					continue
				}
				x.shares[k+1] += f.Amount
				if isSale(f.Line) {
					row(f.Line.From, class).shares[k+1] -= f.Amount
				}
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b owned) int { return r.place(a.party) - r.place(b.party) })
	return rows
}

const (
	otherHolders = "other holders"
	beforeDeal   = "before the deal"
)

func (r *Run) holder(party string) string {
	if party == contract.Outside {
		return otherHolders
	}
	return r.Deal.Name(party)
}

// place is the order of holders: parties as in the file, then all others.
func (r *Run) place(party string) int {
	if i := slices.IndexFunc(r.Deal.Parties, func(p deal.Party) bool { return p.Key == party }); i >= 0 {
		return i
	}
	return len(r.Deal.Parties)
}

// class is what the shares of an issue are called.
func (r *Run) class(l *contract.Line) string {
	for _, c := range r.Deal.Clauses {
		if c.Head().ID != l.Asset.Of {
			continue
		}
		if x, says := c.(interface{ Class(kind string) string }); says {
			return x.Class(l.Kind)
		}
		return c.Kind()
	}
	return "later rounds"
}

// underAll are clauses with their lines.
func (r *Run) underAll(clauses []string) []string {
	var out []string
	for _, id := range clauses {
		out = append(out, r.under(id))
	}
	return out
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

// A Holding is what somebody holds of one class of the buyer's shares, of the base
// run, as agreed, before default.
type Holding struct {
	Holder  string   `json:"holder"` // the key of a party; market, which no party can have, stands for all other holders
	Class   string   `json:"class"`
	Clauses []string `json:"clauses,omitempty"` // that issued them
	Shares  []HeldOn `json:"shares"`
}

// HeldOn is a number of shares after what happens on a day.
type HeldOn struct {
	On     string  `json:"on"` // before, signing, or the last day of a step in which shares were issued
	Number float64 `json:"number"`
}

// holdingsJSON is the cap table as data; empty where no shares are issued.
func (r *Run) holdingsJSON() []Holding {
	out, steps := []Holding{}, r.issueSteps()
	if len(steps) == 0 {
		return out
	}
	days := append([]string{"before"}, r.days(steps)...)
	for _, x := range r.holdings(steps) {
		h := Holding{Holder: x.party, Class: x.class}
		for _, id := range x.clauses {
			if id != "" {
				h.Clauses = append(h.Clauses, id)
			}
		}
		for k, n := range x.shares {
			h.Shares = append(h.Shares, HeldOn{On: days[k], Number: n})
		}
		out = append(out, h)
	}
	return out
}
