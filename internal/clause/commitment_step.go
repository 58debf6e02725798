// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// provisional is what must be spent in period y before relief, if the
// commitment is in force, less what was put off to it.
func (k *running) provisional(m *contract.Month, y int) float64 {
	return m.Cents(k.c.Take * k.amounts[y])
}

// next is the period of step t, and whether it is one: before the first, -1
// and afterwards their number, so that those from the next on are to come.
func (k *running) next(t int) (y int, runs bool) {
	if t < k.settled.First(0) {
		return -1, false
	}
	if y = k.settled.Of(t); y >= 0 {
		return y, true
	}
	return k.settled.Count(), false
}

// daysTo are the days of period y up to the end of step t, without a run-on.
func (k *running) daysTo(t, y int) float64 {
	if t >= k.scheduled.Last(y) {
		return float64(k.scheduled.Days(y))
	}
	return float64(k.scheduled.DaysTo(t))
}

// elapsed is the share of period y's days up to the end of step t.
func (k *running) elapsed(t, y int) float64 { return k.daysTo(t, y) / float64(k.scheduled.Days(y)) }

// floor writes what the spend of period y must come to as far as that is known
// in the running step: the minimum before relief and what was put off to the
// period.
func (k *running) floor(m *contract.Month, y int, out []float64) {
	k.base(m, y, out)
	if k.c.Deferral != nil {
		vec.Accumulate(out, m.Col(k.deferredIn))
	}
}

// base writes the minimum before relief, if the rest of the period is in force
// as this step is, without what was put off to the period.
func (k *running) base(m *contract.Month, y int, out []float64) {
	if k.gate.Always() && !k.c.bends {
		vec.Fill(out, k.provisional(m, y))
		return
	}
	days := k.scheduled.Days(y)
	rest, soFar, force := float64(days)-k.daysTo(m.T, y), m.Col(k.inForce), m.Col(k.force)
	for i := range out {
		take := k.c.Take
		if k.gate >= 0 {
			take *= (soFar[i] + float64(rest*force[i])) / float64(days)
		}
		out[i] = m.Cents(take * k.planned(m, y, i))
	}
}

// steady tells whether what the spend of a period must come to is the minimum
// before relief, in all lanes.
func (k *running) steady() bool { return k.gate.Always() && !k.c.bends && k.c.Deferral == nil }

// byStep tells whether what is counted in each step matters on its own.
func (k *running) byStep() bool { return k.c.stacked || k.c.PayFor == "availability" }

// stand says what is missing from the period's minimum, what leaving may
// elect, and what a defaulting buyer would still owe.
func (k *running) stand(m *contract.Month) {
	y, runs := k.next(m.T)
	k.enforce(m, y, runs)
	if runs {
		k.standBend(m, y)
		k.offerAll(m)
		if k.byStep() {
			vec.Fill(m.Col(k.counted), 0)
		}
	}
	k.deliver(m, y, runs)
	if runs || k.c.AfterOf != "" || k.c.stacked {
		k.tellMissing(m, y, runs)
	}
	if m.T >= k.grid.Term() {
		return
	}
	k.tellRest(m)
	if k.c.Within == "" {
		claim := m.Temp()
		k.owed(m, claim, nil)
		m.Add(contract.Claim, claim)
		m.Free(1)
	}
	if k.c.Exit != nil && m.T >= k.exitFrom {
		vec.Fill(m.Offer(k.exitSlot), 1)
	}
}

// enforce says how far the commitment is in force in the step, and adds up the
// days of the running period in which it is.
func (k *running) enforce(m *contract.Month, y int, runs bool) {
	if k.gate < 0 {
		return
	}
	m.Force(k.gate, m.Col(k.force))
	if runs && m.T <= k.scheduled.Last(y) {
		days := float64(k.grid.StepEnd(m.T).Days(k.grid.StepStart(m.T)))
		vec.AddScaled(m.Col(k.inForce), m.Col(k.force), days)
	}
}

// offerAll lets the supplier elect to charge all of a deficiency.
func (k *running) offerAll(m *contract.Month) {
	if k.charge >= 0 {
		vec.Fill(m.Offer(k.charge), 1)
	}
}

// elected is the share of a deficiency that the supplier charges. Where the
// buyer has left nobody elects, and all of it is charged.
func (k *running) elected(m *contract.Month, i int) float64 {
	if k.charge < 0 || m.Col(k.gone)[i] != 0 {
		return 1
	}
	return m.Chosen(k.charge)[i]
}

// count adds the step to the running period. Outside all periods, and once the
// buyer has left, all that reaches the commitment is left to what is stacked
// on it.
func (k *running) count(m *contract.Month) {
	y, runs := k.next(m.T)
	inflow := m.Temp()
	switch {
	case k.c.AfterOf != "":
		vec.Copy(inflow, m.Col(k.below))
	case runs && k.c.Counts != nil:
		k.countUsage(m, y, inflow)
	default:
		k.usageOf(m, inflow)
	}
	k.gather(m, y, runs, inflow)
	m.Free(1)
	if !runs {
		return
	}
	vec.Accumulate(m.Col(k.taken), m.See(contract.Taken))
	if m.Has(contract.Capacity) && k.c.Relief == "pro_rata" {
		vec.Accumulate(m.Col(k.promised), m.See(contract.Promised))
		vec.Accumulate(m.Col(k.delivered), m.See(contract.Delivered))
	}
}

// usageOf writes the step's usage at what is charged.
func (k *running) usageOf(m *contract.Month, out []float64) {
	if m.None(contract.Beside) {
		vec.Copy(out, m.See(contract.Eligible))
	} else {
		vec.Add(out, m.See(contract.Eligible), m.See(contract.Beside))
	}
}

// countUsage writes how much of the step's usage is eligible.
func (k *running) countUsage(m *contract.Month, y int, out []float64) {
	k.usageOf(m, out)
	if k.c.Counts.Basis == "before_discount" {
		vec.Accumulate(out, m.See(contract.Undiscounted))
		vec.Sub(out, out, m.See(contract.Spend))
	}
	if !k.c.Counts.Credits {
		vec.Sub(out, out, m.See(contract.ByCredits))
	}
	k.weigh(m, y, out)
}

// weigh adds usage to the period's, and puts in its place what of it counts.
func (k *running) weigh(m *contract.Month, y int, usage []float64) {
	x, sofar := k.c.Counts, m.Col(k.usage)
	if len(x.Categories) == 0 {
		return
	}
	for i := range usage {
		before := x.eligible(sofar[i], k.amounts[y], m.Cents)
		sofar[i] += usage[i]
		usage[i] = x.eligible(sofar[i], k.amounts[y], m.Cents) - before
	}
}

// countLate adds what has come in since count: what was paid as deficiency in
// commitments within this one, what was prepaid, and what the commitment below
// leaves of the like; and takes off what prepaid credit paid for.
func (k *running) countLate(m *contract.Month) {
	y, runs := k.next(m.T)
	if k.c.Counts == nil && k.c.AfterOf == "" && !k.c.nests && !k.c.stacked {
		return
	}
	inflow := m.Temp()
	vec.Fill(inflow, 0)
	if x := k.c.Counts; x != nil && runs {
		if !x.Prepaid {
			vec.Sub(inflow, inflow, m.See(contract.ByPrepaid))
			k.weigh(m, y, inflow)
		}
		if x.Prepayments {
			vec.Accumulate(inflow, m.See(contract.Prepaid))
		}
	}
	if k.c.AfterOf != "" {
		vec.Accumulate(inflow, m.Col(k.below))
	}
	k.gather(m, y, runs, inflow)
	m.Free(1)
}

// gatherAlone is gather where nothing is stacked on the commitment.
func (k *running) gatherAlone(m *contract.Month, runs bool, inflow []float64) {
	if k.c.nests {
		vec.Accumulate(inflow, m.Col(k.nested))
		vec.Fill(m.Col(k.nested), 0)
	}
	if !runs {
		return
	}
	if m.HasExits() && !k.c.Survives {
		vec.Select(inflow, m.Col(k.gone), m.Zero(), inflow)
	}
	vec.Accumulate(m.Col(k.eligible), inflow)
	if len(k.c.Milestones) > 0 {
		vec.Accumulate(m.Col(k.all), inflow)
	}
	if k.byStep() {
		vec.Accumulate(m.Col(k.counted), inflow)
	}
}

// gather adds what has come in to the period's eligible spend, with what was
// paid as deficiency in commitments within this one. It hands what lies above
// the provisional minimum, and what lies above the total, to a commitment
// stacked on this one.
func (k *running) gather(m *contract.Month, y int, runs bool, inflow []float64) {
	if !k.c.stacked {
		k.gatherAlone(m, runs, inflow)
		return
	}
	excess, beyond, nested := m.Col(k.excess), m.Col(k.beyond), m.Col(k.nested)
	if !runs {
		vec.Copy(excess, inflow)
		vec.Copy(beyond, inflow)
		vec.Fill(nested, 0)
		return
	}
	floor, total := m.Temp(), m.Cents(k.c.Take*k.c.Total.Value)
	k.floor(m, y, floor)
	eligible, all, counted, handed := m.Col(k.eligible), m.Col(k.all), m.Col(k.counted), m.Col(k.handed)
	for i := range excess {
		if k.passesOn(m, i) {
			excess[i], beyond[i] = inflow[i], inflow[i]
			continue
		}
		inflow[i] += nested[i]
		before := k.passes(m, i, eligible[i], counted[i], floor[i])
		above := max(0, all[i]-float64(total))
		eligible[i] += inflow[i]
		all[i] += inflow[i]
		counted[i] += inflow[i]
		excess[i] = k.passes(m, i, eligible[i], counted[i], floor[i]) - before
		beyond[i] = max(0, all[i]-float64(total)) - above
		handed[i] += excess[i]
	}
	vec.Fill(nested, 0)
	m.Free(1)
}

// over is the part of a period's spend that its minimum does not take up: by
// the hour, that of the hours which run above it.
func (k *running) over(m *contract.Month, spend, minimum float64) float64 {
	if k.c.Period == "hour" {
		return spend - minimum + float64(m.Cents(shortfall(minimum, spend, k.c.swing())))
	}
	return max(0, spend-minimum)
}

// chargeAvailability bills what was delivered and not used, as far as the
// step's share of the minimum goes.
func (k *running) chargeAvailability(m *contract.Month) {
	if _, runs := k.next(m.T); !runs {
		return
	}
	charge, counted, due := m.Temp(), m.Col(k.counted), m.Col(k.stepDue)
	vec.Accumulate(m.Col(k.due), due)
	for i := range charge {
		charge[i] = max(0, due[i]-counted[i])
	}
	k.bill(m, k.available, charge)
	vec.Accumulate(m.Col(k.charged), charge)
	m.Add(contract.NotUsage, charge)
	m.Free(1)
}
