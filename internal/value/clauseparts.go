// SPDX-License-Identifier: Apache-2.0

package value

import (
	"slices"

	"offtake/internal/contract"
	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/paths"
	"offtake/internal/value/game"
)

// ClauseParts are the amounts that clauses' worths are made of. What a clause adds is linear in
// what coalitions are worth, and that is a sum of amounts: each of them is one more party
// among whom the game is divided.
type ClauseParts struct {
	*Clauses
	game  *clauseGame
	exact bool
	// rows are the amounts of each coalition; one that has fewer than there are had not met
	// the others, which are nothing to it.
	rows  map[game.Coalition][]float64
	at    map[any]int // of rows, by heldSource, heldRest and lineYear
	keys  []any
	input map[heldSource][]string // paths of the inputs behind a source
	years int
}

// A heldSource is a source of the value to a holder.
type heldSource struct {
	holder              int
	label, clause, kind string
}

// A heldRest is what the value to a holder has beyond the sum of its sources: of two kinds, as
// means over paths and control variates leave it.
type heldRest struct {
	holder   int
	controls bool
}

// A lineYear is what a line moves in a contract year, 0 for the signing.
type lineYear struct {
	line contract.Line
	year int
}

// PartsOfClauses is ValueClauses, with what worths are made of.
func PartsOfClauses(d *deal.Deal, opt ClauseOptions) (*ClauseParts, error) {
	g := &clauseGame{d: d, base: paths.NewJob(d, nil), holders: Holders(d), opt: opt, known: map[game.Coalition]Worth{}, chosen: map[game.Coalition]int{}}
	if err := g.seat(); err != nil {
		return nil, err
	}
	if len(g.players) == 0 {
		return nil, refuse("", "no clause of this deal moves anything")
	}
	if !opt.AsWritten {
		g.rules = family(d.Policy)
	}
	p := &ClauseParts{game: g, exact: len(g.players) <= min(opt.Exact, game.MostExact), rows: map[game.Coalition][]float64{}, at: map[any]int{}, input: map[heldSource][]string{}, years: d.Grid().ContractYears()}
	coalitions, err := g.wanted(p.exact)
	if err != nil {
		return nil, err
	}
	if err := p.run(coalitions); err != nil {
		return nil, err
	}
	division, err := g.divide(p.exact, func(c game.Coalition) ([][]float64, error) { return g.known[c], nil })
	if err != nil {
		return nil, err
	}
	p.Clauses, err = g.result(division, p.exact)
	return p, err
}

// run values the coalitions and takes their amounts.
func (p *ClauseParts) run(coalitions []game.Coalition) error {
	g := p.game
	deals, err := g.deals(coalitions)
	if err != nil {
		return err
	}
	each := g.opt.size()
	g.all = len(coalitions) * (each + len(g.rules)*pilotPaths)
	jobs := make([]*paths.Job, len(deals))
	var best []int
	if g.rules != nil {
		var err error
		if best, err = g.choose(deals); err != nil {
			return err
		}
	}
	for i, d := range deals {
		rule := d.Policy
		if best != nil {
			rule = g.rules[best[i]].Policy
			g.chosen[coalitions[i]] = best[i]
		}
		jobs[i] = g.job(d, rule).Yearly()
	}
	for batch := range slices.Chunk(jobs, together) {
		going := true
		samples := paths.Run(batch, paths.Options{Paths: g.opt.Paths, Seed: g.opt.Seed, Workers: g.opt.Workers, Only: isNPV, Proceed: func(int, int) bool {
			going = going && (g.opt.Proceed == nil || g.opt.Proceed(g.done, g.all))
			return going
		}})
		if !going {
			return ErrStopped
		}
		for i, s := range samples {
			g.known[coalitions[i]] = worthOf(s, g.holders)
			p.take(coalitions[i], s, batch[i].Program)
		}
		coalitions, g.done = coalitions[len(batch):], g.done+len(batch)*each
	}
	return nil
}

// take takes a coalition's amounts from what its sample showed.
func (p *ClauseParts) take(c game.Coalition, s *paths.Sample, program *contract.Program) {
	var rows []float64
	add := func(key any, x float64) {
		k, known := p.at[key]
		if !known {
			k = len(p.keys)
			p.at[key], p.keys = k, append(p.keys, key)
		}
		if k >= len(rows) {
			rows = append(rows, make([]float64, k+1-len(rows))...)
		}
		rows[k] += x
	}
	for h, party := range p.game.holders {
		i := measure.Find(s.Measures, "npv", party, "", 0)
		if i < 0 {
			continue
		}
		sum := 0.0
		for _, x := range s.Measures[i].Sources(s.Means) {
			if x.Value != nil {
				key := heldSource{h, x.Label, x.Clause, x.Kind}
				sum += float64(x.Sign * x.Value[0])
				p.input[key] = x.Inputs
				add(key, float64(x.Sign*x.Value[0]))
			}
		}
		plain := s.Estimates[i].Moments.Mean
		add(heldRest{h, false}, plain-sum)
		add(heldRest{h, true}, p.game.known[c].Mean(h)-plain)
	}
	for i, l := range program.Lines() {
		if l.Role == contract.NoRole || l.Asset.Kind != contract.Cash && l.Asset.Kind != contract.InKind {
			continue
		}
		for year, x := range s.Means.Yearly(i) {
			add(lineYear{l, year}, x)
		}
	}
	p.rows[c] = rows
}

// A Part is an amount of what a clause, or several, are worth to one party, in cents: with it
// and without, of which it is worth the difference.
type Part struct {
	Label, Clause, Kind string
	Inputs              []string // paths of the inputs behind it
	// Rest tells that it is what the mean over paths has beyond that of mean flows, and
	// Controls that it is what control variates do to it.
	Rest, Controls bool
	With, Without  float64
}

// A PartFlow is what a line moves by contract year, the signing first, in cents: with it and
// without.
type PartFlow struct {
	Line          contract.Line
	With, Without []float64
}

// A ClauseNumber is which number of a clause game is meant, by its sides: it is the first less the
// second, each a number for each row of all coalitions' amounts.
type ClauseNumber func(p *ClauseParts) (with, without []float64)

// OfWorth asks for a player's Shapley value: its amounts with the player and before it, on
// average over the orders.
func OfWorth(player int) ClauseNumber {
	return func(p *ClauseParts) (with, without []float64) {
		return p.divided(func(c game.Coalition) bool { return c.Has(player) }, func(x *game.Parts) float64 { return x.Shapley[player].Mean })
	}
}

// OfPair asks for the interaction of two players: with both or neither of them, and with one.
func OfPair(i, j int) ClauseNumber {
	return func(p *ClauseParts) (with, without []float64) {
		return p.divided(func(c game.Coalition) bool { return c.Has(i) == c.Has(j) }, func(x *game.Parts) float64 { return x.Pairs[i][j].Mean })
	}
}

// OfAlone asks for what a player adds to nobody, OfLast for what it adds to all others, OfAll for
// what all add to nobody, and OfNobody for the value of nobody itself.
func OfAlone(player int) ClauseNumber {
	return func(p *ClauseParts) (with, without []float64) {
		return p.padded(game.Coalition(0).With(player)), p.padded(0)
	}
}

// OfLast is described at OfAlone.
func OfLast(player int) ClauseNumber {
	return func(p *ClauseParts) (with, without []float64) {
		all := game.All(len(p.game.players))
		return p.padded(all), p.padded(all.Without(player))
	}
}

// OfAll is described at OfAlone.
func OfAll() ClauseNumber {
	return func(p *ClauseParts) (with, without []float64) {
		return p.padded(game.All(len(p.game.players))), p.padded(0)
	}
}

// OfNobody is described at OfAlone.
func OfNobody() ClauseNumber {
	return func(p *ClauseParts) (with, without []float64) { return p.padded(0), make([]float64, len(p.keys)) }
}

// padded are a coalition's rows, with those that it has not.
func (p *ClauseParts) padded(c game.Coalition) []float64 {
	rows := p.rows[c]
	return append(slices.Clip(rows), make([]float64, len(p.keys)-len(rows))...)
}

// divided are both sides of a number of a division, which counts coalitions that are of its
// first side up and the others down: games in which only those of one side are worth anything
// have that side as theirs.
func (p *ClauseParts) divided(first func(game.Coalition) bool, number func(*game.Parts) float64) (with, without []float64) {
	n := len(p.keys)
	d, err := p.game.divide(p.exact, func(c game.Coalition) ([][]float64, error) {
		out, rows := make([][]float64, 2*n), p.padded(c)
		for k := range out {
			out[k] = []float64{0}
			switch {
			case k < n && first(c):
				out[k][0] = rows[k]
			case k >= n && !first(c):
				out[k][0] = -rows[k-n]
			}
		}
		return out, nil
	})
	if err != nil {
		panic(err) // no value of it fails, and all have one shape
	}
	for k := range d.Parties {
		if x := number(&d.Parties[k]); k < n {
			with = append(with, x)
		} else {
			without = append(without, x)
		}
	}
	return with, without
}

// Follow says what a number of the game is made of to a holder, by its place among them, and
// the flows of both sides.
func (p *ClauseParts) Follow(of ClauseNumber, holder int) ([]Part, []PartFlow) {
	with, without := of(p)
	var parts []Part
	flows, order := map[contract.Line]*PartFlow{}, []*PartFlow{}
	for k, key := range p.keys {
		switch x := key.(type) {
		case heldSource:
			if x.holder == holder {
				parts = append(parts, Part{Label: x.label, Clause: x.clause, Kind: x.kind, Inputs: p.input[x], With: with[k], Without: without[k]})
			}
		case heldRest:
			if x.holder == holder {
				parts = append(parts, Part{Rest: true, Controls: x.controls, With: with[k], Without: without[k]})
			}
		case lineYear:
			f := flows[x.line]
			if f == nil {
				f = &PartFlow{x.line, make([]float64, p.years+1), make([]float64, p.years+1)}
				flows[x.line], order = f, append(order, f)
			}
			f.With[x.year], f.Without[x.year] = with[k], without[k]
		}
	}
	out := make([]PartFlow, len(order))
	for i, f := range order {
		out[i] = *f
	}
	return parts, out
}

// Seats are the players of a deal's clause game, without running it.
func Seats(d *deal.Deal, opt ClauseOptions) ([]Player, error) {
	g := &clauseGame{d: d, base: paths.NewJob(d, nil), opt: opt}
	err := g.seat()
	return g.players, err
}
