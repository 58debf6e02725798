// SPDX-License-Identifier: Apache-2.0

package screen

import "offtake/internal/calendar"

// A Market is what a rule asks of one, after the merger.
type Market struct {
	Relation Relation
	HHI      float64 // in points
	Change   float64 // of the index, in points
	Share    float64 // of the parties together, as a fraction; in a vertical relation, of the one that has more
}

// Relation is how the parties stand to each other.
type Relation string

// The relations.
const (
	Rivals Relation = "rivals"
	Linked Relation = "supplier and buyer"
)

// Reading is what a document makes of a market.
type Reading string

// The readings.
const (
	Presumed     Reading = "presumed to lessen competition" // which the parties may rebut
	Concern      Reading = "raises concerns"
	NoConcern    Reading = "unlikely to raise concerns"
	Level        Reading = "a level, with no presumption"
	NoThresholds Reading = "no threshold applies"
)

// A Bound is a range of numbers: above From, or from From on if that belongs to it, and below To, or up to To. A To of zero is no
// end.
type Bound struct {
	From, To         float64
	WithFrom, WithTo bool
}

// holds tells whether a number lies in the range.
func (b Bound) holds(x float64) bool {
	if b == (Bound{}) {
		return true
	}
	low := x > b.From || b.WithFrom && x == b.From || b.From == 0
	high := x < b.To || b.WithTo && x == b.To || b.To == 0
	return low && high
}

func above(x float64) Bound          { return Bound{From: x} }
func below(x float64) Bound          { return Bound{To: x} }
func upTo(x float64) Bound           { return Bound{To: x, WithTo: true} }
func between(from, to float64) Bound { return Bound{from, to, true, true} }

// A Rule is one threshold of one document.
type Rule struct {
	Jurisdiction string
	Document     string
	Place        string        // in the document
	From, Until  calendar.Date // in force from, and before; Until is zero while it still is, From while it is a draft
	Relation     Relation
	HHI, Change  Bound // in points
	Share        Bound // as fractions
	Reading      Reading
	Read, URL    string // the public text that quotes it; "" where it was not checked against any
}

// Draft tells that a rule is not in force yet.
func (r Rule) Draft() bool { return r.From.IsZero() }

// InForce tells whether it is on a day.
func (r Rule) InForce(on calendar.Date) bool {
	return !r.Draft() && !on.Before(r.From) && (r.Until.IsZero() || on.Before(r.Until))
}

// Fits tells whether a market is one that the rule speaks of.
func (r Rule) Fits(m Market) bool {
	return r.Relation == m.Relation && r.HHI.holds(m.HHI) && r.Change.holds(m.Change) && r.Share.holds(m.Share)
}

// Flags are the rules in force on a day that speak of a market, of one jurisdiction after the other.
func Flags(m Market, on calendar.Date) (out []Rule) {
	for _, r := range Rules() {
		if r.InForce(on) && r.Fits(m) {
			out = append(out, r)
		}
	}
	return out
}
