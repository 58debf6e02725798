// SPDX-License-Identifier: Apache-2.0

package value

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"offtake/internal/measure"
	"offtake/internal/paths"
	"offtake/internal/unit"
)

// A Statistic is what is read off a measure's values on paths.
type Statistic int

// The statistics.
const (
	Whole    Statistic = iota // the measure as reports have it: a mean, or a ratio or rate of the mean flows
	Quantile                  // a quantile of paths
	Chance                    // the share of paths on which it is not zero
	Below                     // the share of paths on which it is below a number
	Above                     // likewise above
)

// A Quantity is a number that is read off a run, or stated.
type Quantity struct {
	Text    string
	Stated  bool    // Number is all
	Number  float64 // the number stated, or that a chance is about; in the measure's unit, money in cents
	Of      Statistic
	Level   float64 // of a quantile
	Measure measure.Measure
}

// Unit is what the quantity is counted in: a chance is a rate.
func (q *Quantity) Unit() measure.Unit {
	if q.Of >= Chance {
		return measure.Rate
	}
	return q.Measure.Unit
}

// counted tells that the quantity is read off single paths, and so goes in steps.
func (q *Quantity) counted() bool { return q.Of != Whole }

// A Condition is that two quantities of a deal be equal.
type Condition struct {
	Text        string
	Left, Right Quantity
}

// reader reads conditions on one job.
type reader struct {
	job      *paths.Job
	sampled  bool
	measures []measure.Measure
}

func newReader(j *paths.Job, sampled bool) *reader {
	return &reader{j, sampled, measure.Catalog(j.Setting(sampled))}
}

// condition reads "npv.lab = 0". The error is a Refusal.
func (r *reader) condition(text string) (Condition, error) {
	c := Condition{Text: strings.TrimSpace(text)}
	left, right, ok := cutEquals(text)
	if !ok || left == "" || right == "" {
		return c, refuse("write FIGURE = VALUE, such as 'npv.lab = 0' or 'npv.lab = npv.cloud'", "%q is no equation", c.Text)
	}
	if _, err := strconv.ParseFloat(left, 64); err == nil {
		return c, refuse("write the figure first: "+right+" = "+left, "%s is a number, and no figure of the deal", left)
	}
	var err error
	if c.Left, err = r.quantity(left); err != nil {
		return c, err
	}
	c.Right = Quantity{Text: right, Stated: true, Measure: c.Left.Measure, Of: c.Left.Of}
	number, parse := r.number(c.Left.Unit(), right)
	if parse == nil {
		c.Right.Number = number
		return c, plausible(c.Left, number, right)
	}
	if !nameLike.MatchString(right) {
		return c, parse
	}
	if c.Right, err = r.quantity(right); err != nil {
		return c, err
	}
	if c.Left.Unit() != c.Right.Unit() {
		return c, refuse("set a figure against one of its own unit", "%s is in %s, and %s in %s", left, c.Left.Unit(), right, c.Right.Unit())
	}
	return c, nil
}

// plausible refuses a chance that is none.
func plausible(q Quantity, x float64, text string) error {
	if q.Of >= Chance && !(x > 0 && x < 1) {
		return refuse("give one above 0% and below 100%", "a chance of %s is not found by paths", text)
	}
	return nil
}

// cutEquals cuts a text at its equals sign.
func cutEquals(text string) (left, right string, ok bool) {
	if strings.Count(text, "=") != 1 || strings.Contains(text, "<=") || strings.Contains(text, ">=") {
		return "", "", false
	}
	left, right, ok = strings.Cut(text, "=")
	return strings.TrimSpace(left), strings.TrimSpace(right), ok
}

var (
	nameLike   = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*([.(].*)?$`)
	called     = regexp.MustCompile(`^([a-z]+[0-9.]*)\s*\((.*)\)$`)
	percentile = regexp.MustCompile(`^p([0-9]+(?:\.[0-9]+)?)$`)
	compared   = regexp.MustCompile(`^(.*?)\s*([<>])\s*(.+)$`)
)

// quantity reads what may stand on either side.
func (r *reader) quantity(text string) (Quantity, error) {
	q := Quantity{Text: text}
	call := called.FindStringSubmatch(text)
	if call == nil {
		i, err := FindFigure(r.measures, text)
		if err == nil {
			q.Measure = r.measures[i]
		}
		return q, err
	}
	if !r.sampled {
		return q, refuse("ask for some paths", "%s is read off paths, and a base run has none", text)
	}
	inside := strings.TrimSpace(call[2])
	switch level := percentile.FindStringSubmatch(call[1]); {
	case level != nil:
		q.Of = Quantile
		x, err := strconv.ParseFloat(level[1], 64)
		if q.Level = x / 100; err != nil || q.Level <= 0 || q.Level >= 1 {
			return q, refuse("quantiles are p5, p50 or p97.5", "%s is none between 0%% and 100%%", call[1])
		}
	case call[1] == "chance":
		q.Of = Chance
		if part := compared.FindStringSubmatch(inside); part != nil {
			return r.beyond(q, part)
		}
	default:
		return q, refuse("write p5(FIGURE) for a quantile, chance(FIGURE) or chance(FIGURE < NUMBER)", "nothing is called %s", call[1])
	}
	i, err := FindFigure(r.measures, inside)
	if err == nil {
		q.Measure = r.measures[i]
	}
	return q, err
}

// beyond reads chance(FIGURE < NUMBER).
func (r *reader) beyond(q Quantity, part []string) (Quantity, error) {
	i, err := FindFigure(r.measures, part[1])
	if err != nil {
		return q, err
	}
	if q.Of = Below; part[2] == ">" {
		q.Of = Above
	}
	q.Measure = r.measures[i]
	q.Number, err = r.number(q.Measure.Unit, part[3])
	return q, err
}

// number reads a value in a unit; the error is a Refusal.
func (r *reader) number(u measure.Unit, text string) (float64, error) {
	var x float64
	var err error
	switch currency := r.job.Deal.Currency; u {
	case measure.Money, measure.Price:
		var a unit.Amount
		a, err = unit.ParseMoneyIn(text, currency)
		x = a.Value
	case measure.Rate:
		x, err = unit.ParseRate(text)
	default:
		var a unit.Amount
		a, err = unit.ParseNumber(text)
		x = a.Value
	}
	if e, ok := err.(*unit.Error); ok {
		return 0, refuse(e.Hint, "%q %s", text, e.Problem)
	}
	return x, err
}

// wants are the measures that conditions ask for.
func wants(all []Condition) func(*measure.Measure) bool {
	var names []string
	for _, c := range all {
		for _, q := range []Quantity{c.Left, c.Right} {
			if !q.Stated {
				names = append(names, FigureName(&q.Measure))
			}
		}
	}
	return func(m *measure.Measure) bool { return slices.Contains(names, FigureName(m)) }
}
