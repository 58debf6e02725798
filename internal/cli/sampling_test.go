// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// The bar fits the screen, and says how much time is left: a quarter done in
// 3 seconds leaves 9.
func TestProgressLine(t *testing.T) {
	for _, width := range []int{20, 40, 80, 120} {
		line := progressLine(width, 4096, 16384, "paths", 3*time.Second)
		if len(line) > max(width, 34) || !strings.HasSuffix(line, "4096 of 16384 paths, 9s left") {
			t.Errorf("at %d columns: %q", width, line)
		}
	}
	line := progressLine(80, 4096, 16384, "paths", 3*time.Second)
	if n, all := strings.Count(line, "="), strings.Index(line, "]")-1; n != all/4 {
		t.Errorf("a quarter of the bar: %q", line)
	}
}

// What is not counted is shown as a share.
func TestProgressShare(t *testing.T) {
	if line := progressLine(80, 25, 100, "", 3*time.Second); !strings.HasSuffix(line, "] 25%, 9s left") || len(line) > 80 {
		t.Errorf("%q", line)
	}
}

// Nothing of it goes into a pipe.
func TestProgressIsForTerminals(t *testing.T) {
	var out bytes.Buffer
	p := newProgress(&out)
	p.began = time.Now().Add(-time.Hour)
	p.show(1, 2)
	p.clear()
	if out.Len() > 0 {
		t.Errorf("%q", out.String())
	}
}
