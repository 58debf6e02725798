// SPDX-License-Identifier: Apache-2.0

// Package sample reads the clock where it must not.
package sample

import "time"

func clock(stamp time.Time) (time.Time, bool) {
	read := time.Now    // want sample uses time.Now
	where := time.Local // want sample uses time.Local
	leap := time.Date(2028, 2, 29, 0, 0, 0, 0, where)
	return read().Add(time.Hour), stamp.After(leap)
}
