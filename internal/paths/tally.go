// SPDX-License-Identifier: Apache-2.0

package paths

import "offtake/internal/measure"

// A tally is what paths showed of every job: estimates of its measures, of their
// differences to the first job's, and everything that happened added up.
type tally struct {
	of, against [][]measure.Estimate
	sums        []*measure.Sums
	apart       [][]*measure.Sums   // sums of each scrambling; none unless they are asked for
	controls    []*measure.Controls // by factors
	factors     []int               // by job: its factors
}

func newTally(b *block, opt *Options) *tally {
	plain := opt.Plain
	t := &tally{factors: b.of}
	groups := measure.Groups
	if plain {
		groups = 0
	}
	for _, columns := range b.columns {
		t.controls = append(t.controls, measure.NewControls(len(columns), groups))
	}
	for k, r := range b.runners {
		t.of = append(t.of, estimates(len(r.measures), plain))
		var against []measure.Estimate
		if k > 0 {
			against = estimates(len(r.measures), plain)
		}
		t.against = append(t.against, against)
		n := len(b.columns[b.of[k]])
		t.sums = append(t.sums, measure.NewSums(r.setting, n))
		var apart []*measure.Sums
		for range measure.Groups {
			if opt.Apart && !plain {
				apart = append(apart, measure.NewSums(r.setting, n))
			}
		}
		t.apart = append(t.apart, apart)
	}
	return t
}

func estimates(n int, plain bool) []measure.Estimate {
	out := make([]measure.Estimate, n)
	for i := range out {
		if !plain {
			out[i].Groups = make([]measure.Moments, measure.Groups)
		}
	}
	return out
}

// merge adds the span that a block has just run, of a scrambling.
func (t *tally) merge(b *block, group int) {
	gaps := t.gaps(b.controls)
	for k := range b.runners {
		t.sums[k].Add(b.parts[k])
		if t.apart[k] != nil {
			t.apart[k][group].Add(b.parts[k])
		}
		for i := range b.moments[k] {
			e := &t.of[k][i]
			if p := b.products[k][i]; p != nil {
				e.Relate(p, &b.moments[k][i], gaps[t.factors[k]])
			}
			e.Add(group, &b.moments[k][i])
			if k > 0 && b.same[k][i] >= 0 {
				t.against[k][i].Add(group, &b.against[k][i])
			}
		}
	}
	for i, c := range t.controls {
		c.MergeGroup(b.controls[i], gaps[i], group)
	}
}

// gaps are how far the controls of other paths lie from these, by factors.
func (t *tally) gaps(of []*measure.Controls) []*measure.Gap {
	var out []*measure.Gap
	for i, c := range t.controls {
		out = append(out, c.To(of[i]))
	}
	return out
}

// count takes the distributions that a block has counted since it was cleared.
func (t *tally) count(b *block) {
	for k := range t.of {
		for i := range t.of[k] {
			t.of[k][i].Histogram.Merge(&b.counted[k][i])
			if k > 0 {
				t.against[k][i].Histogram.Merge(&b.apart[k][i])
			}
		}
	}
}

// add takes what another tally has, in its order.
func (t *tally) add(o *tally) {
	gaps := t.gaps(o.controls)
	for k := range t.of {
		t.sums[k].Add(o.sums[k])
		for g := range t.apart[k] {
			t.apart[k][g].Add(o.apart[k][g])
		}
		for i := range t.of[k] {
			t.of[k][i].RelateOf(&o.of[k][i], gaps[t.factors[k]])
			t.of[k][i].Merge(&o.of[k][i])
		}
		for i := range t.against[k] {
			t.against[k][i].Merge(&o.against[k][i])
		}
	}
	for i, c := range t.controls {
		c.Merge(o.controls[i], gaps[i])
	}
}

// fits are what least squares need of the controls, by factors.
func (t *tally) fits() []*measure.Fit {
	var out []*measure.Fit
	for _, c := range t.controls {
		out = append(out, c.Fit())
	}
	return out
}

// settle sets all means by the controls: differences where both jobs have the same. It
// returns which of the controls are used, by job.
func (t *tally) settle(b *block) [][]int {
	fits := t.fits()
	var used [][]int
	for k, f := range t.factors {
		for i := range t.of[k] {
			t.of[k][i].Settle(fits[f])
		}
		used = append(used, fits[f].Used)
		for i := range t.against[k] {
			if e, j := &t.against[k][i], b.same[k][i]; j >= 0 && f == t.factors[0] {
				e.RelateApart(&t.of[k][i], &t.of[0][j])
				e.Settle(fits[f])
			}
		}
	}
	return used
}
