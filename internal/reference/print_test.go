// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"offtake/internal/clause"
	"offtake/internal/deal"
)

// plainWorld is the least that a file has to say of the world.
const plainWorldText = `world:
  discount: 0%
  need: {firm: {constant: 1}}
  cost: {sunk: {constant: 1}, headline: sunk}
  lab_value: {start: 1B}
  indexes: {revenue: 1, price: 1, performance: 1}
  events: {listing: 2099-01-01, sale: 2099-01-01}
`

// What is written reads back as the same deal, clause by clause.
func TestWriteDealReadsBack(t *testing.T) {
	read := 0
	for i := range uint64(4200) {
		s := random(seed, i)
		if !s.valid() || len(s.off) > 0 {
			continue
		}
		in, _ := s.input()
		var b strings.Builder
		if err := WriteDeal(&b, in); err != nil {
			t.Fatal(err)
		}
		d, list := deal.Parse("deal.yaml", []byte(b.String()+plainWorldText))
		if d == nil {
			t.Fatalf("deal %d: %v\n%s", i, list.Err(), b.String())
		}
		g := d.Grid()
		if d.Signed != s.signed || g.Start() != s.start || g.Signed() != s.steps || g.Term() != in.Grid.Term() || g.Step() != s.step || g.DayCount() != s.dayCount {
			t.Fatalf("deal %d: other time\n%s", i, b.String())
		}
		for j, c := range s.copy().clauses {
			if want := standard(c); !reflect.DeepEqual(d.Clauses[j], want) {
				t.Fatalf("deal %d: reads back as\n%+v, want\n%+v\n%s", i, d.Clauses[j], want, b.String())
			}
		}
		read++
	}
	if read < 1800 {
		t.Errorf("only %d deals written", read)
	}
}

// standard is a clause as reading leaves it, where a file can say one thing in
// two ways.
func standard(c clause.Clause) clause.Clause {
	switch c := c.(type) {
	case *clause.Facility:
		if c.Of == "" {
			c.After = clause.NewFacility().After
		}
	case *clause.Commitment:
		if c.Schedule.Shape == "flat" {
			c.Schedule.Shape = ""
		}
	}
	return c
}

// Names that YAML would take for something else are quoted.
func TestWriteDealQuotes(t *testing.T) {
	for name, want := range map[string]string{"lab": "lab", "yes": `"yes"`, "a: b": `"a: b"`, "2027": `"2027"`, "": ""} {
		if got := scalar(name); got != want {
			t.Errorf("%q is written %s, want %s", name, got, want)
		}
	}
}

type brokenPipe struct{}

var errBroken = errors.New("broken")

func (brokenPipe) Write([]byte) (int, error) { return 0, errBroken }

func TestWriteDealReportsErrors(t *testing.T) {
	in, _ := random(seed, 0).input()
	if err := WriteDeal(brokenPipe{}, in); !errors.Is(err, errBroken) {
		t.Errorf("error %v, want that of the writer", err)
	}
}
