// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"
	"strings"
	"testing"

	"offtake/internal/contract"
	"offtake/internal/field"
	"offtake/internal/policy"
	"offtake/internal/vec"
	"offtake/internal/world"
)

// Every clause of the catalogue passes the battery.
func TestCatalog(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range Catalog {
		if seen[k.Name] {
			t.Errorf("%s is listed twice", k.Name)
		}
		seen[k.Name] = true
		if got, ok := Find(k.Name); !ok || got.Name != k.Name {
			t.Errorf("%s is not found", k.Name)
		}
		battery(t, k)
	}
	if _, ok := Find("insurance"); ok {
		t.Error("a kind that is not listed was found")
	}
}

// The tables of the world and of policies are held to what clauses' are.
func TestOtherTables(t *testing.T) {
	(&trial{j: t, kind: Kind{Name: "world"}}).checkTable(world.New().Fields(), "world")
	(&trial{j: t, kind: Kind{Name: "policy"}}).checkTable(policy.New().Fields(), "policy")
}

// findings takes what a battery reports.
type findings []string

func (f *findings) Helper() {}

func (f *findings) Errorf(format string, args ...any) { *f = append(*f, fmt.Sprintf(format, args...)) }

// rebate is a clause that nothing else knows: the supplier pays back a share
// of each step's invoice, up to a sum.
type rebate struct {
	head  Head
	Share float64
	Cap   float64 // cents; 0 for none
}

func (c *rebate) Head() *Head  { return &c.head }
func (c *rebate) Kind() string { return "rebate" }

func (c *rebate) Fields() []field.Field {
	return append(c.head.fields("the supplier", "the buyer"),
		field.Field{Name: "share", Kind: field.Rate, Default: "5%", Min: field.At(0), Max: field.At(1), Into: &c.Share, Doc: "of each step's spend"},
		field.Field{Name: "cap", Kind: field.Money, Default: "none", Min: field.At(0), Into: &c.Cap, Doc: "the most that is paid in all"})
}

func (c *rebate) Check(in *Setting, r field.Report) { c.head.between(in.Supplier, in.Buyer, in, r) }

func (c *rebate) Explain(in *Setting) string {
	return in.Name(c.head.From) + " pays back part of what " + in.Name(c.head.To) + " spends." + c.head.binding()
}

func (c *rebate) Without() Absence { return Absence{Says: "Nothing is paid back."} }

func (c *rebate) Bind(b *contract.Builder) {
	line := b.Line(contract.Line{From: b.Supplier(), To: b.Buyer(), Asset: contract.Asset{Kind: contract.Cash}, Kind: "rebate", Clause: c.head.ID})
	paid := b.Column(c.head.ID + ".paid")
	b.On(contract.Crediting, c.head.ID, func(m *contract.Month) {
		amount := m.Temp()
		vec.Scale(amount, m.Q(contract.Spend), c.Share)
		if c.Cap > 0 {
			for i := range amount {
				amount[i] = min(amount[i], c.Cap-m.Col(paid)[i])
			}
		}
		m.Post(line, amount)
		vec.Accumulate(m.Col(paid), amount)
		m.Free(1)
	})
}

// list puts a kind at the end of the catalogue for the length of a test.
func list(t *testing.T, k Kind) {
	was := Catalog
	Catalog = append(Catalog[:len(Catalog):len(Catalog)], k)
	t.Cleanup(func() { Catalog = was })
}

// A new clause needs its one entry in the catalogue for the battery to take
// hold of it.
func TestBatteryTakesNewClauses(t *testing.T) {
	k := Kind{"rebate", "part of what is spent is paid back", func() Clause { return &rebate{head: Head{Binding: "firm"}, Share: 0.05} }}
	list(t, k)
	battery(t, k)
}

// sloppy is a rebate with mistakes that the battery must find; each is made
// only where its name is the mistake's.
type sloppy struct {
	rebate
	mistake string
	heard   int
}

func (c *sloppy) Kind() string {
	if c.mistake == "kind" {
		return "discount"
	}
	return "sloppy"
}

func (c *sloppy) Fields() []field.Field {
	table := c.rebate.Fields()
	last := &table[len(table)-1]
	switch c.mistake {
	case "head":
		return table[1:]
	case "doc":
		last.Doc = ""
	case "name":
		last.Name = "Cap"
	case "twice":
		return append(table, *last)
	case "place":
		last.Into = &c.heard
	case "default":
		c.Share = 0.5
	case "default in words":
		c.Cap = 7
	case "limits":
		last.Min, last.Max = field.At(2), field.At(1)
	case "unit":
		last.Kind = field.Number
	case "required":
		last.Required = true
	case "choice":
		table[3].Bare.Choices = nil
	case "opened":
		return append(table, field.Field{Name: "more", Kind: field.Group, Doc: "more of it", Fields: func() []field.Field {
			return []field.Field{{Name: "inner", Kind: field.Count, Unit: "months", Into: &c.heard}}
		}})
	}
	return table
}

func (c *sloppy) Check(in *Setting, r field.Report) {
	switch {
	case c.mistake == "empty":
		in.Find("around").Head().ID = "around" // there is none in an empty deal
	case c.mistake == "never" && c.Cap > 0:
		r.Fault("NEVER", "cap", "leave it out", "no cap will do")
	case c.mistake == "message" && c.Cap > 0:
		r.Warn("CAP", "cap", "", "a cap of %d", "much")
	}
	c.rebate.Check(in, r)
}

func (c *sloppy) Explain(in *Setting) string {
	switch c.mistake {
	case "period":
		return "Something is paid back"
	case "format":
		return "Something is paid back: %!d(string=half)."
	case "spaces":
		return "Something  is paid back."
	case "silence":
		return ""
	}
	return c.rebate.Explain(in)
}

func (c *sloppy) Without() Absence {
	if c.mistake == "without" {
		return Absence{}
	}
	return c.rebate.Without()
}

func (c *sloppy) Bind(b *contract.Builder) {
	note := contract.Asset{Kind: contract.Note, Of: c.head.ID}
	line := b.Line(contract.Line{From: "lab", To: "cloud", Asset: note, Kind: "note", Clause: c.head.ID})
	held := b.Column(c.head.ID + ".held")
	b.Stock("cloud", note, held)
	if c.mistake == "grid" && b.Grid().MonthsPerStep() > 1 {
		panic("months only")
	}
	b.On(contract.Funding, c.head.ID, func(m *contract.Month) {
		amount := m.PostTo(line)
		for i := range amount {
			amount[i] = 1
			switch c.mistake {
			case "whole":
				amount[i] = 0.5
			case "lanes":
				amount[i] = float64(1 + i)
			case "stock":
				m.Col(held)[i]++
			}
			m.Col(held)[i] += amount[i]
		}
	})
}

// Every mistake is found, and the clause without one passes.
func TestBatteryFindsMistakes(t *testing.T) {
	k := Kind{Name: "sloppy", Doc: "a rebate with a mistake"}
	for mistake, want := range map[string]string{
		"":                 "",
		"kind":             `calls itself "discount"`,
		"head":             "no field id fills the head",
		"doc":              "sloppy.cap has no doc",
		"name":             "sloppy.Cap is not a plain name",
		"twice":            "sloppy.cap is there twice",
		"place":            "a value of it cannot go to a *int",
		"default":          `sloppy.share: default "5%" and the value is 0.5`,
		"default in words": `sloppy.cap: default "none" is in words, and the value is 7`,
		"limits":           "its limits leave nothing",
		"unit":             "it has no unit",
		"required":         "what must be there has no use for a default",
		"choice":           "there is nothing to choose",
		"opened":           "sloppy.more.inner has no doc",
		"empty":            "checking an empty clause panics",
		"never":            "no deal runs with cap (0)",
		"message":          "a check says",
		"period":           "does not end with a period",
		"format":           "shows how it was made",
		"spaces":           "has spaces to spare",
		"silence":          "says nothing",
		"without":          "Without says nothing",
		"grid":             "by the quarter with []: panics: months only",
		"lanes":            "history 1 alone is not what it is among others",
		"whole":            "in whole cents: 0.5 cents of note move",
		"stock":            "flows leave cloud with 1 of note under-test, the contract states 2",
	} {
		k.New = func() Clause {
			return &sloppy{rebate: rebate{head: Head{Binding: "firm"}, Share: 0.05}, mistake: mistake}
		}
		was := Catalog
		Catalog = append(Catalog[:len(Catalog):len(Catalog)], k)
		var found findings
		battery(&found, k)
		Catalog = was
		if all := strings.Join(found, "\n"); mistake == "" && all != "" || !strings.Contains(all, want) {
			t.Errorf("mistake %q: want %q, found:\n%s", mistake, want, all)
		}
	}
}
