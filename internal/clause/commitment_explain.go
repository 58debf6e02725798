// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"
	"strings"

	"offtake/internal/calendar"
	"offtake/internal/unit"
)

// Explain says the clause in English.
func (c *Commitment) Explain(in *Setting) string {
	buyer, supplier := in.Name(c.head.From), in.Name(c.head.To)
	s := []string{fmt.Sprintf("%s shall spend %s with %s %s.", buyer, in.Amount(c.Total), supplier, c.explainTime(in))}
	if c.PayFor == "availability" {
		available := ""
		if in.promisesCapacity() {
			available = " as far as capacity is made available"
		}
		s = append(s, fmt.Sprintf("%s pays each %s's share of %sthis%s, whether used or not.", buyer, in.Grid.Step(), part(c.Take), available))
	} else {
		s = append(s, c.explainDeficiency(in))
	}
	if c.Total.Bound == unit.UpTo {
		s = append(s, "The amount is stated as the most that it may be; all of it is taken as promised.")
	}
	s = append(s, c.explainRemedies(in)...)
	s = append(s, c.explainPlace(in)...)
	if c.Exit != nil {
		fee := "no fee falls due"
		if c.Exit.Fee > 0 {
			fee = unit.FormatRate(c.Exit.Fee) + " of the minimums still to run fall due"
		}
		s = append(s, fmt.Sprintf("%s may leave %s; the running period is then settled pro rata to its days, and %s.", buyer, afterStart(c.Exit.From), fee))
	}
	if c.Survives {
		s = append(s, fmt.Sprintf("What is missing stays due, as it falls due, after %s has left.", buyer))
	}
	if c.Accelerates {
		s = append(s, fmt.Sprintf("On the default of %s the minimums still to run fall due at face value.", buyer))
	}
	return strings.Join(s, " ") + c.head.binding()
}

func (c *Commitment) explainDeficiency(in *Setting) string {
	when := "at the end of each " + periodNoun(c.Period)
	switch {
	case len(c.Milestones) > 0:
		when = "at each of these dates"
	case (c.Settle == "term" || c.Period == "term") && c.Ends.said():
		when = "once, at the end of that time,"
	case c.Settle == "term" || c.Period == "term":
		when = "once, at the end of the term,"
	case c.Period == "hour":
		when = "hour by hour"
	}
	switch {
	case c.RunOn.Months == 0:
	case strings.HasPrefix(when, "once, at "):
		when = fmt.Sprintf("once, %s after %s", c.RunOn.Words(), strings.TrimPrefix(when, "once, at "))
	default:
		when += fmt.Sprintf(" (of the last one, %s after it)", c.RunOn.Words())
	}
	charged := "charged in full"
	if c.Deficiency != 1 {
		charged = fmt.Sprintf("charged at %s of its price", unit.FormatRate(c.Deficiency))
	}
	if c.Charged == "elected" {
		charged += fmt.Sprintf(" as far as %s elects to", in.Name(c.head.To))
	}
	s := fmt.Sprintf("What is missing from %sthe schedule is measured %s and %s", part(c.Take), when, charged)
	if c.NetMonths > 0 {
		s += ", " + fmt.Sprintf("due %s later", plural(c.NetMonths, "month"))
	}
	if !in.promisesCapacity() {
		return s + "."
	}
	to := "the minimum"
	if c.ReliefTo == "schedule" {
		to = "the schedule"
	}
	switch c.Relief {
	case "impossibility":
		return s + fmt.Sprintf("; %s is lowered by what the capacity delivered could not have absorbed.", to)
	case "pro_rata":
		return s + fmt.Sprintf("; %s is lowered by the share of promised capacity that is not delivered.", to)
	}
	return s + ", whatever capacity is delivered."
}

func (c *Commitment) explainRemedies(in *Setting) []string {
	var s []string
	if c.Period == "hour" {
		s = append(s, c.explainHours(in))
	}
	if m := c.MakeUp; m != nil {
		life := "until the end of the term"
		if m.Life > 0 {
			life = "within " + plural(m.Life, c.noun())
			if m.Expiry == "before_use" {
				life += " and before the last of them"
			}
		}
		what := "credited against later spend above the minimum"
		if m.In == "units" {
			what = "owed in units, to be taken above a later minimum"
			switch {
			case m.TopUp == "none":
				what += " at no further payment"
			case c.Deficiency < 1:
				what += fmt.Sprintf(" on payment of the other %s of their price", unit.FormatRate(1-c.Deficiency))
			}
		}
		s = append(s, fmt.Sprintf("A deficiency paid is %s, %s, oldest first; what is left at the end is %s.", what, life, m.AtEnd))
	}
	if f := c.Carry; f != nil {
		limit := "without limit"
		if f.Cap >= 0 {
			limit = fmt.Sprintf("up to %s of the schedule a %s", unit.FormatRate(f.Cap), c.noun())
		}
		s = append(s, fmt.Sprintf("Spend above %sthe schedule is carried forward against later minimums, %s.", part(f.Threshold), limit))
	}
	if d := c.Deferral; d != nil {
		in := "in any " + c.noun() + " but the last"
		if len(d.Periods) > 0 {
			in = "in " + counts(c.noun(), d.Periods)
		}
		s = append(s, fmt.Sprintf("Up to %s of the schedule may be put off to the next %s, %s.", unit.FormatRate(d.Cap), c.noun(), in))
	}
	if c.Credit != nil {
		s = append(s, fmt.Sprintf("A deficiency paid becomes credit that pays invoices for %s.", plural(c.Credit.Life, c.noun())))
	}
	return s
}

// explain says how the total falls over the years.
func (s *Schedule) explain(in *Setting, period string) string {
	switch s.Shape {
	case "growth":
		return fmt.Sprintf("each contract year %s more than the year before", unit.FormatRate(s.PerYear))
	case "logistic":
		return fmt.Sprintf("along an S-curve with its middle %s after the start and a width of %s", inYears(s.Midpoint), inYears(s.Width))
	case "table":
		noun := "contract year"
		if len(s.Table) != in.Grid.ContractYears() {
			noun = periodNoun(period)
		}
		return fmt.Sprintf("in successive %ss %s", noun, inWords(s.runs(in)))
	}
	return "in equal amounts"
}

// runs are the amounts of the table; equal ones that follow each other are
// said once.
func (s *Schedule) runs(in *Setting) []string {
	var out []string
	for i := 0; i < len(s.Table); {
		n := 1
		for i+n < len(s.Table) && s.Table[i+n] == s.Table[i] {
			n++
		}
		said := in.Money(s.Table[i])
		if n > 1 {
			said = fmt.Sprintf("%d times %s", n, said)
		}
		out, i = append(out, said), i+n
	}
	return out
}

// part is "80% of " of what follows; nothing where it is all of it.
func part(x float64) string {
	if x == 1 {
		return ""
	}
	return unit.FormatRate(x) + " of "
}

// noun is what a period is called.
func (c *Commitment) noun() string {
	if len(c.Milestones) > 0 {
		return "milestone"
	}
	return periodNoun(c.Period)
}

func periodNoun(period string) string {
	if period == "year" {
		return "contract year"
	}
	return period
}

func inYears(x float64) string {
	if x == 1 {
		return "1 year"
	}
	return unit.FormatNumber(x) + " years"
}

func afterStart(s calendar.Span) string {
	if s == (calendar.Span{}) {
		return "at any time"
	}
	return "from " + s.Words() + " after the start"
}

// counts names the periods: contract years 1, 2 and 4.
func counts(noun string, xs []int) string {
	parts := make([]string, len(xs))
	for i, x := range xs {
		parts[i] = fmt.Sprint(x)
	}
	if len(xs) > 1 {
		noun += "s"
	}
	return noun + " " + inWords(parts)
}

// inWords joins short things as a sentence does.
func inWords(parts []string) string {
	if n := len(parts); n > 1 {
		return strings.Join(parts[:n-1], ", ") + " and " + parts[n-1]
	}
	return strings.Join(parts, "")
}
