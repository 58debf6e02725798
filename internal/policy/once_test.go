// SPDX-License-Identifier: Apache-2.0

package policy

import (
	"fmt"
	"strings"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/field"
)

// rulesOf are the rules for rights that pay or not, by the elections that they are
// for, with their names in a file and what they say.
func rulesOf(p *Policy) map[contract.SlotKind]struct {
	name string
	rule *Once
	says func() string
} {
	type rule = struct {
		name string
		rule *Once
		says func() string
	}
	return map[contract.SlotKind]rule{
		contract.ExerciseSlot: {"exercise", &p.Exercise.Once, p.Exercise.Explain}, contract.ConvertSlot: {"convert", &p.Convert.Once, p.Convert.Explain},
		contract.JoinSlot: {"join", &p.Join.Once, p.Join.Explain}, contract.PutSlot: {"put", &p.Put.Once, p.Put.Explain}, contract.BuySlot: {"buy", &p.Buy.Once, p.Buy.Explain},
	}
}

// A right is used as far as it is on offer; above a multiple where what it brings
// is that; from the first step that ends after a date; or never. Each rule is for its
// own election alone, and says so.
func TestRights(t *testing.T) {
	date := calendar.MustParseDate
	for kind := range rulesOf(New()) {
		for _, c := range []struct {
			rule Once
			end  string
			want string
			says string
		}{
			{Once{Above: 1}, "2028-01-01", "[30 20]", "as soon as"},
			{Once{Above: 1.5}, "2028-01-01", "[30 0]", "150%"},
			{Once{Above: 1.6}, "2028-01-01", "[0 0]", "160%"},
			{Once{Above: 1, From: date("2028-01-01")}, "2028-01-01", "[0 0]", "2028-01-01"},
			{Once{Above: 1.2, From: date("2028-01-01")}, "2028-01-02", "[30 20]", "120%"},
			{Once{Above: 1, Word: "never"}, "2028-01-01", "[0 0]", ""},
		} {
			p := New()
			x := rulesOf(p)[kind]
			*x.rule = c.rule
			v := view(step{need: 8, price: 100}, step{need: 2, price: 100})
			v.StepEnd = date(c.end)
			v.Quote.Offer, v.Quote.Worth = [][]float64{{30, 20}}, [][]float64{{1.5, 1.2}}
			e := &contract.Elections{Units: make([]float64, 2), Slot: [][]float64{{7, 7}}}
			if p.Elect(v, Slots{kind}, e); fmt.Sprint(e.Slot[0]) != c.want {
				t.Errorf("%s, %+v, in a step to %s: %v is used, want %s", kind, c.rule, c.end, e.Slot[0], c.want)
			}
			if s := x.says(); !strings.HasSuffix(s, ".") || !strings.Contains(s, c.says) || strings.Contains(s, "%!") {
				t.Errorf("%s, %+v says %q", kind, c.rule, s)
			}
			for other := range rulesOf(p) {
				if other == kind {
					continue
				}
				if p.Elect(v, Slots{other}, e); fmt.Sprint(e.Slot[0]) != "[30 20]" {
					t.Errorf("the rule of %s decides %s", kind, other)
				}
			}
		}
	}
}

// Files reach each rule by its name.
func TestRightsInFiles(t *testing.T) {
	p := New()
	table := map[string]field.Field{}
	for _, f := range p.Fields() {
		table[f.Name] = f
	}
	for kind, x := range rulesOf(p) {
		f, ok := table[x.name]
		if !ok {
			t.Fatalf("no file says when to %s", kind)
		}
		*f.Fields()[0].Into.(*float64) = 2
		*f.Bare.Into.(*string) = "never"
		if x.rule.Above != 2 || x.rule.Word != "never" {
			t.Errorf("%s sets %+v", x.name, x.rule)
		}
	}
}
