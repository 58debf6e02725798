// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"

	"offtake/internal/contract"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// An Indexation moves a fixed amount with a number of the outside world: a
// consumer price index, a price of energy, rents for chips.
type Indexation struct {
	Index string
	Base  float64 // what the index stood at when the amount was agreed
	Share float64 // of the index's change that the amount follows
	Floor *float64
	Cap   *float64
}

// indexation opens the table of an indexation.
func indexation(into **Indexation) []field.Field {
	*into = &Indexation{Share: 1}
	x := *into
	return []field.Field{
		{Name: "index", Kind: field.Text, Required: true, Into: &x.Index, Doc: "name of an index of the world"},
		{Name: "base", Kind: field.Number, Unit: "of the index", Required: true, Min: field.Beyond(0), Into: &x.Base, Doc: "what it stood at when the amount was agreed"},
		{Name: "share", Kind: field.Rate, Default: "100%", Min: field.At(0), Max: field.At(10), Into: &x.Share, Doc: "how much of the index's change the amount follows"},
		{Name: "floor", Kind: field.Rate, Min: field.At(0), Into: &x.Floor, Doc: "the least that the amount falls to, as a share of what was agreed"},
		{Name: "cap", Kind: field.Rate, Min: field.At(0), Into: &x.Cap, Doc: "the most that it rises to, as a share of what was agreed"},
	}
}

// check reports an index that the world does not know, and limits that cross.
func (x *Indexation) check(at string, in *Setting, r field.Report) {
	if x == nil {
		return
	}
	in.knowsIndex(x.Index, at+".index", r)
	checkCollar(x.Floor, x.Cap, at, r)
}

// checkCollar reports a floor above a cap.
func checkCollar(floor, most *float64, at string, r field.Report) {
	if floor != nil && most != nil && *floor > *most {
		r.Fault("COLLAR-CROSSED", at+".floor", "set it to the cap or below", "the floor is above the cap")
	}
}

// factor is what the amount is multiplied by where the index stands at level.
func (x *Indexation) factor(level float64) float64 {
	f := max(0, 1+float64(x.Share*(level/x.Base-1)))
	return within(f, x.Floor, x.Cap)
}

// within is x, not below the floor and not above the cap where there are such.
func within(x float64, floor, most *float64) float64 {
	if floor != nil {
		x = max(x, *floor)
	}
	if most != nil {
		x = min(x, *most)
	}
	return x
}

// bind looks the index up; -1 where there is no indexation.
func (x *Indexation) bind(b *contract.Builder) contract.Index {
	if x == nil {
		return -1
	}
	return b.Index(x.Index)
}

// scale multiplies amounts by the factor of the step.
func (x *Indexation) scale(m *contract.Month, index contract.Index, amounts []float64) {
	if x == nil {
		return
	}
	for i, level := range m.Obs.Index[index] {
		amounts[i] *= x.factor(level)
	}
}

// explain says how the amount moves, as a part of a sentence.
func (x *Indexation) explain() string {
	if x == nil {
		return ""
	}
	how := ", moved in proportion to the index " + x.Index
	if x.Share != 1 {
		how = fmt.Sprintf(", moved by %s of the change of the index %s", unit.FormatRate(x.Share), x.Index)
	}
	return fmt.Sprintf("%s from its base of %s%s", how, unit.FormatNumber(x.Base), collar(x.Floor, x.Cap, unit.FormatRate))
}

// collar says limits, as a part of a sentence.
func collar(floor, most *float64, write func(float64) string) string {
	switch {
	case floor != nil && most != nil:
		return fmt.Sprintf(", not below %s and not above %s", write(*floor), write(*most))
	case floor != nil:
		return ", not below " + write(*floor)
	case most != nil:
		return ", not above " + write(*most)
	}
	return ""
}
