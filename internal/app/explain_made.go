// SPDX-License-Identifier: Apache-2.0

package app

import (
	"math"
	"slices"
	"strings"

	"offtake/internal/accounts"
	"offtake/internal/contract"
	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/paths"
	"offtake/internal/unit"
	"offtake/internal/value/estimate"
)

// A composed figure is one that a command reckons of others: what it is, how, and of what.
type composed struct {
	name    string
	unit    measure.Unit
	of      string            // what a plain number counts; "" for what the unit says
	value   estimate.Estimate // money in cents
	doc     string
	how     string // the rule or formula
	sources []measure.Source
	moves   []move
}

// exactly is a number without an error.
func exactly(x float64) estimate.Estimate {
	return estimate.Estimate{Mean: x, Error: math.NaN(), Margin: math.NaN()}
}

// composed is the figure of a run.
func (r *Run) composed(c composed) *Explained {
	m := measure.Measure{Name: c.name, Unit: c.unit}
	x := &Explained{Name: c.name, Doc: c.doc + ".", run: r, measure: m, number: number(r.Deal, m), sources: c.sources, moves: c.moves, madeNote: c.how}
	if r.Sample == nil || c.of != "" {
		x.number.Value, x.Text = finite(shown(m, c.value.Mean)), r.write(m, c.value.Mean)
		if c.of != "" {
			x.number.Unit, x.Text = c.of, unit.FormatNumber(c.value.Mean)+" "+c.of
		}
		return x
	}
	if !told(c.value, 1e-9) {
		c.value.Error, c.value.Margin = math.NaN(), math.NaN()
	}
	x.estimated(c.value)
	if c.moves != nil {
		x.flowsNote = "By contract year, undiscounted, as agreed and before default."
	}
	return x
}

// sumOf is a source that is added.
func sumOf(label string, cents float64, inputs ...string) measure.Source {
	return measure.Source{Label: label, Inputs: inputs, Sign: 1, Value: []float64{cents}}
}

// used is one that a formula takes.
func used(label string, unit measure.Unit, x float64, inputs ...string) measure.Source {
	return measure.Source{Label: label, Inputs: inputs, Value: []float64{x}, Unit: unit}
}

// taken are sources with the other sign.
func taken(sources []measure.Source) []measure.Source {
	out := slices.Clone(sources)
	for i := range out {
		out[i].Sign = -out[i].Sign
	}
	return out
}

// merged are sources of which equal ones are added up.
func merged(sources []measure.Source) []measure.Source {
	var out []measure.Source
	for _, s := range sources {
		i := slices.IndexFunc(out, func(o measure.Source) bool { return o.Label == s.Label && o.Clause == s.Clause && o.Kind == s.Kind })
		if i < 0 || s.Value == nil || s.Sign == 0 {
			out = append(out, s)
			continue
		}
		out[i].Value, out[i].Sign = []float64{float64(out[i].Sign*out[i].Value[0]) + float64(s.Sign*s.Value[0])}, 1
	}
	return out
}

// A billedLine is what one clause bills of one kind.
type billedLine struct {
	clause, kind string
	accounts.Schedule
}

// billedLines are those of bills that are kept, each spread over time as the whole is.
func (r *Run) billedLines(bills []paths.Billed, keep func(paths.Billed) bool) []billedLine {
	var out []billedLine
	for _, b := range bills {
		if !keep(b) || slices.ContainsFunc(out, func(x billedLine) bool { return x.clause == b.Line.Clause && x.kind == b.Line.Kind }) {
			continue
		}
		out = append(out, billedLine{b.Line.Clause, b.Line.Kind, r.schedule(bills, func(o paths.Billed) bool {
			return keep(o) && o.Line.Clause == b.Line.Clause && o.Line.Kind == b.Line.Kind
		})})
	}
	return out
}

// floorLines are those of a floor, and expectedLines those of what is expected.
func (r *Run) floorLines(f paths.Floor) []billedLine {
	return r.billedLines(paths.Bills(f.Program, f.Months), func(b paths.Billed) bool { return r.committed(b.Line.Clause) })
}

func (r *Run) expectedLines(of *booked) []billedLine {
	return r.billedLines(paths.Bills(r.Base.Job.Program, of.months), func(b paths.Billed) bool {
		c := r.clause(b.Line.Clause)
		return c == nil || c.Kind() != "prepayment" && c.Kind() != "lease"
	})
}

// ofLines are the lines as sources of a sum, each with the part that is asked for.
func ofLines(lines []billedLine, part func(accounts.Schedule) float64) []measure.Source {
	var out []measure.Source
	for _, l := range lines {
		out = append(out, measure.Source{Label: l.kind, Clause: l.clause, Kind: l.kind, Sign: 1, Value: []float64{part(l.Schedule)}})
	}
	return out
}

// movesOf are the lines by contract year, as they are spread.
func (r *Run) movesOf(lines []billedLine) []move {
	var out []move
	for _, l := range lines {
		out = append(out, move{&contract.Line{Clause: l.clause, Kind: l.kind, From: r.Deal.Buyer(), To: r.Deal.Supplier(), Role: contract.Use}, append([]float64{0}, r.contractYears(l.Schedule)...)})
	}
	return out
}

// movedIn are the flows of months that are wanted, by contract year.
func (r *Run) movedIn(months []paths.Month, want func(*contract.Line) bool) []move {
	var out []move
	for _, m := range months {
		for _, f := range m.Flows {
			if !want(f.Line) {
				continue
			}
			i := slices.IndexFunc(out, func(o move) bool { return *o.Line == *f.Line })
			if i < 0 {
				i = len(out)
				out = append(out, move{f.Line, make([]float64, r.years()+1)})
			}
			out[i].years[r.yearOf(m.Step)] += f.Amount
		}
	}
	return out
}

// unsaid are inputs behind the figure that the file could give and does not: assumptions, as
// usual.
func (x *Explained) unsaid() []deal.Input {
	var out []deal.Input
	for _, block := range []string{"accounting", "provider"} {
		for _, j := range judgements(x.run.Deal, block) {
			path := block + "." + j.Name
			used := slices.ContainsFunc(x.sources, func(s measure.Source) bool {
				return slices.ContainsFunc(s.Inputs, func(p string) bool { return within(path, p) })
			})
			if used && j.Reason == usual {
				out = append(out, deal.Input{Path: path, Text: j.Value, Status: j.Status, Reason: j.Reason})
			}
		}
	}
	return out
}

// inputsBehind are the figure's inputs: those of the file, then those that it could have given.
func (x *Explained) inputsBehind() []deal.Input {
	return append(x.run.inputsBehind(x.measure, x.sources), x.unsaid()...)
}

// hyphened is what a name has for words: no spaces.
func hyphened(words string) string { return strings.ReplaceAll(words, " ", "-") }
