// SPDX-License-Identifier: Apache-2.0

package unit

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// spelled are texts that are quantities, or nearly: what people write, put together
// from parts.
var spelled = rapid.Custom(func(t *rapid.T) string {
	part := func(name string, of ...string) string { return rapid.SampledFrom(of).Draw(t, name) }
	return part("bound", "", "", "", "at least ", "Up  to ", "ABOUT ", "about", "over ", "min ") + part("sign", "", "", "-", "+", "--") +
		part("symbol", "", "", "$", "€", "CA$", "USD", "¤") + part("whole", "0", "5", "12", "100", "007", "5_000", "1_000_000", "50_00", "_5", "") +
		part("fraction", "", "", ".5", ".25", ".", ".5_0") + part("end", "", "B", "bn", "k", "%", "bp", "bps", "e9", "E-3", "e", "e99999", " B", "x", "/2") +
		part("after", "", "", " ", "\t")
})

// Whatever is read is matched.
func TestPatternsMatchWhatIsRead(t *testing.T) {
	money, number, rate := regexp.MustCompile(MoneyPattern(true, true)), regexp.MustCompile(NumberPattern(true, true)), regexp.MustCompile(RatePattern(true))
	exact, plain := regexp.MustCompile(MoneyPattern(true, false)), regexp.MustCompile(NumberPattern(false, false))
	read := 0
	rapid.Check(t, func(t *rapid.T) {
		s := spelled.Draw(t, "text")
		a, err := ParseMoney(s)
		if err == nil && !money.MatchString(s) || err == nil && exact.MatchString(s) != (a.Bound == Exact) {
			t.Fatalf("%q is money", s)
		}
		b, wrong := ParseNumber(s)
		if wrong == nil && !number.MatchString(s) || wrong == nil && b.Value > 0 && b.Bound == Exact && !plain.MatchString(s) {
			t.Fatalf("%q is a number", s)
		}
		if _, bad := ParseRate(s); bad == nil && !rate.MatchString(s) {
			t.Fatalf("%q is a rate", s)
		}
		if err == nil {
			read++
		}
	})
	if read == 0 {
		t.Error("no text was read")
	}
}

// What is plainly no quantity is not matched.
func TestPatternsRefuse(t *testing.T) {
	for pattern, texts := range map[string]string{
		MoneyPattern(true, true):   "5 billion|USD 5B|5,000|5%|five|at least|at most 5B|3 to 7|0x10|.5|5.|05|+5|5B B||--5|NaN|inf",
		MoneyPattern(false, true):  "-5B|at least -5B",
		MoneyPattern(true, false):  "at least 5B|up to 5B|about 5B",
		NumberPattern(true, true):  "$5|5%|many|5 GW",
		RatePattern(true):          "25 %|a quarter|1/4|5B|$5|25%%|12,5%|at least 5%",
		RatePattern(false):         "-5%",
		NumberPattern(false, true): "-1",
	} {
		for _, s := range strings.Split(texts, "|") {
			if regexp.MustCompile(pattern).MatchString(s) {
				t.Errorf("%q is matched by %s", s, pattern)
			}
		}
	}
}
