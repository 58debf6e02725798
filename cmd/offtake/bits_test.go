// SPDX-License-Identifier: Apache-2.0

package main_test

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	// The test builds the program by command; importing it too lets go test see
	// when a cached result no longer holds.
	_ "offtake/internal/cli"
)

var root = filepath.Join("..", "..")

// Seam 10: builds for the oldest and for newer amd64 machines, with kernels of
// SIMD instructions and without, give one result hash, base run and sampled; so
// do all loops that one program has. A machine that cannot run GOAMD64=v3 says
// so and fails: the check must not be passed over.
func TestSameBitsOnEveryBuild(t *testing.T) {
	if _, err := os.ReadFile(filepath.Join(root, "deals", "amazon-anthropic-2026", "deal.yaml")); err != nil {
		t.Fatal(err)
	}
	experiments := []string{""}
	if hasSIMD() {
		experiments = append(experiments, "simd")
	} else {
		t.Log("this Go has no simd/archsimd: plain builds only")
	}
	var want string
	for _, experiment := range experiments {
		for _, level := range []string{"v1", "v3"} {
			build := "GOEXPERIMENT=" + experiment + " GOAMD64=" + level
			bin := filepath.Join(t.TempDir(), "offtake")
			buildProgram(t, bin, experiment, level)
			loops := []string{""}
			if experiment == "simd" {
				loops = append(loops, "plain", "avx2", "avx512")
			}
			for _, name := range loops {
				got := hashes(t, bin, name)
				switch {
				case got == "":
					t.Logf("%s: this machine cannot run %s loops", build, name)
				case want == "":
					want = got
				case got != want:
					t.Errorf("%s OFFTAKE_VEC=%s gives %s, the first build gave %s", build, name, got, want)
				}
			}
		}
	}
}

// hasSIMD reports whether the go command builds with simd/archsimd.
func hasSIMD() bool {
	list := exec.Command("go", "list", "simd/archsimd")
	list.Env = append(os.Environ(), "GOEXPERIMENT=simd")
	return list.Run() == nil
}

// buildProgram writes the program to bin.
func buildProgram(t *testing.T, bin, experiment, level string) {
	t.Helper()
	build := exec.Command("go", "build", "-o", bin, "./cmd/offtake")
	build.Dir, build.Env = root, append(os.Environ(), "GOAMD64="+level, "GOEXPERIMENT="+experiment)
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("GOEXPERIMENT=%s GOAMD64=%s: %v\n%s", experiment, level, err, out)
	}
}

// hashes returns the result hashes of a base run and of a sampled one with the
// named loops, or nothing if the machine cannot run those.
func hashes(t *testing.T, bin, loops string) string {
	t.Helper()
	var got []string
	for _, args := range [][]string{{}, {"--paths", "3000", "--seed", "7"}} {
		run := exec.Command(bin, append([]string{"run", "--json", "deals/amazon-anthropic-2026/deal.yaml"}, args...)...)
		run.Dir, run.Env = root, append(os.Environ(), "OFFTAKE_VEC="+loops)
		out, err := run.Output()
		var exit *exec.ExitError
		if errors.As(err, &exit) && loops != "" && strings.Contains(string(exit.Stderr), "this processor has not") {
			return ""
		}
		if err != nil {
			t.Fatalf("OFFTAKE_VEC=%s: %v", loops, err)
		}
		var result struct{ Hash string }
		if err := json.Unmarshal(out, &result); err != nil || result.Hash == "" {
			t.Fatalf("OFFTAKE_VEC=%s: no hash in the result: %v", loops, err)
		}
		got = append(got, result.Hash)
	}
	return strings.Join(got, " ")
}
