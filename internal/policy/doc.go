// SPDX-License-Identifier: Apache-2.0

// Package policy says how the holder of a choice decides: one file per policy,
// and catalog.go, which lists them. A policy reads what a contract quotes and
// what the world shows, and writes elections; it remembers nothing.
//
// Non-goals: what may be chosen (package contract clamps it), and how much
// need there is (package world).
package policy
