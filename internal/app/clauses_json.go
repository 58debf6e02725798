// SPDX-License-Identifier: Apache-2.0

package app

import (
	"math"

	"offtake/internal/unit"
	"offtake/internal/value/estimate"
)

// ClauseWorthResult is what clauses --json prints. Amounts are in the deal's
// currency.
type ClauseWorthResult struct {
	Deal DealID `json:"deal"`
	Run  struct {
		Paths      int    `json:"paths"`
		Seed       uint64 `json:"seed"`
		Exact      bool   `json:"exact"`      // all coalitions were valued
		Coalitions int    `json:"coalitions"` // that were valued
	} `json:"run"`
	Spend       float64       `json:"pv_spend"`
	CommonDraws float64       `json:"common_draws"` // by how much they lower the variance of what a last clause adds
	Players     []PlayerWorth `json:"clauses"`
	Wholes      []WholeWorth  `json:"whole"`
	Pairs       []PairWorth   `json:"pairs"`
	Idle        []string      `json:"idle"`
	Rules       []RuleUse     `json:"rules"`
}

// PlayerWorth is what one clause, or a group of them, is worth to one party.
type PlayerWorth struct {
	Name    string   `json:"name"`
	Clauses []string `json:"clauses"`
	Party   string   `json:"party"`
	Worth   Sure     `json:"worth"`
	Orders  *float64 `json:"worth_orders_se,omitempty"` // of the standard error, what is due to sampled orders
	Alone   Sure     `json:"alone"`
	Last    Sure     `json:"last"`
}

// WholeWorth is what all clauses are worth to one party, and what nothing agreed is.
type WholeWorth struct {
	Party   string  `json:"party"`
	Nobody  Sure    `json:"nothing_agreed"`
	All     Sure    `json:"all_add"`
	Written float64 `json:"as_written"`
}

// PairWorth is what two clauses add to each other, to one party.
type PairWorth struct {
	Of          [2]string `json:"of"`
	Party       string    `json:"party"`
	Interaction Sure      `json:"interaction"`
}

// RuleUse is one of the buyer's rules, and under how many coalitions it is best.
type RuleUse struct {
	Rule string `json:"rule"`
	Best int    `json:"best"`
}

// Sure is a number with its error.
type Sure struct {
	Mean   float64  `json:"mean"`
	SE     *float64 `json:"se,omitempty"`
	Margin *float64 `json:"margin,omitempty"`
}

func sure(e estimate.Estimate) Sure {
	return Sure{inMoney(e.Mean), finite(inMoney(e.Error)), finite(inMoney(e.Margin))}
}

// inMoney is an amount in the currency.
func inMoney(cents float64) float64 { return cents / unit.MinorPerMajor }

// JSON is the result as data.
func (c *ClauseWorth) JSON() ClauseWorthResult {
	f := c.Found
	out := ClauseWorthResult{Deal: dealID(c.Deal, c.Source, c.Edits), Spend: inMoney(f.SpendCents), CommonDraws: f.CommonDraws,
		Players: []PlayerWorth{}, Wholes: []WholeWorth{}, Pairs: []PairWorth{}, Idle: append([]string{}, f.Idle...), Rules: []RuleUse{}}
	out.Run.Paths, out.Run.Seed, out.Run.Exact, out.Run.Coalitions = f.Paths, c.Seed, f.Exact, f.Evaluations
	for h, party := range f.Holders {
		of := f.Division.Parties[h]
		out.Wholes = append(out.Wholes, WholeWorth{party, sure(of.Nobody), sure(of.Total), inMoney(f.AsWritten.Mean(h))})
		for i, p := range f.Players {
			x := PlayerWorth{Name: p.Name, Clauses: p.Clauses, Party: party, Worth: sure(of.Shapley[i]), Alone: sure(of.Alone[i]), Last: sure(of.Last[i])}
			if of.Orders != nil {
				x.Orders = finite(inMoney(of.Orders[i]))
			}
			out.Players = append(out.Players, x)
			for j := range i {
				if !math.IsNaN(of.Pairs[i][j].Mean) {
					out.Pairs = append(out.Pairs, PairWorth{[2]string{f.Players[j].Name, p.Name}, party, sure(of.Pairs[i][j])})
				}
			}
		}
	}
	for k, r := range f.Rules {
		out.Rules = append(out.Rules, RuleUse{r.Name, f.Chosen[k]})
	}
	return out
}
