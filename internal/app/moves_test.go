// SPDX-License-Identifier: Apache-2.0

package app

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode"

	"offtake/internal/contract"
	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/report"
)

// runs are base runs of the library and of the examples.
func runs(t *testing.T) map[string]*Run {
	t.Helper()
	all := library(t)
	maps.Copy(all, examples(t))
	out := map[string]*Run{}
	for name, src := range all {
		d, list := deal.Parse(src.Name, src.Text)
		if d == nil {
			t.Fatal(list)
		}
		out[name] = NewRun(src, Edits{}, d, RunOptions{})
	}
	return out
}

// At every deal of the library and every example: what some pay others get,
// those outside among them; a party's years add up to its totals; and a line of
// any kind has a name that people can read.
func TestFlowsAddUp(t *testing.T) {
	for name, r := range runs(t) {
		cash := r.moves(contract.Cash)
		sum, size := make([]float64, r.years()+1), 0.0
		for _, key := range append(slices.Collect(keysOf(r.Deal)), contract.Outside) {
			gets, pays := r.account(key, cash)
			net := 0.0
			for y := range sum {
				sum[y] += gets[y] - pays[y]
				net += gets[y] - pays[y]
				size += gets[y] + pays[y]
				if gets[y] < 0 || pays[y] < 0 {
					t.Errorf("%s: %s gets %v and pays %v in year %d", name, key, gets[y], pays[y], y)
				}
			}
			given, received := measure.Find(r.Base.Measures, "total_given", key, "", 0), measure.Find(r.Base.Measures, "total_received", key, "", 0)
			if given < 0 {
				continue // a party that no clause concerns, or those outside
			}
			if want := r.Base.Values[received] - r.Base.Values[given]; math.Abs(net-want) > 1e-9*size+1 {
				t.Errorf("%s: %s gets %v on balance by year, %v in all", name, key, net, want)
			}
		}
		for y, x := range sum {
			if math.Abs(x) > 1e-9*size {
				t.Errorf("%s: in year %d what is paid is %v less than what is got", name, y, x)
			}
		}
		for _, l := range r.Base.Job.Program.Lines() {
			label := lineName(l.Kind)
			if label == "" || strings.Contains(label, "_") || !unicode.IsUpper([]rune(label)[0]) {
				t.Errorf("%s: the line %s is called %q", name, l.Kind, label)
			}
		}
	}
}

func keysOf(d *deal.Deal) func(func(string) bool) {
	return func(yield func(string) bool) {
		for _, p := range d.Parties {
			if !yield(p.Key) {
				return
			}
		}
	}
}

// text is a section as it is printed.
func text(t *testing.T, s report.Section, width int) string {
	t.Helper()
	var out bytes.Buffer
	if err := report.Text(&out, &report.Document{Sections: []report.Section{s}}, report.TextOptions{Width: width}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// A run carries lines that nobody has told the report of: by clause, between
// any two, in cash or in kind.
func TestFlowsOfAnyKind(t *testing.T) {
	third := richDeals(t)["third party"]
	d, src, list, err := Load(Source{Name: "deal.yaml", Text: []byte(third)}, Edits{})
	if err != nil || list.HasFaults() {
		t.Fatal(err, list)
	}
	r := NewRun(src, Edits{}, d, RunOptions{})
	post := func(at int, from, to, kind, clause string, asset contract.AssetKind, role contract.Role, amount float64) {
		m := &r.Base.Months[at]
		m.Flows = append(m.Flows, struct {
			Line   *contract.Line
			Amount float64
		}{&contract.Line{From: from, To: to, Asset: contract.Asset{Kind: asset}, Kind: kind, Clause: clause, Role: role}, amount})
	}
	post(0, "fund", "lab", "bridge_loan", "bridge", contract.Cash, contract.Lend, 7000)
	post(3, "lab", "fund", "bridge_repaid", "bridge", contract.Cash, contract.Instrument, 9000)
	post(2, "cloud", contract.Outside, "site_rent", "lease", contract.Cash, contract.Instrument, 1100)
	post(2, "lab", "cloud", "licence_given", "licence", contract.InKind, contract.Instrument, 1234000)
	post(2, "lab", "cloud", "share_of_sales", "sales", contract.Cash, contract.Instrument, 300)
	post(2, "fund", "lab", "note_written", "bridge", contract.Note, contract.NoRole, 777700)
	got := text(t, r.flows(), 100)
	for _, want := range []string{
		"From Lab to Fund, by clause; a minus is the other way", "Bridge loan", "Bridge repaid", "-70.00", "90.00",
		"From Lab to Cloud, by clause; a minus is the other way", "Share of sales",
		"From Cloud to others, by clause", "Site rent", "11.00",
		"In kind from Lab to Cloud, by clause, at its worth on the day", "Licence given", "12.34", "What is given in kind is in none of the tables of cash.",
		"By party",
	} {
		if !strings.Contains(strings.Join(strings.Fields(got), " "), want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	if strings.Contains(got, "7777") || strings.Contains(strings.ToLower(got), "note written") {
		t.Errorf("what is no cash and nothing in kind is told of\n%s", got)
	}
	// In kind is in no sum of cash.
	for _, key := range []string{"lab", "cloud"} {
		gets, pays := r.account(key, r.moves(contract.Cash))
		for y := range gets {
			if gets[y] > 1e6 || pays[y] > 1e6 {
				t.Errorf("%s: %v and %v in year %d", key, gets[y], pays[y], y)
			}
		}
	}
	c := r.course()
	if last := len(c.other) - 1; c.other[last] != 300 || c.other[1] != 0 {
		t.Errorf("by other clauses: %v", c.other)
	}
	data := r.JSON().Flows
	at := slices.IndexFunc(data, func(f Flow) bool { return f.Kind == "site_rent" })
	if at < 0 || fmt.Sprint(data[at]) != "{lease site_rent instrument cash cloud market USD [0 0 11 0 0 0 0 0 0 0 0] 11}" {
		t.Errorf("site_rent is %d of %+v", at, data)
	}
	if at := slices.IndexFunc(data, func(f Flow) bool { return f.Kind == "licence_given" }); at < 0 || data[at].Asset != "in_kind" || data[at].Total != 12340 {
		t.Errorf("licence_given is %d of %+v", at, data)
	}
}

// What a clause gets between the two is told with it; use is at list where a
// discount is taken off it.
func TestLineNames(t *testing.T) {
	for kind, want := range map[string]string{"usage": "Use", "exit_fee": "Exit fee", "purchase": "Shares", "warrants_expired": "Warrants expired", "x": "X", "": ""} {
		if got := lineName(kind); got != want {
			t.Errorf("%q is %q, want %q", kind, got, want)
		}
	}
	all := runs(t)
	for name, want := range map[string]string{"spacex-anthropic-2026": "Use", "amazon-anthropic-2026": "Use at list", "snap-aws-2017": "Use"} {
		moves := all[name].moves(contract.Cash)
		if got := all[name].nameIn(moves[0], moves); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// Runs of equal rows are one, of three on.
func TestFolded(t *testing.T) {
	rows := func(all ...string) (out [][]report.Cell) {
		for i, x := range all {
			out = append(out, report.Row(fmt.Sprint(i+1), x, "same"))
		}
		return out
	}
	for _, c := range []struct{ in, want string }{
		{"a b", "1 a,2 b"}, {"a a", "1 a,2 a"}, {"a a a", "1 to 3 a"}, {"b a a a a c c", "1 b,2 to 5 a,6 c,7 c"}, {"a a a b b b", "1 to 3 a,4 to 6 b"}, {"", ""},
	} {
		var got []string
		for _, row := range folded(rows(strings.Fields(c.in)...)) {
			got = append(got, row[0].Text+" "+row[1].Text)
		}
		if strings.Join(got, ",") != c.want {
			t.Errorf("%q: %v, want %q", c.in, got, c.want)
		}
	}
}

// Inputs that rest on the same are told once.
func TestInputRows(t *testing.T) {
	in := func(path, text, status, reason string, line int) deal.Input {
		x := deal.Input{Path: path, Text: text, Status: status, Reason: reason}
		x.Place.Line = line
		return x
	}
	rows := inputRows([]deal.Input{
		in("clauses.c.generations[0].from", "2027-01-01", "assumption", "a guess", 3), in("clauses.c.generations[0].gw", "1", "assumption", "a guess", 3),
		in("clauses.c.generations[1].gw", "2", "assumption", "a guess", 4),
		in("world.need.firm.table[0]", "1B", "filing", "", 7), in("world.need.firm.table[1]", "1B", "filing", "", 7), in("world.need.firm.table[2]", "2B", "filing", "", 8),
		in("world.need.firm.table[3]", "2B", "assumption", "else", 8), in("world.other.table[4]", "2B", "assumption", "else", 9),
		in("world.discount", "4%", "assumption", "", 10), in("world.delivery", "1", "assumption", "", 11),
	})
	want := []string{
		"clauses.c.generations[0]|from 2027-01-01, gw 1|3|assumption|a guess", "clauses.c.generations[1].gw|2|4|assumption|as above",
		"world.need.firm.table[0..2]|2 times 1B, 2B|7-8|filing|", "world.need.firm.table[3]|2B|8|assumption|else", "world.other.table[4]|2B|9|assumption|as above",
		"world.discount|4%|10|assumption|", "world.delivery|1|11|assumption|",
	}
	var got []string
	for _, row := range rows {
		var cells []string
		for _, c := range row {
			cells = append(cells, c.Text)
		}
		got = append(got, strings.Join(cells, "|"))
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// No screen of the library speaks of a lab or of an undefined figure without a
// reason; parties have their names, and what has no capital no returns.
func TestScreens(t *testing.T) {
	for name, r := range runs(t) {
		for _, width := range []int{80, 120} {
			var out bytes.Buffer
			if err := report.Text(&out, r.Report(), report.TextOptions{Width: width}); err != nil {
				t.Fatal(err)
			}
			for i, line := range strings.Split(out.String(), "\n") {
				lower := strings.ToLower(line)
				if strings.Contains(lower, "the lab") || strings.HasSuffix(line, "undefined") || len([]rune(line)) > width {
					t.Errorf("%s at %d, line %d: %s", name, width, i+1, line)
				}
			}
			capital := slices.ContainsFunc(r.moves(contract.Cash), func(m move) bool { return isCapital(m.Line) || m.Role == contract.Offset })
			if told := strings.Contains(out.String(), "internal rate of return"); told != capital {
				t.Errorf("%s: capital %v, a rate of return %v", name, capital, told)
			}
		}
	}
}

// Titles say what there is: spend where nothing is promised, capital where no
// cheque is written, and what can be escaped only where something can.
func TestGroups(t *testing.T) {
	all := runs(t)
	for name, want := range map[string][]string{
		"amazon-anthropic-2026":   {"Commitment against capital", "What the cheque covers", "share of Anthropic bought"},
		"amazon-anthropic-2024":   {"Spend against capital", "What the capital covers"},
		"broadcom-anthropic-2026": {"Commitment against capital", "What the capital covers"},
		"spacex-anthropic-2026":   {"commitment that cannot be escaped"},
		"example warrant.yaml":    {"net gift by other clauses / spend"},
	} {
		got := text(t, all[name].headline(), 80)
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: %q is not in\n%s", name, w, got)
			}
		}
		if strings.Contains(got, "cannot be escaped") != (name == "spacex-anthropic-2026") {
			t.Errorf("%s: what can be escaped is told\n%s", name, got)
		}
	}
}
