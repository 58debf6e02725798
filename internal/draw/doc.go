// SPDX-License-Identifier: Apache-2.0

// Package draw makes random numbers that are a function of where they are used: of (seed, factor, path,
// step), never of what was drawn before.
//
// # Goals
//
// A path has the same numbers whatever the size of its block, the number of workers, or the other
// factors that a deal happens to use: two deals compared on one seed share their worlds (common random
// numbers), and lane 17 of a run can be drawn again alone. Numbers are frozen: a change of any of them
// breaks every stored result, and a test.
//
// # How
//
// Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3") maps a
// counter of four words under a key of two words to four words:
//
//	counter = (step, factor, low and high word of path/2)
//	key     = low and high word of seed XOR a constant of the stream
//
// The four words make two 64-bit numbers; path takes the first if it is even, the second if it is odd.
// The constant keeps further uses of one seed (scrambling, say) apart from this one.
//
// # Non-goals
//
// Secrecy. Distributions other than the uniform and the normal: they are the processes' own affair.
package draw
