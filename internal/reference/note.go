// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"strconv"

	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/unit"
)

// note is a note, what is owed on it, and the shares that it became.
type note struct {
	idle
	c      *clause.Note
	owed   float64 // cents
	shares float64
	gains  bool    // by converting, as quoted in the step
	quoted float64 // what was owed when that was quoted
}

func newNote(c clause.Clause, _ *history) term { return &note{c: c.(*clause.Note)} }

func (n *note) paper() contract.Asset {
	return contract.Asset{Kind: contract.Note, Of: n.c.Head().ID}
}

func (n *note) inKind() contract.Asset {
	return contract.Asset{Kind: contract.InKind, Of: n.c.Head().ID}
}

// owes posts a flow from borrower to lender, gives one the other way.
func (n *note) owes(h *history, asset contract.Asset, kind string, cents float64) float64 {
	head := n.c.Head()
	return h.post(Flow{From: head.To, To: head.From, Asset: asset, Kind: kind, Clause: head.ID, Amount: cents})
}

func (n *note) gives(h *history, asset contract.Asset, kind string, cents float64) float64 {
	head := n.c.Head()
	return h.post(Flow{From: head.From, To: head.To, Asset: asset, Kind: kind, Clause: head.ID, Amount: cents})
}

func (n *note) sign(h *history) { n.lend(h) }

func (n *note) fund(h *history) {
	if h.t >= h.grid.Term() {
		return
	}
	if h.solvent() {
		interest := n.owed * (n.c.Coupon * h.yearsOfStep())
		if n.c.Interest == "cash" {
			n.owes(h, cash, "interest", interest)
		} else {
			n.owed += n.owes(h, n.paper(), "interest_added", interest)
		}
	}
	n.lend(h)
	if !h.solvent() {
		return
	}
	due := n.due(h)
	if x := n.c.Converts; x != nil {
		n.convert(h, x, due && x.AtMaturity == "converts")
	}
	if due && (n.c.Converts == nil || n.c.Converts.AtMaturity == "repaid") || h.fallsDue(n.c.Head().ID) {
		n.settle(h, n.owes(h, cash, "repayment", n.owed))
	}
}

// due tells whether the note has matured.
func (n *note) due(h *history) bool {
	return !n.c.Matures.IsZero() && n.c.Matures.Before(h.grid.StepEnd(h.t))
}

// lend pays what is lent at its dates, and takes over what facilities drew.
func (n *note) lend(h *history) {
	head := n.c.Head()
	for _, cents := range h.installments(n.c.Principal.Value, n.c.At)[h.t] {
		if h.t < 0 || h.mayFund(head.From) && !h.stopped(head.ID) {
			n.borrow(h, n.gives(h, cash, "advance", cents*h.force(head)))
		}
	}
	n.borrow(h, h.fed[head.ID])
	h.fed[head.ID] = 0
}

func (n *note) borrow(h *history, cents float64) {
	n.owed += n.owes(h, n.paper(), "note", cents)
	h.cameIn(n.c.Head().ID, cents)
}

// settle gives paper back.
func (n *note) settle(h *history, cents float64) {
	n.owed -= n.gives(h, n.paper(), "note_back", cents)
}

func (n *note) stand(h *history) {
	n.quoted = n.owed
	if n.c.Converts != nil {
		n.gains = pays(h.fairPrice(), n.price(h, h.fairPrice()))
	}
}

// price is what a share costs in conversion, the price of the round or of the
// day given.
func (n *note) price(h *history, day float64) float64 {
	x := n.c.Converts
	if x.PerShare != nil {
		return perShare(*x.PerShare)
	}
	price := day * (1 - x.Discount)
	if x.PriceCap != nil {
		price = min(price, *x.PriceCap*unit.MinorPerMajor)
	}
	if x.ValuationCents != nil {
		price = min(price, *x.ValuationCents/h.shares)
	}
	return price
}

// convert turns what is owed into shares, if the time has come.
func (n *note) convert(h *history, x *clause.Conversion, matured bool) {
	head, day := n.c.Head(), h.fairPrice()
	inRound := x.QualifiedCents != nil && h.largest.cents > 0 && h.largest.cents >= *x.QualifiedCents*(1-powerSlack)
	if inRound {
		day = h.largest.price
	}
	elected := x.AtElection && h.live && n.gains && clamp(h.elected(head.ID+".convert"), n.quoted) > 0
	if !inRound && !matured && !elected && (x.On == "" || !h.happened(x.On)) {
		return
	}
	price := n.price(h, day)
	if price <= 0 {
		return
	}
	cents := afford(n.owed, h.room(head.From, n.c.Cap, 0), price)
	cents = n.owes(h, n.inKind(), "note_given_up", cents)
	n.settle(h, cents)
	n.gives(h, n.inKind(), "note_for_shares", cents)
	n.shares += h.issue(head.ID, head.From, "conversion", cents/price)
	h.raise(cents)
}

// claim turns what an insolvent buyer owes into a claim.
func (n *note) claim(h *history) {
	head := n.c.Head()
	if h.t >= h.grid.Term() || h.solvent() || n.owed == 0 {
		return
	}
	lost := n.owed
	n.settle(h, lost)
	h.claims = append(h.claims, &claim{clause: head.ID, debtor: head.To, creditor: head.From, of: contract.OfLoan, left: lost,
		pays: Flow{From: head.To, To: head.From, Asset: cash, Kind: "note_recovered", Clause: head.ID}})
}

// end hands over what is owed at the end of the term.
func (n *note) end(h *history) {
	if h.t >= h.grid.Term() {
		return
	}
	if h.t == h.grid.Term()-1 {
		n.owes(h, n.inKind(), "outstanding", n.owed*n.c.Worth)
	}
}

func (n *note) stocks(h *history) []Stock {
	id, lender := n.c.Head().ID, n.c.Head().From
	return []Stock{{lender, n.paper(), n.owed}, {lender, contract.Asset{Kind: contract.Shares, Of: id}, n.shares}}
}

func printNote(p *printer, x clause.Clause) {
	c := x.(*clause.Note)
	if c.Principal.Value > 0 {
		p.field("principal", amount(c.Principal))
	}
	p.days("at", c.At)
	p.unless("0%", "coupon", unit.WriteRate(c.Coupon))
	p.unless("pik", "interest", c.Interest)
	p.date("matures", c.Matures)
	if c.Converts != nil {
		p.field("conversion", conversionOf(c.Converts))
	}
	p.cap(c.Cap)
	p.unless("100%", "worth", unit.WriteRate(c.Worth))
}

func conversionOf(x *clause.Conversion) string {
	var m mapping
	if x.On != "" {
		m.add("on", scalar(x.On))
	}
	if x.QualifiedCents != nil {
		m.add("qualified_round", unit.WriteMoney(*x.QualifiedCents))
	}
	m.addUnless("false", "at_election", strconv.FormatBool(x.AtElection))
	m.addUnless("repaid", "at_maturity", x.AtMaturity)
	if x.PerShare != nil {
		m.add("price_per_share", unit.WriteNumber(*x.PerShare))
	}
	m.addUnless("0%", "discount", unit.WriteRate(x.Discount))
	if x.PriceCap != nil {
		m.add("price_cap", unit.WriteNumber(*x.PriceCap))
	}
	if x.ValuationCents != nil {
		m.add("valuation_cap", unit.WriteMoney(*x.ValuationCents))
	}
	m.addUnless("preferred", "into", x.Into)
	m.addUnless("voting", "voting", x.Voting)
	return m.String()
}
