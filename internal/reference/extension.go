// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"math"
	"slices"
	"strconv"

	"offtake/internal/clause"
	"offtake/internal/unit"
)

// extension is an extension clause.
type extension struct {
	idle
	c       *clause.Extension
	used    int
	offered bool
}

func newExtension(x clause.Clause, _ *history) term { return &extension{c: x.(*clause.Extension)} }

// stand offers the right in the steps that lie between the notice and the day
// from which on it may be given, both counted back from the end of the term.
func (x *extension) stand(h *history) {
	left := h.until - h.t
	late := max(1, h.grid.StepsIn(x.c.Notice))
	early := max(late, h.grid.StepsIn(x.c.Opens))
	x.offered = x.used < x.c.Times && late <= left && left <= early && h.until < h.grid.Term() && h.likely(x.c.Head())
}

func (x *extension) take(h *history) {
	if x.offered && h.elected(x.c.Head().ID+".extend") > 0 {
		x.used++
		h.more = x.c.Length.Months / h.grid.MonthsPerStep()
	}
}

// overNow tells whether the term is over with the step, and is not extended in it.
func (h *history) overNow() bool { return h.t+1 == h.until+h.more }

// extended are the spans of a commitment with those that extensions add.
func extended(c *clause.Commitment, spans []span, in Input) []span {
	i := slices.IndexFunc(in.Clauses, func(x clause.Clause) bool { return x.Kind() == "extension" })
	if i < 0 {
		return spans
	}
	x, last := in.Clauses[i].(*clause.Extension), spans[len(spans)-1]
	if x.Minimum == "none" || len(x.Of) > 0 && indexOf(x.Of, c.Head().ID) < 0 ||
		len(c.Milestones) > 0 || c.RunOn.Months > 0 || c.Survives || last.last+1 != in.Grid.Signed() {
		return spans
	}
	months := in.Grid.MonthsPerStep()
	each := last.cents / float64(last.last-last.first+1)
	switch x.Minimum {
	case "share":
		each *= x.Share
	case "per_year":
		each = x.Cents / (12 / float64(months))
	}
	length := x.Length.Months / months
	period := map[string]int{"hour": 1, "month": 1, "quarter": 3 / months, "year": 12 / months, "term": length}[c.Period]
	if c.Settle == "term" {
		period = length
	}
	for n := range x.Times {
		begin := in.Grid.Signed() + n*length
		for first := begin; first < begin+length; first += period {
			next := min(first+period, begin+length)
			spans = append(spans, span{first, next - 1, next - 1, math.RoundToEven(each * float64(next-first))})
		}
	}
	return spans
}

func printExtension(p *printer, x clause.Clause) {
	c := x.(*clause.Extension)
	p.unless("buyer", "by", c.By)
	p.span("length", c.Length)
	p.unless("1", "times", strconv.Itoa(c.Times))
	p.span("notice", c.Notice)
	p.span("opens", c.Opens)
	if len(c.Of) > 0 {
		p.field("of", ids(c.Of))
	}
	switch c.Minimum {
	case "share":
		p.field("minimum", "{share: "+unit.WriteRate(c.Share)+"}")
	case "per_year":
		p.field("minimum", "{per_year: "+unit.WriteMoney(c.Cents)+"}")
	default:
		p.unless("same", "minimum", c.Minimum)
	}
}
