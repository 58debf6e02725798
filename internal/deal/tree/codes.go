// SPDX-License-Identifier: Apache-2.0

package tree

// The codes of what is wrong with a text before anybody asks what it means.
const (
	codeSize      = "FILE-SIZE"
	codeUTF8      = "FILE-UTF8"
	codeControl   = "FILE-CONTROL"
	codeEmpty     = "FILE-EMPTY"
	codeSyntax    = "YAML-SYNTAX"
	codeDepth     = "YAML-DEPTH"
	codeAnchor    = "YAML-ANCHOR"
	codeAlias     = "YAML-ALIAS"
	codeMerge     = "YAML-MERGE"
	codeTag       = "YAML-TAG"
	codeDirective = "YAML-DIRECTIVE"
	codeDocuments = "YAML-DOCUMENTS"
	codeKey       = "YAML-KEY"
	codeTwice     = "YAML-KEY-TWICE"
)
