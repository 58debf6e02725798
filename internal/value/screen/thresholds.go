// SPDX-License-Identifier: Apache-2.0

package screen

import "offtake/internal/calendar"

// A document, and the rules that are taken from it.
type document struct {
	jurisdiction, title, from, until string // dates; no from for a draft
	read, url                        string // where its rules were read, unless they say otherwise: quotations and summaries, in stored copies of November 2026
	rules                            []Rule
}

// unchecked marks a rule that was not in what was read of its document.
const unchecked = "-"

// documents are the guidelines, own words for what they say. None of them binds a court, and all have exceptions.
var documents = []document{
	{"United States", "Department of Justice and Federal Trade Commission, Merger Guidelines (2023)", "2023-12-18", "",
		"Department of Justice, Herfindahl-Hirschman index, as quoted on Hacker News", "https://news.ycombinator.com/item?id=39780692", []Rule{
			{Place: "Guideline 1 (2.1)", HHI: above(1800), Change: above(100), Reading: Presumed},
			{Place: "Guideline 1 (2.1), as the Department explains the index", HHI: between(1000, 1800), Reading: Level},
			{Place: "Guideline 1 (2.1)", Share: above(0.30), Change: above(100), Reading: Presumed, Read: "DOJ and FTC issue draft merger guidelines, at Mondaq (of the draft)", URL: "https://mondaq.com/unitedstates/antitrust-eu-competition-/1350788/doj-and-ftc-issue-draft-merger-guidelines"},
			// The share of the related product: that which rivals of the buyer use.
			{Place: "Guideline 5 (2.5), footnote 30", Relation: Linked, Share: above(0.50), Reading: Concern, Read: "Steptoe, DOJ and FTC finalize merger guidelines", URL: "https://www.steptoeantitrustblog.com/2023/12/doj-and-ftc-finalize-merger-guidelines/"},
		}},
	{"United States", "Department of Justice and Federal Trade Commission, Horizontal Merger Guidelines (2010)", "2010-08-19", "2023-12-18",
		"The Dangerous Economist, New merger guidelines", "https://thedangerouseconomist.blogspot.com/2023/07/new-merger-guidelines-from-federal.html", []Rule{
			{Place: "5.3", HHI: below(1500), Reading: NoConcern},
			{Place: "5.3", HHI: Bound{From: 1500, WithFrom: true}, Change: below(100), Reading: NoConcern},
			{Place: "5.3", HHI: between(1500, 2500), Change: above(100), Reading: Concern},
			{Place: "5.3", HHI: above(2500), Change: between(100, 200), Reading: Concern},
			{Place: "5.3", HHI: above(2500), Change: above(200), Reading: Presumed},
		}},
	{"European Union", "Commission, Guidelines on the assessment of horizontal mergers (2004/C 31/03)", "2004-02-05", "",
		"Vogel & Vogel, Herfindahl-Hirschman index (levels, not paragraphs)", "https://www.vogel-vogel.com/faq-items/hhi-herfindahl-hirschman-index-fr-eu/?lang=en", []Rule{
			{Place: "paragraph 17", Share: Bound{From: 0.50, WithFrom: true}, Reading: Concern, Read: unchecked},
			{Place: "paragraph 18", Share: upTo(0.25), Reading: NoConcern, Read: unchecked},
			{Place: "paragraph 19", HHI: below(1000), Reading: NoConcern},
			{Place: "paragraph 20", HHI: between(1000, 2000), Change: below(250), Reading: NoConcern},
			{Place: "paragraph 20", HHI: above(2000), Change: below(150), Reading: NoConcern, Read: "Vogel & Vogel, Herfindahl-Hirschman index (which has above 1,000)", URL: "https://www.vogel-vogel.com/faq-items/hhi-herfindahl-hirschman-index-fr-eu/?lang=en"},
		}},
	{"European Union", "Commission, Guidelines on the assessment of non-horizontal mergers (2008/C 265/07)", "2008-10-18", "",
		"Vogel & Vogel, Herfindahl-Hirschman index (levels, not paragraphs)", "https://www.vogel-vogel.com/faq-items/hhi-herfindahl-hirschman-index-fr-eu/?lang=en", []Rule{
			{Place: "paragraph 25", Relation: Linked, Share: below(0.30), HHI: below(2000), Reading: NoConcern},
		}},
	{"European Union", "Commission, draft Merger Guidelines (30 April 2026), as law firms report them", "", "", "", "", []Rule{
		{Place: "low share", Share: below(0.10), Reading: Level},
		{Place: "moderate share", Share: between(0.10, 0.25), Reading: Level},
		{Place: "material share", Share: Bound{0.25, 0.40, false, true}, Reading: Level},
		{Place: "high share", Share: Bound{0.40, 0.50, false, true}, Reading: Level},
		{Place: "very high share", Share: above(0.50), Reading: Level},
		{Place: "not concentrated", HHI: below(1000), Reading: Level},
		{Place: "highly concentrated", HHI: above(2000), Reading: Level},
	}},
	{"United Kingdom", "Competition and Markets Authority, Merger Assessment Guidelines (CMA129, 2021)", "2021-03-18", "",
		"Cleary, CMA publishes new Merger Assessment Guidelines", "https://www.clearyantitrustwatch.com/2021/03/cma-publishes-new-merger-assessment-guidelines/", []Rule{
			{Place: "chapter 2", Reading: NoThresholds},
			{Place: "chapter 2", Relation: Linked, Reading: NoThresholds},
		}},
	{"United Kingdom", "Competition Commission and Office of Fair Trading, Merger Assessment Guidelines (2010)", "2010-09-16", "2021-03-18", "", "", []Rule{
		{Place: "5.3.5", HHI: between(1000, 2000), Change: below(250), Reading: NoConcern},
		{Place: "5.3.5", HHI: above(2000), Change: below(150), Reading: NoConcern},
	}},
}

// Rules are all thresholds, past ones and drafts too.
func Rules() (out []Rule) {
	date := func(text string) calendar.Date {
		if text == "" {
			return calendar.Date{}
		}
		return calendar.MustParseDate(text)
	}
	for _, d := range documents {
		for _, r := range d.rules {
			r.Jurisdiction, r.Document, r.From, r.Until = d.jurisdiction, d.title, date(d.from), date(d.until)
			if r.Relation == "" {
				r.Relation = Rivals
			}
			switch r.Read {
			case "":
				r.Read, r.URL = d.read, d.url
			case unchecked:
				r.Read = ""
			}
			out = append(out, r)
		}
	}
	return out
}
