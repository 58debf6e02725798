// SPDX-License-Identifier: Apache-2.0

package contract

import (
	"fmt"
	"math"
	"testing"
)

// runTo steps a contract up to step until, with another number of units each
// step, and gives what moved as text of exact bits.
func runTo(c *Contract, obs *Obs, until int) []string {
	var out []string
	keep := func(m *Month) {
		for _, f := range m.Postings() {
			out = append(out, fmt.Sprintf("%d %v %x", m.T, *f.Line, math.Float64bits(f.Amount[0])))
		}
	}
	if c.State(0).Next < 0 {
		keep(c.Sign(obs))
	}
	for !c.Done() && c.Next() < until {
		t := c.Next()
		for _, e := range obs.Events {
			for i := range e {
				e[i] = float64(t % 2)
			}
		}
		c.Quote(obs)
		e := c.Elections()
		for i := range e.Units {
			e.Units[i], e.Slot[0][i] = 1+0.1*float64(t), float64(t)
		}
		keep(c.Settle(e))
	}
	return out
}

// Reset puts everything back, whatever had been run and elected.
func TestReset(t *testing.T) {
	p := compile(t, 6, 2, meter(2), purse())
	c, obs := p.New(1), fair(p, 1)
	c.Audit()
	fresh := c.State(0)
	want, end := runTo(c, obs, 99), c.State(0)
	for _, until := range []int{0, 1, 3, 99} {
		c.Reset()
		runTo(c, obs, until)
		c.Reset()
		if got := c.State(0); got.Hash() != fresh.Hash() || got.Next != -1 || c.Next() != 0 || c.Done() {
			t.Fatalf("after %d steps and a reset the contract stands at %d", until, got.Next)
		}
		if got := runTo(c, obs, 99); fmt.Sprint(got) != fmt.Sprint(want) || c.State(0).Hash() != end.Hash() {
			t.Errorf("after %d steps and a reset the run differs", until)
		}
	}
	// Between Quote and Settle too.
	c.Reset()
	c.Sign(obs)
	c.Quote(obs)
	c.Reset()
	if got := runTo(c, obs, 99); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Error("a reset between Quote and Settle leaves something behind")
	}
	if faults := c.StockFaults(); len(faults) > 0 {
		t.Error(faults[0])
	}
}

// A digest is part of what users store and compare: it must not change. These
// are the first 16 digits that Python's hashlib.sha256 gives for the words of
// the state, least byte first (struct.pack "<qddd").
func TestHashIsStable(t *testing.T) {
	for _, c := range []struct {
		s    State
		want string
	}{
		{State{Next: -1}, "12a3ae445661ce5d"},
		{State{}, "af5570f5a1810b7a"},
		{State{Next: 3, Columns: []float64{1, 2.5, -7e99}}, "d8fe5740f0409bec"},
	} {
		if got := c.s.Hash(); got != c.want {
			t.Errorf("%+v: %s, want %s", c.s, got, c.want)
		}
	}
	base := State{Next: 1, Columns: []float64{0, 1}}
	for name, other := range map[string]State{
		"another step":   {Next: 2, Columns: []float64{0, 1}},
		"another order":  {Next: 1, Columns: []float64{1, 0}},
		"a negative 0":   {Next: 1, Columns: []float64{math.Copysign(0, -1), 1}},
		"one bit":        {Next: 1, Columns: []float64{0, math.Nextafter(1, 2)}},
		"fewer columns":  {Next: 1, Columns: []float64{0}},
		"further column": {Next: 1, Columns: []float64{0, 1, 0}},
	} {
		if other.Hash() == base.Hash() {
			t.Errorf("%s does not change the digest", name)
		}
	}
}

// A state is a copy: what the contract does afterwards leaves it alone.
func TestStateIsACopy(t *testing.T) {
	p := compile(t, 4, 0, meter(0), purse())
	c, obs := p.New(2), fair(p, 2)
	runTo(c, obs, 2)
	s := c.State(1)
	was := s.Hash()
	runTo(c, obs, 99)
	if s.Hash() != was || c.State(1).Hash() == was {
		t.Error("the state moved with the contract, or nothing moved")
	}
	if s.Next != 2 || c.State(0).Next != 4 {
		t.Errorf("the state is of step %d, the contract at %d", s.Next, c.State(0).Next)
	}
	b := p.Broadcast(s, 3)
	if b.Next() != 2 || b.Lanes() != 3 || b.Program() != p || b.State(2).Hash() != was {
		t.Error("a broadcast does not stand where the state is")
	}
	for i, x := range s.Columns {
		if s.Columns[i] = x + 1; b.State(0).Hash() != was {
			t.Error("the broadcast moved with the state")
		}
	}
}

// Forks go on from where they were made, before signing and after.
func TestForks(t *testing.T) {
	p := compile(t, 6, 1, meter(1), purse())
	for _, at := range []int{-1, 0, 3, 7} {
		c, obs := p.New(1), fair(p, 1)
		if at >= 0 {
			runTo(c, obs, at)
		}
		f, b := c.Fork(), p.Broadcast(c.State(0), 1)
		want := runTo(c, obs, 99)
		for name, other := range map[string]*Contract{"fork": f, "broadcast": b} {
			if got := runTo(other, fair(p, 1), 99); fmt.Sprint(got) != fmt.Sprint(want) || other.State(0).Hash() != c.State(0).Hash() {
				t.Errorf("a %s at step %d goes another way", name, at)
			}
		}
	}
}

// tape records a whole run of the meter and the purse, elections that are
// clamped among them.
func tape(t testing.TB, p *Program, from *Contract) Tape {
	t.Helper()
	obs := fair(p, 1)
	rec := p.Record(from.State(0), obs.Curve, 0)
	if from.State(0).Next < 0 {
		from.Sign(obs)
		rec.Step(obs, nil)
	}
	for !from.Done() {
		obs.Events[0][0] = float64(from.Next() % 2)
		from.Quote(obs)
		e := from.Elections()
		e.Units[0], e.Slot[0][0] = 99, float64(7*from.Next())
		from.Settle(e)
		rec.Step(obs, e)
	}
	return rec.Tape()
}

func TestReplay(t *testing.T) {
	p := compile(t, 4, 1, meter(1), purse())
	start := p.New(1)
	s := start.State(0)
	whole := tape(t, p, start)
	usage, drawn := 0.0, 0.0
	end, err := p.Replay(s, whole, func(m *Month) { usage, drawn = usage+flow(m, "usage"), drawn+flow(m, "drawn") })
	if err != nil || !end.Done() || end.State(0).Hash() != start.State(0).Hash() {
		t.Fatalf("the tape replays to another end: %v", err)
	}
	// Four steps of 4 units at 250, billed and paid. Drawn: 7 of 10, then, of 14
	// elected, the 3 left and the 10 of step 1's rain; that of step 3 is too late.
	if usage != 8000 || drawn != 20 {
		t.Errorf("the replay bills and pays %v and draws %v, want 8000 and 20", usage, drawn)
	}
	// From the middle, and a part of the way.
	half := p.New(1)
	runTo(half, fair(p, 1), 2)
	mid := half.State(0)
	rest := tape(t, p, half)
	if rest.Start != 2 || len(rest.Steps) != 3 {
		t.Fatalf("a tape from step %d with %d rows, want 2 and 3", rest.Start, len(rest.Steps))
	}
	if end, err = p.Replay(mid, rest, func(*Month) {}); err != nil || end.State(0).Hash() != half.State(0).Hash() {
		t.Errorf("the tape from the middle replays to another end: %v", err)
	}
	rest.Steps = rest.Steps[:1]
	if end, err = p.Replay(mid, rest, func(*Month) {}); err != nil || end.Next() != 3 {
		t.Errorf("a part of the tape: %v", err)
	}
	months := 0
	if _, err = p.Replay(s, Tape{Start: -1, Curve: whole.Curve}, func(*Month) { months++ }); err != nil || months != 0 {
		t.Errorf("an empty tape: %v, %d months", err, months)
	}
}

// A tape that does not fit is an error, and says how.
func TestReplayRefuses(t *testing.T) {
	p := compile(t, 4, 1, meter(1), purse())
	s := p.New(1).State(0)
	for _, c := range []struct {
		want   string
		change func(*Tape)
	}{
		{"the tape begins at step 2 and the contract stands at -1", func(x *Tape) { x.Start = 2 }},
		{"row 1 of the tape has 0 events, the contract looks at 1", func(x *Tape) { x.Steps[0].Events = nil }},
		{"row 3 of the tape has 2 events, the contract looks at 1", func(x *Tape) { x.Steps[2].Events = make([]float64, 2) }},
		{"row 2 of the tape elects 0 amounts, the contract offers 1", func(x *Tape) { x.Steps[1].Slots = nil }},
		{"row 6 of the tape elects 2 amounts, the contract offers 1", func(x *Tape) { x.Steps[5].Slots = make([]float64, 2) }},
		{"the tape has 7 rows, more than the contract has steps", func(x *Tape) { x.Steps = append(x.Steps, x.Steps[5]) }},
		{"the tape has 4 discount factors, the contract 5 steps", func(x *Tape) { x.Curve = x.Curve[:4] }},
		{"the tape has 0 discount factors, the contract 5 steps", func(x *Tape) { x.Curve = nil }},
	} {
		x := tape(t, p, p.New(1))
		c.change(&x)
		if _, err := p.Replay(s, x, func(*Month) {}); err == nil || err.Error() != c.want {
			t.Errorf("%v, want %s", err, c.want)
		}
	}
}

// Programs are shared: contracts of one program do not see each other.
func TestContractsOfOneProgram(t *testing.T) {
	p := compile(t, 6, 2, meter(2), purse())
	alone := p.New(1)
	want := runTo(alone, fair(p, 1), 99)
	one, other, obs := p.New(1), p.New(1), fair(p, 1)
	var got []string
	for until := range 9 {
		got = append(got, runTo(one, obs, until)...)
		runTo(other, fair(p, 1), until/2)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Error("two contracts of one program are not independent")
	}
}
