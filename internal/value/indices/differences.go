// SPDX-License-Identifier: Apache-2.0

package indices

import (
	"offtake/internal/value/estimate"
	"offtake/internal/value/game"
)

// Differences are what whoever ran a model saw of one output, in each replication: its variance, and for
// coalitions of inputs half the mean squared difference of two runs that share all other inputs. That is the variance
// which stays, in the mean, if all others are known (Jansen 1999, "Analysis of variance designs for model output").
type Differences struct {
	Inputs   int
	Variance []float64
	Half     map[game.Coalition][]float64
}

// First is the index of first order of an input, by what all others do: it asks for the coalition of these.
func (d *Differences) First(input int) estimate.Estimate {
	half := d.Half[game.All(d.Inputs).Without(input)]
	own := make([]float64, len(half))
	for r, x := range half {
		own[r] = d.Variance[r] - x
	}
	return estimate.Ratio(own, d.Variance)
}

// Total is the total index of an input: it asks for the coalition of the input alone.
func (d *Differences) Total(input int) estimate.Estimate {
	return estimate.Ratio(d.Half[game.Coalition(0).With(input)], d.Variance)
}

// Shapley are the Shapley effects: they ask for every coalition but that of nobody, and are shares of what all
// inputs do together.
func (d *Differences) Shapley() []estimate.Estimate {
	all := game.All(d.Inputs)
	worth := make([][]float64, all+1)
	worth[0] = make([]float64, len(d.Half[all]))
	for c := game.Coalition(1); c <= all; c++ {
		worth[c] = d.Half[c]
	}
	return ratios(game.Shapley(d.Inputs, worth), d.Half[all])
}

// newDifferences makes room for so many replications of an output.
func newDifferences(inputs, replications int) Differences {
	return Differences{Inputs: inputs, Variance: make([]float64, replications), Half: map[game.Coalition][]float64{}}
}

// set takes what one replication showed of a coalition.
func (d *Differences) set(c game.Coalition, replication int, half float64) {
	if d.Half[c] == nil {
		d.Half[c] = make([]float64, len(d.Variance))
	}
	d.Half[c][replication] = half
}
