// SPDX-License-Identifier: Apache-2.0

package app

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"offtake/internal/deal"
	"offtake/internal/report"
	"offtake/internal/unit"
	"offtake/internal/value"
	"offtake/internal/value/estimate"
)

// UsualClauses is how clauses are valued when nobody says: two thousand paths of each coalition.
func UsualClauses() value.ClauseOptions {
	return value.ClauseOptions{Options: value.Options{Paths: 2048, Seed: 1}, Exact: 12, Pairs: 100}
}

// ClauseWorth is what each clause of a deal is worth to each party.
type ClauseWorth struct {
	Source Source
	Edits  Edits
	Deal   *deal.Deal
	Found  *value.Clauses
	Seed   uint64
	Exact  int // up to how many players coalitions are all valued
}

// NewClauseWorth values a loaded deal's clauses.
func NewClauseWorth(src Source, e Edits, d *deal.Deal, opt value.ClauseOptions) (*ClauseWorth, error) {
	found, err := value.ValueClauses(d, opt)
	if err != nil {
		return nil, err
	}
	return &ClauseWorth{Source: src, Edits: e, Deal: d, Found: found, Seed: opt.Seed, Exact: opt.Exact}, nil
}

// ParseGroup reads NAME=ID,ID: clauses that act as one.
func ParseGroup(text string) (value.Player, error) {
	name, ids, ok := strings.Cut(text, "=")
	p := value.Player{Name: name}
	for id := range strings.SplitSeq(ids, ",") {
		p.Clauses = append(p.Clauses, strings.TrimSpace(id))
	}
	if !ok || name == "" || slices.Contains(p.Clauses, "") {
		return p, Misuse{Says: fmt.Sprintf("--group %s: write NAME=ID,ID, such as capital=series-g,delayed-draw", text)}
	}
	return p, nil
}

// Report is the page: a table and a chart for each party, then what works
// together, and how it was found.
func (c *ClauseWorth) Report() *report.Document {
	doc := &report.Document{Title: c.Deal.Title, Subtitle: c.subtitle(), File: &report.File{Name: c.Source.Name, Text: string(c.Source.Text)}}
	for h, party := range c.Found.Holders {
		if s, any := c.section(h, party); any {
			doc.Sections = append(doc.Sections, s)
		}
	}
	if s, any := c.together(); any {
		doc.Sections = append(doc.Sections, s)
	}
	doc.Sections = append(doc.Sections, c.method())
	return doc
}

func (c *ClauseWorth) subtitle() string {
	return fmt.Sprintf("What each clause is worth, as a present value on %s: means over %s sampled paths (seed %d), each ± half its 95%% confidence interval.",
		c.Deal.Signed, unit.FormatCount(c.Found.Paths), c.Seed)
}

// holder is whose value it is.
func (c *ClauseWorth) holder(party string) string { return holderName(c.Deal, party) }

// section is what the clauses are worth to one party; none to whom no clause is worth
// anything.
func (c *ClauseWorth) section(h int, party string) (report.Section, bool) {
	of := c.Found.Division.Parties[h]
	if !slices.ContainsFunc(of.Shapley, func(e estimate.Estimate) bool { return e.Mean != 0 }) {
		return report.Section{}, false
	}
	s, lines := report.Section{Title: "Worth to " + c.holder(party)}, map[string]int{}
	for _, item := range items(c.Deal) {
		lines[item.ID] = item.Line
	}
	t := report.Table{Columns: []report.Column{{Title: "Clause"}}, Note: fmt.Sprintf(
		"Worth is what the clause adds, averaged over all orders in which the clauses might be agreed (Shapley value); the rows add up. One %% of the cost of compute is %s. Alone is what it adds where nothing else is agreed, last where all else is.",
		money(c.Deal, 0.01*c.Found.SpendCents))}
	for _, title := range []string{"Worth", "±", "% of cost", "Alone", "Last", "±"} {
		t.Columns = append(t.Columns, report.Column{Title: title, Align: report.AlignDecimal})
	}
	bars := report.Bars{Title: "How the worth of the deal to " + c.holder(party) + " comes about, from nothing agreed on.",
		Rows: []report.Bar{{Label: "nothing agreed", Value: money(c.Deal, of.Nobody.Mean), Amount: of.Nobody.Mean}}}
	for i, p := range c.Found.Players {
		w := of.Shapley[i]
		row := report.Row(p.Name, money(c.Deal, w.Mean), c.margin(w), c.percent(w.Mean), money(c.Deal, of.Alone[i].Mean), money(c.Deal, of.Last[i].Mean), c.margin(of.Last[i]))
		row[0].Line = lines[p.Clauses[0]]
		t.Rows = append(t.Rows, row)
		bars.Rows = append(bars.Rows, report.Bar{Label: p.Name, Value: money(c.Deal, w.Mean), Amount: w.Mean, Behind: report.Behind{Clauses: p.Clauses}})
	}
	whole := of.Nobody.Mean + of.Total.Mean
	t.Footer = append(t.Footer, report.Row("all of them", money(c.Deal, of.Total.Mean), c.margin(of.Total), c.percent(of.Total.Mean), "", "", ""))
	bars.Rows = append(bars.Rows, report.Bar{Label: "the whole deal", Value: money(c.Deal, whole), Amount: whole, Total: true})
	s.Blocks = append(s.Blocks, t, bars)
	return s, true
}

func (c *ClauseWorth) margin(e estimate.Estimate) string { return marginOf(c.Deal, e) }

// marginOf is half a confidence interval of an amount, where it is known.
func marginOf(d *deal.Deal, e estimate.Estimate) string {
	if math.IsNaN(e.Margin) {
		return ""
	}
	return money(d, e.Margin)
}

// percent is an amount as a share of the present value of spend.
func (c *ClauseWorth) percent(cents float64) string {
	if c.Found.SpendCents <= 0 {
		return "-"
	}
	return unit.FormatRate(math.Round(1e4*cents/c.Found.SpendCents) / 1e4)
}

// pairsShown is how many interactions are shown at most.
const pairsShown = 6

// together shows which clauses are worth more, or less, because of each other, as far
// as it can be told from zero.
func (c *ClauseWorth) together() (report.Section, bool) {
	type pair struct {
		i, j int
		e    estimate.Estimate
	}
	of := c.Found.Division.Parties[0]
	var all []pair
	for i := range of.Pairs {
		for j := range i {
			if e := of.Pairs[i][j]; e.Mean != 0 && math.Abs(e.Mean) > e.Margin {
				all = append(all, pair{j, i, e})
			}
		}
	}
	if len(all) == 0 {
		return report.Section{}, false
	}
	slices.SortStableFunc(all, func(a, b pair) int { return cmp.Compare(math.Abs(b.e.Mean), math.Abs(a.e.Mean)) })
	t := report.Table{Columns: []report.Column{{Title: "Clauses"}, {Title: "To " + c.holder(c.Found.Holders[0]), Align: report.AlignDecimal}, {Title: "±", Align: report.AlignDecimal}},
		Note: "What each of the two adds to the other (Shapley interaction): above zero they need each other, below zero one does in part what the other does. Left out is what cannot be told from zero, and what is smaller."}
	for _, p := range all[:min(len(all), pairsShown)] {
		row := report.Row(c.Found.Players[p.i].Name+" and "+c.Found.Players[p.j].Name, money(c.Deal, p.e.Mean), money(c.Deal, p.e.Margin))
		t.Rows = append(t.Rows, row)
	}
	return report.Section{Title: "What clauses do together", Blocks: []report.Block{t}}, true
}

// method says how it was found.
func (c *ClauseWorth) method() report.Section {
	f := c.Found
	s := report.Section{Title: "How it was found"}
	add := func(format string, args ...any) {
		s.Blocks = append(s.Blocks, report.Paragraph{Text: fmt.Sprintf(format, args...)})
	}
	of := "all"
	if !f.Exact {
		of = "those that arise in sampled orders and when neighbours in them change places, of all"
	}
	add("The deal was run with %s %s coalitions of its %s clauses: the clauses of a coalition agreed, and in the place of each other one what the parties would have had instead. %s of them were valued, on the same draws.",
		of, unit.FormatCount(1<<len(f.Players)), unit.FormatCount(len(f.Players)), unit.FormatCount(f.Evaluations))
	if f.CommonDraws > 1 {
		add("Common draws make the worth of a last clause %s times as certain, in variance, as draws of each run's own would, in the middle of the clauses.", unit.FormatCount(int(math.Round(f.CommonDraws))))
	}
	buyer := c.Deal.Name(c.Deal.Buyer())
	if f.Rules == nil {
		add("%s chooses as the file has it, whatever is agreed.", buyer)
	} else {
		var used []string
		for k, n := range f.Chosen {
			if n > 0 {
				used = append(used, fmt.Sprintf("%s (%s)", f.Rules[k].Name, unit.FormatCount(n)))
			}
		}
		by := "under all of them that is: " + f.Rules[f.All].Name
		if len(used) > 1 {
			by = fmt.Sprintf("%s. Under all clauses that is: %s; where nothing is agreed: %s", strings.Join(used, "; "), f.Rules[f.All].Name, f.Rules[f.None].Name)
		}
		add("In each coalition %s chooses by the one of %d rules that is best for its other holders, found on other paths: %s. With the rule of the file the whole deal is worth %s to %s; --rules written has it so throughout.",
			buyer, len(f.Rules), by, money(c.Deal, f.AsWritten.Mean(0)), c.holder(f.Holders[0]))
	}
	if len(f.Idle) > 0 {
		add("Worth nothing, because nothing that is computed depends on them: %s. What such rights bring the parties otherwise is in no figure.", strings.Join(f.Idle, ", "))
	}
	return s
}
