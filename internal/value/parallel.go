// SPDX-License-Identifier: Apache-2.0

package value

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// inParallel does n pieces of work on some workers, 0 for as many as there are processors, each piece by its number; false
// if one of them said not to go on.
func inParallel(workers, n int, do func(i int) bool) bool {
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var next atomic.Int64
	var stopped atomic.Bool
	var wait sync.WaitGroup
	for range min(workers, n) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && !stopped.Load(); i = int(next.Add(1)) - 1 {
				if !do(i) {
					stopped.Store(true)
				}
			}
		})
	}
	wait.Wait()
	return !stopped.Load()
}
