// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/unit"
)

// sale is a holder's right to sell its shares, and how many it sold.
type sale struct {
	idle
	c    *clause.Sale
	most float64   // that may be sold, as quoted in the step
	sold []float64 // by step
}

func newSale(c clause.Clause, h *history) term {
	return &sale{c: c.(*clause.Sale), sold: make([]float64, h.grid.Steps())}
}

// lots are the clauses whose shares are sold, in order.
func (s *sale) lots(h *history) []*equity {
	var out []*equity
	for _, id := range s.c.Of {
		for _, e := range h.equities {
			if e.c.Head().ID == id {
				out = append(out, e)
			}
		}
	}
	return out
}

func (s *sale) held(h *history) float64 {
	n := 0.0
	for _, e := range s.lots(h) {
		n += e.shares
	}
	return n
}

func (s *sale) fetches(h *history) float64 { return h.fairPrice() * (1 - s.c.Discount) }

func (s *sale) stand(h *history) {
	s.most = 0
	head := s.c.Head()
	if h.force(head) < 0.5 || !h.solvent() || !h.solventParty(head.From) || s.fetches(h) <= 0 {
		return
	}
	s.most = s.held(h)
	if s.c.Most > 0 {
		all, year := s.most, 0.0
		for t, n := range s.sold {
			all += n
			if h.grid.ContractYear(t) == h.grid.ContractYear(h.t) {
				year += n
			}
		}
		s.most = max(0, min(s.most, float64(s.c.Most*all)-year))
	}
}

func (s *sale) fund(h *history) {
	head := s.c.Head()
	if !h.live {
		return
	}
	n := clamp(h.elected(head.ID+".sell"), s.most)
	left := n
	for _, e := range s.lots(h) {
		x := min(left, e.shares)
		h.post(Flow{From: head.From, To: contract.Outside, Asset: contract.Asset{Kind: contract.Shares, Of: e.c.Head().ID}, Kind: "sale", Clause: head.ID, Amount: x})
		e.shares, e.others, left = e.shares-x, e.others+x, left-x
		h.issued[head.From] -= x
	}
	h.post(Flow{From: contract.Outside, To: head.From, Asset: cash, Kind: "shares_sold", Clause: head.ID, Amount: n * s.fetches(h)})
	s.sold[h.t] = n
}

func printSale(p *printer, x clause.Clause) {
	c := x.(*clause.Sale)
	p.field("of", ids(c.Of))
	if c.Most > 0 {
		p.field("per_year", unit.WriteRate(c.Most))
	}
	if c.Discount > 0 {
		p.field("discount", unit.WriteRate(c.Discount))
	}
}
