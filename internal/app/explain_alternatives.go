// SPDX-License-Identifier: Apache-2.0

package app

import (
	"math"
	"slices"

	"offtake/internal/contract"
	"offtake/internal/measure"
	"offtake/internal/paths"
	"offtake/internal/value/means"
)

// followedMean is one of the means with the flows that its figures are read off.
type followedMean struct {
	*MeanRun
	at                string  // of its names
	own               *Run    // the deal's own run
	lasting           *Run    // as if the buyer could not fail
	agreed, withFails *booked // flows as agreed, and with default
	out               []printed
}

// ofAlternatives are the figures of alternatives, by the usual terms of other means.
func (q explaining) ofAlternatives() ([]printed, error) {
	a, err := NewByOtherMeans(q.src, q.e, q.d, q.opt, means.Usual(), 0)
	if err != nil {
		return nil, err
	}
	var out []printed
	for _, m := range a.Money {
		at := "signing"
		if !m.At.IsZero() {
			at = m.At.String()
		}
		out = append(out, printed{"alternatives.money." + at + ".amount", func() (*Explained, error) { return a.broughtOn(m), nil }})
	}
	for i := range a.Means {
		f := a.followed(&a.Means[i])
		f.values()
		f.figuresFollowed(a.Means[0].figures)
		out = append(out, f.out...)
	}
	return out, nil
}

// broughtOn is the money that comes in on a day: of the base run, which other means are made to
// match.
func (a *ByOtherMeans) broughtOn(m means.Money) *Explained {
	base := *a.Run
	base.Sample = nil
	lines := base.movedIn(a.Base.Months, func(l *contract.Line) bool {
		return l.To == a.Deal.Buyer() && l.Asset.Kind == contract.Cash && (isCapital(l) || slices.Contains(means.Financing(a.Deal), l.Clause))
	})
	sources := []measure.Source{sumOf("what the base run brings then", m.Cents)}
	for _, l := range lines {
		sources = append(sources, measure.Source{Label: l.Kind, Clause: l.Clause, Kind: l.Kind})
	}
	x := base.composed(composed{name: "amount", value: exactly(m.Cents), sources: sources, moves: lines, doc: "What the given deal brings the lab on that day, which every other means brings too", how: "As it falls in the base run, of the clauses below."})
	return x
}

// followed is one of the means as runs.
func (a *ByOtherMeans) followed(x *MeanRun) *followedMean {
	src := Source{Name: x.Name + ".yaml", Text: x.Text}
	if x.Name == given {
		src = a.Source
	}
	run := func(o outcomes) *Run {
		return &Run{Source: src, Edits: a.Edits, Options: a.Options, Deal: x.Deal, Base: o.base, Sample: o.sample}
	}
	f := &followedMean{MeanRun: x, at: "alternatives.means." + x.Name + ".", own: run(x.outcomes), lasting: run(x.lasting)}
	if x.sample == nil {
		f.agreed, f.withFails = &booked{x.base.Months, x.base.Book, x.base.Measures, x.base.Values}, &booked{x.base.Expected, x.base.Book, x.base.Measures, x.base.Values}
	} else {
		f.agreed, f.withFails = f.lasting.booked(), f.own.booked()
	}
	return f
}

// says adds where the clauses' lines are.
func (f *followedMean) says(x *Explained) *Explained {
	if f.Name == given {
		return x.note("By the given deal.")
	}
	return x.note("By other means: %s. Lines are those of %s.yaml, which alternatives --write DIR writes.", f.Title, f.Name)
}

func (f *followedMean) add(name string, explain func() *Explained) {
	f.out = append(f.out, printed{f.at + name, func() (*Explained, error) { return f.says(explain()), nil }})
}

// values are the net present values, and what default costs each party.
func (f *followedMean) values() {
	moved := func(b *booked) []move {
		return f.own.movedIn(b.months, func(l *contract.Line) bool {
			return l.Role != contract.NoRole && (l.Asset.Kind == contract.Cash || l.Asset.Kind == contract.InKind)
		})
	}
	for _, party := range f.base.Job.Setting(false).Sides() {
		if v, ok := f.outcomes.at("npv", party, ""); ok {
			f.add("npv."+party, func() *Explained {
				x := f.own.explained(v.measure)
				if f.sample != nil {
					x.moves = moved(f.withFails)
				}
				return x
			})
		}
		if lost, ok := f.lost(party); ok {
			f.add("default_costs."+party, func() *Explained {
				x := apart(f.lasting, f.own, lost.measure)
				x.Doc = "What " + holderName(f.Deal, party) + " would have more if the buyer could not fail."
				if f.sample == nil {
					return x.difference(lost).note("With it stands for a buyer that cannot fail.")
				}
				x.moves, x.beside = moved(f.lasting.booked()), moved(f.withFails)
				x.sampledDifference(lost, 1)
				return x.note("With it stands for a buyer that cannot fail.")
			})
		}
	}
}

// howFigures say how the seven figures are read off flows.
var howFigures = map[string][2]string{
	"cost_of_money":     {"The yearly rate that who gives the money earns from who gets it", "The rate at which what is lent and paid for shares, what comes back, and what shares and paper are worth at the horizon come to nothing, with default weighed in."},
	"dilution":          {"Shares issued for the money over all shares after", "Shares issued over those there were and those issued, before default."},
	"cash_interest":     {"Interest paid in money", "As it falls, before default."},
	"gone_after_month":  {"When more has been paid than has come in", "The first month after which the lab's money in and out under the agreements is below zero, before default; by contract year below."},
	"committed":         {"The share of what is paid for compute that must be, taken or not", "The most of rent and prepayments, and of the effective commitment, over what is paid for compute; no more than all of it."},
	"exit_after_year_3": {"What is still to be paid, or is lost, for compute if the lab stops taking it after three years", "Rent after then, the minimums still to run or what leaving costs of them, and what is prepaid and not used."},
	"debt_after_year_3": {"Debt outstanding three years after the start", "What was lent and drawn, less what was repaid, set off or given up for shares by then; never below zero."},
}

// figuresFollowed are the seven figures, and each less that of the given deal.
func (f *followedMean) figuresFollowed(own meanFigures) {
	units := map[string]measure.Unit{"cost_of_money": measure.Rate, "dilution": measure.Rate, "gone_after_month": measure.Months, "committed": measure.Rate}
	for _, shown := range shownFigures {
		c := composed{unit: units[shown.name], value: f.known(shown.of), doc: howFigures[shown.name][0], how: howFigures[shown.name][1]}
		f.add(shown.name, func() *Explained {
			c.sources, c.moves = f.sourcesOf(shown.name)
			x := f.own.composed(c)
			if c.moves == nil {
				x.flowsNote = ""
			}
			return x
		})
		if f.apart != nil && f.Name != given {
			f.add("known."+shown.name+".less_given", func() *Explained {
				less := c
				_, less.moves = f.sourcesOf(shown.name)
				less.value = exactly(shown.of(&f.figures) - shown.of(&own))
				less.doc += ", less that of the given deal"
				with, without := used("by these means", c.unit, shown.of(&f.figures)), used("by the given deal", c.unit, shown.of(&own))
				if c.unit == measure.Money {
					with.Sign, without.Sign = 1, -1
				}
				less.sources = []measure.Source{with, without}
				for _, m := range less.moves {
					less.sources = append(less.sources, measure.Source{Label: m.Kind, Clause: m.Clause, Kind: m.Kind})
				}
				return f.own.composed(less)
			})
		}
	}
}

// sourcesOf are the flows that a figure is read off.
func (f *followedMean) sourcesOf(name string) ([]measure.Source, []move) {
	r, grid, lab := f.own, f.base.Job.Program.Grid(), f.base.Job.Program.Buyer()
	last := min(grid.Term(), exitYear*grid.StepsPerYear()) - 1
	until := func(months []paths.Month, want func(step int) bool) []paths.Month {
		return slices.DeleteFunc(slices.Clone(months), func(m paths.Month) bool { return !want(m.Step) })
	}
	borrows := func(l *contract.Line) bool { return slices.Contains(f.Borrowers, l.To) }
	pays := func(l *contract.Line) bool { return slices.Contains(f.Borrowers, l.From) }
	switch name {
	case "cost_of_money":
		moves := r.movedIn(f.withFails.months, func(l *contract.Line) bool {
			return slices.Contains(f.Financing, l.Clause) && borrows(l) != pays(l) && l.From != contract.Outside && l.To != contract.Outside && (l.Asset.Kind == contract.Cash || l.Asset.Kind == contract.InKind)
		})
		out := bySign(moves, func(l *contract.Line) float64 {
			if borrows(l) {
				return -1
			}
			return 1
		})
		for _, right := range f.base.Job.Setting(false).Rights {
			if i := measure.Find(f.withFails.measures, "own_flows", right.Holder, right.ID, 0); i >= 0 {
				out = append(out, used("what "+right.ID+" are worth, at present value", measure.Money, f.withFails.values[i], "world.lab_value"))
			}
		}
		return unsigned(out), moves
	case "dilution":
		var out []measure.Source
		for _, m := range r.movedIn(f.agreed.months, func(l *contract.Line) bool { return l.Role == contract.Issue || l.Role == contract.Convert }) {
			out = append(out, measure.Source{Label: m.Kind, Clause: m.Clause, Unit: measure.Shares, Value: []float64{m.total()}, Inputs: []string{"clauses." + m.Clause}})
		}
		return append(out, used("shares before", measure.Shares, f.base.Job.Program.Shares(), "existing", "world.lab_value")), nil
	case "cash_interest":
		moves := r.movedIn(f.agreed.months, func(l *contract.Line) bool {
			return l.Role != contract.Issue && l.Role != contract.Convert && l.Kind == "interest" && l.Asset.Kind == contract.Cash && pays(l) && !borrows(l)
		})
		return bySign(moves, one), moves
	case "gone_after_month":
		moves := r.movedIn(f.agreed.months, func(l *contract.Line) bool {
			return l.Asset.Kind == contract.Cash && l.Role != contract.Resale && flowTo(l, lab) != 0
		})
		return unsigned(bySign(moves, func(l *contract.Line) float64 { return flowTo(l, lab) })), moves
	case "committed":
		moves := r.movedIn(f.agreed.months, func(l *contract.Line) bool {
			return l.From == lab && l.Asset.Kind == contract.Cash && (l.Role == contract.Use || l.Role == contract.Miss || l.Kind == "rent" || mustPay(l))
		})
		out := unsigned(bySign(moves, one))
		if least, ok := f.agreed.at("effective_commitment", ""); ok {
			out = append(out, used("effective commitment", measure.Money, least))
		}
		return out, moves
	case "exit_after_year_3":
		moves := r.movedIn(until(f.agreed.months, func(step int) bool { return step > last }), func(l *contract.Line) bool { return mustPay(l) && l.From == lab && l.Kind == "rent" })
		return append(bySign(moves, one), sumOf("minimums still to run, or what leaving costs of them", f.minimumsLeft(f.agreed, last), "clauses"), sumOf("prepaid and not used", prepaidLeft(f.agreed, last))), moves
	}
	moves := r.movedIn(until(f.agreed.months, func(step int) bool { return step <= last }), func(l *contract.Line) bool {
		return !(borrows(l) && pays(l)) && debt(l, borrows(l), pays(l)) != 0
	})
	out := bySign(moves, func(l *contract.Line) float64 { return debt(l, borrows(l), pays(l)) })
	sum := 0.0
	for _, s := range out {
		sum += float64(s.Sign * s.Value[0])
	}
	return append(out, sumOf("more was paid back than lent", math.Max(0, -sum))), moves
}

func one(*contract.Line) float64 { return 1 }

// bySign are flows as sources of a sum.
func bySign(moves []move, sign func(*contract.Line) float64) []measure.Source {
	var out []measure.Source
	for _, m := range moves {
		out = append(out, measure.Source{Label: m.Kind, Clause: m.Clause, Kind: m.Kind, Sign: sign(m.Line), Value: []float64{m.total()}})
	}
	return merged(out)
}
