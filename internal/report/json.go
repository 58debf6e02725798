// SPDX-License-Identifier: Apache-2.0

package report

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
)

// MarshalJSON writes each block as an object whose first member is its kind.
func (s Section) MarshalJSON() ([]byte, error) {
	blocks := make([]json.RawMessage, len(s.Blocks))
	for i, b := range s.Blocks {
		text, err := json.Marshal(b)
		if err != nil {
			return nil, fmt.Errorf("block %d of section %q: %w", i, s.Title, err)
		}
		blocks[i] = slices.Concat([]byte(`{"kind":"`+b.kind()+`",`), text[len("{"):])
	}
	return json.Marshal(struct {
		Title  string            `json:"title"`
		Note   string            `json:"note,omitempty"`
		Role   Role              `json:"role,omitempty"`
		Blocks []json.RawMessage `json:"blocks"`
	}{s.Title, s.Note, s.Role, blocks})
}

// MarshalJSON writes what JSON has no number for as null.
func (s Series) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Name   string     `json:"name"`
		X      []*float64 `json:"x"`
		Y      []*float64 `json:"y"`
		Marker string     `json:"marker,omitempty"`
	}{s.Name, nullable(s.X), nullable(s.Y), s.Marker})
}

// MarshalJSON writes a place that JSON has no number for as null.
func (m Mark) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		X     *float64 `json:"x"`
		Label string   `json:"label"`
	}{nullable([]float64{m.X})[0], m.Label})
}

// MarshalJSON writes an amount that JSON has no number for as null.
func (b Bar) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Label  string   `json:"label"`
		Value  string   `json:"value"`
		Amount *float64 `json:"amount"`
		Total  bool     `json:"total,omitempty"`
		Behind
	}{b.Label, b.Value, nullable([]float64{b.Amount})[0], b.Total, b.Behind})
}

// nullable points at the numbers that JSON can write; nil stands for the others.
func nullable(xs []float64) []*float64 {
	numbers := make([]*float64, len(xs))
	for i := range xs {
		if !math.IsNaN(xs[i]) && !math.IsInf(xs[i], 0) {
			numbers[i] = &xs[i]
		}
	}
	return numbers
}

// MarshalJSON writes what JSON has no number for as null.
func (f Fan) MarshalJSON() ([]byte, error) {
	type plain Fan
	return json.Marshal(struct {
		plain
		At   []*float64 `json:"at"`
		Mean []*float64 `json:"mean,omitempty"`
	}{plain(f), nullable(f.At), nullable(f.Mean)})
}

// MarshalJSON writes what JSON has no number for as null.
func (q Quantile) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Level *float64   `json:"level"`
		Y     []*float64 `json:"y"`
	}{nullable([]float64{q.Level})[0], nullable(q.Y)})
}

// MarshalJSON writes what JSON has no number for as null.
func (d Distribution) MarshalJSON() ([]byte, error) {
	type plain Distribution
	marks := nullable([]float64{d.Mean, d.Low, d.High})
	return json.Marshal(struct {
		plain
		Edges  []*float64 `json:"edges"`
		Shares []*float64 `json:"shares"`
		Mean   *float64   `json:"mean"`
		Low    *float64   `json:"low"`
		High   *float64   `json:"high"`
	}{plain(d), nullable(d.Edges), nullable(d.Shares), marks[0], marks[1], marks[2]})
}

// MarshalJSON writes what JSON has no number for as null.
func (w Whisker) MarshalJSON() ([]byte, error) {
	type plain Whisker
	x := nullable([]float64{w.Amount, w.Low, w.High})
	return json.Marshal(struct {
		plain
		Amount *float64 `json:"amount"`
		Low    *float64 `json:"low"`
		High   *float64 `json:"high"`
	}{plain(w), x[0], x[1], x[2]})
}
