// SPDX-License-Identifier: Apache-2.0

package deal

// The codes of this package; Codes has them all, with those of clauses, the world and
// the readers.
const (
	codeVersion         = "VERSION"
	codeCurrency        = "CURRENCY-UNKNOWN"
	codeTerm            = "TERM-STEPS"
	codeSignedEnd       = "SIGNED-AFTER-END"
	codeSignedLate      = "SIGNED-AFTER-START"
	codeBuyer           = "PARTY-BUYER"
	codeSupplier        = "PARTY-SUPPLIER"
	codePartySame       = "PARTY-SAME"
	codeKey             = "NAME-FORM"
	codeClauses         = "CLAUSES-FORM"
	codeClausesMany     = "CLAUSES-MANY"
	codeClauseForm      = "CLAUSE-FORM"
	codeClauseKind      = "CLAUSE-KIND"
	codeClauseTwice     = "CLAUSE-TWICE"
	codeMinimumCapacity = "MINIMUM-OVER-CAPACITY"
	codeEventNever      = "EVENT-NEVER"
	codeEventLate       = "EVENT-LATE"
	codeVestingNever    = "VESTING-NEVER"
	codeValueRound      = "VALUE-AFTER-ROUND"
	codeShares          = "EXISTING-SHARES"
	codeElsewhereTwice  = "ELSEWHERE-TWICE"
	codeTableLength     = "TABLE-LENGTH"
	codeURL             = "SOURCE-URL"
	codeSourceUnknown   = "SOURCE-UNKNOWN"
	codeSourceMissing   = "SOURCE-MISSING"
	codeFactAssumed     = "FACT-ASSUMED"
	codePath            = "PATH-UNKNOWN"
	codeDate            = "DATE-OUTSIDE-TERM"
	codeOrder           = "AMENDMENT-ORDER"
	codeNothing         = "CHANGE-NOTHING"
	codeFixed           = "CHANGE-FIXED"
	codeOverlap         = "CHANGE-OVERLAP"
	codeChangesMany     = "CHANGES-MANY"
	codeAlternative     = "ALTERNATIVE-UNKNOWN"
	codeScenario        = "SCENARIO-UNKNOWN"
	codeScenarioPath    = "SCENARIO-PATH"
	codeAsOf            = "AS-OF-BEFORE"
	codeEdit            = "EDIT-HERE"
)

// follows says from what else that is wrong a fault may follow.
type follows int

const (
	ofNothing follows = iota
	ofClauses         // another clause that cannot be read
	ofParties         // parties that are not known
	ofWorld           // a world that cannot be read
)

// A Code is the name of one kind of diagnostic and what it means.
type Code struct {
	Name    string
	Meaning string
	follows follows
}

// Codes are all kinds of diagnostic that a deal file can get, in groups: the text,
// single values, the deal, clauses, the world, edits.
var Codes = []Code{
	{Name: "FILE-SIZE", Meaning: "the file is longer than any deal"},
	{Name: "FILE-UTF8", Meaning: "the file is not UTF-8"},
	{Name: "FILE-CONTROL", Meaning: "the file has a character that no text has"},
	{Name: "FILE-EMPTY", Meaning: "the file says nothing"},
	{Name: "FAULTS-MANY", Meaning: "there are more diagnostics than are kept"},
	{Name: "YAML-SYNTAX", Meaning: "the file cannot be read as YAML"},
	{Name: "YAML-DEPTH", Meaning: "values are nested too deep"},
	{Name: "YAML-ANCHOR", Meaning: "an anchor (&name), which is not read"},
	{Name: "YAML-ALIAS", Meaning: "an alias (*name), which is not read"},
	{Name: "YAML-MERGE", Meaning: "a merge key (<<), which is not read"},
	{Name: "YAML-TAG", Meaning: "a tag (!name), which is not read"},
	{Name: "YAML-DIRECTIVE", Meaning: "a directive (%name), which is not read"},
	{Name: "YAML-DOCUMENTS", Meaning: "a second document in the file"},
	{Name: "YAML-KEY", Meaning: "a name before a colon is not plain text"},
	{Name: "YAML-KEY-TWICE", Meaning: "a name stands twice in one mapping"},

	{Name: "FIELD-UNKNOWN", Meaning: "there is no field of that name here"},
	{Name: "FIELD-MISSING", Meaning: "a field that must be given is not"},
	{Name: "FIELD-EMPTY", Meaning: "a field has no value"},
	{Name: "FIELD-KIND", Meaning: "a value, a mapping and a list are confused"},
	{Name: "LIST-EMPTY", Meaning: "a list has no elements"},
	{Name: "ONE-OF-NONE", Meaning: "none of several fields is given, and one must be"},
	{Name: "ONE-OF-TWICE", Meaning: "two of several fields are given, and one may be"},
	{Name: "CHOICE-UNKNOWN", Meaning: "the word is not among those that the field takes"},
	{Name: "PARTY-UNKNOWN", Meaning: "there is no party of that name", follows: ofParties},
	{Name: "REF-UNKNOWN", Meaning: "there is no clause of that id"},
	{Name: "QUALIFIER-HERE", Meaning: "at least, up to or about stands where a value alone is taken"},
	{Name: "VALUE-TOO-LOW", Meaning: "a number is below what makes sense: a negative price, a share of nothing"},
	{Name: "VALUE-TOO-HIGH", Meaning: "a number is above what makes sense: a take share or a discount above 100%"},
	{Name: "TEXT-FORM", Meaning: "a text is not what its field takes"},
	{Name: "AMOUNT-FORM", Meaning: "not an amount of money, such as 5B"},
	{Name: "RATE-FORM", Meaning: "not a rate, such as 25%"},
	{Name: "NUMBER-FORM", Meaning: "not a number"},
	{Name: "COUNT-FORM", Meaning: "not a whole number"},
	{Name: "DATE-FORM", Meaning: "not a date, such as 2026-05-01"},
	{Name: "SPAN-FORM", Meaning: "not a length of time, such as 10y"},
	{Name: "FLAG-FORM", Meaning: "neither true nor false"},
	{Name: "NAME-FORM", Meaning: "a short name has characters that it may not have"},

	{Name: "VERSION", Meaning: "the version of the file format is not known"},
	{Name: "CURRENCY-UNKNOWN", Meaning: "the currency is not known, or has no hundredths"},
	{Name: "TERM-STEPS", Meaning: "the term is not a whole number of steps"},
	{Name: "SIGNED-AFTER-END", Meaning: "the deal is signed when its term is over"},
	{Name: "SIGNED-AFTER-START", Meaning: "the deal is signed after its term has begun (a warning)"},
	{Name: "PARTY-BUYER", Meaning: "there is no buyer, or more than one"},
	{Name: "PARTY-SUPPLIER", Meaning: "there is no supplier, or more than one"},
	{Name: "CLAUSES-FORM", Meaning: "clauses is no list of clauses"},
	{Name: "CLAUSES-MANY", Meaning: "there are more clauses than any deal has"},
	{Name: "CLAUSE-FORM", Meaning: "an element of clauses is not one kind with its fields"},
	{Name: "CLAUSE-KIND", Meaning: "there is no clause of that kind"},
	{Name: "CLAUSE-TWICE", Meaning: "two clauses have one id"},
	{Name: "EXISTING-SHARES", Meaning: "stakes in one company add up to more than all of it"},
	{Name: "ELSEWHERE-TWICE", Meaning: "two minimums elsewhere have one id"},
	{Name: "LIFE-NOTHING", Meaning: "what is built or leased lasts no time"},
	{Name: "SOURCE-URL", Meaning: "a source's url is no address of a page"},
	{Name: "SOURCE-UNKNOWN", Meaning: "there is no source of that name"},
	{Name: "SOURCE-MISSING", Meaning: "a fact names no source"},
	{Name: "FACT-ASSUMED", Meaning: "a path is both a fact and an assumption"},
	{Name: "PATH-UNKNOWN", Meaning: "the file has nothing at that path"},
	{Name: "AMENDMENT-ORDER", Meaning: "amendments are not in the order of their dates"},
	{Name: "CHANGE-NOTHING", Meaning: "an amendment, alternative or scenario restates nothing"},
	{Name: "CHANGE-FIXED", Meaning: "an amendment, alternative or scenario restates what cannot be restated"},
	{Name: "CHANGE-OVERLAP", Meaning: "an amendment, alternative or scenario sets a value and something inside it"},
	{Name: "CHANGES-MANY", Meaning: "the deal is restated more often than any deal is"},
	{Name: "ALTERNATIVE-UNKNOWN", Meaning: "there is no alternative of that name"},
	{Name: "SCENARIO-UNKNOWN", Meaning: "there is no scenario of that name"},
	{Name: "SCENARIO-PATH", Meaning: "a scenario sets what is neither of the world nor of the policy"},
	{Name: "AS-OF-BEFORE", Meaning: "the deal is asked for as of a day before its signing"},
	{Name: "DATE-OUTSIDE-TERM", Meaning: "a date lies outside the term"},
	{Name: "INDEX-UNKNOWN", Meaning: "the world does not give an index that a clause looks at", follows: ofWorld},
	{Name: "LADDER-ORDER", Meaning: "levels of exclusivity are not in the order of their dates"},
	{Name: "GRANT-TWICE", Meaning: "the day of a grant is stated twice"},
	{Name: "GRANT-OWN", Meaning: "a grant is of the buyer's own stock", follows: ofParties},
	{Name: "RIGHT-BLOCKS", Meaning: "a right binds a party that did not grant it", follows: ofParties},
	{Name: "SHARE-PRICE-OWN", Meaning: "a price is given for shares whose value the world gives", follows: ofParties},
	{Name: "SHARE-PRICE-MISSING", Meaning: "nothing gives the price of the shares of a warrant", follows: ofParties},
	{Name: "BACKSTOP-BUYER", Meaning: "the buyer is to buy what it does not take itself"},
	{Name: "BACKSTOP-NOTHING", Meaning: "a backstop buys what is left of capacity, and none is promised", follows: ofClauses},
	{Name: "COLLATERAL-NOTHING", Meaning: "a share of minimums is locked, and there is no minimum", follows: ofClauses},
	{Name: "RELEASE-OVER", Meaning: "more collateral is set free than was locked"},
	{Name: "CROSS-DUE", Meaning: "a clause that is not repaid is to fall due", follows: ofClauses},
	{Name: "CROSS-NOTHING", Meaning: "a failure reaches a clause under which nothing can be drawn (a warning)", follows: ofClauses},
	{Name: "DAMAGES-NOTHING", Meaning: "damages are owed for capacity that nobody promises (a warning)", follows: ofClauses},
	{Name: "DEFAULT-RUNS-ON", Meaning: "a default clause lets the contract run on and says what is owed because it ends"},
	{Name: "DEFAULT-TWICE", Meaning: "two clauses deal with the same failure", follows: ofClauses},
	{Name: "DEFAULT-WHOSE", Meaning: "a default clause states what cannot follow from the failure of that party", follows: ofParties},
	{Name: "DECLINE-ORDER", Meaning: "the steps by which a guarantee falls are not in the order of their dates"},
	{Name: "GUARANTEE-ASSUME", Meaning: "a contract without a minimum is to be taken over", follows: ofClauses},
	{Name: "GUARANTEE-CAP", Meaning: "something is stated of the cap of a guarantee that has none"},
	{Name: "GUARANTEE-FEE", Meaning: "the fee of a guarantee is nothing"},
	{Name: "GUARANTEE-FOR", Meaning: "a guarantee is given in return for itself"},
	{Name: "GUARANTEE-OWN", Meaning: "somebody guarantees its own debt", follows: ofClauses},
	{Name: "LOAN-MATURES", Meaning: "a loan is repaid before it is paid out"},
	{Name: "LOAN-ONLY-FOR", Meaning: "a loan is only for bills that its borrower does not pay", follows: ofParties},
	{Name: "LOAN-PIK-LEVEL", Meaning: "interest is both added to a loan and part of a level payment"},
	{Name: "LOAN-TABLE", Meaning: "the table by which a loan is repaid does not repay it"},
	{Name: "WINDOW-EMPTY", Meaning: "between its dates a clause is never in force"},
	{Name: "EVENT-UNKNOWN", Meaning: "the world does not say when an event happens", follows: ofWorld},
	{Name: "FAILURE-BUYER", Meaning: "how the buyer fails is stated among the failures of others", follows: ofParties},

	{Name: "PARTY-ROLE", Meaning: "a clause runs from or to a party that it cannot run from or to", follows: ofParties},
	{Name: "PARTY-SAME", Meaning: "a party deals with itself"},
	{Name: "PRICE-SECOND", Meaning: "two clauses state the price of the same days", follows: ofClauses},
	{Name: "PRICE-NET", Meaning: "two prices are due after different times"},
	{Name: "PRICE-GAP", Meaning: "for some days no clause states the price (a warning)", follows: ofClauses},
	{Name: "INTRO-PRICE", Meaning: "an introductory price is stated in no way, or in two"},
	{Name: "INTRO-ORDER", Meaning: "introductory prices are not listed in the order of their ends"},
	{Name: "INDEXED-NOT-FIXED", Meaning: "a price that moves with list is to move with an index too"},
	{Name: "COLLAR-CROSSED", Meaning: "a floor is above its cap"},
	{Name: "REBASE-NOTHING", Meaning: "a cut of the list price changes nothing of what is kept"},
	{Name: "REVIEW-TIERS", Meaning: "a price with tiers is to be reviewed"},
	{Name: "REVIEW-INDEX", Meaning: "a review names no index and needs one, or names one and needs none"},
	{Name: "REVIEW-NEVER", Meaning: "a price is never reviewed (no time between reviews, or a warning)"},
	{Name: "PRICE-TWICE", Meaning: "a price is stated in two ways"},
	{Name: "TIER-MISSING", Meaning: "a price is retroactive and has no tiers"},
	{Name: "TIER-ORDER", Meaning: "tiers are not listed from the lowest spend to the highest"},
	{Name: "CHARGE-BASIS", Meaning: "a charge that is not for power says which power"},
	{Name: "CHARGE-POWER", Meaning: "a charge is for power, and no clause promises any", follows: ofClauses},
	{Name: "RAMP-ORDER", Meaning: "the shares of a ramp are not listed in the order of their ends"},
	{Name: "HARDWARE-POWER", Meaning: "machines are paid for as power is delivered, and no clause promises any", follows: ofClauses},
	{Name: "HARDWARE-COST-TWICE", Meaning: "what is prepaid is to lower the supplier's cost too"},
	{Name: "HARDWARE-NOTHING", Meaning: "the buyer pays for machines and has nothing for it (a warning)"},
	{Name: "HARDWARE-RESIDUAL", Meaning: "what machines are worth at the end is stated, and changes hands nowhere (a warning)"},
	{Name: "LOWERED-OVER", Meaning: "clauses together take more than all off the price, or off a cost", follows: ofClauses},
	{Name: "LEASE-TERM", Meaning: "a lease has no length"},
	{Name: "LEASE-BEYOND", Meaning: "a lease runs beyond the deal (a warning)"},
	{Name: "LEASE-PARTY", Meaning: "a lease states what only other parties can agree", follows: ofParties},
	{Name: "LEASE-NOTHING", Meaning: "rent is paid to a third party, and what for does nothing in the deal (a warning)"},
	{Name: "LEASE-POWER", Meaning: "a lease states something for each gigawatt and no power, or power and nothing for it"},
	{Name: "LEASE-OUTLAY", Meaning: "a lease saves the supplier a cost that nobody bears"},
	{Name: "LEASE-RESIDUAL", Meaning: "what a thing let is worth at the end is missing, or has no use"},
	{Name: "NET-STEP", Meaning: "payment terms are not whole steps of the grid"},
	{Name: "CAPACITY-CONSTANT", Meaning: "one kind of chip stays unchanged over a long term (a warning)"},
	{Name: "CAPACITY-BEYOND", Meaning: "capacity grows beyond what can be counted"},
	{Name: "POWER-NEVER", Meaning: "a facility waits for more power than is promised", follows: ofClauses},
	{Name: "OPENS-TWICE", Meaning: "a part of a facility is opened both by power and by a date"},
	{Name: "OPENS-OVER-LIMIT", Meaning: "the parts of a facility add up to more than its limit"},
	{Name: "COMMITMENTS-PARALLEL", Meaning: "two commitments count the same spend (a warning)", follows: ofClauses},
	{Name: "LEAVE-NO-RIGHT", Meaning: "the policy leaves, and no clause lets the buyer leave (a warning)"},
	{Name: "NOTICE-LATE", Meaning: "notice given as early as allowed ends only when the term is over"},
	{Name: "OPTION-NOTHING", Meaning: "an option on more capacity where none is promised", follows: ofClauses},
	{Name: "RESALE-NOTHING", Meaning: "a right to sell on capacity where none is promised", follows: ofClauses},
	{Name: "LATE-NOTHING", Meaning: "a right to end the agreement for late delivery where nothing is promised", follows: ofClauses},
	{Name: "GRACE-LONG", Meaning: "damages for delay have a time of grace as long as the term"},
	{Name: "SWITCHING-NOTICE", Meaning: "notice of switching is longer than the Data Act allows (a warning)"},
	{Name: "EXTENSION-TWICE", Meaning: "two clauses extend the term"},
	{Name: "EXTENSION-OF", Meaning: "an extension is of a commitment that ends on its own"},
	{Name: "EXTENSION-WHICH", Meaning: "an extension states an amount, and several commitments go on"},
	{Name: "SALE-HOLDER", Meaning: "a sale is of shares that its holder does not buy"},
	{Name: "SALE-PREFERENCE", Meaning: "a sale is of shares with a preference"},
	{Name: "SALE-TWICE", Meaning: "the shares of a clause are on sale twice"},
	{Name: "SWITCHING-TRANSITION", Meaning: "the transition of switching is longer than the Data Act allows (a warning)"},
	{Name: "HURDLE-UNUSED", Meaning: "a hurdle rate of a party whose flows are not discounted at it (a warning)"},
	{Name: "OPENS-BELOW-LIMIT", Meaning: "the parts of a facility add up to less than its limit (a warning)"},
	{Name: "SPAN-MONTHS", Meaning: "a length of time is not whole months or steps"},
	{Name: "EVENT-NEVER", Meaning: "a facility waits for an event that the world does not have (a warning)"},
	{Name: "EVENT-LATE", Meaning: "a clause pays on stated days alone, and the event on which it is conditional comes after them (a warning)"},
	{Name: "VESTING-NEVER", Meaning: "a part of a warrant asks for what cannot come while it runs (a warning)"},
	{Name: "ROUND-TOO-SMALL", Meaning: "a financing round is smaller than the cheque in it"},
	{Name: "SHARE-PRICE-TWICE", Meaning: "the price of shares is stated in two ways"},
	{Name: "ROUND-LEAD", Meaning: "a round is led by a clause that takes part in another, or by two", follows: ofClauses},
	{Name: "DATES-ORDER", Meaning: "dates of payment are not listed from the first to the last"},
	{Name: "PER-GW-ORDER", Meaning: "what opens per gigawatt ends before it begins"},
	{Name: "OPENS-LEVEL", Meaning: "a part of a facility says an index without a level, or a level of nothing"},
	{Name: "OPENS-BY", Meaning: "a part of a facility that opens on a date has a last day as well"},
	{Name: "SECURITY-SAME", Meaning: "the security after the event is that before it"},
	{Name: "SHARES-NONE", Meaning: "terms of shares are given where there are none"},
	{Name: "NOTE-PARTIES", Meaning: "a facility draws into a note between others", follows: ofClauses},
	{Name: "NOTE-NONE", Meaning: "a facility names a note and every draw buys shares"},
	{Name: "REDUCED-BY-OTHER", Meaning: "a facility is lowered by what somebody else pays", follows: ofClauses},
	{Name: "NOTE-EMPTY", Meaning: "nothing is lent on a note (a warning)", follows: ofClauses},
	{Name: "CONVERSION-NEVER", Meaning: "a note that may convert never does"},
	{Name: "CREDITS-NOT-SUPPLIER", Meaning: "shares are paid for in credits by somebody who supplies no compute", follows: ofParties},
	{Name: "PERIOD-STEP", Meaning: "a period is not a whole number of steps"},
	{Name: "SCHEDULE-SUM", Meaning: "a schedule does not add up to the total"},
	{Name: "SCHEDULE-LENGTH", Meaning: "a schedule's table has the wrong number of amounts"},
	{Name: "SCHEDULE-WIDTH", Meaning: "a schedule's S-curve has no width"},
	{Name: "THRESHOLD-BELOW-TAKE", Meaning: "carry-forward begins below what must be paid for"},
	{Name: "REMEDY-TWICE", Meaning: "a deficiency comes back in two ways"},
	{Name: "REMEDY-NO-LATER", Meaning: "a remedy has no later period to work in"},
	{Name: "DEFERRAL-NO-NEXT", Meaning: "a minimum is put off from a period that has none after it"},
	{Name: "REF-KIND", Meaning: "a clause of another kind is named", follows: ofClauses},
	{Name: "REF-CIRCLE", Meaning: "commitments refer to each other in a circle", follows: ofClauses},
	{Name: "STACK-TWICE", Meaning: "a commitment is both within one and after one"},
	{Name: "NEST-PERIOD", Meaning: "a commitment's period is longer than that of the one around it", follows: ofClauses},
	{Name: "MILESTONE-SCHEDULE", Meaning: "milestones stand beside what they stand in place of"},
	{Name: "MILESTONE-ORDER", Meaning: "milestones are not in the order of their dates, or two fall in one step"},
	{Name: "RUN-ON-LATE", Meaning: "a commitment runs on beyond the term of the deal"},
	{Name: "STACK-ALONE", Meaning: "a commitment says how it comes after another, and names none"},
	{Name: "COUNTS-AFTER", Meaning: "a commitment says what counts, where the one below it does"},
	{Name: "CATEGORY-SHARES", Meaning: "kinds of usage add up to more than all of it"},
	{Name: "HOUR-LOAD", Meaning: "a load is stated and the minimum is not by the hour"},
	{Name: "HOUR-REMEDY", Meaning: "a minimum by the hour has a remedy, a run-on or another settlement"},
	{Name: "SURVIVES-EXIT", Meaning: "a commitment that survives the buyer's leaving has a fee for it"},
	{Name: "PREPAID-PARTS", Meaning: "the parts of a prepayment are more than all of it"},
	{Name: "PREPAID-TIMES", Meaning: "a prepayment is paid both at times of its own and before deliveries"},
	{Name: "PREPAID-DELIVERY", Meaning: "a prepayment is paid before deliveries, and none is promised", follows: ofClauses},
	{Name: "CREDIT-OVER", Meaning: "the time over which a prepayment is credited is missing, or has no use"},
	{Name: "AVAILABILITY-REMEDY", Meaning: "what is paid for availability has a remedy for deficiency"},
	{Name: "AVAILABILITY-NOTHING", Meaning: "availability is paid for and nothing is made available", follows: ofClauses},
	{Name: "MINIMUM-OVER-CAPACITY", Meaning: "a minimum is more than the promised capacity costs at the fixed price or at list (a warning)"},

	{Name: "NUMBER-CERTAIN", Meaning: "a number that must be certain is given as an interval"},
	{Name: "INTERVAL-UNIT", Meaning: "of an interval only the high end has a unit or a suffix"},
	{Name: "INTERVAL-ORDER", Meaning: "the low end of an interval is not below the high one"},
	{Name: "INTERVAL-ZERO", Meaning: "an interval of what cannot be negative begins at 0"},
	{Name: "DISTRIBUTION-ORDER", Meaning: "the low, likely and high values of a distribution are not in order"},
	{Name: "DISTRIBUTION-BEYOND", Meaning: "most of a distribution lies beyond its field's limits"},
	{Name: "PROBABILITY-SUM", Meaning: "the probabilities of a distribution do not add up to one"},
	{Name: "GENERATION-ORDER", Meaning: "generations of chips are not in the order of their days"},
	{Name: "REGIME-STATES", Meaning: "the regimes of the world are no two to eight states with one rate from each to each other"},
	{Name: "REGIME-UNKNOWN", Meaning: "there is no regime of that name"},
	{Name: "REGIME-MISSING", Meaning: "a process moves by regimes, and the world has none or it leaves one out"},
	{Name: "CORRELATION-PAIR", Meaning: "a correlation is not between two numbers that processes move, or is stated twice"},
	{Name: "CORRELATION-STILL", Meaning: "a correlation is of a number that no noise moves"},
	{Name: "CORRELATION-MATRIX", Meaning: "no numbers can have all of these correlations at once"},
	{Name: "FOLLOWS-STILL", Meaning: "a hazard follows a number that does not move"},
	{Name: "DEFAULT-HOW", Meaning: "it is not said how the buyer fails"},
	{Name: "CASH-WEIGHTED", Meaning: "default by cash that runs out is not in the mode simulated"},
	{Name: "CASH-SHORT", Meaning: "the lab starts with less cash than the least that it must have"},
	{Name: "ROUND-STEP", Meaning: "two rounds of others fall in one step"},
	{Name: "TABLE-LENGTH", Meaning: "a table has not one number for each contract year"},
	{Name: "PROCESS-HERE", Meaning: "a process is not possible for this number"},
	{Name: "VALUE-TWICE", Meaning: "the lab's value contains the deal, and feedback would count it again"},
	{Name: "VALUE-AFTER-ROUND", Meaning: "the lab's value is that after a round of this deal (a warning)"},
	{Name: "VALUE-MISSING", Meaning: "what unmet need is worth is not given"},
	{Name: "COST-MISSING", Meaning: "the headline cost is not given"},
	{Name: "DELAY-UNKNOWN", Meaning: "something is late that no clause promises", follows: ofClauses},
	{Name: "DELIVERY-ABOVE-1", Meaning: "more than the promised capacity is delivered"},

	{Name: "EXPECT-MISSED", Meaning: "a measure has another value than is expected"},
	{Name: "EXPECT-UNDEFINED", Meaning: "a measure that is expected is not defined: of rates of return there is none, or several"},
	{Name: "EXPECT-UNKNOWN", Meaning: "the deal has no measure of that name"},
	{Name: "EXPECT-SEVERAL", Meaning: "the deal has several measures of that name"},
	{Name: "EXPECT-FORM", Meaning: "the deal cannot take the form that is expected of it"},
	{Name: "EDIT-HERE", Meaning: "a value cannot be set at that path"},
}
