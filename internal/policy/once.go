// SPDX-License-Identifier: Apache-2.0

package policy

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/field"
	"offtake/internal/unit"
	"offtake/internal/vec"
)

// Once is a rule for a right that is worth using or not: it is used as far as it is
// on offer, once what it brings is enough of what it costs and a date has come; or
// never. A clause offers such a right only where it brings more than it costs.
type Once struct {
	Above float64       // what the right brings, as a multiple of what it costs
	From  calendar.Date // in steps that end after it
	Word  string        // never, or ""
}

func (o *Once) fields() []field.Field {
	return []field.Field{
		{Name: "above", Kind: field.Rate, Default: "100%", Min: field.At(1), Max: field.At(1000), Into: &o.Above, Doc: "how much what it brings must be of what it costs"},
		{Name: "from", Kind: field.Date, Into: &o.From, Doc: "not before the first step that ends after the date"},
	}
}

// field is the rule's own field.
func (o *Once) field(name, doc string) field.Field {
	return field.Field{Name: name, Kind: field.Group, Default: "{above: 100%}", Fields: o.fields,
		Bare: &field.Field{Name: name, Kind: field.Choice, Choices: []string{"never"}, Into: &o.Word}, Doc: doc}
}

// elect uses what is on offer where the rule holds.
func (o *Once) elect(v *View, worth, offer, use []float64) {
	if o.Word == "never" || !o.From.IsZero() && !o.From.Before(v.StepEnd) {
		return
	}
	if o.Above <= 1 {
		vec.Copy(use, offer)
		return
	}
	for i, most := range offer {
		if worth[i] >= o.Above {
			use[i] = most
		}
	}
}

// when says when the right is used, of what it brings and costs.
func (o *Once) when(brings, costs string) string {
	s := fmt.Sprintf("as soon as %s is worth more than %s", brings, costs)
	if o.Above > 1 {
		s = fmt.Sprintf("once %s is worth %s of %s", brings, unit.FormatRate(o.Above), costs)
	}
	if !o.From.IsZero() {
		s += fmt.Sprintf(", not before %s", o.From)
	}
	return s
}
