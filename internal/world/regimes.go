// SPDX-License-Identifier: Apache-2.0

package world

import (
	"fmt"
	"slices"

	"offtake/internal/diag"
	"offtake/internal/draw"
	"offtake/internal/field"
	"offtake/internal/vec"
)

// Regimes are states that the whole world may be in. They change in continuous
// time, each pair at a rate of its own; processes by_regime move by them.
type Regimes struct {
	States []string
	Start  string // on the valuation date; "" for the first
	Rates  []*RegimeRate
}

// A RegimeRate is how often one state turns into another.
type RegimeRate struct {
	From, To string
	Rate     Number // per year, while it lasts
}

// regimesMost bounds the states: more cannot be told apart in data.
const regimesMost = 8

func (w *World) regimesField() []field.Field {
	x := &Regimes{}
	w.Regimes = x
	return []field.Field{
		{Name: "states", Kind: field.Words, Required: true, Into: &x.States, Doc: "the names of the states"},
		{Name: "start", Kind: field.Text, Default: "the first", Into: &x.Start, Doc: "the state on the valuation date"},
		{Name: "rates", Kind: field.List, Required: true, Doc: "how often each state turns into each other", Fields: func() []field.Field {
			c := &RegimeRate{}
			x.Rates = append(x.Rates, c)
			return []field.Field{{Name: "from", Kind: field.Text, Required: true, Into: &c.From, Doc: "a state"},
				{Name: "to", Kind: field.Text, Required: true, Into: &c.To, Doc: "the state that it turns into"},
				required(rate("rate", "per year", "how often it does, while it lasts", field.At(0), field.At(52), &c.Rate))}
		}},
	}
}

// start is the number of the state on the valuation date.
func (x *Regimes) start() int { return max(0, slices.Index(x.States, x.Start)) }

func (x *Regimes) numbers() []Named {
	var out []Named
	for i, c := range x.Rates {
		out = append(out, Named{fmt.Sprintf("regimes.rates[%d].rate", i), &c.Rate})
	}
	return out
}

func (x *Regimes) check(r field.Report) {
	if n := len(x.States); n > regimesMost || n == 1 {
		r.Fault("REGIME-STATES", "regimes.states", fmt.Sprintf("name two to %d states", regimesMost), "there are %d", n)
	}
	for i, name := range x.States {
		if slices.Contains(x.States[:i], name) {
			r.Fault("REGIME-STATES", "regimes.states", "give each a name of its own", "two states are called %s", name)
		}
	}
	if x.Start != "" {
		x.known(x.Start, "regimes.start", r)
	}
	for i, c := range x.Rates {
		at := fmt.Sprintf("regimes.rates[%d]", i)
		if x.known(c.From, at+".from", r) && x.known(c.To, at+".to", r) && c.From == c.To {
			r.Fault("REGIME-STATES", at+".to", "name another state", "%s turns into itself", c.To)
		}
		if slices.ContainsFunc(x.Rates[:i], func(b *RegimeRate) bool { return b.From == c.From && b.To == c.To }) {
			r.Fault("REGIME-STATES", at, "state one rate from each state to each other", "how often %s turns into %s is stated twice", c.From, c.To)
		}
		c.Rate.Check(at+".rate", r)
	}
}

// known reports a name that is no state's.
func (x *Regimes) known(name, at string, r field.Report) bool {
	if name == "" || slices.Contains(x.States, name) {
		return name != ""
	}
	hint := "the states are " + fmt.Sprint(x.States)
	if meant := diag.Suggest(name, x.States); meant != "" {
		hint = "did you mean " + meant + "?"
	}
	r.Fault("REGIME-UNKNOWN", at, hint, "there is no regime %s", name)
	return false
}

// A chain is the regimes in each lane of a block: for each step the years of it
// spent in each state, and the state at its end.
type chain struct {
	x    *Regimes
	from []float64     // scratch: years from the valuation date at which a lane's state began
	now  []int         // and which it is
	stay [][][]float64 // by step and state, over the lanes
	end  [][]int       // by step, over the lanes
}

func newChain(x *Regimes) *chain { return &chain{x: x} }

func (c *chain) states() int { return len(c.x.States) }

// rates are the rates of lane i by state and state, as far as s knows them.
func (c *chain) rates(s *Sampling, i int) matrix {
	q := newMatrix(c.states())
	for _, x := range c.x.Rates {
		a, b := slices.Index(c.x.States, x.From), slices.Index(c.x.States, x.To)
		r := s.Of(&x.Rate)[i]
		q[a][b] += r
		q[a][a] -= r
	}
	return q
}

// sample draws when each lane changes its state. The n-th stay of a path takes
// two numbers: how long it is, which is exponential, and what follows.
func (c *chain) sample(s *Sampling, src draw.Source) {
	steps := s.Grid.Steps()
	if c.end == nil {
		c.from, c.now = make([]float64, s.Lanes), make([]int, s.Lanes)
		for range steps {
			c.stay, c.end = append(c.stay, columns(c.states(), s.Lanes)), append(c.end, make([]int, s.Lanes))
		}
	}
	q := make([]matrix, s.Lanes)
	for i := range q {
		if q[i] = q[0]; i == 0 || !c.certain(s) {
			q[i] = c.rates(s, i)
		}
		c.from[i], c.now[i] = 0, c.x.start()
	}
	for t := range steps {
		for k := range c.states() {
			vec.Fill(c.stay[t][k], 0)
		}
	}
	last, u, v := s.At(steps-1), make([]float64, s.Lanes), make([]float64, s.Lanes)
	for n, running := 0, true; running; n++ {
		src.Uniform(u, draw.Regime, 2*n)
		src.Uniform(v, draw.Regime, 2*n+1)
		running = false
		for i := range u {
			if c.from[i] >= last && n > 0 {
				continue
			}
			out := -q[i][c.now[i]][c.now[i]]
			until := last
			if out > 0 {
				until = min(last, c.from[i]-vec.LogOf(u[i])/out)
			}
			c.spend(s, i, until)
			if c.from[i] = until; until < last {
				c.now[i] = c.next(q[i], c.now[i], v[i]*out)
				running = true
			}
		}
	}
}

func (c *chain) certain(s *Sampling) bool {
	for _, x := range c.x.Rates {
		if _, one := s.One(&x.Rate); !one {
			return false
		}
	}
	return true
}

// next is the state that follows, by a number between 0 and the rate out.
func (c *chain) next(q matrix, now int, x float64) int {
	for k := range q {
		if k == now {
			continue
		}
		if x -= q[now][k]; x < 0 {
			return k
		}
	}
	for k := len(q) - 1; k >= 0; k-- {
		if k != now && q[now][k] > 0 {
			return k
		}
	}
	return now
}

// spend notes that lane i is in its state until a time.
func (c *chain) spend(s *Sampling, i int, until float64) {
	last := len(c.end) - 1
	for t := range c.end {
		begin, end := s.At(t)-s.Dt(t), s.At(t)
		if end < c.from[i] {
			continue
		}
		if begin > until && t > 0 {
			break
		}
		c.stay[t][c.now[i]][i] += max(0, min(end, until)-max(begin, c.from[i]))
		if end <= until || t == last {
			c.end[t][i] = c.now[i]
		}
	}
}

// holds tells whether there are states, rates between them alone, and of every
// one its move in a process.
func (x *Regimes) holds(p *ByRegime) bool {
	if x == nil || len(x.States) == 0 {
		return false
	}
	for _, c := range x.Rates {
		if !slices.Contains(x.States, c.From) || !slices.Contains(x.States, c.To) {
			return false
		}
	}
	for _, name := range x.States {
		if !slices.ContainsFunc(p.States, func(m *RegimeMove) bool { return m.Name == name }) {
			return false
		}
	}
	return true
}
