// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"slices"
	"strings"

	"offtake/internal/accounts"
	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/measure"
	"offtake/internal/paths"
	"offtake/internal/value/estimate"
)

// followedBooks are accounts with the lines that they are made of.
type followedBooks struct {
	*Accounts
	floor, stays, expected []billedLine // of one who leaves if that is cheaper, of one who stays, and as expected
	stay                   paths.Floor
	of                     *booked
	out                    []printed
}

// ofAccounts are the figures of accounts.
func (q explaining) ofAccounts() ([]printed, error) {
	b := &followedBooks{Accounts: NewAccounts(q.src, q.e, q.d, q.opt)}
	r := b.run
	stay, least := r.floors(b.On)
	b.stay, b.of = stay, r.agreed()
	b.floor, b.stays, b.expected = r.floorLines(least), r.floorLines(stay), r.expectedLines(b.of)
	b.remaining()
	b.excluded()
	b.contra()
	for i := range b.Rights {
		b.prepaid(&b.Rights[i])
	}
	years, later := b.Floor.Purchases(b.On)
	for y, x := range years {
		b.purchase(fmt.Sprintf("purchases.years.%d", y+1), x, func(s accounts.Schedule) float64 {
			return s.Between(b.On.AddMonths(12*y), b.On.AddMonths(12*(y+1)))
		})
	}
	b.purchase("purchases.later", later, func(s accounts.Schedule) float64 { return s.After(b.On.AddMonths(12 * len(years))) })
	b.leased()
	b.eliminated()
	b.concentrated()
	return b.out, nil
}

// add adds a figure.
func (b *followedBooks) add(c composed) {
	c.name = "accounts." + c.name
	b.out = append(b.out, printed{c.name, func() (*Explained, error) { return b.run.composed(c), nil }})
}

// recognition are the judgements that decide whether there is a contract, and what lowers its price.
var recognition = []string{"accounting.collectable", "accounting.lease", "accounting.single_commercial_objective", "accounting.fair_value_estimable", "accounting.distinct"}

func (b *followedBooks) remaining() {
	for _, band := range b.Remaining() {
		add := func(name, when string, value estimate.Estimate, part func(accounts.Schedule) float64) {
			less := sumOf("what is given to the customer, in proportion, or all where there is no contract to account for", part(b.Floor)-part(b.Net), recognition...)
			less.Sign = -1
			b.add(composed{name: "remaining." + band.On.String() + "." + name, value: value, moves: b.run.movesOf(b.floor),
				doc: "What of the committed floor is still to be performed on " + band.On.String() + when + ", less what lowers the price",
				how: "The least that is owed, taken or not, spread evenly by days over the time in which it is earned.", sources: append(ofLines(b.floor, part), less)})
		}
		year, third := band.On.AddMonths(12), band.On.AddMonths(36)
		add("within_12_months", ", within 12 months", exactly(band.Within), func(s accounts.Schedule) float64 { return s.Between(band.On, year) })
		add("in_1_to_3_years", ", in one to three years", exactly(band.Next), func(s accounts.Schedule) float64 { return s.Between(year, third) })
		add("beyond_3_years", ", beyond three years", exactly(band.Beyond), func(s accounts.Schedule) float64 { return s.After(third) })
		add("total", "", b.known(func(a *Accounts) float64 { return a.Net.Remaining(band.On).Total() }), func(s accounts.Schedule) float64 { return s.After(band.On) })
	}
}

func (b *followedBooks) excluded() {
	after := func(s accounts.Schedule) float64 { return s.After(b.On) }
	for _, x := range b.Excluded {
		if x.Cents == nil {
			continue
		}
		c := composed{name: "excluded." + hyphened(x.What) + ".amount", value: b.known(func(a *Accounts) float64 { return a.leftOut(x.What) }),
			doc: "What remaining performance obligations leave out: " + x.What, how: sentenceCase(x.Why) + "."}
		switch x.What {
		case "the committed floor":
			c.sources, c.moves = append(ofLines(b.floor, after), measure.Source{Inputs: recognition}), b.run.movesOf(b.floor)
		case "what is given to the customer":
			c.sources = append(ofLines(b.floor, after), measure.Source{Label: "what is left of it for revenue", Sign: -1, Value: []float64{b.Net.After(b.On)}, Inputs: recognition})
		case "expected use above minimums":
			c.sources, c.moves = merged(append(ofLines(b.expected, after), taken(ofLines(b.stays, after))...)), b.run.movesOf(b.expected)
		case "what the buyer can get out of":
			c.sources, c.moves = merged(append(ofLines(b.stays, after), taken(ofLines(b.floor, after))...)), b.run.movesOf(b.stays)
		default:
			c.sources = b.leftOutClause(x.What, *x.Cents)
		}
		b.add(c)
	}
}

// leftOutClause is what a clause that is left out comes to: rent as it is billed, else as the file
// states it.
func (b *followedBooks) leftOutClause(id string, cents float64) []measure.Source {
	switch b.run.clause(id).(type) {
	case *clause.Lease:
		return ofLines(b.rent(id), func(s accounts.Schedule) float64 { return s.After(b.On) })
	case *clause.Option:
		return []measure.Source{{Label: "raises by", Clause: id, Sign: 1, Value: []float64{cents}, Inputs: []string{"clauses." + id + ".raises"}}}
	}
	return []measure.Source{{Label: "total", Clause: id, Sign: 1, Value: []float64{cents}, Inputs: []string{"clauses." + id + ".total"}}}
}

func (b *followedBooks) rent(id string) []billedLine {
	return b.run.billedLines(paths.Bills(b.stay.Program, b.stay.Months), func(x paths.Billed) bool { return x.Line.Clause == id })
}

// sourcesOf are those of a measure of the books' run.
func (b *followedBooks) sourcesOf(name, party string) []measure.Source {
	if i := measure.Find(b.of.measures, name, party, "", 0); i >= 0 {
		return b.of.measures[i].Sources(b.of.book)
	}
	return nil
}

func (b *followedBooks) contra() {
	r, x := b.run, &b.Contra
	flows := r.movedIn(b.of.months, func(l *contract.Line) bool { return l.Role != contract.NoRole })
	fair := b.sourcesOf("stake_fair_value", "")
	b.add(composed{name: "contra.paid", value: exactly(x.Paid), sources: merged(append(slices.Clone(fair), b.sourcesOf("premium", "")...)), moves: flows,
		doc: "What the supplier pays for its shares, at present value", how: "What is paid above their fair value, and that value."})
	b.add(composed{name: "contra.fair_value", value: exactly(x.FairValue), sources: fair, doc: "What the shares that the supplier buys are worth, at present value", how: "The share bought of the value without the deal and the new money."})
	b.add(composed{name: "contra.by_shares", value: exactly(x.Shares), doc: "What is paid for shares and lowers revenue", moves: flows,
		how:     "What is paid above fair value where that can be estimated and the shares are a thing of their own, else all of it, and nothing where the purchase was no part of the bargain; nothing where a sample cannot tell price from value (606-10-32-25 and 32-26).",
		sources: append([]measure.Source{used("paid", measure.Money, x.Paid, recognition...), used("fair value", measure.Money, x.FairValue)}, unsigned(b.sourcesOf("premium", ""))...)})
	given := b.given()
	b.add(composed{name: "contra.by_gifts", value: exactly(x.Given), sources: given, moves: flows, doc: "Stock and warrants that the supplier gives to the buyer", how: "Present values at the riskless rate of what they are worth when they pass."})
	total := b.known(func(a *Accounts) float64 { return a.Contra.Total() })
	b.add(composed{name: "contra.total", value: total, moves: flows, doc: "All that is given to the customer and lowers revenue", how: "What is paid for shares and lowers revenue, and gifts.",
		sources: append(append([]measure.Source{sumOf("by shares", x.Shares, recognition...)}, given...), unvalued(b.sourcesOf("premium", ""))...)})
	floor, years := r.contractYears(b.Floor), b.knownYears((*Accounts).ContraYears)
	for y, e := range years {
		b.add(composed{name: fmt.Sprintf("contra.years.%d", y+1), value: e, moves: r.movesOf(b.floor), doc: fmt.Sprintf("What lowers revenue in contract year %d", y+1), how: "The whole, in the proportion in which the floor is earned.",
			sources: append([]measure.Source{used("what lowers revenue in all", measure.Money, x.Total(), recognition...), used("floor of the year", measure.Money, floor[y]), used("floor in all", measure.Money, b.Floor.Total())}, unsigned(ofLines(b.floor, accounts.Schedule.Total))...)})
	}
}

// unsigned are sources of a figure that is no sum of them.
func unsigned(sources []measure.Source) []measure.Source {
	out := slices.Clone(sources)
	for i := range out {
		if out[i].Value != nil && out[i].Sign < 0 {
			out[i].Value = []float64{-out[i].Value[0]}
		}
		out[i].Sign = 0
	}
	return out
}

// unvalued are sources as what stands behind a figure, without their amounts.
func unvalued(sources []measure.Source) []measure.Source {
	out := slices.Clone(sources)
	for i := range out {
		out[i].Value = nil
	}
	return out
}

// given are the supplier's gifts by line, at present value.
func (b *followedBooks) given() []measure.Source {
	r := b.run
	var out []measure.Source
	for _, m := range b.of.months {
		df := 1.0
		if m.Step >= 0 {
			df = r.Base.Job.Plan.Curve[m.Step]
		}
		for _, f := range m.Flows {
			if l := f.Line; l.Asset.Kind == contract.InKind && l.Role == contract.Instrument && l.From == r.Deal.Supplier() && l.To == r.Deal.Buyer() {
				out = append(out, measure.Source{Label: l.Kind, Clause: l.Clause, Kind: l.Kind, Sign: 1, Value: []float64{f.Amount * df}})
			}
		}
	}
	return merged(out)
}

// banked sorts the flows of rights paid for in advance under a clause: 1 for got, -1 for
// returned, 2 for used, 0 for others.
func (b *followedBooks) banked(id string, l *contract.Line) int {
	in := l.Asset.Kind == contract.MakeUp || l.Asset.Kind == contract.Credits || l.Asset.Kind == contract.Deposit
	switch {
	case !in || l.Asset.Of != id:
	case l.To == b.run.Deal.Buyer():
		return 1
	case strings.HasSuffix(l.Kind, "_used") || strings.HasSuffix(l.Kind, "_taken"):
		return 2
	case strings.HasSuffix(l.Kind, "_returned"):
		return -1
	}
	return 0
}

func (b *followedBooks) prepaid(x *Rights) {
	of := func(signs map[int]float64) []measure.Source {
		var out []measure.Source
		for _, m := range b.run.movedIn(b.of.months, func(l *contract.Line) bool { return signs[b.banked(x.Clause, l)] != 0 }) {
			out = append(out, measure.Source{Label: m.Kind, Clause: m.Clause, Kind: m.Kind, Sign: signs[b.banked(x.Clause, m.Line)], Value: []float64{m.total()}})
		}
		return merged(out)
	}
	moves := b.run.movedIn(b.of.months, func(l *contract.Line) bool { return b.banked(x.Clause, l) != 0 })
	known := func(f func(*Rights) float64) estimate.Estimate {
		return b.known(func(a *Accounts) float64 { return f(a.right(x.Clause)) })
	}
	at := "prepaid." + x.Clause + "."
	paid, uses := of(map[int]float64{1: 1, -1: -1}), of(map[int]float64{2: 1})
	b.add(composed{name: at + "paid", value: exactly(x.Paid), sources: paid, moves: moves, doc: "What is paid before it is used, under " + x.Clause, how: "As it falls, less what is returned."})
	b.add(composed{name: at + "expected_use", value: known(func(x *Rights) float64 { return x.Used }), sources: uses, moves: moves, doc: "What of it is expected to be used", how: "As it falls."})
	b.add(composed{name: at + "breakage", value: known((*Rights).Breakage), sources: append(slices.Clone(paid), taken(uses)...), moves: moves, doc: "What is paid for under " + x.Clause + " and not expected to be used", how: "What is paid less what is expected to be used."})
	formula := append(unsigned(paid), unsigned(uses)...)
	for y, e := range b.knownYears(func(a *Accounts) []float64 { return a.right(x.Clause).Years }) {
		b.add(composed{name: fmt.Sprintf("%srevenue_years.%d", at, y+1), value: e, sources: formula, moves: moves, doc: fmt.Sprintf("Revenue from what is prepaid under %s in contract year %d", x.Clause, y+1),
			how: "What is paid, in the proportion of use so far to all that is expected, less the same a year before; in the last year all that is left (606-10-55-48)."})
	}
	formula = append(slices.Clone(formula), measure.Source{Inputs: []string{"accounting.financing_rate"}})
	b.add(composed{name: at + "interest", value: exactly(x.Interest), sources: formula, moves: moves, doc: "Interest in what is paid before the service", how: "Each part at the financing rate from its payment to its use, the oldest first, but for what is used within a year (606-10-32-15 and 32-18)."})
	b.add(composed{name: at + "used_within_a_year", value: exactly(x.Expedite), sources: formula, moves: moves, doc: "What is used within a year of its payment, and bears no interest in the books", how: "Payments are taken up by uses, the oldest first (606-10-32-18)."})
}

func (b *followedBooks) purchase(name string, cents float64, part func(accounts.Schedule) float64) {
	b.add(composed{name: name, value: exactly(cents), sources: ofLines(b.floor, part), moves: b.run.movesOf(b.floor), doc: "What the buyer must purchase", how: "The least that is owed, spread evenly by days over the time in which it falls due (440-10-50-4)."})
}

func (b *followedBooks) leased() {
	for i := range b.Leases {
		x := &b.Leases[i]
		lines, at, length := b.floor, "leases.", "term"
		if x.Of != "" {
			lines, at, length = b.rent(x.Of), "leases."+x.Of+".", "clauses."+x.Of+".term"
		}
		payments := unsigned(ofLines(lines, accounts.Schedule.Total))
		with := func(inputs ...string) []measure.Source {
			return append(slices.Clone(payments), measure.Source{Inputs: inputs})
		}
		moves := b.run.movesOf(lines)
		b.add(composed{name: at + "present_value", value: exactly(x.PresentValue), sources: with("accounting.lease_rate"), moves: moves, doc: "Lease payments at present value", how: "Each payment over (1 + lease rate) to the years since the lease began; below, what they come to undiscounted."})
		b.add(composed{name: at + "term_share", unit: measure.Rate, value: exactly(x.TermShare), sources: []measure.Source{{Inputs: []string{length, "accounting.economic_life"}}}, doc: "The lease's term over the economic life of what is let", how: "Both are terms below; where the whole deal is let, its own term (842-10-25-2)."})
		b.add(composed{name: at + "value_share", unit: measure.Rate, value: exactly(x.ValueShare), sources: append(with("accounting.lease_rate", "accounting.asset_value", "clauses."+x.Of+".outlay"), used("present value", measure.Money, x.PresentValue)), moves: moves, doc: "Lease payments at present value over the fair value of what is let", how: "The present value over that of the asset (842-10-25-2)."})
	}
}

func (b *followedBooks) eliminated() {
	r := b.run
	stake := b.known(func(a *Accounts) float64 { return a.Stake })
	b.add(composed{name: "elimination.stake", unit: measure.Rate, value: stake, sources: unsigned(b.sourcesOf("stake_after", r.Deal.Supplier())), doc: "The supplier's share of the buyer, with the deal", how: "As run has it under stake_after."})
	cost, billed := 0.0, unsigned(ofLines(b.expected, accounts.Schedule.Total))
	for _, x := range b.of.book.SupplyCost() {
		cost += x
	}
	sources := append(slices.Clone(billed), used("cost of supply, undiscounted", measure.Money, cost, "world.cost"))
	how := "One less the headline cost of what is supplied over what is billed for it."
	if b.terms.Margin != nil {
		sources, how = []measure.Source{{Inputs: []string{"accounting.margin"}}}, "The file gives it."
	}
	margin := b.known(func(a *Accounts) float64 { return a.Margin })
	b.add(composed{name: "elimination.margin", unit: measure.Rate, value: margin, sources: sources, moves: r.movesOf(b.expected), doc: "What the supplier keeps of what it bills", how: how})
	expected := r.contractYears(b.Expected)
	for y, e := range b.knownYears((*Accounts).Eliminated) {
		b.add(composed{name: fmt.Sprintf("elimination.years.%d", y+1), value: e, moves: r.movesOf(b.expected), doc: fmt.Sprintf("What is eliminated of the supplier's profit in contract year %d", y+1),
			how:     "Stake x margin x what is expected to be billed x the share that the buyer capitalises; nothing without significant influence (323-10-35-7).",
			sources: append([]measure.Source{used("stake", measure.Rate, b.Stake, "accounting.significant_influence", "accounting.capitalised", "accounting.margin"), used("margin", measure.Rate, b.Margin), used("expected to be billed in the year", measure.Money, expected[y])}, billed...)})
	}
}

func (b *followedBooks) concentrated() {
	backlog, revenue := b.Shares()
	if backlog != nil {
		b.add(composed{name: "concentration.backlog", unit: measure.Rate, value: b.known(func(a *Accounts) float64 { x, _ := a.Shares(); return *x }), doc: "The deal's part of the supplier's backlog", how: "What is still to be performed over the backlog in all.", moves: b.run.movesOf(b.floor),
			sources: append(unsigned(ofLines(b.floor, func(s accounts.Schedule) float64 { return s.After(b.On) })), used("still to be performed", measure.Money, b.Net.After(b.On)), used("backlog in all", measure.Money, *b.terms.BacklogCents, "accounting.supplier_backlog"))})
	}
	if revenue != nil {
		next := func(s accounts.Schedule) float64 { return s.Between(b.On, b.On.AddMonths(12)) }
		b.add(composed{name: "concentration.revenue", unit: measure.Rate, value: b.known(func(a *Accounts) float64 { _, x := a.Shares(); return *x }), doc: "The deal's part of the supplier's revenue", how: "What is expected to be billed within 12 months over its revenue of a year.", moves: b.run.movesOf(b.expected),
			sources: append(unsigned(ofLines(b.expected, next)), used("revenue of a year", measure.Money, *b.terms.RevenueCents, "accounting.supplier_revenue"))})
	}
}
