// SPDX-License-Identifier: Apache-2.0

package provider

import (
	"math"
	"testing"
)

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-9*max(1, math.Abs(want))) {
		t.Errorf("%s is %.12f, want %.12f", what, got, want)
	}
}

func sum(xs []float64) float64 {
	s := 0.0
	for _, x := range xs {
		s += x
	}
	return s
}

// A level debt is an annuity of the worst year's cash over the cover: 13 over 1.3 for
// ten years at 8% is 67.1008139894, that of 10 a year (any table of annuities).
func TestLevelDebt(t *testing.T) {
	d := Debt{Rate: 0.08, Cover: 1.3, Shape: Level, Gearing: 1}
	cash := make([]float64, 12)
	for y := range cash {
		cash[y] = 13 + float64(y)
	}
	l := d.Size(cash, 10, 1000)
	near(t, "debt", l.Cents, 67.1008139894)
	near(t, "debt by the annuity", l.Cents, 10*Annuity(0.08, 10))
	near(t, "owed after a year", l.Left[0], 10*Annuity(0.08, 9))
	cover := l.Cover(cash)
	near(t, "cover of the worst year", Least(cover), 1.3)
	near(t, "cover of the last year", cover[9], 2.2)
	near(t, "annuity without interest", Annuity(0, 7), 7)
}

// A sculpted debt is the present value of cash over the cover, and has that cover in
// every year; a year without cash pays nothing, and interest is added.
func TestSculptedDebt(t *testing.T) {
	d := Debt{Rate: 0.07, Cover: 1.25, Shape: Sculpted, Gearing: 1}
	cash := []float64{-5, 20, 30, 10, 99}
	l := d.Size(cash, 4, 1000)
	want := 16/math.Pow(1.07, 2) + 24/math.Pow(1.07, 3) + 8/math.Pow(1.07, 4)
	near(t, "debt", l.Cents, want)
	near(t, "owed after a year", l.Left[0], want*1.07)
	near(t, "owed after three", l.Left[2], 8/1.07)
	for y, x := range l.Cover(cash) {
		if y == 0 && !math.IsNaN(x) {
			t.Errorf("nothing is due in the first year, and its cover is %v", x)
		} else if y > 0 {
			near(t, "cover", x, 1.25)
		}
	}
	if l.Bound != BoundCover || len(l.Service) != 4 {
		t.Errorf("bound by %s over %d years", l.Bound, len(l.Service))
	}
}

// Not more is lent than is built: half of it, and the cover rises in proportion.
func TestGearing(t *testing.T) {
	d := Debt{Rate: 0, Cover: 2, Shape: Sculpted, Gearing: 0.5}
	cash := []float64{20, 20}
	l := d.Size(cash, 5, 10)
	near(t, "debt", l.Cents, 5)
	near(t, "cover", Least(l.Cover(cash)), 8)
	if l.Bound != BoundGearing {
		t.Errorf("bound by %s", l.Bound)
	}
	if none := d.Size([]float64{-1, 0}, 2, 10); none.Bound != BoundNone || none.Cents != 0 || !math.IsNaN(Least(none.Cover([]float64{1, 1}))) {
		t.Errorf("a floor without cash carries %+v", none)
	}
}

// 12 over four years from the middle of the first: 1.5, 3, 3, 3, 1.5.
func TestStraightLine(t *testing.T) {
	got := StraightLine(12, 0.5, 4, 6)
	for y, want := range []float64{1.5, 3, 3, 3, 1.5, 0} {
		near(t, "depreciation", got[y], want)
	}
	near(t, "in all", sum(StraightLine(7, -1, 3, 2)), 7*2.0/3)
}

// One gigawatt at the start and one of the second year's middle: what is built, run and
// left, by hand.
func TestYears(t *testing.T) {
	x := NewTerms()
	x.Capital.ChipsCents, x.Capital.ShellCents, x.Capital.Upkeep = 100, 40, 0.1
	x.Power = Power{PriceCents: 1, Load: 0.5, PUE: 2}
	builds := []Build{{0, 3, 1, 100, 40}, {1.5, 2.5, 1, 100, 40}}
	years := x.Years(builds, 3)
	near(t, "power after a year", years[0].PowerGW, 1)
	near(t, "power after two", years[1].PowerGW, 2)
	near(t, "energy", years[0].EnergyCents, 1000*8760)
	near(t, "energy of the second year", years[1].EnergyCents, 1.5*1000*8760)
	near(t, "upkeep of the second year", years[1].UpkeepCents, 0.1*1.5*140)
	near(t, "running", years[0].Running(), 8760000+14)
	near(t, "chips written off", years[1].ChipsDepreciated, 20+10)
	near(t, "the rest written off", years[1].ShellWritten, 2+1)
	near(t, "left after two years", years[1].BookCents, 280-22-33)
	near(t, "power after three", years[2].PowerGW, 1)
	near(t, "upkeep of the third year", years[2].UpkeepCents, 0.1*1.5*140)
	near(t, "in all", CapitalCents(years), 280)
}

// Two years of 50, let to others at 40% for 20, of which 5 goes into running: a loan of
// 40 without interest, paid in halves, has 40 - 30 too little at the start and 20 - 15
// after a year.
func TestFailures(t *testing.T) {
	x := NewTerms()
	x.Debt, x.Resale = Debt{Rate: 0, Cover: 1, Gearing: 1}, 0.4
	years := []Year{{EnergyCents: 5, BookCents: 30}, {EnergyCents: 5}}
	loan := Loan{Cents: 40, Service: []float64{20, 20}, Left: []float64{20, 0}}
	got := x.Failures([]float64{50, 50}, years, loan)
	near(t, "floor", got[0].FloorCents, 100)
	near(t, "lost", got[0].LostCents, 60)
	near(t, "too little for the debt", got[0].ShortCents, 10)
	near(t, "too little after a year", got[1].ShortCents, 5)
	near(t, "not written off after a year", got[1].BookCents, 30)
	x.Resale = 1
	if all := x.Failures([]float64{50, 50}, years, loan); all[0].LostCents != 0 || all[0].ShortCents != 0 {
		t.Errorf("let at the same price, %+v is lost", all[0])
	}
}
