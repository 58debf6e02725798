// SPDX-License-Identifier: Apache-2.0

package value

import (
	"math"
	"strings"

	"offtake/internal/deal"
	"offtake/internal/field"
	"offtake/internal/world"
)

// An Input is one number of a deal that may be other than the file has it: an uncertain one, or an assumption. A
// table is one input, whose entries move together.
type Input struct {
	Name      string
	Variables []deal.Variable
	Uncertain bool
	Low, High []float64 // what the variables are moved to
	Reason    string    // of the assumption; the distribution of an uncertain number in words
}

// A Fixed input is one that is not moved.
type Fixed struct{ Name, Why string }

// The quantiles to which uncertain numbers are moved.
const (
	lowQuantile  = 0.05
	highQuantile = 0.95
)

// inputsOf are a deal's inputs that can be moved, uncertain numbers to their 5% and 95% quantiles and other assumptions by
// a share to either side, and the assumptions that cannot.
func inputsOf(d *deal.Deal, share float64) (out []Input, fixed []Fixed) {
	uncertain := uncertainOf(d)
	for _, x := range uncertain {
		v, err := d.Variable(x.Path)
		if err != nil {
			fixed = append(fixed, Fixed{x.Path, err.Error()})
			continue
		}
		in := Input{Name: v.Path, Variables: []deal.Variable{v}, Uncertain: true, Reason: x.Number.Says()}
		in.Low, in.High = []float64{x.Number.Quantile(lowQuantile)}, []float64{x.Number.Quantile(highQuantile)}
		out = append(out, in)
	}
	for _, a := range d.Inputs() {
		if a.Status != deal.Assumed || within(a.Path, uncertain) {
			continue
		}
		v, err := d.Variable(a.Path)
		switch {
		case err != nil || v.Kind == field.Span:
			fixed = append(fixed, Fixed{a.Path, "it goes in steps"})
			continue
		case v.Value == 0:
			fixed = append(fixed, Fixed{a.Path, "a share of nothing is nothing"})
			continue
		case v.Value != v.Value:
			continue // a word
		}
		low, high := moved(&v, share)
		if k := len(out) - 1; k >= 0 && !out[k].Uncertain && table(a.Path) != "" && table(a.Path) == out[k].Name {
			in := &out[k]
			in.Variables, in.Low, in.High = append(in.Variables, v), append(in.Low, low), append(in.High, high)
			continue
		}
		name := a.Path
		if of := table(a.Path); of != "" {
			name = of
		}
		out = append(out, Input{Name: name, Variables: []deal.Variable{v}, Low: []float64{low}, High: []float64{high}, Reason: a.Reason})
	}
	return out, fixed
}

// uncertainOf are the uncertain numbers of a deal's world, each once.
func uncertainOf(d *deal.Deal) (out []world.Named) {
	seen := map[string]bool{}
	for _, x := range d.World.Uncertain() {
		if !seen[x.Path] {
			seen[x.Path], out = true, append(out, x)
		}
	}
	return out
}

// within tells whether a path is that of an uncertain number, or of something inside one.
func within(path string, uncertain []world.Named) bool {
	for _, x := range uncertain {
		if rest, ok := strings.CutPrefix(path, x.Path); ok && (rest == "" || rest[0] == '.' || rest[0] == '[') {
			return true
		}
	}
	return false
}

// table is the path of the table that a value is an entry of; "" of another value.
func table(path string) string {
	at := strings.LastIndexByte(path, '[')
	if at <= 0 || !strings.HasSuffix(path, "]") || strings.Trim(path[at+1:len(path)-1], "0123456789") != "" {
		return ""
	}
	return path[:at]
}

// moved is a variable less and more by a share of it, inside its limits.
func moved(v *deal.Variable, share float64) (low, high float64) {
	size := float64(share * math.Abs(v.Value))
	return inLimits(v, v.Value-size), inLimits(v, v.Value+size)
}

func inLimits(v *deal.Variable, x float64) float64 {
	near := float64(inside * math.Abs(v.Value))
	switch {
	case v.Min.Below(x) && v.Min.Open:
		return v.Min.Value + near
	case v.Min.Below(x):
		return v.Min.Value
	case v.Max.Above(x) && v.Max.Open:
		return v.Max.Value - near
	case v.Max.Above(x):
		return v.Max.Value
	}
	return x
}

// at are the edits that move the input somewhere.
func (in *Input) at(x []float64) []deal.Edit {
	out := make([]deal.Edit, len(x))
	for k := range x {
		out[k] = deal.Edit{Path: in.Variables[k].Path, Text: in.Variables[k].Write(x[k])}
	}
	return out
}

// InputsMoved are the inputs that a sensitivity moves, with what they are moved to.
func InputsMoved(d *deal.Deal, share float64) []Input {
	out, _ := inputsOf(d, share)
	return out
}

// Moved are the edits that move the input somewhere.
func (in *Input) Moved(to []float64) []deal.Edit { return in.at(to) }

// At are the values of the input's variables at a place in the bracket of a turn.
func (t *Turn) At(x float64) []float64 {
	if len(t.Input.Variables) == 1 {
		return []float64{x}
	}
	out := make([]float64, len(t.Input.Variables))
	for k := range out {
		out[k] = inLimits(&t.Input.Variables[k], x*t.Input.Variables[k].Value)
	}
	return out
}
