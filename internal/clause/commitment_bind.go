// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// running is a commitment laid out on a grid: its columns, lines and readings.
type running struct {
	c        *Commitment
	grid     *calendar.Grid
	periods  calendar.Periods
	amounts  []float64 // cents scheduled, by period
	slots    int       // vintages of make-up that may be alive
	exitSlot contract.Slot
	exitFrom int // first step in which the buyer may leave

	eligible, taken, possible, promised, delivered contract.Col // of the running period
	credited, topped, used, charged, due, counted  contract.Col // likewise; counted is the step's part of eligible
	ofPeriod                                       []contract.Col
	deferredIn, carry                              contract.Col
	bank, credit                                   []contract.Col // vintages, newest first
	nested, around                                 contract.Col   // deficiency of commitments nested here, and of this one for the one around it
	excess, below                                  contract.Col   // the step's spend above the minimum here, and of the commitment stacked below

	deficiency, makeUp, topUp, exitFee, refund, available, creditUse contract.BillID
	claim, prepaid                                                   contract.LiabilityID
	bankIn, bankOut, bankLost                                        contract.LineID
	carryIn, carryOut, deferIn, deferOut                             contract.LineID
	creditIn, creditOut, creditLost                                  contract.LineID
	rows                                                             rowReadings
	bend
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
	if k.slots > 0 {
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
	periods, amounts := c.scheduled(b.Grid())
	k := &running{c: c, grid: b.Grid(), periods: periods, amounts: amounts}
	if m := c.MakeUp; m != nil {
		k.slots = m.Life
		if m.Life == 0 || m.Life > k.periods.Count() {
			k.slots = k.periods.Count()
		} else if m.Expiry == "before_use" {
			k.slots--
		}
	}
	k.claimColumns(b)
	k.bindBend(b)
	k.bindLines(b)
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
	of := func(name string) contract.Col {
		col := b.Column(id + "." + name)
		k.ofPeriod = append(k.ofPeriod, col)
		return col
	}
	k.eligible, k.taken, k.possible = of("eligible"), of("taken"), of("possible")
	k.promised, k.delivered = of("promised"), of("delivered")
	k.credited, k.topped, k.used = of("credited"), of("topped_up"), of("make_up_used")
	k.charged, k.due, k.counted = of("charged"), of("due"), of("counted")
	k.deferredIn, k.carry = b.Column(id+".deferred"), b.Column(id+".carry_forward")
	k.bank = b.Columns(id+".make_up", k.slots)
	if c.Credit != nil {
		k.credit = b.Columns(id+".credit", c.Credit.Life)
	}
	k.nested, k.excess = b.Shared(id+".nested"), b.Shared(id+".excess")
	if c.Within != "" {
		k.around = b.Shared(c.Within + ".nested")
	}
	if c.AfterOf != "" {
		k.below = b.Shared(c.AfterOf + ".excess")
	}
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
		return b.Reading(contract.Reading{Name: name, Unit: unit, Clause: k.c.head.ID, Steps: k.periods.FullSteps()})
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
}

// provisional is the period's minimum before relief is known, less what was
// put off to it.
func (k *running) provisional(m *contract.Month, y int) float64 {
	return m.Cents(k.c.Take * k.amounts[y])
}

// stand says what is missing from the period's minimum, what leaving may
// elect, and what a defaulting buyer would still owe.
func (k *running) stand(m *contract.Month) {
	y := k.periods.Of(m.T)
	if y < 0 {
		return
	}
	k.standBend(m, y)
	left, claim := m.Q(contract.MinimumLeft), m.Q(contract.Claim)
	spent, late, live := m.Col(k.eligible), m.Col(k.deferredIn), m.Q(contract.Live)
	flat := k.provisional(m, y)
	now, later, _ := k.claimFactors(m, y, 0)
	for i := range left {
		minimum := k.minimumIn(m, y, i, flat)
		missing := max(0, minimum+late[i]-spent[i])
		if k.c.PayFor == "use" {
			left[i] = max(left[i], missing*live[i])
		}
		if k.c.paced {
			k.tellPace(m, y, i, missing)
		}
		if k.c.Within == "" {
			if k.c.bends {
				_, later, _ = k.claimFactors(m, y, i)
			}
			claim[i] += float64(now*missing) + later
		}
	}
	if k.c.Exit != nil && m.T >= k.exitFrom {
		vec.Fill(m.Offer(k.exitSlot), 1)
	}
}

// claimFactors are the value at the end of step m.T of a cent due at the end
// of period y, and that of all later minimums in a lane; both at face value where the
// commitment accelerates.
func (k *running) claimFactors(m *contract.Month, y, i int) (now, later, face float64) {
	at := func(z int) float64 {
		if k.c.Accelerates {
			return 1
		}
		return m.Obs.Curve[k.periods.Last(z)] / m.Obs.Curve[m.T]
	}
	for z := y + 1; z < k.periods.Count(); z++ {
		minimum := k.minimumIn(m, z, i, k.provisional(m, z))
		later += float64(minimum * at(z))
		face += minimum
	}
	return at(y), later, face
}

// count adds the step to the running period.
func (k *running) count(m *contract.Month) {
	if k.periods.Of(m.T) < 0 {
		return
	}
	if k.c.AfterOf == "" {
		vec.Accumulate(m.Col(k.nested), m.Q(contract.Eligible))
		vec.Accumulate(m.Col(k.nested), m.Q(contract.Beside))
	}
	k.gather(m)
	vec.Accumulate(m.Col(k.taken), m.Q(contract.Taken))
	if m.Has(contract.Capacity) {
		vec.MulAdd(m.Col(k.possible), m.Q(contract.Delivered), m.Q(contract.Price), m.Col(k.possible))
		vec.Accumulate(m.Col(k.promised), m.Q(contract.Promised))
		vec.Accumulate(m.Col(k.delivered), m.Q(contract.Delivered))
	}
}

// gather adds to the period's eligible spend what has come in since it was
// called last: the step's spend or the excess of the commitment below, and
// what was paid as deficiency in commitments within this one. It hands what
// lies above the provisional minimum to a commitment stacked on this one.
func (k *running) gather(m *contract.Month) {
	eligible, before := m.Col(k.eligible), m.Temp()
	vec.Copy(before, eligible)
	vec.Accumulate(eligible, m.Col(k.nested))
	vec.Fill(m.Col(k.nested), 0)
	if k.c.AfterOf != "" {
		vec.Accumulate(eligible, m.Col(k.below))
	}
	vec.Sub(m.Col(k.counted), eligible, before)
	y := k.periods.Of(m.T)
	flat := k.provisional(m, y)
	excess, eligible, late := m.Col(k.excess), m.Col(k.eligible), m.Col(k.deferredIn)
	for i := range excess {
		floor := k.minimumIn(m, y, i, flat) + late[i]
		excess[i] = max(0, eligible[i]-floor) - max(0, before[i]-floor)
	}
	m.Free(1)
}

// chargeAvailability bills what was delivered and not used, as far as the
// step's share of the minimum goes.
func (k *running) chargeAvailability(m *contract.Month) {
	y := k.periods.Of(m.T)
	if y < 0 {
		return
	}
	charge, capacity, price := m.Temp(), m.Q(contract.Capacity), m.Q(contract.Price)
	counted, live, due := m.Col(k.counted), m.Q(contract.Live), m.Col(k.due)
	for i := range charge {
		step := k.dueIn(m, y, i)
		if m.Has(contract.Capacity) {
			step = min(step, capacity[i]*price[i])
		}
		step = m.Cents(step * live[i])
		due[i] += step
		charge[i] = max(0, step-counted[i])
	}
	k.bill(m, k.available, charge)
	vec.Accumulate(m.Col(k.charged), charge)
	vec.Accumulate(m.Q(contract.NotUsage), charge)
	m.Free(1)
}

// fileClaim says what a defaulting buyer owes for the minimums still to run.
func (k *running) fileClaim(m *contract.Month) {
	y := k.periods.Of(m.T)
	if y < 0 || !vec.Any(m.Q(contract.Defaulting)) {
		return
	}
	claim, face := m.Temp(), m.Temp()
	spent, late, flat := m.Col(k.eligible), m.Col(k.deferredIn), k.provisional(m, y)
	now, later, due := k.claimFactors(m, y, 0)
	gone := m.Q(contract.Defaulting)
	for i := range claim {
		if k.c.bends {
			_, later, due = k.claimFactors(m, y, i)
		}
		missing := max(0, k.minimumIn(m, y, i, flat)+late[i]-spent[i])
		claim[i], face[i] = (float64(now*missing)+later)*gone[i], (missing+due)*gone[i]
	}
	m.Accelerated(claim, face)
	m.File(k.claim, claim)
	m.Free(2)
}

// filePrepaid says what a failing supplier owes for make-up and credit that
// the buyer has paid for and not taken.
func (k *running) filePrepaid(m *contract.Month) {
	if k.periods.Of(m.T) < 0 || !vec.Any(m.Q(contract.SupplierFailing)) {
		return
	}
	owed := m.Temp()
	for i, gone := range m.Q(contract.SupplierFailing) {
		cents := 0.0
		if k.slots > 0 {
			cents = k.bankOf(m, i)
			if k.inUnits() {
				cents *= m.Q(contract.Price)[i] * k.c.Deficiency
			}
		}
		for _, c := range k.credit {
			cents += m.Col(c)[i]
		}
		owed[i] = cents * gone
	}
	m.File(k.prepaid, owed)
	m.Free(1)
}

// instalment is the step's part of the running period's minimum.
func (k *running) instalment(m *contract.Month, out []float64) {
	if y := k.periods.Of(m.T); y >= 0 {
		for i := range out {
			out[i] = k.dueIn(m, y, i)
		}
	}
}
