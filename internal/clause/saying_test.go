// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"
	"strings"

	"offtake/internal/calendar"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// A saying is one thing that a file may say of a clause beside what it must:
// a field by its path, and which of the ways there are to write it.
type saying struct {
	path string
	way  int
	rate bool
	ref  string // the clause that is named
}

// String is the field's path and the number of the way.
func (s saying) String() string { return fmt.Sprintf("%s (%d)", s.path, s.way) }

// what is said: of a rate or of the id of a clause one value is as good as
// another.
func (s saying) what() saying {
	if s.rate {
		s.way, s.ref = 0, ""
	}
	return s
}

// bareWays is where the ways to write a bare value begin.
const bareWays = 100

// sayings are all that may be said in a table, each field in each of its ways.
func sayings(table []field.Field, at string) []saying {
	var out []saying
	for _, f := range table {
		path := strings.TrimPrefix(at+"."+f.Name, ".")
		if f.Name == "id" || f.Kind == field.Party {
			continue
		}
		if f.Bare != nil {
			for way := range ways(*f.Bare) {
				out = append(out, saying{path: path, way: bareWays + way})
			}
		}
		if !opens(f) {
			for way := range ways(f) {
				s := saying{path: path, way: way, rate: f.Kind == field.Rate || isRef(f)}
				if isRef(f) {
					s.ref = refs[way]
				}
				out = append(out, s)
			}
			continue
		}
		if f.Kind != field.Variant {
			out = append(out, saying{path: path})
		}
		out = append(out, sayings(f.Fields(), path)...)
	}
	return out
}

// ways is in how many ways a single value is written.
func ways(f field.Field) int {
	switch {
	case f.Kind == field.Choice:
		return len(f.Choices)
	case f.Kind == field.Rate:
		return len(rates(f))
	case isRef(f):
		return len(refs)
	}
	return 1
}

// refs are the clauses around the one under test: one of each kind that others
// refer to.
var refs = []string{"around", "shares", "debt", "line"}

func isRef(f field.Field) bool { return f.Kind == field.Ref || f.Kind == field.Refs }

// rates are some that the field's limits let pass.
func rates(f field.Field) []float64 {
	var out []float64
	for _, x := range []float64{0.5, 1.25, 0} {
		if !f.Min.Below(x) && !f.Max.Above(x) {
			out = append(out, x)
		}
	}
	return out
}

// fill writes what a table requires and what is said.
func fill(table []field.Field, at string, said []saying) {
	for _, f := range table {
		path := strings.TrimPrefix(at+"."+f.Name, ".")
		way, inside, here := 0, false, f.Required
		for _, s := range said {
			if s.path == path {
				way, here = s.way, true
			}
			if strings.HasPrefix(s.path, path+".") {
				inside, here = true, true
			}
		}
		switch {
		case !here:
		case f.Bare != nil && !inside && way >= bareWays:
			put(*f.Bare, way-bareWays)
		case f.Kind == field.Variant:
			fillCase(f.Fields(), path, said)
		case opens(f):
			fill(f.Fields(), path, said)
		default:
			put(f, way)
		}
	}
}

// fillCase writes the case of a variant that something is said of, else the
// first.
func fillCase(cases []field.Field, at string, said []saying) {
	chosen := cases[0]
	for _, f := range cases {
		for _, s := range said {
			if path := at + "." + f.Name; s.path == path || strings.HasPrefix(s.path, path+".") {
				chosen = f
			}
		}
	}
	if chosen.Chosen != nil {
		chosen.Chosen()
	}
	chosen.Required = true
	fill([]field.Field{chosen}, at, said)
}

// put writes a value as a file would that says something sensible: the term is
// four years from the start of 2027.
func put(f field.Field, way int) {
	switch into := f.Into.(type) {
	case *string:
		*into = map[field.Kind]string{field.Party: "cloud"}[f.Kind]
		if f.Kind == field.Choice {
			*into = f.Choices[way]
		} else if f.Kind == field.Ref {
			*into = refs[way]
		} else if *into == "" {
			*into = "something"
		}
	case *int:
		*into = int(number(f, way))
	case *float64:
		*into = number(f, way)
	case **float64:
		x := number(f, way)
		*into = &x
	case field.NumberSetter:
		into.SetNumber(number(f, way))
	case *unit.Amount:
		into.Value = number(f, way)
	case *calendar.Date:
		*into = calendar.MustParseDate("2028-02-10")
	case *calendar.Span:
		*into = calendar.Span{Months: 12}
	case field.SpanSetter:
		into.SetSpan(calendar.Span{Months: 12})
	case *bool:
		*into = true
	case *[]float64:
		for range 4 {
			*into = append(*into, number(field.Field{Kind: f.Item, Name: "each"}, way))
		}
	case *[]int:
		*into = []int{1}
	case *[]calendar.Date:
		*into = days("2027-03-10", "2028-02-10")
	case *[]string:
		*into = []string{refs[way]}
	default:
		panic(fmt.Sprintf("%s, %v, goes to a %T", f.Name, f.Kind, f.Into))
	}
}

// number is a sensible one: 4,000 in money, of which a list has a quarter each.
func number(f field.Field, way int) float64 {
	x := 2.0
	switch {
	case f.Kind == field.Money && f.Name == "each":
		x = 100000
	case f.Kind == field.Money:
		x = 400000
	case f.Kind == field.Rate:
		return rates(f)[way]
	case f.Kind == field.Count && f.Unit == "months":
		x = 12
	}
	if f.Min.Below(x) || f.Max.Above(x) {
		x = (f.Min.Value + f.Max.Value) / 2
	}
	return x
}
