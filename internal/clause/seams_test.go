// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/unit"
)

// richDeal is a deal in which every clause has work to do: nested and stacked
// commitments, banks, deferral, late payment, a facility opened by power, an
// exit, and default in some lanes.
func richDeal(t testing.TB) (*calendar.Grid, []Clause) {
	g := testGrid(t, "4y", calendar.Month, 2)
	capacity := NewCapacity()
	capacity.head = Head{ID: "delivery", From: "cloud", To: "lab"}
	capacity.Generations = []Generation{
		{From: g.Start(), PowerGW: 1, UnitsPerGW: 60, Gain: 1},
		{From: g.Start().AddMonths(14), PowerGW: 1, UnitsPerGW: 50, Refresh: calendar.Span{Months: 12}, Gain: 1.5},
	}
	price := testPrice()
	price.NetMonths = 2
	price.Tiers = []Tier{{0, 0.05}, {40000, 0.15}}
	cheque := NewEquity()
	cheque.head = Head{ID: "series-a", From: "cloud", To: "lab"}
	cheque.Amount, cheque.PreMoney, cheque.PaidIn = unit.Amount{Value: 30000}, unit.Amount{Value: 1e6}, "credits"
	two := 2.0
	facility := NewFacility()
	facility.head = Head{ID: "draw", From: "cloud", To: "lab"}
	facility.Limit, facility.After, facility.Of = unit.Amount{Value: 50000}, calendar.Span{Months: 18}, "ipo"
	facility.Opens = []Opening{{Cents: 10000}, {PowerGW: &two, Cents: 40000}}
	outer := testCommitment("outer", 400000)
	outer.Schedule = Schedule{Shape: "growth", PerYear: 0.3}
	outer.Take, outer.Deficiency = 0.9, 0.6
	outer.MakeUp = &MakeUp{Life: 2, In: "units", Expiry: "after_use", TopUp: "unpaid", AtEnd: "refunded"}
	outer.Carry = &CarryForward{Threshold: 1, Cap: 0.2}
	outer.Exit = &Exit{Fee: 0.4, From: calendar.Span{Months: 20}}
	inner := testCommitment("inner", 160000)
	inner.Period, inner.Within, inner.NetMonths = "quarter", "outer", 1
	inner.Deferral = &Deferral{Cap: 0.1}
	inner.MakeUp = &MakeUp{Life: 3, In: "money", Expiry: "before_use", TopUp: "unpaid", AtEnd: "lost"}
	upper := testCommitment("upper", 60000)
	upper.AfterOf, upper.Credit = "outer", &ShortfallCredit{Life: 1}
	return g, []Clause{upper, outer, cheque, inner, facility, price, capacity}
}

func richProgram(t testing.TB, without ...string) *contract.Program {
	g, clauses := richDeal(t)
	var kept []Clause
	for _, c := range clauses {
		off := false
		for _, id := range without {
			off = off || c.Head().ID == id
		}
		if off {
			kept = append(kept, c.Without().Instead...)
		} else {
			kept = append(kept, c)
		}
	}
	return contract.Compile(contract.Config{Grid: g, Buyer: "lab", Supplier: "cloud", Clauses: Arrange(kept)})
}

// weather fills a step's observations for the given paths; each path's numbers
// depend on the path and the step only.
func weather(p *contract.Program, obs *contract.Obs, t, firstPath int) {
	for i := range obs.Col[contract.Need] {
		path := firstPath + i
		r := rand.New(rand.NewPCG(uint64(path), uint64(t+1)))
		obs.Col[contract.Need][i] = 130 * r.Float64()
		obs.Col[contract.Flexible][i] = 20 * r.Float64()
		obs.Col[contract.List][i] = 80 + 40*r.Float64()
		obs.Col[contract.Market][i] = 70 + 40*r.Float64()
		obs.Col[contract.Delivery][i] = 0.5 + 0.5*r.Float64()
		obs.Col[contract.Alive][i] = 1
		obs.Col[contract.AccruedRecovery][i], obs.Col[contract.ClaimRecovery][i] = 0.4, 0.1
		if path%5 == 3 && t >= 17+path%7 {
			obs.Col[contract.Alive][i] = 0
		}
		obs.Col[contract.LabValue][i] = 1e6 * (0.5 + r.Float64())
		for e := range obs.Index {
			obs.Index[e][i] = 10 * r.Float64()
		}
		for e := range obs.Events {
			obs.Events[e][i] = 0
			if path%2 == 0 && t >= 9 {
				obs.Events[e][i] = 1
			}
		}
	}
	if obs.Curve == nil {
		for s := range p.Grid().Steps() {
			obs.Curve = append(obs.Curve, math.Exp(-0.05*p.Grid().Years(s)))
		}
	}
}

// hand elects something for every slot, from the path and the step only.
func hand(obs *contract.Obs, e *contract.Elections, t, firstPath int) {
	for i := range e.Units {
		r := rand.New(rand.NewPCG(uint64(firstPath+i), uint64(t+1)<<32))
		e.Units[i] = obs.Col[contract.Need][i] * (0.5 + r.Float64())
		for s := range e.Slot {
			e.Slot[s][i] = 1000 * r.Float64()
		}
	}
}

// runRich steps a contract to its end, or to step until, by hand.
func runRich(c *contract.Contract, obs *contract.Obs, firstPath, until int, each func(*contract.Month)) {
	p := c.Program()
	if c.State(0).Next < 0 {
		weather(p, obs, -1, firstPath)
		each(c.Sign(obs))
	}
	exit := -1
	for s, name := range p.Slots() {
		if name == "exit" {
			exit = s
		}
	}
	for !c.Done() && c.Next() < until {
		t := c.Next()
		weather(p, obs, t, firstPath)
		c.Quote(obs)
		e := c.Elections()
		hand(obs, e, t, firstPath)
		for i := range e.Units {
			if exit < 0 {
				break
			}
			e.Slot[exit][i] = 0
			if path := firstPath + i; path%11 == 5 && t == 27 {
				e.Slot[exit][i] = 1
			}
		}
		each(c.Settle(e))
	}
}

// trace is everything that flows and is read in one lane, as text of exact
// bits.
func trace(m *contract.Month, lane int, out *[]string) {
	for _, f := range m.Postings() {
		if f.Amount[lane] != 0 {
			*out = append(*out, fmt.Sprintf("%d %v %x", m.T, *f.Line, math.Float64bits(f.Amount[lane])))
		}
	}
}

const lanesInTest = 512

// Seam 1: the same clause code in 1, 8 and 512 lanes gives the same bits.
func TestLanesDoNotMatter(t *testing.T) {
	p := richProgram(t)
	want, hashes := traces(p, lanesInTest)
	for _, lanes := range []int{1, 8} {
		got, h := traces(p, lanes)
		for path := range want {
			if fmt.Sprint(got[path]) != fmt.Sprint(want[path]) || h[path] != hashes[path] {
				t.Fatalf("%d lanes: path %d differs", lanes, path)
			}
		}
	}
	if len(want[0]) < 200 {
		t.Fatalf("only %d flows in a lane: the test sees too little", len(want[0]))
	}
}

func traces(p *contract.Program, lanes int) (flows [][]string, hashes []string) {
	const paths = 64 // of 512 when run in one block
	flows, hashes = make([][]string, paths), make([]string, paths)
	for first := 0; first < paths; first += lanes {
		c, obs := p.New(lanes), p.NewObs(lanes)
		runRich(c, obs, first, 1e9, func(m *contract.Month) {
			for lane := range min(lanes, paths-first) {
				trace(m, lane, &flows[first+lane])
			}
		})
		for lane := range min(lanes, paths-first) {
			hashes[first+lane] = c.State(lane).Hash()
		}
	}
	return flows, hashes
}

// Seam 1: a step allocates nothing.
func TestStepAllocatesNothing(t *testing.T) {
	p := richProgram(t)
	c, obs := p.New(64), p.NewObs(64)
	weather(p, obs, 0, 0)
	allocs := testing.AllocsPerRun(3, func() {
		c.Reset()
		c.Sign(obs)
		for !c.Done() {
			c.Quote(obs)
			e := c.Elections()
			copy(e.Units, obs.Col[contract.Need])
			c.Settle(e).Postings()
		}
	})
	if allocs != 0 {
		t.Errorf("%v allocations in a run of %d steps", allocs, p.Grid().Steps())
	}
}

// Seam 2: a recorded lane of a run by hand replays to the same flows and the
// same state.
func TestTapeReplays(t *testing.T) {
	p := richProgram(t)
	const lane = 5
	c, obs := p.New(8), p.NewObs(8)
	var want, got []string
	weather(p, obs, -1, 0)
	rec := c.Program().Record(c.State(lane), obs.Curve, lane)
	runRich(c, obs, 0, 1e9, func(m *contract.Month) {
		trace(m, lane, &want)
		if m.T < 0 {
			rec.Step(obs, nil)
		} else {
			rec.Step(obs, c.Elections())
		}
	})
	start := p.New(1).State(0)
	end, err := p.Replay(start, rec.Tape(), func(m *contract.Month) { trace(m, 0, &got) })
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) || end.State(0).Hash() != c.State(lane).Hash() {
		t.Error("the replay differs from the run")
	}
	short := rec.Tape()
	short.Start = 3
	if _, err := p.Replay(start, short, func(*contract.Month) {}); err == nil {
		t.Error("a tape that begins elsewhere was replayed")
	}
}

// Seam 3: from a recorded state at month 37, forked and broadcast lanes go on
// as the original does; broadcast lanes agree until they are driven apart.
func TestForkAndBroadcast(t *testing.T) {
	p := richProgram(t)
	const path = 4
	c, obs := p.New(1), p.NewObs(1)
	runRich(c, obs, path, 37, func(*contract.Month) {})
	state := c.State(0)
	fork := c.Fork()
	var want, got []string
	runRich(c, obs, path, 1e9, func(m *contract.Month) { trace(m, 0, &want) })
	runRich(fork, p.NewObs(1), path, 1e9, func(m *contract.Month) { trace(m, 0, &got) })
	if fmt.Sprint(got) != fmt.Sprint(want) || fork.State(0).Hash() != c.State(0).Hash() {
		t.Error("the fork went another way than the original")
	}
	if len(want) == 0 || state.Hash() == c.State(0).Hash() {
		t.Error("nothing happened after the fork")
	}
	wide := p.Broadcast(state, lanesInTest)
	for lane := range lanesInTest {
		if wide.State(lane).Hash() != state.Hash() {
			t.Fatalf("lane %d of the broadcast does not stand where the original stood", lane)
		}
	}
	// Every lane is another path from here on, starting with the original's.
	first := make([]string, 0)
	runRich(wide, p.NewObs(lanesInTest), path, 1e9, func(m *contract.Month) { trace(m, 0, &first) })
	if fmt.Sprint(first) != fmt.Sprint(want) {
		t.Error("the first lane of the broadcast left the original")
	}
	if wide.State(0).Hash() == wide.State(1).Hash() {
		t.Error("lanes driven apart still agree")
	}
}

// Seam 4: each clause off, and what refers to it answers sensibly.
func TestWithoutEachClause(t *testing.T) {
	_, clauses := richDeal(t)
	for _, c := range clauses {
		id := c.Head().ID
		p := richProgram(t, id)
		run, obs := p.New(8), p.NewObs(8)
		run.Audit()
		kinds := map[string]float64{}
		runRich(run, obs, 0, 1e9, func(m *contract.Month) {
			for _, f := range m.Postings() {
				if f.Line.Clause == id && f.Line.Kind != "usage" && f.Line.Kind != "usage_paid" {
					for _, x := range f.Amount {
						kinds[f.Line.Kind] += math.Abs(x)
					}
				}
			}
		})
		for kind, sum := range kinds {
			if sum != 0 && c.Kind() != "price" {
				t.Errorf("without %s, %s still flows", id, kind)
			}
			if sum != 0 && c.Kind() == "price" && kind == "discount" {
				t.Errorf("without %s there is still a discount", id)
			}
		}
		if faults := run.StockFaults(); len(faults) > 0 {
			t.Errorf("without %s: %v", id, faults[0])
		}
		if c.Without().Says == "" {
			t.Errorf("%s does not say what there is without it", c.Kind())
		}
	}
	// Without the outer commitment the inner one stands alone and what is
	// stacked on it counts all spend.
	alone := richProgram(t, "outer")
	run, obs := alone.New(1), alone.NewObs(1)
	counted := 0.0
	runRich(run, obs, 0, 1e9, func(m *contract.Month) {
		for id, r := range alone.Readings() {
			if x, ok := m.Reading(contract.ReadingID(id)); ok && r.Clause == "upper" && r.Name == "spend" {
				counted += x[0]
			}
		}
	})
	if counted == 0 {
		t.Error("the stacked commitment counts nothing once the lower one is off")
	}
}

// Seam 6: odd cents settle half-even, and the ledger's whole cents sum
// exactly.
func TestWholeCents(t *testing.T) {
	g, clauses := richDeal(t)
	p := contract.Compile(contract.Config{Grid: g, Buyer: "lab", Supplier: "cloud", Clauses: Arrange(clauses), WholeCents: true})
	c, obs := p.New(16), p.NewObs(16)
	c.Audit()
	moved := 0
	runRich(c, obs, 0, 1e9, func(m *contract.Month) {
		for _, f := range m.Postings() {
			for _, x := range f.Amount {
				if f.Line.Asset.Kind.InCents() && x != math.Trunc(x) {
					t.Fatalf("step %d: %v cents of %s", m.T, x, f.Line.Kind)
				}
				if x != 0 {
					moved++
				}
			}
		}
	})
	if moved < 1000 {
		t.Errorf("only %d amounts moved", moved)
	}
	if faults := c.StockFaults(); len(faults) > 0 {
		t.Errorf("whole cents do not sum: %v", faults[0])
	}
}

func TestHalfEven(t *testing.T) {
	g := testGrid(t, "1y", calendar.Month, 0)
	p := contract.Compile(contract.Config{Grid: g, Buyer: "lab", Supplier: "cloud", Clauses: []contract.Clause{testPrice()}, WholeCents: true})
	for takes, want := range map[float64]float64{0.125: 12, 0.375: 38, 0.005: 0, 0.015: 2, 0.025: 2} {
		c, obs := p.New(1), p.NewObs(1)
		obs.Curve = make([]float64, 12)
		obs.Col[contract.Need][0], obs.Col[contract.List][0], obs.Col[contract.Alive][0] = takes, 100, 1
		c.Sign(obs)
		c.Quote(obs)
		e := c.Elections()
		e.Units[0] = takes
		if got := c.Settle(e).Q(contract.Spend)[0]; got != want {
			t.Errorf("%v units at 100 cents: %v cents, want %v", takes, got, want)
		}
	}
}

// Seam 8: opening + in - out = closing for every asset, lane and month.
func TestStocksFollowFlows(t *testing.T) {
	p := richProgram(t)
	c, obs := p.New(64), p.NewObs(64)
	c.Audit()
	runRich(c, obs, 0, 1e9, func(*contract.Month) {})
	for _, f := range c.StockFaults() {
		t.Error(f)
	}
}

// leaky is a clause that moves a note and forgets a tenth of it.
type leaky struct{}

func (leaky) Bind(b *contract.Builder) {
	note := contract.Asset{Kind: contract.Note, Of: "leaky"}
	line := b.Line(contract.Line{From: "lab", To: "cloud", Asset: note, Kind: "note", Clause: "leaky"})
	held := b.Column("leaky.held")
	b.Stock("cloud", note, held)
	b.On(contract.Funding, "leaky", func(m *contract.Month) {
		amount := m.PostTo(line)
		for i := range amount {
			amount[i] = 100
			m.Col(held)[i] += 90
		}
	})
}

func TestBrokenClauseIsCaught(t *testing.T) {
	g := testGrid(t, "1y", calendar.Month, 0)
	p := contract.Compile(contract.Config{Grid: g, Buyer: "lab", Supplier: "cloud", Clauses: []contract.Clause{leaky{}}})
	c, obs := p.New(2), p.NewObs(2)
	c.Audit()
	runRich(c, obs, 0, 1e9, func(*contract.Month) {})
	if n := len(c.StockFaults()); n != 24 {
		t.Errorf("%d faults found, want one for each of 12 months and 2 lanes", n)
	}
}
