// SPDX-License-Identifier: Apache-2.0

package options

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"offtake/internal/draw"
	"offtake/internal/vec"
)

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-9*math.Abs(want)) {
		t.Errorf("%s: %.15g, want %.15g", what, got, want)
	}
}

// Hull, "Options, futures, and other derivatives", the example of the Black-Scholes-Merton formulas: price 42, strike 40, 10% a year,
// volatility 20%, six months: call 4.76, put 0.81. More digits are the formula's in 40-digit arithmetic.
func TestBlackScholes(t *testing.T) {
	call, put := BlackScholes(42, 40, 0.1, 0, 0.2, 0.5)
	if math.Abs(call-4.76) > 0.005 || math.Abs(put-0.81) > 0.005 {
		t.Errorf("call %v, put %v, in print 4.76 and 0.81", call, put)
	}
	near(t, "call", call, 4.759422392871533)
	near(t, "put", put, 0.8085993729000936)
}

// Black 1976 is Black and Scholes on the forward; parity; and bounds.
func TestBlackProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		price, strike := rapid.Float64Range(0, 200).Draw(t, "price"), rapid.Float64Range(0, 200).Draw(t, "strike")
		rate, yield := rapid.Float64Range(-0.05, 0.2).Draw(t, "rate"), rapid.Float64Range(0, 0.2).Draw(t, "yield")
		volatility, years := rapid.Float64Range(0, 1).Draw(t, "volatility"), rapid.Float64Range(0, 10).Draw(t, "years")
		call, put := BlackScholes(price, strike, rate, yield, volatility, years)
		today, later := price*math.Exp(-yield*years), strike*math.Exp(-rate*years)
		if math.Abs(call-put-(today-later)) > 1e-9*(1+today+later) {
			t.Errorf("call %v less put %v is not %v", call, put, today-later)
		}
		if slack := 1e-9 * (1 + today + later); call < max(today-later, 0)-slack || call > today+slack || put > later+slack || put < -slack {
			t.Errorf("call %v and put %v on %v at %v", call, put, today, later)
		}
	})
}

// The limits that formulas have no number for.
func TestLimits(t *testing.T) {
	for _, c := range []struct{ forward, strike, sd, call, put float64 }{
		{110, 100, 0, 9, 0}, {90, 100, 0, 0, 9}, {0, 100, 0.3, 0, 90}, {100, 0, 0.3, 90, 0}, {0, 0, 0.3, 0, 0},
	} {
		if call, put := Black(c.forward, c.strike, c.sd, 0.9); math.Abs(call-c.call) > 1e-12 || math.Abs(put-c.put) > 1e-12 {
			t.Errorf("%+v: call %v, put %v", c, call, put)
		}
	}
}

// Margrabe 1978, "The value of an option to exchange one asset for another"; digits are the formula's in 40-digit arithmetic.
func TestOPT1(t *testing.T) {
	near(t, "without yields", Exchange(Asset{100, 0, 0.3}, Asset{95, 0, 0.2}, 0.5, 1), 12.95227261227453)
	near(t, "with yields", Exchange(Asset{100, 0.03, 0.3}, Asset{95, 0.01, 0.2}, -0.4, 2.5), 24.28390533847126)
	// What moves as one is worth what it is worth now.
	near(t, "alike", Exchange(Asset{100, 0, 0.3}, Asset{95, 0, 0.3}, 1, 1), 5)
	// Money to give is Black and Scholes, with the rate for its yield.
	call, _ := BlackScholes(42, 40, 0.1, 0, 0.2, 0.5)
	near(t, "money", Exchange(Asset{42, 0, 0.2}, Asset{40, 0.1, 0}, 0.7, 0.5), call)
}

// By sampling, which knows no formula: within four standard errors by 16 scramblings.
func TestExchangeBySampling(t *testing.T) {
	const n, rho, years = 4096, -0.4, 2.5
	u, v := make([]float64, n), make([]float64, n)
	sum, squares := 0.0, 0.0
	for r := range uint32(16) {
		draw.Points(u, 1, r, 0)
		draw.Points(v, 1, r, 1)
		mean := 0.0
		for i := range u {
			x, y := vec.NormInvOf(u[i]), vec.NormInvOf(v[i])
			y = rho*x + math.Sqrt(1-rho*rho)*y
			get := 100 * math.Exp(-0.03*years-0.09*years/2+0.3*math.Sqrt(years)*x)
			give := 95 * math.Exp(-0.01*years-0.04*years/2+0.2*math.Sqrt(years)*y)
			mean += max(get-give, 0) / n
		}
		sum += mean
		squares += mean * mean
	}
	mean := sum / 16
	se := math.Sqrt((squares - 16*mean*mean) / 15 / 16)
	if want := 24.28390533847126; math.Abs(mean-want) > 4*se || se > 0.05 {
		t.Errorf("%v +- %v, want %v", mean, se, want)
	}
}

// Galai and Schneller 1978, "Pricing of warrants and the value of the firm": 10.450583572186 / 1.1.
func TestOPT3(t *testing.T) {
	w := Warrants{Number: 10, SharesEach: 1, Strike: 100, Years: 1, ExistingShares: 100}
	near(t, "a warrant", w.Each(Firm{1e4, 0.2}, 0.05), 9.500530520168697)
	// By exercise: each warrant buys 2 shares at 40 of a firm worth 6,000; then a share is worth (6000 + 5*2*40)/110.
	w = Warrants{Number: 5, SharesEach: 2, Strike: 40, Years: 0, ExistingShares: 100}
	near(t, "at once", w.Each(Firm{6000, 0.5}, 0.05), 2*((6000.0+400)/110-40))
}

// Preferred shares without participation, once their price before all others: 25.42 where 20% of the firm are 20.
func TestOPT4(t *testing.T) {
	preferred, common := Preferred(Firm{100, 0.6}, 20, 0.2, 0.04, 5)
	near(t, "preferred", preferred, 25.41996917883989)
	near(t, "common", common, 74.58003082116011)
	// On a sale at once: the preference of 20, the stake of 200, all of 15.
	for value, want := range map[float64]float64{60: 20, 200: 40, 15: 15, 100: 20} {
		preferred, _ := Preferred(Firm{value, 0.6}, 20, 0.2, 0.04, 0)
		near(t, "on a sale", preferred, want)
	}
	without, _ := Preferred(Firm{100, 0.6}, 0, 0.2, 0.04, 5)
	near(t, "without a preference", without, 20)
}

// The auction with a right of first refusal, by integration over a grid of both values, and the rival's bid as the best of
// all bids.
func TestOPT5(t *testing.T) {
	const n, highest = 1000, 3.0
	without, with := FirstRefusal(highest)
	var plain, right Auction
	for i := range n {
		rival := highest * (float64(i) + 0.5) / n
		best, bid := 0.0, 0.0
		for k := range n {
			b := highest * float64(k) / n
			if gain := (rival - b) * b / highest; gain > best {
				best, bid = gain, b
			}
		}
		if math.Abs(bid-rival/2) > highest/n {
			t.Fatalf("a rival to whom it is worth %v bids %v", rival, bid)
		}
		for k := range n {
			holder := highest * (float64(k) + 0.5) / n
			if rival > holder {
				plain.Seller, plain.Rival = plain.Seller+rival/2, plain.Rival+rival/2
			} else {
				plain.Seller, plain.Holder = plain.Seller+holder/2, plain.Holder+holder/2
			}
			right.Seller += rival / 2
			if holder > rival/2 {
				right.Holder += holder - rival/2
			} else {
				right.Rival += rival / 2
			}
		}
	}
	for _, c := range []struct{ formula, sum Auction }{{without, plain}, {with, right}} {
		for _, x := range [][2]float64{{c.formula.Seller, c.sum.Seller}, {c.formula.Rival, c.sum.Rival}, {c.formula.Holder, c.sum.Holder}} {
			if math.Abs(x[0]-x[1]/n/n) > 2e-3*highest {
				t.Errorf("%v, by integration %v", x[0], x[1]/n/n)
			}
		}
	}
	near(t, "all without the right", without.Total(), highest*2/3)
	near(t, "all with it", with.Total(), highest*5/8)
}

// A loan of 10 for five years at 4%, where the market asks 12%: 0.4 (1.12^-1 + ... + 1.12^-5) + 10 1.12^-5 = 7.116179038124.
func TestBND5(t *testing.T) {
	near(t, "subvention", Subvention(10, 0.04, 0.12, 5), 10-7.116179038124)
	near(t, "in 40 digits", Subvention(10, 0.04, 0.12, 5), 2.883820961876004)
	if got := Subvention(10, 0.12, 0.12, 7); math.Abs(got) > 1e-14 {
		t.Errorf("%v is given away at the market's rate", got)
	}
	near(t, "no rate at all", Subvention(10, 0.04, 0, 5), -2)
}
