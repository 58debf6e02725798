// SPDX-License-Identifier: Apache-2.0

package sheet

// A Book is what a workbook shows. Amounts are in units of the currency, not cents.
type Book struct {
	Title, Subtitle string
	Currency        string // ISO 4217 code
	Summary         []Figure
	Sampled         bool // flows are means over paths, and the summary has errors
	Inputs          []Input
	Sources         []Source
	Clauses         []Clause
	Steps           []Step // the signing first
	Lines           []Line
	Sides           []Side
	Parts           []Part // of the first side's net present value
	Ledgers         []Ledger
	Rate            float64 // riskless, a year
	Continuous      bool    // the rate is compounded continuously
	Dated           bool    // years are days over 365, as spreadsheets count them for XIRR
	FlowsAre        string  // a sentence on what the flows are
	Unsolved        bool    // formulas have no results yet: who opens it must calculate
}

// Kind says how a number is written.
type Kind int

// The kinds of numbers.
const (
	Money Kind = iota
	Number
	Rate
	Months
	Price
)

// Figure is one measure. What is not defined is not a number, and says why.
type Figure struct {
	Name, Party, Doc, Why  string
	Kind                   Kind
	Value                  float64 // of a sample, of its mean flows
	Mean, SE, P5, P50, P95 float64 // of a sample
}

// Input is one input of the deal.
type Input struct {
	Path, Value, Status, Source, Reason string
	Line                                int
}

// Source is a document that inputs are taken from.
type Source struct{ Key, Publisher, Title, Date, URL string }

// Clause is one clause in words.
type Clause struct {
	ID, Kind, From, To, Mark, Text string
	Line                           int
}

// Step is the signing or a step of the grid, at whose end it pays.
type Step struct {
	Name, Date string // 2026-05-31
	Year       int    // contract year; 0 at signing
	Years      float64
}

// Line is what one line of a clause, or of the world, moves by step.
type Line struct {
	Name, Clause, Asset, From, To string
	Amounts                       []float64
	Toward                        []float64 // by side: 1, -1 or 0
}

// Side is one whose value is computed, with offtake's own figures.
type Side struct {
	Name, Key   string
	DefaultCost float64 // present value of what default costs beyond what is not paid
	NPV         float64
	IRR         float64 // not a number: not defined
	IRRWhy      string
	Multiple    float64 // likewise
	Peak        float64
}

// Part is a part of the net present value.
type Part struct {
	Name  string
	Value float64
}

// Ledger is what a clause counts by period.
type Ledger struct {
	Clause  string
	Columns []LedgerColumn
}

// LedgerColumn is one row of a ledger, over the periods.
type LedgerColumn struct {
	Title  string
	Units  bool // units of compute, not money
	Values []float64
}
