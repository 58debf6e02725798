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
	Completed        float64 // 1 once all has been spent
	Expired          float64 // 1 where it ends before that
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
		{"completed", r.Completed}, {"expired", r.Expired},
	}
}

// settle settles the row of the period that ends in this step, or that the
// buyer's leaving ends.
func (k *commitment) settle(h *history) {
	a := k.planned(h, k.y)
	if k.leaving(h) {
		a = k.upToNow(h)
	}
	row := Row{Clause: k.c.Head().ID, Period: k.y, Schedule: a, Taken: k.units, Spend: k.spend}
	if k.c.PayFor == "availability" {
		k.settleAvailability(h, &row)
	} else {
		k.settleUse(h, &row)
	}
	if len(k.c.Milestones) > 0 {
		switch {
		case k.total >= k.c.Take*k.c.Total.Value*(1-1e-12):
			row.Completed = 1
		case k.lastPeriod(h) && !k.leaving(h):
			row.Expired = 1
		}
	}
	h.step.Rows = append(h.step.Rows, row)
}

// takeShare is tau, as far as the days of the period so far were in force.
func (k *commitment) takeShare(h *history) float64 {
	return k.c.Take * (k.forceDays / k.spans[k.y].daysTo(h.t, h.grid))
}

func (k *commitment) settleAvailability(h *history, row *Row) {
	row.Minimum = k.due
	row.Relief = max(0, h.cents(k.takeShare(h)*row.Schedule)-k.due)
	row.Deficiency, row.DeficiencyPaid = k.charged, k.charged
	row.Paid = k.spend + k.charged
}

// settleUse is the page's row, line by line.
func (k *commitment) settleUse(h *history, row *Row) {
	tau, a, q := k.takeShare(h), row.Schedule, k.spend
	if k.c.ReliefTo == "schedule" {
		row.Relief = h.cents(k.relief(h, a))
		a = max(0, a-row.Relief)
		row.Minimum = h.cents(tau*a) + k.deferred
	} else {
		row.Relief = h.cents(k.relief(h, tau*a))
		row.Minimum = h.cents(max(0, float64(tau*a)-row.Relief)) + k.deferred
	}
	m := row.Minimum

	missing := h.cents(k.shortOf(q, m))
	c := k.carryForwardUsed(h, a, missing)
	f := k.putOff(h, a, max(0, missing-c))
	d := max(0, missing-c-f)
	w := k.electedShare(h)
	paid := h.charge(k.owes(h, "deficiency", w*k.c.Deficiency*d), k.c.NetMonths)
	k.passOn(h, paid)
	k.creditMakeUp(h, max(0, q-m))
	k.squareUp(h, m)
	u := k.madeUp

	k.carryForward(h, c, max(0, q-u-h.cents(k.threshold()*a)))
	k.postpone(h, f)
	k.bankMakeUp(h, w*d, paid)
	k.givePrepaid(h, paid)

	row.CarryForwardUsed, row.CarryForwardBank = c, k.carried
	row.Deferred, row.Deficiency, row.DeficiencyPaid = f, d, paid
	row.MakeUpUsed, row.MakeUpBank = k.madeUpUnits, k.bank.sum()
	row.Paid = q - u + paid + k.toppedUp
	if k.leaving(h) || k.lastPeriod(h) {
		k.closeMakeUp(h)
	}
}

// electedShare is how much of a deficiency the supplier charges: all, where it
// is automatic or nobody is there to elect.
func (k *commitment) electedShare(h *history) float64 {
	if k.c.Charged == "automatic" || h.left {
		return 1
	}
	return clamp(h.elected(k.c.Head().ID+".charge"), 1)
}

// relief is what undelivered capacity takes off what was scheduled or off the
// minimum.
func (k *commitment) relief(h *history, off float64) float64 {
	if len(h.capacities) == 0 || h.left {
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
	if k.c.Deferral == nil || k.leaving(h) || k.lastPeriod(h) {
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
	h.byPrepaid += used
	k.move(h, k.owes(h, "credit_used", used), contract.Credits)
}
