// SPDX-License-Identifier: Apache-2.0

package value

import "errors"

// Options say how an analysis samples.
type Options struct {
	Paths   int // of each run; rounded up as paths.Rounded says
	Seed    uint64
	Workers int
	// Proceed is told how much of the work is done, and says whether to go on.
	Proceed func(done, all int) bool
}

// ErrStopped is what an analysis ends with that was told not to go on before it
// knew anything.
var ErrStopped = errors.New("stopped before anything was known")
