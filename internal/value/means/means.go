// SPDX-License-Identifier: Apache-2.0

package means

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/deal"
	"offtake/internal/diag"
	"offtake/internal/measure"
	"offtake/internal/paths"
	"offtake/internal/unit"
)

// Money is what comes in on a day: zero for the signing.
type Money struct {
	Cents float64
	At    calendar.Date
}

// A Mean is another deal with the same money and compute.
type Mean struct {
	Name, Title string
	Text        []byte // its file
	Deal        *deal.Deal
	// Financing are the ids of the clauses that bring the money, Borrowers who gets it.
	Financing []string
	Borrowers []string
}

// A Given is the deal whose means are replaced.
type Given struct {
	Deal  *deal.Deal
	Base  *paths.Base // its base run, in detail
	Money []Money
	Terms Terms
}

// capital tells whether a line brings the lab money from a party.
func capital(l *contract.Line, lab string) bool {
	return (l.Role == contract.Cheque || l.Role == contract.Draw || l.Role == contract.Lend) && l.Asset.Kind == contract.Cash && l.To == lab && l.From != contract.Outside
}

// MoneyOf is what the capital of all parties brings the lab in a base run as agreed: what is
// paid at signing, and in each contract year on the mean day.
func MoneyOf(b *paths.Base) []Money {
	lab, grid := b.Job.Program.Buyer(), b.Job.Program.Grid()
	at := make([]float64, grid.ContractYears()+1)
	days := make([]float64, len(at))
	for _, m := range b.Months {
		y := 0
		if m.Step >= 0 {
			y = 1 + min(grid.ContractYear(min(m.Step, grid.Term()-1)), len(at)-2)
		}
		for _, f := range m.Flows {
			if capital(f.Line, lab) {
				at[y] += f.Amount
				days[y] += float64(f.Amount * float64(min(m.Step, grid.Term()-1)))
			}
		}
	}
	var out []Money
	for y, cents := range at {
		if cents < 0.5 {
			continue
		}
		x := Money{Cents: cents}
		if y > 0 {
			x.At = grid.StepStart(int(math.Round(days[y] / cents)))
		}
		out = append(out, x)
	}
	return out
}

// Financing are the clauses of the given deal by which money comes in, and what comes with it.
func Financing(d *deal.Deal) []string {
	var out []string
	for _, c := range d.Clauses {
		switch c.(type) {
		case *clause.Equity, *clause.Facility, *clause.Note, *clause.Warrant, *clause.Grant:
			out = append(out, c.Head().ID)
		case *clause.Loan:
			if c.Head().To == d.Buyer() {
				out = append(out, c.Head().ID)
			}
		}
	}
	return out
}

// A draft is one of the means on its way to a file.
type draft struct {
	*Given
	mean    Mean
	parties []deal.Party
	add     []string
	reasons []deal.Assumption
	policy  string
	keep    []string // kinds of clauses that stay
}

// Build makes the other deals, in the order of a report.
func (g *Given) Build() ([]Mean, error) {
	var out []Mean
	for _, x := range []struct {
		name, title string
		make        func(*draft)
	}{
		{"plain-equity", "plain equity at the market's price", (*draft).equity},
		{"venture-debt", "venture debt", (*draft).ventureDebt},
		{"vendor-loan", "a loan from the provider", (*draft).vendorLoan},
		{"prepaid-capacity", "plain equity, and capacity prepaid at the market's price", (*draft).prepaid},
		{"own-site", "a site of its own, with plain equity and project debt", (*draft).ownSite},
	} {
		d := &draft{Given: g, keep: []string{"capacity", "damages", "default"}}
		d.mean = Mean{Name: x.name, Title: x.title, Borrowers: []string{g.Deal.Buyer()}}
		x.make(d)
		if list := d.write(); list.HasFaults() {
			return nil, fmt.Errorf("%s cannot be made of this deal: %s", x.name, list[0].Message)
		}
		out = append(out, d.mean)
	}
	return out, nil
}

// write writes the file and reads it.
func (d *draft) write() diag.List {
	text, list := d.Deal.Rewritten(d.mean.Name+".yaml", deal.Rewriting{
		Title: d.Deal.Title + ": " + d.mean.Title,
		Says: []string{"Made by offtake alternatives of " + d.Deal.Title + ": the same money and the same compute by " + d.mean.Title + ".",
			"Every new clause is an assumption of that command's terms, and nobody's offer."},
		Keep:    func(c clause.Clause) bool { return slices.Contains(d.keep, c.Kind()) },
		Parties: d.parties, Add: d.add, Policy: d.policy, Assumptions: d.reasons,
	})
	d.mean.Text = text
	if !list.HasFaults() {
		d.mean.Deal, list = deal.Parse(d.mean.Name+".yaml", text)
	}
	return list
}

// party is a new party's key, which no other has.
func (d *draft) party(key, name, role string) string {
	for slices.ContainsFunc(d.Deal.Parties, func(p deal.Party) bool { return p.Key == key }) {
		key += "-2"
	}
	d.parties = append(d.parties, deal.Party{Key: key, Name: name, Role: role})
	return key
}

// clause adds a clause that brings money, and why it is as it is.
func (d *draft) financing(id, why, format string, args ...any) {
	d.mean.Financing = append(d.mean.Financing, id)
	d.clause(id, why, format, args...)
}

// clause adds a clause, and why it is as it is.
func (d *draft) clause(id, why, format string, args ...any) {
	d.add = append(d.add, fmt.Sprintf(format, args...))
	d.reasons = append(d.reasons, deal.Assumption{Path: "clauses." + id, Reason: why})
}

// amount writes cents as a file does.
func amount(cents float64) string {
	return strings.TrimSuffix(fmt.Sprintf("%.2f", cents/unit.MinorPerMajor), ".00")
}

func (m Money) at() string {
	if m.At.IsZero() {
		return "signing"
	}
	return m.At.String()
}

// number names one of several clauses.
func number(name string, i, of int) string {
	if of == 1 {
		return name
	}
	return fmt.Sprintf("%s-%d", name, i+1)
}

// marketPrice prices compute at the market's in every step, on the payment terms of before.
func (d *draft) marketPrice() {
	grid, net := d.Deal.Grid(), (d.Deal.Grid().Steps()-d.Deal.Grid().Term())*d.Deal.Grid().MonthsPerStep()
	first := d.Base.Job.Plan.Level(contract.Market)[0] / unit.MinorPerMajor
	d.clause("market-price", "the market's price in every step, with no promise in return",
		"price: {id: market-price, from: %s, to: %s, fixed: %v, review: {every: %dm, to: market}, net: %d}", d.Deal.Supplier(), d.Deal.Buyer(), first, grid.MonthsPerStep(), net)
}

// shares sells plain shares for the money, at their fair price of the day.
func (d *draft) shares() {
	investors := d.party("investors", "Outside investors", "investor")
	for i, m := range d.Money {
		id := number("plain-equity", i, len(d.Money))
		d.financing(id, "the given deal's money, for common shares at their fair price of the day",
			"equity: {id: %s, from: %s, to: %s, amount: %s, at: %s, security: common}", id, investors, d.Deal.Buyer(), amount(m.Cents), m.at())
	}
}

func (d *draft) equity() {
	d.shares()
	d.marketPrice()
}

// lend lends the money.
func (d *draft) lend(name, lender, why, terms string, years int) {
	for i, m := range d.Money {
		id, from := number(name, i, len(d.Money)), m.At
		if from.IsZero() {
			from = d.Deal.Signed
		}
		d.financing(id, why, "loan: {id: %s, from: %s, to: %s, principal: %s, at: %s, matures: %s, %s}",
			id, lender, d.Deal.Buyer(), amount(m.Cents), m.at(), from.AddMonths(12*years), terms)
	}
}

func (d *draft) ventureDebt() {
	t, lender := d.Terms, d.party("lender", "Venture lenders", "other")
	d.lend("venture-debt", lender, Reasons[0].Says, fmt.Sprintf("rate: %s, repay: annuity, fee: %s", percent(t.VentureRate), percent(t.VentureFee)), t.VentureYears)
	sum := 0.0
	for _, m := range d.Money {
		sum += m.Cents
	}
	w := d.Deal.World.LabValue
	if price := w.StartCents.Mean() / w.Shares; t.VentureCover > 0 && price > 0 {
		d.financing("venture-warrant", Reasons[0].Says, "warrant: {id: venture-warrant, from: %s, to: %s, strike: %.10g, vests: [{shares: %.10g, from: %s}], settle: net}",
			d.Deal.Buyer(), lender, price/unit.MinorPerMajor, float64(t.VentureCover*sum)/price, d.repaid())
	}
	d.marketPrice()
}

// repaid is when venture debt has been repaid, within the term: its warrants are used then.
func (d *draft) repaid() calendar.Date {
	grid, last := d.Deal.Grid(), d.Deal.Signed
	if at := d.Money[len(d.Money)-1].At; !at.IsZero() {
		last = at
	}
	if day := last.AddMonths(12 * d.Terms.VentureYears); day.Before(grid.StepStart(grid.Term() - 1)) {
		return day
	}
	return grid.StepStart(max(0, grid.Term()-2))
}

func (d *draft) vendorLoan() {
	d.lend("vendor-loan", d.Deal.Supplier(), Reasons[1].Says, "rate: "+percent(d.Terms.VendorRate), d.Terms.VendorYears)
	d.marketPrice()
}

func (d *draft) prepaid() {
	d.shares()
	sum := 0.0
	for _, m := range d.Money {
		sum += m.Cents
	}
	var parts []string
	for _, m := range d.Money {
		parts = append(parts, fmt.Sprintf("{at: %s, part: %v}", m.at(), m.Cents/sum))
	}
	payments := ""
	if len(parts) > 1 || !d.Money[0].At.IsZero() {
		payments = ", payments: [" + strings.Join(parts, ", ") + "]"
	}
	d.clause("prepaid", "all of the money is paid in advance as it comes in, and pays invoices as far as it goes; nothing of it comes back",
		"prepayment: {id: prepaid, from: %s, to: %s, amount: %s%s}", d.Deal.Buyer(), d.Deal.Supplier(), amount(sum), payments)
	d.marketPrice()
}

func percent(x float64) string { return fmt.Sprintf("%.10g%%", 100*x) }

// figure is a figure of the given deal's base run.
func (g *Given) figure(name string) float64 {
	if i := measure.Find(g.Base.Measures, name, "", "", 0); i >= 0 && !math.IsNaN(g.Base.Values[i]) {
		return g.Base.Values[i]
	}
	return 0
}
