// SPDX-License-Identifier: Apache-2.0

package indices

import (
	"offtake/internal/value/estimate"
	"offtake/internal/value/game"
)

// Indices are what each input does to the variance of one output. They are NaN where it has none.
type Indices struct {
	Mean, Variance estimate.Estimate
	First          []estimate.Estimate // of first order by Saltelli et al. 2010: the better one of small indices
	FirstJansen    []estimate.Estimate // of first order by Jansen 1999: the better one of large indices
	Total          []estimate.Estimate // by Jansen 1999
}

// Sobol estimates the Sobol indices of each output for independent inputs, of Replications x Points x
// (Inputs+2) rows. With A and B two matrices of points and A_B^i the first with column i of the second,
//
//	first-order index of i = mean(f(B) (f(A_B^i) - f(A))) / V    (Saltelli et al. 2010, table 2 (b))
//	                       = 1 - mean((f(B) - f(A_B^i))^2) / 2V  (Jansen 1999)
//	total index of i       = mean((f(A) - f(A_B^i))^2) / 2V      (Jansen 1999)
//
// where f(B) is taken from its mean first, which leaves the expectation and takes the noise of a large mean
// out (Sobol' and Myshetskaya 2007, "Monte Carlo estimators for small sensitivity indices"). Shares are those of sums over
// replications. The error is that of the model.
func Sobol(p Plan, model Model) ([]Indices, error) {
	p.check()
	sums := make([]sobolSums, p.Outputs)
	for k := range sums {
		sums[k] = sobolSums{
			Differences: newDifferences(p.Inputs, p.Replications), first: columns(p.Inputs, p.Replications), mean: make([]float64, p.Replications),
		}
	}
	for r := range p.Replications {
		if err := p.sobolReplication(model, r, sums); err != nil {
			return nil, err
		}
	}
	out := make([]Indices, p.Outputs)
	for k := range sums {
		s := &sums[k]
		out[k] = Indices{Mean: estimate.Of(s.mean), Variance: estimate.Of(s.Variance), First: ratios(s.first, s.Variance)}
		for i := range p.Inputs {
			out[k].FirstJansen, out[k].Total = append(out[k].FirstJansen, s.Differences.First(i)), append(out[k].Total, s.Differences.Total(i))
		}
	}
	return out, nil
}

// sobolSums are numbers of one output, one a replication.
type sobolSums struct {
	Differences
	mean  []float64
	first [][]float64 // of each input, not yet divided by the variance
}

func (p Plan) sobolReplication(model Model, r int, sums []sobolSums) error {
	a, b := p.points(r)
	ofA, err := p.evaluate(model, a)
	if err != nil {
		return err
	}
	ofB, err := p.evaluate(model, b)
	if err != nil {
		return err
	}
	for k := range sums {
		m := mean(ofA[k], ofB[k])
		sums[k].mean[r], sums[k].Variance[r] = m, variance(ofA[k], ofB[k], m)
	}
	mixed := append([][]float64(nil), a...)
	for i := range p.Inputs {
		mixed[i] = b[i]
		ofMixed, err := p.evaluate(model, mixed)
		if err != nil {
			return err
		}
		mixed[i] = a[i]
		for k := range sums {
			s := &sums[k]
			s.first[i][r] = meanProduct(ofB[k], s.mean[r], ofMixed[k], ofA[k])
			s.set(game.Coalition(0).With(i), r, halfSquare(ofA[k], ofMixed[k]))
			if p.Inputs != 2 { // of two inputs, the others of the one are the other alone
				s.set(game.All(p.Inputs).Without(i), r, halfSquare(ofB[k], ofMixed[k]))
			}
		}
	}
	return nil
}

// variance is that of both columns, whose mean is known.
func variance(a, b []float64, mean float64) float64 {
	sum := 0.0
	for i := range a {
		x, y := a[i]-mean, b[i]-mean
		sum += float64(x*x) + float64(y*y)
	}
	return sum / float64(2*len(a)-1)
}
