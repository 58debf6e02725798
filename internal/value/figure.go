// SPDX-License-Identifier: Apache-2.0

package value

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"offtake/internal/diag"
	"offtake/internal/measure"
)

// A Refusal says why a question cannot be asked of a deal, and what could be asked instead.
type Refusal struct{ Says, Hint string }

// Error is both on one line.
func (r Refusal) Error() string {
	if r.Hint == "" {
		return r.Says
	}
	return r.Says + " (" + r.Hint + ")"
}

func refuse(hint, format string, args ...any) error {
	return Refusal{fmt.Sprintf(format, args...), hint}
}

// FigureName is how a figure is asked for: its key, then its period.
func FigureName(m *measure.Measure) string {
	if m.Period > 0 {
		return m.Key() + "." + strconv.Itoa(m.Period)
	}
	return m.Key()
}

// FindFigure finds the measure that a figure names, such as npv.cloud or
// deficiency.aws-spend.3; the party or clause may be left out where only one has it.
// The error is a Refusal, whose hint names what is near.
func FindFigure(measures []measure.Measure, figure string) (int, error) {
	var names, akin []string
	var close []int
	for i := range measures {
		m := &measures[i]
		name := FigureName(m)
		if name == figure {
			return i, nil
		}
		names = append(names, name)
		if m.Name == strings.Split(figure, ".")[0] {
			akin = append(akin, name)
			if matches(m, figure) {
				close = append(close, i)
			}
		}
	}
	switch {
	case len(close) == 1:
		return close[0], nil
	case len(close) > 1:
		return 0, refuse("name one of them", "%s is several figures: %s", figure, strings.Join(firstFew(close, names), ", "))
	}
	hint := "run --json names them all"
	if near := diag.Suggest(figure, names); near != "" {
		hint = "did you mean " + near + "?"
	} else if len(akin) > 0 {
		hint = "of that kind it has " + strings.Join(firstFew(nil, akin), ", ")
	}
	return 0, refuse(hint, "there is no figure %s in this deal", figure)
}

// matches tells whether what follows a figure's name fits the measure.
func matches(m *measure.Measure, figure string) bool {
	for _, part := range strings.Split(figure, ".")[1:] {
		if part != m.Party && part != m.Clause && part != strconv.Itoa(m.Period) {
			return false
		}
	}
	return true
}

// firstFew are the first of some names, at the places given or all, and how many more there are.
func firstFew(at []int, names []string) []string {
	const most = 8
	var out []string
	for _, i := range at {
		out = append(out, names[i])
	}
	if at == nil {
		out = slices.Clone(names)
	}
	if len(out) > most {
		out = append(out[:most:most], fmt.Sprintf("and %d more", len(out)-most))
	}
	return out
}
