# SPDX-License-Identifier: Apache-2.0
"""Times offtake against the peers in one run, and writes bench/out/ratios.json. See README.md.

Every program is warmed up, must give offtake's means, and is then asked in turn, several times over; the best time
of each counts. Ratios are of times by the clock. On a machine that is not idle those of processor time stand beside.
"""
import argparse
import functools
import hashlib
import json
import math
import os
import resource
import subprocess
import sys
import textwrap
import time

import coalitions
from programs import OUT, Times, agree, offtake, peer

PEERS = ["numpy", "numba", "plain", "avx512"]
# name: the peer, its threads (0: all), and the aim for peer's time / offtake's on all processors.
THROUGHPUT = {
    "times as fast as numpy on one thread": ("numpy", 1, 8.0),
    "times as fast as numba, parallel": ("numba", 0, 5.0),
    "times as fast as plain C++ on all threads": ("plain", 0, None),
    "times the time of the AVX-512 kernel": ("avx512", 0, 1.6),
}
# deal: what it is called, the peers' numbers, whether throughput has aims, and what time to a standard error of 0.1%
# against numpy's plain Monte Carlo is to come to.
DEALS = {
    "deal.yaml": ("", ["model.json"], True, {"npv.cloud": 50, "npv.lab": 50, "deficiency_total": 50}),
    "jumps.yaml": (", with jumps", ["model.json", "jumps.json"], False, {"npv.cloud": 25, "npv.lab": 25, "deficiency_total": 20}),
}
ERROR = 0.001
PATHS = {"avx512": 1 << 19}  # of a request for a time; others:
USUAL = 1 << 16
MOST = 1 << 20  # paths that are run for an error


def programs(deal, models):
    """offtake, and the peers that this machine can run."""
    out = {"offtake": offtake(deal)}
    for name in PEERS:
        try:
            p = peer(name, models)
            p.ask(4096, 1, 1)
            out[name] = p
        except (OSError, RuntimeError):
            print(f"peers: {name} is left out; see bench/peers/install")
    return out


def leave_out_who_differs(running, threads):
    """Asks all for the same means."""
    own = functools.cache(lambda n, seed: running["offtake"].ask(n, seed, threads))
    for name in [n for n in running if n != "offtake"]:
        if not agree(name, lambda n, seed: running[name].ask(n, seed, threads), own, 1 << 18):
            print(f"peers: the times of {name} do not count")
            running.pop(name).close()


def measure(running, repeats, threads):
    """Times of all programs, asked in turn, on all threads; of offtake and numpy on one, and of numpy on no more."""
    times = {}
    for repeat in range(repeats):
        for count in sorted({1, threads}):
            for name, p in running.items():
                if threads > 1 and (name == "numpy" and count > 1 or name in ("numba", "plain", "avx512") and count == 1):
                    continue
                n = PATHS.get(name, USUAL)
                answer = p.ask(n, 1, count)
                times.setdefault((name, count), Times()).note(answer, answer.get("paths", n))
    return times


def print_times(times, called):
    print(f"\n{'microseconds a path' + called:38}{'by the clock':>14}{'of processors':>16}")
    for (name, count), t in sorted(times.items(), key=lambda x: (x[0][1], x[1].wall)):
        print(f"{name + ', ' + ('1 thread' if count == 1 else f'{count} threads'):38}{t.wall:14.3f}{t.cpu:16.3f}")


def throughput(times, threads, digest, called, aims):
    """Ratios of times a path."""
    own, rows = times["offtake", threads], []
    for name, (other, count, aim) in THROUGHPUT.items():
        count, aim = count or threads, aim if aims else None
        t = times.get((other, count))
        if t is None:
            continue
        ratio, cpu = t.wall / own.wall, t.cpu / count / (own.cpu / threads)
        if other == "avx512":
            ratio, cpu = 1 / ratio, 1 / cpu
        met = None if aim is None else ratio <= aim if other == "avx512" else ratio >= aim
        holds = f"a path takes offtake {own.wall:.2f} microseconds on {threads} threads and {other} {t.wall:.2f} on {count}"
        rows.append({"name": name + called, "ratio": ratio, "aim": aim, "met": met, "hash": digest, "by_processor_time": cpu, "holds": holds})
    return rows


class Sizes:
    """offtake's errors of means, and what they take, by how many paths are run."""

    def __init__(self, program, threads):
        self.program, self.threads, self.known = program, threads, {}

    def at(self, n):
        """An answer on n paths, and the best of three times, or of one where that is long, in microseconds."""
        if n not in self.known:
            times = Times()
            for _ in range(3 if n < 1 << 18 else 1):
                answer = self.program.ask(n, 1, self.threads)
                times.note(answer)
            self.known[n] = answer, times
        return self.known[n]

    def reach(self, key, most):
        """By the clock and of processors, the time in which the error of a mean is 0.1%, and the paths that are enough:
        sizes that bracket it, and between them by powers. Beyond the most paths that are run the error is taken to fall
        as with plain numbers, which is the least that can be said."""
        before, n = None, 1024
        while True:
            answer, t = self.at(n)
            error = answer["error"][key] / abs(answer["mean"][key])
            if error <= ERROR and before and before[0] > error:
                share = math.log(before[0] / ERROR) / math.log(before[0] / error)
                wall, cpu = ((old * (new / old) ** share) for old, new in ((before[1].wall, t.wall), (before[1].cpu, t.cpu)))
                return wall, cpu, n
            if error <= ERROR or n == most:
                more = max(1, (error / ERROR) ** 2)
                return t.wall * more, t.cpu * more, round(n * more)
            before, n = (error, t), 2 * n


def precision(running, times, threads, digest, called, aims):
    """What fewer paths and faster ones come to together, and the fewer paths alone."""
    rows, plain, sizes = [], running["numpy"].ask(1 << 16, 3, 1), Sizes(running["offtake"], threads)
    per_path = times["numpy", 1]
    for key, aim in aims.items():
        needed = plain["variance"][key] / (ERROR * plain["mean"][key]) ** 2
        wall, cpu, enough = sizes.reach(key, MOST)
        n = min(enough, MOST)
        own = sizes.at(n)[0]
        spread = own["variance"][key] / (own["paths"] * own["error"][key] ** 2)
        ratio = needed * per_path.wall / wall
        found = "on no more than" if enough <= MOST else f"reckoned from {MOST:,}, on"
        holds = (f"offtake takes {wall / 1e6:.3g} s, {found} {enough:,} paths; numpy {needed * per_path.wall / 1e6:.3g} s, on {needed:,.0f}; "
                 f"at {n:,} paths the variance is {spread:.1f} times smaller")
        rows.append({"name": f"variance of {key}, plain over Sobol, at {n} paths{called}", "ratio": spread, "aim": None, "met": None, "hash": digest})
        rows.append({"name": f"time to 0.1% of {key}, numpy over offtake{called}", "ratio": ratio, "aim": aim, "met": ratio >= aim, "hash": digest,
                     "by_processor_time": needed * per_path.cpu / (cpu / threads), "holds": holds})
    return rows


def compare(deal, repeats, threads):
    """The rows of one deal."""
    called, models, aimed, aims = DEALS[deal]
    running = programs(deal, models)
    leave_out_who_differs(running, threads)
    digest = running["offtake"].ask(USUAL, 1, threads)["hash"]
    times = measure(running, repeats, threads)
    print_times(times, called)
    print(f"hash {digest}")
    rows = throughput(times, threads, digest, called, aimed)
    if "numpy" in running:
        rows += precision(running, times, threads, digest, called, aims)
    for p in running.values():
        p.close()
    return rows


PAGE_SECONDS, PAGE_ERROR = 20, 0.005


def full_page():
    """The row of one deal's full page: value, clauses by Shapley value and what moves them, from file to JSON."""
    deal = os.path.join(OUT, "..", "..", "deals", "amazon-anthropic-2026", "deal.yaml")
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run([os.path.join(OUT, "cli"), "page", deal, "--until", f"{PAGE_ERROR:.1%}", "--json"], check=True, capture_output=True)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    error = json.loads(done.stdout)["largest_error"]
    says = f"{wall:.1f} s by the clock, {cpu:.1f} s of processors, largest standard error {error:.2%} of the present value of spend"
    print(f"\none deal's full page: {says}")
    ratio = PAGE_SECONDS / wall
    return {"name": f"{PAGE_SECONDS} s over the time of one deal's full page", "ratio": ratio, "aim": 1, "met": ratio >= 1 and error <= PAGE_ERROR,
            "hash": hashlib.sha256(done.stdout).hexdigest()[:16], "seconds": wall, "cpu_seconds": cpu, "largest_error": error, "holds": says}


def print_rows(rows):
    print(f"\n{'ratio':>8} {'aim':>5}  {'':8}")
    for r in rows:
        verdict = {None: "", True: "met", False: "not met"}[r["met"]]
        beside = f" ({r['by_processor_time']:.2f} by processor time)" if "by_processor_time" in r else ""
        print(f"{r['ratio']:8.2f} {'' if r['aim'] is None else format(r['aim'], 'g'):>5}  {verdict:8} {r['name']}{beside}")
        if r["met"] is False:
            print(textwrap.fill("what holds: " + r["holds"], 120, initial_indent=" " * 25, subsequent_indent=" " * 27))


def main():
    arg = argparse.ArgumentParser()
    arg.add_argument("--repeats", type=int, default=7)
    arg.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    opt = arg.parse_args()
    rows = []
    for deal in DEALS:
        rows += compare(deal, opt.repeats, opt.threads)
    rows += coalitions.compare(2, opt.threads)
    rows.append(full_page())
    print_rows(rows)
    with open(os.path.join(OUT, "ratios.json"), "w") as f:
        json.dump(rows, f, indent=1)
        f.write("\n")
    return 0 if rows else 1


if __name__ == "__main__":
    sys.exit(main())
