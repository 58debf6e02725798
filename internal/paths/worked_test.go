// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"offtake/internal/deal"
	"offtake/internal/measure"
)

// parse reads a deal that a test wrote; any fault fails the test.
func parse(t testing.TB, text string) *deal.Deal {
	t.Helper()
	d, list := deal.Parse("test.yaml", []byte(text))
	if list.HasFaults() {
		t.Fatal(list)
	}
	return d
}

func worked(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile("testdata/worked.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// get is a base run's value, money in dollars.
func get(t testing.TB, b *Base, name, party string, period int) float64 {
	t.Helper()
	i := measure.Find(b.Measures, name, party, "", period)
	if i < 0 {
		t.Fatalf("no measure %s %s %d", name, party, period)
	}
	if b.Measures[i].Unit == measure.Money {
		return b.Values[i] / 100
	}
	return b.Values[i]
}

// A cheque of 5 for 10 a year over ten years at a mark-up of 8%, of a lab that may
// fail (testdata/worked.yaml): every figure, to the digits to which it was worked
// out beside this program.
func TestWorkedExample(t *testing.T) {
	b := RunBase(NewJob(parse(t, worked(t)), nil))
	for _, c := range []struct {
		name, party string
		want        float64
	}{
		{"stake", "", 0.012987012987}, {"stake_fair_value", "", 4.610389610390}, {"premium", "", 0.389610389610},
		{"pv_spend_riskless", "", 76.742915228816}, {"pv_spend", "", 63.014054040166},
		{"overcharge", "", 4.667707706679}, {"net_equity_price", "", 0.332292293321},
		{"npv", "cloud", 27.966713928465}, {"breakeven_markup", "", 0.08618601272958}, {"breakeven_markup_fair", "", 0.00622137885622},
		{"pv_coverage", "", 0.079347}, {"months_funded", "", 6}, {"nominal_coverage", "", 0.05}, {"headline_ratio", "", 20},
		{"surplus", "", 0}, {"deadweight", "", 0}, {"credit_loss", "", 0}, {"deficiency_value", "", 0}, {"options", "", 0},
	} {
		got := get(t, b, c.name, c.party, 0)
		digits := 6e-13 * math.Max(1, math.Abs(c.want))
		if c.name == "pv_coverage" {
			digits = 5e-7 // printed as 7.9347%
		}
		if math.Abs(got-c.want) > digits {
			t.Errorf("%s %s: %.15g, want %.15g", c.name, c.party, got, c.want)
		}
	}
	margin := get(t, b, "overcharge", "", 0) + get(t, b, "supply_gain", "", 0)
	if math.Abs(margin-28.356324318075) > 1e-11 {
		t.Errorf("margin O + G: %.15g, want 28.356324318075", margin)
	}
	// The provider gains 4.3 if the capacity is scarce (semantics section 4).
	// O + s (V0 + R) - I with G = 0.
	if x := get(t, b, "npv_if_scarce", "cloud", 0); math.Abs(x-(4.667707706679+4.610389610390-5)) > 1e-11 {
		t.Errorf("npv if scarce %v, want 4.278", x)
	}
	// The sum with S = W = 0 (semantics section 6), and the lab's side:
	// I - FV_stake - PV_overcharge.
	if sum := get(t, b, "npv", "cloud", 0) + get(t, b, "npv", "lab", 0); math.Abs(sum-23.688616611396) > 1e-11 {
		t.Errorf("the sides add up to %.15g, want 23.688616611396", sum)
	}
	if lab := get(t, b, "npv", "lab", 0); math.Abs(lab-(5-4.610389610390-4.667707706679)) > 1e-11 {
		t.Errorf("npv lab: %.15g", lab)
	}
}

// The identity, with feedback on and off: both sides from flows add up to
// S + G - W, and the provider from flows equals the provider from parts.
func TestValueIdentity(t *testing.T) {
	text := strings.Replace(worked(t), "feedback: off", "feedback: on", 1)
	for name, edit := range map[string]func(string) string{
		"plain": func(s string) string { return s },
		"existing stake": func(s string) string {
			return s + "existing:\n  - stake: {holder: cloud, in: lab, share: 15%}\n"
		},
		"late payment and estate": func(s string) string {
			s = strings.Replace(s, "step: year", "step: month", 1)
			s = strings.Replace(s, "fixed: 1}", "fixed: 1, net: 3}", 1)
			return strings.Replace(s, "recovery: 0%", "recovery: {accrued: 40%, commitment: 7%}, cost: 1.50", 1)
		},
		"deficiency and scarce market": func(s string) string {
			s = strings.Replace(s, "firm: {constant: 10}", "firm: {table: [4, 6, 9, 12, 14, 3, 11, 9, 10, 16]}, unmet_value: 3", 1)
			s = strings.Replace(s, "market_price:", "market_capacity: {constant: 8}\n  market_price:", 1)
			return strings.Replace(s, "period: year}", "period: year, take: 90%, deficiency: 70%, make_up: {life: 2, in: units}}", 1)
		},
		"credits": func(s string) string { return strings.Replace(s, "round: 5}", "round: 9, paid_in: credits}", 1) },
		"facility on soft terms": func(s string) string {
			return strings.Replace(s, "  - price:", "  - facility: {id: line, from: cloud, to: lab, limit: 7, worth: 60%}\n  - price:", 1)
		},
		"third parties": func(s string) string {
			s = strings.Replace(s, "  cloud: {", "  bank: {name: Bank, role: other}\n  fund: {name: Fund, role: investor}\n  cloud: {", 1)
			s = strings.Replace(s, "  - price:", "  - facility: {id: loan, from: bank, to: lab, limit: 9, worth: 50%}\n"+
				"  - equity: {id: angel, from: fund, to: lab, amount: 4, at: 2030-01-01, pre_money: 700, round: 11}\n  - price:", 1)
			return s + "existing:\n  - stake: {holder: fund, in: lab, share: 8%}\n  - stake: {holder: cloud, in: lab, share: 5%}\n"
		},
		"minimums elsewhere": func(s string) string {
			return s + "elsewhere:\n  - {id: rival, with: Rival, minimum: {flat: 6}}\n"
		},
		"two rounds": func(s string) string {
			return strings.Replace(s, "  - price:", "  - equity: {id: later, from: cloud, to: lab, amount: 3, at: 2029-01-01, pre_money: 500, round: 20}\n  - price:", 1)
		},
	} {
		for _, feedback := range []string{"on", "off"} {
			d := parse(t, strings.Replace(edit(text), "feedback: on", "feedback: "+feedback, 1))
			b := RunBase(NewJob(d, nil))
			checkIdentity(t, name+", feedback "+feedback, b.Book, len(b.Job.Plan.Costs), 1, len(b.Job.setting.Holders))
		}
	}
}

// checkIdentity holds a closed book's flows to its parts in every lane.
func checkIdentity(t *testing.T, name string, b *measure.Book, costs, lanes, holders int) {
	t.Helper()
	flows, parts, others := make([]float64, lanes), make([]float64, lanes), make([]float64, lanes)
	p := b.Parts()
	b.NPVOthers(others)
	third := make([]float64, lanes)
	for h := 1; h < holders; h++ {
		b.NPVThird(third, h)
		for i := range others {
			others[i] += third[i]
		}
	}
	for k := range costs {
		b.NPVProvider(flows, k)
		b.NPVProviderFromParts(parts, k)
		for i := range flows {
			scale := math.Max(1000, math.Abs(p.Round[i])+math.Abs(p.Gain[k][i]))
			if math.Abs(flows[i]-parts[i]) > 1e-9*scale {
				t.Fatalf("%s, cost %d, lane %d: provider %v from flows, %v from parts", name, k, i, flows[i], parts[i])
			}
			want := p.Surplus[i] + p.Gain[k][i] - p.Deadweight[i]
			if math.Abs(flows[i]+others[i]-want) > 1e-9*scale {
				t.Fatalf("%s, cost %d, lane %d: the sides add up to %v, the parts to %v", name, k, i, flows[i]+others[i], want)
			}
		}
	}
}

// Credit in continuous time: a level payment of 10 a year for ten years,
// r = 5%, h = 4%. Payments at the steps' ends that are worth the continuous
// stream make the engine's number without recovery exact; recovery is in the
// step of default, so its error vanishes with the step, and Richardson's
// extrapolation from years, quarters and months removes most of it.
func TestCreditAnnuity(t *testing.T) {
	value := func(step string, perYear float64, hazard, recovery string) float64 {
		lambda := 0.05
		if hazard != "0%" {
			lambda += 0.04
		}
		dt := 1 / perYear
		need := 10 * (math.Exp(lambda*dt) - 1) / lambda / dt
		if recovery != "0%" {
			need = 10
		}
		s := worked(t)
		s = strings.Replace(s, "step: year", "step: "+step, 1)
		s = strings.Replace(s, "firm: {constant: 10}", fmt.Sprintf("firm: {constant: %.17g}", need), 1)
		s = strings.Replace(s, "total: 100, period: year", "total: 100, period: "+step, 1)
		s = strings.Replace(s, "hazard: 4%, recovery: 0%", "hazard: "+hazard+", recovery: "+recovery, 1)
		b := RunBase(NewJob(parse(t, s), nil))
		return get(t, b, "pv_spend", "", 0) - get(t, b, "credit_loss", "", 0)
	}
	// Relative error of the printed digits, 1e-10 with ten decimals.
	if x := value("month", 12, "0%", "0%"); math.Abs(x-78.6938680575) > 1e-9 {
		t.Errorf("riskless: %.12f, want 78.6938680575", x)
	}
	if x := value("month", 12, "4%", "0%"); math.Abs(x-65.9367044733) > 1e-9 {
		t.Errorf("no recovery: %.12f, want 65.9367044733", x)
	}
	for recovery, want := range map[string]float64{"40%": 71.0395699069, "100%": 78.6938680575} {
		y, q, m := value("year", 1, "4%", recovery), value("quarter", 4, "4%", recovery), value("month", 12, "4%", recovery)
		got := extrapolate([]float64{1, 0.25, 1.0 / 12}, []float64{y, q, m})
		if math.Abs(got-want) > 1e-5 {
			t.Errorf("recovery %s: %.8f from %v %v %v, want %.8f", recovery, got, y, q, m, want)
		}
	}
}

// extrapolate is the value at zero of the polynomial through the points.
func extrapolate(x, y []float64) float64 {
	sum := 0.0
	for i := range x {
		w := 1.0
		for j := range x {
			if j != i {
				w *= x[j] / (x[j] - x[i])
			}
		}
		sum += w * y[i]
	}
	return sum
}
