// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/field"
	"offtake/internal/unit"
	"offtake/internal/vec"
)

// Collateral is cash that one party keeps locked in a restricted account for
// another. It stays its owner's, earns what the account pays, and is drawn on
// when the owner fails, before its estate pays anything. Anthropic put cash in
// a restricted account for Broadcom in April 2026; Nvidia's partners have $712
// million in escrow for it.
type Collateral struct {
	head     Head
	Cents    *float64
	Share    *float64 // of the minimums still to run
	At       calendar.Date
	Interest float64 // per year
	Release  []Release
	Secures  string
}

// A Release sets part of what was locked free.
type Release struct {
	At    calendar.Date
	Share float64 // of what was locked
}

// NewCollateral is an empty clause with its defaults.
func NewCollateral() *Collateral { return &Collateral{head: Head{Binding: "firm"}} }

// Head is the clause's id and parties.
func (c *Collateral) Head() *Head { return &c.head }

// LastPaid is the day on which the cash is locked.
func (c *Collateral) LastPaid() (calendar.Date, bool) { return c.At, true }

// Kind is "collateral".
func (c *Collateral) Kind() string { return "collateral" }

// Fields is the table of what a file may say.
func (c *Collateral) Fields() []field.Field {
	return append(c.head.fields("whose cash it is", "for whom it is locked"),
		field.Field{Name: "locked", Kind: field.Variant, Required: true, Fields: c.locks,
			Bare: &field.Field{Name: "locked", Kind: field.Money, Min: field.Beyond(0), Into: &c.Cents},
			Doc:  "how much is locked: an amount, or a share of the minimums still to run"},
		field.Field{Name: "at", Kind: field.Date, Choices: []string{"signing"}, Default: "signing", Into: &c.At,
			Doc: "when it is locked: at signing, or at the end of the step that holds the date; a share is taken in the first step at the earliest"},
		field.Field{Name: "interest", Kind: field.Rate, Unit: "per year", Default: "0%", Min: field.At(0), Max: field.At(1), Into: &c.Interest,
			Doc: "what the account pays its owner, at the end of each step"},
		field.Field{Name: "release", Kind: field.List, One: true, Fields: c.newRelease,
			Doc: "what is set free before the end"},
		field.Field{Name: "secures", Kind: field.Ref, Into: &c.Secures,
			Doc: "the clause under which it may be drawn on; without it, whatever its owner owes the other party when it fails"},
	)
}

func (c *Collateral) locks() []field.Field {
	return []field.Field{
		{Name: "amount", Kind: field.Money, Min: field.Beyond(0), Into: &c.Cents, Doc: "an amount"},
		{Name: "share", Kind: field.Rate, Min: field.Beyond(0), Max: field.At(1), Into: &c.Share,
			Doc: "a share of what the buyer would owe for its minimums, if it failed in the step in which the cash is locked; it is set free as that falls"},
	}
}

func (c *Collateral) newRelease() []field.Field {
	c.Release = append(c.Release, Release{})
	x := &c.Release[len(c.Release)-1]
	return []field.Field{
		{Name: "at", Kind: field.Date, Required: true, Into: &x.At, Doc: "at the end of the step that holds the date"},
		{Name: "share", Kind: field.Rate, Required: true, Min: field.Beyond(0), Max: field.At(1), Into: &x.Share, Doc: "of what was locked"},
	}
}

// lockStep is the step at whose end the cash is locked; -1 for the signing.
func (c *Collateral) lockStep(grid *calendar.Grid) int {
	if c.At.IsZero() {
		if c.Share != nil {
			return 0
		}
		return -1
	}
	at, _ := grid.At(c.At)
	return at
}

// kept is the part of what was locked that no date has set free by the end of
// step t.
func (c *Collateral) kept(grid *calendar.Grid, t int) float64 {
	kept := 1.0
	for _, x := range c.Release {
		if x.At.Before(grid.StepEnd(t)) {
			kept -= x.Share
		}
	}
	return max(0, kept)
}

// Check reports more released than was locked.
func (c *Collateral) Check(in *Setting, r field.Report) {
	c.head.parties(in, r)
	c.head.checkForce(in, r)
	checkDate(c.At, in, r)
	sum := 0.0
	for _, x := range c.Release {
		sum += x.Share
	}
	if sum > 1+1e-9 {
		r.Fault("RELEASE-OVER", "release", "let the shares add up to 100% or less", "%s of what was locked is set free", unit.FormatRate(sum))
	}
	if x := in.Find(c.Secures); x != nil && !owes(x) {
		r.Fault("REF-KIND", "secures", owingHint, "nothing that a failed party leaves unpaid is owed under %s", c.Secures)
	}
	if c.Share != nil && len(in.Off) == 0 && !in.has("commitment") {
		r.Fault("COLLATERAL-NOTHING", "locked.share", "state an amount, or add a commitment", "there is no minimum to take a share of")
	}
}

// owing are the kinds of clause under which a failed party may leave something
// unpaid, and whether it is the supplier.
var owing = map[string]bool{"price": false, "commitment": false, "loan": false, "default": false, "lease": false, "charge": false, "option": false,
	"equity": true, "prepayment": true}

func owes(c Clause) bool {
	_, does := owing[c.Kind()]
	return does
}

const owingHint = "name the price, a commitment, a lease, a loan, a prepayment or a default clause with damages"

// has tells whether there is a clause of the kind.
func (in *Setting) has(kind string) bool {
	for _, c := range in.Clauses {
		if c.Kind() == kind {
			return true
		}
	}
	return false
}

// Explain says the clause in English.
func (c *Collateral) Explain(in *Setting) string {
	owner, what := in.Name(c.head.From), ""
	if c.Cents != nil {
		what = in.Money(*c.Cents)
	}
	if c.Share != nil {
		what = unit.FormatRate(*c.Share) + " of the minimums still to run"
	}
	earns := "nothing"
	if c.Interest != 0 {
		earns = unit.FormatRate(c.Interest) + " a year"
	}
	when := "at signing"
	if !c.At.IsZero() {
		when = "on " + c.At.String()
	}
	s := fmt.Sprintf("%s shall lock %s in a restricted account for %s %s. The cash stays the property of %s and earns %s.",
		owner, what, in.Name(c.head.To), when, owner, earns)
	if c.Share != nil {
		s += " What is locked falls as those minimums do."
	}
	for _, x := range c.Release {
		s += fmt.Sprintf(" %s of it is set free on %s.", unit.FormatRate(x.Share), x.At)
	}
	against := fmt.Sprintf("what %s then owes %s", owner, in.Name(c.head.To))
	if c.Secures != "" {
		against = fmt.Sprintf("what %s then owes under %s", owner, c.Secures)
	}
	return s + fmt.Sprintf(" If %s fails, the account pays %s before the estate pays anything. What is left in it is given back once all is paid.", owner, against) + c.head.binding()
}

// Without the clause no cash is locked.
func (c *Collateral) Without() Absence {
	return Absence{Says: "No cash is locked: what a failed party owes is paid by its estate alone."}
}

// boundCollateral is cash in an account, laid out.
type boundCollateral struct {
	c               *Collateral
	gate            contract.Gate
	at              int
	locked, balance contract.Col // cents: what was locked, and what is left of it
	pays            secured

	lock, free, interest, opened, closed contract.LineID
}

// Bind attaches the clause: cash is locked at signing or in the Funding stage of
// its step, set free by dates and as minimums fall, drawn on before estates
// pay, and given back once nothing is owed any more. The account is outside the
// agreement.
func (c *Collateral) Bind(b *contract.Builder) {
	id, from := c.head.ID, c.head.From
	cash, held := contract.Asset{Kind: contract.Cash}, contract.Asset{Kind: contract.Deposit, Of: id}
	line := func(from, to string, asset contract.Asset, kind string, role contract.Role) contract.LineID {
		return b.Line(contract.Line{From: from, To: to, Asset: asset, Kind: kind, Clause: id, Role: role})
	}
	k := &boundCollateral{c: c, gate: c.head.gate(b), at: c.lockStep(b.Grid()), locked: b.Column(id + ".locked"), balance: b.Column(id + ".balance"),
		lock:     line(from, contract.Outside, cash, "collateral_locked", contract.Instrument),
		free:     line(contract.Outside, from, cash, "collateral_released", contract.Instrument),
		interest: line(contract.Outside, from, cash, "collateral_interest", contract.Instrument),
		opened:   line(contract.Outside, from, held, "collateral_locked", contract.NoRole),
		closed:   line(from, contract.Outside, held, "collateral_released", contract.NoRole),
		pays:     bindSecured(b, contract.Which{Debtor: from, Creditor: c.head.To, Clause: c.Secures}, id, "collateral"),
	}
	watch(b, from)
	b.Stock(from, held, k.balance)
	if k.at < 0 {
		b.On(contract.Signing, id, func(m *contract.Month) { k.fill(m, m.One()) })
	}
	b.On(contract.Funding, id, k.keep)
	b.On(contract.Securing, id, k.draw)
	b.On(contract.Ending, id, k.giveBack)
}

// fill locks the cash where may is not zero.
func (k *boundCollateral) fill(m *contract.Month, may []float64) {
	amount := m.Temp()
	m.Force(k.gate, amount)
	vec.Mul(amount, amount, may)
	if k.c.Share != nil {
		vec.Mul(amount, amount, m.Q(contract.Claim))
		vec.Scale(amount, amount, *k.c.Share)
	} else {
		vec.Scale(amount, amount, *k.c.Cents)
	}
	m.Post(k.lock, amount)
	m.Post(k.opened, amount)
	vec.Accumulate(m.Col(k.locked), amount)
	vec.Accumulate(m.Col(k.balance), amount)
	m.Free(1)
}

// keep pays interest, sets free what need not stay, and locks the cash in its
// step. What a failed owner has locked stays until claims are met.
func (k *boundCollateral) keep(m *contract.Month) {
	balance, solvent := m.Col(k.balance), m.Solvent(k.c.head.From)
	if !vec.AllEqual(balance, 0) {
		amount := m.Temp()
		vec.Scale(amount, balance, k.c.Interest*yearsOf(m.Grid(), m.T))
		m.Post(k.interest, amount)
		kept, claim, locked := k.c.kept(m.Grid(), m.T), m.Q(contract.Claim), m.Col(k.locked)
		for i, x := range balance {
			most := m.Cents(float64(kept * locked[i]))
			if k.c.Share != nil && m.Q(contract.Live)[i] == 1 {
				most = min(most, m.Cents(*k.c.Share*claim[i]))
			}
			amount[i] = max(0, x-most) * solvent[i]
		}
		k.release(m, amount)
		m.Free(1)
	}
	if m.T == k.at {
		may := m.Temp()
		vec.Mul(may, m.Q(contract.Live), solvent)
		k.fill(m, may)
		m.Free(1)
	}
}

// yearsOf is how long step t lasts, as far as it lies after the signing.
func yearsOf(grid *calendar.Grid, t int) float64 {
	before := 0.0
	if t > 0 {
		before = grid.Years(t - 1)
	}
	return max(0, grid.Years(t)) - max(0, before)
}

func (k *boundCollateral) release(m *contract.Month, amount []float64) {
	m.Post(k.free, amount)
	m.Post(k.closed, amount)
	vec.Sub(m.Col(k.balance), m.Col(k.balance), amount)
}

// draw meets what a failed owner owes.
func (k *boundCollateral) draw(m *contract.Month) {
	pot := m.Temp()
	vec.Copy(pot, m.Col(k.balance))
	if !vec.AllEqual(pot, 0) {
		k.pays.cover(m, pot)
		k.release(m, pot)
	}
	m.Free(1)
}

// giveBack gives back what is left once the agreement is over and nothing is
// billed and unpaid, and at the end of all.
func (k *boundCollateral) giveBack(m *contract.Month) {
	balance, ended := m.Col(k.balance), m.Ended()
	if vec.AllEqual(balance, 0) {
		return
	}
	amount, last := m.Temp(), m.Grid().Steps()-1
	for i, x := range balance {
		amount[i] = 0
		if over := ended[i] == 1 || m.T >= m.Grid().Term()-1; m.T == last || over && m.Q(contract.Receivable)[i] < contract.Owed {
			amount[i] = x
		}
	}
	k.release(m, amount)
	m.Free(1)
}
