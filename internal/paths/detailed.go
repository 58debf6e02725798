// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"offtake/internal/contract"
	"offtake/internal/measure"
)

// Detailed is the job with measures that take its value apart: every party's parts, and
// what the flows of each of the rights bring.
func (j *Job) Detailed(rights []measure.Right) *Job {
	out := *j
	out.setting.Detailed, out.setting.Rights = true, rights
	return &out
}

// Flowing is the job whose books keep what each line moves by step, as those need who show
// flows of a sample.
func (j *Job) Flowing() *Job {
	out := *j
	out.setting.Flows = true
	return &out
}

// Needing is the job with measures of the buyer's need by contract year among its series.
func (j *Job) Needing(n *measure.Needs) *Job {
	out := *j
	out.setting.Needs = n
	return &out
}

// MonthsOf are the flows of a book of one lane that keeps them, the signing first.
func MonthsOf(b *measure.Book, p *contract.Program) []Month {
	lines := p.Lines()
	out := make([]Month, p.Grid().Steps()+1)
	for k := range out {
		out[k].Step = k - 1
	}
	for i := range lines {
		for k, x := range b.Moved(i) {
			if x != 0 {
				out[k].Flows = append(out[k].Flows, Flow{&lines[i], x})
			}
		}
	}
	return out
}

// SeenAs is the job with another view of the provider's opportunity cost behind the
// headline figures, by its number in the plan's costs, on the same draws.
func (j *Job) SeenAs(cost int) *Job {
	out := *j
	out.setting.Headline = cost
	return &out
}

// Yearly is the job with what each line moves by contract year kept (measure.Book.Yearly).
func (j *Job) Yearly() *Job {
	out := *j
	out.setting.Yearly = true
	return &out
}
