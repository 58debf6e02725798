// SPDX-License-Identifier: Apache-2.0

package tree

import "strings"

// misplaced is the first node that does not stand where it says: outside the
// node around it, before the one ahead of it, or, written without quotes, not
// as its own text. Edits trust these places to the byte, so a text of which
// one cannot be told is refused. It is nil when all is well.
func misplaced(n *Node, source string, from, to int) *Node {
	if n.Start < from || n.End < n.Start || n.End > to {
		return n
	}
	written := source[n.Start:n.End]
	if n.Kind == Scalar && n.Style == Plain && !strings.Contains(written, "\n") && n.Text != written {
		return n
	}
	at := n.Start
	for _, e := range n.Entries {
		if bad := misplaced(e.Key, source, at, n.End); bad != nil {
			return bad
		}
		if e.After < e.Key.End || e.After > n.End || e.Colon && source[e.After-1] != ':' {
			return e.Key
		}
		if bad := misplaced(e.Value, source, e.After, n.End); bad != nil {
			return bad
		}
		at = max(e.After, e.Value.End)
	}
	for _, i := range n.Items {
		if bad := misplaced(i, source, at, n.End); bad != nil {
			return bad
		}
		at = i.End
	}
	return nil
}
