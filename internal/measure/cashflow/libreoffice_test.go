// SPDX-License-Identifier: Apache-2.0

package cashflow

import (
	"flag"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"reflect"
	"slices"
	"testing"
)

// An outside program is asked the same questions: LibreOffice Calc, for the net present values and
// rates of 200 random lists. Its answers are kept in testdata/libreoffice.csv, so that every machine
// compares with them; a machine that has LibreOffice can ask it again, or rewrite the file:
//
//	OFFTAKE_LIBREOFFICE=1 go test ./internal/measure/cashflow -run TestLibreOffice
//	go test ./internal/measure/cashflow -run TestLibreOffice -update
var update = flag.Bool("update", false, "ask LibreOffice and rewrite testdata/libreoffice.csv")

const recorded = "testdata/libreoffice.csv"

// deal is one random list, seen as regular periods and as dated flows.
type deal struct {
	flows []float64 // whole cents
	days  []float64 // whole days since the first date, ascending
}

func (d deal) years() []float64 {
	years := make([]float64, len(d.days))
	for i, day := range d.days {
		years[i] = day / 365 // as XIRR and XNPV count in spreadsheets
	}
	return years
}

// question is one formula about one deal: NPV or XNPV at a rate, IRR or XIRR from a guess.
type question struct {
	deal     int
	function string
	argument float64
}

// answer is what LibreOffice made of it.
type answer struct {
	value  float64
	failed string // its error code, such as Err:523, if it gave no number
}

// guesses are where LibreOffice's search starts, besides at our own rates.
var guesses = []float64{-0.7, -0.2, 0.05, 0.3, 1.5, 9}

// randomDeals makes the lists: none, one and several sign changes in turn, and lists built to have
// several rates.
func randomDeals() []deal {
	random := rand.New(rand.NewPCG(1955, 2026))
	deals := make([]deal, 200)
	for i := range deals {
		var flows []float64
		switch i % 5 {
		case 0:
			flows = oneSided(random)
		case 1, 2:
			flows = investment(random)
		case 3:
			flows = mixed(random)
		default:
			flows = built(random)
		}
		day, days := 0.0, make([]float64, len(flows))
		for k := range days {
			days[k] = day
			if random.IntN(12) > 0 { // now and then two flows fall on one date
				day += float64(1 + random.IntN(400))
			}
		}
		deals[i] = deal{flows, days}
	}
	return deals
}

// oneSided never changes sign.
func oneSided(random *rand.Rand) []float64 {
	flows := make([]float64, 2+random.IntN(59))
	side := float64(2*random.IntN(2) - 1)
	for i := range flows {
		flows[i] = side * float64(random.Int64N(1e12))
	}
	flows[random.IntN(len(flows))] = side * 1e9
	return flows
}

// investment changes sign once: some cheques, then receipts of a similar size in all.
func investment(random *rand.Rand) []float64 {
	flows := make([]float64, 2+random.IntN(59))
	cheques := 1 + random.IntN(min(4, len(flows)-1))
	for i := range flows {
		if i < cheques {
			flows[i] = -float64(1 + random.Int64N(1e12))
		} else {
			flows[i] = float64(1 + random.Int64N(1+6e12*int64(cheques)/int64(len(flows)-cheques)))
		}
	}
	return flows
}

// mixed has random signs.
func mixed(random *rand.Rand) []float64 {
	flows := make([]float64, 3+random.IntN(58))
	for i := range flows {
		flows[i] = float64(random.Int64N(2e12) - 1e12)
	}
	return flows
}

// built has two or three rates, as regular periods: a product of factors -(20 - bx), whole b from 8
// to 60, and of one factor without a real zero.
func built(random *rand.Rand) []float64 {
	flows := []float64{-1000}
	for _, b := range random.Perm(53)[:2+random.IntN(2)] {
		flows = times(flows, []float64{20, -float64(8 + b)})
	}
	return times(flows, []float64{3, float64(random.IntN(3)), 1})
}

// questions asks for the net present value of each deal at two rates, and its internal rate of
// return from each guess and from each rate that we found.
func questions(deals []deal) []question {
	random := rand.New(rand.NewPCG(7, 15))
	var all []question
	for i, d := range deals {
		for range 2 {
			rate := math.Round(1e6*(random.Float64()*1.3-0.3)) / 1e6
			all = append(all, question{i, "NPV", rate}, question{i, "XNPV", rate})
		}
		for function, roots := range rates(d) {
			name := [...]string{"IRR", "XIRR"}[function]
			for _, guess := range append(guesses[:len(guesses):len(guesses)], roots.Rates...) {
				all = append(all, question{i, name, guess})
			}
		}
	}
	return all
}

// rates is what we say of a deal: as regular periods, and dated.
func rates(d deal) [2]Roots {
	return [2]Roots{IRR(d.flows), XIRR(d.flows, d.years())}
}

func TestLibreOffice(t *testing.T) {
	live := os.Getenv("OFFTAKE_LIBREOFFICE") == "1"
	if live || *update {
		if _, err := exec.LookPath("soffice"); err != nil {
			t.Fatalf("LibreOffice was asked for, but there is no soffice on the path: %v", err)
		}
		deals := randomDeals()
		asked := questions(deals)
		answers := calculate(t, deals, asked)
		if *update {
			writeRecord(t, deals, asked, answers)
		}
		t.Run("live", func(t *testing.T) { compare(t, deals, asked, answers) })
	} else {
		t.Log("compared with recorded answers only; to ask LibreOffice itself: OFFTAKE_LIBREOFFICE=1 go test ./internal/measure/cashflow -run TestLibreOffice -v")
	}
	deals, asked, answers := readRecord(t)
	if !reflect.DeepEqual(deals, randomDeals()) {
		t.Errorf("%s holds other lists than this test makes: run with -update", recorded)
	}
	t.Run("recorded", func(t *testing.T) { compare(t, deals, asked, answers) })
}

// tally counts what was compared, so that the test cannot pass on nothing.
type tally struct {
	values       int              // net present values that agree
	confirmed    int              // searches from a rate of ours that end there
	substituted  int              // searches from a rate of ours that fail: it is checked by substitution alone
	rediscovered int              // searches from elsewhere that end at a rate of ours
	refused      int              // failures on lists that have no rate
	beyond       int              // answers of -100% or less, which are not rates
	asked        map[subject]bool // our rates that were asked about
}

// subject is one rate of ours: which of those of a deal under IRR or XIRR.
type subject struct {
	deal     int
	function string
	place    int
}

// compare holds LibreOffice's answers against our functions.
func compare(t *testing.T, deals []deal, asked []question, answers []answer) {
	found := make([][2]Roots, len(deals))
	for i, d := range deals {
		found[i] = rates(d)
	}
	seen := tally{asked: map[subject]bool{}}
	for k, q := range asked {
		d, a := deals[q.deal], answers[k]
		switch q.function {
		case "NPV": // LibreOffice discounts the first flow too
			seen.value(t, q, a, NPV(q.argument, d.flows)/(1+q.argument))
		case "XNPV":
			seen.value(t, q, a, XNPV(q.argument, d.flows, d.years()))
		case "IRR":
			seen.rate(t, q, a, found[q.deal][0], d.flows, periods(d.flows))
		case "XIRR":
			seen.rate(t, q, a, found[q.deal][1], d.flows, d.years())
		}
	}
	seen.check(t, found)
}

// periods are the dates of regular flows.
func periods(flows []float64) []float64 {
	years := make([]float64, len(flows))
	for i := range years {
		years[i] = float64(i)
	}
	return years
}

// value compares a net present value.
func (s *tally) value(t *testing.T, q question, a answer, ours float64) {
	if a.failed != "" || !near(ours, a.value, 1e-9) {
		t.Errorf("deal %d: %s at %v is %v, LibreOffice %v", q.deal, q.function, q.argument, ours, a)
		return
	}
	s.values++
}

// rate compares an internal rate of return. A search that starts at a rate of ours must end there;
// wherever it starts, an answer above -100% must be a rate of ours.
func (s *tally) rate(t *testing.T, q question, a answer, ours Roots, flows, years []float64) {
	place := slices.IndexFunc(ours.Rates, func(rate float64) bool { return alike(rate, q.argument, 1e-10) })
	if place >= 0 {
		s.asked[subject{q.deal, q.function, place}] = true
	}
	switch {
	case a.failed != "" && place >= 0:
		if got := residue(ours.Rates[place], flows, years); got > 1e-12 {
			t.Errorf("deal %d: %s %v leaves %v of the gross flows", q.deal, q.function, ours.Rates[place], got)
		}
		s.substituted++
	case a.failed != "":
		if len(ours.Rates) == 0 {
			s.refused++
		}
	case place >= 0 && alike(a.value, q.argument, 1e-7):
		s.confirmed++
	case place < 0 && slices.ContainsFunc(ours.Rates, func(rate float64) bool { return alike(rate, a.value, 1e-7) }):
		s.rediscovered++
	case place < 0 && a.value <= -1:
		s.beyond++
	default:
		t.Errorf("deal %d: %s from %v is %v in LibreOffice, ours %v", q.deal, q.function, q.argument, a.value, ours)
	}
}

// alike says whether two rates are the same up to a tolerance relative to the growth factor.
func alike(a, b, tolerance float64) bool {
	return math.Abs(a-b) <= tolerance*(1+math.Abs(b))
}

// check wants every rate asked about, enough of each kind of list, and few rates that rest on
// substitution alone.
func (s *tally) check(t *testing.T, found [][2]Roots) {
	total, lists, never := 0, [3]int{}, 0
	for i, both := range found {
		for _, roots := range both {
			if len(roots.Undecided) > 0 || roots.Err != nil {
				t.Errorf("deal %d: %v", i, roots)
			}
			total += len(roots.Rates)
			lists[min(2, len(roots.Rates))]++
			if roots.Reason == NeverZero {
				never++
			}
		}
	}
	t.Logf("lists with no, one, several rates: %v; %d with none in spite of sign changes", lists, never)
	t.Logf("%d values, %d rates: %d confirmed, %d substituted; %d rediscovered, %d refused, %d beyond",
		s.values, total, s.confirmed, s.substituted, s.rediscovered, s.refused, s.beyond)
	switch {
	case len(s.asked) != total:
		t.Errorf("LibreOffice was asked about %d rates of %d: run with -update", len(s.asked), total)
	case s.values < 4*len(found), len(found) < 200:
		t.Errorf("too few net present values: %d of %d lists", s.values, len(found))
	case slices.Min(lists[:]) < 80, never < 10:
		t.Error("too few lists of some kind")
	case s.substituted > total/100, s.beyond > len(found)/20:
		t.Errorf("LibreOffice failed on %d rates of %d, and left the range %d times", s.substituted, total, s.beyond)
	case s.refused+s.beyond < len(guesses)*lists[0]:
		t.Errorf("%d refusals for %d lists without a rate", s.refused, lists[0])
	}
}
