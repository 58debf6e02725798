// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"reflect"

	"offtake/internal/clause"
)

// deepCopy is a clause that shares nothing with another but what its
// unexported fields point at, which no clause changes.
func deepCopy(c clause.Clause) clause.Clause {
	out := reflect.New(reflect.TypeOf(c).Elem())
	out.Elem().Set(reflect.ValueOf(c).Elem())
	unshare(out.Elem())
	return out.Interface().(clause.Clause)
}

func unshare(v reflect.Value) {
	if !v.CanSet() {
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			unshare(v.Field(i))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			p := reflect.New(v.Type().Elem())
			p.Elem().Set(v.Elem())
			unshare(p.Elem())
			v.Set(p)
		}
	case reflect.Slice:
		if !v.IsNil() {
			s := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
			reflect.Copy(s, v)
			for i := range v.Len() {
				unshare(s.Index(i))
			}
			v.Set(s)
		}
	}
}
