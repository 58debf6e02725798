// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"slices"
	"strings"

	"offtake/internal/deal/read"
	"offtake/internal/field"
)

// A report takes what the Check of a clause or of the world finds, with paths that are
// relative to it. It passes on what would hold whatever stood in place of the values
// that could not be read.
type report struct {
	r       *read.Reader
	base    string
	held    []string // codes that are not passed on
	misread []string // paths of values that could not be read
}

// Fault passes a fault on.
func (t report) Fault(code, path, hint, format string, args ...any) {
	if t.holds(code, path) {
		t.r.Fault(code, t.r.Place(t.base+"."+path), hint, format, args...)
	}
}

// Warn passes a warning on.
func (t report) Warn(code, path, hint, format string, args ...any) {
	if t.holds(code, path) {
		t.r.Warn(code, t.r.Place(t.base+"."+path), hint, format, args...)
	}
}

var _ field.Report = report{}

// holds tells whether what is found at a path rests on nothing that could not be read.
func (t report) holds(code, path string) bool {
	if slices.Contains(t.held, code) {
		return false
	}
	if len(t.misread) == 0 {
		return true
	}
	on, told := rests[code]
	if !told {
		return false
	}
	names := []string{path}
	if on != itself {
		names = append(names, strings.Fields(on)...)
	}
	for _, name := range names {
		at := read.Clean(t.base + "." + name)
		for _, bad := range t.misread {
			if read.Within(at, bad) || read.Within(bad, at) {
				return false
			}
		}
	}
	return true
}

// held are the codes that would follow from what could not be read.
func (p *parse) held() []string {
	var held []string
	for _, c := range Codes {
		if p.brokenClauses && c.follows == ofClauses || p.brokenParties && c.follows == ofParties || p.brokenWorld && c.follows == ofWorld {
			held = append(held, c.Name)
		}
	}
	return held
}

// itself is what a diagnostic rests on that only reads the value it is at.
const itself = "."

// rests says, of each kind of diagnostic of clauses and of the world, which fields it
// rests on beside the one it is at. One that is not here is not passed on where anything
// in the clause could not be read.
var rests = map[string]string{
	"AVAILABILITY-REMEDY":  "make_up carry_forward deferral deficiency_as deficiency run_on charged period survives",
	"BACKSTOP-BUYER":       itself,
	"CAPACITY-CONSTANT":    itself,
	"CAPACITY-BEYOND":      itself,
	"CASH-SHORT":           "default",
	"CASH-WEIGHTED":        "default",
	"CATEGORY-SHARES":      "counts",
	"CHARGE-BASIS":         "per",
	"COLLAR-CROSSED":       "indexed review floor cap",
	"COMMITMENTS-PARALLEL": "within after starts ends milestones",
	"CONVERSION-NEVER":     "conversion matures",
	"CORRELATION-MATRIX":   "correlations",
	"CORRELATION-PAIR":     "correlations",
	"CORRELATION-STILL":    "correlations need list_price market_price lab_value cost delivery market_capacity other_inflow default indexes",
	"COST-MISSING":         "cost",
	"COUNTS-AFTER":         "after",
	"CREDIT-OVER":          "credited",
	"CREDITS-NOT-SUPPLIER": "from",
	"DATE-OUTSIDE-TERM":    itself,
	"DATES-ORDER":          "at",
	"DECLINE-ORDER":        "declines",
	"DEFAULT-HOW":          "default",
	"DEFAULT-RUNS-ON":      "estate step_in",
	"DEFAULT-WHOSE":        "from to of",
	"DEFERRAL-NO-NEXT":     "deferral period",
	"DELIVERY-ABOVE-1":     itself,
	"DISTRIBUTION-BEYOND":  itself,
	"DISTRIBUTION-ORDER":   itself,
	"EVENT-UNKNOWN":        itself,
	"EXTENSION-OF":         itself,
	"EXTENSION-TWICE":      itself,
	"EXTENSION-WHICH":      "of minimum",
	"SALE-HOLDER":          "of from",
	"SALE-PREFERENCE":      "of from",
	"SALE-TWICE":           itself,
	"FAILURE-BUYER":        itself,
	"FOLLOWS-STILL":        "default need list_price market_price lab_value cost delivery market_capacity other_inflow indexes",
	"GENERATION-ORDER":     itself,
	"GRACE-LONG":           "grace",
	"GRANT-OWN":            itself,
	"GRANT-TWICE":          "at",
	"GUARANTEE-CAP":        "cap",
	"GUARANTEE-FEE":        "fee",
	"GUARANTEE-FOR":        "for",
	"HARDWARE-COST-TWICE":  "how",
	"HARDWARE-NOTHING":     "lowers_price lowers_cost title",
	"HARDWARE-RESIDUAL":    "how title residual",
	"HOUR-LOAD":            "period milestones",
	"HOUR-REMEDY":          "make_up carry_forward deferral deficiency_as settle run_on milestones",
	"HURDLE-UNUSED":        itself,
	"INDEX-UNKNOWN":        "from",
	"INDEXED-NOT-FIXED":    "fixed indexed",
	"INTERVAL-ORDER":       itself,
	"INTERVAL-ZERO":        itself,
	"INTRO-ORDER":          "intro",
	"INTRO-PRICE":          "intro",
	"LADDER-ORDER":         "ladder",
	"LEASE-BEYOND":         "starts term",
	"LEASE-NOTHING":        "from to units_per_gw lowers_cost",
	"LEASE-OUTLAY":         "outlay",
	"LEASE-PARTY":          "from to",
	"LEASE-POWER":          "gw per units_per_gw",
	"LEASE-RESIDUAL":       "residual purchase outlay",
	"LEASE-TERM":           itself,
	"LOAN-MATURES":         "at",
	"LOAN-ONLY-FOR":        "to",
	"LOAN-PIK-LEVEL":       "repay",
	"LOAN-TABLE":           "principal",
	"MILESTONE-ORDER":      "milestones starts",
	"MILESTONE-SCHEDULE":   "schedule ends settle period",
	"NET-STEP":             itself,
	"NOTE-NONE":            "security then",
	"NOTICE-LATE":          "notice since until after",
	"OPENS-BELOW-LIMIT":    "opens limit",
	"OPENS-BY":             "opens",
	"OPENS-LEVEL":          "opens",
	"OPENS-OVER-LIMIT":     "opens limit",
	"OPENS-TWICE":          "opens",
	"PARTY-ROLE":           itself,
	"PARTY-SAME":           "from to",
	"PARTY-UNKNOWN":        itself,
	"PER-GW-ORDER":         "per_gw",
	"PERIOD-STEP":          itself,
	"PREPAID-PARTS":        "payments",
	"PREPAID-TIMES":        "payments",
	"PRICE-NET":            "net since until",
	"PRICE-TWICE":          "fixed discount tiers",
	"PROBABILITY-SUM":      itself,
	"PROCESS-HERE":         itself,
	"RAMP-ORDER":           "ramp",
	"REBASE-NOTHING":       "fixed discount tiers rebase",
	"REGIME-MISSING":       "regimes",
	"REGIME-STATES":        "regimes",
	"REGIME-UNKNOWN":       "regimes",
	"RELEASE-OVER":         "release",
	"REMEDY-NO-LATER":      "period settle make_up carry_forward deferral deficiency_as milestones ends",
	"REMEDY-TWICE":         "make_up",
	"REVIEW-INDEX":         "review",
	"REVIEW-NEVER":         "review",
	"REVIEW-TIERS":         "review tiers",
	"RIGHT-BLOCKS":         "from",
	"ROUND-STEP":           "rounds",
	"ROUND-TOO-SMALL":      "amount",
	"RUN-ON-LATE":          "ends starts milestones",
	"SCHEDULE-LENGTH":      "period starts ends",
	"SCHEDULE-SUM":         "total period milestones",
	"SCHEDULE-WIDTH":       "schedule",
	"SECURITY-SAME":        "security then",
	"SHARE-PRICE-MISSING":  "from",
	"SHARE-PRICE-OWN":      "from",
	"SHARE-PRICE-TWICE":    "pre_money price_per_share within conversion",
	"SHARES-NONE":          "security then conversion",
	"SPAN-MONTHS":          "expires",
	"STACK-ALONE":          "after",
	"STACK-TWICE":          "within",
	"SURVIVES-EXIT":        "exit",
	"SWITCHING-NOTICE":     "notice",
	"SWITCHING-TRANSITION": "transition",
	"TABLE-LENGTH":         itself,
	"THRESHOLD-BELOW-TAKE": "take carry_forward",
	"TIER-MISSING":         "tiers",
	"TIER-ORDER":           "tiers",
	"VALUE-MISSING":        "market_capacity need",
	"VALUE-TWICE":          "lab_value feedback",
	"WINDOW-EMPTY":         "since until starts ends",
}
