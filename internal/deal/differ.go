// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"slices"

	"offtake/internal/clause"
	"offtake/internal/deal/read"
	"offtake/internal/deal/tree"
)

// A Difference is what two versions of a deal say differently of one clause, or of all
// that is no clause.
type Difference struct {
	Clause string // its id; "" for what is no clause
	How    string // added, removed or changed
	Values []Differing
}

// A Differing is one value that differs.
type Differing struct {
	Path string // as for Set
	Was  string // as written, on one line; "" where there is none
	Is   string // likewise, in the other version
}

// outside are the parts of a file of which Differences does not tell: what says
// something about the deal and is not part of it, and what has another name.
var outside = append([]string{"offtake", "title", "archetype", "clauses"}, contextRoots...)

// Differences are what another version of a deal says differently: first by clause, those
// of the deal in its order and then those that only the other has, and last of all else.
func (d *Deal) Differences(other *Deal) []Difference {
	var out []Difference
	for _, c := range d.Clauses {
		id := c.Head().ID
		before, path := d.written(id), read.Join("clauses", id)
		after := other.written(id)
		switch {
		case before == nil:
		case after == nil:
			out = append(out, Difference{id, "removed", []Differing{{path, inline(before), ""}}})
		default:
			values := differing(nil, path, before, after)
			if kind := other.clause(id).Kind(); kind != c.Kind() {
				values = []Differing{{path, c.Kind() + ": " + inline(before), kind + ": " + inline(after)}}
			}
			if len(values) > 0 {
				out = append(out, Difference{id, "changed", values})
			}
		}
	}
	for _, c := range other.Clauses {
		id := c.Head().ID
		if after := other.written(id); after != nil && d.written(id) == nil {
			out = append(out, Difference{id, "added", []Differing{{read.Join("clauses", id), "", inline(after)}}})
		}
	}
	if rest := differing(nil, "", d.around(), other.around()); len(rest) > 0 {
		out = append(out, Difference{"", "changed", rest})
	}
	return out
}

// clause is the clause of that id; nil where none applies.
func (d *Deal) clause(id string) clause.Clause {
	for _, c := range d.Clauses {
		if c.Head().ID == id {
			return c
		}
	}
	return nil
}

// written is a clause as its file has it; nil where it has none that applies.
func (d *Deal) written(id string) *tree.Node {
	s := d.reader.Site(read.Join("clauses", id))
	if s == nil || d.clause(id) == nil {
		return nil
	}
	return s.Node
}

// around is the file without its clauses and what is no part of the deal.
func (d *Deal) around() *tree.Node {
	out := *d.form.root
	out.Entries = slices.DeleteFunc(slices.Clone(out.Entries), func(e tree.Entry) bool { return slices.Contains(outside, e.Key.Text) })
	return &out
}

// differing appends what differs below a path: value by value in mappings, and in lists of
// mappings of one length.
func differing(out []Differing, path string, was, is *tree.Node) []Differing {
	switch {
	case inline(was) == inline(is):
		return out
	case was.Kind == tree.Map && is.Kind == tree.Map:
		for _, e := range was.Entries {
			at := read.Join(path, e.Key.Text)
			if also := is.Find(e.Key.Text); also != nil {
				out = differing(out, at, e.Value, also.Value)
			} else {
				out = append(out, Differing{at, inline(e.Value), ""})
			}
		}
		for _, e := range is.Entries {
			if was.Find(e.Key.Text) == nil {
				out = append(out, Differing{read.Join(path, e.Key.Text), "", inline(e.Value)})
			}
		}
		return out
	case was.Kind == tree.List && is.Kind == tree.List && len(was.Items) == len(is.Items) && !scalarList(was):
		for i := range was.Items {
			out = differing(out, read.At(path, i), was.Items[i], is.Items[i])
		}
		return out
	}
	return append(out, Differing{path, inline(was), inline(is)})
}

// scalarList tells whether a list holds a text alone in some item: it is then told whole, as
// the numbers of a table are.
func scalarList(n *tree.Node) bool {
	return slices.ContainsFunc(n.Items, func(i *tree.Node) bool { return i.Kind == tree.Scalar })
}

// Alike tells whether clauses of one can stand in the other: both have the same parties,
// currency, dates and steps. If not, apart says what differs.
func (d *Deal) Alike(other *Deal) (alike bool, apart string) {
	same := func(a, b Party) bool { return a.Key == b.Key && a.Role == b.Role }
	switch {
	case d.Currency != other.Currency:
		return false, "the currency"
	case !slices.EqualFunc(d.Parties, other.Parties, same):
		return false, "the parties"
	case d.Signed != other.Signed || d.Starts != other.Starts:
		return false, "the days of signing and of the start"
	case d.Term != other.Term || d.Step != other.Step || d.DayCount != other.DayCount:
		return false, "the term"
	}
	return true, ""
}

// Toward is the deal with the clauses of these ids as another version of it has them, or
// without those that it does not have, and all else as here. The two must be Alike. The
// grid is long enough for either, so that all that lies between them can be compared step
// by step.
func (d *Deal) Toward(other *Deal, ids []string) (*Deal, error) {
	out := *d
	out.Clauses, out.implied = nil, ""
	for _, c := range d.Clauses {
		id := c.Head().ID
		switch {
		case d.Implied(id):
		case !slices.Contains(ids, id):
			out.Clauses = append(out.Clauses, c)
		case other.clause(id) != nil:
			out.Clauses = append(out.Clauses, other.clause(id))
		}
	}
	for _, c := range other.Clauses {
		if id := c.Head().ID; slices.Contains(ids, id) && d.clause(id) == nil {
			out.Clauses = append(out.Clauses, c)
		}
	}
	out.gone = slices.Concat(d.gone, other.gone, d.Clauses, other.Clauses)
	out.implyPrice()
	grid, err := out.newGrid()
	out.grid = grid
	return &out, err
}

// Stands tells whether no clause has a fault where it stands among the others: one that
// refers to what another version alone has does not.
func (d *Deal) Stands() bool {
	var faults faultCount
	in := d.Setting()
	for _, c := range d.Clauses {
		c.Check(in, &faults)
	}
	return faults == 0
}

// A faultCount counts faults.
type faultCount int

// Fault counts one.
func (n *faultCount) Fault(_, _, _, _ string, _ ...any) { *n++ }

// Warn counts nothing.
func (n *faultCount) Warn(_, _, _, _ string, _ ...any) {}
