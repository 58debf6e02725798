// SPDX-License-Identifier: Apache-2.0

package vec

import "fmt"

// kernel names a set of loops; each is faster than those before it, and returns the same bits.
type kernel int

const (
	plain  kernel = iota // a lane at a time
	avx2                 // four lanes; what has no loop of that width runs plain
	avx512               // eight lanes
)

var (
	kernelNames  = [...]string{"plain", "avx2", "avx512"}
	kernelWidths = [...]int{1, 4, 8}
)

// active is the set in use: the best that this program and this processor have, unless Use says otherwise.
var active = bestKernel()

// Kernel returns the name of the loops in use: plain, avx2 or avx512.
func Kernel() string { return kernelNames[active] }

// Width returns how many lanes the loops in use run at once, for kernels that live outside this package:
// 1, 4 (AVX2 and FMA) or 8 (AVX-512).
func Width() int { return kernelWidths[active] }

// Use chooses the loops by name. It is for the start of a program, before anything runs.
func Use(name string) error {
	for k, known := range kernelNames {
		if name != known {
			continue
		}
		if kernel(k) > bestKernel() {
			return fmt.Errorf("no %s loops here: %s", name, whyNoBetter())
		}
		active = kernel(k)
		return nil
	}
	return fmt.Errorf("%q is none of plain, avx2, avx512", name)
}
