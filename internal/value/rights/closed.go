// SPDX-License-Identifier: Apache-2.0

package rights

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/unit"
	"offtake/internal/value/options"
	"offtake/internal/vec"
	"offtake/internal/world"
)

// A Closed is what a formula says of a right, or why no formula fits its terms.
type Closed struct {
	Formula string
	Cents   float64 // to who has the right; NaN where none fits, or where it is in no money
	// Unfit is the first of the formula's assumptions that the deal does not meet; ""
	// where it meets them all.
	Unfit string
	Says  string // what the formula says where that is no amount
}

// A Setting is the deal around a right: its clauses, its world laid out, its company.
type Setting struct {
	Clauses []clause.Clause
	Plan    *world.Plan
	Buyer   string
	Before  float64 // shares of the buyer before the deal
	Stake   float64 // of the company, that shares with a preference convert into
}

// Closed is what a closed form says of the right.
func (r *Right) Closed(in *Setting) Closed {
	out := Closed{Cents: math.NaN()}
	var err error
	switch c := r.gives.(type) {
	case *clause.Warrant:
		out.Formula = "warrants on a firm (Galai and Schneller 1978)"
		out.Cents, err = in.warrant(c)
	case *clause.Loan:
		out.Formula = "loan below the market's rate (Brennan, Maksimovic and Zechner 1988)"
		out.Cents, err = in.loan(c)
	case *clause.Exclusivity:
		if r.What == "right of first refusal" {
			return refusal()
		}
		out.Formula = "exchange of one price for another (Margrabe 1978)"
		out.Cents, err = in.exclusivity(c)
	case *clause.Equity:
		if r.Field != "preference" {
			return Closed{Formula: "none", Cents: math.NaN(), Unfit: "a right to part of rounds that may never come has no closed form here"}
		}
		out.Formula = "preferred shares (Metrick and Yasuda 2010)"
		out.Cents, err = in.preference(c)
	default:
		return Closed{Formula: "none", Cents: math.NaN(), Unfit: "it is used month by month, as other clauses bind: no closed form fits"}
	}
	if err != nil {
		out.Cents, out.Unfit = math.NaN(), err.Error()
	}
	return out
}

// refusal is what the right of first refusal is worth in a sale by sealed bids. A file
// has no bids, and so it is said in shares of the most that the thing may be worth.
func refusal() Closed {
	without, with := options.FirstRefusal(1)
	return Closed{Formula: "first refusal in a sale by sealed bids (after Burguet and Perry 2009)", Cents: math.NaN(),
		Says: fmt.Sprintf("no money, as a file has no bids: with one rival, and both values even between nothing and the most, its holder gains %s of the most, the seller gets %s less, the rival %s less",
			unit.FormatRate(with.Holder-without.Holder), unit.FormatRate(without.Seller-with.Seller), unit.FormatRate(without.Rival-with.Rival))}
}

// lasting reports a buyer that may fail, of which the formulas know nothing.
func (in *Setting) lasting() error {
	if len(in.Plan.BaseWeights()) > 1 {
		return errors.New("the buyer may fail, which the formula leaves out")
	}
	if in.Plan.Grid.Signed() < in.Plan.Grid.Term() {
		return errors.New("the term may be extended, which the formula leaves out")
	}
	return nil
}

// volatility is that of a number that moves as a geometric Brownian motion of a known
// volatility around a mean, or stands still.
func volatility(p world.Process) (float64, error) {
	switch p := p.(type) {
	case nil:
		return 0, nil
	case *world.Lognormal:
		if len(p.MeanPath.Numbers()) > 0 && slices.ContainsFunc(p.MeanPath.Numbers(), func(n world.Named) bool { return !n.Number.Certain() }) || !p.Volatility.Certain() {
			return 0, errors.New("its mean or volatility is uncertain")
		}
		return p.Volatility.Mean(), nil
	}
	if slices.ContainsFunc(p.Numbers(), func(n world.Named) bool { return !n.Number.Certain() }) || p.Sampled() {
		return 0, errors.New("it does not move as a lognormal number of one volatility")
	}
	return 0, nil
}

// firm is the buyer as the formulas have it: its value today, without the deal.
func (in *Setting) firm() (options.Firm, error) {
	w := in.Plan.World
	sd, err := volatility(w.LabValue.Moves)
	switch {
	case err != nil:
		return options.Firm{}, fmt.Errorf("the value of the company: %w", err)
	case !w.LabValue.StartCents.Certain():
		return options.Firm{}, errors.New("what the company is worth today is uncertain")
	case w.Feedback == "on":
		return options.Firm{}, errors.New("what the deal adds to the company is no lognormal number (give --feedback off)")
	case len(w.Rounds) > 0:
		return options.Firm{}, errors.New("rounds of others come in between")
	}
	return options.Firm{Value: w.LabValue.StartCents.Mean(), Volatility: sd}, in.lasting()
}

// rate is the riskless rate, continuous a year, to the end of a step.
func (in *Setting) rate(t int) (rate, years float64) {
	years = in.Plan.Grid.Years(t)
	return -vec.LogOf(in.Plan.Curve[t]) / years, years
}

// warrant is what a warrant on new shares of the buyer is worth.
func (in *Setting) warrant(c *clause.Warrant) (float64, error) {
	if c.Head().From != in.Buyer {
		return 0, errors.New("it is on shares of another company than the buyer, whose price the file gives as an index")
	}
	firm, err := in.firm()
	if err != nil {
		return 0, err
	}
	for _, x := range in.Clauses {
		if _, ok := x.(*clause.Capacity); ok || x == clause.Clause(c) {
			continue
		}
		switch x.(type) {
		case *clause.Equity, *clause.Note, *clause.Warrant, *clause.Facility:
			return 0, fmt.Errorf("%s may issue shares as well", x.Head().ID)
		}
	}
	number, last, err := in.vesting(c)
	if err != nil {
		return 0, err
	}
	rate, years := in.rate(last)
	w := options.Warrants{Number: number, SharesEach: 1, Strike: c.Strike * unit.MinorPerMajor, Years: years, ExistingShares: in.Before}
	return number * w.Each(firm, rate), nil
}

// vesting is how many shares a warrant is on, and the one step in which it can be used.
func (in *Setting) vesting(c *clause.Warrant) (number float64, last int, err error) {
	last = c.LastStep(in.Plan.Grid)
	if c.Settle != "physical" || c.Head().Binding != "firm" {
		return 0, 0, errors.New("it is settled net, or does not bind")
	}
	for _, v := range c.Vests {
		t, ok := in.Plan.Grid.At(v.From)
		switch {
		case v.PowerGW != nil || v.SpendCents != nil || v.Units != nil || v.Price != nil || v.On != "":
			return 0, 0, errors.New("it vests by more than dates")
		case v.From == (calendar.Date{}) || !ok || t != last-1:
			return 0, 0, errors.New("it can be used before its last step, and is as soon as that pays")
		}
		number += v.Shares
	}
	return number, last, nil
}

// preference is what shares gain by coming first, beyond what they are worth as
// converted. The money of the round stands riskless beside the company, so that the
// formula's strikes are lower by it.
func (in *Setting) preference(c *clause.Equity) (float64, error) {
	firm, err := in.firm()
	p := c.Preference
	switch {
	case err != nil:
		return 0, err
	case p.Participating || p.Until != "":
		return 0, errors.New("the shares take part in the rest, or the preference may end")
	case c.Head().Binding != "firm" || len(c.At) > 1 || len(c.At) == 1 && !c.At[0].IsZero() || c.PaidIn != "cash" || c.ProRata != nil:
		return 0, errors.New("the shares are not paid for at once, in cash, at signing")
	}
	for _, x := range in.Clauses {
		switch x.(type) {
		case *clause.Equity, *clause.Note, *clause.Warrant, *clause.Facility:
			if x != clause.Clause(c) {
				return 0, fmt.Errorf("%s may issue shares as well", x.Head().ID)
			}
		}
	}
	round := c.Amount.Value
	if c.Round.Value > 0 {
		round = c.Round.Value
	}
	rate, years := in.rate(in.Plan.Grid.Steps() - 1)
	if round > 1e-9*firm.Value {
		return in.besideMoney(firm, p.Multiple*c.Amount.Value, round, rate, years), nil
	}
	preferred, _ := options.Preferred(firm, p.Multiple*c.Amount.Value, in.Stake, rate, years)
	return preferred - float64(in.Stake*firm.Value), nil
}

// besideMoney is the same where the firm also has riskless money.
func (in *Setting) besideMoney(firm options.Firm, claim, money, rate, years float64) float64 {
	grown := money / vec.ExpOf(-rate*years)
	above := func(strike float64) float64 {
		if strike <= grown {
			return firm.Value + money - float64(strike*vec.ExpOf(-rate*years))
		}
		call, _ := options.BlackScholes(firm.Value, strike-grown, rate, 0, firm.Volatility, years)
		return call
	}
	whole := firm.Value + money
	common := above(claim) - float64(in.Stake*above(claim/in.Stake))
	return whole - common - float64(in.Stake*whole)
}

// loan is what a loan gives away by a rate below the riskless one, at which it is valued.
func (in *Setting) loan(c *clause.Loan) (float64, error) {
	grid := in.Plan.Grid
	last, ok := grid.Signed()-1, true
	if !c.Matures.IsZero() {
		last, ok = grid.At(c.Matures)
	}
	if err := in.lasting(); err != nil {
		return 0, err
	}
	switch {
	case c.Repay != "bullet" || c.Interest != "cash" || c.Early != nil || c.Fee > 0 || c.Subsidy != nil || c.OnlyFor != "":
		return 0, errors.New("it is no loan of one sum with interest in cash and no fee, repaid at once at its end")
	case c.Above || c.Worth != 1 || c.Head().Binding != "firm":
		return 0, errors.New("its rate follows the curve, or it does not bind")
	case !c.At.IsZero() || !ok || last >= grid.Term():
		return 0, errors.New("it is not paid out at signing and repaid within the term")
	}
	length := grid.Years(last) / float64(last+1)
	for t := range last + 1 {
		before := 0.0
		if t > 0 {
			before = grid.Years(t - 1)
		}
		if math.Abs(grid.Years(t)-before-length) > 1e-9 {
			return 0, errors.New("its steps are not equally long (day_count 30/360 makes them so)")
		}
	}
	market := vec.PowOf(in.Plan.Curve[last], -1/float64(last+1)) - 1
	return options.Subvention(c.Principal.Value, c.Rate*length, market, last+1), nil
}

// exclusivity is what its holder gains as the buyer may not go where it is cheaper: in
// each step, on all need, an exchange of the deal's price for the market's.
func (in *Setting) exclusivity(c *clause.Exclusivity) (float64, error) {
	w, grid := in.Plan.World, in.Plan.Grid
	list, err := volatility(w.ListPrice)
	if err != nil {
		return 0, fmt.Errorf("the list price: %w", err)
	}
	market, err := volatility(w.MarketPrice)
	if err != nil {
		return 0, fmt.Errorf("the market price: %w", err)
	}
	discount, err := in.onlyPrice()
	if err != nil {
		return 0, err
	}
	need, err := volatility(w.Firm)
	switch {
	case err != nil || need > 0 || w.Flexible != nil:
		return 0, errors.New("need is not certain")
	case len(c.Ladder) != 1 || c.Ladder[0].Level != "exclusive" || !c.Ladder[0].From.IsZero() || c.Head().Binding != "firm":
		return 0, errors.New("it does not hold for the whole term")
	case w.MarketCapacity != nil:
		return 0, errors.New("the market has a limit")
	}
	if err := in.lasting(); err != nil {
		return 0, err
	}
	sum, rho := 0.0, in.rho("list_price", "market_price")
	for t := range grid.Term() {
		get := options.Asset{Price: in.Plan.Level(contract.List)[t] * (1 - discount) * in.Plan.Curve[t], Volatility: list}
		give := options.Asset{Price: in.Plan.Level(contract.Market)[t] * in.Plan.Curve[t], Volatility: market}
		sum += float64(in.Plan.Level(contract.Need)[t] * c.Ladder[0].Scope * options.Exchange(get, give, rho, max(0, grid.Years(t))))
	}
	return sum, nil
}

// onlyPrice is the discount off list where nothing else prices or limits compute.
func (in *Setting) onlyPrice() (float64, error) {
	discount := 0.0
	for _, x := range in.Clauses {
		switch x := x.(type) {
		case *clause.Price:
			if x.Fixed != nil || x.Tiers != nil || x.Intro != nil || x.Review != nil || x.Favoured != nil || x.Rebase != nil || x.NetMonths > 0 {
				return 0, errors.New("the price is more than a discount off list, paid at once")
			}
			discount = x.Discount
		case *clause.Commitment, *clause.Capacity:
			return 0, fmt.Errorf("%s binds or limits what is run here as well", x.Head().ID)
		}
	}
	return discount, nil
}

// rho is the correlation of two numbers of the world.
func (in *Setting) rho(a, b string) float64 {
	for _, x := range in.Plan.World.Correlations {
		if slices.Contains(x.Between, a) && slices.Contains(x.Between, b) {
			return x.Rho
		}
	}
	return 0
}
