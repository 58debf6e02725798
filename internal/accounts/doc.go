// SPDX-License-Identifier: Apache-2.0

// Package accounts says what a deal comes to in the books of supplier and buyer: what is
// still to be performed, what is paid to a customer and lowers revenue, breakage, the
// financing in prepayments, purchases that cannot be escaped, leases, and profit within
// one interest. Each is a pure function of amounts and dates; the rules that they follow
// are a table with paragraphs and dates of effect, and the judgements that no tool can
// make are inputs.
//
// Non-goals: reading clauses and running deals (package app); advice.
package accounts
