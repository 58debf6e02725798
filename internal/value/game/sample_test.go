// SPDX-License-Identifier: Apache-2.0

package game

import (
	"math"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"offtake/internal/draw"
)

// All orders, each with its reverse, give what all coalitions do.
func TestSampledWithAllOrders(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 5).Draw(t, "players")
		values := drawGame(t, n)
		var all [][]int
		permute(n, func(order []int) { all = append(all, append([]int(nil), order...)) })
		d, err := sampled(single(n, values), all)
		if err != nil {
			t.Fatal(err)
		}
		e, _ := Exact(single(n, values))
		if got, want := shapleyMeans(d, 0), shapleyMeans(e, 0); !closeTo(got, want, 1e-10) {
			t.Errorf("%v, exactly %v", got, want)
		}
		x, y := d.Parties[0], e.Parties[0]
		for i := range n {
			if x.Alone[i].Mean != y.Alone[i].Mean || x.Last[i].Mean != y.Last[i].Mean {
				t.Errorf("player %d alone %v, last %v, exactly %v, %v", i, x.Alone[i], x.Last[i], y.Alone[i], y.Last[i])
			}
			for j := range n {
				if got, want := x.Pairs[i][j].Mean, y.Pairs[i][j].Mean; math.Abs(got-want) > 1e-10 {
					t.Errorf("interaction of %d and %d: %v, exactly %v", i, j, got, want)
				}
			}
		}
		if x.Total != y.Total && x.Total.Mean != y.Total.Mean || d.Evaluations != e.Evaluations {
			t.Errorf("total %v of %d values, exactly %v of %d", x.Total, d.Evaluations, y.Total, e.Evaluations)
		}
	})
}

// worth is a game of seven players with interactions of three and more, and of groups that
// differ by noise; its mean game has none.
func worth(players int, noise float64, seed uint64) Game {
	return Game{players, func(c Coalition) ([][]float64, error) {
		out := make([]float64, 16)
		draw.Normal(out, seed, draw.Named("noise"), 0, int(c))
		for g := range out {
			out[g] = steep(c) + noise*out[g]
		}
		return [][]float64{out}, nil
	}}
}

// steep is a number that depends on every player, and on how they combine.
func steep(c Coalition) float64 {
	u := make([]float64, 1)
	draw.Uniform(u, 99, draw.Named("worth"), uint64(c), 0)
	return 10*u[0] + float64(c.Size())
}

// Intervals hold the exact value in 95 of 100 cases: with errors of orders only, of paths only,
// and of both.
func TestSampleCoverage(t *testing.T) {
	const players, seeds = 6, 300
	exact, _ := Exact(worth(players, 0, 1))
	for _, c := range []struct {
		name  string
		noise float64
		pairs int
	}{{"orders", 1e-9, 60}, {"paths", 5, 200}, {"both", 3, 60}} {
		hits, hitPairs := 0, 0
		for seed := range uint64(seeds) {
			d, err := Sample(worth(players, c.noise, seed), c.pairs, seed)
			if err != nil {
				t.Fatal(err)
			}
			for i, e := range d.Parties[0].Shapley {
				if math.Abs(e.Mean-exact.Parties[0].Shapley[i].Mean) <= e.Margin {
					hits++
				}
				for j := range i {
					e := d.Parties[0].Pairs[i][j]
					if math.Abs(e.Mean-exact.Parties[0].Pairs[i][j].Mean) <= e.Margin {
						hitPairs++
					}
				}
			}
		}
		// The values of one seed hang together, so the count's own error is at most that of 300 cases: 1.3%.
		// Two errors added by squares, each with few degrees of freedom, are on the safe side.
		for what, share := range map[string]float64{"Shapley values": float64(hits) / (players * seeds), "interactions": float64(hitPairs) / (players * (players - 1) / 2 * seeds)} {
			if share < 0.91 || share > 0.99 {
				t.Errorf("%s: %.3f of the intervals of %s hold the value", c.name, share, what)
			}
		}
	}
}

func TestSampleIsSettledByItsSeed(t *testing.T) {
	one, _ := Sample(worth(20, 1, 5), 200, 3)
	again, _ := Sample(worth(20, 1, 5), 200, 3)
	other, _ := Sample(worth(20, 1, 5), 200, 4)
	if !reflect.DeepEqual(one, again) || reflect.DeepEqual(one, other) {
		t.Error("one seed gives two samples, or two seeds one")
	}
	sum := 0.0
	for _, e := range one.Parties[0].Shapley {
		sum += e.Mean
	}
	if total := one.Parties[0].Total.Mean; math.Abs(sum-total) > 1e-10 {
		t.Errorf("Shapley values add up to %v, not %v", sum, total)
	}
	// Nobody, all, one and all but one are shared; every order passes through 17 others, and a change of
	// places through one more for each.
	if most := 2 + 2*20 + 400*2*17; one.Evaluations > most {
		t.Errorf("%d values, more than %d", one.Evaluations, most)
	}
}

// The reverse of an order undoes what is left of a game of pairs: such a game is exact at once, and
// so is the interaction of any two that were neighbours. That of others is not known, and the error
// of what was seen once is not.
func TestReversedOrdersSettlePairs(t *testing.T) {
	const n = 9
	pairs := Game{n, func(c Coalition) ([][]float64, error) {
		sum := 0.0
		for i := range n {
			for j := range i {
				if c.Has(i) && c.Has(j) {
					sum += float64(i*i + 3*j)
				}
			}
		}
		return [][]float64{{sum}}, nil
	}}
	d, _ := Sample(pairs, 2, 1)
	e, _ := Exact(pairs)
	if got, want := shapleyMeans(d, 0), shapleyMeans(e, 0); !closeTo(got, want, 1e-9) {
		t.Errorf("%v, exactly %v", got, want)
	}
	seen := map[[2]int]int{}
	for number := range uint64(2) {
		for o, k := order(n, 1, number), 0; k < n-1; k++ {
			seen[[2]int{max(o[k], o[k+1]), min(o[k], o[k+1])}]++
		}
	}
	for i := range n {
		for j := range i {
			e, times := d.Parties[0].Pairs[i][j], seen[[2]int{i, j}]
			if math.IsNaN(e.Mean) != (times == 0) || math.Abs(e.Mean-float64(i*i+3*j)) > 1e-9 || times < 2 && !math.IsNaN(e.Margin) {
				t.Errorf("%d and %d, seen %d times: %+v", i, j, times, e)
			}
		}
	}
}

// Each player is as likely in each place.
func TestOrdersAreEven(t *testing.T) {
	const n, drawn = 5, 20000
	var at [n][n]float64
	for k := range uint64(drawn) {
		for place, player := range order(n, 11, k) {
			at[place][player]++
		}
	}
	chi := 0.0
	for _, row := range at {
		for _, count := range row {
			chi += (count - drawn/n) * (count - drawn/n) / (drawn / n)
		}
	}
	// 16 degrees of freedom: 99.9% lie below 39.25 (table 26.8 of Abramowitz and Stegun 1964).
	if chi > 39.25 {
		t.Errorf("chi square %v", chi)
	}
}
