// SPDX-License-Identifier: Apache-2.0

package contract

// A SlotKind says what an election beside units decides, so that a policy
// knows which rule is for it.
type SlotKind string

// The kinds of election.
const (
	DrawSlot     SlotKind = "draw"     // cents to draw, up to what is open
	ExerciseSlot SlotKind = "exercise" // how many warrants to exercise, up to those that can be
	ConvertSlot  SlotKind = "convert"  // above zero: the note converts
	JoinSlot     SlotKind = "join"     // cents to put into a round of others
	PutSlot      SlotKind = "put"      // cents that a lender puts in
	BuySlot      SlotKind = "buy"      // above zero: the tenant buys what it leases
	CallSlot     SlotKind = "call"     // above zero: call for what an option offers
	LeaveSlot    SlotKind = "leave"    // above zero: the buyer leaves, or gives notice
	DismissSlot  SlotKind = "dismiss"  // above zero: the supplier ends the agreement, or gives notice
	ExtendSlot   SlotKind = "extend"   // above zero: the term is extended
	SellSlot     SlotKind = "sell"     // shares to sell to the market, up to those that may be
	ResellSlot   SlotKind = "resell"   // units to sell on
	RepaySlot    SlotKind = "repay"    // cents to repay early
	ChargeSlot   SlotKind = "charge"   // share of a deficiency that the supplier charges, up to all
)

// Election adds something to choose beside units: a draw, say. The clause
// offers an upper limit each step with Month.Offer; the election is clamped
// to between zero and that.
func (b *Builder) Election(name, clause string, kind SlotKind) Slot {
	b.p.slots = append(b.p.slots, slot{name, clause, kind})
	return Slot(len(b.p.slots) - 1)
}

// ExitSlot is the name of the election by which the buyer leaves.
const ExitSlot = "exit"

// Exit is the one election, shared by all clauses, by which the buyer leaves
// the agreement: any value above zero leaves.
func (b *Builder) Exit() Slot {
	if b.p.exit < 0 {
		b.p.exit = b.Election(ExitSlot, "", LeaveSlot)
	}
	return b.p.exit
}

// Slots are the names of what can be elected beside units, by Slot.
func (p *Program) Slots() []string {
	names := make([]string, len(p.slots))
	for i, s := range p.slots {
		names[i] = s.name
	}
	return names
}

// SlotKind is what the election decides.
func (p *Program) SlotKind(s Slot) SlotKind { return p.slots[s].kind }
