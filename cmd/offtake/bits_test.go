// SPDX-License-Identifier: Apache-2.0

package main_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	// The test builds the program by command; importing it too lets go test see
	// when a cached result no longer holds.
	_ "offtake/internal/cli"
)

// Seam 10: builds for the oldest and for newer amd64 machines give one result
// hash, base run and sampled. A machine that cannot run GOAMD64=v3 says so and
// fails: the check must not be passed over.
func TestSameBitsOnEveryBuild(t *testing.T) {
	root := filepath.Join("..", "..")
	if _, err := os.ReadFile(filepath.Join(root, "deals", "amazon-anthropic-2026", "deal.yaml")); err != nil {
		t.Fatal(err)
	}
	var want string
	for _, level := range []string{"v1", "v3"} {
		bin := filepath.Join(t.TempDir(), "offtake-"+level)
		build := exec.Command("go", "build", "-o", bin, "./cmd/offtake")
		build.Dir, build.Env = root, append(os.Environ(), "GOAMD64="+level, "GOEXPERIMENT=")
		if out, err := build.CombinedOutput(); err != nil {
			t.Fatalf("GOAMD64=%s: %v\n%s", level, err, out)
		}
		var got []string
		for _, args := range [][]string{{}, {"--paths", "3000", "--seed", "7"}} {
			run := exec.Command(bin, append([]string{"run", "--json", "deals/amazon-anthropic-2026/deal.yaml"}, args...)...)
			run.Dir = root
			out, err := run.Output()
			if err != nil {
				t.Fatalf("GOAMD64=%s: %v", level, err)
			}
			var result struct{ Hash string }
			if err := json.Unmarshal(out, &result); err != nil || result.Hash == "" {
				t.Fatalf("GOAMD64=%s: no hash in the result: %v", level, err)
			}
			got = append(got, result.Hash)
		}
		if hashes := strings.Join(got, " "); want == "" {
			want = hashes
		} else if hashes != want {
			t.Errorf("GOAMD64=%s gives %s, v1 gave %s", level, hashes, want)
		}
	}
}
