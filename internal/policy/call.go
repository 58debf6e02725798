// SPDX-License-Identifier: Apache-2.0

package policy

import (
	"fmt"

	"offtake/internal/field"
	"offtake/internal/unit"
)

// Call exercises options on more capacity once what is wanted here is more
// than a share of what is on offer.
type Call struct {
	Above float64 // units wanted, as a share of capacity
}

func (c *Call) fields() []field.Field {
	return []field.Field{{Name: "above", Kind: field.Rate, Default: "100%", Min: field.At(0), Max: field.At(100), Into: &c.Above,
		Doc: "share of the capacity on offer that the units wanted here must exceed"}}
}

// Explain says the policy in English.
func (c *Call) Explain() string {
	return fmt.Sprintf("It exercises its options on more capacity once what it wants to run here is more than %s of what is on offer.", unit.FormatRate(c.Above))
}

// elect exercises where the units wanted exceed capacity; without a bound of
// capacity nothing more is needed.
func (c *Call) elect(v *View, wanted, call []float64) {
	if !v.Quote.Bounded {
		return
	}
	for i := range call {
		if wanted[i] > c.Above*v.Quote.Capacity[i] {
			call[i] = 1
		}
	}
}
