// SPDX-License-Identifier: Apache-2.0

package means

// Terms are what the other means are assumed to cost. Rates are fractions a year, amounts
// cents.
type Terms struct {
	VentureRate, VentureFee float64
	VentureCover            float64 // warrants, by what their shares are worth today, as a share of the loan
	VentureYears            int     // repaid in level payments
	VendorRate              float64
	VendorYears             int     // repaid at the end
	BuildCents              float64 // a gigawatt of data centre, chips included
	ChipShare               float64 // of that
	RunningCents            float64 // a gigawatt and year: power and staff
	DebtShare, DebtRate     float64 // of the build cost
	LifeYears               int     // of chips, after which they are bought again
	YieldCents              float64 // compute of a gigawatt and year at today's list price, where no clause says
}

// billion is a billion currency units in cents.
const billion = 1e11

// Usual are the terms where nobody says otherwise; each has a word on where it comes from.
func Usual() Terms {
	return Terms{VentureRate: 0.12, VentureFee: 0.01, VentureCover: 0.05, VentureYears: 4, VendorRate: 0.09, VendorYears: 5,
		BuildCents: 50 * billion, ChipShare: 0.7, RunningCents: billion, DebtShare: 0.8, DebtRate: 0.06, LifeYears: 6, YieldCents: 10 * billion}
}

// Reasons say, term by term, where the usual terms come from.
var Reasons = []struct{ Term, Says string }{
	{"venture rate, fee, cover and years", "assumed: no loan of this kind and size is public; a rate between those of CoreWeave's loans on chips, of about 15% for the first and 9% for later ones, with a fee and a few warrants as such lenders ask for"},
	{"vendor rate and years", "as CoreWeave's later loans on chips, about 9%; the terms of Broadcom's notes for Anthropic are not public"},
	{"build cost", "50 billion a gigawatt, about 35 of it chips, as Reuters and CNBC report of 2025 and 2026; Bernstein has 35 (October 2025), Nvidia 50 to 60"},
	{"running cost", "assumed: a gigawatt for a year at about 70 a megawatt-hour, and staff"},
	{"debt share and rate", "assumed share; 6% as CoreWeave's loan of 2026 secured by a site and an investment-grade customer, 5.9%, and IREN's notes, 5.96%; a lab without such a rating pays more"},
	{"life of chips", "six years, as Microsoft, Alphabet and CoreWeave write them off; Amazon five, critics two or three"},
	{"yield of a gigawatt", "assumed where no clause says: 10 billion of compute a year, within the 6 to 13 billion that contracts of 2025 and 2026 imply"},
}
