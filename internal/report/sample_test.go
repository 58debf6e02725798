// SPDX-License-Identifier: Apache-2.0

package report

import (
	"fmt"
	"math"
)

// The sample is modelled on the public facts of the agreement of April 2026 (Amazon, Form
// 10-Q for the second quarter of 2026): $5B of Series G at $350B pre-money, a facility of
// up to $20B, at least $100B of compute over ten years. Yearly needs are invented; the
// ledger follows from them by hand with price 0.9, make-up of three years, carry-forward
// capped at 10% and 15% deferral in years 1 to 4.

func sample() *Document {
	return &Document{
		Title:    "Amazon and Anthropic, April 2026",
		Subtitle: "$5.00B of Series G now and up to $20.0B later, for at least $100B of compute on AWS over ten years from 1 May 2026.",
		Sections: []Section{
			{Title: "Term sheet", Note: "Each clause as the file says it, with the line where it stands.", Blocks: []Block{sampleClauses()}},
			{Title: "Headline figures", Blocks: []Block{sampleFigures()}},
			{Title: "Who pays whom", Blocks: []Block{sampleFlows(), sampleChart()}},
			{Title: "The commitment's ledger", Blocks: []Block{sampleLedger()}},
			{Title: "What it is worth to Amazon", Blocks: []Block{sampleBars()}},
			{Title: "Where the numbers come from", Blocks: []Block{
				Figures{Rows: []Figure{
					{Label: "Sourced facts", Value: "14", Note: "11 from filings, 2 from announcements, 1 from the press"},
					{Label: "Assumptions", Value: "23", Note: "of which 9 move the provider's value by more than $1.00B"},
				}},
				Notice{Warning, "clauses.delivery: the capacity holds 1.0\u00a0GW at constant units per GW for ten years; units per GW rise with each generation of chips."},
				Notice{Note, "The base run takes the mean of every input and thereby understates deficiency."},
			}},
		},
	}
}

func sampleClauses() Clauses {
	return Clauses{[]Clause{
		{ID: "series-g", Place: "deal.yaml:12", Text: "Amazon buys $5.00B of preferred stock of Anthropic for cash at signing, at $350B before the money; the round is $5.00B in all."},
		{ID: "delayed-draw", Place: "deal.yaml:21", Text: "Anthropic may draw up to $20.0B from Amazon in convertible notes, as Amazon delivers compute: $4.00B for each 200 MW. What is not drawn expires 30 months after a listing.", Mark: "conditional"},
		{ID: "delivery", Place: "deal.yaml:34", Text: "Amazon delivers 1.0 GW from May 2026, refreshed with each generation of chips."},
		{ID: "list", Place: "deal.yaml:41", Text: "Anthropic pays 90% of Amazon's list price, whatever that is when a unit is taken."},
		{ID: "aws-spend", Place: "deal.yaml:46", Text: "Anthropic spends at least $100B with Amazon over ten years, $10.0B in each, take or pay. What it pays for and does not take it may take within three years above that year's minimum; 15% of years 1 to 4 may be deferred once, and up to 10% may be carried forward."},
	}}
}

func sampleFigures() Figures {
	const size, time, value, stake = "Size", "Time", "Value to Amazon", "Stake"
	return Figures{[]Figure{
		{Group: size, Label: "Commitment to first cheque", Value: "20.0×", Note: ""},
		{Group: size, Label: "Commitment to all capital", Value: "4.0×", Note: "if the facility is drawn in full"},
		{Group: size, Label: "Commitment to capital, present values", Value: "16.1×", Note: ""},
		{Group: size, Label: "the same, weighted by survival", Value: "13.4×", Note: "hazard 4% a year, nothing recovered"},
		{Group: size, Label: "the same, weighted by margin", Value: "6.0×", Note: ""},
		{Group: size, Label: "Coverage of the minimum by need", Value: "103%", Note: "nominal"},
		{Group: size, Label: "Coverage, present values", Value: "101%", Note: ""},
		{Group: time, Label: "Spend that the cheque funds", Value: "6.0 months", Note: ""},
		{Group: time, Label: "Round trip", Value: "month 19", Note: "Anthropic has then paid Amazon as much as it got from it"},
		{Group: value, Label: "Present value of spend", Value: "$76.7B", Note: "riskless, 5% a year"},
		{Group: value, Label: "Overcharge", Value: "$4.67B", Note: "units at 8% over the market price"},
		{Group: value, Label: "Deficiency, net of make-up", Value: "$1.02B", Note: ""},
		{Group: value, Label: "Gain of supply", Value: "$23.7B", Note: "if sunk; $0.00B if scarce, -$6.10B if built for it"},
		{Group: value, Label: "Premium over fair value", Value: "-$390M", Note: "Amazon pays $5.00B for a stake worth $4.61B"},
		{Group: value, Label: "Credit loss", Value: "-$1.91B", Note: ""},
		{Group: value, Label: "Net price of the equity", Value: "$332M", Note: ""},
		{Group: value, Label: "NPV", Value: "$26.0B", Note: "undetermined: $4.30B if capacity is scarce"},
		{Group: stake, Label: "Share bought", Value: "1.30%", Note: ""},
		{Group: stake, Label: "Break-even mark-up", Value: "8.62%", Note: "at which the price of compute alone repays the cheque"},
		{Group: stake, Label: "the same against fair value", Value: "0.62%", Note: ""},
	}}
}

func sampleFlows() Table {
	cash := func(group, title string) Column { return Column{Group: group, Title: title, Unit: "$B"} }
	return Table{
		Title: "Cash by contract year",
		Columns: []Column{
			{Title: "contract year"},
			cash("Amazon pays", "equity"), cash("Amazon pays", "facility drawn"),
			cash("Anthropic pays", "compute"), cash("Anthropic pays", "deficiency"),
			cash("to Amazon", "net"), cash("to Amazon", "in all"),
		},
		Rows: [][]Cell{
			Row("1", "5.0", "4.0", "6.5", "2.0", "-0.5", "-0.5"),
			Row("2", "–", "8.0", "8.8", "1.2", "2.0", "1.5"),
			Row("3", "–", "8.0", "9.9", "0.1", "2.0", "3.5"),
			Row("4", "–", "–", "11.2", "–", "11.2", "14.7"),
			Row("5", "–", "–", "11.3", "–", "11.3", "26.0"),
			Row("6", "–", "–", "13.1", "–", "13.1", "39.1"),
			Row("7", "–", "–", "9.2", "–", "9.2", "48.3"),
			{{Text: "8"}, {Text: "–"}, {Text: "–"}, {Text: "8.1"}, {Text: "0.9", Warn: true}, {Text: "9.0"}, {Text: "57.3"}},
			Row("9", "–", "–", "10.5", "–", "10.5", "67.8"),
			Row("10", "–", "–", "12.3", "–", "12.3", "80.1"),
		},
		Footer: [][]Cell{{{Text: "in all", Strong: true}, {Text: "5.0", Strong: true}, {Text: "20.0", Strong: true}, {Text: "100.9", Strong: true}, {Text: "4.2", Strong: true}, {Text: "80.1", Strong: true}}},
		Note:   "! In year 8 a deficiency is paid although need over the term is above the minimum.",
	}
}

func sampleLedger() Table {
	t := Table{Transposable: true, Columns: []Column{{Title: "contract year"}}, Rows: [][]Cell{
		Row("1", "10.0", "10.0", "7.2", "6.5", "–", "–", "1.5", "2.0", "2.0", "–", "2.0", "8.5"),
		Row("2", "10.0", "11.5", "9.8", "8.8", "–", "–", "1.5", "1.2", "1.2", "–", "3.2", "10.0"),
		Row("3", "10.0", "11.5", "11.0", "9.9", "–", "–", "1.5", "0.1", "0.1", "–", "3.3", "10.0"),
		Row("4", "10.0", "11.5", "12.4", "11.2", "–", "1.2", "0.3", "–", "–", "–", "1.3", "11.2"),
		Row("5", "10.0", "10.3", "14.0", "12.6", "–", "2.5", "–", "–", "–", "1.3", "–", "11.3"),
		Row("6", "10.0", "10.0", "14.6", "13.1", "–", "5.6", "–", "–", "–", "–", "–", "13.1"),
		Row("7", "10.0", "10.0", "10.2", "9.2", "0.8", "4.8", "–", "–", "–", "–", "–", "9.2"),
		Row("8", "10.0", "10.0", "9.0", "8.1", "1.0", "3.8", "–", "0.9", "0.9", "–", "0.9", "9.0"),
		Row("9", "10.0", "10.0", "12.7", "11.4", "–", "4.3", "–", "–", "–", "0.9", "–", "10.5"),
		Row("10", "10.0", "10.0", "13.7", "12.3", "–", "6.6", "–", "–", "–", "–", "–", "12.3"),
	}}
	for _, title := range []string{
		"schedule", "minimum", "taken", "spend", "carry-forward used", "carry-forward bank",
		"deferred", "deficiency", "paid for it", "make-up used", "make-up bank", "paid",
	} {
		unit := "$B"
		if title == "taken" {
			unit = "B units"
		}
		t.Columns = append(t.Columns, Column{Title: title, Unit: unit})
	}
	t.Note = "A unit is the compute that costs $1 at list on signing day."
	return t
}

// sampleChart accumulates the flows over 120 months: spend in equal months of a year,
// deficiency at the year's end, draws in months 8, 16, 24, 28 and 36.
func sampleChart() Chart {
	spend := []float64{6.5, 8.8, 9.9, 11.2, 11.3, 13.1, 9.2, 8.1, 10.5, 12.3}
	fees := []float64{2.0, 1.2, 0.1, 0, 0, 0, 0, 0.9, 0, 0}
	paid, capital, net := Series{Name: "paid for compute"}, Series{Name: "capital put in"}, Series{Name: "net to Amazon"}
	out, in := 0.0, 5.0
	for month := range 121 {
		if month > 0 {
			out += spend[(month-1)/12] / 12
			if month%12 == 0 {
				out += fees[(month-1)/12]
			}
		}
		if month == 8 || month == 16 || month == 24 || month == 28 || month == 36 {
			in += 4
		}
		for _, s := range []*Series{&paid, &capital, &net} {
			s.X = append(s.X, float64(month))
		}
		paid.Y, capital.Y, net.Y = append(paid.Y, out), append(capital.Y, in), append(net.Y, out-in)
	}
	var years []Mark
	for year := range 11 {
		years = append(years, Mark{float64(12 * year), fmt.Sprint(12 * year)})
	}
	return Chart{
		Title:  "From month 19 on Anthropic has paid Amazon more than Amazon has put into it.",
		X:      Axis{Title: "months", Ticks: years},
		Y:      Axis{Title: "billions of dollars, cumulative", Format: func(x float64) string { return fmt.Sprintf("%.0f", x) }},
		Series: []Series{paid, capital, net},
		Marks:  []Mark{{19, "round trip, month 19"}},
	}
}

func sampleBars() Bars {
	return Bars{
		Title: "Parts of the deal's value, with capacity as a sunk cost, in present dollars.",
		Rows: []Bar{
			{Label: "overcharge", Value: "$4.67B", Amount: 4.67, Total: false},
			{Label: "deficiency", Value: "$1.02B", Amount: 1.02, Total: false},
			{Label: "gain of supply", Value: "$23.7B", Amount: 23.7, Total: false},
			{Label: "premium over fair value", Value: "-$390M", Amount: -0.39, Total: false},
			{Label: "options given", Value: "-$1.10B", Amount: -1.1, Total: false},
			{Label: "credit loss", Value: "-$1.91B", Amount: -1.91, Total: false},
			{Label: "NPV", Value: "$26.0B", Amount: 25.99, Total: true},
		},
	}
}

var nan = math.NaN()
