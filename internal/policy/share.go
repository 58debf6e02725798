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
func (p *Share) Explain(buyer string) string {
	return fmt.Sprintf("%s runs %s with this provider.", buyer, part(p.Of, "its need"))
}

// part says a share of something in words.
func part(share float64, of string) string {
	switch share {
	case 0:
		return "none of " + of
	case 1:
		return "all " + of
	}
	return unit.FormatRate(share) + " of " + of
}

// Take wants the share of what the lab would run beyond what it leases.
func (p *Share) Take(v *View, units []float64) {
	for i := range units {
		units[i] = p.Of * max(0, wanted(v, i)-leased(v, i))
	}
}
