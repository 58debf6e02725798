// SPDX-License-Identifier: Apache-2.0

package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the goldens anew")

// golden compares got with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs; look at it, then run with -update (-want +got):\n%s", path, diff)
	}
}

// text returns a document as Text writes it.
func text(t testing.TB, d *Document, opt TextOptions) string {
	t.Helper()
	var out bytes.Buffer
	if err := Text(&out, d, opt); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// of returns a document that is one block.
func of(b Block) *Document { return &Document{Sections: []Section{{Blocks: []Block{b}}}} }

func TestSampleText(t *testing.T) {
	for name, opt := range map[string]TextOptions{
		"sample_80":       {},
		"sample_120":      {Width: 120},
		"sample_50_ascii": {Width: 50, ASCII: true},
		"sample_80_color": {Width: 80, Color: true},
	} {
		golden(t, name, text(t, sample(), opt))
	}
}

func TestSampleJSON(t *testing.T) {
	got, err := json.MarshalIndent(sample(), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	// Long runs of points would only hide the shape.
	points := regexp.MustCompile(`"([xy])": \[\s+(-?[\d.]+),[^\]]*\]`)
	golden(t, "sample_json", points.ReplaceAllString(string(got), `"$1": [$2, ...]`)+"\n")
}

func TestJSONHasNoNaN(t *testing.T) {
	got, err := json.Marshal(Section{Blocks: []Block{
		Chart{Series: []Series{{Name: "a", X: []float64{1, 2}, Y: []float64{nan, 3}}}, Marks: []Mark{{nan, "b"}}},
		Bars{Rows: []Bar{{Label: "c", Amount: nan}}},
		Notice{Warning, "d"},
		Table{Columns: []Column{{Title: "e", Align: AlignDecimal}}, Rows: [][]Cell{Row("f")}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"title":"","blocks":[` +
		`{"kind":"chart","title":"","x":{},"y":{},"series":[{"name":"a","x":[1,2],"y":[null,3]}],"marks":[{"x":null,"label":"b"}]},` +
		`{"kind":"bars","rows":[{"label":"c","value":"","amount":null}]},` +
		`{"kind":"notice","level":"warning","text":"d"},` +
		`{"kind":"table","columns":[{"title":"e","align":"decimal"}],"rows":[[{"text":"f"}]]}]}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// failing is a writer whose disk is full.
type failing struct{}

var errFull = errors.New("full")

func (failing) Write([]byte) (int, error) { return 0, errFull }

func TestTextReportsWriteErrors(t *testing.T) {
	if err := Text(failing{}, sample(), TextOptions{}); !errors.Is(err, errFull) {
		t.Errorf("got %v", err)
	}
}

func TestProgrammerErrorsPanic(t *testing.T) {
	for want, block := range map[string]Block{
		`report: table "t" has 1 columns and a row of 2 cells`: Table{Title: "t", Columns: make([]Column, 1), Rows: [][]Cell{Row("1", "2")}},
		`report: series "s" has 1 X and 0 Y`:                   Chart{Series: []Series{{Name: "s", X: []float64{1}}}},
		`report: no way to set a *report.Table`:                &Table{},
	} {
		func() {
			defer func() {
				if got := recover(); got != want {
					t.Errorf("panic %v, want %q", got, want)
				}
			}()
			Text(&bytes.Buffer{}, of(block), TextOptions{})
		}()
	}
}

// escapes matches what Color adds.
var escapes = regexp.MustCompile("\x1b\\[[0-9;]*m")

func TestColorOnlyAdds(t *testing.T) {
	with, without := text(t, sample(), TextOptions{Color: true}), text(t, sample(), TextOptions{})
	if escapes.ReplaceAllString(with, "") != without {
		t.Error("colour changes the text")
	}
	if !strings.Contains(with, "\x1b[31m0.9\x1b[0m\x1b[31m!\x1b[0m") {
		t.Error("a cell to be marked is not")
	}
}
