// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"math"

	"offtake/internal/contract"
	"offtake/internal/vec"
)

// stack is what a commitment takes of what is delivered and what it leaves to
// those stacked on it, beside the spend that it leaves to them. Spend and
// delivery pass through the same rule, so that a buyer who takes all that is
// delivered misses nothing that relief is not given for.
type stack struct {
	reach    contract.Col // what can reach the commitment in the step, in cents
	stepDue  contract.Col // due in the step for availability
	allReach contract.Col // what could have reached it in all its periods
	handed   contract.Col // spend that has been left to those above, in the running period
	spared   contract.Col // likewise of what could have been spent

	spare, spareAll contract.Col // the step's part of what can be spent that is left to those above: over the minimum, over the total
	ahead, aheadAll contract.Col // what must be spent before anything is left to them, likewise; no end to it where no minimum leads there
	pace            contract.Col // what is missing for each step left, here and below

	belowReach, belowAhead, belowPace contract.Col // of the commitment below
}

// bindStack claims the columns; of is for those that start anew in a period.
func (k *running) bindStack(b *contract.Builder, of func(string, bool) contract.Col) {
	id, below := k.c.head.ID, k.c.AfterOf
	k.reach, k.stepDue, k.allReach = b.Column(id+".reach"), b.Column(id+".step_due"), b.Column(id+".all_reach")
	k.handed, k.spared = of("handed", k.c.stacked), of("spared", k.c.stacked)
	k.spare, k.spareAll = b.Shared(id+".spare"), b.Shared(id+".spare_all")
	k.ahead, k.aheadAll, k.pace = b.Shared(id+".ahead"), b.Shared(id+".ahead_all"), b.Shared(id+".pace")
	switch {
	case below == "":
	case k.c.Stacks == "on_total":
		k.below, k.belowReach, k.belowAhead = b.Shared(below+".beyond"), b.Shared(below+".spare_all"), b.Shared(below+".ahead_all")
	default:
		k.below, k.belowReach, k.belowAhead = b.Shared(below+".excess"), b.Shared(below+".spare"), b.Shared(below+".ahead")
	}
	if below != "" {
		k.belowPace = b.Shared(below + ".pace")
	}
}

// passes is the part of a period's spend that goes on to those above: what
// lies over the minimum, or over what is due in the step for availability.
func (k *running) passes(m *contract.Month, i int, spend, inStep, minimum float64) float64 {
	if k.c.PayFor == "availability" {
		return max(0, inStep-m.Col(k.stepDue)[i])
	}
	return k.over(m, spend, minimum)
}

// passesOn tells whether all that reaches the commitment goes on to those
// above in a lane: the buyer has left it.
func (k *running) passesOn(m *contract.Month, i int) bool {
	return m.Col(k.gone)[i] != 0 && !k.c.Survives
}

// deliver says what can reach the commitment in the step, and what is due for
// that where availability is paid for.
func (k *running) deliver(m *contract.Month, y int, runs bool) {
	if !m.Has(contract.Capacity) {
		k.fallDue(m, y, runs)
		return
	}
	if !k.byStep() && k.c.AfterOf == "" {
		if runs && k.c.Relief == "impossibility" {
			vec.AddProduct(m.Col(k.possible), m.See(contract.Delivered), m.See(contract.Price))
		}
		return
	}
	reach, inflow := m.Col(k.reach), m.Temp()
	if k.c.AfterOf != "" {
		vec.Copy(inflow, m.Col(k.belowReach))
	} else {
		vec.Mul(inflow, m.See(contract.Delivered), m.See(contract.Price))
	}
	vec.Copy(reach, inflow)
	k.fallDue(m, y, runs)
	vec.Fill(reach, 0)
	k.letReach(m, y, runs, inflow)
	m.Free(1)
}

// fallDue writes what is due in the step for availability.
func (k *running) fallDue(m *contract.Month, y int, runs bool) {
	if k.c.PayFor != "availability" {
		return
	}
	due, live := m.Col(k.stepDue), m.See(contract.Live)
	for i := range due {
		step := 0.0
		if runs {
			step = k.dueIn(m, y, i)
		}
		if m.Has(contract.Capacity) {
			step = min(step, m.See(contract.Capacity)[i]*m.See(contract.Price)[i])
			if k.c.AfterOf != "" {
				step = min(step, m.Col(k.reach)[i])
			}
		}
		due[i] = m.Cents(step * live[i])
	}
}

// deliverLate takes what a row settled below has left since deliver.
func (k *running) deliverLate(m *contract.Month, y int, runs bool) {
	if !m.Has(contract.Capacity) || k.c.AfterOf == "" && !k.c.stacked {
		return
	}
	inflow := m.Temp()
	vec.Fill(inflow, 0)
	if k.c.AfterOf != "" {
		vec.Copy(inflow, m.Col(k.belowReach))
	}
	k.letReach(m, y, runs, inflow)
	m.Free(1)
}

// letReach adds to what could have been spent on the commitment, and hands on
// what of it is left. What was put off to the period takes none of it: the
// buyer could have spent that when it was due. Where the buyer has left nobody
// asks any more: nothing is relieved or due for availability then.
func (k *running) letReach(m *contract.Month, y int, runs bool, inflow []float64) {
	possible, reach := m.Col(k.possible), m.Col(k.reach)
	if !k.c.stacked {
		if runs {
			vec.Accumulate(possible, inflow)
			vec.Accumulate(reach, inflow)
		}
		return
	}
	spare, spareAll, all, spared := m.Col(k.spare), m.Col(k.spareAll), m.Col(k.allReach), m.Col(k.spared)
	vec.Copy(spare, inflow)
	vec.Copy(spareAll, inflow)
	if !runs {
		return
	}
	minimum, total := m.Temp(), float64(m.Cents(k.c.Take*k.c.Total.Value))
	k.base(m, y, minimum)
	for i, more := range inflow {
		before, above := k.passes(m, i, possible[i], reach[i], minimum[i]), max(0, all[i]-total)
		possible[i] += more
		reach[i] += more
		all[i] += more
		spare[i] = k.passes(m, i, possible[i], reach[i], minimum[i]) - before
		spareAll[i] = max(0, all[i]-total) - above
		spared[i] += spare[i]
	}
	m.Free(1)
}

// handOn makes up what those above have had of the period to what lies above
// its minimum in the lanes of now, where relief and leaving have told what that
// is.
func (k *running) handOn(m *contract.Month, now, minimum []float64) {
	if !k.c.stacked {
		return
	}
	for i := range now {
		if now[i] == 0 {
			continue
		}
		m.Col(k.excess)[i] += max(0, k.over(m, m.Col(k.eligible)[i], minimum[i])-m.Col(k.handed)[i])
		if m.Has(contract.Capacity) {
			m.Col(k.spare)[i] += max(0, k.over(m, m.Col(k.possible)[i], minimum[i]-m.Col(k.deferredIn)[i])-m.Col(k.spared)[i])
		}
	}
}

// tellMissing says what is missing from the period's minimum, with what those
// below take before anything reaches the commitment.
func (k *running) tellMissing(m *contract.Month, y int, runs bool) {
	floor, lower, pace, live := m.Temp(), m.Zero(), m.Zero(), m.See(contract.Live)
	if runs && k.c.PayFor == "use" && k.c.AfterOf == "" && !k.c.paced && !k.c.stacked {
		missing := floor
		k.missing(m, y, missing)
		vec.Mul(missing, missing, live)
		m.AtLeast(contract.MinimumLeft, missing)
		m.Free(1)
		return
	}
	if runs {
		k.floor(m, y, floor)
	}
	if k.c.AfterOf != "" {
		lower, pace = m.Col(k.belowAhead), m.Col(k.belowPace)
	}
	left, spent := m.Q(contract.MinimumLeft), m.Col(k.eligible)
	for i := range left {
		missing, each := 0.0, 0.0
		if runs {
			missing = max(0, floor[i]-spent[i])
		}
		if k.c.paced && runs {
			each = k.paceOf(m, y, i, missing)
		}
		led := !math.IsInf(lower[i], 1)
		if led && k.c.PayFor == "use" && missing > 0 {
			left[i] = max(left[i], (lower[i]+missing)*live[i])
		}
		if led && k.c.paced {
			m.Q(contract.MinimumPace)[i] = max(m.Q(contract.MinimumPace)[i], (pace[i]+each)*live[i])
			m.Col(k.pace)[i] = pace[i] + each
		}
		if k.c.stacked {
			k.tellAhead(m, i, runs, lower[i], missing)
		}
	}
	m.Free(1)
}

// tellAhead says what must be spent before anything comes to those above: what
// is missing here, or due in the step. What counts over the total alone needs
// the rest of the total, to which the minimum leads only where it is no less,
// but for a cent of rounding a period.
func (k *running) tellAhead(m *contract.Month, i int, runs bool, lower, missing float64) {
	ahead, all := &m.Col(k.ahead)[i], &m.Col(k.aheadAll)[i]
	*ahead, *all = lower, lower
	if !runs {
		return
	}
	if k.c.PayFor == "availability" {
		missing = m.Col(k.stepDue)[i]
	}
	*ahead += missing
	rest := max(0, float64(m.Cents(k.c.Take*k.c.Total.Value))-m.Col(k.all)[i])
	if *all += rest; rest-missing > float64(k.settled.Count()) {
		*all = math.Inf(1)
	}
}
