# SPDX-License-Identifier: Apache-2.0
"""Lays a model out by month: what is the same on every path. See README.md."""
import json
import math
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
FACTORS = ("need", "list_price", "lab_value")
NO_JUMPS = {"rate": 0, "mean": 0, "sd": 0}


def factor(x, t):
    """The level without noise of a number in month t."""
    if "drift" in x:
        return x["from"] * math.exp(x["drift"] * (t + 1) / 12)
    return x["from"] * (1 + x["rate"]) ** (t / 12)


def minimums(total, growth):
    """The minimum of each year: running sums in whole cents."""
    weights = [(1 + growth) ** k for k in range(10)]
    out, run, before = [], 0.0, 0.0
    for w in weights:
        run += w
        upto = round(total * 100 * run / sum(weights)) / 100
        out.append(upto - before)
        before = upto
    return out


def cholesky(a):
    """The lower triangle whose square a is."""
    n = len(a)
    low = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for j in range(i + 1):
            d = a[i][j] - sum(low[i][k] * low[j][k] for k in range(j))
            low[i][j] = math.sqrt(d) if i == j else d / low[j][j]
    return low


def draws(m, power):
    """What is drawn in each month in which the lab is there."""
    out = [0.0] * len(power)
    for part in m["facility"]["opens"]:
        t = next((t for t, p in enumerate(power) if p >= part["gw"] * (1 - 1e-12)), m["months"])
        if t + 1 <= m["facility"]["last_step"]:
            out[t + 1] += part["amount"]
    return out


def revenue_share(m):
    """What is shared in each month in which the lab is there."""
    x, out, paid = m["revenue_share"], [], 0.0
    for t in range(m["months"]):
        due = factor(m["revenue"], t) / 12 * x["share"] if t < x["steps"] else 0.0
        due = min(due, x["cap"] - paid)
        paid += due
        out.append(due)
    return out


def jumps(m):
    """Of need and list price: jumps a year, and mean and deviation of one."""
    return [x[number] for x in (m[f].get("jumps", NO_JUMPS) for f in FACTORS[:2]) for number in ("rate", "mean", "sd")]


def drift(x):
    """What makes a factor's noise 1 on average, a year: s^2/2, and what jumps add."""
    j = x.get("jumps", NO_JUMPS)
    return 0.5 * x["volatility"] ** 2 + j["rate"] * (math.exp(j["mean"] + 0.5 * j["sd"] ** 2) - 1)


# The deal without a clause: the numbers that say so, in the words of README.md.
OFF = {
    "first-cheque": {"first_cheque": {"amount": 0, "round": 0}},
    "second-cheque": {"second_cheque": {"amount": 0}},
    "delivery": {"generations": []},
    "list": {"discount": 0},
    "floor": {"commitment": {"total": 0}},
    "delayed-draw": {"facility": {"opens": []}},
    "power": {"charge_per_gw": 0},
    "support": {"charge_per_month": 0},
    "revenue-share": {"revenue_share": {"share": 0}},
    "home": {"exclusivity": [{"step": 0, "level": "none", "scope": 1}]},
}


def changed(m, change):
    """The model with some of its numbers replaced."""
    return {**m, **{key: {**m[key], **x} if isinstance(x, dict) else x for key, x in change.items()}}


def read(names):
    """The model of the first file, with what stands in the others in the place of what it has under the same names."""
    out = {}
    for name in names:
        with open(os.path.join(HERE, name)) as f:
            out.update(json.load(f))
    return out


def lay_out(m, off=()):
    """The tables by month and the plain numbers of a model, less the clauses that are off."""
    for clause in off:
        m = changed(m, OFF[clause])
    months = range(m["months"])
    running = [[g for g in m["generations"] if g["step"] <= t] for t in months]
    power = [m["delivery"] * sum(g["gw"] for g in gs) for gs in running]
    rung = [[x for x in m["exclusivity"] if x["step"] <= t][-1] for t in months]
    refusal = [x["step"] for x in m["exclusivity"] if x["level"] == "first_refusal"]
    c = m["commitment"]
    first, second = m["first_cheque"], m["second_cheque"]
    tables = {
        "years": [(t + 1) / 12 for t in months],
        "discount_factor": [math.exp(-m["continuous_rate"] * (t + 1) / 12) for t in months],
        "survival": [math.exp(-m["hazard"] * (t + 1) / 12) for t in months],
        "need": [factor(m["need"], t) / 12 for t in months],
        "list": [factor(m["list_price"], t) for t in months],
        "market": [factor(m["market_price"], t) for t in months],
        "cost": [factor(m["sunk_cost"], t) for t in months],
        "capacity": [m["delivery"] * sum(g["gw"] * g["units_per_gw"] for g in gs) if m["generations"] else math.inf for gs in running],
        "charge": [m["charge_per_gw"] * p + m["charge_per_month"] for p in power],
        "draw": draws(m, power),
        "revenue_share": revenue_share(m),
        "floor_need": [x["scope"] if x["level"] == "exclusive" else 0.0 for x in rung],
        "floor_growth": [x["scope"] if x["level"] == "first_refusal" else 0.0 for x in rung],
        "minimum": minimums(c["total"], c["growth"]),
        "cholesky": sum(cholesky(m["correlation"]), []),
        "volatility": [m[f]["volatility"] for f in FACTORS],
        "drift": [drift(m[f]) for f in FACTORS],
        "jumps": jumps(m),
        "refusal_step": refusal[:1] or [m["months"]],
        "rate": [m["continuous_rate"]],
        "discount": [m["discount"]],
        "carry_threshold": [c["carry_threshold"]],
        "carry_cap": [c["carry_cap"]],
        "claim_recovery": [m["claim_recovery"]],
        "default_cost": [m["default_cost"]],
        "lab_value": [m["lab_value"]["start"]],
        "shares": [m["lab_value"]["shares"]],
        "first_cheque": [first["amount"], first["round"], first["pre_money"]],
        "second_cheque": [second["amount"], second["step"]],
        "gift": [1 - m["facility"]["worth"]],
        "share_of_rest": [m["share_of_rest"]],
    }
    assert c["make_up_life"] == 3, "peers keep three vintages"
    return tables


if __name__ == "__main__":
    with open(sys.argv[1], "w") as out:
        for name, numbers in lay_out(read(sys.argv[2:])).items():
            out.write(f"{name} {len(numbers)} {' '.join(repr(float(x)) for x in numbers)}\n")
