// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"offtake/internal/contract"
	"offtake/internal/measure"
)

// CR-3 and CR-4 of the project's collection of models through a sampled deal: need
// 10 with s = 40% and the lab's value 380 with sigma = 60%, correlated by rho, seen
// after three years. What is missing is what the deal charges in its third year.
// That the lab fails where its value ends below a barrier no deal can say (it
// fails by a hazard), so the value at the end is read off the world.
//
// CR-4: with the barrier at 200, what a minimum of 10 brings in of a lab that does not
// fail. CR-3: value below its 20% quantile and need below its 30% quantile, which is
// the minimum then, both at once.
func TestWrongWayRiskOfADeal(t *testing.T) {
	const chunks = 4
	years := math.Sqrt(3)
	lowNeed := 10 * math.Exp(-0.524400512708*0.4*years-0.08*3)
	lowValue := 380 * math.Exp(-0.841621233573*0.6*years-0.18*3)
	run := func(rho, minimum float64, see func(group int, missing, value []float64)) {
		text := strings.NewReplacer("volatility: 30%", "volatility: 40%", "mean: 10,", "mean: 10000,", "total: 30", fmt.Sprintf("total: %.2f", 3000*minimum), // thousandths: a minimum is in whole cents

			"{start: 350}", "{start: 380, moves: {geometric: {volatility: 60%}}}").Replace(needText("period: year"))
		if rho != 0 {
			text += fmt.Sprintf("  correlations: [{between: [lab_value, need.firm], rho: %v%%}]\n", 100*rho)
		}
		b := newBlock([]*Job{NewJob(parse(t, text), nil)}, ChunkPaths, &Options{})
		at := measure.Find(b.runners[0].measures, "deficiency_paid", "", "", 3)
		for c := range chunks * measure.Groups {
			b.run(Options{Seed: 11}, span{group: c / chunks, first: uint64(c % chunks * ChunkPaths)}, 0)
			see(c/chunks, b.values[0][at], b.runners[0].obs.Obs.Col[contract.LabValue])
		}
	}
	put := func(rho float64) (face, collected *scrambledSums) {
		face, collected = newSums(), newSums()
		run(rho, 10, func(group int, missing, value []float64) {
			all, kept := make([]float64, len(missing)), make([]float64, len(missing))
			for i, x := range missing {
				all[i] = x / 1000_00
				if value[i] > 200_00 {
					kept[i] = x / 1000_00
				}
			}
			face.add(group, all)
			collected.add(group, kept)
		})
		return face, collected
	}
	for rho, want := range map[float64]float64{0: 1.46060546, 0.5: 0.94123869, 0.9: 0.42908520} {
		face, collected := put(rho)
		face.near(t, fmt.Sprintf("rho %v, without default", rho), 2.70965510, 2e-4)
		collected.near(t, fmt.Sprintf("rho %v, collected", rho), want, 4e-3)
	}
	for rho, want := range map[float64]float64{0: 0.06, 0.5: 0.1152472302, -0.5: 0.0171138623} {
		both := newSums()
		run(rho, lowNeed, func(group int, missing, value []float64) {
			low := make([]float64, len(missing))
			for i, x := range missing {
				if x > 0 && value[i] < 100*lowValue {
					low[i] = 1
				}
			}
			both.add(group, low)
		})
		both.near(t, fmt.Sprintf("rho %v, both low", rho), want, 1e-3)
	}
}
