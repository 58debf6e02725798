// SPDX-License-Identifier: Apache-2.0

// Package tree reads the text of a deal file into nodes that know where they stand:
// to the byte for editing, to the line and column for messages.
//
// Goals: the plain part of YAML only, so that a file means what it looks like
// (anchors, aliases, merge keys, tags, directives, several documents and keys that
// are not plain names are refused, each by its own fault); scalars stay the text
// that was written, so that 5B, 10% and 2026-05-01 are read by whoever knows what
// they are; hostile text is refused before it costs time or memory.
//
// Non-goals: meaning (package deal), comments (they stay in the text), writing
// anything but single scalars.
package tree
