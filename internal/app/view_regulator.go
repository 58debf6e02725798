// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"slices"
	"strings"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/report"
	"offtake/internal/unit"
	"offtake/internal/value/estimate"
)

// A Flag is one concern, measured.
type Flag struct {
	Name      string
	State     string // raised, not raised or unknown
	Threshold string // what raises it, and where that comes from
	Answer
}

// The states of a flag.
const (
	raised    = "raised"
	notRaised = "not raised"
	unknown   = "unknown"
)

func stateOf(is bool) string {
	if is {
		return raised
	}
	return notRaised
}

// What raises flags. The concerns are those of the United States' Federal Trade Commission
// 2025, "Partnerships between cloud service providers and AI developers" (staff report
// under section 6(b)), and of the United Kingdom's Competition and Markets Authority 2024,
// "AI foundation models: technical update report". Neither states numbers: where no other
// rule does, the number is ours.
const (
	notifiedStake   = 0.10 // 16 CFR 802.9: up to it, an acquisition for investment alone need not be notified
	looksAtStake    = 0.15 // Competition and Markets Authority, CMA2: from it a stake may be looked at for material influence
	allComesBack    = 1.0  // ours: as much is to be spent as is put in
	mostOfNeed      = 0.5  // ours
	majorCustomer   = 0.1  // ASC 280-10-50-42: a customer of so much revenue is disclosed
	longestNoticeMo = 2    // Regulation (EU) 2023/2854, article 25: the longest notice to switch, in months
)

// freeSwitching is from when charges for switching are banned: article 29 of the same.
var freeSwitching = calendar.MustParseDate("2027-01-12")

// regulator are the flags, and concentration where shares of markets are given.
func (v *View) regulator() error {
	v.Flags = []Flag{v.control(), v.exclusive(), v.requiredSpend(), v.shareOfNeed(), v.information(), v.switchingCosts(), v.dependence(), v.cheaperInputs(), v.earnings(), v.doubleRole()}
	for _, f := range v.Flags {
		a := f.Answer
		a.Assumed = strings.TrimSpace("Flag: " + f.State + ". " + f.Threshold + " " + a.Assumed)
		v.Answers = append(v.Answers, a)
	}
	concentration, err := v.concentration()
	if err != nil {
		return err
	}
	v.Answers = append(v.Answers, concentration...)
	return nil
}

// flagTable is all flags at a glance.
func (v *View) flagTable() report.Section {
	t := report.Table{Columns: []report.Column{{Title: "Concern"}, {Title: "Flag", Align: report.AlignLeft}, {Title: "What is measured", Align: report.AlignLeft, MinWidth: 32}}}
	for _, f := range v.Flags {
		row := report.Row(f.Name, f.State, f.Says)
		row[1].Strong = f.State == raised
		t.Rows = append(t.Rows, row)
	}
	return report.Section{Title: "Flags", Note: "A flag says that a threshold is met, and no more: whether competition is harmed is for others to judge.", Blocks: []report.Block{t}}
}

// rightsOf are clauses that grant the supplier some kinds of right.
func (v *View) rightsOf(what ...string) []string {
	return v.of(func(c clause.Clause) bool {
		x := c.(*clause.Right)
		return x.Head().To == v.run.Deal.Supplier() && slices.Contains(what, x.What)
	}, "right")
}

// control is the stake, and rights to a say.
func (v *View) control() Flag {
	r := v.run
	stake := r.reading("stake_after", r.Deal.Supplier(), "", 0, noShares)
	say := v.rightsOf("board_seat", "observer", "consent", "consultation")
	votes := v.of(func(c clause.Clause) bool { x := c.(*clause.Equity); return x.Voting == "voting" }, "equity")
	return controlFlag(stake, say, votes, v.cloudName(), v.labName())
}

// controlFlag is raised from a stake of a tenth on, or by a right to a say.
func controlFlag(stake Reading, say, votes []string, cloud, lab string) Flag {
	f := Flag{Name: "Control", Threshold: fmt.Sprintf("Raised from a stake of %s on, whether it votes or not (16 CFR 802.9 has it of votes), or by a right to a seat, to observe, to consent or to be consulted. A stake may be looked at from %s on (CMA2), and significant influence is presumed from %s of votes (ASC 323-10-15-8, IAS 28.5).",
		unit.FormatRate(notifiedStake), unit.FormatRate(looksAtStake), unit.FormatRate(presumed)), Answer: Answer{Question: "Does it give control?", Clauses: slices.Concat(say, votes)}}
	held := 0.0
	if stake.Value != nil {
		held = *stake.Value
	}
	f.Says = fmt.Sprintf("%s holds no share of %s by this file", cloud, lab)
	if held > 0 {
		f.Says = fmt.Sprintf("%s comes to hold %s of %s", cloud, stake.Text, lab)
		if len(votes) == 0 {
			f.Says += ", without votes by this deal"
		}
	}
	f.Says += "; it has no right to a say."
	if len(say) > 0 {
		f.Says = strings.TrimSuffix(f.Says, "it has no right to a say.") + "it has a say by " + enumerate(say) + "."
	}
	f.Figures = []Told{{"share after the deal", stake}, {"rights to a say", stated(fmt.Sprint(len(say)))}}
	f.State = stateOf(held >= notifiedStake || len(say) > 0)
	f.Rests = []string{"existing", "world.lab_value"}
	return f
}

// exclusive is exclusivity and first refusal, and rights that nobody else may have.
func (v *View) exclusive() Flag {
	f := Flag{Name: "Exclusivity", Threshold: "Raised where need must be run here or offered here first, or a right is granted to this supplier alone.", Answer: v.ladder("Is it exclusive?")}
	alone := v.of(func(c clause.Clause) bool { x := c.(*clause.Right); return x.Alone || x.What == "exclusive_resale" }, "right")
	binding := v.of(func(c clause.Clause) bool { return slices.ContainsFunc(c.(*clause.Exclusivity).Ladder, binds) }, "exclusivity")
	if len(alone) > 0 {
		f.Says += fmt.Sprintf(" To it alone are granted: %s.", enumerate(alone))
	}
	f.State = stateOf(len(alone)+len(binding) > 0)
	return f
}

// requiredSpend is how much of the money comes back as spend.
func (v *View) requiredSpend() Flag {
	r := v.run
	f := spendFlag(r.reading("total_ratio", "", "", 0, r.unless(noCapital)), v.labName())
	f.Clauses = v.of(nil, "commitment", "equity", "facility", "note", "loan")
	f.Figures = append(f.Figures, v.figure("commitment / first cheque", "headline_ratio", "", r.unless(noCheque)), Told{"own money in the supplier's revenue, at most", r.reading("own_money_first", "", "", 0, noCapital)})
	return f
}

// spendFlag is raised where at least as much must be spent as is put in.
func spendFlag(ratio Reading, lab string) Flag {
	f := Flag{Name: "Required spend", Threshold: "Raised where the commitment is at least the capital: all of it is to come back (a threshold of ours).", Answer: Answer{Question: "Is the money to be spent with who gives it?", Figures: []Told{{"commitment / all capital", ratio}}}}
	f.Says = "There is no capital with a commitment against it: " + ratio.Why + "."
	if ratio.Value != nil {
		f.Says = fmt.Sprintf("%s is to spend %s times the capital that may be put in.", lab, ratio.Text)
	}
	f.State = stateOf(ratio.Value != nil && *ratio.Value >= allComesBack)
	return f
}

// shareOfNeed is how much of the lab's need is bound here.
func (v *View) shareOfNeed() Flag {
	share, year := v.mostBound()
	f := needFlag(share, year, v.labName())
	f.Clauses = v.of(nil, "commitment", "exclusivity")
	f.Blocks = []report.Block{v.byYears("", v.estimated("Need", needColumn), v.estimated("Bound here", func(y *viewYear) estimate.Estimate { return y.Here }), shareColumn("Share", boundColumn))}
	return f
}

// needFlag is raised where half of the need is bound in some year.
func needFlag(share estimate.Estimate, year int, lab string) Flag {
	f := Flag{Name: "Share of the need", Threshold: fmt.Sprintf("Raised from %s of the firm need in any year on (a threshold of ours).", unit.FormatRate(mostOfNeed)),
		Answer: Answer{Question: "How much of the lab's compute is bound to one supplier?", Assumed: needNote, Rests: []string{"world.need", "world.market_price"}, Figures: []Told{{"most that is bound in a year", shareReading(share)}}}}
	f.Says = fmt.Sprintf("At the most %s of the firm need of %s is bound here, first in year %d.", wholePercent(share.Mean), lab, year)
	if share.Mean == 0 {
		f.Says = fmt.Sprintf("No need of %s is bound here.", lab)
	}
	f.State = stateOf(share.Mean >= mostOfNeed)
	return f
}

// information are rights to know what others do not.
func (v *View) information() Flag {
	ids := v.rightsOf("information", "consultation", "first_notification", "audit", "observer", "early_access", "board_seat")
	f := Flag{Name: "Information", Threshold: "Raised by any right to information, to be told or consulted first, to audit, to a seat or to early access.", Answer: Answer{Question: "What does the supplier get to know?", Clauses: ids,
		Assumed: "What a supplier of compute sees of its customer's use without any right is not here.", Figures: []Told{{"rights to know", stated(fmt.Sprint(len(ids)))}}}}
	f.Says = fmt.Sprintf("No clause gives %s information that others lack.", v.cloudName())
	if len(ids) > 0 {
		f.Says = fmt.Sprintf("%s has %s to know: %s.", v.cloudName(), counted(len(ids), "right"), enumerate(ids))
	}
	f.State = stateOf(len(ids) > 0)
	return f
}
