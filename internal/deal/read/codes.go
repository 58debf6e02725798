// SPDX-License-Identifier: Apache-2.0

package read

// The codes of what is wrong with one value.
const (
	codeUnknown   = "FIELD-UNKNOWN"
	codeMissing   = "FIELD-MISSING"
	codeEmpty     = "FIELD-EMPTY"
	codeKind      = "FIELD-KIND"
	codeListEmpty = "LIST-EMPTY"
	codeOneOf     = "ONE-OF-NONE"
	codeOneOfTwo  = "ONE-OF-TWICE"
	codeChoice    = "CHOICE-UNKNOWN"
	codeParty     = "PARTY-UNKNOWN"
	codeRef       = "REF-UNKNOWN"
	codeQualifier = "QUALIFIER-HERE"
	codeLow       = "VALUE-TOO-LOW"
	codeHigh      = "VALUE-TOO-HIGH"
	codeText      = "TEXT-FORM"
	codeAmount    = "AMOUNT-FORM"
	codeRate      = "RATE-FORM"
	codeNumber    = "NUMBER-FORM"
	codeCount     = "COUNT-FORM"
	codeDate      = "DATE-FORM"
	codeSpan      = "SPAN-FORM"
	codeFlag      = "FLAG-FORM"
	codeMany      = "FAULTS-MANY"

	codeCertain       = "NUMBER-CERTAIN"
	codeIntervalUnit  = "INTERVAL-UNIT"
	codeIntervalOrder = "INTERVAL-ORDER"
)
