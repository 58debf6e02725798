// SPDX-License-Identifier: Apache-2.0

package measure

// A Unit says what a measure's values are counted in.
type Unit int

// The units of measures. Money and prices are in cents inside and in currency
// units wherever they are shown.
const (
	Money  Unit = iota // cents
	Units              // units of compute
	Ratio              // a plain multiple
	Rate               // a fraction: a yearly rate or a share
	Months             // calendar months from the start of the term
	Price              // cents per unit of compute
	Shares             // of the lab
)

var unitNames = [...]string{"money", "units", "ratio", "rate", "months", "price", "shares"}

// String is the unit's name; money is named after its currency by whoever
// shows it.
func (u Unit) String() string { return unitNames[u] }

// Quotient tells whether values are quotients of flows. Over paths those have
// two averages: the mean of the quotients, and the quotient of the means.
func (u Unit) Quotient() bool { return u == Ratio || u == Rate || u == Price }

// Amount tells whether values add up: those of parts to that of the whole.
func (u Unit) Amount() bool { return u == Money || u == Units }

// Nothing is the most that a value may be and still be what rounding leaves of
// zero: less than half a cent, or nothing at all.
func (u Unit) Nothing() float64 {
	if u == Money {
		return 0.49
	}
	return 0
}

// Minor tells whether values are in cents, which are a hundredth of what they
// are shown in.
func (u Unit) Minor() bool { return u == Money || u == Price }

// A Measure is a number asked of a deal's flows.
type Measure struct {
	Name   string
	Party  string // "" where it belongs to nobody in particular
	Clause string // "" where it is of the deal
	Period int    // of a clause's ledger, from 1; 0 where there is none
	Unit   Unit
	Doc    string // what it is, in one sentence
	// BySteps tells that it reads what a book keeps by step, and not its totals alone.
	BySteps bool
	// Nominal tells that the amounts it is made of are not discounted.
	Nominal bool
	// Value reads the measure off a closed book, over the lanes; NaN where it
	// is not defined.
	Value func(b *Book, out []float64)
	// Why says, of a book of one lane, why the measure is not defined there; nil
	// where its definition says enough.
	Why func(b *Book) string
	// Sources tells what a figure is made of: the amounts that add up to it,
	// or the measures that its formula uses.
	Sources func(b *Book) []Source
}

// A Source is one amount that goes into a figure.
type Source struct {
	Label  string    // what it is
	Clause string    // the clause whose flows it is; "" for the world's
	Kind   string    // the flow's kind; "" where it is no flow
	Inputs []string  // paths of the world's inputs that set it
	Sign   float64   // how it enters; 0 where the figure is not a sum
	Value  []float64 // over the lanes
	Unit   Unit      // of the value; money is in cents

	line int // of the program, where it is one line's flows
}

// Key identifies a measure within a deal.
func (m *Measure) Key() string {
	key := m.Name
	if m.Party != "" {
		key += "." + m.Party
	}
	if m.Clause != "" {
		key += "." + m.Clause
	}
	return key
}

// unless says why the measure is undefined where it is.
func (m Measure) unless(why string) Measure {
	m.Why = func(*Book) string { return why }
	return m
}

// bySteps tells that the measure reads a book's steps.
func (m Measure) bySteps() Measure {
	m.BySteps = true
	return m
}

// column is a measure that is a column of the closed book.
func column(name, party string, unit Unit, doc string, col func(b *Book) []float64, sources func(b *Book) []Source) Measure {
	return Measure{Name: name, Party: party, Unit: unit, Doc: doc, Sources: sources,
		Value: func(b *Book, out []float64) { copy(out, col(b)) }}
}

// each is a measure computed lane by lane.
func each(name string, unit Unit, doc string, of func(b *Book, lane int) float64, sources func(b *Book) []Source) Measure {
	return Measure{Name: name, Unit: unit, Doc: doc, Sources: sources,
		Value: func(b *Book, out []float64) {
			for i := range out {
				out[i] = of(b, i)
			}
		}}
}
