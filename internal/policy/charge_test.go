// SPDX-License-Identifier: Apache-2.0

package policy

import (
	"testing"

	"offtake/internal/contract"
)

// The provider charges the share of a deficiency that its rule says, of what it
// may charge; all of it unless a file says otherwise.
func TestCharge(t *testing.T) {
	for share, want := range map[float64]float64{1: 1, 0.4: 0.4, 0: 0} {
		p := New()
		if p.Charge.Share != 1 {
			t.Fatalf("usually %v of a deficiency is charged, want all", p.Charge.Share)
		}
		p.Charge.Share = share
		v := view(step{need: 10, price: 100}, step{need: 10, price: 100})
		v.Quote.Offer = [][]float64{{1, 0}}
		e := &contract.Elections{Units: make([]float64, 2), Slot: [][]float64{{7, 7}}}
		p.Elect(v, Slots{contract.ChargeSlot}, e)
		if got := e.Slot[0]; got[0] != want || got[1] != 0 {
			t.Errorf("share %v: elects %v, want %v where it may charge and nothing elsewhere", share, got, want)
		}
	}
}
