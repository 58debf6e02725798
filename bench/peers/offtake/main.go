// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"runtime/pprof"
	"syscall"
	"time"

	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/paths"
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

// serve answers lines of PATHS SEED THREADS, with Sobol points, or with plain
// pseudo-random numbers where the word plain follows. With OFFTAKE_PROFILE set it
// writes a profile there.
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
	job := paths.NewJob(d, nil)
	out := json.NewEncoder(os.Stdout)
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		opt := paths.Options{Only: asked}
		var mode string
		if n, _ := fmt.Sscan(in.Text(), &opt.Paths, &opt.Seed, &opt.Workers, &mode); n < 3 {
			return fmt.Errorf("cannot read the request %q", in.Text())
		}
		opt.Plain = mode == "plain"
		if err := out.Encode(sample(job, opt)); err != nil {
			return err
		}
	}
	return nil
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
