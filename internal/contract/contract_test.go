// SPDX-License-Identifier: Apache-2.0

package contract

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// The calls of a contract come in one order: Sign, then Quote and Settle by
// turns. Anything else is a programming error.
func TestCallsOutOfOrder(t *testing.T) {
	p := compile(t, 2, 0, meter(0))
	obs := fair(p, 1)
	at := func(stand string) *Contract {
		c := p.New(1)
		switch stand {
		case "signed":
			c.Sign(obs)
		case "quoted":
			c.Sign(obs)
			c.Quote(obs)
		case "over":
			c.Sign(obs)
			step(c, obs, 1)
			step(c, obs, 1)
		}
		return c
	}
	for _, c := range []struct{ stand, call, want string }{
		{"unsigned", "Quote", "Quote out of order at step 0"},
		{"unsigned", "Settle", "Settle out of order at step 0"},
		{"signed", "Sign", "Sign out of order at step 0"},
		{"signed", "Settle", "Settle out of order at step 0"},
		{"quoted", "Sign", "Sign out of order at step 0"},
		{"quoted", "Quote", "Quote out of order at step 0"},
		{"quoted", "State", "State between Quote and Settle"},
		{"quoted", "Fork", "Fork between Quote and Settle"},
		{"over", "Quote", "Quote past the last step"},
		{"over", "Settle", "Settle out of order at step 2"},
		{"over", "Sign", "Sign out of order at step 2"},
		{"signed", "StockFaults", "StockFaults without Audit"},
	} {
		x := at(c.stand)
		panics(t, c.stand+", "+c.call, c.want, func() {
			switch c.call {
			case "Sign":
				x.Sign(obs)
			case "Quote":
				x.Quote(obs)
			case "Settle":
				x.Settle(x.Elections())
			case "State":
				x.State(0)
			case "Fork":
				x.Fork()
			case "StockFaults":
				x.StockFaults()
			}
		})
	}
}

func TestMisuse(t *testing.T) {
	p := compile(t, 2, 0, meter(0))
	panics(t, "a state of another program", "a state of 1 columns for a program of 6", func() { p.Broadcast(State{Columns: make([]float64, 1)}, 1) })
	line := Line{From: "lab", To: "cloud", Asset: Asset{Kind: Cash}, Kind: "toll", Clause: "toy"}
	for _, c := range []struct {
		name, want string
		bind       func(b *Builder)
	}{
		{"two writers of one line", "PostTo a line that has moved: toll", func(b *Builder) {
			id := b.Line(line)
			b.On(Funding, "toy", func(m *Month) { m.Post(id, m.Q(Taken)); m.PostTo(id) })
		}},
		{"scratch columns kept", "contract: toy kept scratch columns after funding", func(b *Builder) {
			b.On(Funding, "toy", func(m *Month) { m.Temp() })
		}},
		{"scratch columns given back twice", "contract: toy kept scratch columns after funding", func(b *Builder) {
			b.On(Funding, "toy", func(m *Month) { m.Temp(); m.Free(2) })
		}},
		{"too many scratch columns", "too many scratch columns in use", func(b *Builder) {
			b.On(Funding, "toy", func(m *Month) {
				for range 1000 {
					m.Temp()
				}
			})
		}},
		{"lanes that do not match", "unequal length", func(b *Builder) {
			id := b.Line(line)
			b.On(Funding, "toy", func(m *Month) { m.Post(id, make([]float64, m.Lanes+1)) })
		}},
	} {
		panics(t, c.name, c.want, func() {
			p := compile(t, 1, 0, clauseFunc(c.bind))
			x, obs := p.New(2), fair(p, 2)
			x.Sign(obs)
			step(x, obs, 1)
		})
	}
}

// One kind of clause owns a quantity; several clauses of that kind may.
func TestOwnership(t *testing.T) {
	owner := func(q Quantity, kind string) Clause { return clauseFunc(func(b *Builder) { b.Own(q, kind) }) }
	p := compile(t, 1, 0, owner(Price, "price"), owner(Price, "price"))
	if !p.Has(Price) || p.Has(Capacity) {
		t.Error("a quantity is owned where a clause has claimed it, and nowhere else")
	}
	panics(t, "two kinds", "price_cents is owned by price and claimed by rebate", func() {
		compile(t, 1, 0, owner(Price, "price"), owner(Price, "rebate"))
	})
	compile(t, 1, 0, owner(Price, "price"), clauseFunc(func(b *Builder) {
		if !b.Has(Price) || b.Has(Spend) || b.Buyer() != "lab" || b.Supplier() != "cloud" || b.Grid().Term() != 1 {
			t.Error("the builder does not know what came before")
		}
	}))
}

// Handles are shared by name where that is meant, and only there.
func TestBuilderHandles(t *testing.T) {
	p := compile(t, 1, 0, clauseFunc(func(b *Builder) {
		if b.Shared("pot") != b.Shared("pot") || b.Column("own") == b.Column("own") {
			t.Error("a shared column is one, columns of one name are two")
		}
		if b.Event("rain") != b.Event("rain") || b.Event("rain") == b.Event("snow") {
			t.Error("an event is one by its name")
		}
		if b.Exit() != b.Exit() || b.Election("draw", "toy", DrawSlot) == b.Exit() {
			t.Error("there is one exit")
		}
		cols := b.Columns("ring", 3)
		if cols[1] != cols[0]+1 || cols[2] != cols[0]+2 {
			t.Error("columns do not lie next to each other")
		}
	}))
	if got := fmt.Sprint(p.Watch().Events, p.Slots()); got != "[rain snow] [exit draw]" {
		t.Errorf("events and slots %s", got)
	}
	if p.Buyer() != "lab" || p.Supplier() != "cloud" || len(p.Lines()) != 2 || len(p.Readings()) != 0 {
		t.Error("the program does not know what it was made from")
	}
}

// Every stage runs in a step, or at signing, once.
func TestOrderOfStages(t *testing.T) {
	var ran []string
	p := compile(t, 1, 1, clauseFunc(func(b *Builder) {
		for s := range stages {
			b.On(s, "toy", func(m *Month) { ran = append(ran, fmt.Sprint(m.T, s)) })
		}
	}))
	c, obs := p.New(1), fair(p, 1)
	c.Sign(obs)
	step(c, obs, 0)
	step(c, obs, 0)
	each := []string{"supply", "pricing", "standing", "taking", "billing", "crediting", "reckoning", "funding", "milestones", "claiming", "securing", "covering", "ending"}
	want := []string{"-1 signing"}
	for _, t := range []string{"0 ", "1 "} {
		for _, s := range each {
			want = append(want, t+s)
		}
	}
	if got := strings.Join(ran, ", "); got != strings.Join(want, ", ") {
		t.Errorf("ran %s, want %s", got, strings.Join(want, ", "))
	}
}

func TestNames(t *testing.T) {
	seen := map[string]bool{}
	for q := range quantities {
		seen["quantity "+q.String()] = q.String() != ""
	}
	for o := range Observables {
		seen["observable "+o.String()] = o.String() != ""
	}
	for s := range stages {
		seen["stage "+s.String()] = s.String() != ""
	}
	if n := int(quantities) + int(Observables) + int(stages); len(seen) != n {
		t.Errorf("%d names for %d things", len(seen), n)
	}
	for name, said := range seen {
		if !said {
			t.Errorf("%s has no name", name)
		}
	}
	for _, k := range []AssetKind{Cash, DueLater, Deposit, InKind, Note, FacilityOpen, MakeUp, CarryForward, Deferred, Credits} {
		if !k.InCents() {
			t.Errorf("%s is counted in cents", k)
		}
	}
	for _, k := range []AssetKind{MakeUpUnits, Shares, Warrants} {
		if k.InCents() {
			t.Errorf("%s is not counted in cents", k)
		}
	}
}

// What is elected is clamped to the offer: units to need, capacity and zero,
// amounts to what is open, and all of it to nothing where the lane is not live.
func TestElectionsAreClamped(t *testing.T) {
	for _, c := range []struct {
		name        string
		clauses     []Clause
		flexible    float64
		alive       float64
		units, draw float64
		taken, drew float64
		bounded     bool
	}{
		{name: "as elected", clauses: []Clause{meter(0), purse()}, alive: 1, units: 3, draw: 7, taken: 3, drew: 7},
		{name: "more than need", clauses: []Clause{meter(0), purse()}, alive: 1, units: 9, taken: 4},
		{name: "flexible need too", clauses: []Clause{meter(0), purse()}, flexible: 3, alive: 1, units: 9, taken: 7},
		{name: "more than capacity", clauses: []Clause{meter(0), purse(), supply(2)}, alive: 1, units: 9, taken: 2, bounded: true},
		{name: "no capacity", clauses: []Clause{meter(0), purse(), supply(0)}, alive: 1, units: 9, bounded: true},
		{name: "less than nothing", clauses: []Clause{meter(0), purse()}, alive: 1, units: -1, draw: -1},
		{name: "more than is open", clauses: []Clause{meter(0), purse()}, alive: 1, draw: 11, drew: 10},
		{name: "insolvent", clauses: []Clause{meter(0), purse()}, units: 3, draw: 7},
		{name: "beyond all bounds", clauses: []Clause{meter(0), purse()}, alive: 1, units: math.Inf(1), draw: math.MaxFloat64, taken: 4, drew: 10},
	} {
		p := compile(t, 1, 0, c.clauses...)
		x, obs := p.New(1), fair(p, 1)
		obs.Col[Flexible][0], obs.Col[Alive][0] = c.flexible, c.alive
		x.Audit()
		x.Sign(obs)
		q := x.Quote(obs)
		if q.Bounded != c.bounded || q.Live[0] != c.alive || q.Offer[0][0] != 10 || q.Step != 0 {
			t.Errorf("%s: quote %+v", c.name, *q)
		}
		e := x.Elections()
		e.Units[0], e.Slot[0][0] = c.units, c.draw
		m := x.Settle(e)
		if got := m.Q(Taken)[0]; got != c.taken {
			t.Errorf("%s: %v units taken, want %v", c.name, got, c.taken)
		}
		if got := flow(m, "drawn"); got != c.drew {
			t.Errorf("%s: %v drawn, want %v", c.name, got, c.drew)
		}
		for _, f := range x.StockFaults() {
			t.Errorf("%s: %v", c.name, f)
		}
	}
}

// Leaving ends the lane after the step; so does insolvency, in it.
func TestLanesEnd(t *testing.T) {
	p := compile(t, 4, 0, meter(0), door())
	c, obs := p.New(3), fair(p, 3)
	c.Sign(obs)
	var live, taken []string
	for t := range 4 {
		obs.Col[Alive][2] = 1
		if t == 1 {
			obs.Col[Alive][2] = 0 // and solvent again later, which helps no more
		}
		q := c.Quote(obs)
		live = append(live, fmt.Sprint(q.Live))
		e := c.Elections()
		for i := range e.Units {
			e.Units[i], e.Slot[0][i] = 1, 0
		}
		if t >= 1 {
			e.Slot[0][1] = 0.25 // any value above zero leaves
		}
		m := c.Settle(e)
		taken = append(taken, fmt.Sprint(m.Q(Taken), m.Q(Exiting), m.Q(Defaulting)))
	}
	if got := strings.Join(live, " "); got != "[1 1 1] [1 1 0] [1 0 0] [1 0 0]" {
		t.Errorf("live %s", got)
	}
	want := "[1 1 1] [0 0 0] [0 0 0], [1 1 0] [0 1 0] [0 0 1], [1 0 0] [0 0 0] [0 0 0], [1 0 0] [0 0 0] [0 0 0]"
	if got := strings.Join(taken, ", "); got != want {
		t.Errorf("taken, leaving, defaulting %s, want %s", got, want)
	}
}

// Bills due two steps later: 4 units at 250 are 1,000, less 100. What is open
// grows to two bills and is paid off in the tail.
func TestBills(t *testing.T) {
	p := compile(t, 3, 2, meter(2))
	c, obs := p.New(1), fair(p, 1)
	c.Audit()
	c.Sign(obs)
	for t0, want := range []struct{ billed, invoice, paid, discount, open float64 }{
		{1000, 900, 0, 0, 900}, {1000, 900, 0, 0, 1800}, {1000, 900, 1000, 100, 1800}, {0, 0, 1000, 100, 900}, {0, 0, 1000, 100, 0},
	} {
		m := step(c, obs, 4)
		paid, discount, billed := 0.0, 0.0, 0.0
		for _, f := range m.Postings() {
			switch {
			case f.Line.Asset.Kind == Cash && f.Line.Kind == "usage":
				paid += f.Amount[0]
			case f.Line.Asset.Kind == Cash && f.Line.Kind == "discount":
				discount += f.Amount[0]
			case f.Line.Kind == "usage":
				if billed += f.Amount[0]; f.Line.Due != 2 {
					t.Errorf("a bill due %d steps later, want 2", f.Line.Due)
				}
			}
		}
		got := fmt.Sprint(billed, m.Q(Invoice)[0], paid, discount, m.Q(Receivable)[0])
		if got != fmt.Sprint(want.billed, want.invoice, want.paid, want.discount, want.open) {
			t.Errorf("step %d: billed, invoice, paid, discount, open are %s, want %v", t0, got, want)
		}
	}
	for _, f := range c.StockFaults() {
		t.Error(f)
	}
}

// In whole cents, half a cent settles to the even one, on every line in cents
// and on no other; without, amounts are left as they are.
func TestWholeCents(t *testing.T) {
	var seen []float64
	toy := clauseFunc(func(b *Builder) {
		cash := b.Line(Line{From: "lab", To: "cloud", Asset: Asset{Kind: Cash}, Kind: "toll", Clause: "toy"})
		units := b.Line(Line{From: "lab", To: "cloud", Asset: Asset{MakeUpUnits, "toy"}, Kind: "units", Clause: "toy"})
		b.On(Funding, "toy", func(m *Month) {
			x := m.Temp()
			for _, amount := range []float64{0.5, 1.5, 2.5, 0.4} {
				x[0] = amount
				m.Post(cash, x)
				seen = append(seen, x[0])
			}
			x[0] = 0.3
			m.Post(units, x)
			seen = append(seen, x[0], m.Cents(3.5))
			m.Free(1)
		})
	})
	for whole, want := range map[bool]string{true: "[0 2 2 0 0.3 4] 4 0.3", false: "[0.5 1.5 2.5 0.4 0.3 3.5] 4.9 0.3"} {
		p := Compile(Config{Grid: testGrid(t, 1, 0), Buyer: "lab", Supplier: "cloud", Clauses: []Clause{toy}, WholeCents: whole})
		c, obs := p.New(1), fair(p, 1)
		seen = nil
		c.Sign(obs)
		m := step(c, obs, 0)
		if got := fmt.Sprint(seen, flow(m, "toll"), flow(m, "units")); got != want {
			t.Errorf("whole cents %v: %s, want %s", whole, got, want)
		}
	}
}

// The audit says where a stock and its flows part, in words.
func TestStockFault(t *testing.T) {
	p := compile(t, 1, 0, clauseFunc(func(b *Builder) {
		note := Asset{Note, "toy"}
		id, held := b.Line(Line{From: "lab", To: "cloud", Asset: note, Kind: "note", Clause: "toy"}), b.Column("toy.held")
		b.Stock("cloud", note, held)
		b.On(Funding, "toy", func(m *Month) { m.PostTo(id)[0], m.Col(held)[0] = 3, 2 })
	}))
	c, obs := p.New(1), fair(p, 1)
	c.Audit()
	c.Sign(obs)
	step(c, obs, 0)
	if got := fmt.Sprint(c.StockFaults()); got != "[step 0, lane 0: flows leave cloud with 3 of note toy, the contract states 2]" {
		t.Error(got)
	}
}

// In whole cents balances must follow exactly; else a part in 10^12 of what
// flowed is let pass as rounding.
func TestAuditSlack(t *testing.T) {
	for whole, want := range map[bool]int{true: 1, false: 0} {
		off := clauseFunc(func(b *Builder) {
			note := Asset{Note, "toy"}
			id, held := b.Line(Line{From: "lab", To: "cloud", Asset: note, Kind: "note", Clause: "toy"}), b.Column("toy.held")
			b.Stock("cloud", note, held)
			b.On(Funding, "toy", func(m *Month) { m.PostTo(id)[0], m.Col(held)[0] = 3, 3+1e-12 })
		})
		p := Compile(Config{Grid: testGrid(t, 1, 0), Buyer: "lab", Supplier: "cloud", Clauses: []Clause{off}, WholeCents: whole})
		c, obs := p.New(1), fair(p, 1)
		c.Audit()
		c.Sign(obs)
		step(c, obs, 0)
		if got := len(c.StockFaults()); got != want {
			t.Errorf("whole cents %v: %d faults, want %d", whole, got, want)
		}
	}
}

// Two parts of one stock add up, and whoever gives is followed too.
func TestStocksAddUp(t *testing.T) {
	p := compile(t, 1, 0, clauseFunc(func(b *Builder) {
		note := Asset{Note, "toy"}
		id := b.Line(Line{From: "lab", To: "cloud", Asset: note, Kind: "note", Clause: "toy"})
		one, other, given := b.Column("toy.one"), b.Column("toy.other"), b.Column("toy.given")
		b.Stock("cloud", note, one)
		b.Stock("lab", note, given)
		b.Stock("cloud", note, other)
		b.On(Funding, "toy", func(m *Month) {
			amount := m.PostTo(id)
			for i := range amount {
				amount[i] = 5
				m.Col(one)[i], m.Col(other)[i], m.Col(given)[i] = 2, 3, -5
			}
		})
	}))
	c, obs := p.New(2), fair(p, 2)
	c.Audit()
	c.Sign(obs)
	step(c, obs, 0)
	if faults := c.StockFaults(); len(faults) > 0 {
		t.Error(faults[0])
	}
}

// Postings come in the order of their lines, whichever moved first.
func TestPostingsAreInOrder(t *testing.T) {
	p := compile(t, 1, 0, meter(0), purse())
	c, obs := p.New(1), fair(p, 1)
	c.Sign(obs)
	var ids []LineID
	for _, f := range step(c, obs, 1).Postings() {
		ids = append(ids, f.ID)
	}
	if !slices.IsSorted(ids) || len(ids) == 0 {
		t.Errorf("postings of lines %v", ids)
	}
}
