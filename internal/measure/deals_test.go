// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"math"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/unit"
	"offtake/internal/vec"
)

// A run is a deal in a few histories, made by hand. Amounts are in currency.
type run struct {
	step     calendar.Step
	months   int
	tail     int
	clauses  []clause.Clause
	need     []float64 // units a step, all taken; the last goes on
	market   float64   // price; list is 1
	discount float64   // a year: DF = (1+r)^-t, years of 360 days
	fails    []int     // by lane: the step in which the buyer is insolvent; -1 for never
	leaves   []int     // likewise for leaving
	draw     float64   // elected in every facility, each step
	elect    float64   // share of need that is taken; 0 for all
	missed   []float64 // of minimums elsewhere, by lane, at the end of the first step
	moves    []move    // by clauses of no catalogue, one a line
	reported []float64 // by a clause of no catalogue, by step: what is owed if it is used at once, in cents
	raised   []float64 // by others in rounds, by step; raisedAt is the value before them, 0 for the fair one
	raisedAt float64
	seen     int // step in which events are seen; 0 for the seventh
	world    func(s *Setting)
}

func day(s string) calendar.Date { return calendar.MustParseDate(s) }

func (r *run) grid(t testing.TB) *calendar.Grid {
	t.Helper()
	g, err := calendar.NewGrid(day("2027-01-01"), day("2027-01-01"), calendar.Span{Months: r.months}, r.step, r.tail, calendar.Thirty360)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// setting tells the measures what paths would tell them of the clauses.
func (r *run) setting(t testing.TB) *Setting {
	g := r.grid(t)
	s := &Setting{
		Program:       contract.Compile(contract.Config{Grid: g, Buyer: "lab", Supplier: "cloud", Clauses: r.bound()}),
		Costs:         []Cost{{Name: "sunk", Cents: level(g, 0.5)}, {Name: "scarce", Cents: level(g, r.market)}},
		LabValueCents: 100000, Feedback: true, CanDefault: len(r.fails) > 1, Holders: []Holding{{Party: "cloud"}},
	}
	for t := range g.Steps() {
		s.Curve = append(s.Curve, math.Pow(1+r.discount, -g.Years(t)))
	}
	for _, c := range r.clauses {
		switch x := c.(type) {
		case *clause.Equity:
			for _, p := range x.Payments(g) {
				s.Rounds = append(s.Rounds, Round{Clause: x.Head().ID, Investor: x.Head().From, AmountCents: p.Cents, Step: p.Step, InCredits: x.PaidIn == "credits"})
			}
			if f := x.Preference; f != nil {
				s.Preferences = append(s.Preferences, Preference{Clause: x.Head().ID, Multiple: f.Multiple, Participating: f.Participating, Until: f.Until})
			}
		case *clause.Facility:
			s.Facilities = append(s.Facilities, Facility{x.Head().ID, x.Head().From, x.Limit.Value, x.Worth})
		case *clause.Commitment:
			s.CommitmentCents = max(s.CommitmentCents, x.Total.Value)
			s.ExistingCents = s.CommitmentCents / 10
		}
	}
	if r.world != nil {
		r.world(s)
	}
	held := map[string]float64{}
	for _, h := range s.Holders {
		held[h.Party] = h.Share * contract.DefaultShares
	}
	s.Program = contract.Compile(contract.Config{Grid: g, Buyer: "lab", Supplier: "cloud", Clauses: r.bound(), Held: held})
	return s
}

func level(g *calendar.Grid, price float64) []float64 {
	out := make([]float64, g.Steps())
	vec.Fill(out, 100*price)
	return out
}

// book runs the deal and closes its book.
func (r *run) book(t testing.TB, s *Setting) *Book {
	t.Helper()
	lanes := max(1, len(r.fails))
	c, b := s.Program.New(lanes), NewBook(s, lanes)
	obs := s.Program.NewObs(lanes)
	obs.Curve = s.Curve
	c.Audit()
	b.Open()
	r.show(s, obs, -1)
	start, in, paid := make([]float64, lanes), make([]float64, lanes), make([]float64, lanes)
	if s.Cash {
		vec.Fill(start, 20000)
		b.OpenCash(start, in)
		vec.Fill(in, 500)
		vec.Fill(paid, 4000)
	}
	cash := func(m *contract.Month) {
		if s.Cash {
			b.StepCash(m, in, paid)
		}
	}
	first := c.Sign(obs)
	b.Observe(first)
	cash(first)
	for !c.Done() {
		at := c.Next()
		r.show(s, obs, at)
		c.Quote(obs)
		r.choose(s.Program, obs, c.Elections(), at)
		m := c.Settle(c.Elections())
		b.Observe(m)
		cash(m)
		if at == 0 && r.missed != nil {
			b.AddElsewhere(at, r.missed, r.missed)
		}
	}
	for _, f := range c.StockFaults() {
		t.Error(f)
	}
	b.Close()
	return b
}

func (r *run) show(s *Setting, obs *contract.Obs, t int) {
	vec.Fill(obs.Col[contract.LabValue], s.LabValueCents/s.factor(t))
	vec.Fill(obs.Col[contract.Need], r.need[max(0, min(t, len(r.need)-1))])
	vec.Fill(obs.Col[contract.List], 100)
	vec.Fill(obs.Col[contract.Market], 100*r.market)
	vec.Fill(obs.Col[contract.Delivery], 0.9)
	vec.Fill(obs.Col[contract.Alive], 1)
	vec.Fill(obs.Col[contract.AccruedRecovery], 0.4)
	vec.Fill(obs.Col[contract.ClaimRecovery], 0.1)
	vec.Fill(obs.Col[contract.Raised], 0)
	if t >= 0 && t < len(r.raised) {
		vec.Fill(obs.Col[contract.Raised], 100*r.raised[t])
		vec.Fill(obs.Col[contract.RaisedAt], 100*r.raisedAt)
	}
	for lane, at := range r.fails {
		if at >= 0 && t >= at {
			obs.Col[contract.Alive][lane] = 0
		}
	}
	for _, e := range obs.Events {
		vec.Fill(e, 0)
		if at := r.seen; t >= at && at > 0 || t >= 6 {
			vec.Fill(e, 1)
		}
	}
}

func (r *run) choose(p *contract.Program, obs *contract.Obs, e *contract.Elections, t int) {
	share := r.elect
	if share == 0 {
		share = 1
	}
	vec.Scale(e.Units, obs.Col[contract.Need], share)
	for s, name := range p.Slots() {
		vec.Fill(e.Slot[s], 100*r.draw)
		if name != "exit" {
			continue
		}
		vec.Fill(e.Slot[s], 0)
		for lane, at := range r.leaves {
			if at >= 0 && t == at {
				e.Slot[s][lane] = 1
			}
		}
	}
}

// value reads a measure, money and prices in currency.
func value(t testing.TB, s *Setting, b *Book, name, party string, lane int) float64 {
	t.Helper()
	all := Catalog(s)
	i := Find(all, name, party, "", 0)
	if i < 0 {
		t.Fatalf("there is no measure %s %s", name, party)
	}
	out := make([]float64, b.lanes)
	all[i].Value(b, out)
	if all[i].Unit.Minor() {
		return out[lane] / 100
	}
	return out[lane]
}

// want holds a measure to a number.
func want(t testing.TB, s *Setting, b *Book, name, party string, lane int, x float64) {
	t.Helper()
	if got := value(t, s, b, name, party, lane); !(math.Abs(got-x) <= 1e-9*max(1, math.Abs(x))) && !(math.IsNaN(got) && math.IsNaN(x)) {
		t.Errorf("%s %s in lane %d: %.12g, want %.12g", name, party, lane, got, x)
	}
}

func head(c clause.Clause, id, from, to string) { *c.Head() = clause.Head{ID: id, From: from, To: to} }

func money(x float64) unit.Amount { return unit.Amount{Value: 100 * x} }

func price(change func(*clause.Price)) *clause.Price {
	p := clause.NewPrice()
	head(p, "price", "cloud", "lab")
	if change != nil {
		change(p)
	}
	return p
}

func equity(id, from string, amount, preMoney, round float64, at string) *clause.Equity {
	e := clause.NewEquity()
	head(e, id, from, "lab")
	e.Amount, e.PreMoney, e.Round = money(amount), money(preMoney), money(round)
	if at != "" {
		e.At = []calendar.Date{day(at)}
	}
	return e
}

func facility(id, from string, limit, worth float64, opens ...clause.Opening) *clause.Facility {
	f := clause.NewFacility()
	head(f, id, from, "lab")
	f.Limit, f.Worth, f.Opens = money(limit), worth, opens
	return f
}

func commitment(id string, total float64, change func(*clause.Commitment)) *clause.Commitment {
	c := clause.NewCommitment()
	head(c, id, "lab", "cloud")
	c.Total = money(total)
	if change != nil {
		change(c)
	}
	return c
}

func capacity(units float64) *clause.Capacity {
	c := clause.NewCapacity()
	head(c, "delivery", "cloud", "lab")
	c.Generations = []clause.Generation{{From: day("2027-01-01"), PowerGW: 1, UnitsPerGW: units, Gain: 1},
		{From: day("2028-03-01"), PowerGW: 1, UnitsPerGW: units, Gain: 1}}
	return c
}

// rich is a deal by the month in which everything happens: tiers, late
// payment, cheques in cash and in credits, of the provider and of others,
// facilities on soft terms, nested and stacked commitments with their remedies,
// leaving, and default in every few months.
func rich() *run {
	gw := 1.0
	credits := equity("credits", "cloud", 60, 2000, 100, "2027-05-10")
	credits.PaidIn = "credits"
	line := facility("line", "cloud", 90, 0.6, clause.Opening{Cents: 2000}, clause.Opening{PowerGW: &gw, Cents: 4000}, clause.Opening{At: day("2028-01-01"), Cents: 3000})
	line.After, line.Of = calendar.Span{Months: 18}, "ipo"
	r := &run{
		step: calendar.Month, months: 36, tail: 3, market: 0.9, discount: 0.05, draw: 7, elect: 0.9,
		need: []float64{12, 15, 20, 5, 9, 14, 30, 30, 2, 0, 11, 12, 13, 14, 15, 3, 3, 3, 40, 40, 12, 1, 9, 9, 20},
		clauses: []clause.Clause{
			capacity(16),
			price(func(p *clause.Price) {
				p.NetMonths, p.Tiers = 2, []clause.Tier{{FromCents: 0, Discount: 0.04}, {FromCents: 6000, Discount: 0.1}}
			}),
			equity("first", "cloud", 50, 900, 80, ""), credits, equity("angel", "fund", 20, 2500, 20, "2028-02-01"), equity("later", "cloud", 10, 3000, 50, "2028-09-15"),
			line, facility("loan", "bank", 30, 0.9),
			commitment("outer", 500, func(c *clause.Commitment) {
				c.Take, c.Deficiency, c.NetMonths = 0.9, 0.7, 3
				c.MakeUp = &clause.MakeUp{Life: 2, In: "units", Expiry: "after_use", TopUp: "unpaid", AtEnd: "refunded"}
				c.Carry, c.Exit = &clause.CarryForward{Threshold: 1, Cap: 0.1}, &clause.Exit{Fee: 0.3}
			}),
			commitment("inner", 240, func(c *clause.Commitment) {
				c.Period, c.Within, c.Deferral = "quarter", "outer", &clause.Deferral{Cap: 0.1}
				c.MakeUp = &clause.MakeUp{Life: 3, In: "money", Expiry: "before_use", TopUp: "unpaid", AtEnd: "lost"}
			}),
			commitment("upper", 90, func(c *clause.Commitment) { c.AfterOf, c.Credit = "outer", &clause.ShortfallCredit{Life: 1} }),
		},
		leaves: []int{-1, -1, -1, 20, -1, -1, -1, -1},
		world: func(s *Setting) {
			s.DefaultCostCents, s.LeastCents = 2500, 20000
			s.Holders = []Holding{{"cloud", 0.12}, {"fund", 0.05}, {"bank", 0}}
			s.Hurdles = []Hurdle{{"cloud", 0.09}, {"lab", 0.15}}
			s.MarketCapacity, s.UnmetCents, s.OtherInflow, s.Cash = level(s.grid(), 0.1), 300, level(s.grid(), 5), true
			s.Costs, s.Headline = append(s.Costs, Cost{Name: "build", Cents: level(s.grid(), 0.7)}), 2
		},
	}
	r.fails = []int{4, 9, 16, -1, 24, 31, 37, -1}
	return r
}

// available is a yearly deal that pays for availability, with feedback off and
// minimums elsewhere.
func available() *run {
	return &run{
		step: calendar.Year, months: 72, tail: 1, market: 0.8, discount: 0.03, need: []float64{90, 150, 60, 200, 80},
		clauses: []clause.Clause{
			capacity(9), price(func(p *clause.Price) { x := 1.1; p.Fixed, p.NetMonths = &x, 12 }),
			equity("first", "cloud", 100, 1000, 0, ""),
			commitment("spend", 720, func(c *clause.Commitment) { c.PayFor = "availability" }),
		},
		fails: []int{-1, 2, 5}, missed: []float64{4000, 0, 100},
		world: func(s *Setting) { s.Feedback, s.MinimumsElsewhere, s.DefaultCostCents = false, true, 100 },
	}
}

// bare is a deal without capital, commitment or default.
func bare() *run {
	return &run{step: calendar.Quarter, months: 24, need: []float64{10}, market: 1, clauses: []clause.Clause{price(nil)},
		world: func(s *Setting) { s.Hurdles = []Hurdle{{"cloud", 0.1}} }}
}
