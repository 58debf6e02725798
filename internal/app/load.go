// SPDX-License-Identifier: Apache-2.0

package app

import (
	"errors"
	"fmt"
	"strings"

	"offtake/internal/deal"
	"offtake/internal/diag"
)

// A Source is a deal file: its name, for messages, and its bytes.
type Source struct {
	Name string
	Text []byte
}

// Edits are changes to a deal for one run.
type Edits struct {
	Set     []string // PATH=VALUE
	Without []string // ids of clauses to switch off
}

// A Misuse is a call that makes no sense, as opposed to a fault in a file.
type Misuse struct{ Says string }

// Error says what is wrong with the call.
func (m Misuse) Error() string { return m.Says }

// Load reads a deal, with edits applied to the file's text and clauses
// switched off. Faults come back as diagnostics of the text they were found
// in, which is returned too; the error is for misuse.
func Load(src Source, e Edits) (*deal.Deal, Source, diag.List, error) {
	for _, s := range e.Set {
		path, value, ok := strings.Cut(s, "=")
		if !ok || path == "" {
			return nil, src, nil, Misuse{fmt.Sprintf("--set %s: write PATH=VALUE, such as clauses.list.discount=12%%", s)}
		}
		text, err := deal.Set(src.Text, path, value)
		var list diag.List
		switch {
		case err == nil:
			src.Text = text
		case !errors.As(err, &list):
			return nil, src, nil, Misuse{fmt.Sprintf("--set %s: %v", s, err)}
		case len(list) == 1 && list[0].Code == "PATH-UNKNOWN":
			return nil, src, nil, Misuse{fmt.Sprintf("--set %s: %s (%s)", s, list[0].Message, list[0].Hint)}
		default:
			return nil, src, list, nil
		}
	}
	d, list := deal.Parse(src.Name, src.Text)
	if list.HasFaults() {
		return nil, src, list, nil
	}
	for _, id := range e.Without {
		without, err := d.Without(id)
		if err != nil {
			return nil, src, nil, Misuse{fmt.Sprintf("--without %s: %v", id, err)}
		}
		d = without
	}
	return d, src, list, nil
}
