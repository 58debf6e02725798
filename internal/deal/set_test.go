// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"offtake/internal/diag"
)

// changed are the lines of b that are not in a, and - the lines of a that are not in b.
func changed(a, b string) string {
	before, after := strings.Split(a, "\n"), strings.Split(b, "\n")
	for len(before) > 0 && len(after) > 0 && before[0] == after[0] {
		before, after = before[1:], after[1:]
	}
	for len(before) > 0 && len(after) > 0 && before[len(before)-1] == after[len(after)-1] {
		before, after = before[:len(before)-1], after[:len(after)-1]
	}
	var out []string
	for _, line := range before {
		out = append(out, "- "+line)
	}
	for _, line := range after {
		out = append(out, "+ "+line)
	}
	return strings.Join(out, "\n")
}

// TestSet holds edits of the full example to the lines that they change.
func TestSet(t *testing.T) {
	full := string(files(t, "valid")["full.yaml"])
	for _, test := range []struct{ name, path, value, want string }{
		{"scalar in a block", "clauses.spend.take", "75%", "-       take: 80%\n+       take: 75%"},
		{"scalar in braces, with a comment after", "clauses.delayed-draw.opens[1].amount", "5B",
			"-         - {gw: 1, amount: 4B} # the first gigawatt\n+         - {gw: 1, amount: 5B} # the first gigawatt"},
		{"number after a point", "clauses.delayed-draw.opens.2.gw", "3", "-         - gw: 2.5\n+         - gw: 3"},
		{"element of a table", "world.need.firm.lognormal.mean.table[5]", "22B",
			"-     firm: {lognormal: {mean: {table: [6B, 9B, 12B, 15B, 18B, 21B]}, volatility: 35%}}\n" +
				"+     firm: {lognormal: {mean: {table: [6B, 9B, 12B, 15B, 18B, 22B]}, volatility: 35%}}"},
		{"text that needs quotes", "parties.cloud.name", "Cloud: the company", "-     name: Cloud Co.\n+     name: \"Cloud: the company\""},
		{"text that needs quotes in braces", "parties.lab.name", "Lab, Inc.",
			"-   lab: {name: Lab Inc., role: buyer}\n+   lab: {name: \"Lab, Inc.\", role: buyer}"},
		{"quotes that stay", "title", "Short", "- title: \"Cloud and Lab: a full example\"\n+ title: \"Short\""},
		{"text on lines of its own", "assumptions[world.need]", "nobody knows",
			"-   world.need: |\n-     Doubles in five years;\n-     nobody knows.\n+   world.need: nobody knows"},
		{"text over two lines", "assumptions.existing", "guessed", "-   existing: from the\n-     carrying amounts\n+   existing: guessed"},
		{"id of a clause", "clauses.spend.id", "aws", "-       id: spend\n+       id: aws"},
		{"field that is not there, in a block", "clauses.spend.acceleration", "true", "+       acceleration: true"},
		{"field that is not there, in braces", "clauses.monthly.take", "50%",
			"-   - commitment: {id: monthly, from: lab, to: cloud, total: 6B, period: quarter, make_up: none, within: spend}\n" +
				"+   - commitment: {id: monthly, from: lab, to: cloud, total: 6B, period: quarter, make_up: none, within: spend, take: 50%}"},
		{"mapping that is not there", "clauses.list.binding", "intent", "+       binding: intent"},
		{"mapping in the place of none", "clauses.monthly.make_up.life", "2",
			"-   - commitment: {id: monthly, from: lab, to: cloud, total: 6B, period: quarter, make_up: none, within: spend}\n" +
				"+   - commitment: {id: monthly, from: lab, to: cloud, total: 6B, period: quarter, make_up: {life: 2}, within: spend}"},
		{"none in the place of a mapping", "clauses.spend.make_up", "none", "-       make_up: {life: 3, in: money}\n+       make_up: none"},
		{"none in the place of lines", "clauses.spend.deferral", "none",
			"-       deferral:\n-         cap: 15%\n-         periods: [1, 2, 3, 4]\n+       deferral: none"},
		{"another of several shapes", "clauses.spend.schedule.growth.per_year", "20%",
			"-       schedule: {table: [5B, 7B, 9B, 11B, 13B, 15B]}\n+       schedule: {growth: {per_year: 20%}}"},
		{"table", "clauses.spend.schedule.table", "[10B, 10B, 10B, 10B, 10B, 10B]",
			"-       schedule: {table: [5B, 7B, 9B, 11B, 13B, 15B]}\n+       schedule: {table: [10B, 10B, 10B, 10B, 10B, 10B]}"},
		{"bare value for a mapping", "world.delivery.table", "[1, 1, 1, 1, 1, 1]", "-   delivery: 0.95\n+   delivery: {table: [1, 1, 1, 1, 1, 1]}"},
		{"party that is not there", "parties.bank", "{role: other}", "+   bank: {role: other}"},
		{"fact that is not there", "facts[clauses.spend.total].status", "estimate", "+   clauses.spend.total: {status: estimate}"},
		{"hurdle in braces", "world.hurdle.fund", "20%", "-   hurdle: {lab: 15%, cloud: 9%}\n+   hurdle: {lab: 15%, cloud: 9%, fund: 20%}"},
		{"the same", "clauses.spend.take", "80%", ""},
		{"the same table", "clauses.spend.deferral.periods", "[1, 2, 3, 4]", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := Set([]byte(full), test.path, test.value)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, changed(full, string(got))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestSetRefuses holds edits that cannot be, or make no sense, to what is said.
func TestSetRefuses(t *testing.T) {
	full := files(t, "valid")["full.yaml"]
	for _, test := range []struct{ path, value, want, hint string }{
		{"clauses.spend.tak", "50%", "--set clauses.spend.tak: fault PATH-UNKNOWN: nothing can be set at clauses.spend.tak", "did you mean clauses.spend.take?"},
		{"clauses.spent.take", "50%", "--set clauses.spent.take: fault PATH-UNKNOWN: nothing can be set at clauses.spent.take", "did you mean clauses.spend.take?"},
		{"clauses.delivery.generations[7].gw", "1", "--set clauses.delivery.generations[7].gw: fault PATH-UNKNOWN: nothing can be set at clauses.delivery.generations[7].gw",
			"clauses.delivery.generations has 2 elements, clauses.delivery.generations[0] to clauses.delivery.generations[1]"},
		{"", "1", "--set : fault PATH-UNKNOWN: nothing can be set at \"\"", ""},
		{"provider.balance.backlog", "1B", "--set provider.balance.backlog: fault PATH-UNKNOWN: nothing can be set at provider.balance.backlog", "equity stands here; for the backlog write accounting.supplier_backlog"},
		{"title.x", "1", "--set title.x: fault PATH-UNKNOWN: nothing can be set at title.x", "title is a single value"},
		{"clauses.spend.take", "150%", "--set clauses.spend.take: fault VALUE-TOO-HIGH: clauses.spend.take is 150%, and must be at most 100%", "take: share of the schedule that must be paid for, taken or not"},
		{"clauses.spend.period", "weekly", "--set clauses.spend.period: fault CHOICE-UNKNOWN: clauses.spend.period cannot be weekly", "write hour, month, quarter, year or term"},
		{"clauses.spend.within", "spent", "--set clauses.spend.within: fault REF-UNKNOWN: clauses.spend.within: there is no clause spent", "did you mean spend?"},
		{"clauses.spend.from", "labb", "--set clauses.spend.from: fault PARTY-UNKNOWN: clauses.spend.from: there is no party labb", "did you mean lab?"},
		{"clauses.spend.id", "a b", "--set clauses.spend.id: fault NAME-FORM: \"a b\" cannot be a name", keyHint},
		{"parties.lab.role", "supplier", "--set parties.lab.role: fault PARTY-BUYER: no party is the buyer", "give one party role: buyer"},
		{"clauses.delayed-draw.opens", "[{gw: 1, amount: 1B}]", "--set clauses.delayed-draw.opens: fault EDIT-HERE: comments stand in clauses.delayed-draw.opens, and would be lost",
			"set the values in it one by one, or edit the file"},
		{"clauses.spend.schedule.table", "[1B, 2B", "--set clauses.spend.schedule.table: fault EDIT-HERE: \"[1B, 2B\" is not a value that can stand there", "write a value on one line, with brackets closed"},
		{"clauses.spend.schedule.table", "[1B, two]", "--set clauses.spend.schedule.table: fault AMOUNT-FORM: clauses.spend.schedule.table[1]: two does not start with a number",
			"write the number first, such as 5B; only at least, up to and about may precede it"},
	} {
		_, err := Set(full, test.path, test.value)
		var list diag.List
		if !errors.As(err, &list) {
			t.Errorf("%s=%s: %v", test.path, test.value, err)
			continue
		}
		if got := list[0].String(); got != test.want || test.hint != "" && list[0].Hint != test.hint {
			t.Errorf("%s=%s:\n got %s\n     %s\nwant %s\n     %s", test.path, test.value, got, list[0].Hint, test.want, test.hint)
		}
	}
}

// TestSetMends holds edits to what they touch: faults elsewhere in the file do not
// keep a value from being set, and several edits may pass through what makes no sense.
func TestSetMends(t *testing.T) {
	bad := files(t, "invalid")["take-above-1.yaml"]
	mended, err := Set(bad, "clauses.spend.take", "90%")
	if err != nil {
		t.Fatal(err)
	}
	if d, list := Parse("", mended); d == nil {
		t.Error(list)
	}
	if _, err := Set(bad, "title", "Worse"); err != nil {
		t.Error(err)
	}
	full := files(t, "valid")["full.yaml"]
	out, err := SetAll(full, []Edit{{"clauses.spend.total", "12B"}, {"clauses.spend.schedule.table", "[2B, 2B, 2B, 2B, 2B, 2B]"}})
	if err != nil {
		t.Fatal(err)
	}
	if d, list := Parse("", out); d == nil {
		t.Error(list)
	}
	if _, err := Set([]byte("a: [\n"), "a", "1"); err == nil || !strings.Contains(err.Error(), "YAML-SYNTAX") {
		t.Errorf("a file that is no YAML: %v", err)
	}
}

// TestSetLineEnds holds edits to the line ends of the file.
func TestSetLineEnds(t *testing.T) {
	for source, want := range map[string]string{
		"offtake: 1\r\nworld:\r\n  discount: 5% # x\r\n":    "offtake: 1\r\nworld:\r\n  discount: 5% # x\r\n  feedback: off\r\n",
		"\ufeffofftake: 1\r\nworld: {discount: 5%}":         "\ufeffofftake: 1\r\nworld: {discount: 5%, feedback: off}",
		"offtake: 1\nworld:\n  discount: 5%":                "offtake: 1\nworld:\n  discount: 5%\n  feedback: off",
		"offtake: 1\nworld:\n":                              "offtake: 1\nworld: {feedback: off}\n",
		"offtake: 1\nworld: {}\n":                           "offtake: 1\nworld: {feedback: off}\n",
		"offtake: 1\nworld: {discount: 5%,\n}\n":            "offtake: 1\nworld: {discount: 5%, feedback: off,\n}\n",
		"offtake: 1":                                        "offtake: 1\nworld: {feedback: off}",
		"offtake: 1\nworld: {feedback: , discount: 5%}\n":   "offtake: 1\nworld: {feedback: off , discount: 5%}\n",
		"offtake: 1\nworld: {feedback, discount: 5%}\n":     "offtake: 1\nworld: {feedback: off, discount: 5%}\n",
		"offtake: 1\nworld: {\"feedback\":on}\n":            "offtake: 1\nworld: {\"feedback\":off}\n",
		"offtake: 1\nworld:\n  feedback:   # on or off\n":   "offtake: 1\nworld:\n  feedback: off   # on or off\n",
		"offtake: 1\nworld:\n  feedback: 'on'\n# the end\n": "offtake: 1\nworld:\n  feedback: 'off'\n# the end\n",
		"offtake: 1\nworld:\n    discount: 5%\n\n\n# end\n": "offtake: 1\nworld:\n    discount: 5%\n    feedback: off\n\n\n# end\n",
	} {
		got, err := Set([]byte(source), "world.feedback", "off")
		if err != nil || string(got) != want {
			t.Errorf("%q:\n got %q %v\nwant %q", source, got, err, want)
		}
	}
}

// TestSetOverNotes sets for a run what a file has notes on the inside of.
func TestSetOverNotes(t *testing.T) {
	full := string(files(t, "valid")["full.yaml"])
	source := []byte(strings.Replace(full, "  world.need: |", "  clauses.spend.schedule.table: not public\n  world.need: |", 1))
	if d, list := ParseAs("deal.yaml", source, View{}, []Edit{{"clauses.spend.schedule", "{growth: {per_year: 20%}}"}}); d == nil {
		t.Error(list)
	}
	if d, _ := ParseAs("deal.yaml", source, View{}, []Edit{{"clauses.spend.take", "80%"}}); d == nil {
		t.Error("another value cannot be set")
	}
	wrong := []byte(strings.Replace(string(source), "clauses.spend.schedule.table: not", "clauses.spend.schedule.tabel: not", 1))
	if d, _ := ParseAs("deal.yaml", wrong, View{}, []Edit{{"clauses.spend.take", "80%"}}); d != nil {
		t.Error("a note on nothing stands")
	}
}
