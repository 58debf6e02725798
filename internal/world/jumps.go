// SPDX-License-Identifier: Apache-2.0

package world

import (
	"math"
	"slices"

	"offtake/internal/vec"
)

const (
	// jumpCuts is how often a path of jumps is cut in two by coordinates of Sobol points:
	// eight spans of one length. Errors are hardly larger with four, and no smaller with 15.
	jumpCuts = 7
	// mostJumps is how many jumps may be expected on a path of which each is drawn by
	// itself; e^-mostJumps is far from what a float64 cannot hold.
	mostJumps = 100
)

// A span is a part of a path: some steps, and the years that they have after the
// valuation date.
type span struct {
	first, end int
	from, to   float64
	off        int     // the span that this one was cut off the end of, by the cut of its own number
	near       float64 // share of the years that the other one kept
}

// spans cuts a path whose steps end at those years, at the ends of steps: always the
// longest span that can be cut, as near to its middle as it can be.
func spans(at []float64, cuts int) []span {
	out := []span{{end: len(at), to: at[len(at)-1]}}
	for len(out) <= cuts {
		longest, end := -1, 0
		for k, x := range out {
			if e := x.middle(at); e > 0 && (longest < 0 || x.to-x.from > out[longest].to-out[longest].from) {
				longest, end = k, e
			}
		}
		if longest < 0 {
			break
		}
		x, years := &out[longest], at[end-1]
		far := span{first: end, end: x.end, from: years, to: x.to, off: longest, near: (years - x.from) / (x.to - x.from)}
		x.end, x.to = end, years
		out = append(out, far)
	}
	return out
}

// middle is the step that the second half begins with; 0 if there are no two
// halves that take time.
func (x span) middle(at []float64) (begins int) {
	half := (x.from + x.to) / 2
	nearest := x.to - x.from
	for t := x.first; t < x.end-1; t++ {
		if off := math.Abs(at[t] - half); x.from < at[t] && at[t] < x.to && off < nearest {
			begins, nearest = t+1, off
		}
	}
	return begins
}

// jumping is the room in which jumps are drawn: columns by span, of how many jumps it has
// and of their sum, and by step, of the sum; and the span that each lane is in.
type jumping struct {
	spans       []span
	count, sum  [][]float64
	steps       [][]float64
	in          []int
	u, z, none  []float64
	years, most float64
}

// jumps are the sums of the jumps in each step: normal numbers of a mean and a
// deviation, as many as happen of so many a year. By Sobol points, and if they
// have coordinates for these jumps: how many there are on the path and what they come to, then,
// as the path is cut, the same of its parts; what has no coordinate is Philox, jump by
// jump. Else, and where too many are expected, the number in each step is.
func (s *Sampling) jumps(often, m, sd []float64) [][]float64 {
	if s.jumping == nil {
		parts := spans(s.at, jumpCuts)
		s.jumping = &jumping{spans: parts, count: columns(len(parts), s.Lanes), sum: columns(len(parts), s.Lanes),
			steps: columns(s.Grid.Steps(), s.Lanes), in: make([]int, s.Lanes), years: s.at[len(s.at)-1],
			u: make([]float64, s.Lanes), z: make([]float64, s.Lanes), none: make([]float64, s.Lanes)}
	}
	j := s.jumping
	for _, col := range j.steps {
		vec.Fill(col, 0)
	}
	j.most = 0
	if s.Source.Quasi && s.JumpSize != 0 {
		j.most = mostJumps
	}
	if j.most > 0 && slices.Min(often)*j.years <= j.most {
		s.jumpsBySpan(often, m, sd)
		s.placeJumps(sd)
	}
	if slices.Max(often)*j.years > j.most {
		s.jumpsByStep(often, m, sd)
	}
	return j.steps
}

// jumpsByStep draws the number of jumps in each step, and their sum, in the lanes
// where that is the way.
func (s *Sampling) jumpsByStep(often, m, sd []float64) {
	j, length := s.jumping, 0.0
	for t, col := range j.steps {
		h := s.Dt(t)
		if h <= 0 {
			continue
		}
		if h != length { // steps are of a few lengths
			length = h
			for i, x := range often {
				j.none[i] = vec.ExpOf(-(x * h))
			}
		}
		s.Source.Noise(j.u, s.Jump, 2*t)
		s.Source.NoiseNormal(j.z, s.Jump, 2*t+1)
		for i := range col {
			if often[i]*j.years > j.most {
				n := poisson(often[i]*h, j.none[i], j.u[i])
				col[i] = float64(n*m[i]) + float64(sqrt(n)*sd[i]*j.z[i])
			}
		}
	}
}

// jumpsBySpan draws the number of jumps in each span, and their sum. Of n jumps of the
// sum x a part that takes the share p of the time has a binomial number k of them,
// whose sum is normal: of mean x k/n and variance sd^2 k (n - k)/n.
func (s *Sampling) jumpsBySpan(often, m, sd []float64) {
	j := s.jumping
	s.Source.Uniform(j.u, s.Jump, 0)
	s.Source.Normal(j.z, s.JumpSize, 0)
	for i, u := range j.u {
		n, mean := 0.0, often[i]*j.years
		if mean <= j.most {
			n = poisson(mean, vec.ExpOf(-mean), u)
		}
		j.count[0][i], j.sum[0][i] = n, float64(n*m[i])+float64(sqrt(n)*sd[i]*j.z[i])
	}
	for k := 1; k < len(j.spans); k++ {
		s.Source.Uniform(j.u, s.Jump, k)
		s.Source.Normal(j.z, s.JumpSize, k)
		cut, share := j.spans[k], newShare(j.spans[k].near)
		count, sum, count2, sum2 := j.count[cut.off], j.sum[cut.off], j.count[k], j.sum[k]
		for i, n := range count {
			if n == 0 {
				count2[i], sum2[i] = 0, 0
				continue
			}
			near := share.of(n, j.u[i])
			x := float64(sum[i]*near/n) + float64(sd[i]*sqrt(near*(n-near)/n)*j.z[i])
			count[i], count2[i] = near, n-near
			sum[i], sum2[i] = x, sum[i]-x
		}
	}
}

// placeJumps gives each jump of a span its step and its size, one of each lane after the
// other. The next of n jumps of the sum x is normal, of mean x/n and variance sd^2 (n - 1)/n.
func (s *Sampling) placeJumps(sd []float64) {
	j := s.jumping
	clear(j.in)
	for next := 0; ; next++ {
		left := false
		for i, k := range j.in {
			for k < len(j.spans) && j.count[k][i] == 0 {
				k++
			}
			j.in[i], left = k, left || k < len(j.spans)
		}
		if !left {
			return
		}
		s.Source.Noise(j.u, s.Jump, 2*next)
		s.Source.NoiseNormal(j.z, s.Jump, 2*next+1)
		for i, k := range j.in {
			if k == len(j.spans) {
				continue
			}
			n, x := j.count[k][i], j.sum[k][i]
			size := x/n + float64(sd[i]*sqrt((n-1)/n)*j.z[i])
			j.count[k][i], j.sum[k][i] = n-1, x-size
			j.steps[j.spans[k].step(s.at, j.u[i])][i] += size
		}
	}
}

// step is the one in which the share u of a span's years is over.
func (x span) step(at []float64, u float64) int {
	years := x.from + float64(u*(x.to-x.from))
	t := x.first + int(u*float64(x.end-x.first)) // right or next to it where steps are of about one length
	for t > x.first && years < at[t-1] {
		t--
	}
	for t < x.end-1 && years >= at[t] {
		t++
	}
	return t
}

// poisson is the quantile at u of a Poisson number, which is zero with probability
// none, e^-mean.
func poisson(mean, none, u float64) float64 {
	n, p := 0.0, none
	for upTo := p; u > upTo && (n < mean || p > negligible); upTo += p {
		n++
		p = float64(p * (mean / n))
	}
	return n
}

// negligible is a probability that cannot move the sum of those before it.
const negligible = 0x1p-60

// A share is a probability with which each of several is on the near side.
type share struct {
	odds, other float64 // of the less likely side; the logarithm of the other's probability
	mostlyNear  bool
}

func newShare(near float64) share {
	less := min(near, 1-near)
	return share{less / (1 - less), vec.LogOf(1 - less), near > 0.5}
}

// of is the quantile at u of how many of n are on the near side: a binomial number.
func (x share) of(n, u float64) float64 {
	if x.mostlyNear {
		u = 1 - u
	}
	k, p := 0.0, vec.ExpOf(n*x.other)
	for upTo := p; u > upTo && k < n; upTo += p {
		p = float64(p * ((n - k) / (k + 1) * x.odds))
		k++
	}
	if x.mostlyNear {
		return n - k
	}
	return k
}
