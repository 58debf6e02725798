// SPDX-License-Identifier: Apache-2.0

package draw

import "strings"

// The slots from here on are the parameters'.
const firstParameterSlot = 32

// A room is where the parameters of a name are: levels from, from+1, ... of a slot, as many as levels.
type room struct {
	name               string // path in the file, less that of the world
	slot, from, levels int
}

// rooms reserves coordinates by name. A name keeps its room and no other gets it; new names take what is
// free. What may be a process has a slot, with a level for each of parameterWords. Single numbers share the slots
// from 56 on: the likeliest to be uncertain have level 0, where points are best.
var rooms = [...]room{
	{"need.firm", 32, 0, levels},
	{"need.flexible.amount", 33, 0, levels},
	{"list_price", 34, 0, levels},
	{"market_price", 35, 0, levels},
	{"market_capacity", 36, 0, levels},
	{"delivery", 37, 0, levels},
	{"other_inflow", 38, 0, levels},
	{"cost.sunk", 39, 0, levels},
	{"cost.scarce", 40, 0, levels},
	{"cost.build", 41, 0, levels},
	{"lab_value.moves", 42, 0, levels},
	{"indexes.revenue", 43, 0, levels},
	{"indexes.performance", 44, 0, levels},
	{"indexes.energy", 45, 0, levels},
	{"indexes.share_price", 46, 0, levels},
	{"lab_value.start", 56, 0, 1},
	{"default.hazard", 57, 0, 1},
	{"default.recovery", 58, 0, 1},
	{"default.recovery.accrued", 59, 0, 1},
	{"default.cost", 60, 0, 1},
	{"default.need_after", 61, 0, 1},
	{"need.unmet_value", 62, 0, 1},
	{"need.flexible.value", 63, 0, 1},
	{"default.recovery.commitment", 56, 1, 1},
	{"default.follows[need.firm]", 57, 1, 1},
	{"default.follows[list_price]", 58, 1, 1},
	{"default.follows[market_price]", 59, 1, 1},
	{"default.follows[lab_value]", 60, 1, 1},
	{"failures.cloud.hazard", 61, 1, 1},
	{"failures.supplier.hazard", 62, 1, 1},
	{"discount", 63, 1, 1},
	{"regimes.rates[0].rate", 56, 2, 1},
	{"regimes.rates[1].rate", 57, 2, 1},
	{"regimes.rates[2].rate", 58, 2, 1},
	{"regimes.rates[3].rate", 59, 2, 1},
	{"rounds[0].amount", 60, 2, 1},
	{"rounds[0].pre_money", 61, 2, 1},
	{"rounds[1].amount", 62, 2, 1},
	{"rounds[1].pre_money", 63, 2, 1},
}

// parameterWords gives the level of a parameter within its name's room. Words of one level never stand in one
// process together: a process is one of several kinds, and what is a path of its own has no bare number.
// A word keeps its level; new words join a level or take a free one. mean.rate is the rate of a mean
// that moves: world.need.firm.lognormal.mean.per_year.rate.
var parameterWords = [levels][]string{
	0:  {"", "mean", "level", "limit", "mean.limit"},
	1:  {"volatility"},
	2:  {"rate", "drift", "falls.per_year", "falls.performance_per_year"},
	3:  {"from"},
	4:  {"reversion"},
	5:  {"mean.rate", "mean.drift", "mean.falls.per_year", "mean.falls.performance_per_year"},
	6:  {"mean.from"},
	7:  {"midpoint", "mean.midpoint"},
	8:  {"displacement", "innovation", "mean.displacement", "mean.innovation"},
	9:  {"imitation", "mean.imitation"},
	10: {"launched", "mean.launched"},
	11: {"jumps.rate"},
	12: {"jumps.mean"},
	13: {"jumps.sd"},
}

// place returns the slot and level of a parameter, unless its name or word is in no catalogue.
func place(path string) (slot, level int, reserved bool) {
	name, inWorld := strings.CutPrefix(path, "world.")
	if !inWorld {
		return 0, 0, false
	}
	var owner room
	for _, r := range rooms {
		if len(r.name) > len(owner.name) && strings.HasPrefix(name, r.name) && (len(name) == len(r.name) || name[len(r.name)] == '.') {
			owner = r
		}
	}
	if owner.name == "" {
		return 0, 0, false
	}
	word := strings.TrimPrefix(name[len(owner.name):], ".")
	for level, words := range parameterWords[:owner.levels] {
		for _, w := range words {
			if says(word, w) {
				return owner.slot, owner.from + level, true
			}
		}
	}
	return 0, 0, false
}

// says tells whether a path below a name is a word, or is so without the kinds of processes in it: lognormal.mean is
// mean, and lognormal.mean.per_year.rate is mean.rate.
func says(path, word string) bool {
	if path == word {
		return true
	}
	_, path, inKind := strings.Cut(path, ".")
	if !inKind || path == word {
		return inKind
	}
	inner, isMean := strings.CutPrefix(word, "mean.")
	path, below := strings.CutPrefix(path, "mean.")
	_, path, inKind = strings.Cut(path, ".")
	return isMean && below && inKind && path == inner
}
