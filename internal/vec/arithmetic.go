// SPDX-License-Identifier: Apache-2.0

package vec

// Fill sets dst[i] = c.
func Fill(dst []float64, c float64) { fill(dst, c) }

// Copy sets dst[i] = a[i].
func Copy(dst, a []float64) {
	sameLength2(dst, a)
	copy(dst, a)
}

// Add sets dst[i] = a[i] + b[i].
func Add(dst, a, b []float64) {
	sameLength3(dst, a, b)
	add(dst, a, b)
}

// Sub sets dst[i] = a[i] - b[i].
func Sub(dst, a, b []float64) {
	sameLength3(dst, a, b)
	sub(dst, a, b)
}

// Mul sets dst[i] = a[i] * b[i].
func Mul(dst, a, b []float64) {
	sameLength3(dst, a, b)
	mul(dst, a, b)
}

// Div sets dst[i] = a[i] / b[i].
func Div(dst, a, b []float64) {
	sameLength3(dst, a, b)
	div(dst, a, b)
}

// Scale sets dst[i] = a[i] * c.
func Scale(dst, a []float64, c float64) {
	sameLength2(dst, a)
	scale(dst, a, c)
}

// AddScaled sets dst[i] = dst[i] + a[i]*c, rounded once.
func AddScaled(dst, a []float64, c float64) {
	sameLength2(dst, a)
	addScaled(dst, a, c)
}

// MulAdd sets dst[i] = a[i]*b[i] + c[i], rounded once.
func MulAdd(dst, a, b, c []float64) {
	sameLength3(dst, a, b)
	sameLength2(dst, c)
	mulAdd(dst, a, b, c)
}

// Accumulate sets dst[i] = dst[i] + a[i].
func Accumulate(dst, a []float64) {
	sameLength2(dst, a)
	add(dst, dst, a)
}

// Negate sets dst[i] = -a[i]: the sign bit is flipped, of zeros too.
func Negate(dst, a []float64) {
	sameLength2(dst, a)
	negate(dst, a)
}

// RoundEven sets dst[i] to the integer nearest a[i], ties to even.
func RoundEven(dst, a []float64) {
	sameLength2(dst, a)
	roundEven(dst, a)
}

func sameLength2(dst, a []float64) {
	if len(dst) != len(a) {
		panic(unequal)
	}
}

func sameLength3(dst, a, b []float64) {
	if len(dst) != len(a) || len(dst) != len(b) {
		panic(unequal)
	}
}

const unequal = "vec: columns of unequal length"
