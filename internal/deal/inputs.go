// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"slices"
	"sort"
	"strings"

	"offtake/internal/deal/read"
	"offtake/internal/deal/tree"
	"offtake/internal/diag"
	"offtake/internal/field"
)

// Assumed is the Status of an input that is no fact.
const Assumed = "assumption"

// An Input is one amount, rate, number, date or length of time that a deal rests on.
type Input struct {
	Path   string
	Place  diag.Place
	Text   string // as the file says it
	Status string // filing, announcement, press, estimate, or Assumed
	Source string // key of the source of a fact; "" where it has none
	Reason string // the fact's note, or why the assumption was made; "" where neither is given
	Says   string // of an uncertain number: its distribution in words, and its mean; "" of a certain one
	By     string // what put it there: "amendment of 2027-01-01", "alternative x", "scenario x", "--set"; "" as signed
}

// inputRoots are the parts of a file that hold inputs.
var inputRoots = []string{"clauses", "world", "policy", "elsewhere", "existing", "accounting", "provider"}

// Inputs are all inputs of the deal, in the order of the file. The fact or assumption
// with the longest path that holds an input is the input's; it is of the value that
// first stood at its path. What an amendment, alternative or scenario restated, and no fact of its
// own is of, comes from the source of that, but for what it calls an assumption itself.
func (d *Deal) Inputs() []Input {
	origins, says := d.origins(), map[string]string{}
	for _, x := range d.World.Uncertain() {
		said := x.Number.Says()
		says[read.Clean(x.Path)], says[read.Clean(x.Path+"."+x.Number.Dist.Name())] = said, said
	}
	var out []Input
	for _, s := range d.reader.Sites() {
		if s.Node.Kind == tree.Scalar && isInput(s.Field) && underInputs(s.Path) {
			in := d.input(s, origins)
			in.Says = says[in.Path]
			out = append(out, in)
		}
	}
	sort.SliceStable(out, func(i, j int) bool {
		a, b := out[i].Place, out[j].Place
		return a.Line < b.Line || a.Line == b.Line && a.Column < b.Column
	})
	return out
}

// origins are where values come from, by path.
func (d *Deal) origins() map[origin]Input {
	origins := map[origin]Input{}
	for _, a := range d.Assumptions {
		origins[origin{a.Path, d.file.first[a.Path]}] = Input{Status: Assumed, Reason: a.Reason}
	}
	for i := range d.Amendments {
		assumed(origins, d.Amendments[i].Assumptions, i+1)
	}
	for i := range d.Alternatives {
		assumed(origins, d.Alternatives[i].Assumptions, len(d.Amendments)+i+1)
	}
	for i := range d.Scenarios {
		assumed(origins, d.Scenarios[i].Assumptions, d.scenarioBirth(i))
	}
	for _, f := range d.Facts {
		origins[origin{f.Path, d.file.first[f.Path]}] = Input{Status: f.Status, Source: f.Source, Reason: f.Note}
	}
	return origins
}

// assumed adds the assumptions of a change about what it sets.
func assumed(origins map[origin]Input, all []Assumption, by int) {
	for _, a := range all {
		origins[origin{a.Path, by}] = Input{Status: Assumed, Reason: a.Reason}
	}
}

// isInput tells whether a field, or what may be written bare for it, is a quantity.
func isInput(f field.Field) bool {
	switch f.Kind {
	case field.Money, field.Rate, field.Number, field.Count, field.Date, field.Dates, field.Span:
		return true
	}
	return f.Bare != nil && isInput(*f.Bare)
}

func underInputs(path string) bool {
	for _, root := range inputRoots {
		if read.Within(path, root) {
			return true
		}
	}
	return false
}

// An origin is a path, and the change by which what is said of it came to stand there.
type origin struct {
	path string
	by   int
}

// input says where an input comes from: from what is said of it, or of the nearest
// value that holds it, or from the change that put it there.
func (d *Deal) input(s *read.Site, origins map[origin]Input) Input {
	by := d.form.p.birthOf(s)
	in := d.bornBy(by)
	what := in.By
	for path := s.Path; path != ""; path = read.Parent(path) {
		if said, ok := origins[origin{path, by}]; ok {
			in = said
			break
		}
	}
	in.By, in.Path, in.Place, in.Text = what, s.Path, s.Place, strings.TrimSpace(s.Node.Text)
	return in
}

// bornBy is where values come from that a change put into the deal.
func (d *Deal) bornBy(by int) Input {
	in := Input{Status: Assumed}
	switch n, m := len(d.Amendments), len(d.Amendments)+len(d.Alternatives); {
	case by == setBirth:
		in.By, in.Reason = "--set", "set for this run"
		return in
	case by == 0:
		return in
	case by <= n:
		in.By = "amendment of " + d.Amendments[by-1].Date.String()
	case by <= m:
		in.By = "alternative " + d.Alternatives[by-n-1].Name
	default:
		in.By = "scenario " + d.Scenarios[by-m-1].Name
	}
	c := d.change(by)
	in.Source, in.Reason, in.Status = c.Source, c.Says, c.StatusOf()
	return in
}

// StatusOf is the status of what a change sets: as it says, or press where it names a
// source and says no more; without a source it is an assumption.
func (c *Change) StatusOf() string {
	switch {
	case c.Status != "":
		return c.Status
	case c.Source != "":
		return "press"
	}
	return Assumed
}

// InputAt is where what a change sets at a path comes from, without the value.
func (c *Change) InputAt(path string) Input {
	for _, a := range c.Assumptions {
		if read.Within(path, a.Path) {
			return Input{Status: Assumed, Reason: a.Reason}
		}
	}
	return Input{Status: c.StatusOf(), Source: c.Source, Reason: c.Says}
}

// Input is the value at a path, whatever its kind, and where it comes from; ok is false
// where the deal has none there.
func (d *Deal) Input(path string) (in Input, ok bool) {
	s := d.reader.Site(read.Clean(path))
	if s == nil {
		return in, false
	}
	in = d.input(s, d.origins())
	in.Text = inline(s.Node)
	return in, true
}

// RestatedBy says by what a value, or anything inside it, was put into the deal after
// its signing; nothing for a value that is as signed.
func (d *Deal) RestatedBy(path string) []string {
	var out []string
	for _, s := range d.reader.Sites() {
		if read.Within(s.Path, path) {
			if by := d.bornBy(d.form.p.birthOf(s)).By; by != "" && !slices.Contains(out, by) {
				out = append(out, by)
			}
		}
	}
	return out
}

// Sourced is how many of the inputs are facts; the others are assumptions.
func Sourced(inputs []Input) int {
	n := 0
	for _, in := range inputs {
		if in.Status != Assumed {
			n++
		}
	}
	return n
}
