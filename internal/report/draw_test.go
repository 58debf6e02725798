// SPDX-License-Identifier: Apache-2.0

package report

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestLines(t *testing.T) {
	c := Chart{
		Title: "Six lines, more than there are line styles.", Note: "A point that is not a number is a gap.",
		X: Axis{Title: "years"}, Y: Axis{Title: "value, $B"},
		Marks: []Mark{{2, "review"}, {2.2, "second review"}, {4, "end of the introductory price"}, {6, "end of the term"}},
	}
	for k := range 6 {
		s := Series{Name: fmt.Sprint("line ", k+1)}
		for i := range 61 {
			x := float64(i) / 10
			y := (x - float64(k)) * (x - 6)
			if k == 1 && i > 30 && i < 40 {
				y = nan
			}
			s.X, s.Y = append(s.X, x), append(s.Y, y)
		}
		c.Series = append(c.Series, s)
	}
	c.Series[0].Marker = "a"
	golden(t, "lines_80", text(t, of(c), TextOptions{}))
	golden(t, "lines_60_ascii", text(t, of(c), TextOptions{Width: 60, ASCII: true}))
}

func TestChartOfNothing(t *testing.T) {
	for _, series := range [][]Series{nil, {{Name: "a"}}, {{X: []float64{nan}, Y: []float64{1}}}, {{X: []float64{1}, Y: []float64{math.Inf(1)}}}} {
		looksLike(t, Chart{Title: "Title.", Series: series}, TextOptions{}, "Title.\n\nnothing to draw\n")
	}
}

func TestChartOfOnePoint(t *testing.T) {
	looksLike(t, Chart{Series: []Series{{X: []float64{3}, Y: []float64{0}}}}, TextOptions{Width: 24, ASCII: true}, `
		1 +
		  |
		  |
		  |
		  |
		  |
		  |
		  |
		  |
		  |
		  |
		  |
		0 +----------*----------
		           3.00
		`)
}

func TestScale(t *testing.T) {
	for _, c := range []struct {
		low, high   float64
		first, last float64
		steps       int
	}{
		{0, 100, 0, 100, 4},
		{-3, 105.1, -20, 120, 7},
		{0, 1, 0, 1, 4},
		{12, 13, 12, 13, 4},
		{-1, 1, -1, 1, 4},
		{0, 9.9, 0, 10, 4},
		{1e-9, 8e-9, 1e-9, 8e-9, 7},
		{0, 0, 0, 1, 1},
		{5e-324, 5e-324, 0, 1, 1},
		{-maxSize, maxSize, -maxSize, maxSize, 4},
		{7, 7, 5, 9, 4},
	} {
		s := newScale(reach{c.low, c.high, true})
		got := s.reach()
		if got.low != c.first || got.high != c.last || s.steps() != c.steps {
			t.Errorf("%v to %v: %v to %v in %d steps, want %v to %v in %d", c.low, c.high, got.low, got.high, s.steps(), c.first, c.last, c.steps)
		}
	}
}

func TestScaleCovers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var r reach
		for range 2 {
			r.include(numbers.Draw(t, "end"))
		}
		s := newScale(r)
		slack := s.step * 1e-9 // far less than a dot
		if got := s.reach(); got.low-slack > r.low || got.high+slack < r.high {
			t.Fatalf("%v is not within %v", r, got)
		}
		if s.steps() < 1 || s.steps() > maxSteps {
			t.Fatalf("%v: %d steps", r, s.steps())
		}
	})
}

// An axis' own format gets what the decimals of a tick say: 6 x 0.2 is not 1.2 in floats.
func TestTicksAreDecimals(t *testing.T) {
	s := scale{step: 0.2, first: 0, last: 8}
	for i, want := range []float64{0, 0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6} {
		if got := s.value(i); got != want {
			t.Errorf("tick %d is %v, want %v", i, got, want)
		}
	}
}

func TestTickFormat(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		want      string
	}{
		{0, 100, "0 25 50 75 100"},
		{0, 1, "0.00 0.25 0.50 0.75 1.00"},
		{-4e13, 4e13, "-4e+13 -2e+13 0 2e+13 4e+13"},
		{0, 1.2, "0.0 0.2 0.4 0.6 0.8 1.0 1.2"},
		{0, 1e-10, "0 2.5e-11 5e-11 7.5e-11 1e-10"},
	} {
		s := newScale(reach{c.low, c.high, true})
		var ticks []string
		for i := range s.steps() + 1 {
			ticks = append(ticks, s.format(&Axis{}, i))
		}
		if got := strings.Join(ticks, " "); got != c.want {
			t.Errorf("%v to %v: %s, want %s", c.low, c.high, got, c.want)
		}
	}
}

func TestCanvasDots(t *testing.T) {
	c := newCanvas(2, 1, true)
	c.dot(0, 0, "")
	c.dot(1, 3, "")
	c.dot(2, 1, "")
	c.dot(4, 0, "") // outside
	c.dot(0, 4, "")
	c.dot(0, -1, "")
	// Dots 7 and 4, then dot 3, of the Unicode chart of Braille Patterns.
	if got := strings.Join(c.row(0), ""); got != "\u2848\u2804" {
		t.Errorf("got %q", got)
	}
}

func TestPenDashes(t *testing.T) {
	for want, dash := range map[string][]int{
		"**********": nil,
		"**  **  **": {2, 2},
		"***  *  **": {3, 2, 1, 2},
	} {
		c := newCanvas(10, 1, false)
		p := pen{dash: dash, sign: "*"}
		p.visit(c, 0, 0)
		p.line(c, 0, 0, 9, 0)
		if got := strings.Join(c.row(0), ""); got != want {
			t.Errorf("dash %v: %q, want %q", dash, got, want)
		}
	}
}

func TestPenIsConnected(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := rapid.IntRange(0, 19)
		x, y, toX, toY := at.Draw(t, "x"), at.Draw(t, "y"), at.Draw(t, "to x"), at.Draw(t, "to y")
		c := newCanvas(20, 20, false)
		p := pen{sign: "*"}
		p.visit(c, x, y)
		p.line(c, x, y, toX, toY)
		if want := max(abs(toX-x), abs(toY-y)) + 1; p.moved != want {
			t.Fatalf("%d dots, want %d", p.moved, want)
		}
		if c.at(x, 19-y) != "*" || c.at(toX, 19-toY) != "*" {
			t.Fatal("an end is missing")
		}
	})
}

func TestBars(t *testing.T) {
	looksLike(t, Bars{Rows: []Bar{
		{Label: "overcharge", Value: "$4.00B", Amount: 4, Total: false},
		{Label: "premium", Value: "-$2.00B", Amount: -2, Total: false},
		{Label: "tiny", Value: "$1.00", Amount: 1e-9, Total: false},
		{Label: "none", Value: "$0", Amount: 0, Total: false},
		{Label: "unknown", Value: "", Amount: nan, Total: false},
		{Label: "in all", Value: "$2.00B", Amount: 2, Total: true},
	}, Note: "At present value."}, TextOptions{Width: 45}, `
		overcharge   $4.00B          ┝━━━━━━━━━━━━━━━
		premium     -$2.00B  ╺━━━━━━━┥
		tiny          $1.00          ┝╸
		none             $0          │
		unknown                      │
		─────────────────────────────────────────────
		in all       $2.00B          ┝━━━━━━━╸

		At present value.
		`)
}

func TestBarsKeepTheirLength(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var rows []Bar
		for range rapid.IntRange(1, 6).Draw(t, "rows") {
			rows = append(rows, Bar{Amount: numbers.Draw(t, "amount")})
		}
		cells := rapid.IntRange(minBars, maxBars).Draw(t, "cells")
		s := newBarScale(rows, cells)
		if s.left+s.right > cells {
			t.Fatalf("%d and %d cells of %d", s.left, s.right, cells)
		}
		for _, r := range rows {
			side := s.right
			if r.Amount < 0 {
				side = s.left
			}
			if s.size(r.Amount) > side {
				t.Fatalf("%v takes %d cells of %d", r.Amount, s.size(r.Amount), side)
			}
		}
	})
}
