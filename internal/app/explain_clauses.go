// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"math"
	"strings"
	"sync"

	"offtake/internal/measure"
	"offtake/internal/value"
	"offtake/internal/value/estimate"
)

// clauseParts are the clauses' worths with what they are made of, once for all figures.
type clauseParts struct {
	explaining
	run   *Run // base: terms and inputs
	found func() (*value.ClauseParts, error)
}

// ofClauses are the figures of clauses. Nothing is run before one is followed.
func (q explaining) ofClauses() ([]printed, error) {
	opt := UsualClauses()
	opt.Seed, opt.Workers, opt.Proceed = q.opt.Seed, q.opt.Workers, q.opt.Proceed
	if !q.opt.Usual {
		if opt.Paths = q.opt.Paths; opt.Paths < 2 {
			return nil, Misuse{"clauses are valued on sampled paths: give --paths"}
		}
	}
	q.opt.Paths, q.opt.Usual = opt.Paths, false
	seated, err := value.Seats(q.d, opt)
	if err != nil {
		return nil, Misuse{err.Error()}
	}
	c := &clauseParts{q, explainRun(q.src, q.e, q.d, RunOptions{Seed: opt.Seed}), sync.OnceValues(func() (*value.ClauseParts, error) { return value.PartsOfClauses(q.d, opt) })}
	out := []printed{c.ofRun("pv_spend", "pv_spend")}
	for h, party := range value.Holders(q.d) {
		name, to := "whole."+party+".", "to "+holderName(q.d, party)
		out = append(out,
			c.figure(name+"nothing_agreed", h, nil, value.OfNobody(), func(x *value.Clauses) estimate.Estimate { return x.Division.Parties[h].Nobody },
				"What nothing agreed is worth "+to, "Every clause is switched off, and in its place stands what the parties would have had instead."),
			c.figure(name+"all_add", h, nil, value.OfAll(), func(x *value.Clauses) estimate.Estimate { return x.Division.Parties[h].Total },
				"What all clauses add "+to, "With it stands for all of them agreed, and without for none."),
			c.ofRun(name+"as_written", "npv."+party))
		for i, p := range seated {
			out = append(out, c.ofPlayer(h, i, p, to)...)
			for j := range i {
				if opt.Exact < len(seated) {
					continue
				}
				out = append(out, c.figure("pairs."+seated[j].Name+"."+p.Name+"."+party+".interaction", h, append(seated[j].Clauses, p.Clauses...), value.OfPair(i, j),
					func(x *value.Clauses) estimate.Estimate { return x.Division.Parties[h].Pairs[i][j] },
					fmt.Sprintf("What %s and %s add to each other %s", seated[j].Name, p.Name, to),
					"With it stands for both or neither of the two, and without for one of them, weighted over what else may be agreed (Shapley interaction)."))
			}
		}
	}
	return out, nil
}

// ofPlayer are what a clause, or a group, is worth to a holder.
func (c *clauseParts) ofPlayer(h, i int, p value.Player, to string) []printed {
	at := "clauses." + p.Name + "." + value.Holders(c.d)[h] + "."
	return []printed{
		c.figure(at+"worth", h, p.Clauses, value.OfWorth(i), func(x *value.Clauses) estimate.Estimate { return x.Division.Parties[h].Shapley[i] },
			fmt.Sprintf("What %s adds %s, averaged over all orders in which the clauses might be agreed (Shapley value)", p.Name, to),
			"With it stands for the mean over the orders once it is agreed, and without for that just before."),
		c.figure(at+"alone", h, p.Clauses, value.OfAlone(i), func(x *value.Clauses) estimate.Estimate { return x.Division.Parties[h].Alone[i] },
			fmt.Sprintf("What %s adds %s where nothing else is agreed", p.Name, to), ""),
		c.figure(at+"last", h, p.Clauses, value.OfLast(i), func(x *value.Clauses) estimate.Estimate { return x.Division.Parties[h].Last[i] },
			fmt.Sprintf("What %s adds %s where all else is agreed", p.Name, to), ""),
	}
}

// ofRun is a figure of the deal as it is written, on the paths of clauses.
func (c *clauseParts) ofRun(name, figure string) printed {
	return printed{"clauses." + name, func() (*Explained, error) { return explainRun(c.src, c.e, c.d, c.opt).Explain(figure) }}
}

// figure is one number of the game, to a holder.
func (c *clauseParts) figure(name string, holder int, clauses []string, of value.ClauseNumber, known func(*value.Clauses) estimate.Estimate, doc, note string) printed {
	return printed{"clauses." + name, func() (*Explained, error) {
		found, err := c.found()
		if err != nil {
			return nil, Misuse{err.Error()}
		}
		m := measure.Measure{Name: name, Party: found.Holders[holder], Unit: measure.Money}
		if len(clauses) == 1 {
			m.Clause = clauses[0]
		}
		x := &Explained{Doc: doc + ".", run: c.run, measure: m, number: number(c.d, m), with: []float64{}, without: []float64{}}
		x.estimated(known(found.Clauses))
		parts, flows := found.Follow(of, holder)
		for _, p := range parts {
			s := measure.Source{Label: p.Label, Clause: p.Clause, Kind: p.Kind, Inputs: p.Inputs, Sign: 1, Value: []float64{p.With - p.Without}, Unit: measure.Money}
			if p.Controls {
				s.Label = beyondControls
			} else if p.Rest {
				s.Label = beyondMeans
			}
			x.sources, x.with, x.without = append(x.sources, s), append(x.with, p.With), append(x.without, p.Without)
		}
		for i := range flows {
			f := &flows[i]
			x.moves, x.beside = append(x.moves, move{&f.Line, f.With}), append(x.beside, move{&f.Line, f.Without})
		}
		for _, id := range clauses {
			x.sources, x.with, x.without = append(x.sources, measure.Source{Label: "terms", Clause: id}), append(x.with, 0), append(x.without, 0)
		}
		x.madeNote = "Present values at the riskless rate, means of the paths of each run, and what one side has more than the other."
		x.flowsNote = "By contract year and undiscounted, on the mean of the paths: with it less without, of those that differ."
		if strings.HasSuffix(name, "nothing_agreed") {
			x.with, x.without, x.beside = nil, nil, nil
			x.madeNote, x.flowsNote = "", "By contract year, undiscounted, on the mean of the paths."
		} else {
			x.onlyDiffering()
		}
		if note != "" {
			x.note("%s", note)
		}
		if found.Rules != nil {
			x.note("In each run %s chooses by the rule that is best for its other holders.", c.d.Name(c.d.Buyer()))
		}
		return x, nil
	}}
}

// estimated says a mean over paths with its error.
func (x *Explained) estimated(e estimate.Estimate) {
	x.number.Mean, x.number.SE, x.number.Margin = finite(shown(x.measure, e.Mean)), finite(shown(x.measure, e.Error)), finite(shown(x.measure, e.Margin))
	if x.Text = x.run.write(x.measure, e.Mean); !math.IsNaN(e.Margin) {
		x.Text += " ± " + x.run.write(x.measure, e.Margin)
	}
}
