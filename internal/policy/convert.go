// SPDX-License-Identifier: Apache-2.0

package policy

// Convert is how the holder of a note that converts at its election does. Not
// converted, it goes on as a debt.
type Convert struct{ Once }

// Explain says the policy in English.
func (p *Convert) Explain() string {
	if p.Word == "never" {
		return "No note is converted by election."
	}
	return "A note is converted by election " + p.when("a share", "what it costs the note") + "."
}
