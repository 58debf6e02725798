// SPDX-License-Identifier: Apache-2.0

package policy

import (
	"offtake/internal/calendar"
	"offtake/internal/vec"
)

// whenever is a rule for what is on offer again and again: all of it is used in each step
// in which it is worth enough.
type whenever struct {
	Above float64       // which the worth must exceed
	From  calendar.Date // in steps that end after it
	Word  string        // never, always, or "" for the above
}

// elect uses what is on offer where the rule holds.
func (w *whenever) elect(v *View, worth, offer, use []float64) {
	switch {
	case w.Word == "never" || !w.From.IsZero() && !w.From.Before(v.StepEnd):
	case w.Word == "always":
		vec.Copy(use, offer)
	default:
		for i, most := range offer {
			if worth[i] > w.Above {
				use[i] = most
			}
		}
	}
}
