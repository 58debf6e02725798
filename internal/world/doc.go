// SPDX-License-Identifier: Apache-2.0

// Package world says how everything outside the agreement moves: need, prices,
// costs, the lab's value, rates, default. One file per process, and catalog.go,
// which lists them.
//
// A world has two layers. Factors depend on draws only: they are made once for
// a block of paths and shared by every contract that runs on them. Accounts
// depend on flows and are stepped with each contract (package measure).
//
// Terms and worlds are separate values: one agreement runs in several worlds,
// and several agreements run in one.
//
// Non-goals: what is agreed (package clause), what is chosen (package policy),
// what it is worth (package measure).
package world
