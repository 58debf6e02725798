# SPDX-License-Identifier: Apache-2.0
"""What each of ten clauses is worth, against numpy run once for every coalition of them. See README.md."""
import programs

DEAL, MODELS = "clauses.yaml", ["model.json", "clauses.json"]
CLAUSES = ["first-cheque", "second-cheque", "delivery", "list", "floor", "delayed-draw", "power", "support", "revenue-share", "home"]
ALL = 1 << len(CLAUSES)
# So many of the coalitions numpy is timed on: steps of the golden section, which fall evenly.
TIMED = [k * 633 % ALL for k in range(32)]
PATHS, CHECK = 4096, 1 << 16  # 4,096 are the program's own default


def off(coalition):
    """The clauses that are not in a coalition."""
    return [c for k, c in enumerate(CLAUSES) if not coalition >> k & 1]


def same(own, numpy, threads):
    """Whether both find the same without each clause alone, and under every fourth of the coalitions that are timed."""
    good = True
    for coalition in [ALL - 1 - (1 << k) for k in range(len(CLAUSES))] + TIMED[::4]:
        ids = off(coalition)
        good &= programs.agree(f"numpy without {', '.join(ids)}", lambda n, seed: numpy.ask(n, seed, 1, *ids),
                               lambda n, seed: own.ask(n, seed, threads, "without", *ids), CHECK, ["npv.cloud", "npv.lab"])
    return good


def compare(repeats, threads):
    """The row of ratios.json, alone in a list; none where numpy is not there or finds something else."""
    own, numpy = programs.offtake(DEAL), programs.peer("numpy", MODELS)
    try:
        try:
            numpy.ask(PATHS, 1, 1)
        except (OSError, RuntimeError):
            return []  # compare.py has said that it is left out
        if not same(own, numpy, threads):
            print("peers: the time of numpy under coalitions does not count")
            return []
        ours, theirs, answer = programs.Times(), programs.Times(), None
        for _ in range(repeats):
            answer = own.ask(PATHS, 1, threads, "clauses")
            if answer["coalitions"] != ALL or answer["paths"] != PATHS:
                raise RuntimeError(f"{answer['coalitions']} coalitions on {answer['paths']} paths")
            ours.note(answer)
            runs = [numpy.ask(PATHS, 1, 1, *off(c)) for c in TIMED]
            theirs.note({key: sum(r[key] for r in runs) * ALL / len(TIMED) for key in ("seconds", "cpu")})
    finally:
        own.close()
        numpy.close()
    print(f"\n{len(CLAUSES)} clauses, {ALL} coalitions of {PATHS} paths: offtake {ours.wall / 1e6:.1f} s on {threads} threads; numpy "
          f"{theirs.wall / 1e6:.1f} s on one,\nscaled up from the {len(TIMED)} coalitions that it was timed on\nhash {answer['hash']}")
    return [{"name": f"Shapley values of {len(CLAUSES)} clauses, numpy coalition by coalition over offtake", "ratio": theirs.wall / ours.wall,
             "aim": None, "met": None, "hash": answer["hash"], "by_processor_time": theirs.cpu / (ours.cpu / threads)}]
