// SPDX-License-Identifier: Apache-2.0

package value

import (
	"math"
	"slices"

	"offtake/internal/measure"
	"offtake/internal/paths"
)

// columns are the values that quantities have on every path, by scrambling.
type columns struct {
	measures []measure.Measure // as the job has them
	only     func(*measure.Measure) bool
	values   map[string][][]float64 // by figure and scrambling
}

func newColumns(j *paths.Job, conditions []Condition) *columns {
	c := &columns{only: wants(conditions), values: map[string][][]float64{}}
	for _, m := range measure.Catalog(j.Setting(true)) {
		if c.only(&m) {
			c.measures = append(c.measures, m)
		}
	}
	return c
}

// keep takes a span of paths, as paths.Options has it.
func (c *columns) keep(scramble int, _ uint64, values [][]float64) {
	for i := range c.measures {
		name := FigureName(&c.measures[i])
		if c.values[name] == nil {
			c.values[name] = make([][]float64, measure.Groups)
		}
		for _, x := range values[i] {
			if x == x {
				c.values[name][scramble] = append(c.values[name][scramble], x)
			}
		}
	}
}

// side is a quantile or a chance over all paths, with an error by the spread of those of the
// scramblings. A quantile is an order statistic of all paths itself, and no middle of a bin: it
// moves with the paths, and not in steps.
func (c *columns) side(q *Quantity) Side {
	groups := c.values[FigureName(&q.Measure)]
	all := slices.Concat(groups...)
	if len(all) == 0 {
		return Side{Value: math.NaN()}
	}
	out := Side{Value: q.read(all)}
	for _, g := range groups {
		if len(g) > 0 {
			out.groups = append(out.groups, q.read(slices.Clone(g)))
		}
	}
	out.Error = spread(out.groups)
	return out
}

// read is a quantile or chance of values, whose order it may change.
func (q *Quantity) read(values []float64) float64 {
	if q.Of == Quantile {
		slices.Sort(values)
		return values[min(len(values)-1, int(q.Level*float64(len(values))))]
	}
	n := 0
	for _, x := range values {
		switch {
		case q.Of == Chance && math.Abs(x) > q.Measure.Unit.Nothing(), q.Of == Below && x < q.Number, q.Of == Above && x > q.Number:
			n++
		}
	}
	return float64(n) / float64(len(values))
}
