// SPDX-License-Identifier: Apache-2.0

package contract

// A Quantity is a named number of the running step, one column over the
// lanes. Clauses meet only here: one kind of clause owns each quantity and
// writes it, any other may read it.
type Quantity int

// The quantities of a step.
const (
	Power           Quantity = iota // gigawatts delivered and running
	Promised                        // units promised for the step
	Capacity                        // units that can be delivered in the step
	Price                           // cents per unit: the deal's price of the next unit
	MinimumLeft                     // cents of eligible spend still missing from the running period's minimum
	Live                            // 1 while the agreement runs in the lane, else 0
	Exiting                         // 1 in the step in which the buyer leaves, else 0
	Defaulting                      // 1 in the step in which the buyer defaults, else 0
	Taken                           // units taken
	Spend                           // cents: units taken at the deal's price
	Eligible                        // cents of spend that count toward commitments
	Invoice                         // cents billed in the step, net of contra entries
	NotUsage                        // cents of it that were billed for something else than usage, which credits for usage do not pay
	Claim                           // cents: riskless present value of the minimums still to run
	Receivable                      // cents billed and not yet due
	Floor                           // units that the buyer must take here, as far as it needs and is offered them
	Resold                          // units taken and sold on to others
	Proceeds                        // cents that the units sold on fetch
	Supplied                        // units that the supplier serves to others under the agreement
	SuppliedWorth                   // cents that those are worth to them
	SupplierFailing                 // 1 in the step in which the supplier fails, else 0
	PromisedLater                   // units promised for the step and all later ones
	PromisedPower                   // gigawatts promised for the step
	PerUnit                         // cents per unit that are owed beside the price
	PerUnitEligible                 // of them, cents that count toward commitments
	Beside                          // cents owed beside the price in the step that count toward commitments
	Leased                          // units that the buyer can run on what it leases from others
	LeasedUsed                      // of them, units that it runs
	BorneSunk                       // share of the supplier's running cost of the units taken that others bear
	BorneScarce                     // likewise of what the units would fetch from somebody else
	BorneBuild                      // likewise of their full cost
	Delivered                       // units that count as delivered where promises are held to: capacity, and what the price makes good
	Kept                            // share of the agreement that no partial exit has ended
	Released                        // share of what is kept that ends with the step, where not all of it does
	Terminated                      // 1 in the step at whose end a notice ends the agreement, else 0
	Expiring                        // 1 in the step with which the term is over and was not extended, else 0; Exiting is 1 too
	Remaining                       // cents of minimums that fall after the step
	Blocked                         // 1 where the buyer cannot leave by its own choice, else 0
	MinimumPace                     // cents of eligible spend missing from the running period's minimum, for each step left of it
	RoundMoney                      // cents of new money, so far, of the largest round for shares of the buyer that is held in the step
	RoundPrice                      // cents a share in that round
	OthersPrice                     // cents a share in the step's round of others; 0 where there is none
	RoundLeft                       // cents of the step's round of others that nobody has taken yet
	Undiscounted                    // cents: units taken at the deal's price before discounts
	Dismissing                      // 1 in the step in which the supplier ends the agreement, else 0; Exiting is 1 too
	ByCredits                       // cents of the step's usage that credits given for shares pay for
	ByPrepaid                       // cents of it that prepaid credit pays for
	Prepaid                         // cents that are prepaid in the step
	quantities
)

var quantityNames = [quantities]string{
	"power_gw", "promised_units", "capacity_units", "price_cents", "minimum_left_cents",
	"live", "exiting", "defaulting", "taken_units", "spend_cents", "eligible_cents",
	"invoice_cents", "not_usage_cents", "claim_cents", "receivable_cents", "floor_units", "resold_units", "proceeds_cents",
	"supplied_units", "supplied_worth_cents", "supplier_failing", "promised_later_units",
	"promised_power_gw", "per_unit_cents", "per_unit_eligible_cents", "beside_cents", "leased_units", "leased_used_units",
	"borne_sunk_share", "borne_scarce_share", "borne_build_share",
	"delivered_units", "kept_share", "released_share", "terminated", "expiring", "remaining_cents", "blocked", "minimum_pace_cents",
	"round_money_cents", "round_price_cents", "others_price_cents", "round_left_cents",
	"undiscounted_cents", "dismissing", "by_credits_cents", "by_prepaid_cents", "prepaid_cents",
}

// String is the quantity's name with its unit last.
func (q Quantity) String() string { return quantityNames[q] }

// An Observable is a number of the world that a contract is told each step,
// one column over the lanes.
type Observable int

// The observables of a step.
const (
	Need            Observable = iota // units of firm need in the step
	Flexible                          // units of flexible need in the step
	FlexibleValue                     // cents per unit of flexible need
	List                              // cents per unit at the provider's list
	Market                            // cents per unit at the best alternative of equal volume and term
	Delivery                          // share of the promised capacity that is delivered, 0 to 1
	LabValue                          // cents: value of all the lab's equity without the deal
	Alive                             // 1 while the buyer is solvent, else 0
	AccruedRecovery                   // share of billed, unpaid amounts recovered on default
	ClaimRecovery                     // share of the claim for remaining minimums recovered on default
	Raised                            // cents of new money that others put into the buyer in a round of the step
	RaisedAt                          // cents that the buyer is taken to be worth before that round; 0 for its fair value
	Observables
)

var observableNames = [Observables]string{
	"need_units", "flexible_units", "flexible_value_cents", "list_cents", "market_cents",
	"delivery_share", "lab_value_cents", "alive", "accrued_recovery", "claim_recovery",
	"raised_cents", "raised_at_cents",
}

// String is the observable's name with its unit last.
func (o Observable) String() string { return observableNames[o] }

// Obs is what the world shows in one step.
type Obs struct {
	Col     [Observables][]float64 // each over the lanes
	Events  [][]float64            // by Event: 1 once the event has happened, else 0
	Index   [][]float64            // by Index: what it stands at
	Chance  [][]float64            // by Chance: 1 where it comes true and 0 where not, or the probability where runs take means
	Late    [][]float64            // by Delay: how many steps late what was promised runs
	Solvent [][]float64            // by Solvency: 1 while the party is solvent, else 0
	// Curve holds the riskless discount factors at the ends of the grid's
	// steps, seen from the valuation date; the same in all lanes. Claims are
	// valued with it.
	Curve []float64
}

// An Event is the handle of a named happening outside the agreement (a
// public listing, say) that some clause waits for.
type Event int

// An Index is the handle of a named number of the outside world that moves
// with time and that some clause looks at: revenue, a share price, a price of
// energy.
type Index int

// A Chance is the handle of something that comes true or not, once for all.
type Chance int

// A Delay is the handle of something promised from a date that may run late.
type Delay int

// A Solvency is the handle of a party that may fail.
type Solvency int
