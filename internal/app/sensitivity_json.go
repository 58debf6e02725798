// SPDX-License-Identifier: Apache-2.0

package app

import (
	"offtake/internal/value"
	"offtake/internal/value/estimate"
	"offtake/internal/value/root"
)

// SensitivityResult is what sensitivity --json prints.
type SensitivityResult struct {
	Deal     DealID       `json:"deal"`
	Run      AnalysisID   `json:"run"`
	Move     float64      `json:"move"`
	Figures  []FigureNow  `json:"figures"`
	Inputs   []MovedInput `json:"inputs"`
	Fixed    []FixedInput `json:"fixed"`
	Variance []Influence  `json:"variance"`
	Turns    []TurnJSON   `json:"turns"`
	// Verdict is that of the means under all views of the provider's cost.
	Verdict value.Verdict `json:"verdict,omitempty"`
}

// FigureNow is a figure as the file has the deal.
type FigureNow struct {
	Figure string   `json:"figure"`
	Unit   string   `json:"unit"`
	Value  *float64 `json:"value"`
	SE     *float64 `json:"se"`
}

// MovedInput is an input with what moving it does to each figure, in their order.
type MovedInput struct {
	Name      string       `json:"name"`
	Paths     []string     `json:"paths"`
	Unit      string       `json:"unit"`
	Uncertain bool         `json:"uncertain"`
	Reason    string       `json:"reason,omitempty"`
	Now       []float64    `json:"now"`
	Low       []float64    `json:"low"`
	High      []float64    `json:"high"`
	Effects   []EffectJSON `json:"effects"`
	Invalid   string       `json:"invalid,omitempty"`
}

// EffectJSON is what moving an input does to one figure.
type EffectJSON struct {
	Figure string   `json:"figure"`
	Low    *float64 `json:"low"`
	LowSE  *float64 `json:"low_se"`
	High   *float64 `json:"high"`
	HighSE *float64 `json:"high_se"`
}

// FixedInput is an assumption that was not moved.
type FixedInput struct {
	Name string `json:"name"`
	Why  string `json:"why"`
}

// Influence is where the variance of a figure comes from.
type Influence struct {
	Figure       string        `json:"figure"`
	SD           float64       `json:"sd"`
	Of           []IndexJSON   `json:"of"`
	ShapleyPaths int           `json:"shapley_paths,omitempty"`
	Shapley      []ShapleyJSON `json:"shapley"`
}

// IndexJSON is one draw's indices.
type IndexJSON struct {
	Name    string  `json:"name"`
	First   float64 `json:"first"`
	FirstSE float64 `json:"first_se"`
	Total   float64 `json:"total"`
	TotalSE float64 `json:"total_se"`
}

// ShapleyJSON is one Shapley effect.
type ShapleyJSON struct {
	Name   string  `json:"name"`
	Effect float64 `json:"effect"`
	SE     float64 `json:"se"`
}

// TurnJSON is where an input turns the first figure; of a table its numbers are multiples.
type TurnJSON struct {
	Name    string     `json:"name"`
	From    float64    `json:"from"`
	To      float64    `json:"to"`
	Now     float64    `json:"now"`
	Below   *TurnPoint `json:"below,omitempty"`
	Above   *TurnPoint `json:"above,omitempty"`
	Lowest  *float64   `json:"lowest"`
	Highest *float64   `json:"highest"`
	Says    string     `json:"says"`
	// Views are of the provider's net present value under each view of its cost, and Verdict of all together.
	Views   []ViewTurn   `json:"views,omitempty"`
	Verdict *VerdictTurn `json:"verdict,omitempty"`
}

// ViewTurn is where an input turns the provider's net present value under one view of its cost.
type ViewTurn struct {
	Cost   string     `json:"cost"`
	Figure string     `json:"figure"`
	Below  *TurnPoint `json:"below,omitempty"`
	Above  *TurnPoint `json:"above,omitempty"`
}

// VerdictTurn is where the verdict becomes another one.
type VerdictTurn struct {
	Below *VerdictPoint `json:"below,omitempty"`
	Above *VerdictPoint `json:"above,omitempty"`
}

// VerdictPoint is one of these places.
type VerdictPoint struct {
	TurnPoint
	Verdict value.Verdict `json:"verdict"`
}

// TurnPoint is a place at which the figure changes its sign.
type TurnPoint struct {
	Value float64  `json:"value"`
	SE    *float64 `json:"se,omitempty"`
}

// JSON is the answer as data.
func (s *Sensitive) JSON() SensitivityResult {
	out := SensitivityResult{Deal: dealID(s.Deal, s.Source, s.Edits), Run: analysisID(s.Paths, s.Seed, s.Runs, s.Stopped), Move: s.Move,
		Inputs: []MovedInput{}, Fixed: []FixedInput{}, Variance: []Influence{}, Turns: []TurnJSON{}, Verdict: s.Verdict()}
	for k := range s.On {
		out.Figures = append(out.Figures, FigureNow{value.FigureName(&s.On[k]), number(s.Deal, s.On[k]).Unit, finite(shown(s.On[k], s.Now[k].Value)), finite(shown(s.On[k], s.Now[k].Error))})
	}
	for i := range s.Effects {
		out.Inputs = append(out.Inputs, s.inputJSON(&s.Effects[i]))
	}
	for _, f := range s.Fixed {
		out.Fixed = append(out.Fixed, FixedInput{f.Name, f.Why})
	}
	for i := range s.Shares {
		out.Variance = append(out.Variance, influence(&s.Shares[i]))
	}
	for i := range s.Turns {
		out.Turns = append(out.Turns, s.turnJSON(&s.Turns[i]))
	}
	return out
}

func (s *Sensitive) inputJSON(e *value.Effect) MovedInput {
	in := &e.Input
	out := MovedInput{Name: in.Name, Unit: variableUnit(s.Deal, &in.Variables[0]), Uncertain: in.Uncertain, Reason: in.Reason}
	for k := range in.Variables {
		v := &in.Variables[k]
		out.Paths, out.Now = append(out.Paths, v.Path), append(out.Now, variableNumber(v, v.Value))
		out.Low, out.High = append(out.Low, variableNumber(v, in.Low[k])), append(out.High, variableNumber(v, in.High[k]))
	}
	for k, m := range s.On {
		at := func(x float64) *float64 { return finite(shown(m, x)) }
		se := func(x estimate.Estimate) *float64 {
			if x.Mean != x.Mean {
				return nil
			}
			return at(x.Error)
		}
		out.Effects = append(out.Effects, EffectJSON{value.FigureName(&m), at(e.Low[k].Mean), se(e.Low[k]), at(e.High[k].Mean), se(e.High[k])})
	}
	if e.Fault != nil {
		out.Invalid = e.Fault.Message
	}
	return out
}

func influence(x *value.VarianceShares) Influence {
	out := Influence{Figure: value.FigureName(&x.Of), SD: shown(x.Of, x.Spread), ShapleyPaths: x.Paths, Of: []IndexJSON{}, Shapley: []ShapleyJSON{}}
	for _, d := range x.Draws {
		out.Of = append(out.Of, IndexJSON{string(d.Draw), d.First.Mean, d.First.Error, d.Total.Mean, d.Total.Error})
	}
	for i, e := range x.Shapley {
		out.Shapley = append(out.Shapley, ShapleyJSON{x.Players[i], e.Mean, e.Error})
	}
	return out
}

func (s *Sensitive) turnJSON(t *value.Turn) TurnJSON {
	of := func(x float64) float64 { return turnNumber(t, x) }
	point := func(r *root.Root) *TurnPoint {
		if r == nil {
			return nil
		}
		return &TurnPoint{of(r.X), finite(of(r.Error))}
	}
	below, above := t.Nearest()
	out := TurnJSON{Name: t.Input.Name, From: of(t.From), To: of(t.To), Now: of(t.Now), Below: point(below), Above: point(above),
		Lowest: finite(shown(s.On[0], t.Roots.Lowest)), Highest: finite(shown(s.On[0], t.Roots.Highest)), Says: s.sentence(t)}
	for k := range s.Views {
		below, above := t.NearestIf(k)
		out.Views = append(out.Views, ViewTurn{s.Views[k].Cost, value.FigureName(&s.Views[k].Of), point(below), point(above)})
	}
	changed := func(c *value.Change) *VerdictPoint {
		if c == nil {
			return nil
		}
		return &VerdictPoint{*point(c.At), c.Verdict}
	}
	if below, above := s.Changes(t); below != nil || above != nil {
		out.Verdict = &VerdictTurn{changed(below), changed(above)}
	}
	return out
}

// turnNumber is a place as it is printed: of a table, a multiple.
func turnNumber(t *value.Turn, x float64) float64 {
	if len(t.Input.Variables) == 1 {
		return variableNumber(&t.Input.Variables[0], x)
	}
	return x
}
