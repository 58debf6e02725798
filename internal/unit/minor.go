// SPDX-License-Identifier: Apache-2.0

package unit

// MinorPerMajor is how many minor units (cents) make one unit of any currency
// that a deal may be written in.
const MinorPerMajor = 100
