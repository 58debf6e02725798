// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"math"

	"offtake/internal/contract"
)

var cash = contract.Asset{Kind: contract.Cash}

// cents is an amount of money as it is posted.
func (h *history) cents(amount float64) float64 {
	if h.in.WholeCents {
		return math.RoundToEven(amount)
	}
	return amount
}

// post makes an amount flow and returns it as posted.
func (h *history) post(f Flow) float64 {
	if f.Asset.Kind.InCents() {
		f.Amount = h.cents(f.Amount)
	}
	if f.Amount != 0 {
		h.step.Flows = append(h.step.Flows, f)
	}
	return f.Amount
}

// A due is an amount that has been billed and not yet been paid.
type due struct {
	bill Flow
	step int // in which it is to be paid
}

// charge bills an amount of cash that falls due net months later, and returns
// it as posted.
func (h *history) charge(f Flow, netMonths int) float64 {
	f.Asset = cash
	f.Amount = h.cents(f.Amount)
	h.bills = append(h.bills, f)
	net := netMonths / h.grid.MonthsPerStep()
	if net == 0 {
		return h.post(f)
	}
	h.post(receivable(f))
	h.dues = append(h.dues, due{f, h.t + net})
	return f.Amount
}

// billedInAll is what was billed in the step, less what lowers it.
func (h *history) billedInAll() float64 {
	sum := 0.0
	for _, b := range h.bills {
		if b.From == h.in.Supplier {
			sum -= b.Amount
		} else {
			sum += b.Amount
		}
	}
	return sum
}

// chargeUsage bills an amount on the terms of usage.
func (h *history) chargeUsage(f Flow) float64 { return h.charge(f, h.prices[0].c.NetMonths) }

// receivable is the claim that a bill makes.
func receivable(bill Flow) Flow {
	bill.Asset = contract.Asset{Kind: contract.DueLater, Of: bill.Clause + "." + bill.Kind}
	return bill
}

// discharge gives the claim back.
func (h *history) discharge(bill Flow, how string) {
	back := receivable(bill)
	back.From, back.To = bill.To, bill.From
	back.Kind += how
	h.post(back)
}

// payDues pays what falls due in the step.
func (h *history) payDues() {
	var open []due
	for _, d := range h.dues {
		if d.step != h.t {
			open = append(open, d)
			continue
		}
		h.post(d.bill)
		h.discharge(d.bill, "_paid")
	}
	h.dues = open
}

// writeOff turns all that was billed and not paid into claims upon the buyer.
func (h *history) writeOff() {
	var lost []Flow // by clause and kind of bill
	for _, d := range h.dues {
		h.discharge(d.bill, "_written_off")
		i := 0
		for i < len(lost) && (lost[i].Clause != d.bill.Clause || lost[i].Kind != d.bill.Kind) {
			i++
		}
		if i == len(lost) {
			lost = append(lost, d.bill)
		} else {
			lost[i].Amount += d.bill.Amount
		}
	}
	h.dues = nil
	for _, bill := range lost {
		lowers := bill.From == h.in.Supplier
		c := &claim{clause: bill.Clause, debtor: h.in.Buyer, creditor: h.in.Supplier, of: contract.OfBills, left: bill.Amount, lowers: lowers}
		c.pays = Flow{From: bill.From, To: bill.To, Asset: cash, Kind: bill.Kind + "_recovered", Clause: bill.Clause}
		h.claims = append(h.claims, c)
	}
	h.setOffBills()
}

// setOffBills has what is owed the other way under one clause pay what is billed
// under others, each in proportion.
func (h *history) setOffBills() {
	balance := map[string]float64{}
	for _, c := range h.claims {
		balance[c.clause] += c.signed(c.left)
	}
	toSupplier, toBuyer, counted := 0.0, 0.0, map[string]bool{}
	for _, c := range h.claims { // in their order, so that sums come out alike
		switch b := balance[c.clause]; {
		case counted[c.clause]:
		case b > 0:
			toSupplier += b
		default:
			toBuyer -= b
		}
		counted[c.clause] = true
	}
	if toSupplier == 0 || toBuyer == 0 {
		return
	}
	settled := min(toSupplier, toBuyer)
	if max(toSupplier, toBuyer)-settled < 0.5 {
		settled = max(toSupplier, toBuyer)
	}
	for _, c := range h.claims {
		side := toSupplier
		if balance[c.clause] < 0 {
			side = toBuyer
		}
		c.left *= max(0, 1-settled/side)
	}
}

// stocks is what everybody holds, from what the clauses remember.
func (h *history) stocks() []Stock {
	var out []Stock
	add := func(holder string, kind contract.AssetKind, of string, amount float64) {
		out = append(out, Stock{holder, contract.Asset{Kind: kind, Of: of}, amount})
	}
	for _, d := range h.dues {
		out = append(out, Stock{d.bill.To, receivable(d.bill).Asset, d.bill.Amount})
	}
	add(contract.Outside, contract.Shares, "", h.marketHas)
	for _, e := range h.equities {
		add(e.c.Head().From, contract.Shares, e.c.Head().ID, e.shares)
		add(contract.Outside, contract.Shares, e.c.Head().ID, e.others)
		add(e.c.Head().To, contract.Credits, e.c.Head().ID, e.credits)
	}
	for _, f := range h.facilities {
		add(f.c.Head().To, contract.FacilityOpen, f.c.Head().ID, f.open+f.pending())
		add(f.c.Head().From, contract.Note, f.c.Head().ID, f.principal)
		add(f.c.Head().From, contract.Shares, f.c.Head().ID, f.shares)
	}
	for _, k := range h.commitments {
		id := k.c.Head().ID
		add(h.in.Buyer, k.bankKind(), id, k.bank.sum())
		add(h.in.Buyer, contract.Credits, id, k.prepaid.sum())
		add(h.in.Buyer, contract.CarryForward, id, k.carried)
		add(h.in.Supplier, contract.Deferred, id, k.deferred)
	}
	for _, x := range h.terms {
		out = append(out, x.stocks(h)...)
	}
	return out
}
