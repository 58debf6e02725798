// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"slices"
	"strings"

	"offtake/internal/contract"
	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/policy"
	"offtake/internal/report"
	"offtake/internal/unit"
)

// Report is the whole report of a run.
func (r *Run) Report() *report.Document {
	sections := []report.Section{termSheet(r.Deal, r.Source.Name)}
	if s, any := disagreement(r.Deal); any {
		sections = append(sections, s)
	}
	if s, any := beliefs(r.Deal); any {
		sections = append(sections, s)
	}
	sections = append(sections, r.headline(), r.value())
	if r.Sample != nil {
		sections = append(sections, r.risk())
	}
	if s, any := r.owners(); any {
		sections = append(sections, s)
	}
	sections = append(sections, r.flows(), r.ledgers(), r.cash())
	if r.Sample != nil {
		sections = append(sections, r.everyMeasure())
	}
	return &report.Document{Title: r.Deal.Title, Subtitle: r.subtitle(), Sections: append(sections, inputs(r.Deal))}
}

// TermSheet is the contract in English.
func TermSheet(d *deal.Deal, file string) *report.Document {
	sections := []report.Section{termSheet(d, file)}
	if s, any := disagreement(d); any {
		sections = append(sections, s)
	}
	if s, any := beliefs(d); any {
		sections = append(sections, s)
	}
	return &report.Document{Title: d.Title, Subtitle: dates(d), Sections: append(sections, inputs(d))}
}

func dates(d *deal.Deal) string {
	return fmt.Sprintf("Signed on %s, for %s from %s%s.", d.Signed, d.Term.Words(), d.Starts, formWords(d))
}

func (r *Run) subtitle() string {
	s := dates(r.Deal)
	if r.Sample != nil {
		return s + " " + r.sampleWords()
	}
	s += " Figures are of the base run, which takes the mean of every input"
	if len(r.Base.Job.Plan.BaseWeights()) > 1 {
		s += " and weighs each step in which " + r.Deal.Name(r.Deal.Buyer()) + " might default"
	}
	return s + "."
}

// sampleWords say how many paths there were, of what kind, and why no more.
func (r *Run) sampleWords() string {
	x := r.Sample
	kind := "of plain pseudo-random numbers"
	if !x.Plain {
		kind = fmt.Sprintf("from %d scramblings of %s Sobol points each", measure.Groups, unit.FormatCount(x.Paths/measure.Groups))
	}
	controls := ""
	if len(x.Controls) > 0 {
		controls = "; means of amounts use control variates (docs/models/sampling.md)"
	}
	s := fmt.Sprintf("Figures are means over %s sampled paths %s (seed %d), each ± half its 95%% confidence interval; ratios and rates are those of the mean flows%s.",
		unit.FormatCount(x.Paths), kind, r.Options.Seed, controls)
	switch {
	case x.Met:
		s += fmt.Sprintf(" The errors asked for, %s, are met.", unit.FormatRate(r.Options.Until))
	case x.Stopped:
		s += " Stopped before its end: this is what was known by then."
	case r.Options.Until > 0:
		s += fmt.Sprintf(" The errors asked for, %s, are not met.", unit.FormatRate(r.Options.Until))
	case x.Paths > r.Options.Paths && !r.Options.Usual:
		s += fmt.Sprintf(" %s were asked for; a whole power of two of each scrambling is run.", unit.FormatCount(r.Options.Paths))
	}
	return s
}

// termSheet is every clause as a sentence with its place in the file.
func termSheet(d *deal.Deal, file string) report.Section {
	list := items(d)
	s := report.Section{Title: "Term sheet", Role: report.Terms, Note: parties(d) + unitSays(d, list), Blocks: []report.Block{report.Clauses{Items: list}}}
	s.Blocks = append(s.Blocks, changes(d)...)
	s.Blocks = append(s.Blocks, before(d)...)
	for _, id := range d.Off() {
		s.Blocks = append(s.Blocks, report.Notice{Kind: report.Note, Text: fmt.Sprintf("%s is switched off. %s", id, withoutSays(d, id))})
	}
	return withBlock(s, report.Paragraph{Text: "By assumption: " + strings.Join(rules(d), " ")})
}

// rules says how the buyer decides, each rule in a sentence.
func rules(d *deal.Deal) []string {
	out := []string{d.Policy.Take.Explain(d.Name(d.Buyer()))}
	if offers(d, contract.DrawSlot) {
		out = append(out, d.Policy.Draw.Explain(d.Step.String()))
	}
	for _, x := range []struct {
		kind contract.SlotKind
		says string
	}{{contract.CallSlot, d.Policy.Call.Explain()}, {contract.ResellSlot, d.Policy.Resell.Explain()},
		{contract.LeaveSlot, d.Policy.Leave.Explain()}, {contract.DismissSlot, d.Policy.Supplier.Explain()},
		{contract.ExerciseSlot, d.Policy.Exercise.Explain()}, {contract.ConvertSlot, d.Policy.Convert.Explain()}, {contract.JoinSlot, d.Policy.Join.Explain()},
		{contract.PutSlot, d.Policy.Put.Explain()}, {contract.BuySlot, d.Policy.Buy.Explain()}, {contract.ExtendSlot, d.Policy.Extend.Explain()},
		{contract.SellSlot, d.Policy.Sell.Explain()}} {
		if offers(d, x.kind) {
			out = append(out, x.says)
		}
	}
	if offers(d, contract.RepaySlot) {
		out = append(out, d.Policy.Repay.Explain())
	}
	if offers(d, contract.ChargeSlot) {
		out = append(out, d.Policy.Charge.Explain())
	}
	return out
}

func withBlock(s report.Section, b report.Block) report.Section {
	s.Blocks = append(s.Blocks, b)
	return s
}

// offers tells whether the deal gives somebody an election of that kind.
func offers(d *deal.Deal, kind contract.SlotKind) bool {
	return slices.Contains(policy.SlotsOf(d.Program(false)), kind)
}

// enumerate joins names as a sentence does.
func enumerate(names []string) string {
	if n := len(names); n > 2 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, " and ")
}

// counted writes a number of things.
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func withoutSays(d *deal.Deal, id string) string {
	for _, c := range d.SwitchedOff() {
		if c.Head().ID == id {
			return c.Without().Says
		}
	}
	return ""
}

// inputs says what the deal rests on: sourced facts and assumptions.
func inputs(d *deal.Deal) report.Section {
	count := map[string]int{}
	all := d.Inputs()
	for _, in := range all {
		count[in.Status]++
	}
	facts := deal.Sourced(all)
	s := report.Section{Title: "What this rests on", Note: fmt.Sprintf(
		"%s: %s and %s. An assumption is nobody's claim but this file's.", counted(len(all), "input"), counted(facts, "sourced fact"), counted(count["assumption"], "assumption"))}
	var rows [][]report.Cell
	for _, status := range []string{"filing", "announcement", "press", "estimate", "assumption"} {
		if count[status] > 0 {
			rows = append(rows, report.Row(status, fmt.Sprint(count[status]), strings.Join(sourcesOf(d, all, status), "; ")))
		}
	}
	s.Blocks = append(s.Blocks, report.Table{Rows: rows,
		Columns: []report.Column{{Title: "Status"}, {Title: "Inputs"}, {Title: "Source", Align: report.AlignLeft}}})
	return s
}

// sourcesOf names the sources of the inputs of a status, each once.
func sourcesOf(d *deal.Deal, all []deal.Input, status string) []string {
	var out []string
	seen := map[string]bool{}
	for _, in := range all {
		if in.Status != status || in.Source == "" || seen[in.Source] {
			continue
		}
		seen[in.Source] = true
		for _, src := range d.Sources {
			if src.Key == in.Source {
				out = append(out, fmt.Sprintf("%s, %s", src.Publisher, src.Title))
			}
		}
	}
	return out
}

// money writes an amount in cents.
func money(d *deal.Deal, cents float64) string { return unit.FormatMoney(cents, d.Currency) }
