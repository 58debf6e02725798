// SPDX-License-Identifier: Apache-2.0

package contract

import (
	"fmt"

	"offtake/internal/calendar"
)

// A Clause is a term of the agreement, as the machine sees it. Bind is called
// once, when a program is made; what it attaches must hold no state of its
// own, because one program runs in many contracts at once.
type Clause interface {
	Bind(b *Builder)
}

// Config says what a program is made from.
type Config struct {
	Grid     *calendar.Grid
	Buyer    string   // the party that takes compute
	Supplier string   // the party that supplies it
	Clauses  []Clause // in the order in which those of one stage run
	// Shares are how many shares of the buyer there were before the agreement,
	// as if all were converted; 0 means DefaultShares. Held says who of the
	// parties has some of them.
	Shares float64
	Held   map[string]float64 // shares, by party
	// WholeCents settles every posted amount half-even to a whole minor unit,
	// as bills do; without it Post is the identity.
	WholeCents bool
}

type hook struct {
	clause string
	run    func(*Month)
}

type slot struct {
	name, clause string
	kind         SlotKind
}

type stock struct {
	holder string
	asset  Asset
	cols   []Col
}

// A Program is an agreement laid out over columns: which columns there are,
// which lines may carry flows, and what runs at each stage. It is immutable
// and may be shared by any number of contracts.
type Program struct {
	grid            *calendar.Grid
	buyer, supplier string
	wholeCents      bool

	hooks    [stages][]hook
	names    []string // of state columns
	lines    []Line
	readings []Reading
	slots    []slot
	watch    Watch
	gates    []gate
	bills    []bill
	billing  []string // clauses whose bills may be unpaid when the buyer fails
	reduces  []reduction
	claims   []Liability
	debts    []debt
	strikes  []strike
	// recoveries, accelerations and instalments are what clauses say of each other's claims and
	// minimums; buyerCarries and supplierCarries of a contract that runs on.
	recoveries                    []recovery
	accelerations                 []acceleration
	instalments                   []instalment
	buyerCarries, supplierCarries carrying
	shares                        float64
	held                          map[string]float64
	stocks                        []stock
	owner                         [quantities]string
	temps                         int
	usageNet                      int
	ended                         Col // 1 once the buyer has left, or either side has failed
	failed                        Col // 1 once the buyer has been insolvent
	issued                        Col // shares of the buyer issued since the signing
	released                      Col // share of the agreement that partial exits have ended; -1 where none can
	raised                        Col // cents of new money for them, at present value
	others                        othersRound
	longer                        Col // steps by which extensions have lengthened the term; -1 where none can
	renewed                       Col // steps by which the running step lengthens it
	exit                          Slot
	idle                          []bool // by clause, in the order in which they were given
}

// Compile lays an agreement out. It panics on a programming error, such as
// two kinds of clause that own one quantity.
func Compile(cfg Config) *Program {
	p := &Program{grid: cfg.Grid, buyer: cfg.Buyer, supplier: cfg.Supplier, wholeCents: cfg.WholeCents, exit: -1, released: -1, longer: -1,
		shares: cfg.Shares, held: cfg.Held}
	if p.shares == 0 {
		p.shares = DefaultShares
	}
	b := &Builder{p: p}
	p.ended, p.failed = b.Column("ended"), b.Column("failed")
	p.issued, p.raised = b.Column("shares_issued"), b.Column("shares_paid")
	if cfg.Grid.Signed() < cfg.Grid.Term() {
		p.longer, p.renewed = b.Column("extended"), b.Column("extending")
	}
	b.Solvency(cfg.Supplier)
	for _, c := range cfg.Clauses {
		before := p.laid()
		c.Bind(b)
		p.idle = append(p.idle, p.laid() == before)
	}
	p.bindRound(b)
	p.temps = 24
	return p
}

// laid is how much clauses have attached that can move or tell anything.
func (p *Program) laid() int {
	n := len(p.names) + len(p.lines) + len(p.readings) + len(p.slots) + len(p.bills) + len(p.reduces) + len(p.claims) + len(p.debts) +
		len(p.strikes) + len(p.recoveries) + len(p.accelerations) + len(p.instalments) + p.usageNet
	for _, h := range p.hooks {
		n += len(h)
	}
	for _, kind := range p.owner {
		n += len(kind)
	}
	return n
}

// Idle tells whether the i-th clause that the program was made from does nothing:
// it states what no flow and no quantity depends on.
func (p *Program) Idle(i int) bool { return p.idle[i] }

// Grid is the time grid that the program runs on.
func (p *Program) Grid() *calendar.Grid { return p.grid }

// Buyer and Supplier are the parties between whom compute passes.
func (p *Program) Buyer() string { return p.buyer }

// Supplier is the party that supplies compute.
func (p *Program) Supplier() string { return p.supplier }

// Lines are all flow lines, by LineID. The slice must not be changed.
func (p *Program) Lines() []Line { return p.lines }

// Readings are all readings, by ReadingID. The slice must not be changed.
func (p *Program) Readings() []Reading { return p.readings }

// Watch is what the program looks at beside its observables.
func (p *Program) Watch() *Watch { return &p.watch }

// Has tells whether some clause owns the quantity.
func (p *Program) Has(q Quantity) bool { return p.owner[q] != "" }

// A Builder is what a clause binds itself with.
type Builder struct {
	p *Program
}

// Grid is the time grid.
func (b *Builder) Grid() *calendar.Grid { return b.p.grid }

// Buyer is the party that takes compute.
func (b *Builder) Buyer() string { return b.p.buyer }

// Supplier is the party that supplies compute.
func (b *Builder) Supplier() string { return b.p.supplier }

// Column claims a state column, zero at the start.
func (b *Builder) Column(name string) Col {
	b.p.names = append(b.p.names, name)
	return Col(len(b.p.names) - 1)
}

// Columns claims n state columns that lie next to each other.
func (b *Builder) Columns(name string, n int) []Col {
	cols := make([]Col, n)
	for i := range cols {
		cols[i] = b.Column(fmt.Sprintf("%s[%d]", name, i))
	}
	return cols
}

// Stock declares that the columns, with those declared before for the same
// holder and asset, are what holder has of asset. The audit holds them to the
// flows.
func (b *Builder) Stock(holder string, asset Asset, cols ...Col) {
	for i := range b.p.stocks {
		if s := &b.p.stocks[i]; s.holder == holder && s.asset == asset {
			s.cols = append(s.cols, cols...)
			return
		}
	}
	b.p.stocks = append(b.p.stocks, stock{holder, asset, cols})
}

// Shared is a state column that several clauses agree on by its name.
func (b *Builder) Shared(name string) Col {
	for i, n := range b.p.names {
		if n == name {
			return Col(i)
		}
	}
	return b.Column(name)
}

// PayUsage sets how many steps after use the buyer pays for it; what lowers
// invoices for usage follows the same terms.
func (b *Builder) PayUsage(net int) { b.p.usageNet = net }

// UsageNet is how many steps after use the buyer pays for it.
func (b *Builder) UsageNet() int { return b.p.usageNet }

// Own claims the quantity for a kind of clause. Several clauses of one kind
// may own one quantity; they add to it.
func (b *Builder) Own(q Quantity, kind string) {
	if was := b.p.owner[q]; was != "" && was != kind {
		panic(fmt.Sprintf("contract: %s is owned by %s and claimed by %s", q, was, kind))
	}
	b.p.owner[q] = kind
	if q == Released && b.p.released < 0 {
		b.p.released = b.Column("released")
	}
}

// Has tells whether an earlier clause owns the quantity.
func (b *Builder) Has(q Quantity) bool { return b.p.Has(q) }

// Line adds a flow line.
func (b *Builder) Line(l Line) LineID {
	b.p.lines = append(b.p.lines, l)
	return LineID(len(b.p.lines) - 1)
}

// Reading adds a reading.
func (b *Builder) Reading(r Reading) ReadingID {
	b.p.readings = append(b.p.readings, r)
	return ReadingID(len(b.p.readings) - 1)
}

// On attaches work to a stage.
func (b *Builder) On(s Stage, clause string, run func(*Month)) {
	b.p.hooks[s] = append(b.p.hooks[s], hook{clause, run})
}
