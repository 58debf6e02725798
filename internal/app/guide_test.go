// SPDX-License-Identifier: Apache-2.0

package app

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"offtake/deals"
	"offtake/docs"
	"offtake/internal/clause"
)

var update = flag.Bool("update", false, "write docs/clauses.md")

// everyKnownClauseShown says that no number from K1 on is left to be shown.
const everyKnownClauseShown = true

func shownExamples(t *testing.T) []Example {
	t.Helper()
	out, err := Examples(docs.FS, deals.FS)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// The page on clauses is what the generator makes.
func TestGuideIsFresh(t *testing.T) {
	page := (&Guide{Examples: shownExamples(t)}).Markdown()
	name := filepath.Join("..", "..", "docs", "clauses.md")
	if *update {
		if err := os.WriteFile(name, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != page {
		t.Error("docs/clauses.md is stale: go test ./internal/app -run Guide -update")
	}
	for _, k := range clause.Catalog {
		for _, f := range k.New().Fields() {
			if !strings.Contains(page, "| `"+f.Name+"` |") {
				t.Errorf("the page does not have %s.%s", k.Name, f.Name)
			}
		}
	}
}

// Every kind of clause has an example of its own, with a source for some of it; every
// example runs, gives what it expects, and draws no warning.
func TestExamples(t *testing.T) {
	of := map[string]int{}
	for _, x := range shownExamples(t) {
		if x.Kind == "" {
			continue
		}
		of[x.Kind]++
		d, _, list, err := Load(x.Source, Edits{})
		if err != nil || len(list) > 0 {
			t.Errorf("%s: %v %v", x.Name, list, err)
			continue
		}
		if x.Prose == "" || len(x.Said()) == 0 || len(d.Facts) == 0 || len(d.Expect) == 0 {
			t.Errorf("%s: it needs a comment, a source, a fact and an expectation", x.Name)
		}
		for _, o := range Test(d) {
			if !o.Pass {
				t.Errorf("%s:%d: %s", x.Name, o.Line, o.Says)
			}
		}
		if !Format(x.Source).Formatted {
			t.Errorf("%s is not in its canonical form", x.Name)
		}
		if !strings.HasPrefix(x.Excerpt(), "- "+x.Kind+":") {
			t.Errorf("%s: the excerpt is %q", x.Name, x.Excerpt())
		}
	}
	for _, k := range clause.Catalog {
		if of[k.Name] == 0 {
			t.Errorf("no file docs/clauses/%s*.yaml shows %s", k.Name, k.Name)
		}
	}
}

// The known clauses are numbered from 1, and shown as far as was promised.
func TestKnownClauses(t *testing.T) {
	for i, k := range KnownClauses {
		if k.Number != fmt.Sprintf("K%d", i+1) || k.Name == "" {
			t.Errorf("number %d is %+v", i+1, k)
		}
	}
	if len(KnownClauses) != 49 {
		t.Errorf("%d known clauses", len(KnownClauses))
	}
	g := &Guide{Examples: shownExamples(t)}
	if none := g.Unshown(); everyKnownClauseShown && len(none) > 0 {
		t.Errorf("nothing shows %v", none)
	}
	if fields, files := g.showing("K25"); len(fields) == 0 || len(files) < 2 {
		t.Errorf("K25 is said by %q and shown in %q", fields, files)
	}
}

// What a line # K: says must be so, and an example must be of a kind.
func TestExamplesAreHeldToWhatTheySay(t *testing.T) {
	good, err := docs.FS.ReadFile("clauses/commitment.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, old, wrong, want string }{
		{"commitment.yaml", "K1 commitment.take", "K50 commitment.take", "K50 commitment.take"},
		{"commitment.yaml", "K1 commitment.take", "take or pay", "which is no number from K1 to K49"},
		{"commitment.yaml", "K1 commitment.take", "K1 commitment.make_up", "names commitment.make_up, which the file does not say"},
		{"commitment.yaml", "commitment.period=year", "commitment.period=month", "names commitment.period=month"},
		{"commitment.yaml", "K1 commitment.take", "K1 world.events", "names world.events"},
		{"commitment.yaml", "# K:", "# K, without words yet: K1 (that), K99\n# K:", "cannot be read from \"K99\" on"},
		{"commitments.yaml", "K1", "K1", "does not begin with a kind of clause"},
		{"equity.yaml", "K1", "K1", "it has no clause of the kind equity"},
		{"commitment.yaml", "take: 100%", "take: 200%", "VALUE-TOO-HIGH"},
	} {
		text := strings.Replace(string(good), test.old, test.wrong, 1)
		_, err := Examples(fstest.MapFS{"clauses/" + test.name: {Data: []byte(text)}}, fstest.MapFS{})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s with %q: %v", test.name, test.wrong, err)
		}
	}
	all, err := Examples(fstest.MapFS{"clauses/commitment-x.yaml": {Data: []byte(strings.Replace(string(good), "# K: K1 commitment.take,", "# K, without words yet: K30 (this, and that), K2\n# K: K46 world.discount, K1,", 1))}}, fstest.MapFS{})
	if len(all) != 1 {
		t.Fatal(err)
	}
	if got := fmt.Sprint(all[0].Lacks); got != "[{K30 this, and that} {K2 }]" {
		t.Error(got)
	}
	if err != nil || all[0].shown() != "K46 `world.discount`, K1, K2 `commitment.period=year`, K3 `commitment.schedule.table`" {
		t.Errorf("%v, %+v", err, all)
	}
}
