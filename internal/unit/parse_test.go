// SPDX-License-Identifier: Apache-2.0

package unit_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"offtake/internal/unit"
)

// The cents below are the decimal value times 100, by hand.
func TestParseMoney(t *testing.T) {
	for _, c := range []struct {
		in    string
		cents float64
		bound unit.Bound
	}{
		{"5B", 5e11, unit.Exact}, {"5b", 5e11, unit.Exact}, {"5bn", 5e11, unit.Exact}, {"5BN", 5e11, unit.Exact},
		{"$5B", 5e11, unit.Exact}, {"€5B", 5e11, unit.Exact}, {"CA$5B", 5e11, unit.Exact},
		{"1.25B", 1.25e11, unit.Exact}, {"-3M", -3e8, unit.Exact}, {"-$38.0M", -3.8e9, unit.Exact},
		{"at least 100B", 1e13, unit.AtLeast}, {"At  Least $100B", 1e13, unit.AtLeast},
		{"up to 20B", 2e12, unit.UpTo}, {"about 2M", 2e8, unit.About}, {"about -2M", -2e8, unit.About},
		{"5_000_000", 5e8, unit.Exact}, {"12.50", 1250, unit.Exact}, {" 12.5 ", 1250, unit.Exact},
		{"0.1", 10, unit.Exact}, {"0.07", 7, unit.Exact}, {"1.10", 110, unit.Exact}, {"4.35", 435, unit.Exact}, // 4.35*100 < 435 in floats
		{"1.005K", 100500, unit.Exact}, {"0.00001K", 1, unit.Exact}, {"2k", 2e5, unit.Exact}, {"2T", 2e14, unit.Exact},
		{"0", 0, unit.Exact}, {"0.000", 0, unit.Exact}, {"5e9", 5e11, unit.Exact}, {"5E-2", 5, unit.Exact}, {"1.5e+3", 150000, unit.Exact},
		{"0e9999", 0, unit.Exact}, {"90071992547409.92", 1 << 53, unit.Exact}, {"-90_071_992_547_409.92", -(1 << 53), unit.Exact},
	} {
		got, err := unit.ParseMoney(c.in)
		if want := (unit.Amount{Value: c.cents, Bound: c.bound}); err != nil || got != want {
			t.Errorf("ParseMoney(%q) = %v, %v; want %v", c.in, got, err, want)
		}
	}
}

func TestParseNumber(t *testing.T) {
	for _, c := range []struct {
		in    string
		value float64
		bound unit.Bound
	}{
		{"1.37", 1.37, unit.Exact}, {"833M", 833e6, unit.Exact}, {"about 5_000", 5000, unit.About}, {"at least 2.5", 2.5, unit.AtLeast},
		{"-0.3", -0.3, unit.Exact}, {"1e-9", 1e-9, unit.Exact}, {"4.9406564584124654e-324", 5e-324, unit.Exact},
		{"1.7976931348623157e308", math.MaxFloat64, unit.Exact}, {"0.1T", 1e11, unit.Exact}, {"2.675", 2.675, unit.Exact},
	} {
		got, err := unit.ParseNumber(c.in)
		if want := (unit.Amount{Value: c.value, Bound: c.bound}); err != nil || got != want {
			t.Errorf("ParseNumber(%q) = %v, %v; want %v", c.in, got, err, want)
		}
	}
}

func TestParseRate(t *testing.T) {
	for _, c := range []struct {
		in    string
		value float64
	}{
		{"25%", 0.25}, {"0.25", 0.25}, {"-23%", -0.23}, {"50bp", 0.005}, {"50bps", 0.005}, {"25", 25}, {"8.62%", 0.0862},
		{"100%", 1}, {"0%", 0}, {"-0%", 0}, {"0.1%", 0.001}, {"1e-3", 0.001}, {"2_500%", 25}, {"35%", 0.35}, {"-1bp", -0.0001},
	} {
		if got, err := unit.ParseRate(c.in); err != nil || got != c.value {
			t.Errorf("ParseRate(%q) = %v, %v; want %v", c.in, got, err, c.value)
		}
	}
}

// Zero has one bit pattern, so that equal files have equal hashes.
func TestZeroHasNoSign(t *testing.T) {
	m, _ := unit.ParseMoney("-0")
	n, _ := unit.ParseNumber("-0.0")
	r, _ := unit.ParseRate("-0%")
	for _, x := range []float64{m.Value, n.Value, r} {
		if math.Signbit(x) {
			t.Error("minus zero came out of a parser")
		}
	}
}

// refusal is an input with pieces that its message must contain.
type refusal struct{ in, problem, hint string }

func checkRefusals(t *testing.T, name string, parse func(string) error, cases []refusal) {
	t.Helper()
	for _, c := range cases {
		err := parse(c.in)
		var e *unit.Error
		if !errors.As(err, &e) {
			t.Errorf("%s(%q): error %v; want *unit.Error", name, c.in, err)
			continue
		}
		if e.Input != c.in || !strings.Contains(e.Problem, c.problem) || !strings.Contains(e.Hint, c.hint) {
			t.Errorf("%s(%q): problem %q, hint %q; want %q, %q", name, c.in, e.Problem, e.Hint, c.problem, c.hint)
		}
		if e.Problem == "" || e.Hint == "" {
			t.Errorf("%s(%q): problem %q, hint %q; want both", name, c.in, e.Problem, e.Hint)
		}
	}
}

func TestParseMoneyRefuses(t *testing.T) {
	parse := func(s string) error { _, err := unit.ParseMoney(s); return err }
	checkRefusals(t, "ParseMoney", parse, []refusal{
		{"", "is empty", "5B"}, {"   ", "is empty", "5B"},
		{"3 to 7", "a range needs uncertainty and is not a single amount", "world"},
		{"3B-7B", "range", "one value"}, {"$3B\u2013$7B", "range", "one value"}, {"3..7", "range", "one value"}, {"between 3 and 7", "range", "one value"},
		{"3 - 7", "range", "one value"}, {"up to 20B to 30B", "range", "one value"}, {"3B to", `"to" after the number`, "alone"},
		{"25%", "percentage, not an amount of money", "5B"},
		{"0.001", "not a whole number of cents", "0.01"}, {"1e-3", "not a whole number of cents", "0.01"}, {"0.000001K", "not a whole number of cents", "0.01"},
		{"1e20", "2^53 cents", "90T"}, {"90071992547409.93", "2^53 cents", "90T"}, {"1e9999", "2^53 cents", "90T"}, {"90.1T", "2^53 cents", "90T"},
		{"NaN", "not a number", "finite"}, {".nan", "not a number", "finite"}, {"-nan", "not a number", "finite"},
		{"Inf", "infinite", "leave the field out"}, {"-.inf", "infinite", "leave"}, {"infinity", "infinite", "leave"},
		{"0x1F", "hexadecimal", "decimal digits"}, {"0o17", "octal", "decimal digits"}, {"0b101", `"b101" after`, "thousand"},
		{"5__000", "misplaced underscore", "5_000_000"}, {"_5", "misplaced underscore", "5_000"}, {"5_", "misplaced underscore", "5_000"},
		{"5_000_00", "misplaced underscore", "three digits"}, {"5000_000", "misplaced underscore", "three"}, {"1.000_000", "after the decimal point", "before"},
		{"\u22125M", "Unicode minus", "plain hyphen"}, {"\u20135M", "Unicode minus", "plain hyphen"}, {"+5M", "plus sign", "leave"},
		{"--5", "sign in the wrong place", "once"}, {"$-5M", "sign in the wrong place", "-$5M"},
		{".5", "starts with the decimal point", "0.5"}, {"5.", "ends at the decimal point", "digit"}, {"5.B", "ends at the decimal point", "digit"},
		{"007", "leading zero", "leave"}, {"5e", "malformed exponent", "5e9"}, {"5e99999", "malformed exponent", "5e9"}, {"5e9B", "both an exponent and a suffix", "5B"},
		{"5 B", "space or a word", "5B"}, {"-5 bn", "space or a word", "-5B"}, {"5" + strings.Repeat("x", 90), "xxx...", "thousand"}, {"5 billion", "space or a word", "5B"}, {"5billion", "not read", "B"}, {"5mm", "not read", "M"},
		{"5G", `"G" after the number`, "thousand"}, {"1,000", "comma", "5_000_000"}, {"1 000 000", "spaces between digits", "5_000_000"},
		{"5B USD", "names the currency", "once"}, {"USD 5B", "names the currency", "once"}, {"5M units", `"units" after the number`, "alone"},
		{"¥5B", "currency symbol ¥", "alone"}, {"$", "has no number", "5B"}, {"-", "has no number", "5B"},
		{"at least", "no amount after at least", "at least 5B"}, {"at most 5B", "qualifier at most", "up to"}, {"over 5B", "qualifier over", "at least"},
		{"~5B", "qualifier ~", "about"}, {">=5B", "qualifier >=", "at least"}, {"< 5B", "qualifier <", "up to"}, {"approximately 5B", "approximately", "about"},
		{"five billion", `"five" before the number`, "precede"}, {"five", "does not start with a number", "5B"}, {"\uff15B", "digits other than 0 to 9", "0 to 9"},
		{"\xff5", "UTF-8", "save"}, {strings.Repeat("9", 101), "too long", "100"},
	})
}

func TestParseNumberRefuses(t *testing.T) {
	parse := func(s string) error { _, err := unit.ParseNumber(s); return err }
	checkRefusals(t, "ParseNumber", parse, []refusal{
		{"25%", "percentage, and a plain number", "0.25"}, {"$5", "currency symbol $", "leave"}, {"5M units", `"units" after`, "alone"},
		{"1e400", "too large", "1.79e308"}, {"1e-400", "too small", "write 0"}, {"3 to 7", "range needs uncertainty", "world"}, {"nan", "not a number", "finite"},
	})
}

func TestParseRateRefuses(t *testing.T) {
	parse := func(s string) error { _, err := unit.ParseRate(s); return err }
	checkRefusals(t, "ParseRate", parse, []refusal{
		{"1/3", "fraction with a slash", "0.125"}, {"8,5%", "comma", "8.5%"}, {"5B", `"B" after the number`, "25%"}, {"25 %", `"%" after the number`, "alone"},
		{"at least 25%", "at least, which a rate does not take", "alone"}, {"3% to 7%", "range", "world"}, {"1e400", "too large", "1.79"}, {"25%%", `"%%" after`, "25%"},
		{"5e1%", "both an exponent and a suffix", "one of the two"}, {"$5", "currency symbol $", "alone"}, {"\u221223%", "Unicode minus", "hyphen"},
	})
}

func TestParseMoneyIn(t *testing.T) {
	usd, _ := unit.LookupCurrency("USD")
	cad, _ := unit.LookupCurrency("CAD")
	eur, _ := unit.LookupCurrency("EUR")
	for _, c := range []struct {
		in       string
		currency unit.Currency
		ok       bool
	}{
		{"$5B", usd, true}, {"5B", usd, true}, {"$5B", cad, true}, {"CA$5B", cad, true}, {"€5B", eur, true},
		{"€5B", usd, false}, {"$5B", eur, false}, {"CA$5B", usd, false}, {"A$5B", cad, false},
	} {
		got, err := unit.ParseMoneyIn(c.in, c.currency)
		if c.ok != (err == nil) || c.ok && got.Value != 5e11 {
			t.Errorf("ParseMoneyIn(%q, %s) = %v, %v", c.in, c.currency.Code, got, err)
		}
	}
}

func TestErrorText(t *testing.T) {
	_, err := unit.ParseMoney("3 to 7")
	const want = `"3 to 7" is a range, and a range needs uncertainty and is not a single amount: write one value, with at least, up to or about before it; another that a source gives can stand under alternatives, and what is uncertain in the world`
	if err.Error() != want {
		t.Errorf("got  %s\nwant %s", err, want)
	}
	if _, err := unit.ParseMoney(strings.Repeat("9", 101)); len(err.Error()) > 200 {
		t.Errorf("a long input is repeated in full: %s", err)
	}
}

func TestBoundString(t *testing.T) {
	for b, want := range map[unit.Bound]string{unit.Exact: "", unit.AtLeast: "at least", unit.UpTo: "up to", unit.About: "about"} {
		if b.String() != want {
			t.Errorf("Bound %d is %q; want %q", int(b), b, want)
		}
	}
}

func TestCurrencies(t *testing.T) {
	for _, code := range []string{"USD", "EUR", "GBP", "CHF", "CAD", "AUD", "SGD", "INR", "CNY", "AED", "SAR"} {
		if c, ok := unit.LookupCurrency(code); !ok || c.Code != code || c.Symbol == "" {
			t.Errorf("LookupCurrency(%s) = %v, %v", code, c, ok)
		}
		if _, err := unit.ParseCurrency(code); err != nil {
			t.Error(err)
		}
	}
	for _, code := range []string{"JPY", "KRW", "KWD", "usd", "XXX", ""} {
		if c, ok := unit.LookupCurrency(code); ok || c != (unit.Currency{}) {
			t.Errorf("LookupCurrency(%q) = %v, %v; want none", code, c, ok)
		}
	}
	parse := func(s string) error { _, err := unit.ParseCurrency(s); return err }
	checkRefusals(t, "ParseCurrency", parse, []refusal{
		{"JPY", "0 minor digits", "USD"}, {"KWD", "3 minor digits", "USD"}, {"usd", "not a currency code", "write USD"}, {"€", "not a currency code", "write EUR"},
		{"BTC", "not a currency that is known", "ISO 4217"},
	})
}
