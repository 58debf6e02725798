// SPDX-License-Identifier: Apache-2.0

package read

import (
	"strings"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/deal/tree"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// thing has a place for every kind of field.
type thing struct {
	text, choice, party, ref string
	raw                      *tree.Node
	code                     unmarshaled
	money                    unit.Amount
	cents, rate              float64
	number                   *float64
	set                      setter
	count                    int
	date                     calendar.Date
	span                     calendar.Span
	months                   spanSetter
	flag                     bool
	series                   []float64
	counts                   []int
	group, bare              float64
	items                    []float64
	names, words, texts      []string
	dates                    []calendar.Date
	refs                     []string
	chosen                   string
}

type unmarshaled string

func (u *unmarshaled) UnmarshalText(text []byte) error {
	c, err := unit.ParseCurrency(string(text))
	*u = unmarshaled(c.Code)
	return err
}

type setter float64

func (s *setter) SetNumber(x float64) { *s = setter(2 * x) }

type spanSetter int

func (s *spanSetter) SetSpan(x calendar.Span) { *s = spanSetter(x.Months) }

func (x *thing) fields() []field.Field {
	one := func(name string, into *float64) []field.Field {
		return []field.Field{{Name: name, Kind: field.Number, Into: into}}
	}
	return []field.Field{
		{Name: "text", Kind: field.Text, Into: &x.text}, {Name: "choice", Kind: field.Choice, Choices: []string{"one", "other"}, Into: &x.choice},
		{Name: "party", Kind: field.Party, Into: &x.party}, {Name: "ref", Kind: field.Ref, Into: &x.ref}, {Name: "raw", Kind: field.Raw, Into: &x.raw},
		{Name: "code", Kind: field.Text, Into: &x.code}, {Name: "money", Kind: field.Money, Into: &x.money},
		{Name: "cents", Kind: field.Money, Into: &x.cents, Choices: []string{"free"}}, {Name: "rate", Kind: field.Rate, Into: &x.rate, Min: field.Beyond(0), Max: field.Beyond(1)},
		{Name: "number", Kind: field.Number, Into: &x.number, Min: field.At(1)}, {Name: "set", Kind: field.Number, Into: &x.set},
		{Name: "count", Kind: field.Count, Into: &x.count}, {Name: "date", Kind: field.Date, Into: &x.date}, {Name: "span", Kind: field.Span, Into: &x.span},
		{Name: "months", Kind: field.Span, Into: &x.months}, {Name: "flag", Kind: field.Flag, Into: &x.flag},
		{Name: "series", Kind: field.Series, Item: field.Rate, Into: &x.series}, {Name: "counts", Kind: field.Counts, Into: &x.counts},
		{Name: "words", Kind: field.Words, Choices: []string{"one", "two"}, Into: &x.words}, {Name: "texts", Kind: field.Words, Into: &x.texts},
		{Name: "dates", Kind: field.Dates, Choices: []string{"now"}, Into: &x.dates}, {Name: "refs", Kind: field.Refs, Into: &x.refs},
		{Name: "group", Kind: field.Group, None: true, Fields: func() []field.Field { return one("x", &x.group) },
			Bare: &field.Field{Name: "group", Kind: field.Number, Into: &x.bare}},
		{Name: "items", Kind: field.List, Fields: func() []field.Field {
			x.items = append(x.items, 0)
			return one("x", &x.items[len(x.items)-1])
		}},
		{Name: "places", Kind: field.Places, Key: func(name string) field.Field {
			x.names = append(x.names, name)
			return field.Field{Name: name, Kind: field.Number, Into: new(float64)}
		}},
		{Name: "variant", Kind: field.Variant, Fields: func() []field.Field {
			a, b := one("a", &x.group)[0], one("b", &x.group)[0]
			a.Chosen, b.Chosen = func() { x.chosen += "a" }, func() { x.chosen += "b" }
			return []field.Field{a, b}
		}},
	}
}

// load reads a mapping as a thing.
func load(t *testing.T, source string) (*thing, *Reader) {
	t.Helper()
	root, list := tree.Parse("f", []byte(source))
	if root == nil {
		t.Fatal(list)
	}
	x, r := &thing{}, New("f", []byte(source))
	r.Add(list)
	r.SetParties([]string{"lab"})
	r.Currency, _ = unit.LookupCurrency("EUR")
	r.All(r.Open(nil, "", root, nil, field.Field{Kind: field.Group}), x.fields())
	r.CheckRefs([]string{"spend"})
	return x, r
}

// TestRead reads every kind of field.
func TestRead(t *testing.T) {
	x, r := load(t, `
text: 5
choice: other
party: lab
ref: spend
raw: {a: [1, "b"]}
code: USD
money: at least €5B
cents: free
rate: 25%
number: 3
set: 2
count: 7
date: 2026-05-01
span: 18m
months: 2y
flag: true
series: [1%, 2%]
counts: [1, 2]
words: [two, one]
texts: [a, 5]
dates: [now, 2027-02-03]
refs: [spend, spend]
group: {x: 4}
items: [{x: 1}, {}, {x: 3}]
places: {b: 1, a b: 2}
variant: {b: 9}
`)
	if list := r.Done(); len(list) > 0 {
		t.Fatal(list)
	}
	want := thing{text: "5", choice: "other", party: "lab", ref: "spend", code: "USD", money: unit.Amount{Value: 5e11, Bound: unit.AtLeast},
		rate: 0.25, number: x.number, set: 4, count: 7, date: calendar.MustParseDate("2026-05-01"), span: calendar.Span{Months: 18}, months: 24, flag: true,
		group: 9, chosen: "b"}
	if x.series[1] != 0.02 || x.counts[1] != 2 || *x.number != 3 || x.items[2] != 3 || x.names[1] != "a b" || x.texts[1] != "5" || x.raw.Find("a").Value.Items[1].Text != "b" {
		t.Errorf("%+v", x)
	}
	if len(x.dates) != 2 || !x.dates[0].IsZero() || x.dates[1] != calendar.MustParseDate("2027-02-03") || len(x.refs) != 2 || x.refs[1] != "spend" {
		t.Errorf("dates %v, refs %v", x.dates, x.refs)
	}
	if !equal(want, *x) {
		t.Errorf("%+v, want %+v", *x, want)
	}
	if x, r := load(t, "dates: 2027-02-03\nrefs: spend\n"); len(x.dates) != 1 || x.dates[0].Year() != 2027 || len(x.refs) != 1 || len(r.Done()) > 0 {
		t.Errorf("one date or id without brackets is read as %v and %v", x.dates, x.refs)
	}
	if x, r := load(t, "group: 3\n"); x.bare != 3 || len(r.Done()) > 0 {
		t.Error("a bare value is not read")
	}
	if x.words[0] != "two" || x.words[1] != "one" {
		t.Errorf("%q", x.words)
	}
	if x, r := load(t, "words: one\n"); len(x.words) != 1 || x.words[0] != "one" || len(r.Done()) > 0 {
		t.Error("one word alone is not read")
	}
	if x, r := load(t, "group: none\n"); x.bare != 0 || x.group != 0 || len(r.Done()) > 0 {
		t.Error("none is not read")
	}
}

func equal(a, b thing) bool {
	return a.text == b.text && a.choice == b.choice && a.party == b.party && a.ref == b.ref && a.code == b.code && a.money == b.money &&
		a.cents == b.cents && a.rate == b.rate && a.set == b.set && a.count == b.count && a.date == b.date && a.span == b.span &&
		a.months == b.months && a.flag == b.flag && a.group == b.group && a.chosen == b.chosen
}

// TestReadRefuses holds each kind of field to what it says of what it cannot take.
func TestReadRefuses(t *testing.T) {
	for source, want := range map[string]string{
		"text: {a: 1}":          "f:1:1: fault FIELD-KIND: text is a mapping, and a value is wanted",
		"choice: none":          "f:1:9: fault CHOICE-UNKNOWN: choice cannot be none",
		"party: labs":           "f:1:8: fault PARTY-UNKNOWN: party: there is no party labs",
		"ref: spent":            "f:1:6: fault REF-UNKNOWN: ref: there is no clause spent",
		"texts: {a: 1}":         "f:1:1: fault FIELD-KIND: texts is a mapping, and a list is wanted",
		"texts: [a, ~]":         "f:1:12: fault FIELD-EMPTY: texts[1] has no value",
		"texts: [[a]]":          "f:1:9: fault FIELD-KIND: texts[0] is a list, and a value is wanted",
		"code: usd":             "f:1:7: fault TEXT-FORM: code: usd is not a currency code",
		"money: $5B":            "f:1:8: fault AMOUNT-FORM: money: \"$5B\" has the currency symbol $, and the currency is EUR",
		"cents: up to 5":        "f:1:8: fault QUALIFIER-HERE: cents: up to stands before the value, and this field takes a value alone",
		"rate: 0":               "f:1:7: fault VALUE-TOO-LOW: rate is 0, and must be more than 0%",
		"rate: 1":               "f:1:7: fault VALUE-TOO-HIGH: rate is 1, and must be less than 100%",
		"number: 0.5":           "f:1:9: fault VALUE-TOO-LOW: number is 0.5, and must be at least 1",
		"count: 3B":             "f:1:8: fault COUNT-FORM: count: 3B is not a whole number below 2^31",
		"date: today":           "f:1:7: fault DATE-FORM: date: today is not a date",
		"span: 5":               "f:1:7: fault SPAN-FORM: span: 5 has no unit that is known",
		"flag: yes":             "f:1:7: fault FLAG-FORM: flag cannot be yes",
		"series: [1%, ~]":       "f:1:14: fault FIELD-EMPTY: series[1] has no value",
		"series: [[1]]":         "f:1:10: fault FIELD-KIND: series[0] is a list, and a value is wanted",
		"counts: []":            "f:1:1: fault LIST-EMPTY: counts is an empty list",
		"words: []":             "f:1:1: fault LIST-EMPTY: words is an empty list",
		"words: three":          "f:1:8: fault CHOICE-UNKNOWN: words cannot be three",
		"words: [one, tow]":     "f:1:14: fault CHOICE-UNKNOWN: words[1] cannot be tow",
		"words: [one, ~]":       "f:1:14: fault FIELD-EMPTY: words[1] has no value",
		"words: {one: two}":     "f:1:1: fault FIELD-KIND: words is a mapping, and a list is wanted",
		"words: [[one]]":        "f:1:9: fault FIELD-KIND: words[0] is a list, and a value is wanted",
		"words:":                "f:1:1: fault FIELD-EMPTY: words has no value",
		"dates: [2027-13-01]":   "f:1:9: fault DATE-FORM: dates[0]: 2027-13-01 has no such month",
		"dates: {a: 1}":         "f:1:1: fault FIELD-KIND: dates is a mapping, and a list is wanted",
		"refs: [spend, spent]":  "f:1:15: fault REF-UNKNOWN: refs[1]: there is no clause spent",
		"refs: [[spend]]":       "f:1:8: fault FIELD-KIND: refs[0] is a list, and a value is wanted",
		"refs: [~]":             "f:1:8: fault FIELD-EMPTY: refs[0] has no value",
		"group: [1]":            "f:1:1: fault FIELD-KIND: group is a list, and a mapping is wanted",
		"group: {y: 1}":         "f:1:9: fault FIELD-UNKNOWN: group has no field y",
		"items: {x: 1}":         "f:1:1: fault FIELD-KIND: items is a mapping, and a list is wanted",
		"items: [1]":            "f:1:9: fault FIELD-KIND: items[0] is a value, and a mapping is wanted",
		"places: [1]":           "f:1:1: fault FIELD-KIND: places is a list, and a mapping is wanted",
		"variant: {}":           "f:1:1: fault ONE-OF-NONE: variant is empty",
		"variant: {a: 1, b: 2}": "f:1:17: fault ONE-OF-TWICE: variant is given both as a and as b",
		"variant: {c: 1}":       "f:1:11: fault FIELD-UNKNOWN: variant has no field c",
		"variant: 5":            "f:1:10: fault FIELD-KIND: variant is a value, and a mapping is wanted",
		"text: ''":              "f:1:7: fault FIELD-EMPTY: text is empty",
		"text:":                 "f:1:1: fault FIELD-EMPTY: text has no value",
		"tetx: a":               "f:1:1: fault FIELD-UNKNOWN: the file has no field tetx",
	} {
		_, r := load(t, source+"\n")
		list := r.Done()
		if len(list) != 1 || list[0].String() != want || list[0].Hint == "" {
			t.Errorf("%q: %v, want %s", source, list, want)
		}
	}
}

// TestReadMany holds the reader to keep no more than it says, and to say so.
func TestReadMany(t *testing.T) {
	_, r := load(t, "places: {"+strings.Repeat("a, ", 10)+"x: 1}\nitems: ["+strings.Repeat("{x: y}, ", 500)+"{}]\n")
	list := r.Done()
	last := list[len(list)-1]
	if len(list) != KeptMost+1 || last.Code != codeMany || !strings.Contains(last.Message, "more are not shown") {
		t.Errorf("%d diagnostics, the last: %v", len(list), last)
	}
}
