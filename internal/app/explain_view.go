// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"offtake/internal/accounts"
	"offtake/internal/measure"
	"offtake/internal/unit"
)

// ofView are the figures of view, of the reader that is asked for: of answers by their places,
// and of contract years.
func (q explaining) ofView() ([]printed, error) {
	if q.opt.Paths == 0 {
		return nil, Misuse{"view answers on sampled paths: give --paths"}
	}
	reader := strings.Split(q.figure+"..", ".")[1]
	sampled := sync.OnceValue(func() *Run { return SampleFor(q.src, q.e, q.d, q.opt) })
	run := sync.OnceValue(func() *Run { return explainRun(q.src, q.e, q.d, q.opt) })
	if !slices.Contains(Readers, reader) {
		var out []printed
		for _, reader := range Readers {
			out = append(out, printed{name: "view." + reader + "."})
		}
		return out, nil
	}
	v, err := NewView(sampled(), ViewOptions{Reader: reader})
	if err != nil {
		return nil, err
	}
	at := "view." + reader + "."
	out := v.yearsFollowed(at)
	for i := range v.Answers {
		a := &v.Answers[i]
		for k := range a.Figures {
			told := &a.Figures[k]
			if told.Value == nil {
				continue
			}
			name := fmt.Sprintf("%sanswers.%d.figures.%d", at, i+1, k+1)
			out = append(out, printed{name, func() (*Explained, error) {
				return run().told(name, fmt.Sprintf("%s (%s) %s", sentenceCase(told.Label), a.Question, a.Says), told.Reading, a)
			}})
		}
	}
	return out, nil
}

// ofCompare are the figures of compare: those of the deal itself.
func (q explaining) ofCompare() ([]printed, error) {
	if q.opt.Paths == 0 {
		return nil, Misuse{"compare sets deals side by side on sampled paths: give --paths"}
	}
	run := explainRun(q.src, q.e, q.d, q.opt)
	if run.Sample == nil {
		opt := q.opt
		opt.Usual = false
		run = explainRun(q.src, q.e, q.d, opt)
	}
	var out []printed
	for i, row := range besideRows {
		x := row.of(run)
		if x.Value == nil {
			continue
		}
		name := fmt.Sprintf("compare.rows.%d", i+1)
		out = append(out, printed{name, func() (*Explained, error) {
			return run.told(name, sentenceCase(row.label)+".", x, nil)
		}})
	}
	return out, nil
}

// told is a figure of a page. One that is a figure of run is followed as that; one that is reckoned
// of several has them as its amounts; and one of the terms has the floor and what the answer
// rests on.
func (r *Run) told(name, doc string, x Reading, a *Answer) (*Explained, error) {
	if len(x.Figures) == 1 && x.Unit != "chance" {
		if out, err := r.Explain(x.Figures[0]); err == nil && near(out.number.says(), x.Value) {
			out.Doc = doc
			return out.note("It is %s of run.", x.Figures[0]), nil
		}
	}
	out := &Explained{Name: name, Text: x.In(), Doc: doc, run: r, measure: measure.Measure{Name: name, Unit: measure.Ratio},
		number: Number{Name: name, Unit: x.Unit, Mean: x.Value, Margin: x.Margin}, madeNote: "Reckoned of figures of run."}
	for _, figure := range x.Figures {
		of, err := r.Explain(figure)
		if err != nil {
			return nil, err
		}
		if v := of.number.says(); v != nil {
			cents := *v
			if of.measure.Unit.Minor() {
				cents *= unit.MinorPerMajor
			}
			out.sources = append(out.sources, used(figure+" of run", of.measure.Unit, cents))
		}
		out.sources, out.moves = append(out.sources, unsigned(of.sources)...), append(out.moves, of.moves...)
	}
	if x.Unit == "chance" {
		out.madeNote = "The share of paths on which " + x.Figures[0] + " is not zero. On average, it is made of:"
	}
	if len(x.Figures) > 0 {
		return out, nil
	}
	out.madeNote = "Read off the terms: what is owed at least, by clause, and the terms that the answer rests on."
	_, least := r.floors(r.Deal.Signed)
	lines := r.floorLines(least)
	out.sources, out.moves = unsigned(ofLines(lines, accounts.Schedule.Total)), r.movesOf(lines)
	if a != nil {
		out.sources = append(out.sources, measure.Source{Inputs: a.Rests})
		for _, id := range a.Clauses {
			out.sources = append(out.sources, measure.Source{Clause: id})
		}
	}
	for _, c := range r.Deal.Clauses {
		if c.Kind() == "capacity" || c.Kind() == "commitment" {
			out.sources = append(out.sources, measure.Source{Clause: c.Head().ID})
		}
	}
	return out, nil
}

// says is the number as the figure says it.
func (n *Number) says() *float64 {
	for _, x := range []*float64{n.OfMeans, n.Mean, n.Value} {
		if x != nil {
			return x
		}
	}
	return nil
}

func near(a, b *float64) bool {
	return a != nil && b != nil && math.Abs(*a-*b) <= 1e-9*math.Max(1, math.Abs(*b))
}

// yearsFollowed are the contract years of a page.
func (v *View) yearsFollowed(at string) []printed {
	r := v.run
	_, least := r.floors(r.Deal.Signed)
	floor, expected := r.floorLines(least), r.expectedLines(r.booked())
	var out []printed
	for i, billed := range r.billedYears() {
		y := &v.years[i]
		in := fmt.Sprintf(" in contract year %d", i+1)
		year := func(s accounts.Schedule) float64 { return r.contractYears(s)[i] }
		add := func(name string, c composed) {
			c.name = fmt.Sprintf("%syears.%d.%s", at, i+1, name)
			c.doc += in
			out = append(out, printed{c.name, func() (*Explained, error) { return r.composed(c), nil }})
		}
		need := used("need at market prices", measure.Money, y.Need.Mean, "world.need", "world.market_price")
		held := used("what exclusivity and first refusal hold", measure.Money, y.Exclusive.Mean, r.exclusivePaths()...)
		elsewhere := used("minimums with others", measure.Money, y.Elsewhere, "elsewhere")
		owed := unsigned(ofLines(floor, year))
		with := func(sources ...measure.Source) []measure.Source { return append(slices.Clone(owed), sources...) }
		add("need", composed{value: y.Need, doc: "What the firm need would cost at market prices", how: "Firm need x market price, step by step, on the mean of the paths, whether the lab lasts or not.", sources: []measure.Source{need}})
		add("floor", composed{value: exactly(y.Floor), doc: "What is owed here, taken or not", how: "As a buyer that leaves if that is cheaper would owe it.", sources: ofLines(floor, year), moves: r.movesOf(floor)})
		add("exclusive", composed{value: y.Exclusive, doc: "What exclusivity and first refusal hold of the need", how: "The part of the need, at market prices, that is in their scope, or what that has grown by since the level began.", sources: []measure.Source{need, held}})
		add("elsewhere", composed{value: exactly(y.Elsewhere), doc: "Minimums with others", how: "As the file states them.", sources: []measure.Source{elsewhere}})
		add("left", composed{value: y.Left, doc: "What of the need is bound neither here nor elsewhere", how: "Path by path, the need less the floor or what is held here, whichever is more, and less minimums with others; never below zero.", sources: with(need, held, elsewhere), moves: r.movesOf(floor)})
		add("bound_share", composed{unit: measure.Rate, value: y.Bound, doc: "The share of the need that is bound here", how: "Path by path, the floor or what is held, whichever is more, over the need.", sources: with(need, held), moves: r.movesOf(floor)})
		add("billed", composed{value: billed, doc: "What is expected to be billed here", how: "On the mean of the paths.", sources: ofLines(expected, year), moves: r.movesOf(expected)})
		add("gw_years", composed{unit: measure.Ratio, of: "GW-years", value: exactly(y.GWYears), doc: "Capacity promised here", how: "Gigawatts x the part of the year that they run.", sources: r.capacityOf(i)})
	}
	return out
}

// exclusivePaths are the inputs of exclusivity clauses.
func (r *Run) exclusivePaths() []string {
	var out []string
	for _, c := range r.Deal.Clauses {
		if c.Kind() == "exclusivity" {
			out = append(out, "clauses."+c.Head().ID)
		}
	}
	return append(out, "world.need", "world.market_price")
}

// capacityOf is what each capacity clause promises in a contract year.
func (r *Run) capacityOf(y int) []measure.Source {
	var out []measure.Source
	for _, c := range r.Deal.Clauses {
		id, sum := c.Head().ID, 0.0
		for _, b := range r.buildsOf(func(o string) bool { return o == id }) {
			sum += float64(b.PowerGW * max(0, min(b.Until, float64(y+1))-max(b.Years, float64(y))))
		}
		if sum > 0 {
			out = append(out, measure.Source{Label: "GW-years promised", Clause: id, Unit: measure.Ratio, Value: []float64{sum}, Inputs: []string{"clauses." + id + ".generations"}})
		}
	}
	return out
}
