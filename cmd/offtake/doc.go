// SPDX-License-Identifier: Apache-2.0

// Command offtake computes capital-for-compute deals from one file: who pays
// whom and when, which clause made them, and what each side's bargain is
// worth. It only calls package cli.
package main
