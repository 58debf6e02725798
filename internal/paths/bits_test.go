// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"runtime"
	"testing"

	"offtake/internal/measure"
)

// everything is a digest of all that a sample says: each figure and series, the
// groups, the distribution, and how it ended.
func everything(samples []*Sample) string {
	var all []float64
	take := func(list []measure.Estimate) {
		for i := range list {
			e := &list[i]
			for _, m := range append([]measure.Moments{e.Moments}, e.Groups...) {
				all = append(all, float64(m.N), float64(m.Undefined), float64(m.Zero), m.Mean, m.M2)
			}
			e.Histogram.Each(func(b measure.Bin) bool {
				all = append(all, b.Low, float64(b.N))
				return true
			})
			all = append(append(all, e.Mean, e.StandardError()), e.GroupMeans()...)
			all = append(all, e.Histogram.TailMean(0.05), e.Histogram.TailMean(-0.05))
		}
	}
	for _, s := range samples {
		take(s.Estimates)
		take(s.SeriesEstimates)
		take(s.Against)
		all = append(all, s.OfMeans...)
		all = append(all, float64(s.Paths), float64(s.Rounds))
	}
	return Hash(all...)
}

// pair are two jobs with every kind of draw, of which the second is set against the first.
func pair(t testing.TB) []*Job {
	a := NewJob(moved(t, "0.4 to 0.6", "35% to 55%"), nil)
	return []*Job{a, NewJob(moved(t, "0.5", "35% to 55%"), nil, a)}
}

// One sample is the same to the bit, and so are the paths that it shows and their
// order, whoever runs it: by 1, 2, 7 and 16 workers, in several numbers of lanes, of
// either kind of points, stopped by its errors after two rounds of four.
func TestSameBits(t *testing.T) {
	jobs := pair(t)
	only := func(m *measure.Measure) bool { return m.Name == "npv" || m.Name == "pv_spend" || m.Name == "irr" }
	enough := func(s []*Sample) bool { return s[0].Paths >= 1<<14 }
	for name, plain := range map[string]bool{"quasi": false, "plain": true} {
		want := ""
		for _, c := range []struct{ workers, lanes int }{{1, 512}, {2, 256}, {7, 64}, {16, 128}} {
			shown, buf := sha256.New(), []byte(nil)
			samples := Run(jobs, Options{Paths: 1 << 16, Seed: 21, Plain: plain, Only: only, Workers: c.workers, Lanes: c.lanes, Enough: enough,
				Keep: func(scramble int, first uint64, values [][]float64) {
					buf = binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(buf[:0], uint64(scramble)), first)
					for _, col := range values {
						for _, x := range col {
							buf = binary.LittleEndian.AppendUint64(buf, math.Float64bits(x))
						}
					}
					shown.Write(buf)
				}})
			s := samples[0]
			if s.Paths != 1<<14 || s.Rounds != 2 || !s.Stopped || !s.Met {
				t.Fatalf("%s: %d paths in %d rounds, stopped %v, met %v", name, s.Paths, s.Rounds, s.Stopped, s.Met)
			}
			got := fmt.Sprintf("%s, shown %x", everything(samples), shown.Sum(nil))
			if want == "" {
				want = got
			}
			if got != want {
				t.Errorf("%s, %d workers, %d lanes: %s, else %s", name, c.workers, c.lanes, got, want)
			}
		}
	}
}

// A sample that is told not to proceed, in the middle of a round or at its end,
// says what the sample of the whole rounds until then says, to the bit.
func TestStoppedIsShorter(t *testing.T) {
	jobs := []*Job{NewJob(parse(t, sampledText(t)), nil)}
	only := func(m *measure.Measure) bool {
		return m.Name == "npv" || m.Name == "deficiency_total" || m.Name == "default"
	}
	const short = 1 << 14
	for name, plain := range map[string]bool{"quasi": false, "plain": true} {
		opt := Options{Paths: short, Seed: 4, Plain: plain, Lanes: 256, Only: only}
		want := everything(Run(jobs, opt))
		for _, at := range []int{short, short + 1, short + 5*ChunkPaths, 2*short - ChunkPaths} {
			for _, workers := range []int{1, 7} {
				opt := opt
				opt.Paths, opt.Workers = 4*short, workers
				opt.Proceed = func(done, all int) bool {
					if all != 4*short {
						t.Fatalf("%d paths in all", all)
					}
					return done < at
				}
				out := Run(jobs, opt)
				if got := everything(out); got != want || !out[0].Stopped || out[0].Met || out[0].Paths != short {
					t.Errorf("%s, stopped at %d by %d workers: %d paths, %s, want %s", name, at, workers, out[0].Paths, got, want)
				}
			}
		}
	}
}

// Memory does not grow with paths: eight times as many leave no more behind, and
// what passes through on the way, a block at a time, is a few floats a path.
func TestMemoryDoesNotGrow(t *testing.T) {
	j := NewJob(needDeal(t, "period: year"), nil)
	only := func(m *measure.Measure) bool { return m.Name == "npv" || m.Name == "deficiency_total" }
	run := func(paths int) (made, left uint64) {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		out := Run([]*Job{j}, Options{Paths: paths, Seed: 1, Workers: 2, Only: only})
		runtime.ReadMemStats(&after)
		made = after.TotalAlloc - before.TotalAlloc
		runtime.GC()
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(out)
		return made, after.HeapAlloc - min(before.HeapAlloc, after.HeapAlloc)
	}
	const few, many = 1 << 17, 1 << 20
	run(1 << 13)
	made, left := run(few)
	madeMore, leftMore := run(many)
	t.Logf("%d paths: %d bytes made, %d left; %d: %d made, %d left", few, made, left, many, madeMore, leftMore)
	if a := float64(madeMore-made) / (many - few); a > 64 {
		t.Errorf("%.0f bytes are made for each more path", a)
	}
	if leftMore > left+1<<18 { // distributions meet a few more exponents
		t.Errorf("%d bytes are left of %d paths, %d of %d", leftMore, many, left, few)
	}
}

// Once it has run, a block steps through its world and its contracts without asking
// for memory, whatever moves.
func TestStepsAskForNoMemory(t *testing.T) {
	for name, jobs := range map[string][]*Job{
		"everything moves": pair(t)[:1],
		"monthly credit":   {NewJob(parse(t, sampledText(t)), nil)},
		"two contracts":    pair(t),
	} {
		for kind, plain := range map[string]bool{"quasi": false, "plain": true} {
			b := newBlock(jobs, 64, &Options{})
			b.run(Options{Seed: 8, Plain: plain}, span{n: 64}, 0)
			steps := 0
			if n := testing.AllocsPerRun(5, func() { steps = b.stepAll() }); n > 0 {
				t.Errorf("%s, %s: %v allocations in %d steps", name, kind, n, steps)
			}
		}
	}
}
