// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"strings"

	"offtake/internal/contract"
)

// A role says which part of a bargain a cash line, or the receivable that
// precedes it, belongs to.
type role int

const (
	noRole     role = iota
	spendRole       // usage at list, less discount
	missRole        // deficiency and what belongs to it: top-up, exit fee, availability, less make-up, refund, credit from it
	equityRole      // a cheque for shares
	creditRole      // usage paid with credits given for shares
	drawRole        // a draw on a facility
	issueRole       // shares issued
	estateRole      // what a defaulter's estate pays
)

// billed are the roles of what passes between buyer and supplier for compute,
// by kind of line.
var billed = map[string]role{
	"usage": spendRole, "discount": spendRole,
	"deficiency": missRole, "top_up": missRole, "exit_fee": missRole, "availability": missRole,
	"make_up": missRole, "refund": missRole, "claim_recovered": estateRole,
	"purchase": equityRole, "draw": drawRole,
}

// lineInfo is what the book knows of a line.
type lineInfo struct {
	role  role
	sign  float64 // +1 when it pays the supplier, -1 when it pays the buyer or lowers what it owes
	cash  bool
	raise bool // a receivable coming into being
	party string
}

// classify gives every line its role.
func classify(s *Setting) []lineInfo {
	credits := map[string]bool{}
	for _, r := range s.Rounds {
		credits[r.Clause] = r.InCredits
	}
	out := make([]lineInfo, len(s.Program.Lines()))
	for i, l := range s.Program.Lines() {
		x := &out[i]
		x.cash = l.Asset.Kind == contract.Cash
		if l.Asset.Kind == contract.Shares {
			x.role = issueRole
		}
		x.raise = l.Asset.Kind == contract.DueLater && l.Due > 0
		x.party = l.From
		if !x.cash && !x.raise {
			continue
		}
		x.sign = 1
		if l.From == s.Program.Supplier() {
			x.sign = -1
		}
		kind, recovered := strings.CutSuffix(l.Kind, "_recovered")
		x.role = billed[kind]
		if kind == "credit" {
			x.role = missRole
			if credits[l.Clause] {
				x.role = creditRole
			}
		}
		if recovered {
			x.role = estateRole
		}
	}
	return out
}
