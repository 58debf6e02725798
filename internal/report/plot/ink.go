// SPDX-License-Identifier: Apache-2.0

package plot

import (
	"image/color"

	"offtake/internal/report"
)

// A look is how an ink is drawn: in a colour of which the grey value alone tells it apart
// from its neighbours, and for lines with a weight and a dash.
type look struct {
	color color.NRGBA
	width float64
	dash  []float64
}

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{uint8(hex >> 16), uint8(hex >> 8), uint8(hex), 255}
}

// looks of inks on white paper.
var looks = map[report.Ink]look{
	report.Words:      {color: rgb(0x1f2328)},
	report.Faint:      {color: rgb(0x59626c)},
	report.AxisInk:    {color: rgb(0x6b737c), width: 1},
	report.GridInk:    {color: rgb(0xe3e6e9), width: 1},
	report.ZeroInk:    {color: rgb(0x6b737c), width: 1},
	report.MarkInk:    {color: rgb(0x1f2328), width: 1, dash: []float64{2, 3}},
	report.BarInk:     {color: rgb(0x7d9cb8)},
	report.TotalInk:   {color: rgb(0x1f4e79)},
	report.ReachInk:   {color: rgb(0x1f2328), width: 1.5},
	report.WideBand:   {color: rgb(0xdfe8f0)},
	report.NarrowInk:  {color: rgb(0xb7cbdd)},
	report.LineInk(0): {color: rgb(0x1f4e79), width: 2.2},
	report.LineInk(1): {color: rgb(0xa4550f), width: 2, dash: []float64{8, 4}},
	report.LineInk(2): {color: rgb(0x3d6b45), width: 2, dash: []float64{1.5, 3.5}},
	report.LineInk(3): {color: rgb(0x6a4c86), width: 2, dash: []float64{9, 3, 2, 3}},
}
