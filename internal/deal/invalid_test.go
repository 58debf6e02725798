// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"offtake/internal/diag"
)

// files are the deal files of a directory below testdata, by name.
func files(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("testdata", dir, "*.yaml"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no files in testdata/%s: %v", dir, err)
	}
	out := map[string][]byte{}
	for _, name := range names {
		if out[filepath.Base(name)], err = os.ReadFile(name); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// wants are the lines and codes that a file's comments ask for: # want CODE CODE.
func wants(source []byte) []string {
	var out []string
	for i, line := range strings.Split(string(source), "\n") {
		_, codes, _ := strings.Cut(line, "# want ")
		for _, code := range strings.Fields(codes) {
			out = append(out, fmt.Sprintf("%d %s", i+1, code))
		}
	}
	slices.Sort(out)
	return out
}

// TestInvalid holds each invalid file to the diagnostics that its comments ask for: no
// fewer, on those lines, and no more.
func TestInvalid(t *testing.T) {
	for name, source := range files(t, "invalid") {
		d, list := Parse(name, source)
		if (d == nil) != list.HasFaults() {
			t.Errorf("%s: a deal in spite of faults, or none without", name)
		}
		var got []string
		for _, x := range list {
			got = append(got, fmt.Sprintf("%d %s", x.Line, x.Code))
			if x.Hint == "" || x.Column == 0 || x.File != name {
				t.Errorf("%s: %v has no hint or no full place", name, x)
			}
		}
		slices.Sort(got)
		if want := wants(source); !slices.Equal(got, want) {
			var out strings.Builder
			diag.Render(&out, list, map[string][]byte{name: source}, 120)
			t.Errorf("%s:\n got %v\nwant %v\n%s", name, got, want, out.String())
		}
	}
}

// TestValid holds good files to no diagnostics at all.
func TestValid(t *testing.T) {
	for name, source := range files(t, "valid") {
		if d, list := Parse(name, source); d == nil || len(list) > 0 {
			t.Errorf("%s: %v", name, list)
		}
	}
}

// A minimum is held against what the capacity costs at the deal's own price where
// that is fixed: 6 months of 250M units at 2 are 3B, at 1 they are 1.5B, and 2.5B a
// year is the minimum.
func TestMinimumOverCapacityAtFixedPrice(t *testing.T) {
	source := string(files(t, "invalid")["minimum-over-capacity.yaml"])
	for price, warns := range map[string]bool{"fixed: 2": false, "fixed: 1": true} {
		_, list := Parse("deal.yaml", []byte(strings.Replace(source, "discount: 10%", price, 1)))
		if got := len(list) == 1 && list[0].Code == "MINIMUM-OVER-CAPACITY" && strings.Contains(list[0].Message, "costs at the fixed price: $2.50B against $1.50B"); got != warns || !warns && len(list) != 0 {
			t.Errorf("%s: %v", price, list)
		}
	}
}
