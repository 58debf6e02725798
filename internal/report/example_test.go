// SPDX-License-Identifier: Apache-2.0

package report_test

import (
	"os"

	"offtake/internal/report"
)

func ExampleText() {
	money := func(title string) report.Column { return report.Column{Title: title, Unit: "$B"} }
	d := &report.Document{
		Sections: []report.Section{
			{Title: "Headline figures", Blocks: []report.Block{
				report.Figures{Rows: []report.Figure{
					{Label: "Commitment to first cheque", Value: "20.0×"},
					{Label: "Round trip", Value: "month 21", Note: "cash paid reaches cash got"},
					{Label: "Premium over fair value", Value: "-$390M"},
				}},
				report.Table{
					Columns: []report.Column{{Title: "year"}, money("paid in"), money("paid for compute")},
					Rows:    [][]report.Cell{report.Row("1", "9.0", "8.5"), report.Row("2", "8.0", "10.0")},
					Footer:  [][]report.Cell{{{Text: "in all"}, {Text: "17.0"}, {Text: "18.5", Strong: true, Warn: true}}},
					Note:    "! More than was put in.",
				},
				report.Bars{Title: "Parts of its value, in present dollars.", Rows: []report.Bar{
					{Label: "overcharge", Value: "$4.67B", Amount: 4.67},
					{Label: "premium", Value: "-$390M", Amount: -0.39},
					{Label: "in all", Value: "$4.28B", Amount: 4.28, Total: true},
				}},
				report.Notice{Kind: report.Note, Text: "The base run takes the mean of every input."},
			}},
		},
	}
	report.Text(os.Stdout, d, report.TextOptions{Width: 64})
	// Output:
	// HEADLINE FIGURES
	// ────────────────────────────────────────────────────────────────
	// Commitment to first cheque      20.0×
	// Round trip                   month 21
	//     cash paid reaches cash got
	// Premium over fair value        -$390M
	//
	// in $B
	//
	// year     paid in   paid for compute
	// ───────────────────────────────────
	// 1            9.0                8.5
	// 2            8.0               10.0
	// ───────────────────────────────────
	// in all      17.0               18.5!
	//
	// ! More than was put in.
	//
	// Parts of its value, in present dollars.
	//
	// overcharge  $4.67B      ┝━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
	// premium     -$390M  ╺━━━┥
	// ────────────────────────────────────────────────────────────────
	// in all      $4.28B      ┝━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╸
	//
	// note     The base run takes the mean of every input.
}
