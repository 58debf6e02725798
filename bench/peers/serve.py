# SPDX-License-Identifier: Apache-2.0
"""Answers requests of the benchmark on standard input. See README.md."""
import json
import sys
import time

MEASURES = ["npv.cloud", "npv.lab", "pv_spend"] + [f"deficiency.{k + 1}" for k in range(10)] + ["deficiency_total", "default"]


def serve(run):
    """run(paths, seed, threads, clauses that are off ...) gives means, variances and quantiles."""
    for line in sys.stdin:
        numbers, off = line.split()[:3], line.split()[3:]
        paths, seed, threads = map(int, numbers)
        start, cpu = time.perf_counter(), time.process_time()
        mean, variance, quantiles = run(paths, seed, threads, *off)
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
        print(json.dumps({
            "seconds": seconds,
            "cpu": cpu,
            "mean": dict(zip(MEASURES, map(float, mean))),
            "variance": dict(zip(MEASURES, map(float, variance))),
            "quantiles": [float(q) for q in quantiles],
        }), flush=True)
