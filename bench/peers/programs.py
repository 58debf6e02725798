# SPDX-License-Identifier: Apache-2.0
"""The programs that compare.py asks, whether they agree, and how fast they are."""
import json
import math
import os
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "..", "out")
PYTHON = "/usr/bin/python3"


class Program:
    """One that answers requests."""

    def __init__(self, name, *command):
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


def offtake(deal):
    """The engine's own program, on a deal beside the peers."""
    return Program("offtake", os.path.join(OUT, "offtake"), os.path.join(HERE, "..", deal))


def peer(name, models):
    """A peer, on the numbers of some files: the C++ ones have them laid out under the name of the last."""
    if name in ("numpy", "numba"):
        return Program(name, PYTHON, os.path.join(HERE, f"with_{name}.py"), *models)
    return Program(name, os.path.join(OUT, name), os.path.join(OUT, models[-1].replace(".json", ".txt")))


def differences(peer, own, paths, keys):
    """Means of a peer's that are not offtake's within 3 standard errors, and quantiles that are not within 2%: what it is, and the difference in words."""
    out = []
    for key in keys or own["mean"]:
        mean = own["mean"][key]
        # Rare events can show no spread at all in one of the two.
        variance = max(peer["variance"][key], own["variance"][key])
        z = (peer["mean"][key] - mean) / math.sqrt(variance / paths + own["error"][key] ** 2)
        if not abs(z) <= 3:
            out.append((key, f"{key} is {peer['mean'][key]:.6g}, offtake's {mean:.6g}, {z:+.1f} standard errors apart"))
    for i, (a, b) in enumerate(zip(peer["quantiles"], own["quantiles"])) if keys is None else ():
        if abs(a / b - 1) > 0.02:
            out.append((f"quantile {i}", f"a quantile is {a:.6g}, offtake's {b:.6g}"))
    return out


def agree(name, peer, own, paths, keys=None):
    """Whether a peer finds what offtake finds; of means of some keys alone, if given. Both are functions of paths and a
    seed. Among so many means one may be 3 standard errors off by chance: then four times the paths on other draws decide
    whether it is."""
    faults = differences(peer(paths, 2), own(paths, 1), paths, keys)
    if faults:
        print(f"peers: {name} is asked again: {faults[0][1]}" + (f", and {len(faults) - 1} more" if faults[1:] else ""))
        doubted = {what for what, _ in faults}
        again = differences(peer(4 * paths, 12), own(4 * paths, 11), 4 * paths, keys)
        faults = [fault for fault in again if fault[0] in doubted]
    for _, words in faults:
        print(f"peers: {name}: {words}")
    return not faults


class Times:
    """The best of several times, in microseconds: by the clock, and of all processors together."""

    def __init__(self):
        self.wall = self.cpu = math.inf

    def note(self, answer, paths=1):
        self.wall = min(self.wall, 1e6 * answer["seconds"] / paths)
        self.cpu = min(self.cpu, 1e6 * answer["cpu"] / paths)
