// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"strings"
	"testing"
)

func testSale(change func(*Sale)) *Sale {
	c := NewSale()
	c.head, c.Of = Head{ID: "exit", From: "cloud", To: "lab"}, []string{"series"}
	if change != nil {
		change(c)
	}
	return c
}

// 3,000 cents at 0.00001 a share are three million shares in three parts. A quarter of
// what has been bought may be sold in the year: 0.25 million after the first part is
// there, then a quarter of each that comes.
func TestSale(t *testing.T) {
	price := 1e-5
	e := testEquity(3000)
	e.PerShare, e.At = &price, days("2027-01-15", "2027-03-01", "2027-05-31")
	choose := map[string][]float64{"exit.sell": steps(6, 1e18)}
	got := play{grid: evenGrid(t, "2027-01-01", 6, 0), choose: choose, value: 100}.through(t, e, testPrice(), testSale(func(c *Sale) { c.Most = 0.25 }))
	wantSteps(t, "sold", got.flows["exit.sale"], 0, million(0.25), 0, million(0.25), 0, million(0.25))
	got = play{grid: evenGrid(t, "2027-01-01", 6, 0), choose: choose, value: 100}.through(t, e, testPrice(), testSale(nil))
	wantSteps(t, "all sold", got.flows["exit.sale"], 0, million(1), 0, million(1), 0, million(1))
}

func TestSaleCheck(t *testing.T) {
	e := testEquity(3000)
	e.head.ID = "series"
	for _, c := range []struct {
		change func(*Sale)
		want   string
	}{
		{func(c *Sale) { c.head.From = "bank" }, "SALE-HOLDER at of[0]"},
		{func(*Sale) { e.Preference = &Preference{Multiple: 1} }, "SALE-PREFERENCE at of[0]"},
		{func(c *Sale) { e.Preference, c.Of = nil, []string{"series", "series"} }, "SALE-TWICE at of[1]"},
	} {
		s, found := testSale(c.change), &reports{}
		in := batterySetting(1)
		in.Clauses = []Clause{e, s}
		if s.Check(in, found); !strings.Contains(strings.Join(found.faults, " "), c.want) {
			t.Errorf("%v, want %s", found.faults, c.want)
		}
	}
}
