// SPDX-License-Identifier: Apache-2.0

package app

// A KnownClause is a clause that is documented in real contracts. Examples and
// deals say by its number, on a line such as
//
//	# K: K2 commitment.period=year, K6 commitment.make_up
//
// that they show it, and where: by the path of a field below the kind of clause,
// or below world or policy, with its value after an equals sign where that is
// what matters.
type KnownClause struct {
	Number string
	Name   string
	Beyond string // what about it no clause says; "" for nothing
}

// KnownClauses are all that were found, in the order of their numbers.
var KnownClauses = []KnownClause{
	{"K1", "take or pay", ""},
	{"K2", "a minimum each year, with what is missing paid", ""},
	{"K3", "a minimum or a capacity that rises", ""},
	{"K4", "part of a minimum put off", "not: by more than one period"},
	{"K5", "spend beyond a minimum carried forward", "not: until a day on which what is carried lapses; it lasts to the end"},
	{"K6", "make-up: what was paid can be taken later", ""},
	{"K7", "what is missing at a milestone becomes prepaid credit", ""},
	{"K8", "the mechanics of consumption commitments", "not: several companies that count toward one, nor a commitment that is cancelled before its end but with the agreement"},
	{"K9", "a new commitment that waits for an older one", ""},
	{"K10", "use that is paid for in credits does not count", ""},
	{"K11", "defaults of enterprise agreements", ""},
	{"K12", "committed use, billed by the month or by the hour", "not: the load of each hour; it is spread evenly around the mean of a step"},
	{"K13", "a reserved block, paid at the start", "terms of days or weeks are shorter than a step"},
	{"K14", "a fixed fee within a larger commitment", ""},
	{"K15", "a deposit, credited later", ""},
	{"K16", "hardware that the customer brings", ""},
	{"K17", "a commitment that depends on delivery", ""},
	{"K18", "leaving after repeated late delivery", ""},
	{"K19", "leaving for convenience on notice", ""},
	{"K20", "an introductory price", ""},
	{"K21", "a right to take capacity back for the buyer's conduct", "conduct is an event of the world"},
	{"K22", "what is still to run falls due on default", ""},
	{"K23", "cash held as security", ""},
	{"K24", "money that may only be spent in one way", ""},
	{"K25", "capital that the provider's delivery opens", ""},
	{"K26", "capital that the lab's results open", ""},
	{"K27", "capital for each gigawatt bought", ""},
	{"K28", "capital on short notice after an event", "not: to the day; what is called for falls at the end of a step"},
	{"K29", "a facility that ends, and that other money reduces", ""},
	{"K30", "notes and shares without votes, and a cap on ownership", "not: what votes are worth"},
	{"K31", "warrants that vest with volume and share price", ""},
	{"K32", "warrants that vest with spend", ""},
	{"K33", "shares given at signing, set against revenue", "not: how either side books them"},
	{"K34", "a promise to buy what is not sold to others", ""},
	{"K35", "a backstop paid in warrants, empty while building lasts", ""},
	{"K36", "a lease by a special company, with a right to buy at the end", ""},
	{"K37", "exclusivity that loosens over the years", ""},
	{"K38", "primary partner, sole reseller of a product", "not: what it is worth, beyond an amount that the file states"},
	{"K39", "a share of revenue, up to a cap and a date", ""},
	{"K40", "a share of gross profit on resale", ""},
	{"K41", "a licence, at first exclusive", "not: what it is worth, beyond an amount that the file states"},
	{"K42", "rights to be consulted or told first, seats", "not: what they are worth, beyond an amount that the file states"},
	{"K43", "promises about the chips' performance", "not: relief in another proportion than what is missing"},
	{"K44", "a right to more capacity or to later chips", ""},
	{"K45", "a term that runs on, or is extended by notice", ""},
	{"K46", "insolvency", "not: what a court orders"},
	{"K47", "a utility's tariff, the regulated cousin", ""},
	{"K48", "the gas market's take or pay", "not: years after which what is carried forward lapses"},
	{"K49", "switching rules of the European Union", ""},
}
