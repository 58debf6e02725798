// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"os"
	"testing"
	"time"

	"offtake/internal/vec"
)

// TestMain lets OFFTAKE_VEC choose the loops of package vec, as the program does.
func TestMain(m *testing.M) {
	if name := os.Getenv("OFFTAKE_VEC"); name != "" {
		if err := vec.Use(name); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// BenchmarkLoops is what a user gains by the kernels of package vec: whole paths with plain loops and with
// the best that run here, in turn, the least time of each, and one hash.
func BenchmarkLoops(b *testing.B) {
	best := vec.Kernel()
	j := NewJob(parse(b, sampledText(b)), nil)
	const paths = 512
	least, hash := map[string]time.Duration{}, ""
	for b.Loop() {
		for _, name := range []string{"plain", best} {
			if err := vec.Use(name); err != nil {
				b.Fatal(err)
			}
			start := time.Now()
			got := Run([]*Job{j}, Options{Paths: paths, Seed: 1})[0].Hash()
			if took := time.Since(start); least[name] == 0 || took < least[name] {
				least[name] = took
			}
			if hash != "" && hash != got {
				b.Fatalf("%s loops give %s, not %s", name, got, hash)
			}
			hash = got
		}
	}
	b.ReportMetric(0, "ns/op")
	for name, took := range least {
		b.ReportMetric(float64(took.Microseconds())/paths, name+"-us/path")
	}
	b.Logf("hash %s: %s x%.2f", hash, best, float64(least["plain"])/float64(least[best]))
}
