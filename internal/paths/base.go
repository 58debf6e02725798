// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"offtake/internal/contract"
	"offtake/internal/measure"
)

// A Base is the base run of a job: one lane, the mean of every input, survival
// weights for credit. Because minimums bite when need is low, the mean of
// every input understates deficiency.
type Base struct {
	Job      *Job
	Measures []measure.Measure
	Values   []float64
	Book     *measure.Book
	Months   []Month // the signing first
	Tape     contract.Tape
	State    contract.State // after the last step
}

// A Month is one month of a recorded lane.
type Month struct {
	Step  int // -1 at signing
	Flows []Flow
}

// A Flow is one amount that moved.
type Flow struct {
	Line   *contract.Line
	Amount float64 // cents, or units of the asset
}

// RunBase runs a job once on the mean of every input.
func RunBase(j *Job) *Base {
	f := j.Plan.Factors(1)
	r := newRunner(j, f, 1, false)
	out := &Base{Job: j, Measures: r.measures, Book: r.book}
	rec := contract.Record(r.contract.State(0), j.Plan.Curve, 0)
	f.Mean()
	f.Step(-1)
	out.keep(r.open(f))
	rec.Step(r.obs, nil)
	for !r.contract.Done() {
		f.Step(r.contract.Next())
		out.keep(r.step(f))
		rec.Step(r.obs, r.contract.Elections())
	}
	r.book.Close()
	out.Tape, out.State = rec.Tape(), r.contract.State(0)
	out.Values = make([]float64, len(r.measures))
	for i := range r.measures {
		r.measures[i].Value(r.book, out.Values[i:i+1])
	}
	return out
}

// keep records the month's flows.
func (b *Base) keep(m *contract.Month) {
	month := Month{Step: m.T}
	for _, p := range m.Postings() {
		if p.Amount[0] != 0 {
			month.Flows = append(month.Flows, Flow{p.Line, p.Amount[0]})
		}
	}
	b.Months = append(b.Months, month)
}

// Hash is a digest of every value and of the final state.
func (b *Base) Hash() string {
	return Hash(append(append([]float64(nil), b.Values...), b.State.Columns...)...)
}
