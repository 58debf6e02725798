// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"offtake/deals"
	"offtake/internal/clause"
	"offtake/internal/deal"
	"offtake/internal/measure"
)

// A table of parts holds one path, or an expectation: every party's parts add up to its
// net present value from flows, and all parties together have S + G - W.
type partsTable struct {
	measures []measure.Measure
	sides    []string
	views    []string
	sells    bool // parties sell shares, which others pay for and the lab does not: instruments of all holders are not the lab's
}

func (p *partsTable) get(values []float64, name, party string) float64 {
	i := measure.Find(p.measures, name, party, "", 0)
	if i < 0 {
		return 0
	}
	return values[i]
}

// holds tells what does not add up to within 1e-9 of what moves.
func (p *partsTable) holds(values []float64) error {
	get := func(name, party string) float64 { return p.get(values, name, party) }
	provider, lab := p.sides[0], p.sides[1]
	supply := get("overcharge", "") + get("deficiency_value", "") - get("credit_loss", "")
	parts := map[string]float64{lab: get("surplus", "") - supply + get("instruments", lab) + get("stake_gain", lab)}
	scale := math.Abs(supply) + math.Abs(get("surplus", ""))
	for _, side := range append([]string{provider}, p.sides[2:]...) {
		parts[side] = get("instruments", side) + get("stake_gain", side)
		scale += math.Abs(get("stake_with", side)) + math.Abs(get("stake_without", side)) + math.Abs(get("cheques", side)) + math.Abs(get("instruments", side))
		if x := get("stake_with", side) - get("stake_without", side) - get("cheques", side); math.Abs(x-get("stake_gain", side)) > 1e-9*scale {
			return fmt.Errorf("%s gains %v on its stake, of which the parts are %v", side, get("stake_gain", side), x)
		}
	}
	for _, view := range p.views {
		scale += math.Abs(get("supply_gain_if_"+view, ""))
	}
	for _, view := range p.views {
		sum := get("instruments_outside", "") + parts[lab]
		for side, x := range parts {
			npv := get("npv", side)
			if side == provider {
				x, npv = x+supply+get("supply_gain_if_"+view, "")-get("deadweight", ""), get("npv_if_"+view, side)
			}
			if math.Abs(x-npv) > 1e-9*scale {
				return fmt.Errorf("%s if %s: parts %v, flows %v, of %v", side, view, x, npv, scale)
			}
			if side != lab {
				sum += npv
			}
		}
		if joint := get("surplus", "") + get("supply_gain_if_"+view, "") - get("deadweight", ""); math.Abs(sum-joint) > 1e-9*scale {
			return fmt.Errorf("if %s all have %v, S + G - W is %v, of %v", view, sum, joint, scale)
		}
	}
	net := get("surplus", "") - supply + get("instruments", lab)
	if !p.sells && math.Abs(net-get("supply_net", "")) > 1e-9*scale {
		return fmt.Errorf("N is %v, its parts %v", get("supply_net", ""), net)
	}
	return nil
}

// checkParts holds a deal's expectation, and some paths, to its parts.
func checkParts(t *testing.T, name string, d *deal.Deal, paths int) {
	t.Helper()
	j := NewJob(d, nil).Detailed(nil)
	b := RunBase(j)
	p := &partsTable{measures: b.Measures, sides: j.Setting(false).Sides(), sells: slices.ContainsFunc(d.Clauses, func(c clause.Clause) bool { return c.Kind() == "sale" })}
	for _, c := range j.Plan.Costs {
		p.views = append(p.views, c.Name)
	}
	if err := p.holds(b.Values); err != nil {
		t.Errorf("%s, base run: %v", name, err)
	}
	if paths == 0 {
		return
	}
	for k, view := range p.views {
		seen := RunBase(j.SeenAs(k))
		for _, x := range [][2]string{{"npv", "npv_if_" + view}, {"supply_gain", "supply_gain_if_" + view}} {
			if a, b := p.get(seen.Values, x[0], map[string]string{"npv": p.sides[0]}[x[0]]), p.get(b.Values, x[1], ""); a != b {
				t.Errorf("%s seen as %s: %s is %v, %s %v", name, view, x[0], a, x[1], b)
			}
		}
	}
	Run([]*Job{j}, Options{Paths: paths, Workers: 1, Keep: func(_ int, _ uint64, values [][]float64) {
		own := &partsTable{measures: sampledMeasures(j), sides: p.sides, views: p.views, sells: p.sells}
		one := make([]float64, len(values))
		for path := range values[0] {
			for i := range values {
				one[i] = values[i][path]
			}
			if err := own.holds(one); err != nil {
				t.Errorf("%s, path %d: %v", name, path, err)
				return
			}
		}
	}})
}

func sampledMeasures(j *Job) []measure.Measure { return measure.Catalog(j.Setting(true)) }

// On every deal of the library, in expectation and path by path.
func TestPartsOfLibrary(t *testing.T) {
	count := 0
	err := fs.WalkDir(deals.FS, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "deal.yaml") {
			return err
		}
		text, err := fs.ReadFile(deals.FS, path)
		if err != nil {
			return err
		}
		for feedback, some := range map[string]int{"on": 32, "off": 0} {
			d, list := deal.ParseAs(path, text, deal.View{}, []deal.Edit{{Path: "world.feedback", Text: feedback}})
			if list.HasFaults() {
				t.Fatal(list)
			}
			checkParts(t, path+", feedback "+feedback, d, some)
		}
		count++
		return nil
	})
	if err != nil || count < 20 {
		t.Errorf("%d deals: %v", count, err)
	}
}

// On 1,000 random deals in expectation, or as many as OFFTAKE_RANDOM_DEALS says (10,000 have
// been), and path by path on each fiftieth.
func TestPartsOfRandomDeals(t *testing.T) {
	n := 1000
	if s := os.Getenv("OFFTAKE_RANDOM_DEALS"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	for seed := range n {
		text := maker{Rand: rand.New(rand.NewPCG(uint64(seed), 4))}.text()
		d, list := deal.Parse("random.yaml", []byte(text))
		if list.HasFaults() {
			t.Fatalf("seed %d: %v\n%s", seed, list, text)
		}
		some := 0
		if seed%50 == 0 {
			some = 32
		}
		if checkParts(t, fmt.Sprintf("seed %d", seed), d, some); t.Failed() {
			t.Fatal(text)
		}
	}
}
