// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"slices"
	"testing"
)

// Every path that is listed can be set: to what stands there, or to one of its words.
func TestPaths(t *testing.T) {
	for name, source := range files(t, "valid") {
		there, choices := 0, 0
		for _, x := range Paths(source) {
			value := x.Text
			if !x.There {
				if len(x.Choices) == 0 {
					continue
				}
				value = x.Choices[0]
			}
			if len(x.Choices) > 0 {
				choices++
			}
			out, err := Set(source, x.Path, value)
			if err != nil {
				t.Errorf("%s: %s=%s: %v", name, x.Path, value, err)
			}
			if x.There {
				if there++; string(out) != string(source) {
					t.Errorf("%s: setting %s to what it is changes the file", name, x.Path)
				}
			}
			if x.Path == "" || x.There && x.Text == "" {
				t.Errorf("%s: %+v", name, x)
			}
		}
		if there < 10 || choices < 3 {
			t.Errorf("%s: %d values, %d choices", name, there, choices)
		}
	}
	if Paths([]byte("[")) != nil || ClauseIDs([]byte("[")) != nil {
		t.Error("what is no mapping has paths")
	}
	if got := ClauseIDs(files(t, "valid")["sparse.yaml"]); !slices.Equal(got, []string{"shares", "draw", "power", "list", "spend", "other"}) {
		t.Errorf("%q", got)
	}
	if got := ClauseIDs(files(t, "valid")["restated.yaml"]); !slices.Equal(got, []string{"shares", "list", "spend", "base-load", "bonus", "fixed-price", "top"}) {
		t.Errorf("%q", got)
	}
	if got := AlternativesOf(files(t, "valid")["restated.yaml"]); len(got) != 3 || got[1].Name != "no-floor" || AlternativesOf([]byte("[")) != nil {
		t.Errorf("%+v", got)
	}
}
