// SPDX-License-Identifier: Apache-2.0

package app

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"offtake/internal/contract"
	"offtake/internal/measure"
)

// A move is what one line of the base run moves by contract year, in cents: the
// signing first. Reports know a line by its role and what it moves, and by its
// kind for its name alone, so that they carry clauses of any kind.
type move struct {
	*contract.Line
	years []float64
}

// total is what the line moves in all.
func (m *move) total() float64 {
	sum := 0.0
	for _, x := range m.years {
		sum += x
	}
	return sum
}

// forCompute tells whether a line is for compute, taken or not, or lowers what
// is paid for it.
func forCompute(l *contract.Line) bool {
	switch l.Role {
	case contract.Use, contract.Miss, contract.Offset, contract.Estate:
		return true
	}
	return false
}

// isCapital tells whether a line finances who gets it.
func isCapital(l *contract.Line) bool {
	return l.Role == contract.Cheque || l.Role == contract.Draw || l.Role == contract.Lend
}

// moves are the lines of an asset that move half a cent or more in some year,
// in the order of a report: what is for compute, then capital, then the rest;
// those of a clause together.
func (r *Run) moves(asset contract.AssetKind) []move {
	at := map[contract.Line]int{}
	var out []move
	for _, m := range r.Base.Months {
		for _, f := range m.Flows {
			if f.Line.Asset.Kind != asset || f.Line.Role == contract.NoRole {
				continue
			}
			i, known := at[*f.Line]
			if !known {
				i = len(out)
				at[*f.Line] = i
				out = append(out, move{f.Line, make([]float64, r.years()+1)})
			}
			out[i].years[r.yearOf(m.Step)] += f.Amount
		}
	}
	out = slices.DeleteFunc(out, func(m move) bool { return allZero(m.years) })
	arrange(r.Base.Job.Program, out)
	return out
}

// meanMoves are the lines of a program that move cash, and then those that move things in
// kind, on the mean of paths whose book kept them by year.
func meanMoves(p *contract.Program, flows *measure.Book) (out []move) {
	for _, kind := range []contract.AssetKind{contract.Cash, contract.InKind} {
		var of []move
		lines := p.Lines()
		for i := range lines {
			if l := &lines[i]; l.Asset.Kind == kind && l.Role != contract.NoRole {
				if years := flows.Yearly(i); !allZero(years) {
					of = append(of, move{l, years})
				}
			}
		}
		arrange(p, of)
		out = append(out, of...)
	}
	return out
}

// everyMove are the lines that move cash, and then those that move things in
// kind.
func (r *Run) everyMove() []move { return append(r.moves(contract.Cash), r.moves(contract.InKind)...) }

// years is how many contract years there are.
func (r *Run) years() int { return r.Base.Job.Program.Grid().ContractYears() }

// yearOf is the place of a flow among years: 0 for the signing, else the
// contract year.
func (r *Run) yearOf(step int) int {
	if step < 0 {
		return 0
	}
	return r.Base.Job.Program.Grid().ContractYear(step) + 1
}

// arrange puts moves in the order of a report.
func arrange(p *contract.Program, moves []move) {
	line, first := map[contract.Line]int{}, map[string]int{}
	rank := func(l *contract.Line) int {
		switch {
		case l.Role == contract.Use:
			return 0
		case forCompute(l):
			return 1
		case isCapital(l):
			return 2
		}
		return 3
	}
	for i, l := range p.Lines() {
		line[l] = i
		of := rank(&l)*1e6 + i
		if was, known := first[l.Clause]; l.Role != contract.NoRole && (!known || of < was) {
			first[l.Clause] = of
		}
	}
	slices.SortStableFunc(moves, func(a, b move) int {
		return cmp.Or(cmp.Compare(first[a.Clause], first[b.Clause]), cmp.Compare(line[*a.Line], line[*b.Line]))
	})
}

// kindWords are names of lines that their kinds alone do not give.
var kindWords = map[string]string{
	"usage":              "Use",
	"purchase":           "Shares",
	"purchase_by_others": "Shares, by others",
	"draw":               "Draws",
	"top_up":             "Top-up",
	"make_up":            "Make-up",
	"credit":             "Credits used",
	"claim_recovered":    "From the estate",
}

// lineName names a kind of line for people: its words, unless English needs
// others.
func lineName(kind string) string {
	if name := kindWords[kind]; name != "" {
		return name
	}
	name := words(kind)
	return strings.ToUpper(name[:min(1, len(name))]) + name[min(1, len(name)):]
}

// others stands for everybody outside the agreement.
const others = "others"

// partyName is a party as a table has it.
func (r *Run) partyName(key string) string {
	if key == contract.Outside {
		return others
	}
	return r.Deal.Name(key)
}

// allZero tells whether no amount comes to half a cent.
func allZero(col []float64) bool {
	return !slices.ContainsFunc(col, func(x float64) bool { return math.Abs(x) >= 0.5 })
}
