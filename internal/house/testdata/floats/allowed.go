// SPDX-License-Identifier: Apache-2.0

package sample

import "math"

const rate, years = 0.05, 10.0

type index interface{ ~int | ~uint64 }

func allowed(x, y, z float64, m, n money, i, j, k int, s []float64) float64 {
	z = float64(x*y) + z
	z = z - float64(x*y)
	z = -float64(x*y) + z
	z += float64(x * y)
	z -= (float64(x * y))
	m = money(m*n) + m
	z = math.FMA(x, y, z)
	z = x * y
	z = x * y / z
	z = x * (y + z)
	z = (x + y) * (y - z)
	z = x/y + z
	z = max(x*y, z) + z
	z = rate*years + z
	z += rate * 2
	z = math.Sqrt(x*y) + math.Abs(x*y) - math.Floor(x*y)
	z = s[i*j+k]
	k = i*j + k
	k += i * j
	z = float64(i*j+k) + z
	if x*y > z && -(x*y) < z {
		z = math.Inf(1)
	}
	z *= x * y
	z = math.Pi*2 - z
	return z + float64(m)
}

func whole[T index](x, y, z T) T { return x*y + z }
