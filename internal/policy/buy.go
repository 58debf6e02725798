// SPDX-License-Identifier: Apache-2.0

package policy

// Buy is how a tenant buys what it leases at the end, where it may.
type Buy struct{ Once }

// Explain says the policy in English.
func (p *Buy) Explain() string {
	if p.Word == "never" {
		return "No tenant buys what it leases."
	}
	return "A tenant that may buys what it leases " + p.when("that", "its price") + "."
}
