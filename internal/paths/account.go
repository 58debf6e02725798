// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"offtake/internal/contract"
	"offtake/internal/world"
)

// money steps the lab's account of money with a contract: default by its running
// out depends on flows, and so on the clauses.
type money struct {
	f        *world.Factors
	in, paid []float64 // from others and to them, in the step
}

// keepMoney has the runner step the lab's account. In a sampled run the lab fails
// once it has run out; a base run, whose lanes are those of a default at a rate,
// only tells whether it would. Where the lab cannot default there is none.
func (r *runner) keepMoney(f *world.Factors, lanes int, sampled bool) {
	if !r.setting.Cash {
		return
	}
	r.money = &money{f, make([]float64, lanes), make([]float64, lanes)}
	if sampled {
		r.obs.Ruin(r.book.BrokeCash())
	}
}

func (r *runner) openMoney() {
	if r.money != nil {
		r.book.OpenCash(r.money.f.CashStart(), r.money.f.CashLeast())
	}
}

func (r *runner) stepMoney(m *contract.Month) {
	if r.money == nil {
		return
	}
	if m.T >= 0 {
		r.money.f.OtherMoney(m.T, r.money.in, r.money.paid)
	}
	r.book.StepCash(m, r.money.in, r.money.paid)
}
