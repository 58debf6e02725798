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
	Status string `json:"status"`          // as of an input, or unknown
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
			j.Value, j.Status, j.Source, j.Reason, j.Line = in.Text, in.Status, in.Source, in.Reason, in.Place.Line
		case f.Default != "":
			j.Reason = usual
		default:
			j.Status = "unknown"
		}
		out = append(out, j)
	}
	return out
}

// judgementTables show those that the file gives, and then the others.
func judgementTables(all []Judgement) []report.Block {
	left := func(titles ...string) []report.Column {
		var out []report.Column
		for _, t := range titles {
			out = append(out, report.Column{Title: t, Align: report.AlignLeft})
		}
		return out
	}
	told := report.Table{Title: "The file says", Columns: left("Input", "Value", "Line", "Status", "Source, or reason of an assumption")}
	untold := report.Table{Title: "The file does not say: assumed as usual, or unknown", Columns: left("Input", "Value", "What it means")}
	for _, j := range all {
		if j.Status == "unknown" || j.Reason == usual {
			value := j.Value
			if value == "" {
				value = "unknown"
			}
			untold.Rows = append(untold.Rows, report.Row(j.Name, value, j.Says))
			continue
		}
		row := report.Row(j.Name, j.Value, "", j.Status, strings.TrimPrefix(strings.TrimSuffix(j.Source+": "+j.Reason, ": "), ": "))
		if j.Line > 0 {
			row[2] = report.Cell{Text: fmt.Sprint(j.Line), Line: j.Line}
		}
		told.Rows = append(told.Rows, row)
	}
	var out []report.Block
	for _, t := range []report.Table{told, untold} {
		if len(t.Rows) > 0 {
			out = append(out, t)
		}
	}
	return out
}
