// SPDX-License-Identifier: Apache-2.0

package policy

import "strings"

// Join is how an investor takes part in rounds of others where it has a right to.
type Join struct{ Once }

// Explain says the policy in English.
func (p *Join) Explain() string {
	if p.Word == "never" {
		return "No right to take part in rounds of others is used."
	}
	return "An investor with the right to takes part in a round of others " + strings.Replace(p.when("the company", "its price in the round"), "more than", "no less than", 1) + "."
}
