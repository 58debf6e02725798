// SPDX-License-Identifier: Apache-2.0

package draw

// Named is the factor of something that has a name and no slot of its own: an index, the jumps of what has no
// slot for them. It is beyond all slots.
func Named(name string) Factor { return Factor(1<<30 | hash63(name)>>33) }

// hash63 numbers a name: FNV-1a of 64 bits, less the highest (Fowler, Noll and Vo 1991, "FNV hash").
func hash63(name string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(name) {
		h = (h ^ uint64(name[i])) * 1099511628211
	}
	return h &^ (1 << 63)
}
