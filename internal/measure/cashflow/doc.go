// SPDX-License-Identifier: Apache-2.0

// Package cashflow answers the questions that are asked of one list of cash flows: net present
// value, internal rate of return, multiple, peak exposure, and when the money came back.
//
// Goals: pure functions on plain slices; the same bits on every machine; an internal rate of
// return that is never guessed. [IRR] and [XIRR] find every rate above -100% at which the net
// present value is zero and prove that there is no other, or say where the proof failed.
//
// Non-goals: which flows belong to whom, dates and day counts (package calendar), and statistics
// over many lanes (package measure).
//
// # Conventions
//
// A flow is an amount in minor units (cents) of one currency, positive when received, negative
// when paid. A rate is a fraction per period (0.05 is 5%), compounded once a period; for dated
// flows the period is a year. Time is counted in periods, or years, since the first date, which
// is not discounted.
//
// # How the rates are counted
//
// With the force of interest u = ln(1+r) the net present value is an exponential sum
// f(u) = Σ a_i e^(-t_i u), and each rate above -100% is one real u; regular periods are the case
// t_i = i. The search keeps a list of cells of u, first the whole real line. Three facts bound the
// number of zeros of f in a cell from lo to hi:
//
//   - Descartes' rule, which holds for real exponents (Laguerre 1883, "Mémoire sur la théorie des
//     équations numériques"), in its form for running sums: the zeros above u are at most the sign
//     changes of the running sums a_0 e^(-t_0 u) + ... + a_k e^(-t_k u), and the zeros below u at
//     most those of the running sums from the last date back. At u = 0 this is the criterion of
//     Norstrom 1972, "A sufficient condition for a unique nonnegative internal rate of return"; on
//     the whole line it is the sign changes of the flows themselves.
//   - A Taylor expansion about the middle of a bounded cell, with its remainder bounded, whose
//     value cannot reach zero: no zero.
//   - The same for the derivative of e^(cu) f(u), c being the mean date of the flows: at most one
//     zero (Moore 1966, "Interval Analysis", is the pattern).
//
// Every sum carries a bound on its rounding error, and counts as positive or negative only beyond
// that bound. A cell with at most one zero is settled by the signs at its ends; any other is split
// where the sign is proven. Where no such place is left, or [CellLimit] cells were not enough, the
// cell is reported in [Roots.Undecided].
//
// A net present value that touches zero without crossing (a root of even multiplicity) cannot be
// told in float64 from one that just misses, or crosses twice close by. It is always undecided,
// never a rate and never "none". So are roots closer together than rounding can tell.
package cashflow
