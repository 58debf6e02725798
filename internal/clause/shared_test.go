// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"sync"
	"testing"
)

// One program runs in many contracts at once: clauses hold nothing but what
// was agreed. (The race detector watches when it is on.)
func TestProgramsAreShared(t *testing.T) {
	p := richProgram(t)
	want, _ := digests(p, 4, 0)
	var wait sync.WaitGroup
	got := make([][]string, 4)
	for i := range got {
		wait.Go(func() { got[i], _ = digests(p, 4, 0) })
	}
	wait.Wait()
	for i := range got {
		for lane := range want {
			if got[i][lane] != want[lane] {
				t.Errorf("contract %d, lane %d: another history than alone", i, lane)
			}
		}
	}
}
