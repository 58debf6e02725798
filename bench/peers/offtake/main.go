// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime/pprof"
	"strings"
	"syscall"
	"time"

	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/paths"
	"offtake/internal/value"
	"offtake/internal/value/game"
)

func main() {
	if err := serve(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// An answer is what a request showed, in currency units.
type answer struct {
	Seconds   float64            `json:"seconds"`
	CPU       float64            `json:"cpu"`
	Paths     int                `json:"paths"`
	Mean      map[string]float64 `json:"mean"`
	Variance  map[string]float64 `json:"variance"` // of one path
	Error     map[string]float64 `json:"error"`    // standard errors of the means
	Quantiles [2]float64         `json:"quantiles"`
	Hash      string             `json:"hash"`
}

// serve answers lines of PATHS SEED THREADS, with Sobol points. What follows on the
// line may be: plain, for plain pseudo-random numbers; without and ids, for the
// deal with these clauses switched off; clauses, for what each clause is worth.
// With OFFTAKE_PROFILE set it writes a profile there.
func serve(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	d, list := deal.Parse(path, text)
	if list.HasFaults() {
		return fmt.Errorf("%v", list)
	}
	if to := os.Getenv("OFFTAKE_PROFILE"); to != "" {
		f, err := os.Create(to)
		if err != nil {
			return err
		}
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	return reply(d, os.Stdin, os.Stdout)
}

// reply answers the requests about a deal.
func reply(d *deal.Deal, from io.Reader, to io.Writer) error {
	job, out := paths.NewJob(d, nil), json.NewEncoder(to)
	for in := bufio.NewScanner(from); in.Scan(); {
		opt, words := paths.Options{Only: asked}, strings.Fields(in.Text())
		if n, _ := fmt.Sscan(in.Text(), &opt.Paths, &opt.Seed, &opt.Workers); n < 3 {
			return fmt.Errorf("cannot read the request %q", in.Text())
		}
		answer, err := one(d, job, opt, words[3:])
		if err != nil {
			return err
		}
		if err := out.Encode(answer); err != nil {
			return err
		}
	}
	return nil
}

// one answers a request, less its numbers.
func one(d *deal.Deal, job *paths.Job, opt paths.Options, words []string) (any, error) {
	switch mode := strings.Join(words[:min(1, len(words))], ""); mode {
	case "", "plain":
		opt.Plain = mode == "plain"
		return sample(job, opt), nil
	case "without":
		for _, id := range words[1:] {
			var err error
			if d, err = d.Without(id); err != nil {
				return nil, err
			}
		}
		return sample(paths.NewJob(d, nil), opt), nil
	case "clauses":
		return clauses(d, opt)
	default:
		return nil, fmt.Errorf("cannot read the request's %q", mode)
	}
}

// What clauses are worth, as the peers could find it: run by run.
type worth struct {
	Seconds    float64 `json:"seconds"`
	CPU        float64 `json:"cpu"`
	Paths      int     `json:"paths"` // of each coalition
	Coalitions int     `json:"coalitions"`
	Hash       string  `json:"hash"`
}

// clauses values each clause under all coalitions, under the file's own rules.
func clauses(d *deal.Deal, opt paths.Options) (*worth, error) {
	start, cpu := time.Now(), processorTime()
	found, err := value.ValueClauses(d, value.ClauseOptions{Options: value.Options{Paths: opt.Paths, Seed: opt.Seed, Workers: opt.Workers},
		Exact: game.MostExact, AsWritten: true})
	if err != nil {
		return nil, err
	}
	var all []float64
	for _, party := range found.Division.Parties {
		for _, x := range party.Shapley {
			all = append(all, x.Mean, x.Margin)
		}
	}
	return &worth{Seconds: time.Since(start).Seconds(), CPU: processorTime() - cpu, Paths: found.Paths, Coalitions: found.Evaluations, Hash: paths.Hash(all...)}, nil
}

// key is what the peers call a measure; "" for one that they do not have.
func key(m *measure.Measure) string {
	switch m.Name {
	case "npv":
		return m.Key()
	case "pv_spend", "deficiency_total", "default":
		return m.Name
	case "deficiency_paid":
		return fmt.Sprintf("deficiency.%d", m.Period)
	}
	return ""
}

func asked(m *measure.Measure) bool { return key(m) != "" }

func sample(job *paths.Job, opt paths.Options) answer {
	start, cpu := time.Now(), processorTime()
	s := paths.Run([]*paths.Job{job}, opt)[0]
	a := answer{Paths: s.Paths, Mean: map[string]float64{}, Variance: map[string]float64{}, Error: map[string]float64{}, Hash: s.Hash()}
	for i := range s.Measures {
		m, e := &s.Measures[i], &s.Estimates[i]
		scale := 1.0
		if m.Unit.Minor() {
			scale = 0.01
		}
		spread := scale * e.Spread()
		a.Mean[key(m)], a.Variance[key(m)], a.Error[key(m)] = scale*e.Mean, spread*spread, scale*e.StandardError()
		if key(m) == "npv.cloud" {
			q := e.Histogram.Quantiles(0.05, 0.95)
			a.Quantiles = [2]float64{scale * q[0], scale * q[1]}
		}
	}
	a.Seconds, a.CPU = time.Since(start).Seconds(), processorTime()-cpu
	return a
}

// processorTime is what the process has used so far, in seconds.
func processorTime() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
}
