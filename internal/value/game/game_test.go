// SPDX-License-Identifier: Apache-2.0

package game

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"offtake/internal/draw"
)

// single is a game of one party and one group, from the values of its coalitions.
func single(players int, values []float64) Game {
	return Game{players, func(c Coalition) ([][]float64, error) { return [][]float64{{values[c]}}, nil }}
}

// means are the means of estimates.
func shapleyMeans(d *Division, party int) (out []float64) {
	for _, e := range d.Parties[party].Shapley {
		out = append(out, e.Mean)
	}
	return out
}

func closeTo(a, b []float64, tolerance float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return math.Abs(x-y) <= tolerance })
}

// byOrders is the Shapley value as it is defined: the mean over all orders.
func byOrders(players int, values []float64) []float64 {
	out, count := make([]float64, players), 0.0
	permute(players, func(order []int) {
		there := Coalition(0)
		for _, i := range order {
			out[i] += values[there.With(i)] - values[there]
			there = there.With(i)
		}
		count++
	})
	for i := range out {
		out[i] /= count
	}
	return out
}

// permute visits all orders of n.
func permute(n int, visit func(order []int)) {
	order := make([]int, 0, n)
	var extend func(there Coalition)
	extend = func(there Coalition) {
		if len(order) == n {
			visit(order)
			return
		}
		for i := range n {
			if !there.Has(i) {
				order = append(order, i)
				extend(there.With(i))
				order = order[:len(order)-1]
			}
		}
	}
	extend(0)
}

// A game of three: worth 10, 4 and 0 alone, 20, 10 and 6 in pairs, 24 together. In the orders
// 123, 132, 213, 231, 312, 321 the first adds 10, 10, 16, 18, 10, 18, the second 10, 14, 4, 4, 14, 6
// and the third 4, 0, 4, 2, 0, 0: in the mean 82/6, 52/6 and 10/6.
func TestSH1(t *testing.T) {
	values := make([]float64, 8)
	values[0b001], values[0b010], values[0b100] = 10, 4, 0
	values[0b011], values[0b101], values[0b110], values[0b111] = 20, 10, 6, 24
	d, err := Exact(single(3, values))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := shapleyMeans(d, 0), []float64{41.0 / 3, 26.0 / 3, 5.0 / 3}; !closeTo(got, want, 1e-14) {
		t.Errorf("Shapley values %v, want %v", got, want)
	}
	x := d.Parties[0]
	for i, want := range [][2]float64{{10, 18}, {4, 14}, {0, 4}} {
		if x.Alone[i].Mean != want[0] || x.Last[i].Mean != want[1] {
			t.Errorf("player %d: alone %v, last %v, want %v", i, x.Alone[i].Mean, x.Last[i].Mean, want)
		}
	}
	// By hand: players 1 and 2 add 20-10-4 = 6 to nobody and 24-10-6+0 = 8 to the third, half each.
	for _, c := range []struct {
		i, j int
		want float64
	}{{0, 1, 7}, {0, 2, 1}, {1, 2, 3}} {
		if got := x.Pairs[c.i][c.j].Mean; math.Abs(got-c.want) > 1e-14 || got != x.Pairs[c.j][c.i].Mean {
			t.Errorf("interaction of %d and %d: %v, want %v", c.i, c.j, got, c.want)
		}
	}
	if x.Total.Mean != 24 || x.Nobody.Mean != 0 || d.Evaluations != 8 || x.Orders != nil {
		t.Errorf("%+v", d)
	}
}

// drawGame draws the values of a random game.
func drawGame(t *rapid.T, players int) []float64 {
	return rapid.SliceOfN(rapid.Float64Range(-100, 100), 1<<players, 1<<players).Draw(t, "values")
}

func TestShapleyProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "players")
		values := drawGame(t, n)
		d, _ := Exact(single(n, values))
		got := shapleyMeans(d, 0)
		if want := byOrders(n, values); !closeTo(got, want, 1e-10) {
			t.Errorf("%v, over all orders %v", got, want)
		}
		sum := 0.0
		for _, x := range got {
			sum += x
		}
		if total := values[len(values)-1] - values[0]; math.Abs(sum-total) > 1e-10 {
			t.Errorf("the Shapley values add up to %v, not %v", sum, total)
		}
	})
}

// A player that adds nothing gets nothing, whatever the others do, and interacts with nobody.
func TestNullPlayer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 6).Draw(t, "players")
		null := rapid.IntRange(0, n-1).Draw(t, "null")
		values := drawGame(t, n)
		for c := range values {
			values[c] = values[Coalition(c).Without(null)]
		}
		d, _ := Exact(single(n, values))
		x := d.Parties[0]
		if x.Shapley[null].Mean != 0 || x.Alone[null].Mean != 0 || x.Last[null].Mean != 0 {
			t.Errorf("the null player gets %+v", x)
		}
		for j := range n {
			if got := x.Pairs[null][j].Mean; math.Abs(got) > 1e-12 {
				t.Errorf("the null player and %d: %v", j, got)
			}
		}
	})
}

// Players that may be swapped get the same, and swapping names swaps values.
func TestSymmetry(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 6).Draw(t, "players")
		values := drawGame(t, n)
		swap := func(c Coalition) Coalition {
			out := c &^ 3
			if c.Has(0) {
				out = out.With(1)
			}
			if c.Has(1) {
				out = out.With(0)
			}
			return out
		}
		swapped, alike := make([]float64, len(values)), make([]float64, len(values))
		for c := range values {
			swapped[c] = values[swap(Coalition(c))]
			alike[c] = values[c] + swapped[c]
		}
		d, _ := Exact(single(n, values))
		e, _ := Exact(single(n, swapped))
		a, b := shapleyMeans(d, 0), shapleyMeans(e, 0)
		a[0], a[1] = a[1], a[0]
		if !closeTo(a, b, 1e-10) {
			t.Errorf("%v of swapped names, not %v", b, a)
		}
		f, _ := Exact(single(n, alike))
		if got := shapleyMeans(f, 0); math.Abs(got[0]-got[1]) > 1e-10 {
			t.Errorf("two that are alike get %v", got)
		}
	})
}

// The values of a sum of two games are the sums of their values, as parties and in one game.
func TestAdditivity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "players")
		v, w := drawGame(t, n), drawGame(t, n)
		d, _ := Exact(Game{n, func(c Coalition) ([][]float64, error) {
			return [][]float64{{v[c]}, {w[c]}, {v[c] + w[c]}}, nil
		}})
		sum := shapleyMeans(d, 0)
		for i, x := range shapleyMeans(d, 1) {
			sum[i] += x
		}
		if got := shapleyMeans(d, 2); !closeTo(got, sum, 1e-10) {
			t.Errorf("%v of the sum, %v added up", got, sum)
		}
	})
}

// The interaction is how much the Shapley value of one falls when the other leaves, in a game
// of two: v(12) - v(1) - v(2) + v(0). Over all pairs it is that of unanimity games, of which every
// game is a sum: 1/(s-1) for two of the s that must all be there (Grabisch and Roubens 1999).
func TestInteractionOfUnanimity(t *testing.T) {
	const n = 5
	for must := range All(n) + 1 {
		values := make([]float64, 1<<n)
		for c := range values {
			if Coalition(c)&must == must {
				values[c] = 1
			}
		}
		d, _ := Exact(single(n, values))
		for i := range n {
			for j := range i {
				want := 0.0
				if must.Has(i) && must.Has(j) {
					want = 1 / float64(must.Size()-1)
				}
				if got := d.Parties[0].Pairs[i][j].Mean; math.Abs(got-want) > 1e-14 {
					t.Errorf("all of %b: %d and %d interact by %v, want %v", must, i, j, got, want)
				}
			}
		}
	}
}

// Errors are those of the groups' own Shapley values.
func TestErrorsOfGroups(t *testing.T) {
	const n, groups = 4, 16
	value := func(c Coalition) ([][]float64, error) {
		out := make([]float64, groups)
		draw.Normal(out, 7, draw.Named("noise"), 0, int(c))
		for g := range out {
			out[g] += float64(c.Size() * c.Size())
		}
		return [][]float64{out}, nil
	}
	d, err := Exact(Game{n, value})
	if err != nil {
		t.Fatal(err)
	}
	sum, squares := make([]float64, n), make([]float64, n)
	for g := range groups {
		values := make([]float64, 1<<n)
		for c := range values {
			w, _ := value(Coalition(c))
			values[c] = w[0][g]
		}
		for i, x := range byOrders(n, values) {
			sum[i] += x
			squares[i] += x * x
		}
	}
	for i, got := range d.Parties[0].Shapley {
		mean := sum[i] / groups
		se := math.Sqrt((squares[i] - groups*mean*mean) / (groups - 1) / groups)
		if math.Abs(got.Mean-mean) > 1e-12 || math.Abs(got.Error-se) > 1e-12 || math.Abs(got.Margin-2.131449546*se) > 1e-5 {
			t.Errorf("player %d: %+v, want mean %v, error %v", i, got, mean, se)
		}
	}
}

func TestGrouped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := drawGame(t, 5)
		d, _ := Exact(Grouped(single(5, values), []Coalition{0b00101, 0b10000, 0b01010}))
		merged := make([]float64, 8)
		for c := range merged {
			merged[c] = values[c&1*0b00101|c>>1&1*0b10000|c>>2&1*0b01010]
		}
		if got, want := shapleyMeans(d, 0), byOrders(3, merged); !closeTo(got, want, 1e-10) || d.Evaluations != 8 {
			t.Errorf("%v, want %v", got, want)
		}
	})
	for _, blocks := range [][]Coalition{{0b011, 0b110}, {0b001, 0b010}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("blocks %b are taken", blocks)
				}
			}()
			Grouped(single(3, make([]float64, 8)), blocks)
		}()
	}
}

func TestFaultsOfValues(t *testing.T) {
	broken := errors.New("no such clause")
	fails := Game{3, func(c Coalition) ([][]float64, error) {
		if c == 0b101 {
			return nil, broken
		}
		return [][]float64{{1}}, nil
	}}
	ragged := Game{3, func(c Coalition) ([][]float64, error) {
		return [][]float64{make([]float64, 1+c.Size()/2)}, nil
	}}
	for _, division := range []func(Game) (*Division, error){
		Exact, func(g Game) (*Division, error) { return Sample(g, 2, 1) },
	} {
		if _, err := division(fails); !errors.Is(err, broken) || !strings.Contains(err.Error(), "101") {
			t.Errorf("error %v", err)
		}
		if _, err := division(ragged); err == nil || !strings.Contains(err.Error(), "2 groups, not 1 and 1") {
			t.Errorf("error %v", err)
		}
	}
}
