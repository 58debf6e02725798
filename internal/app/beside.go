// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"offtake/internal/report"
)

// Beside is several deals side by side, each on sampled paths of its own world with the
// same seed.
type Beside struct {
	Names []string // short, no two alike
	Runs  []*Run
	Rows  []BesideRow
	// Apart is what differs between two versions of one deal; nil where the deals are no
	// versions and nobody asked.
	Apart *Apart
}

// A BesideRow is one question with each deal's answer.
type BesideRow struct {
	Group, Label string
	Cells        []Reading
}

// NewBeside runs deals and puts the questions to each.
func NewBeside(deals []Version, opt RunOptions) *Beside {
	out := &Beside{Names: shortNames(deals)}
	done, proceed := 0, opt.Proceed
	for _, v := range deals {
		if proceed != nil {
			opt.Proceed = func(n, all int) bool { return proceed(done+n, all*len(deals)) }
		}
		out.Runs = append(out.Runs, newRun(v.Source, v.Edits, v.Deal, opt))
		done += opt.Paths
	}
	for _, q := range besideRows {
		row := BesideRow{Group: q.group, Label: q.label}
		for _, r := range out.Runs {
			row.Cells = append(row.Cells, q.of(r))
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// shortNames are the names of files without what says nothing, and of two alike the
// second with a number.
func shortNames(deals []Version) []string {
	var out []string
	for _, v := range deals {
		name := v.Source.Name
		if base := path.Base(name); base == "deal.yaml" {
			name = path.Base(path.Dir(name))
		} else {
			name = strings.TrimSuffix(base, ".yaml")
		}
		if len(v.Words) > 0 {
			name += "@" + strings.Join(v.Words, "@")
		}
		for n, plain := 2, name; slices.Contains(out, name); n++ {
			name = plain + " (" + strconv.Itoa(n) + ")"
		}
		out = append(out, name)
	}
	return out
}

// Report is the page: the table, the picture, what is missing and why, and what differs
// between versions.
func (b *Beside) Report() *report.Document {
	paths := b.Runs[0].Sample.Paths
	doc := &report.Document{Title: enumerate(b.Names) + ", side by side",
		Subtitle: "Each deal runs in the world of its own file: what differs is the terms and what each file assumes."}
	doc.Sections = append(doc.Sections, report.Section{Title: "The deals", Blocks: b.who()})
	s := report.Section{Title: "Side by side", Note: besideNote(paths, b.Runs[0].Options.Seed)}
	for _, note := range b.currencies() {
		s.Blocks = append(s.Blocks, report.Notice{Kind: report.Note, Text: note})
	}
	s.Blocks = append(append(s.Blocks, b.tables()...), b.picture())
	doc.Sections = append(doc.Sections, s)
	if missing, any := b.missing(); any {
		doc.Sections = append(doc.Sections, missing)
	}
	if b.Apart != nil {
		doc.Sections = append(doc.Sections, b.Apart.sections(b.Names)...)
	}
	return doc
}

// who says which deals these are.
func (b *Beside) who() []report.Block {
	t := report.Table{Columns: []report.Column{{Title: "Deal"}, {Title: "What it is", Align: report.AlignLeft, MinWidth: 28}, {Title: "Supplier", Align: report.AlignLeft}, {Title: "Buyer", Align: report.AlignLeft}, {Title: "Signed", Align: report.AlignLeft}}}
	for i, r := range b.Runs {
		d := r.Deal
		t.Rows = append(t.Rows, report.Row(b.Names[i], d.Title+formWords(d), d.Name(d.Supplier()), d.Name(d.Buyer()), d.Signed.String()))
	}
	return []report.Block{t}
}

// currencies are the notes that amounts of several currencies need.
func (b *Beside) currencies() []string {
	var codes []string
	for _, r := range b.Runs {
		codes = append(codes, r.Deal.Currency.Code)
	}
	if len(distinct(codes)) == 1 {
		return nil
	}
	var said []string
	for i, name := range b.Names {
		said = append(said, name+" in "+codes[i])
	}
	return []string{"Amounts are in each deal's own currency (" + enumerate(said) + ") and are not converted: only ratios, rates and times can be compared across."}
}

// tables are the rows by group.
func (b *Beside) tables() []report.Block {
	var out []report.Block
	for i := 0; i < len(b.Rows); {
		group := b.Rows[i].Group
		t := report.Table{Title: group, Columns: []report.Column{{Title: ""}}}
		for _, name := range b.Names {
			t.Columns = append(t.Columns, report.Column{Title: name, Align: report.AlignRight})
		}
		for ; i < len(b.Rows) && b.Rows[i].Group == group; i++ {
			row := report.Row(b.Rows[i].Label)
			for _, x := range b.Rows[i].Cells {
				row = append(row, report.Cell{Text: x.In(), Dim: !x.known()})
			}
			t.Rows = append(t.Rows, row)
		}
		out = append(out, t)
	}
	return out
}

// picture is what each deal is worth to its supplier, by what is spent: no amount of any
// currency.
func (b *Beside) picture() report.Block {
	w := report.Whiskers{Title: "NPV to the supplier over the present value of spend, with the range that 90% of paths are in.",
		X: report.Axis{Title: "deal"}, Y: report.Axis{Title: "share of PV spend", Format: func(v float64) string { return strconv.FormatFloat(100*v, 'g', 3, 64) + "%" }}, Range: "5% to 95% of paths"}
	for i, r := range b.Runs {
		at, under := r.seen("npv", r.Deal.Supplier(), "", 0), r.seen("pv_spend", "", "", 0)
		if at < 0 || under < 0 || !(r.Sample.Estimates[under].Mean > 0) {
			continue
		}
		e, per := &r.Sample.Estimates[at], r.Sample.Estimates[under].Mean
		q := e.Histogram.Quantiles(tail, 1-tail)
		x := report.Whisker{Label: b.Names[i], Amount: e.Mean / per, Low: q[0] / per, High: q[1] / per}
		x.Value, x.Range = wholePercent(x.Amount), wholePercent(x.Low)+" to "+wholePercent(x.High)
		w.Rows = append(w.Rows, x)
	}
	return w
}

// wholePercent writes a share without decimals.
func wholePercent(x float64) string { return fmt.Sprintf("%.0f%%", 100*x) }

// missing says what deals do not have, and why.
func (b *Beside) missing() (report.Section, bool) {
	t := report.Table{Columns: []report.Column{{Title: "Deal"}, {Title: "Has no", Align: report.AlignLeft, MinWidth: 24}, {Title: "Because", Align: report.AlignLeft}}}
	for i, name := range b.Names {
		var whys []string
		labels := map[string][]string{}
		for _, row := range b.Rows {
			if why := row.Cells[i].Why; why != "" {
				whys, labels[why] = append(whys, why), append(labels[why], row.Label)
			}
		}
		for _, why := range distinct(whys) {
			t.Rows = append(t.Rows, report.Row(name, strings.Join(labels[why], "; "), why))
		}
	}
	return report.Section{Title: "What is not there", Blocks: []report.Block{t}}, len(t.Rows) > 0
}

// BesideJSON is what compare --json prints.
type BesideJSON struct {
	Deals []BesideDeal    `json:"deals"`
	Rows  []BesideRowJSON `json:"rows"`
	Notes []string        `json:"notes,omitempty"`
	Apart *ApartJSON      `json:"differs,omitempty"`
}

// BesideDeal is one of the deals.
type BesideDeal struct {
	Name string `json:"name"`
	Deal DealID `json:"deal"`
	Run  RunID  `json:"run"`
	Hash string `json:"hash"`
}

// BesideRowJSON is a row; its cells are in the order of the deals.
type BesideRowJSON struct {
	Group string        `json:"group"`
	Label string        `json:"label"`
	Cells []ReadingJSON `json:"cells"`
}

// JSON is the page as data.
func (b *Beside) JSON() BesideJSON {
	out := BesideJSON{Notes: b.currencies()}
	for i, r := range b.Runs {
		out.Deals = append(out.Deals, BesideDeal{b.Names[i], dealID(r.Deal, r.Source, r.Edits), r.runID(), r.Sample.Hash()})
	}
	for _, row := range b.Rows {
		x := BesideRowJSON{Group: row.Group, Label: row.Label}
		for _, c := range row.Cells {
			x.Cells = append(x.Cells, c.data())
		}
		out.Rows = append(out.Rows, x)
	}
	if b.Apart != nil {
		out.Apart = b.Apart.data()
	}
	return out
}
