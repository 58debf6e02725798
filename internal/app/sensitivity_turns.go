// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"math"
	"strings"

	"offtake/internal/report"
	"offtake/internal/value"
	"offtake/internal/value/root"
)

// turnsSection says where leading inputs turn the first figure, and with all views of the cost the verdict.
func (s *Sensitive) turnsSection() report.Section {
	out := report.Section{Title: "What would turn it", Note: fmt.Sprintf("Each of the leading inputs by itself, in place of what the file has, and %s as it then is.", value.FigureName(&s.On[0]))}
	if len(s.Views) > 0 {
		out.Blocks = append(out.Blocks, report.Paragraph{Text: s.verdictWords()}, s.verdictTable())
		return out
	}
	for _, text := range s.Sentences() {
		out.Blocks = append(out.Blocks, report.Paragraph{Text: text})
	}
	return out
}

// verdictWords say what the verdict is now.
func (s *Sensitive) verdictWords() string {
	name := s.Deal.Name(s.Deal.Supplier())
	if v := s.Verdict(); v != value.Undetermined {
		return fmt.Sprintf("By the means, %s %s under each view of its cost: that is the verdict.", name, v)
	}
	var says []string
	for i := range s.Views {
		v := &s.Views[i]
		says = append(says, fmt.Sprintf("%s if its cost is %s", v.Says(), costWords[v.Cost]))
	}
	return fmt.Sprintf("By the means, %s %s: the verdict is undetermined.", name, enumerate(says))
}

// verdictTable is, for each leading input, where the provider's value turns under each view, and where the verdict does.
func (s *Sensitive) verdictTable() report.Table {
	t := report.Table{Title: "Where " + s.Deal.Name(s.Deal.Supplier()) + "'s value turns under each view of its cost, and the verdict with it",
		Columns: []report.Column{{Title: "Input"}, {Title: "Now", Align: report.AlignRight}}}
	for _, v := range s.Views {
		title := "If " + costWords[v.Cost]
		if v.Headline {
			title += " (headline)"
		}
		t.Columns = append(t.Columns, report.Column{Title: title, Align: report.AlignLeft})
	}
	t.Columns = append(t.Columns, report.Column{Title: "Verdict", Align: report.AlignLeft})
	for i := range s.Turns {
		turn := &s.Turns[i]
		cells := []string{turn.Input.Name, s.nowOf(turn)}
		for k := range s.Views {
			turned := string(value.Loses)
			if s.Views[k].Says() == value.Loses {
				turned = string(value.Gains)
			}
			below, above := turn.NearestIf(k)
			cells = append(cells, s.ends(turn, turned, turned, below, above))
		}
		t.Rows = append(t.Rows, report.Row(append(cells, s.verdictCell(turn))...))
	}
	t.Note = "Blank where no value of the input turns it."
	return t
}

func (s *Sensitive) verdictCell(t *value.Turn) string {
	below, above := s.Changes(t)
	if below == nil && above == nil {
		if t.From >= 0 && t.From < 1e-3*t.Now { // nothing, or as good as that
			return "the same up to " + s.place(t, t.To)
		}
		return fmt.Sprintf("the same from %s to %s", s.place(t, t.From), s.place(t, t.To))
	}
	var at [2]*root.Root
	var word [2]string
	for i, c := range []*value.Change{below, above} {
		if c != nil {
			at[i], word[i] = c.At, string(c.Verdict)
		}
	}
	return s.ends(t, word[0], word[1], at[0], at[1])
}

// ends say what there is below one value and above another.
func (s *Sensitive) ends(t *value.Turn, wordBelow, wordAbove string, below, above *root.Root) string {
	var out []string
	if below != nil {
		out = append(out, wordBelow+" below "+s.rootWords(t, below))
	}
	if above != nil {
		out = append(out, wordAbove+" above "+s.rootWords(t, above))
	}
	return strings.Join(out, ", ")
}

// place writes a value of an input; of a table, as a multiple.
func (s *Sensitive) place(t *value.Turn, x float64) string {
	if len(t.Input.Variables) > 1 {
		return fmt.Sprintf("%.3g times what the file has", x)
	}
	return written(s.Deal, &t.Input.Variables[0], x, 4)
}

func (s *Sensitive) nowOf(t *value.Turn) string {
	if len(t.Input.Variables) > 1 {
		return "as the file has them"
	}
	return s.place(t, t.Now)
}

// rootWords write where something turns, with its standard error.
func (s *Sensitive) rootWords(t *value.Turn, r *root.Root) string {
	text := s.place(t, r.X)
	if r.Error > 1e-9*math.Abs(r.X) && len(t.Input.Variables) == 1 {
		text += " ± " + written(s.Deal, &t.Input.Variables[0], r.Error, 2)
	}
	return text
}

// Sentences say, for each leading input, where it turns the first figure.
func (s *Sensitive) Sentences() []string {
	var out []string
	for i := range s.Turns {
		out = append(out, s.sentence(&s.Turns[i]))
	}
	return out
}

func (s *Sensitive) sentence(t *value.Turn) string {
	name, figure, now := t.Input.Name, value.FigureName(&s.On[0]), s.nowOf(t)
	at := func(x float64) string { return s.place(t, x) }
	side := func(r *root.Root, word string) string { return word + " " + s.rootWords(t, r) }
	below, above := t.Nearest()
	turned := "negative"
	if s.Now[0].Value < 0 {
		turned = "positive"
	}
	switch {
	case below == nil && above == nil:
		return fmt.Sprintf("%s: no value from %s to %s turns %s, which goes from %s to %s.", name, at(t.From), at(t.To), figure,
			writeFigure(s.Deal, s.On[0], t.Roots.Lowest), writeFigure(s.Deal, s.On[0], t.Roots.Highest))
	case below != nil && above != nil:
		return fmt.Sprintf("%s: %s turns %s %s and %s (now %s).", name, figure, turned, side(below, "below"), side(above, "above"), now)
	case below != nil:
		return fmt.Sprintf("%s: %s turns %s %s (now %s).", name, figure, turned, side(below, "below"), now)
	}
	return fmt.Sprintf("%s: %s turns %s %s (now %s).", name, figure, turned, side(above, "above"), now)
}
