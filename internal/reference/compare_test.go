// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"fmt"
	"math"

	"offtake/internal/contract"
)

// A disagreement is a number that the two do not share.
type disagreement struct {
	step            int
	what            string
	engine, correct float64
}

func (d disagreement) String() string {
	return fmt.Sprintf("step %d: %s: %v, reference %v", d.step, d.what, d.engine, d.correct)
}

// scale is the gross size of a deal: all that moved.
type scale struct{ cents, units, shares float64 }

func (s *scale) add(step Step) {
	s.units += step.Taken
	for _, f := range step.Flows {
		switch kind := f.Asset.Kind; {
		case kind.InCents():
			s.cents += math.Abs(f.Amount)
		case kind == contract.MakeUpUnits:
			s.units += math.Abs(f.Amount)
		default:
			s.shares += math.Abs(f.Amount)
		}
	}
}

// tolerance is what sums taken in different orders may differ by.
const tolerance = 1e-9

// compare holds the engine's result to the reference's. It finds all that
// differs, in the order in which it happened.
func compare(in Input, want, got Result) []disagreement {
	if len(want.Steps) != len(got.Steps) {
		return []disagreement{{what: "number of steps", engine: float64(len(got.Steps)), correct: float64(len(want.Steps))}}
	}
	c := comparison{whole: in.WholeCents}
	for i := range want.Steps {
		c.size.add(want.Steps[i])
		c.size.add(got.Steps[i])
	}
	for i := range want.Steps {
		c.t = want.Steps[i].T
		c.step(want.Steps[i], got.Steps[i])
	}
	c.stocks(want.Stocks, got.Steps)
	return c.found
}

type comparison struct {
	whole bool
	size  scale
	t     int
	found []disagreement
}

func (c *comparison) check(same bool, got, want float64, what string, args ...any) {
	if !same {
		c.found = append(c.found, disagreement{c.t, fmt.Sprintf(what, args...), got, want})
	}
}

// near tells whether two amounts are the same but for rounding.
func near(a, b, size float64) bool {
	return a == b || math.Abs(a-b) <= tolerance*max(1, size)
}

func (c *comparison) step(want, got Step) {
	if want.Live {
		w, g := want.Quote, got.Quote
		c.check(near(w.PriceCents, g.PriceCents, w.PriceCents), g.PriceCents, w.PriceCents, "price of the next unit")
		c.check(near(w.Capacity, g.Capacity, w.Capacity), g.Capacity, w.Capacity, "capacity")
		c.check(near(w.PerUnitCents, g.PerUnitCents, w.PerUnitCents), g.PerUnitCents, w.PerUnitCents, "owed for a unit beside the price")
		c.check(near(w.CountedCents, g.CountedCents, w.CountedCents), g.CountedCents, w.CountedCents, "of that, toward commitments")
		c.check(near(w.Leased, g.Leased, w.Leased), g.Leased, w.Leased, "leased")
		c.check(near(want.LeasedUsed, got.LeasedUsed, want.LeasedUsed), got.LeasedUsed, want.LeasedUsed, "run on what is leased")
		for i, view := range []string{"running cost", "what others would pay", "full cost"} {
			c.check(near(want.Borne[i], got.Borne[i], 1), got.Borne[i], want.Borne[i], "borne of %s", view)
		}
		c.check(near(w.MissingCents, g.MissingCents, c.size.cents), g.MissingCents, w.MissingCents, "missing from the minimum")
	}
	c.check(near(want.Taken, got.Taken, c.size.units), got.Taken, want.Taken, "taken")
	c.flows(want.Flows, got.Flows)
	c.rows(want.Rows, got.Rows)
}

// sameAmount tells whether two amounts of an asset are the same: to the cent
// where a deal is settled in whole cents.
func (c *comparison) sameAmount(kind contract.AssetKind, a, b float64) bool {
	if kind == contract.MakeUpUnits {
		return near(a, b, c.size.units)
	}
	if !kind.InCents() {
		return near(a, b, c.size.shares)
	}
	const exact = 1 << 46 // cents above which products and sums of floats are not true to a single one
	return a == b || (!c.whole || math.Abs(b) > exact) && near(a, b, c.size.cents)
}

// flows compares sums by everything but the amount.
func (c *comparison) flows(want, got []Flow) {
	type pair struct {
		f         Flow
		want, got float64
	}
	var sums []pair
	at := func(f Flow) *pair {
		f.Amount = 0
		for i := range sums {
			if sums[i].f == f {
				return &sums[i]
			}
		}
		sums = append(sums, pair{f: f})
		return &sums[len(sums)-1]
	}
	for _, f := range want {
		at(f).want += f.Amount
	}
	for _, f := range got {
		at(f).got += f.Amount
	}
	for _, p := range sums {
		c.check(c.sameAmount(p.f.Asset.Kind, p.want, p.got), p.got, p.want,
			"%s %s (%s %s, %s to %s)", p.f.Clause, p.f.Kind, p.f.Asset.Kind, p.f.Asset.Of, p.f.From, p.f.To)
	}
}

// stocks holds what the reference says everybody has to what the engine's
// flows have left them with. Issuers of shares and makers of notes, who have
// the other side, are in no stock.
func (c *comparison) stocks(want []Stock, got []Step) {
	have := map[Stock]float64{}
	for _, s := range want {
		have[Stock{s.Holder, s.Asset, 0}] = 0
	}
	for _, step := range got {
		for _, f := range step.Flows {
			from, to := Stock{f.From, f.Asset, 0}, Stock{f.To, f.Asset, 0}
			if _, ok := have[from]; ok {
				have[from] -= f.Amount
			}
			if _, ok := have[to]; ok {
				have[to] += f.Amount
			}
		}
	}
	for i, s := range want {
		sum := 0.0
		for _, other := range want {
			if other.Holder == s.Holder && other.Asset == s.Asset {
				sum += other.Amount
			}
		}
		key := Stock{s.Holder, s.Asset, 0}
		c.check(c.sameAmount(s.Asset.Kind, have[key], sum), have[key], sum, "stock %d at the end: %s %s of %s", i, s.Asset.Kind, s.Asset.Of, s.Holder)
	}
}

func (c *comparison) rows(want, got []Row) {
	for _, w := range want {
		g := rowOf(got, w.Clause)
		c.check(g != nil, 0, 1, "%s: number of rows", w.Clause)
		if g != nil {
			c.row(w, *g)
		}
	}
	for _, g := range got {
		c.check(rowOf(want, g.Clause) != nil, 1, 0, "%s: number of rows", g.Clause)
	}
}

func rowOf(rows []Row, id string) *Row {
	for i := range rows {
		if rows[i].Clause == id {
			return &rows[i]
		}
	}
	return nil
}

func (c *comparison) row(want, got Row) {
	gotColumns := got.Columns()
	for i, w := range want.Columns() {
		g := gotColumns[i].Amount
		c.check(near(w.Amount, g, max(c.size.cents, c.size.units)), g, w.Amount, "%s row, %s", want.Clause, w.Name)
	}
}
