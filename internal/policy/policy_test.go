// SPDX-License-Identifier: Apache-2.0

package policy

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/field"
)

// step is what a policy sees in one lane: need and flexible need in units,
// prices in cents, what is missing from the minimum here in cents and
// elsewhere in units.
type step struct {
	need, flexible, value, price, left, elsewhere float64
	perUnit, counted, leased                      float64 // beside the price; of that, toward the minimum; units
}

// view lays steps out as lanes. Where no lane has a minimum elsewhere, there
// is none.
func view(steps ...step) *View {
	q, obs := &contract.Quote{}, &contract.Obs{}
	v := &View{Quote: q, Obs: obs}
	var elsewhere []float64
	any := false
	for _, s := range steps {
		q.Price, q.MinimumLeft = append(q.Price, s.price), append(q.MinimumLeft, s.left)
		q.PerUnit, q.PerUnitEligible, q.Leased = append(q.PerUnit, s.perUnit), append(q.PerUnitEligible, s.counted), append(q.Leased, s.leased)
		for o, x := range map[contract.Observable]float64{contract.Need: s.need, contract.Flexible: s.flexible, contract.FlexibleValue: s.value, contract.Market: 100} {
			obs.Col[o] = append(obs.Col[o], x)
		}
		elsewhere = append(elsewhere, s.elsewhere)
		any = any || s.elsewhere != 0
	}
	if any {
		v.ElsewhereLeft = elsewhere
	}
	return v
}

func take(p Taker, v *View) []float64 {
	units := make([]float64, len(v.Quote.Price))
	for i := range units {
		units[i] = math.NaN() // whatever was there before
	}
	p.Take(v, units)
	return units
}

func TestShare(t *testing.T) {
	for _, c := range []struct {
		name string
		of   float64
		s    step
		want float64
	}{
		{"all of need", 1, step{need: 10, price: 100}, 10},
		{"half of it", 0.5, step{need: 10, price: 100}, 5},
		{"nothing", 0, step{need: 10, price: 100}, 0},
		// Flexible need is worth 80 a unit: not at a price of 100 or 80, but below.
		{"flexible need too dear", 1, step{need: 10, flexible: 4, value: 80, price: 100}, 10},
		{"flexible need at its value", 1, step{need: 10, flexible: 4, value: 80, price: 80}, 10},
		{"flexible need below its value", 0.5, step{need: 10, flexible: 4, value: 80, price: 79}, 7},
		// Below a minimum the next unit costs nothing.
		{"flexible need below a minimum", 1, step{need: 10, flexible: 4, value: 80, price: 100, left: 1}, 14},
		{"worth nothing", 1, step{need: 10, flexible: 4, price: 100, left: 1}, 10},
		// 70 and a charge of 10 a unit are not below 80; below a minimum only a charge that counts for nothing costs more.
		{"a charge", 1, step{need: 10, flexible: 4, value: 80, price: 70, perUnit: 10}, 10},
		{"a small charge", 1, step{need: 10, flexible: 4, value: 80, price: 70, perUnit: 9}, 14},
		{"a charge below a minimum", 1, step{need: 10, flexible: 4, value: 80, price: 70, perUnit: 85, left: 1}, 10},
		{"a charge that counts", 1, step{need: 10, flexible: 4, value: 80, price: 70, perUnit: 85, counted: 85, left: 1}, 14},
		{"units leased from others", 0.5, step{need: 10, price: 100, leased: 4}, 3},
		{"more leased than needed", 1, step{need: 10, price: 100, leased: 40}, 0},
		{"a share does not look at minimums elsewhere", 0.5, step{need: 10, price: 100, elsewhere: 99}, 5},
	} {
		if got := take(&Share{Of: c.of}, view(c.s))[0]; got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestMinimumFirst(t *testing.T) {
	for _, c := range []struct {
		name string
		of   float64
		s    step
		want float64
	}{
		// 600 cents at 100 a unit are 6 units; of the other 4 a half.
		{"the minimum, and half of the rest", 0.5, step{need: 10, price: 100, left: 600}, 8},
		{"the minimum alone", 0, step{need: 10, price: 100, left: 600}, 6},
		{"all", 1, step{need: 10, price: 100, left: 600}, 10},
		{"no minimum", 0.25, step{need: 10, price: 100}, 2.5},
		// 6 here and 3 elsewhere leave 1, of which a half.
		{"minimums in two places", 0.5, step{need: 10, price: 100, left: 600, elsewhere: 3}, 6.5},
		{"a minimum elsewhere only", 0.5, step{need: 10, price: 100, elsewhere: 4}, 3},
		// 6 and 14 do not go into 10: 6/20 of it.
		{"need does not go round", 0.5, step{need: 10, price: 100, left: 600, elsewhere: 14}, 3},
		{"need does not go round here", 0.5, step{need: 10, price: 100, left: 2000}, 10},
		{"all is wanted elsewhere", 0.5, step{need: 10, price: 100, elsewhere: 12}, 0},
		{"need just goes round", 0.5, step{need: 10, price: 100, left: 600, elsewhere: 4}, 6},
		{"no need", 0.5, step{price: 100, left: 600, elsewhere: 4}, 0},
		{"no need and no minimum", 0.5, step{price: 100}, 0},
		// Flexible need is free below the minimum, and counts in all of it.
		{"flexible need", 0.5, step{need: 10, flexible: 6, value: 80, price: 100, left: 600}, 11},
		{"flexible need above the minimum", 0.5, step{need: 10, flexible: 6, value: 80, price: 100}, 5},
		{"flexible need that is cheap", 0.5, step{need: 10, flexible: 6, value: 80, price: 50}, 8},
		{"compute that costs next to nothing", 0.5, step{need: 10, price: 1e-310, left: 600}, 10},
		// A price of nothing fills no minimum.
		{"free compute", 0.5, step{need: 10, left: 600}, 5},
		// Minimums come first; what is leased serves the rest.
		{"units leased from others", 0.5, step{need: 10, price: 100, left: 600, leased: 3}, 6.5},
		{"more leased than is left", 0.5, step{need: 10, price: 100, left: 600, leased: 30}, 6},
		{"a charge that counts", 0, step{need: 10, price: 100, perUnit: 50, counted: 50, left: 600}, 4},
		{"free compute, and a minimum elsewhere", 0.5, step{need: 10, left: 600, elsewhere: 4}, 3},
	} {
		if got := take(&MinimumFirst{Of: c.of}, view(c.s))[0]; math.Abs(got-c.want) > 1e-15*c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// Whatever the lane, units lie between nothing and what is wanted, but for the
// rounding of one sum; and lanes do not matter to each other.
func TestUnitsAreWithinWhatIsWanted(t *testing.T) {
	amount := rapid.OneOf(rapid.Just(0.0), rapid.Float64Range(0, 1e12), rapid.Float64Range(0, 1))
	rapid.Check(t, func(t *rapid.T) {
		var steps []step
		for range rapid.IntRange(1, 4).Draw(t, "lanes") {
			steps = append(steps, step{need: amount.Draw(t, "need"), flexible: amount.Draw(t, "flexible"), value: amount.Draw(t, "value"),
				price: amount.Draw(t, "price"), left: amount.Draw(t, "left"), elsewhere: amount.Draw(t, "elsewhere")})
		}
		of := rapid.OneOf(rapid.Just(0.0), rapid.Just(1.0), rapid.Float64Range(0, 1)).Draw(t, "share")
		for _, p := range []Taker{&Share{Of: of}, &MinimumFirst{Of: of}} {
			v := view(steps...)
			all := take(p, v)
			for i, got := range all {
				want := wanted(v, i)
				if want < steps[i].need || want > steps[i].need+steps[i].flexible {
					t.Fatalf("%+v: %v is wanted", steps[i], want)
				}
				if !(got >= 0 && got <= want*(1+1e-15)) {
					t.Fatalf("%s of %v, %+v: %v units of %v", p.Name(), of, steps[i], got, want)
				}
				// An absent minimum elsewhere is one of nothing.
				alone := view(steps[i])
				if one := take(p, alone)[0]; one != got {
					t.Fatalf("%s of %v, %+v: %v alone, %v among others", p.Name(), of, steps[i], one, got)
				}
			}
		}
	})
}

// Draws take their share of what is open; nothing else is elected, and nobody
// leaves, whatever had been elected before.
func TestElect(t *testing.T) {
	v := view(step{need: 8, price: 100}, step{need: 2, price: 100})
	v.Quote.Offer = [][]float64{{100, 10}, {1, 1}, {50, 0}}
	p := New()
	p.Draw.Share = 0.25
	e := &contract.Elections{Units: []float64{9, 9}, Slot: [][]float64{{7, 7}, {7, 7}, {7, 7}}}
	p.Elect(v, Slots{contract.DrawSlot, "", contract.DrawSlot}, e)
	if got := fmt.Sprint(e.Units, e.Slot); got != "[8 2] [[25 2.5] [0 0] [12.5 0]]" {
		t.Errorf("elected %s", got)
	}
	p.Draw.Share = 0
	p.Elect(v, Slots{contract.DrawSlot, "", contract.DrawSlot}, e)
	if got := fmt.Sprint(e.Slot); got != "[[0 0] [0 0] [0 0]]" {
		t.Errorf("elected %s", got)
	}
	New().Elect(v, Slots{contract.DrawSlot, contract.DrawSlot, contract.DrawSlot}, e)
	if got := fmt.Sprint(e.Slot); got != "[[100 10] [1 1] [50 0]]" {
		t.Errorf("unless told otherwise, %s is drawn", got)
	}
}

// Loans are repaid early as far as the policy says, and not at all unless told
// to.
func TestRepay(t *testing.T) {
	v := view(step{need: 8, price: 100}, step{need: 2, price: 100})
	v.Quote.Offer = [][]float64{{200, 10}}
	for share, want := range map[float64]string{0: "[0 0]", 0.25: "[50 2.5]"} {
		p := New()
		p.Repay.Share = share
		e := &contract.Elections{Units: make([]float64, 2), Slot: [][]float64{{7, 7}}}
		if p.Elect(v, Slots{contract.RepaySlot}, e); fmt.Sprint(e.Slot[0]) != want {
			t.Errorf("a share of %v repays %v, want %s", share, e.Slot[0], want)
		}
		if s := p.Repay.Explain(); !strings.HasSuffix(s, ".") || share > 0 && !strings.Contains(s, "25%") {
			t.Errorf("a share of %v: %s", share, s)
		}
	}
}

// Who means to leave does so from the first step that ends after the date; the
// contract says where that is allowed. Nobody leaves unless told to, nor where
// there is no way out.
func TestLeave(t *testing.T) {
	date := calendar.MustParseDate
	for _, c := range []struct {
		on, stepEnd string
		want        string
	}{
		{"", "2099-01-01", "[0 0]"}, {"2028-03-31", "2028-03-31", "[0 0]"}, {"2028-03-31", "2028-04-01", "[1 1]"}, {"2028-03-31", "2030-01-01", "[1 1]"},
	} {
		v := view(step{need: 8, price: 100}, step{need: 2, price: 100})
		v.Quote.Offer, v.StepEnd = [][]float64{{1, 0}, {50, 50}}, date(c.stepEnd)
		p := New()
		if c.on != "" {
			p.Leave.On = date(c.on)
		}
		e := &contract.Elections{Units: make([]float64, 2), Slot: [][]float64{{7, 7}, {7, 7}}}
		p.Elect(v, Slots{contract.LeaveSlot, contract.DrawSlot}, e)
		if got := fmt.Sprint(e.Slot[0]); got != c.want || e.Slot[1][0] != 50 {
			t.Errorf("leaving on %q: in the step to %s %v is elected, want %s", c.on, c.stepEnd, e.Slot, c.want)
		}
		e.Slot = e.Slot[1:]
		if p.Elect(v, Slots{""}, e); e.Slot[0][0] != 0 {
			t.Errorf("with no way out %v is elected", e.Slot)
		}
		if s := p.Leave.Explain(); !strings.HasSuffix(s, ".") || c.on != "" && !strings.Contains(s, c.on) {
			t.Errorf("leaving on %q: %s", c.on, s)
		}
	}
}

// Every policy of the catalogue: named as listed, with one field of that name
// that changes what it takes, and English in a sentence.
func TestCatalog(t *testing.T) {
	p := New()
	top := p.Fields()
	cases := top[0].Fields()
	if len(cases) != len(Catalog) {
		t.Errorf("%d cases for %d policies", len(cases), len(Catalog))
	}
	for i, k := range Catalog {
		own := k.New()
		if own.Name() != k.Name || k.Doc == "" || cases[i].Name != k.Name || cases[i].Doc != k.Doc {
			t.Errorf("%s is listed as %s, %q, and read as %s", own.Name(), k.Name, k.Doc, cases[i].Name)
		}
		cases[i].Chosen()
		set(cases[i], 0.5)
		v := view(step{need: 10, price: 100})
		v.Obs.Col[contract.Market][0] = 80
		if before, got := take(k.New(), v)[0], take(p.Take, v)[0]; got == before {
			t.Errorf("%s takes %v whatever its field says", k.Name, got)
		}
		for _, s := range []string{p.Take.Explain("Snap"), p.Draw.Explain("month")} {
			if !strings.HasSuffix(s, ".") || strings.Contains(s, "%!") || strings.Contains(s, "  ") {
				t.Errorf("%s: %q", k.Name, s)
			}
		}
		if !strings.Contains(p.Take.Explain("Snap"), "50%") {
			t.Errorf("%s does not say its share: %s", k.Name, p.Take.Explain("Snap"))
		}
	}
	set(top[1], 0.75)
	if p.Draw.Share != 0.75 || !strings.Contains(p.Draw.Explain("month"), "75%") {
		t.Errorf("the share of draws is %v: %s", p.Draw.Share, p.Draw.Explain("month"))
	}
}

func set(f field.Field, x float64) {
	if into, ok := f.Into.(*float64); ok {
		*into = x
	}
	if f.Fields != nil {
		for _, inner := range f.Fields() {
			set(inner, x)
		}
	}
}

// What the buyer does is said as a person would say it.
func TestExplain(t *testing.T) {
	for want, got := range map[string]string{
		"Snap runs all its need with this provider.":                                      (&Share{Of: 1}).Explain("Snap"),
		"Snap runs none of its need with this provider.":                                  (&Share{}).Explain("Snap"),
		"Snap runs 60% of its need with this provider.":                                   (&Share{Of: 0.6}).Explain("Snap"),
		"Oracle fills its minimums first, and runs none of the rest with this provider.":  (&MinimumFirst{}).Explain("Oracle"),
		"Oracle fills its minimums first, and runs all the rest with this provider.":      (&MinimumFirst{Of: 1}).Explain("Oracle"),
		"Oracle fills its minimums first, and runs 12.5% of the rest with this provider.": (&MinimumFirst{Of: 0.125}).Explain("Oracle"),
		"It draws all that is open, as soon as it may.":                                   (&Draw{Share: 1}).Explain("month"),
		"Each month it draws 2% of what is open.":                                         (&Draw{Share: 0.02}).Explain("month"),
		"Each quarter it draws 50% of what is open.":                                      (&Draw{Share: 0.5}).Explain("quarter"),
		"It draws nothing.": (&Draw{}).Explain("year"),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// seen is a view of two lanes with an offer for each slot.
func seen(prices, markets []float64, offers ...[]float64) *View {
	v := view(step{need: 10, price: prices[0]}, step{need: 10, price: prices[1]})
	v.Obs.Col[contract.Market], v.Quote.Offer = markets, offers
	return v
}

func elected(slots int) *contract.Elections {
	e := &contract.Elections{Units: make([]float64, 2)}
	for range slots {
		e.Slot = append(e.Slot, []float64{7, 7})
	}
	return e
}

// Who means to leave when compute is dearer here than in the market for three
// steps in a row counts anew when it is not. At the market price it is not
// dearer.
func TestLeaveWhenDear(t *testing.T) {
	p, dear := New(), make([]float64, 2)
	p.Leave.AboveMarket = 3
	got := ""
	for _, prices := range [][]float64{{101, 101}, {101, 100}, {101, 101}, {90, 101}, {101, 101}} {
		v, e := seen(prices, []float64{100, 100}, []float64{1, 1}), elected(1)
		v.CountDear(dear)
		p.Elect(v, Slots{contract.LeaveSlot}, e)
		got += fmt.Sprint(e.Slot[0])
	}
	if want := "[0 0][0 0][1 0][0 0][0 1]"; got != want {
		t.Errorf("left %s, want %s", got, want)
	}
	e := elected(1)
	if p.Elect(seen([]float64{101, 101}, []float64{1, 1}, []float64{1, 1}), Slots{contract.LeaveSlot}, e); e.Slot[0][0] != 0 {
		t.Error("it leaves where nobody has counted")
	}
	for _, l := range []Leave{{AboveMarket: 3}, {AboveMarket: 3, On: calendar.MustParseDate("2028-01-01")}} {
		if s := l.Explain(); !strings.Contains(s, "for 3 steps in a row") || !strings.HasSuffix(s, ".") || !l.Ever() {
			t.Errorf("%+v: %s", l, s)
		}
	}
	if (&Leave{}).Ever() {
		t.Error("nothing is said, and it leaves")
	}
}

// The supplier's rule is its own.
func TestDismiss(t *testing.T) {
	p := New()
	p.Supplier.On = calendar.MustParseDate("2028-03-31")
	for end, want := range map[string]float64{"2028-03-31": 0, "2028-04-01": 1} {
		v, e := seen([]float64{100, 100}, []float64{100, 100}, []float64{1, 1}, []float64{1, 1}), elected(2)
		v.StepEnd = calendar.MustParseDate(end)
		p.Elect(v, Slots{contract.LeaveSlot, contract.DismissSlot}, e)
		if e.Slot[0][0] != 0 || e.Slot[1][0] != want {
			t.Errorf("in the step to %s: %v", end, e.Slot)
		}
	}
	if s := p.Supplier.Explain() + (&Dismiss{}).Explain(); !strings.Contains(s, "2028-03-31") || !strings.Contains(s, "never") {
		t.Error(s)
	}
}

// An option is called once the 10 units wanted are more than 80% of capacity.
// Where capacity has no bound there is no need to.
func TestCall(t *testing.T) {
	p := New()
	p.Call.Above = 0.8
	v, e := seen([]float64{100, 100}, []float64{100, 100}, []float64{1, 1}), elected(1)
	v.Quote.Capacity, v.Quote.Bounded = []float64{12.5, 12.4}, true
	if p.Elect(v, Slots{contract.CallSlot}, e); fmt.Sprint(e.Slot[0]) != "[0 1]" {
		t.Errorf("called %v", e.Slot)
	}
	v.Quote.Bounded = false
	if p.Elect(v, Slots{contract.CallSlot}, e); fmt.Sprint(e.Slot[0]) != "[0 0]" {
		t.Errorf("without a bound, called %v", e.Slot)
	}
	if s := p.Call.Explain(); !strings.Contains(s, "80%") {
		t.Error(s)
	}
}

// The term is extended where the right is worth more than its rule asks for, and
// notice may be given.
func TestExtend(t *testing.T) {
	day := calendar.MustParseDate("2028-03-31")
	for _, c := range []struct {
		rule Extend
		end  string
		want string
	}{
		{Extend{whenever{Above: 1}}, "2027-01-01", "[0 1]"}, {Extend{whenever{Above: 1.2}}, "2027-01-01", "[0 0]"}, {Extend{whenever{Above: 0.9}}, "2027-01-01", "[1 1]"},
		{Extend{whenever{Word: "never"}}, "2027-01-01", "[0 0]"}, {Extend{whenever{Word: "always", Above: 9}}, "2027-01-01", "[1 1]"},
		{Extend{whenever{Above: 1, From: day}}, "2028-03-31", "[0 0]"}, {Extend{whenever{Above: 1, From: day}}, "2028-04-01", "[0 1]"},
	} {
		p, e := New(), elected(1)
		if p.Extend != (Extend{whenever{Above: 1}}) {
			t.Fatalf("usually %+v", p.Extend)
		}
		p.Extend = c.rule
		v := seen([]float64{100, 100}, []float64{100, 120}, []float64{1, 1})
		v.Quote.Worth, v.StepEnd = [][]float64{{1, 1.2}}, calendar.MustParseDate(c.end)
		if p.Elect(v, Slots{contract.ExtendSlot}, e); fmt.Sprint(e.Slot[0]) != c.want {
			t.Errorf("%+v to %s: %v, want %s", c.rule, c.end, e.Slot[0], c.want)
		}
		v.Quote.Offer[0] = []float64{0, 0}
		if p.Elect(v, Slots{contract.ExtendSlot}, e); fmt.Sprint(e.Slot[0]) != "[0 0]" {
			t.Errorf("%+v: extends by %v where it may not", c.rule, e.Slot[0])
		}
		if s := c.rule.Explain(); !strings.HasSuffix(s, ".") || c.rule.Above == 1.2 && !strings.Contains(s, "120% of") || c.rule.From == day && !strings.Contains(s, "2028-03-31") {
			t.Error(s)
		}
	}
}

// 1,500 cents are missing a step: at 100 a unit, 15 units, of which 10 are run.
// Half of the other 5 is sold, in the first of two ways as far as it goes. What
// is run is no more than capacity; what costs nothing need not be sold.
func TestResell(t *testing.T) {
	p := New()
	p.Resell.Share = 0.5
	v, e := seen([]float64{100, 0}, []float64{100, 100}, []float64{1, 9}, []float64{4, 9}), elected(2)
	v.Quote.MinimumPace, v.Quote.Capacity = []float64{1500, 1500}, []float64{30, 30}
	slots := Slots{contract.ResellSlot, contract.ResellSlot}
	if p.Elect(v, slots, e); fmt.Sprint(e.Slot) != "[[1 0] [1.5 0]]" {
		t.Errorf("sold %v", e.Slot)
	}
	v.Quote.Capacity = []float64{8, 8}
	if p.Elect(v, slots, e); fmt.Sprint(e.Slot) != "[[1 0] [2.5 0]]" {
		t.Errorf("with little capacity, sold %v", e.Slot)
	}
	v.Quote.MinimumPace = []float64{1000, 1000}
	v.Quote.Capacity = []float64{30, 30}
	if p.Elect(v, slots, e); fmt.Sprint(e.Slot) != "[[0 0] [0 0]]" {
		t.Errorf("when all is needed, sold %v", e.Slot)
	}
	if s := p.Resell.Explain(); !strings.Contains(s, "50%") {
		t.Error(s)
	}
}
