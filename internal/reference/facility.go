// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/contract"
)

// facility is a facility clause and where it stands.
type facility struct {
	c         *clause.Facility
	opened    float64 // cents opened so far, in all
	peakGW    float64 // most power delivered while it was on offer
	open      float64 // cents that can be drawn
	principal float64 // cents drawn
	seen      int     // step in which the event was first seen; -1 before
}

// powerSlack is by how much a sum of decimals may miss the power that opens
// a part: 0.7 GW and 0.1 GW are 0.8 GW.
const powerSlack = 1e-12

func newFacility(c *clause.Facility) *facility { return &facility{c: c, seen: -1} }

func (f *facility) room() contract.Asset {
	return contract.Asset{Kind: contract.FacilityOpen, Of: f.c.Head().ID}
}

// give posts a flow from lender to borrower, take the other way.
func (f *facility) give(h *history, asset contract.Asset, kind string, cents float64) float64 {
	head := f.c.Head()
	return h.post(Flow{From: head.From, To: head.To, Asset: asset, Kind: kind, Clause: head.ID, Amount: cents})
}

func (f *facility) take(h *history, asset contract.Asset, kind string, cents float64) float64 {
	head := f.c.Head()
	return h.post(Flow{From: head.To, To: head.From, Asset: asset, Kind: kind, Clause: head.ID, Amount: cents})
}

// sign opens what is open from the signing on.
func (f *facility) sign(h *history) {
	sum := 0.0
	for _, o := range f.c.Opens {
		if o.PowerGW == nil && o.At.IsZero() {
			sum += o.Cents
		}
	}
	if len(f.c.Opens) == 0 {
		sum = f.c.Limit.Value
	}
	f.openTo(h, sum)
}

func (f *facility) openTo(h *history, sum float64) {
	more := f.give(h, f.room(), "open", max(0, float64(min(sum, f.c.Limit.Value)*h.force(f.c.Head()))-f.opened))
	f.opened += more
	f.open += more
}

// onOffer tells whether what is open can be drawn in the running step.
func (f *facility) onOffer(h *history) bool {
	if !h.mayFund(f.c.Head().From) || h.stopped(f.c.Head().ID) {
		return false
	}
	if !f.c.Expires.IsZero() && !h.grid.StepEnd(h.t).Before(f.c.Expires) {
		return false
	}
	if f.c.Of == "" || f.seen < 0 {
		return true
	}
	return h.t-f.seen < f.c.After.Months/h.grid.MonthsPerStep()
}

func (f *facility) fund(h *history, elected float64) {
	f.watch(h)
	if !f.onOffer(h) {
		f.open -= f.take(h, f.room(), "lapse", f.open)
		return
	}
	drawn := f.give(h, cash, "draw", clamp(elected, f.open))
	f.take(h, contract.Asset{Kind: contract.Note, Of: f.c.Head().ID}, "note", drawn)
	f.take(h, f.room(), "drawn", drawn)
	f.open -= drawn
	f.principal += drawn
}

// watch notes the step in which the event is first seen.
func (f *facility) watch(h *history) {
	if f.c.Of == "" || f.seen >= 0 {
		return
	}
	if h.happened(f.c.Of) {
		f.seen = h.t
	}
}

// openUp reads the milestones.
func (f *facility) openUp(h *history) {
	if !f.onOffer(h) {
		return
	}
	f.peakGW = max(f.peakGW, h.offer.powerGW)
	sum := 0.0
	for _, o := range f.c.Opens {
		if f.reached(h, o) {
			sum += o.Cents
		}
	}
	if len(f.c.Opens) == 0 {
		sum = f.c.Limit.Value
	}
	f.openTo(h, sum)
}

func (f *facility) reached(h *history, o clause.Opening) bool {
	switch {
	case o.PowerGW != nil:
		return f.peakGW >= *o.PowerGW*(1-powerSlack)
	case o.At == (calendar.Date{}):
		return true // at signing
	}
	return o.At.Before(h.grid.StepEnd(h.t))
}
