// SPDX-License-Identifier: Apache-2.0

package vec

// for i { s[i%8] += a[i] }; return ((s0+s4)+(s2+s6)) + ((s1+s5)+(s3+s7))
func sumChunkPlain(a []float64) float64 {
	var s [sumWidth]float64
	for len(a) >= sumWidth {
		row := a[:sumWidth]
		s[0] += row[0]
		s[1] += row[1]
		s[2] += row[2]
		s[3] += row[3]
		s[4] += row[4]
		s[5] += row[5]
		s[6] += row[6]
		s[7] += row[7]
		a = a[sumWidth:]
	}
	return foldSums(&s, a)
}

// foldSums adds the last few lanes, one to each partial sum, and folds the sums.
func foldSums(s *[sumWidth]float64, rest []float64) float64 {
	for j, v := range rest {
		s[j] += v
	}
	return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]))
}
