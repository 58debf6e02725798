// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"offtake/internal/clause"
	"offtake/internal/unit"
)

// charge is a charge clause.
type charge struct {
	idle
	c     *clause.Charge
	cents float64 // owed in the running step
}

func newCharge(c clause.Clause, _ *history) term { return &charge{c: c.(*clause.Charge)} }

// rate is the cents of each month, gigawatt and month, or unit.
func (k *charge) rate(h *history) float64 {
	if x := k.c.Through; x != nil {
		level := h.index(x.Index)
		if x.Floor != nil {
			level = max(level, *x.Floor)
		}
		if x.Cap != nil {
			level = min(level, *x.Cap)
		}
		return x.Share * x.Quantity * level * unit.MinorPerMajor
	}
	cents := *k.c.Amount * unit.MinorPerMajor
	if k.c.Indexed != nil {
		cents *= moved(k.c.Indexed, h)
	}
	return cents
}

// demand is the power that is billed, in gigawatts.
func (k *charge) demand(h *history) float64 {
	contracted := h.offer.promisedGW
	if k.c.Contracted != nil {
		contracted = *k.c.Contracted
	}
	power := contracted
	switch k.c.Of {
	case "delivered":
		power = h.offer.powerGW
	case "used":
		if power = 0; h.offer.units > 0 {
			power = h.offer.powerGW * (h.taken / h.offer.units)
		}
	}
	if d := k.c.Minimum; d != nil {
		share := d.Share
		for i := len(d.Ramp) - 1; i >= 0; i-- {
			if h.grid.StepStart(h.t).Before(d.Ramp[i].Until) {
				share = d.Ramp[i].Share
			}
		}
		least := share * contracted
		if d.Relief == "pro_rata" && h.offer.promised > 0 {
			least *= h.offer.delivered / h.offer.promised
		}
		power = max(power, least)
	}
	return power
}

// stand says what a unit costs beside the price.
func (k *charge) stand(h *history) {
	if k.c.Per != "unit" {
		return
	}
	cents := float64(k.rate(h) * h.force(k.c.Head()))
	h.step.Quote.PerUnitCents += cents
	if k.c.Eligible {
		h.step.Quote.CountedCents += cents
	}
}

// take reckons the fee once units are taken, so that commitments can count it.
func (k *charge) take(h *history) {
	basis := float64(h.grid.MonthsPerStep())
	switch k.c.Per {
	case "gw":
		basis *= k.demand(h)
	case "unit":
		basis = h.taken
	}
	k.cents = h.cents(k.rate(h) * h.force(k.c.Head()) * basis)
	if k.c.Eligible {
		h.beside += k.cents
	}
}

func (k *charge) bill(h *history) {
	h.chargeUsage(Flow{From: h.in.Buyer, To: h.in.Supplier, Asset: cash, Kind: "charge", Clause: k.c.Head().ID, Amount: k.cents})
}
