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
		for o, x := range map[contract.Observable]float64{contract.Need: s.need, contract.Flexible: s.flexible, contract.FlexibleValue: s.value} {
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
// that sets its share, and English in a sentence.
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
		if got := take(p.Take, view(step{need: 10, price: 100}))[0]; got != 5 {
			t.Errorf("half by %s is %v of 10", k.Name, got)
		}
		for _, s := range []string{p.Take.Explain(), p.Draw.Explain()} {
			if !strings.HasSuffix(s, ".") || strings.Contains(s, "%!") || strings.Contains(s, "  ") {
				t.Errorf("%s: %q", k.Name, s)
			}
		}
		if !strings.Contains(p.Take.Explain(), "50%") {
			t.Errorf("%s does not say its share: %s", k.Name, p.Take.Explain())
		}
	}
	set(top[1], 0.75)
	if p.Draw.Share != 0.75 || !strings.Contains(p.Draw.Explain(), "75%") {
		t.Errorf("the share of draws is %v: %s", p.Draw.Share, p.Draw.Explain())
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
