// SPDX-License-Identifier: Apache-2.0

package policy

import (
	"fmt"

	"offtake/internal/field"
	"offtake/internal/unit"
)

// Extend is how the holder of a right to extend the term uses it, in the steps in
// which notice may be given: for the buyer when compute is dearer in the market
// than here, for the supplier when it is dearer here.
type Extend struct {
	whenever // the dearer price, as a multiple of the other
}

func (e *Extend) fields() []field.Field {
	return []field.Field{
		{Name: "above", Kind: field.Rate, Default: "100%", Min: field.At(0), Max: field.At(1000), Into: &e.Above,
			Doc: "what the market price must exceed, as a share of the price here; for the supplier, the price here as a share of the market's"},
		{Name: "from", Kind: field.Date, Into: &e.From, Doc: "not before the first step that ends after the date"},
	}
}

// Explain says the policy in English.
func (e *Extend) Explain() string {
	switch e.Word {
	case "never":
		return "The term is never extended."
	case "always":
		return "The term is extended whenever it may be."
	}
	s := "The buyer extends the term, where it may, if the market price is then above " + share(e.Above, "the price here") +
		"; a supplier, if the price here is above " + share(e.Above, "the market's")
	if !e.From.IsZero() {
		s += fmt.Sprintf("; not before %s", e.From)
	}
	return s + "."
}

// share says a multiple of something; all of it needs no number.
func share(x float64, of string) string {
	if x == 1 {
		return of
	}
	return unit.FormatRate(x) + " of " + of
}
