// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"flag"
	"os"
	"path/filepath"
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
