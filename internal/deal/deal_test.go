// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"offtake/internal/calendar"
	"offtake/internal/clause"
)

// parsed is a valid file's deal.
func parsed(t testing.TB, name string) *Deal {
	t.Helper()
	d, list := Parse(name, files(t, "valid")[name])
	if d == nil {
		t.Fatal(list)
	}
	return d
}

func date(s string) calendar.Date { return calendar.MustParseDate(s) }

// TestParseFull holds the full example to what it says.
func TestParseFull(t *testing.T) {
	d := parsed(t, "full.yaml")
	if d.Title != "Cloud and Lab: a full example" || d.Currency.Code != "USD" || d.Signed != date("2026-04-20") || d.Term.Months != 72 ||
		d.Step != calendar.Month || d.DayCount != calendar.Actual365 || d.Buyer() != "lab" || d.Supplier() != "cloud" {
		t.Errorf("head: %+v", d)
	}
	equal := func(what string, got, want any) {
		t.Helper()
		if diff := cmp.Diff(fmt.Sprintf("%+v", want), fmt.Sprintf("%+v", got)); diff != "" {
			t.Errorf("%s: %s", what, diff)
		}
	}
	equal("parties", d.Parties, []Party{{"lab", "Lab Inc.", "buyer"}, {"cloud", "Cloud Co.", "supplier"}, {"fund", "", "investor"}})
	equal("archetypes", d.Archetypes, []string{"A1", "A2"})
	equal("existing", d.Existing, []Stake{{"cloud", "lab", 0.15}, {"fund", "lab", 0.05}})
	equal("elsewhere", d.Elsewhere[0].Table, []float64{1e11, 1e11, 1e11, 2e11, 2e11, 0})
	equal("elsewhere, flat", d.Elsewhere[1].Table, []float64{2.5e10, 2.5e10, 2.5e10, 2.5e10, 2.5e10, 2.5e10})
	equal("sources", d.Sources, []Source{{"q2-2026", "Cloud Co.", "Quarterly report", date("2026-07-31"), "https://example.com/q2"},
		{"press", "The Daily", "Cloud, Lab and the rest", calendar.Date{}, ""}})
	equal("facts", d.Facts[3], Fact{Path: "clauses.delivery.generations[1].gw", Status: "estimate"})
	equal("assumptions", d.Assumptions, []Assumption{{"clauses.delivery", "not public"}, {"world.need", "Doubles in five years;\nnobody knows.\n"}, {"existing", "from the carrying amounts"}})
	var changes []string
	for _, a := range d.Amendments {
		for _, v := range a.Set {
			changes = append(changes, fmt.Sprintf("%s %s: %s, was %q; %s", a.Date, v.Path, v.Text, v.Was, a.Source))
		}
	}
	equal("amendments", changes, []string{
		"2027-01-01 clauses.spend.take: 70%, was \"80%\"; press", "2027-01-01 clauses.spend.acceleration: true, was \"\"; press",
		"2028-01-01 world.need.firm: {constant: 20B}, was \"{lognormal: {mean: {table: [6B, 9B, 12B, 15B, 18B, 21B]}, volatility: 35%}}\"; "})
	equal("expect", d.Expect, []Expectation{{Measure: "headline_ratio", Value: 12, Tolerance: 1e-9},
		{Measure: "npv", Party: "lab", Value: -1.5e9, Tolerance: 1e-6, Note: "made up"}, {Measure: "schedule", Clause: "spend", Period: 2, Value: 7e9, Tolerance: 1e-9}})
	var kinds []string
	for _, c := range d.Clauses {
		kinds = append(kinds, c.Kind()+" "+c.Head().ID)
	}
	equal("clauses", kinds, []string{"equity series-g", "equity credits", "facility delayed-draw", "capacity delivery", "price list", "commitment spend", "commitment monthly"})
	if g := d.Grid(); g.Term() != 72 || g.Steps() != 75 { // the commitment's net is the longer: 3 months
		t.Errorf("grid of %d and %d steps", g.Term(), g.Steps())
	}
}

// asSigned is a valid file's deal before its amendments.
func asSigned(t testing.TB, name string) *Deal {
	t.Helper()
	d := parsed(t, name)
	d, list := d.As(View{AsOf: d.Signed})
	if d == nil {
		t.Fatal(list)
	}
	return d
}

// TestPlace holds places to the line and column of what they name.
func TestPlace(t *testing.T) {
	d := asSigned(t, "full.yaml")
	source := strings.Split(string(files(t, "valid")["full.yaml"]), "\n")
	for path, want := range map[string]string{
		"clauses.series-g.amount": "5B", "clauses.delivery.generations[1].gw": "2", "clauses.delivery.generations.1.gw": "2",
		"world.need.firm.lognormal.mean.table[2]": "12B", "parties.cloud.name": "Cloud Co.", "clauses.spend": "commitment",
		"elsewhere.third.minimum.flat": "250M", "facts[clauses.series-g.amount].status": "filing", "world": "world",
	} {
		at, ok := d.Place(path)
		if !ok || at.File != "full.yaml" {
			t.Errorf("%s has no place", path)
			continue
		}
		if got := source[at.Line-1][at.Column-1 : at.Column-1+at.Width]; got != want {
			t.Errorf("%s stands at %q, and not at %q", path, got, want)
		}
	}
	if _, ok := d.Place("clauses.spend.pay_for"); ok {
		t.Error("what the file does not say has a place")
	}
}

// TestWithout holds a deal without a clause to what the parties would have had.
func TestWithout(t *testing.T) {
	d := parsed(t, "full.yaml")
	for _, c := range d.Clauses {
		id := c.Head().ID
		without, err := d.Without(id)
		if err != nil {
			t.Fatal(err)
		}
		without.Program(false)
		s := without.Setting()
		if !s.IsOff(id) || without.Grid() != d.Grid() || !slices.Equal(without.Off(), []string{id}) {
			t.Errorf("%s is not off", id)
		}
		if found := s.Find(id) != nil; found != (c.Kind() == "price") {
			t.Errorf("without %s, it is there: %v", id, found)
		}
		if _, err := without.Without(id); err == nil {
			t.Errorf("%s is switched off twice", id)
		}
	}
	if len(d.Off()) != 0 || len(d.Clauses) != 7 {
		t.Error("switching off changed the deal itself")
	}
	for id, want := range map[string]string{
		"spent": "there is no clause spent: did you mean spend?",
		"zebra": "there is no clause zebra: the clauses are series-g, credits, delayed-draw, delivery, list, spend and monthly",
	} {
		if _, err := d.Without(id); err == nil || err.Error() != want {
			t.Errorf("without %s: %v", id, err)
		}
	}
}

// TestImplied holds a deal that states no price to the list price, under an id that is
// free.
func TestImplied(t *testing.T) {
	d := parsed(t, "least.yaml")
	c, ok := d.Clauses[1].(*clause.Price)
	if !ok || c.Head().ID != "list-price-2" || c.Head().From != "cloud" || c.Head().To != "lab" || !d.Implied("list-price-2") || d.Implied("list-price") || d.Implied("") {
		t.Fatalf("%+v", d.Clauses[1])
	}
	if _, err := d.Without("list-price-2"); err == nil {
		t.Error("the implied price was switched off")
	}
	if parsed(t, "full.yaml").Implied("") {
		t.Error("no clause is implied")
	}
}

// TestInputs holds each input to its origin: the nearest thing said of it.
func TestInputs(t *testing.T) {
	got := map[string]string{}
	line := 0
	inputs := asSigned(t, "full.yaml").Inputs()
	if n := Sourced(inputs); n != 7 { // one amount, five quantities of one generation, and one of another
		t.Errorf("%d inputs are sourced", n)
	}
	for _, in := range inputs {
		got[in.Path] = strings.Join([]string{in.Text, in.Status, in.Source, in.Reason}, "; ")
		if in.Place.Line < line {
			t.Errorf("%s is out of order", in.Path)
		}
		line = in.Place.Line
	}
	for path, want := range map[string]string{
		"clauses.series-g.amount":                 "5B; filing; q2-2026; invested in the second quarter",
		"clauses.series-g.pre_money":              "350B; assumption; ; ",
		"clauses.delivery.generations[0].gw":      "1; press; press; ",
		"clauses.delivery.generations[1].gw":      "2; estimate; ; ",
		"clauses.delivery.generations[1].from":    "2027-10-01; assumption; ; not public",
		"world.need.firm.lognormal.mean.table[0]": "6B; assumption; ; Doubles in five years;\nnobody knows.\n",
		"world.delivery":                          "0.95; assumption; ; ",
		"existing[0].stake.share":                 "15%; assumption; ; from the carrying amounts",
		"clauses.spend.schedule.table[5]":         "15B; assumption; ; ",
		"clauses.spend.exit.from":                 "3y; assumption; ; ",
	} {
		if got[path] != want {
			t.Errorf("%s: %q, want %q", path, got[path], want)
		}
	}
	for _, path := range []string{"clauses.spend.period", "clauses.spend.id", "term", "expect[0].value", "world.feedback", "clauses.monthly.make_up"} {
		if _, ok := got[path]; ok {
			t.Errorf("%s is no input", path)
		}
	}
}

// TestFields holds the table of the file to words for everything.
func TestFields(t *testing.T) {
	for _, f := range Fields() {
		if f.Name == "" || f.Doc == "" {
			t.Errorf("%+v says nothing", f)
		}
	}
}

// TestLibrary holds the deals of the library to no faults and to Format.
func TestLibrary(t *testing.T) {
	names, err := filepath.Glob("../../deals/*/deal.yaml")
	templates, also := filepath.Glob("../../deals/templates/*/deal.yaml")
	if err != nil || also != nil || len(names) == 0 || len(templates) == 0 {
		t.Fatal(names, templates, err, also)
	}
	for _, name := range append(names, templates...) {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if d, list := Parse(name, source); d == nil {
			t.Error(list)
		}
		if string(Format(source)) != string(source) {
			t.Errorf("%s is not as Format leaves it", name)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	source := files(b, "valid")["full.yaml"]
	b.SetBytes(int64(len(source)))
	for b.Loop() {
		if d, _ := Parse("full.yaml", source); d == nil {
			b.Fatal("no deal")
		}
	}
}

func BenchmarkSet(b *testing.B) {
	source := files(b, "valid")["full.yaml"]
	for b.Loop() {
		if _, err := Set(source, "clauses.spend.take", "75%"); err != nil {
			b.Fatal(err)
		}
	}
}

// An event may have a name beside its day; sentences call it by that, or by its
// key in words.
func TestEventNames(t *testing.T) {
	text := strings.Replace(string(files(t, "valid")["full.yaml"]), "liquidity-event: 2027-06-30", "%s", 1)
	for events, want := range map[string]string{
		"liquidity-event: 2027-06-30":                                   "after the liquidity event.",
		"liquidity-event: {on: 2027-06-30}":                             "after the liquidity event.",
		"liquidity-event: {on: 2027-06-30, name: listing of Lab}":       "after the listing of Lab.",
		"liquidity-event: {on: 2027-06-30, name: the listing of Lab}":   "after the listing of Lab.",
		"liquidity-event: {on: 2027-06-30, name: a change of control}":  "after a change of control.",
		"liquidity-event: {on: 2027-06-30, name: an offer for the lab}": "after an offer for the lab.",
	} {
		d, list := Parse("deal.yaml", []byte(strings.Replace(text, "%s", events, 1)))
		if d == nil {
			t.Fatal(list)
		}
		said := ""
		for _, c := range d.Clauses {
			said += c.Explain(d.Setting())
		}
		if !strings.Contains(said, want) {
			t.Errorf("%s: %q is not in %s", events, want, said)
		}
		if e := d.World.Events[0]; e.Name != "liquidity-event" || e.On != date("2027-06-30") {
			t.Errorf("%s: %+v", events, e)
		}
		if named := slices.ContainsFunc(d.Inputs(), func(in Input) bool { return strings.HasSuffix(in.Path, ".name") }); named {
			t.Errorf("%s: a name counts as an input", events)
		}
	}
	if d, list := Parse("deal.yaml", []byte(strings.Replace(text, "%s", "liquidity-event: {name: listing}", 1))); d != nil || len(list) != 1 || list[0].Code != "FIELD-MISSING" {
		t.Errorf("without a day: %v", list)
	}
}

// TestUncertainInputs holds inputs that are uncertain to their distributions in
// words, and what every number of the valid file may be to a draw of its own.
func TestUncertainInputs(t *testing.T) {
	d := parsed(t, "uncertain.yaml")
	says := map[string]string{}
	for _, in := range d.Inputs() {
		says[in.Path] = in.Says
	}
	for path, want := range map[string]string{
		"world.cost.sunk":                  "lognormal, 90% of it from 0.400 to 0.600, mean 0.494",
		"world.default.recovery":           "lognormal, 90% of it from 35% to 55%, mean 44.29%",
		"world.default.follows[need.firm]": "normal, 90% of it from -0.500 to -0.200, mean -0.350",
		"world.default.need_after.normal":  "normal, 90% of it from 30% to 70%, mean 50%",
		"world.delays.power":               "lognormal, 90% of it from 3m to 9m, mean 5.49m",
		"world.discount":                   "",
		"world.default.cost.lognormal.sd":  "",
	} {
		if got, ok := says[path]; !ok || got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	if n := len(d.World.Uncertain()); n != 23 { // the one recovery is of two claims
		t.Errorf("%d numbers are uncertain", n)
	}
}
