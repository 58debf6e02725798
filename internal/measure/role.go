// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"offtake/internal/contract"
)

// lineInfo is what the book knows of a line.
type lineInfo struct {
	role  contract.Role
	sign  float64 // +1 when it pays the supplier, -1 when it pays the buyer or lowers what it owes
	cash  bool
	kind  bool // something of value that is not money
	raise bool // a receivable coming into being
	party string
	from  int     // index in Holders of who gives; -1 for the lab and for those outside
	to    int     // likewise, of who receives
	lab   float64 // +1 when the lab receives, -1 when it gives
}

// instrument tells whether the line is part of X.
func (x *lineInfo) instrument() bool {
	return (x.role == contract.Instrument || x.role == contract.Lend || x.role == contract.Sold) && (x.cash || x.kind)
}

// issues tells whether the line issues shares.
func (x *lineInfo) issues() bool { return x.role == contract.Issue || x.role == contract.Convert }

// moves tells whether shares go along the line, from the lab or from a holder.
func (x *lineInfo) moves() bool { return x.issues() || x.role == contract.Sold && !x.cash }

// classify gives every line its place in the bargain.
func classify(s *Setting) []lineInfo {
	out := make([]lineInfo, len(s.Program.Lines()))
	holder := func(party string) int {
		for h, x := range s.Holders {
			if x.Party == party {
				return h
			}
		}
		return -1
	}
	for i, l := range s.Program.Lines() {
		x := &out[i]
		x.cash, x.kind = l.Asset.Kind == contract.Cash, l.Asset.Kind == contract.InKind
		x.raise = l.Asset.Kind == contract.DueLater && l.Due > 0
		x.party, x.from, x.to, x.sign = l.From, holder(l.From), holder(l.To), 1
		switch s.Program.Buyer() {
		case l.From:
			x.lab = -1
		case l.To:
			x.lab = 1
		}
		if l.From == s.Program.Supplier() {
			x.sign = -1
		}
		if x.cash || x.kind || x.raise || l.Asset.Kind == contract.Shares {
			x.role = l.Role
		}
	}
	return out
}
