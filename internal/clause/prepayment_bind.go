// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// prepaying is a prepayment laid out.
type prepaying struct {
	c     *Prepayment
	grid  *calendar.Grid
	gate  contract.Gate
	parts []laid
	left  []contract.Col // of each payment
	spare []contract.Col // of each, what may still be credited in the step
	first contract.Col   // cents paid at signing

	pay                                contract.LineID
	credit                             contract.BillID
	given, grown, used, returned, lost contract.LineID
	refund                             contract.LineID
	owed                               contract.LiabilityID
}

// Bind attaches the clause: payments fall at signing and in Billing, what can
// be used pays what is left of the invoice in Crediting, and what the ledgers
// charge in Reckoning.
func (c *Prepayment) Bind(b *contract.Builder) {
	id, buyer, supplier := c.head.ID, b.Buyer(), b.Supplier()
	kind := contract.Credits
	if c.refundable() {
		kind = contract.Deposit
	}
	cash, held := contract.Asset{Kind: contract.Cash}, contract.Asset{Kind: kind, Of: id}
	line := func(from, to string, a contract.Asset, kind string) contract.LineID {
		return b.Line(contract.Line{From: from, To: to, Asset: a, Kind: kind, Clause: id, Role: map[bool]contract.Role{true: contract.Use}[a == cash]})
	}
	k := &prepaying{c: c, grid: b.Grid(), gate: c.head.gate(b), parts: c.advances(b.Grid()), first: b.Column(id + ".at_signing")}
	k.left, k.spare = b.Columns(id+".left", len(k.parts)), b.Columns(id+".spare", len(k.parts))
	k.pay = line(buyer, supplier, cash, "prepayment")
	k.credit = b.Bill(contract.Line{From: supplier, To: buyer, Asset: cash, Kind: "credit", Clause: id, Role: contract.Use}, b.UsageNet())
	k.given, k.used, k.lost = line(supplier, buyer, held, "prepaid"), line(buyer, supplier, held, "prepaid_used"), line(buyer, supplier, held, "prepaid_lost")
	if c.Interest > 0 {
		k.grown = line(supplier, buyer, held, "interest")
	}
	if c.refundable() {
		k.returned, k.refund = line(buyer, supplier, held, "prepaid_returned"), line(supplier, buyer, cash, "refund")
	}
	b.Stock(buyer, held, k.left...)
	b.On(contract.Signing, id, k.sign)
	b.On(contract.Standing, id, k.stand)
	b.On(contract.Billing, id, k.bill)
	b.On(contract.Crediting, id, k.payUsage)
	b.On(contract.Reckoning, id, k.payRest)
	k.owed = b.Liability(contract.Liability{Clause: id, Debtor: supplier, Creditor: buyer, Of: contract.OfPrepaid,
		Pays: line(supplier, buyer, cash, "prepaid_recovered"), Share: c.ownRecovery()})
	b.On(contract.Claiming, id, k.claim)
	b.On(contract.Ending, id, k.end)
}

// ownRecovery is what the clause itself says that the supplier's estate pays;
// nil where it leaves that to others.
func (c *Prepayment) ownRecovery() *float64 {
	if c.Refund.Fail == 0 {
		return nil
	}
	share := c.Refund.Fail
	return &share
}

// advance makes the payments of a step where the mask is set, and writes what
// they come to.
func (k *prepaying) advance(m *contract.Month, step int, mask, paid []float64) {
	vec.Fill(paid, 0)
	force, amount := m.Temp(), m.Temp()
	for j, x := range k.parts {
		if x.step != step {
			continue
		}
		m.Force(k.gate, force)
		vec.Mul(amount, force, mask)
		vec.Scale(amount, amount, x.cents)
		m.Post(k.pay, amount)
		vec.Accumulate(paid, amount)
		vec.Accumulate(m.Col(k.left[j]), amount)
		m.Post(k.given, amount)
	}
	m.Free(2)
}

func (k *prepaying) sign(m *contract.Month) { k.advance(m, -1, m.One(), m.Col(k.first)) }

// stand adds interest, and says what may be credited in the step.
func (k *prepaying) stand(m *contract.Month) {
	if m.T >= k.grid.Term() {
		return
	}
	if k.c.Interest > 0 {
		k.grow(m)
	}
	live := m.Q(contract.Live)
	for j, x := range k.parts {
		spare := m.Col(k.spare[j])
		vec.Fill(spare, 0)
		if m.T >= x.usable {
			vec.Mul(spare, m.Col(k.left[j]), live)
			if k.c.Credited.How == "equal" {
				k.divide(m, spare, float64(max(1, x.until-m.T)))
			}
		}
	}
}

func (k *prepaying) divide(m *contract.Month, col []float64, by float64) {
	for i := range col {
		col[i] = m.Cents(col[i] / by)
	}
}

// grow adds the step's interest on what is left.
func (k *prepaying) grow(m *contract.Month) {
	rate := vec.PowOf(1+k.c.Interest, k.grid.StepYears(m.T)) - 1
	more, live := m.Temp(), m.Q(contract.Live)
	for _, c := range k.left {
		vec.Mul(more, m.Col(c), live)
		vec.Scale(more, more, rate)
		m.Post(k.grown, more)
		vec.Accumulate(m.Col(c), more)
	}
	m.Free(1)
}

// bill makes the payments that fall in the step. What was paid at signing
// counts as paid in the first.
func (k *prepaying) bill(m *contract.Month) {
	if m.T >= k.grid.Term() {
		return
	}
	paid := m.Temp()
	k.advance(m, m.T, m.Q(contract.Live), paid)
	if m.T == 0 {
		vec.MulAdd(paid, m.Col(k.first), m.Q(contract.Live), paid)
	}
	vec.Accumulate(m.Q(contract.Prepaid), paid)
	m.Free(1)
}

// payUsage credits what may be credited against the invoice as it stands.
func (k *prepaying) payUsage(m *contract.Month) {
	usage, invoice, other := m.Temp(), m.Q(contract.Invoice), m.Q(contract.NotUsage)
	for i := range usage {
		usage[i] = max(0, invoice[i]-other[i])
	}
	used := m.Temp()
	k.use(m, used)
	vec.Min(used, used, usage)
	vec.Accumulate(m.Q(contract.ByPrepaid), used)
	m.Free(2)
}

// use takes what the invoice asks for from what may be credited, oldest
// payments first, and writes it.
func (k *prepaying) use(m *contract.Month, used []float64) {
	invoice := m.Q(contract.Invoice)
	for i := range used {
		used[i] = 0
		for j := 0; j < len(k.parts) && used[i] < invoice[i]; j++ {
			spare := m.Col(k.spare[j])
			take := min(spare[i], invoice[i]-used[i])
			spare[i] -= take
			m.Col(k.left[j])[i] -= take
			used[i] += take
		}
	}
	credited := m.Temp()
	vec.Copy(credited, used)
	m.Post(k.used, credited)
	m.Bill(k.credit, credited)
	m.Free(1)
}

// payRest credits what the ledgers have charged in the step, and closes the
// account where the agreement ends with it.
func (k *prepaying) payRest(m *contract.Month) {
	if m.T >= k.grid.Term() {
		return
	}
	used := m.Temp()
	k.use(m, used)
	m.Free(1)
	over := m.Temp()
	if m.Over(over) {
		k.close(m, over, k.c.Refund.End)
	}
	m.Free(1)
	k.close(m, m.Q(contract.Dismissing), k.c.Refund.Dismiss)
	k.close(m, m.Q(contract.Exiting), k.c.Refund.Leave)
}

// claim is for what is left when the supplier fails.
func (k *prepaying) claim(m *contract.Month) {
	failing := m.Q(contract.SupplierFailing)
	if m.T >= k.grid.Term() || !vec.Any(failing) {
		return
	}
	owed := m.Temp()
	vec.Fill(owed, 0)
	for _, c := range k.left {
		vec.Accumulate(owed, m.Col(c))
	}
	vec.Mul(owed, owed, failing)
	m.File(k.owed, owed)
	m.Free(1)
}

// end closes the account where a side fails.
func (k *prepaying) end(m *contract.Month) {
	k.close(m, m.Q(contract.SupplierFailing), 0)
	k.close(m, m.Q(contract.Defaulting), 0)
}

// close pays back a share of what is left, where the mask is set, and drops the
// rest.
func (k *prepaying) close(m *contract.Month, mask []float64, share float64) {
	if !vec.Any(mask) {
		return
	}
	back, gone := m.Temp(), m.Temp()
	vec.Fill(gone, 0)
	for _, c := range k.left {
		left := m.Col(c)
		vec.MulAdd(gone, left, mask, gone)
		vec.Select(left, mask, m.Zero(), left)
	}
	vec.Scale(back, gone, share)
	if share > 0 {
		m.Post(k.refund, back)
		m.Post(k.returned, back)
	}
	vec.Sub(gone, gone, back)
	m.Post(k.lost, gone)
	m.Free(2)
}
