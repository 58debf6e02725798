// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"math"
	"slices"

	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/measure"
	"offtake/internal/report/sheet"
	"offtake/internal/unit"
)

// Workbook is a base run as a workbook has it, or a sampled one that has kept its flows: these
// are then the means over its paths, and so are all figures.
func (r *Run) Workbook() *sheet.Book {
	d, of := r.Deal, r.booked()
	b := &sheet.Book{Title: d.Title, Subtitle: r.subtitle(), Currency: d.Currency.Code, Sampled: r.Sample != nil,
		Rate: d.World.Discount.Annual, Dated: d.DayCount == calendar.Actual365,
		FlowsAre: r.flowsAre()}
	if c := d.World.Discount.Continuous; c != nil {
		b.Rate, b.Continuous = *c, true
	}
	for _, in := range d.Inputs() {
		reason := in.Reason
		if in.By != "" {
			reason = in.By + ": " + reason
		}
		b.Inputs = append(b.Inputs, sheet.Input{Path: in.Path, Value: in.Text, Status: in.Status, Source: in.Source, Reason: reason, Line: in.Place.Line})
	}
	for _, s := range d.Sources {
		x := sheet.Source{Key: s.Key, Publisher: s.Publisher, Title: s.Title, URL: s.URL}
		if !s.Date.IsZero() {
			x.Date = s.Date.String()
		}
		b.Sources = append(b.Sources, x)
	}
	r.addClauses(b)
	r.addSteps(b)
	r.addSides(b, of)
	r.addLines(b, of)
	r.addSummary(b, of)
	r.addLedgers(b, of)
	return b
}

// flowsAre says what the flows of a workbook are.
func (r *Run) flowsAre() string {
	if r.Sample == nil {
		says := "Not discounted, on the mean of every input"
		if len(r.Base.Job.Plan.BaseWeights()) > 1 {
			says += ", each amount weighed by how likely " + r.Deal.Name(r.Deal.Buyer()) + " has not defaulted before it"
		}
		return says + "."
	}
	says := fmt.Sprintf("Not discounted, means over %s sampled paths: net present values of them are the means over paths, whose standard errors are in the summary; rates, multiples and exposures are those of the mean flows.", unit.FormatCount(r.Sample.Paths))
	if len(r.Sample.Controls) > 0 {
		says += " All means are by control variates, with the same weight of each path."
	}
	return says
}

// addClauses adds the term sheet.
func (r *Run) addClauses(b *sheet.Book) {
	in := r.Deal.Setting()
	list := items(r.Deal)
	for i, c := range r.Deal.Clauses {
		h := c.Head()
		b.Clauses = append(b.Clauses, sheet.Clause{ID: h.ID, Kind: c.Kind(), From: r.sideName(h.From), To: r.sideName(h.To),
			Mark: list[i].Mark, Text: c.Explain(in), Line: list[i].Line})
	}
}

// sideName is a party's name; nothing for none.
func (r *Run) sideName(key string) string {
	if key == "" {
		return ""
	}
	return r.partyName(key)
}

// addSteps adds the signing and the steps.
func (r *Run) addSteps(b *sheet.Book) {
	g := r.Base.Job.Program.Grid()
	for _, m := range r.Base.Expected {
		s := sheet.Step{Name: "signing", Date: r.Deal.Signed.String()}
		if m.Step >= 0 {
			s = sheet.Step{Name: fmt.Sprint(m.Step + 1), Date: g.StepEnd(m.Step).String(), Year: g.ContractYear(m.Step) + 1, Years: g.Years(m.Step)}
		}
		b.Steps = append(b.Steps, s)
	}
}

// sides are the keys of those whose value is computed.
func (r *Run) sides() []string { return r.Base.Job.Setting(false).Sides() }

// addSides adds each side with offtake's own figures.
func (r *Run) addSides(b *sheet.Book, of *booked) {
	own := func(name, party string) (float64, string) {
		i := measure.Find(of.measures, name, party, "", 0)
		if i < 0 {
			return math.NaN(), "no capital is put in"
		}
		m, why := of.measures[i], ""
		if m.Why != nil && math.IsNaN(of.values[i]) {
			why = m.Why(of.book)
		}
		return shown(m, of.values[i]), why
	}
	for _, key := range r.sides() {
		s := sheet.Side{Name: r.Deal.Name(key), Key: key}
		switch key {
		case r.Deal.Supplier():
			s.DefaultCost = of.book.Deadweight() / unit.MinorPerMajor
		case r.Deal.Buyer():
			s.Name = "other holders of " + s.Name
		}
		s.NPV, _ = own("npv", key)
		s.IRR, s.IRRWhy = own("irr", key)
		s.Multiple, _ = own("multiple", key)
		s.Peak, _ = own("peak_exposure", key)
		b.Sides = append(b.Sides, s)
	}
	p, k := of.book.Parts(), r.Base.Job.Setting(false).Headline
	for _, part := range []sheet.Part{
		{Name: "O overcharge", Value: p.Overcharge[0]}, {Name: "F deficiency", Value: p.Deficiency[0]}, {Name: "G gain of supply", Value: p.Gain[k][0]},
		{Name: "- X options and instruments given", Value: -p.Options[0]}, {Name: "- L bills lost less estate's payments", Value: -p.CreditLoss[0]},
		{Name: "- W deadweight", Value: -p.Deadweight[0]}, {Name: "stake less cheques", Value: of.book.StakeLessCheques()},
	} {
		part.Value /= unit.MinorPerMajor
		b.Parts = append(b.Parts, part)
	}
}

// addLines adds what each line of a clause moves, and what the world adds to it.
func (r *Run) addLines(b *sheet.Book, of *booked) {
	keys, book := r.sides(), of.book
	at := map[contract.Line]int{}
	for k, m := range of.months {
		for _, f := range m.Flows {
			if f.Line.Asset.Kind != contract.Cash && f.Line.Asset.Kind != contract.InKind || f.Line.Role == contract.NoRole {
				continue
			}
			i, known := at[*f.Line]
			if !known {
				i = len(b.Lines)
				at[*f.Line] = i
				l := sheet.Line{Name: lineName(f.Line.Kind), Clause: f.Line.Clause, Asset: "cash", From: r.sideName(f.Line.From), To: r.sideName(f.Line.To), Amounts: make([]float64, len(b.Steps))}
				if f.Line.Asset.Kind == contract.InKind {
					l.Asset = "in kind"
				}
				for _, key := range keys {
					l.Toward = append(l.Toward, book.Toward(key, f.Line))
				}
				b.Lines = append(b.Lines, l)
			}
			b.Lines[i].Amounts[k] += f.Amount / unit.MinorPerMajor
		}
	}
	world := func(name, from, to string, party string, sign float64, cents []float64) {
		l := sheet.Line{Name: name, Clause: "world", Asset: "worth", From: from, To: to}
		for _, c := range cents {
			l.Amounts = append(l.Amounts, c/unit.MinorPerMajor)
		}
		for _, key := range keys {
			toward := 0.0
			if key == party {
				toward = sign
			}
			l.Toward = append(l.Toward, toward)
		}
		if !allZero(cents) {
			b.Lines = append(b.Lines, l)
		}
	}
	world("Cost of supply", r.sideName(r.Deal.Supplier()), "", r.Deal.Supplier(), -1, book.SupplyCost())
	world("Next-best cost saved", "", r.sideName(r.Deal.Buyer()), r.Deal.Buyer(), 1, book.NextBest())
	for _, key := range keys {
		last := make([]float64, len(b.Steps))
		last[len(last)-1] = book.Horizon(key)
		world("Stake at the horizon", "", r.sideName(key), key, 1, last)
	}
}

// addSummary adds every measure that is of the deal as a whole.
func (r *Run) addSummary(b *sheet.Book, of *booked) {
	kinds := map[measure.Unit]sheet.Kind{measure.Money: sheet.Money, measure.Rate: sheet.Rate, measure.Months: sheet.Months, measure.Price: sheet.Price}
	for i, m := range of.measures {
		if m.Period > 0 {
			continue
		}
		f := sheet.Figure{Name: m.Name, Party: r.sideName(m.Party), Doc: m.Doc, Kind: sheet.Number, Value: shown(m, of.values[i])}
		if m.Clause != "" {
			f.Name += " of " + m.Clause
		}
		if m.Party == r.Deal.Buyer() && (m.Name == "npv" || m.Name == "irr") {
			f.Party = "other holders of " + f.Party
		}
		if kind, known := kinds[m.Unit]; known {
			f.Kind = kind
		}
		if math.IsNaN(f.Value) && m.Why != nil {
			f.Why = m.Why(of.book)
		}
		f.Mean, f.SE, f.P5, f.P50, f.P95 = math.NaN(), math.NaN(), math.NaN(), math.NaN(), math.NaN()
		if r.Sample != nil && r.Sample.Estimates[i].N > 0 {
			x := &r.Sample.Estimates[i]
			q := x.Histogram.Quantiles(tail, 0.5, 1-tail)
			f.Mean, f.SE, f.P5, f.P50, f.P95 = shown(m, x.Mean), shown(m, x.StandardError()), shown(m, q[0]), shown(m, q[1]), shown(m, q[2])
		}
		b.Summary = append(b.Summary, f)
	}
}

// addLedgers adds the rows of each clause by period.
func (r *Run) addLedgers(b *sheet.Book, of *booked) {
	for _, c := range r.Deal.Clauses {
		id := c.Head().ID
		if !r.keepsLedger(id) {
			continue
		}
		l := sheet.Ledger{Clause: id}
		for _, lc := range r.columnsOf(id) {
			column := sheet.LedgerColumn{Title: lc.title}
			for y := 1; ; y++ {
				i := measure.Find(of.measures, lc.name, "", id, y)
				if i < 0 {
					break
				}
				m := of.measures[i]
				column.Units = m.Unit == measure.Units
				column.Values = append(column.Values, shown(m, of.values[i]))
			}
			if len(column.Values) > 0 && (lc.name == "deficiency" || slices.ContainsFunc(column.Values, func(v float64) bool { return v != 0 })) {
				l.Columns = append(l.Columns, column)
			}
		}
		b.Ledgers = append(b.Ledgers, l)
	}
}
