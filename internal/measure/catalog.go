// SPDX-License-Identifier: Apache-2.0

package measure

// Catalog lists the measures that a deal has, in the order of a report: first
// what the whole deal is, then each side's value and its parts, then the
// ledger of each commitment.
func Catalog(s *Setting) []Measure {
	var out []Measure
	for _, group := range []func(*Setting) []Measure{
		commitments, ratios, coverage, breakeven, equityTerms, capTable, prices, inescapable, parts, values, returns, totals, ownMoney, risks, cashAccount, elsewhere, ledger, details,
	} {
		out = append(out, group(s)...)
	}
	return out
}

// Find is the index of the measure of that name, party, clause and period
// among those of a deal, or -1. An empty party or clause matches any.
func Find(among []Measure, name, party, clause string, period int) int {
	for i, m := range among {
		if m.Name == name && m.Period == period && (party == "" || m.Party == party) && (clause == "" || m.Clause == clause) {
			return i
		}
	}
	return -1
}
