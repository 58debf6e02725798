// SPDX-License-Identifier: Apache-2.0

package policy

import (
	"fmt"

	"offtake/internal/field"
	"offtake/internal/unit"
	"offtake/internal/vec"
)

// Repay repays a fixed share of what is owed under a loan in each step in which
// it may be repaid early. When that is best is a question of rates, not a rule.
type Repay struct {
	Share float64
}

func (r *Repay) fields() []field.Field {
	return []field.Field{{Name: "share", Kind: field.Rate, Default: "0%", Min: field.At(0), Max: field.At(1), Into: &r.Share,
		Doc: "of what is owed, in each step in which it may be repaid early"}}
}

// Explain says the policy in English.
func (r *Repay) Explain() string {
	if r.Share == 0 {
		return "No loan is repaid before it must be."
	}
	return fmt.Sprintf("It repays %s of what is owed under a loan whenever it may.", unit.FormatRate(r.Share))
}

func (r *Repay) elect(owed, repay []float64) { vec.Scale(repay, owed, r.Share) }
