// SPDX-License-Identifier: Apache-2.0

package draw

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"
	"unicode"
)

// frozenSlots are the names in the order of their numbers, from 1: only ever appended to.
var frozenSlots = []string{
	"need", "flexible_need", "list_price", "list_price_jump", "market_price", "market_price_jump", "lab_value",
	"lab_value_jump", "cost", "delivery", "default_time", "recovery", "regime", "liquidity", "binding",
	"outside_finance", "common", "supplier_default", "supplier_recovery",
	"scarce_cost", "build_cost", "delivery_share", "market_capacity", "other_inflow",
	"need_jump", "need_jump_size", "list_price_jump_size", "market_price_jump_size", "lab_value_jump_size",
}

func TestSlotsAreUniqueAndFrozen(t *testing.T) {
	for _, fault := range slotFaults(Factors()) {
		t.Error(fault)
	}
	factors := Factors()
	if len(factors) < len(frozenSlots) {
		t.Fatalf("%d factors, of %d that were given a slot", len(factors), len(frozenSlots))
	}
	for i, name := range frozenSlots {
		if factors[i].Name != name || factors[i].Factor != Factor(i+1) {
			t.Errorf("slot %d is %q (%d), it was given to %q", i+1, factors[i].Name, factors[i].Factor, name)
		}
	}
}

// slotFaults lists what is wrong with a catalogue.
func slotFaults(list []Reserved) (faults []string) {
	names, slots := map[string]bool{}, map[Factor]bool{}
	for i, r := range list {
		switch {
		case r.Name == "" || r.Use == "":
			faults = append(faults, "a factor without name or use")
		case r.Factor == 0:
			faults = append(faults, r.Name+" has slot 0, which is none")
		case names[r.Name]:
			faults = append(faults, "two factors named "+r.Name)
		case slots[r.Factor]:
			faults = append(faults, "the slot of "+r.Name+" is taken")
		case i > 0 && list[i-1].Factor >= r.Factor:
			faults = append(faults, r.Name+" is out of order")
		}
		names[r.Name], slots[r.Factor] = true, true
	}
	return faults
}

func TestSlotFaultsAreFound(t *testing.T) {
	for want, list := range map[string][]Reserved{
		"two factors":  {{1, "a", "x"}, {2, "a", "x"}},
		"taken":        {{1, "a", "x"}, {1, "b", "x"}},
		"slot 0":       {{0, "a", "x"}},
		"out of order": {{2, "a", "x"}, {1, "b", "x"}},
		"without name": {{1, "", "x"}},
	} {
		if faults := slotFaults(list); len(faults) != 1 || !strings.Contains(faults[0], want) {
			t.Errorf("faults %q, want one with %q", faults, want)
		}
	}
}

// TestEveryConstantIsReserved: each constant of factors.go stands in the catalogue under its own name.
func TestEveryConstantIsReserved(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "factors.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	constants := 0
	ast.Inspect(file, func(n ast.Node) bool {
		decl, ok := n.(*ast.GenDecl)
		if !ok || decl.Tok != token.CONST {
			return true
		}
		for _, spec := range decl.Specs {
			constants++
			name := snake(spec.(*ast.ValueSpec).Names[0].Name)
			if i := constants - 1; i >= len(catalogue) || catalogue[i].Name != name {
				t.Errorf("constant %d is %s: the catalogue does not have it there", constants, name)
			}
		}
		return false
	})
	if constants != len(catalogue) {
		t.Errorf("%d constants, %d slots", constants, len(catalogue))
	}
}

// snake turns DefaultTime into default_time.
func snake(name string) string {
	var b strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

func TestFactorString(t *testing.T) {
	if got := DefaultTime.String(); got != "default_time" {
		t.Error(got)
	}
	if got := Factor(4000).String(); got != "factor 4000" {
		t.Error(got)
	}
}

// What has a name and no slot is drawn beyond all slots, each by itself.
func TestNamedFactorsHaveNoSlot(t *testing.T) {
	seen := map[Factor]bool{}
	for _, name := range []string{"", "indexes.revenue", "indexes.energy", "need.firm jumps", "cost.sunk jumps"} {
		f := Named(name)
		if f < 64 || seen[f] {
			t.Errorf("%q is factor %d", name, uint32(f))
		}
		seen[f] = true
	}
}
