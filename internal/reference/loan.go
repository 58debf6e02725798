// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"strconv"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/unit"
)

// loan is a loan clause and what is owed under it.
type loan struct {
	idle
	c       *clause.Loan
	owed    float64 // cents
	paidOut float64 // cents, so far
}

func newLoan(c clause.Clause, _ *history) term { return &loan{c: c.(*clause.Loan)} }

// debts are the loans that one party made to another.
func (h *history) debts(lender, borrower string) []*loan {
	var out []*loan
	for _, x := range h.terms {
		if l, ok := x.(*loan); ok && l.c.Head().From == lender && l.c.Head().To == borrower {
			out = append(out, l)
		}
	}
	return out
}

// toLender is a flow from the borrower to the lender, toBorrower one back.
func (l *loan) toLender(asset contract.Asset, kind string, cents float64) Flow {
	return Flow{From: l.c.Head().To, To: l.c.Head().From, Asset: asset, Kind: kind, Clause: l.c.Head().ID, Amount: cents}
}

func (l *loan) toBorrower(asset contract.Asset, kind string, cents float64) Flow {
	f := l.toLender(asset, kind, cents)
	f.From, f.To = f.To, f.From
	return f
}

func (l *loan) note() contract.Asset { return contract.Asset{Kind: contract.Note, Of: l.c.Head().ID} }

// giveBack pays part of what is owed back.
func (l *loan) giveBack(h *history, kind string, cents float64) float64 {
	paid := h.post(l.toLender(cash, kind, cents))
	l.owed -= h.post(l.toBorrower(l.note(), "note_repaid", paid))
	return paid
}

// matures is the step at whose end what is left is repaid.
func (l *loan) matures(h *history) int {
	if l.c.Matures.IsZero() {
		return h.grid.Signed() - 1
	}
	months := h.grid.MonthsPerStep()
	for t := 0; ; t++ {
		if l.c.Matures.Before(h.grid.Start().AddMonths((t + 1) * months)) {
			return t
		}
	}
}

// rate is i(t), the interest of step t on a unit owed.
func (l *loan) rate(h *history, t int) float64 {
	t = min(t, h.grid.Steps()-1)
	rate := l.c.Rate * h.lasts(t)
	if l.c.Above {
		before := 1.0
		if t > 0 {
			before = min(1, h.tape.Curve[t-1])
		}
		rate += before/min(1, h.tape.Curve[t]) - 1
	}
	return rate
}

// due is what is to be repaid in the step.
func (l *loan) due(h *history) float64 {
	m := l.matures(h)
	if h.t >= m || h.fallsDue(l.c.Head().ID) {
		return l.owed
	}
	switch l.c.Repay {
	case "equal":
		return l.owed / float64(m-h.t+1)
	case "annuity":
		worth := 0.0 // of a unit in every step from here to the last
		for s := h.t; s <= m; s++ {
			unit := 1.0
			for u := h.t; u <= s; u++ {
				unit /= 1 + l.rate(h, u)
			}
			worth += unit
		}
		return l.owed * clamp(1/worth-l.rate(h, h.t), 1)
	case "table":
		year := h.grid.ContractYear(h.t)
		return min(l.owed, l.paidOut*l.c.Table[year]/l.c.Principal.Value/float64(stepsOfYear(h.grid, year)))
	}
	return 0
}

func (l *loan) sign(h *history) {
	if l.c.At.IsZero() && l.c.OnlyFor == "" {
		l.payOut(h, h.force(l.c.Head())*l.c.Principal.Value)
	}
}

func (l *loan) fund(h *history) {
	head := l.c.Head()
	if h.t >= h.grid.Term() {
		return
	}
	if l.owed > 0 && h.solventParty(head.To) {
		l.service(h)
	}
	begun := l.c.At.IsZero() || l.c.At.Before(h.grid.StepEnd(h.t))
	may := h.live && h.solventParty(head.From) && h.solventParty(head.To) && !h.stopped(head.ID)
	if !begun || !may || h.t >= l.matures(h) {
		return
	}
	most := h.force(head) * l.c.Principal.Value
	switch {
	case l.c.OnlyFor != "":
		l.payOut(h, min(clamp(h.elected(head.ID+".draw"), max(0, most-l.paidOut)), max(0, h.billed(l.c.OnlyFor))))
	case l.paidOut == 0:
		l.payOut(h, most)
	}
}

// billed is what was billed under a clause in the running step.
func (h *history) billed(id string) float64 {
	sum := 0.0
	for _, b := range h.bills {
		if b.Clause != id {
			continue
		}
		if b.From == h.in.Buyer {
			sum += b.Amount
		} else {
			sum -= b.Amount
		}
	}
	return sum
}

func (l *loan) payOut(h *history, cents float64) {
	paid := h.post(l.toBorrower(cash, "lent", cents))
	h.post(l.toLender(l.note(), "note", paid))
	l.owed += paid
	l.paidOut += paid
	h.post(l.toLender(cash, "fee", paid*l.c.Fee))
	if s := l.c.Subsidy; s != nil && h.solventParty(s.By) {
		h.post(Flow{From: s.By, To: l.c.Head().From, Asset: cash, Kind: "subsidy", Clause: l.c.Head().ID, Amount: paid * s.Share})
	}
}

// service is interest, what is due, and what is repaid early.
func (l *loan) service(h *history) {
	offered := l.owed
	interest := l.owed * l.rate(h, h.t)
	if l.c.Interest == "pik" {
		l.owed += h.post(l.toLender(l.note(), "interest_added", interest))
	} else {
		h.post(l.toLender(cash, "interest", interest))
	}
	l.giveBack(h, "repayment", l.due(h))
	e := l.c.Early
	if e == nil || !h.live || !h.grid.Start().Add(e.From).Before(h.grid.StepEnd(h.t)) {
		return
	}
	early := l.giveBack(h, "repayment", clamp(h.elected(l.c.Head().ID+".repay"), min(offered, l.owed)))
	h.post(l.toLender(cash, "premium", early*e.Premium))
}

func (l *loan) claim(h *history) {
	head := l.c.Head()
	if h.t >= h.grid.Term() || h.solventParty(head.To) || l.owed == 0 {
		return
	}
	lost := h.post(l.toBorrower(l.note(), "note_written_off", l.owed))
	l.owed -= lost
	h.claims = append(h.claims, &claim{clause: head.ID, debtor: head.To, creditor: head.From, of: contract.OfLoan, left: lost,
		last: l.c.Last, share: l.c.Recovery, pays: l.toLender(cash, "loan_recovered", 0)})
}

// end counts what is owed at the end of the term at its worth.
func (l *loan) end(h *history) {
	if h.t == h.grid.Term()-1 {
		h.post(l.toLender(contract.Asset{Kind: contract.InKind, Of: l.c.Head().ID}, "outstanding", l.owed*l.c.Worth))
		l.owed -= h.post(l.toBorrower(l.note(), "note_repaid", l.owed))
	}
}

func (l *loan) stocks(*history) []Stock { return []Stock{{l.c.Head().From, l.note(), l.owed}} }

func printLoan(p *printer, x clause.Clause) {
	c := x.(*clause.Loan)
	p.field("principal", amount(c.Principal))
	p.date("at", c.At)
	p.date("matures", c.Matures)
	if c.Above {
		p.field("rate", "{above_riskless: "+unit.WriteRate(c.Rate)+"}")
	} else {
		p.field("rate", "{fixed: "+unit.WriteRate(c.Rate)+"}")
	}
	p.unless("cash", "interest", c.Interest)
	if c.Repay == "table" {
		p.field("repay", "{table: ["+join(c.Table, unit.WriteMoney)+"]}")
	} else {
		p.unless("bullet", "repay", c.Repay)
	}
	if e := c.Early; e != nil {
		var m mapping
		m.add("premium", unit.WriteRate(e.Premium))
		if e.From != (calendar.Span{}) {
			m.add("from", e.From.String())
		}
		p.field("early", m.String())
	}
	p.unless("0%", "fee", unit.WriteRate(c.Fee))
	p.unless("", "only_for", scalar(c.OnlyFor))
	p.unless("false", "subordinated", strconv.FormatBool(c.Last))
	if c.Recovery != nil {
		p.field("recovery", unit.WriteRate(*c.Recovery))
	}
	if s := c.Subsidy; s != nil {
		p.field("subsidy", "{by: "+scalar(s.By)+", share: "+unit.WriteRate(s.Share)+"}")
	}
	p.unless("100%", "worth", unit.WriteRate(c.Worth))
}
