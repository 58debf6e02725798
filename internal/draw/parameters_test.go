// SPDX-License-Identifier: Apache-2.0

package draw

import (
	"fmt"
	"strings"
	"testing"
)

// frozenRooms are the rooms that were given: only ever appended to.
const frozenRooms = `need.firm 32 0 16
need.flexible.amount 33 0 16
list_price 34 0 16
market_price 35 0 16
market_capacity 36 0 16
delivery 37 0 16
other_inflow 38 0 16
cost.sunk 39 0 16
cost.scarce 40 0 16
cost.build 41 0 16
lab_value 42 0 16
default.hazard 43 0 16
default.recovery 44 0 16
indexes.revenue 45 0 16
indexes.performance 46 0 16
indexes.energy 47 0 16
indexes.share_price 48 0 16
failures.cloud 49 0 16
failures.supplier 50 0 16
lab_value.start 56 0 1
default.recovery.accrued 57 0 1
default.recovery.commitment 58 0 1
default.cost 59 0 1
default.need_after 60 0 1
need.unmet_value 61 0 1
need.flexible.value 62 0 1
discount 63 0 1
rounds[0].amount 56 1 1
rounds[0].pre_money 57 1 1
rounds[1].amount 58 1 1
rounds[1].pre_money 59 1 1
rounds[2].amount 60 1 1
rounds[2].pre_money 61 1 1
hurdle.lab 62 1 1
hurdle.cloud 63 1 1
hurdle.buyer 56 2 1
hurdle.supplier 57 2 1
`

// frozenWords are the words of the levels, in order: words are only ever added to the end of a line.
var frozenWords = [levels]string{
	" constant continuous mean mean.constant ceiling mean.ceiling", "volatility", "rate per_year performance_per_year", "from",
	"speed", "level", "start", "intensity jump.intensity jumps.intensity", "jump_mean jump.mean jumps.mean",
	"jump_volatility jump.volatility jumps.volatility", "midpoint", "innovation displacement", "imitation",
	"mean.rate mean.per_year mean.performance_per_year", "mean.from mean.innovation mean.displacement", "mean.midpoint mean.imitation",
}

func TestRoomsAndWordsAreFrozen(t *testing.T) {
	var list strings.Builder
	for _, r := range rooms {
		fmt.Fprintln(&list, r.name, r.slot, r.from, r.levels)
	}
	if !strings.HasPrefix(list.String(), frozenRooms) {
		t.Errorf("rooms were moved, or taken away:\n%s", list.String())
	}
	for level, words := range parameterWords {
		if line := strings.Join(words, " "); !strings.HasPrefix(line+" ", frozenWords[level]+" ") {
			t.Errorf("level %d has %q, it was given to %q", level, line, frozenWords[level])
		}
	}
}

func TestRoomsDoNotMeet(t *testing.T) {
	owner := map[[2]int]string{}
	names := map[string]bool{}
	for _, r := range rooms {
		if names[r.name] || r.slot < firstParameterSlot || r.slot >= slots || r.levels < 1 || r.from+r.levels > levels {
			t.Errorf("%+v is twice there, or nowhere", r)
		}
		names[r.name] = true
		for level := r.from; level < r.from+r.levels; level++ {
			if other := owner[[2]int{r.slot, level}]; other != "" {
				t.Errorf("%s and %s share level %d of slot %d", r.name, other, level, r.slot)
			}
			owner[[2]int{r.slot, level}] = r.name
		}
	}
	words := map[string]bool{}
	for _, level := range parameterWords {
		for _, w := range level {
			if words[w] {
				t.Errorf("word %q has two levels", w)
			}
			words[w] = true
		}
	}
	for _, f := range Factors() {
		if f.Factor >= firstParameterSlot {
			t.Errorf("factor %s has a slot of the parameters", f.Name)
		}
	}
}

func TestPlaces(t *testing.T) {
	for path, want := range map[string]string{
		"world.need.firm":                                        "32 0",
		"world.need.firm.constant":                               "32 0",
		"world.need.firm.lognormal.mean":                         "32 0",
		"world.need.firm.lognormal.volatility":                   "32 1",
		"world.need.firm.lognormal.mean.per_year":                "32 13",
		"world.need.firm.lognormal.mean.per_year.rate":           "32 13",
		"world.need.firm.lognormal.mean.logistic.ceiling":        "32 0",
		"world.need.firm.logistic.ceiling":                       "32 0",
		"world.list_price.per_year":                              "34 2",
		"world.list_price.per_year.from":                         "34 3",
		"world.market_price.merton.jump_mean":                    "35 8",
		"world.market_price.merton.jump.mean":                    "35 8",
		"world.cost.sunk":                                        "39 0",
		"world.lab_value.lognormal.volatility":                   "42 1",
		"world.lab_value.start":                                  "56 0",
		"world.lab_value.shares":                                 "",
		"world.default.recovery":                                 "44 0",
		"world.default.recovery.accrued":                         "57 0",
		"world.discount.continuous":                              "63 0",
		"world.rounds[1].amount":                                 "58 1",
		"world.hurdle.buyer":                                     "56 2",
		"world.list_price.regimes.high.mean":                     "",
		"world.need.firm.table[3]":                               "",
		"world.need.firmer":                                      "",
		"world.discount.lognormal.mean.per_year.rate":            "",
		"world.need.firm.lognormal.mean.per_year.rate.and.so.on": "",
		"world.need.firm.lognormal.volatility.per_year.rate":     "",
		"world.":     "",
		"world":      "",
		"cost.sunk":  "",
		"world.cost": "",
		"world.market_price.schwartz.mean.performance_per_year":   "35 13",
		"world.market_price.schwartz.mean.bass.imitation":         "35 15",
		"world.market_price.schwartz.mean.bass.imitation.further": "",
	} {
		got := ""
		if slot, level, reserved := place(path); reserved {
			got = fmt.Sprint(slot, level)
		}
		if got != want {
			t.Errorf("%s is at %q, want %q", path, got, want)
		}
	}
}

// TestParameterNumbers: names with room have their Sobol coordinate, others Philox by the hash of their name; the hash is
// that of Fowler, Noll and Vo, whose published value for "foobar" is 0x85944171f73967e8.
func TestParameterNumbers(t *testing.T) {
	s := Source{Seed: 9, First: 64, Quasi: true, Scramble: 1}
	got, want := make([]float64, 3), make([]float64, 3)
	s.Parameter(got, "world.cost.sunk")
	generators()[39].fill(want, 64, scramble(9, 1, 39))
	if got[0] != want[0] || got[2] != want[2] {
		t.Errorf("cost.sunk is %v, want %v", got, want)
	}
	if h := hash63("foobar"); h != 0x05944171f73967e8 {
		t.Errorf("hash is %#x", h)
	}
	s.Parameter(got, "foobar")
	Uniform(want, 9, Factor(0x85944171), 1<<40+64, 0xf73967e8)
	if got[0] != want[0] || got[2] != want[2] {
		t.Errorf("foobar is %v, want %v", got, want)
	}
}
