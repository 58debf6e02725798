// SPDX-License-Identifier: Apache-2.0

package plot

import (
	"bytes"
	"fmt"
	"image/color"
	"io"
	"regexp"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgpdf"

	"offtake/internal/report"
)

const dotsPerInch = 192 // of PNG files: a point is 2.67 dots

// PNG writes a picture as dots.
func PNG(w io.Writer, p report.Picture) error {
	c := vgimg.NewWith(vgimg.UseWH(vg.Length(p.Width), vg.Length(p.Height)), vgimg.UseDPI(dotsPerInch), vgimg.UseBackgroundColor(color.White))
	draw(c, p)
	if _, err := (vgimg.PngCanvas{Canvas: c}).WriteTo(w); err != nil {
		return fmt.Errorf("writing a PNG picture: %w", err)
	}
	return nil
}

// PDF writes a picture as a page of its size.
func PDF(w io.Writer, p report.Picture) error {
	c := vgpdf.New(vg.Length(p.Width), vg.Length(p.Height))
	c.EmbedFonts(true)
	draw(c, p)
	var out bytes.Buffer
	_, err := c.WriteTo(&out)
	if err == nil {
		_, err = w.Write(undated(out.Bytes()))
	}
	if err != nil {
		return fmt.Errorf("writing a PDF picture: %w", err)
	}
	return nil
}

// undated puts one date in the place of the clock's, so that the same picture gives the
// same bytes. No byte moves: a PDF file counts them.
func undated(pdf []byte) []byte {
	for _, at := range dated.FindAllSubmatchIndex(pdf, -1) {
		copy(pdf[at[2]:at[3]], "20000101000000")
	}
	return pdf
}

var dated = regexp.MustCompile(`/(?:CreationDate|ModDate) \(D:(\d{14})\)`)

// draw puts a picture, whose places count from the top, onto a canvas, whose places count
// from the bottom.
func draw(c vg.Canvas, p report.Picture) {
	fonts := font.NewCache(liberation.Collection())
	at := func(q report.Point) vg.Point { return vg.Point{X: vg.Length(q.X), Y: vg.Length(p.Height - q.Y)} }
	for _, s := range p.Shapes {
		l := looks[s.Ink]
		c.SetColor(l.color)
		if s.Text != "" {
			// One face: a PDF file of several lists them in no order. Titles are larger.
			face := fonts.Lookup(font.Font{Typeface: "Liberation", Variant: "Sans"}, vg.Length(s.Size))
			place := at(s.Points[0])
			switch s.Anchor {
			case report.AtMiddle:
				place.X -= face.Width(s.Text) / 2
			case report.AtEnd:
				place.X -= face.Width(s.Text)
			}
			c.FillString(face, place, s.Text)
			continue
		}
		var path vg.Path
		for i, q := range s.Points {
			if i == 0 {
				path.Move(at(q))
			} else {
				path.Line(at(q))
			}
		}
		if s.Area {
			path.Close()
			c.Fill(path)
			continue
		}
		c.SetLineWidth(vg.Length(l.width))
		var dash []vg.Length
		for _, x := range l.dash {
			dash = append(dash, vg.Length(x))
		}
		c.SetLineDash(dash, 0)
		c.Stroke(path)
	}
}
