// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"offtake/internal/report"
	"offtake/internal/unit"
	"offtake/internal/value/screen"
)

// A MarketShare is a firm's share of one of two markets.
type MarketShare struct {
	Market string // compute or models
	Name   string // of the firm; the deal's parties by their keys or names
	Share  float64
}

// markets are those in which shares may be given.
var markets = []string{"compute", "models"}

// ParseShare reads [MARKET:]NAME=SHARE; the market is compute where none is named.
func ParseShare(text string) (MarketShare, error) {
	name, share, ok := strings.Cut(text, "=")
	out := MarketShare{Market: "compute", Name: name}
	if market, firm, named := strings.Cut(name, ":"); named {
		out.Market, out.Name = market, firm
	}
	x, err := unit.ParseRate(share)
	if !ok || err != nil || out.Name == "" || !slices.Contains(markets, out.Market) || !(x >= 0) || x > 1 {
		return out, Misuse{fmt.Sprintf("--share %s: write NAME=SHARE or models:NAME=SHARE, such as cloud=31%% or models:Other=20%%", text)}
	}
	out.Share = x
	return out, nil
}

// pressures are what vertical pressure is reckoned from, with what each is.
var pressures = []struct{ name, says string }{
	{"diversion_down", "what the lab gains of each unit that the supplier loses with a rival of it"}, {"margin", "the lab's margin, as a share of its price"}, {"price", "the lab's price of a unit of what it sells"},
	{"input_price", "what the rival pays for a unit of compute"}, {"rival_price", "the rival's price of a unit of what it sells"}, {"pass_through", "what of a dearer input the rival passes on"},
	{"diversion_up", "what the supplier gains with the rival of each unit that the lab loses"}, {"input_margin", "the supplier's margin on what it sells to the lab"}, {"own_input_price", "what the lab pays for a unit of compute"},
}

// ParsePressure reads NAME=NUMBER, one of those that vertical pressure is reckoned from.
func ParsePressure(text string) (name string, x float64, err error) {
	name, value, ok := strings.Cut(text, "=")
	known := false
	for _, p := range pressures {
		known = known || p.name == name
	}
	if ok && known {
		if strings.HasSuffix(value, "%") {
			x, err = unit.ParseRate(value)
		} else {
			var n unit.Amount
			n, err = unit.ParseNumber(value)
			x = n.Value
		}
	}
	if !ok || !known || err != nil || !(x >= 0) {
		var names []string
		for _, p := range pressures {
			names = append(names, p.name)
		}
		return "", 0, Misuse{fmt.Sprintf("--pressure %s: write NAME=NUMBER, the name one of %s", text, strings.Join(names, ", "))}
	}
	return name, x, nil
}

// concentration are the screens, as far as what they need is given.
func (v *View) concentration() ([]Answer, error) {
	var out []Answer
	for _, market := range markets {
		shares, own, total := v.sharesOf(market)
		if total > 1+1e-9 {
			return nil, Misuse{fmt.Sprintf("--share: shares of the market for %s come to %s", market, unit.FormatRate(total))}
		}
		out = append(out, v.marketAnswer(market, shares, own))
	}
	return append(out, v.stakeAnswer(), v.pressureAnswer()), nil
}

// sharesOf are the shares of a market, those of the supplier and the lab by their roles,
// and their sum.
func (v *View) sharesOf(market string) (all []float64, own map[string]float64, total float64) {
	own = map[string]float64{}
	d := v.run.Deal
	for _, x := range v.Shares {
		if x.Market != market {
			continue
		}
		all, total = append(all, x.Share), total+x.Share
		for _, role := range []string{d.Supplier(), d.Buyer()} {
			if strings.EqualFold(x.Name, role) || strings.EqualFold(x.Name, d.Name(role)) {
				own[role] = x.Share
			}
		}
	}
	return all, own, total
}

// marketAnswer is the concentration of one market, and the thresholds for a link between a
// supplier and a buyer.
func (v *View) marketAnswer(market string, shares []float64, own map[string]float64) Answer {
	d := v.run.Deal
	role := d.Supplier()
	if market == "models" {
		role = d.Buyer()
	}
	a := Answer{Question: "How concentrated is the market for " + market + "?", Assumed: "Which market it is, and the shares, are the reader's: no deal file has them. Firms that are not given add nothing, so that the index is the least it can be."}
	share, given := own[role]
	if !given {
		missing := none(fmt.Sprintf("needs --share %s:%s=SHARE and those of others", market, role))
		a.Says = fmt.Sprintf("It takes market shares to tell: --share %s:%s=SHARE, and those of others.", market, role)
		a.Figures = []Told{{"share of " + d.Name(role), missing}, {"Herfindahl-Hirschman index, at least", missing}}
		return a
	}
	hhi := screen.HHI(shares)
	a.Says = fmt.Sprintf("%s has %s of it; the index is at least %s, as of %s firms of one size.", d.Name(role), unit.FormatRate(share), pointWords(hhi), unit.FormatNumber(screen.EffectiveNumber(shares)))
	a.Figures = []Told{{"share of " + d.Name(role), rateReading(share)}, {"Herfindahl-Hirschman index, at least", points(hhi)}, {"the largest firm", rateReading(screen.Largest(1, shares))}, {"the four largest", rateReading(screen.Largest(4, shares))}}
	a.Blocks = []report.Block{v.rules(screen.Market{Relation: screen.Linked, HHI: hhi, Share: share})}
	return a
}

func rateReading(x float64) Reading {
	return Reading{Unit: "rate", Value: finite(x), Text: unit.FormatRate(x)}
}
func points(x float64) Reading {
	return Reading{Unit: "points", Value: finite(x), Text: pointWords(x)}
}

// pointWords writes points of an index.
func pointWords(x float64) string {
	if x >= 100 {
		return unit.FormatCount(int(math.Round(x)))
	}
	return unit.FormatNumber(x)
}

// rules are the thresholds in force on the day of the deal that speak of a market.
func (v *View) rules(m screen.Market) report.Block {
	on := v.run.Deal.Signed
	if asOf := v.run.Deal.View().AsOf; !asOf.IsZero() {
		on = asOf
	}
	found := screen.Flags(m, on)
	if len(found) == 0 {
		return report.Paragraph{Text: fmt.Sprintf("No threshold in force on %s speaks of it.", on)}
	}
	var where []string
	t := report.Table{Title: "Thresholds in force on " + on.String() + " that speak of it", Columns: []report.Column{{Title: "Where", Align: report.AlignLeft}, {Title: "Document", Align: report.AlignLeft, MinWidth: 24}, {Title: "From", Align: report.AlignLeft}, {Title: "Threshold", Align: report.AlignLeft}, {Title: "Reading", Align: report.AlignLeft}}}
	for _, x := range found {
		read := x.Read
		if read == "" {
			read = "not checked against the text"
		}
		if says := x.Jurisdiction + ", " + x.Place + ": " + read; !slices.Contains(where, says) {
			where = append(where, says)
		}
		t.Rows = append(t.Rows, report.Row(x.Jurisdiction, x.Document+", "+x.Place, x.From.String(), orNothing(thresholdWords(x)), string(x.Reading)))
	}
	t.Note = "Read in quotations and summaries. " + strings.Join(where, "; ") + "."
	return t
}

// thresholdWords says what a rule asks of a market.
func thresholdWords(r screen.Rule) string {
	var parts []string
	add := func(what string, b screen.Bound, write func(float64) string) {
		switch {
		case b == (screen.Bound{}):
		case b.To == 0 && b.WithFrom:
			parts = append(parts, what+" from "+write(b.From))
		case b.To == 0:
			parts = append(parts, what+" above "+write(b.From))
		case b.From == 0 && b.WithTo:
			parts = append(parts, what+" up to "+write(b.To))
		case b.From == 0:
			parts = append(parts, what+" below "+write(b.To))
		default:
			parts = append(parts, what+" "+write(b.From)+" to "+write(b.To))
		}
	}
	add("share", r.Share, unit.FormatRate)
	add("index", r.HHI, pointWords)
	add("change", r.Change, pointWords)
	return strings.Join(parts, ", ")
}

// stakeAnswer is the supplier's stake in a rival, where it sells models too.
func (v *View) stakeAnswer() Answer {
	d := v.run.Deal
	all, own, _ := v.sharesOf("models")
	stake := v.run.reading("stake_after", d.Supplier(), "", 0, noShares)
	a := Answer{Question: "Does the stake join rivals?", Figures: []Told{{"share of " + v.labName() + " after the deal", stake}}, Rests: []string{"existing", "world.lab_value"},
		Assumed: "A silent stake changes the index by the stake times the product of the shares (O'Brien and Salop 2000); guidelines speak of mergers, and their thresholds are read against it as if it were one."}
	rival, sells := own[d.Supplier()]
	lab, known := own[d.Buyer()]
	switch {
	case stake.Value == nil || *stake.Value == 0:
		a.Says = fmt.Sprintf("%s holds no share of %s by this file.", v.cloudName(), v.labName())
		return a
	case !sells || !known:
		a.Says = fmt.Sprintf("It does where %s sells models too: that takes the shares of both, --share models:%s=SHARE and models:%s=SHARE.", v.cloudName(), d.Supplier(), d.Buyer())
		a.Figures = append(a.Figures, Told{"change of the index by the stake", none("needs the shares of both in models")})
		return a
	}
	change, whole := screen.StakeChange(*stake.Value, rival, lab), screen.Change(rival, lab)
	a.Says = fmt.Sprintf("Both sell models: the stake of %s raises the index by %s points, where a merger would by %s.", stake.Text, pointWords(change), pointWords(whole))
	a.Figures = append(a.Figures, Told{"change of the index by the stake", points(change)}, Told{"change by a merger", points(whole)})
	a.Blocks = []report.Block{v.rules(screen.Market{Relation: screen.Rivals, HHI: screen.HHI(all) + change, Change: change, Share: rival + lab})}
	return a
}

// pressureAnswer is vertical pressure, where what it takes is given.
func (v *View) pressureAnswer() Answer {
	a := Answer{Question: "Would it pay to make compute dearer for the lab's rivals?", Assumed: "Gross pressure on prices (Moresi and Salop 2013), before what a link saves; no guideline states a threshold. Prices of a unit of compute are those of this deal where none are given."}
	r, p := v.run, map[string]float64{}
	for name, x := range v.Prices {
		p[name] = x
	}
	for name, from := range map[string]string{"input_price": "effective_market_price", "own_input_price": "effective_price"} {
		if _, given := p[name]; !given {
			if x := r.reading(from, "", "", 0, noSpend); x.Value != nil {
				p[name] = *x.Value
			}
		}
	}
	lacks := func(names ...string) []string {
		return slices.DeleteFunc(names, func(n string) bool { _, ok := p[n]; return ok })
	}
	got := screen.Vertical{InputPrice: p["input_price"], InputMargin: p["input_margin"], OwnInputPrice: p["own_input_price"], Price: p["price"], Margin: p["margin"], RivalPrice: p["rival_price"],
		DiversionDown: p["diversion_down"], DiversionUp: p["diversion_up"], PassThrough: p["pass_through"]}.Pressure()
	for _, x := range []struct {
		label string
		value float64
		lacks []string
	}{
		{"on what the rival pays for compute (vGUPPIu)", got.Upstream, lacks("diversion_down", "margin", "price", "input_price")},
		{"on the rival's own price (vGUPPIr)", got.Rival, lacks("diversion_down", "margin", "price", "input_price", "pass_through", "rival_price")},
		{"on the lab's price (vGUPPId)", got.Downstream, lacks("diversion_up", "input_margin", "own_input_price", "price")},
	} {
		told := Told{x.label, rateReading(x.value)}
		if len(x.lacks) > 0 {
			told.Reading = none("needs --pressure " + strings.Join(x.lacks, ", "))
		}
		a.Figures = append(a.Figures, told)
	}
	a.Says = "It takes margins, diversions and prices to tell, which no deal file has: --pressure NAME=NUMBER."
	if a.Figures[0].known() {
		a.Says = fmt.Sprintf("What the lab wins of what a rival loses is worth %s of the price of compute to that rival: so strong is the pressure to raise it, before what a link saves.", a.Figures[0].Text)
	}
	return a
}
