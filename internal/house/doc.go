// SPDX-License-Identifier: Apache-2.0

// Package house holds the tests that keep the tree in order; it has no code of its own and nothing
// imports it.
//
// # Goals
//
// Rules of the project that a compiler does not know are checked on every run of the tests, and each
// check is itself tried on a sample that must fail:
//
//   - no floating product flows unrounded into a sum, and no function of package math whose bits differ
//     between machines is used (floats_test.go on the source, fusion_test.go on what the compiler does);
//   - imports run one way, and only the outermost packages reach files, network and clock (imports.txt);
//   - files and functions stay small (exceptions, each with its reason, in sizes.txt), every package has
//     a doc.go, every Go file begins with the licence line;
//   - no file names the machine it was written on, and none has a note of unfinished work.
//
// # Non-goals
//
// Style that gofmt and go vet own, and anything about what the packages compute.
package house
