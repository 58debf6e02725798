// SPDX-License-Identifier: Apache-2.0

//go:build !goexperiment.simd || !amd64

package draw

// uniformWide draws nothing: see philox_simd.go.
func uniformWide([]float64, key, Factor, uint64, int) int { return 0 }

// fillWide likewise: see sobol_simd.go.
func (*generator) fillWide([]float64, uint32, scrambling, bool) int { return 0 }
