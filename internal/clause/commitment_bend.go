// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// bend is what may change a commitment's schedule while it runs, and what
// other clauses ask of it.
type bend struct {
	held      contract.Col // share of the running period's schedule that is still promised
	raise     contract.Col // cents a step that options have added
	raised    contract.Col // of them, cents so far in the period
	remaining contract.Col // cents of minimums after the step
}

// among is the commitment as it stands among the other clauses of a deal.
func (c *Commitment) among(clauses []Clause) Clause {
	d := *c
	for _, x := range clauses {
		switch x := x.(type) {
		case *Termination, *Switching:
			d.bends, d.asked = true, true
		case *Extension:
			d.bends, d.extension = true, x
		case *Option:
			d.bends = d.bends || x.Raises != nil && x.Raises.Commitment == c.head.ID
		case *Resale:
			d.paced = true
		case *Commitment:
			d.stacked = d.stacked || x.AfterOf == c.head.ID
			d.nests = d.nests || x.Within == c.head.ID
		}
	}
	return &d
}

// bindBend claims the columns.
func (k *running) bindBend(b *contract.Builder) {
	id := k.c.head.ID
	if k.c.bends {
		k.held, k.raised, k.raise = b.Column(id+".held"), b.Column(id+".raised"), b.Shared(id+".raise")
	}
	if k.c.asked {
		b.Own(contract.Remaining, "commitment")
		k.remaining = b.Shared(id + ".remaining")
	}
}

// planned is A of a period as it stands in a lane: of the running one, or of a
// later one.
func (k *running) planned(m *contract.Month, y, i int) float64 {
	if !k.c.bends {
		return k.amounts[y]
	}
	kept, more := m.See(contract.Kept)[i], m.Col(k.raise)[i]
	if now, _ := k.next(m.T); y > now {
		return m.Cents((k.amounts[y] + float64(more*float64(k.scheduled.Steps(y)))) * kept)
	}
	return m.Cents(float64(k.amounts[y]*m.Col(k.held)[i]) + m.Col(k.raised)[i] + float64(more*k.stepsLeft(m.T, y)*kept))
}

// stepsLeft is how many steps of period y's schedule come after step t.
func (k *running) stepsLeft(t, y int) float64 { return float64(max(0, k.scheduled.Last(y)-t)) }

// minimumIn is a period's minimum in a lane before relief, if the commitment is
// in force, less what was put off to it; flat is that of the schedule as signed.
func (k *running) minimumIn(m *contract.Month, y, i int, flat float64) float64 {
	if !k.c.bends {
		return flat
	}
	return m.Cents(k.c.Take * k.planned(m, y, i))
}

// elapsedSchedule is A of the running period up to the end of the step, where
// the buyer leaves with it.
func (k *running) elapsedSchedule(m *contract.Month, y, i int) float64 {
	e := k.elapsed(m.T, y)
	if !k.c.bends {
		return m.Cents(k.amounts[y] * e)
	}
	kept := m.See(contract.Kept)[i]
	return m.Cents(float64(k.amounts[y]*((m.Col(k.held)[i]-kept)+float64(kept*e))) + m.Col(k.raised)[i])
}

// rest is the minimums of a lane that fall after the step, as far as the
// commitment is in force in it; none of what stays due when the agreement ends.
func (k *running) rest(m *contract.Month, i int) float64 {
	if k.c.Survives {
		return 0
	}
	sum := 0.0
	y, runs := k.next(m.T)
	if runs {
		sum = k.provisional(m, y) * (1 - k.elapsed(m.T, y))
		if k.c.bends {
			kept := m.See(contract.Kept)[i]
			sum = float64(sum*kept) + float64(k.c.Take*m.Col(k.raise)[i]*k.stepsLeft(m.T, y)*kept)
		}
	}
	for z := y + 1; z < k.agreed(m, i); z++ {
		sum += float64(k.minimumIn(m, z, i, k.provisional(m, z)))
	}
	if k.gate >= 0 {
		sum *= m.Col(k.force)[i]
	}
	return sum
}

// dueIn is a step's share of the minimum in a lane, as far as the commitment is
// in force in it; none in a run-on.
func (k *running) dueIn(m *contract.Month, y, i int) float64 {
	if m.T > k.scheduled.Last(y) || y >= k.agreed(m, i) {
		return 0
	}
	due := k.provisional(m, y) / float64(k.scheduled.Steps(y))
	if k.c.bends {
		due = (due + float64(k.c.Take*m.Col(k.raise)[i])) * m.See(contract.Kept)[i]
	}
	if k.gate >= 0 {
		due *= m.Col(k.force)[i]
	}
	return due
}

// standBend opens a step of a period: what is still promised of it at its
// start, and what options have raised it by.
func (k *running) standBend(m *contract.Month, y int) {
	if !k.c.bends || m.T > k.scheduled.Last(y) {
		return
	}
	if k.scheduled.StartsAt(m.T) {
		vec.Copy(m.Col(k.held), m.See(contract.Kept))
		vec.Fill(m.Col(k.raised), 0)
	}
	more := m.Temp()
	vec.Mul(more, m.Col(k.raise), m.See(contract.Kept))
	vec.Accumulate(m.Col(k.raised), more)
	m.Free(1)
}

// tellRest says what is still to run, for those who ask.
func (k *running) tellRest(m *contract.Month) {
	if !k.c.asked {
		return
	}
	rest := m.Col(k.remaining)
	if !k.c.bends && k.gate < 0 {
		vec.Fill(rest, k.rest(m, 0))
	} else {
		for i := range rest {
			rest[i] = k.rest(m, i)
		}
	}
	if k.c.Within == "" {
		vec.Accumulate(m.Q(contract.Remaining), rest)
	}
}

// paceOf is what is missing for each step left of the period.
func (k *running) paceOf(m *contract.Month, y, i int, missing float64) float64 {
	if k.c.PayFor == "availability" {
		return k.dueIn(m, y, i)
	}
	return missing / float64(k.settled.Last(y)-m.T+1)
}

// release lowers what is still promised of the running period by what an exit
// in part ends.
func (k *running) release(m *contract.Month, y int) {
	if !k.c.bends || !vec.Any(m.See(contract.Released)) {
		return
	}
	held, kept, released := m.Col(k.held), m.See(contract.Kept), m.See(contract.Released)
	for i := range held {
		held[i] -= float64(released[i] * kept[i] * (1 - k.elapsed(m.T, y)))
	}
}
