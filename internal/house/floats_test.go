// SPDX-License-Identifier: Apache-2.0

package house

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
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
	for _, p := range module(t) {
		if path := relative(p); path != floatHome && !strings.HasPrefix(path, floatHome+"/") {
			report(t, floatFaults(p))
		}
	}
}

// TestFloatFaultsAreFound runs the check on testdata/floats: it must object to each line marked "want"
// with the words that follow, and to no other.
func TestFloatFaultsAreFound(t *testing.T) {
	sample := loadSample(t, "floats")
	var faults, wanted []string
	for _, p := range sample {
		faults = append(faults, floatFaults(p)...)
		wanted = append(wanted, wants(p)...)
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

// loadSample loads a module below testdata.
func loadSample(t *testing.T, name string) []*packages.Package {
	t.Helper()
	sample, err := load(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range sample {
		for _, e := range p.Errors {
			t.Fatal(e)
		}
	}
	return sample
}

var wantMark = regexp.MustCompile(`^// want (.*)$`)

// wants returns "file:line: words" for each comment "want words".
func wants(p *packages.Package) (marks []string) {
	for _, file := range p.Syntax {
		for _, group := range file.Comments {
			for _, comment := range group.List {
				if m := wantMark.FindStringSubmatch(comment.Text); m != nil {
					marks = append(marks, at(p, comment.Pos())+": "+m[1])
				}
			}
		}
	}
	return marks
}

// at returns the file's name and the line of a position.
func at(p *packages.Package, pos token.Pos) string {
	where := p.Fset.Position(pos)
	return fmt.Sprintf("%s/%s:%d", relative(p), filepath.Base(where.Filename), where.Line)
}

// floatFaults lists what the package does that may give other bits on another machine.
func floatFaults(p *packages.Package) (faults []string) {
	for _, file := range p.Syntax {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BinaryExpr:
				if isSum(n.Op) && (isFreeProduct(p.TypesInfo, n.X) || isFreeProduct(p.TypesInfo, n.Y)) {
					faults = append(faults, at(p, n.OpPos)+": product inside a sum: write float64(x*y) or math.FMA")
				}
			case *ast.AssignStmt:
				if isSum(n.Tok) && isFreeProduct(p.TypesInfo, n.Rhs[0]) {
					faults = append(faults, at(p, n.TokPos)+": product inside a sum: write float64(x*y) or math.FMA")
				}
			case *ast.Ident:
				if f, ok := p.TypesInfo.Uses[n].(*types.Func); ok && f.Pkg() != nil && f.Pkg().Path() == "math" && !slices.Contains(exactMath, f.Name()) {
					faults = append(faults, at(p, n.Pos())+": math."+f.Name()+" differs between machines: use package vec")
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
