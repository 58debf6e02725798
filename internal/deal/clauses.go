// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"strings"

	"offtake/internal/clause"
	"offtake/internal/deal/read"
	"offtake/internal/deal/tree"
	"offtake/internal/diag"
	"offtake/internal/field"
)

// clausesMost bounds the clauses of a deal: checking how they refer to each other takes
// time in the cube of their number.
const clausesMost = 200

// readClauses reads the list of clauses. What one of them has wrong does not keep the
// others from being read.
func (p *parse) readClauses(f field.Field) {
	e := p.root.Node.Find(f.Name)
	if e == nil {
		return
	}
	list := p.r.Open(p.root, f.Name, e.Value, e, f)
	if e.Value.Kind != tree.List || len(e.Value.Items) == 0 {
		p.brokenClauses = true
		p.r.Fault(codeClauses, list.Place, "write each clause after a dash, under its kind: - price: {id: list, from: cloud, to: lab}", "clauses is no list of clauses")
		return
	}
	if n := len(e.Value.Items); n > clausesMost {
		p.brokenClauses = true
		p.r.Fault(codeClausesMany, list.Place, "check that this is the right file", "there are %d clauses, more than the %d that are read", n, clausesMost)
		return
	}
	for i, item := range e.Value.Items {
		p.readClause(list, i, item)
	}
	for _, c := range p.read {
		p.d.Clauses = append(p.d.Clauses, c.Clause)
	}
}

// readClause reads one element: a mapping whose one name is the kind of clause.
func (p *parse) readClause(list *read.Site, i int, item *tree.Node) {
	if item.Kind != tree.Map || len(item.Entries) != 1 || item.Entries[0].Value.Kind != tree.Map {
		p.brokenClauses = true
		p.r.Fault(codeClauseForm, item.At, "write the kind of clause and a colon, and below it, indented further, its fields",
			"this is no clause: a clause is one name, its kind, with fields")
		return
	}
	e := &item.Entries[0]
	kind, known := clause.Find(e.Key.Text)
	if !known {
		p.brokenClauses = true
		p.rememberID(e.Value)
		p.r.Fault(codeClauseKind, e.Key.At, kindHint(e.Key.Text), "there is no clause of the kind %s", read.Shown(e.Key.Text))
		return
	}
	c := kind.New()
	path, before := p.clausePath(i, e.Value), p.r.Mark()
	s := p.r.Open(list, path, e.Value, e, field.Field{Name: kind.Name, Kind: field.Group, Doc: kind.Doc})
	p.r.All(s, c.Fields())
	p.checkID(path, c.Head().ID)
	misread := p.r.Misread(before)
	p.brokenClauses = p.brokenClauses || len(misread) > 0
	p.rememberID(e.Value)
	p.read = append(p.read, readClause{c, path, misread})
}

// kindHint says what a clause may be.
func kindHint(wrote string) string {
	var names []string
	for _, k := range clause.Catalog {
		names = append(names, k.Name)
	}
	if meant := diag.Suggest(wrote, names); meant != "" {
		return "did you mean " + meant + "?"
	}
	return "a clause is one of " + strings.Join(names, ", ")
}

// clausePath is the path of clause i: by its id if that can be a name and no clause
// before has it, else by number.
func (p *parse) clausePath(i int, node *tree.Node) string {
	if e := node.Find("id"); e != nil && read.IsKey(e.Value.Text) && p.r.Site(read.Join("clauses", e.Value.Text)) == nil {
		return read.Join("clauses", e.Value.Text)
	}
	return read.At("clauses", i)
}

// checkID reports an id that cannot be a name, or that another clause has.
func (p *parse) checkID(path, id string) {
	at := p.r.Place(path + ".id")
	switch {
	case id == "":
	case !read.IsKey(id):
		p.r.Fault(codeKey, at, keyHint, "%s cannot be a name", read.Shown(id))
	case path != read.Join("clauses", id):
		first := p.r.Place(read.Join("clauses", id) + ".id")
		p.r.Fault(codeClauseTwice, at, "give each clause an id of its own", "another clause is called %s, on line %d", id, first.Line)
	}
}

// rememberID keeps the id of a clause, read or not, so that what refers to it is not
// reported.
func (p *parse) rememberID(node *tree.Node) {
	if e := node.Find("id"); e != nil && e.Value.Text != "" {
		p.ids = append(p.ids, e.Value.Text)
	}
}
