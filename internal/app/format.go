// SPDX-License-Identifier: Apache-2.0

package app

import (
	"offtake/internal/deal"
	"offtake/internal/diag"
)

// Formatted is one file as its canonical form is.
type Formatted struct {
	File      string    `json:"file"`
	Formatted bool      `json:"formatted"` // whether it was in that form already
	Faults    diag.List `json:"faults"`    // why it has none

	Text []byte `json:"-"`
}

// Format puts a file in its canonical form: comments, order and what it says
// stay. A file that is no YAML has faults and no form.
func Format(src Source) Formatted {
	out := Formatted{File: src.Name, Text: src.Text, Faults: deal.Unreadable(src.Name, src.Text)}
	if len(out.Faults) > 0 {
		return out
	}
	out.Text = deal.Format(src.Text)
	out.Formatted = string(out.Text) == string(src.Text)
	return out
}
