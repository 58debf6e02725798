// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"slices"
	"strings"

	"offtake/internal/deal"
	"offtake/internal/field"
	"offtake/internal/report"
)

// A Judgement is one input of a block that stands beside the terms of the deal, given by
// the file or not.
type Judgement struct {
	Name   string `json:"name"`            // below the block: debt.rate
	Value  string `json:"value,omitempty"` // as the file says it, or the default; left out where there is neither
	Status string `json:"status"`          // as of an input
	Source string `json:"source,omitempty"`
	Reason string `json:"reason,omitempty"`
	Line   int    `json:"line,omitempty"`
	Says   string `json:"-"` // what it means
}

// usual is why a value is what it is that the file does not give.
const usual = "the file does not say: taken as usual"

// judgements are all inputs of a block of the file, in the order of its table.
func judgements(d *deal.Deal, block string) []Judgement {
	fields := deal.Fields()
	i := slices.IndexFunc(fields, func(f field.Field) bool { return f.Name == block })
	return judged(d, block, "", fields[i].Fields())
}

func judged(d *deal.Deal, block, within string, table []field.Field) []Judgement {
	var out []Judgement
	for _, f := range table {
		name := strings.TrimPrefix(within+"."+f.Name, ".")
		if f.Kind == field.Group {
			out = append(out, judged(d, block, name, f.Fields())...)
			continue
		}
		j := Judgement{Name: name, Value: f.Default, Status: deal.Assumed, Says: f.Doc}
		switch in, ok := d.Input(block + "." + name); {
		case ok:
			j.Value, j.Status, j.Source, j.Reason, j.Line = in.Text, in.Status, in.Source, because(in), in.Place.Line
		case f.Default != "":
			j.Reason = usual
		default:
			j.Status = "unknown"
		}
		out = append(out, j)
	}
	return out
}

// judgementTable shows them, those of the file first to the eye.
func judgementTable(all []Judgement) report.Table {
	t := report.Table{Columns: []report.Column{{Title: "Input", Align: report.AlignLeft}, {Title: "Value", Align: report.AlignLeft}, {Title: "Line", Align: report.AlignRight},
		{Title: "Status", Align: report.AlignLeft}, {Title: "Why, or what it means", Align: report.AlignLeft, MinWidth: 28}}}
	for _, j := range all {
		row := report.Row(j.Name, j.Value, "", j.Status, j.Reason)
		if j.Line > 0 {
			row[2] = report.Cell{Text: fmt.Sprint(j.Line), Line: j.Line}
		}
		if j.Reason == "" || j.Reason == usual {
			row[4].Text = j.Says
		}
		if j.Value == "" {
			row[1].Text = "not given"
		}
		t.Rows = append(t.Rows, row)
	}
	n := 0
	for _, j := range all {
		if j.Reason == usual {
			n++
		}
	}
	if n > 0 {
		t.Note = fmt.Sprintf("%s without a line: the file does not say, and the usual value is an assumption.", counted(n, "value"))
	}
	return t
}
