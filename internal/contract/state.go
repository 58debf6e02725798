// SPDX-License-Identifier: Apache-2.0

package contract

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
)

// A State is everything that a contract remembers of one lane between two
// steps. With the program it can be continued at any time, in any number of
// lanes.
type State struct {
	Next    int       // the step to be quoted next; -1 before signing
	Columns []float64 // by Col
}

// State is what the contract remembers of a lane. It panics between Quote and
// Settle.
func (c *Contract) State(lane int) State {
	if c.phase == quoted {
		panic("contract: State between Quote and Settle")
	}
	s := State{Next: c.next, Columns: make([]float64, len(c.p.names))}
	if c.phase == unsigned {
		s.Next = -1
	}
	for i := range s.Columns {
		s.Columns[i] = c.column(Col(i))[lane]
	}
	return s
}

// Hash is a digest of the state, the same for the same bits.
func (s State) Hash() string {
	h := sha256.New()
	var b [8]byte
	put := func(x uint64) {
		binary.LittleEndian.PutUint64(b[:], x)
		h.Write(b[:])
	}
	put(uint64(int64(s.Next)))
	for _, x := range s.Columns {
		put(math.Float64bits(x))
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// Broadcast continues the state in the given number of lanes, all alike.
func (p *Program) Broadcast(s State, lanes int) *Contract {
	if len(s.Columns) != len(p.names) {
		panic(fmt.Sprintf("contract: a state of %d columns for a program of %d", len(s.Columns), len(p.names)))
	}
	c := p.New(lanes)
	if s.Next >= 0 {
		c.next, c.phase = s.Next, between
	}
	for i, x := range s.Columns {
		col := c.column(Col(i))
		for lane := range col {
			col[lane] = x
		}
	}
	return c
}

// Fork is a second contract that stands where this one stands and goes its
// own way from here. It panics between Quote and Settle.
func (c *Contract) Fork() *Contract {
	if c.phase == quoted {
		panic("contract: Fork between Quote and Settle")
	}
	f := c.p.New(c.lanes)
	copy(f.slab, c.slab)
	f.next, f.phase = c.next, c.phase
	return f
}
