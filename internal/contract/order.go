// SPDX-License-Identifier: Apache-2.0

package contract

// A Stage is one place in the order of a step. Clauses attach their work to
// stages and to nothing else, so the order in which a deal's clauses are
// written never changes a result, except among clauses of one stage, which
// run in the order in which the program was given them.
type Stage int

// The stages of a step. See order for what each is for.
const (
	Signing Stage = iota
	Supply
	Pricing
	Standing
	Taking
	Billing
	Crediting
	Reckoning
	Funding
	Milestones
	Claiming
	Securing
	Covering
	Ending
	stages
)

// quoteOrder and settleOrder are the order of a step, in full. Signing is a
// half-step of its own, before the first step.
var (
	quoteOrder = [...]Stage{
		Supply,   // capacity delivered so far and what is on offer
		Pricing,  // the deal's price of the next unit
		Standing, // minimum still to be met, facilities open, exit cost
	}
	settleOrder = [...]Stage{
		Taking,     // units taken: the election, clamped to the offer
		Billing,    // spend, eligible spend, credits, make-up; what falls due is paid
		Crediting,  // prepaid credit, on what is left of the invoice for usage
		Reckoning,  // the ledger of a period that ends here
		Funding,    // tranches, draws
		Milestones, // read now, usable from the next step
		Claiming,   // what those who have failed owe
		Securing,   // set-off and collateral, before what estates pay
		Covering,   // what others pay for those who have failed, after it
		Ending,     // exit, default
	}
)

var stageNames = [stages]string{
	"signing", "supply", "pricing", "standing", "taking", "billing",
	"crediting", "reckoning", "funding", "milestones", "claiming", "securing", "covering", "ending",
}

// String is the stage's name in lower case.
func (s Stage) String() string { return stageNames[s] }
