// SPDX-License-Identifier: Apache-2.0

// Package indices says how much of the variance of a number is due to which uncertain input.
//
// Goals: Sobol indices of first order and total ones, of independent inputs, and Shapley
// effects, which also dependent inputs have: they are never negative and add up to one. Several
// outputs at once. Points are scrambled Sobol points in replications, each of them one
// independent estimate, so that errors are by their spread; numbers are a function of the seed.
//
// A model may be a function of rows, or something that was run elsewhere: Differences takes what such runs showed, and has
// the estimators of both.
//
// Non-goals: what inputs and outputs are, and screening of inputs that are too many for this.
//
// # Terms
//
// Inputs are given by numbers u in (0, 1), of which the model makes values by quantiles. The
// first-order index of an input is the share of the variance that would go if it were known, the
// total index the share that would stay if all others were. Their difference is due to inputs
// acting together. The Shapley effect shares that out evenly: it is the Shapley value of the game
// in which a coalition of inputs is worth what variance stays, in the mean, if all others are
// known (Owen 2014, "Sobol' indices and Shapley value"; Song, Nelson and Staum 2016, "Shapley
// effects for global sensitivity analysis: theory and computation").
package indices
