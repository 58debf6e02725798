// SPDX-License-Identifier: Apache-2.0

package contract

import "offtake/internal/vec"

// A Liability is what a party owes another under a clause once it has failed.
// Clauses file what it comes to in the Claiming stage; claims for bills are set
// off against each other first. It is met in this order: what secures it
// (Cover, in the Securing stage), what the debtor's estate pays, and what others
// pay for the debtor (Shortfall, in the Covering stage).
type Liability struct {
	Clause           string
	Debtor, Creditor string
	Of               LiabilityKind
	Pays             LineID   // along which the estate pays
	Lowers           bool     // an entry the other way: it lowers what is owed
	Last             bool     // the estate pays it once all other claims upon the debtor are met in full
	Share            *float64 // that the estate pays; nil for the usual one
}

// A LiabilityKind says what a liability is for.
type LiabilityKind int

// The kinds of liability.
const (
	OfBills    LiabilityKind = iota // billed and not paid
	OfMinimums                      // minimums and rents still to run
	OfLoan                          // lent and not repaid
	OfPrepaid                       // paid for and not delivered
	OfDamages                       // for what the end of the contract costs the creditor
	LiabilityKinds
)

// LiabilityID is the handle of a liability.
type LiabilityID int

// Liability adds a liability.
func (b *Builder) Liability(l Liability) LiabilityID {
	b.p.claims = append(b.p.claims, l)
	return LiabilityID(len(b.p.claims) - 1)
}

// recovery is what an agreement says of the share that an estate pays.
type recovery struct {
	of    Which
	kind  LiabilityKind
	share float64
	gate  Gate
}

// Recovery sets the share that the debtor's estate pays on claims of a kind
// that state none of their own, where the gate is open.
func (b *Builder) Recovery(of Which, kind LiabilityKind, share float64, gate Gate) {
	b.p.recoveries = append(b.p.recoveries, recovery{of, kind, share, gate})
}

// acceleration is what an agreement says of the minimums still to run: the part
// of them that falls due at once.
type acceleration struct {
	of    Which
	share float64
	gate  Gate
}

// Accelerate makes a part of the minimums and rents still to run, at face
// value, what the debtor owes for them once it has failed, where the gate is
// open.
func (b *Builder) Accelerate(of Which, share float64, gate Gate) {
	b.p.accelerations = append(b.p.accelerations, acceleration{of, share, gate})
}

// Accelerates tells whether something is said of all of a creditor's minimums.
func (m *Month) Accelerates() bool { return len(m.p.accelerations) > 0 }

// Accelerated puts what is said of all of a creditor's minimums in the place of
// what a clause itself says of its own: claim is that, and face its face value.
func (m *Month) Accelerated(id LiabilityID, claim, face []float64) {
	for _, a := range m.p.accelerations {
		if !a.of.has(&m.p.claims[id]) {
			continue
		}
		for i, f := range m.InForce(a.gate) {
			claim[i] = float64(f*a.share*face[i]) + float64((1-f)*claim[i])
		}
	}
}

// Which picks claims; an empty word picks any.
type Which struct{ Debtor, Creditor, Clause string }

func (w Which) has(c *Liability) bool {
	return (w.Debtor == "" || w.Debtor == c.Debtor) && (w.Creditor == "" || w.Creditor == c.Creditor) && (w.Clause == "" || w.Clause == c.Clause)
}

// claimed are the claims of the running step, by LiabilityID over the lanes.
type claimed struct {
	filed []bool
	left  [][]float64 // that nothing has covered yet
	paid  [][]float64 // by the estate
}

// File says what a claim comes to in cents. It is called once a step, and only
// where something is owed.
func (m *Month) File(id LiabilityID, amount []float64) {
	m.claims.filed[id] = true
	vec.Copy(m.claims.left[id], amount)
	vec.Fill(m.claims.paid[id], 0)
}

// Claimed writes what the claims come to that nothing has covered yet: those of
// the kind, or all where kind is LiabilityKinds.
func (m *Month) Claimed(w Which, kind LiabilityKind, out []float64) {
	vec.Fill(out, 0)
	for id := range m.p.claims {
		c := &m.p.claims[id]
		if !m.claims.filed[id] || !w.has(c) || kind != LiabilityKinds && c.Of != kind {
			continue
		}
		if c.Lowers {
			vec.Sub(out, out, m.claims.left[id])
		} else {
			vec.Accumulate(out, m.claims.left[id])
		}
	}
}

// Cover meets claims from a pot, all in the same proportion. It writes what it
// takes from the pot, as settled, and how much of that is for loans.
//
//	y = min(pot, max(0, T)), T the sum of the claims, of which less than Owed
//	is nothing; each is left at (T - y)/T of itself
func (m *Month) Cover(w Which, pot, taken, loans []float64) {
	total := m.Temp()
	m.Claimed(w, LiabilityKinds, total)
	m.Claimed(w, OfLoan, loans)
	for i, t := range total {
		taken[i] = 0
		if t < Owed || pot[i] <= 0 {
			loans[i] = 0
			continue
		}
		y := m.Cents(min(pot[i], t))
		taken[i], loans[i] = y, min(y, m.Cents(y*loans[i]/t))
		for id := range m.p.claims {
			if m.claims.filed[id] && w.has(&m.p.claims[id]) {
				m.claims.left[id][i] = m.claims.left[id][i] * max(0, t-y) / t
			}
		}
	}
	m.Free(1)
}

// Withdraw drops claims of a kind where the mask is not zero.
func (m *Month) Withdraw(w Which, kind LiabilityKind, mask []float64) {
	for id := range m.p.claims {
		if c := &m.p.claims[id]; m.claims.filed[id] && c.Of == kind && w.has(c) {
			vec.Select(m.claims.left[id], mask, m.zero, m.claims.left[id])
		}
	}
}

// Shortfall writes what nobody has paid on claims: those of the kind, or all
// where kind is LiabilityKinds.
func (m *Month) Shortfall(w Which, kind LiabilityKind, out []float64) {
	m.Claimed(w, kind, out)
	for id := range m.p.claims {
		c := &m.p.claims[id]
		if !m.claims.filed[id] || !w.has(c) || kind != LiabilityKinds && c.Of != kind {
			continue
		}
		if c.Lowers {
			vec.Accumulate(out, m.claims.paid[id])
		} else {
			vec.Sub(out, out, m.claims.paid[id])
		}
	}
}

// payClaims has estates pay: first on claims that stand alike, then on those
// that come last, where all others upon the same debtor are met in full.
func (m *Month) payClaims() {
	for _, last := range [2]bool{false, true} {
		for id := range m.p.claims {
			c := &m.p.claims[id]
			if !m.claims.filed[id] || c.Last != last {
				continue
			}
			pays := m.claims.paid[id]
			vec.Mul(pays, m.claims.left[id], m.estateShare(c, pays))
			if last {
				m.onceOthersAreMet(c.Debtor, pays)
			}
			m.Post(c.Pays, pays)
		}
	}
}

// estateShare is the share that the debtor's estate pays on the claim. The column
// may be room, and is else not to be written.
func (m *Month) estateShare(c *Liability, room []float64) []float64 {
	share := m.zero
	switch {
	case c.Share != nil:
		vec.Fill(room, *c.Share)
		return room
	case c.Debtor != m.p.buyer:
	case c.Of == OfBills:
		share = m.Obs.Col[AccruedRecovery]
	default:
		share = m.Obs.Col[ClaimRecovery]
	}
	for _, r := range m.p.recoveries {
		if r.kind != c.Of || !r.of.has(c) {
			continue
		}
		for i, f := range m.InForce(r.gate) {
			room[i] = float64(f*r.share) + float64((1-f)*share[i])
		}
		share = room
	}
	return share
}

// onceOthersAreMet leaves what a claim that comes last is paid only where the
// estate pays all others upon the debtor in full.
func (m *Month) onceOthersAreMet(debtor string, pays []float64) {
	unmet, room := m.Temp(), m.Temp()
	vec.Fill(unmet, 0)
	for id := range m.p.claims {
		c := &m.p.claims[id]
		if !m.claims.filed[id] || c.Last || c.Debtor != debtor {
			continue
		}
		share := m.estateShare(c, room)
		for i, left := range m.claims.left[id] {
			missing := float64(left * (1 - share[i]))
			if c.Lowers {
				missing = -missing
			}
			unmet[i] += missing
		}
	}
	for i, x := range unmet {
		if x >= Owed {
			pays[i] = 0
		}
	}
	m.Free(2)
}
