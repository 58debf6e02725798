// SPDX-License-Identifier: Apache-2.0

// Package sample has each form that the house forbids, marked, and those that it allows.
package sample

import (
	"math"
	stretched "math"
)

type money float64

type point struct{ x, y float64 }

type number interface{ ~int | ~float64 }

func forbidden(x, y, z float64, m, n money, p *point, s []float64, f float32, c complex128) float64 {
	z = x*y + z          // want product inside a sum
	z = z + x*y          // want product inside a sum
	z = x*y - z          // want product inside a sum
	z = z - x*y          // want product inside a sum
	z = (x * y) + z      // want product inside a sum
	z = -(x * y) + z     // want product inside a sum
	z = z - -((x) * y)   // want product inside a sum
	z = +(x * y) + z     // want product inside a sum
	z = -x*y + z         // want product inside a sum
	z = x*y*2 + z        // want product inside a sum
	z = x*(y+x) + 1      // want product inside a sum
	z = 2*x + 1          // want product inside a sum
	z = x*y + x*z        // want product inside a sum
	z = x/y + x*y + 1    // want product inside a sum
	z += x * y           // want product inside a sum
	z -= x * y           // want product inside a sum
	z += -(x * y)        // want product inside a sum
	s[0] += s[1] * x     // want product inside a sum
	p.x -= (p.y * x)     // want product inside a sum
	z = p.x*p.y + s[0]   // want product inside a sum
	m = m*n + m          // want product inside a sum
	m += n * m           // want product inside a sum
	f = f*f + f          // want product inside a sum
	c = c*c + c          // want product inside a sum
	z = float64(x)*y - z // want product inside a sum
	z = max(x*y+z, 0)    // want product inside a sum
	z = x + (y - x*z)    // want product inside a sum
	if x*y-z > 0 {       // want product inside a sum
		z = math.Exp(x) // want math.Exp differs
	}
	z = math.Log1p(x)       // want math.Log1p differs
	z = stretched.Pow(x, y) // want math.Pow differs
	apply := math.Tanh      // want math.Tanh differs
	z = apply(z)
	z, _ = math.Sincos(z) // want math.Sincos differs
	z = math.Gamma(z)     // want math.Gamma differs
	z = math.Erfc(z)      // want math.Erfc differs
	z = math.Cbrt(z)      // want math.Cbrt differs
	return z
}

func generic[T number](x, y, z T) T {
	return x*y + z // want product inside a sum
}
