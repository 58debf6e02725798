// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"offtake/internal/contract"
)

// A Row is a settled period of a commitment's ledger. All are cents, but for
// the units taken and, where make-up is in units, the two of make-up.
type Row struct {
	Clause           string
	Period           int // from 0
	Schedule         float64
	Relief           float64
	Minimum          float64
	Taken            float64
	Spend            float64
	CarryForwardUsed float64
	CarryForwardBank float64
	Deferred         float64
	Deficiency       float64
	DeficiencyPaid   float64
	MakeUpUsed       float64
	MakeUpBank       float64
	Paid             float64
}

// A Column is a number of a row under the name that reports use.
type Column struct {
	Name   string
	Amount float64
}

// Columns are the row's numbers in the order of a report.
func (r Row) Columns() []Column {
	return []Column{
		{"schedule", r.Schedule}, {"relief", r.Relief}, {"minimum", r.Minimum}, {"taken", r.Taken}, {"spend", r.Spend},
		{"carry_forward_used", r.CarryForwardUsed}, {"carry_forward_bank", r.CarryForwardBank}, {"deferred", r.Deferred},
		{"deficiency", r.Deficiency}, {"deficiency_paid", r.DeficiencyPaid},
		{"make_up_used", r.MakeUpUsed}, {"make_up_bank", r.MakeUpBank}, {"paid", r.Paid},
	}
}

// settle settles the row of the period that ends in this step, or that the
// buyer's leaving ends.
func (k *commitment) settle(h *history) {
	a := k.inForce(h, k.y)
	if h.leaving {
		a = k.upToNow(h)
	}
	row := Row{Clause: k.c.Head().ID, Period: k.y, Schedule: a, Taken: k.units, Spend: k.spend}
	if k.c.PayFor == "availability" {
		k.settleAvailability(h, &row)
	} else {
		k.settleUse(h, &row)
	}
	h.step.Rows = append(h.step.Rows, row)
}

func (k *commitment) settleAvailability(h *history, row *Row) {
	row.Minimum = k.due
	row.Relief = max(0, h.cents(k.c.Take*row.Schedule)-k.due)
	row.Deficiency, row.DeficiencyPaid = k.charged, k.charged
	row.Paid = k.spend + k.charged
}

// settleUse is the page's row, line by line.
func (k *commitment) settleUse(h *history, row *Row) {
	tau, a, q := k.c.Take, row.Schedule, k.spend
	if k.c.ReliefTo == "schedule" {
		row.Relief = h.cents(k.relief(h, a))
		a = max(0, a-row.Relief)
		row.Minimum = h.cents(tau*a) + k.deferred
	} else {
		row.Relief = h.cents(k.relief(h, tau*a))
		row.Minimum = h.cents(max(0, float64(tau*a)-row.Relief)) + k.deferred
	}
	m := row.Minimum

	c := k.carryForwardUsed(h, a, max(0, m-q))
	f := k.putOff(h, a, max(0, m-c-q))
	d := max(0, m-c-f-q)
	paid := h.charge(k.owes(h, "deficiency", k.c.Deficiency*d), k.c.NetMonths)
	k.passOn(h, paid)
	k.creditMakeUp(h, max(0, q-m))
	u := k.madeUp

	k.carryForward(h, c, max(0, q-u-h.cents(k.threshold()*a)))
	k.postpone(h, f)
	k.bankMakeUp(h, d, paid)
	k.givePrepaid(h, paid)

	row.CarryForwardUsed, row.CarryForwardBank = c, k.carried
	row.Deferred, row.Deficiency, row.DeficiencyPaid = f, d, paid
	row.MakeUpUsed, row.MakeUpBank = k.madeUpUnits, k.bank.sum()
	row.Paid = q - u + paid + k.toppedUp
	if h.leaving || k.y == k.periods.Count()-1 {
		k.closeMakeUp(h)
	}
}

// relief is what undelivered capacity takes off what was scheduled or off the
// minimum.
func (k *commitment) relief(h *history, off float64) float64 {
	if len(h.capacities) == 0 {
		return 0
	}
	switch k.c.Relief {
	case "impossibility":
		return max(0, off-k.deliverable)
	case "pro_rata":
		if k.promised == 0 {
			return off
		}
		return off * (1 - k.delivered/k.promised)
	}
	return 0
}

func (k *commitment) threshold() float64 {
	if k.c.Carry == nil {
		return 0
	}
	return k.c.Carry.Threshold
}

func (k *commitment) carryForwardUsed(h *history, a, missing float64) float64 {
	if k.c.Carry == nil {
		return 0
	}
	c := min(k.carried, missing)
	if k.c.Carry.Cap >= 0 {
		c = min(c, h.cents(k.c.Carry.Cap*a))
	}
	return c
}

func (k *commitment) carryForward(h *history, used, banked float64) {
	if k.c.Carry == nil {
		return
	}
	k.carried -= k.move(h, k.owes(h, "carry_forward_used", used), contract.CarryForward)
	k.carried += k.move(h, k.gets(h, "carry_forward_banked", banked), contract.CarryForward)
}

// putOff is what is deferred to the next period.
func (k *commitment) putOff(h *history, a, missing float64) float64 {
	if k.c.Deferral == nil || h.leaving || k.y == k.periods.Count()-1 {
		return 0
	}
	allowed := len(k.c.Deferral.Periods) == 0
	for _, y := range k.c.Deferral.Periods {
		allowed = allowed || y == k.y+1
	}
	if !allowed {
		return 0
	}
	return min(h.cents(k.c.Deferral.Cap*a), missing)
}

// postpone puts an amount off, in place of what had been put off to this period.
func (k *commitment) postpone(h *history, f float64) {
	k.move(h, k.gets(h, "deferral_due", k.deferred), contract.Deferred)
	k.deferred = k.move(h, k.owes(h, "deferred", f), contract.Deferred)
}

// givePrepaid turns what was paid as deficiency into credit, and drops the
// credit that can be used no more.
func (k *commitment) givePrepaid(h *history, paid float64) {
	if k.c.Credit == nil {
		return
	}
	k.prepaid.add(k.y, k.move(h, k.gets(h, "credit_given", paid), contract.Credits))
	k.move(h, k.owes(h, "credit_expired", k.prepaid.lapse(k.y, k.c.Credit.Life)), contract.Credits)
}

// usePrepaid pays the step's invoice for usage with credit from deficiencies.
func (k *commitment) usePrepaid(h *history) {
	if k.c.Credit == nil {
		return
	}
	used := h.chargeUsage(k.gets(h, "credit", clamp(k.prepaid.sum(), h.invoice)))
	k.prepaid.take(used)
	h.invoice -= used
	k.move(h, k.owes(h, "credit_used", used), contract.Credits)
}
