// SPDX-License-Identifier: Apache-2.0

package report

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
)

func sampleTornado() Tornado {
	return Tornado{Title: "What moving an input does.", Low: "moved down", High: "moved up", Rows: []Swing{
		{"world.cost.sunk", "+$4.0B", "-$4.0B", 4, -4}, {"clauses.spend.total", "-$1.0B", "+$2.0B", -1, 2}, {"both alike", "+$1.0B", "+$2.0B", 1, 2},
		{"the deal is none there", "undefined", "+$0.5B", math.NaN(), 0.5}}}
}

// The bars stand to both sides of one line, those of one side over each other.
func TestTornado(t *testing.T) {
	looksLike(t, sampleTornado(), TextOptions{Width: 60}, `
What moving an input does.

                      moved down  moved up
───────────────────────────────────────────────────────────
world.cost.sunk           +$4.0B    -$4.0B  ━━━━━━━│░░░░░░░
clauses.spend.total       -$1.0B    +$2.0B       ░░│━━━━
both alike                +$1.0B    +$2.0B         │░░━━
the deal is none       undefined    +$0.5B         │━
  there                                            │

░░ moved down  ━━ moved up
`)
	looksLike(t, Tornado{Title: "Empty."}, TextOptions{Width: 60}, "Empty.\n\nnothing to draw\n")
}

// Pictures and data have every row.
func TestTornadoElsewhere(t *testing.T) {
	p, any := Draw(sampleTornado(), PictureOptions{Width: 500, Titled: true})
	if !any {
		t.Fatal("nothing drawn")
	}
	words := ""
	for _, s := range p.Shapes {
		words += s.Text + "\n"
		for _, at := range s.Points {
			if !(at.X >= 0 && at.X <= p.Width && at.Y >= 0 && at.Y <= p.Height) {
				t.Errorf("%q lies at %v outside %v x %v", s.Text, at, p.Width, p.Height)
			}
		}
	}
	for _, want := range []string{"world.cost.sunk", "+$2.0B", "moved down", "the deal is none there"} {
		if !strings.Contains(words, want) {
			t.Errorf("no %q in the picture", want)
		}
	}
	out, err := json.Marshal(sampleTornado().Rows[3])
	if err != nil || !strings.Contains(string(out), `"low_amount":null,"high_amount":0.5`) {
		t.Errorf("%s, %v", out, err)
	}
}

// A fan whose band is no quantiles of paths says so, in words and where it ends.
func TestBandOfErrors(t *testing.T) {
	f := Fan{Title: "Value.", At: []float64{0, 1}, Mean: []float64{0, 1}, Band: "± two standard errors",
		Quantiles: []Quantile{{0.025, []float64{-1, 0}}, {0.975, []float64{1, 2}}}}
	if out := text(t, of(f), TextOptions{Width: 60}); !strings.Contains(out, "± two standard errors") || !strings.Contains(out, "value") || strings.Contains(out, "of paths") {
		t.Error(out)
	}
	p, _ := Draw(f, PictureOptions{Width: 720})
	words := ""
	for _, s := range p.Shapes {
		words += s.Text + "\n"
	}
	if strings.Contains(words, "%") || !strings.Contains(words, "low\n") || !strings.Contains(words, "high\n") {
		t.Error(words)
	}
}
