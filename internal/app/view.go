// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"slices"
	"strings"

	"offtake/internal/clause"
	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/report"
	"offtake/internal/unit"
	"offtake/internal/value"
)

// Readers are those for whom a page of their own questions can be asked.
var Readers = []string{"lab", "cloud", "investor", "lender", "regulator", "competitor", "customer"}

// ReaderChoices are the readers with a word about each.
func ReaderChoices() []Choice {
	says := []string{"the buyer of compute", "its supplier", "who holds or buys shares of the lab", "who lends to the cloud for what it builds",
		"who asks after competition", "another supplier of compute", "who buys what the lab sells"}
	var out []Choice
	for i, name := range Readers {
		out = append(out, Choice{name, says[i]})
	}
	return out
}

// ViewOptions say for whom a page is, and what no deal file says.
type ViewOptions struct {
	Reader string
	Shares []MarketShare      // for the regulator
	Prices map[string]float64 // likewise: what vertical pressure is reckoned from, by name
}

// A View is a deal's page for one reader: its questions, answered.
type View struct {
	ViewOptions
	run     *Run
	years   []viewYear
	Answers []Answer
	Flags   []Flag
}

// An Answer is one question with its answer.
type Answer struct {
	Question string
	Says     string // one or two sentences
	Figures  []Told
	Clauses  []string       // ids of those whose text answers
	Blocks   []report.Block // tables and charts
	Assumed  string         // what the answer takes for granted
	Rests    []string       // parts of the file whose inputs it rests on
}

// Told is one figure of an answer.
type Told struct {
	Label string
	Reading
}

// NewView answers a reader's questions on a sampled run.
func NewView(r *Run, opt ViewOptions) (*View, error) {
	v := &View{ViewOptions: opt, run: r, years: r.viewYears()}
	if opt.Reader != "regulator" && (len(opt.Shares) > 0 || len(opt.Prices) > 0) {
		return nil, Misuse{"--share and --pressure are for the regulator's page"}
	}
	switch opt.Reader {
	case "lab":
		v.Answers = v.lab()
	case "cloud":
		v.Answers = v.cloud()
	case "investor":
		v.Answers = v.investor()
	case "lender":
		v.Answers = v.lender()
	case "regulator":
		if err := v.regulator(); err != nil {
			return nil, err
		}
	case "competitor":
		v.Answers = v.competitor()
	case "customer":
		v.Answers = v.customer()
	default:
		return nil, Misuse{fmt.Sprintf("--for %s: give one of %s", opt.Reader, strings.Join(Readers, ", "))}
	}
	return v, nil
}

// SampleFor runs a loaded deal as a view needs it: with flows, the parts of its value, and the need by year.
func SampleFor(src Source, e Edits, d *deal.Deal, opt RunOptions) *Run {
	r := newRun(src, e, d, RunOptions{})
	sampling := opt.sampling()
	sampling.Apart = true
	r.Options = opt
	r.Sample, r.lasting = sample(r.Base.Job.Detailed(nil).Flowing().Needing(r.needs()), sampling)
	return r
}

// lab and cloud by their names.
func (v *View) labName() string   { return v.run.Deal.Name(v.run.Deal.Buyer()) }
func (v *View) cloudName() string { return v.run.Deal.Name(v.run.Deal.Supplier()) }

// books are the deal in the books of its sides, on as many paths.
func (v *View) books() *Accounts {
	return NewAccounts(v.run.Source, v.run.Edits, v.run.Deal, RunOptions{Paths: v.run.Options.Paths, Seed: v.run.Options.Seed, Workers: v.run.Options.Workers})
}

// figure is a measure under a label.
func (v *View) figure(label, name, party, why string) Told {
	return Told{label, v.run.reading(name, party, "", 0, why)}
}

// of are the clauses of some kinds that a test holds for; any, where it is nil.
func (v *View) of(test func(clause.Clause) bool, kinds ...string) []string {
	var out []string
	for _, c := range v.run.Deal.Clauses {
		if slices.Contains(kinds, c.Kind()) && (test == nil || test(c)) && !v.run.Deal.Implied(c.Head().ID) {
			out = append(out, c.Head().ID)
		}
	}
	return out
}

// Report is the page.
func (v *View) Report() *report.Document {
	r := v.run
	doc := &report.Document{Title: fmt.Sprintf("%s: for %s", r.Deal.Title, readerWords[v.Reader]), File: &report.File{Name: r.Source.Name, Text: string(r.Source.Text)},
		Subtitle: fmt.Sprintf("%s Means over %s sampled paths (seed %d), ± half a 95%% confidence interval; in brackets where 90%% of paths lie, then what offtake explain calls the figure. Tables by year are means over the same paths; what is owed whatever is taken is of the terms, and has no error.",
			dates(r.Deal), unit.FormatCount(r.Sample.Paths), r.Options.Seed)}
	if len(v.Flags) > 0 {
		doc.Sections = append(doc.Sections, v.flagTable())
	}
	quoted := map[string]bool{}
	for _, a := range v.Answers {
		doc.Sections = append(doc.Sections, v.section(a, quoted))
	}
	last := &doc.Sections[len(doc.Sections)-1]
	last.Blocks = append(last.Blocks, report.Paragraph{Text: notAdvice})
	return doc
}

const notAdvice = "These are answers and flags from the terms and assumptions of one file, not advice."

var readerWords = map[string]string{"lab": "the lab", "cloud": "the cloud", "investor": "an investor", "lender": "a lender to the cloud", "regulator": "a regulator",
	"competitor": "a competing supplier", "customer": "a customer of the lab"}

// section is one answer; clauses that are quoted already are named only.
func (v *View) section(a Answer, quoted map[string]bool) report.Section {
	s := report.Section{Title: a.Question, Blocks: []report.Block{report.Paragraph{Text: a.Says}}}
	var rows []report.Figure
	for _, x := range a.Figures {
		f := report.Figure{Label: x.Label, Value: x.Text, Note: strings.TrimSpace(x.Error + x.Why + keys(x.Figures))}
		if len(x.Reading.Figures) > 0 {
			f.Behind = v.behind(x.Reading.Figures[0])
		}
		rows = append(rows, f)
	}
	if len(rows) > 0 {
		s.Blocks = append(s.Blocks, report.Figures{Rows: rows})
	}
	s.Blocks = append(s.Blocks, a.Blocks...)
	var above []string
	fresh := slices.DeleteFunc(slices.Clone(a.Clauses), func(id string) bool { return quoted[id] })
	for _, id := range a.Clauses {
		if quoted[id] && !slices.Contains(above, id) {
			above = append(above, id)
		}
		quoted[id] = true
	}
	if texts := v.texts(fresh); len(texts) > 0 {
		s.Blocks = append(s.Blocks, report.Clauses{Items: texts})
	}
	if len(above) > 0 {
		s.Blocks = append(s.Blocks, report.Paragraph{Text: "Quoted above: " + enumerate(above) + "."})
	}
	if assumed := v.assumed(a); assumed != "" {
		s.Blocks = append(s.Blocks, report.Notice{Kind: report.Note, Text: assumed})
	}
	return s
}

// keys names figures as explain takes them.
func keys(figures []string) string {
	if len(figures) == 0 {
		return ""
	}
	return " [" + strings.Join(figures, ", ") + "]"
}

// behind is what a figure comes of.
func (v *View) behind(figure string) report.Behind {
	i := slices.IndexFunc(v.run.Base.Measures, func(m measure.Measure) bool { return value.FigureName(&m) == figure })
	if i < 0 {
		return report.Behind{}
	}
	return v.run.behindOf(v.run.Base.Measures[i])
}

// texts are clauses in English.
func (v *View) texts(ids []string) []report.Clause {
	var out []report.Clause
	for _, x := range items(v.run.Deal) {
		if slices.Contains(ids, x.ID) {
			out = append(out, x)
		}
	}
	return out
}

// assumed says what an answer takes for granted: in words, and which parts of the file it
// rests on that no source states.
func (v *View) assumed(a Answer) string {
	var sourced, not []string
	for _, root := range a.Rests {
		any, facts := false, 0
		for _, in := range v.run.Deal.Inputs() {
			if in.Path != root && !within(in.Path, root) {
				continue
			}
			if any = true; in.Status != deal.Assumed {
				facts++
			}
		}
		switch {
		case !any:
		case facts == 0:
			not = append(not, root)
		default:
			sourced = append(sourced, root)
		}
	}
	out := a.Assumed
	if len(not) > 0 {
		out += " Assumed by the file, with no source: " + enumerate(not) + "."
	}
	if len(sourced) > 0 {
		out += " With sources for a part at least: " + enumerate(sourced) + "."
	}
	return strings.TrimSpace(out)
}
