// SPDX-License-Identifier: Apache-2.0

package html

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"regexp"
	"strings"
	"testing"

	"offtake/internal/report"
)

// hostile is a document in which every text tries to become part of the page.
func hostile(s string) *report.Document {
	behind := report.Behind{Clauses: []string{s, "unknown"}, Lines: []int{1, 99, -1}}
	line := []report.Series{{Name: s, X: []float64{0, 1}, Y: []float64{0, 1}}}
	return &report.Document{Title: s, Subtitle: s, File: &report.File{Name: s, Text: s + "\n" + s},
		Sections: []report.Section{
			{Title: s, Note: s, Role: report.Terms, Blocks: []report.Block{report.Clauses{Items: []report.Clause{{ID: s, Place: s, Text: s, Mark: s, Line: 1}}}}},
			{Title: s, Note: s, Blocks: []report.Block{
				report.Paragraph{Text: s}, report.Notice{Kind: report.Warning, Text: s},
				report.Figures{Rows: []report.Figure{{Group: s, Label: s, Value: s, Note: s, Behind: behind}}},
				report.Table{Title: s, Note: s, Behind: behind, Columns: []report.Column{{Title: s}, {Group: s, Title: s, Unit: s, Clause: s}},
					Rows: [][]report.Cell{{{Text: s, Line: 1}, {Text: s, Link: "javascript:alert(1)"}}}, Footer: [][]report.Cell{{{Text: s, Link: "https://example.com/?" + s}}}},
				report.Chart{Title: s, X: report.Axis{Title: s}, Y: report.Axis{Title: s}, Series: append(line, line...), Marks: []report.Mark{{X: 0.5, Label: s}}, Note: s, Behind: behind},
				report.Bars{Title: s, Rows: []report.Bar{{Label: s, Value: s, Amount: 1}}},
			}},
			{Title: s, Role: report.Evidence},
		}}
}

func write(t *testing.T, d *report.Document) string {
	t.Helper()
	var page bytes.Buffer
	if err := Write(&page, d); err != nil {
		t.Fatal(err)
	}
	return page.String()
}

func TestNothingEscapes(t *testing.T) {
	for _, s := range []string{`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `'--></title></style></svg><b>`, "\x00\x1b[31m\u202e", `{{.Title}}`, `javascript:alert(1)`} {
		page := write(t, hostile(s))
		for _, bad := range []string{"<script", "<img", "</style></svg>", "\x00", "\x1b", "\u202e"} {
			if strings.Contains(page, bad) {
				t.Errorf("%q: the page has %q", s, bad)
			}
		}
		if regexp.MustCompile(`(?i)<[^>]* (on\w+|style)=[^>]*>`).MatchString(regexp.MustCompile(`"[^"]*"`).ReplaceAllString(page, `""`)) {
			t.Errorf("%q: an element has a script or a style of its own", s)
		}
		if strings.Contains(page, `href="javascript:`) {
			t.Errorf("%q: a link runs a script", s)
		}
		if write(t, hostile(s)) != page {
			t.Errorf("%q: twice the same document, two pages", s)
		}
	}
}

// The policy allows the style sheet that the page has, and nothing from elsewhere.
func TestPolicy(t *testing.T) {
	page := write(t, hostile("words"))
	_, rest, _ := strings.Cut(page, "<style>")
	sheet, _, _ := strings.Cut(rest, "</style>")
	sum := sha256.Sum256([]byte(sheet))
	policy := regexp.MustCompile(`http-equiv="Content-Security-Policy" content="([^"]*)"`).FindStringSubmatch(page)
	if policy == nil {
		t.Fatal("no policy")
	}
	says := strings.NewReplacer("&#39;", "'", "&#43;", "+").Replace(policy[1])
	if want := "style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.HasPrefix(says, "default-src 'none'; ") || !strings.Contains(says, want) {
		t.Errorf("policy %s lacks %s", says, want)
	}
	for _, from := range regexp.MustCompile(`(?:src|href)="([^"#]+)"`).FindAllStringSubmatch(page, -1) {
		if from[1] != "data:," && !strings.HasPrefix(from[1], "https://example.com/") { // what a reader may follow
			t.Errorf("the page refers to %s", from[1])
		}
	}
}

// Figures lead to clauses, clauses to lines, and lines back.
func TestWays(t *testing.T) {
	page := write(t, &report.Document{File: &report.File{Name: "deal.yaml", Text: "a\nb"}, Sections: []report.Section{
		{Role: report.Terms, Blocks: []report.Block{report.Clauses{Items: []report.Clause{{ID: "cheque", Place: "line 2", Line: 2}}}}},
		{Blocks: []report.Block{report.Figures{Rows: []report.Figure{{Label: "npv", Value: "$1", Behind: report.Behind{Clauses: []string{"cheque"}, Lines: []int{1}}}}}}},
	}})
	for _, want := range []string{`<li id="clause-cheque">`, `clause <a href="#clause-cheque" title="cheque">1</a>`, `line <a href="#L1"`,
		`<a href="#L2">line 2</a>`, `<li id="L2"><a href="#clause-cheque" title="cheque">clause 1</a>b</li>`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}
