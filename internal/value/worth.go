// SPDX-License-Identifier: Apache-2.0

package value

import (
	"fmt"
	"slices"

	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/paths"
)

// together is how many deals run side by side on one set of factors: enough
// for drawing the factors to cost little, few enough for their columns to stay
// near the processor.
const together = 8

// A Worth is what one deal is worth: to each party, the mean net present value
// on each scrambling, in cents; of plain paths, on all together.
type Worth [][]float64

// Mean is the mean worth to a party.
func (w Worth) Mean(party int) float64 {
	sum := 0.0
	for _, x := range w[party] {
		sum += x
	}
	return sum / float64(len(w[party]))
}

// Holders are the parties to whom a deal is worth something, the supplier
// first, then the buyer, who stands for its other holders, then the rest.
func Holders(d *deal.Deal) []string {
	var rest []string
	for _, p := range d.Parties {
		if p.Key != d.Supplier() && p.Key != d.Buyer() {
			rest = append(rest, p.Key)
		}
	}
	return append([]string{d.Supplier(), d.Buyer()}, rest...)
}

// worths are what jobs in one world are worth to the holders, on the same draws.
// told is called with how many of the jobs are done.
func worths(jobs []*paths.Job, holders []string, opt Options, told func(jobs int) bool) ([]Worth, error) {
	out := make([]Worth, 0, len(jobs))
	for batch := range slices.Chunk(jobs, together) {
		going := true
		samples := paths.Run(batch, paths.Options{Paths: opt.Paths, Seed: opt.Seed, Plain: opt.plain, Workers: opt.Workers, Only: isNPV,
			Proceed: func(done, all int) bool {
				going = told(len(out)) && going
				return going
			}})
		if !going {
			return out, ErrStopped
		}
		for _, s := range samples {
			out = append(out, worthOf(s, holders))
		}
	}
	told(len(out))
	return out, nil
}

func isNPV(m *measure.Measure) bool { return m.Name == "npv" }

// worthOf reads a sample. A party that has no part in the deal gets nothing.
func worthOf(s *paths.Sample, holders []string) Worth {
	out := make(Worth, len(holders))
	for h, party := range holders {
		i := slices.IndexFunc(s.Measures, func(m measure.Measure) bool { return isNPV(&m) && m.Party == party })
		if i < 0 {
			out[h] = make([]float64, measure.Groups)
			continue
		}
		e := &s.Estimates[i]
		if e.Undefined > 0 {
			panic(fmt.Sprintf("value: the net present value to %s is not a number", party))
		}
		out[h] = e.GroupMeans()
	}
	return out
}
