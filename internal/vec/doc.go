// SPDX-License-Identifier: Apache-2.0

// Package vec is the arithmetic of columns: loops over []float64 of equal length, and the few
// scalar functions (exp, log, pow, the normal distribution) that they and closed forms need.
//
// # Goals
//
// The same bits on every machine. Each operation is one that IEEE 754 rounds correctly (+ - * / sqrt
// and an explicit math.FMA), in a written order; nothing is left to the compiler's choice of fusing
// a product into a sum, nor to the exp and log of package math, which differ by architecture.
// No allocation. Every column function has a plain twin (plain_*.go) whose comment is the loop that
// it runs; the kernels of SIMD instructions (simd_*.go, built with GOEXPERIMENT=simd) return the twin's
// bits. The processor decides which run; Use overrides it. Only the payload of a NaN that an operation
// makes may differ: not even compilers of plain loops agree on it.
//
// # Conventions
//
// Columns of one call have equal lengths; anything else is a programmer's error and panics. dst may
// be one of the inputs; columns that overlap otherwise give unspecified results.
//
// A mask is a column in which a lane is set if it is not zero (NaN is set).
//
// Min and Max follow the x86 instructions MINPD and MAXPD, which differ from the built-in min and
// max of Go: they return the second operand if either operand is NaN or if both are zero. The
// order of operands therefore matters and is stated with each function.
//
// # Non-goals
//
// Matrices, other element types, and functions that nothing here calls. Errors: a domain error gives
// NaN or an infinity as IEEE 754 has it, never a panic.
package vec
