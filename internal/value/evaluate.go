// SPDX-License-Identifier: Apache-2.0

package value

import (
	"math"
	"slices"
	"strings"

	"offtake/internal/deal"
	"offtake/internal/diag"
	"offtake/internal/measure"
	"offtake/internal/paths"
	"offtake/internal/value/estimate"
)

// A Side is what a quantity came to, with its standard error, and on each scrambling.
type Side struct {
	Value, Error float64
	groups       []float64
}

// A Gap is what is left of a condition: left less right, and both.
type Gap struct {
	Left, Right Side
	Value       float64
	Error       float64 // of Value, on the draws that both sides share
}

// evaluator runs a deal with other values at some paths, always on the same draws.
type evaluator struct {
	deal       *deal.Deal
	job        *paths.Job
	unknowns   []Unknown
	conditions []Condition
	opt        Options
	known      map[string]outcome // by the texts of the values
	runs       int                // that were done
	planned    int                // that are expected in all
	stopped    bool
}

// outcome is what a run came to: a gap for each condition, or why the deal is none.
type outcome struct {
	gaps  []Gap
	fault *diag.Diagnostic
}

func newEvaluator(d *deal.Deal, opt Options) *evaluator {
	return &evaluator{deal: d, job: paths.NewJob(d, nil), opt: opt, known: map[string]outcome{}}
}

// jobs that run side by side on one set of draws: few enough for their columns to stay near
// the processor.
const beside = 8

// all are the outcomes at some places; nil and false if it was told to stop before.
func (e *evaluator) all(places [][]float64) ([]outcome, bool) {
	changes := make([][]deal.Edit, len(places))
	for k, x := range places {
		changes[k] = edits(e.unknowns, x)
	}
	return e.changed(changes)
}

// changed are the outcomes of some changes, likewise.
func (e *evaluator) changed(all [][]deal.Edit) ([]outcome, bool) {
	var todo []string
	var fresh [][]deal.Edit
	keys := make([]string, len(all))
	for k, changes := range all {
		key := textOf(changes)
		keys[k] = key
		if _, done := e.known[key]; done || slices.Contains(todo, key) {
			continue
		}
		todo, fresh = append(todo, key), append(fresh, changes)
	}
	todo, jobs := e.layOut(todo, fresh)
	for len(jobs) > 0 {
		n := min(len(jobs), beside)
		if e.keeps() {
			n = 1 // paths are shown of one job alone
		}
		if !e.run(todo[:n], jobs[:n]) {
			return nil, false
		}
		todo, jobs = todo[n:], jobs[n:]
	}
	out := make([]outcome, len(keys))
	for k, key := range keys {
		out[k] = e.known[key]
	}
	return out, true
}

// layOut makes jobs of changes, several at a time, and remembers of which there is no deal.
func (e *evaluator) layOut(keys []string, changes [][]deal.Edit) (todo []string, jobs []*paths.Job) {
	all, faults := make([]*paths.Job, len(keys)), make([]*diag.Diagnostic, len(keys))
	inParallel(e.opt.Workers, len(keys), func(k int) bool {
		all[k], faults[k] = e.jobAt(changes[k])
		return true
	})
	for k, j := range all {
		if faults[k] != nil {
			e.known[keys[k]] = outcome{fault: faults[k]}
			continue
		}
		todo, jobs = append(todo, keys[k]), append(jobs, j)
	}
	return todo, jobs
}

func textOf(edits []deal.Edit) string {
	var texts []string
	for _, x := range edits {
		texts = append(texts, x.Path+"="+x.Text)
	}
	return strings.Join(texts, "\n")
}

// jobAt is the deal with some values, laid out; else why it is none.
func (e *evaluator) jobAt(changes []deal.Edit) (*paths.Job, *diag.Diagnostic) {
	if len(changes) == 0 {
		return e.job, nil
	}
	d, list := e.deal.With(changes...)
	if d == nil {
		for i := range list {
			if list[i].Severity == diag.Fault {
				return nil, &list[i]
			}
		}
	}
	w := e.deal.World
	if movesWorld(changes) {
		w = d.World
	}
	return paths.NewJob(d, w, e.job), nil
}

// keeps tells whether a condition is about single paths.
func (e *evaluator) keeps() bool {
	return slices.ContainsFunc(e.conditions, func(c Condition) bool { return c.Left.counted() || c.Right.counted() && !c.Right.Stated })
}

// run runs jobs on the same draws and remembers what they came to; false if it was told to stop.
func (e *evaluator) run(keys []string, jobs []*paths.Job) bool {
	if e.opt.Paths == 0 {
		for k, j := range jobs {
			b := paths.RunBase(j)
			e.known[keys[k]] = outcome{gaps: e.gapsOf(func(q *Quantity) Side { return baseSide(b, q) })}
		}
		e.runs += len(jobs)
		return e.proceed(0)
	}
	kept := newColumns(jobs[0], e.conditions)
	opt := paths.Options{Paths: e.opt.Paths, Seed: e.opt.Seed, Workers: e.opt.Workers, Only: wants(e.conditions), Apart: true,
		Proceed: func(done, all int) bool { return e.proceed(float64(len(jobs)*done) / float64(all)) }}
	if e.keeps() {
		opt.Keep = kept.keep
	}
	samples := paths.Run(jobs, opt)
	if e.stopped {
		return false
	}
	e.runs += len(jobs)
	for k, s := range samples {
		e.known[keys[k]] = outcome{gaps: e.gapsOf(func(q *Quantity) Side { return sampledSide(s, kept, q) })}
	}
	return true
}

// proceed tells whoever watches how many hundredths of runs are done.
func (e *evaluator) proceed(running float64) bool {
	if e.opt.Proceed != nil && !e.stopped {
		done := 100*e.runs + int(100*running)
		e.stopped = !e.opt.Proceed(done, max(done, 100*e.planned))
	}
	return !e.stopped
}

// gapsOf reads every condition off a run.
func (e *evaluator) gapsOf(side func(*Quantity) Side) []Gap {
	out := make([]Gap, len(e.conditions))
	for i := range e.conditions {
		c := &e.conditions[i]
		g := Gap{Left: side(&c.Left), Right: Side{Value: c.Right.Number}}
		if !c.Right.Stated {
			g.Right = side(&c.Right)
		}
		g.Value = g.Left.Value - g.Right.Value
		if g.Error = g.Left.Error; len(g.Right.groups) > 0 {
			apart := make([]float64, len(g.Left.groups))
			for k := range apart {
				apart[k] = g.Left.groups[k] - g.Right.groups[k]
			}
			g.Error = spread(apart)
		}
		out[i] = g
	}
	return out
}

// spread is the standard error by the spread of groups; nothing where it is not known.
func spread(groups []float64) float64 {
	known := slices.DeleteFunc(slices.Clone(groups), math.IsNaN)
	if len(known) < 2 {
		return 0
	}
	return estimate.Spread(known)
}

// baseSide reads a quantity off a base run, which has no errors.
func baseSide(b *paths.Base, q *Quantity) Side {
	m := &q.Measure
	if i := measure.Find(b.Measures, m.Name, m.Party, m.Clause, m.Period); i >= 0 {
		return Side{Value: b.Values[i]}
	}
	return Side{Value: math.NaN()}
}

// sampledSide reads a quantity off a sample. A deal without the measure has it nowhere.
func sampledSide(s *paths.Sample, kept *columns, q *Quantity) Side {
	m := &q.Measure
	i := measure.Find(s.Measures, m.Name, m.Party, m.Clause, m.Period)
	if i < 0 {
		return Side{Value: math.NaN()}
	}
	if q.counted() {
		return kept.side(q)
	}
	x := &s.Estimates[i]
	out := Side{Value: x.Mean}
	if m.Unit.Quotient() {
		out.Value, out.groups = s.OfMeans[i], s.OfMeansApart[i]
	} else {
		out.groups = x.GroupMeans()
	}
	if x.N == 0 {
		return Side{Value: math.NaN()}
	}
	out.Error = spread(out.groups)
	return out
}
