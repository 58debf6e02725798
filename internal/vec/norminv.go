// SPDX-License-Identifier: Apache-2.0

package vec

import "math"

// The inverse normal distribution after Wichura 1988, "Algorithm AS 241: The percentage points of the
// normal distribution", function PPND16: three rational functions of degree 7 over 7, the first in
// 0.180625 - (u-1/2)^2 for |u-1/2| <= 0.425, the others in sqrt(-log(min(u, 1-u))) up to 5 and beyond.
// The coefficients are those of the paper.

const (
	normInvMiddle   = 0.425
	normInvMiddleSq = 0.180625 // 0.425^2
	normInvFar      = 5        // min(u, 1-u) = e^-25
	normInvNearAt   = 1.6
)

type ratio struct{ over, under [8]float64 }

var normInvCentral = ratio{
	[8]float64{
		3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
		4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3,
	},
	[8]float64{
		1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
		2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3,
	},
}

var normInvNear = ratio{
	[8]float64{
		1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
		1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
	},
	[8]float64{
		1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
		1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
	},
}

var normInvTail = ratio{
	[8]float64{
		6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
		2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
	},
	[8]float64{
		1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
		7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
	},
}

// NormInvOf returns the x at which a standard normal variable is at most x with probability u.
// Relative error: below 1e-15. NormInvOf(0) = -Inf, NormInvOf(1) = +Inf; NaN for u outside [0, 1].
func NormInvOf(u float64) float64 {
	q := u - 0.5
	if math.Abs(q) <= normInvMiddle {
		return q * normInvCentral.at(math.FMA(-q, q, normInvMiddleSq))
	}
	tail := u
	if q > 0 {
		tail = 1 - u
	}
	if !(tail > 0) {
		return normInvEdge(u)
	}
	r := math.Sqrt(-LogOf(tail))
	var x float64
	if r <= normInvFar {
		x = normInvNear.at(r - normInvNearAt)
	} else {
		x = normInvTail.at(r - normInvFar)
	}
	return math.Copysign(x, q)
}

// normInvEdge returns the inverse at 0 and 1, and NaN elsewhere.
func normInvEdge(u float64) float64 {
	switch u {
	case 0:
		return math.Inf(-1)
	case 1:
		return math.Inf(1)
	}
	return math.NaN()
}

// at returns the quotient of the two polynomials at r, each by Horner's rule.
func (p *ratio) at(r float64) float64 {
	over, under := p.over[7], p.under[7]
	for i := 6; i >= 0; i-- {
		over = math.FMA(over, r, p.over[i])
		under = math.FMA(under, r, p.under[i])
	}
	return over / under
}
