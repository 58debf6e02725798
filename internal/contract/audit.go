// SPDX-License-Identifier: Apache-2.0

package contract

import (
	"fmt"
	"math"
)

// An audit follows every flow of a contract and holds each declared stock to
// it: opening + in - out = closing, for every asset, holder and lane.
type audit struct {
	balance [][]float64 // by stock, over lanes
	moved   [][]float64 // likewise: all that flowed, in or out
	faults  []StockFault
}

// A StockFault says where a stock does not follow its flows.
type StockFault struct {
	Step, Lane     int
	Holder         string
	Asset          Asset
	Flowed, Stated float64
}

// Error says it in a sentence.
func (f StockFault) Error() string {
	return fmt.Sprintf("step %d, lane %d: flows leave %s with %v of %s %s, the contract states %v",
		f.Step, f.Lane, f.Holder, f.Flowed, f.Asset.Kind, f.Asset.Of, f.Stated)
}

// Audit switches the audit on. The stocks as they stand are its opening.
func (c *Contract) Audit() {
	n := len(c.p.stocks)
	a := &audit{balance: make([][]float64, n), moved: make([][]float64, n)}
	for i := range c.p.stocks {
		a.balance[i], a.moved[i] = make([]float64, c.lanes), make([]float64, c.lanes)
		for lane := range a.balance[i] {
			a.balance[i][lane] = c.stated(i, lane)
		}
	}
	c.audit = a
}

// StockFaults are the breaches found so far.
func (c *Contract) StockFaults() []StockFault {
	if c.audit == nil {
		panic("contract: StockFaults without Audit")
	}
	return c.audit.faults
}

func (c *Contract) stated(stock, lane int) float64 {
	sum := 0.0
	for _, col := range c.p.stocks[stock].cols {
		sum += c.column(col)[lane]
	}
	return sum
}

func (a *audit) step(c *Contract) {
	c.month.expectBlank()
	for i, s := range c.p.stocks {
		for _, f := range c.month.Postings() {
			if f.Line.Asset != s.asset {
				continue
			}
			for lane, x := range f.Amount {
				a.moved[i][lane] += math.Abs(x)
				if f.Line.To == s.holder {
					a.balance[i][lane] += x
				}
				if f.Line.From == s.holder {
					a.balance[i][lane] -= x
				}
			}
		}
		a.compare(c, i)
	}
}

// compare allows for nothing in whole cents, and otherwise for the rounding
// of sums taken in different orders: a part in 10^12 of all that flowed.
func (a *audit) compare(c *Contract, i int) {
	for lane, flowed := range a.balance[i] {
		slack := 1e-12 * a.moved[i][lane]
		if c.p.wholeCents && c.p.stocks[i].asset.Kind.InCents() {
			slack = 0
		}
		if stated := c.stated(i, lane); !(math.Abs(flowed-stated) <= slack) {
			s := c.p.stocks[i]
			a.faults = append(a.faults, StockFault{c.month.T, lane, s.holder, s.asset, flowed, stated})
		}
	}
}
