// SPDX-License-Identifier: Apache-2.0

package indices

import (
	"math"

	"offtake/internal/vec"
)

// ishigami is the function of Ishigami and Homma 1990, "An importance quantification technique in uncertainty
// analysis for computer models", with a = 7 and b = 0.1: sin x1 + a sin^2 x2 + b x3^4 sin x1 of three numbers
// uniform in (-pi, pi).
func ishigami(y, u [][]float64) error {
	for n := range y[0] {
		x := func(j int) float64 { return math.Pi * (2*u[j][n] - 1) }
		s := math.Sin(x(1))
		y[0][n] = math.Sin(x(0)) + 7*s*s + 0.1*math.Pow(x(2), 4)*math.Sin(x(0))
	}
	return nil
}

// Its parts of variance by integration: of x1, (1 + b pi^4/5)^2 / 2; of x2, a^2/8; of x1 and x3, 8 b^2 pi^8/225.
var (
	ishigami1  = (1 + 0.1*math.Pow(math.Pi, 4)/5) * (1 + 0.1*math.Pow(math.Pi, 4)/5) / 2
	ishigami2  = 49.0 / 8
	ishigami13 = 8 * 0.01 * math.Pow(math.Pi, 8) / 225
	ishigamiV  = ishigami1 + ishigami2 + ishigami13
)

// linear is the sum of beta times normal numbers: y = sum beta_j x_j.
func linear(beta ...float64) Model {
	return func(y, u [][]float64) error {
		for n := range y[0] {
			y[0][n] = 0
			for j, b := range beta {
				y[0][n] += b * vec.NormInvOf(u[j][n])
			}
		}
		return nil
	}
}

// also gives a model a second output: what the other does of the same inputs.
func also(one, other Model) Model {
	return func(y, u [][]float64) error {
		if err := one(y[:1], u); err != nil {
			return err
		}
		return other(y[1:], u)
	}
}
