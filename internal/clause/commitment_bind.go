// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/calendar"
	"offtake/internal/contract"
)

// running is a commitment laid out on a grid: its columns, lines and readings.
type running struct {
	c    *Commitment
	grid *calendar.Grid
	plan
	slots    int // vintages of make-up that may be alive
	gate     contract.Gate
	charge   contract.Slot // share of a deficiency that is charged; -1 where it always is
	exitSlot contract.Slot
	exitFrom int // first step in which the buyer may leave

	eligible, taken, possible, promised, delivered contract.Col // of the running period
	credited, topped, used, charged, due, counted  contract.Col // likewise; counted is the step's part of eligible
	inForce, usage                                 contract.Col // likewise: days in force, and usage of which counts says what is eligible
	ofPeriod                                       []contract.Col
	deferredIn, carry                              contract.Col
	all                                            contract.Col   // eligible spend of all periods
	force                                          contract.Col   // how far the commitment is in force in the step
	gone                                           contract.Col   // 1 where the buyer has left
	bank, credit                                   []contract.Col // vintages, newest first
	nested, around                                 contract.Col   // deficiency of commitments nested here, and of this one for the one around it
	excess, beyond, below                          contract.Col   // the step's spend above the minimum here, above the total, and what the commitment stacked below leaves

	deficiency, makeUp, topUp, exitFee, refund, available, creditUse contract.BillID
	claim, prepaid                                                   contract.LiabilityID
	bankIn, bankOut, bankLost                                        contract.LineID
	carryIn, carryOut, deferIn, deferOut                             contract.LineID
	creditIn, creditOut, creditLost                                  contract.LineID
	rows                                                             rowReadings
	completed, expired                                               contract.ReadingID
	bend
	stack
}

// rowReadings are the ledger's columns, in the order of a report.
type rowReadings struct {
	schedule, relief, minimum, taken, spend, carryUsed, carryBank, deferred,
	deficiency, deficiencyPaid, makeUpUsed, makeUpBank, paid contract.ReadingID
}

// Bind attaches the clause: Quote says what is still to be met, Settle counts
// what was spent, credits make-up, and settles the ledger when a period ends
// or the buyer leaves.
func (c *Commitment) Bind(b *contract.Builder) {
	b.Own(contract.MinimumLeft, "commitment")
	b.Own(contract.Claim, "commitment")
	k := c.layOut(b)
	id := c.head.ID
	b.On(contract.Standing, id, k.stand)
	b.On(contract.Billing, id, k.count)
	if c.PayFor == "availability" {
		b.On(contract.Billing, id, k.chargeAvailability)
	}
	if k.slots > 0 && (c.Counts == nil || c.Counts.Prepaid) {
		b.On(contract.Billing, id, k.creditMakeUp)
	}
	if c.Credit != nil {
		b.On(contract.Crediting, id, k.useCredit)
	}
	b.On(contract.Reckoning, id, k.reckon)
	if c.Within == "" {
		b.On(contract.Claiming, id, k.fileClaim)
	}
	if k.slots > 0 || c.Credit != nil {
		b.On(contract.Claiming, id, k.filePrepaid)
	}
	b.Instalment(id, k.instalment)
}

func (c *Commitment) layOut(b *contract.Builder) *running {
	time, err := c.plan(b.Grid())
	if err != nil {
		panic(err) // Check has reported it
	}
	k := &running{c: c, grid: b.Grid(), plan: time, gate: c.head.gate(b), charge: -1}
	if m := c.MakeUp; m != nil {
		k.slots = m.Life
		if m.Life == 0 || m.Life > k.settled.Count() {
			k.slots = k.settled.Count()
		} else if m.Expiry == "before_use" {
			k.slots--
		}
	}
	k.claimColumns(b)
	k.bindBend(b)
	k.bindLines(b)
	if c.Charged == "elected" {
		k.charge = b.Election(c.head.ID+".charge", c.head.ID, contract.ChargeSlot)
	}
	if c.Exit != nil {
		k.exitSlot = b.Exit()
		if at, ok := k.grid.At(k.grid.Start().Add(c.Exit.From)); ok {
			k.exitFrom = at
		}
	}
	return k
}

// claimColumns claims the commitment's state.
func (k *running) claimColumns(b *contract.Builder) {
	c, id := k.c, k.c.head.ID
	of := func(name string, moves bool) contract.Col { // where it never moves it need not be put back
		col := b.Column(id + "." + name)
		if moves {
			k.ofPeriod = append(k.ofPeriod, col)
		}
		return col
	}
	relieved := c.Relief != "none"
	k.eligible, k.taken, k.possible = of("eligible", true), of("taken", true), of("possible", relieved || k.byStep())
	k.promised, k.delivered = of("promised", relieved), of("delivered", relieved)
	k.credited, k.topped, k.used = of("credited", k.slots > 0), of("topped_up", k.slots > 0), of("make_up_used", k.slots > 0)
	k.charged, k.due, k.counted = of("charged", k.byStep()), of("due", k.byStep()), of("counted", k.byStep())
	k.inForce, k.usage, k.all = of("in_force", !k.gate.Always()), of("usage", c.Counts != nil), b.Column(id+".all")
	k.deferredIn, k.carry = b.Column(id+".deferred"), b.Column(id+".carry_forward")
	k.force, k.gone = b.Column(id+".force"), b.Column(id+".gone")
	k.bank = b.Columns(id+".make_up", k.slots)
	if c.Credit != nil {
		k.credit = b.Columns(id+".credit", c.Credit.Life)
	}
	k.nested, k.excess, k.beyond = b.Shared(id+".nested"), b.Shared(id+".excess"), b.Shared(id+".beyond")
	if c.Within != "" {
		k.around = b.Shared(c.Within + ".nested")
	}
	k.bindStack(b, of)
}

func (k *running) bindLines(b *contract.Builder) {
	c, id := k.c, k.c.head.ID
	buyer, supplier := b.Buyer(), b.Supplier()
	cash := contract.Asset{Kind: contract.Cash}
	net := c.NetMonths / k.grid.MonthsPerStep()
	bill := func(from, to, kind string, net int) contract.BillID {
		return b.Bill(contract.Line{From: from, To: to, Asset: cash, Kind: kind, Clause: id, Role: contract.Miss}, net)
	}
	line := func(from, to string, asset contract.AssetKind, kind string) contract.LineID {
		return b.Line(contract.Line{From: from, To: to, Asset: contract.Asset{Kind: asset, Of: id}, Kind: kind, Clause: id})
	}
	k.deficiency = bill(buyer, supplier, "deficiency", net)
	k.claim = b.Liability(contract.Liability{Clause: id, Debtor: buyer, Creditor: supplier, Of: contract.OfMinimums,
		Pays: b.Line(contract.Line{From: buyer, To: supplier, Asset: cash, Kind: "claim_recovered", Clause: id, Role: contract.Estate})})
	if k.slots > 0 || c.Credit != nil {
		k.prepaid = b.Liability(contract.Liability{Clause: id, Debtor: supplier, Creditor: buyer, Of: contract.OfPrepaid,
			Pays: b.Line(contract.Line{From: supplier, To: buyer, Asset: cash, Kind: "prepaid_recovered", Clause: id, Role: contract.Miss})})
	}
	if c.PayFor == "availability" {
		k.available = bill(buyer, supplier, "availability", b.UsageNet())
	}
	if c.Exit != nil {
		k.exitFee = bill(buyer, supplier, "exit_fee", net)
	}
	if k.slots > 0 {
		bank := contract.MakeUp
		if k.inUnits() {
			bank = contract.MakeUpUnits
		}
		k.makeUp, k.topUp = bill(supplier, buyer, "make_up", b.UsageNet()), bill(buyer, supplier, "top_up", b.UsageNet())
		k.refund = bill(supplier, buyer, "refund", net)
		k.bankIn = line(supplier, buyer, bank, "make_up_banked")
		k.bankOut = line(buyer, supplier, bank, "make_up_taken")
		k.bankLost = line(buyer, supplier, bank, "make_up_expired")
		b.Stock(buyer, contract.Asset{Kind: bank, Of: id}, k.bank...)
	}
	if c.Credit != nil {
		k.creditUse = bill(supplier, buyer, "credit", b.UsageNet())
		k.creditIn = line(supplier, buyer, contract.Credits, "credit_given")
		k.creditOut = line(buyer, supplier, contract.Credits, "credit_used")
		k.creditLost = line(buyer, supplier, contract.Credits, "credit_expired")
		b.Stock(buyer, contract.Asset{Kind: contract.Credits, Of: id}, k.credit...)
	}
	if c.Carry != nil {
		k.carryIn = line(supplier, buyer, contract.CarryForward, "carry_forward_banked")
		k.carryOut = line(buyer, supplier, contract.CarryForward, "carry_forward_used")
		b.Stock(buyer, contract.Asset{Kind: contract.CarryForward, Of: id}, k.carry)
	}
	if c.Deferral != nil {
		k.deferIn = line(buyer, supplier, contract.Deferred, "deferred")
		k.deferOut = line(supplier, buyer, contract.Deferred, "deferral_due")
		b.Stock(supplier, contract.Asset{Kind: contract.Deferred, Of: id}, k.deferredIn)
	}
	k.bindRows(b)
}

func (k *running) bindRows(b *contract.Builder) {
	row := func(name, unit string) contract.ReadingID {
		return b.Reading(contract.Reading{Name: name, Unit: unit, Clause: k.c.head.ID, Steps: k.settled.FullSteps(), Edges: k.settled.Edges()})
	}
	bankUnit := "cents"
	if k.c.MakeUp != nil && k.c.MakeUp.In == "units" {
		bankUnit = "units"
	}
	k.rows = rowReadings{
		schedule: row("schedule", "cents"), relief: row("relief", "cents"), minimum: row("minimum", "cents"),
		taken: row("taken", "units"), spend: row("spend", "cents"), carryUsed: row("carry_forward_used", "cents"),
		carryBank: row("carry_forward_bank", "cents"), deferred: row("deferred", "cents"), deficiency: row("deficiency", "cents"),
		deficiencyPaid: row("deficiency_paid", "cents"), makeUpUsed: row("make_up_used", bankUnit),
		makeUpBank: row("make_up_bank", bankUnit), paid: row("paid", "cents"),
	}
	if len(k.c.Milestones) > 0 {
		k.completed, k.expired = row("completed", "share"), row("expired", "share")
	}
}
