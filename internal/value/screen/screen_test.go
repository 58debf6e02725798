// SPDX-License-Identifier: Apache-2.0

package screen

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s: %.10g, want %.10g", what, got, want)
	}
}

// The market of the Department of Justice's page "Herfindahl-Hirschman index": 30, 30, 20 and 20 percent make 2,600. As the two of
// 20 become one it rises by 2 x 20 x 20 = 800.
func TestHH1(t *testing.T) {
	shares := []float64{0.30, 0.20, 0.30, 0.20}
	near(t, "index", HHI(shares), 2600, 1e-9)
	near(t, "change", Change(0.20, 0.20), 800, 1e-9)
	near(t, "after", HHI([]float64{0.30, 0.30, 0.40}), 3400, 1e-9)
	near(t, "change of 16 and 4", Change(0.16, 0.04), 128, 1e-9)
	near(t, "the largest", Largest(1, shares), 0.30, 1e-12)
	near(t, "the three largest", Largest(3, shares), 0.80, 1e-12)
	near(t, "the six largest of four", Largest(6, shares), 1, 1e-12)
	near(t, "effective number", EffectiveNumber(shares), 1/0.26, 1e-12)
	near(t, "of five alike", EffectiveNumber([]float64{0.2, 0.2, 0.2, 0.2, 0.2}), 5, 1e-12)
}

// O'Brien and Salop 2000: a silent stake of 15% where shares are 40% and 30% adds 0.15 x 40 x 30 = 180.
func TestHH2(t *testing.T) {
	near(t, "change", StakeChange(0.15, 0.40, 0.30), 180, 1e-9)
	near(t, "pressure", StakePressure(0.15, 0.4, 0.5, 1, 1), 0.03, 1e-12)
}

func TestMergersAddTheirChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shares := rapid.SliceOfN(rapid.Float64Range(0, 1), 2, 9).Draw(t, "shares")
		merged := append([]float64{shares[0] + shares[1]}, shares[2:]...)
		if got, want := HHI(merged), HHI(shares)+Change(shares[0], shares[1]); math.Abs(got-want) > 1e-7 {
			t.Errorf("%v after, %v before and change", got, want)
		}
	})
}

// Price 100 less the quantity, costs 10, 20 and 30: by hand, price (100+60)/4 = 40, quantities 30, 20 and 10.
func TestCN1(t *testing.T) {
	costs := []float64{10, 20, 30}
	got := Cournot{100, 1}.Equilibrium(costs)
	near(t, "price", got.Price, 40, 1e-12)
	for i, want := range []float64{30, 20, 10} {
		near(t, "quantity", got.Quantities[i], want, 1e-12)
		near(t, "profit", got.Profits[i], want*want, 1e-9)
	}
	near(t, "index", HHI(got.Shares()), 3888.8889, 1e-4)
	// Demand has the elasticity price/quantity = 40/60: the Lerner index is HHI over it (Cowling and Waterson 1976).
	near(t, "Lerner index", got.Lerner(costs), 0.5833333, 1e-7)
	near(t, "by the elasticity", got.Lerner(costs), HHI(got.Shares())/1e4/(40.0/60), 1e-12)
}

// Raising a rival's cost (Salop and Scheffman 1983, "Raising rivals' costs"): from 10 to 20 in a duopoly at 10 each.
func TestCN2(t *testing.T) {
	market := Cournot{100, 1}
	before := market.Equilibrium([]float64{10, 10})
	near(t, "profit before", before.Profits[0], 900, 1e-9)
	near(t, "the rival's before", before.Profits[1], 900, 1e-9)
	after := market.Equilibrium([]float64{10, 20})
	near(t, "price", after.Price, 43.3333333, 1e-7)
	near(t, "quantity", after.Quantities[0], 33.3333333, 1e-7)
	near(t, "the rival's quantity", after.Quantities[1], 23.3333333, 1e-7)
	near(t, "profit", after.Profits[0], 1111.1111111, 1e-6)
	near(t, "the rival's", after.Profits[1], 544.4444444, 1e-6)
}

// No firm gains by another quantity, those out of the market by none.
func TestNobodyDeviates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		market := Cournot{rapid.Float64Range(1, 200).Draw(t, "intercept"), rapid.Float64Range(0.1, 5).Draw(t, "slope")}
		costs := rapid.SliceOfN(rapid.Float64Range(0, 250), 1, 6).Draw(t, "costs")
		got := market.Equilibrium(costs)
		total := 0.0
		for _, q := range got.Quantities {
			total += q
		}
		if math.Abs(got.Price-(market.Intercept-market.Slope*total)) > 1e-9 {
			t.Fatalf("price %v for a quantity of %v", got.Price, total)
		}
		for i, q := range got.Quantities {
			for _, other := range []float64{0, 0.9 * q, q + 0.01, 1.1*q + 0.1} {
				price := market.Intercept - market.Slope*(total-q+other)
				if gain := (price - costs[i]) * other; gain > got.Profits[i]+1e-7 {
					t.Errorf("firm %d gains %v by %v, %v by %v", i, gain, other, got.Profits[i], q)
				}
			}
		}
	})
	if got := (Cournot{10, 1}).Equilibrium([]float64{20}); got.Price != 10 || got.Quantities[0] != 0 || got.Shares() != nil {
		t.Errorf("above all prices: %+v", got)
	}
}

// Moresi and Salop 2013: diversion 0.25, margin 0.5, price 100, input price 40; half is passed on, 40 of the rival's 100 is input.
func TestVG1(t *testing.T) {
	v := Vertical{InputPrice: 40, Price: 100, Margin: 0.5, RivalPrice: 100, DiversionDown: 0.25, PassThrough: 0.5, DiversionUp: 0.2, InputMargin: 0.5, OwnInputPrice: 40}
	got := v.Pressure()
	near(t, "upstream", got.Upstream, 0.3125, 1e-12)
	near(t, "rival", got.Rival, 0.0625, 1e-12)
	// 0.2 of each customer goes to the rival, for whom the supplier earns 0.5 x 40 = 20: 4 of a price of 100.
	near(t, "downstream", got.Downstream, 0.04, 1e-12)
}

// By hand: 10 lost a unit of input, 50 won for each of 0.25 that come over: 2.5 gained. At a diversion of 0.2, nothing.
func TestVerticalArithmetic(t *testing.T) {
	f := Foreclosure{UpstreamMargin: 10, DownstreamMargin: 50, Diversion: 0.25, Interest: 1}
	near(t, "gain", f.Gain(), 2.5, 1e-12)
	near(t, "critical diversion", f.CriticalDiversion(), 0.2, 1e-12)
	f.Diversion = f.CriticalDiversion()
	near(t, "gain there", f.Gain(), 0, 1e-12)
	f.Interest = 0.27
	near(t, "critical diversion with a stake of 27%", f.CriticalDiversion(), 10/13.5, 1e-12)
}
