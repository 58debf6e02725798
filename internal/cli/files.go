// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"offtake/internal/app"
	"offtake/internal/report"
	"offtake/internal/report/html"
	"offtake/internal/report/plot"
	"offtake/internal/report/sheet"
)

// outputs are the files that a run is written to, by name; "" for none.
type outputs struct{ html, plot, sheet string }

func (o *outputs) any() bool { return o.html != "" || o.plot != "" || o.sheet != "" }

// plotters write a picture, by the ending of the file.
var plotters = map[string]func(io.Writer, report.Picture) error{".svg": plot.SVG, ".png": plot.PNG, ".pdf": plot.PDF}

// refuse says what cannot be written before anything is computed.
func (o *outputs) refuse() error {
	if o.plot != "" && plotters[strings.ToLower(filepath.Ext(o.plot))] == nil {
		return app.Misuse{Says: fmt.Sprintf("--plot %s: name a file that ends in .svg, .png or .pdf", o.plot)}
	}
	if o.sheet != "" && strings.ToLower(filepath.Ext(o.sheet)) != ".xlsx" {
		return app.Misuse{Says: fmt.Sprintf("--xlsx %s: name a file that ends in .xlsx", o.sheet)}
	}
	return nil
}

// write writes a run to the files asked for, and names each.
func (o *outputs) write(r *app.Run, said io.Writer) error {
	if err := o.writePage(r.Page(), said); err != nil || o.sheet == "" {
		return err
	}
	return writeFile(said, o.sheet, func(w io.Writer) error { return sheet.Write(w, r.Workbook()) })
}

// writePage writes a document and its charts to the files asked for, and names each.
func (o *outputs) writePage(page *report.Document, said io.Writer) error {
	if o.html != "" {
		if err := writeFile(said, o.html, func(w io.Writer) error { return html.Write(w, page) }); err != nil {
			return err
		}
	}
	if o.plot != "" {
		return o.plots(page, said)
	}
	return nil
}

// plotWidth is how wide a picture is, in points: a page of text.
const plotWidth = 720

// plots writes each chart to a file: of several, with a number before the ending.
func (o *outputs) plots(page *report.Document, said io.Writer) error {
	var all []report.Picture
	for _, s := range page.Sections {
		for _, b := range s.Blocks {
			if p, any := report.Draw(b, report.PictureOptions{Width: plotWidth, Titled: true}); any {
				all = append(all, p)
			}
		}
	}
	if len(all) == 0 {
		return app.Misuse{Says: "--plot: this report has no charts"}
	}
	ending := filepath.Ext(o.plot)
	for i, p := range all {
		name := o.plot
		if len(all) > 1 {
			name = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(o.plot, ending), i+1, ending)
		}
		err := writeFile(said, name, func(w io.Writer) error { return plotters[strings.ToLower(ending)](w, p) }, p.Title)
		if err != nil {
			return err
		}
	}
	return nil
}

// writeFile writes a file and says so, with what it shows. What could not be written whole
// is not left behind.
func writeFile(said io.Writer, name string, write func(io.Writer) error, shows ...string) error {
	f, err := os.Create(name)
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", name, bare(err))
	}
	err = write(f)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		os.Remove(name)
		return fmt.Errorf("cannot write %s: %w", name, bare(err))
	}
	fmt.Fprintln(said, strings.Join(slices.Insert(shows, 0, "wrote "+name), ": "))
	return nil
}
