// SPDX-License-Identifier: Apache-2.0

package policy

import (
	"fmt"

	"offtake/internal/field"
	"offtake/internal/unit"
)

// Share runs a fixed share of need with this provider.
type Share struct {
	Of float64
}

// Name is "share".
func (*Share) Name() string { return "share" }

// Fields is the table of what a file may say.
func (p *Share) Fields() []field.Field {
	return []field.Field{{Name: "share", Kind: field.Rate, Min: field.At(0), Max: field.At(1), Into: &p.Of}}
}

// Explain says the policy in English.
func (p *Share) Explain() string {
	return fmt.Sprintf("The lab runs %s of its need with this provider.", unit.FormatRate(p.Of))
}

// Take wants the share of what the lab would run beyond what it leases.
func (p *Share) Take(v *View, units []float64) {
	for i := range units {
		units[i] = p.Of * max(0, wanted(v, i)-leased(v, i))
	}
}
