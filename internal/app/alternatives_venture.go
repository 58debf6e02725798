// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"

	"offtake/internal/report"
)

// A round is a sale of shares to compare with, in billions of dollars.
type round struct {
	who, date, source, status string
	billions                  float64
}

// rounds are the largest that are public with a source, as of October 2026.
var rounds = []round{
	{"OpenAI's round of early 2026, with money of Amazon and Nvidia", "2026-03-31", "Mungomash, OpenAI financials (closed at $852 billion with it)", "announcement", 122},
	{"Anthropic's Series H, 15 billion of it from cloud providers", "2026-05-28", "Anthropic, Series H announcement", "announcement", 65},
	{"OpenAI's round of early 2025, led by SoftBank", "2025", "Crunchbase (largest until then), in The Outpost, Venture funding surges 30% in 2025", "press", 40},
}

// A yearTotal is all venture capital raised in a period, in billions of dollars, as somebody
// counted it. Later editions count more of the same period.
type yearTotal struct {
	where, period, counted, read string
	year                         int // a whole one; 0 for a part of one
	billions                     float64
}

// totals are those that were found with a source. All are counts of a research firm as
// others report them; none was read in the firm's own report.
var totals = []yearTotal{
	{"United States", "2021", "PitchBook and NVCA, as stated with the total of 2025", "Glance, Trends (undated)", 2021, 358.2},
	{"United States", "2022", "PitchBook and NVCA, edition of the end of 2023: 71.6 above 2023", "SSTI, Useful Stats: An overview of 2023 VC activity", 2022, 242.2},
	{"United States", "2023", "PitchBook and NVCA, edition of the end of 2023", "SSTI, Useful Stats: An overview of 2023 VC activity", 2023, 170.6},
	{"United States", "2024", "PitchBook", "Bloomberg in Mint, 2025-01-07", 2024, 209},
	{"United States", "2025", "PitchBook and NVCA; half of it in 0.05% of the deals", "Glance, Trends (undated)", 2025, 339.4},
	{"the world", "2025", "Crunchbase, first count", "The Outpost, Venture funding surges 30% in 2025", 0, 425},
	{"the world", "first half of 2026", "Crunchbase; 217 of it OpenAI and Anthropic", "Wealthy Boss, Global venture funding hits record $510B in H1 2026", 0, 510},
}

// yearBefore is the total of the last whole year before one, and what year that is; of the
// last of all where it is not known.
func yearBefore(year int) (t yearTotal, which string) {
	for _, x := range totals {
		if x.year == year-1 {
			return x, "the last whole year before the signing"
		}
		if x.year > t.year {
			t = x
		}
	}
	return t, "the last whole year at hand"
}

// ventureSays tells whether outside investors could carry the sum.
func (a *ByOtherMeans) ventureSays() string {
	if a.Deal.Currency.Code != "USD" {
		return "The sum is not set against rounds of venture capital, which are known in dollars."
	}
	sum := a.sum()
	says := fmt.Sprintf("The sum is %s. ", money(a.Deal, sum))
	var parts []string
	as, least := 0, rounds[0].billions
	for _, r := range rounds {
		if r.billions*1e11 >= sum {
			as++
		}
		least = min(least, r.billions)
		parts = append(parts, fmt.Sprintf("%s of %s ($%gB, %s)", shareWords(sum/(r.billions*1e11)), r.who, r.billions, r.date))
	}
	says += "Set against the largest rounds that are public it is " + enumerate(parts) + ". "
	all, which := yearBefore(a.Deal.Signed.Year())
	says += fmt.Sprintf("Of all venture capital raised in the United States in %s, %s, it is %s ($%gB). ", all.period, which, shareWords(sum/(all.billions*1e11)), all.billions)
	switch {
	case sum <= 0.25*least*1e11:
		return says + "Venture capital could carry it: rounds several times as large have been placed, the two largest not without money of suppliers."
	case as > 1:
		return says + fmt.Sprintf("Venture capital might carry it: %s rounds of that size or more are public, by the two companies that are worth most, and the two largest with money of suppliers.", countWords(as))
	case as == 1:
		return says + "Venture capital might carry it: one round of that size is public, with money of suppliers."
	}
	return says + "Venture capital has not carried such a sum: no round of this size is public, with suppliers or without."
}

func countWords(n int) string { return []string{"no", "one", "two", "three"}[n] }

func shareWords(x float64) string { return fmt.Sprintf("%.0f%%", 100*x) }

// ventureCapital says whether outside investors could carry the sum.
func (a *ByOtherMeans) ventureCapital() report.Section {
	left := func(title string) report.Column { return report.Column{Title: title, Align: report.AlignLeft} }
	money := report.Column{Title: "Money", Align: report.AlignRight}
	largest := report.Table{Columns: []report.Column{{Title: "Round"}, left("Day"), money, left("Status"), left("Source")}}
	for _, r := range rounds {
		largest.Rows = append(largest.Rows, report.Row(sentenceCase(r.who), r.date, fmt.Sprintf("$%gB", r.billions), r.status, r.source))
	}
	yearly := report.Table{Columns: []report.Column{{Title: "All of"}, left("Period"), money, left("Counted by"), left("Read in")},
		Note: "Counts of research firms, as others report them (press): estimates, which later editions raise, by firms that do not count the same deals. A round of this size would be a part of its own year's total."}
	for _, t := range totals {
		yearly.Rows = append(yearly.Rows, report.Row(sentenceCase(t.where), t.period, fmt.Sprintf("$%gB", t.billions), t.counted, t.read))
	}
	return report.Section{Title: "Could venture capital carry it?", Blocks: []report.Block{report.Paragraph{Text: a.ventureSays()}, largest, yearly}}
}
