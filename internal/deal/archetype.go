// SPDX-License-Identifier: Apache-2.0

package deal

import "strings"

// An Archetype is one of the forms that deals between those who make or run
// compute and those who need it take.
type Archetype struct {
	Code string // as deal files name it: A1
	Name string
	Doc  string // who gives what to whom, and for what
}

// Archetypes are all forms, in the order of their codes.
var Archetypes = []Archetype{
	{"A1", "provider equity and a spend floor", "a provider buys the lab's shares or notes, part of it later, and the lab promises a minimum of spend over years, with a ceiling of power"},
	{"A2", "equity that the provider's delivery releases", "as A1, with the later part a facility that opens as the provider delivers capacity, drawn by the lab"},
	{"A3", "vendor equity per gigawatt", "a maker of chips buys the lab's shares in parts, one for each gigawatt of its systems that is put to use"},
	{"A4", "vendor warrants for volume and share price", "a vendor gives its customer the right to its own shares, which vests with gigawatts bought and the vendor's share price"},
	{"A5", "warrants for spend", "a supplier gives its customer the right to its own shares, which vests with what is spent"},
	{"A6", "stock for a contract", "a supplier gives its customer shares on the day on which a take-or-pay contract is signed"},
	{"A7", "vendor loan tied to use", "a supplier lends the lab money that may only pay for the lease of the supplier's product"},
	{"A8", "customer loan to the supplier", "a lab lends its supplier the money to build the capacity that it will buy"},
	{"A9", "backstop of unsold capacity", "a vendor promises an operator to buy what it cannot sell to others"},
	{"A10", "lease guarantee for warrants", "a third party stands in for a tenant's rent and is paid in the operator's shares"},
	{"A11", "lease by a special company", "a company made for it buys the chips with equity and debt and leases them to the lab, who bears all cost of running them"},
	{"A12", "exclusive alliance", "capital and credits against exclusivity, licences, a share of revenue or profit, loosened over time into a spend floor"},
	{"A13", "plain long contract", "no capital: capacity for years, paid whether used or not or to be cancelled, with or without a deposit"},
}

// FindArchetype is the archetype of that code, in either case.
func FindArchetype(code string) (Archetype, bool) {
	for _, a := range Archetypes {
		if strings.EqualFold(a.Code, code) {
			return a, true
		}
	}
	return Archetype{}, false
}

func archetypeCodes() []string {
	var codes []string
	for _, a := range Archetypes {
		codes = append(codes, a.Code)
	}
	return codes
}
