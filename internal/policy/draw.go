// SPDX-License-Identifier: Apache-2.0

package policy

import (
	"fmt"

	"offtake/internal/field"
	"offtake/internal/unit"
	"offtake/internal/vec"
)

// Draw draws a fixed share of what a facility has open, each step.
type Draw struct {
	Share float64
}

func (d *Draw) fields() []field.Field {
	return []field.Field{{Name: "share", Kind: field.Rate, Default: "100%", Min: field.At(0), Max: field.At(1), Into: &d.Share,
		Doc: "of what is open, in each step"}}
}

// Explain says the policy in English.
func (d *Draw) Explain() string {
	return fmt.Sprintf("It draws %s of what its facilities have open, as soon as it may.", unit.FormatRate(d.Share))
}

func (d *Draw) elect(open, draw []float64) { vec.Scale(draw, open, d.Share) }
