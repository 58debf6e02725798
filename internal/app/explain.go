// SPDX-License-Identifier: Apache-2.0

package app

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"offtake/internal/deal"
	"offtake/internal/diag"
	"offtake/internal/measure"
	"offtake/internal/paths"
	"offtake/internal/unit"
	"offtake/internal/value"
	"offtake/internal/value/rights"
)

// A printed figure is one that a command prints, with how it is followed to what it comes of.
type printed struct {
	name    string
	explain func() (*Explained, error)
}

// explainers are the commands whose figures have names of their own: the command, then the
// members of its JSON on the way to the figure.
var explainers = map[string]func(explaining) ([]printed, error){
	"accounts":     explaining.ofAccounts,
	"alternatives": explaining.ofAlternatives,
	"clauses":      explaining.ofClauses,
	"provider":     explaining.ofProvider,
	"sensitivity":  explaining.ofSensitivity,
	"solve":        explaining.ofSolve,
	"view":         explaining.ofView,
	"compare":      explaining.ofCompare,
	"value":        explaining.ofValue,
}

// explaining is a loaded deal whose figures are asked for.
type explaining struct {
	src Source
	e   Edits
	d   *deal.Deal
	opt RunOptions
	// figure is the one that is asked for: what takes long is done for it alone.
	figure   string
	question value.Question // of solve
}

// Explain follows a figure of any command to what it comes of. Those of run go by their own
// names (npv.cloud, deficiency.aws-spend.3), those of other commands by the members of their JSON.
// The question is what is asked of solve.
func Explain(src Source, e Edits, d *deal.Deal, opt RunOptions, figure string, question value.Question) (*Explained, error) {
	command, rest, ofCommand := strings.Cut(figure, ".")
	of, ok := explainers[command]
	if !ok || !ofCommand {
		x, err := explainRun(src, e, d, opt).Explain(figure)
		if near := diag.Suggest(command, commandsFollowed()); err != nil && ofCommand && near != "" {
			return nil, Misuse{fmt.Sprintf("there is no figure %s in this deal; did you mean %s.%s?", figure, near, rest)}
		}
		return x, err
	}
	all, err := of(explaining{src, e, d, opt, figure, question})
	if err != nil {
		return nil, err
	}
	names := make([]string, len(all))
	for i, x := range all {
		names[i] = x.name
	}
	if !slices.Contains(names, figure) {
		figure = bare(figure)
	}
	for _, x := range all {
		if x.name == figure && x.explain != nil {
			out, err := x.explain()
			if err == nil {
				out.Name = figure
			}
			return out, err
		}
	}
	hint := command + " --json has the names"
	if near := nearest(figure, names); near != "" {
		hint = "did you mean " + near + "?"
	}
	return nil, Misuse{fmt.Sprintf("%s prints no figure %s for this deal; %s", command, figure, hint)}
}

// commandsFollowed are the commands whose figures have names of their own, in order.
func commandsFollowed() []string { return slices.Sorted(maps.Keys(explainers)) }

// nearest is the name among others that was probably meant, member by member; "" if none is
// near.
func nearest(figure string, names []string) string {
	at := ""
	for word := range strings.SplitSeq(figure, ".") {
		var next []string
		for _, name := range names {
			if rest, ok := strings.CutPrefix(name, at); ok {
				member, _, _ := strings.Cut(rest, ".")
				next = append(next, member)
			}
		}
		if !slices.Contains(next, word) {
			word = diag.Suggest(word, next)
		}
		if word == "" {
			break
		}
		at += word + "."
	}
	if name := strings.TrimSuffix(at, "."); slices.Contains(names, name) {
		return name
	}
	return diag.Suggest(figure, names)
}

// statistics are members that belong to the figure that they stand under, and ends those of
// members beside it.
var statistics, ends = []string{"value", "mean", "se", "margin", "of_means", "p5", "p50", "p95", "undefined_share"}, []string{"_se", "_margin", "_interval"}

// bare is a figure's name without the statistic of it that is meant.
func bare(figure string) string {
	for _, s := range statistics {
		figure = strings.TrimSuffix(figure, "."+s)
	}
	members := strings.Split(figure, ".")
	for i := range members {
		for _, end := range ends {
			members[i] = strings.TrimSuffix(members[i], end)
		}
	}
	return strings.Join(members, ".")
}

// explainRun is a run whose figures can be followed: it has every party's parts, and on the
// mean of sampled paths what each line moves by year.
func explainRun(src Source, e Edits, d *deal.Deal, opt RunOptions) *Run {
	job := paths.NewJob(d, nil).Detailed(rights.Measured(rights.Of(d))).Yearly()
	r := &Run{Source: src, Edits: e, Options: opt, Deal: d, Base: paths.RunBase(job)}
	if opt.Usual && !job.Uncertain() {
		r.Options.Paths = 0
	}
	if r.Options.Paths > 0 {
		r.Sample, r.lasting = sample(job, opt.sampling())
	}
	return r
}

// Explain follows a figure of a run: name, then party, clause and period as far as it has
// them.
func (r *Run) Explain(figure string) (*Explained, error) {
	figure = bare(figure)
	i, err := r.findFigure(figure)
	if err != nil {
		return nil, err
	}
	m := r.measured()[i]
	if r.Sample != nil && m.Name == "default_loss" {
		return r.explainDefaultLoss(i), nil
	}
	return r.explained(m), nil
}

// measured are the measures that the run prints.
func (r *Run) measured() []measure.Measure {
	if r.Sample != nil {
		return r.Sample.Measures
	}
	return r.Base.Measures
}

// findFigure finds the measure that a figure names.
func (r *Run) findFigure(figure string) (int, error) {
	i, err := value.FindFigure(r.measured(), figure)
	var no value.Refusal
	if errors.As(err, &no) {
		return 0, Misuse{no.Says + "; " + no.Hint}
	}
	return i, err
}

// explained is a measure of the run with what it comes of: of a sample, on the mean flows.
func (r *Run) explained(m measure.Measure) *Explained {
	x := &Explained{Name: value.FigureName(&m), Doc: sentence(m.Doc), run: r, measure: m}
	if r.Sample == nil {
		return x.ofBase()
	}
	i, of := measure.Find(r.Sample.Measures, m.Name, m.Party, m.Clause, m.Period), r.Sample
	if r.lasting != nil && measure.Find(r.lasting.Measures, m.Name, m.Party, m.Clause, m.Period) >= 0 && measure.Find(measure.Catalog(r.Base.Job.Setting(true)), m.Name, m.Party, m.Clause, m.Period) < 0 {
		of = r.lasting
		x.note("It is of paths on which the buyer cannot fail.")
	}
	x.sources, x.moves = m.Sources(of.Means), meanMoves(r.Base.Job.Program, of.Means)
	x.sampled(&r.Sample.Estimates[i], r.Sample.OfMeans[i])
	x.flowsNote = "By contract year, undiscounted, on the mean of the paths."
	return x
}

// ofBase is what it comes of in a base run.
func (x *Explained) ofBase() *Explained {
	r, m := x.run, x.measure
	i := measure.Find(r.Base.Measures, m.Name, m.Party, m.Clause, m.Period)
	x.number, x.Text = r.baseNumber(i), r.write(m, r.Base.Values[i])
	if r.Base.Job.Uncertain() {
		x.note("Of a base run, on the mean of every input.")
	}
	if m.Why != nil && math.IsNaN(r.Base.Values[i]) {
		x.note("Not defined here: %s.", m.Why(r.Base.Book))
	}
	x.sources, x.moves = m.Sources(r.Base.Book), r.everyMove()
	return x
}

// sampled says what paths show of the figure, and adds what its parts leave of it: means by
// control variates are not those of the mean flows.
func (x *Explained) sampled(e *measure.Estimate, ofMeans float64) {
	r, m := x.run, x.measure
	x.number = number(r.Deal, m)
	x.number.sampled(m, e)
	at := r.sampledPaths()
	switch {
	case m.Unit.Quotient():
		x.number.OfMeans = finite(ofMeans)
		x.Text = r.write(m, ofMeans)
		x.note("Of the mean flows over %s.", at)
	case e.N == 0:
		x.Text = "undefined"
		x.note("On none of %s is it defined.", at)
	default:
		if x.Text = r.write(m, e.Mean); e.Varies() {
			x.Text += " " + r.plusMinus(m, e)
		}
		x.onPaths()
		x.correct(e.Moments.Mean, e.Mean)
	}
}

// sampledPaths says which paths were sampled.
func (r *Run) sampledPaths() string {
	return fmt.Sprintf("%s sampled paths (seed %d)", unit.FormatCount(r.Sample.Paths), r.Options.Seed)
}

// onPaths says that the figure and what it is made of are means over paths.
func (x *Explained) onPaths() {
	x.note("The mean over %s, and so are the amounts and flows below.", x.run.sampledPaths())
}

// What a mean over paths has that no flow of the mean does.
const (
	beyondMeans    = "what the mean over paths has beyond the mean flows"
	beyondControls = "correction by control variates, whose means are known"
)

// correct adds what makes a sum of mean flows the mean that is printed: first what the plain
// mean over paths has beyond it, then what control variates do to that.
func (x *Explained) correct(plain, mean float64) {
	sum, adds := x.sum()
	if !adds {
		return
	}
	size := 1.0
	for _, s := range x.sources {
		if s.Value != nil {
			size = max(size, math.Abs(s.Value[0]))
		}
	}
	add := func(label string, inputs []string, rest float64) {
		if math.Abs(rest) <= 1e-9*size {
			return
		}
		x.sources = append(x.sources, measure.Source{Label: label, Inputs: inputs, Sign: 1, Value: []float64{rest}, Unit: x.measure.Unit})
		if x.isDifference() {
			x.with, x.without = append(x.with, math.NaN()), append(x.without, math.NaN())
		}
	}
	add(beyondMeans, nil, plain-sum)
	add(beyondControls, x.run.Sample.Controls, mean-plain)
}

// explainDefaultLoss is what default costs the provider: two samples on the same draws.
func (r *Run) explainDefaultLoss(i int) *Explained {
	m := r.Sample.Measures[i]
	npv := r.Sample.Measures[measure.Find(r.Sample.Measures, "npv", m.Party, "", 0)]
	lasting := *r
	lasting.Sample = r.lasting
	x := apart(&lasting, r, npv)
	x.Name, x.measure, x.Doc, x.run = value.FigureName(&m), m, sentence(m.Doc), r
	x.sampled(&r.Sample.Estimates[i], r.Sample.OfMeans[i])
	return x.note("With it stands for a buyer that cannot fail.")
}

// apart is a measure of one run less that of another: its sources and flows in both.
func apart(with, without *Run, m measure.Measure) *Explained {
	x := &Explained{Name: value.FigureName(&m), run: with, measure: m, with: []float64{}, without: []float64{}}
	type key struct{ label, clause, kind string }
	at := map[key]int{}
	for side, r := range []*Run{with, without} {
		for _, s := range r.sourcesOf(m) {
			k := key{s.Label, s.Clause, s.Kind}
			i, known := at[k]
			if !known {
				i = len(x.sources)
				at[k] = i
				add := s
				if s.Value != nil {
					add.Value = []float64{0}
				}
				if add.Sign != 0 {
					add.Sign = 1
				}
				x.sources, x.with, x.without = append(x.sources, add), append(x.with, 0), append(x.without, 0)
			}
			if s.Value == nil {
				continue
			}
			v, sign := s.Value[0], 1.0
			if s.Sign != 0 {
				v = float64(v * s.Sign)
			}
			if side == 0 {
				x.with[i] += v
			} else {
				x.without[i], sign = x.without[i]+v, -1
			}
			x.sources[i].Value[0] += float64(sign * v)
		}
	}
	x.moves, x.beside = with.tracedMoves(), without.tracedMoves()
	x.flowsNote = "By contract year and undiscounted: with it less without, of those that differ."
	x.madeNote = "Present values at the riskless rate, in each of two runs on the same draws, and what one has more than the other."
	return x.onlyDiffering()
}

// onlyDiffering leaves out what is the same in both runs.
func (x *Explained) onlyDiffering() *Explained {
	keep := func(k int) bool {
		s := x.sources[k]
		return s.Value == nil || math.Abs(s.Value[0]) > max(s.Unit.Nothing(), 1e-12*math.Abs(x.with[k]))
	}
	n := 0
	for k := range x.sources {
		if keep(k) {
			x.sources[n], x.with[n], x.without[n] = x.sources[k], x.with[k], x.without[k]
			n++
		}
	}
	x.sources, x.with, x.without = x.sources[:n], x.with[:n], x.without[:n]
	return x
}

// sourcesOf are a measure's in the run; none where the run's deal has no such measure.
func (r *Run) sourcesOf(m measure.Measure) []measure.Source {
	all := r.measured()
	i := slices.IndexFunc(all, func(o measure.Measure) bool { return o.Key() == m.Key() && o.Period == m.Period })
	if i < 0 {
		return nil
	}
	if r.Sample != nil {
		return all[i].Sources(r.Sample.Means)
	}
	return all[i].Sources(r.Base.Book)
}

// tracedMoves are the flows of the run: of a sample, on the mean of its paths.
func (r *Run) tracedMoves() []move {
	if r.Sample != nil {
		return meanMoves(r.Base.Job.Program, r.Sample.Means)
	}
	return r.everyMove()
}
