// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// Sources of figures: which flows, by clause and kind, and which inputs of the
// world make them up.

func (s *Setting) commitmentSource() Source {
	return Source{Label: "commitment", Inputs: s.clausePaths("total")}
}

func (s *Setting) chequeSource() Source {
	for _, r := range s.Rounds {
		if r.Investor == s.provider() {
			return Source{Label: "first cheque", Clause: r.Clause, Inputs: []string{"clauses." + r.Clause + ".amount"}}
		}
	}
	return Source{}
}

func (s *Setting) capitalSources() []Source {
	var out []Source
	for _, r := range s.Rounds {
		if r.Investor == s.provider() {
			out = append(out, Source{Label: "cheque", Clause: r.Clause, Inputs: []string{"clauses." + r.Clause + ".amount"}})
		}
	}
	for _, f := range s.Facilities {
		if f.Lender == s.provider() {
			out = append(out, Source{Label: "facility limit", Clause: f.Clause, Inputs: []string{"clauses." + f.Clause + ".limit"}})
		}
	}
	for _, l := range s.Loans {
		if l.Lender == s.provider() {
			out = append(out, Source{Label: "loan", Clause: l.Clause, Inputs: []string{"clauses." + l.Clause + ".principal"}})
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
			out = append(out, Source{Label: l.Kind, Clause: l.Clause, Kind: l.Kind, Sign: x.sign, Value: cols[i], line: i})
		}
	}
	return out
}

// uses are the sources of a figure that is no sum of them.
func uses(sources func(b *Book) []Source) func(b *Book) []Source {
	return func(b *Book) []Source {
		out := append([]Source(nil), sources(b)...)
		for i := range out {
			if out[i].Sign < 0 {
				out[i].Value = negated(out[i].Value)
			}
			out[i].Sign = 0
		}
		return out
	}
}

func negated(col []float64) []float64 {
	out := make([]float64, len(col))
	vec.Negate(out, col)
	return out
}

func agreedSpendSources(b *Book) []Source { return spendSources(b.asAgreed()) }

func spendSources(b *Book) []Source {
	out := b.lineSources(b.cash, func(_ int, x lineInfo) bool { return x.cash && x.role == contract.Use })
	return addInputs(out, "world.need", "world.list_price", "world.discount", "world.default")
}

func addInputs(out []Source, paths ...string) []Source {
	return append(out, Source{Label: "inputs", Inputs: paths})
}

func overchargeSources(b *Book) []Source {
	out := b.lineSources(b.bill, func(i int, x lineInfo) bool { return b.promised[i] && x.role == contract.Use })
	return append(out, Source{Label: "units taken at the market price", Inputs: []string{"world.market_price", "world.need"}, Sign: -1, Value: b.market})
}

func deficiencySources(b *Book) []Source {
	return b.lineSources(b.bill, func(i int, x lineInfo) bool { return b.promised[i] && x.role == contract.Miss })
}

func gainSources(s *Setting, k int) func(b *Book) []Source {
	return func(b *Book) []Source {
		return []Source{
			{Label: "units taken at the market price", Inputs: []string{"world.market_price", "world.need"}, Sign: 1, Value: b.market},
			{Label: "units served to others, at what they are worth to them", Sign: 1, Value: b.supplied},
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
	return append(b.giftSources(), b.instrumentSources(0, -1)...)
}

// instrumentSources are the instruments that holder h gives or gets, signed
// toward it and multiplied by sign.
func (b *Book) instrumentSources(h int, sign float64) []Source {
	out := b.lineSources(b.cash, func(_ int, x lineInfo) bool { return x.instrument() && (x.from == h || x.to == h) })
	for i := range out {
		out[i].Sign = sign
		if b.info[out[i].line].from == h {
			out[i].Sign = -sign
		}
	}
	return out
}

func lossSources(b *Book) []Source {
	out := []Source{{Label: "billed and lost in default", Inputs: []string{"world.default"}, Sign: 1, Value: b.lost}}
	return append(out, negate(b.lineSources(b.cash, func(_ int, x lineInfo) bool { return x.role == contract.Estate && x.cash }))...)
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
		return x.cash && x.role == contract.Cheque && x.party == s.provider()
	})
	for i := range out {
		out[i].Sign = 1
	}
	credits := negate(b.lineSources(b.bill, func(i int, x lineInfo) bool { return b.promised[i] && x.role == contract.Offset }))
	return append(append(out, credits...), Source{Label: "terms of the round", Inputs: s.roundPaths()})
}

// fairStakeSources is the fair value of what the cheques buy.
func (s *Setting) fairStakeSources(b *Book) []Source {
	return []Source{{Label: "share bought x (value without the deal + new money)", Inputs: s.roundPaths(), Sign: 1, Value: b.parts.FairStake}}
}

func (s *Setting) roundPaths() []string {
	out := []string{"world.lab_value.start", "world.rounds"}
	for _, r := range s.Rounds {
		path := "clauses." + r.Clause
		out = append(out, path+".pre_money", path+".price_per_share", path+".round", path+".cap", path+".preference")
	}
	return out
}

func marginSources(b *Book) []Source {
	out := append(overchargeSources(b), deficiencySources(b)...)
	return append(out, gainSources(b.s, b.s.Headline)(b)...)
}

// roundTripSources are what the lab pays for compute and what the provider puts
// into it.
func roundTripSources(b *Book) []Source {
	a := b.asAgreed()
	return a.lineSources(a.cash, func(_ int, x lineInfo) bool {
		return x.cash && x.role != contract.NoRole && x.role != contract.Resale && !x.instrument() && !x.capital() || x.from == 0 && x.lab > 0 && x.capital()
	})
}

// npvSources is the provider's value from its flows.
func npvSources(s *Setting, k int) func(b *Book) []Source {
	return func(b *Book) []Source {
		out := b.lineSources(b.cash, func(_ int, x lineInfo) bool {
			return (x.cash || x.kind) && x.role != contract.NoRole && x.role != contract.Resale && !x.instrument() && (x.role != contract.Draw && x.role != contract.Cheque || x.party == s.provider())
		})
		notes := make([]float64, b.lanes)
		vec.Sub(notes, b.parts.DrawsPV, b.parts.DrawGifts)
		return append(append(out, b.instrumentSources(0, 1)...),
			Source{Label: "securities got for draws", Sign: 1, Value: notes},
			Source{Label: "units served to others, at what they are worth to them", Sign: 1, Value: b.supplied},
			Source{Label: "cost of supply, " + s.Costs[k].Name, Inputs: []string{"world.cost." + s.Costs[k].Name}, Sign: -1, Value: b.cost[k]},
			Source{Label: "cost of default", Inputs: []string{"world.default.cost"}, Sign: -1, Value: b.dead},
			Source{Label: "stake with the deal", Inputs: s.roundPaths(), Sign: 1, Value: b.parts.Stake[0]},
			Source{Label: "stake without it", Inputs: []string{"existing", "world.lab_value.start"}, Sign: -1, Value: b.parts.Before[0]})
	}
}

// npvThirdSources is the value to another holder.
func npvThirdSources(h int) func(b *Book) []Source {
	return func(b *Book) []Source {
		return append([]Source{
			{Label: "its stake with the deal", Inputs: b.s.roundPaths(), Sign: 1, Value: b.parts.Stake[h]},
			{Label: "its stake without it", Inputs: []string{"existing", "world.lab_value.start"}, Sign: -1, Value: b.parts.Before[h]},
		}, append(negate(b.moneySources(h)), b.instrumentsOf(h)...)...)
	}
}

// npvOthersSources is the value to all holders who are not a party.
func npvOthersSources(b *Book) []Source {
	n := columns(3, b.lanes)
	for i := range n[0] {
		n[0][i] = b.labValue[i] + b.parts.Round[i]
		n[1][i] = b.labValue[i]
		n[2][i] = b.parts.Round[i]
		for h := range b.s.Holders {
			n[1][i] -= b.parts.Before[h][i]
			n[2][i] -= b.parts.Cheque[h][i]
		}
	}
	out := []Source{
		{Label: "lab's equity and new money", Inputs: b.s.roundPaths(), Sign: 1, Value: n[0]},
	}
	out = append(out, b.supplyFlowSources()...)
	for h, holder := range b.s.Holders {
		out = append(out, Source{Label: "stake of " + holder.Party + " in it", Inputs: b.s.roundPaths(), Sign: -1, Value: b.parts.Stake[h]})
	}
	return append(append(out, b.boughtSources()...),
		Source{Label: "their shares without the deal", Inputs: []string{"world.lab_value.start", "existing"}, Sign: -1, Value: n[1]},
		Source{Label: "their own new money", Inputs: b.s.roundPaths(), Sign: -1, Value: n[2]})
}

// boughtSources are what the other holders pay the parties for their shares.
func (b *Book) boughtSources() []Source {
	return b.signed(b.lineSources(b.cash, func(_ int, x lineInfo) bool { return x.cash && x.role == contract.Sold }), func(*lineInfo) float64 { return -1 })
}

// netFlowSources are what the flows of a holder, or of the lab, are made of.
func netFlowSources(h int) func(b *Book) []Source {
	return func(b *Book) []Source {
		switch {
		case h == 0:
			return npvSources(b.s, b.s.Headline)(b)
		case h > 0:
			return npvThirdSources(h)(b)
		}
		return npvOthersSources(b)
	}
}
