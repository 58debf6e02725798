// SPDX-License-Identifier: Apache-2.0

package options

// A Firm is a company whose value, of all its claims together, is lognormal.
type Firm struct{ Value, Volatility float64 }

// Warrants are rights to new shares, all of them alike.
type Warrants struct {
	Number         float64
	SharesEach     float64 // that one warrant buys
	Strike         float64 // of a share
	Years          float64
	ExistingShares float64
}

// Each is the value of one warrant: that of options on the firm's value a share, less the dilution that exercise brings
// (Galai and Schneller 1978, "Pricing of warrants and the value of the firm"). The firm's value has the warrants' in it.
func (w Warrants) Each(firm Firm, rate float64) float64 {
	call, _ := BlackScholes(firm.Value/w.ExistingShares, w.Strike, rate, 0, firm.Volatility, w.Years)
	return w.SharesEach * w.ExistingShares / (w.ExistingShares + float64(w.Number*w.SharesEach)) * call
}

// Preferred values preferred shares, which on a sale of the firm in so many years get the preference or convert into
// the stake of common ones, whichever is more, and the common shares, which get the rest: the firm, less a call on it
// above the preference, and the stake of one above preference/stake (Metrick and Yasuda 2010, "Venture capital and the finance of
// innovation"). The preference is not negative, the stake above zero and at most one.
func Preferred(firm Firm, preference, stake, rate, years float64) (preferred, common float64) {
	above := func(strike float64) float64 {
		call, _ := BlackScholes(firm.Value, strike, rate, 0, firm.Volatility, years)
		return call
	}
	common = above(preference) - float64(stake*above(preference/stake))
	return firm.Value - common, common
}

// Subvention is what a lender gives away by a loan below the market's rate: its face less the present value of its
// payments, interest at the end of each period and the face with the last. Rates are fractions a period, above -1
// (Brennan, Maksimovic and Zechner 1988, "Vendor financing", for what it is).
func Subvention(face, rate, market float64, periods int) float64 {
	discount, annuity := 1.0, 0.0
	for range periods {
		discount /= 1 + market
		annuity += discount
	}
	return face * (1 - discount - float64(rate*annuity))
}

// An Auction is what each expects of a sale by sealed bids, in which the highest bidder pays its bid: the seller, a rival, and
// the bidder who may hold a right.
type Auction struct{ Seller, Rival, Holder float64 }

// Total is what the sale is worth to all.
func (a Auction) Total() float64 { return a.Seller + a.Rival + a.Holder }

// FirstRefusal says what one of two bidders gains by the right to take the thing at the other's bid, and what the others
// lose. Values are independent and uniform from 0 to highest. Without the right both bid half their value. With it
// the rival wins at a bid b if the holder's value is below: it makes (v-b) b/highest the largest, and bids half its value
// again, and the holder pays that whenever its own value is above (Burguet and Perry 2009, "Preferred suppliers in auction markets",
// and Choi 2009, "A rent extraction theory of right of first refusal", treat such rights; the integrals are ours).
func FirstRefusal(highest float64) (without, with Auction) {
	part := func(seller, rival, holder float64) Auction {
		return Auction{highest * seller, highest * rival, highest * holder}
	}
	return part(1.0/3, 1.0/6, 1.0/6), part(1.0/4, 1.0/12, 7.0/24)
}
