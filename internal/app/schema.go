// SPDX-License-Identifier: Apache-2.0

package app

import "offtake/internal/schema"

// Schema is the JSON Schema of deal files, for editors.
func Schema() any { return schema.New() }
