// SPDX-License-Identifier: Apache-2.0

// Package calendar holds the time of a deal: dates, spans, day counts, the grid of
// equal steps on which a deal runs, and the periods over which minimums are measured.
//
// Goals: outside this package time is an index into a grid, with lengths in years
// asked of the grid; how many months a year has, how long a February is and where a
// contract year ends are known here only. All results are a function of the
// arguments: there is no clock and no time zone.
//
// Rules: adding months keeps the day of the month and clamps it to the month's last
// day, always from the first date (31 January, 28 February, 31 March); a step owns its
// first day and not its last (start <= date < end); contract years and other periods
// count from the start date, and the last of them may be short.
//
// Non-goals: times of day, business days, holidays, irregular schedules.
package calendar
