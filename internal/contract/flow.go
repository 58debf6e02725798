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
	Shares       AssetKind = "shares"        // shares of one round, counted at one cent each at its price
	Note         AssetKind = "note"          // cents of principal
	FacilityOpen AssetKind = "facility"      // cents open to be drawn
	MakeUp       AssetKind = "make_up"       // cents paid for and not taken
	MakeUpUnits  AssetKind = "make_up_units" // units paid for and not taken
	CarryForward AssetKind = "carry_forward" // cents of eligible spend banked
	Deferred     AssetKind = "deferred"      // cents of minimum put off to the next period
	Credits      AssetKind = "credits"       // cents of prepaid compute
)

// InCents tells whether the asset is counted in minor units of money.
func (k AssetKind) InCents() bool { return k != MakeUpUnits }

// A Line describes the flows of one kind that one clause makes. A flow of a
// step is a line, a lane and an amount; amounts are never negative in
// meaning: a reduction is a line of its own, the other way.
type Line struct {
	From, To string // parties
	Asset    Asset
	Kind     string // usage, discount, deficiency, draw, ...
	Clause   string // id of the clause that makes it
	// Due is how many steps after being billed the amount is paid; it is set
	// on receivable lines and zero elsewhere.
	Due int
}

// A Reading describes a number that a clause reports and that moves nothing:
// a row of a commitment's ledger, say. Unit is "cents" or "units". A reading
// of a period has the number of steps of a full one: step t belongs to period
// t / Steps. Each lane reports a period once.
type Reading struct {
	Name, Unit, Clause string
	Steps              int
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
