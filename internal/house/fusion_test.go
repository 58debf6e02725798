// SPDX-License-Identifier: Apache-2.0

package house

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestCompilerFusesNothing asks the compiler where it would fuse a product into a sum for a processor
// that can (GOAMD64=v3). The specification lets it do so across statements, and it does: through
// variables, fields, elements and inlined calls, none of which a look at single expressions finds.
// The remedy is the same: round the product where it is made, float64(x*y).
func TestCompilerFusesNothing(t *testing.T) {
	fused, err := fusions(root(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, where := range fused {
		t.Errorf("%s: the compiler fuses a product into a sum: write float64(x*y) or math.FMA", where)
	}
}

// TestFusionsAreFound runs the check on testdata/fusion, where each line that is fused is marked "want".
func TestFusionsAreFound(t *testing.T) {
	dir := filepath.Join("testdata", "fusion")
	fused, err := fusions(dir)
	if err != nil {
		t.Fatal(err)
	}
	sample, err := readSources(dir)
	if err != nil {
		t.Fatal(err)
	}
	var found, wanted []string
	for _, where := range fused {
		innermost := where[strings.LastIndex(where, " ")+1:]
		parts := strings.Split(strings.TrimPrefix(innermost, "./"), ":")
		found = append(found, fmt.Sprintf("sample/%s:%s: fused", parts[0], parts[1]))
	}
	for _, s := range sample {
		wanted = append(wanted, wants(s)...)
	}
	slices.Sort(found)
	slices.Sort(wanted)
	if found = slices.Compact(found); !slices.Equal(found, wanted) || len(wanted) < 5 {
		t.Errorf("found\n\t%s\nwanted\n\t%s", strings.Join(found, "\n\t"), strings.Join(wanted, "\n\t"))
	}
}

// fusions compiles the packages of the module at dir and returns the positions, outermost first where
// calls are inlined, at which the compiler fuses. It reports them under its debugging flag fmahash, which
// exists so that such differences can be hunted; "v" makes it talk and "y" leaves it on everywhere.
func fusions(dir string) ([]string, error) {
	build := exec.Command("go", "build", "-o", os.DevNull, "-gcflags=-d=fmahash=vy", "./...")
	build.Dir = dir
	build.Env = append(os.Environ(), "GOARCH=amd64", "GOAMD64=v3")
	out, err := build.CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("go build: %w\n%s", err, out)
	}
	var fused []string
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		if where, ok := strings.CutPrefix(lines.Text(), "fmahash triggered "); ok {
			fused = append(fused, where[:strings.LastIndex(where, " ")])
		}
	}
	slices.Sort(fused)
	return fused, nil
}
