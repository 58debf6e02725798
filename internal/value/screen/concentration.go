// SPDX-License-Identifier: Apache-2.0

package screen

import "slices"

// points are what the squares of shares are counted in.
const points = 10_000

// HHI is the Herfindahl-Hirschman index: the sum of the squared shares, in points (Hirschman 1964, "The paternity of an
// index"). Firms that are left out add little where they are small: it is the least the index can be.
func HHI(shares []float64) float64 {
	sum := 0.0
	for _, s := range shares {
		sum += float64(s * s)
	}
	return float64(points * sum)
}

// Change is by how much the index rises as two firms become one: twice the product of their shares.
func Change(a, b float64) float64 { return points * 2 * a * b }

// StakeChange is by how much the index, with incentives weighted by ownership, rises as a firm gets a silent stake in a
// rival: the stake times the product of their shares (O'Brien and Salop 2000, "Competitive effects of partial ownership:
// financial interest and corporate control", the modified index for a silent financial interest).
func StakeChange(stake, own, rival float64) float64 {
	return float64(points * stake * own * rival)
}

// Largest is the share of the n largest firms together, CR_n.
func Largest(n int, shares []float64) float64 {
	sorted := slices.Sorted(slices.Values(shares))
	sum := 0.0
	for k := len(sorted) - 1; k >= max(0, len(sorted)-n); k-- {
		sum += sorted[k]
	}
	return sum
}

// EffectiveNumber is how many firms of equal shares have the same index (Adelman 1969, "Comment on the 'H' concentration
// measure as a numbers-equivalent"): infinite without any.
func EffectiveNumber(shares []float64) float64 { return points / HHI(shares) }
