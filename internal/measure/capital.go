// SPDX-License-Identifier: Apache-2.0

package measure

// FirstChequeCents is the provider's first purchase of shares; 0 where it makes
// none.
func (s *Setting) FirstChequeCents() float64 { return s.firstCheque() }
