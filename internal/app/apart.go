// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"slices"
	"strings"

	"offtake/internal/deal"
	"offtake/internal/report"
	"offtake/internal/unit"
	"offtake/internal/value"
	"offtake/internal/value/estimate"
)

// Apart is what differs between two versions of a deal: by clause, and by money.
type Apart struct {
	First, Second *deal.Deal
	Differences   []deal.Difference
	Worth         *value.Versions // nil where clauses of one cannot stand in the other
	Why           string          // why it is nil
}

// NewApart finds what differs.
func NewApart(a, b *deal.Deal, opt value.Options) (*Apart, error) {
	out := &Apart{First: a, Second: b, Differences: a.Differences(b)}
	if alike, apart := a.Alike(b); !alike {
		out.Why = fmt.Sprintf("The two do not have %s in common: clauses of one cannot stand in the other, and no part of a difference in value can be laid to a clause.", apart)
		return out, nil
	}
	var err error
	out.Worth, err = value.Between(a, b, out.Differences, opt)
	return out, err
}

// sections are the pages on what differs; names are those of the two versions.
func (a *Apart) sections(names []string) []report.Section {
	words := report.Section{Title: "What differs", Note: fmt.Sprintf("What %s says, and what %s says instead, by the path at which it can be set.", names[0], names[1])}
	if len(a.Differences) == 0 {
		words.Note = ""
		words.Blocks = []report.Block{report.Paragraph{Text: "Nothing differs in what the two files say of the deal."}}
		return []report.Section{words}
	}
	words.Blocks = []report.Block{a.texts(names)}
	if a.Worth == nil {
		words.Blocks = append(words.Blocks, report.Notice{Kind: report.Note, Text: a.Why})
		return []report.Section{words}
	}
	return []report.Section{words, a.money(names)}
}

// texts is what is said differently.
func (a *Apart) texts(names []string) report.Table {
	t := report.Table{Columns: []report.Column{{Title: "Clause"}, {Title: "", Align: report.AlignLeft}, {Title: "Path", Align: report.AlignLeft},
		{Title: names[0], Align: report.AlignLeft, MinWidth: 12}, {Title: names[1], Align: report.AlignLeft, MinWidth: 12}}}
	for _, x := range a.Differences {
		for k, v := range x.Values {
			clause, how := "", ""
			if k == 0 {
				clause, how = orRest(x.Clause), x.How
			}
			at := strings.TrimPrefix(strings.TrimPrefix(v.Path, "clauses."+x.Clause), ".")
			t.Rows = append(t.Rows, report.Row(clause, how, at, orNothing(v.Was), orNothing(v.Is)))
		}
	}
	return t
}

// orRest names what is no clause.
func orRest(clause string) string {
	if clause == "" {
		return "all else"
	}
	return clause
}

func orNothing(text string) string {
	if text == "" {
		return "-"
	}
	return short(text)
}

// stepName is what a step switches.
func stepName(x value.Switch) string {
	names := slices.Clone(x.Clauses)
	if x.Rest {
		names = append(names, "all else")
	}
	return enumerate(names)
}

// money is the difference in value to each party, step by step.
func (a *Apart) money(names []string) report.Section {
	v, d := a.Worth, a.First
	s := report.Section{Title: "What the difference is worth", Note: fmt.Sprintf(
		"Present values on %s over %s paths, on the same draws. From %s to %s one clause after the other goes over, in the order of the first file, then what only the second has, then all that is no clause; each line is what that step adds. "+
			"The parts come to the whole, but which part a clause gets depends on the order.", d.Signed, unit.FormatCount(v.Paths), names[0], names[1])}
	t := report.Table{Columns: []report.Column{{Title: "Step"}}}
	concerned := a.concerned()
	for _, h := range concerned {
		name := holderName(d, v.Holders[h])
		t.Columns = append(t.Columns, report.Column{Group: "To " + name, Title: "NPV", Align: report.AlignDecimal}, report.Column{Group: "To " + name, Title: "±", Align: report.AlignDecimal})
	}
	line := func(name string, of func(h int) estimate.Estimate) []report.Cell {
		row := report.Row(name)
		for _, h := range concerned {
			e := of(h)
			row = append(row, report.Row(money(d, e.Mean), marginOf(d, e))...)
		}
		return row
	}
	t.Rows = append(t.Rows, line(names[0], func(h int) estimate.Estimate { return v.From[h] }))
	for _, x := range v.Steps {
		t.Rows = append(t.Rows, line("+ "+stepName(x), func(h int) estimate.Estimate { return x.Adds[h] }))
	}
	t.Footer = [][]report.Cell{line(names[1], func(h int) estimate.Estimate { return v.To[h] }), line("difference", func(h int) estimate.Estimate { return v.Total[h] })}
	s.Blocks = append(s.Blocks, t, a.waterfall(names))
	return s
}

// concerned are the places of the holders whose value differs; the first two always.
func (a *Apart) concerned() []int {
	var out []int
	for h := range a.Worth.Holders {
		moved := a.Worth.Total[h].Mean != 0 || slices.ContainsFunc(a.Worth.Steps, func(x value.Switch) bool { return x.Adds[h].Mean != 0 })
		if h < 2 || moved {
			out = append(out, h)
		}
	}
	return out
}

// waterfall is how the supplier's value comes about from one version to the other.
func (a *Apart) waterfall(names []string) report.Bars {
	v, d := a.Worth, a.First
	bars := report.Bars{Title: fmt.Sprintf("How the value to %s gets from %s to %s.", d.Name(d.Supplier()), names[0], names[1]),
		Rows: []report.Bar{{Label: names[0], Value: money(d, v.From[0].Mean), Amount: v.From[0].Mean}}}
	for _, x := range v.Steps {
		bars.Rows = append(bars.Rows, report.Bar{Label: stepName(x), Value: money(d, x.Adds[0].Mean), Amount: x.Adds[0].Mean, Behind: report.Behind{Clauses: x.Clauses}})
	}
	bars.Rows = append(bars.Rows, report.Bar{Label: names[1], Value: money(d, v.To[0].Mean), Amount: v.To[0].Mean, Total: true})
	return bars
}

// ApartJSON is what differs, as data.
type ApartJSON struct {
	Clauses []DifferenceJSON `json:"clauses"`
	Why     string           `json:"no_worth,omitempty"` // why the difference is not attributed
	Worth   []ApartWorth     `json:"worth,omitempty"`
}

// DifferenceJSON is what is said differently of one clause; without an id, of all that is
// none.
type DifferenceJSON struct {
	Clause string          `json:"clause,omitempty"`
	How    string          `json:"how"`
	Values []DifferingJSON `json:"values"`
}

// DifferingJSON is one value that differs.
type DifferingJSON struct {
	Path string `json:"path"`
	Was  string `json:"was,omitempty"`
	Is   string `json:"is,omitempty"`
}

// ApartWorth is the difference in value to one party; its steps come to the total.
type ApartWorth struct {
	Party string      `json:"party"`
	From  Sure        `json:"from"`
	To    Sure        `json:"to"`
	Total Sure        `json:"total"`
	Steps []ApartStep `json:"steps"`
}

// ApartStep is what one step adds.
type ApartStep struct {
	Clauses []string `json:"clauses"`
	Rest    bool     `json:"rest"`
	Adds    Sure     `json:"adds"`
}

func (a *Apart) data() *ApartJSON {
	out := &ApartJSON{Clauses: []DifferenceJSON{}, Why: a.Why}
	for _, x := range a.Differences {
		d := DifferenceJSON{Clause: x.Clause, How: x.How}
		for _, v := range x.Values {
			d.Values = append(d.Values, DifferingJSON(v))
		}
		out.Clauses = append(out.Clauses, d)
	}
	if a.Worth == nil {
		return out
	}
	for h, party := range a.Worth.Holders {
		w := ApartWorth{Party: party, From: sure(a.Worth.From[h]), To: sure(a.Worth.To[h]), Total: sure(a.Worth.Total[h]), Steps: []ApartStep{}}
		for _, x := range a.Worth.Steps {
			w.Steps = append(w.Steps, ApartStep{append([]string{}, x.Clauses...), x.Rest, sure(x.Adds[h])})
		}
		out.Worth = append(out.Worth, w)
	}
	return out
}
