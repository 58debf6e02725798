// SPDX-License-Identifier: Apache-2.0

package cashflow

import "math"

type vecShim struct{}

func (vecShim) ExpOf(x float64) float64 { return math.Exp(x) }
func (vecShim) LogOf(x float64) float64 { return math.Log(x) }

var vec vecShim
