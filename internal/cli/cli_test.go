// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the expected output in the scripts")

// main lets scripts run the program as a command.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"offtake": func() { os.Exit(Main(os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

// Every help screen fits on a narrow page.
func TestHelpFits(t *testing.T) {
	for _, name := range []string{"", "accounts", "alternatives", "check", "clauses", "explain", "fmt", "library", "new", "page", "provider", "run", "solve", "sensitivity", "schema", "test", "value", "docs"} {
		var out, errs bytes.Buffer
		if code := Main(append(strings.Fields(name), "--help"), &out, &errs); code != exitFine || !strings.Contains(out.String(), "Usage:") {
			t.Errorf("%s: exit %d\n%s", name, code, errs.String())
		}
		for _, line := range strings.Split(out.String(), "\n") {
			if len(line) > 80 {
				t.Errorf("%s: %q is wider than 80", name, line)
			}
		}
	}
}

// TestScripts runs every session in testdata/script, with the library of deals
// beside it.
func TestScripts(t *testing.T) {
	deals, err := filepath.Abs(filepath.Join("..", "..", "deals"))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"), UpdateScripts: *update, RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			return os.Symlink(deals, filepath.Join(env.WorkDir, "deals"))
		},
	})
}
