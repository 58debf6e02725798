// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"strconv"

	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/unit"
)

// right is a right beside the money.
type right struct {
	idle
	c       *clause.Right
	granted float64 // how far its worth has passed
}

func newRight(c clause.Clause, _ *history) term { return &right{c: c.(*clause.Right)} }

func (r *right) sign(h *history) { r.grant(h) }

func (r *right) fund(h *history) {
	if h.live {
		r.grant(h)
	}
}

// grant passes the worth as far as the event and the chance have come to hold.
func (r *right) grant(h *history) {
	head := r.c.Head()
	if more := h.agreed(head) - r.granted; more > 0 && r.c.Worth != nil {
		r.granted += more
		h.post(Flow{From: head.From, To: head.To, Asset: contract.Asset{Kind: contract.InKind, Of: head.ID}, Kind: "right_granted",
			Clause: head.ID, Amount: *r.c.Worth * more})
	}
}

// stand keeps the buyer from leaving.
func (r *right) stand(h *history) {
	if r.c.Blocks == "exit" && h.force(r.c.Head()) != 0 {
		h.held = true
	}
}

func printRight(p *printer, x clause.Clause) {
	c := x.(*clause.Right)
	p.field("what", c.What)
	p.field("over", scalar(c.Over))
	p.unless("false", "exclusive", strconv.FormatBool(c.Alone))
	if c.Worth != nil {
		p.field("worth", unit.WriteMoney(*c.Worth))
	}
	p.unless("nothing", "blocks", c.Blocks)
}
