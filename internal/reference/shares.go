// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"math"

	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/unit"
)

// A round is a sale of new shares of the buyer: how much money it has, and what
// a share costs in cents.
type round struct{ cents, price float64 }

// today is the riskless discount factor of the running step.
func (h *history) today() float64 {
	if h.t < 0 {
		return 1
	}
	return h.tape.Curve[h.t]
}

// fairValue is what the buyer is worth in cents: without the agreement, with
// the new money that came in.
func (h *history) fairValue() float64 {
	return h.obs.Obs[contract.LabValue] + h.putIn/h.today()
}

func (h *history) fairPrice() float64 { return h.fairValue() / h.shares }

// raise counts new money.
func (h *history) raise(cents float64) { h.putIn += float64(cents * h.today()) }

// cameIn counts money that came in under a clause.
func (h *history) cameIn(id string, cents float64) {
	h.paidIn[id] += cents
	if h.t >= 0 {
		h.paidLater[id] += cents
	}
}

// has is how many shares of the buyer a party has.
func (h *history) has(party string) float64 { return h.in.Held[party] + h.issued[party] }

// room is how many shares a party may still get below a cap on its share, when
// others get some with it; a cap of 0 is none.
func (h *history) room(party string, cap, others float64) float64 {
	if cap == 0 {
		return math.Inf(1)
	}
	return h.notDust((float64(cap*(h.shares+others)) - h.has(party)) / (1 - cap))
}

// notDust is a number of shares, or none where it is less than a billionth of
// all.
func (h *history) notDust(shares float64) float64 {
	if shares < h.shares*1e-9 {
		return 0
	}
	return shares
}

// afford is the most of an amount that buys no more than so many shares.
func afford(cents, shares, price float64) float64 {
	if math.IsInf(shares, 1) {
		return cents
	}
	return min(cents, shares*price)
}

// held tells of a round that has so much money by now, at a price.
func (h *history) heldRound(r round) {
	if r.cents > h.largest.cents {
		h.largest = r
	}
}

// openRound opens the world's round of the step.
func (h *history) openRound() {
	money, at := h.obs.Obs[contract.Raised], h.obs.Obs[contract.RaisedAt]
	if money == 0 || !h.solvent() {
		return
	}
	price := h.fairPrice()
	if at > 0 {
		price = at / h.shares
	}
	if price <= 0 {
		return
	}
	h.others = round{money, price}
	h.heldRound(h.others)
}

// closeRound sells the rest of it to the market.
func (h *history) closeRound() {
	if h.others.price == 0 {
		return
	}
	paid := h.post(Flow{From: contract.Outside, To: h.in.Buyer, Asset: cash, Kind: "round_of_others", Amount: h.others.cents})
	h.raise(paid)
	h.marketHas += h.issue("", contract.Outside, "issue_in_round", paid/h.others.price)
}

// pays tells whether something sold at a price is worth more, by more than
// rounding.
func pays(worth, price float64) bool { return worth > price*(1+1e-9) }

// stepOf is the step in which a payment on a day falls; -1 is the signing.
func (h *history) stepOf(day calendar.Date) int {
	if day.IsZero() {
		return -1
	}
	if day.Before(h.grid.Start()) {
		if h.grid.YearsAt(day) < h.grid.Years(0)/2 {
			return -1
		}
		return 0
	}
	t := 0
	for !day.Before(h.grid.StepEnd(t)) {
		t++
	}
	return t
}

// installments are the parts of an amount by step: equal ones, in whole cents.
func (h *history) installments(cents float64, days []calendar.Date) map[int][]float64 {
	if len(days) == 0 {
		return map[int][]float64{-1: {cents}}
	}
	out, so := map[int][]float64{}, 0.0
	for i, day := range days {
		upTo := math.RoundToEven(cents * (float64(i+1) / float64(len(days))))
		t := h.stepOf(day)
		out[t] = append(out[t], upTo-so)
		so = upTo
	}
	return out
}

// yearsOfStep is the time for which interest runs in the step.
func (h *history) yearsOfStep() float64 {
	end, start := max(0, h.grid.Years(h.t)), 0.0
	if h.t > 0 {
		start = max(0, h.grid.Years(h.t-1))
	}
	return end - start
}

// perShare is a price in cents of one in currency.
func perShare(currency float64) float64 { return currency * unit.MinorPerMajor }
