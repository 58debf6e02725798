// SPDX-License-Identifier: Apache-2.0

package reference

import "math"

// pile is what a commitment holds for those that are stacked on it.
type pile struct {
	passed      float64 // cents of spend passed on in the running period
	dueNow      float64 // cents due in the step for availability
	canStep     float64 // cents that can reach the commitment in the step
	canPass     float64 // cents of what can reach it that were passed on in the running period
	canTotal    float64 // cents that could have reached it in all periods
	deliverable float64 // cents that could have reached it in the running period
}

// leaves is what of an amount spent lies above a minimum; by the hour, above
// that of each hour.
func (k *commitment) leaves(h *history, spent, minimum float64) float64 {
	if k.c.Period == "hour" {
		return spent - minimum + h.cents(k.shortOf(spent, minimum))
	}
	return max(0, spent-minimum)
}

// canLeave is what would lie above the commitment if all that can reach it were
// spent. What was put off does not count: it could have been spent before.
func (k *commitment) canLeave(h *history) float64 {
	if k.c.PayFor == "availability" {
		return max(0, k.canStep-k.dueNow)
	}
	return k.leaves(h, k.deliverable, k.tauA(h))
}

// canSpend follows what could be spent as count follows what is.
func (k *commitment) canSpend(h *history, cents float64, first bool) {
	if !k.running {
		for _, upper := range k.above {
			upper.canSpend(h, cents, first)
		}
		return
	}
	if first {
		k.dueNow = h.cents(min(k.dueInStep(h), worth(h.offer.units, h.quoted)))
		if k.below != nil {
			k.dueNow = min(k.dueNow, h.cents(cents))
		}
	}
	minimum, over := k.canLeave(h), k.canBeyond(h)
	k.deliverable += cents
	k.canStep += cents
	k.canTotal += cents
	leaves := k.canLeave(h) - minimum
	k.canPass += leaves
	for _, upper := range k.above {
		if upper.c.Stacks == "on_total" {
			upper.canSpend(h, k.canBeyond(h)-over, first)
		} else {
			upper.canSpend(h, leaves, first)
		}
	}
}

// canBeyond is beyond of what could have been spent.
func (k *commitment) canBeyond(h *history) float64 {
	return max(0, k.canTotal-h.cents(k.c.Take*k.c.Total.Value))
}

// squareUp passes on what the settled minimum leaves and has not been passed
// on, of spend and of what could have been spent.
func (k *commitment) squareUp(h *history, minimum float64) {
	spend := max(0, k.leaves(h, k.spend, minimum)-k.passed)
	can := 0.0
	if len(h.capacities) > 0 {
		can = max(0, k.leaves(h, k.deliverable, minimum-k.deferred)-k.canPass)
	}
	for _, upper := range k.above {
		if upper.c.Stacks == "on_minimum" {
			upper.count(h, spend)
			upper.canSpend(h, can, false)
		}
	}
}

// deliver says what can reach the commitments in the step. Those that are
// stacked on others hear it from them.
func (h *history) deliver() {
	for _, k := range h.commitments {
		k.dueNow = h.cents(k.dueInStep(h)) // without a capacity clause; else canSpend says it anew
	}
	for _, k := range h.commitments {
		if k.below == nil && len(h.capacities) > 0 {
			k.canSpend(h, worth(h.offer.delivered, h.quoted), true)
		}
	}
}

// missing is the most that has to be spent to fill a commitment to pay for
// use that misses something, whatever it is stacked on.
func (h *history) missing() float64 {
	most := 0.0
	for _, k := range h.commitments {
		own := 0.0
		if k.running && k.c.PayFor == "use" {
			own = max(0, k.minimum(h)-k.spend)
		}
		if ahead := k.ahead(h); h.live && own > 0 && !math.IsInf(ahead, 1) {
			most = max(most, ahead+own)
		}
	}
	return most
}

// ahead is what those below take before anything comes to the commitment; no
// end to it where filling them does not lead there.
func (k *commitment) ahead(h *history) float64 {
	x := k.below
	if x == nil {
		return 0
	}
	sum := x.ahead(h)
	if !x.running {
		return sum
	}
	takes := x.dueNow
	if x.c.PayFor == "use" {
		takes = max(0, x.minimum(h)-x.spend)
	}
	if k.c.Stacks == "on_minimum" {
		return sum + takes
	}
	left := max(0, h.cents(x.c.Take*x.c.Total.Value)-x.total)
	if left > takes+float64(len(x.spans)) {
		return math.Inf(1)
	}
	return sum + left
}
