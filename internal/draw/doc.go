// SPDX-License-Identifier: Apache-2.0

// Package draw makes random numbers that are a function of where they are used: of (seed, factor, path,
// index), never of what was drawn before.
//
// # Goals
//
// A path has the same numbers whatever the size of its block, the number of workers, or the other
// factors that a deal happens to use: two deals compared on one seed share their worlds (common random
// numbers), and lane 17 of a run can be drawn again alone. Numbers are frozen: a change of any of them
// breaks every stored result, and a test. docs/models/random-numbers.md says the same at length.
//
// # Two modes
//
// A [Source] gives the numbers of a block of paths. Pseudo-random, each is of Philox4x32-10 (Salmon, Moraes,
// Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"), which maps a counter of four words under
// a key of two words to four words:
//
//	counter = (index, factor, low and high word of path/2)
//	key     = low and high word of seed XOR a constant of the stream
//
// The four words make two 64-bit numbers; path takes the first if it is even, the second if it is odd. Streams are
// those of paths, of noise and of scramblings.
//
// Quasi-random, a path is a point of a Sobol sequence of 1,024 dimensions (Joe & Kuo 2008; directions.go), under
// one of many independent nested uniform scramblings (Owen 1995). Means over scramblings are unbiased, and how they
// spread is the error; within one, points fill space more evenly than chance does. They are blurred, each by no
// more than what lay between points when it came, so that the spread is an honest error also of chances that one
// coordinate decides (blur.go).
//
// # Places
//
// A factor has a slot (factors.go), its number below 32; a parameter that is uncertain has one of 32 to 63, by name
// (parameters.go). A slot has 16 levels: Uniform and Normal at the indexes 0 to 15, which are the first numbers
// of a Walk, and the parameters of one name. dealt.go has the Sobol dimension of each slot and level, of level L
// among 64 L to 64 L + 63. All else is Philox, with the scrambling and then 40 bits of the point for the path: finer
// indexes, factors that are Named, parameters in no catalogue (by a hash of their name), and Noise.
// So nothing that is added moves the numbers of what was there.
//
// A factor is drawn by Walk or by Uniform and Normal, which have the same numbers; Noise has its own.
//
// # Non-goals
//
// Secrecy. Distributions other than the uniform and the normal: they are the processes' own affair.
package draw
