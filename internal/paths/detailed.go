// SPDX-License-Identifier: Apache-2.0

package paths

import "offtake/internal/measure"

// Detailed is the job with measures that take its value apart: every party's parts, and
// what the flows of each of the rights bring.
func (j *Job) Detailed(rights []measure.Right) *Job {
	out := *j
	out.setting.Detailed, out.setting.Rights = true, rights
	return &out
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
