// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"offtake/internal/accounts"
	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/deal/read"
	"offtake/internal/deal/tree"
	"offtake/internal/diag"
	"offtake/internal/policy"
	"offtake/internal/provider"
	"offtake/internal/unit"
	"offtake/internal/world"
)

// MaxBytes is the longest file that is read.
const MaxBytes = tree.MaxBytes

// A Deal is an agreement as a file states it. It is not changed once parsed.
type Deal struct {
	Title string
	// Archetypes are the codes of those that it is an example of, in the order
	// of the file.
	Archetypes []string
	Currency   unit.Currency
	Signed     calendar.Date // also the valuation date
	Starts     calendar.Date
	Term       calendar.Span
	Step       calendar.Step
	DayCount   calendar.DayCount
	Parties    []Party // in the order of the file
	// Clauses are all that apply: those of the file in its order, less those
	// that are switched off, and the list price where no clause states a price.
	Clauses      []clause.Clause
	Existing     []Stake
	Prior        []Prior
	Elsewhere    []Minimum // those of Prior with others than the supplier among them
	World        *world.World
	Policy       *policy.Policy
	Accounting   *accounts.Terms
	Provider     *provider.Terms
	Amendments   []Amendment   // all of the file, in its order; see Amended
	Alternatives []Alternative // all of the file, in its order; see Chosen
	Scenarios    []Scenario    // all of the file, in its order; see Supposed
	Sources      []Source
	Facts        []Fact
	Assumptions  []Assumption
	Expect       []Expectation

	grid    *calendar.Grid
	off     []string
	removed []clause.Clause // those switched off
	gone    []clause.Clause // those that amendments and alternatives removed
	implied string          // id of the list price that no clause states
	reader  *read.Reader
	file    *file
	form    *form
	view    View
}

// The roles of parties.
const (
	Buyer    = "buyer"    // the lab, which takes compute
	Supplier = "supplier" // the cloud provider
	Investor = "investor"
	Other    = "other"
)

// A Party is one of those who agreed.
type Party struct {
	Key  string
	Name string // the key where the file gives none
	Role string
}

// A Stake is a share of a company that a party held before the deal.
type Stake struct {
	Holder string // party
	In     string // party
	Share  float64
}

// A Prior is a commitment that the buyer had before the deal.
type Prior struct {
	ID     string
	To     string      // party
	Amount unit.Amount // cents, still to run from the start of this deal
	Table  []float64   // cents that must be paid for, by contract year of this deal
	clause *clause.Commitment
}

// A Minimum is what the buyer must spend with somebody outside the deal.
type Minimum struct {
	ID    string
	With  string    // whom, in words
	Table []float64 // cents by contract year of this deal

	flat *float64
}

// An Edit gives the value at a path another text.
type Edit struct {
	Path string // in its clean form
	Text string // a scalar's text, or a value in braces or brackets as written
}

// A Source is a document that facts are taken from.
type Source struct {
	Key       string
	Publisher string
	Title     string
	Date      calendar.Date // zero where none is given
	URL       string
}

// A Fact says where the values at a path, and inside it, come from.
type Fact struct {
	Path   string // in its clean form
	Status string // filing, announcement, press or estimate
	Source string // key of a source; "" for an estimate without one
	Note   string
}

// An Expectation is a result that the file states and runs are held to.
type Expectation struct {
	Measure   string
	Party     string  // "" where the measure is of no party
	Clause    string  // id; "" where the measure is of no clause
	Period    int     // from 1; 0 where the measure is of no period
	Value     float64 // in the measure's unit
	Tolerance float64 // relative
	Note      string
	// AsOf, Alternative and Scenario say of which form of the deal it is; where they are
	// not given, of the one that is run.
	AsOf        calendar.Date
	Alternative string
	Scenario    string
}

// An Assumption says why the values at a path, and inside it, are what they are.
type Assumption struct {
	Path   string // in its clean form
	Reason string
}

// Grid is the time of the deal: its term, and as many steps after it as the longest
// payment terms need. Deals that differ by a clause that is switched off share it.
func (d *Deal) Grid() *calendar.Grid { return d.grid }

// Buyer is the key of the party that takes compute.
func (d *Deal) Buyer() string { return d.withRole(Buyer) }

// Supplier is the key of the party that supplies it.
func (d *Deal) Supplier() string { return d.withRole(Supplier) }

func (d *Deal) withRole(role string) string {
	for _, p := range d.Parties {
		if p.Role == role {
			return p.Key
		}
	}
	return ""
}

// Name is a party's name, or its key where it has none.
func (d *Deal) Name(party string) string {
	for _, p := range d.Parties {
		if p.Key == party && p.Name != "" {
			return p.Name
		}
	}
	return party
}

// Text is the text of the single value at a path, as the file says it; ok is false
// where the file has none there.
func (d *Deal) Text(path string) (text string, ok bool) {
	if s := d.reader.Site(read.Clean(path)); s != nil && s.Node.Kind == tree.Scalar {
		return s.Node.Text, true
	}
	return "", false
}

// Place is where the value at a path stands in the file; ok is false where the file
// has none there. A value that an amendment, alternative or scenario gave stands where that
// says it; one that was set for this run has a place without a line.
func (d *Deal) Place(path string) (at diag.Place, ok bool) {
	path = read.Clean(path)
	s := d.reader.Site(path)
	if s == nil && d.file != nil && !isRestatable(path, true) {
		s = d.file.signed().p.r.Site(path)
	}
	if s != nil {
		return s.Place, true
	}
	return diag.Place{}, false
}
