// SPDX-License-Identifier: Apache-2.0

package unit

import (
	"strconv"
	"strings"
)

// Currency is a currency whose minor unit is a hundredth.
type Currency struct {
	Code   string // ISO 4217, such as USD
	Symbol string // what stands before an amount; the code itself where no symbol is usual abroad
}

// currencies are those of ISO 4217 (2015, table A.1) with two minor digits that a
// deal may be written in. Dollars other than the American carry their country's letters.
var currencies = []Currency{
	{"USD", "$"}, {"EUR", "€"}, {"GBP", "£"}, {"CHF", "CHF"}, {"CAD", "CA$"}, {"AUD", "A$"}, {"NZD", "NZ$"},
	{"SGD", "S$"}, {"HKD", "HK$"}, {"TWD", "NT$"}, {"INR", "₹"}, {"CNY", "CN¥"}, {"AED", "AED"}, {"SAR", "SAR"},
	{"QAR", "QAR"}, {"ILS", "₪"}, {"TRY", "₺"}, {"SEK", "SEK"}, {"NOK", "NOK"}, {"DKK", "DKK"}, {"PLN", "PLN"},
	{"CZK", "CZK"}, {"HUF", "HUF"}, {"RON", "RON"}, {"BRL", "R$"}, {"MXN", "MX$"}, {"ZAR", "ZAR"}, {"KZT", "₸"},
	{"THB", "฿"}, {"MYR", "MYR"}, {"IDR", "IDR"}, {"PHP", "₱"}, {"EGP", "EGP"}, {"MAD", "MAD"}, {"NGN", "₦"}, {"KES", "KES"},
}

// otherMinor are well-known currencies whose minor unit is not a hundredth: digits after the point, as in ISO 4217.
var otherMinor = []struct {
	code   string
	digits int
}{{"JPY", 0}, {"KRW", 0}, {"VND", 0}, {"ISK", 0}, {"CLP", 0}, {"BHD", 3}, {"KWD", 3}, {"OMR", 3}, {"JOD", 3}, {"TND", 3}}

// LookupCurrency returns the currency with this ISO 4217 code, in capitals. It reports
// false for unknown codes and for currencies whose minor unit is not a hundredth, such
// as JPY and KRW: amounts here are hundredths. ParseCurrency says which of the two it is.
func LookupCurrency(code string) (Currency, bool) {
	for _, c := range currencies {
		if c.Code == code {
			return c, true
		}
	}
	return Currency{}, false
}

// ParseCurrency reads an ISO 4217 code. The error, if any, is an *Error.
func ParseCurrency(s string) (Currency, error) {
	if c, known := LookupCurrency(s); known {
		return c, nil
	}
	for _, o := range otherMinor {
		if strings.EqualFold(o.code, s) {
			return Currency{}, refuse("has "+strconv.Itoa(o.digits)+" minor digits, and only currencies with two are supported",
				"state the deal in a currency with two, such as USD").of(s)
		}
	}
	for _, c := range currencies {
		if strings.EqualFold(c.Code, s) || c.Symbol == s {
			return Currency{}, refuse("is not a currency code", "write "+c.Code).of(s)
		}
	}
	return Currency{}, refuse("is not a currency that is known here", "write an ISO 4217 code in capitals, such as USD or EUR").of(s)
}

// matchSymbol returns the longest currency symbol at the start of the text; empty if there
// is none. A code that stands for a missing symbol is no symbol here.
func matchSymbol(s string) string {
	longest := ""
	for _, c := range currencies {
		if c.Symbol != c.Code && len(c.Symbol) > len(longest) && strings.HasPrefix(s, c.Symbol) {
			longest = c.Symbol
		}
	}
	return longest
}
