// SPDX-License-Identifier: Apache-2.0

package provider

import "math"

// Present is what building and running costs, in cents at present value: each build
// at the end of the step in which it begins to run, power and upkeep at the ends of the
// steps that it runs, less what is not yet written off at the end of the last. curve
// holds the discount factors at the steps' ends.
func (t *Terms) Present(builds []Build, curve []float64, stepsPerYear int) float64 {
	sum, last := 0.0, len(curve)-1
	lifeChips, lifeShell := t.Capital.LifeChips.Years(), t.Capital.LifeShell.Years()
	end := float64(len(curve)) / float64(stepsPerYear)
	running := t.Power.EnergyCents() + float64(t.Capital.Upkeep*(t.Capital.ChipsCents+t.Capital.ShellCents))
	for _, b := range builds {
		from := step(b.Years, stepsPerYear)
		if from > last {
			continue
		}
		sum += float64((b.ChipsCents + b.ShellCents) * curve[from])
		left := float64(b.ChipsCents*unwritten(end-b.Years, lifeChips)) + float64(b.ShellCents*unwritten(end-b.Years, lifeShell))
		sum -= float64(left * curve[last])
		for s := from; s < min(step(b.Until, stepsPerYear), len(curve)); s++ {
			sum += float64(b.PowerGW * running / float64(stepsPerYear) * curve[s])
		}
	}
	return sum
}

// step is the step that begins after so many years.
func step(years float64, stepsPerYear int) int {
	return int(math.Round(years * float64(stepsPerYear)))
}

// unwritten is the share of a cost that straight lines have not written off at an age.
func unwritten(age, life float64) float64 { return max(0, 1-age/life) }
