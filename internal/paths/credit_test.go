// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"offtake/internal/contract"
	"offtake/internal/draw"
)

// lending is a deal without compute, in which one loan is made.
func lending(terms, world string) string {
	return `
offtake: 1
title: A loan
currency: USD
signed: 2027-01-01
starts: 2027-01-01
term: 5y
step: year
day_count: 30/360
parties:
  lab: {name: Lab, role: buyer}
  cloud: {name: Cloud, role: supplier}
  bank: {name: Bank, role: other}
clauses:
  - price: {id: list, from: cloud, to: lab, fixed: 1}
  - loan: {id: note, principal: 10, ` + terms + `}
world:
  ` + world + `
  need: {firm: 0}
  cost: {sunk: 0.5}
  lab_value: {start: 350}
`
}

// A loan that sells: a face of 10, five years, a coupon of 4%, at
// a market rate of 12%, is worth 7.116179038124, and the lender gives away
// 2.883820961876 (Brennan, Maksimovic and Zechner 1988, "Vendor financing").
// Paid in advance by a third party, the lender gives nothing away.
func TestVendorLoan(t *testing.T) {
	b := RunBase(NewJob(parse(t, lending("from: cloud, to: lab, rate: 4%", "discount: 12%")), nil))
	if x := get(t, b, "options", "", 0); math.Abs(x-2.883820961876) > 1e-12 {
		t.Errorf("the lender gives %.15g, want 2.883820961876", x)
	}
	for party, want := range map[string]float64{"cloud": -2.883820961876, "lab": 2.883820961876} {
		if x := get(t, b, "npv", party, 0); math.Abs(x-want) > 1e-12 {
			t.Errorf("npv of %s: %.15g, want %v", party, x, want)
		}
	}
	back := 0.0
	for _, m := range b.Months {
		for _, f := range m.Flows {
			if f.Line.Role == contract.Instrument && f.Line.Asset.Kind == contract.Cash {
				back += f.Amount / 100 * math.Pow(1.12, -float64(m.Step+1))
			}
		}
	}
	if math.Abs(back-7.116179038124) > 1e-12 {
		t.Errorf("interest and repayment are worth %.15g, want 7.116179038124", back)
	}
	b = RunBase(NewJob(parse(t, lending("from: bank, to: cloud, rate: 4%, subsidy: {by: lab, share: 28.83820961876%}", "discount: 12%")), nil))
	for party, want := range map[string]float64{"bank": 0, "cloud": 2.883820961876, "lab": -2.883820961876} {
		if x := get(t, b, "npv", party, 0); math.Abs(x-want) > 1e-11 {
			t.Errorf("with a subsidy, npv of %s: %.15g, want %v", party, x, want)
		}
	}
}

// A loan at the riskless rate gives nothing away, however it is repaid and
// whether interest is paid or added; nor does one at h above it to a borrower
// that fails with probability 1 - e^-h a year and leaves nothing: i = e^h
// (1 + r) - 1 pays for the risk.
func TestFairLoans(t *testing.T) {
	for _, terms := range []string{"repay: bullet", "repay: equal", "repay: annuity", "repay: {table: [0, 1, 2, 3, 4]}", "interest: pik", "interest: pik, repay: equal", "matures: 2040-01-01"} {
		b := RunBase(NewJob(parse(t, lending("from: cloud, to: lab, rate: {above_riskless: 0%}, "+terms, "discount: 7%")), nil))
		if x := get(t, b, "options", "", 0); math.Abs(x) > 1e-12 {
			t.Errorf("%s: %v is given away", terms, x)
		}
		rate := 100 * (math.Exp(0.04)*1.07 - 1)
		b = RunBase(NewJob(parse(t, lending(fmt.Sprintf("from: cloud, to: lab, rate: %.15g%%, ", rate)+terms, "discount: 7%\n  default: {hazard: 4%}")), nil))
		if x := get(t, b, "options", "", 0); math.Abs(x) > 1e-11 && !strings.Contains(terms, "matures") {
			t.Errorf("%s, to a risky borrower: %v is given away", terms, x)
		}
	}
}

// trouble is a deal in which everybody may fail, and most may happen. The
// account of the collateral pays the riskless rate, so that it costs nothing.
const trouble = `
offtake: 1
title: Trouble
currency: USD
signed: 2027-01-01
starts: 2027-01-01
term: 6y
step: year
day_count: 30/360
parties:
  lab: {name: Lab, role: buyer}
  cloud: {name: Cloud, role: supplier}
  bank: {name: Bank, role: other}
  chips: {name: Chips, role: other}
clauses:
  - price: {id: list, from: cloud, to: lab, fixed: 1.1, net: 12}
  - capacity: {id: power, from: cloud, to: lab, generations: [{from: 2027-01-01, gw: 1, units_per_gw: 1}, {from: 2029-01-01, gw: 1, units_per_gw: 0.5, refresh: 10y}]}
  - commitment: {id: spend, from: lab, to: cloud, total: 60, net: 12, make_up: {life: 2, in: units}}
  - equity: {id: stake, from: cloud, to: lab, amount: 5, pre_money: 380, paid_in: credits}
  - facility: {id: line, from: bank, to: lab, limit: 7, worth: 60%}
  - default: {id: buyer, from: lab, to: cloud, acceleration: 70%, recovery: {accrued: 30%, loans: 20%}, set_off: true, cross: [{clause: line}, {clause: vendor, effect: due}]}
  - default: {id: supplier, from: cloud, to: lab, recovery: {prepaid: 25%, damages: 15%, loans: 35%}, damages: {cap: 4}, set_off: true, cross: {clause: line}}
  - default: {id: other, from: chips, to: cloud, recovery: {loans: 45%}}
  - collateral: {id: escrow, from: lab, to: cloud, locked: 6, interest: 5%, release: {at: 2030-05-01, share: 30%}}
  - collateral: {id: pledge, from: cloud, to: lab, locked: {share: 5%}, interest: 5%}
  - guarantee: {id: parent, from: chips, to: cloud, of: spend, cap: 8, starts: {gw: 1.5}, assume: cheaper, worth: 90%, fee: {at_signing: 0.5, per_year: 1%}}
  - guarantee: {id: of-bills, from: bank, to: cloud, of: list, cap: {share: 50%}, fee: {at_signing: 0.2, by: cloud}}
  - backstop: {id: rest, from: chips, to: cloud, price: {list: 80%}, total: 15, worth: 70%}
  - loan: {id: advance, from: lab, to: cloud, principal: 4, rate: 6%, repay: annuity}
  - loan: {id: vendor, from: cloud, to: lab, principal: 9, rate: {above_riskless: 1%}, interest: pik, matures: 2040-01-01, only_for: list, early: {premium: 1%}, fee: 1%}
  - loan: {id: bridge, from: bank, to: lab, principal: 3, at: 2028-03-01, rate: 9%, repay: equal, subordinated: true, subsidy: {by: cloud, share: 2%}}
  - loan: {id: third, from: cloud, to: chips, principal: 2, rate: 3%, worth: 80%}
existing:
  - stake: {holder: cloud, in: lab, share: 15%}
  - stake: {holder: chips, in: lab, share: 5%}
world:
  discount: 5%
  need: {firm: {table: [10, 8, 14, 6, 9, 15]}, unmet_value: 3}
  market_price: 1.3
  market_capacity: 9
  cost: {sunk: 0.55, build: 0.8}
  lab_value: {start: 350}
  default: {hazard: 9%, recovery: {accrued: 40%, commitment: 10%}, cost: 1.5, need_after: 60%}
  failures: {cloud: {hazard: 6%}, bank: {hazard: 3%}, chips: {hazard: 5%}}
policy:
  draw: {share: 50%}
  repay: {share: 10%}
`

// troubles are variants of it.
func troubles() map[string]string {
	swap := func(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(trouble) }
	return map[string]string{
		"as it is":           trouble,
		"feedback off":       trouble[:strings.Index(trouble, "policy:")] + "  feedback: off\n" + trouble[strings.Index(trouble, "policy:"):],
		"assumed":            swap("acceleration: 70%", "estate: assume", "damages: {cap: 4}", "step_in: {delivery: 70%}", "recovery: {prepaid: 25%, damages: 15%, loans: 35%}", "recovery: {loans: 35%}"),
		"the supplier fails": swap("cloud: {hazard: 6%}", "cloud: {on: 2030-06-01}"),
		"and is stepped in":  swap("cloud: {hazard: 6%}", "cloud: {on: 2030-06-01}", "damages: {cap: 4}", "step_in: {delivery: 70%}", "recovery: {prepaid: 25%, damages: 15%, loans: 35%}", "recovery: {loans: 35%}"),
		"the third party":    swap("chips: {hazard: 5%}", "chips: {on: 2031-06-01}"),
		"always taken over":  swap("assume: cheaper", "assume: always"),
		"intended":           swap("id: buyer,", "id: buyer, binding: {intent: 60%},", "id: parent,", "id: parent, binding: {intent: 30%},", "id: rest,", "id: rest, binding: {intent: 80%},", "id: bridge,", "id: bridge, binding: {intent: 50%},"),
	}
}

// All sides' values add up to S + G - W, and the provider's from flows is that
// from parts, in the base run and on every sampled path, whoever fails.
func TestTroubleAddsUp(t *testing.T) {
	for name, text := range troubles() {
		j := NewJob(parse(t, text), nil)
		b := RunBase(j)
		checkIdentity(t, name, b.Book, len(j.Plan.Costs), 1, len(j.setting.Holders))
		block := newBlock([]*Job{j}, 512, &Options{})
		block.run(Options{Seed: 7}, span{}, 0)
		checkIdentity(t, name+", sampled", block.runners[0].book, len(j.Plan.Costs), 512, len(j.setting.Holders))
	}
}

// What may move in trouble does: each line of the clauses that deal with it, on
// some of the sampled paths of some variant.
func TestTroubleMovesEverything(t *testing.T) {
	moved := map[string]bool{}
	for _, text := range troubles() {
		j := NewJob(parse(t, text), nil)
		f := j.Plan.Factors(512)
		f.Sample(draw.Source{Seed: 11, First: 0})
		f.Step(-1)
		r := newRunner(j, f, 512, true, nil)
		see := func(m *contract.Month) {
			for _, p := range m.Postings() {
				key := p.Line.Clause + "." + p.Line.Kind
				for _, x := range p.Amount {
					moved[key] = moved[key] || x != 0
				}
			}
		}
		see(r.open())
		for !r.contract.Done() {
			f.Step(r.contract.Next())
			see(r.step())
		}
		for _, l := range j.Program.Lines() {
			key := l.Clause + "." + l.Kind
			moved[key] = moved[key]
		}
	}
	// Nobody sets off what third parties lend and borrow; only one loan outlives the term.
	for _, still := range []string{"bridge.set_off", "third.set_off", "advance.outstanding", "bridge.outstanding", "third.outstanding"} {
		delete(moved, still)
	}
	seen := 0
	for key, did := range moved {
		id, _, _ := strings.Cut(key, ".")
		switch id {
		case "", "list", "spend", "stake", "line", "power": // not of loans and what secures them
			continue
		}
		seen++
		if !did {
			t.Errorf("%s never moves", key)
		}
	}
	if seen < 50 {
		t.Errorf("only %d lines were looked at", seen)
	}
}
