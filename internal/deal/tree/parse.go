// SPDX-License-Identifier: Apache-2.0

package tree

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"offtake/internal/diag"
)

// Parse reads a text. The node is nil if the list has a fault that leaves nothing to
// read; else it is the document's one value, a Map, and the faults are of keys that
// stand twice.
func Parse(file string, source []byte) (*Node, diag.List) {
	if l := guard(file, source); len(l) > 0 {
		return nil, l
	}
	t := newText(file, source, normal(source))
	document, l := t.parse()
	if document == nil {
		if len(l) == 0 {
			l.Fault(codeEmpty, diag.Place{File: file, Line: 1, Column: 1}, "begin with the line offtake: 1", "the file says nothing")
		}
		return nil, l
	}
	c := converter{text: t}
	root := c.node(document)
	if root != nil && root.Kind != Map {
		c.list.Fault(codeSyntax, root.At, "begin with the line offtake: 1", "a deal is a mapping of names to values, not %v", root.Kind)
	}
	if c.broken || root == nil || root.Kind != Map {
		return nil, c.list
	}
	if bad := misplaced(root, string(source), 0, len(source)); bad != nil {
		c.list.Fault(codeSyntax, bad.At, "put one space after the colon, and no tabs", "where this value stands cannot be told for certain")
		return nil, c.list
	}
	return root, c.list
}

// syntaxError is what the library's errors have beside their text.
type syntaxError interface {
	error
	GetToken() *token.Token
	GetMessage() string
}

// parse has the library parse the normal form. A panic of the library is a fault of
// the text, for no text may stop the program.
func (t *text) parse() (document ast.Node, l diag.List) {
	defer func() {
		if p := recover(); p != nil {
			document, l = nil, nil
			l.Fault(codeSyntax, diag.Place{File: t.file, Line: 1, Column: 1}, "look for stray brackets, quotes and indentation", "the text cannot be read as YAML: %s", firstLine(fmt.Sprint(p)))
		}
	}()
	tokens := lexer.Tokenize(t.norm)
	if l = checkTokens(t, tokens); len(l) > 0 {
		return nil, l
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		l.Add(t.syntax(err))
		return nil, l
	}
	if len(file.Docs) == 0 {
		return nil, nil
	}
	return file.Docs[0].Body, nil
}

// syntax words the library's complaint.
func (t *text) syntax(err error) diag.Diagnostic {
	at, message := diag.Place{File: t.file, Line: 1, Column: 1}, firstLine(err.Error())
	var where syntaxError
	if errors.As(err, &where) {
		message = firstLine(where.GetMessage())
		if tk := where.GetToken(); tk != nil && tk.Position != nil {
			at = t.tokenPlace(tk)
		}
	}
	return diag.Diagnostic{Severity: diag.Fault, Code: codeSyntax, Place: at, Message: message, Hint: syntaxHint(t, at, message)}
}

// syntaxHint says what most often lies behind a complaint.
func syntaxHint(t *text, at diag.Place, message string) string {
	line := t.norm[t.lines[at.Line-1]:t.end(at.Line-1)]
	switch {
	case strings.HasPrefix(strings.TrimLeft(line, " "), "\t"):
		return "indent with spaces: YAML does not allow tabs"
	case strings.Contains(message, "quoted"):
		return "close the quote"
	case strings.Contains(message, "']'"), strings.Contains(message, "'}'"):
		return "close the bracket, and put commas between what is in it"
	case strings.Contains(message, "mapping value"):
		return "put text that holds a colon in quotes, or start a new line and indent it"
	case strings.Contains(message, "reserved"):
		return "put the text in quotes"
	}
	return "check the indentation, and the quotes, brackets and colons near here"
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	return strings.TrimSuffix(s, ".")
}
