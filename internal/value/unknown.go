// SPDX-License-Identifier: Apache-2.0

package value

import (
	"errors"
	"math"
	"strings"

	"offtake/internal/deal"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// An Unknown is a value of a deal that is looked for in a bracket.
type Unknown struct {
	deal.Variable
	Lo, Hi float64 // in the unit of the variable, money in cents
	Why    string  // the bracket is what it is
}

// ParseUnknown reads PATH or PATH=LO..HI. The error is a Refusal.
func ParseUnknown(d *deal.Deal, text string) (Unknown, error) {
	path, bounds, given := strings.Cut(text, "=")
	v, err := d.Variable(strings.TrimSpace(path))
	var none deal.NoVariable
	switch {
	case errors.As(err, &none):
		return Unknown{}, Refusal{none.Says, none.Hint}
	case err != nil:
		return Unknown{}, err
	case v.Kind == field.Span:
		return Unknown{}, refuse("set its values one by one with --set "+v.Path+"=VALUE", "%s is a length of time, which goes in steps", v.Path)
	}
	u := Unknown{Variable: v}
	if given {
		return u, u.bounds(strings.TrimSpace(bounds), d.Currency)
	}
	return u, u.bracket()
}

// bounds reads a bracket that was asked for.
func (u *Unknown) bounds(text string, currency unit.Currency) error {
	low, high, ok := strings.Cut(text, "..")
	if !ok {
		return refuse("write --vary "+u.Path+"=LO..HI", "%q is no bracket", text)
	}
	for _, end := range []struct {
		text string
		into *float64
	}{{low, &u.Lo}, {high, &u.Hi}} {
		x, _, err := u.Parse(strings.TrimSpace(end.text), currency)
		if e, ok := err.(*unit.Error); ok {
			return refuse(e.Hint, "%q %s", strings.TrimSpace(end.text), e.Problem)
		}
		if u.Min.Below(x) || u.Max.Above(x) {
			return refuse("", "%s cannot be %s: it is %s", u.Path, strings.TrimSpace(end.text), u.limits())
		}
		*end.into = x
	}
	if u.Why = "as asked for"; !(u.Lo < u.Hi) {
		return refuse("write the lower end first", "%s is not below %s", strings.TrimSpace(low), strings.TrimSpace(high))
	}
	return nil
}

// limits are the field's, in words.
func (u *Unknown) limits() string {
	var out []string
	if u.Min.Set() {
		out = append(out, map[bool]string{true: "above ", false: "at least "}[u.Min.Open]+u.Variable.Write(u.Min.Value))
	}
	if u.Max.Set() {
		out = append(out, map[bool]string{true: "below ", false: "at most "}[u.Max.Open]+u.Variable.Write(u.Max.Value))
	}
	return strings.Join(out, " and ")
}

// widest is the widest bracket that a field's own limits are taken for; wider ones guard against
// slips and say nothing about what is sensible.
const widest = 1.0

// multiple is how many times its present value an unknown is looked for up to, without narrow limits.
const multiple = 3

// inside keeps a bracket off limits that are not allowed themselves, as a share of its width.
const inside = 1e-6

// bracket is where an unknown is looked for if nobody says: between the field's own limits where
// these are no more than widest apart, else from nothing to some times the value in the file.
func (u *Unknown) bracket() error {
	if u.Min.Set() && u.Max.Set() && u.Kind == field.Rate && u.Max.Value-u.Min.Value <= widest {
		u.Lo, u.Hi, u.Why = u.Min.Value, u.Max.Value, "its own limits"
	} else {
		x := u.Value
		if !(math.Abs(x) > 0) || math.IsInf(x, 0) {
			return refuse("write --vary "+u.Path+"=LO..HI", "%s has no value to look around", u.Path)
		}
		u.Lo, u.Hi, u.Why = math.Min(0, multiple*x), math.Max(0, multiple*x), "from nothing to three times its value"
		if u.Min.Set() && u.Lo < u.Min.Value {
			u.Lo, u.Why = u.Min.Value, "from its least to three times its value"
		}
		if u.Max.Set() && u.Hi > u.Max.Value {
			u.Hi, u.Why = u.Max.Value, "up to its own limit"
		}
	}
	step := inside * (u.Hi - u.Lo)
	if u.Kind == field.Money {
		step = max(step, 1)
	}
	if u.Min.Open && u.Lo == u.Min.Value {
		u.Lo += step
	}
	if u.Max.Open && u.Hi == u.Max.Value {
		u.Hi -= step
	}
	if !(u.Lo < u.Hi) {
		return refuse("write --vary "+u.Path+"=LO..HI", "%s has no room to vary in around its value", u.Path)
	}
	return nil
}

// edits are the values of unknowns as a file would have them.
func edits(all []Unknown, x []float64) []deal.Edit {
	out := make([]deal.Edit, len(all))
	for i := range all {
		out[i] = deal.Edit{Path: all[i].Path, Text: all[i].Write(x[i])}
	}
	return out
}

// movesWorld tells whether any of some edits is of the world: then its factors are laid out anew.
func movesWorld(edits []deal.Edit) bool {
	for _, e := range edits {
		if strings.HasPrefix(e.Path, "world.") {
			return true
		}
	}
	return false
}
