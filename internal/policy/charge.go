// SPDX-License-Identifier: Apache-2.0

package policy

import (
	"fmt"

	"offtake/internal/field"
	"offtake/internal/unit"
	"offtake/internal/vec"
)

// Charge is the supplier's: it charges a fixed share of each deficiency where
// it may choose to, and waives the rest.
type Charge struct {
	Share float64
}

func (c *Charge) fields() []field.Field {
	return []field.Field{{Name: "share", Kind: field.Rate, Default: "100%", Min: field.At(0), Max: field.At(1), Into: &c.Share,
		Doc: "of each deficiency"}}
}

// Explain says the policy in English.
func (c *Charge) Explain() string {
	return fmt.Sprintf("The provider charges %s of a deficiency where it may choose to.", unit.FormatRate(c.Share))
}

func (c *Charge) elect(most, share []float64) { vec.Scale(share, most, c.Share) }
