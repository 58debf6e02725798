// SPDX-License-Identifier: Apache-2.0

package house

import (
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// floatHome is the one package that may call what it likes: it owns exp, log and the kernels.
const floatHome = "internal/vec"

// exactMath are the functions of package math that return the same bits on every machine: one IEEE 754
// operation, or a rearrangement of bits. The others are approximations, some of them in assembly.
var exactMath = []string{
	"Abs", "Ceil", "Copysign", "Dim", "FMA", "Float32bits", "Float32frombits", "Float64bits", "Float64frombits",
	"Floor", "Frexp", "Ilogb", "Inf", "IsInf", "IsNaN", "Ldexp", "Logb", "Max", "Min", "Mod", "Modf", "NaN",
	"Nextafter", "Nextafter32", "Remainder", "Round", "RoundToEven", "Signbit", "Sqrt", "Trunc",
}

// TestNoFusedFloats holds every package outside vec to the rule that makes results the same on every
// machine: a floating product inside a sum or difference is rounded first, by an explicit conversion
// (Go specification, "Floating-point operators"), and approximate functions come from vec.
// TestCompilerFusesNothing checks the same of what the compiler makes of it.
func TestNoFusedFloats(t *testing.T) {
	for _, s := range sources(t) {
		if s.path != floatHome && !strings.HasPrefix(s.path, floatHome+"/") {
			report(t, floatFaults(s))
		}
	}
}

// TestFloatFaultsAreFound runs the check on testdata/floats: it must object to each line marked "want"
// with the words that follow, and to no other.
func TestFloatFaultsAreFound(t *testing.T) {
	sample, err := readSources(filepath.Join("testdata", "floats"))
	if err != nil {
		t.Fatal(err)
	}
	var faults, wanted []string
	for _, s := range sample {
		faults = append(faults, floatFaults(s)...)
		wanted = append(wanted, wants(s)...)
	}
	slices.Sort(faults)
	slices.Sort(wanted)
	if !slices.EqualFunc(faults, wanted, strings.HasPrefix) {
		t.Errorf("objected to\n\t%s\nwanted\n\t%s", strings.Join(faults, "\n\t"), strings.Join(wanted, "\n\t"))
	}
	if len(wanted) < 20 {
		t.Errorf("the sample has only %d faults", len(wanted))
	}
}

var wantMark = regexp.MustCompile(`^// want (.*)$`)

// wants returns "file:line: words" for each comment "want words".
func wants(s *source) (marks []string) {
	for _, file := range s.files {
		for _, group := range file.Comments {
			for _, comment := range group.List {
				if m := wantMark.FindStringSubmatch(comment.Text); m != nil {
					marks = append(marks, s.at(comment.Pos())+": "+m[1])
				}
			}
		}
	}
	return marks
}

// floatFaults lists what the package does that may give other bits on another machine.
func floatFaults(s *source) (faults []string) {
	for _, file := range s.files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BinaryExpr:
				if isSum(n.Op) && (isFreeProduct(s.info, n.X) || isFreeProduct(s.info, n.Y)) {
					faults = append(faults, s.at(n.OpPos)+": product inside a sum: write float64(x*y) or math.FMA")
				}
			case *ast.AssignStmt:
				if isSum(n.Tok) && isFreeProduct(s.info, n.Rhs[0]) {
					faults = append(faults, s.at(n.TokPos)+": product inside a sum: write float64(x*y) or math.FMA")
				}
			case *ast.Ident:
				if f, ok := s.info.Uses[n].(*types.Func); ok && f.Pkg() != nil && f.Pkg().Path() == "math" && !slices.Contains(exactMath, f.Name()) {
					faults = append(faults, s.at(n.Pos())+": math."+f.Name()+" differs between machines: use package vec")
				}
			}
			return true
		})
	}
	return faults
}

// isSum reports whether the token adds or subtracts.
func isSum(op token.Token) bool {
	return op == token.ADD || op == token.SUB || op == token.ADD_ASSIGN || op == token.SUB_ASSIGN
}

// isFreeProduct reports whether the expression is, under parentheses and signs, a floating product that
// nothing rounds: neither a conversion around it nor the constant arithmetic of the compiler.
func isFreeProduct(info *types.Info, e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return isFreeProduct(info, e.X)
	case *ast.UnaryExpr:
		return (e.Op == token.SUB || e.Op == token.ADD) && isFreeProduct(info, e.X)
	case *ast.BinaryExpr:
		value := info.Types[e]
		return e.Op == token.MUL && value.Value == nil && isFloating(value.Type)
	}
	return false
}

// isFloating reports whether values of the type, or of some type that a type parameter admits, are
// floating (complex included).
func isFloating(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&(types.IsFloat|types.IsComplex) != 0
	case *types.Interface:
		for i := range u.NumEmbeddeds() {
			if isFloating(u.EmbeddedType(i)) {
				return true
			}
		}
	case *types.Union:
		for i := range u.Len() {
			if isFloating(u.Term(i).Type()) {
				return true
			}
		}
	}
	return false
}
