// SPDX-License-Identifier: Apache-2.0

package measure

import "math"

// A Histogram counts values in bins keyed by the leading bits of the float:
// sign, exponent and 10 bits of mantissa, so that a bin is at most 0.1% wide.
// Counts are integers and merge exactly, in any order. It has room for the
// exponents that it has seen, and no more: it does not grow with the values.
type Histogram struct {
	pages    [2][]*page // of values from 0 up, and below 0: by exponent, from first on
	first    [2]int
	total    uint64
	min, max float64
}

// A page counts the values of one sign and exponent by their mantissa.
type page [1 << mantissaBits]uint32

const (
	mantissaBits = 10
	binShift     = 52 - mantissaBits // leaves the exponent and those bits
	binWidth     = 1.0 / (1 << mantissaBits)
)

// QuantileError is how far a quantile may be from a counted value, as a share
// of it: half a bin.
const QuantileError = binWidth / 2

// Add counts a value, which must not be NaN.
func (h *Histogram) Add(x float64) { h.AddAll([]float64{x}) }

// AddAll counts all values that are numbers. Pages are looked up once for values in a row
// that share theirs.
func (h *Histogram) AddAll(values []float64) {
	low, high, n := h.min, h.max, h.total
	if n == 0 {
		low, high = math.Inf(1), math.Inf(-1)
	}
	page, of := (*page)(nil), uint64(math.MaxUint64)
	for _, x := range values {
		if x != x {
			continue
		}
		bits := math.Float64bits(x + 0) // minus zero is zero
		if bits>>52 != of {
			of = bits >> 52
			page = h.page(int(of>>11), int(of&(1<<11-1)))
		}
		page[bits>>binShift&(1<<mantissaBits-1)]++
		n++
		if x < low {
			low = x
		}
		if x > high {
			high = x
		}
	}
	h.min, h.max, h.total = low, high, n
}

// page is the page of a sign and an exponent, made on first use.
func (h *Histogram) page(side, exponent int) *page {
	at := exponent - h.first[side]
	if list := h.pages[side]; at >= 0 && at < len(list) && list[at] != nil {
		return list[at]
	}
	return h.newPage(side, exponent)
}

func (h *Histogram) newPage(side, exponent int) *page {
	h.reach(side, exponent)
	to := &h.pages[side][exponent-h.first[side]]
	if *to == nil {
		*to = new(page)
	}
	return *to
}

// reach makes room for the pages of exponents as far as one of a sign.
func (h *Histogram) reach(side, exponent int) {
	list := h.pages[side]
	switch {
	case len(list) == 0:
		h.first[side], list = exponent, make([]*page, 1)
	case exponent < h.first[side]:
		list = append(make([]*page, h.first[side]-exponent, h.first[side]-exponent+len(list)), list...)
		h.first[side] = exponent
	}
	for exponent-h.first[side] >= len(list) {
		list = append(list, nil)
	}
	h.pages[side] = list
}

// Merge takes another histogram's counts, and leaves it empty: a page that this one has
// not is the other's, as it is.
func (h *Histogram) Merge(o *Histogram) {
	if o.total == 0 {
		return
	}
	if h.total == 0 {
		h.min, h.max = o.min, o.max
	}
	h.min, h.max = min(h.min, o.min), max(h.max, o.max)
	h.total += o.total
	for side, list := range o.pages {
		for i, from := range list {
			if from == nil || *from == (page{}) {
				continue
			}
			exponent := o.first[side] + i
			h.reach(side, exponent)
			to := &h.pages[side][exponent-h.first[side]]
			if *to == nil {
				*to, list[i] = from, nil
				continue
			}
			for k, n := range from {
				(*to)[k] += n
			}
		}
	}
	o.Reset()
}

// Reset forgets what was counted and keeps the room.
func (h *Histogram) Reset() {
	for _, list := range h.pages {
		for _, p := range list {
			if p != nil {
				*p = page{}
			}
		}
	}
	h.total, h.min, h.max = 0, 0, 0
}

// N is how many values were counted.
func (h *Histogram) N() uint64 { return h.total }

// A Bin is a stretch of values and how many were counted in it.
type Bin struct {
	Low, High float64 // the values that it takes, nearer to zero first
	Middle    float64 // halfway, and never outside the counted values
	N         uint64
}

// Each calls f with each bin that has any values, from the lowest up, until it
// returns false.
func (h *Histogram) Each(f func(Bin) bool) {
	for side := 1; side >= 0; side-- {
		list := h.pages[side]
		for i := range list {
			at := i
			if side == 1 {
				at = len(list) - 1 - i
			}
			if list[at] != nil && !h.eachOf(side, at, f) {
				return
			}
		}
	}
}

func (h *Histogram) eachOf(side, at int, f func(Bin) bool) bool {
	for i := range 1 << mantissaBits {
		k := i
		if side == 1 {
			k = 1<<mantissaBits - 1 - i
		}
		if n := h.pages[side][at][k]; n > 0 && !f(h.bin(side, (h.first[side]+at)<<mantissaBits+k, uint64(n))) {
			return false
		}
	}
	return true
}

func (h *Histogram) bin(side, key int, n uint64) Bin {
	lo, hi := math.Float64frombits(uint64(key)<<binShift), math.Float64frombits(uint64(key+1)<<binShift)
	mid := lo + float64((hi-lo)/2)
	if math.IsInf(hi, 1) {
		hi, mid = math.MaxFloat64, lo
	}
	if side == 1 {
		lo, hi, mid = -lo, -hi, -mid
	}
	if key == 0 {
		mid = 0
	}
	return Bin{Low: lo, High: hi, Middle: min(max(mid, h.min), h.max), N: n}
}

// Quantile is the value below which a share q of the counted values lies: the
// middle of its bin, within QuantileError of a counted value, and never outside
// the counted values. It is NaN when nothing was counted.
func (h *Histogram) Quantile(q float64) float64 { return h.Quantiles(q)[0] }

// Quantiles are those of several shares, which must ascend.
func (h *Histogram) Quantiles(shares ...float64) []float64 {
	out := make([]float64, len(shares))
	for i := range out {
		out[i] = math.NaN()
	}
	if h.total == 0 {
		return out
	}
	next, seen := 0, uint64(0)
	h.Each(func(b Bin) bool {
		for seen += b.N; next < len(shares) && seen >= max(h.rank(shares[next]), 1); next++ {
			out[next] = b.Middle
		}
		return next < len(shares)
	})
	for ; next < len(shares); next++ {
		out[next] = h.max
	}
	return out
}

// RankMargin is how far to either side of a share q the shares lie whose
// quantiles are ends of a 95% confidence interval of the quantile of q, of n values
// that are independent, by the normal approximation of the binomial distribution
// (Conover 1999, "Practical nonparametric statistics", 3.2). Values of points that are
// evenly spread are closer to it than that.
func RankMargin(q float64, n int) float64 {
	return float64(normal * math.Sqrt(q*(1-q)/float64(n)))
}

// Interval is that confidence interval; an end beyond all values is the last of them.
func (h *Histogram) Interval(q float64) (low, high float64) {
	d := RankMargin(q, int(h.total))
	ends := h.Quantiles(max(q-d, 0), min(q+d, 1))
	return ends[0], ends[1]
}

// rank is how many values a share of them is, rounded up.
func (h *Histogram) rank(share float64) uint64 { return uint64(math.Ceil(share * float64(h.total))) }

// Share is the share of the counted values that are below x: all of a bin that
// lies below it. It is NaN when nothing was counted.
func (h *Histogram) Share(x float64) float64 {
	below := uint64(0)
	h.Each(func(b Bin) bool {
		if b.Middle >= x {
			return false
		}
		below += b.N
		return true
	})
	return float64(below) / float64(h.total)
}

// TailMean is the mean of the share of the counted values at one end: of the
// lowest for a share below zero, else of the highest. Each value stands for the
// middle of its bin. It is what Rockafellar and Uryasev 2000, "Optimization of
// conditional value-at-risk", call CVaR of a distribution with atoms: of a bin
// that the share cuts, it takes the part that belongs to it. It is NaN when
// nothing was counted.
func (h *Histogram) TailMean(share float64) float64 {
	want := math.Abs(share) * float64(h.total)
	if h.total == 0 || want == 0 {
		return math.NaN()
	}
	skip := 0.0
	if share > 0 {
		skip = float64(h.total) - want
	}
	sum, seen, left := 0.0, 0.0, want
	h.Each(func(b Bin) bool {
		n := float64(b.N)
		take := min(n, max(0, seen+n-skip), left)
		seen += n
		sum += float64(take * b.Middle)
		left -= take
		return left > 0
	})
	return sum / want
}
