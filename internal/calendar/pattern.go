// SPDX-License-Identifier: Apache-2.0

package calendar

import "strings"

// DatePattern matches what ParseDate reads, and days that a month does not have. It is
// a regular expression that RE2 and ECMAScript read alike, for editors.
const DatePattern = `^(?:19|2[0-9])[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$`

// SpanPattern matches what ParseSpan reads, and units out of order.
func SpanPattern() string {
	var names []string
	for _, u := range spanUnits {
		for _, name := range u.names {
			names = append(names, anyCase(name))
		}
	}
	part := `[0-9]+ *(?:` + strings.Join(names, `|`) + `)`
	return `^\s*` + part + `(?: +` + part + `)*\s*$`
}

// anyCase is a pattern of a word of small letters in either case.
func anyCase(word string) string {
	var out strings.Builder
	for _, r := range word {
		out.WriteString(`[` + strings.ToUpper(string(r)) + string(r) + `]`)
	}
	return out.String()
}
