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

// Explain says the policy in English, of steps of that name.
func (d *Draw) Explain(step string) string {
	switch d.Share {
	case 0:
		return "It draws nothing."
	case 1:
		return "It draws all that is open, as soon as it may."
	}
	return fmt.Sprintf("Each %s it draws %s of what is open.", step, unit.FormatRate(d.Share))
}

func (d *Draw) elect(open, draw []float64) { vec.Scale(draw, open, d.Share) }
