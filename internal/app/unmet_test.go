// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What is expected and does not hold is reported on its line, with a code: also a
// rate of return of which there are two, or none.
func TestUnmet(t *testing.T) {
	text, err := os.ReadFile("testdata/unmet/rates.yaml")
	if err != nil {
		t.Fatal(err)
	}
	d, _, list, err := Load(Source{Name: "rates.yaml", Text: text}, Edits{})
	if err != nil || list.HasFaults() {
		t.Fatal(err, list)
	}
	var want, got []string
	for i, line := range strings.Split(string(text), "\n") {
		if _, code, ok := strings.Cut(line, "# want "); ok {
			want = append(want, fmt.Sprint(i+1, " ", code))
		}
	}
	for _, o := range Test(d) {
		if o.Pass != (o.Code == "") || o.Pass != (o.Says == "") {
			t.Errorf("line %d: passed: %v, code %q, says %q", o.Line, o.Pass, o.Code, o.Says)
		}
		got = append(got, fmt.Sprint(o.Line, " ", o.Code))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
