// SPDX-License-Identifier: Apache-2.0

package policy

// Exercise is how the holder of vested warrants exercises them. Held on to, they keep
// their time value; at their end the clause itself exercises what pays.
type Exercise struct{ Once }

// Explain says the policy in English.
func (p *Exercise) Explain() string {
	if p.Word == "never" {
		return "Warrants are kept to their end, and exercised there where that pays."
	}
	return "Warrants are exercised " + p.when("a share", "the strike") + ", and at their end where that pays."
}
