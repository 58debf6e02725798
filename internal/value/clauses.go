// SPDX-License-Identifier: Apache-2.0

package value

import (
	"errors"
	"fmt"
	"slices"

	"offtake/internal/clause"
	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/paths"
	"offtake/internal/policy"
	"offtake/internal/value/estimate"
	"offtake/internal/value/game"
)

// A Player is one clause, or several that stand or fall together.
type Player struct {
	Name    string
	Clauses []string // ids, in the order of the file
}

// ClauseOptions say how clauses are valued.
type ClauseOptions struct {
	Options
	Groups []Player // of clauses that are to act as one; the others act alone
	// Exact is up to how many players all coalitions are valued; beyond, orders are
	// sampled, in so many pairs.
	Exact, Pairs int
	// AsWritten keeps the rules of the file for the buyer's choices, whatever is
	// agreed. Without it the buyer has, under each coalition of clauses, the rule of
	// a family that is best for its holders.
	AsWritten bool
}

// Clauses is what each clause of a deal is worth to each party.
type Clauses struct {
	Holders []string
	Players []Player
	// Idle are clauses that move nothing, under any coalition: nobody counts them as
	// players, and they are worth nothing.
	Idle     []string
	Division *game.Division // in cents, by holder and player
	Exact    bool
	// Rules are the family's, and Chosen which of them the buyer has under all clauses, under none and
	// on how many of the coalitions each; nil where choices are as written.
	Rules              []Rule
	All, None          int // of Rules: under all clauses, and under none
	Chosen             []int
	AsWritten          Worth // of the whole deal under the file's own rules
	Paths, Evaluations int
	SpendCents         float64 // present value of spend of the whole deal
	// CommonDraws is by how much common draws lower the variance of what the last
	// clause adds to the supplier, against runs on draws of their own: the median over
	// clauses.
	CommonDraws float64
}

// clauseGame values coalitions of clauses.
type clauseGame struct {
	d       *deal.Deal
	base    *paths.Job
	players []Player
	idle    []string
	holders []string
	opt     ClauseOptions
	rules   []Rule
	known   map[game.Coalition]Worth
	chosen  map[game.Coalition]int
	done    int // paths, for who watches
	all     int
}

// ErrIdle is that there is nothing to find.
var ErrIdle = errors.New("no clause of this deal moves anything")

// ValueClauses finds what clauses are worth.
func ValueClauses(d *deal.Deal, opt ClauseOptions) (*Clauses, error) {
	g := &clauseGame{d: d, base: paths.NewJob(d, nil), holders: Holders(d), opt: opt, known: map[game.Coalition]Worth{}, chosen: map[game.Coalition]int{}}
	if err := g.seat(); err != nil {
		return nil, err
	}
	if len(g.players) == 0 {
		return nil, ErrIdle
	}
	if !opt.AsWritten {
		g.rules = family(d.Policy)
	}
	return g.play()
}

// seat makes players of the clauses that move something.
func (g *clauseGame) seat() error {
	grouped := map[string]int{}
	for k, p := range g.opt.Groups {
		for _, id := range p.Clauses {
			if at, twice := grouped[id]; twice {
				return fmt.Errorf("clause %s is in the groups %s and %s", id, g.opt.Groups[at].Name, p.Name)
			}
			if !slices.ContainsFunc(g.d.Clauses, func(c clause.Clause) bool { return c.Head().ID == id }) {
				_, err := g.d.Without(id)
				return err
			}
			grouped[id] = k
		}
	}
	seats, idle := map[int]int{}, map[string]bool{}
	for i, c := range clause.Arrange(g.d.Clauses) {
		idle[c.(clause.Clause).Head().ID] = g.base.Program.Idle(i)
	}
	for _, c := range g.d.Clauses {
		id := c.Head().ID
		if g.d.Implied(id) {
			continue
		}
		k, member := grouped[id]
		switch {
		case !member && idle[id]:
			g.idle = append(g.idle, id)
		case !member:
			g.players = append(g.players, Player{id, []string{id}})
		default:
			at, seated := seats[k]
			if !seated {
				at = len(g.players)
				seats[k], g.players = at, append(g.players, Player{Name: g.opt.Groups[k].Name})
			}
			g.players[at].Clauses = append(g.players[at].Clauses, id)
		}
	}
	return nil
}

// under is the deal with the clauses of a coalition only: all others are
// switched off, in the order of the file, and what the parties would have
// instead stands in their place.
func (g *clauseGame) under(c game.Coalition) (*deal.Deal, error) {
	d := g.d
	for k, p := range g.players {
		if c.Has(k) {
			continue
		}
		for _, id := range p.Clauses {
			var err error
			if d, err = d.Without(id); err != nil {
				return nil, err
			}
		}
	}
	return d, nil
}

// play values the coalitions and shares out.
func (g *clauseGame) play() (*Clauses, error) {
	n := len(g.players)
	exact := n <= min(g.opt.Exact, game.MostExact)
	wanted, err := g.wanted(exact)
	if err != nil {
		return nil, err
	}
	if err := g.value(wanted); err != nil {
		return nil, err
	}
	division, err := g.divide(exact, func(c game.Coalition) ([][]float64, error) { return g.known[c], nil })
	if err != nil {
		return nil, err
	}
	return g.result(division, exact)
}

// wanted are the coalitions that are asked for, in a settled order.
func (g *clauseGame) wanted(exact bool) ([]game.Coalition, error) {
	var out []game.Coalition
	nothing := make([][]float64, len(g.holders))
	for h := range nothing {
		nothing[h] = make([]float64, 2)
	}
	_, err := g.divide(exact, func(c game.Coalition) ([][]float64, error) {
		out = append(out, c)
		return nothing, nil
	})
	return out, err
}

func (g *clauseGame) divide(exact bool, worth func(game.Coalition) ([][]float64, error)) (*game.Division, error) {
	x := game.Game{Players: len(g.players), Value: worth}
	if exact {
		return game.Exact(x)
	}
	return game.Sample(x, g.opt.Pairs, g.opt.Seed)
}

// deals are those of coalitions.
func (g *clauseGame) deals(coalitions []game.Coalition) ([]*deal.Deal, error) {
	out := make([]*deal.Deal, len(coalitions))
	for i, c := range coalitions {
		d, err := g.under(c)
		if err != nil {
			return nil, err
		}
		out[i] = d
	}
	return out, nil
}

// value runs the coalitions, after finding the buyer's rule for each.
func (g *clauseGame) value(coalitions []game.Coalition) error {
	deals, err := g.deals(coalitions)
	if err != nil {
		return err
	}
	g.all = len(coalitions) * paths.Rounded(g.opt.Paths, false)
	var jobs []*paths.Job
	if g.rules == nil {
		for _, d := range deals {
			jobs = append(jobs, g.job(d, d.Policy))
		}
	} else {
		g.all += len(coalitions) * len(g.rules) * pilotPaths
		best, err := g.choose(deals)
		if err != nil {
			return err
		}
		for i, c := range coalitions {
			g.chosen[c] = best[i]
			jobs = append(jobs, g.job(deals[i], g.rules[best[i]].Policy))
		}
	}
	found, err := g.run(jobs, g.opt.Options)
	if err != nil {
		return err
	}
	for i, c := range coalitions {
		g.known[c] = found[i]
	}
	return nil
}

// job lays a deal out in the world that all share.
func (g *clauseGame) job(d *deal.Deal, p *policy.Policy) *paths.Job {
	j := paths.NewJob(d, g.d.World, g.base)
	j.Policy = p
	return j
}

// run is worths, telling who watches how many paths of all are done.
func (g *clauseGame) run(jobs []*paths.Job, opt Options) ([]Worth, error) {
	before, each := g.done, opt.size()
	return worths(jobs, g.holders, opt, func(done int) bool {
		g.done = before + done*each
		return g.opt.Proceed == nil || g.opt.Proceed(g.done, g.all)
	})
}

func (g *clauseGame) result(division *game.Division, exact bool) (*Clauses, error) {
	all := game.All(len(g.players))
	out := &Clauses{Holders: g.holders, Players: g.players, Idle: g.idle, Division: division, Exact: exact, Rules: g.rules,
		Paths: paths.Rounded(g.opt.Paths, false), Evaluations: division.Evaluations}
	if g.rules != nil {
		out.Chosen, out.All, out.None = make([]int, len(g.rules)), g.chosen[all], g.chosen[0]
		for _, k := range g.chosen {
			out.Chosen[k]++
		}
	}
	out.CommonDraws = g.commonDraws()
	whole := g.asWritten()
	out.AsWritten = worthOf(whole, g.holders)
	if i := measure.Find(whole.Measures, "pv_spend", "", "", 0); i >= 0 {
		out.SpendCents = whole.Estimates[i].Mean
	}
	return out, nil
}

// commonDraws compares the variance of differences with that of the values.
func (g *clauseGame) commonDraws() float64 {
	all, ratios := game.All(len(g.players)), []float64{}
	with := g.known[all][0]
	for k := range g.players {
		without := g.known[all.Without(k)][0]
		adds := make([]float64, len(with))
		for i := range adds {
			adds[i] = with[i] - without[i]
		}
		a, b, both := estimate.Spread(with), estimate.Spread(without), estimate.Spread(adds)
		if both > 0 {
			ratios = append(ratios, (float64(a*a)+float64(b*b))/float64(both*both))
		}
	}
	if len(ratios) == 0 {
		return 0
	}
	slices.Sort(ratios)
	return ratios[len(ratios)/2]
}

// asWritten runs the whole deal with the file's own rules.
func (g *clauseGame) asWritten() *paths.Sample {
	return paths.Run([]*paths.Job{g.base}, paths.Options{Paths: g.opt.Paths, Seed: g.opt.Seed, Workers: g.opt.Workers,
		Only: func(m *measure.Measure) bool { return m.Name == "npv" || m.Name == "pv_spend" }})[0]
}
