// SPDX-License-Identifier: Apache-2.0

package measure

// unmet puts the value of need that the market cannot meet in the place of the
// market price, for the units taken beyond its capacity.
func (b *Book) unmet(t int, next, taken, resold, market []float64) {
	if b.s.MarketCapacityLanes == nil && b.s.UnmetLanes == nil {
		limit, unmet := b.s.MarketCapacity[t], b.s.UnmetCents
		for i := range next {
			over := max(0, taken[i]-resold[i]-limit)
			next[i] += float64(over*unmet) - float64(over*market[i])
		}
		return
	}
	for i := range next {
		limit, unmet := b.s.MarketCapacity[t], b.s.UnmetCents
		if b.s.MarketCapacityLanes != nil {
			limit = b.s.MarketCapacityLanes[t][i]
		}
		if b.s.UnmetLanes != nil {
			unmet = b.s.UnmetLanes[i]
		}
		over := max(0, taken[i]-resold[i]-limit)
		next[i] += float64(over*unmet) - float64(over*market[i])
	}
}
