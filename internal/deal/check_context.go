// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"fmt"
	"slices"
	"strings"

	"offtake/internal/deal/read"
	"offtake/internal/diag"
)

// checkElsewhere brings minimums into a table of contract years.
func (p *parse) checkElsewhere() {
	years := p.d.grid.ContractYears()
	seen := map[string]bool{}
	list := p.r.Site("elsewhere")
	for i := range p.d.Elsewhere {
		m := &p.d.Elsewhere[i]
		at := elementPath(list, i, m.ID, seen[m.ID])
		switch {
		case m.ID == "":
		case !read.IsKey(m.ID):
			p.r.Fault(codeKey, p.r.Place(at+".id"), keyHint, "%s cannot be a name", read.Shown(m.ID))
		case seen[m.ID]:
			p.r.Fault(codeElsewhereTwice, p.r.Place(at+".id"), "give each an id of its own", "another minimum is called %s", m.ID)
		}
		seen[m.ID] = true
		if m.flat != nil {
			m.Table = make([]float64, years)
			for y := range m.Table {
				m.Table[y] = *m.flat
			}
		}
		if n := len(m.Table); n > 0 && n != years {
			p.r.Fault(codeTableLength, p.r.Place(at+".minimum.table"), fmt.Sprintf("write %d amounts, one a contract year", years), "the table has %d", n)
		}
	}
}

// elementPath is the path of element i of a list whose elements have ids.
func elementPath(list *read.Site, i int, id string, again bool) string {
	if read.IsKey(id) && !again {
		return read.Join(list.Path, id)
	}
	return read.At(list.Path, i)
}

// checkSources reports names and links that cannot be, and facts that are not backed.
func (p *parse) checkSources(f *file) {
	for _, s := range p.d.Sources {
		p.checkKey("sources", s.Key)
		if s.URL != "" && !strings.HasPrefix(s.URL, "https://") && !strings.HasPrefix(s.URL, "http://") {
			p.r.Fault(codeURL, p.r.Place(read.Join("sources", s.Key)+".url"), "begin with https://", "%s is no address of a page", read.Shown(s.URL))
		}
	}
	facts := map[string]bool{}
	for _, x := range p.d.Facts {
		at := read.Join("facts", x.Path)
		facts[x.Path] = true
		p.checkTarget(f, "facts", x.Path)
		if x.Source != "" {
			p.checkSource(at+".source", x.Source)
		} else if x.Status != "" && x.Status != "estimate" && p.r.Site(at+".source") == nil {
			p.r.Fault(codeSourceMissing, p.r.Place(at), "add source: and the short name of one of the sources", "a fact of status %s needs its source", x.Status)
		}
	}
	for _, a := range p.d.Assumptions {
		p.checkTarget(f, "assumptions", a.Path)
		if facts[a.Path] {
			p.r.Fault(codeFactAssumed, p.keyPlace("assumptions", a.Path), "keep one of the two", "%s is a fact already", a.Path)
		}
	}
}

// checkSource reports the short name of a source that there is not.
func (p *parse) checkSource(at, key string) {
	var keys []string
	for _, s := range p.d.Sources {
		if s.Key == key {
			return
		}
		keys = append(keys, s.Key)
	}
	hint := "add it under sources"
	if meant := diag.Suggest(key, keys); meant != "" {
		hint = "did you mean " + meant + "?"
	}
	p.r.Fault(codeSourceUnknown, p.r.Place(at), hint, "there is no source %s", read.Shown(key))
}

// keyPlace is where a path stands as the name of an entry.
func (p *parse) keyPlace(in, path string) diag.Place {
	at := p.r.Place(read.Join(in, path))
	if s := p.r.Site(read.Join(in, path)); s != nil && s.Entry != nil {
		line := s.Entry.Key.At
		at.Line, at.Column, at.Width = line.Line, line.Column, line.Width
	}
	return at
}

// checkTarget reports a path at which the deal has nothing, in any of its forms; what is
// set for a run may take the place of what a path is of.
func (p *parse) checkTarget(f *file, in, path string) {
	_, known := f.first[path]
	replaced := slices.ContainsFunc(f.sets, func(e Edit) bool { return strings.HasPrefix(path, read.Clean(e.Path)+".") })
	if path != "" && (known || replaced) {
		return
	}
	hint := ""
	switch {
	case p.r.Full():
	case p.probe().absent(path) == nil:
		hint = p.probe().pathHint(path)
	default:
		hint = "the file leaves it as usual: write the value there, or take this line out"
	}
	p.r.Fault(codePath, p.keyPlace(in, path), hint, "the file has nothing at %s", read.Shown(path))
}

// probe is the same file read once more, to look for gaps in: looking spoils it.
func (p *parse) probe() *parse {
	if p.probed == nil {
		p.probed = readTree("", p.r.Source, p.root.Node, nil, p.d.gone)
	}
	return p.probed
}
