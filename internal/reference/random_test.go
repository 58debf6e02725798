// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"fmt"
	"math"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"offtake/internal/clause"
	"offtake/internal/contract"
)

const (
	seed        = 20260420 // of the deals of all tests
	randomDeals = 200_000  // unless OFFTAKE_RANDOM_DEALS says otherwise
	shards      = 8
)

// numberOfDeals is how many deals are drawn. The race detector slows the run
// tenfold and looks for something else, so it sees fewer.
func numberOfDeals(t *testing.T) uint64 {
	text := os.Getenv("OFFTAKE_RANDOM_DEALS")
	if text == "" {
		if raceEnabled {
			return randomDeals / 20
		}
		return randomDeals
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatalf("OFFTAKE_RANDOM_DEALS: %v", err)
	}
	return n
}

// differences are what engine and reference disagree on in a deal. A plant
// changes what the reference is told was agreed.
func differences(s *specimen, plant func(*specimen)) []disagreement {
	in, ok := s.input()
	if !ok {
		return nil
	}
	tape := s.tape(in)
	got, err := engine(in, tape)
	if err != nil {
		panic(err)
	}
	if plant != nil {
		planted := s.copy()
		plant(planted)
		in.Clauses = planted.clauses
	}
	return compare(in, Run(in, tape), got)
}

// tied tells whether a disagreement is two roundings to a cent that met half a
// cent from different sides, because a product or a sum was taken in another
// order and came out in another last bit. Only deals in whole cents have such
// ties. One shows in this: some difference is at most a cent a step (equal steps
// meet it alike, and a period adds them up), and no difference is
// left when prices, units and rates are moved by a billionth or less, which is
// a million times the error of a float, and far less than a cent.
func tied(s *specimen, found []disagreement) bool {
	least := math.Inf(1)
	for _, d := range found {
		least = min(least, math.Abs(d.engine-d.correct))
	}
	if cancel(found) {
		return true
	}
	if !s.whole || least > float64(len(s.rows)) {
		return false
	}
	return nudged(s) || nudgedByKind(s)
}

// nudged tells whether no difference is left when every number that is agreed or
// happens is moved, each by a share of its own.
func nudged(s *specimen) bool {
	c := s.copy()
	for i, x := range c.numbers() {
		if math.Abs(*x) < 1e11 { // what stands for no bound stays
			*x *= 1 - 1e-9/float64(i+2)
		}
	}
	for i, x := range c.clauses {
		if end, ok := x.(*clause.Termination); ok && end.Share < 1 {
			end.Share *= 1 - 1e-9/float64(i+2) // shares of the agreement multiply up
		}
	}
	return len(differences(c, nil)) == 0
}

// nudgedByKind tells whether none is left when amounts that others are to add up
// to stay, and prices, units and rates move.
func nudgedByKind(s *specimen) bool {
	c := s.copy()
	for i := range c.rows {
		c.rows[i].obs[contract.List] *= 1 + 1e-9/float64(i+2)
		c.rows[i].obs[contract.Market] *= 1 + 1e-9/float64(i+6)
		c.rows[i].obs[contract.Delivery] *= 1 - 1e-9/float64(i+4)
		c.rows[i].obs[contract.LabValue] *= 1 - 1e-9/float64(i+3)
		c.rows[i].index *= 1 - 1e-9/float64(i+5)
	}
	for id, chance := range c.chance {
		if chance < 1 {
			c.chance[id] = chance * (1 - 1e-9)
		}
	}
	for _, x := range c.clauses {
		switch x := x.(type) {
		case *clause.Prepayment:
			x.Interest, x.Share = x.Interest*(1-1e-9), x.Share*(1-1e-9)
			x.Refund.End, x.Refund.Leave, x.Refund.Fail = x.Refund.End*(1-1e-9), x.Refund.Leave*(1-1e-9), x.Refund.Fail*(1-1e-9)
		case *clause.Capacity:
			for i := range x.Generations {
				x.Generations[i].UnitsPerGW *= 1 + 1e-9/float64(i+3)
			}
		case *clause.Price:
			if x.Fixed != nil {
				*x.Fixed *= 1 + 1e-9
			}
			for _, p := range x.Intro {
				if p.Fixed != nil {
					*p.Fixed *= 1 + 1e-9
				}
			}
		case *clause.Collateral:
			x.Interest *= 1 - 1e-9
			nudgeShare(x.Share)
		case *clause.Default:
			for _, share := range x.Recovery {
				nudgeShare(share)
			}
		case *clause.Equity:
			x.Cap *= 1 - 1e-9
			if x.ProRata != nil {
				x.ProRata.Share *= 1 - 1e-9
			}
		case *clause.Guarantee:
			nudgeShare(x.Share)
		case *clause.Lease:
			x.Escalator -= 1e-9 * (1 + x.Escalator)
		case *clause.Hardware:
			x.Residual, x.LowersPrice = x.Residual*(1-1e-9), x.LowersPrice*(1-1e-9)
		case *clause.Commitment:
			if x.PayFor == "use" {
				x.Deficiency *= 1 - 1e-9
			}
			if x.Head().Binding != "firm" {
				x.Take *= 1 - 1e-9
			}
			if x.Load != nil {
				x.Load.Swing *= 1 - 1e-9
			}
			for i := 0; x.Counts != nil && i < len(x.Counts.Categories); i++ {
				x.Counts.Categories[i].Share *= 1 - 1e-9/float64(i+2)
			}
		}
	}
	return len(differences(c, nil)) == 0
}

// nudgeShare moves a share that a clause states, if it does.
func nudgeShare(share *float64) {
	if share != nil {
		*share *= 1 - 1e-9
	}
}

// cancel tells whether what differs comes to nothing: bills and credits of one
// step that leave a debt of zero, but for the last bit of a sum, in which one
// side sees a debt to be met and the other does not. Who sees none posts none
// of what differs, so that a debt met in other parts is no such tie.
func cancel(found []disagreement) bool {
	net, size, engine, correct := 0.0, 0.0, 0.0, 0.0
	for _, d := range found {
		if !strings.Contains(d.what, "_recovered (") {
			return false
		}
		x := d.engine - d.correct
		if strings.Contains(d.what, supplier+" to "+buyer) {
			x = -x
		}
		net, size = net+x, size+math.Abs(x)
		engine, correct = engine+math.Abs(d.engine), correct+math.Abs(d.correct)
	}
	return math.Abs(net) <= 1e-9*size && min(engine, correct) <= 1e-9*size
}

// A debt of nothing that one side meets is a tie; a debt that the two meet in
// other parts is none, nor is anything but what is recovered.
func TestTiesOfNothing(t *testing.T) {
	at := func(what string, engine, correct float64) disagreement {
		return disagreement{what: what + " (cash , " + buyer + " to " + supplier + ")", engine: engine, correct: correct}
	}
	back := disagreement{what: "price discount_recovered (cash , " + supplier + " to " + buyer + ")", engine: 40}
	for name, c := range map[string]struct {
		found []disagreement
		tie   bool
	}{
		"met by one":        {[]disagreement{at("price usage_recovered", 40, 0), back}, true},
		"met in part":       {[]disagreement{at("price usage_recovered", 41, 0), back}, false},
		"met in other ways": {[]disagreement{at("price usage_recovered", 40, 30), at("spend deficiency_recovered", 10, 20)}, false},
		"something else":    {[]disagreement{at("price usage", 40, 0), back}, false},
	} {
		if cancel(c.found) != c.tie {
			t.Errorf("%s: a tie is %v", name, !c.tie)
		}
	}
}

// report shrinks a deal on which the two disagree and shows it as a file.
func report(t *testing.T, n uint64, s *specimen) {
	t.Helper()
	least := shrink(s, func(s *specimen) bool {
		found := differences(s, nil)
		return len(found) > 0 && !tied(s, found)
	})
	var b strings.Builder
	for i, d := range differences(least, nil) {
		if i == 10 {
			b.WriteString("...\n")
			break
		}
		fmt.Fprintln(&b, d)
	}
	t.Fatalf("engine and reference disagree on deal %d, which comes down to\n%s%s", n, least.text(), &b)
}

// Engine and reference are held to each other on random deals and random
// tapes: every flow, every row of every ledger, what was taken, what was
// quoted, and what everybody has at the end.
func TestEngineEqualsReference(t *testing.T) {
	n := numberOfDeals(t)
	defer debug.SetGCPercent(debug.SetGCPercent(800)) // small, short-lived deals: a quarter of the time otherwise
	var invalid, ties atomic.Uint64
	t.Run("deals", func(t *testing.T) {
		for shard := range uint64(shards) {
			t.Run(strconv.FormatUint(shard, 10), func(t *testing.T) {
				t.Parallel()
				for i := shard; i < n; i += shards {
					s := random(seed, i)
					if !s.valid() {
						invalid.Add(1)
						continue
					}
					if found := differences(s, nil); len(found) > 0 {
						if !tied(s, found) {
							report(t, i, s)
						}
						ties.Add(1)
					}
					if i/shards%16 == 0 {
						auditStocks(t, i, s)
					}
				}
			})
		}
	})
	t.Logf("%d deals, %d of them invalid and left out, %d tied", n, invalid.Load(), ties.Load())
	if 10*invalid.Load() >= 3*n {
		t.Errorf("%d of %d deals are invalid, 30%% or more", invalid.Load(), n)
	}
	if most := 5 + n/500; ties.Load() > most { // about one in a thousand is seen
		t.Errorf("%d ties, more than the %d that chance explains", ties.Load(), most)
	}
}

// auditStocks holds what the engine says it has to the engine's own flows.
func auditStocks(t *testing.T, n uint64, s *specimen) {
	t.Helper()
	in, _ := s.input()
	for _, f := range audited(in, s.tape(in)) {
		t.Fatalf("deal %d: %v\n%s", n, f, s.text())
	}
}

// What the reference says everybody has follows from its own flows.
func TestReferenceConservesStocks(t *testing.T) {
	for i := range uint64(5000) {
		s := random(seed, i)
		if !s.valid() {
			continue
		}
		in, _ := s.input()
		result := Run(in, s.tape(in))
		for _, d := range compare(in, result, result) {
			t.Fatalf("deal %d: %v\n%s", i, d, s.text())
		}
	}
}
