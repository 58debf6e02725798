// SPDX-License-Identifier: Apache-2.0

package report

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// looksLike compares a block's text, which want shows indented by tabs.
func looksLike(t *testing.T, b Block, opt TextOptions, want string) {
	t.Helper()
	want = strings.TrimPrefix(strings.ReplaceAll(want, "\t", ""), "\n")
	if diff := cmp.Diff(want, text(t, of(b), opt)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func columns(titles ...string) []Column {
	var c []Column
	for _, title := range titles {
		c = append(c, Column{Title: title})
	}
	return c
}

func TestTableAligns(t *testing.T) {
	looksLike(t, Table{
		Columns: []Column{{Title: "part"}, {Title: "value", Align: AlignDecimal}, {Title: "rate"}, {Title: "code", Align: AlignRight}, {Title: "why"}},
		Rows: [][]Cell{
			Row("spend", "1,234.5", "8.62%", "a", "as agreed"),
			Row("fee", "-0.25", "25%", "bcd"),
			{{Text: "rest"}, {Text: "unknown", Warn: true}, {Text: "–"}, {}, {Text: "late", Warn: true}},
		},
	}, TextOptions{}, `
		part       value     rate   code   why
		────────────────────────────────────────────
		spend   1,234.5     8.62%      a   as agreed
		fee        -0.25   25%       bcd
		rest     unknown!   –              late !
		`)
}

func TestTableAlignsEndsOfUnlikeUnits(t *testing.T) {
	looksLike(t, Table{Columns: columns("part", "value"), Rows: [][]Cell{
		Row("spend", "$76.7B"), Row("premium", "-$390M"), Row("none", "$0"), Row("dash", "–"),
	}}, TextOptions{}, `
		part       value
		────────────────
		spend     $76.7B
		premium   -$390M
		none          $0
		dash           –
		`)
}

func TestTableSharesUnit(t *testing.T) {
	money := func(title, unit string) Column { return Column{Title: title, Unit: unit, Align: AlignDecimal} }
	for _, c := range []struct {
		title   string
		columns []Column
		want    string
	}{
		{"Cash", []Column{money("in", "$B"), money("out", "$B")}, "Cash, in $B\n\nyear   in   out\n"},
		{"", []Column{money("in", "$B"), money("out", "$B")}, "in $B\n\nyear   in   out\n"},
		{"", []Column{money("in", "$B"), money("out", "$B"), {Title: "why"}}, "in $B\n\nyear   in   out   why\n"},
		{"", []Column{money("in", "$B"), money("out", "$B"), money("at", "%")}, "in $B unless another unit is given\n\n                  at\nyear   in   out    %\n"},
		{"", []Column{money("in", "$B"), money("at", "%")}, "       in   at\nyear   $B    %\n"},
		{"", []Column{money("in", "$B"), money("out", "$B"), money("lanes", "")}, "       in   out\nyear   $B    $B   lanes\n"},
		{"", []Column{money("in", "$B")}, "       in\nyear   $B\n"},
	} {
		got := text(t, of(Table{Title: c.title, Columns: append(columns("year"), c.columns...)}), TextOptions{})
		if head, _, _ := strings.Cut(got, "─"); head != c.want {
			t.Errorf("got\n%swant\n%s", head, c.want)
		}
	}
}

// wide is a table of six columns that does not fit into 30 cells.
func wide() Table {
	return Table{
		Columns: columns("year", "schedule", "minimum", "taken", "deferred", "paid"),
		Rows:    [][]Cell{Row("1", "10.0", "8.0", "6.5", "–", "8.0"), Row("2", "10.0", "8.0", "9.0", "0.5", "8.5")},
		Footer:  [][]Cell{Row("all", "20.0", "16.0", "15.5", "0.5", "16.5")},
	}
}

func TestTableStacks(t *testing.T) {
	looksLike(t, wide(), TextOptions{Width: 30}, `
		year   schedule   minimum
		─────────────────────────
		1          10.0       8.0
		2          10.0       8.0
		─────────────────────────
		all        20.0      16.0

		year   taken   deferred   paid
		──────────────────────────────
		1        6.5        –      8.0
		2        9.0        0.5    8.5
		──────────────────────────────
		all     15.5        0.5   16.5
		`)
}

func TestTableStacksByPriority(t *testing.T) {
	table := wide()
	table.Columns[5].Priority = 1
	table.Columns[3].Priority = 1
	looksLike(t, table, TextOptions{Width: 30}, `
		year   schedule   taken   paid
		──────────────────────────────
		1          10.0     6.5    8.0
		2          10.0     9.0    8.5
		──────────────────────────────
		all        20.0    15.5   16.5

		year   minimum   deferred
		─────────────────────────
		1          8.0        –
		2          8.0        0.5
		─────────────────────────
		all       16.0        0.5
		`)
}

func TestTableTransposes(t *testing.T) {
	table := wide()
	table.Transposable = true
	looksLike(t, table, TextOptions{Width: 30}, `
		year         1     2     all
		────────────────────────────
		schedule  10.0  10.0    20.0
		minimum    8.0   8.0    16.0
		taken      6.5   9.0    15.5
		deferred   –     0.5     0.5
		paid       8.0   8.5    16.5
		`)
	fits := text(t, of(table), TextOptions{})
	if !strings.HasPrefix(fits, "year   schedule   minimum") {
		t.Errorf("transposed without need:\n%s", fits)
	}
}

func TestTableKeepsGroupsTogether(t *testing.T) {
	table := wide()
	for j := range table.Columns[2:] {
		table.Columns[2+j].Group = []string{"need", "need", "settlement", "settlement"}[j]
	}
	looksLike(t, table, TextOptions{Width: 36}, `
		                       need
		                  ───────────────
		year   schedule   minimum   taken
		─────────────────────────────────
		1          10.0       8.0     6.5
		2          10.0       8.0     9.0
		─────────────────────────────────
		all        20.0      16.0    15.5

		         settlement
		       ───────────────
		year   deferred   paid
		──────────────────────
		1           –      8.0
		2           0.5    8.5
		──────────────────────
		all         0.5   16.5
		`)
}

func TestTableWrapsText(t *testing.T) {
	looksLike(t, Table{
		Columns: columns("field", "meaning", "default"),
		Rows: [][]Cell{
			Row("relief", "how the minimum falls when capacity is late", "impossibility"),
			Row("take", "share of the schedule", "100%"),
		},
	}, TextOptions{Width: 40, ASCII: true}, `
		field   meaning            default
		----------------------------------------
		relief  how the minimum    impossibility
		        falls when
		        capacity is late
		take    share of the       100%
		        schedule
		`)
}

// A heading over columns has its words whole where there is room, else its
// parts between hyphens.
func TestGroupHeadings(t *testing.T) {
	table := Table{
		Columns: []Column{{Title: "year"}, {Group: "commitment-letter-1", Title: "a"}, {Group: "commitment-letter-2", Title: "b"}, {Title: "net", Align: AlignDecimal}},
		Rows:    [][]Cell{Row("1", "1.0", "2.0", "3.0")},
	}
	looksLike(t, table, TextOptions{Width: 60}, `
		       commitment-letter-1   commitment-letter-2
		       ───────────────────   ───────────────────
		year                     a                     b   net
		──────────────────────────────────────────────────────
		1                      1.0                   2.0   3.0
		`)
	looksLike(t, table, TextOptions{Width: 40}, `
		       commitment-   commitment-
		        letter-1      letter-2
		       ───────────   ───────────
		year             a             b   net
		──────────────────────────────────────
		1              1.0           2.0   3.0
		`)
}
