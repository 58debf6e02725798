// SPDX-License-Identifier: Apache-2.0

// Command offtake, of the benchmark, answers the requests that the peers answer, by
// the engine: see ../README.md. It takes the path of the deal.
package main
