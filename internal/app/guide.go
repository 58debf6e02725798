// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"offtake/internal/clause"
)

// A Guide is the page on clauses, docs/clauses.md, made from the catalogue and
// the examples.
type Guide struct {
	Examples []Example
	out      strings.Builder
}

func (g *Guide) put(format string, args ...any) { fmt.Fprintf(&g.out, format, args...) }

// Markdown is the page.
func (g *Guide) Markdown() string {
	g.out.Reset()
	g.put("# Clauses\n\n" +
		"Made by `offtake docs clauses` from the tables that the program reads files by and from the examples beside this page; a test holds\n" +
		"the two together. What each field means in formulas is in [semantics.md](semantics.md). Every example runs:\n" +
		"`offtake run docs/clauses/commitment.yaml`. Numbers with a K are those of clauses found in real contracts; the table at the end has them all.\n\n")
	for _, k := range clause.Catalog {
		g.put("- [%s](#%s): %s\n", k.Name, k.Name, k.Doc)
	}
	for _, k := range clause.Catalog {
		g.kind(k)
	}
	g.known()
	g.beyond()
	g.left()
	return g.out.String()
}

// kind is the part on one kind of clause.
func (g *Guide) kind(k clause.Kind) {
	g.put("\n## %s\n\n%s\n", k.Name, sentence(k.Doc))
	g.put("\n| field | written | unit | limits | default | meaning |\n|---|---|---|---|---|---|\n")
	for _, f := range flatten("", k.New().Fields()) {
		g.put("| `%s` | %s | %s | %s | %s | %s |\n", f.name, cell(f.written), cell(f.unit), cell(f.limits), cell(f.standard), cell(f.doc))
	}
	var own []Example
	for _, x := range g.Examples {
		if x.Kind == k.Name {
			own = append(own, x)
		}
	}
	slices.SortStableFunc(own, func(a, b Example) int { return rank(a) - rank(b) })
	for i, x := range own {
		if i == 0 {
			g.put("\n%s\n\n```yaml\n%s\n```\n\nFrom [%s](%s)", x.Prose, x.Excerpt(), path.Base(x.Name), below(x.Name))
			if s := x.shown(); s != "" {
				g.put(", which shows %s", s)
			}
			g.put(". Source: %s.\n", strings.Join(x.Said(), "; "))
			continue
		}
		if i == 1 {
			g.put("\nMore examples:\n\n")
		}
		g.put("- [%s](%s)", path.Base(x.Name), below(x.Name))
		if s := x.shown(); s != "" {
			g.put(" (%s)", s)
		}
		g.put(": %s Source: %s.\n", x.Prose, strings.Join(x.Said(), "; "))
	}
}

// rank puts the example that is named as its kind before the others.
func rank(x Example) int {
	if path.Base(x.Name) == x.Kind+".yaml" {
		return 0
	}
	return 1
}

// below is a file's path from the page.
func below(name string) string {
	if rest, ok := strings.CutPrefix(name, "docs/"); ok {
		return rest
	}
	return "../" + name
}

// shown lists the numbers that an example shows, each with where.
func (x *Example) shown() string {
	var out []string
	for _, s := range x.Shows {
		text := s.Number
		for i, f := range s.Fields {
			text += []string{" `", ", `"}[min(i, 1)] + f + "`"
		}
		out = append(out, text)
	}
	return strings.Join(out, ", ")
}

// known is the table of all numbers.
func (g *Guide) known() {
	g.put("\n## Clauses found in real contracts\n\n| number | clause | said by | shown in |\n|---|---|---|---|\n")
	for _, k := range KnownClauses {
		fields, files := g.showing(k.Number)
		g.put("| %s | %s | %s | %s |\n", k.Number, cell(k.Name), strings.Join(fields, ", "), strings.Join(files, ", "))
	}
}

// showing are the fields that say a known clause and the files that show it.
func (g *Guide) showing(number string) (fields, files []string) {
	for _, x := range g.Examples {
		for _, s := range x.Shows {
			if s.Number != number {
				continue
			}
			said := s.Fields
			if len(said) == 0 && x.Kind != "" {
				said = []string{x.Kind}
			}
			for _, f := range said {
				if f = "`" + f + "`"; !slices.Contains(fields, f) {
					fields = append(fields, f)
				}
			}
			name := path.Base(x.Name)
			if x.Kind == "" {
				name = path.Base(path.Dir(x.Name))
			}
			if link := "[" + name + "](" + below(x.Name) + ")"; !slices.Contains(files, link) {
				files = append(files, link)
			}
		}
	}
	return fields, files
}

// Unshown are the numbers that nothing shows.
func (g *Guide) Unshown() []KnownClause {
	var out []KnownClause
	for _, k := range KnownClauses {
		if _, files := g.showing(k.Number); len(files) == 0 {
			out = append(out, k)
		}
	}
	return out
}

// beyond says what clauses cannot say.
func (g *Guide) beyond() {
	g.put("\n## What a clause cannot say\n\n")
	if none := g.Unshown(); len(none) > 0 {
		g.put("Not at all:\n\n")
		for _, k := range none {
			g.put("- %s\n", join(k.Number+" "+k.Name, k.Beyond))
		}
		g.put("\nOf the others, this:\n\n")
	}
	for _, k := range KnownClauses {
		if _, files := g.showing(k.Number); k.Beyond != "" && len(files) > 0 {
			g.put("- %s\n", join(k.Number+" "+k.Name, k.Beyond))
		}
	}
}

// left says what the library's deals leave out for want of words.
func (g *Guide) left() {
	said := false
	for _, x := range g.Examples {
		if len(x.Lacks) == 0 {
			continue
		}
		if !said {
			g.put("\nSo the library's deals leave out:\n\n| deal | clause | which part |\n|---|---|---|\n")
			said = true
		}
		for _, l := range x.Lacks {
			i := slices.IndexFunc(KnownClauses, func(k KnownClause) bool { return k.Number == l.Number })
			g.put("| [%s](%s) | %s %s | %s |\n", path.Base(path.Dir(x.Name)), below(x.Name), l.Number, cell(KnownClauses[i].Name), cell(l.What))
		}
	}
}

// join puts what is beyond a clause after its name.
func join(name, beyond string) string {
	if beyond == "" {
		return name
	}
	return name + " (" + beyond + ")"
}

// cell is a text in a table of Markdown.
func cell(s string) string { return strings.ReplaceAll(s, "|", "\\|") }
