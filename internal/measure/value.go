// SPDX-License-Identifier: Apache-2.0

package measure

// parts are the parts of the bargain's value.
func parts(s *Setting) []Measure {
	out := []Measure{
		column("overcharge", "", Money, "O: what compute is billed above the market price", func(b *Book) []float64 { return b.parts.Overcharge }, overchargeSources),
		column("deficiency_value", "", Money, "F: deficiency billed, net of make-up later used", func(b *Book) []float64 { return b.parts.Deficiency }, deficiencySources),
		column("supply_gain", "", Money, "G: market price above the provider's opportunity cost, under the headline cost",
			func(b *Book) []float64 { return b.parts.Gain[s.Headline] }, gainSources(s, s.Headline)),
		column("surplus", "", Money, "S: the lab's next-best cost of compute above the market price", func(b *Book) []float64 { return b.parts.Surplus }, surplusSources),
		column("options", "", Money, "X: rights to draw given by the provider, at what a draw gives away", func(b *Book) []float64 { return b.parts.Options }, optionSources),
		column("credit_loss", "", Money, "L: billed and not paid, less what the estate pays", func(b *Book) []float64 { return b.parts.CreditLoss }, lossSources),
		column("deadweight", "", Money, "W: what a default costs the provider beyond that", func(b *Book) []float64 { return b.parts.Deadweight }, deadweightSources),
	}
	for k, c := range s.Costs {
		out = append(out, column("supply_gain_if_"+c.Name, "", Money, "G with the opportunity cost seen as "+c.Name,
			func(b *Book) []float64 { return b.parts.Gain[k] }, gainSources(s, k)))
	}
	return out
}

// values are what each side's bargain is worth. Both are computed from flows;
// a test holds them to the parts.
func values(s *Setting) []Measure {
	provider, lab := s.Program.Supplier(), s.Program.Buyer()
	out := []Measure{
		{Name: "npv", Party: provider, Unit: Money, Doc: "net present value of the deal to the provider under the headline cost", Sources: npvSources(s, s.Headline),
			Value: func(b *Book, out []float64) { b.NPVProvider(out, s.Headline) }},
		{Name: "npv", Party: lab, Unit: Money, Doc: "net present value of the deal to all holders of the lab who are not a party", Sources: npvOthersSources,
			Value: func(b *Book, out []float64) { b.NPVOthers(out) }},
	}
	for h := 1; h < len(s.Holders); h++ {
		out = append(out, Measure{Name: "npv", Party: s.Holders[h].Party, Unit: Money, Sources: npvThirdSources(h),
			Doc:   "net present value of the deal to the party: the change of its stake, less its cheques and what its draws give away",
			Value: func(b *Book, out []float64) { b.NPVThird(out, h) }})
	}
	if s.Expected && s.CanDefault {
		out = append(out, Measure{Name: "default_loss", Party: provider, Unit: Money, Sources: uses(npvSources(s, s.Headline)),
			Doc: "the provider's net present value if the lab could not default, less its net present value",
			Value: func(b *Book, out []float64) {
				without := make([]float64, len(out))
				b.NPVProvider(out, s.Headline)
				b.agreed.NPVProvider(without, s.Headline)
				for i := range out {
					out[i] = without[i] - out[i]
				}
			}})
	}
	for k, c := range s.Costs {
		out = append(out, Measure{Name: "npv_if_" + c.Name, Party: provider, Unit: Money,
			Doc: "the provider's net present value with its opportunity cost seen as " + c.Name, Sources: npvSources(s, k),
			Value: func(b *Book, out []float64) { b.NPVProvider(out, k) }})
	}
	return out
}
