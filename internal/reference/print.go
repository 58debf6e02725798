// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/unit"
)

// WriteDeal writes the deal as a file: what was agreed, without a world. What
// stands at its default is left out. The currency is written as USD, and
// parties are named by their keys. The error is that of w.
func WriteDeal(w io.Writer, in Input) error {
	p := &printer{}
	p.heading(in)
	p.line(0, "clauses:")
	for _, c := range in.Clauses {
		p.clause(c)
	}
	_, err := io.WriteString(w, p.text.String())
	return err
}

// printer collects the lines of a file.
type printer struct{ text strings.Builder }

func (p *printer) line(indent int, format string, args ...any) {
	p.text.WriteString(strings.Repeat(" ", indent))
	fmt.Fprintf(&p.text, format, args...)
	p.text.WriteByte('\n')
}

func (p *printer) heading(in Input) {
	p.line(0, "offtake: 1")
	p.line(0, "title: %s", scalar(in.Supplier+" and "+in.Buyer))
	p.line(0, "currency: USD")
	p.line(0, "signed: %s", in.Grid.Valuation())
	p.line(0, "starts: %s", in.Grid.Start())
	p.line(0, "term: %s", calendar.Span{Months: in.Grid.Signed() * in.Grid.MonthsPerStep()})
	if in.Grid.Step() != calendar.Month {
		p.line(0, "step: %s", in.Grid.Step())
	}
	if in.Grid.DayCount() != calendar.Actual365 {
		p.line(0, "day_count: %s", in.Grid.DayCount())
	}
	p.line(0, "parties:")
	p.line(2, "%s: {name: %s, role: buyer}", scalar(in.Buyer), scalar(in.Buyer))
	p.line(2, "%s: {name: %s, role: supplier}", scalar(in.Supplier), scalar(in.Supplier))
	known := []string{in.Buyer, in.Supplier}
	for _, c := range in.Clauses {
		for _, party := range partiesOf(c) {
			if indexOf(known, party) < 0 && party != "" && party != contract.Outside {
				known = append(known, party)
				p.line(2, "%s: {name: %s, role: investor}", scalar(party), scalar(party))
			}
		}
	}
}

// partiesOf are the parties that a clause names.
func partiesOf(c clause.Clause) []string {
	out := []string{c.Head().From, c.Head().To}
	switch c := c.(type) {
	case *clause.Default:
		out = append(out, c.Of)
	case *clause.Loan:
		if c.Subsidy != nil {
			out = append(out, c.Subsidy.By)
		}
	case *clause.Guarantee:
		if c.Fee != nil {
			out = append(out, c.Fee.By)
		}
	}
	return out
}

func (p *printer) clause(c clause.Clause) {
	p.line(2, "- %s:", c.Kind())
	head := c.Head()
	p.field("id", scalar(head.ID))
	p.field("from", scalar(head.From))
	p.field("to", scalar(head.To))
	switch {
	case head.If != "":
		p.field("binding", fmt.Sprintf("{conditional: %s}", scalar(head.If)))
	case head.Likely != 0:
		p.field("binding", fmt.Sprintf("{intent: %s}", unit.WriteRate(head.Likely)))
	default:
		p.unless("firm", "binding", head.Binding)
	}
	p.date("since", head.Since)
	p.date("until", head.Until)
	switch c := c.(type) {
	case *clause.Capacity:
		p.capacity(c)
	case *clause.Price:
		p.price(c)
	case *clause.Equity:
		p.equity(c)
	case *clause.Facility:
		p.facility(c)
	case *clause.Commitment:
		p.commitment(c)
	default:
		printers[c.Kind()](p, c)
	}
}

// printers write the fields of the kinds of terms.
var printers = map[string]func(p *printer, c clause.Clause){
	"default":       printDefault,
	"collateral":    printCollateral,
	"guarantee":     printGuarantee,
	"backstop":      printBackstop,
	"loan":          printLoan,
	"charge":        printCharge,
	"hardware":      printHardware,
	"lease":         printLease,
	"note":          printNote,
	"exclusivity":   printExclusivity,
	"revenue_share": printRevenueShare,
	"grant":         printGrant,
	"warrant":       printWarrant,
	"right":         printRight,
	"resale":        printResale,
	"option":        printOption,
	"damages":       printDamages,
	"termination":   printTermination,
	"switching":     printSwitching,
	"extension":     printExtension,
	"sale":          printSale,
	"prepayment":    printPrepayment,
}

// date writes one entry of a clause that is a date, if it is given.
func (p *printer) date(name string, d calendar.Date) {
	if !d.IsZero() {
		p.field(name, d.String())
	}
}

func (p *printer) capacity(c *clause.Capacity) {
	p.generations(c.Generations)
	if x := c.Performance; x != nil {
		var m mapping
		m.add("promised", unit.WriteNumber(x.Promised))
		m.addUnless("performance", "measured", scalar(x.Measured))
		m.addUnless("price", "relief", x.Relief)
		p.field("performance", m.String())
	}
}

func (p *printer) generations(list []clause.Generation) {
	p.line(6, "generations:")
	for _, g := range list {
		var m mapping
		m.addUnless("", "name", scalar(g.Name))
		m.add("from", g.From.String())
		m.add("gw", unit.WriteNumber(g.PowerGW))
		m.add("units_per_gw", unit.WriteNumber(g.UnitsPerGW))
		m.addSpan("refresh", g.Refresh)
		m.addUnless("100%", "refresh_gain", unit.WriteRate(g.Gain))
		p.line(8, "- %s", m)
	}
}

// span writes one entry of a clause that is a length of time, if it is given.
func (p *printer) span(name string, s calendar.Span) {
	if s != (calendar.Span{}) {
		p.field(name, s.String())
	}
}

// field writes one entry of a clause.
func (p *printer) field(name, value string) { p.line(6, "%s: %s", name, value) }

// unless writes one entry of a clause that is not at its default.
func (p *printer) unless(standard, name, value string) {
	if value != standard {
		p.field(name, value)
	}
}

// mapping is a mapping on one line.
type mapping []string

func (m *mapping) add(name, value string) { *m = append(*m, name+": "+value) }

func (m *mapping) addUnless(standard, name, value string) {
	if value != standard {
		m.add(name, value)
	}
}

func (m *mapping) addSpan(name string, s calendar.Span) {
	if s != (calendar.Span{}) {
		m.add(name, s.String())
	}
}

func (m mapping) String() string { return "{" + strings.Join(m, ", ") + "}" }

func amount(a unit.Amount) string {
	if a.Bound == unit.Exact {
		return unit.WriteMoney(a.Value)
	}
	return a.Bound.String() + " " + unit.WriteMoney(a.Value)
}

var plainScalar = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*( [A-Za-z][A-Za-z0-9_-]*)*$`)

// scalar is a text as YAML takes it; an empty text stays empty.
func scalar(s string) string {
	switch strings.ToLower(s) {
	case "":
		return ""
	case "null", "true", "false", "yes", "no", "on", "off", "y", "n":
		return strconv.Quote(s)
	}
	if plainScalar.MatchString(s) {
		return s
	}
	return strconv.Quote(s)
}

// spanOf is the span of so many years, in months where it is whole months.
func spanOf(years float64) calendar.Span {
	if months := math.Round(years * 12); (calendar.Span{Months: int(months)}).Years() == years {
		return calendar.Span{Months: int(months)}
	}
	whole := math.Floor(years * 12)
	for months := int(whole); months >= 0 && months > int(whole)-12; months-- {
		days := int(math.Round((years - calendar.Span{Months: months}.Years()) * 365))
		if s := (calendar.Span{Months: months, Days: days}); s.Years() == years {
			return s
		}
	}
	return calendar.Span{Days: int(math.Round(years * 365))}
}
