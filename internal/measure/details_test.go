// SPDX-License-Identifier: Apache-2.0

package measure

import "testing"

// A right's own flows are its holder's: of 5 drawn a year against paper worth 60%, 0.4 x 5 x
// 1.71; of shares, what they are worth with the deal. Kinds leave out other lines.
func TestOwnFlowsByHand(t *testing.T) {
	gift := 0.4 * 5 * 1.71
	r := small(func(r *run) {
		r.clauses, r.draw = append(r.clauses, facility("line", "cloud", 10, 0.6), equity("first", "cloud", 5, 95, 0, "")), 5
		r.world = func(s *Setting) {
			s.Detailed, s.Feedback = true, false
			s.Rights = []Right{{ID: "line", Clauses: []string{"line"}, Holder: "lab"}, {ID: "put", Clauses: []string{"line"}, Holder: "cloud"},
				{ID: "first", Clauses: []string{"first"}, Holder: "cloud"}, {ID: "shares", Clauses: []string{"first"}, Kinds: []string{"issue"}, Holder: "cloud"},
				{ID: "nothing", Clauses: []string{"line"}, Kinds: []string{"none"}, Holder: "lab"}}
		}
	})
	s := r.setting(t)
	b := r.book(t, s)
	own := map[string]float64{"line": gift, "put": -gift, "first": 0.05*1005 - 5, "shares": 0.05 * 1005, "nothing": 0}
	seen := 0
	out := make([]float64, b.lanes)
	for _, m := range Catalog(s) {
		if m.Name != "own_flows" {
			continue
		}
		seen++
		if m.Value(b, out); out[0]/100-own[m.Clause] > 1e-9 || own[m.Clause]-out[0]/100 > 1e-9 {
			t.Errorf("%s: %v, want %v", m.Clause, out[0]/100, own[m.Clause])
		}
	}
	if seen != len(own) {
		t.Errorf("%d rights have own flows, want %d", seen, len(own))
	}
}

// 12 is billed a year where the market asks 10: a fifth more. O + F + G = 1.71 x (2 + 3 + 5),
// beside a premium of 5 - 0.05 x 1,005 the other way.
func TestShareOfSupplyByHand(t *testing.T) {
	r := small(func(r *run) {
		r.clauses = append(r.clauses, equity("first", "cloud", 5, 95, 0, ""))
		r.world = func(s *Setting) { s.Detailed, s.Feedback = true, false }
	})
	s := r.setting(t)
	b := r.book(t, s)
	want(t, s, b, "price_above_market", "", 0, 0.2)
	want(t, s, b, "supply_share", "", 0, 17.1/(17.1+0.05*1005-5))
	want(t, s, b, "supply_net", "", 0, -8.55)
	want(t, s, b, "joint_value", "", 0, 8.55)
	want(t, s, b, "stake_gain", "cloud", 0, 0.05*1005-5)
	want(t, s, b, "stake_gain", "lab", 0, 5-0.05*1005)
}
