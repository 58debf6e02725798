// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"strings"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/clause"
)

// ofCommitments plants a fault in what every commitment is taken to say.
func ofCommitments(plant func(*clause.Commitment)) func(*specimen) {
	return func(s *specimen) {
		for _, c := range s.clauses {
			if c, ok := c.(*clause.Commitment); ok {
				plant(c)
			}
		}
	}
}

// ofPlain plants one in those whose schedule holds for any term.
func ofPlain(plant func(*clause.Commitment)) func(*specimen) {
	return ofCommitments(func(c *clause.Commitment) {
		if c.Schedule.Table == nil {
			plant(c)
		}
	})
}

func ofCounts(plant func(*clause.Counts)) func(*specimen) {
	return ofCommitments(func(c *clause.Commitment) {
		if c.Counts != nil {
			plant(c.Counts)
		}
	})
}

func ofPrepayments(plant func(*clause.Prepayment)) func(*specimen) {
	return func(s *specimen) {
		for _, c := range s.clauses {
			if c, ok := c.(*clause.Prepayment); ok {
				plant(c)
			}
		}
	}
}

func ofFacilities(plant func(*specimen, *clause.Facility)) func(*specimen) {
	return func(s *specimen) {
		for _, c := range s.clauses {
			if c, ok := c.(*clause.Facility); ok {
				plant(s, c)
			}
		}
	}
}

func ofPrice(plant func(*clause.Price)) func(*specimen) {
	return func(s *specimen) {
		for _, c := range s.clauses {
			if c, ok := c.(*clause.Price); ok {
				plant(c)
			}
		}
	}
}

func ofMakeUp(plant func(*clause.MakeUp)) func(*specimen) {
	return ofCommitments(func(c *clause.Commitment) {
		if c.MakeUp != nil {
			plant(c.MakeUp)
		}
	})
}

// swap gives the other of two words.
func swap(word *string, a, b string) {
	if *word == a {
		*word = b
	} else if *word == b {
		*word = a
	}
}

// faults are misreadings of a deal: an engine that read it so would be wrong.
// Each says how small the deal must be that shows it: in clauses, and in steps
// with the tail.
var faults = []struct {
	name           string
	clauses, steps int
	plant          func(*specimen)
}{
	{"make-up lives a period longer", 2, 4, ofMakeUp(func(m *clause.MakeUp) {
		if m.Life > 0 {
			m.Life++
		}
	})},
	{"make-up lapses after use, not before", 2, 4, ofMakeUp(func(m *clause.MakeUp) { m.Expiry = "after_use" })},
	{"make-up in the other unit", 2, 4, ofMakeUp(func(m *clause.MakeUp) { swap(&m.In, "money", "units") })},
	{"top-up forgotten", 2, 4, ofMakeUp(func(m *clause.MakeUp) { m.TopUp = "none" })},
	{"refund forgotten", 2, 4, ofMakeUp(func(m *clause.MakeUp) { m.AtEnd = "lost" })},
	{"a facility expires a step late", 2, 3, ofFacilities(func(s *specimen, f *clause.Facility) {
		if !f.Expires.IsZero() {
			f.Expires = f.Expires.AddMonths(s.step.Months())
		}
	})},
	{"an event's span runs a step longer", 2, 3, ofFacilities(func(s *specimen, f *clause.Facility) {
		f.After.Months += s.step.Months()
	})},
	{"a facility opens by date a day late", 2, 4, ofFacilities(func(_ *specimen, f *clause.Facility) {
		for i := range f.Opens {
			if !f.Opens[i].At.IsZero() {
				f.Opens[i].At = f.Opens[i].At.AddDays(1)
			}
		}
	})},
	{"a facility opens at more power", 3, 3, ofFacilities(func(_ *specimen, f *clause.Facility) {
		for i := range f.Opens {
			if p := f.Opens[i].PowerGW; p != nil {
				*p *= 1.001
			}
		}
	})},
	{"retroactive tiers taken as marginal", 1, 2, ofPrice(func(p *clause.Price) { p.Retroactive = false })},
	{"the last tier forgotten", 1, 2, ofPrice(func(p *clause.Price) {
		if n := len(p.Tiers); n > 0 {
			p.Tiers = p.Tiers[:n-1]
		}
	})},
	{"usage paid at once", 1, 4, ofPrice(func(p *clause.Price) { p.NetMonths = 0 })},
	{"deficiencies paid at once", 2, 4, ofCommitments(func(c *clause.Commitment) { c.NetMonths = 0 })},
	{"relief of another kind", 3, 4, ofCommitments(func(c *clause.Commitment) { swap(&c.Relief, "impossibility", "pro_rata") })},
	{"relief to the other", 3, 4, ofCommitments(func(c *clause.Commitment) { swap(&c.ReliefTo, "minimum", "schedule") })},
	{"carry-forward without a cap", 2, 4, ofCommitments(func(c *clause.Commitment) {
		if c.Carry != nil {
			c.Carry.Cap = -1
		}
	})},
	{"carry-forward from the take share on", 2, 4, ofCommitments(func(c *clause.Commitment) {
		if c.Carry != nil {
			c.Carry.Threshold = c.Take
		}
	})},
	{"deferral in every period", 2, 4, ofCommitments(func(c *clause.Commitment) {
		if c.Deferral != nil {
			c.Deferral.Periods = nil
		}
	})},
	{"credit for a deficiency lives longer", 2, 4, ofCommitments(func(c *clause.Commitment) {
		if c.Credit != nil {
			c.Credit.Life++
		}
	})},
	{"settled each period", 2, 4, ofCommitments(func(c *clause.Commitment) { c.Settle = "period" })},
	{"nesting forgotten", 3, 2, ofCommitments(func(c *clause.Commitment) { c.Within = "" })},
	{"stacking forgotten", 3, 2, ofCommitments(func(c *clause.Commitment) { c.AfterOf = "" })},
	{"availability taken as use", 3, 2, ofCommitments(func(c *clause.Commitment) { c.PayFor = "use" })},
	{"exit free of charge", 2, 4, ofCommitments(func(c *clause.Commitment) {
		if c.Exit != nil {
			c.Exit.Fee = 0
		}
	})},
	{"exit from the start on", 2, 4, ofCommitments(func(c *clause.Commitment) {
		if c.Exit != nil {
			c.Exit.From = calendar.Span{}
		}
	})},
	{"acceleration forgotten", 2, 4, ofCommitments(func(c *clause.Commitment) { c.Accelerates = false })},
	{"a schedule taken as flat", 2, 13, ofCommitments(func(c *clause.Commitment) { c.Schedule = clause.Schedule{} })},
	{"its own start forgotten", 2, 3, ofPlain(func(c *clause.Commitment) { c.Starts = clause.Moment{} })},
	{"its own end forgotten", 2, 3, ofPlain(func(c *clause.Commitment) {
		if c.RunOn.Months == 0 {
			c.Ends = clause.Moment{}
		}
	})},
	{"milestones taken as running sums", 2, 3, ofCommitments(func(c *clause.Commitment) {
		for i := len(c.Milestones) - 1; i > 0; i-- {
			c.Milestones[i].Cents -= c.Milestones[i-1].Cents
		}
	})},
	{"a milestone a step late", 2, 4, func(s *specimen) {
		months := s.step.Months()
		ofCommitments(func(c *clause.Commitment) {
			if n := len(c.Milestones); n > 1 && c.Milestones[0].By.AddMonths(2*months).Before(c.Milestones[1].By) {
				c.Milestones[0].By = c.Milestones[0].By.AddMonths(months)
			}
		})(s)
	}},
	{"run-on forgotten", 2, 3, ofCommitments(func(c *clause.Commitment) { c.RunOn = calendar.Span{} })},
	{"a load that stands still", 2, 2, ofCommitments(func(c *clause.Commitment) { c.Load = nil })},
	{"usage counted after discounts", 3, 2, ofCounts(func(x *clause.Counts) { x.Basis = "after_discount" })},
	{"weights forgotten", 2, 2, ofCounts(func(x *clause.Counts) {
		for i := range x.Categories {
			x.Categories[i].Weight = 1
		}
	})},
	{"caps forgotten", 2, 2, ofCounts(func(x *clause.Counts) {
		for i := range x.Categories {
			x.Categories[i].Cap = -1
		}
	})},
	{"usage paid with credits counted", 3, 2, ofCounts(func(x *clause.Counts) { x.Credits = true })},
	{"usage paid with prepaid credit counted", 3, 3, ofCounts(func(x *clause.Counts) { x.Prepaid = true })},
	{"stacked on each minimum", 3, 3, ofCommitments(func(c *clause.Commitment) { c.Stacks = "on_minimum" })},
	{"charged whatever is elected", 2, 2, ofCommitments(func(c *clause.Commitment) { c.Charged = "automatic" })},
	{"over when the buyer leaves", 3, 3, ofCommitments(func(c *clause.Commitment) { c.Survives = false })},
	{"in force from the start", 2, 3, ofCommitments(func(c *clause.Commitment) { c.Head().If = "" })},
	{"intentions carried out", 2, 2, ofCommitments(func(c *clause.Commitment) { c.Head().Likely = 0 })},
	{"a prepayment paid at signing", 2, 4, ofPrepayments(func(c *clause.Prepayment) {
		for i := range c.Payments {
			c.Payments[i].At = calendar.Date{}
		}
	})},
	{"a prepayment by the date of delivery", 3, 4, ofPrepayments(func(c *clause.Prepayment) {
		if c.Lead != nil {
			c.Lead = &calendar.Span{}
		}
	})},
	{"a prepayment used at once", 3, 4, ofPrepayments(func(c *clause.Prepayment) { c.Credited.From = clause.Moment{} })},
	{"a prepayment in other parts", 3, 4, ofPrepayments(func(c *clause.Prepayment) {
		if c.Credited.How == "equal" {
			c.Credited.How = "first"
		}
	})},
	{"a prepayment not kept for last", 2, 4, ofPrepayments(func(c *clause.Prepayment) {
		if c.Credited.How == "last" {
			c.Credited.How = "first"
		}
	})},
	{"interest forgotten", 2, 4, ofPrepayments(func(c *clause.Prepayment) { c.Interest = 0 })},
	{"nothing refunded at the end", 2, 4, ofPrepayments(func(c *clause.Prepayment) { c.Refund.End = 0.001 })},
	{"nothing refunded to who leaves", 3, 4, ofPrepayments(func(c *clause.Prepayment) { c.Refund.Leave = 0.001 })},
	{"nothing from a failed supplier", 3, 4, ofPrepayments(func(c *clause.Prepayment) { c.Refund.Fail = 0.001 })},
	{"prepayments counted", 3, 4, ofCounts(func(x *clause.Counts) { x.Prepayments = true })},
	{"a cheque paid at signing", 2, 1, func(s *specimen) {
		for _, c := range s.clauses {
			if c, ok := c.(*clause.Equity); ok {
				c.At = nil
			}
		}
	}},
	{"credits taken as cash", 2, 1, func(s *specimen) {
		for _, c := range s.clauses {
			if c, ok := c.(*clause.Equity); ok {
				c.PaidIn = "cash"
			}
		}
	}},
	{"delays forgotten", 3, 3, func(s *specimen) {
		for _, c := range s.clauses {
			for i, list := 0, clause.Generations(c); i < len(list); i++ {
				list[i].Name += " of nobody's"
			}
		}
	}},
	{"performance made good the other way", 4, 3, func(s *specimen) {
		for _, c := range s.clauses {
			if c, ok := c.(*clause.Capacity); ok && c.Performance != nil {
				swap(&c.Performance.Relief, "price", "volume")
			}
		}
	}},
	{"notice given too late to count", 3, 4, func(s *specimen) {
		for _, c := range s.clauses {
			if c, ok := c.(*clause.Termination); ok {
				c.Notice.Months += s.step.Months()
			}
		}
	}},
	{"a part taken for the whole", 3, 4, func(s *specimen) {
		for _, c := range s.clauses {
			if c, ok := c.(*clause.Termination); ok {
				c.Share = 1
			}
		}
	}},
	{"an option at the deal's price", 3, 4, func(s *specimen) {
		for _, c := range s.clauses {
			if c, ok := c.(*clause.Option); ok {
				c.Price = nil
			}
		}
	}},
	{"damages without a cap", 4, 4, func(s *specimen) {
		for _, c := range s.clauses {
			if c, ok := c.(*clause.DelayDamages); ok {
				c.Cap = nil
			}
		}
	}},
	{"refreshes forgotten", 2, 3, func(s *specimen) {
		for _, c := range s.clauses {
			if c, ok := c.(*clause.Capacity); ok {
				for i := range c.Generations {
					c.Generations[i].Gain = 1
				}
			}
		}
	}},
}

// A comparison that misses a fault is worth nothing, nor is one that shows it
// in a deal that nobody can read: each fault is planted on one side, has to be
// found among a few thousand deals, and the first five deals that show it have
// to come down to at least one small deal that still shows it, and only it.
func TestPlantedFaultsAreFoundAndShrunk(t *testing.T) {
	for _, fault := range faults {
		t.Run(fault.name, func(t *testing.T) {
			t.Parallel()
			fails := func(s *specimen) bool {
				return len(differences(s, fault.plant)) > 0 && len(differences(s, nil)) == 0
			}
			var least *specimen
			for _, first := range firstThat(fails, 5) {
				if s := shrink(first, fails); least == nil || len(s.text()) < len(least.text()) {
					least = s
				}
			}
			if least == nil {
				t.Fatal("not found among 20,000 deals")
			}
			if !fails(least) {
				t.Fatalf("the deal that is left does not fail:\n%s", least.text())
			}
			in, _ := least.input()
			if len(in.Clauses) > fault.clauses || in.Grid.Steps() > fault.steps {
				t.Errorf("%d clauses and %d steps are left, want at most %d and %d:\n%s",
					len(in.Clauses), in.Grid.Steps(), fault.clauses, fault.steps, least.text())
			}
			if n := strings.Count(least.text(), "\n"); n > 40+fault.steps {
				t.Errorf("the deal that is left takes %d lines:\n%s", n, least.text())
			}
		})
	}
}

// firstThat are the first n valid deals that fail.
func firstThat(fails func(*specimen) bool, n int) []*specimen {
	var out []*specimen
	for i := uint64(0); i < 20_000 && len(out) < n; i++ {
		if s := random(seed, i); s.valid() && fails(s) {
			out = append(out, s)
		}
	}
	return out
}

// The shrinker comes to the end by itself: what it has done can be done again
// and changes nothing.
func TestShrinkIsIdempotent(t *testing.T) {
	fails := func(s *specimen) bool { return len(differences(s, faults[0].plant)) > 0 }
	once := shrink(firstThat(fails, 1)[0], fails)
	if twice := shrink(once, fails); twice.text() != once.text() {
		t.Errorf("shrunk once:\n%s\ntwice:\n%s", once.text(), twice.text())
	}
}
