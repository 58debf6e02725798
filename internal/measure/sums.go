// SPDX-License-Identifier: Apache-2.0

package measure

import "offtake/internal/vec"

// Sums are closed books added up over paths: as they are, and times each control, so that
// means of all columns can be held against the controls as an Estimate's mean is.
type Sums struct {
	plain *Book       // of one lane
	by    [][]float64 // by control and column of the book
}

// NewSums are those of no paths, with so many controls.
func NewSums(s *Setting, controls int) *Sums {
	out := &Sums{plain: NewBook(s, 1)}
	out.by = columns(controls, len(out.plain.all))
	return out
}

// Clear forgets all paths.
func (s *Sums) Clear() {
	for _, col := range s.plain.all {
		col[0] = 0
	}
	for _, col := range s.by {
		vec.Fill(col, 0)
	}
}

// Add adds other paths.
func (s *Sums) Add(o *Sums) {
	for i, col := range o.plain.all {
		s.plain.all[i][0] += col[0]
	}
	for k, col := range o.by {
		vec.Accumulate(s.by[k], col)
	}
}

// AddBook adds the first n lanes of a closed book, one after the other. Controls are over
// the same lanes.
func (s *Sums) AddBook(b *Book, n int, controls [][]float64) {
	from := b.all
	i := 0
	for ; i < len(from)-3; i += 4 { // a sum waits for itself: four take hardly longer than one
		add4(s.plain.all[i:i+4], from[i:i+4], n)
		for k, c := range controls {
			add4Times(s.by[k][i:i+4], from[i:i+4], c[:n])
		}
	}
	for ; i < len(from); i++ {
		for lane, x := range from[i][:n] {
			s.plain.all[i][0] += x
			for k, c := range controls {
				s.by[k][i] += float64(c[lane] * x)
			}
		}
	}
}

// add4 adds the first n lanes of four columns, one after the other.
func add4(to, from [][]float64, n int) {
	a, b, c, d := from[0][:n], from[1][:n], from[2][:n], from[3][:n]
	p, q, r, s := to[0][0], to[1][0], to[2][0], to[3][0]
	for i := range a {
		p, q, r, s = p+a[i], q+b[i], r+c[i], s+d[i]
	}
	to[0][0], to[1][0], to[2][0], to[3][0] = p, q, r, s
}

// add4Times adds four columns times a control, likewise.
func add4Times(to []float64, from [][]float64, by []float64) {
	n := len(by)
	a, b, c, d := from[0][:n], from[1][:n], from[2][:n], from[3][:n]
	p, q, r, s := to[0], to[1], to[2], to[3]
	for i, x := range by {
		p, q, r, s = p+float64(x*a[i]), q+float64(x*b[i]), r+float64(x*c[i]), s+float64(x*d[i])
	}
	to[0], to[1], to[2], to[3] = p, q, r, s
}

// Means are the means over all n paths, by the controls of the fit, as one lane: what is
// linear in the book has the mean there that its Estimate has. apart are the sums of each
// scrambling, all of as many paths, whose means are by the same coefficients (see
// Estimate.Settle).
func (s *Sums) Means(n int, f *Fit, apart []*Sums) (mean *Book, groups []*Book) {
	mean = NewBook(s.plain.s, 1)
	for _, o := range apart {
		groups = append(groups, NewBook(o.plain.s, 1))
	}
	products := make([]float64, len(s.by))
	for i, col := range s.plain.all {
		m := col[0] / float64(n)
		for k := range products {
			products[k] = s.by[k][i] - float64(float64(n)*f.of.Mean[k]*m)
		}
		beta := f.coefficients(products)
		mean.all[i][0] = m - shift(beta, f.of.Mean)
		for g, o := range apart {
			groups[g].all[i][0] = o.plain.all[i][0]*float64(len(apart))/float64(n) - shift(beta, f.of.Groups[g].Mean)
		}
	}
	return mean, groups
}
