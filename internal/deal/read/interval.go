// SPDX-License-Identifier: Apache-2.0

package read

import (
	"strings"

	"offtake/internal/calendar"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// cutInterval takes "35% to 55%" apart. "up to 55%" is one value.
func cutInterval(text string) (low, high string, ok bool) {
	words := strings.Fields(text)
	for i, w := range words {
		if w == "to" && i > 0 && i < len(words)-1 && words[i-1] != "up" {
			return strings.Join(words[:i], " "), strings.Join(words[i+1:], " "), true
		}
	}
	return "", "", false
}

// interval reads two values in the place of one, if that is what the text says, and
// tells whether it is.
func (r *Reader) interval(s *Site, f field.Field, text string) bool {
	low, high, is := cutInterval(text)
	if !is {
		return false
	}
	into, takes := f.Into.(field.IntervalSetter)
	if !takes {
		if f.Certain != "" {
			r.Fault(codeCertain, s.Place, "write one value", "%s cannot be %s: %s", title(s), Shown(text), f.Certain)
		}
		return f.Certain != ""
	}
	if !r.sameUnits(s, low, high) {
		return true
	}
	var ends [2]unit.Amount
	for i, part := range []string{low, high} {
		a, code, err := r.amount(s, f, part)
		if !r.parsed(code, s, f, err) || !r.inBounds(s, f, a.Value) {
			return true
		}
		if a.Bound != unit.Exact {
			r.Fault(codeQualifier, s.Place, "write the two values alone", "%s: %s stands before a value of an interval", title(s), a.Bound)
			return true
		}
		ends[i] = a
	}
	if r.rises(s, ends[0].Value < ends[1].Value, low, high) {
		into.SetInterval(ends[0].Value, ends[1].Value)
	}
	return true
}

// spans reads two lengths of time in the place of one.
func (r *Reader) spans(s *Site, f field.Field, into field.SpanIntervalSetter, low, high string) {
	from, err := calendar.ParseSpan(low)
	if !r.parsed(codeSpan, s, f, err) {
		return
	}
	to, err := calendar.ParseSpan(high)
	if r.parsed(codeSpan, s, f, err) && r.rises(s, from.Years() < to.Years(), low, high) {
		into.SetSpanInterval(from, to)
	}
}

// sameUnits reports an interval with a unit or suffix on its high end alone.
func (r *Reader) sameUnits(s *Site, low, high string) bool {
	bare := func(x string) bool { return x[len(x)-1] >= '0' && x[len(x)-1] <= '9' }
	if low == "0" || !bare(low) || bare(high) {
		return true
	}
	suffix := strings.TrimLeft(high, "+-$0123456789.,eE ")
	r.Fault(codeIntervalUnit, s.Place, "write "+low+suffix+" to "+high+", if that is meant", "%s: %s is written without %s, and %s with it", title(s), Shown(low), Shown(suffix), Shown(high))
	return false
}

// rises reports an interval that does not.
func (r *Reader) rises(s *Site, does bool, low, high string) bool {
	if !does {
		r.Fault(codeIntervalOrder, s.Place, "write the lower one first, and one value alone where there is no doubt", "%s: %s is not below %s", title(s), Shown(low), Shown(high))
	}
	return does
}
