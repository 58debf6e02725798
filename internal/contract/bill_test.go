// SPDX-License-Identifier: Apache-2.0

package contract

import (
	"math"
	"testing"

	"offtake/internal/vec"
)

// A buyer insolvent in step 2, with bills of steps 0 and 1 open: 1,800 net is
// lost, worth 0.99^3 and 0.99^4 when due; the estate pays a quarter. One that
// left before loses what it left open likewise.
func TestWriteOff(t *testing.T) {
	p := compile(t, 6, 2, meter(2), door())
	c, obs := p.New(3), fair(p, 3)
	c.Audit()
	c.Sign(obs)
	var lost, recovered [3]float64
	for t := range 8 {
		for lane := range 2 {
			if obs.Col[AccruedRecovery][lane] = 0.25; t >= 2 {
				obs.Col[Alive][lane] = 0
			}
		}
		c.Quote(obs)
		e := c.Elections()
		for i := range e.Units {
			e.Units[i], e.Slot[0][i] = 4, 0
		}
		if t == 1 {
			e.Slot[0][1] = 1
		}
		m := c.Settle(e)
		for id, r := range p.Readings() {
			if x, read := m.Reading(ReadingID(id)); read && r.Name == WrittenOff {
				for i := range lost {
					lost[i] += x[i]
				}
			}
		}
		for _, f := range m.Postings() {
			for i := range recovered {
				switch f.Line.Kind {
				case "usage_recovered":
					recovered[i] += f.Amount[i]
				case "discount_recovered":
					recovered[i] -= f.Amount[i]
				}
			}
		}
	}
	want := 900 * (math.Pow(0.99, 3) + math.Pow(0.99, 4))
	for lane := range 2 {
		if math.Abs(lost[lane]-want) > 1e-9 || math.Abs(recovered[lane]-450) > 1e-9 {
			t.Errorf("lane %d: lost %v, recovered %v, want %v and 450", lane, lost[lane], recovered[lane], want)
		}
	}
	if lost[2] != 0 || recovered[2] != 0 {
		t.Errorf("a solvent lane lost %v and recovered %v", lost[2], recovered[2])
	}
	for _, f := range c.StockFaults() {
		t.Error(f)
	}
}

// A bill of 100 in step 0 and one of the same to be given back in step 1 come
// to nothing, yet a buyer insolvent in step 2 leaves both: the first is worth
// 0.99^4 when due, the second 0.99^5.
func TestBillsThatCancelAreWrittenOff(t *testing.T) {
	once := clauseFunc(func(b *Builder) {
		id := b.Bill(Line{From: "lab", To: "cloud", Asset: Asset{Kind: Cash}, Kind: "rebilled", Clause: "once"}, 3)
		b.On(Billing, "once", func(m *Month) {
			amount := m.Temp()
			vec.Fill(amount, []float64{100, -100, 0, 0}[m.T])
			m.Bill(id, amount)
			m.Free(1)
		})
	})
	p := compile(t, 4, 3, once)
	c, obs := p.New(1), fair(p, 1)
	c.Audit()
	c.Sign(obs)
	lost := 0.0
	for t := range 4 {
		if t >= 2 {
			obs.Col[Alive][0] = 0
		}
		m := step(c, obs, 0)
		for id, r := range p.Readings() {
			if x, read := m.Reading(ReadingID(id)); read && r.Name == WrittenOff {
				lost += x[0]
			}
		}
	}
	if want := 100 * (math.Pow(0.99, 4) - math.Pow(0.99, 5)); math.Abs(lost-want) > 1e-9 {
		t.Errorf("lost %v, want %v", lost, want)
	}
	for _, f := range c.StockFaults() {
		t.Error(f)
	}
}
