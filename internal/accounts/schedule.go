// SPDX-License-Identifier: Apache-2.0

package accounts

import "offtake/internal/calendar"

// A Schedule is what is earned, or falls due, over consecutive stretches of time, evenly
// by days within each: Cents[i] from Edges[i] up to Edges[i+1].
type Schedule struct {
	Edges []calendar.Date // one more than Cents, rising
	Cents []float64
}

// Total is all of it.
func (s Schedule) Total() float64 {
	sum := 0.0
	for _, x := range s.Cents {
		sum += x
	}
	return sum
}

// Between is what falls from one day up to another, which is excluded.
func (s Schedule) Between(from, to calendar.Date) float64 {
	sum := 0.0
	for i, x := range s.Cents {
		first, last := s.Edges[i], s.Edges[i+1]
		days := last.Days(first)
		if first.Before(from) {
			first = from
		}
		if last.After(to) {
			last = to
		}
		switch inside := last.Days(first); {
		case inside <= 0:
		case inside == days:
			sum += x
		default:
			sum += float64(x * (float64(inside) / float64(days)))
		}
	}
	return sum
}

// After is what falls on a day and later.
func (s Schedule) After(day calendar.Date) float64 {
	return s.Between(day, s.Edges[len(s.Edges)-1])
}

// Less is the schedule with an amount taken off it in proportion.
func (s Schedule) Less(cents float64) Schedule {
	total := s.Total()
	out := Schedule{Edges: s.Edges, Cents: make([]float64, len(s.Cents))}
	for i, x := range s.Cents {
		out.Cents[i] = x - Spread(cents, x, total)
	}
	return out
}

// Spread is the part of an amount that goes with a part of a total; nothing where there
// is no total.
func Spread(cents, part, total float64) float64 {
	if total == 0 {
		return 0
	}
	return cents * (part / total)
}

// Bands are what is still to be performed on a day, by when it will be: within 12
// months, in the two years after, and later.
type Bands struct {
	On                   calendar.Date
	Within, Next, Beyond float64 // cents
}

// Total is all that is still to be performed.
func (b Bands) Total() float64 { return b.Within + b.Next + b.Beyond }

// Remaining is what of a schedule is still to be performed on a day.
func (s Schedule) Remaining(on calendar.Date) Bands {
	year, third := on.AddMonths(12), on.AddMonths(36)
	return Bands{On: on, Within: s.Between(on, year), Next: s.Between(year, third), Beyond: s.After(third)}
}

// YearEnds are the last days of the calendar years from a day on, each as the day after,
// as long as the schedule runs.
func (s Schedule) YearEnds(from calendar.Date) []calendar.Date {
	var out []calendar.Date
	for y := from.Year() + 1; ; y++ {
		day, err := calendar.NewDate(y, 1, 1)
		if err != nil || !day.Before(s.Edges[len(s.Edges)-1]) {
			return out
		}
		if day.After(from) {
			out = append(out, day)
		}
	}
}

// purchaseYears is how many years are shown one by one: ASC 440-10-50-4.
const purchaseYears = 5

// Purchases are what must be bought in each of the five years from a day on, and later.
func (s Schedule) Purchases(from calendar.Date) (years []float64, later float64) {
	for y := range purchaseYears {
		years = append(years, s.Between(from.AddMonths(12*y), from.AddMonths(12*(y+1))))
	}
	return years, s.After(from.AddMonths(12 * purchaseYears))
}
