// SPDX-License-Identifier: Apache-2.0

package app

import "offtake/internal/report/sheet"

func (r *Run) Workbook() *sheet.Book { return nil }
