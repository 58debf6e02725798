// SPDX-License-Identifier: Apache-2.0

package app

import (
	"offtake/internal/deal"
	"offtake/internal/field"
	"offtake/internal/measure"
	"offtake/internal/unit"
)

// SolveResult is what solve --json prints.
type SolveResult struct {
	Deal       DealID          `json:"deal"`
	Run        AnalysisID      `json:"run"`
	Unknowns   []UnknownJSON   `json:"unknowns"`
	Conditions []ConditionJSON `json:"conditions"`
	Answer     string          `json:"answer"` // none, one, several, touches or jumps
	Says       string          `json:"says"`
	Lowest     *float64        `json:"lowest,omitempty"`
	Highest    *float64        `json:"highest,omitempty"`
	Roots      []RootJSON      `json:"roots"`
	Zero       [][]float64     `json:"zero,omitempty"`
	Invalid    []InvalidJSON   `json:"invalid,omitempty"`
	Nearest    []float64       `json:"nearest,omitempty"`
	Points     []PointJSON     `json:"points,omitempty"`
}

// AnalysisID says how an analysis of many runs was made.
type AnalysisID struct {
	Kind    string `json:"kind"` // base or sampled
	Paths   int    `json:"paths,omitempty"`
	Seed    uint64 `json:"seed,omitempty"`
	Runs    int    `json:"runs"`
	Stopped bool   `json:"stopped,omitempty"`
}

func analysisID(paths int, seed uint64, runs int, stopped bool) AnalysisID {
	out := AnalysisID{Kind: "base", Runs: runs, Stopped: stopped}
	if paths > 0 {
		out.Kind, out.Paths, out.Seed = "sampled", paths, seed
	}
	return out
}

// UnknownJSON is a term that is looked for.
type UnknownJSON struct {
	Path      string   `json:"path"`
	Unit      string   `json:"unit"`
	Text      string   `json:"text,omitempty"`
	Now       *float64 `json:"now,omitempty"`
	Uncertain bool     `json:"uncertain,omitempty"`
	Low       float64  `json:"low"`
	High      float64  `json:"high"`
	Because   string   `json:"because"`
}

// ConditionJSON is a condition with what is left of it as the file has the deal.
type ConditionJSON struct {
	Text string   `json:"text"`
	Unit string   `json:"unit"`
	Now  *float64 `json:"now,omitempty"`
}

// RootJSON is a root, or a solution of several unknowns.
type RootJSON struct {
	Values  []float64  `json:"values"` // of the unknowns, in their order
	SE      []*float64 `json:"se"`
	Set     []string   `json:"set"` // PATH=VALUE, as --set takes it
	Touches bool       `json:"touches,omitempty"`
	Jumps   bool       `json:"jumps,omitempty"`
	Left    []float64  `json:"left"` // of each condition, when run again
	LeftSE  []float64  `json:"left_se"`
	Holds   []bool     `json:"holds"`
}

// InvalidJSON is a stretch in which the deal is none.
type InvalidJSON struct {
	Low     float64 `json:"low"`
	High    float64 `json:"high"`
	Code    string  `json:"code"`
	Message string  `json:"message"`
}

// PointJSON is one value of the unknown that was run.
type PointJSON struct {
	Value float64 `json:"value"`
	Left  float64 `json:"left"`
	SE    float64 `json:"se"`
}

// variableNumber is a number of a variable as JSON has it: amounts in units of the currency.
func variableNumber(v *deal.Variable, x float64) float64 {
	if v.Kind == field.Money {
		return x / unit.MinorPerMajor
	}
	return x
}

// variableUnit is what those numbers are in.
func variableUnit(d *deal.Deal, v *deal.Variable) string {
	switch v.Kind {
	case field.Money:
		return d.Currency.Code
	case field.Rate:
		return "rate"
	case field.Span:
		return "years"
	}
	return "number"
}

// JSON is the answer as data.
func (s *Solved) JSON() SolveResult {
	out := SolveResult{Deal: dealID(s.Deal, s.Source, s.Edits), Run: analysisID(s.Paths, s.Seed, s.Runs, s.Stopped), Says: s.Verdict(), Roots: []RootJSON{}}
	for i := range s.Unknowns {
		u := &s.Unknowns[i]
		x := UnknownJSON{Path: u.Path, Unit: variableUnit(s.Deal, &u.Variable), Text: u.Text, Uncertain: u.Uncertain,
			Low: variableNumber(&u.Variable, u.Lo), High: variableNumber(&u.Variable, u.Hi), Because: u.Why}
		x.Now = finite(variableNumber(&u.Variable, u.Value))
		out.Unknowns = append(out.Unknowns, x)
	}
	for i := range s.Conditions {
		c := ConditionJSON{Text: s.Conditions[i].Text, Unit: number(s.Deal, measure.Measure{Unit: s.Conditions[i].Left.Unit()}).Unit}
		if s.Now != nil {
			c.Now = finite(s.shown(i, s.Now.Gaps[i].Value))
		}
		out.Conditions = append(out.Conditions, c)
	}
	for i := range s.Checks {
		out.Roots = append(out.Roots, s.rootJSON(i))
	}
	if len(s.Unknowns) > 1 {
		s.severalJSON(&out)
		return out
	}
	out.Answer = string(s.Roots.Answer())
	if s.Stopped {
		out.Answer = "stopped"
	}
	s.oneJSON(&out, &s.Unknowns[0].Variable)
	return out
}

func (s *Solved) severalJSON(out *SolveResult) {
	out.Answer = map[bool]string{true: "several", false: "one"}[len(s.Checks) > 1]
	if len(s.Checks) == 0 {
		out.Answer = "none"
		if n := s.System.Nearest; n != nil {
			for i, x := range n.X {
				out.Nearest = append(out.Nearest, variableNumber(&s.Unknowns[i].Variable, x))
			}
		}
	}
}

func (s *Solved) oneJSON(out *SolveResult, v *deal.Variable) {
	out.Lowest, out.Highest = finite(s.shown(0, s.Roots.Lowest)), finite(s.shown(0, s.Roots.Highest))
	for _, z := range s.Roots.Zero {
		out.Zero = append(out.Zero, []float64{variableNumber(v, z.Lo), variableNumber(v, z.Hi)})
	}
	for _, x := range s.Invalid {
		out.Invalid = append(out.Invalid, InvalidJSON{variableNumber(v, x.Lo), variableNumber(v, x.Hi), x.Fault.Code, x.Fault.Message})
	}
	for _, p := range s.Points {
		out.Points = append(out.Points, PointJSON{variableNumber(v, p.X), s.shown(0, p.Y), s.shown(0, p.Error)})
	}
}

// shown is what is left of a condition as JSON has it.
func (s *Solved) shown(condition int, x float64) float64 {
	return shown(measure.Measure{Unit: s.Conditions[condition].Left.Unit()}, x)
}

func (s *Solved) rootJSON(i int) RootJSON {
	c := s.Checks[i]
	out := RootJSON{Holds: c.Holds}
	for k, x := range c.X {
		v := &s.Unknowns[k].Variable
		out.Values, out.Set = append(out.Values, variableNumber(v, x)), append(out.Set, c.Edits[k].Path+"="+c.Edits[k].Text)
		out.SE = append(out.SE, s.errorOf(i, k, v))
	}
	for k, g := range c.Gaps {
		out.Left, out.LeftSE = append(out.Left, s.shown(k, g.Value)), append(out.LeftSE, s.shown(k, g.Error))
	}
	if len(s.Unknowns) == 1 && i < len(s.Roots.Roots) {
		out.Touches, out.Jumps = s.Roots.Roots[i].Touches, s.Roots.Roots[i].Jumps
	}
	return out
}

// errorOf is the standard error of an unknown at a root; nil where it is not known.
func (s *Solved) errorOf(root, unknown int, v *deal.Variable) *float64 {
	if e := s.Checks[root].Errors; e != nil {
		return finite(variableNumber(v, e[unknown]))
	}
	return nil
}
