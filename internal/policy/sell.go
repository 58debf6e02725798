// SPDX-License-Identifier: Apache-2.0

package policy

import (
	"fmt"

	"offtake/internal/field"
	"offtake/internal/unit"
)

// Sell is how the holder of shares that it may sell sells them: as many as it may,
// in the steps in which a share fetches enough.
type Sell struct {
	whenever // what a share fetches, as a multiple of what was paid for it
}

func (s *Sell) fields() []field.Field {
	s.Word = ""
	return []field.Field{
		{Name: "above", Kind: field.Rate, Default: "100%", Min: field.At(0), Max: field.At(1000), Into: &s.Above,
			Doc: "what a share must fetch, as a share of what was paid for one on average; it must be more"},
		{Name: "from", Kind: field.Date, Into: &s.From, Doc: "not before the first step that ends after the date"},
	}
}

// field is the rule's own field.
func (s *Sell) field() field.Field {
	return field.Field{Name: "sell", Kind: field.Group, Default: "never", Fields: s.fields,
		Bare: &field.Field{Name: "sell", Kind: field.Choice, Choices: []string{"never", "always"}, Into: &s.Word},
		Doc:  "when the holder of shares that it may sell sells them, as many as it then may"}
}

// Explain says the policy in English.
func (s *Sell) Explain() string {
	switch s.Word {
	case "never":
		return "Shares are kept."
	case "always":
		return "Shares are sold as soon as they may be."
	}
	out := fmt.Sprintf("Shares that may be sold are sold once one fetches more than %s of what was paid for it", unit.FormatRate(s.Above))
	if !s.From.IsZero() {
		out += fmt.Sprintf(", not before %s", s.From)
	}
	return out + "."
}
