// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"offtake/internal/deal"
)

// A maker writes random deal files, so that what is held to the flows has come
// all the way from a file.
type maker struct {
	*rand.Rand
	months int // in a step
}

func (m maker) pick(of ...string) string { return of[m.IntN(len(of))] }

// some is one of the words or nothing.
func (m maker) some(of ...string) string {
	if m.IntN(2) == 0 {
		return ""
	}
	return ", " + m.pick(of...)
}

func (m maker) money() int   { return 1 + m.IntN(400) }
func (m maker) rate() string { return fmt.Sprintf("%d%%", 1+m.IntN(99)) }
func (m maker) date() string {
	return fmt.Sprintf("%d-%02d-01", 2027+m.IntN(3), 1+m.IntN(12))
}

// head binds a clause firmly, on an event or by intent, perhaps in a window.
func (m maker) head(window bool) string {
	out := m.pick("", "", ", binding: {conditional: go}", ", binding: {intent: 40%}")
	if window && m.IntN(3) == 0 {
		out += m.pick(", since: 2027-06-01", ", until: 2029-03-01")
	}
	return out
}

// two are different parties who may owe each other.
func (m maker) two() (from, to string) {
	pairs := [][2]string{{"lab", "cloud"}, {"cloud", "lab"}, {"bank", "lab"}, {"lab", "bank"}, {"bank", "cloud"}, {"cloud", "bank"}, {"fund", "lab"}, {"bank", "fund"}}
	x := pairs[m.IntN(len(pairs))]
	return x[0], x[1]
}

// clauses are the lines of a deal's clauses, each optional one in or out.
func (m maker) clauses() string {
	var out []string
	add := func(format string, args ...any) { out = append(out, "  - "+fmt.Sprintf(format, args...)) }
	maybe := func(n int) bool { return m.IntN(n) == 0 }
	add("capacity: {id: cap, from: cloud, to: lab, generations: [{from: 2027-01-01, gw: 1, units_per_gw: %d}, {from: 2028-01-01, gw: 0.5, units_per_gw: %d}]%s}", 50+m.IntN(200), m.money(), m.head(false))
	add("price: {id: list, from: cloud, to: lab, net: %d%s%s%s}", m.months*m.IntN(3), m.pick("", ", discount: 20%", ", fixed: 0.9", ", fixed: 0.9, indexed: {index: energy, base: 2, share: 50%}"),
		m.some("intro: [{until: 2028-01-01, fixed: 0.5}]", "review: {every: 12m, to: market, floor: 80%, cap: 120%}"),
		m.some("most_favoured: {against: market, refund: at_once}", "most_favoured: {against: list, within: -10%, refund: year_end}"))
	add("commitment: {id: spend, from: lab, to: cloud, total: %d, period: year%s%s%s}", m.money(), m.some("take: 80%", "deficiency: 60%"), m.some("make_up: {life: 1}", "make_up: {in: units}", "deficiency_as: {life: 1}"), m.some("exit: {fee: 20%, from: 1y}", "starts: {after: 1y}", "ends: {after: 2y}, run_on: 1y", "survives: true, charged: elected", "counts: {credits: false, prepaid: false, prepayments: true, categories: [{share: 40%, cap: 20%}]}", "binding: {conditional: go}"))
	if maybe(2) {
		add("prepayment: {id: deposit, from: lab, to: cloud, amount: %s%s%s%s%s}", m.pick("60", "{share: 20%, of: spend}"), m.some("payments: [{at: 2027-06-15, part: 60%}]", "before_delivery: {lead: 3m}"),
			m.some("credited: {from: {after: 1y}, how: equal, over: 1y}", "credited: {how: last, over: 1y}"), m.some("interest: 3%"), m.some("refund: {end: 100%, leave: 50%}", "refund: {fail: 40%}"))
	}
	holder := ""
	if maybe(2) {
		holder = m.pick("cloud", "cloud", "fund")
		add("equity: {id: shares, from: %s, to: lab, amount: %d, pre_money: 900%s%s}", holder, 20+m.IntN(40), m.pick("", ", round: 80"), m.some("at: 2027-09-01"))
	} else if maybe(2) {
		holder = "cloud"
		add("equity: {id: shares, from: cloud, to: lab, amount: %d, pre_money: 900, paid_in: credits}", 20+m.IntN(40))
	}
	if holder != "" && maybe(2) {
		add("sale: {id: sold, from: %s, to: lab, of: [shares]%s%s%s}", holder, m.some("per_year: 30%"), m.some("discount: 10%"), m.head(true))
	}
	if maybe(2) {
		add("facility: {id: line, from: %s, to: lab, limit: %d, worth: %s}", m.pick("cloud", "bank"), m.money(), m.rate())
	}
	if maybe(2) {
		add("default: {id: failing-lab, from: lab, to: cloud%s%s}", m.some("acceleration: 80%", "recovery: {accrued: 50%}", "estate: assume"), m.some("set_off: true"))
	}
	if maybe(2) {
		add("default: {id: failing-cloud, from: cloud, to: lab%s%s}", m.some("damages: {cap: 50}", "step_in: {delivery: 70%}", "damages: {}"), m.some("set_off: true"))
	}
	if maybe(2) {
		a, b := m.pick("lab", "cloud"), "cloud"
		if a == "cloud" {
			b = "lab"
		}
		add("collateral: {id: locked, from: %s, to: %s, locked: %d, interest: %s%s%s}", a, b, m.money(), m.pick("0%", "2%"), m.some("at: 2027-09-01"), m.some("release: [{at: 2028-06-01, share: 40%}]"))
	}
	if maybe(2) {
		add("guarantee: {id: parent, from: bank, to: cloud, of: spend%s%s%s%s}", m.pick("", ", fee: {at_signing: 2}", ", cap: {share: 50%}", ", cap: 70, fee: {per_year: 1%, by: fund}", ", cap: 70, fee: {at_signing: 3, per_year: 2%}"), m.some("assume: always", "assume: cheaper"), m.some("starts: {gw: 1.2}", "starts: {event: go}"), m.some("worth: 70%"))
	}
	if maybe(2) {
		add("backstop: {id: rest, from: %s, to: cloud, price: %s%s%s%s}", m.pick("bank", "fund"), m.pick("0.7", "{list: 80%}", "{market: 60%}"), m.some("total: 60"), m.some("worth: 50%"), m.head(true))
	}
	if maybe(2) {
		a, b := m.two()
		add("loan: {id: note, from: %s, to: %s, principal: %d, rate: %s%s%s%s%s%s}", a, b, m.money(), m.pick("7%", "{above_riskless: 3%}"), m.some("matures: 2028-10-01"),
			m.some("repay: equal", "repay: annuity", "interest: pik"), m.some("early: {premium: 2%}"), m.some("worth: 80%", "recovery: 30%"), m.some("fee: 2%", "subordinated: true"))
	}
	if maybe(2) {
		add("charge: {id: fee, from: lab, to: cloud, rate: %s%s%s%s}", m.pick("1", "{indexed: {amount: 2, index: energy, base: 2}}", "{through: {index: energy}}"), m.pick("", ", per: unit", ", per: gw"), m.some("eligible: true"), m.head(true))
	}
	if maybe(2) {
		add("hardware: {id: racks, from: lab, to: cloud, pays: %s%s, lowers_price: %s%s}", m.pick("40", "{per_gw: 30}", "{parts: [{amount: 10}, {at: 2027-10-01, amount: 9}]}"),
			m.pick(", how: prepaid, title: buyer", ", how: brought, lowers_cost: {scarce: 20%}, title: buyer, residual: 30%", ", how: brought, title: supplier, residual: 20%"), m.rate(), m.head(false))
	}
	if maybe(3) {
		add("exclusivity: {id: only, from: lab, to: cloud, ladder: [{level: exclusive, scope: 70%%}, {from: 2028-06-01, level: first_refusal}]%s}", m.head(false))
	}
	if maybe(2) {
		a, b := m.two()
		add("revenue_share: {id: royalty, from: %s, to: %s, of: revenue, share: %s%s%s}", a, b, m.rate(), m.some("cap: 25"), m.head(true))
	}
	if a, b := m.two(); a != "lab" && maybe(2) {
		add("grant: {id: gift, from: %s, to: %s, worth: %d%s%s}", a, b, m.money(), m.some("on: go", "at: 2028-02-01"), m.head(false))
	}
	if maybe(2) {
		vests := "[{shares: 3}, {shares: 4, from: 2028-01-01}, {shares: 2, spend: 20, on: go}]"
		if maybe(2) {
			add("warrant: {id: rights, from: cloud, to: %s, strike: 5, share_price: cloud-share, vests: %s%s}", m.pick("lab", "bank"), vests, m.some("settle: net"))
		} else {
			add("warrant: {id: rights, from: lab, to: %s, strike: %s, vests: %s%s}", m.pick("cloud", "fund"), m.pick("0", "0.9", "1.1"), strings.ReplaceAll(vests, "shares: ", "shares: 1"), m.some("settle: net"))
		}
	}
	if maybe(3) {
		a, b := m.two()
		add("right: {id: licence, from: %s, to: %s, what: licence, over: models, worth: 12%s}", a, b, m.head(true))
	}
	return strings.Join(out, "\n")
}

// text is a whole random deal.
func (m maker) text() string {
	step := m.pick("month", "quarter", "year")
	m.months = map[string]int{"month": 1, "quarter": 3, "year": 12}[step]
	return fmt.Sprintf(`offtake: 1
title: Random
currency: USD
signed: 2026-11-15
starts: 2027-01-01
term: 3y
step: %s
parties:
  lab: {name: Lab, role: buyer}
  cloud: {name: Cloud, role: supplier}
  bank: {name: Bank, role: other}
  fund: {name: Fund, role: investor}
clauses:
%s
existing:
  - stake: {holder: cloud, in: lab, share: 10%%}
  - stake: {holder: fund, in: lab, share: 5%%}
world:
  discount: 5%%
  feedback: %s
  need: {firm: %s, unmet_value: 2}
  list_price: {per_year: -10%%}
  market_price: {constant: 0.8}
%s  cost: {sunk: 0.3, build: 0.6, scarce: 0.8}
  lab_value: {start: 1000, shares: 1000}
  default: {hazard: %s, recovery: {accrued: 40%%, commitment: 10%%}, cost: 5, mode: %s}
  events: {go: %s}
  failures: {cloud: {hazard: 15%%}, bank: {%s}, fund: {hazard: 9%%}}
  indexes: {energy: {per_year: {rate: 5%%, from: 2}}, revenue: {table: [40, 60, 90]}, cloud-share: {per_year: {rate: 30%%, from: 6}}}
policy: {take: {share: %s}, draw: {share: %s}%s%s}
`, step, m.clauses(), m.pick("on", "off"), m.pick("90", "{lognormal: {mean: 90, volatility: 40%}}"),
		m.pick("", "  market_capacity: {constant: 60}\n"), m.pick("0%", "20%", "60%"), m.pick("weighted", "simulated"), m.date(), m.pick("hazard: 20%", "on: 2028-05-01"),
		m.pick("100%", "60%", "0%"), m.rate(), m.some("leave: 2028-07-01"), m.pick("", ", sell: always", ", sell: {above: 90%}"))
}

// Random deals of most kinds, 200 of them, or as many as OFFTAKE_RANDOM_DEALS says.
func TestAccountsOfRandomDeals(t *testing.T) {
	n := 200
	if s := os.Getenv("OFFTAKE_RANDOM_DEALS"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	ran := map[string]int{}
	for seed := range n {
		text := maker{Rand: rand.New(rand.NewPCG(uint64(seed), 4))}.text()
		d, list := deal.Parse("random.yaml", []byte(text))
		if list.HasFaults() {
			t.Fatalf("seed %d: %v\n%s", seed, list, text)
		}
		accountBoth(t, fmt.Sprintf("seed %d", seed), d)
		if t.Failed() {
			t.Fatal(text)
		}
		for _, c := range d.Clauses {
			ran[c.Kind()]++
		}
	}
	for _, k := range []string{"equity", "facility", "default", "collateral", "guarantee", "backstop", "loan", "charge", "hardware",
		"exclusivity", "revenue_share", "grant", "warrant", "right", "sale"} {
		if ran[k] < n/10 {
			t.Errorf("%d of %d deals have a clause of kind %s", ran[k], n, k)
		}
	}
}
