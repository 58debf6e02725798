// SPDX-License-Identifier: Apache-2.0

// Package sample has products that reach a sum by way of another statement. Marked are the sums that
// the compiler fuses for amd64 at level v3.
package sample

type point struct{ x, y float64 }

func variable(x, y, z float64) float64 {
	t := x * y
	return t + z // want fused
}

func assigned(x, y, z float64) float64 {
	x *= y
	return x + z // want fused
}

func field(x, y, z float64) float64 {
	p := point{x * y, z}
	return p.x + p.y // want fused
}

func element(s []float64, x, y, z float64) float64 {
	s[0] = x * y
	return s[0] + z // want fused
}

func product(x, y float64) float64 { return x * y }

func inlined(x, y, z float64) float64 {
	return product(x, y) + z // want fused
}

func closure(x, y, z float64) float64 {
	f := func() float64 { return x * y }
	return f() + z // want fused
}

func direct(x, y, z float64) float64 {
	return x*y + z // want fused
}

func roundedVariable(x, y, z float64) float64 {
	t := float64(x * y)
	return t + z
}

func roundedCall(x, y, z float64) float64 {
	return float64(product(x, y)) + z
}

func roundedField(x, y, z float64) float64 {
	p := point{float64(x * y), z}
	return p.x + p.y
}
