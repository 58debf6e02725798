// SPDX-License-Identifier: Apache-2.0

package app

import (
	"math"
	"slices"
	"strings"

	"offtake/internal/accounts"
	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/paths"
	"offtake/internal/value/estimate"
)

// Accounts are a deal in the books of its two sides, on a day. Amounts are in cents.
type Accounts struct {
	run   *Run
	terms *accounts.Terms

	On       calendar.Date // the signing, or the day that was asked for
	Floor    accounts.Schedule
	Net      accounts.Schedule // the floor, less what lowers revenue
	Expected accounts.Schedule
	Excluded []Excluded
	Contra   Contra
	Rights   []Rights
	Leases   []Leased
	Stake    float64 // the supplier's share of the buyer, with the deal
	Margin   float64 // the supplier's, as a share of what it bills

	fair  bool        // what is paid for shares cannot be told from their fair value
	apart []*Accounts // the same by the mean flows of each scrambling; none of a base run
}

// Excluded is what remaining performance obligations leave out, and why.
type Excluded struct {
	What, Why string
	Cents     *float64 // nil where there is no amount
}

// Contra is what is given to the customer and lowers revenue.
type Contra struct {
	Paid, FairValue float64 // the supplier's cheques, and what their shares are worth
	Shares, Given   float64 // by the cheques; by stock and warrants given
}

// leftOut is the amount that is left out under a name; 0 where nothing is.
func (a *Accounts) leftOut(what string) float64 {
	for _, x := range a.Excluded {
		if x.What == what && x.Cents != nil {
			return *x.Cents
		}
	}
	return 0
}

// right is what was paid for in advance under a clause.
func (a *Accounts) right(clause string) *Rights {
	for i := range a.Rights {
		if a.Rights[i].Clause == clause {
			return &a.Rights[i]
		}
	}
	return &Rights{Clause: clause, Years: make([]float64, a.run.Deal.Grid().ContractYears())}
}

// Total is all that lowers revenue.
func (c *Contra) Total() float64 { return c.Shares + c.Given }

// Rights are what was paid for before it is used, under one clause.
type Rights struct {
	Clause             string
	Paid, Used         float64
	Years              []float64 // revenue by contract year, breakage in it
	Interest, Expedite float64   // of a prepayment: financing, and what is used within a year
}

// Breakage is what is paid for and not expected to be used.
func (x *Rights) Breakage() float64 { return x.Paid - x.Used }

// Leased is a lease by the supplier.
type Leased struct {
	Of string // id of the clause; "" for the whole of the deal
	accounts.LeaseTest
}

// NewAccounts reads a deal's flows as its books would: as agreed and before default, means over
// sampled paths or, without paths, those of a base run. The floor is one run of its own.
func NewAccounts(src Source, e Edits, d *deal.Deal, opt RunOptions) *Accounts {
	a := &Accounts{run: newRun(src, e, d, RunOptions{}), terms: d.Accounting, On: d.Signed}
	if asOf := d.View().AsOf; !asOf.IsZero() {
		a.On = asOf
	}
	r := a.run
	r.sampleAgreed(opt, func(m *measure.Measure) bool { return slices.Contains(inBooks, m.Name) })
	stay, least := r.floors(a.On)
	gross := r.floorSchedule(stay)
	a.Floor = r.floorSchedule(least)
	a.leases(stay)
	a.fair = r.paidFairly()
	for _, of := range r.apart() {
		g := *a
		g.read(of, gross, stay)
		a.apart = append(a.apart, &g)
	}
	a.read(r.agreed(), gross, stay)
	return a
}

// inBooks are the measures that books take.
var inBooks = []string{"premium", "stake_fair_value", "stake_after"}

// read takes what flows say.
func (a *Accounts) read(of *booked, gross accounts.Schedule, stay paths.Floor) {
	r, d := a.run, a.run.Deal
	a.Expected = r.expectedSchedule(of)
	a.findContra(of)
	a.Net = a.Floor.Less(min(a.Contra.Total(), a.Floor.Total()))
	if !a.terms.Collectable || a.terms.Lease {
		a.Net = a.Floor.Less(a.Floor.Total())
	}
	a.exclude(gross, stay)
	for _, c := range d.Clauses {
		if x, any := r.rights(of, c, a.terms); any {
			a.Rights = append(a.Rights, x)
		}
	}
	a.Stake, _ = of.at("stake_after", d.Supplier())
	a.Margin = r.margin(of)
	if a.terms.Margin != nil {
		a.Margin = *a.terms.Margin
	}
}

// known is a number of the books with its error.
func (a *Accounts) known(of func(*Accounts) float64) estimate.Estimate {
	return spreadOf(a, a.apart, of)
}

// knownYears are numbers by year likewise.
func (a *Accounts) knownYears(of func(*Accounts) []float64) []estimate.Estimate {
	return spreadYears(a, a.apart, of)
}

// paidFairly tells whether a sample cannot tell what is paid for shares from their fair value.
func (r *Run) paidFairly() bool {
	premium := spreadOf(r.agreed(), r.apart(), func(of *booked) float64 { x, _ := of.at("premium", ""); return x })
	return math.Abs(premium.Mean) <= premium.Margin
}

// findContra is what lowers revenue: cheques above fair value, and the stock and warrants
// that the supplier gives, at the present value of what they are worth when they pass.
func (a *Accounts) findContra(of *booked) {
	r := a.run
	premium, _ := of.at("premium", "")
	a.Contra.FairValue, _ = of.at("stake_fair_value", "")
	a.Contra.Paid = a.Contra.FairValue + premium
	fair := a.Contra.FairValue
	if a.fair {
		fair = a.Contra.Paid
	}
	a.Contra.Shares = a.terms.Contra(a.Contra.Paid, fair)
	for _, m := range of.months {
		df := 1.0
		if m.Step >= 0 {
			df = r.Base.Job.Plan.Curve[m.Step]
		}
		for _, f := range m.Flows {
			if l := f.Line; l.Asset.Kind == contract.InKind && l.Role == contract.Instrument && l.From == r.Deal.Supplier() && l.To == r.Deal.Buyer() {
				a.Contra.Given += float64(f.Amount * df)
			}
		}
	}
}

// exclude lists what is left out of remaining performance obligations on the day.
func (a *Accounts) exclude(gross accounts.Schedule, stay paths.Floor) {
	r := a.run
	add := func(what, why string, cents *float64) { a.Excluded = append(a.Excluded, Excluded{what, why, cents}) }
	amount := func(x float64) *float64 { return &x }
	left := a.Floor.After(a.On)
	switch {
	case !a.terms.Collectable:
		add("the committed floor", "payment is not probable: there is no contract", amount(left))
	case a.terms.Lease:
		add("the committed floor", "the compute is taken to be let: these are lease payments", amount(left))
	case a.Contra.Total() > cent:
		add("what is given to the customer", "it lowers the price", amount(left-a.Net.After(a.On)))
	}
	if x := a.Expected.After(a.On) - gross.After(a.On); x > cent {
		add("expected use above minimums", "it varies with use, and belongs to the time of use", amount(x))
	}
	if x := gross.After(a.On) - left; x > cent {
		add("what the buyer can get out of", "a right to leave makes it no enforceable right", amount(x))
	}
	binds := r.bindingOn(a.On)
	for _, c := range r.Deal.Clauses {
		h := c.Head()
		switch x := c.(type) {
		case *clause.Commitment:
			if !binds(h) {
				why := "its condition has not been met"
				if h.Binding == "intent" {
					why = "it states an intention and binds nobody"
				}
				add(h.ID, why, amount(x.Total.Value))
			}
		case *clause.Option:
			var cents *float64
			if x.Raises != nil {
				cents = amount(x.Raises.Cents)
			}
			add(h.ID, "an option obliges nobody until it is exercised", cents)
		case *clause.Lease:
			if h.From == r.Deal.Supplier() {
				rent := r.schedule(paths.Bills(stay.Program, stay.Months), func(b paths.Billed) bool { return b.Line.Clause == h.ID })
				add(h.ID, "rent is accounted for as a lease", amount(rent.After(a.On)))
			}
		}
	}
}

// cent is the least amount that is told of.
const cent = 1.0

// rights are what was paid for in advance under a clause: a prepayment, credits for
// shares, and a commitment's make-up in money or prepaid credit.
func (r *Run) rights(of *booked, c clause.Clause, terms *accounts.Terms) (x Rights, any bool) {
	switch c.(type) {
	case *clause.Prepayment, *clause.Equity, *clause.Commitment:
	default:
		return x, false
	}
	grid, id := r.Deal.Grid(), c.Head().ID
	used := make([]float64, grid.ContractYears())
	var paid, uses []accounts.Dated
	returned := 0.0
	for _, m := range of.months {
		year, at := 0, 0.0
		if m.Step >= 0 {
			year, at = grid.ContractYear(m.Step), grid.Years(m.Step)
		}
		for _, f := range m.Flows {
			l := f.Line
			banked := l.Asset.Kind == contract.MakeUp || l.Asset.Kind == contract.Credits || l.Asset.Kind == contract.Deposit
			switch {
			case !banked || l.Asset.Of != id:
			case l.To == r.Deal.Buyer():
				paid = append(paid, accounts.Dated{Years: at, Cents: f.Amount})
				x.Paid += f.Amount
			case strings.HasSuffix(l.Kind, "_used") || strings.HasSuffix(l.Kind, "_taken"):
				uses = append(uses, accounts.Dated{Years: at, Cents: f.Amount})
				used[year] += f.Amount
				x.Used += f.Amount
			case strings.HasSuffix(l.Kind, "_returned"):
				returned += f.Amount
			}
		}
	}
	x.Clause, x.Paid = id, x.Paid-returned
	if _, prepaid := c.(*clause.Prepayment); prepaid {
		x.Interest, x.Expedite = accounts.Financing(paid, uses, terms.FinancingRate)
	}
	sum, before := 0.0, 0.0
	for y, u := range used {
		sum += u
		now := accounts.Recognised(x.Paid, sum, x.Used)
		if y == len(used)-1 {
			now = x.Paid // what is left has lapsed
		}
		x.Years, before = append(x.Years, now-before), now
	}
	return x, x.Paid > cent
}

// leases measures each lease by the supplier, or the floor where the whole deal is taken
// to be one.
func (a *Accounts) leases(stay paths.Floor) {
	grid, t, r := a.run.Deal.Grid(), a.terms, a.run
	life := t.EconomicLife.Years()
	measureOf := func(id string, s accounts.Schedule, years float64, asset *float64) {
		var payments []accounts.Dated
		began := -1.0
		for i, x := range s.Cents {
			if x == 0 {
				continue
			}
			if began < 0 {
				began = grid.YearsAt(grid.StepStart(i))
			}
			payments = append(payments, accounts.Dated{Years: grid.Years(i) - began, Cents: x})
		}
		a.Leases = append(a.Leases, Leased{id, accounts.TestLease(payments, t.LeaseRate, years, life, asset)})
	}
	bills := paths.Bills(stay.Program, stay.Months)
	for _, c := range r.Deal.Clauses {
		x, ok := c.(*clause.Lease)
		if !ok || x.Head().From != r.Deal.Supplier() {
			continue
		}
		asset := t.AssetCents
		if asset == nil && x.Outlay > 0 {
			asset = &x.Outlay
		}
		measureOf(x.Head().ID, r.schedule(bills, func(b paths.Billed) bool { return b.Line.Clause == x.Head().ID }), x.Term.Years(), asset)
	}
	if t.Lease {
		measureOf("", a.Floor, r.Deal.Term.Years(), t.AssetCents)
	}
}

// margin is what the supplier keeps of what it bills, under its headline cost; 0 where
// nothing is billed.
func (r *Run) margin(of *booked) float64 {
	cost, billed := 0.0, 0.0
	for _, x := range of.book.SupplyCost() {
		cost += x
	}
	months := of.months
	if r.Sample == nil {
		months = r.Base.Expected // as the book is
	}
	for _, b := range paths.Bills(r.Base.Job.Program, months) {
		if c := r.clause(b.Line.Clause); c == nil || c.Kind() != "prepayment" {
			billed += b.Cents
		}
	}
	if billed <= 0 {
		return 0
	}
	return 1 - cost/billed
}

// Remaining are remaining performance obligations on the day and at the ends of the
// calendar years after it.
func (a *Accounts) Remaining() []accounts.Bands {
	out := []accounts.Bands{a.Net.Remaining(a.On)}
	for _, day := range a.Net.YearEnds(a.On) {
		out = append(out, a.Net.Remaining(day))
	}
	return out
}

// ContraYears are what lowers revenue in each contract year, in proportion to the floor.
func (a *Accounts) ContraYears() []float64 {
	out := a.run.contractYears(a.Floor)
	for y, x := range out {
		out[y] = accounts.Spread(a.Contra.Total(), x, a.Floor.Total())
	}
	return out
}

// Eliminated are the supplier's own parts of its profit in each contract year, as long as
// the buyer has what it bought as an asset.
func (a *Accounts) Eliminated() []float64 {
	out := a.run.contractYears(a.Expected)
	for y, x := range out {
		out[y] = a.terms.Eliminated(a.Stake, a.Margin*x)
	}
	return out
}

// Shares are the deal's part of the supplier's backlog, and of its revenue by what is
// expected within a year; nil where the file does not give the whole.
func (a *Accounts) Shares() (backlog, revenue *float64) {
	next := a.Expected.Between(a.On, a.On.AddMonths(12))
	return accounts.Concentration(a.Net.After(a.On), a.terms.BacklogCents), accounts.Concentration(next, a.terms.RevenueCents)
}

// upTo are the commitments whose amounts are stated as the most that they may be.
func (a *Accounts) upTo() []string {
	var out []string
	for _, c := range a.run.Deal.Clauses {
		if x, ok := c.(*clause.Commitment); ok && x.Total.Bound.String() == "up to" {
			out = append(out, x.Head().ID)
		}
	}
	return out
}

// rules are those in force on the day under the framework, and those that are to come.
func (a *Accounts) rules() (now, later []accounts.Rule) {
	for _, x := range accounts.Rules() {
		switch {
		case x.Under(a.terms.Framework) == "":
		case x.InForce(a.On):
			now = append(now, x)
		default:
			later = append(later, x)
		}
	}
	return now, later
}
