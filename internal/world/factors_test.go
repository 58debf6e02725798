// SPDX-License-Identifier: Apache-2.0

package world_test

import (
	"fmt"
	"math"
	"os"
	"testing"
	"time"

	"offtake/internal/deal"
	"offtake/internal/draw"
)

// BenchmarkFactors reports nanoseconds a path to draw the world of bench/deal.yaml: three
// correlated numbers over 120 months, and when the buyer fails. The least time counts.
func BenchmarkFactors(b *testing.B) {
	var lanes = 512
	if v := os.Getenv("LANES"); v != "" {
		fmt.Sscan(v, &lanes)
	}
	text, err := os.ReadFile("../../bench/deal.yaml")
	if err != nil {
		b.Fatal(err)
	}
	d, faults := deal.Parse("deal.yaml", text)
	if faults.HasFaults() {
		b.Fatal(faults)
	}
	f := d.World.Lay(d.Program(false).Grid()).Factors(lanes)
	for _, quasi := range []bool{false, true} {
		b.Run(fmt.Sprintf("quasi=%v", quasi), func(b *testing.B) {
			least := math.Inf(1)
			for b.Loop() {
				start := time.Now()
				f.Sample(draw.Source{Seed: 1, Quasi: quasi})
				least = min(least, float64(time.Since(start).Nanoseconds())/float64(lanes))
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(least, "ns/path")
		})
	}
}
