// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"reflect"
	"testing"

	"offtake/internal/clause"
	"offtake/internal/deal/read"
)

// TestDefaults holds the defaults that tables state to be what a deal has when its file
// leaves them out. Defaults that are told in words, such as "the amount", are not
// values and cannot be set.
func TestDefaults(t *testing.T) {
	source := files(t, "valid")["sparse.yaml"]
	d := parsed(t, "sparse.yaml")
	tried := 0
	flatten(d)
	p, _ := readFile("", source)
	for _, s := range p.r.Sites() {
		for _, f := range s.Table {
			path := read.Join(s.Path, f.Name)
			if f.Default == "" || p.r.Site(path) != nil {
				continue
			}
			out, err := Set(source, path, f.Default)
			if err != nil {
				t.Logf("%s: %q is in words", path, f.Default)
				continue
			}
			tried++
			with, list := Parse("", out)
			if with == nil {
				t.Errorf("%s: %v", path, list)
				continue
			}
			with.reader, with.grid, with.file, with.form = d.reader, d.grid, d.file, d.form
			flatten(with)
			if !reflect.DeepEqual(with, d) {
				t.Errorf("%s: writing its default, %s, makes another deal", path, f.Default)
			}
		}
	}
	if tried < 30 {
		t.Errorf("only %d defaults were tried", tried)
	}
}

// flatten gives schedules without a shape the one that they have.
func flatten(d *Deal) {
	for _, c := range d.Clauses {
		if c, ok := c.(*clause.Commitment); ok && c.Schedule.Shape == "" {
			c.Schedule.Shape = "flat"
		}
	}
}
