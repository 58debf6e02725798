// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"math"
	"strings"

	"offtake/internal/measure"
	"offtake/internal/report"
)

// partRows are the parts of the provider's value, with the sign by which each
// enters it.
var partRows = []struct {
	name, label string
	sign        float64
}{
	{"overcharge", "O overcharge", 1}, {"deficiency_value", "F deficiency", 1}, {"supply_gain", "G gain of supply", 1},
	{"options", "- X options and instruments given", -1}, {"credit_loss", "- L estate's payments less bills lost", -1}, {"deadweight", "- W deadweight", -1},
}

// value is what each side's bargain is worth, and its parts.
func (r *Run) value() report.Section {
	provider, lab := r.Deal.Supplier(), r.Deal.Buyer()
	cost := r.Deal.World.Cost.Headline
	s := report.Section{Title: "What it is worth", Note: fmt.Sprintf(
		"Present values on %s at the riskless rate. The provider's opportunity cost is seen as %s.", r.Deal.Signed, cost)}
	var rows []report.Figure
	add := func(group, name, party, label string) {
		if f, ok := r.figure(name, party, label); ok {
			f.Group = group
			rows = append(rows, f)
		}
	}
	for _, side := range []struct{ party, label string }{{provider, r.Deal.Name(provider)}, {lab, "the other holders of " + r.Deal.Name(lab)}} {
		add("To "+side.label, "npv", side.party, "net present value")
		if side.party == provider {
			for _, c := range r.Base.Job.Plan.Costs {
				add("To "+side.label, "npv_if_"+c.Name, provider, "if its capacity is "+costWords[c.Name])
			}
		}
		add("To "+side.label, "default_loss", side.party, "lost to the default of "+r.Deal.Name(lab))
		add("To "+side.label, "npv_at_hurdle", side.party, "at its own hurdle rate")
		if side.party == provider {
			add("To "+side.label, "irr", side.party, "internal rate of return")
			add("To "+side.label, "multiple", side.party, "money in / money out, cost "+cost)
			add("To "+side.label, "peak_exposure", side.party, "peak exposure, cost "+cost)
		} else {
			add("To "+side.label, "irr", side.party, "yearly rate it pays for this money")
		}
	}
	for _, p := range r.Deal.Parties {
		if p.Key == provider || p.Key == lab {
			continue
		}
		for _, row := range thirdRows {
			add("To "+r.Deal.Name(p.Key), row.name, p.Key, row.label)
		}
	}
	s.Blocks = append(s.Blocks, report.Figures{Rows: rows}, r.bars(), report.Paragraph{Text: r.verdict() + r.onPaths()})
	return s
}

// thirdRows are the figures of a party that neither supplies compute nor takes
// it.
var thirdRows = []struct{ name, label string }{
	{"npv", "net present value"}, {"irr", "internal rate of return"}, {"multiple", "money in / money out"}, {"peak_exposure", "peak exposure"},
	{"total_given", "pays in all"}, {"total_received", "receives in all"},
	{"total_given_in_kind", "gives in kind in all"}, {"total_received_in_kind", "receives in kind in all"},
}

var costWords = map[string]string{"sunk": "sunk", "scarce": "scarce", "build": "built for this"}

// bars shows the parts as they enter the provider's value.
func (r *Run) bars() report.Bars {
	provider, lab := r.Deal.Name(r.Deal.Supplier()), r.Deal.Name(r.Deal.Buyer())
	b := report.Bars{Title: fmt.Sprintf("How the net present value of %s comes about", provider),
		Note: fmt.Sprintf("The stake is what its shares in %s gain, less the cheques; S, the surplus of %s itself, reaches %s through the stake only.", lab, lab, provider)}
	sum := 0.0
	for _, p := range partRows {
		x, ok := r.estimate(p.name, "")
		if !ok {
			continue
		}
		x *= p.sign
		sum += x
		if math.Abs(x) < 0.5 {
			x = 0 // cents: what rounding leaves
		}
		b.Rows = append(b.Rows, report.Bar{Label: p.label, Value: money(r.Deal, x), Amount: x, Behind: r.behindNamed(p.name, "")})
	}
	npv, _ := r.estimate("npv", r.Deal.Supplier())
	stake := npv - sum
	if math.Abs(stake) < 0.5 {
		stake = 0 // cents: what rounding leaves
	}
	b.Rows = append(b.Rows,
		report.Bar{Label: "stake less cheques", Value: money(r.Deal, stake), Amount: stake},
		report.Bar{Label: "net present value", Value: money(r.Deal, npv), Amount: npv, Total: true, Behind: r.behindNamed("npv", r.Deal.Supplier())})
	return b
}

// verdict says whether the provider gains under every view of its cost; a
// sampled value whose confidence interval has zero in it decides nothing.
func (r *Run) verdict() string {
	name := r.Deal.Name(r.Deal.Supplier())
	gains, loses, open := r.views()
	var views []string
	for _, c := range r.Base.Job.Plan.Costs {
		views = append(views, c.Name)
	}
	missing := ""
	if len(views) < 3 {
		missing = " The cost of capacity built for the deal is not given."
	}
	switch {
	case len(open) > 0:
		return fmt.Sprintf("Verdict: undetermined. The value of %s cannot be told from zero if its cost is %s; sample more paths.%s", name, strings.Join(open, " or "), missing)
	case len(loses) == 0:
		return fmt.Sprintf("Verdict: %s gains under every view of its cost given (%s).%s", name, strings.Join(views, ", "), missing)
	case len(gains) == 0:
		return fmt.Sprintf("Verdict: %s loses under every view of its cost given (%s).%s", name, strings.Join(views, ", "), missing)
	}
	return fmt.Sprintf("Verdict: undetermined. %s gains if its cost is %s and loses if it is %s.%s", name, strings.Join(gains, " or "), strings.Join(loses, " or "), missing)
}

// onPaths says of a sample how often the provider loses under each view of its cost:
// a verdict is on means.
func (r *Run) onPaths() string {
	if r.Sample == nil {
		return ""
	}
	var parts []string
	for _, c := range r.Base.Job.Plan.Costs {
		e := r.estimated(measure.Find(r.Base.Measures, "npv_if_"+c.Name, "", "", 0))
		parts = append(parts, fmt.Sprintf("%s if its cost is %s", chance(e.Histogram.Share(0), e.N), c.Name))
	}
	return fmt.Sprintf(" That is on the mean; the share of paths on which it loses is %s.", strings.Join(parts, ", "))
}

// views are the views of the provider's cost under which it gains, under which it
// loses, and under which a sample does not tell.
func (r *Run) views() (gains, loses, open []string) {
	for _, c := range r.Base.Job.Plan.Costs {
		x, _ := r.estimate("npv_if_"+c.Name, r.Deal.Supplier())
		switch {
		case r.Sample != nil && math.Abs(x) < r.estimated(measure.Find(r.Base.Measures, "npv_if_"+c.Name, "", "", 0)).Margin():
			open = append(open, c.Name)
		case x >= 0:
			gains = append(gains, c.Name)
		default:
			loses = append(loses, c.Name)
		}
	}
	return gains, loses, open
}
