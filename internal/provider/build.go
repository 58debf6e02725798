// SPDX-License-Identifier: Apache-2.0

package provider

// A Build is capacity that begins to run at a time, with what it cost. A refresh is a
// build of chips alone, which adds no power.
type Build struct {
	Years, Until           float64 // since the start of the term: from when on, and how long, it runs
	PowerGW                float64
	ChipsCents, ShellCents float64
}

// hoursPerYear is that of a year of 365 days.
const hoursPerYear = 365 * 24

// mwPerGW turns gigawatts into megawatts.
const mwPerGW = 1000

// EnergyCents is what a gigawatt of machines costs in power a year, in cents.
func (p *Power) EnergyCents() float64 {
	return mwPerGW * hoursPerYear * p.Load * p.PUE * p.PriceCents
}

// overlap is the part of a year, from y to y+1, that lies between two times.
func overlap(y int, from, to float64) float64 {
	return max(0, min(to, float64(y+1))-max(from, float64(y)))
}

// StraightLine is the depreciation of a cost in each of some years, in cents, evenly over
// a life from a time on.
func StraightLine(cents, from, life float64, years int) []float64 {
	out := make([]float64, years)
	for y := range out {
		out[y] = cents * (overlap(y, from, from+life) / life)
	}
	return out
}

// A Year is what building and running comes to in a year of the term, in cents.
type Year struct {
	PowerGW                        float64 // at its end, or when the last stops
	ChipsCents, ShellCents         float64 // built in it
	ChipsDepreciated, ShellWritten float64 // in it
	BookCents                      float64 // not yet written off at its end
	EnergyCents, UpkeepCents       float64
}

// Running is what it costs to run in the year, in cents.
func (y *Year) Running() float64 { return y.EnergyCents + y.UpkeepCents }

// Years is what builds come to in each year. Upkeep is on what running power costs to
// build once, whatever its chips are replaced by.
func (t *Terms) Years(builds []Build, years int) []Year {
	out := make([]Year, years)
	book, last := 0.0, 0.0
	for _, b := range builds {
		last = max(last, b.Until)
	}
	lifeChips, lifeShell := t.Capital.LifeChips.Years(), t.Capital.LifeShell.Years()
	for y := range out {
		x := &out[y]
		for _, b := range builds {
			if b.Years >= float64(y+1) || b.Years < float64(y) {
				continue
			}
			x.ChipsCents += b.ChipsCents
			x.ShellCents += b.ShellCents
		}
		power := 0.0
		for _, b := range builds {
			runs := overlap(y, b.Years, b.Until)
			if b.Years < float64(y+1) && b.Until >= min(last, float64(y+1)) {
				power += b.PowerGW
			}
			x.EnergyCents += float64(b.PowerGW * runs * t.Power.EnergyCents())
			x.ChipsDepreciated += StraightLine(b.ChipsCents, b.Years, lifeChips, years)[y]
			x.ShellWritten += StraightLine(b.ShellCents, b.Years, lifeShell, years)[y]
			x.UpkeepCents += float64(t.Capital.Upkeep * b.PowerGW * runs * (t.Capital.ChipsCents + t.Capital.ShellCents))
		}
		book += x.ChipsCents + x.ShellCents - x.ChipsDepreciated - x.ShellWritten
		x.PowerGW, x.BookCents = power, book
	}
	return out
}

// CapitalCents is all that builds cost.
func CapitalCents(years []Year) float64 {
	sum := 0.0
	for i := range years {
		sum += years[i].ChipsCents + years[i].ShellCents
	}
	return sum
}
