// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"strings"
	"testing"
)

func seeds(f *testing.F) [][]byte {
	var out [][]byte
	for _, dir := range []string{"valid", "invalid"} {
		for _, source := range files(f, dir) {
			out = append(out, source)
		}
	}
	return out
}

// FuzzParse holds what any text gives: a deal or a fault, diagnostics that say
// something, and a deal that can be laid out for running with any clause switched off.
func FuzzParse(f *testing.F) {
	for _, source := range seeds(f) {
		f.Add(source)
	}
	known := map[string]bool{}
	for _, c := range Codes {
		known[c.Name] = true
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		d, list := Parse("deal.yaml", source)
		if (d == nil) != list.HasFaults() {
			t.Fatalf("deal %v, faults %v", d != nil, list)
		}
		for _, x := range list {
			if !known[x.Code] || x.Message == "" || x.Hint == "" {
				t.Fatalf("%+v", x)
			}
		}
		if d == nil {
			return
		}
		d.Inputs()
		d.Program(true)
		for _, c := range d.Clauses {
			if id := c.Head().ID; !d.Implied(id) {
				without, err := d.Without(id)
				if err != nil {
					t.Fatal(err)
				}
				without.Program(false)
				c.Explain(without.Setting())
			}
		}
	})
}

// FuzzSet holds edits of any text at any path to what Set promises.
func FuzzSet(f *testing.F) {
	for i, source := range seeds(f) {
		f.Add(source, []string{"title", "clauses.spend.take", "world.discount", "clauses.list.net", "world.need.firm.table", "policy.draw.share"}[i%6],
			[]string{"5", "a: b", "{x: 1}", "[1, 2]", "none", "é\n"}[i%6])
	}
	f.Fuzz(func(t *testing.T, source []byte, path, value string) {
		checkSet(t, source, path, strings.ToValidUTF8(value, ""))
	})
}

// FuzzFormat holds formatting to be done after one time, and to keep what is said.
func FuzzFormat(f *testing.F) {
	for _, source := range seeds(f) {
		f.Add(source)
	}
	f.Fuzz(func(t *testing.T, source []byte) { checkForm(t, source) })
}
