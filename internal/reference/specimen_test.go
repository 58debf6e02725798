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
	failsAt       map[string]int     // the step in which a party other than the buyer fails
	chance        map[string]float64 // by clause: whether it comes true
	late          map[string]int     // by the name of a generation or the id of a clause, in steps
}

// A happening is what is observed and elected in a step.
type happening struct {
	obs   [contract.Observables]float64
	curve float64
	units float64
	draw  float64 // from every facility
	elect float64 // of everything else that there is to choose
	index float64 // that all indexes stand at
	exit  float64
	end   float64 // notice that is given of every kind
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
	c.failsAt, c.chance, c.late = maps.Clone(s.failsAt), maps.Clone(s.chance), maps.Clone(s.late)
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
		d.Generations, d.Performance = slices.Clone(c.Generations), copyOf(c.Performance)
		return &d
	case *clause.Commitment:
		d := *c
		d.Schedule.Table, d.Milestones = slices.Clone(c.Schedule.Table), slices.Clone(c.Milestones)
		d.MakeUp, d.Carry, d.Credit, d.Exit, d.Load = copyOf(c.MakeUp), copyOf(c.Carry), copyOf(c.Credit), copyOf(c.Exit), copyOf(c.Load)
		if d.Counts = copyOf(c.Counts); d.Counts != nil {
			d.Counts.Categories = slices.Clone(d.Counts.Categories)
		}
		if d.Deferral = copyOf(c.Deferral); d.Deferral != nil {
			d.Deferral.Periods = slices.Clone(d.Deferral.Periods)
		}
		return &d
	}
	return deepCopy(c)
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
	longer := clause.ExtensionSteps(s.clauses, s.step)
	g, err := calendar.NewGrid(s.signed, s.start, calendar.Span{Months: (s.steps + longer) * s.step.Months()}, s.step, s.tail(), s.dayCount)
	if err != nil {
		return Input{}, false
	}
	if longer > 0 {
		g = g.Extending(longer)
	}
	return Input{Grid: g, Buyer: buyer, Supplier: supplier, Clauses: s.clauses, WholeCents: s.whole}, true
}

// tape is what happens, as long as the grid: rows that are missing are like
// the last one.
func (s *specimen) tape(in Input) contract.Tape {
	p := compile(in)
	tape := contract.Tape{Watch: *p.Watch(), Names: p.Slots(), Start: -1}
	tape.Steps = []contract.TapeStep{s.watched(&tape.Watch, contract.TapeStep{Obs: s.signing}, -1)}
	for t := range in.Grid.Steps() {
		r := s.rows[min(t, len(s.rows)-1)]
		row := s.watched(&tape.Watch, contract.TapeStep{Obs: r.obs, Units: r.units}, t)
		for i := range tape.Names {
			x := r.elect
			switch kind := p.SlotKind(contract.Slot(i)); {
			case kind == contract.DrawSlot:
				x = r.draw
			case tape.Names[i] == contract.ExitSlot:
				x = r.exit
			case kind == contract.SellSlot:
				x = sells(x, r.units)
			case kind == contract.ExtendSlot:
				x = r.units
			case kind == contract.ResellSlot:
				x = min(x, 1e9) // or a sale of all that grows without end has more cents than floats can count
			case kind == contract.LeaveSlot || kind == contract.DismissSlot:
				x = r.end
			}
			row.Slots = append(row.Slots, x)
		}
		tape.Steps = append(tape.Steps, row)
		tape.Curve = append(tape.Curve, r.curve)
	}
	return tape
}

// watched adds what the program looks at beside its observables.
func (s *specimen) watched(w *contract.Watch, row contract.TapeStep, t int) contract.TapeStep {
	told := func(yes bool) float64 {
		if yes {
			return 1
		}
		return 0
	}
	for _, name := range w.Events {
		at, ok := s.eventAt[name]
		row.Events = append(row.Events, told(ok && t >= at))
	}
	for range w.Indexes {
		row.Index = append(row.Index, s.rows[min(max(t, 0), len(s.rows)-1)].index)
	}
	for _, x := range w.Chances {
		chance, ok := s.chance[x.Clause]
		if !ok {
			chance = 1
		}
		row.Chance = append(row.Chance, chance)
	}
	for _, x := range w.Delays {
		late, named := s.late[x.Name]
		if !named {
			late = s.late[x.Clause]
		}
		row.Late = append(row.Late, float64(late))
	}
	for _, party := range w.Parties {
		at, ok := s.failsAt[party]
		row.Solvent = append(row.Solvent, told(!ok || t < at))
	}
	return row
}

// complaints collects what checks find.
type complaints struct{ faults []string }

func (c *complaints) Fault(code, path, hint, format string, args ...any) {
	c.faults = append(c.faults, code)
}
func (c *complaints) Warn(code, path, hint, format string, args ...any) {}

// faults are the codes of what is wrong with the deal.
func (s *specimen) faults(in Input) []string { return s.faultsOf(in, s.clauses...) }

// faultsOf are those of some of its clauses.
func (s *specimen) faultsOf(in Input, clauses ...clause.Clause) []string {
	usd, _ := unit.LookupCurrency("USD")
	setting := &clause.Setting{Grid: in.Grid, Signed: s.signed, Currency: usd, Buyer: buyer, Supplier: supplier, Clauses: s.clauses, Off: s.off,
		Events: []string{"listing", "sale"}, Indexes: []string{"revenue", "price", "performance"}, Parties: []string{buyer, supplier, investor}, Shares: 1e9}
	var c complaints
	for _, x := range clauses {
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
	for _, name := range compile(in).Watch().Events {
		if at, ok := s.eventAt[name]; ok {
			fmt.Fprintf(&b, "# %s is seen from step %d on\n", name, at)
		}
	}
	fmt.Fprintf(&b, "# fail from step: %v; come true: %v; late by steps: %v\n", s.failsAt, s.chance, s.late)
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
