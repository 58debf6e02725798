// SPDX-License-Identifier: Apache-2.0

package draw

import "fmt"

// Factor names one source of randomness. Its number is part of every result ever drawn from it.
type Factor uint32

// The slots. A number, once given, is never given to another factor; that of a factor no longer drawn
// stays reserved. New factors take new numbers, in the list below too.
const (
	Need                Factor = 1
	FlexibleNeed        Factor = 2
	ListPrice           Factor = 3
	ListPriceJump       Factor = 4
	MarketPrice         Factor = 5
	MarketPriceJump     Factor = 6
	LabValue            Factor = 7
	LabValueJump        Factor = 8
	Cost                Factor = 9
	Delivery            Factor = 10
	DefaultTime         Factor = 11
	Recovery            Factor = 12
	Regime              Factor = 13
	Liquidity           Factor = 14
	Binding             Factor = 15
	OutsideFinance      Factor = 16
	Common              Factor = 17
	SupplierDefault     Factor = 18
	SupplierRecovery    Factor = 19
	ScarceCost          Factor = 20
	BuildCost           Factor = 21
	DeliveryShare       Factor = 22
	MarketCapacity      Factor = 23
	OtherInflow         Factor = 24
	NeedJump            Factor = 25
	NeedJumpSize        Factor = 26
	ListPriceJumpSize   Factor = 27
	MarketPriceJumpSize Factor = 28
	LabValueJumpSize    Factor = 29
)

// Reserved is one slot: a factor, its name, and what is drawn from it.
type Reserved struct {
	Factor Factor
	Name   string
	Use    string
}

// catalogue reserves every slot, in the order of the numbers.
var catalogue = [...]Reserved{
	{Need, "need", "firm need for compute, per step"},
	{FlexibleNeed, "flexible_need", "flexible need, per step"},
	{ListPrice, "list_price", "the provider's list price, per step"},
	{ListPriceJump, "list_price_jump", "jumps of the list price: how many, when"},
	{MarketPrice, "market_price", "price of the best alternative, per step"},
	{MarketPriceJump, "market_price_jump", "jumps of the market price: how many, when"},
	{LabValue, "lab_value", "equity value of the lab, per step"},
	{LabValueJump, "lab_value_jump", "jumps of the lab's value: how many, when"},
	{Cost, "cost", "the provider's cost per unit, per step"},
	{Delivery, "delivery", "delays of capacity, per generation"},
	{DefaultTime, "default_time", "when the lab defaults"},
	{Recovery, "recovery", "what is recovered from the lab"},
	{Regime, "regime", "hidden state shared by several processes"},
	{Liquidity, "liquidity", "when a liquidity event of the lab happens"},
	{Binding, "binding", "whether a mere intent is carried out, per clause"},
	{OutsideFinance, "outside_finance", "what the lab can raise elsewhere"},
	{Common, "common", "the common part of correlated factors"},
	{SupplierDefault, "supplier_default", "when the supplier defaults"},
	{SupplierRecovery, "supplier_recovery", "what is recovered from the supplier"},
	{ScarceCost, "scarce_cost", "what the provider's units would fetch from others, per step"},
	{BuildCost, "build_cost", "what it costs to build for a unit, per step"},
	{DeliveryShare, "delivery_share", "the share of promised capacity that is delivered, per step"},
	{MarketCapacity, "market_capacity", "how much there is at the market price, per step"},
	{OtherInflow, "other_inflow", "what the lab takes in from others, per step"},
	{NeedJump, "need_jump", "jumps of firm need: how many, when"},
	{NeedJumpSize, "need_jump_size", "jumps of firm need: how far"},
	{ListPriceJumpSize, "list_price_jump_size", "jumps of the list price: how far"},
	{MarketPriceJumpSize, "market_price_jump_size", "jumps of the market price: how far"},
	{LabValueJumpSize, "lab_value_jump_size", "jumps of the lab's value: how far"},
}

// Jumps returns the factors of how many jumps there are in what a factor moves and when, and of how far
// they go, where such are reserved.
func Jumps(of Factor) (jump, size Factor, reserved bool) {
	switch of {
	case Need:
		return NeedJump, NeedJumpSize, true
	case ListPrice:
		return ListPriceJump, ListPriceJumpSize, true
	case MarketPrice:
		return MarketPriceJump, MarketPriceJumpSize, true
	case LabValue:
		return LabValueJump, LabValueJumpSize, true
	}
	return 0, 0, false
}

// Factors returns every reserved slot in the order of their numbers.
func Factors() []Reserved { return append([]Reserved(nil), catalogue[:]...) }

// String returns the factor's name.
func (f Factor) String() string {
	for _, r := range catalogue {
		if r.Factor == f {
			return r.Name
		}
	}
	return fmt.Sprintf("factor %d", uint32(f))
}
