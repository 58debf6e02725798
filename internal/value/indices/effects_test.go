// SPDX-License-Identifier: Apache-2.0

package indices

import (
	"math"
	"reflect"
	"testing"

	"offtake/internal/value/estimate"
	"offtake/internal/value/game"
	"offtake/internal/vec"
)

// Two correlated normal inputs, y = x1 + 2 x2 with correlation 1/2: Owen and Prieur 2017, "On Shapley value for measuring importance of
// dependent inputs": (b1^2 (1 - r^2/2) + r b1 b2 + b2^2 r^2/2) / V for the first, with V = 7.
func TestSA3(t *testing.T) {
	const b1, b2, r = 1, 2, 0.5
	first := (b1*b1*(1-r*r/2) + r*b1*b2 + b2*b2*r*r/2) / (b1*b1 + 2*r*b1*b2 + b2*b2)
	if math.Abs(first-0.3392857143) > 1e-10 {
		t.Errorf("formula %v", first)
	}
	plan := Plan{2, 1, 1024, 16, 1}
	for name, replicate := range map[string]replicator{"all coalitions": plan.allCoalitions, "own orders": plan.ownOrders} {
		got, err := plan.shapley([][]float64{{1, r}, {r, 1}}, linear(b1, b2), replicate)
		if err != nil {
			t.Fatal(err)
		}
		holds(t, name+": Shapley effect", got[0].Shapley, []float64{first, 1 - first}, 1e-2)
		holds(t, name+": variance", []estimate.Estimate{got[0].Variance}, []float64{7}, 0.05)
	}
}

// gaussian are the Shapley effects of y = sum beta_j x_j of normal inputs, by the variances that are left of y when
// inputs are known: beta' (S_cc - S_ck S_kk^-1 S_kc) beta, here by sweeping (Goodnight 1979, "A tutorial on the SWEEP operator").
func gaussian(correlations [][]float64, beta []float64) []float64 {
	n := len(beta)
	worth := columns(1<<n, 1)
	for c := range worth {
		s := columns(n, n)
		for i := range n {
			copy(s[i], correlations[i])
		}
		for k := range n {
			if game.Coalition(c).Has(k) || s[k][k] < 1e-9 {
				continue
			}
			known := append([]float64(nil), s[k]...)
			for i := range n {
				for j := range n {
					s[i][j] -= known[i] * known[j] / known[k]
				}
			}
		}
		for i := range n {
			for j := range n {
				worth[c][0] += beta[i] * s[i][j] * beta[j]
			}
		}
	}
	out := make([]float64, n)
	for i, x := range game.Shapley(n, worth) {
		out[i] = x[0] / worth[len(worth)-1][0]
	}
	return out
}

// falling are correlations r^|i-j|.
func falling(n int, r float64) [][]float64 {
	c := columns(n, n)
	for i := range n {
		for j := range n {
			c[i][j] = math.Pow(r, math.Abs(float64(i-j)))
		}
	}
	return c
}

func TestGaussianKnows(t *testing.T) {
	if got := gaussian(falling(2, 0.5), []float64{1, 2}); math.Abs(got[0]-0.3392857143) > 1e-10 {
		t.Errorf("%v", got)
	}
}

// Ten inputs, in orders drawn at random; independent, dependent, and with two that are one.
func TestManyInputs(t *testing.T) {
	beta := []float64{3, 0, 1, -2, 1, 0.5, 2, 0, -1, 1}
	one := falling(10, 0)
	one[0][1], one[1][0] = 1, 1
	for name, c := range map[string][][]float64{"independent": nil, "dependent": falling(10, 0.6), "two alike": one} {
		got, err := Shapley(Plan{10, 1, 1024, 16, 3}, c, linear(beta...))
		if err != nil {
			t.Fatal(err)
		}
		correlations := c
		if c == nil {
			correlations = falling(10, 0)
		}
		holds(t, name+": Shapley effect", got[0].Shapley, gaussian(correlations, beta), 2e-2)
		sum := 0.0
		for _, e := range got[0].Shapley {
			sum += e.Mean
		}
		if math.Abs(sum-1) > 1e-12 {
			t.Errorf("%s: effects add up to %v", name, sum)
		}
	}
}

// Both ways agree where inputs depend on each other and the model is not linear.
func TestOrdersAgreeWithCoalitions(t *testing.T) {
	plan := Plan{4, 1, 2048, 16, 4}
	model := func(y, u [][]float64) error {
		for n := range y[0] {
			y[0][n] = u[0][n]*u[1][n] + math.Max(u[2][n], u[3][n])*u[0][n]
		}
		return nil
	}
	exact, err := plan.shapley(falling(4, -0.4), model, plan.allCoalitions)
	if err != nil {
		t.Fatal(err)
	}
	sampled, err := plan.shapley(falling(4, -0.4), model, plan.ownOrders)
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range exact[0].Shapley {
		s := sampled[0].Shapley[i]
		if off := math.Abs(e.Mean - s.Mean); off > 4*math.Hypot(e.Error, s.Error) || e.Error > 0.01 || s.Error > 0.01 {
			t.Errorf("input %d: %+v by coalitions, %+v by orders", i+1, e, s)
		}
	}
}

// Intervals hold the effect in 95 of 100 cases, either way.
func TestEffectsCoverage(t *testing.T) {
	const seeds = 200
	c, beta := falling(3, 0.5), []float64{1, 2, 1}
	want := gaussian(c, beta)
	for _, way := range []string{"coalitions", "orders"} {
		hits := 0
		for seed := range uint64(seeds) {
			plan := Plan{3, 1, 64, 16, seed}
			replicate := plan.allCoalitions
			if way == "orders" {
				replicate = plan.ownOrders
			}
			got, _ := plan.shapley(c, linear(beta...), replicate)
			for i, e := range got[0].Shapley {
				if math.Abs(e.Mean-want[i]) <= e.Margin {
					hits++
				}
			}
		}
		// The three effects of one seed add up to one: the count's own error is at most that of 200 cases, 1.5%.
		if share := float64(hits) / (3 * seeds); share < 0.90 || share > 0.99 {
			t.Errorf("%s: %.3f of the intervals hold the effect", way, share)
		}
	}
}

// Inputs that are drawn anew keep the distribution of all: variances and correlations.
func TestRedrawKeepsTheDistribution(t *testing.T) {
	const n, rows = 4, 1 << 14
	c := copula(falling(n, 0.7))
	plan := Plan{n, 1, rows, 2, 6}
	s := &study{copula: c, model: linear(1, 1, 1, 1), mean: columns(1, 2)}
	base, fresh, _, err := plan.first(s, 0)
	if err != nil {
		t.Fatal(err)
	}
	arranged, err := c.inOrder([]int{2, 0, 3, 1})
	if err != nil {
		t.Fatal(err)
	}
	row, sums, shared := make([]float64, n), columns(n, n), 0.0
	for k := range rows {
		arranged.redraw(row, base[k], fresh[k], 2)
		if row[2] != base[k][2] || row[0] != base[k][0] || row[1] == base[k][1] || row[3] == base[k][3] {
			t.Fatalf("row %v of base %v", row, base[k])
		}
		for i := range n {
			for j := range n {
				sums[i][j] += vec.NormInvOf(row[i]) * vec.NormInvOf(row[j]) / rows
			}
		}
		shared += vec.NormInvOf(row[3]) * vec.NormInvOf(base[k][3]) / rows
	}
	for i := range n {
		for j := range n {
			if math.Abs(sums[i][j]-c[i][j]) > 0.02 {
				t.Errorf("%d and %d: %v, want %v", i, j, sums[i][j], c[i][j])
			}
		}
	}
	// Input 3 drawn anew shares with the old one what input 2 says of both: 0.7^2.
	if math.Abs(shared-0.49) > 0.02 {
		t.Errorf("old and new: %v", shared)
	}
}

func TestEffectsAreSettledByTheirSeed(t *testing.T) {
	run := func(seed uint64) []Effects {
		got, err := Shapley(Plan{9, 1, 32, 4, seed}, nil, linear(1, 2, 3, 4, 5, 6, 7, 8, 9))
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	if one := run(1); !reflect.DeepEqual(one, run(1)) || reflect.DeepEqual(one, run(2)) {
		t.Error("one seed gives two effects, or two seeds one")
	}
}

func TestBadCorrelations(t *testing.T) {
	for name, c := range map[string][][]float64{
		"too few":       {{1}},
		"ragged":        {{1, 0, 0}, {0, 1}, {0, 0, 1}},
		"not symmetric": {{1, 0.5, 0}, {0.2, 1, 0}, {0, 0, 1}},
		"no ones":       {{2, 0, 0}, {0, 1, 0}, {0, 0, 1}},
		"not a number":  {{1, math.NaN(), 0}, {math.NaN(), 1, 0}, {0, 0, 1}},
		"contradictory": {{1, 0.9, 0.9}, {0.9, 1, -0.9}, {0.9, -0.9, 1}},
		"just so":       {{1, 0.9, 0.9}, {0.9, 1, 0.5}, {0.9, 0.5, 1}},
		"one and not":   {{1, 1, 0.5}, {1, 1, 0}, {0.5, 0, 1}},
	} {
		if copula(c).check(3) == nil {
			t.Errorf("%s: taken", name)
		}
		if _, err := Shapley(Plan{3, 1, 8, 2, 1}, c, linear(1, 1, 1)); err == nil {
			t.Errorf("%s: taken by the effects", name)
		}
	}
}
