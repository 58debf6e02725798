// SPDX-License-Identifier: Apache-2.0

package reference

// bank is what was put by in periods, oldest first.
type bank []vintage

type vintage struct {
	made   int // period
	amount float64
}

func (b bank) sum() float64 {
	sum := 0.0
	for _, v := range b {
		sum += v.amount
	}
	return sum
}

// add puts an amount by.
func (b *bank) add(made int, amount float64) { *b = append(*b, vintage{made, amount}) }

// take uses an amount, oldest first. It takes no more than there is.
func (b bank) take(amount float64) {
	for i := range b {
		part := min(amount, b[i].amount)
		b[i].amount -= part
		amount -= part
	}
}

// lapse drops the vintages that can be used in no period after y, given for
// how many periods after its own each can, and returns what is lost.
func (b *bank) lapse(y, periods int) float64 {
	lost := 0.0
	var kept bank
	for _, v := range *b {
		if v.made+periods > y {
			kept = append(kept, v)
		} else {
			lost += v.amount
		}
	}
	*b = kept
	return lost
}

// empty drops all and returns it.
func (b *bank) empty() float64 {
	sum := b.sum()
	*b = nil
	return sum
}
