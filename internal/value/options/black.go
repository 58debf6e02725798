// SPDX-License-Identifier: Apache-2.0

package options

import (
	"math"

	"offtake/internal/vec"
)

// Black values a call and a put on what costs forward at their end, where it is lognormal with a
// standard deviation sd of its logarithm; discount is what one paid then is worth today (Black 1976, "The
// pricing of commodity contracts"). forward, strike and sd are not negative.
func Black(forward, strike, sd, discount float64) (call, put float64) {
	if sd == 0 || forward == 0 || strike == 0 {
		return discount * max(forward-strike, 0), discount * max(strike-forward, 0)
	}
	d1 := vec.LogOf(forward/strike)/sd + float64(0.5*sd)
	d2 := d1 - sd
	call = float64(forward*vec.NormCDFOf(d1)) - float64(strike*vec.NormCDFOf(d2))
	put = float64(strike*vec.NormCDFOf(-d2)) - float64(forward*vec.NormCDFOf(-d1))
	return discount * call, discount * put
}

// BlackScholes values a call and a put of European exercise on a thing of a price today and a yield that its holder
// gets (Black and Scholes 1973, "The pricing of options and corporate liabilities"; Merton 1973, "Theory of rational option
// pricing", for the yield).
func BlackScholes(price, strike, rate, yield, volatility, years float64) (call, put float64) {
	forward := price * vec.ExpOf((rate-yield)*years)
	return Black(forward, strike, volatility*math.Sqrt(years), vec.ExpOf(-rate*years))
}

// An Asset is one of two things that may be exchanged.
type Asset struct{ Price, Yield, Volatility float64 }

// Exchange values the right to give one asset for another at the end of so many years; correlation is that of their
// logarithms (Margrabe 1978, "The value of an option to exchange one asset for another").
func Exchange(get, give Asset, correlation, years float64) float64 {
	variance := float64(get.Volatility*get.Volatility) + float64(give.Volatility*give.Volatility) - float64(2*correlation*get.Volatility*give.Volatility)
	got, given := get.Price*vec.ExpOf(-get.Yield*years), give.Price*vec.ExpOf(-give.Yield*years)
	value, _ := Black(got, given, math.Sqrt(max(variance, 0)*years), 1)
	return value
}
