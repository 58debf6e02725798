// SPDX-License-Identifier: Apache-2.0

package measure

import "math"

// Common is the share of a measure's variance that comes from what two runs of the same
// paths have in common, with its standard error: the first-order index of that group of
// inputs (Sobol 1993), where all else was drawn afresh for the second run. apart is what
// the second's values less the first's showed. The estimator is that of Jansen 1999 with
// the variance of both runs (Janon and others 2014: no other is better as paths grow);
// the error is by leaving out each scrambling (a jackknife), and NaN without them.
func Common(first, second, apart *Estimate) (share, se float64) {
	share = commonOf(&first.Moments, &second.Moments, &apart.Moments)
	n, sum, squares := 0.0, 0.0, 0.0
	for g := range apart.Groups {
		a, b, d := without(first.Groups, g), without(second.Groups, g), without(apart.Groups, g)
		x := commonOf(&a, &b, &d) - share // near 0, so that little is lost in the squares
		n, sum, squares = n+1, sum+x, squares+float64(x*x)
	}
	if n < 2 {
		return share, math.NaN()
	}
	return share, math.Sqrt(max(0, squares-float64(sum*sum)/n) * (n - 1) / n)
}

func commonOf(first, second, apart *Moments) float64 { return 1 - apart.M2/(first.M2+second.M2) }

// without are the moments of all groups but one.
func without(groups []Moments, g int) Moments {
	var m Moments
	for i := range groups {
		if i != g {
			m.Merge(&groups[i])
		}
	}
	return m
}
