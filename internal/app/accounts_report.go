// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"offtake/internal/accounts"
	"offtake/internal/calendar"
	"offtake/internal/report"
	"offtake/internal/unit"
)

// NoAdvice closes reports on books and lending.
const NoAdvice = "These are flags and sums for those who judge, not advice on accounting, law or lending."

// Report is the deal in its books.
func (a *Accounts) Report() *report.Document {
	d := a.run.Deal
	doc := &report.Document{Title: d.Title + ": in the books", File: &report.File{Name: a.run.Source.Name, Text: string(a.run.Source.Text)},
		Subtitle: fmt.Sprintf("On %s, under %s. %s Amounts are nominal, as agreed and before default. %s What is owed, taken or not, is of the terms alone.", a.On, frameworkWords[a.terms.Framework], dates(d), a.run.expectedWords("What is expected"))}
	doc.Sections = append(doc.Sections, a.remaining(), a.lowered())
	for _, of := range []func() (report.Section, bool){a.prepaid, a.purchases, a.leased, a.influence} {
		if s, any := of(); any {
			doc.Sections = append(doc.Sections, s)
		}
	}
	return withClosing(doc, a.concentration(), a.judged(), a.ruleSection())
}

// withClosing adds sections, and after the last of them that nothing here is advice.
func withClosing(doc *report.Document, sections ...report.Section) *report.Document {
	doc.Sections = append(doc.Sections, sections...)
	last := &doc.Sections[len(doc.Sections)-1]
	last.Blocks = append(last.Blocks, report.Paragraph{Text: NoAdvice})
	return doc
}

var frameworkWords = map[string]string{accounts.USGAAP: "US GAAP", accounts.IFRS: "IFRS"}

// cite names rules by their paragraphs under the framework.
func (a *Accounts) cite(ids ...string) string {
	var out []string
	for _, x := range accounts.Rules() {
		for _, id := range ids {
			if text := x.Under(a.terms.Framework); x.ID == id && text != "" {
				out = append(out, text)
			}
		}
	}
	if len(out) == 0 {
		return "no rule of " + frameworkWords[a.terms.Framework]
	}
	return strings.Join(out, "; ")
}

func (a *Accounts) money(cents float64) string { return money(a.run.Deal, cleared(cents)) }

// estimated writes an amount with its error.
func (a *Accounts) estimated(of func(*Accounts) float64) string {
	return centsWithMargin(a.run.Deal, a.known(of))
}

// expectedWords say of which run something is.
func (r *Run) expectedWords(what string) string {
	if r.Sample == nil {
		return what + " is on the mean of every input, which understates deficiency."
	}
	return fmt.Sprintf("%s is a mean over %s sampled paths on which %s does not fail (seed %d), ± half a 95%% confidence interval.", what, unit.FormatCount(r.Sample.Paths), r.Deal.Name(r.Deal.Buyer()), r.Options.Seed)
}

// numeric are columns of numbers.
func numeric(titles ...string) []report.Column {
	var out []report.Column
	for _, t := range titles {
		out = append(out, report.Column{Title: t, Align: report.AlignDecimal})
	}
	return out
}

// remaining is what is still to be performed, by band, and what it leaves out.
func (a *Accounts) remaining() report.Section {
	d := a.run.Deal
	s := report.Section{Title: "Remaining performance obligations of " + d.Name(d.Supplier()),
		Note: fmt.Sprintf("What must be paid for, taken or not, and has not been performed; undiscounted, and blind to credit (%s). A minimum is taken to be performed evenly over its period.", a.cite("remaining"))}
	t := report.Table{Columns: append([]report.Column{{Title: "On"}}, numeric("Within 12 months", "1 to 3 years", "Beyond 3 years", "In all")...)}
	bars := report.Bars{Title: "What remains to be performed, by the end of each year."}
	for i, b := range a.Remaining() {
		on := b.On
		if i > 0 {
			on = on.AddDays(-1) // the year's last day
		}
		band := func(of func(accounts.Bands) float64) string {
			return a.estimated(func(x *Accounts) float64 { return of(x.Net.Remaining(b.On)) })
		}
		row := report.Row(on.String(), band(func(b accounts.Bands) float64 { return b.Within }), band(func(b accounts.Bands) float64 { return b.Next }),
			band(func(b accounts.Bands) float64 { return b.Beyond }), band(accounts.Bands.Total))
		row[4].Strong = true
		t.Rows = append(t.Rows, row)
		bars.Rows = append(bars.Rows, report.Bar{Label: on.String(), Value: a.money(b.Total()), Amount: b.Total()})
	}
	s.Blocks = append(s.Blocks, t, bars)
	if len(a.Excluded) > 0 {
		x := report.Table{Title: "Left out, on " + a.On.String(), Columns: []report.Column{{Title: "What", Align: report.AlignLeft}, {Title: "Amount", Align: report.AlignDecimal}, {Title: "Why", Align: report.AlignLeft}}}
		for _, e := range a.Excluded {
			amount := "not stated"
			if e.Cents != nil {
				amount = a.estimated(func(x *Accounts) float64 { return x.leftOut(e.What) })
			}
			x.Rows = append(x.Rows, report.Row(e.What, amount, e.Why))
		}
		s.Blocks = append(s.Blocks, x)
	}
	if len(d.Amended()) > 0 && d.View().AsOf.IsZero() {
		s.Blocks = append(s.Blocks, report.Notice{Kind: report.Note, Text: "This is the deal as it came to be amended, as if it had been so from the signing on; --as-of DATE has it as it was on a day."})
	}
	if most := a.upTo(); len(most) > 0 {
		s.Blocks = append(s.Blocks, report.Notice{Kind: report.Warning, Text: fmt.Sprintf("%s: the file states the most that it may be, and this takes all of it as enforceable.", enumerate(most))})
	}
	return s
}

// lowered is what lowers revenue.
func (a *Accounts) lowered() report.Section {
	d := a.run.Deal
	buyer, supplier := d.Name(d.Buyer()), d.Name(d.Supplier())
	s := report.Section{Title: "What lowers revenue", Note: fmt.Sprintf("Given to a customer, and not for something distinct at its fair value (%s).", a.cite("payable-to-customer", "above-fair-value"))}
	c := &a.Contra
	rows := []report.Figure{}
	if c.Paid > cent {
		rows = append(rows, report.Figure{Label: "paid for shares of " + buyer, Value: a.estimated(func(x *Accounts) float64 { return x.Contra.Paid }), Note: "present value"},
			report.Figure{Label: "their fair value", Value: a.estimated(func(x *Accounts) float64 { return x.Contra.FairValue }), Note: "share bought of what " + buyer + " is worth without the deal and of new money"},
			report.Figure{Label: "excess", Value: a.estimated(func(x *Accounts) float64 { return x.Contra.Paid - x.Contra.FairValue })},
			report.Figure{Label: "of this lowers revenue", Value: a.estimated(func(x *Accounts) float64 { return x.Contra.Shares }), Note: a.whyContra()})
		if a.terms.FairValueEstimable && a.terms.SingleObjective && a.terms.Distinct {
			rows = append(rows, report.Figure{Label: "if fair value could not be estimated", Value: a.money(c.Paid)})
		}
	}
	if c.Given > cent {
		rows = append(rows, report.Figure{Label: "stock and warrants given", Value: a.estimated(func(x *Accounts) float64 { return x.Contra.Given }), Note: "their worth when they pass, as a present value; at the grant date an option model would say"})
	}
	if len(rows) == 0 {
		s.Blocks = append(s.Blocks, report.Paragraph{Text: fmt.Sprintf("Nothing: %s pays nothing for shares of %s and gives it nothing in kind.", supplier, buyer)})
		return s
	}
	s.Blocks = append(s.Blocks, report.Figures{Rows: append(rows, report.Figure{Label: "in all", Value: a.estimated(func(x *Accounts) float64 { return x.Contra.Total() })})})
	if c.Total() > a.Floor.Total() {
		s.Blocks = append(s.Blocks, report.Notice{Kind: report.Warning, Text: "That is more than the committed floor: what is left of it lowers the revenue from use."})
	}
	if c.Total() > cent && a.Floor.Total() > cent {
		s.Blocks = append(s.Blocks, a.byYear("Committed revenue, and what lowers it", []string{"Committed revenue", "Lowered by", "Left"}, func(x *Accounts) []float64 { return x.run.contractYears(x.Floor) }, func(x *Accounts) []float64 { return negated(x.ContraYears()) }))
	}
	return s
}

// whyContra says which judgement decides.
func (a *Accounts) whyContra() string {
	switch t := a.terms; {
	case !t.SingleObjective:
		return "the purchase is taken to be no part of the bargain"
	case !t.Distinct:
		return "all of it: the shares are taken to be nothing distinct"
	case !t.FairValueEstimable:
		return "all of it: fair value is taken not to be estimable"
	case a.fair:
		return "nothing: the excess cannot be told from none"
	}
	return "what is paid above fair value"
}

func negated(xs []float64) []float64 {
	out := make([]float64, len(xs))
	for i, x := range xs {
		out[i] = -x
	}
	return out
}

// byYear is a table of amounts by contract year, with their sum in a last column where
// there is a title for it.
func (a *Accounts) byYear(title string, columns []string, amounts ...func(*Accounts) []float64) report.Table {
	t := report.Table{Title: title, Columns: append([]report.Column{{Title: "Year", Align: report.AlignRight}}, numeric(columns...)...), Transposable: true}
	if len(columns) > len(amounts) {
		parts := amounts
		amounts = append(slices.Clone(parts), func(x *Accounts) []float64 {
			sum := parts[0](x)
			for _, of := range parts[1:] {
				for y, v := range of(x) {
					sum[y] += v
				}
			}
			return sum
		})
	}
	t.Rows = make([][]report.Cell, a.run.Deal.Grid().ContractYears())
	footer := report.Row("all")
	for y := range t.Rows {
		t.Rows[y] = report.Row(fmt.Sprint(y + 1))
	}
	for _, of := range amounts {
		for y, e := range a.knownYears(of) {
			t.Rows[y] = append(t.Rows[y], report.Cell{Text: centsWithMargin(a.run.Deal, e)})
		}
		footer = append(footer, report.Cell{Text: a.estimated(func(x *Accounts) float64 { return total(of(x)) })})
	}
	t.Footer = [][]report.Cell{footer}
	return t
}

// prepaid is what was paid for before it is used.
func (a *Accounts) prepaid() (report.Section, bool) {
	s := report.Section{Title: "Paid before it is used", Note: fmt.Sprintf("What is not expected to be used is revenue in proportion to what is (%s). Interest is at %s a year, on what waits more than a year (%s).",
		a.cite("breakage"), unit.FormatRate(a.terms.FinancingRate), a.cite("financing"))}
	t := report.Table{Columns: append([]report.Column{{Title: "Clause"}}, numeric("Paid", "Expected use", "Breakage", "Interest in it", "Within a year")...)}
	var titles []string
	var years []func(*Accounts) []float64
	for _, x := range a.Rights {
		of := func(f func(*Rights) float64) string {
			return a.estimated(func(b *Accounts) float64 { return f(b.right(x.Clause)) })
		}
		interest, skipped := "", ""
		if x.Interest+x.Expedite > 0 {
			interest, skipped = of(func(x *Rights) float64 { return x.Interest }), of(func(x *Rights) float64 { return x.Expedite })
		}
		t.Rows = append(t.Rows, report.Row(x.Clause, of(func(x *Rights) float64 { return x.Paid }), of(func(x *Rights) float64 { return x.Used }), of((*Rights).Breakage), interest, skipped))
		titles, years = append(titles, x.Clause), append(years, func(b *Accounts) []float64 { return b.right(x.Clause).Years })
	}
	if len(t.Rows) == 0 {
		return s, false
	}
	s.Blocks = append(s.Blocks, t, a.byYear("Revenue from it by contract year, breakage in it", titles, years...))
	return s, true
}

// purchases are what the buyer cannot escape.
func (a *Accounts) purchases() (report.Section, bool) {
	d := a.run.Deal
	s := report.Section{Title: "Purchase obligations of " + d.Name(d.Buyer()), Note: fmt.Sprintf("Fixed amounts that %s cannot escape, in each of the five years from %s and later (%s).", d.Name(d.Buyer()), a.On, a.cite("purchase-obligations"))}
	years, later := a.Floor.Purchases(a.On)
	t := report.Table{Columns: []report.Column{{Title: "Year to"}, {Title: "Amount", Align: report.AlignDecimal}}}
	sum := later
	for y, x := range years {
		t.Rows = append(t.Rows, report.Row(lastDay(a.On.AddMonths(12*(y+1))), a.money(x)))
		sum += x
	}
	t.Rows = append(t.Rows, report.Row("later", a.money(later)))
	t.Footer = [][]report.Cell{report.Row("all", a.money(sum))}
	s.Blocks = append(s.Blocks, t)
	return s, sum > cent
}

func lastDay(after calendar.Date) string { return after.AddDays(-1).String() }

// leased are leases by the supplier.
func (a *Accounts) leased() (report.Section, bool) {
	s := report.Section{Title: "If it is let", Note: fmt.Sprintf("Payments that are due whether or not it is used, at %s a year, and how long it can be used against %s (%s; %s).",
		unit.FormatRate(a.terms.LeaseRate), a.terms.EconomicLife.Words(), a.cite("classification"), a.cite("lessee"))}
	t := report.Table{Columns: append([]report.Column{{Title: "Lease"}}, numeric("Present value", "Term / life", "Value / fair value")...)}
	t.Columns = append(t.Columns, report.Column{Title: "Passes 75% or 90%", Align: report.AlignLeft})
	for _, x := range a.Leases {
		name, value, verdict := x.Of, "fair value unknown", "no"
		if name == "" {
			name = "the whole deal"
		}
		if !math.IsNaN(x.ValueShare) {
			value = unit.FormatRate(x.ValueShare)
		}
		if x.Finance {
			verdict = "yes: of finance"
		} else if math.IsNaN(x.ValueShare) {
			verdict = "not by term; value unknown"
		}
		t.Rows = append(t.Rows, report.Row(name, a.money(x.PresentValue), unit.FormatRate(x.TermShare), value, verdict))
	}
	s.Blocks = append(s.Blocks, t, report.Paragraph{Text: "The present value is the tenant's liability and its right of use at the beginning."})
	return s, len(t.Rows) > 0
}

// presumed is the share of votes from which significant influence is presumed:
// ASC 323-10-15-8, IAS 28.5.
const presumed = 0.2

// influence is what is eliminated of the supplier's profit.
func (a *Accounts) influence() (report.Section, bool) {
	d := a.run.Deal
	s := report.Section{Title: "Profit within one interest", Note: fmt.Sprintf("%s holds %s of %s with the deal. Its part of a profit on what either has as an asset is not income yet (%s).",
		d.Name(d.Supplier()), rateWithMargin(a.known(func(x *Accounts) float64 { return x.Stake })), d.Name(d.Buyer()), a.cite("elimination"))}
	if !a.terms.SignificantInfluence {
		s.Blocks = append(s.Blocks, report.Notice{Kind: report.Warning, Text: "From a fifth of votes significant influence is presumed, and the file says there is none (accounting.significant_influence)."})
		return s, a.Stake >= presumed
	}
	t := a.byYear("", []string{"Expected revenue", "Eliminated"}, func(x *Accounts) []float64 { return x.run.contractYears(x.Expected) }, (*Accounts).Eliminated)
	t.Note = fmt.Sprintf("The margin is %s, and %s of the compute is capitalised. What is eliminated comes back as the asset is used up; of what is consumed at once nothing is.", rateWithMargin(a.known(func(x *Accounts) float64 { return x.Margin })), unit.FormatRate(a.terms.Capitalised))
	s.Blocks = append(s.Blocks, t)
	return s, true
}

// concentration is this buyer's part of the supplier's business.
func (a *Accounts) concentration() report.Section {
	d := a.run.Deal
	backlog, revenue := a.Shares()
	row := func(label, path string, x *float64, of func(backlog, revenue *float64) *float64) report.Figure {
		if x == nil {
			return report.Figure{Label: label, Value: "unknown", Note: "needs accounting." + path}
		}
		return report.Figure{Label: label, Value: rateWithMargin(a.known(func(b *Accounts) float64 { return *of(b.Shares()) }))}
	}
	return report.Section{Title: "Concentration", Note: fmt.Sprintf("%s as a customer of %s, by this deal alone (%s).", d.Name(d.Buyer()), d.Name(d.Supplier()), a.cite("concentration")),
		Blocks: []report.Block{report.Figures{Rows: []report.Figure{row("of its remaining obligations", "supplier_backlog", backlog, func(x, _ *float64) *float64 { return x }),
			row("of its revenue, by the next 12 months", "supplier_revenue", revenue, func(_, x *float64) *float64 { return x })}}}}
}

// judged are the judgements that the figures rest on.
func (a *Accounts) judged() report.Section {
	return report.Section{Title: "Judgements", Note: "What no tool can know; the file gives it under accounting.", Blocks: judgementTables(judgements(a.run.Deal, "accounting")), Role: report.Evidence}
}

// ruleSection are the rules in force on the day.
func (a *Accounts) ruleSection() report.Section {
	now, later := a.rules()
	s := report.Section{Title: "Rules", Note: fmt.Sprintf("In force for years begun by %s, in our own words. Of paragraphs of IFRS only IFRS 15.B44 to B47 were checked. What is not checked against the text is to be, before anybody relies on it.", a.On), Role: report.Evidence}
	t := report.Table{Columns: []report.Column{{Title: "Paragraphs", Align: report.AlignLeft}, {Title: "Rule", Align: report.AlignLeft, MinWidth: 32}, {Title: "From", Align: report.AlignLeft}, {Title: "Read in", Align: report.AlignLeft}}}
	add := func(t *report.Table, x accounts.Rule) {
		read := x.Verified
		if read == "" {
			read = "not checked against the text"
		}
		t.Rows = append(t.Rows, report.Row(a.paragraphs(x), x.Says, x.Effective.String(), read))
	}
	for _, x := range now {
		add(&t, x)
	}
	if len(t.Rows) > 0 {
		s.Blocks = append(s.Blocks, t)
	} else {
		s.Blocks = append(s.Blocks, report.Paragraph{Text: "None of the rules here was in force."})
	}
	if len(later) > 0 {
		x := report.Table{Title: "Not yet in force on that day", Columns: t.Columns}
		for _, rule := range later {
			add(&x, rule)
		}
		s.Blocks = append(s.Blocks, x)
	}
	return s
}

// paragraphs are a rule's under the framework, and those of the other that correspond.
func (a *Accounts) paragraphs(x accounts.Rule) string {
	other := accounts.IFRS
	if a.terms.Framework == accounts.IFRS {
		other = accounts.USGAAP
	}
	if text := x.Under(other); text != "" {
		return fmt.Sprintf("%s (%s)", x.Under(a.terms.Framework), text)
	}
	return x.Under(a.terms.Framework)
}
