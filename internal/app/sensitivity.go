// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"strings"

	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/report"
	"offtake/internal/unit"
	"offtake/internal/value"
	"offtake/internal/value/estimate"
)

// UsualSensitivity is what is asked when nobody says: by how much inputs are moved, and how many are looked at closely.
func UsualSensitivity() value.SensitivityOptions { return value.SensitivityOptions{Move: 0.2, Top: 6} }

// A Sensitive is what a deal's figures owe to its inputs.
type Sensitive struct {
	Source Source
	Edits  Edits
	Top    int // how many inputs are shown
	*value.Sensitivity
}

// Sensitivity asks a loaded deal for it. What cannot be asked is a Misuse.
func Sensitivity(src Source, e Edits, d *deal.Deal, opt value.SensitivityOptions) (*Sensitive, error) {
	s, err := value.SensitivityOf(d, opt)
	if err != nil {
		return nil, misuse(err)
	}
	return &Sensitive{src, e, opt.Top, s}, nil
}

// Report is what moves the figures, where their variance comes from, and what would turn the verdict.
func (s *Sensitive) Report() *report.Document {
	doc := &report.Document{Title: s.Deal.Title, Subtitle: dates(s.Deal) + " " + runWords(s.Paths, s.Seed)}
	first := report.Section{Title: "What moves it", Note: s.movesNote()}
	if s.Stopped {
		first.Blocks = append(first.Blocks, report.Notice{Kind: report.Warning, Text: "Stopped before its end: this is what was known by then."})
	}
	for k := range s.On {
		first.Blocks = append(first.Blocks, s.tornado(k))
	}
	first.Blocks = append(first.Blocks, s.movedTo())
	if len(s.Fixed) > 0 {
		first.Blocks = append(first.Blocks, report.Notice{Kind: report.Note, Text: s.fixedWords()})
	}
	doc.Sections = append(doc.Sections, first)
	if len(s.Shares) > 0 {
		x := report.Section{Title: "Where its variance comes from", Note: "The first-order index of an uncertain number is the part of the variance that would go if it were known; the total index what would stay if all others were. The Shapley effect shares out what they do together; effects add up to 100%. Noise is all that chance does once the numbers are known."}
		for k := range s.Shares {
			x.Blocks = append(x.Blocks, s.shareTable(&s.Shares[k]))
		}
		doc.Sections = append(doc.Sections, x)
	}
	if len(s.Turns) > 0 {
		doc.Sections = append(doc.Sections, s.turnsSection())
	}
	return doc
}

// Page is the report with the file.
func (s *Sensitive) Page() *report.Document {
	doc := s.Report()
	doc.File = &report.File{Name: s.Source.Name, Text: string(s.Source.Text)}
	return doc
}

func (s *Sensitive) movesNote() string {
	text := fmt.Sprintf("Each input by itself: an uncertain number to its 5%% and 95%% quantile, certain then; another assumption by %s to either side. Facts stay. %s.", unit.FormatRate(s.Move), sentenceCase(counted(s.Runs, "run")))
	var now []string
	for k := range s.On {
		now = append(now, fmt.Sprintf("%s is %s", value.FigureName(&s.On[k]), s.figure(k, s.Now[k].Value, s.Now[k].Error)))
	}
	return text + " As the file has the deal, " + enumerate(now) + "."
}

// figure is a value of a figure with its error, if it has one.
func (s *Sensitive) figure(k int, x, se float64) string {
	text := writeFigure(s.Deal, s.On[k], x)
	if se > 0 {
		text += " ± " + writeFigure(s.Deal, s.On[k], se)
	}
	return text
}

// shownEffects are the effects that are shown of a figure, the largest first.
func (s *Sensitive) shownEffects() []value.Effect {
	n := 0
	for n < len(s.Effects) && n < 2*s.Top && (s.Effects[n].Size(0) > 0 || s.Effects[n].Fault != nil) {
		n++
	}
	return s.Effects[:n]
}

// tornado is what moving inputs does to a figure.
func (s *Sensitive) tornado(k int) report.Tornado {
	t := report.Tornado{Title: fmt.Sprintf("What %s gains or loses.", value.FigureName(&s.On[k])), Low: "input low", High: "input high"}
	rest := len(s.Effects) - len(s.shownEffects())
	for _, e := range s.shownEffects() {
		t.Rows = append(t.Rows, report.Swing{Label: e.Input.Name, Low: s.difference(k, e.Low[k]), High: s.difference(k, e.High[k]), LowAmount: e.Low[k].Mean, HighAmount: e.High[k].Mean})
	}
	if rest > 0 {
		t.Note = fmt.Sprintf("Less or nothing comes of %s.", counted(rest, "other input"))
	}
	return t
}

// difference is one with its sign and error.
func (s *Sensitive) difference(k int, e estimate.Estimate) string {
	if e.Mean != e.Mean {
		return "undefined"
	}
	text := writeFigure(s.Deal, s.On[k], e.Mean)
	if e.Mean > 0 {
		text = "+" + text
	}
	if e.Error > 0 && s.On[k].Unit == measure.Money && e.Error < 0.5 {
		return text // rounding's
	}
	if e.Error > 0 {
		text += " ± " + writeFigure(s.Deal, s.On[k], e.Error)
	}
	return text
}

// movedTo says from what to what the inputs were moved.
func (s *Sensitive) movedTo() report.Table {
	t := report.Table{Title: "The inputs that were moved", Columns: []report.Column{{Title: "Input"}, {Title: "Low", Align: report.AlignRight}, {Title: "Now", Align: report.AlignRight}, {Title: "High", Align: report.AlignRight}, {Title: "What it is", Align: report.AlignLeft}}}
	for _, e := range s.shownEffects() {
		in := &e.Input
		v := &in.Variables[0]
		low, now, high := written(s.Deal, v, in.Low[0], 3), written(s.Deal, v, v.Value, 3), written(s.Deal, v, in.High[0], 3)
		if len(in.Variables) > 1 {
			low, now, high = "-"+unit.FormatRate(s.Move), fmt.Sprintf("%d entries", len(in.Variables)), "+"+unit.FormatRate(s.Move)
		}
		what := "assumption"
		switch {
		case in.Uncertain:
			what = "uncertain: " + in.Reason
		case in.Reason != "":
			what += ": " + short(in.Reason)
		}
		if e.Fault != nil {
			what += fmt.Sprintf(" (the deal is none there: %s)", e.Fault.Message)
		}
		t.Rows = append(t.Rows, report.Row(in.Name, low, now, high, what))
	}
	return t
}

// fixedWords name the assumptions that were not moved.
func (s *Sensitive) fixedWords() string {
	by := map[string][]string{}
	var order []string
	for _, f := range s.Fixed {
		if by[f.Why] == nil {
			order = append(order, f.Why)
		}
		by[f.Why] = append(by[f.Why], f.Name)
	}
	text := "Not moved:"
	for i, why := range order {
		names := by[why]
		if n := len(names); n > 6 {
			names = append(names[:6:6], fmt.Sprintf("%d more", n-6))
		}
		text += map[bool]string{true: ";", false: ""}[i > 0] + " " + enumerate(names) + " (" + why + ")"
	}
	return text + "."
}

// shareTable is where the variance of a figure comes from.
func (s *Sensitive) shareTable(x *value.VarianceShares) report.Block {
	name := value.FigureName(&x.Of)
	if x.Spread == 0 {
		return report.Notice{Kind: report.Note, Text: name + " is the same on every path."}
	}
	t := report.Table{Title: fmt.Sprintf("%s: standard deviation of a path %s", name, writeFigure(s.Deal, x.Of, x.Spread)),
		Columns: []report.Column{{Title: "Of"}, {Title: "First order", Align: report.AlignRight}, {Title: "Total", Align: report.AlignRight}, {Title: "Shapley effect", Align: report.AlignRight}}}
	for i, d := range x.Draws {
		if i == s.Top {
			t.Note = fmt.Sprintf("Total indices are smaller of %s.", counted(len(x.Draws)-i, "other input"))
			break
		}
		t.Rows = append(t.Rows, report.Row(string(d.Draw), percentOf(d.First), percentOf(d.Total), s.shapleyOf(x, string(d.Draw))))
	}
	if text := s.shapleyOf(x, value.Rest); text != "" {
		t.Rows = append(t.Rows, report.Row(value.Rest, "", "", text))
	}
	if x.Paths > 0 {
		t.Note = strings.TrimSpace(t.Note + fmt.Sprintf(" Shapley effects are of runs of %s paths.", unit.FormatCount(x.Paths)))
	}
	return t
}

func (s *Sensitive) shapleyOf(x *value.VarianceShares, player string) string {
	for i, p := range x.Players {
		if p == player && i < len(x.Shapley) {
			return percentOf(x.Shapley[i])
		}
	}
	return ""
}

// percentOf is a share with its error, to the tenth of a percent.
func percentOf(e estimate.Estimate) string {
	text := fmt.Sprintf("%.1f%%", 100*e.Mean)
	if text == "-0.0%" {
		text = "0.0%"
	}
	return text + fmt.Sprintf(" ± %.1f%%", 100*e.Error)
}
