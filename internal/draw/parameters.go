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
	{"lab_value", 42, 0, levels},
	{"default.hazard", 43, 0, levels},
	{"default.recovery", 44, 0, levels},
	{"indexes.revenue", 45, 0, levels},
	{"indexes.performance", 46, 0, levels},
	{"indexes.energy", 47, 0, levels},
	{"indexes.share_price", 48, 0, levels},
	{"failures.cloud", 49, 0, levels},
	{"failures.supplier", 50, 0, levels},
	{"lab_value.start", 56, 0, 1},
	{"default.recovery.accrued", 57, 0, 1},
	{"default.recovery.commitment", 58, 0, 1},
	{"default.cost", 59, 0, 1},
	{"default.need_after", 60, 0, 1},
	{"need.unmet_value", 61, 0, 1},
	{"need.flexible.value", 62, 0, 1},
	{"discount", 63, 0, 1},
	{"rounds[0].amount", 56, 1, 1},
	{"rounds[0].pre_money", 57, 1, 1},
	{"rounds[1].amount", 58, 1, 1},
	{"rounds[1].pre_money", 59, 1, 1},
	{"rounds[2].amount", 60, 1, 1},
	{"rounds[2].pre_money", 61, 1, 1},
	{"hurdle.lab", 62, 1, 1},
	{"hurdle.cloud", 63, 1, 1},
	{"hurdle.buyer", 56, 2, 1},
	{"hurdle.supplier", 57, 2, 1},
}

// parameterWords gives the level of a parameter within its name's room. Words of one level never stand in one
// process together: a process is one of several kinds, and what is a path of its own has no bare number.
// A word keeps its level; new words join a level or take a free one. mean.rate is the rate of a mean
// that moves: world.need.firm.lognormal.mean.per_year.rate.
var parameterWords = [levels][]string{
	0:  {"", "constant", "continuous", "mean", "mean.constant", "ceiling", "mean.ceiling"},
	1:  {"volatility"},
	2:  {"rate", "per_year", "performance_per_year"},
	3:  {"from"},
	4:  {"speed"},
	5:  {"level"},
	6:  {"start"},
	7:  {"intensity", "jump.intensity", "jumps.intensity"},
	8:  {"jump_mean", "jump.mean", "jumps.mean"},
	9:  {"jump_volatility", "jump.volatility", "jumps.volatility"},
	10: {"midpoint"},
	11: {"innovation", "displacement"},
	12: {"imitation"},
	13: {"mean.rate", "mean.per_year", "mean.performance_per_year"},
	14: {"mean.from", "mean.innovation", "mean.displacement"},
	15: {"mean.midpoint", "mean.imitation"},
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
