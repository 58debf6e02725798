// SPDX-License-Identifier: Apache-2.0

package tree

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Write writes a text as a scalar in the style asked for, Plain, Single or Double, and
// in double quotes where that style cannot carry it. Flow tells whether it will stand
// inside brackets.
func Write(text string, style Style, flow bool) string {
	switch {
	case style == Plain && plain(text, flow):
		return text
	case style == Single && printable(text):
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	}
	return double(text)
}

// plain tells whether a text can stand without quotes, on the safe side.
func plain(text string, flow bool) bool {
	if text == "" || strings.TrimSpace(text) != text || !printable(text) || isNull(text) {
		return false
	}
	if strings.IndexByte("!&*-?|>@`\"'%#:,[]{}<=.~", text[0]) >= 0 && !numberLike(text) {
		return false
	}
	if strings.Contains(text, ": ") || strings.Contains(text, " #") || strings.HasSuffix(text, ":") {
		return false
	}
	return !flow || !strings.ContainsAny(text, ",[]{}:#")
}

// numberLike tells whether a text is a sign and digits, which need no quotes.
func numberLike(text string) bool {
	return len(text) > 1 && text[0] == '-' && '0' <= text[1] && text[1] <= '9'
}

// printable tells whether a text is of one line and has nothing that must be escaped.
func printable(text string) bool {
	for _, r := range text {
		if r == utf8.RuneError || r == 0xfeff || r != ' ' && !unicode.IsGraphic(r) || r != ' ' && unicode.IsSpace(r) {
			return false
		}
	}
	return utf8.ValidString(text)
}

// double writes a text in double quotes.
func double(text string) string {
	var out strings.Builder
	out.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			out.WriteString(`\` + string(r))
		case r == '\n':
			out.WriteString(`\n`)
		case r == '\t':
			out.WriteString(`\t`)
		case r == ' ' || printable(string(r)):
			out.WriteRune(r)
		case r <= 0xff:
			fmt.Fprintf(&out, `\x%02x`, r)
		case r <= 0xffff:
			fmt.Fprintf(&out, `\u%04x`, r)
		default:
			fmt.Fprintf(&out, `\U%08x`, r)
		}
	}
	out.WriteByte('"')
	return out.String()
}
