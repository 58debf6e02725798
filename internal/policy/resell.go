// SPDX-License-Identifier: Apache-2.0

package policy

import (
	"fmt"

	"offtake/internal/contract"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// Resell sells on a share of what must be paid for and is not wanted: what is
// missing from the minimum, in equal parts over what is left of its period.
type Resell struct {
	Share float64
}

func (r *Resell) fields() []field.Field {
	return []field.Field{{Name: "share", Kind: field.Rate, Default: "100%", Min: field.At(0), Max: field.At(1), Into: &r.Share,
		Doc: "of what must be paid for in the step and is not wanted"}}
}

// Explain says the policy in English.
func (r *Resell) Explain() string {
	return fmt.Sprintf("It sells on %s of the compute that it must pay for and does not need, in equal parts over a period.", unit.FormatRate(r.Share))
}

// elect sells in the slot what those before it do not.
func (r *Resell) elect(v *View, slots Slots, e *contract.Elections, slot int) {
	sell := e.Slot[slot]
	for i := range sell {
		price := v.Quote.Price[i]
		if price <= 0 {
			continue
		}
		run := max(0, min(e.Units[i], v.Quote.Capacity[i]))
		left := r.Share * max(0, min(v.Quote.MinimumPace[i]/price, mostUnits)-run)
		for s, kind := range slots[:slot] {
			if kind == contract.ResellSlot {
				left -= e.Slot[s][i]
			}
		}
		sell[i] = max(0, min(left, v.Quote.Offer[slot][i]))
	}
}
