// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"offtake/internal/diag"
)

var update = flag.Bool("update", false, "write the golden files")

// TestMessages holds whole messages, as people see them, to golden files.
func TestMessages(t *testing.T) {
	all := files(t, "invalid")
	for _, name := range []string{
		"no-cascade", "field-unknown", "field-missing", "field-kind", "sources", "references", "facility", "yaml-colon", "amount-form",
		"minimum-over-capacity", "existing-shares", "giant-numbers", "name-form", "party-roles",
		"amendment-sum", "amendment-value", "amendment-remove", "amendment-overlap", "alternatives", "partly-misread", "range-amount", "value-after-round",
		"correlation-matrix", "distributions", "interval", "regimes", "scenarios",
	} {
		source := all[name+".yaml"]
		_, list := Parse("deal.yaml", source)
		var got bytes.Buffer
		diag.Render(&got, list, map[string][]byte{"deal.yaml": source}, 100)
		golden(t, name+".txt", got.Bytes())
	}
}

// golden compares with, or with -update writes, a file of testdata/golden.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	name = filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); diff != "" {
		t.Errorf("%s: %s", name, diff)
	}
}
