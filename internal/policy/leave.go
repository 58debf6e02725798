// SPDX-License-Identifier: Apache-2.0

package policy

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/vec"
)

// Leave leaves an agreement that allows it once a date has come; the zero date
// never does. When leaving is best is a question of value, not a rule.
type Leave struct {
	On calendar.Date
}

// Explain says the policy in English.
func (l *Leave) Explain() string {
	if l.On.IsZero() {
		return "It never uses its right to leave."
	}
	return fmt.Sprintf("It leaves on %s, or as soon after as it may.", l.On)
}

func (l *Leave) elect(v *View, leave []float64) {
	if !l.On.IsZero() && l.On.Before(v.StepEnd) {
		vec.Fill(leave, 1)
	}
}
