// SPDX-License-Identifier: Apache-2.0

package app

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"offtake/internal/deal"
	"offtake/internal/field"
	"offtake/internal/measure"
	"offtake/internal/report"
	"offtake/internal/unit"
	"offtake/internal/value"
	"offtake/internal/value/root"
)

// A Solved is a question to a deal with its answer.
type Solved struct {
	Source Source
	Edits  Edits
	*value.Solution
}

// Solve answers a question about a loaded deal. What cannot be asked is a Misuse.
func Solve(src Source, e Edits, d *deal.Deal, q value.Question, opt value.Options) (*Solved, error) {
	s, err := value.Solve(d, q, opt)
	if err != nil {
		return nil, misuse(err)
	}
	return &Solved{src, e, s}, nil
}

// misuse is the error of an analysis as a call that makes no sense, where it is one.
func misuse(err error) error {
	var no value.Refusal
	if errors.As(err, &no) {
		return Misuse{err.Error()}
	}
	return err
}

// Report is the answer, what it rests on, and what is left of the conditions.
func (s *Solved) Report() *report.Document {
	doc := &report.Document{Title: s.Deal.Title, Subtitle: dates(s.Deal) + " " + runWords(s.Paths, s.Seed)}
	answer := report.Section{Title: "What was asked", Note: s.asked()}
	if s.Stopped {
		answer.Blocks = append(answer.Blocks, report.Notice{Kind: report.Warning, Text: "Stopped before its end: this is what was known by then."})
	}
	answer.Blocks = append(answer.Blocks, report.Table{Columns: []report.Column{{Title: "Varied"}, {Title: "In the file", Align: report.AlignRight},
		{Title: "Looked for from", Align: report.AlignRight}, {Title: "to", Align: report.AlignRight}, {Title: "Because", Align: report.AlignLeft}}, Rows: s.unknownRows()})
	found := report.Section{Title: "Answer", Blocks: []report.Block{report.Paragraph{Text: s.Verdict()}}}
	if len(s.Checks) > 0 {
		found.Blocks = append(found.Blocks, s.checkTable())
	}
	if f, any := s.function(); any {
		found.Blocks = append(found.Blocks, f)
	}
	for _, x := range s.Invalid {
		found.Blocks = append(found.Blocks, report.Notice{Kind: report.Note, Text: fmt.Sprintf("From %s to %s the deal is none: %s (%s).",
			written(s.Deal, &s.Unknowns[0].Variable, x.Lo, 4), written(s.Deal, &s.Unknowns[0].Variable, x.Hi, 4), x.Fault.Message, x.Fault.Code)})
	}
	doc.Sections = append(doc.Sections, answer, found)
	return doc
}

// Page is the report with the file.
func (s *Solved) Page() *report.Document {
	doc := s.Report()
	doc.File = &report.File{Name: s.Source.Name, Text: string(s.Source.Text)}
	return doc
}

// runWords say on what figures are.
func runWords(paths int, seed uint64) string {
	if paths == 0 {
		return "Every value is of a base run, which takes the mean of every input."
	}
	return fmt.Sprintf("Every value is of %s sampled paths (seed %d), the same draws each time; ± is one standard error.", unit.FormatCount(paths), seed)
}

func (s *Solved) asked() string {
	var what, so []string
	for i := range s.Unknowns {
		what = append(what, s.Unknowns[i].Path)
	}
	for i := range s.Conditions {
		so = append(so, s.Conditions[i].Text)
	}
	text := fmt.Sprintf("What must %s be so that %s? %s.", enumerate(what), enumerate(so), sentenceCase(counted(s.Runs, "run")))
	for i := range s.Unknowns {
		if u := &s.Unknowns[i]; u.Uncertain {
			text += fmt.Sprintf(" A certain number takes the place of the uncertain %s.", u.Path)
		}
	}
	if s.Now == nil {
		return text
	}
	var now []string
	for i, g := range s.Now.Gaps {
		c := s.Conditions[i]
		says := fmt.Sprintf("%s is %s", c.Left.Text, s.side(&c.Left, g.Left))
		if !c.Right.Stated {
			says += fmt.Sprintf(" and %s %s", c.Right.Text, s.side(&c.Right, g.Right))
		}
		now = append(now, says)
	}
	return text + " As the file has it, " + enumerate(now) + "."
}

// side is what a quantity came to, with its error if it has one.
func (s *Solved) side(q *value.Quantity, x value.Side) string {
	text := writeFigure(s.Deal, measure.Measure{Unit: q.Unit()}, x.Value)
	if s.Paths > 0 && x.Error > 0 && x.Value == x.Value {
		text += " ± " + writeFigure(s.Deal, measure.Measure{Unit: q.Unit()}, x.Error)
	}
	return text
}

func (s *Solved) unknownRows() [][]report.Cell {
	var rows [][]report.Cell
	for i := range s.Unknowns {
		u := &s.Unknowns[i]
		is := u.Text
		switch {
		case u.Uncertain:
			is = "uncertain, mean " + written(s.Deal, &u.Variable, u.Value, 3)
		case is == "" && u.Value == u.Value:
			is = "not given: " + written(s.Deal, &u.Variable, u.Value, 4)
		case is == "":
			is = "not given"
		}
		rows = append(rows, report.Row(u.Path, is, written(s.Deal, &u.Variable, u.Lo, 4), written(s.Deal, &u.Variable, u.Hi, 4), u.Why))
	}
	return rows
}

// written is a number of a variable for people, to so many significant digits.
func written(d *deal.Deal, v *deal.Variable, x float64, digits int) string {
	if x != x {
		return "undefined"
	}
	x, _ = strconv.ParseFloat(strconv.FormatFloat(x, 'g', digits, 64), 64)
	switch v.Kind {
	case field.Money:
		return moneyTo(d, x, digits)
	case field.Rate:
		return unit.WriteRate(x)
	case field.Span:
		return fmt.Sprintf("%.3g months", 12*x)
	}
	return unit.WriteNumber(x)
}

// moneyTo is an amount for people to so many significant digits: $32.9312B.
func moneyTo(d *deal.Deal, cents float64, digits int) string {
	sign := ""
	if cents < 0 {
		sign, cents = "-", -cents
	}
	for _, s := range []struct {
		at   float64
		name string
	}{{1e11, "B"}, {1e8, "M"}, {1e5, "k"}} {
		if cents >= s.at {
			x, _ := strconv.ParseFloat(strconv.FormatFloat(cents/s.at, 'g', digits, 64), 64)
			return sign + d.Currency.Symbol + strconv.FormatFloat(x, 'f', -1, 64) + s.name
		}
	}
	return sign + d.Currency.Symbol + strconv.FormatFloat(math.Round(cents)/unit.MinorPerMajor, 'f', -1, 64)
}

// Verdict is the answer in sentences.
func (s *Solved) Verdict() string {
	if len(s.Unknowns) > 1 {
		return s.verdictOfSeveral()
	}
	if s.Stopped && len(s.Roots.Roots) == 0 {
		return s.seenSoFar()
	}
	u, c := &s.Unknowns[0], &s.Conditions[0]
	between := fmt.Sprintf("between %s and %s", written(s.Deal, &u.Variable, u.Lo, 4), written(s.Deal, &u.Variable, u.Hi, 4))
	var where []string
	for i := range s.Roots.Roots {
		where = append(where, s.place(&s.Roots.Roots[i]))
	}
	for _, z := range s.Roots.Zero {
		where = append(where, fmt.Sprintf("anywhere from %s to %s", written(s.Deal, &u.Variable, z.Lo, 4), written(s.Deal, &u.Variable, z.Hi, 4)))
	}
	text := ""
	switch s.Roots.Answer() {
	case root.None:
		text = fmt.Sprintf("No value of %s %s has %s. %s", u.Path, between, c.Text, s.reach())
	case root.Several:
		text = fmt.Sprintf("%s has %s at %s of %s: %s.", c.Text, "its answer", counted(len(where), "place"), u.Path, enumerate(where))
	case root.Touches:
		text = fmt.Sprintf("%s where %s is %s: there the two sides come together and part again, without crossing.", c.Text, u.Path, where[0])
	case root.Jumps:
		text = fmt.Sprintf("Nowhere exactly. At %s of %s the figure jumps past %s.", where[0], u.Path, c.Right.Text)
	default:
		text = fmt.Sprintf("%s where %s is %s.", c.Text, u.Path, where[0])
	}
	if !s.Roots.Complete() {
		text += " Not all of the bracket could be searched."
	}
	return text
}

// place is a root in words.
func (s *Solved) place(r *root.Root) string {
	v := &s.Unknowns[0].Variable
	digits := 8
	if r.Error > 0 && r.X != 0 {
		digits = min(8, max(2, 3+exponent(r.X)-exponent(r.Error)))
	}
	text := written(s.Deal, v, r.X, digits)
	switch {
	case r.Error > 0:
		text += " ± " + written(s.Deal, v, r.Error, 2)
	case r.Touches:
		text += " (where it only touches)"
	case r.Jumps:
		text += " (where it jumps)"
	}
	return text
}

// exponent is that of a number's leading digit.
func exponent(x float64) int {
	_, after, _ := strings.Cut(strconv.FormatFloat(x, 'e', 1, 64), "e")
	n, _ := strconv.Atoi(after)
	return n
}

// reach says between what values the condition's left side stays of the right one.
func (s *Solved) reach() string {
	c := &s.Conditions[0]
	m := measure.Measure{Unit: c.Left.Unit()}
	if c.Right.Stated {
		return fmt.Sprintf("There %s goes from %s to %s.", c.Left.Text, writeFigure(s.Deal, m, s.Roots.Lowest+c.Right.Number), writeFigure(s.Deal, m, s.Roots.Highest+c.Right.Number))
	}
	return fmt.Sprintf("There %s less %s goes from %s to %s.", c.Left.Text, c.Right.Text, writeFigure(s.Deal, m, s.Roots.Lowest), writeFigure(s.Deal, m, s.Roots.Highest))
}

// seenSoFar says where a search that was stopped has seen a change of sign.
func (s *Solved) seenSoFar() string {
	var between []string
	for i := 1; i < len(s.Points); i++ {
		if a, b := s.Points[i-1], s.Points[i]; (a.Y > 0) != (b.Y > 0) {
			v := &s.Unknowns[0].Variable
			between = append(between, fmt.Sprintf("%s and %s", written(s.Deal, v, a.X, 4), written(s.Deal, v, b.X, 4)))
		}
	}
	text := fmt.Sprintf("%s of %s were run.", sentenceCase(counted(len(s.Points), "value")), s.Unknowns[0].Path)
	if len(between) == 0 {
		return text + " Among these the condition does not change its sign."
	}
	return text + " The condition changes its sign between " + enumerate(between) + "."
}

// verdictOfSeveral is the answer for several unknowns.
func (s *Solved) verdictOfSeveral() string {
	if len(s.Checks) > 0 {
		text := "Solved by " + counted(len(s.Checks), "set") + " of values. That a search from " + counted(s.System.Starts, "place") + " finds no other does not prove that there is none."
		return text
	}
	text := fmt.Sprintf("No solution was found from %s, which does not prove that there is none.", counted(s.System.Starts, "start"))
	if n := s.System.Nearest; n != nil {
		var parts []string
		for i := range s.Unknowns {
			parts = append(parts, fmt.Sprintf("%s %s", s.Unknowns[i].Path, written(s.Deal, &s.Unknowns[i].Variable, n.X[i], 6)))
		}
		var left []string
		for i, x := range n.Left {
			left = append(left, fmt.Sprintf("%s of '%s'", writeFigure(s.Deal, measure.Measure{Unit: s.Conditions[i].Left.Unit()}, x), s.Conditions[i].Text))
		}
		text += fmt.Sprintf(" Nearest comes %s: there %s is left.", enumerate(parts), enumerate(left))
	}
	return text
}

// checkTable is every root put into the deal again.
func (s *Solved) checkTable() report.Table {
	t := report.Table{Title: "Put into the deal and run again", Note: "What is left is the left side less the right one.",
		Columns: []report.Column{{Title: "With"}, {Title: "Side"}, {Title: "Is", Align: report.AlignRight}, {Title: "Should be", Align: report.AlignRight}, {Title: "Left", Align: report.AlignRight}, {Title: "Holds", Align: report.AlignLeft}}, Stub: 1}
	for _, c := range s.Checks {
		with := ""
		for i := range s.Unknowns {
			with += map[bool]string{true: "; ", false: ""}[i > 0] + s.Unknowns[i].Path + " " + written(s.Deal, &s.Unknowns[i].Variable, c.X[i], 8)
		}
		for i, g := range c.Gaps {
			q := s.Conditions[i]
			m := measure.Measure{Unit: q.Left.Unit()}
			right := strings.TrimSpace(q.Right.Text)
			if !q.Right.Stated {
				right += ", " + s.side(&q.Right, g.Right)
			}
			t.Rows = append(t.Rows, report.Row(with, q.Left.Text, s.side(&q.Left, g.Left), right, writeFigure(s.Deal, m, g.Value), cmpOr(c.Holds[i], "yes", "no")))
			with = ""
		}
	}
	return t
}

// function is the condition over the bracket of one unknown, with its error.
func (s *Solved) function() (report.Block, bool) {
	if len(s.Points) < 2 {
		return nil, false
	}
	u, c := &s.Unknowns[0], &s.Conditions[0]
	title := c.Left.Text + " less " + c.Right.Text
	if c.Right.Stated && c.Right.Number == 0 {
		title = c.Left.Text
	}
	f := report.Fan{Title: title + ", by " + u.Path + ".", Band: "± two standard errors", Note: "The band, where one is to be seen, is ± two standard errors."}
	xScale, xUnit := scaleOfVariable(s.Deal, &u.Variable, u.Lo, u.Hi)
	var ys []float64
	for _, p := range s.Points {
		ys = append(ys, p.Y)
	}
	yScale, yUnit := scaleOfUnit(s.Deal, c.Left.Unit(), ys)
	f.X, f.Y = report.Axis{Title: u.Path + inUnits(xUnit), Format: plainNumber}, report.Axis{Title: "left side less right" + inUnits(yUnit), Format: plainNumber}
	low, high := report.Quantile{Level: 0.025}, report.Quantile{Level: 0.975}
	for _, p := range s.Points {
		f.At, f.Mean = append(f.At, p.X/xScale), append(f.Mean, p.Y/yScale)
		low.Y, high.Y = append(low.Y, (p.Y-float64(2*p.Error))/yScale), append(high.Y, (p.Y+float64(2*p.Error))/yScale)
	}
	for _, r := range s.Roots.Roots {
		f.Marks = append(f.Marks, report.Mark{X: r.X / xScale, Label: written(s.Deal, &u.Variable, r.X, 4)})
	}
	if f.Quantiles = []report.Quantile{low, high}; s.Paths == 0 {
		f.Quantiles, f.Note = nil, ""
	}
	if slices.Min(ys) > 0 || slices.Max(ys) < 0 {
		f.Lines = []report.Series{{Name: "zero", X: []float64{f.At[0], f.At[len(f.At)-1]}, Y: []float64{0, 0}}}
	}
	return f, true
}

func plainNumber(v float64) string { return strconv.FormatFloat(v, 'g', 4, 64) }

func inUnits(name string) string {
	if name == "" {
		return ""
	}
	return ", " + name
}

// scaleOfVariable is by what numbers of a variable are divided for a chart, and what they are in then.
func scaleOfVariable(d *deal.Deal, v *deal.Variable, all ...float64) (float64, string) {
	switch v.Kind {
	case field.Money:
		return scaleOf(d.Currency, [][]float64{all})
	case field.Rate:
		return 0.01, "%"
	case field.Span:
		return 1.0 / 12, "months"
	}
	largest := 0.0
	for _, x := range all {
		largest = math.Max(largest, math.Abs(x))
	}
	for _, s := range []struct {
		at   float64
		name string
	}{{1e9, "billions"}, {1e6, "millions"}} {
		if largest >= s.at {
			return s.at, s.name
		}
	}
	return 1, ""
}

// scaleOfUnit is likewise of a measure's unit.
func scaleOfUnit(d *deal.Deal, u measure.Unit, all []float64) (float64, string) {
	switch u {
	case measure.Money:
		return scaleOf(d.Currency, [][]float64{all})
	case measure.Price:
		return unit.MinorPerMajor, d.Currency.Symbol
	case measure.Rate:
		return 0.01, "%"
	}
	return 1, ""
}
