// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// steps are cash and values by step, undiscounted; index 0 is the signing. A book
// of totals only keeps none of them.
type steps struct {
	kept   bool
	paid   [][]float64 // cash for compute, net, buyer to supplier
	spend  [][]float64 // usage less discount, when billed
	draws  [][]float64 // draws on the provider's facilities
	lent   [][]float64 // what else the provider finances the lab with
	cost   [][]float64 // units x headline opportunity cost
	market [][]float64 // units x market price
	next   [][]float64 // units x next-best cost
	cash   [][]float64 // the provider's cash, got less paid, from the signing on
	spent  [][]float64 // spend from the start on
	lab    [][]float64 // what instruments bring the lab less what they take from it, in money and in kind
	bought [][]float64 // what other holders pay the parties for their shares
	// By holder: cheques and draws that it pays; what instruments bring it less
	// what they take from it.
	capital, gifts [][][]float64
}

func (st *steps) make(s *Setting, lanes int) {
	st.kept = true
	st.capital, st.gifts = make([][][]float64, len(s.Holders)), make([][][]float64, len(s.Holders))
	for _, m := range st.all() {
		*m = columns(s.grid().Steps()+1, lanes)
	}
}

func (st *steps) all() []*[][]float64 {
	out := []*[][]float64{&st.paid, &st.spend, &st.draws, &st.lent, &st.cost, &st.market, &st.next, &st.cash, &st.spent, &st.lab, &st.bought}
	for h := range st.capital {
		out = append(out, &st.capital[h], &st.gifts[h])
	}
	return out
}

// begin carries running sums on to step t.
func (st *steps) begin(t int) {
	if st.kept && t >= 0 {
		vec.Copy(st.cash[t+1], st.cash[t])
		vec.Copy(st.spent[t+1], st.spent[t])
	}
}

// observe adds a flow of step t.
func (st *steps) observe(t int, f contract.Posting, x *lineInfo, promised bool) {
	if !st.kept {
		return
	}
	cash := st.cash[t+1]
	switch {
	case x.cash && x.to == 0:
		vec.Accumulate(cash, f.Amount)
	case x.cash && x.from == 0:
		vec.Sub(cash, cash, f.Amount)
	}
	if promised && x.role == contract.Use {
		vec.AddScaled(st.spend[t+1], f.Amount, x.sign)
		vec.AddScaled(st.spent[t+1], f.Amount, x.sign)
	}
	switch {
	case x.moves() || x.role == contract.Resale:
		return // of no party's capital; what is resold is valued with the units
	case x.instrument():
		st.observeInstrument(t, f, x)
		return
	case x.role == contract.Cheque && x.kind:
		st.observeInstrument(t, f, x)
	}
	switch {
	case !x.cash:
	case x.role == contract.Cheque || x.role == contract.Draw:
		if x.from >= 0 {
			vec.Accumulate(st.capital[x.from][t+1], f.Amount)
		}
		if x.from == 0 && x.role == contract.Draw {
			vec.Accumulate(st.draws[t+1], f.Amount)
		}
	default:
		vec.AddScaled(st.paid[t+1], f.Amount, x.sign)
	}
}

// observeInstrument adds a flow of X.
func (st *steps) observeInstrument(t int, f contract.Posting, x *lineInfo) {
	if !x.cash && !x.kind {
		return
	}
	if x.to >= 0 {
		vec.Accumulate(st.gifts[x.to][t+1], f.Amount)
	}
	if x.from >= 0 {
		gave := st.gifts[x.from][t+1]
		vec.Sub(gave, gave, f.Amount)
	}
	if x.lab != 0 {
		vec.AddScaled(st.lab[t+1], f.Amount, x.lab)
	}
	switch {
	case x.role == contract.Sold:
		vec.Accumulate(st.bought[t+1], f.Amount)
	case x.role == contract.Lend && x.from == 0 && x.lab > 0:
		vec.Accumulate(st.lent[t+1], f.Amount)
	}
}
