// SPDX-License-Identifier: Apache-2.0

package unit_test

import (
	"errors"
	"math"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"offtake/internal/unit"
)

var seeds = []string{
	"5B", "$5B", "1.25bn", "at least 100B", "up to 20B", "about 2M", "5_000_000", "-3M", "12.50", "3 to 7", "25%", "-23%", "50bp", "1/3", "0.001", "1e400",
	"0x1F", "\u22125", "NaN", ".inf", "5__0", "~5", "5 billion", "€1", "\xff", "1e-9", "-0", "90071992547409.92", "USD 5B", "-$38.0M", "0e9999",
}

// checkError demands that a failed parser returns a full *Error about its input.
func checkError(t *testing.T, in string, err error) {
	t.Helper()
	var e *unit.Error
	if !errors.As(err, &e) || e.Input != in || e.Problem == "" || e.Hint == "" {
		t.Errorf("%q: error %#v; want an *Error with input, problem and hint", in, err)
	}
}

func FuzzParseMoney(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		a, err := unit.ParseMoney(in)
		if err != nil {
			checkError(t, in, err)
			return
		}
		if a.Value != math.Trunc(a.Value) || math.Abs(a.Value) > 1<<53 {
			t.Fatalf("%q is %v cents", in, a.Value)
		}
		again, err := unit.ParseMoney(strings.TrimSpace(a.Bound.String() + " " + unit.WriteMoney(a.Value)))
		if err != nil || again != a {
			t.Fatalf("%q: %v written and read is %v, %v", in, a, again, err)
		}
	})
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		a, err := unit.ParseNumber(in)
		if err != nil {
			checkError(t, in, err)
			return
		}
		again, err := unit.ParseNumber(strings.TrimSpace(a.Bound.String() + " " + unit.WriteNumber(a.Value)))
		if err != nil || again != a {
			t.Fatalf("%q: %v written and read is %v, %v", in, a, again, err)
		}
	})
}

func FuzzParseRate(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		x, err := unit.ParseRate(in)
		if err != nil {
			checkError(t, in, err)
			return
		}
		if again, err := unit.ParseRate(unit.WriteRate(x)); err != nil || again != x {
			t.Fatalf("%q: %v written and read is %v, %v", in, x, again, err)
		}
	})
}

func FuzzParseCurrency(f *testing.F) {
	for _, s := range []string{"USD", "usd", "JPY", "€", "", "XXX"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		if c, err := unit.ParseCurrency(in); err != nil {
			checkError(t, in, err)
		} else if c.Code != in {
			t.Fatalf("%q is %v", in, c)
		}
	})
}

// FuzzWrite writes any float and reads it back: the same bits, save that zero loses its sign.
func FuzzWrite(f *testing.F) {
	for _, x := range []float64{0, 1, -1, 0.1, 5e11, 1 << 53, 1<<53 - 1, 1e15, 1e-6, math.MaxFloat64, math.SmallestNonzeroFloat64, 123456.789, 0.07} {
		f.Add(math.Float64bits(x))
	}
	f.Fuzz(func(t *testing.T, bits uint64) {
		x := math.Float64frombits(bits)
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return
		}
		checkRoundTrip(t, x)
		checkRoundTrip(t, float64(int64(bits)>>10)) // whole cents up to 2^53
	})
}

// failer is what testing.T and rapid.T share.
type failer interface {
	Helper()
	Errorf(format string, args ...any)
}

func checkRoundTrip(t failer, x float64) {
	t.Helper()
	if n, err := unit.ParseNumber(unit.WriteNumber(x)); err != nil || n.Value != x {
		t.Errorf("number %v: wrote %q, read %v, %v", x, unit.WriteNumber(x), n, err)
	}
	if r, err := unit.ParseRate(unit.WriteRate(x)); err != nil || r != x {
		t.Errorf("rate %v: wrote %q, read %v, %v", x, unit.WriteRate(x), r, err)
	}
	if math.Abs(x) > 1<<53 {
		return
	}
	if m, err := unit.ParseMoney(unit.WriteMoney(x)); err != nil || m.Value != math.RoundToEven(x) {
		t.Errorf("money %v: wrote %q, read %v, %v", x, unit.WriteMoney(x), m, err)
	}
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkRoundTrip(t, rapid.Float64().Draw(t, "any"))
		checkRoundTrip(t, float64(rapid.Int64Range(-1<<53, 1<<53).Draw(t, "cents")))
		round := float64(rapid.Int64Range(-9999, 9999).Draw(t, "round"))
		checkRoundTrip(t, round*math.Pow10(rapid.IntRange(0, 11).Draw(t, "zeros")))
	})
}

// Reading agrees with big.Rat, an independent decimal reader, on every spelling of a value.
func TestParseAgainstRat(t *testing.T) {
	scale := map[string]int64{"": 1, "K": 1e3, "m": 1e6, "bn": 1e9, "T": 1e12}
	rapid.Check(t, func(t *rapid.T) {
		digits := rapid.StringMatching(`-?(0|[1-9][0-9]{0,7})(\.[0-9]{1,6})?`).Draw(t, "digits")
		suffix := rapid.SampledFrom([]string{"", "K", "m", "bn", "T"}).Draw(t, "suffix")
		exact, ok := new(big.Rat).SetString(digits)
		if !ok {
			t.Fatalf("big.Rat does not read %q", digits)
		}
		exact.Mul(exact, new(big.Rat).SetInt64(scale[suffix]))
		want, _ := exact.Float64()
		if n, err := unit.ParseNumber(digits + suffix); err != nil || n.Value != want {
			t.Errorf("ParseNumber(%s%s) = %v, %v; want %v", digits, suffix, n, err, want)
		}
		cents := exact.Mul(exact, new(big.Rat).SetInt64(100))
		want, _ = cents.Float64()
		isMoney := cents.IsInt() && new(big.Int).Abs(cents.Num()).Cmp(big.NewInt(1<<53)) <= 0
		if m, err := unit.ParseMoney(digits + suffix); isMoney != (err == nil) || isMoney && m.Value != want {
			t.Errorf("ParseMoney(%s%s) = %v, %v; want %v, %v", digits, suffix, m, err, want, isMoney)
		}
	})
}

// What is formatted for people reads back to within half a unit of its third digit, or half a cent.
func TestFormatIsNear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cents := float64(rapid.Int64Range(-9e15, 9e15).Draw(t, "cents")) // rounds to what can be read
		text := unit.FormatMoney(cents, usd)
		a, err := unit.ParseMoney(text)
		if slack := math.Abs(cents) * 0.00500001; err != nil || math.Abs(a.Value-cents) > slack {
			t.Errorf("%v cents are %q, read %v, %v", cents, text, a, err)
		}
	})
}
