# SPDX-License-Identifier: Apache-2.0
"""Lays model.json out by month: what is the same on every path. See README.md."""
import json
import math
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


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
        t = next(t for t, p in enumerate(power) if p >= part["gw"] * (1 - 1e-12))
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


def lay_out(path=None):
    """The tables by month, and the model's plain numbers."""
    with open(path or os.environ.get("OFFTAKE_MODEL") or os.path.join(HERE, "model.json")) as f:
        m = json.load(f)
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
        "capacity": [m["delivery"] * sum(g["gw"] * g["units_per_gw"] for g in gs) for gs in running],
        "charge": [m["charge_per_gw"] * p for p in power],
        "draw": draws(m, power),
        "revenue_share": revenue_share(m),
        "floor_need": [x["scope"] if x["level"] == "exclusive" else 0.0 for x in rung],
        "floor_growth": [x["scope"] if x["level"] == "first_refusal" else 0.0 for x in rung],
        "minimum": minimums(c["total"], c["growth"]),
        "cholesky": sum(cholesky(m["correlation"]), []),
        "volatility": [m["need"]["volatility"], m["list_price"]["volatility"], m["lab_value"]["volatility"]],
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
        for name, numbers in lay_out().items():
            out.write(f"{name} {len(numbers)} {' '.join(repr(float(x)) for x in numbers)}\n")
