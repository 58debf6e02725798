// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"slices"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/deal/read"
	"offtake/internal/deal/tree"
	"offtake/internal/diag"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// A parse is one file on its way to a deal.
type parse struct {
	d    *draft
	r    *read.Reader
	root *read.Site
	// What could not be read, so that what follows from it is not reported too.
	brokenClauses bool
	brokenParties bool
	brokenWorld   bool
	brokenTerm    bool
	ids           []string // of clauses, those that could not be read among them
	read          []readClause
	probed        *parse
	births        map[*tree.Node]int // see form
	misreadWorld  []string
}

// A readClause is a clause with its path in the file.
type readClause struct {
	clause.Clause
	path    string
	misread []string // paths of the values that could not be read
}

// readFile reads every value of a file and checks each by itself. The parse is nil
// where the text is no mapping.
func readFile(file string, source []byte) (*parse, diag.List) {
	root, list := tree.Parse(file, source)
	if root == nil {
		list.Sort()
		return nil, list
	}
	p := readTree(file, source, root, list, nil)
	return p, p.r.Done()
}

// readTree is readFile for a file whose text has been read, with what was found in it
// and the clauses that were removed from it, which others may still refer to.
func readTree(file string, source []byte, root *tree.Node, found diag.List, gone []clause.Clause) *parse {
	p := &parse{d: newDraft(), r: read.New(file, source)}
	p.d.reader, p.d.gone = p.r, gone
	p.r.Add(found)
	table := p.d.fields()
	p.root = p.r.Open(nil, "", root, nil, field.Field{Kind: field.Group, Doc: "a deal"})
	p.r.Table(p.root, table)
	for _, f := range table {
		before, mark := p.r.Faults(), p.r.Mark()
		if f.Name == "clauses" {
			p.readClauses(f)
		} else {
			p.r.Read(p.root, f)
		}
		if f.Name == "world" {
			p.misreadWorld = p.r.Misread(mark)
		}
		p.after(f.Name, p.r.Faults() > before)
	}
	p.r.CheckRefs(p.everyID())
	return p
}

// elements are the paths of the elements of a list that were read as mappings.
func (p *parse) elements(list string) []string {
	s := p.r.Site(list)
	if s == nil {
		return nil
	}
	var out []string
	for i := range s.Node.Items {
		if item := p.r.Site(read.At(list, i)); item != nil && item.Table != nil {
			out = append(out, item.Path)
		}
	}
	return out
}

// everyID are the ids of clauses that there are, have been, or will be.
func (p *parse) everyID() []string {
	ids := p.knownIDs()
	for _, a := range p.d.Amendments {
		ids = append(ids, a.Add...)
	}
	for _, a := range p.d.Alternatives {
		ids = append(ids, a.Add...)
	}
	return ids
}

// knownIDs are the ids of clauses that there are or have been.
func (p *parse) knownIDs() []string {
	ids := slices.Clone(p.ids)
	for _, c := range p.d.gone {
		ids = append(ids, c.Head().ID)
	}
	return ids
}

// after turns into the deal's own form what later fields need.
func (p *parse) after(name string, broken bool) {
	d := p.d
	switch name {
	case "offtake":
		if s := p.r.Site(name); s != nil && !broken && d.version != 1 {
			p.r.Fault(codeVersion, s.Place, "write offtake: 1", "version %d of the format is not known here", d.version)
		}
	case "currency":
		p.readCurrency()
	case "step":
		d.Step, _ = calendar.ParseStep(d.step)
	case "day_count":
		d.DayCount, _ = calendar.ParseDayCount(d.dayCount)
	case "parties":
		p.checkParties(broken)
	case "term":
		p.brokenTerm = broken || p.r.Site(name) == nil
	case "clauses":
		p.r.CheckRefs(p.knownIDs())
	case "world":
		p.brokenWorld = broken
		p.nameEvents()
	case "amendments":
		for i, at := range p.elements(name) {
			p.takeIn(&p.d.Amendments[i].Change, at)
		}
	case "alternatives":
		for i := range p.d.Alternatives {
			a := &p.d.Alternatives[i]
			p.takeIn(&a.Change, read.Join(name, a.Name))
		}
	case "scenarios":
		for i := range p.d.Scenarios {
			s := &p.d.Scenarios[i]
			p.takeIn(&s.Change, read.Join(name, s.Name))
		}
	}
}

// nameEvents tells the clauses what the file calls events, for their sentences.
func (p *parse) nameEvents() {
	var names map[string]string
	for _, e := range p.d.World.Events {
		if e.Called != "" {
			if names == nil {
				names = map[string]string{}
			}
			names[e.Name] = e.Called
		}
	}
	for _, c := range p.read {
		c.Clause.Head().Events = names
	}
}

func (p *parse) readCurrency() {
	if p.d.currency == "" {
		return
	}
	c, err := unit.ParseCurrency(p.d.currency)
	if err == nil {
		p.d.Currency, p.r.Currency = c, c
		return
	}
	problem, hint := read.Explain(err)
	p.r.Fault(codeCurrency, p.r.Place("currency"), hint, "currency: %s %s", read.Shown(p.d.currency), problem)
}

// checkParties tells the reader who there is, and reports parties without the two
// that a deal is between.
func (p *parse) checkParties(broken bool) {
	p.brokenParties = broken || len(p.d.Parties) == 0
	if p.brokenParties {
		return
	}
	before := p.r.Faults()
	keys := make([]string, 0, len(p.d.Parties))
	for _, x := range p.d.Parties {
		keys = append(keys, x.Key)
		p.checkKey("parties", x.Key)
		if x.Key == contract.Outside {
			p.r.Fault(codeKey, p.r.Site(read.Join("parties", x.Key)).Entry.Key.At, "choose another name",
				"%s stands for those outside the agreement, and cannot be a party", x.Key)
		}
	}
	p.r.SetParties(keys)
	p.checkRole(Buyer, codeBuyer)
	p.checkRole(Supplier, codeSupplier)
	p.brokenParties = p.r.Faults() > before
}

func (p *parse) checkRole(role, code string) {
	var have []string
	for _, x := range p.d.Parties {
		if x.Role == role {
			have = append(have, x.Key)
		}
	}
	switch {
	case len(have) == 0:
		p.r.Fault(code, p.r.Place("parties"), "give one party role: "+role, "no party is the %s", role)
	case len(have) > 1:
		p.r.Fault(code, p.r.Place(read.Join(read.Join("parties", have[1]), "role")), "give the others role: investor or other",
			"%s is a second %s, after %s", have[1], role, have[0])
	}
}

// checkKey reports a name of a mapping that could not stand in a path or in a figure's
// name.
func (p *parse) checkKey(in, key string) {
	if read.IsKey(key) {
		return
	}
	at := p.r.Place(read.Join(in, key))
	if s := p.r.Site(read.Join(in, key)); s != nil && s.Entry != nil {
		at = s.Entry.Key.At
	}
	p.r.Fault(codeKey, at, keyHint, "%s cannot be a name", read.Shown(key))
}

const keyHint = "begin with a letter, and use letters, digits, - and _, 64 at most"
