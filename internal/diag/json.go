// SPDX-License-Identifier: Apache-2.0

package diag

import (
	"bytes"
	"encoding/json"
)

// jsonForm is a diagnostic for programs; unknown parts are left out.
type jsonForm struct {
	Severity string `json:"severity"`
	Code     string `json:"code"`
	File     string `json:"file,omitempty"`
	Line     int    `json:"line,omitempty"`
	Column   int    `json:"column,omitempty"`
	Path     string `json:"path,omitempty"`
	Message  string `json:"message"`
	Hint     string `json:"hint,omitempty"`
}

// MarshalJSON writes severity, code, file, line, column, path, message and hint.
func (d Diagnostic) MarshalJSON() ([]byte, error) {
	return marshal(jsonForm{d.Severity.String(), d.Code, d.File, d.Line, d.Column, d.Path, d.Message, d.Hint})
}

// MarshalJSON writes an array, [] if the list is empty.
func (l List) MarshalJSON() ([]byte, error) {
	return marshal(append([]Diagnostic{}, l...))
}

// marshal leaves < > & as they are; an encoder around it may still escape them.
func marshal(v any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}
