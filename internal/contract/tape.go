// SPDX-License-Identifier: Apache-2.0

package contract

import "fmt"

// A Tape is the recorded history of one lane: what was observed and what was
// elected in each step, signing first. A lane of a simulation, a year of
// bills and a market run all leave the same kind of tape, and a tape replays
// to the same flows and the same state.
type Tape struct {
	Watch Watch     // what Events, Index, Chance, Solvent and Late of the steps are of
	Names []string  // of the slots
	Curve []float64 // riskless discount factors at the ends of the grid's steps
	Start int       // -1 when the tape begins with the signing, else its first step
	Steps []TapeStep
}

// A TapeStep is what was observed and elected in one step. At signing nothing
// is elected.
type TapeStep struct {
	Obs     [Observables]float64
	Events  []float64
	Index   []float64
	Chance  []float64
	Solvent []float64
	Late    []float64
	Units   float64
	Slots   []float64
}

// A Recorder writes the tape of one lane while somebody else drives the
// contract.
type Recorder struct {
	lane int
	tape Tape
}

// Record makes a recorder of a lane of a contract of the program that stands
// at the given state.
func (p *Program) Record(s State, curve []float64, lane int) *Recorder {
	return &Recorder{lane: lane, tape: Tape{Watch: p.watch, Names: p.Slots(), Curve: curve, Start: s.Next}}
}

// Step records a step from its observations and elections; e is nil at
// signing. Call it after Settle, so that elections are recorded as clamped.
func (r *Recorder) Step(obs *Obs, e *Elections) {
	var row TapeStep
	for o := range row.Obs {
		row.Obs[o] = obs.Col[o][r.lane]
	}
	lane := func(cols [][]float64) (out []float64) {
		for _, col := range cols {
			out = append(out, col[r.lane])
		}
		return out
	}
	row.Events, row.Index, row.Chance, row.Solvent = lane(obs.Events), lane(obs.Index), lane(obs.Chance), lane(obs.Solvent)
	row.Late = lane(obs.Late)
	if e != nil {
		row.Units = e.Units[r.lane]
		for _, s := range e.Slot {
			row.Slots = append(row.Slots, s[r.lane])
		}
	}
	r.tape.Steps = append(r.tape.Steps, row)
}

// Tape is what has been recorded so far.
func (r *Recorder) Tape() Tape { return r.tape }

// Replay runs a tape from a state in one lane and calls each for every month,
// the signing included. It returns the contract as it stands afterwards. A
// tape that does not fit the program or the state is an error.
func (p *Program) Replay(s State, tape Tape, each func(*Month)) (*Contract, error) {
	if s.Next != tape.Start {
		return nil, fmt.Errorf("the tape begins at step %d and the contract stands at %d", tape.Start, s.Next)
	}
	if len(tape.Curve) != p.grid.Steps() {
		return nil, fmt.Errorf("the tape has %d discount factors, the contract %d steps", len(tape.Curve), p.grid.Steps())
	}
	c, obs := p.Broadcast(s, 1), p.NewObs(1)
	obs.Curve = tape.Curve
	for i, row := range tape.Steps {
		if err := row.fits(&p.watch); err != nil {
			return nil, fmt.Errorf("row %d of the tape %w", i+1, err)
		}
		row.Show(obs)
		if c.phase == unsigned {
			each(c.Sign(obs))
			continue
		}
		if c.Done() {
			return nil, fmt.Errorf("the tape has %d rows, more than the contract has steps", len(tape.Steps))
		}
		if len(row.Slots) != len(p.slots) {
			return nil, fmt.Errorf("row %d of the tape elects %d amounts, the contract offers %d", i+1, len(row.Slots), len(p.slots))
		}
		c.Quote(obs)
		e := c.Elections()
		e.Units[0] = row.Units
		for k, x := range row.Slots {
			e.Slot[k][0] = x
		}
		each(c.Settle(e))
	}
	return c, nil
}

// fits tells whether the row has what the program looks at.
func (row *TapeStep) fits(w *Watch) error {
	for _, x := range []struct {
		what      string
		has, want int
	}{{"events", len(row.Events), len(w.Events)}, {"indexes", len(row.Index), len(w.Indexes)},
		{"chances", len(row.Chance), len(w.Chances)}, {"parties that may fail", len(row.Solvent), len(w.Parties)}, {"delays", len(row.Late), len(w.Delays)}} {
		if x.has != x.want {
			return fmt.Errorf("has %d %s, the contract looks at %d", x.has, x.what, x.want)
		}
	}
	return nil
}

// Show writes the row's observations into the first lane.
func (row *TapeStep) Show(obs *Obs) {
	for o := range row.Obs {
		obs.Col[o][0] = row.Obs[o]
	}
	for _, x := range []struct {
		cols [][]float64
		row  []float64
	}{{obs.Events, row.Events}, {obs.Index, row.Index}, {obs.Chance, row.Chance}, {obs.Solvent, row.Solvent}, {obs.Late, row.Late}} {
		for i := range x.row {
			x.cols[i][0] = x.row[i]
		}
	}
}
