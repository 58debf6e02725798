// SPDX-License-Identifier: Apache-2.0

package estimate

import "math"

// An Estimate is a mean with its standard error, and how far to either side its 95%
// confidence interval reaches. Error and Margin are NaN where they are not known.
type Estimate struct{ Mean, Error, Margin float64 }

// Of is the mean of values that are independent of each other and estimate one number,
// such as those of the groups of paths; its error is by their spread, and its margin by
// Student's t. Below two values neither is known; of none, nothing is.
func Of(values []float64) Estimate {
	n := float64(len(values))
	mean := sum(values) / n
	return Estimate{mean, 0, 0}.Plus(spread(values, mean), len(values)-1)
}

// Ratio is the sum of over divided by that of under, each value of which belongs to one
// replication. Its error is that of the mean of (over - ratio under)/mean(under): to first
// order the ratio's own (Cochran 1977, "Sampling techniques", section 6.3). The lists
// have the same length.
func Ratio(over, under []float64) Estimate {
	n, whole := float64(len(under)), sum(under)
	ratio := sum(over) / whole
	rest := make([]float64, len(over))
	for i := range over {
		rest[i] = (over[i] - float64(ratio*under[i])) / (whole / n)
	}
	return Estimate{ratio, 0, 0}.Plus(spread(rest, sum(rest)/n), len(over)-1)
}

// Plus adds a standard error from another, independent cause, known with so many degrees
// of freedom: errors and margins add up by squares.
func (e Estimate) Plus(err float64, degrees int) Estimate {
	return Estimate{e.Mean, hypotenuse(e.Error, err), hypotenuse(e.Margin, err*Student(degrees))}
}

// Spread is the standard error of the mean of values: NaN below two.
func Spread(values []float64) float64 { return spread(values, sum(values)/float64(len(values))) }

func spread(values []float64, mean float64) float64 {
	n, squares := float64(len(values)), 0.0
	if n < 2 {
		return math.NaN()
	}
	for _, x := range values {
		d := x - mean
		squares += float64(d * d)
	}
	return math.Sqrt(squares / (n - 1) / n)
}

func sum(values []float64) float64 {
	total := 0.0
	for _, x := range values {
		total += x
	}
	return total
}

func hypotenuse(a, b float64) float64 { return math.Sqrt(float64(a*a) + float64(b*b)) }
