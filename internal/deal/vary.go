// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"offtake/internal/deal/read"
	"offtake/internal/deal/tree"
	"offtake/internal/diag"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// A Variable is a value of a deal that may be any number within limits.
type Variable struct {
	Path     string
	Kind     field.Kind // Money, Rate or Number; Span for an uncertain length of time, in years
	Unit     string     // as the field's table has it
	Doc      string
	Min, Max field.Limit
	Text     string     // as the file says it; "" where it says nothing
	Value    float64    // the number that this is, in cents of an amount; the mean of an uncertain one; NaN where it is none
	Bound    unit.Bound // before it in the file
	// Uncertain tells that the file has a distribution there: a number set in its place is certain.
	Uncertain bool
}

// NoVariable says why a value cannot be any number.
type NoVariable struct{ Says, Hint string }

// Error is both on one line.
func (e NoVariable) Error() string {
	if e.Hint == "" {
		return e.Says
	}
	return e.Says + " (" + e.Hint + ")"
}

// Variable is the value at a path, or that could be at one; the error is a NoVariable.
func (d *Deal) Variable(path string) (Variable, error) {
	path = read.Clean(path)
	s := d.reader.Site(path)
	var f field.Field
	if s != nil && path != "" {
		f = s.Field
	} else {
		p := readTree(d.file.name, d.file.source, d.form.p.root.Node, nil, d.form.gone)
		g := p.absent(path)
		if g == nil {
			return Variable{}, NoVariable{"nothing can be set at " + read.Shown(path), p.pathHint(path)}
		}
		f, s = g.field, nil
	}
	if !underInputs(path) {
		return Variable{}, NoVariable{path + " is no term of the deal", "terms are in " + strings.Join(inputRoots, ", ")}
	}
	if s != nil && s.Node.Kind != tree.Scalar && f.Bare != nil && s.Node.Find("constant") != nil && len(s.Node.Entries) == 1 {
		return d.Variable(read.Join(path, "constant")) // one number, written by its name
	}
	v := Variable{Path: path, Doc: f.Doc, Unit: f.Unit, Value: math.NaN()}
	uncertain := d.uncertainAt(path)
	if f.Bare != nil && (s == nil || s.Node.Kind == tree.Scalar || uncertain != nil) {
		f = *f.Bare
	}
	v.Kind, v.Min, v.Max = f.Kind, f.Min, f.Max
	if err := d.mayVary(path, s, f, uncertain != nil); err != nil {
		return Variable{}, err
	}
	switch {
	case uncertain != nil:
		v.Uncertain, v.Value, v.Text = true, *uncertain, inline(s.Node)
	case s != nil:
		v.Text = s.Node.Text
		v.read(s.Node.Text)
	default:
		v.read(f.Default)
	}
	return v, nil
}

// uncertainAt is the mean of the uncertain number at a path; nil if there is none.
func (d *Deal) uncertainAt(path string) *float64 {
	for _, x := range d.World.Uncertain() {
		if read.Clean(x.Path) == path {
			mean := x.Number.Mean()
			return &mean
		}
	}
	return nil
}

// mayVary says why a value of a field cannot be any number, if it cannot.
func (d *Deal) mayVary(path string, s *read.Site, f field.Field, uncertain bool) error {
	switch f.Kind {
	case field.Money, field.Rate, field.Number:
		return nil
	case field.Span:
		if uncertain {
			return nil
		}
	}
	if s != nil && s.Node.Kind != tree.Scalar {
		says := NoVariable{Says: path + " holds several values"}
		if inside := d.numbersIn(path); len(inside) > 0 {
			says.Hint = "name one of them: " + strings.Join(inside, ", ")
		}
		return says
	}
	return NoVariable{fmt.Sprintf("%s is a %v, which goes in steps or in words", path, f.Kind), "set its values one by one with --set " + path + "=VALUE"}
}

// numbersIn are the first few paths of quantities inside a value.
func (d *Deal) numbersIn(path string) (out []string) {
	const most = 6
	uncertain := func(p string) bool { return slices.ContainsFunc(out, func(u string) bool { return read.Within(p, u) }) }
	for _, x := range d.World.Uncertain() {
		if p := read.Clean(x.Path); read.Within(p, path) && len(out) < most && !uncertain(p) {
			out = append(out, p)
		}
	}
	for _, s := range d.reader.Sites() {
		if s.Path != path && read.Within(s.Path, path) && s.Node.Kind == tree.Scalar && isInput(s.Field) && !uncertain(s.Path) {
			if v, err := d.Variable(s.Path); err == nil && v.Kind != field.Span && len(out) < most {
				out = append(out, s.Path)
			}
		}
	}
	return out
}

// read reads the number that a text is, if it is one.
func (v *Variable) read(text string) {
	if x, bound, err := v.Parse(text, unit.Currency{}); err == nil {
		v.Value, v.Bound = x, bound
	}
}

// Parse reads a text as the file would: amounts in cents. The error is one of package unit.
func (v *Variable) Parse(text string, currency unit.Currency) (x float64, bound unit.Bound, err error) {
	var a unit.Amount
	switch {
	case v.Kind == field.Money && currency.Code != "":
		a, err = unit.ParseMoneyIn(text, currency)
	case v.Kind == field.Money:
		a, err = unit.ParseMoney(text)
	case v.Kind == field.Rate:
		a.Value, err = unit.ParseRate(text)
	default:
		a, err = unit.ParseNumber(text)
	}
	return a.Value, a.Bound, err
}

// daysPerYear turns lengths of time into days, in which they are written.
const daysPerYear = 365

// Write is a number as the file would have it: an amount in whole cents, a length of time in
// whole days, all else to the last bit.
func (v *Variable) Write(x float64) string {
	text := ""
	switch v.Kind {
	case field.Money:
		text = unit.WriteMoney(x)
	case field.Rate:
		text = unit.WriteRate(x)
	case field.Span:
		return fmt.Sprintf("%dd", int(math.Round(x*daysPerYear)))
	default:
		text = unit.WriteNumber(x)
	}
	if v.Bound == unit.Exact {
		return text
	}
	return v.Bound.String() + " " + text
}

// With is the deal with other values at some paths, read and checked in this form as if they had
// been set for this run from the start. It is nil if the list has a fault.
func (d *Deal) With(edits ...Edit) (*Deal, diag.List) {
	f, fm := *d.file, *d.form
	f.sets, f.alone = slices.Concat(f.sets, edits), true
	root, births, set := f.put(edits, d.form.p.root.Node, d.form.p.births, fm.gone, d.form.p)
	fm.set = slices.Concat(fm.set, set)
	fm.p = readTree(f.name, f.source, root, nil, fm.gone)
	fm.p.births = births
	fm.p.check()
	list := f.badEdits(&fm)
	list.Add(fm.p.r.Done()...)
	if list.HasFaults() {
		return nil, list
	}
	out := f.deal(&fm, d.view)
	for _, id := range d.off {
		without, err := out.Without(id)
		if err != nil {
			list.Fault(codeEdit, diag.Place{File: "--without " + id}, "", "%v", err)
			return nil, list
		}
		out = without
	}
	return out, list
}
