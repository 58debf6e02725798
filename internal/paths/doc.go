// SPDX-License-Identifier: Apache-2.0

// Package paths runs agreements through sampled or expected worlds and gathers
// measures: the driver for the time before signing.
//
// A job is one agreement in one world. Jobs that share a world share its
// factors, so differences between them come from the same draws. Paths run in
// blocks of lanes and are gathered in chunks of 1,024, merged in order: the
// result does not depend on the number of lanes.
//
// Non-goals: real bills, markets of many agents (drivers of their own), and
// anything about one deal that is not a run (package value).
package paths
