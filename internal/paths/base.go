// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"offtake/internal/contract"
	"offtake/internal/measure"
)

// A Base is the base run of a job: the mean of every input, and every step in
// which the buyer might fail, weighted by how likely that is. Because minimums
// bite when need is low, the mean of every input understates deficiency.
type Base struct {
	Job      *Job
	Measures []measure.Measure
	Values   []float64
	Book     *measure.Book  // expected
	Months   []Month        // as agreed, before default; the signing first
	Expected []Month        // likewise, each amount weighed by how likely default is before it
	Tape     contract.Tape  // likewise
	State    contract.State // likewise, after the last step
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

// RunBase runs a job on the mean of every input.
func RunBase(j *Job) *Base {
	weights := j.Plan.BaseWeights()
	lanes, agreed := len(weights), len(weights)-1
	f := j.Plan.Factors(lanes)
	r := newRunner(j, f, lanes, false, nil)
	out := &Base{Job: j, Measures: r.measures}
	rec := j.Program.Record(r.contract.State(agreed), j.Plan.Curve, agreed)
	f.Base()
	f.Step(-1)
	first := r.open()
	out.keep(first, agreed)
	out.expect(first, weights)
	rec.Step(r.obs.Obs, nil)
	for !r.contract.Done() {
		f.Step(r.contract.Next())
		m := r.step()
		out.keep(m, agreed)
		out.expect(m, weights)
		rec.Step(r.obs.Obs, r.contract.Elections())
	}
	r.book.Close()
	out.Book = r.book.Expected(weights, agreed)
	out.Tape, out.State = rec.Tape(), r.contract.State(agreed)
	out.Values = make([]float64, len(r.measures))
	for i := range r.measures {
		r.measures[i].Value(out.Book, out.Values[i:i+1])
	}
	return out
}

// keep records the month's flows in a lane.
func (b *Base) keep(m *contract.Month, lane int) {
	month := Month{Step: m.T}
	for _, p := range m.Postings() {
		if p.Amount[lane] != 0 {
			month.Flows = append(month.Flows, Flow{p.Line, p.Amount[lane]})
		}
	}
	b.Months = append(b.Months, month)
}

// expect records the month's flows as they are expected.
func (b *Base) expect(m *contract.Month, weights []float64) {
	month := Month{Step: m.T}
	for _, p := range m.Postings() {
		sum := 0.0
		for lane, w := range weights {
			sum += float64(w * p.Amount[lane])
		}
		if sum != 0 {
			month.Flows = append(month.Flows, Flow{p.Line, sum})
		}
	}
	b.Expected = append(b.Expected, month)
}

// Hash is a digest of every value and of the final state.
func (b *Base) Hash() string {
	return Hash(append(append([]float64(nil), b.Values...), b.State.Columns...)...)
}
