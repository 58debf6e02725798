// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// A judge is what the battery reports to: a test, or a list when the battery
// itself is tested.
type judge interface {
	Helper()
	Errorf(format string, args ...any)
}

// battery holds a kind of clause to what all clauses must be. It knows nothing
// of the kind but what its own table of fields says, so it takes hold of a new
// one as soon as the catalogue lists it.
func battery(j judge, k Kind) {
	j.Helper()
	b := &trial{j: j, kind: k}
	defer func() {
		if r := recover(); r != nil {
			j.Errorf("%s panics: %v", k.Name, r)
		}
	}()
	b.checkIdentity()
	b.checkTable(k.New().Fields(), k.Name)
	b.checkEmpty()
	said := sayings(k.New().Fields(), "")
	for _, step := range []calendar.Step{calendar.Month, calendar.Quarter, calendar.Year} {
		b.try(step)
		for _, s := range said {
			b.try(step, s)
		}
	}
	for i, s := range said {
		for _, other := range said[:i] {
			b.try(calendar.Month, other, s)
		}
	}
	for _, s := range said {
		if !b.ran[s.what()] {
			j.Errorf("%s: no deal runs with %s", k.Name, s)
		}
	}
}

// trial is a battery at work.
type trial struct {
	j    judge
	kind Kind
	ran  map[saying]bool // what has been said in a deal that has no fault and was run
}

func (b *trial) faultf(format string, args ...any) {
	b.j.Helper()
	b.j.Errorf("%s: %s", b.kind.Name, fmt.Sprintf(format, args...))
}

func (b *trial) checkIdentity() {
	c := b.kind.New()
	if c.Kind() != b.kind.Name {
		b.faultf("a clause of this kind calls itself %q", c.Kind())
	}
	if b.kind.Doc == "" {
		b.faultf("the catalogue does not say what it is")
	}
	if one, other := b.kind.New(), b.kind.New(); one.Head() == other.Head() {
		b.faultf("two clauses share a head")
	}
	b.checkSentence("Without", c.Without().Says)
	for _, x := range c.Without().Instead {
		if _, known := Find(x.Kind()); !known {
			b.faultf("what stands in its place is a %q, which is no kind", x.Kind())
		}
	}
	heads := map[string]any{"id": &c.Head().ID, "from": &c.Head().From, "to": &c.Head().To, "binding": &c.Head().Binding}
	for _, f := range c.Fields() {
		if into, is := heads[f.Name]; is && (f.Into == into || f.Bare != nil && f.Bare.Into == into) {
			delete(heads, f.Name)
		}
	}
	for _, name := range []string{"id", "from", "to", "binding"} {
		if heads[name] != nil {
			b.faultf("no field %s fills the head", name)
		}
	}
}

var plainName = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)

// checkTable holds a table, and all that it opens, to what deal files, their
// reference and the studio need of it.
func (b *trial) checkTable(table []field.Field, at string) {
	seen := map[string]bool{}
	for _, f := range table {
		path := at + "." + f.Name
		if seen[f.Name] {
			b.faultf("%s is there twice", path)
		}
		seen[f.Name] = true
		b.checkField(f, path)
		if f.Bare != nil {
			b.checkField(*f.Bare, path+" (bare)")
		}
		if f.Fields != nil {
			b.checkTable(f.Fields(), path)
		}
		if f.Key != nil {
			b.checkTable([]field.Field{f.Key("any")}, path)
		}
	}
}

func (b *trial) checkField(f field.Field, path string) {
	bare := strings.HasSuffix(path, " (bare)")
	if !plainName.MatchString(f.Name) {
		b.faultf("%s is not a plain name", path)
	}
	if f.Doc == "" && !bare {
		b.faultf("%s has no doc", path)
	}
	if f.Doc != strings.TrimSpace(f.Doc) || strings.Contains(f.Doc, "  ") || strings.HasSuffix(f.Doc, ".") {
		b.faultf("%s: %q is not one phrase", path, f.Doc)
	}
	if f.Kind < field.Text || f.Kind > field.Refs {
		b.faultf("%s has no kind", path)
		return
	}
	if problem := wrongPlace(f); problem != "" {
		b.faultf("%s, %v: %s", path, f.Kind, problem)
	}
	if problem := wrongShape(f); problem != "" {
		b.faultf("%s, %v: %s", path, f.Kind, problem)
	}
	if problem := wrongDefault(f); problem != "" {
		b.faultf("%s: default %q %s", path, f.Default, problem)
	}
}

// wrongPlace says what is wrong with where the value goes.
func wrongPlace(f field.Field) string {
	ok := false
	switch f.Into.(type) {
	case *string:
		ok = f.Kind == field.Text || f.Kind == field.Choice || f.Kind == field.Party || f.Kind == field.Ref
	case *unit.Amount:
		ok = f.Kind == field.Money
	case *float64, **float64, field.NumberSetter:
		_, span := f.Into.(field.SpanSetter)
		ok = f.Kind == field.Money || f.Kind == field.Rate || f.Kind == field.Number || f.Kind == field.Span && span
	case *int:
		ok = f.Kind == field.Count
	case *calendar.Date:
		ok = f.Kind == field.Date
	case *calendar.Span, field.SpanSetter:
		ok = f.Kind == field.Span
	case *bool:
		ok = f.Kind == field.Flag
	case *[]float64:
		ok = f.Kind == field.Series
	case *[]int:
		ok = f.Kind == field.Counts
	case *[]calendar.Date:
		ok = f.Kind == field.Dates
	case *[]string:
		ok = f.Kind == field.Refs || f.Kind == field.Words
	case nil:
		ok = opens(f) || f.Kind == field.Places || f.Each != nil
	}
	if !ok {
		return fmt.Sprintf("a value of it cannot go to a %T", f.Into)
	}
	return ""
}

func opens(f field.Field) bool {
	return f.Kind == field.Group || f.Kind == field.List || f.Kind == field.Variant
}

func isNumber(k field.Kind) bool {
	return k == field.Money || k == field.Rate || k == field.Number || k == field.Count
}

// wrongShape says what the field lacks that its kind needs, or has that its
// kind has no use for.
func wrongShape(f field.Field) string {
	limits, series := f.Min.Set() || f.Max.Set(), f.Kind == field.Series || f.Kind == field.Counts
	words := map[string]bool{}
	for _, w := range f.Choices {
		if w == "" || words[w] {
			return "a choice is empty or there twice"
		}
		words[w] = true
	}
	switch {
	case opens(f) != (f.Fields != nil):
		return "it opens no table, or should not"
	case (f.Kind == field.Places) != (f.Key != nil):
		return "it opens no entry, or should not"
	case f.Bare != nil && f.Kind != field.Group && f.Kind != field.Variant:
		return "it needs no bare form"
	case f.Kind == field.Choice && len(f.Choices) == 0:
		return "there is nothing to choose"
	case f.Kind == field.Series && f.Item != field.Money && f.Item != field.Rate && f.Item != field.Number && f.Item != field.Span:
		return fmt.Sprintf("a list of %v", f.Item)
	case limits && !isNumber(f.Kind) && !series && f.Kind != field.Span:
		return "it has limits and is no number"
	case f.Min.Set() && f.Max.Set() && f.Min.Value > f.Max.Value:
		return "its limits leave nothing"
	case (f.Kind == field.Count || f.Kind == field.Number) && f.Unit == "":
		return "it has no unit"
	case f.Unit != "" && !isNumber(f.Kind) && !series && f.Kind != field.Group && f.Kind != field.Variant:
		return "it has a unit and is no number"
	case f.Required && f.Default != "":
		return "what must be there has no use for a default"
	}
	return ""
}

// wrongDefault says where the text of a default and the value set by New, or
// by opening the table, do not agree. A default in words means that the value
// is absent: zero, or beyond its limits.
func wrongDefault(f field.Field) string {
	if f.Default == "" {
		return ""
	}
	if opens(f) {
		return wrongOpened(f)
	}
	if isNumber(f.Kind) {
		x, set := numberAt(f)
		if want, err := parsed(f); err == nil {
			if !set || x != want {
				return fmt.Sprintf("and the value is %v", x)
			}
			return ""
		}
		if absent := !set || x == 0 || f.Min.Below(x) || f.Max.Above(x); !absent {
			return fmt.Sprintf("is in words, and the value is %v", x)
		}
		return ""
	}
	return wrongOther(f)
}

func wrongOther(f field.Field) string {
	got, absent := "", false
	switch x := f.Into.(type) {
	case *string:
		got, absent = *x, *x == "" && f.Kind == field.Text
	case *bool:
		got = fmt.Sprint(*x)
	case *calendar.Date:
		absent = *x == (calendar.Date{})
	case *calendar.Span:
		absent = *x == (calendar.Span{})
	case *[]float64:
		absent = *x == nil
	case *[]int:
		absent = *x == nil
	case *[]calendar.Date:
		absent = *x == nil
	}
	if got != f.Default && !absent {
		return fmt.Sprintf("and the value is %q", got)
	}
	if f.Kind == field.Choice && !contains(f.Choices, f.Default) {
		return "is none of the choices"
	}
	return ""
}

// wrongOpened looks for a default of a table: none, a bare word, or one of its
// fields in braces.
func wrongOpened(f field.Field) string {
	if f.None && f.Default == "none" || f.Bare != nil && contains(f.Bare.Choices, f.Default) {
		return ""
	}
	if f.Bare != nil && isNumber(f.Bare.Kind) && !f.Required && strings.Contains(f.Default, " ") && !strings.ContainsAny(f.Default, "{}0123456789") {
		return "" // in words: there is none
	}
	if f.Bare != nil && isNumber(f.Bare.Kind) {
		bare := *f.Bare
		bare.Default = f.Default
		if _, err := parsed(bare); err == nil {
			return ""
		}
	}
	for _, inner := range f.Fields() {
		if strings.HasPrefix(f.Default, "{"+inner.Name+": ") && strings.HasSuffix(f.Default, "}") {
			return ""
		}
	}
	return "is nothing that could be written here"
}

func contains(among []string, s string) bool {
	for _, x := range among {
		if x == s {
			return true
		}
	}
	return false
}

func numberAt(f field.Field) (x float64, set bool) {
	switch into := f.Into.(type) {
	case *float64:
		return *into, true
	case *int:
		return float64(*into), true
	case *unit.Amount:
		return into.Value, true
	case **float64:
		if *into != nil {
			return **into, true
		}
	}
	return 0, false
}

func parsed(f field.Field) (float64, error) {
	switch f.Kind {
	case field.Money:
		a, err := unit.ParseMoney(f.Default)
		return a.Value, err
	case field.Rate:
		return unit.ParseRate(f.Default)
	}
	a, err := unit.ParseNumber(f.Default)
	return a.Value, err
}

// checkSentence holds what people read to being sentences.
func (b *trial) checkSentence(what, s string) {
	b.j.Helper()
	for _, x := range []struct {
		bad bool
		why string
	}{
		{s == "", "says nothing"},
		{s != strings.TrimSpace(s) || strings.Contains(s, "  "), "has spaces to spare"},
		{!strings.HasSuffix(s, "."), "does not end with a period"},
		{strings.Contains(s, "..") || strings.Contains(s, " .") || strings.Contains(s, " ,") || strings.Contains(s, ",,"), "has stops to spare"},
		{strings.Contains(s, "%!") || strings.Contains(s, "<nil>") || strings.Contains(s, "NaN"), "shows how it was made"},
		{strings.Contains(s, "()") || strings.Count(s, "(") != strings.Count(s, ")"), "has brackets to spare"},
		{s != "" && strings.ToUpper(s[:1]) != s[:1], "begins small"},
	} {
		if x.bad {
			b.faultf("%s %s: %q", what, x.why, s)
			return
		}
	}
}

// checkEmpty checks a clause in which nothing is said, alone and in a deal.
func (b *trial) checkEmpty() {
	defer func() {
		if r := recover(); r != nil {
			b.faultf("checking an empty clause panics: %v", r)
		}
	}()
	c := b.kind.New()
	c.Check(&Setting{Grid: batteryGrid(calendar.Month), Clauses: []Clause{c}}, &reports{})
	c.Check(&Setting{Grid: batteryGrid(calendar.Month), Buyer: "lab", Supplier: "cloud"}, &reports{})
}

// reports takes what checks find.
type reports struct{ faults, all []string }

func (r *reports) Fault(code, path, hint, format string, args ...any) {
	text := fmt.Sprintf("%s at %s: "+format+" (%s)", append(append([]any{code, path}, args...), hint)...)
	r.faults, r.all = append(r.faults, text), append(r.all, text)
}

func (r *reports) Warn(code, path, hint, format string, args ...any) {
	r.all = append(r.all, fmt.Sprintf("%s at %s: "+format+" (%s)", append(append([]any{code, path}, args...), hint)...))
}

func batteryGrid(step calendar.Step) *calendar.Grid { return longerGrid(48, step, 12/step.Months()) }

// longerGrid is that of a term of so many months and a tail, with the extensions of
// clauses.
func longerGrid(months int, step calendar.Step, tail int, clauses ...Clause) *calendar.Grid {
	start, extra := calendar.MustParseDate("2027-01-01"), ExtensionSteps(clauses, step)
	g, err := calendar.NewGrid(start, start, calendar.Span{Months: months + extra*step.Months()}, step, tail, calendar.Actual365)
	if err != nil {
		panic(err)
	}
	return g.Extending(extra)
}

func batterySetting(step calendar.Step) *Setting {
	return &Setting{Grid: batteryGrid(step), Signed: calendar.MustParseDate("2027-01-01"), Currency: unit.Currency{Code: "USD", Symbol: "$"},
		Names: map[string]string{"lab": "Lab", "cloud": "Cloud", "bank": "Bank"}, Buyer: "lab", Supplier: "cloud",
		Parties: []string{"lab", "cloud", "bank"}, Events: []string{"something"}, Indexes: []string{"something"}, Shares: contract.DefaultShares}
}

// try puts the clause, with something said, into a deal. If the deal has no
// fault it must run: in one lane and in eight alike, with stocks that follow
// their flows.
func (b *trial) try(step calendar.Step, said ...saying) {
	in, c := b.deal(step, said)
	where := fmt.Sprintf("by the %v with %v", step, said)
	defer func() {
		if r := recover(); r != nil {
			b.faultf("%s: panics: %v", where, r)
		}
	}()
	found := &reports{}
	c.Check(in, found)
	for _, s := range found.all {
		if strings.Contains(s, "%!") {
			b.faultf("%s: a check says %q", where, s)
		}
	}
	if len(found.faults) > 0 {
		if len(said) == 0 {
			b.faultf("%s: with only what is required: %s", where, found.faults[0])
		}
		return
	}
	b.checkSentence("Explain "+where, c.Explain(in))
	cfg := contract.Config{Grid: in.Grid, Buyer: in.Buyer, Supplier: in.Supplier, Clauses: Arrange(in.Clauses)}
	b.checkRun(where, contract.Compile(cfg), len(said) > 1)
	cfg.WholeCents = true
	b.checkWhole(where, contract.Compile(cfg))
	if b.ran == nil {
		b.ran = map[saying]bool{}
	}
	for _, s := range said {
		b.ran[s.what()] = true
	}
}

// deal is the clause among others that give it something to do.
func (b *trial) deal(step calendar.Step, said []saying) (*Setting, Clause) {
	in, c := batterySetting(step), b.kind.New()
	fill(c.Fields(), "", said)
	around := testCommitment("around", 300000)
	around.MakeUp = &MakeUp{In: "units", Expiry: "after_use", TopUp: "unpaid", AtEnd: "refunded"}
	power := testCapacity(Generation{From: in.Grid.Start(), PowerGW: 4, UnitsPerGW: 20})
	in.Clauses = []Clause{c, around, power}
	if x, ok := c.(*Extension); ok {
		in.Grid = longerGrid(48, step, 12/step.Months(), x)
	}
	for _, s := range said {
		switch s.ref {
		case "shares":
			in.Clauses = append(in.Clauses, testShares(s.ref))
		case "debt":
			in.Clauses = append(in.Clauses, testNote(s.ref))
		case "line":
			in.Clauses = append(in.Clauses, testLine(s.ref))
		}
	}
	if s, ok := c.(*Sale); ok {
		shares := testShares("shares")
		shares.Preference, s.Of = nil, []string{"shares"}
		in.Clauses = append(slices.DeleteFunc(in.Clauses, func(x Clause) bool { return x.Kind() == "equity" }), shares)
	}
	if c.Kind() != "price" {
		in.Clauses = append(in.Clauses, testPrice())
	}
	// Most clauses run from the supplier to the buyer, some the other way, and
	// some from a third party.
	head := c.Head()
	head.ID = "under-test"
	for _, way := range [][2]string{{"cloud", "lab"}, {"lab", "cloud"}, {"bank", "lab"}, {"bank", "cloud"}} {
		head.From, head.To = way[0], way[1]
		found := &reports{}
		if c.Check(in, found); len(found.faults) == 0 {
			break
		}
	}
	return in, c
}

// checkRun runs eight histories side by side and each alone. Where the deal is
// one of many, three of the eight are enough.
func (b *trial) checkRun(where string, p *contract.Program, few bool) {
	together, faults := digests(p, 8, 0)
	for _, f := range faults {
		b.faultf("%s: %v", where, f)
		break
	}
	for path := range together {
		if few && path != 0 && path != 3 && path != 5 {
			continue
		}
		if alone, _ := digests(p, 1, path); alone[0] != together[path] {
			b.faultf("%s: history %d alone is not what it is among others", where, path)
			return
		}
	}
}

// checkWhole settles in whole cents: no part of a cent moves, and balances
// follow exactly.
func (b *trial) checkWhole(where string, p *contract.Program) {
	c, obs := p.New(8), p.NewObs(8)
	c.Audit()
	parts := ""
	runRich(c, obs, 0, 1e9, func(m *contract.Month) {
		for _, f := range m.Postings() {
			for _, x := range f.Amount {
				if f.Line.Asset.Kind.InCents() && x != math.Trunc(x) {
					parts = fmt.Sprintf("%v cents of %s move in step %d", x, f.Line.Kind, m.T)
				}
			}
		}
	})
	if parts != "" {
		b.faultf("%s, in whole cents: %s", where, parts)
	}
	for _, f := range c.StockFaults() {
		b.faultf("%s, in whole cents: %v", where, f)
		break
	}
}

// digests are digests of all that flows and of the final states.
func digests(p *contract.Program, lanes, first int) (sums []string, faults []contract.StockFault) {
	c, obs := p.New(lanes), p.NewObs(lanes)
	c.Audit()
	flows := make([]contract.State, lanes)
	// Which lines move at all may depend on the lanes beside: zeros are left out.
	keep := func(id int, amounts []float64) {
		for lane, x := range amounts {
			if x != 0 {
				flows[lane].Columns = append(flows[lane].Columns, float64(id), x)
			}
		}
	}
	runRich(c, obs, first, 1e9, func(m *contract.Month) {
		for _, f := range m.Postings() {
			keep(int(f.ID), f.Amount)
		}
		for id := range p.Readings() {
			if x, read := m.Reading(contract.ReadingID(id)); read {
				keep(id, x)
			}
		}
	})
	for lane := range lanes {
		sums = append(sums, flows[lane].Hash()+c.State(lane).Hash())
	}
	return sums, c.StockFaults()
}

var _ judge = (*testing.T)(nil)
