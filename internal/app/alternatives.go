// SPDX-License-Identifier: Apache-2.0

package app

import (
	"slices"

	"offtake/internal/contract"
	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/paths"
	"offtake/internal/unit"
	"offtake/internal/value/means"
)

// ByOtherMeans is a deal beside others that bring the same money and the same compute.
type ByOtherMeans struct {
	*Run
	Terms means.Terms
	Money []means.Money
	Means []MeanRun // the given deal first
}

// A MeanRun is one of the deals with its run.
type MeanRun struct {
	means.Mean
	outcomes
	lasting outcomes // as if the buyer could not fail, on the same draws
	figures meanFigures
	apart   []*meanFigures // by the mean flows of each scrambling; none of a base run, nor of plain numbers
}

// given is the name of the deal as it is.
const given = "given"

// NewByOtherMeans makes the other deals and runs all on the same draws. Money is what they
// bring, in cents at signing; 0 for what the given deal brings, when it does.
func NewByOtherMeans(src Source, e Edits, d *deal.Deal, opt RunOptions, terms means.Terms, money float64) (*ByOtherMeans, error) {
	job := paths.NewJob(d, nil).Detailed(nil)
	a := &ByOtherMeans{Run: &Run{Source: src, Edits: e, Options: opt, Deal: d, Base: paths.RunBase(job)}, Terms: terms}
	if a.Money = means.MoneyOf(a.Base); money > 0 {
		a.Money = []means.Money{{Cents: money}}
	}
	if len(a.Money) == 0 {
		return nil, Misuse{"the deal brings " + d.Name(d.Buyer()) + " no money that other means could bring: give --money AMOUNT"}
	}
	others, err := (&means.Given{Deal: d, Base: a.Base, Money: a.Money, Terms: terms}).Build()
	if err != nil {
		return nil, err
	}
	if opt.Usual && !job.Uncertain() {
		a.Options.Paths = 0
	}
	own := means.Mean{Name: given, Title: "the given deal", Text: src.Text, Deal: d, Financing: means.Financing(d), Borrowers: []string{d.Buyer()}}
	for _, m := range append([]means.Mean{own}, others...) {
		x := MeanRun{Mean: m}
		x.run(a.Options)
		x.read()
		a.Means = append(a.Means, x)
	}
	a.Sample = a.Means[0].sample
	return a, nil
}

// run runs a deal, and beside it the same as if the buyer could not fail.
func (x *MeanRun) run(opt RunOptions) {
	job := paths.NewJob(x.Deal, nil)
	job = job.Detailed(x.newShares(job.Program))
	w := *x.Deal.World
	w.Default.Mode = "none" // a base run weighs default as its world says
	x.base, x.lasting.base = paths.RunBase(job), paths.RunBase(paths.NewJob(x.Deal, &w))
	if opt.Paths == 0 {
		return
	}
	o := opt.sampling()
	o.Apart = true
	o.Beside = func(m *measure.Measure) bool {
		return m.Name == "npv" || m.Name == "effective_commitment" || m.Name == "minimum"
	}
	all := paths.Run([]*paths.Job{job.Flowing(), job.WithoutDefault().Flowing()}, o)
	x.sample, x.lasting.sample = all[0], all[1]
}

// newShares ask, by holder, what the shares are worth that bring the money.
func (x *MeanRun) newShares(p *contract.Program) []measure.Right {
	var out []measure.Right
	for _, l := range p.Lines() {
		if (l.Role == contract.Issue || l.Role == contract.Convert) && slices.Contains(x.Financing, l.Clause) && l.To != contract.Outside {
			out = append(out, measure.Right{ID: sharesOf(l.Clause), Clauses: []string{l.Clause}, Kinds: []string{l.Kind}, Holder: l.To})
		}
	}
	return out
}

// sharesOf names what the shares of a clause are worth.
func sharesOf(clause string) string { return clause + ".shares" }

// lost is what a party would have more if the buyer could not fail.
func (x *MeanRun) lost(party string) (amount, bool) {
	own, ok := x.at("npv", party, "")
	other, there := x.lasting.at("npv", party, "")
	if !ok || !there {
		return amount{}, false
	}
	own.value = other.value - own.value
	if x.sample != nil {
		e := &x.lasting.sample.Against[measure.Find(x.lasting.sample.Measures, "npv", party, "", 0)]
		own.value, own.margin, own.estimate = e.Mean, e.Margin(), e
	}
	return own, true
}

// Files are the other deals as files, by name.
func (a *ByOtherMeans) Files() []Source {
	var out []Source
	for _, m := range a.Means[1:] {
		out = append(out, Source{Name: m.Name + ".yaml", Text: m.Text})
	}
	return out
}

// sum is the money in all, not discounted.
func (a *ByOtherMeans) sum() float64 {
	sum := 0.0
	for _, m := range a.Money {
		sum += m.Cents
	}
	return sum
}

// Cents reads an amount such as 5B.
func Cents(text string) (float64, error) {
	x, err := unit.ParseMoney(text)
	return x.Value, err
}
