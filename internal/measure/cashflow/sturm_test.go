// SPDX-License-Identifier: Apache-2.0

package cashflow

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// The second implementation: the number of distinct zeros of a polynomial with whole coefficients,
// in exact arithmetic, by the theorem of Sturm 1829 (Kaplan 1965, "A note on a method for precisely
// determining the uniqueness or nonuniqueness of the internal rate of return for a proposed
// investment", first did so for rates).

// polynomial holds coefficients from the constant one up; the last is not zero.
type polynomial []*big.Int

// polynomialOf is Σ flows[i] x^i without the flows of zero at either end.
func polynomialOf(flows []float64) polynomial {
	for len(flows) > 0 && flows[0] == 0 {
		flows = flows[1:]
	}
	var p polynomial
	for _, flow := range flows {
		p = append(p, big.NewInt(int64(flow)))
	}
	return p.trimmed()
}

func (p polynomial) trimmed() polynomial {
	for len(p) > 0 && p[len(p)-1].Sign() == 0 {
		p = p[:len(p)-1]
	}
	return p
}

func (p polynomial) derivative() polynomial {
	var d polynomial
	for i := 1; i < len(p); i++ {
		d = append(d, new(big.Int).Mul(p[i], big.NewInt(int64(i))))
	}
	return d
}

// remainder is a positive multiple of p mod q, without common factors.
func (p polynomial) remainder(q polynomial) polynomial {
	rest := make(polynomial, len(p))
	for i := range p {
		rest[i] = new(big.Int).Set(p[i])
	}
	lead, size := q[len(q)-1], new(big.Int).Abs(q[len(q)-1])
	for len(rest) >= len(q) {
		factor := new(big.Int).Set(rest[len(rest)-1])
		if lead.Sign() < 0 {
			factor.Neg(factor)
		}
		shift := len(rest) - len(q)
		for i := range rest {
			rest[i].Mul(rest[i], size)
		}
		for i := range q {
			rest[shift+i].Sub(rest[shift+i], new(big.Int).Mul(factor, q[i]))
		}
		rest = rest.trimmed()
	}
	return rest.reduced()
}

func (p polynomial) reduced() polynomial {
	divisor := new(big.Int)
	for _, c := range p {
		divisor.GCD(nil, nil, divisor, new(big.Int).Abs(c))
	}
	if divisor.Sign() > 0 {
		for _, c := range p {
			c.Quo(c, divisor)
		}
	}
	return p
}

// positiveZeros counts the distinct zeros above 0, and says whether any zero, complex ones included,
// is a multiple one. The polynomial is not zero at 0.
func (p polynomial) positiveZeros() (count int, multiple bool) {
	chain := []polynomial{p, p.derivative()}
	for {
		rest := chain[len(chain)-2].remainder(chain[len(chain)-1])
		if len(rest) == 0 {
			break
		}
		for _, c := range rest {
			c.Neg(c)
		}
		chain = append(chain, rest)
	}
	changes := func(at func(polynomial) int) int {
		n, last := 0, 0
		for _, q := range chain {
			if now := at(q); now != 0 {
				if last == -now {
					n++
				}
				last = now
			}
		}
		return n
	}
	atZero := changes(func(q polynomial) int { return q[0].Sign() })
	atInfinity := changes(func(q polynomial) int { return q[len(q)-1].Sign() })
	return atZero - atInfinity, len(chain[len(chain)-1]) > 1
}

// certain counts the rates that r proves to exist, and says whether there may be more.
func certain(r Roots) (count int, more bool) {
	count = len(r.Rates) + r.Below + r.Above
	for _, span := range r.Undecided {
		count += span.AtLeast
	}
	return count, len(r.Undecided) > 0
}

// agree fails unless r has as many rates as flows, which are whole numbers, have by exact count.
func agree(t rapid.TB, flows []float64, r Roots) {
	t.Helper()
	p := polynomialOf(flows)
	if len(p) < 2 {
		if len(r.Rates) > 0 || r.Reason == "" {
			t.Fatalf("%v: got %v, want none", flows, r)
		}
		return
	}
	want, multiple := p.positiveZeros()
	got, more := certain(r)
	switch {
	case more && !multiple:
		t.Fatalf("%v: %v, but every zero is simple, %d in all", flows, r, want)
	case got > want || !more && got < want:
		t.Fatalf("%v: got %v, exact count %d", flows, r, want)
	case !more && want == 0 && r.Reason == "":
		t.Fatalf("%v: no reason for none", flows)
	}
}

func TestSturmKnows(t *testing.T) {
	for _, test := range []struct {
		flows    []float64
		want     int
		multiple bool
	}{
		{[]float64{-1600, 10000, -10000}, 2, false},
		{[]float64{1, -1, 1}, 0, false},
		{[]float64{-100, 220, -121}, 1, true},
		{power(-1000, 1.1, 3), 1, true},
		{[]float64{-1000, 3600, -4310, 1716}, 3, false},
		{[]float64{-5, -6, -1}, 0, false}, // both zeros negative
	} {
		if got, multiple := polynomialOf(test.flows).positiveZeros(); got != test.want || multiple != test.multiple {
			t.Errorf("%v: got %d, %v", test.flows, got, multiple)
		}
	}
}

// Small whole flows have often several zeros, double ones among them; simple zeros of such a
// polynomial are far enough apart for float64.
func TestIRRAgainstSturm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.SliceOfN(rapid.IntRange(-40, 40), 0, 7).Draw(t, "flows")
		flows := make([]float64, len(whole))
		for i, flow := range whole {
			flows[i] = float64(flow)
		}
		agree(t, flows, IRR(flows))
	})
}

// A list with known rates: the product of factors (a - b x), a rate being b/a - 1, with spare
// factors that have no positive zero.
func TestIRRFindsBuiltRates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		growths := rapid.SliceOfNDistinct(rapid.IntRange(1, 60), 0, 5, rapid.ID).Draw(t, "growths")
		spare := rapid.SliceOfN(rapid.IntRange(1, 30), 0, 3).Draw(t, "spare")
		flows := []float64{-1}
		for _, growth := range growths {
			flows = times(flows, []float64{20, -float64(growth)})
		}
		for _, b := range spare {
			flows = times(flows, []float64{2, -float64(b % 3), float64(b)})
		}
		got := IRR(flows)
		if len(got.Undecided) > 0 || len(got.Rates) != len(growths) {
			t.Fatalf("%v from %v: got %v", flows, growths, got)
		}
		for _, growth := range growths {
			if !contains(got.Rates, float64(growth)/20-1, 1e-9) {
				t.Fatalf("%v: got %v, without %d/20 - 1", flows, got, growth)
			}
		}
	})
}

// times multiplies two polynomials.
func times(a, b []float64) []float64 {
	product := make([]float64, len(a)+len(b)-1)
	for i := range a {
		for j := range b {
			product[i+j] += a[i] * b[j]
		}
	}
	return product
}

// contains says whether a rate is among rates, up to a tolerance.
func contains(rates []float64, want, tolerance float64) bool {
	for _, rate := range rates {
		if diff := rate - want; -tolerance <= diff && diff <= tolerance {
			return true
		}
	}
	return false
}

// Long lists of random sign, by months and by quarters of a year, and none of them undecided.
func TestLongListsAgainstSturm(t *testing.T) {
	random := rand.New(rand.NewPCG(1829, 1965))
	most := 0
	for range 60 {
		flows := make([]float64, 2+random.IntN(60))
		years, quarterly := make([]float64, len(flows)), []float64{}
		for i, quarter := 0, 0; i < len(flows); i++ {
			flows[i] = float64(random.Int64N(2e9) - 1e9)
			years[i] = float64(quarter) / 4
			for len(quarterly) < quarter {
				quarterly = append(quarterly, 0)
			}
			quarterly = append(quarterly, flows[i])
			quarter += 1 + random.IntN(2)
		}
		monthly, dated := IRR(flows), XIRR(flows, years)
		if len(monthly.Undecided)+len(dated.Undecided) > 0 {
			t.Fatalf("%v: %v and %v", flows, monthly, dated)
		}
		agree(t, flows, monthly)
		agree(t, quarterly, dated)
		most = max(most, len(monthly.Rates), len(dated.Rates))
	}
	if most < 3 {
		t.Errorf("no list had more than %d rates", most)
	}
}
