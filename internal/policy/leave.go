// SPDX-License-Identifier: Apache-2.0

package policy

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/field"
	"offtake/internal/vec"
)

// Leave leaves an agreement, or gives notice, where that is allowed: once a
// date has come, or once compute has been dearer here than in the market for
// some time. Without either it never does. When leaving is best is a question
// of value, not a rule.
type Leave struct {
	On          calendar.Date
	AboveMarket int // steps in a row
}

func (l *Leave) fields() []field.Field {
	return []field.Field{
		{Name: "on", Kind: field.Date, Into: &l.On, Doc: "in the first step that ends after the date"},
		{Name: "above_market", Kind: field.Count, Unit: "steps", Min: field.At(1), Max: field.At(1000), Into: &l.AboveMarket,
			Doc: "once the price of the next unit has been above the market price in so many steps in a row"},
	}
}

// Ever tells whether it leaves at all.
func (l *Leave) Ever() bool { return !l.On.IsZero() || l.AboveMarket > 0 }

// Explain says the policy in English.
func (l *Leave) Explain() string {
	dear := fmt.Sprintf("once the price here has been above the market price for %d steps in a row", l.AboveMarket)
	switch {
	case l.AboveMarket > 0 && !l.On.IsZero():
		return fmt.Sprintf("It leaves on %s, or %s, or as soon after as it may.", l.On, dear)
	case l.AboveMarket > 0:
		return fmt.Sprintf("It leaves %s, or as soon after as it may.", dear)
	case !l.On.IsZero():
		return fmt.Sprintf("It leaves on %s, or as soon after as it may.", l.On)
	}
	return "It never uses its right to leave."
}

func (l *Leave) elect(v *View, leave []float64) {
	if !l.On.IsZero() && l.On.Before(v.StepEnd) {
		vec.Fill(leave, 1)
	}
	if l.AboveMarket > 0 {
		for i := range leave {
			if v.Dear != nil && v.Dear[i] >= float64(l.AboveMarket) {
				leave[i] = 1
			}
		}
	}
}

// Dismiss is the supplier's rule for ending an agreement: once a date has come.
type Dismiss struct {
	On calendar.Date
}

// Explain says the policy in English.
func (d *Dismiss) Explain() string {
	if d.On.IsZero() {
		return "The supplier never uses its right to end the agreement."
	}
	return fmt.Sprintf("The supplier ends the agreement on %s, or as soon after as it may.", d.On)
}

func (d *Dismiss) elect(v *View, dismiss []float64) {
	if !d.On.IsZero() && d.On.Before(v.StepEnd) {
		vec.Fill(dismiss, 1)
	}
}
