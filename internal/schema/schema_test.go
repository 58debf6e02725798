// SPDX-License-Identifier: Apache-2.0

package schema

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"offtake/internal/clause"
	"offtake/internal/deal"
	"offtake/internal/deal/tree"
)

// files are those that a pattern below the root of the tree names.
func files(t *testing.T, pattern string) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("..", "..", filepath.FromSlash(pattern)))
	if err != nil || len(names) == 0 {
		t.Fatalf("no files are %s: %v", pattern, err)
	}
	out := map[string][]byte{}
	for _, name := range names {
		if out[name], err = os.ReadFile(name); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// faultsOf are what the schema finds in a text; ok is false where it is no YAML.
func faultsOf(c *checker, name string, source []byte) (faults []string, ok bool) {
	root, _ := tree.Parse(name, source)
	if root == nil {
		return nil, false
	}
	return c.faults(Value(root)), true
}

// Every good file is valid.
func TestGoodFilesAreValid(t *testing.T) {
	c := newChecker(New())
	for _, pattern := range []string{"deals/*/deal.yaml", "deals/templates/*/deal.yaml", "internal/deal/testdata/valid/*.yaml", "docs/*.yaml", "docs/clauses/*.yaml", "internal/paths/testdata/*.yaml"} {
		for name, source := range files(t, pattern) {
			if faults, ok := faultsOf(c, name, source); !ok || len(faults) > 0 {
				t.Errorf("%s:\n%s", name, strings.Join(faults, "\n"))
			}
		}
	}
}

// structural are the codes of what is wrong with how a file is built or spelled, which
// the schema must find.
var structural = []string{
	"FIELD-UNKNOWN", "FIELD-MISSING", "FIELD-EMPTY", "FIELD-KIND", "LIST-EMPTY", "ONE-OF-NONE", "ONE-OF-TWICE", "CHOICE-UNKNOWN", "QUALIFIER-HERE",
	"AMOUNT-FORM", "RATE-FORM", "NUMBER-FORM", "COUNT-FORM", "DATE-FORM", "SPAN-FORM", "FLAG-FORM", "CLAUSES-FORM", "CLAUSE-FORM", "CLAUSE-KIND",
}

// unseen are files that are refused for what neither build nor spelling shows: a number
// that is too large or too fine for its kind, the value of a path.
var unseen = []string{"giant-numbers.yaml", "amendments.yaml", "amendment-value.yaml", "amendment-nothing.yaml"}

// What is built or spelled wrongly is not valid; what is wrong only in meaning is the
// reader's to find.
func TestNonsenseIsNotValid(t *testing.T) {
	c := newChecker(New())
	found, meaning := 0, 0
	for name, source := range files(t, "internal/deal/testdata/invalid/*.yaml") {
		_, list := deal.Parse(name, source)
		faults, ok := faultsOf(c, name, source)
		built, size := false, false
		for _, d := range list {
			built = built || slices.Contains(structural, d.Code)
			size = size || strings.HasPrefix(d.Code, "VALUE-TOO-")
		}
		switch {
		case !ok || slices.Contains(unseen, filepath.Base(name)):
		case built && len(faults) == 0:
			t.Errorf("%s is valid, and has %v", name, list)
		case built:
			found++
		case size:
		case len(faults) > 0:
			t.Errorf("%s is wrong in meaning only, and is not valid: %s", name, strings.Join(faults, "\n"))
		default:
			meaning++
		}
	}
	if found < 20 || meaning < 20 {
		t.Errorf("%d files were wrongly built, %d wrong in meaning", found, meaning)
	}
}

// What the reader takes at any path of a good file, the schema takes: not every size,
// for it does not know that 120% is more than 100%, but every spelling and shape.
func TestWhatIsReadIsValid(t *testing.T) {
	c := newChecker(New())
	values := []string{"5B", "at least 3B", "12%", "0.5", "1", "-1", "25bp", "1_000", "1e3", "2027-01-01", "18m", "1y 6m", "true", "none", "market", "signing", "never",
		"lab", "spend", "A2", "[1, 2]", "[50%, 1]", "[A1, A3]", "{share: 50%}", "{flat: {}}", "{table: [1, 2]}", "{constant: 3}", "{per_year: -5%}", "{life: 2}", "{gw: 1, amount: 1B}", "5", "yes"}
	taken := 0
	for name, source := range files(t, "internal/deal/testdata/valid/*.yaml") {
		for i, x := range deal.Paths(source) {
			tries := []string{values[i*7%len(values)]} // each path one of them, in turn
			if len(x.Choices) > 0 {
				tries = append(tries, x.Choices[i%len(x.Choices)])
			}
			for _, value := range tries {
				out, err := deal.Set(source, x.Path, value)
				if err != nil {
					continue
				}
				taken++
				if faults, ok := faultsOf(c, name, out); !ok || len(faults) > 0 {
					t.Errorf("%s: %s=%s is read and is not valid: %s", name, x.Path, value, strings.Join(faults, "; "))
				}
			}
		}
	}
	if taken < 100 {
		t.Errorf("only %d values were read", taken)
	}
}

// Each kind of clause is in the schema, by the table that its own file has.
func TestEveryClauseIsThere(t *testing.T) {
	c := newChecker(New())
	kinds := c.root["properties"].(map[string]any)["clauses"].(map[string]any)["items"].(map[string]any)["properties"].(map[string]any)
	defs := c.root["$defs"].(map[string]any)
	for _, k := range clause.Catalog {
		def, ok := defs[k.Name].(map[string]any)
		if _, listed := kinds[k.Name]; !ok || !listed {
			t.Errorf("%s is not in the schema", k.Name)
			continue
		}
		for _, f := range k.New().Fields() {
			if _, ok := def["properties"].(map[string]any)[f.Name]; !ok {
				t.Errorf("%s.%s is not in the schema", k.Name, f.Name)
			}
		}
	}
	// Beside them stand four kinds of distribution and three lists of processes.
	if len(kinds) != len(clause.Catalog) || len(defs) != len(clause.Catalog)+7 {
		t.Errorf("%d kinds, %d definitions, %d clauses", len(kinds), len(defs), len(clause.Catalog))
	}
}

// Everything that has a name is described, and every default is valid where it stands.
func TestWordsAndDefaults(t *testing.T) {
	c := newChecker(New())
	named, defaults := 0, 0
	var walk func(node any, path string)
	walk = func(node any, path string) {
		object, ok := node.(map[string]any)
		if !ok {
			return
		}
		if value, has := object["default"]; has {
			text, _ := json.Marshal(value)
			decoder := json.NewDecoder(strings.NewReader(string(text)))
			decoder.UseNumber()
			if err := decoder.Decode(&value); err != nil {
				t.Fatal(err)
			}
			if faults := c.check(object, value, path); len(faults) > 0 {
				t.Errorf("the default is not valid: %s", strings.Join(faults, "\n"))
			}
			defaults++
		}
		for key, value := range object {
			if key == "properties" || key == "$defs" {
				for name, inner := range value.(map[string]any) {
					if said, _ := inner.(map[string]any)["description"].(string); len(said) < 5 {
						t.Errorf("%s.%s says nothing", path, name)
					}
					named++
					walk(inner, path+"."+name)
				}
				continue
			}
			if key != "default" {
				walk(value, path)
			}
			if list, ok := value.([]any); ok {
				for _, inner := range list {
					walk(inner, path)
				}
			}
		}
	}
	walk(c.root, "")
	if named < 200 || defaults < 40 {
		t.Errorf("%d names, %d defaults", named, defaults)
	}
}

// The checker itself finds what is wrong, so that its silence means something.
func TestCheckerFinds(t *testing.T) {
	c := newChecker(New())
	good := string(files(t, "docs/first-deal.yaml")[filepath.Join("..", "..", "docs", "first-deal.yaml")])
	for old, wrong := range map[string]string{
		"offtake: 1":               "offtake: one",
		"title: A first deal":      "title: {a: b}",
		"currency: USD":            "",
		"term: 3y":                 "term: 3",
		"role: buyer":              "role: byer",
		"amount: 1B":               "amount: one billion",
		"total: 9B":                "total: -9B",
		"pre_money: 50B":           "pre_money: 0",
		"make_up: {life: 2}":       "make_up: {life: 1.5}",
		"{life: 2}":                "{lives: 2}",
		"[2B, 3.5B, 5B]":           "[]",
		"firm: {table":             "firm: {constant: 1, table",
		"cost: {sunk: 0.5}":        "cost: {}",
		"lab_value: {start: 50B}":  "lab_value: 50B",
		"  - equity:":              "  - equities:",
		"world:":                   "feedback: on\nworld:",
		"2027-01-01\nstarts":       "2027-1-1\nstarts",
		"lab: {name: Lab, role: b": "lab: ~\n  lob: {name: Lab, role: b",
	} {
		source := strings.Replace(good, old, wrong, 1)
		if source == good {
			t.Errorf("%q is not in the file", old)
		}
		if faults, ok := faultsOf(c, "deal.yaml", []byte(source)); !ok || len(faults) == 0 {
			t.Errorf("%q is valid (%v)", wrong, ok)
		}
	}
	if faults, _ := faultsOf(c, "deal.yaml", []byte(good)); len(faults) > 0 {
		t.Error(faults)
	}
}
