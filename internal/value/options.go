// SPDX-License-Identifier: Apache-2.0

package value

import (
	"errors"

	"offtake/internal/paths"
)

// Options say how an analysis samples.
type Options struct {
	Paths   int // of each run; rounded up as paths.Rounded says
	Seed    uint64
	Workers int
	// Proceed is told how much of the work is done, and says whether to go on.
	Proceed func(done, all int) bool
	plain   bool // plain pseudo-random numbers: means without errors
}

// size is how many paths are run.
func (o *Options) size() int { return paths.Rounded(o.Paths, o.plain) }

// ErrStopped is what an analysis ends with that was told not to go on before it
// knew anything.
var ErrStopped = errors.New("stopped before anything was known")
