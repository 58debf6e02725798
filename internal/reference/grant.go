// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"offtake/internal/clause"
	"offtake/internal/contract"
)

// grant is stock given for nothing.
type grant struct {
	idle
	c     *clause.Grant
	given bool
}

func newGrant(c clause.Clause, _ *history) term { return &grant{c: c.(*clause.Grant)} }

func (g *grant) sign(h *history) {
	if g.c.On == "" && g.c.At.IsZero() {
		g.give(h)
	}
}

func (g *grant) fund(h *history) {
	switch {
	case !h.live || g.given:
	case g.c.On != "":
		if h.happened(g.c.On) {
			g.give(h)
		}
	case !g.c.At.IsZero() && h.holds(g.c.At):
		g.give(h)
	}
}

func (g *grant) give(h *history) {
	g.given = true
	head := g.c.Head()
	h.post(Flow{From: head.From, To: head.To, Asset: contract.Asset{Kind: contract.InKind, Of: head.ID}, Kind: "stock_given",
		Clause: head.ID, Amount: g.c.Worth.Value * h.force(head)})
}

func printGrant(p *printer, x clause.Clause) {
	c := x.(*clause.Grant)
	p.field("worth", amount(c.Worth))
	p.date("at", c.At)
	if c.On != "" {
		p.field("on", scalar(c.On))
	}
}
