// SPDX-License-Identifier: Apache-2.0

package world

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/draw"
)

// steered is a world in which numbers move by each of the processes that have a control,
// with uncertain numbers of their own, and by others.
func steered() *World {
	w := murky()
	w.Regimes = batteryRegimes()
	w.Firm = &Lognormal{MeanPath: &Constant{Level: *uncertain(&uniform{80, 120})}, Volatility: *uncertain(&uniform{0.2, 0.6})}
	w.Flexible = &Constant{Level: *uncertain(&uniform{20, 30})}
	w.ListPrice = &Merton{MeanPath: At(1), Volatility: Certainly(0.2), Jumps: Certainly(0.5), Size: *uncertain(&uniform{-0.4, 0}), Deviation: Certainly(0.2)}
	w.MarketPrice = &Schwartz{From: Certainly(0.9), Level: *uncertain(&uniform{0.4, 0.9}), Reverts: Certainly(0.6), Volatility: Certainly(0.5)}
	w.Delivery = &Lognormal{MeanPath: At(0.9), Volatility: Certainly(0.3)}
	w.Cost.Build = &Geometric{From: Certainly(3), Drift: *uncertain(&uniform{-0.4, 0}), Volatility: Certainly(0.3)}
	w.OtherInflow = &OrnsteinUhlenbeck{From: Certainly(36), Level: Certainly(40), Reverts: Certainly(1), Volatility: Certainly(9)}
	w.LabValue.Moves = &ByRegime{From: Certainly(1), States: []*RegimeMove{{"boom", Certainly(0.1), Certainly(0.4), Certainly(1)}, {"bust", *uncertain(&uniform{-0.6, 0}), Certainly(0.8), Certainly(0.7)}}}
	w.Correlations = []*Correlation{{[]string{"need.firm", "lab_value"}, 0.5}, {[]string{"list_price", "market_price"}, 0.8}}
	return w
}

// Controls are the lab's value and what else moves without ever being cut, and each is
// expected to be zero: its mean over 16 scramblings is, within four errors by them.
func TestControlsAreExpectedZero(t *testing.T) {
	g := testGrid(t, "2026-10-01", 36, calendar.Quarter)
	p := steered().Lay(g)
	if got := strings.Join(p.Controls(false), " "); got != "lab_value need.firm list_price market_price cost.build" {
		t.Fatalf("controls are %s", got)
	}
	const points, groups = 4096, 16
	f := p.Factors(points)
	means := make([][groups]float64, len(p.controls))
	for group := range groups {
		f.Sample(draw.Source{Seed: 5, Quasi: true, Scramble: uint32(group)})
		for k, col := range f.Controls(false) {
			for _, x := range col {
				means[k][group] += x / points
			}
			if col[0] == col[1] || col[0] < -1 {
				t.Fatalf("control %d is %v on two paths", k, col[:2])
			}
		}
	}
	for k, name := range p.Controls(false) {
		mean, variance := moments(means[k][:])
		se := math.Sqrt(variance / groups)
		if math.Abs(mean) > 4.07*se || se > 0.01 { // 4.07: Student's t with 15 degrees of freedom, once in a thousand times
			t.Errorf("%s: %v +- %v", name, mean, se)
		}
	}
}

// A control is the level that contracts see over what it is expected to be, in any block.
func TestControlsAreTheirFormula(t *testing.T) {
	g := testGrid(t, "2027-01-01", 24, calendar.Month)
	w := steered()
	p := w.Lay(g)
	f, few := p.Factors(8), p.Factors(2)
	src := draw.Source{Seed: 3}
	f.Sample(src)
	last := g.Term() - 1
	start, mean, sampled := f.s.Of(&w.LabValue.StartCents), f.s.Of(&w.Firm.(*Lognormal).MeanPath.(*Constant).Level), f.Controls(false)
	for i := range 8 {
		lab := f.Level(labValue)[last][i]*p.Curve[last]/start[i] - 1
		need := f.Level("need.firm")[last][i]*12/mean[i] - 1
		if math.Abs(sampled[0][i]-lab) > 1e-12 || math.Abs(sampled[1][i]-need) > 1e-12 {
			t.Errorf("path %d: %v and %v, want %v and %v", i, sampled[0][i], sampled[1][i], lab, need)
		}
		src.First = uint64(i)
		few.Sample(src)
		for k, col := range few.Controls(false) {
			if col[0] != sampled[k][i] {
				t.Errorf("path %d, control %d: %v of two lanes, %v of eight", i, k, col[0], sampled[k][i])
			}
		}
	}
	if f.Base(); f.Controls(false) != nil {
		t.Error("a base run has controls")
	}
	if f.SampleApart(&src, nil); f.Controls(false) != nil {
		t.Error("without noise there are controls")
	}
}

// Wide controls are those of which the variance is at least 1: of a volatility of 30% over
// two years it is 0.2, of 60% it is 1.05.
func TestWideControls(t *testing.T) {
	w := rich()
	w.ListPrice = &Geometric{From: Certainly(1), Volatility: Certainly(0.3)}
	w.MarketPrice = &Geometric{From: Certainly(1), Volatility: Certainly(0.6)}
	p := w.Lay(testGrid(t, "2027-01-01", 24, calendar.Month))
	f := p.Factors(4)
	f.Sample(draw.Source{Seed: 3})
	all := fmt.Sprint(f.Controls(false)[1])
	if got := f.Controls(true); fmt.Sprint(p.Controls(true)) != "[market_price]" || len(got) != 1 || fmt.Sprint(got[0]) != all {
		t.Errorf("wide are %v: %v, want %v", p.Controls(true), got, all)
	}
}

// What stands still, ends before the valuation date, or spreads too far has no control;
// one that ends early is held against its last level. There are six at most.
func TestControlsThatThereAre(t *testing.T) {
	at := func(change func(w *World)) string {
		w := rich()
		w.ListPrice = &Geometric{From: Certainly(1), Volatility: Certainly(0.2)}
		change(w)
		p := w.Lay(testGrid(t, "2027-01-01", 24, calendar.Month))
		out := p.Controls(false)
		for k, c := range p.controls {
			out[k] += fmt.Sprint(" ", c.step)
		}
		return strings.Join(out, ", ")
	}
	for want, change := range map[string]func(w *World){
		"list_price 23":                func(*World) {},
		"":                             func(w *World) { w.ListPrice = &Geometric{From: Certainly(1)} },
		"need.firm 11, list_price 23":  func(w *World) { w.Firm = &Lognormal{MeanPath: Years(5, 0), Volatility: Certainly(0.3)} },
		"lab_value 23, list_price 23":  func(w *World) { w.LabValue.Moves = &Lognormal{MeanPath: At(1), Volatility: Certainly(1.8)} }, // e^(2 1.8^2) is 652
		"list_price 23, cost.build 23": func(w *World) { w.Cost.Build = &Lognormal{MeanPath: At(1), Volatility: Certainly(1.8)} },
		"list_price 23, other_inflow 23": func(w *World) {
			w.LabValue.Moves = &Lognormal{MeanPath: At(1), Volatility: Certainly(1.82)} // e^(2 1.82^2) is 754
			w.OtherInflow = &Lognormal{MeanPath: At(1), Volatility: Certainly(1)}
		},
		"need.firm 23, list_price 23, market_price 23, cost.sunk 23, cost.build 23, market_capacity 23": func(w *World) {
			moves := &Lognormal{MeanPath: At(1), Volatility: Certainly(0.3)}
			w.Firm, w.MarketPrice, w.Cost.Sunk, w.Cost.Build, w.MarketCapacity, w.OtherInflow = moves, moves, moves, moves, moves, moves
		},
	} {
		if got := at(change); got != want {
			t.Errorf("controls are %q, want %q", got, want)
		}
	}
}
