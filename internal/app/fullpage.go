// SPDX-License-Identifier: Apache-2.0

package app

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"offtake/internal/deal"
	"offtake/internal/report"
	"offtake/internal/unit"
	"offtake/internal/value"
)

// FullPageOptions say how a full page is computed.
type FullPageOptions struct {
	Until   float64 // the largest standard error there may be, as a share of the present value of spend
	Paths   int     // of each run; 0 for as many as Until takes
	Seed    uint64
	Workers int
	Proceed func(done, all int) bool // as value.Options has it
}

// A FullPage is a deal's value taken apart, what each clause is worth, and what moves its value, all of one load and seed.
type FullPage struct {
	Value   *Valuation
	Clauses *ClauseWorth // nil where no clause moves anything
	Moves   *Sensitive
	Options FullPageOptions
	stopped bool
}

// fewestOfPage and mostOfPage are how many paths a part of a page has that looks for their number itself.
const fewestOfPage, mostOfPage = 1024, 1 << 18

// pageParts are where the parts of the work begin, in hundredths of how long it takes with eight clauses and sixty inputs.
var pageParts = [...]int{0, 10, 50, 100}

// NewFullPage computes a loaded deal's page. Where the paths are not given, each part is run on twice as many until its own
// errors are small enough. The error is a Misuse; what was stopped in its last part is a page.
func NewFullPage(src Source, e Edits, d *deal.Deal, opt FullPageOptions) (*FullPage, error) {
	p := &FullPage{Options: opt}
	for part, do := range []func(value.Options) (worst float64, err error){
		func(o value.Options) (float64, error) {
			p.Value = NewValuation(src, e, d, RunOptions{Paths: o.Paths, Usual: opt.Paths == 0, Seed: o.Seed, Workers: o.Workers, Proceed: o.Proceed})
			return p.errorOfValue(), nil
		},
		func(o value.Options) (_ float64, err error) {
			usual := UsualClauses()
			usual.Options = o
			p.Clauses, err = NewClauseWorth(src, e, d, usual)
			if errors.Is(err, value.ErrIdle) {
				return 0, nil
			}
			return p.errorOfClauses(), err
		},
		func(o value.Options) (_ float64, err error) {
			if p.Value.Sample == nil {
				o.Paths = 0
			}
			usual := UsualSensitivity()
			usual.Options = o
			p.Moves, err = Sensitivity(src, e, d, usual)
			return p.errorOfMoves(), err
		},
	} {
		n := opt.Paths
		if n == 0 {
			n = fewestOfPage
		}
		for ; ; n *= 2 {
			worst, err := do(value.Options{Paths: n, Seed: opt.Seed, Workers: opt.Workers, Proceed: p.within(part)})
			switch {
			case p.stopped && (p.Moves == nil || err != nil):
				return nil, Misuse{Says: value.ErrStopped.Error()}
			case err != nil:
				return nil, misuse(err)
			}
			if opt.Paths > 0 || p.stopped || 2*n > mostOfPage || !(worst > opt.Until*p.spend()) {
				break
			}
		}
	}
	return p, nil
}

// within shows the progress of one part as that of the whole.
func (p *FullPage) within(part int) func(done, all int) bool {
	from, to := pageParts[part], pageParts[part+1]
	return func(done, all int) bool {
		if p.Options.Proceed != nil && !p.stopped {
			p.stopped = !p.Options.Proceed(100*from+100*(to-from)*done/max(all, 1), 100*100)
		}
		return !p.stopped
	}
}

// spend is the present value of spend, in cents.
func (p *FullPage) spend() float64 {
	x, _ := p.Value.own().at("pv_spend", "", "")
	return x.value
}

// Largest is the largest standard error of net present values, of what clauses are worth and of what inputs move, as a share
// of the present value of spend; NaN where nothing is spent.
func (p *FullPage) Largest() float64 {
	if spend := p.spend(); spend > 0 {
		return max(p.errorOfValue(), p.errorOfClauses(), p.errorOfMoves()) / spend
	}
	return math.NaN()
}

// errorOfValue is the largest standard error of a net present value, in cents, by any view of the cost.
func (p *FullPage) errorOfValue() (worst float64) {
	s := p.Value.Sample
	if s == nil {
		return 0
	}
	for i, m := range s.Measures {
		if x := s.Estimates[i].StandardError(); x > worst && (m.Name == "npv" || strings.HasPrefix(m.Name, "npv_if_")) {
			worst = x
		}
	}
	return worst
}

// errorOfClauses is that of what a clause is worth.
func (p *FullPage) errorOfClauses() (worst float64) {
	if p.Clauses == nil {
		return 0
	}
	for _, of := range p.Clauses.Found.Division.Parties {
		for _, x := range of.Shapley {
			if x.Error > worst {
				worst = x.Error
			}
		}
	}
	return worst
}

// errorOfMoves is that of what is moved, and of what an input moves it by.
func (p *FullPage) errorOfMoves() (worst float64) {
	if p.Moves == nil {
		return 0
	}
	for k := range p.Moves.Now {
		all := []float64{p.Moves.Now[k].Error}
		for i := range p.Moves.Effects {
			all = append(all, p.Moves.Effects[i].Low[k].Error, p.Moves.Effects[i].High[k].Error)
		}
		for _, x := range all {
			if x > worst {
				worst = x
			}
		}
	}
	return worst
}

// subtitle says how sure all of it is.
func (p *FullPage) subtitle() string {
	d := p.Value.Deal
	text := dates(d) + " "
	if p.Value.Sample == nil {
		return text + "No path of it can differ from another: every figure is of one run."
	}
	text += fmt.Sprintf("The value is of %s sampled paths (seed %d); each part says of how many it is", unit.FormatCount(p.Value.Sample.Paths), p.Options.Seed)
	largest := p.Largest()
	if largest != largest {
		return text + "."
	}
	text += fmt.Sprintf("; the largest standard error of a value, of a clause's worth and of what an input moves is %.2f%% of the present value of spend", 100*largest)
	switch {
	case p.Options.Paths > 0:
	case p.stopped:
		text += ", stopped before its end"
	case largest <= p.Options.Until:
		text += fmt.Sprintf(", within the %s asked for", unit.FormatRate(p.Options.Until))
	default:
		text += fmt.Sprintf(", above the %s asked for", unit.FormatRate(p.Options.Until))
	}
	return text + "."
}

// Report is all of it in one document.
func (p *FullPage) Report() *report.Document { return p.with(p.Value.Report(), 1) }

// Page is the report with the contract beside it and the file behind it.
func (p *FullPage) Page() *report.Document { return p.with(p.Value.Page(), 2) }

// with puts clauses and what moves the values before the last sections of a report of the value.
func (p *FullPage) with(doc *report.Document, last int) *report.Document {
	at := len(doc.Sections) - last
	sections := append([]report.Section(nil), doc.Sections[:at]...)
	var parts []*report.Document
	if p.Clauses != nil {
		parts = append(parts, p.Clauses.Report())
	}
	for _, part := range append(parts, p.Moves.Report()) {
		first := &part.Sections[0]
		first.Note = strings.TrimSpace(strings.TrimPrefix(part.Subtitle, dates(p.Value.Deal)) + " " + first.Note)
		sections = append(sections, part.Sections...)
	}
	doc.Subtitle, doc.Sections = p.subtitle(), append(sections, doc.Sections[at:]...)
	return doc
}

// FullPageResult is what page --json prints.
type FullPageResult struct {
	Until       float64            `json:"until"`
	Largest     *float64           `json:"largest_error"`
	Value       Valued             `json:"value"`
	Clauses     *ClauseWorthResult `json:"clauses"`
	Sensitivity SensitivityResult  `json:"sensitivity"`
}

// JSON is the page as data.
func (p *FullPage) JSON() FullPageResult {
	out := FullPageResult{Until: p.Options.Until, Largest: finite(p.Largest()), Value: p.Value.JSON(), Sensitivity: p.Moves.JSON()}
	if p.Clauses != nil {
		x := p.Clauses.JSON()
		out.Clauses = &x
	}
	return out
}
