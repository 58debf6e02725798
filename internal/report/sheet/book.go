// SPDX-License-Identifier: Apache-2.0

package sheet

import "io"

type Book struct{}

func Write(w io.Writer, b *Book) error { return nil }
