// SPDX-License-Identifier: Apache-2.0

package app

import (
	"bytes"
	"strings"

	"offtake/internal/deal"
	"offtake/internal/value"
)

// A Choice is something that may be typed next, with a word about it.
type Choice struct{ Text, Says string }

// Names are the library's deals with their titles.
func (l Library) Names() []Choice {
	var out []Choice
	for _, slug := range l.Slugs() {
		src, _ := l.Find(slug)
		out = append(out, Choice{slug, titleOf(src.Text)})
	}
	return out
}

// titleOf is the title that a file states on a line of its own, read in no time.
func titleOf(text []byte) string {
	for line := range bytes.Lines(text) {
		if title, ok := bytes.CutPrefix(line, []byte("title:")); ok {
			return strings.Trim(strings.TrimSpace(string(title)), `"'`)
		}
	}
	return ""
}

// ArchetypeCodes are the codes of archetypes with their names.
func ArchetypeCodes() []Choice {
	var out []Choice
	for _, a := range deal.Archetypes {
		out = append(out, Choice{a.Code, a.Name})
	}
	return out
}

// PartyNames are the names of the parties of the library's deals.
func (l Library) PartyNames() []Choice {
	var out []Choice
	seen := map[string]bool{}
	for _, slug := range l.Slugs() {
		src, _ := l.Find(slug)
		d, _ := deal.Parse(slug, src.Text)
		for i := 0; d != nil && i < len(d.Parties); i++ {
			if p := d.Parties[i]; !seen[d.Name(p.Key)] {
				seen[d.Name(p.Key)] = true
				out = append(out, Choice{d.Name(p.Key), p.Role})
			}
		}
	}
	return out
}

// ClauseIDs are the ids of a deal's clauses.
func ClauseIDs(src Source) []Choice {
	var out []Choice
	for _, id := range deal.ClauseIDs(src.Text) {
		out = append(out, Choice{id, ""})
	}
	return out
}

// Alternatives are the alternatives of a deal, and the word for all of them.
func Alternatives(src Source) []Choice {
	var out []Choice
	for _, a := range deal.AlternativesOf(src.Text) {
		out = append(out, Choice{a.Name, a.Says})
	}
	if len(out) > 0 {
		out = append(out, Choice{EveryOne, "side by side"})
	}
	return out
}

// Scenarios are the scenarios of a deal, and the word for all of them.
func Scenarios(src Source) []Choice {
	var out []Choice
	for _, s := range deal.ScenariosOf(src.Text) {
		out = append(out, Choice{s.Name, s.Says})
	}
	if len(out) > 0 {
		out = append(out, Choice{EveryOne, "side by side"})
	}
	return out
}

// AmendmentDays are the days from which on a deal is another one.
func AmendmentDays(src Source) []Choice {
	var out []Choice
	for _, a := range deal.AmendmentsOf(src.Text) {
		out = append(out, Choice{a.Date.String(), a.Says})
	}
	return out
}

// pathsMost is how many paths are offered before they are cut to their next part.
const pathsMost = 40

// Assignments are what may be typed after --set once part of it is: paths of a
// deal's values, and after the equals sign the words that a value takes.
func Assignments(src Source, typed string) []Choice {
	all := deal.Paths(src.Text)
	if path, _, ok := strings.Cut(typed, "="); ok {
		return assigned(all, path)
	}
	var out []Choice
	for _, x := range all {
		if strings.HasPrefix(x.Path, typed) {
			says := x.Doc
			if x.There {
				says = x.Text
			}
			out = append(out, Choice{x.Path + "=", says})
		}
	}
	if len(out) > pathsMost {
		return nextParts(out, typed)
	}
	return out
}

// Variables are the paths of a deal's quantities that can be varied, as many as begin with what is typed.
func Variables(src Source, typed string) []Choice {
	d, _ := deal.Parse(src.Name, src.Text)
	if d == nil {
		return nil
	}
	var out []Choice
	for _, in := range d.Inputs() {
		if _, err := value.ParseUnknown(d, in.Path); err == nil && strings.HasPrefix(in.Path, typed) {
			out = append(out, Choice{in.Path, in.Text})
		}
	}
	if len(out) > pathsMost {
		return nextParts(out, typed)
	}
	return out
}

// assigned are the words that the value at a path takes.
func assigned(all []deal.Settable, path string) []Choice {
	var out []Choice
	for _, x := range all {
		if x.Path == path {
			for _, word := range x.Choices {
				out = append(out, Choice{path + "=" + word, ""})
			}
		}
	}
	return out
}

// nextParts cuts paths after the part that follows what is typed.
func nextParts(paths []Choice, typed string) []Choice {
	var out []Choice
	seen := map[string]bool{}
	for _, p := range paths {
		cut := p
		if i := strings.IndexAny(p.Text[len(typed):], ".["); i >= 0 {
			cut = Choice{Text: p.Text[:len(typed)+i+1]}
		}
		if !seen[cut.Text] {
			seen[cut.Text] = true
			out = append(out, cut)
		}
	}
	return out
}

// completedOn is on how many paths the names of figures are found that need some.
const completedOn = 64

// Figures are the figures that explain follows by the names by which they are asked for, as many
// as begin with what is typed: those of the base run, and of a command once it is named.
func Figures(src Source, d *deal.Deal, typed string) []Choice {
	command, _, named := strings.Cut(typed, ".")
	if of := explainers[command]; named && of != nil {
		return figuresOf(of, explaining{src: src, d: d, figure: typed}, typed)
	}
	var out []Choice
	for _, m := range NewRun(src, Edits{}, d, RunOptions{}).Base.Measures {
		out = append(out, Choice{value.FigureName(&m), m.Doc})
	}
	for _, command := range commandsFollowed() {
		out = append(out, Choice{command + ".", "figures of " + command})
	}
	return out
}

// figuresOf are those of a command. Names are known without sampling where the command can do
// without; what takes long is not looked for.
func figuresOf(of func(explaining) ([]printed, error), q explaining, typed string) []Choice {
	if strings.HasPrefix(typed, "sensitivity.") {
		q.figure = ""
	}
	all, err := of(q)
	if err != nil {
		q.opt = RunOptions{Paths: completedOn, Seed: 1}
		if all, err = of(q); err != nil {
			return nil
		}
	}
	var out []Choice
	for _, x := range all {
		if strings.HasPrefix(x.name, typed) {
			out = append(out, Choice{x.name, ""})
		}
	}
	if len(out) > pathsMost {
		return nextParts(out, typed)
	}
	return out
}
