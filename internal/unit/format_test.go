// SPDX-License-Identifier: Apache-2.0

package unit_test

import (
	"math"
	"testing"

	"offtake/internal/unit"
)

var (
	usd = unit.Currency{Code: "USD", Symbol: "$"}
	chf = unit.Currency{Code: "CHF", Symbol: "CHF"}
)

// The texts are the values rounded by hand.
func TestFormatMoney(t *testing.T) {
	for _, c := range []struct {
		cents    float64
		currency unit.Currency
		want     string
	}{
		{5e11, usd, "$5.00B"}, {412e8, usd, "$412M"}, {-3.8e9, usd, "-$38.0M"}, {1.25e11, usd, "$1.25B"}, {0, usd, "$0"}, {1250, usd, "$12.50"},
		{-1, usd, "-$0.01"}, {0.4, usd, "$0"}, {-0.4, usd, "$0"}, {math.Copysign(0, -1), usd, "$0"}, {99999, usd, "$999.99"}, {99999.6, usd, "$1.00K"},
		{100000, usd, "$1.00K"}, {123456, usd, "$1.23K"}, {99999999, usd, "$1.00M"}, {461038961039, usd, "$4.61B"}, {1e13, usd, "$100B"},
		{9.996e13, usd, "$1.00T"}, {1e17, usd, "$1e15"}, {5e11, chf, "CHF 5.00B"}, {-5e11, chf, "-CHF 5.00B"},
		{math.NaN(), usd, "undefined"}, {math.Inf(1), usd, "infinite"}, {math.Inf(-1), usd, "-infinite"},
	} {
		if got := unit.FormatMoney(c.cents, c.currency); got != c.want {
			t.Errorf("FormatMoney(%v) = %q; want %q", c.cents, got, c.want)
		}
	}
}

func TestFormatMoneyExact(t *testing.T) {
	for _, c := range []struct {
		cents float64
		want  string
	}{
		{461038961039, "$4,610,389,610.39"}, {0, "$0.00"}, {-5, "-$0.05"}, {100000, "$1,000.00"}, {12.5, "$0.12"}, {13.5, "$0.14"},
		{1 << 53, "$90,071,992,547,409.92"}, {math.NaN(), "undefined"},
	} {
		if got := unit.FormatMoneyExact(c.cents, usd); got != c.want {
			t.Errorf("FormatMoneyExact(%v) = %q; want %q", c.cents, got, c.want)
		}
	}
}

func TestFormatNumber(t *testing.T) {
	for _, c := range []struct {
		x    float64
		want string
	}{
		{1.37, "1.37"}, {833e6, "833M"}, {0.0289, "0.0289"}, {20, "20"}, {20.04, "20.0"}, {1234, "1,234"}, {1234.5, "1.23K"}, {12345, "12.3K"},
		{0, "0"}, {-2.5, "-2.50"}, {0.5, "0.500"}, {0.00012345, "0.000123"}, {0.000012345, "1.23e-5"}, {1e15, "1e15"}, {1.797e308, "1.8e308"},
		{math.MaxFloat64, "1.8e308"}, {999.96, "1.00K"}, {math.Inf(-1), "-infinite"},
	} {
		if got := unit.FormatNumber(c.x); got != c.want {
			t.Errorf("FormatNumber(%v) = %q; want %q", c.x, got, c.want)
		}
	}
}

func TestFormatRate(t *testing.T) {
	for _, c := range []struct {
		x    float64
		want string
	}{
		{0.08618601272958, "8.62%"}, {0.25, "25%"}, {0.00622137885622, "0.62%"}, {1, "100%"}, {0, "0%"}, {-0.23, "-23%"}, {0.537, "53.7%"},
		{0.99999, "100%"}, {25, "2,500%"}, {12.3456, "1,235%"}, {1.23456, "123.46%"}, {0.0001, "0.01%"}, {0.000045, "0.0045%"}, {-0.000012345, "-0.0012%"},
		{1e-12, "1e-10%"}, {1e20, "1e22%"}, {math.MaxFloat64, "1.8e310%"}, {math.NaN(), "undefined"},
	} {
		if got := unit.FormatRate(c.x); got != c.want {
			t.Errorf("FormatRate(%v) = %q; want %q", c.x, got, c.want)
		}
	}
}

func TestWrite(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{unit.WriteMoney(5e11), "5B"}, {unit.WriteMoney(1.25e11), "1.25B"}, {unit.WriteMoney(1250), "12.50"}, {unit.WriteMoney(-3e8), "-3M"},
		{unit.WriteMoney(461038961039), "4_610_389_610.39"}, {unit.WriteMoney(0), "0"}, {unit.WriteMoney(math.Copysign(0, -1)), "0"},
		{unit.WriteMoney(123400), "1234"}, {unit.WriteMoney(150000), "1.5K"}, {unit.WriteMoney(1 << 53), "90_071_992_547_409.92"}, {unit.WriteMoney(0.5), "0"}, {unit.WriteMoney(1.5), "0.02"},
		{unit.WriteMoney(4.8756e11), "4875.6M"}, {unit.WriteMoney(1), "0.01"}, {unit.WriteMoney(-0.2), "0"},
		{unit.WriteNumber(833e6), "833M"}, {unit.WriteNumber(1.37), "1.37"}, {unit.WriteNumber(0), "0"}, {unit.WriteNumber(1e-9), "1e-09"}, {unit.WriteNumber(-2026), "-2026"},
		{unit.WriteNumber(1e15), "1e+15"}, {unit.WriteNumber(0.1), "0.1"}, {unit.WriteNumber(0.00001), "0.00001"}, {unit.WriteNumber(123456.789), "123_456.789"},
		{unit.WriteRate(1), "100%"}, {unit.WriteRate(0.25), "25%"}, {unit.WriteRate(0.0862), "8.62%"}, {unit.WriteRate(-0.23), "-23%"}, {unit.WriteRate(0), "0%"}, {unit.WriteRate(1e-9), "1e-09"},
	} {
		if c.got != c.want {
			t.Errorf("wrote %q; want %q", c.got, c.want)
		}
	}
}

func TestWritePanics(t *testing.T) {
	for name, write := range map[string]func(){
		"money NaN":  func() { unit.WriteMoney(math.NaN()) },
		"money 2^54": func() { unit.WriteMoney(1 << 54) },
		"number Inf": func() { unit.WriteNumber(math.Inf(1)) },
		"rate NaN":   func() { unit.WriteRate(math.NaN()) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			write()
		}()
	}
}

func TestFormatCount(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 16384: "16,384", 1234567: "1,234,567", -999: "-999", -1000: "-1,000"} {
		if got := unit.FormatCount(n); got != want {
			t.Errorf("FormatCount(%d) = %q; want %q", n, got, want)
		}
	}
}
