// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"
	"math"

	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/field"
	"offtake/internal/unit"
	"offtake/internal/vec"
)

// A SharePrice says what a new share of the buyer costs. Where nothing is said
// it is the fair price of the day.
type SharePrice struct {
	PreMoney float64  // cents: the buyer's value before the sale; 0 where not given
	PerShare *float64 // currency units a share
	Discount float64  // off the fair price
}

// fields are the ways to say it.
func (p *SharePrice) fields() []field.Field {
	return []field.Field{
		{Name: "price_per_share", Kind: field.Number, Unit: "currency per share", Min: field.Beyond(0), Into: &p.PerShare, Doc: "what a share costs"},
		{Name: "pre_money", Kind: field.Money, Min: field.Beyond(0), Into: &p.PreMoney, Doc: "what the company is taken to be worth before the first such sale, over its shares then"},
		{Name: "discount", Kind: field.Rate, Min: field.At(0), Max: field.Beyond(1), Into: &p.Discount, Doc: "off the fair price of the day"},
	}
}

// says is the price in words.
func (p *SharePrice) says(in *Setting) string {
	switch {
	case p.PerShare != nil:
		return "at " + in.each(*p.PerShare) + " a share"
	case p.PreMoney > 0:
		return fmt.Sprintf("at a value of %s for all its shares before the first such sale", in.Money(p.PreMoney))
	case p.Discount > 0:
		return "at " + unit.FormatRate(p.Discount) + " below the fair price of the day"
	}
	return "at the fair price of the day"
}

// priced is a price of shares laid out. Once it is held in a lane it stays.
type priced struct {
	SharePrice
	held contract.Col // cents a share; 0 where nothing has been sold yet
}

func (p SharePrice) bind(b *contract.Builder, name string) priced {
	return priced{p, b.Shared(name + ".share_price")}
}

// cents writes what a share costs now, in cents.
func (p *priced) cents(m *contract.Month, out []float64) {
	switch {
	case p.PerShare != nil:
		vec.Fill(out, *p.PerShare*unit.MinorPerMajor)
	case p.PreMoney > 0:
		m.Outstanding(out)
		for i := range out {
			out[i] = p.PreMoney / out[i]
		}
	default:
		m.FairPrice(out)
		vec.Scale(out, out, 1-p.Discount)
	}
	for i, x := range m.Col(p.held) {
		if x > 0 {
			out[i] = x
		}
	}
}

// hold keeps the price in lanes in which money has come in at it.
func (p *priced) hold(m *contract.Month, price, money []float64) {
	held := m.Col(p.held)
	for i := range held {
		if held[i] == 0 && money[i] > 0 {
			held[i] = price[i]
		}
	}
}

// sharesFor writes how many shares money buys; none where they cost nothing.
func sharesFor(out, money, price []float64) {
	for i := range out {
		out[i] = 0
		if price[i] > 0 {
			out[i] = money[i] / price[i]
		}
	}
}

// capMoney cuts what is paid to what a cap on the holder's share of the buyer
// leaves room for, when others get shares at the same time. A cap of 0 is none.
func capMoney(m *contract.Month, cap float64, h contract.Holding, price, others, money []float64) {
	if cap == 0 {
		return
	}
	room := m.Temp()
	m.Room(h, cap, others, room)
	vec.Mul(room, room, price)
	vec.Min(money, room, money)
	m.Free(1)
}

// capField is the field of such a cap.
func capField(into *float64, doc string) field.Field {
	return field.Field{Name: "cap", Kind: field.Rate, Default: "none", Min: field.Beyond(0), Max: field.Beyond(1), Into: into, Doc: doc}
}

// paysMargin keeps a price that is fair but for rounding from looking dear.
const paysMargin = 1e-9

// dayStep is the step in which a payment on a day falls: -1 is the signing, and
// so is the zero date. A day between the signing and the start is the nearer of
// the signing and the first step's end.
func dayStep(grid *calendar.Grid, day calendar.Date) int {
	if day.IsZero() || day.Before(grid.Start()) && 2*grid.YearsAt(day) < grid.Years(0) {
		return -1
	}
	if t, ok := grid.At(day); ok {
		return t
	}
	return 0
}

// accrual is the time in step t for which interest and fees run, in years.
func accrual(grid *calendar.Grid, t int) float64 {
	before := 0.0
	if t > 0 {
		before = max(0, grid.Years(t-1))
	}
	return max(0, grid.Years(t)) - before
}

// parts splits an amount over k payments, each in whole cents.
func parts(cents float64, k int) []float64 {
	out, before := make([]float64, k), 0.0
	for i := range out {
		upTo := math.RoundToEven(cents * (float64(i+1) / float64(k)))
		out[i], before = upTo-before, upTo
	}
	return out
}

// checkDays reports payment dates outside the deal's life, and out of order.
func checkDays(days []calendar.Date, in *Setting, r field.Report) {
	for i, d := range days {
		at := "at"
		if len(days) > 1 {
			at = fmt.Sprintf("at[%d]", i)
		}
		if i > 0 && !days[i-1].Before(d) {
			r.Fault("DATES-ORDER", at, "list the dates from the first to the last", "%s is not after the date before it", d)
		}
		checkDay(d, at, in, r)
	}
}

// checkDay reports a date before the signing or after the term; the zero date
// is the signing.
func checkDay(d calendar.Date, at string, in *Setting, r field.Report) {
	first := in.Grid.Start()
	if in.Grid.Valuation().Before(first) {
		first = in.Grid.Valuation()
	}
	if !d.IsZero() && (d.Before(first) || !d.Before(in.Grid.End())) {
		r.Fault("DATE-OUTSIDE-TERM", at, fmt.Sprintf("payments fall from %s to the end of the term on %s; write signing for the day of signing", first, in.Grid.End()),
			"%s lies outside the term", d)
	}
}

// daysSay is when payments fall, in words.
func daysSay(days []calendar.Date) string {
	if len(days) == 0 {
		return "at signing"
	}
	var words []string
	for _, d := range days {
		if d.IsZero() {
			words = append(words, "at signing")
		} else {
			words = append(words, "on "+d.String())
		}
	}
	if len(words) == 1 {
		return words[0]
	}
	return fmt.Sprintf("in %d equal parts %s", len(words), inWords(words))
}
