// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"math"
	"testing"

	"offtake/internal/measure"
)

// scrambledSums gathers what each of 16 scramblings shows of a block's columns.
type scrambledSums struct{ measure.Estimate }

func newSums() *scrambledSums {
	return &scrambledSums{measure.Estimate{Groups: make([]measure.Moments, measure.Groups)}}
}

func (s *scrambledSums) add(group int, values []float64) { s.Add(group, moments(values)) }

// near holds a mean to its truth: within 4.07 standard errors, beyond which
// Student's t with 15 degrees of freedom is once in a thousand times, and an error
// that is small enough to tell.
func (s *scrambledSums) near(t *testing.T, name string, want, within float64) {
	t.Helper()
	se := s.StandardError()
	t.Logf("%s: %.8g, want %.8g, error %.2g, standard error %.2g", name, s.Mean, want, s.Mean-want, se)
	if math.Abs(s.Mean-want) > 4.07*se+6e-8 || se > within {
		t.Errorf("%s: %v +- %v, want %v", name, s.Mean, se, want)
	}
}

// What is missing in the first year, which has a closed form (Black 1976, a put
// on need), and in three by how it is settled, by quadrature; and on every path
// one true-up at the end <= yearly with carry-forward <= yearly. By either kind
// of points.
func TestDeficiencyByPeriod(t *testing.T) {
	jobs := []*Job{NewJob(needDeal(t, "period: year"), nil)}
	jobs = append(jobs,
		NewJob(needDeal(t, "period: year, carry_forward: {threshold: 100%}"), jobs[0].Plan.World, jobs[0]),
		NewJob(needDeal(t, "period: year, settle: term"), jobs[0].Plan.World, jobs[0]))
	if jobs[1].Plan != jobs[0].Plan || jobs[2].Plan != jobs[0].Plan {
		t.Fatal("the jobs do not share a world")
	}
	const chunks = 8
	for name, plain := range map[string]bool{"quasi": false, "plain": true} {
		b := newBlock(jobs, ChunkPaths, &Options{})
		at := measure.Find(b.runners[0].measures, "deficiency_paid", "", "", 1)
		sums, first := []*scrambledSums{newSums(), newSums(), newSums()}, newSums()
		for c := range chunks * measure.Groups {
			group := c / chunks
			s := span{group: group, first: uint64(c % chunks * ChunkPaths)}
			if plain { // paths of one stream, in 16 batches
				s = span{first: uint64(c * ChunkPaths)}
			}
			b.run(Options{Seed: 20261122, Plain: plain}, s, 0)
			yearly, carried, once := b.total(0, "deficiency_paid", ChunkPaths), b.total(1, "deficiency_paid", ChunkPaths), b.total(2, "deficiency_paid", ChunkPaths)
			for p := range yearly {
				if once[p] > carried[p]+1e-9 || carried[p] > yearly[p]+1e-9 {
					t.Fatalf("%s, path %d of scrambling %d: %v at the end, %v carried, %v yearly", name, p, group, once[p], carried[p], yearly[p])
				}
				b.scratch[p] = b.values[0][at][p] / 100
			}
			for i, x := range [][]float64{yearly, carried, once} {
				sums[i].add(group, x)
			}
			first.add(group, b.scratch)
		}
		within := map[bool]float64{true: 0.02, false: 0.0005}[plain]
		first.near(t, name+", first year", 1.1923538474, within)
		sums[0].near(t, name+", yearly", 4.9221918, within)
		sums[1].near(t, name+", carried", 4.6307856, within)
		sums[2].near(t, name+", once", 4.4463727, within)
	}
}
