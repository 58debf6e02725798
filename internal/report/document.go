// SPDX-License-Identifier: Apache-2.0

package report

// Document is a whole report.
type Document struct {
	Title    string    `json:"title"`
	Subtitle string    `json:"subtitle,omitempty"` // one sentence
	Sections []Section `json:"sections"`
	File     *File     `json:"file,omitempty"` // what it is a report of, for renderers that can show it whole
}

// File is a text that places of a document lie in.
type File struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// Section is a part of a document under a heading of its own.
type Section struct {
	Title  string // empty: no heading
	Note   string // what to know before reading; may be empty
	Blocks []Block
	Role   Role // where renderers that have the choice put it
}

// Role says what a section is for.
type Role string

const (
	Terms    Role = "terms"    // the agreement, to stand beside everything else
	Evidence Role = "evidence" // long, and for those who look it up
)

// Block is one of Paragraph, Clauses, Figures, Table, Chart, Fan, Distribution, Whiskers,
// Bars, Tornado and Notice.
type Block interface {
	// kind names the block in JSON and closes the set.
	kind() string
}

// Paragraph is running text.
type Paragraph struct {
	Text string `json:"text"`
}

// Clauses is a term sheet: what was agreed, numbered from 1.
type Clauses struct {
	Items []Clause `json:"items"`
}

// Clause is one clause in words.
type Clause struct {
	ID    string `json:"id"`             // as in the deal file: series-g
	Place string `json:"place"`          // where it stands: deal.yaml:12; may be empty
	Text  string `json:"text"`           // a sentence or two
	Mark  string `json:"mark,omitempty"` // a word on its standing, such as "intent" or "off"; may be empty
	Line  int    `json:"line,omitempty"` // of the document's file; 0: it stands on none
}

// Figures are headline figures, one below the other.
type Figures struct {
	Rows []Figure `json:"rows"`
}

// Figure is one number with its name.
type Figure struct {
	Group string `json:"group,omitempty"` // heading over this row and those after it with the same Group
	Label string `json:"label"`
	Value string `json:"value"` // as written: $5.00B, 8.62%, month 31
	Note  string `json:"note,omitempty"`
	Behind
}

// Behind says what a number comes of, for renderers that can link to it.
type Behind struct {
	Clauses []string `json:"clauses,omitempty"` // their ids
	Lines   []int    `json:"lines,omitempty"`   // of the document's file, where what is behind it is no clause
}

// NoticeKind says how much a notice matters.
type NoticeKind int

const (
	Note    NoticeKind = iota // good to know
	Warning                   // the result is perhaps not what was meant
)

// String returns "note" or "warning".
func (k NoticeKind) String() string {
	return [...]string{Note: "note", Warning: "warning"}[k]
}

// MarshalText returns String, for JSON.
func (k NoticeKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// Notice is a remark on the report itself.
type Notice struct {
	Kind NoticeKind `json:"level"`
	Text string     `json:"text"`
}

func (Paragraph) kind() string    { return "paragraph" }
func (Clauses) kind() string      { return "clauses" }
func (Figures) kind() string      { return "figures" }
func (Table) kind() string        { return "table" }
func (Chart) kind() string        { return "chart" }
func (Fan) kind() string          { return "fan" }
func (Distribution) kind() string { return "distribution" }
func (Whiskers) kind() string     { return "whiskers" }
func (Bars) kind() string         { return "bars" }
func (Notice) kind() string       { return "notice" }
