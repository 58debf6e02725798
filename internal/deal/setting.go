// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"fmt"
	"slices"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/diag"
)

// newGrid lays out the deal's time, with all extensions of its term. Clauses that were removed count, so that deals with
// and without them can be compared step by step. The error, if any, is a *calendar.Error.
func (d *Deal) newGrid() (*calendar.Grid, error) {
	months, all := 0, append(slices.Clone(d.Clauses), d.gone...)
	for _, c := range all {
		switch c := c.(type) {
		case *clause.Price:
			months = max(months, c.NetMonths)
		case *clause.Commitment:
			months = max(months, c.NetMonths)
		}
	}
	step := d.Step.Months()
	longer := clause.ExtensionSteps(all, d.Step)
	term := d.Term
	term.Months += longer * step
	grid, err := calendar.NewGrid(d.Signed, d.Starts, term, d.Step, (months+step-1)/step, d.DayCount)
	if err != nil || longer == 0 || longer >= grid.Term() {
		return grid, err
	}
	return grid.Extending(longer), nil
}

// Setting is the agreement around its clauses.
func (d *Deal) Setting() *clause.Setting {
	names := make(map[string]string, len(d.Parties))
	for _, p := range d.Parties {
		names[p.Key] = p.Name
	}
	var parties, events, indexes []string
	for _, p := range d.Parties {
		parties = append(parties, p.Key)
	}
	for _, e := range d.World.Events {
		events = append(events, e.Name)
	}
	for _, x := range d.World.Indexes {
		indexes = append(indexes, x.Name)
	}
	return &clause.Setting{
		Parties: parties, Events: events, Indexes: indexes, Shares: d.World.LabValue.Shares,
		Grid: d.grid, Signed: d.Signed, Currency: d.Currency, Names: names,
		Buyer: d.Buyer(), Supplier: d.Supplier(), Clauses: d.Clauses, Off: d.absent(),
	}
}

// Program lays the deal out for running; wholeCents settles every amount to whole
// cents, as bills do.
func (d *Deal) Program(wholeCents bool) *contract.Program {
	return contract.Compile(contract.Config{
		Grid: d.grid, Buyer: d.Buyer(), Supplier: d.Supplier(), Clauses: clause.Arrange(d.Clauses), WholeCents: wholeCents,
		Shares: d.World.LabValue.Shares, Held: d.held(),
	})
}

// held are the shares of the buyer that parties had before the deal.
func (d *Deal) held() map[string]float64 {
	out := map[string]float64{}
	for _, x := range d.Existing {
		if x.In == d.Buyer() {
			out[x.Holder] += float64(x.Share * d.World.LabValue.Shares)
		}
	}
	return out
}

// Without is the deal with a clause switched off: in its place stands what the parties
// would have had. The grid stays, so that the two can be compared step by step.
func (d *Deal) Without(id string) (*Deal, error) {
	if slices.Contains(d.off, id) {
		return nil, fmt.Errorf("%s is switched off already", id)
	}
	var ids []string
	for i, c := range d.Clauses {
		if c.Head().ID != id {
			ids = append(ids, c.Head().ID)
			continue
		}
		if id == d.implied {
			return nil, fmt.Errorf("%s stands for a price that no clause states, and cannot be switched off", id)
		}
		out := *d
		out.off = append(append([]string{}, d.off...), id)
		out.removed = append(append([]clause.Clause{}, d.removed...), c)
		out.Clauses = append(append([]clause.Clause{}, d.Clauses[:i]...), c.Without().Instead...)
		out.Clauses = append(out.Clauses, d.Clauses[i+1:]...)
		return &out, nil
	}
	if meant := diag.Suggest(id, ids); meant != "" {
		return nil, fmt.Errorf("there is no clause %s: did you mean %s?", id, meant)
	}
	return nil, fmt.Errorf("there is no clause %s: the clauses are %s", id, list(ids))
}

// Instead is the deal with a clause in the place of that of the same id.
func (d *Deal) Instead(c clause.Clause) *Deal {
	out := *d
	out.Clauses = slices.Clone(d.Clauses)
	for i, x := range out.Clauses {
		if x.Head().ID == c.Head().ID {
			out.Clauses[i] = c
		}
	}
	return &out
}

// absent are the ids of clauses that others may refer to and that do not apply: those
// switched off and those removed.
func (d *Deal) absent() []string {
	ids := slices.Clone(d.off)
	for _, c := range d.gone {
		id := c.Head().ID
		if !slices.ContainsFunc(d.Clauses, func(x clause.Clause) bool { return x.Head().ID == id }) {
			ids = append(ids, id)
		}
	}
	return ids
}

// Off are the ids of clauses that are switched off.
func (d *Deal) Off() []string { return d.off }

// SwitchedOff are the clauses that are switched off, in that order.
func (d *Deal) SwitchedOff() []clause.Clause { return d.removed }

// Implied tells whether the id is that of the list price which applies because no
// clause of the file states a price.
func (d *Deal) Implied(id string) bool { return id != "" && id == d.implied }

// impliedPrice is the list price where no clause states a price, on the payment terms of
// the last clause that did; nothing where one does.
func (d *Deal) impliedPrice() []clause.Clause {
	taken := map[string]bool{}
	for _, c := range d.Clauses {
		if c.Kind() == "price" {
			return nil
		}
		taken[c.Head().ID] = true
	}
	id := "list-price"
	for n := 2; taken[id]; n++ {
		id = fmt.Sprintf("list-price-%d", n)
	}
	c := clause.NewPrice()
	h := c.Head()
	h.ID, h.From, h.To = id, d.Supplier(), d.Buyer()
	for _, x := range d.gone {
		if was, ok := x.(*clause.Price); ok {
			c.NetMonths = was.NetMonths
		}
	}
	return []clause.Clause{c}
}

// implyPrice adds the list price where no clause states a price.
func (d *Deal) implyPrice() {
	for _, c := range d.impliedPrice() {
		d.Clauses, d.implied = append(slices.Clip(d.Clauses), c), c.Head().ID
	}
}

// list joins words as a sentence does.
func list(words []string) string {
	out := ""
	for i, w := range words {
		switch {
		case i > 0 && i == len(words)-1:
			out += " and "
		case i > 0:
			out += ", "
		}
		out += w
	}
	return out
}
