// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"math"
	"slices"
)

// A Histogram counts values in bins keyed by the leading bits of the float:
// sign, exponent and 10 bits of mantissa, so that a bin is at most 0.1% wide.
// Counts are integers and merge exactly, in any order.
type Histogram struct {
	count    map[int32]uint64
	total    uint64
	min, max float64
}

// binShift leaves the sign, 11 bits of exponent and 10 of mantissa.
const binShift = 52 - 10

// Add counts a value, which must not be NaN.
func (h *Histogram) Add(x float64) {
	if h.count == nil {
		h.count, h.min, h.max = map[int32]uint64{}, x, x
	}
	h.count[bin(x)]++
	h.total++
	h.min, h.max = min(h.min, x), max(h.max, x)
}

// Merge adds another histogram's counts.
func (h *Histogram) Merge(o *Histogram) {
	if o.total == 0 {
		return
	}
	if h.count == nil {
		h.count, h.min, h.max = map[int32]uint64{}, o.min, o.max
	}
	h.min, h.max = min(h.min, o.min), max(h.max, o.max)
	for k, n := range o.count {
		h.count[k] += n
	}
	h.total += o.total
}

// Quantile is the value below which a share q of the counted values lies: the
// middle of its bin, within 0.05% of a counted value, and never outside the
// counted values. It is NaN when nothing was counted.
func (h *Histogram) Quantile(q float64) float64 {
	if h.total == 0 {
		return math.NaN()
	}
	keys := make([]int32, 0, len(h.count))
	for k := range h.count {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	rank, seen := uint64(math.Ceil(q*float64(h.total))), uint64(0)
	for _, k := range keys {
		if seen += h.count[k]; seen >= max(rank, 1) {
			return min(max(middle(k), h.min), h.max)
		}
	}
	return h.max
}

// bin numbers a value's bin, in the order of values.
func bin(x float64) int32 {
	if x == 0 {
		return 0
	}
	b := int32(math.Float64bits(math.Abs(x))>>binShift) + 1
	if x < 0 {
		return -b
	}
	return b
}

// middle is the value in the middle of a bin.
func middle(k int32) float64 {
	if k == 0 {
		return 0
	}
	size := k
	if k < 0 {
		size = -k
	}
	lo := math.Float64frombits(uint64(size-1) << binShift)
	hi := math.Float64frombits(uint64(size) << binShift)
	mid := lo + float64((hi-lo)/2)
	if k < 0 {
		return -mid
	}
	return mid
}
