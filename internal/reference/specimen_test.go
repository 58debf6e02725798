// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/unit"
)

// A specimen is a deal and what happens to it, in parts that a shrinker can
// take away one by one.
type specimen struct {
	signed, start calendar.Date
	steps         int // of the term
	extraTail     int // steps beyond what payment terms need
	step          calendar.Step
	dayCount      calendar.DayCount
	clauses       []clause.Clause
	off           []string // ids of clauses that are switched off
	whole         bool
	signing       [contract.Observables]float64
	rows          []happening // by step, tail included
	eventAt       map[string]int
}

// A happening is what is observed and elected in a step.
type happening struct {
	obs   [contract.Observables]float64
	curve float64
	units float64
	draw  float64 // from every facility
	exit  float64
}

const (
	buyer    = "lab"
	supplier = "cloud"
	investor = "fund"
)

// copy shares nothing with the specimen.
func (s *specimen) copy() *specimen {
	c := *s
	c.off, c.rows, c.eventAt = slices.Clone(s.off), slices.Clone(s.rows), maps.Clone(s.eventAt)
	c.clauses = nil
	for _, x := range s.clauses {
		c.clauses = append(c.clauses, copyClause(x))
	}
	return &c
}

func copyOf[T any](p *T) *T {
	if p == nil {
		return nil
	}
	v := *p
	return &v
}

func copyClause(c clause.Clause) clause.Clause {
	switch c := c.(type) {
	case *clause.Capacity:
		d := *c
		d.Generations = slices.Clone(c.Generations)
		return &d
	case *clause.Price:
		d := *c
		d.Fixed, d.Tiers = copyOf(c.Fixed), slices.Clone(c.Tiers)
		return &d
	case *clause.Equity:
		return copyOf(c)
	case *clause.Facility:
		d := *c
		d.Opens = slices.Clone(c.Opens)
		for i := range d.Opens {
			d.Opens[i].PowerGW = copyOf(d.Opens[i].PowerGW)
		}
		return &d
	case *clause.Commitment:
		d := *c
		d.Schedule.Table = slices.Clone(c.Schedule.Table)
		d.MakeUp, d.Carry, d.Credit, d.Exit = copyOf(c.MakeUp), copyOf(c.Carry), copyOf(c.Credit), copyOf(c.Exit)
		if d.Deferral = copyOf(c.Deferral); d.Deferral != nil {
			d.Deferral.Periods = slices.Clone(d.Deferral.Periods)
		}
		return &d
	}
	panic(fmt.Sprintf("no copy of a %s", c.Kind()))
}

// tail is the number of steps after the term.
func (s *specimen) tail() int {
	months := 0
	for _, c := range s.clauses {
		switch c := c.(type) {
		case *clause.Price:
			months = max(months, c.NetMonths)
		case *clause.Commitment:
			months = max(months, c.NetMonths)
		}
	}
	return (months+s.step.Months()-1)/s.step.Months() + s.extraTail
}

// input is the deal; not ok where no grid can be made.
func (s *specimen) input() (Input, bool) {
	g, err := calendar.NewGrid(s.signed, s.start, calendar.Span{Months: s.steps * s.step.Months()}, s.step, s.tail(), s.dayCount)
	if err != nil {
		return Input{}, false
	}
	return Input{Grid: g, Buyer: buyer, Supplier: supplier, Clauses: s.clauses, WholeCents: s.whole}, true
}

// tape is what happens, as long as the grid: rows that are missing are like
// the last one.
func (s *specimen) tape(in Input) contract.Tape {
	slots, events := Slots(in), Events(in)
	tape := contract.Tape{Start: -1, Steps: []contract.TapeStep{{Obs: s.signing, Events: s.seen(events, -1), Slots: nil}}}
	for t := range in.Grid.Steps() {
		r := s.rows[min(t, len(s.rows)-1)]
		row := contract.TapeStep{Obs: r.obs, Events: s.seen(events, t), Units: r.units}
		for _, name := range slots {
			x := r.draw
			if name == "exit" {
				x = r.exit
			}
			row.Slots = append(row.Slots, x)
		}
		tape.Steps = append(tape.Steps, row)
		tape.Curve = append(tape.Curve, r.curve)
	}
	return tape
}

func (s *specimen) seen(events []string, t int) []float64 {
	out := make([]float64, len(events))
	for i, name := range events {
		if at, ok := s.eventAt[name]; ok && t >= at {
			out[i] = 1
		}
	}
	return out
}

// complaints collects what checks find.
type complaints struct{ faults []string }

func (c *complaints) Fault(code, path, hint, format string, args ...any) {
	c.faults = append(c.faults, code)
}
func (c *complaints) Warn(code, path, hint, format string, args ...any) {}

// faults are the codes of what is wrong with the deal.
func (s *specimen) faults(in Input) []string {
	usd, _ := unit.LookupCurrency("USD")
	setting := &clause.Setting{Grid: in.Grid, Signed: s.signed, Currency: usd, Buyer: buyer, Supplier: supplier, Clauses: s.clauses, Off: s.off}
	var c complaints
	for _, x := range s.clauses {
		x.Check(setting, &c)
	}
	return c.faults
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
