// SPDX-License-Identifier: Apache-2.0

package measure

import "offtake/internal/vec"

// Sources of figures: which flows, by clause and kind, and which inputs of the
// world make them up.

func (s *Setting) commitmentSource() Source {
	return Source{Label: "commitment", Inputs: s.clausePaths("total")}
}

func (s *Setting) chequeSource() Source {
	for _, r := range s.Rounds {
		if r.Investor == s.Program.Supplier() {
			return Source{Label: "first cheque", Clause: r.Clause, Inputs: []string{"clauses." + r.Clause + ".amount"}}
		}
	}
	return Source{}
}

func (s *Setting) capitalSources() []Source {
	var out []Source
	for _, r := range s.Rounds {
		if r.Investor == s.Program.Supplier() {
			out = append(out, Source{Label: "cheque", Clause: r.Clause, Inputs: []string{"clauses." + r.Clause + ".amount"}})
		}
	}
	for _, f := range s.Facilities {
		if f.Lender == s.Program.Supplier() {
			out = append(out, Source{Label: "facility limit", Clause: f.Clause, Inputs: []string{"clauses." + f.Clause + ".limit"}})
		}
	}
	return out
}

// clausePaths are the paths of a field in all clauses that report ledgers.
func (s *Setting) clausePaths(name string) []string {
	var out []string
	seen := map[string]bool{}
	for _, rd := range s.Program.Readings() {
		if rd.Steps > 0 && !seen[rd.Clause] {
			seen[rd.Clause] = true
			out = append(out, "clauses."+rd.Clause+"."+name)
		}
	}
	return out
}

// lineSources are the lines of some roles that moved, from one set of columns.
func (b *Book) lineSources(cols [][]float64, use func(i int, x lineInfo) bool) []Source {
	var out []Source
	for i, l := range b.s.Program.Lines() {
		if x := b.info[i]; use(i, x) && !vec.AllEqual(cols[i], 0) {
			out = append(out, Source{Label: l.Kind, Clause: l.Clause, Kind: l.Kind, Sign: x.sign, Value: cols[i]})
		}
	}
	return out
}

func spendSources(b *Book) []Source {
	out := b.lineSources(b.cash, func(_ int, x lineInfo) bool { return x.cash && x.role == spendRole })
	return addInputs(out, "world.need", "world.list_price", "world.discount", "world.default")
}

func addInputs(out []Source, paths ...string) []Source {
	return append(out, Source{Label: "inputs", Inputs: paths})
}

func overchargeSources(b *Book) []Source {
	out := b.lineSources(b.bill, func(i int, x lineInfo) bool { return b.promised[i] && x.role == spendRole })
	return append(out, Source{Label: "units taken at the market price", Inputs: []string{"world.market_price", "world.need"}, Sign: -1, Value: b.market})
}

func deficiencySources(b *Book) []Source {
	return b.lineSources(b.bill, func(i int, x lineInfo) bool { return b.promised[i] && x.role == missRole })
}

func gainSources(s *Setting, k int) func(b *Book) []Source {
	return func(b *Book) []Source {
		return []Source{
			{Label: "units taken at the market price", Inputs: []string{"world.market_price", "world.need"}, Sign: 1, Value: b.market},
			{Label: "cost of supplying them, " + s.Costs[k].Name, Inputs: []string{"world.cost." + s.Costs[k].Name}, Sign: -1, Value: b.cost[k]},
		}
	}
}

func surplusSources(b *Book) []Source {
	return []Source{
		{Label: "units taken at the lab's next-best cost", Inputs: []string{"world.market_capacity", "world.need"}, Sign: 1, Value: b.nextBest},
		{Label: "units taken at the market price", Inputs: []string{"world.market_price"}, Sign: -1, Value: b.market},
	}
}

func optionSources(b *Book) []Source {
	var out []Source
	for _, x := range b.lineSources(b.cash, func(_ int, x lineInfo) bool { return x.cash && x.role == drawRole }) {
		for _, f := range b.s.Facilities {
			if f.Clause == x.Clause && f.Lender == b.s.Program.Supplier() {
				x.Inputs, x.Sign = []string{"clauses." + f.Clause + ".worth"}, 1-f.Worth
				out = append(out, x)
			}
		}
	}
	return out
}

func lossSources(b *Book) []Source {
	out := []Source{{Label: "billed and lost in default", Inputs: []string{"world.default.hazard"}, Sign: 1, Value: b.lost},
		{Label: "expected from the estate", Inputs: []string{"world.default.recovery"}, Sign: -1, Value: b.estate}}
	return append(out, negate(b.lineSources(b.cash, func(_ int, x lineInfo) bool { return x.role == estateRole && x.cash }))...)
}

func deadweightSources(b *Book) []Source {
	return []Source{{Label: "cost of default", Inputs: []string{"world.default.cost", "world.default.hazard"}, Sign: 1, Value: b.dead}}
}

func negate(in []Source) []Source {
	out := append([]Source(nil), in...)
	for i := range out {
		out[i].Sign = -out[i].Sign
	}
	return out
}

// chequeSources are the provider's cheques as paid.
func (s *Setting) chequeSources(b *Book) []Source {
	out := b.lineSources(b.cash, func(_ int, x lineInfo) bool {
		return x.cash && x.role == equityRole && x.party == s.Program.Supplier()
	})
	for i := range out {
		out[i].Sign = 1
	}
	credits := negate(b.lineSources(b.bill, func(i int, x lineInfo) bool { return b.promised[i] && x.role == creditRole }))
	return append(append(out, credits...), Source{Label: "terms of the round", Inputs: s.roundPaths()})
}

func (s *Setting) roundPaths() []string {
	out := []string{"world.lab_value.start"}
	for _, r := range s.Rounds {
		out = append(out, "clauses."+r.Clause+".pre_money", "clauses."+r.Clause+".round")
	}
	return out
}

func marginSources(b *Book) []Source {
	out := append(overchargeSources(b), deficiencySources(b)...)
	return append(out, gainSources(b.s, b.s.Headline)(b)...)
}

func roundTripSources(b *Book) []Source {
	return b.lineSources(b.plain, func(_ int, x lineInfo) bool { return x.cash && x.role != noRole })
}

// npvSources is the provider's value from its flows.
func npvSources(s *Setting, k int) func(b *Book) []Source {
	return func(b *Book) []Source {
		out := b.lineSources(b.cash, func(_ int, x lineInfo) bool {
			return x.cash && x.role != noRole && (x.role != drawRole && x.role != equityRole || x.party == s.Program.Supplier())
		})
		after, before, net := columns(1, b.lanes)[0], columns(1, b.lanes)[0], columns(1, b.lanes)[0]
		b.netFromFlows(net)
		b.labAfter(after, net)
		vec.Mul(after, after, b.parts.ShareAfter)
		vec.Fill(before, s.PriorShare*s.LabValueCents)
		notes := columns(1, b.lanes)[0]
		vec.Sub(notes, b.parts.DrawsPV, b.parts.Options)
		return append(out,
			Source{Label: "expected from the estate", Inputs: []string{"world.default.recovery"}, Sign: 1, Value: b.estate},
			Source{Label: "securities got for draws", Sign: 1, Value: notes},
			Source{Label: "cost of supply, " + s.Costs[k].Name, Inputs: []string{"world.cost." + s.Costs[k].Name}, Sign: -1, Value: b.cost[k]},
			Source{Label: "cost of default", Inputs: []string{"world.default.cost"}, Sign: -1, Value: b.dead},
			Source{Label: "stake with the deal", Inputs: s.roundPaths(), Sign: 1, Value: after},
			Source{Label: "stake without it", Inputs: []string{"existing", "world.lab_value.start"}, Sign: -1, Value: before})
	}
}

// npvOthersSources is the value to all other holders.
func npvOthersSources(b *Book) []Source {
	n := columns(5, b.lanes)
	b.netFromFlows(n[0])
	b.labAfter(n[1], n[0])
	for i := range n[1] {
		n[1][i] *= b.parts.ShareAfter[i]
		n[2][i] = b.s.LabValueCents + b.parts.Round[i]
		n[3][i] = (1 - b.s.PriorShare) * b.s.LabValueCents
		n[4][i] = b.parts.Round[i] - b.parts.Cheque[i]
	}
	return []Source{
		{Label: "lab's equity and new money", Inputs: b.s.roundPaths(), Sign: 1, Value: n[2]},
		{Label: "what the supply side adds", Inputs: []string{"world.need", "world.market_price"}, Sign: 1, Value: n[0]},
		{Label: "the provider's stake in it", Inputs: b.s.roundPaths(), Sign: -1, Value: n[1]},
		{Label: "their shares without the deal", Inputs: []string{"world.lab_value.start", "existing"}, Sign: -1, Value: n[3]},
		{Label: "their own new money", Inputs: b.s.roundPaths(), Sign: -1, Value: n[4]},
	}
}

func netFlowSources(provider bool) func(b *Book) []Source {
	return func(b *Book) []Source {
		if provider {
			return npvSources(b.s, b.s.Headline)(b)
		}
		return npvOthersSources(b)
	}
}
