// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"offtake/internal/app"
	"offtake/internal/paths"
)

// sampling adds the flags that say how paths are sampled.
func sampling(c *cobra.Command, opt *app.RunOptions, until, dump *string) {
	drawing(c, opt)
	c.Flags().StringVar(until, "until", "", "sample until the errors of values and deficiencies are at most this `SHARE` of the present value of spend, or of themselves where that is more, such as 0.1%")
	c.Flags().StringVar(dump, "dump", "", "write every path's measures to a `FILE`.csv or FILE.parquet; Ctrl-C then waits for the end of a round")
}

// drawing adds the flags that say how many paths are drawn, and how.
func drawing(c *cobra.Command, opt *app.RunOptions) {
	c.Flags().IntVar(&opt.Paths, "paths", app.UsualPaths, "sample at least this many paths and print means with their errors; 0 for a base run alone, which takes the mean of every input")
	c.Flags().Uint64Var(&opt.Seed, "seed", 1, "seed of the sample")
	c.Flags().BoolVar(&opt.Plain, "plain", false, "draw plain pseudo-random numbers instead of scrambled Sobol points")
	c.Flags().BoolVar(&opt.NoControls, "no-controls", false, "have means be plain averages of the paths, without control variates")
	c.Flags().IntVar(&opt.Workers, "workers", 0, "how many processors to use, 0 for all; changes no result")
	c.Flags().IntVar(&opt.Lanes, "lanes", 0, "paths run side by side: a power of two up to 1024; changes no result")
}

// mostPaths is how many paths --until may take where --paths does not say.
const mostPaths = 1 << 24

// checkSampling reports flags that make no sense, and reads --until.
func checkSampling(c *cobra.Command, opt *app.RunOptions, until string) error {
	if until != "" {
		share, err := app.Share(until)
		if err != nil || !(share > 0) || share >= 1 {
			return app.Misuse{Says: fmt.Sprintf("--until %s: give a share above 0%% and below 100%%, such as 0.1%%", until)}
		}
		if opt.Until = share; !c.Flags().Changed("paths") {
			opt.Paths = mostPaths
		}
	}
	opt.Usual = !c.Flags().Changed("paths") && until == "" && !c.Flags().Changed("dump")
	switch {
	case opt.Paths < 0 || opt.Paths == 1 || opt.Paths > 1<<32:
		return app.Misuse{Says: fmt.Sprintf("--paths: give from 2 to %d paths, or 0 for a base run", 1<<32)}
	case opt.Paths == 0 && c.Flags().Changed("seed"):
		return app.Misuse{Says: "--seed: a base run draws nothing, and --paths 0 asks for one"}
	case opt.Paths == 0 && opt.Plain:
		return app.Misuse{Says: "--plain: a base run draws nothing, and --paths 0 asks for one"}
	case opt.Paths == 0 && opt.NoControls:
		return app.Misuse{Says: "--no-controls: a base run has no means of paths, and --paths 0 asks for one"}
	case opt.Workers < 0 || opt.Workers > 1024:
		return app.Misuse{Says: fmt.Sprintf("--workers %d: give 1 to 1024, or 0 for as many as there are processors", opt.Workers)}
	case opt.Lanes < 0 || opt.Lanes > paths.ChunkPaths || opt.Lanes&(opt.Lanes-1) != 0:
		return app.Misuse{Says: fmt.Sprintf("--lanes %d: give a power of two up to %d", opt.Lanes, paths.ChunkPaths)}
	}
	return nil
}

// watch shows on a terminal how far a sample has come, and lets Ctrl-C end it.
// done takes the bar off the screen.
func (s *screen) watch(opt *app.RunOptions) (done func()) {
	if opt.Paths == 0 {
		return func() {}
	}
	opt.Proceed, done = s.watching("paths")
	return done
}

// watching shows how far some work has come, counted in what or only as a share, and lets Ctrl-C
// end it.
func (s *screen) watching(what string) (proceed func(done, all int) bool, done func()) {
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt)
	bar := newProgress(s.err)
	bar.what = what
	return func(done, all int) bool {
			bar.show(done, all)
			select {
			case <-interrupted:
				return false
			default:
				return true
			}
		}, func() {
			signal.Stop(interrupted)
			bar.clear()
		}
}

// A progress is a bar with the time left, on a terminal only.
type progress struct {
	to          io.Writer
	width       int
	began, last time.Time
	shown       bool
	what        string // that is counted; "" shows a share alone
}

// barAfter is how long a sample must take before a bar is worth showing, and
// between is how often it moves.
const (
	barAfter = 500 * time.Millisecond
	between  = 100 * time.Millisecond
)

// newProgress makes one that stays silent where err is no terminal.
func newProgress(err io.Writer) *progress {
	p := &progress{began: time.Now()}
	if f, ok := err.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		if w, _, e := term.GetSize(int(f.Fd())); e == nil {
			p.to, p.width = f, w
		}
	}
	return p
}

func (p *progress) show(done, all int) {
	now := time.Now()
	if p.to == nil || now.Sub(p.began) < barAfter || now.Sub(p.last) < between {
		return
	}
	p.last, p.shown = now, true
	fmt.Fprint(p.to, "\r"+progressLine(p.width, done, all, p.what, now.Sub(p.began))+"\x1b[K")
}

func (p *progress) clear() {
	if p.shown {
		fmt.Fprint(p.to, "\r\x1b[K")
	}
}

// progressLine is the bar, what it counts and the time left, for a screen of a
// width.
func progressLine(width, done, all int, what string, took time.Duration) string {
	share := float64(done) / float64(all)
	left := time.Duration(float64(took) * (1 - share) / share).Round(time.Second)
	says := fmt.Sprintf(" %d of %d %s, %s left", done, all, what, left)
	if what == "" {
		says = fmt.Sprintf(" %d%%, %s left", int(100*share), left)
	}
	room := width - len(says) - 3
	if room < 5 {
		return strings.TrimSpace(says)
	}
	full := int(share * float64(room))
	return "[" + strings.Repeat("=", full) + strings.Repeat(" ", room-full) + "]" + says
}

// dumpTo opens the file that paths are dumped to. It comes into being under its
// name when keep is called, so that one that was there before is never half
// overwritten.
func dumpTo(name string, opt *app.RunOptions) (keep func(error) error, err error) {
	if name == "" {
		return func(error) error { return nil }, nil
	}
	if opt.Paths == 0 {
		return nil, app.Misuse{Says: "--dump: a base run has no paths, and --paths 0 asks for one"}
	}
	ext := filepath.Ext(name)
	if ext != ".csv" && ext != ".parquet" {
		return nil, app.Misuse{Says: fmt.Sprintf("--dump %s: end the name in .csv or .parquet", name)}
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".offtake-*")
	if err != nil {
		return nil, fmt.Errorf("cannot write %s: %w", name, bare(err))
	}
	if opt.Dump = app.NewCSVDump(f); ext == ".parquet" {
		opt.Dump = app.NewParquetDump(f)
	}
	return func(err error) error {
		defer os.Remove(f.Name())
		if e := f.Chmod(0o644); err == nil {
			err = e
		}
		if e := f.Close(); err == nil {
			err = e
		}
		if err == nil {
			err = os.Rename(f.Name(), name)
		}
		if err != nil {
			return fmt.Errorf("cannot write %s: %w", name, bare(err))
		}
		return nil
	}, nil
}
