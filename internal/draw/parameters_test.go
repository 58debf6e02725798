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
lab_value.moves 42 0 16
indexes.revenue 43 0 16
indexes.performance 44 0 16
indexes.energy 45 0 16
indexes.share_price 46 0 16
lab_value.start 56 0 1
default.hazard 57 0 1
default.recovery 58 0 1
default.recovery.accrued 59 0 1
default.cost 60 0 1
default.need_after 61 0 1
need.unmet_value 62 0 1
need.flexible.value 63 0 1
default.recovery.commitment 56 1 1
default.follows[need.firm] 57 1 1
default.follows[list_price] 58 1 1
default.follows[market_price] 59 1 1
default.follows[lab_value] 60 1 1
failures.cloud.hazard 61 1 1
failures.supplier.hazard 62 1 1
discount 63 1 1
regimes.rates[0].rate 56 2 1
regimes.rates[1].rate 57 2 1
regimes.rates[2].rate 58 2 1
regimes.rates[3].rate 59 2 1
rounds[0].amount 60 2 1
rounds[0].pre_money 61 2 1
rounds[1].amount 62 2 1
rounds[1].pre_money 63 2 1
`

// frozenWords are the words of the levels, in order: words are only ever added to the end of a line.
var frozenWords = [levels]string{
	" mean level limit mean.limit",
	"volatility",
	"rate drift falls.per_year falls.performance_per_year",
	"from",
	"reversion",
	"mean.rate mean.drift mean.falls.per_year mean.falls.performance_per_year",
	"mean.from",
	"midpoint mean.midpoint",
	"displacement innovation mean.displacement mean.innovation",
	"imitation mean.imitation",
	"launched mean.launched",
	"jumps.rate",
	"jumps.mean",
	"jumps.sd",
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
		"world.need.firm":                                                          "32 0",
		"world.need.firm.lognormal.mean":                                           "32 0",
		"world.need.firm.lognormal.volatility":                                     "32 1",
		"world.need.firm.lognormal.mean.per_year.rate":                             "32 5",
		"world.need.firm.lognormal.mean.logistic.limit":                            "32 0",
		"world.need.firm.logistic.limit":                                           "32 0",
		"world.need.firm.lognormal.mean.bass.imitation":                            "32 9",
		"world.list_price.per_year.rate":                                           "34 2",
		"world.list_price.per_year.from":                                           "34 3",
		"world.list_price.generations.falls.per_year":                              "34 2",
		"world.market_price.lognormal.mean.generations.falls.performance_per_year": "35 5",
		"world.market_price.merton.jumps.sd":                                       "35 13",
		"world.market_price.ornstein_uhlenbeck.level":                              "35 0",
		"world.market_price.schwartz.reversion":                                    "35 4",
		"world.cost.sunk":                                                          "39 0",
		"world.lab_value.moves.lognormal.volatility":                               "42 1",
		"world.lab_value.start":                                                    "56 0",
		"world.lab_value.shares":                                                   "",
		"world.default.recovery":                                                   "58 0",
		"world.default.recovery.accrued":                                           "59 0",
		"world.default.follows[need.firm]":                                         "57 1",
		"world.default.follows[need.firmer]":                                       "",
		"world.failures.cloud.hazard":                                              "61 1",
		"world.failures.acme.hazard":                                               "",
		"world.regimes.rates[2].rate":                                              "58 2",
		"world.rounds[1].pre_money":                                                "63 2",
		"world.list_price.by_regime.states.high.level":                             "",
		"world.need.firm.table[3]":                                                 "",
		"world.need.firmer":                                                        "",
		"world.cost":                                                               "",
		"world.":                                                                   "",
		"world.need.firm.lognormal.mean.per_year.rate.and.so.on":                   "",
		"world.need.firm.lognormal.volatility.per_year.rate":                       "",
		"world.default.cost.lognormal.volatility":                                  "",
		"world":     "",
		"cost.sunk": "",
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
	generators()[39].fill(want, 64, scramble(9, 1, 39), true)
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
