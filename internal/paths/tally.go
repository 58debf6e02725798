// SPDX-License-Identifier: Apache-2.0

package paths

import "offtake/internal/measure"

// A tally is what paths showed of every job: estimates of its measures, of their
// differences to the first job's, and everything that happened added up.
type tally struct {
	of, against [][]measure.Estimate
	sums        []*measure.Book
	apart       [][]*measure.Book // sums of each scrambling; none unless they are asked for
}

func newTally(b *block, opt *Options) *tally {
	plain := opt.Plain
	t := &tally{}
	for k, r := range b.runners {
		t.of = append(t.of, estimates(len(r.measures), plain))
		var against []measure.Estimate
		if k > 0 {
			against = estimates(len(r.measures), plain)
		}
		t.against = append(t.against, against)
		t.sums = append(t.sums, measure.NewBook(r.setting, 1))
		var apart []*measure.Book
		for range measure.Groups {
			if opt.Apart && !plain {
				apart = append(apart, measure.NewBook(r.setting, 1))
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
	for k := range b.runners {
		b.parts[k].AddTo(t.sums[k], 1)
		if t.apart[k] != nil {
			b.parts[k].AddTo(t.apart[k][group], 1)
		}
		for i := range b.moments[k] {
			add(&t.of[k][i], group, &b.moments[k][i])
			if k > 0 && b.same[k][i] >= 0 {
				add(&t.against[k][i], group, &b.against[k][i])
			}
		}
	}
}

// add merges moments with those of their scrambling, and with those of all.
func add(e *measure.Estimate, group int, m *measure.Moments) {
	e.Moments.Merge(m)
	if e.Groups != nil {
		e.Groups[group].Merge(m)
	}
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
	for k := range t.of {
		o.sums[k].AddTo(t.sums[k], 1)
		for g := range t.apart[k] {
			o.apart[k][g].AddTo(t.apart[k][g], 1)
		}
		for i := range t.of[k] {
			t.of[k][i].Merge(&o.of[k][i])
		}
		for i := range t.against[k] {
			t.against[k][i].Merge(&o.against[k][i])
		}
	}
}
