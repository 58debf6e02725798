// SPDX-License-Identifier: Apache-2.0

package screen

// A Vertical link joins a supplier of an input (upstream) and a seller of what is made with it (downstream), whose rival buys the
// input too. Margins are shares of prices.
type Vertical struct {
	InputPrice    float64 // that the rival pays for a unit of input: W_R
	InputMargin   float64 // of the supplier on its sales to the downstream firm of the link: M_U
	OwnInputPrice float64 // that this firm pays for a unit: W_U
	Price, Margin float64 // of the downstream firm: P_D, M_D
	RivalPrice    float64 // of the rival: P_R
	DiversionDown float64 // what the downstream firm gains of each unit that the supplier loses with the rival: DR_UD
	DiversionUp   float64 // what the supplier gains with the rival of each unit that the downstream firm loses: DR_DU
	PassThrough   float64 // what of a rise of the input's price the supplier passes on to the rival: PTR
}

// Pressure is how much more each would ask once the link is there, before what it saves: gross upward pricing
// pressure, as shares of prices (Moresi and Salop 2013, "vGUPPI: Scoring unilateral pricing incentives in vertical mergers").
type Pressure struct {
	Upstream   float64 // on the input's price to the rival: vGUPPIu
	Rival      float64 // on the rival's own price: vGUPPIr
	Downstream float64 // on the downstream firm's price: vGUPPId, before the double margin that falls away
}

// Pressure computes
//
//	vGUPPIu = DR_UD M_D P_D / W_R,  vGUPPIr = vGUPPIu PTR W_R / P_R,  vGUPPId = DR_DU M_U W_U / P_D
func (v Vertical) Pressure() Pressure {
	up := v.DiversionDown * v.Margin * v.Price / v.InputPrice
	return Pressure{
		Upstream:   up,
		Rival:      up * v.PassThrough * v.InputPrice / v.RivalPrice,
		Downstream: v.DiversionUp * v.InputMargin * v.OwnInputPrice / v.Price,
	}
}

// A Foreclosure is a supplier that would sell no more to a rival of the firm it is linked to.
type Foreclosure struct {
	UpstreamMargin   float64 // lost a unit of input, in money
	DownstreamMargin float64 // won a unit of the product, in money
	Diversion        float64 // units won downstream for each unit of input not sold
	Interest         float64 // the supplier's share of the downstream firm's profit: 1 if it owns it
}

// Gain is what a unit not sold brings: foreclosing pays if it is above zero (vertical arithmetic: Salop and Culley 2016,
// "Revising the US vertical merger guidelines: policy issues and an interim guide for practitioners").
func (f Foreclosure) Gain() float64 {
	return float64(f.Interest*f.Diversion*f.DownstreamMargin) - f.UpstreamMargin
}

// CriticalDiversion is the diversion above which it pays; infinite where nothing is won downstream.
func (f Foreclosure) CriticalDiversion() float64 {
	return f.UpstreamMargin / (f.Interest * f.DownstreamMargin)
}

// StakePressure is the pressure on a firm's own price of a stake in a rival to which it loses customers, as a share of its
// price: the stake times the diversion to the rival, the rival's margin and the ratio of the rival's price to its own (O'Brien and
// Salop 2000, "Competitive effects of partial ownership: financial interest and corporate control").
func StakePressure(stake, diversion, rivalMargin, rivalPrice, price float64) float64 {
	return stake * diversion * rivalMargin * rivalPrice / price
}
