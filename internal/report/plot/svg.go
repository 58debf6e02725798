// SPDX-License-Identifier: Apache-2.0

package plot

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"offtake/internal/report"
)

// SVG writes a picture as a file of its own.
func SVG(w io.Writer, p report.Picture) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, `<svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" viewBox="0 0 %s %s" role="img" font-family="Helvetica, Arial, 'Liberation Sans', sans-serif">`,
		number(p.Width), number(p.Height), number(p.Width), number(p.Height))
	fmt.Fprintf(out, "\n<title>%s</title>\n<style>%s</style>\n", escape(p.Title), css())
	fmt.Fprintf(out, "<rect width=\"%s\" height=\"%s\" fill=\"#fff\"/>\n", number(p.Width), number(p.Height))
	shapes(out, p)
	out.WriteString("</svg>\n")
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing an SVG picture: %w", err)
	}
	return nil
}

// Inline writes a picture as a part of a page, whose style sheet says how the classes that
// are named after inks look.
func Inline(w io.Writer, p report.Picture, class string) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, `<svg class="%s" viewBox="0 0 %s %s" role="img" aria-label="%s">`, class, number(p.Width), number(p.Height), escape(p.Title))
	out.WriteByte('\n')
	shapes(out, p)
	out.WriteString("</svg>\n")
	return out.Flush()
}

// css is a style sheet of all inks.
func css() string {
	var b strings.Builder
	inks := make([]report.Ink, 0, len(looks))
	for ink := range looks {
		inks = append(inks, ink)
	}
	slices.Sort(inks)
	for _, ink := range inks {
		l := looks[ink]
		c := fmt.Sprintf("#%02x%02x%02x", l.color.R, l.color.G, l.color.B)
		if l.width == 0 {
			fmt.Fprintf(&b, ".%s{fill:%s}", ink, c)
			continue
		}
		fmt.Fprintf(&b, ".%s{fill:none;stroke:%s;stroke-width:%s", ink, c, number(l.width))
		if l.dash != nil {
			var dash []string
			for _, x := range l.dash {
				dash = append(dash, number(x))
			}
			fmt.Fprintf(&b, ";stroke-dasharray:%s", strings.Join(dash, " "))
		}
		b.WriteString("}")
	}
	return b.String()
}

// shapes writes what a picture is made of.
func shapes(out *bufio.Writer, p report.Picture) {
	for _, s := range p.Shapes {
		switch {
		case s.Text != "":
			anchor := ""
			switch s.Anchor {
			case report.AtMiddle:
				anchor = ` text-anchor="middle"`
			case report.AtEnd:
				anchor = ` text-anchor="end"`
			}
			if s.Strong {
				anchor += ` font-weight="bold"`
			}
			fmt.Fprintf(out, `<text class="%s" x="%s" y="%s" font-size="%s"%s>%s</text>`, s.Ink, number(s.Points[0].X), number(s.Points[0].Y), number(s.Size), anchor, escape(s.Text))
		default:
			end := ""
			if s.Area {
				end = "Z"
			}
			fmt.Fprintf(out, `<path class="%s" d="%s%s"/>`, s.Ink, path(s.Points), end)
		}
		out.WriteByte('\n')
	}
}

// path writes points as a path.
func path(points []report.Point) string {
	var b strings.Builder
	for i, p := range points {
		if i == 0 {
			b.WriteByte('M')
		} else {
			b.WriteByte('L')
		}
		b.WriteString(number(p.X) + " " + number(p.Y))
	}
	return b.String()
}

// number writes a length to the hundredth of a point.
func number(x float64) string {
	text := strings.TrimRight(strings.TrimRight(strconv.FormatFloat(x, 'f', 2, 64), "0"), ".")
	if text == "-0" {
		return "0"
	}
	return text
}

// escape makes a text safe in XML and in attributes.
func escape(text string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(text))
	return b.String()
}
