// SPDX-License-Identifier: Apache-2.0

package unit

import "strings"

// ParseMoney reads an amount of money and returns it in minor units, exactly.
//
// It reads an optional qualifier (at least, up to, about), an optional minus sign,
// an optional currency symbol, a decimal number and an optional suffix K, M, B (or
// bn) or T in either case: "5B", "$1.25bn", "up to 20B", "-3M", "5_000_000", "12.50",
// "5e9". The symbol is read and not checked: ParseMoneyIn checks it.
// The error, if any, is an *Error; amounts below a cent or beyond 2^53 cents are errors.
func ParseMoney(s string) (Amount, error) {
	a, _, problem := parseMoney(s)
	return a, problem.of(s)
}

// ParseMoneyIn is ParseMoney for a known currency: another currency's symbol is an error.
func ParseMoneyIn(s string, c Currency) (Amount, error) {
	a, symbol, problem := parseMoney(s)
	if problem == nil && symbol != "" && symbol != c.Symbol && (symbol != "$" || !strings.HasSuffix(c.Symbol, "$")) {
		a, problem = Amount{}, refuse("has the currency symbol "+symbol+", and the currency is "+c.Code, "leave the symbol out")
	}
	return a, problem.of(s)
}

func parseMoney(s string) (a Amount, symbol string, problem *Error) {
	word, bound, problem := scanAmount(s)
	if problem != nil {
		return a, "", problem
	}
	negative, word, problem := scanSign(word)
	if problem != nil {
		return a, "", problem
	}
	symbol = matchSymbol(word)
	d, rest, problem := scanDecimal(word[len(symbol):])
	if problem != nil {
		return a, "", problem
	}
	if strings.HasPrefix(rest, "%") {
		return a, "", refuse("is a percentage, not an amount of money", "write the amount, such as 5B")
	}
	if d, problem = scaleSuffix(d, rest); problem != nil {
		return a, "", problem
	}
	cents, problem := d.shift(2).cents()
	if problem != nil {
		return a, "", problem
	}
	return Amount{withSign(cents, negative), bound}, symbol, nil
}

// ParseNumber reads a plain number, spelled as ParseMoney's but without currency:
// "1.37", "833M", "about 5_000", "1e-9". Value is the nearest float64.
// The error, if any, is an *Error.
func ParseNumber(s string) (Amount, error) {
	a, problem := parseNumber(s)
	return a, problem.of(s)
}

func parseNumber(s string) (a Amount, problem *Error) {
	word, bound, problem := scanAmount(s)
	if problem != nil {
		return a, problem
	}
	negative, word, problem := scanSign(word)
	if problem != nil {
		return a, problem
	}
	if symbol := matchSymbol(word); symbol != "" {
		return a, refuse("has the currency symbol "+symbol+", and a plain number is wanted", "leave the symbol out")
	}
	d, rest, problem := scanDecimal(word)
	if problem != nil {
		return a, problem
	}
	if strings.HasPrefix(rest, "%") {
		return a, refuse("is a percentage, and a plain number is wanted", "write 0.25 for 25%")
	}
	if d, problem = scaleSuffix(d, rest); problem != nil {
		return a, problem
	}
	x, problem := d.float()
	if problem != nil {
		return a, problem
	}
	return Amount{withSign(x, negative), bound}, nil
}

// ParseRate reads a rate and returns it as a fraction: "25%" and "0.25" are 0.25,
// "50bp" is 0.005, "25" is 25 (2500%); the field that holds the rate bounds it.
// The error, if any, is an *Error.
func ParseRate(s string) (float64, error) {
	x, problem := parseRate(s)
	return x, problem.of(s)
}

func parseRate(s string) (float64, *Error) {
	word, bound, problem := scanAmount(s)
	switch {
	case problem != nil:
		return 0, problem
	case bound != Exact:
		return 0, refuse("has the qualifier "+bound.String()+", which a rate does not take", "write the rate alone, such as 25%")
	}
	negative, word, problem := scanSign(word)
	if problem != nil {
		return 0, problem
	}
	d, rest, problem := scanDecimal(word)
	if problem != nil {
		return 0, problem
	}
	if d, problem = scaleRate(d, rest); problem != nil {
		return 0, problem
	}
	x, problem := d.float()
	return withSign(x, negative), problem
}

// scaleRate applies what follows the number of a rate.
func scaleRate(d decimal, rest string) (decimal, *Error) {
	switch rest {
	case "":
		return d, nil
	case "%":
		return d.shift(-2), nil
	case "bp", "bps":
		return d.shift(-4), nil
	}
	if strings.HasPrefix(rest, "/") {
		return d, refuse("is a fraction with a slash", "write it as a percentage or a decimal: 12.5% or 0.125")
	}
	if strings.HasPrefix(rest, ",") {
		return d, refuse("has a comma", "write a point before decimals: 8.5%")
	}
	return d, refuse("has "+quote(rest)+" after the number", "a rate is written 25%, 0.25 or 50bp")
}

// withSign negates x if asked to; zero has no sign, so that its bits are always the same.
func withSign(x float64, negative bool) float64 {
	if negative && x != 0 {
		return -x
	}
	return x
}
