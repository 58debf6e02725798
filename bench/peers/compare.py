# SPDX-License-Identifier: Apache-2.0
"""Times offtake against the peers in one run, and writes bench/out/ratios.json. See README.md.

Every program is warmed up, must give offtake's means, and is then asked in turn, several times over; the best time
of each counts. Ratios are of times by the clock. On a machine that is not idle those of processor time stand beside.
"""
import argparse
import json
import math
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "..", "out")
PYTHON = "/usr/bin/python3"
PEERS = {
    "numpy": [PYTHON, os.path.join(HERE, "with_numpy.py")],
    "numba": [PYTHON, os.path.join(HERE, "with_numba.py")],
    "plain": [os.path.join(OUT, "plain"), os.path.join(OUT, "model.txt")],
    "avx512": [os.path.join(OUT, "avx512"), os.path.join(OUT, "model.txt")],
}
# name: the peer, its threads (0: all), and the aim for peer's time / offtake's on all processors.
THROUGHPUT = {
    "times as fast as numpy on one thread": ("numpy", 1, 8.0),
    "times as fast as numba, parallel": ("numba", 0, 5.0),
    "times as fast as plain C++ on all threads": ("plain", 0, None),
    "times the time of the AVX-512 kernel": ("avx512", 0, 1.6),
}
# What time to a standard error of 0.1% against numpy's plain Monte Carlo is to come to. With monthly jump noise the aims
# are 25 and 20: give a deal with jumps, and --jumps.
PRECISION = {"npv.cloud": (50, 25), "npv.lab": (50, 25), "deficiency_total": (50, 20)}
ERROR = 0.001


class Program:
    """One that answers requests."""

    def __init__(self, name, command):
        self.name, self.process = name, subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, *request):
        print(*request, file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name} gave no answer")
        return json.loads(line)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def programs(deal):
    """offtake, and the peers that this machine can run."""
    out = {"offtake": Program("offtake", [os.path.join(OUT, "offtake"), deal])}
    for name, command in PEERS.items():
        try:
            p = Program(name, command)
            p.ask(4096, 1, 1)
            out[name] = p
        except (OSError, RuntimeError):
            print(f"peers: {name} is left out; see bench/peers/install")
    return out


def agree(name, peer, own, paths):
    """Whether a peer's means are offtake's, within 3 standard errors, and its quantiles within 2%."""
    good = True
    for key, mean in own["mean"].items():
        # Rare events can show no spread at all in one of the two.
        variance = max(peer["variance"][key], own["variance"][key])
        z = (peer["mean"][key] - mean) / math.sqrt(variance / paths + own["error"][key] ** 2)
        if not abs(z) <= 3:
            print(f"peers: {name}: {key} is {peer['mean'][key]:.6g}, offtake's {mean:.6g}, {z:+.1f} standard errors apart")
            good = False
    for a, b in zip(peer["quantiles"], own["quantiles"]):
        if abs(a / b - 1) > 0.02:
            print(f"peers: {name}: a quantile is {a:.6g}, offtake's {b:.6g}")
            good = False
    return good


class Times:
    """The best of several times a path, in microseconds."""

    def __init__(self):
        self.wall = self.cpu = math.inf

    def note(self, answer, paths):
        self.wall = min(self.wall, 1e6 * answer["seconds"] / paths)
        self.cpu = min(self.cpu, 1e6 * answer["cpu"] / paths)


def measure(running, paths, repeats, threads):
    """Times of all programs, asked in turn, on one thread and on all."""
    times = {}
    for repeat in range(repeats):
        for count in sorted({1, threads}):
            for name, p in running.items():
                if name == "numpy" and count > 1:
                    continue
                n = paths[name]
                answer = p.ask(n, 1, count)
                times.setdefault((name, count), Times()).note(answer, answer.get("paths", n))
    return times


def print_times(times):
    print(f"\n{'microseconds a path':28}{'by the clock':>14}{'of processors':>16}")
    for (name, count), t in sorted(times.items(), key=lambda x: (x[0][1], x[1].wall)):
        print(f"{name + ', ' + ('1 thread' if count == 1 else f'{count} threads'):28}{t.wall:14.3f}{t.cpu:16.3f}")


def throughput(times, threads, digest):
    """Ratios of times a path."""
    own, rows = times["offtake", threads], []
    for name, (peer, count, aim) in THROUGHPUT.items():
        t = times.get((peer, count or threads))
        if t is None:
            continue
        ratio, cpu = t.wall / own.wall, t.cpu / (count or threads) / (own.cpu / threads)
        if peer == "avx512":
            ratio, cpu = 1 / ratio, 1 / cpu
        met = None if aim is None else ratio <= aim if peer == "avx512" else ratio >= aim
        rows.append({"name": name, "ratio": ratio, "aim": aim, "met": met, "hash": digest, "by_processor_time": cpu})
    return rows


def reach(offtake, key, threads, most):
    """The time in which offtake's error of a mean is 0.1%: sizes that bracket it, and between them by powers."""
    before = None
    n = 1024
    while n <= most:
        answers = [offtake.ask(n, 1, threads) for _ in range(3)]
        error = answers[0]["error"][key] / abs(answers[0]["mean"][key])
        seconds = min(a["seconds"] for a in answers)
        if error <= ERROR:
            if before is None or before[0] <= error:
                return seconds, n
            share = math.log(before[0] / ERROR) / math.log(before[0] / error)
            return before[1] * (seconds / before[1]) ** share, n
        before, n = (error, seconds), 2 * n
    return math.inf, most


def precision(running, times, threads, digest, jumps, most):
    """What fewer paths and faster ones come to together, and the fewer paths alone."""
    rows, plain = [], running["numpy"].ask(1 << 16, 3, 1)
    for key, aims in PRECISION.items():
        aim = aims[1] if jumps else aims[0]
        needed = plain["variance"][key] / (ERROR * plain["mean"][key]) ** 2
        seconds, n = reach(running["offtake"], key, threads, most)
        own = running["offtake"].ask(n, 1, threads)
        spread = own["variance"][key] / (own["paths"] * own["error"][key] ** 2)
        ratio = needed * times["numpy", 1].wall * 1e-6 / seconds
        rows.append({"name": f"variance of {key}, plain over Sobol, at {n} paths", "ratio": spread, "aim": None, "met": None, "hash": digest})
        rows.append({"name": f"time to 0.1% of {key}, numpy over offtake", "ratio": ratio, "aim": aim, "met": ratio >= aim, "hash": digest})
    return rows


def main():
    arg = argparse.ArgumentParser()
    arg.add_argument("deal")
    arg.add_argument("--repeats", type=int, default=7)
    arg.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    arg.add_argument("--jumps", action="store_true", help="the deal has monthly jump noise")
    opt = arg.parse_args()
    running = programs(opt.deal)
    paths = {"offtake": 1 << 16, "numpy": 1 << 16, "numba": 1 << 16, "plain": 1 << 16, "avx512": 1 << 19}
    own = running["offtake"].ask(1 << 18, 1, opt.threads)
    for name in [n for n in running if n != "offtake"]:
        if not agree(name, running[name].ask(1 << 18, 2, opt.threads), own, 1 << 18):
            print(f"peers: the times of {name} do not count")
            running.pop(name).close()
    digest = running["offtake"].ask(paths["offtake"], 1, opt.threads)["hash"]
    times = measure(running, paths, opt.repeats, opt.threads)
    print_times(times)
    rows = throughput(times, opt.threads, digest)
    if "numpy" in running:
        rows += precision(running, times, opt.threads, digest, opt.jumps, 1 << 20)
    print(f"\n{'ratio':>10} {'aim':>6}  {'':8}")
    for r in rows:
        verdict = {None: "", True: "met", False: "not met"}[r["met"]]
        beside = f" ({r['by_processor_time']:.2f} by processor time)" if "by_processor_time" in r else ""
        print(f"{r['ratio']:10.2f} {'' if r['aim'] is None else format(r['aim'], 'g'):>6}  {verdict:8} {r['name']}{beside}")
    print(f"hash {digest}")
    with open(os.path.join(OUT, "ratios.json"), "w") as f:
        json.dump(rows, f, indent=1)
        f.write("\n")
    for p in running.values():
        p.close()
    return 0 if len(running) > 1 else 1


if __name__ == "__main__":
    sys.exit(main())
