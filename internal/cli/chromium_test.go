// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"offtake/internal/report"
	"offtake/internal/report/html"
)

// chromium is the browser, or skips the test with one line.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("pages were not opened in a browser: there is no chromium on the path")
	return ""
}

// spreads is a page of the charts that only samples have, of invented numbers, with words
// that are too long for a phone.
func spreads() *report.Document {
	long := strings.Repeat("unbreakable", 12)
	fan := report.Fan{Title: "Cumulative cash widens with the years.", X: report.Axis{Title: "contract year"}, Y: report.Axis{Title: "cumulative, $B"},
		Lines: []report.Series{{Name: "as agreed"}}, Marks: []report.Mark{{X: 2, Label: "a mark whose name is longer than a phone is wide, by a few words at least"}}}
	for i, by := range []float64{4, 7, 9, 11, 14} {
		q := report.Quantile{Level: []float64{0.05, 0.25, 0.5, 0.75, 0.95}[i]}
		for x := range 11 {
			q.Y = append(q.Y, float64(by*float64(x))-5)
		}
		fan.Quantiles = append(fan.Quantiles, q)
	}
	for x := range 11 {
		fan.At, fan.Mean = append(fan.At, float64(x)), append(fan.Mean, 8.5*float64(x)-5)
	}
	fan.Lines[0].X, fan.Lines[0].Y = fan.At, fan.Quantiles[3].Y
	percent := func(x float64) string { return fmt.Sprintf("%.0f%%", x*100) }
	npv := func(whose string, shift float64) report.Distribution {
		d := report.Distribution{Title: "Net present value to " + whose + ".", X: report.Axis{Title: "net present value, $B"}, Y: report.Axis{Title: "share of paths", Format: percent},
			Shares: []float64{0.01, 0.02, 0.06, 0.12, 0.17, 0.19, 0.16, 0.12, 0.08, 0.05, 0.02}, Mean: shift + 1, Low: shift - 7, High: shift + 9.5}
		for i := range 12 {
			d.Edges = append(d.Edges, shift+float64(2*(i-5)))
		}
		return d
	}
	w := report.Whiskers{Title: "Deficiency by contract year.", X: report.Axis{Title: "contract year"}, Y: report.Axis{Title: "mean deficiency, $B"}, Range: "5% to 95% of paths"}
	for year := range 11 {
		mean := float64(year*year) / 60
		w.Rows = append(w.Rows, report.Whisker{Label: fmt.Sprint(year + 1), Amount: mean, Low: mean / 5, High: mean * 2.4})
	}
	table := report.Table{Title: long, Columns: []report.Column{{Title: "Year"}}, Rows: [][]report.Cell{{{Text: "1"}}}}
	for i := range 30 {
		table.Columns = append(table.Columns, report.Column{Title: fmt.Sprint("column ", i), Clause: "a"})
		table.Rows[0] = append(table.Rows[0], report.Cell{Text: "1,000.00"})
	}
	return &report.Document{Title: "What samples show " + long, Subtitle: long, File: &report.File{Name: "deal.yaml", Text: "title: " + long + "\n\tclauses: <script>alert(1)</script>\n"},
		Sections: []report.Section{
			{Title: "Term sheet", Role: report.Terms, Blocks: []report.Block{report.Clauses{Items: []report.Clause{{ID: "a", Place: "line 2", Line: 2, Text: long, Mark: "conditional"}}},
				report.Notice{Kind: report.Warning, Text: long}}},
			{Title: long, Blocks: []report.Block{fan, npv("the provider", 4), npv("the lab's other holders", -4), w, table,
				report.Figures{Rows: []report.Figure{{Group: "Value", Label: long, Value: "$1.00B", Note: long, Behind: report.Behind{Clauses: []string{"a"}, Lines: []int{1}}}}}}},
		}}
}

// pagesToOpen are pages by name, as a browser would get them.
func pagesToOpen(t *testing.T) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for name, args := range map[string][]string{
		"amazon": {"amazon-anthropic-2026"}, "sample": {"google-anthropic-2026", "--paths", "64"}, "small": {filepath.Join("..", "..", "docs", "first-deal.yaml")},
	} {
		file := filepath.Join(t.TempDir(), name+".html")
		var printed, errs bytes.Buffer
		if code := Main(append([]string{"run", "--html", file}, args...), &printed, &errs); code != exitFine {
			t.Fatalf("%s: exit %d, %s", name, code, errs.String())
		}
		page, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = page
	}
	var page bytes.Buffer
	if err := html.Write(&page, spreads()); err != nil {
		t.Fatal(err)
	}
	out["spreads"] = page.Bytes()
	return out
}

// measuring is a page that opens another in a frame as wide as a phone, and says how wide
// its content is, and what its content says of a script.
const measuring = `<!DOCTYPE html><html><head><link rel="icon" href="data:,"></head><body><iframe id="f" width="390" height="844" src="%s"></iframe><script>
document.getElementById("f").onload = function() {
	var d = this.contentDocument, here = d.querySelectorAll("a[href^='#']"), lost = [];
	here.forEach(function(a) { if (!d.getElementById(a.getAttribute("href").slice(1))) lost.push(a.getAttribute("href")); });
	document.body.setAttribute("data-result", "wide=" + d.documentElement.scrollWidth + " links=" + here.length + " lost=" + lost.join(","));
};</script></body></html>`

var (
	measured = regexp.MustCompile(`data-result="wide=(\d+) links=(\d+) lost=([^"]*)"`)
	console  = regexp.MustCompile(`(?m)^.*CONSOLE.*$`)
)

// A page says nothing on the console, asks for nothing, is no wider than a phone, and each
// of its links has a place to go. With OFFTAKE_SHOW pages are kept there.
func TestPagesInBrowser(t *testing.T) {
	browser := chromium(t)
	pages := pagesToOpen(t)
	var lock sync.Mutex
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		lock.Lock()
		asked = append(asked, r.URL.Path)
		lock.Unlock()
		name := strings.Trim(r.URL.Path, "/")
		switch page, is := pages[name]; {
		case strings.HasPrefix(name, "measure-"):
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprintf(w, measuring, "/"+strings.TrimPrefix(name, "measure-"))
		case is:
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Write(page)
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	for name, page := range pages {
		if dir := os.Getenv("OFFTAKE_SHOW"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, name+".html"), page, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		asked = nil
		var dom, log bytes.Buffer
		open := exec.Command(browser, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--v=0", "--user-data-dir="+t.TempDir(),
			"--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--virtual-time-budget=5000", "--dump-dom", server.URL+"/measure-"+name)
		open.Stdout, open.Stderr = &dom, &log
		if err := open.Run(); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, log.String())
		}
		if says := console.FindAllString(log.String(), -1); len(says) > 0 {
			t.Errorf("%s: the console says\n%s", name, strings.Join(says, "\n"))
		}
		for _, path := range asked {
			if path != "/measure-"+name && path != "/"+name {
				t.Errorf("%s asks for %s", name, path)
			}
		}
		found := measured.FindStringSubmatch(dom.String())
		if found == nil {
			t.Fatalf("%s was not measured:\n%s", name, dom.String())
		}
		if wide, _ := strconv.Atoi(found[1]); wide > 390 {
			t.Errorf("%s is %d wide on a phone of 390", name, wide)
		}
		if links, _ := strconv.Atoi(found[2]); links < 4 || found[3] != "" {
			t.Errorf("%s has %d links; nowhere lead %q", name, links, found[3])
		}
	}
}
