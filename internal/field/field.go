// SPDX-License-Identifier: Apache-2.0

package field

import (
	"math"

	"offtake/internal/calendar"
)

// A Kind says how a field is written and what Into points at.
type Kind int

// The kinds of field, with the type of Into.
const (
	Text    Kind = iota // *string: any text
	Choice              // *string: one of Choices
	Party               // *string: the key of a party
	Ref                 // *string: the id of a clause
	Money               // *float64 (cents) or *unit.Amount (cents, with its qualifier)
	Rate                // *float64: a fraction, written 25% or 0.25
	Number              // *float64
	Count               // *int
	Date                // *calendar.Date
	Span                // *calendar.Span: 10y, 18m, 90d
	Flag                // *bool
	Series              // *[]float64: a list of what Item says
	Counts              // *[]int
	Words               // *[]string: some of Choices, or any words where there are none, in a list; one alone needs no brackets
	Group               // a mapping; Fields opens it
	List                // a list of mappings; Fields adds one element and opens it
	Variant             // a mapping with exactly one of the Fields' names
	Places              // a mapping from names to values; Key opens one
	Raw                 // any value, as a node of the file; Into is the reader's own
	Dates               // *[]calendar.Date: one or a list of them; in a list a word among Choices stands for the zero date
	Refs                // *[]string: the id of a clause, or a list of them
)

var kindNames = [...]string{
	"text", "choice", "party", "clause id", "amount", "rate", "number", "whole number", "date",
	"length of time", "true or false", "list", "list of whole numbers", "list of words", "mapping", "list of mappings",
	"one of several mappings", "mapping by name", "any value", "list of dates", "list of clause ids",
}

// String is the kind in words for messages and docs.
func (k Kind) String() string { return kindNames[k] }

// A NumberSetter takes a number that does not simply go to a float64.
type NumberSetter interface{ SetNumber(x float64) }

// A SpanSetter takes a length of time in a form of its own.
type SpanSetter interface{ SetSpan(s calendar.Span) }

// An IntervalSetter takes a low and a high value, written 0.4 to 0.6, in the place
// of one.
type IntervalSetter interface{ SetInterval(low, high float64) }

// A SpanIntervalSetter likewise takes two lengths of time, written 3m to 9m.
type SpanIntervalSetter interface{ SetSpanInterval(low, high calendar.Span) }

// A Field is one thing that a file may say at one place.
type Field struct {
	Name     string
	Kind     Kind
	Unit     string // unit of the value: "USD", "per year", "GW", "periods"; "" where none applies
	Doc      string // what it means, in one sentence
	Default  string // as it would be written; "" where there is none
	Required bool
	Choices  []string // for Choice, and for Words unless any are taken; for another kind, words that are read beside it and leave the value as it is
	Item     Kind     // for Series: Money, Rate or Number
	Min, Max Limit    // for numbers, in the canonical unit
	Into     any

	// Fields opens a Group, Variant or List element: it makes the place that
	// the nested fields fill and returns their table. It is called when the
	// file has the mapping, once for each element of a List.
	Fields func() []Field
	// Key opens one entry of a Places mapping: the field that reads its value.
	Key func(name string) Field
	// Bare, for a Group or Variant, reads a plain scalar written instead of
	// the mapping.
	Bare *Field
	// Chosen is called when the file has this case of a Variant, before its
	// value is read.
	Chosen func()
	// By, for a List, names the field whose value stands for the element in
	// paths (clauses.series-g.amount); "" where its number does.
	By string
	// Others, for what holds named values, says what to do about a name that
	// is not among them, where that is more than a slip, or once was one of
	// them; "" for the usual words.
	Others string
	// Each, for a Series, opens one element that may be more than a number; it
	// makes the place that the element fills.
	Each func() Field
	// Shared names a table that many fields open, so that a schema can say it
	// once; "" for a table of its own.
	Shared string
	// Certain says why a number cannot be uncertain, for files that would have
	// it so; "" where nobody would.
	Certain string
	// One accepts a single element of a List written without brackets.
	One bool
	// None accepts the word none, which leaves the value absent.
	None bool
}

// A Limit is a bound of a number; the zero Limit does not bind.
type Limit struct {
	Value float64
	Open  bool // the bound itself is not allowed
	set   bool
}

// At is an inclusive limit.
func At(x float64) Limit { return Limit{Value: x, set: true} }

// Beyond is an exclusive limit.
func Beyond(x float64) Limit { return Limit{Value: x, Open: true, set: true} }

// Set tells whether the limit binds.
func (l Limit) Set() bool { return l.set }

// Below tells whether x breaks l as a lower limit.
func (l Limit) Below(x float64) bool {
	return l.set && (x < l.Value || l.Open && x == l.Value || math.IsNaN(x))
}

// Above tells whether x breaks l as an upper limit.
func (l Limit) Above(x float64) bool {
	return l.set && (x > l.Value || l.Open && x == l.Value || math.IsNaN(x))
}

// A Report takes what a check finds. Paths are relative to the thing checked
// and written as in a file: "opens[1].amount".
type Report interface {
	Fault(code, path, hint, format string, args ...any)
	Warn(code, path, hint, format string, args ...any)
}
