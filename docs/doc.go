// SPDX-License-Identifier: Apache-2.0

// Package docs holds the examples of clauses, clauses/KIND*.yaml, from which
// clauses.md is made. Each is a small deal that runs.
//
// Non-goals: reading them (package deal) and making the page (package app).
package docs

import "embed"

// FS holds the examples.
//
//go:embed clauses/*.yaml
var FS embed.FS
