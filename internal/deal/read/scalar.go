// SPDX-License-Identifier: Apache-2.0

package read

import (
	"encoding"
	"fmt"
	"math"
	"slices"

	"offtake/internal/calendar"
	"offtake/internal/deal/tree"
	"offtake/internal/diag"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// scalar reads a single text as its field's kind.
func (r *Reader) scalar(s *Site, f field.Field) {
	text := s.Node.Text
	if f.Kind != field.Choice && slices.Contains(f.Choices, text) {
		return
	}
	if text == "" && s.Node.Style != tree.Plain {
		r.Fault(codeEmpty, s.Place, emptyHint(f), "%s is empty", title(s))
		return
	}
	switch f.Kind {
	case field.Text:
		r.text(s, f, text)
	case field.Choice:
		r.choice(s, f, text)
	case field.Party:
		if *f.Into.(*string) = text; r.party != nil && !r.party[text] {
			r.Fault(codeParty, s.Place, r.Instead(text, r.parties, "parties"), "%s: there is no party %s", title(s), Shown(text))
		}
	case field.Ref:
		*f.Into.(*string) = text
		r.refs = append(r.refs, use{text, s.Place, title(s)})
	case field.Flag:
		r.flag(s, f, text)
	case field.Date:
		d, err := calendar.ParseDate(text)
		if r.parsed(codeDate, s, f, err) {
			*f.Into.(*calendar.Date) = d
		}
	case field.Span:
		r.span(s, f, text)
	default:
		r.quantity(s, f, text)
	}
}

// text takes a text as it is, or has its place take it.
func (r *Reader) text(s *Site, f field.Field, text string) {
	if into, ok := f.Into.(encoding.TextUnmarshaler); ok {
		r.parsed(codeText, s, f, into.UnmarshalText([]byte(text)))
		return
	}
	*f.Into.(*string) = text
}

func (r *Reader) choice(s *Site, f field.Field, text string) {
	if slices.Contains(f.Choices, text) {
		*f.Into.(*string) = text
		return
	}
	hint := "write " + enumerate(f.Choices, "or")
	if meant := diag.Suggest(text, f.Choices); meant != "" {
		hint = "did you mean " + meant + "? " + hint
	}
	r.Fault(codeChoice, s.Place, hint, "%s cannot be %s", title(s), Shown(text))
}

func (r *Reader) flag(s *Site, f field.Field, text string) {
	switch text {
	case "true", "false":
		*f.Into.(*bool) = text == "true"
	default:
		r.Fault(codeFlag, s.Place, "write true or false", "%s cannot be %s", title(s), Shown(text))
	}
}

func (r *Reader) span(s *Site, f field.Field, text string) {
	if into, ok := f.Into.(field.SpanIntervalSetter); ok {
		if low, high, is := cutInterval(text); is {
			r.spans(s, f, into, low, high)
			return
		}
	}
	span, err := calendar.ParseSpan(text)
	if !r.parsed(codeSpan, s, f, err) {
		return
	}
	switch into := f.Into.(type) {
	case field.SpanSetter:
		into.SetSpan(span)
	case *calendar.Span:
		*into = span
	default:
		panic(fmt.Sprintf("read: a length of time cannot fill a %T", into))
	}
}

// parsed reports the error of a text that is not what its field takes.
func (r *Reader) parsed(code string, s *Site, f field.Field, err error) bool {
	if err == nil {
		return true
	}
	problem, hint := Explain(err)
	if hint == "" {
		hint = "write " + Wanted(f)
	}
	r.Fault(code, s.Place, hint, "%s: %s %s", title(s), Shown(s.Node.Text), problem)
	return false
}

// quantity reads an amount, a rate, a number or a whole number.
func (r *Reader) quantity(s *Site, f field.Field, text string) {
	if r.interval(s, f, text) {
		return
	}
	a, code, err := r.amount(s, f, text)
	if r.parsed(code, s, f, err) && r.inBounds(s, f, a.Value) && r.whole(s, f, a.Value) {
		r.put(s, f, a)
	}
}

// amount reads one quantity of a field's kind; the code is that of one that is not.
func (r *Reader) amount(s *Site, f field.Field, text string) (a unit.Amount, code string, err error) {
	code = codeNumber
	switch f.Kind {
	case field.Money:
		code = codeAmount
		if a, err = unit.ParseMoney(text); r.Currency.Code != "" {
			a, err = unit.ParseMoneyIn(text, r.Currency)
		}
	case field.Rate:
		code = codeRate
		a.Value, err = unit.ParseRate(text)
	case field.Count:
		code = codeCount
		a, err = unit.ParseNumber(text)
	case field.Number:
		a, err = unit.ParseNumber(text)
	default:
		panic(fmt.Sprintf("read: %s is %v, which is no single value", s.Path, f.Kind))
	}
	return a, code, err
}

// inBounds reports a number beyond its field's limits.
func (r *Reader) inBounds(s *Site, f field.Field, x float64) bool {
	say := func(code, closed, open string, l field.Limit) bool {
		words := closed
		if l.Open {
			words = open
		}
		r.Fault(code, s.Place, f.Name+": "+meaning(f), "%s is %s, and must be %s %s", title(s), Shown(s.Node.Text), words, limitText(f, l.Value))
		return false
	}
	switch {
	case f.Min.Below(x):
		return say(codeLow, "at least", "more than", f.Min)
	case f.Max.Above(x):
		return say(codeHigh, "at most", "less than", f.Max)
	case f.Kind == field.Money || f.Kind == field.Count: // they have limits of their own
	case x < -numberMost:
		return say(codeLow, "at least", "", field.At(-numberMost))
	case x > numberMost:
		return say(codeHigh, "at most", "", field.At(numberMost))
	}
	return true
}

// numberMost bounds numbers and rates, so that what several of them come to when
// multiplied over many years is still a number.
const numberMost = 1e15

// countMost bounds whole numbers, so that they fit an int anywhere.
const countMost = 1 << 31

// whole reports a count that is not a whole number.
func (r *Reader) whole(s *Site, f field.Field, x float64) bool {
	if f.Kind != field.Count || x == math.Trunc(x) && math.Abs(x) < countMost {
		return true
	}
	r.Fault(codeCount, s.Place, f.Name+": "+meaning(f), "%s: %s is not a whole number below 2^31", title(s), Shown(s.Node.Text))
	return false
}

// put stores a number where its field wants it. Only an Amount keeps a qualifier.
func (r *Reader) put(s *Site, f field.Field, a unit.Amount) {
	if into, ok := f.Into.(*unit.Amount); ok {
		*into = a
		return
	}
	if a.Bound != unit.Exact {
		r.Fault(codeQualifier, s.Place, "write the value alone", "%s: %s stands before the value, and this field takes a value alone", title(s), a.Bound)
		return
	}
	switch into := f.Into.(type) {
	case *float64:
		*into = a.Value
	case **float64:
		*into = &a.Value
	case *int:
		*into = int(a.Value)
	case field.NumberSetter:
		into.SetNumber(a.Value)
	default:
		panic(fmt.Sprintf("read: a number cannot fill a %T", into))
	}
}
