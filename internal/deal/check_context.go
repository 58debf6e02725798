// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"fmt"
	"strings"

	"offtake/internal/deal/read"
	"offtake/internal/diag"
	"offtake/internal/unit"
)

// checkExisting reports stakes that cannot be.
func (p *parse) checkExisting() {
	sums := map[string]float64{}
	for i, s := range p.d.Existing {
		at := read.At("existing", i) + ".stake"
		if s.Holder != "" && s.Holder == s.In {
			p.r.Fault(codePartySame, p.r.Place(at+".holder"), "name another party", "%s cannot hold its own shares", p.d.Name(s.Holder))
			continue
		}
		if sums[s.In] += s.Share; sums[s.In] > 1 && sums[s.In]-s.Share <= 1 {
			p.r.Fault(codeShares, p.r.Place(at+".share"), "the shares of one company add up to 100% at most",
				"with this stake %s of %s is held", unit.FormatRate(sums[s.In]), p.d.Name(s.In))
		}
	}
}

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
func (p *parse) checkSources() {
	for _, s := range p.d.Sources {
		p.checkKey("sources", s.Key)
		if s.URL != "" && !strings.HasPrefix(s.URL, "https://") && !strings.HasPrefix(s.URL, "http://") {
			p.r.Fault(codeURL, p.r.Place(read.Join("sources", s.Key)+".url"), "begin with https://", "%s is no address of a page", read.Shown(s.URL))
		}
	}
	facts := map[string]bool{}
	for _, f := range p.d.Facts {
		at := read.Join("facts", f.Path)
		facts[f.Path] = true
		p.checkTarget("facts", f.Path)
		if f.Source != "" {
			p.checkSource(at+".source", f.Source)
		} else if f.Status != "" && f.Status != "estimate" && p.r.Site(at+".source") == nil {
			p.r.Fault(codeSourceMissing, p.r.Place(at), "add source: and the short name of one of the sources", "a fact of status %s needs its source", f.Status)
		}
	}
	for _, a := range p.d.Assumptions {
		p.checkTarget("assumptions", a.Path)
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

// checkTarget reports a path at which the file has nothing.
func (p *parse) checkTarget(in, path string) {
	if s := p.r.Site(path); path != "" && s != nil {
		return
	}
	hint := p.pathHint(path)
	if !p.r.Full() && p.probe().absent(path) != nil {
		hint = "the file leaves it as usual: write the value there, or take this line out"
	}
	p.r.Fault(codePath, p.keyPlace(in, path), hint, "the file has nothing at %s", read.Shown(path))
}

// probe is the same file read once more, to look for gaps in: looking spoils it.
func (p *parse) probe() *parse {
	if p.probed == nil {
		p.probed = readTree("", p.r.Source, p.root.Node, nil)
	}
	return p.probed
}

// checkAmendments reports amendments that change nothing there is.
func (p *parse) checkAmendments() {
	for i, a := range p.d.Amendments {
		at := read.At("amendments", i)
		if !a.Date.IsZero() && p.d.grid != nil && (a.Date.Before(p.d.Signed) || !a.Date.Before(p.d.grid.End())) {
			p.r.Fault(codeDate, p.r.Place(at+".date"), fmt.Sprintf("the deal runs from its signing on %s to %s", p.d.Signed, p.d.grid.End()), "%s lies outside the deal's life", a.Date)
		}
		if i > 0 && !a.Date.IsZero() && a.Date.Before(p.d.Amendments[i-1].Date) {
			p.r.Fault(codeOrder, p.r.Place(at+".date"), "list amendments from the first to the last", "this amendment is earlier than the one before it")
		}
		if a.Source != "" {
			p.checkSource(at+".source", a.Source)
		}
		for _, e := range a.Set {
			if p.r.Site(e.Path) == nil && p.probe().absent(e.Path) == nil {
				p.r.Fault(codePath, p.keyPlace(at+".set", e.Path), p.pathHint(e.Path), "the file has nothing at %s", read.Shown(e.Path))
			}
		}
	}
}
