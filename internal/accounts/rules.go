// SPDX-License-Identifier: Apache-2.0

package accounts

import "offtake/internal/calendar"

// A Rule is one rule of accounting in our own words. It is data: nothing is computed
// from it, and figures name the rule that they follow.
type Rule struct {
	ID        string
	Paragraph string        // of US GAAP; "" where there is none
	Says      string        // in short
	Effective calendar.Date // first day of the years it applies to, for public companies
	IFRS      string        // the paragraphs that correspond, not checked but for B44 to B47; "" where there is none
	Verified  string        // public text that quotes it, and which paragraphs were read there where not all were; "" where it was not checked against any
	URL       string        // of that text; "" where it is not known any more
}

// InForce tells whether the rule applies to years that have begun by a day.
func (r *Rule) InForce(on calendar.Date) bool { return !r.Effective.After(on) }

// Under is the rule's paragraph in a framework, and "" where it has none there.
func (r *Rule) Under(framework string) string {
	if framework == IFRS {
		return r.IFRS
	}
	return r.Paragraph
}

// Days from which on standards apply to years of public companies.
var (
	of606     = calendar.MustParseDate("2018-01-01") // ASU 2014-09 and 2015-14; IFRS 15; ASU 2016-01
	of842     = calendar.MustParseDate("2019-01-01") // ASU 2016-02; IFRS 16
	of2019_08 = calendar.MustParseDate("2020-01-01")
	of326     = calendar.MustParseDate("2020-01-01") // ASU 2016-13
	of2025_04 = calendar.MustParseDate("2027-01-01") // years beginning after 15 December 2026; may be adopted early
	older     = calendar.MustParseDate("2010-01-01") // in force since then at the latest
)

// Where paragraphs were read: guides that quote them. Stored copies, in November 2026,
// but for readPwC, readDeloitte and readASU, read before and not found again.
const (
	readPwC      = "PwC Viewpoint"
	readDeloitte = "Deloitte Roadmap"
	readASU      = "ASU 2025-04"

	dart      = "https://dart.deloitte.com/USDART/home/codification/"
	revenue   = dart + "revenue/asc606-10/roadmap-revenue-recognition/"
	viewpoint = "https://viewpoint.pwc.com/dt/us/en/"
)

// Rules are all rules that the figures follow or that may bear on a deal, the supplier's
// first.
func Rules() []Rule {
	return append(append(supplierRules(), investorRules()...), buyerRules()...)
}

func supplierRules() []Rule {
	return []Rule{
		{"combine", "606-10-25-9", "contracts signed at about the same time with one customer are one contract if they were negotiated as a package, or one sets the price of the other", of606, "IFRS 15.17", "Deloitte, Roadmap Revenue Recognition, 4.7",
			revenue + "chapter-4-step-1-identify-contract/4-7-combining-contracts"},
		{"other-topics", "606-10-15-4", "what falls under other topics, such as shares, is measured under those first; the rest is revenue", of606, "IFRS 15.7", "", ""},
		{"collectable", "606-10-25-1(e)", "there is a contract only if it is probable that the customer will pay", of606, "IFRS 15.9(e)", "", ""},
		{"remaining", "606-10-50-13 to 15", "tell the price of what is still to be performed and when; usage above a minimum, options and leases are not in it", of606, "IFRS 15.120 to 122", "TRG memo 40, July 2015",
			"https://studylib.net/doc/18768493/measuring-progress"},
		{"payable-to-customer", "606-10-32-25", "cash, credits and shares given to a customer lower the price, unless they buy something distinct", of606, "IFRS 15.70", "Deloitte, Roadmap Revenue Recognition, 6.6 (in its words); PwC Viewpoint",
			revenue + "chapter-6-step-3-determine-transaction/6-6-consideration-payable-a-customer"},
		{"above-fair-value", "606-10-32-26", "what is paid above fair value lowers the price; if fair value cannot be estimated, all of it does", of606, "IFRS 15.71", readDeloitte, ""},
		{"when-lowered", "606-10-32-27", "the reduction is recognised when the revenue is, or the payment promised, whichever is later", of606, "IFRS 15.72", readDeloitte, ""},
		{"shares-to-customer", "606-10-32-25A; 718", "shares and warrants given to a customer are measured at their grant date", of2019_08, "IFRS 15.70", readPwC, ""},
		{"vesting-on-purchases", "606-10-32-25A; 718 as of ASU 2025-04", "that a customer's warrant vests by its purchases is a condition of performance", of2025_04, "", readASU, ""},
		{"noncash", "606-10-32-21 to 24", "shares or warrants received from a customer count at fair value when the contract begins", of606, "IFRS 15.66 to 69", readDeloitte, ""},
		{"variable", "606-10-32-5 to 14", "amounts that vary are estimated, and counted as far as they will probably not be reversed", of606, "IFRS 15.50 to 59", readDeloitte, ""},
		{"financing", "606-10-32-15 to 20", "what is paid long before the service holds interest; up to a year need not be looked at", of606, "IFRS 15.60 to 65", "PwC Viewpoint, FASB staff question 35 (32-15, 32-17 and 32-18)",
			viewpoint + "fasb_financial_accou/trg_revenue/trg_revenue_US/revenue-recognition-implementation-q-as/STEP_3DETERMINE_THE_TRANSACTION_PRICE_31/Question_35_42.html"},
		{"breakage", "606-10-55-46 to 49", "rights paid for and not expected to be used are revenue in proportion to those used", of606, "IFRS 15.B44 to B47", "Deloitte, Roadmap Revenue Recognition, 8.8",
			revenue + "chapter-8-step-5-determine-when/8-8-customers-unexercised-rights-breakage"},
		{"material-right", "606-10-55-41 to 45", "a right to buy more on better terms is an obligation of its own", of606, "IFRS 15.B39 to B43", "", ""},
		{"identified-asset", "842-10-15-3 to 16", "it is a lease if the buyer controls the use of an asset that the supplier cannot in practice substitute", of842, "IFRS 16.9, B9 to B31", "Deloitte, Roadmap Leasing, 3.3 (15-9); PwC, lease guide, 2.3.1 (15-5, 15-10)",
			dart + "broad-transactions/asc842-10/roadmap-leasing/chapter-3-identifying-a-lease/3-3-identified-asset"},
		{"classification", "842-10-25-2, 55-2", "by practice a lease is one of finance from 75% of the life, or from 90% of the value", of842, "IFRS 16.61 to 66", "Occupier, how to perform the lease classification test (25-2 and 75%; 90% not checked)",
			"https://help.occupier.com/knowledge/how-to-perform-the-lease-classification-test"},
		{"losses", "326-20-30", "losses expected on receivables and contract assets are booked at once", of326, "IFRS 9.5.5", "", ""},
		{"concentration", "280-10-50-42; 275-10-50-16", "tell of customers that bring 10% of revenue or more, and of concentrations that could hurt", older, "IFRS 8.34", "Deloitte, Roadmap Segment Reporting, 5.7 (280-10-50-42; 275-10 not checked)",
			dart + "presentation/asc280-10/roadmap-segment-reporting/chapter-5-entity-wide-disclosures/5-7-information-about-major-customers"},
	}
}

func investorRules() []Rule {
	return []Rule{
		{"equity-method", "323-10-15-6 to 8", "with significant influence, which 20% of votes suggest, the equity method applies", older, "IAS 28.5", "", ""},
		{"elimination", "323-10-35-7 to 11", "an investor's part of a profit on what either still has as an asset is not income yet", older, "IAS 28.28", readPwC, ""},
		{"fair-value", "321-10-35-1; 820-10-30-3A", "other shares are at fair value, or at cost less impairment and with observed prices; a price paid beside another contract may not be fair value", of606, "IFRS 9.5.1.1, B5.1.1; IFRS 13.57 to 60", "", ""},
		{"variable-interest", "810-10-25-38A; 850-10-50", "who controls an entity without votes consolidates it; related parties are told of", older, "IFRS 10; IAS 24", "", ""},
	}
}

func buyerRules() []Rule {
	return []Rule{
		{"from-vendor", "705-20-25", "what a vendor pays its customer lowers the cost of what is bought, unless it buys something distinct", of606, "IAS 2.11", "", ""},
		{"purchase-obligations", "440-10-50-2 to 5", "tell of purchases that cannot be escaped: the amounts of each of the next five years", older, "IAS 16.74(c)", "PwC Viewpoint, Financial statement presentation, 23.3 (50-2; the five years not checked)",
			viewpoint + "pwc/accounting_guides/financial_statement_/financial_statement___18_US/chapter_23_commitmen_US/233_commitments_US.html"},
		{"lessee", "842-20-25, 30", "the lessee books the present value of its fixed payments as a liability, and the right of use as an asset", of842, "IFRS 16.22 to 27", "", ""},
		{"onerous", "", "a contract that costs more than it brings is provided for", older, "IAS 37.66 to 69", "", ""},
	}
}
