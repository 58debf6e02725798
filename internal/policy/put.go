// SPDX-License-Identifier: Apache-2.0

package policy

// Put is how a lender draws where it may put its money in.
type Put struct{ Once }

// Explain says the policy in English.
func (p *Put) Explain() string {
	if p.Word == "never" {
		return "No lender puts in money of its own accord."
	}
	return "A lender that may puts in its money " + p.when("the security", "the money") + "."
}
