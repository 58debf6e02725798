// SPDX-License-Identifier: Apache-2.0

// Package deals is the library of deals: real ones, one a folder, and below
// templates one starting file for each archetype that can be said.
//
// The files are built into the program, so that every command knows them by
// name wherever it runs. Non-goals: reading them (package deal) and listing
// them (package app).
package deals

import "embed"

// FS holds SLUG/deal.yaml for each deal, and templates/SLUG/deal.yaml for each
// template.
//
//go:embed */deal.yaml templates/*/deal.yaml
var FS embed.FS
