// SPDX-License-Identifier: Apache-2.0

package contract

// An Asset is what a flow moves. Money, shares, notes and banks are all
// assets; each is conserved: what one holder gives another receives, and the
// holder's recorded stock must follow (see audit.go).
type Asset struct {
	Kind AssetKind
	Of   string // the clause (and for receivables its kind of bill) that it belongs to, "" for cash
}

// An AssetKind tells assets apart.
type AssetKind string

// The kinds of asset.
const (
	Cash         AssetKind = "cash"          // cents
	DueLater     AssetKind = "receivable"    // cents billed and not yet paid
	Shares       AssetKind = "shares"        // shares of one clause's issue
	Note         AssetKind = "note"          // cents of principal
	FacilityOpen AssetKind = "facility"      // cents open to be drawn
	MakeUp       AssetKind = "make_up"       // cents paid for and not taken
	MakeUpUnits  AssetKind = "make_up_units" // units paid for and not taken
	CarryForward AssetKind = "carry_forward" // cents of eligible spend banked
	Deferred     AssetKind = "deferred"      // cents of minimum put off to the next period
	Credits      AssetKind = "credits"       // cents of prepaid compute
	Deposit      AssetKind = "deposit"       // cents held for somebody and owed back
	Warrants     AssetKind = "warrants"      // rights to buy one share each
	InKind       AssetKind = "in_kind"       // cents that something given otherwise than in money is worth on its day
)

// InCents tells whether the asset is counted in minor units of money.
func (k AssetKind) InCents() bool { return k != MakeUpUnits && k != Shares && k != Warrants }

// Outside stands for everybody outside the agreement, where a flow comes from
// or goes to them: who buys resold compute, who else pays into a round. No
// party can have this key.
const Outside = "market"

// A Line describes the flows of one kind that one clause makes. A flow of a
// step is a line, a lane and an amount; amounts are never negative in
// meaning: a reduction is a line of its own, the other way.
type Line struct {
	From, To string // parties
	Asset    Asset
	Kind     string // usage, discount, deficiency, draw, ...
	Clause   string // id of the clause that makes it
	Role     Role   // which part of the bargain it belongs to
	// Due is how many steps after being billed the amount is paid; it is set
	// on receivable lines and zero elsewhere.
	Due int
}

// A Role says which part of a bargain's value a line belongs to: section 6 of
// docs/semantics.md. Lines that only keep the books of an asset have none.
type Role int

// The roles of lines.
const (
	NoRole     Role = iota
	Use             // billed or paid between buyer and supplier for compute used, with what comes with it: part of O
	Miss            // billed for not taking the minimum, less what comes back of it: F
	Cheque          // money for new shares of the buyer
	Offset          // usage paid with credits that were given for shares
	Draw            // a draw on a facility against a security of stated worth
	Issue           // shares of the buyer, against a cheque
	Convert         // shares of the buyer, against a note or a warrant
	Estate          // paid to the supplier by a defaulter's estate
	Instrument      // any other cash or thing of value that one holder, the buyer or the market gives another: part of X
	Lend            // an instrument by which the receiver is financed: it counts as the giver's capital
	Sold            // shares of the buyer that a holder sells to the market, or what it gets for them, from others who hold shares: part of X
	Resale          // what units sold on fetch, from the market: part of S, by the quantity Proceeds
)

var roleNames = [...]string{"none", "use", "miss", "cheque", "offset", "draw", "issue", "convert", "estate", "instrument", "lend", "sold", "resale"}

// String is the role's name in lower case.
func (r Role) String() string { return roleNames[r] }

// A Reading describes a number that a clause reports and that moves nothing:
// a row of a commitment's ledger, say. Unit is "cents" or "units". A reading
// of a period has the number of steps of a full one: step t belongs to period
// t / Steps, unless Edges say otherwise. Each lane reports a period once.
type Reading struct {
	Name, Unit, Clause string
	Steps              int
	// Edges are the first step of each period, then the step after the last;
	// nil where the periods are Steps long and fill the term.
	Edges []int
}

// Periods is how many periods the reading has in a term of so many steps; none
// where it is of no period.
func (r *Reading) Periods(term int) int {
	switch {
	case r.Steps == 0:
		return 0
	case r.Edges != nil:
		return len(r.Edges) - 1
	}
	return (term + r.Steps - 1) / r.Steps
}

// Period is the period, from 0, of a step in which the reading is reported.
func (r *Reading) Period(t int) int {
	if r.Edges == nil {
		return t / r.Steps
	}
	y := 0
	for y+2 < len(r.Edges) && t >= r.Edges[y+1] {
		y++
	}
	return y
}

// LineID, ReadingID, Col and Slot are handles that a Builder gives out.
type (
	LineID    int
	ReadingID int
	Col       int
	Slot      int
)

// A Posting is one line's column in one step.
type Posting struct {
	ID     LineID
	Line   *Line
	Amount []float64
}
