// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"slices"

	"offtake/internal/clause"
	"offtake/internal/deal/read"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// newExisting opens one element of what there was before the deal: a stake or a
// commitment.
func (d *draft) newExisting() []field.Field {
	return []field.Field{
		{Name: "stake", Kind: field.Group, Doc: "shares held before the deal", Fields: d.newStake},
		{Name: "commitment", Kind: field.Group, Doc: "what the buyer had promised to spend before the deal, still to run", Fields: d.newPrior},
	}
}

func (d *draft) newStake() []field.Field {
	d.Existing = append(d.Existing, Stake{})
	s := &d.Existing[len(d.Existing)-1]
	return []field.Field{
		{Name: "holder", Kind: field.Party, Required: true, Into: &s.Holder, Doc: "who holds the shares"},
		{Name: "in", Kind: field.Party, Required: true, Into: &s.In, Doc: "whose shares they are"},
		{Name: "share", Kind: field.Rate, Required: true, Min: field.Beyond(0), Max: field.At(1), Into: &s.Share, Doc: "share of the company, as converted"},
	}
}

// priorFields are the fields of a commitment that tell what is still to run; how its
// ledger is kept belongs to a contract that is not this one.
var priorFields = []string{"id", "from", "to", "total", "schedule", "take"}

func (d *draft) newPrior() []field.Field {
	c := clause.NewCommitment()
	d.Prior = append(d.Prior, Prior{clause: c})
	fields := slices.DeleteFunc(c.Fields(), func(f field.Field) bool { return !slices.Contains(priorFields, f.Name) })
	for i := range fields {
		switch f := &fields[i]; f.Name {
		case "id":
			f.Doc = "name of the commitment in this deal"
		case "to":
			f.Doc = "whom the buyer must pay: the supplier, or another party"
		case "total":
			f.Doc = "what is still to run when this deal starts, over its term"
		}
	}
	return fields
}

// checkExisting reports stakes that cannot be, and elements that say nothing or two
// things.
func (p *parse) checkExisting() {
	sums := map[string]float64{}
	stakes := p.existing("stake")
	for i, s := range p.d.Existing {
		at := stakes[i]
		if s.Holder != "" && s.Holder == s.In {
			p.r.Fault(codePartySame, p.r.Place(at+".holder"), "name another party", "%s cannot hold its own shares", p.d.Name(s.Holder))
			continue
		}
		if sums[s.In] += s.Share; sums[s.In] > 1 && sums[s.In]-s.Share <= 1 {
			p.r.Fault(codeShares, p.r.Place(at+".share"), "the shares of one company add up to 100% at most",
				"with this stake %s of %s is held", unit.FormatRate(sums[s.In]), p.d.Name(s.In))
		}
	}
	for _, at := range p.elements("existing") {
		s := p.r.Site(at)
		switch {
		case s.Node.Find("stake") != nil && s.Node.Find("commitment") != nil:
			p.r.Fault("ONE-OF-TWICE", s.Place, "write two elements", "%s is given both as stake and as commitment", s.Path)
		case len(s.Node.Entries) == 0:
			p.r.Fault("ONE-OF-NONE", s.Place, "write stake or commitment", "%s is empty", s.Path)
		}
	}
}

// existing are the paths of the stakes, or of the commitments, that were read.
func (p *parse) existing(name string) []string {
	var out []string
	for _, at := range p.elements("existing") {
		if s := p.r.Site(at + "." + name); s != nil && s.Table != nil {
			out = append(out, s.Path)
		}
	}
	return out
}

// checkPrior brings commitments from before the deal into tables of contract years; those
// with others than the supplier are minimums elsewhere.
func (p *parse) checkPrior() {
	setting, held := p.d.Setting(), p.held()
	seen := map[string]bool{}
	for _, m := range p.d.Elsewhere {
		seen[m.ID] = true
	}
	paths := p.existing("commitment")
	for i := range p.d.Prior {
		x, at := &p.d.Prior[i], paths[i]
		c := x.clause
		x.ID, x.To, x.Amount = c.Head().ID, c.Head().To, c.Total
		switch {
		case x.ID == "":
		case !read.IsKey(x.ID):
			p.r.Fault(codeKey, p.r.Place(at+".id"), keyHint, "%s cannot be a name", read.Shown(x.ID))
		case seen[x.ID]:
			p.r.Fault(codeElsewhereTwice, p.r.Place(at+".id"), "give each an id of its own", "another commitment from before the deal, or elsewhere, is called %s", x.ID)
		}
		seen[x.ID] = true
		if x.To != "" && x.To == p.d.Buyer() {
			p.r.Fault(codePartySame, p.r.Place(at+".to"), "name another party", "%s cannot deal with itself", p.d.Name(x.To))
			continue
		}
		if slices.ContainsFunc(p.r.Misread(read.Mark{}), func(path string) bool { return path == "" || read.Within(path, at) }) {
			continue
		}
		inside := *setting
		inside.Clauses, inside.Supplier = nil, x.To
		before := p.r.Faults()
		if c.Check(&inside, report{p.r, at, held, nil}); p.r.Faults() > before {
			continue
		}
		if x.Table = p.byYear(c); x.To != p.d.Supplier() {
			p.d.Elsewhere = append(p.d.Elsewhere, Minimum{ID: x.ID, With: p.d.Name(x.To), Table: x.Table})
		}
	}
}

// byYear is what a commitment asks for in each contract year, in cents.
func (p *parse) byYear(c *clause.Commitment) []float64 {
	out := make([]float64, p.d.grid.ContractYears())
	periods, minimums := c.Minimums(p.d.grid)
	for y, x := range minimums {
		out[p.d.grid.ContractYear(periods.Last(y))] += x
	}
	return out
}
