// SPDX-License-Identifier: Apache-2.0

package diag_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"offtake/internal/diag"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// source has a line for each thing that is hard to show.
var source = strings.Join([]string{
	"offtake: 1",
	"clauses:",
	"  - equity: {id: series-g, from: cloud, to: lab, amount: -5B}",
	"\tterm:\t10z # tabs",
	"title: \u65e5\u672c\u8a9e \u5951\u7d04 total: x5",
	"name: Cafe\u0301 take: 120%",
	"evil: \x1b[31mred\x1b[0m \u202eesrever\u202c \xff\xfe take: 2",
	"long: {" + strings.Repeat("a: 1, ", 60) + "bad: -1, " + strings.Repeat("z: 1, ", 60) + "}",
	"schedule: [5B, 6B",
	"",
}, "\r\n")

// column returns the column of a piece of a source line, in runes from 1.
func column(line int, piece string) int {
	text := strings.Split(source, "\r\n")[line-1]
	return utf8.RuneCountInString(text[:strings.Index(text, piece)]) + 1
}

func place(line int, piece string) diag.Place {
	return diag.Place{File: "deal.yaml", Line: line, Column: column(line, piece), Width: utf8.RuneCountInString(piece), Path: "clauses.x"}
}

// hard is a list with each thing that is hard to show.
func hard() diag.List {
	var l diag.List
	l.Fault("AMOUNT-NEGATIVE", place(3, "-5B"), "write the amount as a positive number and turn from and to around, so that the money flows the other way",
		"amount of clause series-g is negative, and an amount of money that one party pays another is zero or more")
	l.Fault("SPAN", place(4, "10z"), "write 10y", "%q has no unit that is known", "10z")
	l.Warn("TOTAL", place(5, "x5"), "", "a wide line")
	l.Warn("WIDE", place(5, "\u5951\u7d04"), "", "wide runes underlined")
	l.Fault("TAKE", place(6, "120%"), "at most 100%", "take is above 1")
	l.Fault("TAKE", place(7, "2"), "one\ntwo\tthree \x1b[31m \xff", "message with \x1b[31m escapes\nand a line end")
	l.Fault("BAD", place(8, "-1"), "", "in the middle of a long line")
	l.Fault("START", diag.Place{File: "deal.yaml", Line: 8, Column: 1, Width: 4}, "", "at the start of a long line")
	l.Fault("END", place(8, "}"), "", "at the end of a long line")
	l.Fault("ALL", diag.Place{File: "deal.yaml", Line: 8, Column: 7, Width: 1000}, "", "wider than the screen")
	l.Fault("BEYOND", diag.Place{File: "deal.yaml", Line: 9, Column: 99, Width: 5}, "", "beyond the end of the line")
	l.Fault("EOF", diag.Place{File: "deal.yaml", Line: 10, Column: 1}, "close the list with ]", "the file ends inside a list")
	l.Fault("GONE", diag.Place{File: "deal.yaml", Line: 11, Column: 1}, "", "no such line")
	l.Fault("LINE", diag.Place{File: "deal.yaml", Line: 2}, "", "a line without column")
	l.Fault("PATH", diag.Place{File: "deal.yaml", Path: "clauses.series-g.amount"}, "", "a path without line")
	l.Fault("OTHER", diag.Place{File: "other.yaml", Line: 1, Column: 1}, "see https://example.com/a/very/long/address/that/is/not/broken/so/that/it/can/be/copied/whole/from/the/screen today", "a file without source")
	l.Fault("NOWHERE", diag.Place{}, "", "no place")
	return l
}

func render(l diag.List, width int) string {
	var out bytes.Buffer
	diag.Render(&out, l, map[string][]byte{"deal.yaml": []byte(source)}, width)
	return out.String()
}

func TestRenderGolden(t *testing.T) {
	for _, width := range []int{0, 40, 80, 120} {
		name := filepath.Join("testdata", "render-"+strconv.Itoa(width)+".golden")
		got := render(hard(), width)
		if *update {
			if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("width %d (-want +got):\n%s", width, diff)
		}
	}
}

func TestRenderSmall(t *testing.T) {
	want := `deal.yaml:4:8: fault SPAN: "10z" has no unit that is known
    4 |     term:   10z # tabs
      |             ^^^
  hint: write 10y
`
	if diff := cmp.Diff(want, render(hard()[1:2], 80)); diff != "" {
		t.Error(diff)
	}
	if got := render(nil, 80); got != "" {
		t.Errorf("an empty list is %q", got)
	}
}

// Of too many, faults are shown before warnings, in the order of the list.
func TestRenderMany(t *testing.T) {
	var l diag.List
	for i := range 60 {
		l.Warn("W", diag.Place{}, "", "warning %d", i)
	}
	l.Fault("F", diag.Place{}, "", "the fault")
	lines := strings.Split(strings.TrimSuffix(render(l, 80), "\n"), "\n")
	if len(lines) != diag.ShownMost+1 || lines[48] != "warning W: warning 48" || lines[49] != "fault F: the fault" || lines[50] != "and 11 more: 0 faults, 11 warnings" {
		t.Errorf("%d lines, the last %q", len(lines), lines[len(lines)-3:])
	}
	l = nil
	for i := range diag.ShownMost + 1 {
		l.Fault("F", diag.Place{}, "", "fault %d", i)
	}
	l.Warn("W", diag.Place{}, "", "warning")
	if got := render(l, 80); !strings.HasSuffix(got, "fault F: fault 49\nand 2 more: 1 fault, 1 warning\n") {
		t.Errorf("ends %q", got[len(got)-80:])
	}
}

// A lone CR ends a line, as in YAML.
func TestRenderLineEnds(t *testing.T) {
	for _, end := range []string{"\n", "\r\n", "\r"} {
		var out bytes.Buffer
		l := diag.List{{Code: "C", Place: diag.Place{File: "f", Line: 3, Column: 1}, Message: "m"}}
		diag.Render(&out, l, map[string][]byte{"f": []byte("one" + end + end + "three" + end)}, 80)
		if want := "f:3:1: fault C: m\n    3 | three\n      | ^\n"; out.String() != want {
			t.Errorf("line end %q: %q", end, out.String())
		}
	}
}

// A line number of six digits moves the carets with the text.
func TestRenderFarDown(t *testing.T) {
	var out bytes.Buffer
	l := diag.List{{Code: "C", Place: diag.Place{File: "f", Line: 100001, Column: 1}, Message: "m"}}
	diag.Render(&out, l, map[string][]byte{"f": []byte(strings.Repeat("\n", 100000) + "end")}, 80)
	if want := "f:100001:1: fault C: m\n100001 | end\n       | ^\n"; out.String() != want {
		t.Errorf("got %q; want %q", out.String(), want)
	}
}

// FuzzRender shows any source and message: nothing unprintable comes out, and every caret stands under the text.
func FuzzRender(f *testing.F) {
	f.Add(source, "message", "hint", 4, 8, 3, 80)
	f.Add("\t\t\xff\u65e5\u0301\U0001f600", "a\x00b", "", 1, 3, 1, 30)
	f.Add(strings.Repeat("\u65e5", 200), strings.Repeat("word ", 40), "x", 1, 120, 7, 60)
	f.Add("abc", "", "", 1, 1<<62, 1<<62, -1)
	f.Add(strings.Repeat("\u0301", 300)+"x", "m", "h", 1, 100, 2, 0)
	f.Fuzz(func(t *testing.T, source, message, hint string, line, column, width, screen int) {
		var out bytes.Buffer
		place := diag.Place{File: "f", Line: line, Column: column, Width: width}
		diag.Render(&out, diag.List{{Code: "C", Place: place, Message: message, Hint: hint}}, map[string][]byte{"f": []byte(source)}, screen)
		got := out.String()
		for _, r := range got {
			if r != '\n' && !unicode.IsPrint(r) || r == utf8.RuneError && !strings.ContainsRune(source+message+hint, r) {
				t.Fatalf("%q has the character %q", got, r)
			}
		}
		checkCarets(t, got, screen)
	})
}

// checkCarets demands that a line of carets is blank before them and fits the screen.
func checkCarets(t *testing.T, got string, screen int) {
	t.Helper()
	for line := range strings.SplitSeq(got, "\n") {
		text, isCarets := strings.CutPrefix(line, "      | ")
		if !isCarets {
			continue
		}
		if carets := strings.TrimLeft(text, " "); carets == "" || strings.Trim(carets, "^") != "" {
			t.Fatalf("carets are %q", text)
		}
		if most := max(20, screen-8); screen > 0 && len(text) > most {
			t.Fatalf("carets reach %d cells of %d: %q", len(text), most, got)
		}
	}
}

func ExampleRender() {
	var l diag.List
	l.Fault("AMOUNT-NEGATIVE", diag.Place{File: "deal.yaml", Line: 2, Column: 11, Width: 3}, "write 5B", "amount is negative")
	var out bytes.Buffer
	diag.Render(&out, l, map[string][]byte{"deal.yaml": []byte("equity:\n  amount: -5B\n")}, 80)
	fmt.Print(out.String())
	// Output:
	// deal.yaml:2:11: fault AMOUNT-NEGATIVE: amount is negative
	//     2 |   amount: -5B
	//       |           ^^^
	//   hint: write 5B
}
