// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/field"
)

// An option is one thing that a file may say in a clause: a choice of a field,
// or that a field which may be left out is given.
type option struct {
	path     string // commitment.make_up.in
	value    string // of a choice; "" for any
	standard bool   // it applies where the field is left out
}

func (o option) String() string {
	if o.value == "" {
		return o.path
	}
	return o.path + ": " + o.value
}

// optionsOf are all options below a table of fields.
func optionsOf(path string, table []field.Field) []option {
	var out []option
	for _, f := range table {
		at := path + "." + f.Name
		switch f.Kind {
		case field.Choice:
			for _, word := range f.Choices {
				out = append(out, option{at, word, word == f.Default})
			}
		case field.Flag:
			out = append(out, option{at, "true", false}, option{at, "false", true})
		case field.Variant:
			for _, v := range f.Fields() {
				out = append(out, option{at + "." + v.Name, "", strings.HasPrefix(f.Default, "{"+v.Name+":")})
			}
			out = append(out, optionsOf(at, f.Fields())...)
		default:
			out = append(out, option{at, "", false})
		}
		if f.Fields != nil && f.Kind != field.Variant {
			out = append(out, optionsOf(at, f.Fields())...)
		}
	}
	return out
}

// said is what the file says in a clause: values by path, and the paths of
// what holds them.
func said(path string, x any, into map[string]string) {
	into[path] = fmt.Sprint(x)
	switch x := x.(type) {
	case map[string]any:
		for name, value := range x {
			said(path+"."+name, value, into)
		}
	case []any:
		for _, value := range x {
			if _, ok := value.(map[string]any); ok {
				said(path, value, into)
			}
		}
	}
}

// applies tells whether an option is in force in a clause.
func (o option) applies(said map[string]string) bool {
	value, given := said[o.path]
	if given {
		return o.value == "" || value == o.value
	}
	_, parent := said[o.path[:strings.LastIndex(o.path, ".")]]
	_, outer := said[o.path[:strings.Index(o.path, ".")]]
	return o.standard && (parent || o.value == "" && outer)
}

// saidIn is what the file of a deal says in each of its clauses.
func saidIn(t *testing.T, in Input) []map[string]string {
	var b strings.Builder
	if err := WriteDeal(&b, in); err != nil {
		t.Fatal(err)
	}
	var file struct{ Clauses []map[string]any }
	if err := yaml.Unmarshal([]byte(b.String()), &file); err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	var out []map[string]string
	for _, c := range file.Clauses {
		one := map[string]string{}
		for kind, fields := range c {
			said(kind, fields, one)
		}
		out = append(out, one)
	}
	return out
}

const (
	coveringDeals = 60_000
	writtenDeals  = 8_000   // of them, in which options are counted
	failingDeals  = 200_000 // of them and further ones, those with bills that the buyer leaves unpaid are run: what an estate pays on credits is rare
	leastOften    = 10      // times that everything has to occur among them
)

// Nothing of the vocabulary is left out by chance: among the random deals each
// option of each clause is in force in a clause that moves something, each
// kind of line that the engine has moves something, and each column of the
// ledger is not zero, all of it often enough. An option that a clause gains and
// the generator does not know fails here.
func TestRandomDealsReachEverything(t *testing.T) {
	count, options := map[string]int{}, map[string][]option{}
	for _, k := range clause.Catalog {
		options[k.Name] = optionsOf(k.Name, k.New().Fields())
		for _, o := range options[k.Name] {
			count[o.String()] = 0
		}
	}
	for i := range uint64(failingDeals) {
		if s := random(seed, i); (i < coveringDeals || s.leavesBills()) && s.valid() {
			in, _ := s.input()
			moved := countLines(in, Run(in, s.tape(in)), count)
			if i < writtenDeals {
				countOptions(t, in, options, moved, count)
			}
		}
	}
	var rare []string
	for what, n := range count {
		if n < leastOften {
			rare = append(rare, fmt.Sprintf("%s: %d times", what, n))
		}
	}
	sort.Strings(rare)
	if len(rare) > 0 {
		t.Errorf("among %d deals, want each of these %d times:\n%s", coveringDeals, leastOften, strings.Join(rare, "\n"))
	}
}

// leavesBills tells whether the buyer fails where bills fall due later.
func (s *specimen) leavesBills() bool {
	late := slices.ContainsFunc(s.clauses, func(x clause.Clause) bool {
		p, ok := x.(*clause.Price)
		return ok && p.NetMonths > 0
	})
	return late && slices.ContainsFunc(s.rows, func(r happening) bool { return r.obs[contract.Alive] == 0 })
}

// countLines counts the lines that move something and the columns that are not
// zero, and returns the clauses that move something.
func countLines(in Input, r Result, count map[string]int) map[string]bool {
	moved := map[string]bool{}
	for _, step := range r.Steps {
		for _, f := range step.Flows {
			moved[f.Clause] = true
			count["line "+f.Kind+" of "+string(f.Asset.Kind)]++
		}
		for _, row := range step.Rows {
			for _, c := range row.Columns() {
				count["column "+c.Name] += min(1, int(math.Ceil(math.Abs(c.Amount))))
			}
		}
	}
	for _, line := range compile(in).Lines() {
		count["line "+line.Kind+" of "+string(line.Asset.Kind)] += 0
	}
	return moved
}

// countOptions counts the options in force in clauses that move something, or
// that have no lines to move anything along: a capacity clause, say.
func countOptions(t *testing.T, in Input, options map[string][]option, moved map[string]bool, count map[string]int) {
	moves := map[string]bool{}
	for _, line := range compile(in).Lines() {
		moves[line.Clause] = true
	}
	for i, says := range saidIn(t, in) {
		c := in.Clauses[i]
		if id := c.Head().ID; moves[id] && !moved[id] {
			continue
		}
		for _, o := range options[c.Kind()] {
			if o.applies(says) {
				count[o.String()]++
			}
		}
	}
}
