// SPDX-License-Identifier: Apache-2.0

package tree

import (
	"strings"

	"github.com/goccy/go-yaml/token"

	"offtake/internal/diag"
)

// refused are the tokens that a deal file has no use for, and why.
var refused = map[token.Type]struct{ code, what, hint string }{
	token.AnchorType:     {codeAnchor, "anchors are not read", "write the value out, or put text that begins with & in quotes"},
	token.AliasType:      {codeAlias, "aliases are not read", "write the value out where it is used, or put text that begins with * in quotes"},
	token.MergeKeyType:   {codeMerge, "merge keys are not read", "write the fields out"},
	token.TagType:        {codeTag, "tags are not read", "leave the tag out: each field knows its own kind"},
	token.DirectiveType:  {codeDirective, "directives are not read", "leave the line out"},
	token.MappingKeyType: {codeKey, "keys that begin with ? are not read", "write name: value"},
}

// checkTokens reports every token that is refused and nesting that is too deep, so
// that what reaches the library's parser is plain and shallow.
func checkTokens(t *text, tokens token.Tokens) diag.List {
	var l diag.List
	first := true
	for i, tk := range tokens {
		if tk.Type == token.CommentType {
			continue
		}
		if why, ok := refused[tk.Type]; ok && len(l) < faultsMost {
			l.Fault(why.code, t.tokenPlace(tk), why.hint, "%s", why.what)
		}
		if again := tk.Type == token.DocumentHeaderType && !first || afterEnd(tokens, i); again {
			l.Fault(codeDocuments, t.tokenPlace(tk), "keep one deal in a file", "a second document begins here")
			break
		}
		first = false
	}
	if tk := tooDeep(tokens); tk != nil {
		l.Fault(codeDepth, t.tokenPlace(tk), "check the brackets and the indentation", "values are nested more than %d deep", depthMost)
	}
	return l
}

// afterEnd tells whether token i is the first after the end of a document.
func afterEnd(tokens token.Tokens, i int) bool {
	for i--; i >= 0 && tokens[i].Type == token.CommentType; i-- {
		continue
	}
	return i >= 0 && tokens[i].Type == token.DocumentEndType
}

// tooDeep is the first token that opens a level beyond depthMost: levels are brackets
// and, outside them, columns at which entries begin.
func tooDeep(tokens token.Tokens) *token.Token {
	flow := 0
	var columns []int
	for i, tk := range tokens {
		switch tk.Type {
		case token.SequenceStartType, token.MappingStartType:
			flow++
		case token.SequenceEndType, token.MappingEndType:
			flow = max(0, flow-1)
		case token.SequenceEntryType, token.MappingValueType:
			if flow == 0 {
				columns = openColumn(columns, entryColumn(tokens, i))
			}
		}
		if flow+len(columns) > depthMost {
			return tk
		}
	}
	return nil
}

// entryColumn is where the entry of a dash or colon begins.
func entryColumn(tokens token.Tokens, i int) int {
	if tokens[i].Type == token.MappingValueType && i > 0 {
		return tokens[i-1].Position.Column
	}
	return tokens[i].Position.Column
}

// openColumn leaves the levels at or right of a column and opens that one.
func openColumn(columns []int, column int) []int {
	for len(columns) > 0 && columns[len(columns)-1] >= column {
		columns = columns[:len(columns)-1]
	}
	return append(columns, column)
}

// tokenPlace is where a token stands.
func (t *text) tokenPlace(tk *token.Token) diag.Place {
	start := t.at(tk.Position.Line, tk.Position.Column)
	return t.span(start, start+len(strings.TrimSpace(tk.Value)))
}
