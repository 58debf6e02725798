// SPDX-License-Identifier: Apache-2.0

// Package options values rights in closed form: options on one thing or two, warrants, preferred
// shares, the right of first refusal, and loans below the market's rate.
//
// Goals: the standard formulas, each with its source; the limits where a volatility, a time, a price or a
// strike is zero.
//
// Non-goals: rights that bind when others do, or on paths; the engine runs those. Formulas are what
// such runs are checked against, and a first figure where a run says too much.
//
// Prices follow lognormal processes; rates and yields are continuous a year, times in years, volatilities a year's;
// amounts are in one unit, whichever.
package options
