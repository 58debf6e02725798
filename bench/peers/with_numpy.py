# SPDX-License-Identifier: Apache-2.0
"""The model of README.md in numpy: columns over a batch of paths, one thread."""
import sys

import numpy as np

import serve
import tables

MODEL = tables.read(sys.argv[1:])
BATCH = 8192  # columns that stay in the cache: found by trying


def jumped(jumps, dt, rng, n):
    """What the jumps of a month add to the logarithms of n paths: as many as all have together, each on any of them."""
    rate, mean, sd = jumps
    count = rng.poisson(rate * dt * n)
    return np.bincount(rng.integers(n, size=count), mean + sd * rng.standard_normal(count), n)


def walks(T, rng, n):
    """Generators of exp(s W(t) - s^2 y(t)/2 + jumps) by month, for each factor; 1 where it is not drawn."""
    vol, low, jumps = T["volatility"], T["cholesky"].reshape(3, 3), T["jumps"].reshape(2, 3)
    w, jump = np.zeros((3, n)), np.zeros((2, n))
    dt = np.diff(T["years"], prepend=0.0)
    root = np.sqrt(dt)
    for t, y in enumerate(T["years"]):
        z = rng.standard_normal((3, n)) if vol[1:].any() else rng.standard_normal((1, n))
        out = [1.0, 1.0, 1.0]
        for i in range(3):
            if vol[i] > 0:
                for j in range(min(i + 1, len(z))):
                    if low[i, j] != 0:
                        w[i] += (root[t] * low[i, j]) * z[j]
                logarithm = vol[i] * w[i] - T["drift"][i] * y
                if i < 2 and jumps[i, 0] > 0:
                    jump[i] += jumped(jumps[i], dt[t], rng, n)
                    logarithm += jump[i]
                out[i] = np.exp(logarithm)
        yield out


def batch(T, rng, n):
    """One batch of paths: npv.cloud, npv.lab, pv_spend, deficiency by year, default."""
    D, A = T["discount_factor"], T["minimum"]
    u = rng.random(n)
    alive = np.ones(n)
    q, r, credited, carry, credit = (np.zeros(n) for _ in range(5))
    bank = [np.zeros(n) for _ in range(3)]
    use, miss, market, cost, draws, shared, claim, dead = (np.zeros(n) for _ in range(8))
    deficiency = np.zeros((len(A), n))
    first, rounds, pre = T["first_cheque"]
    price = pre / T["shares"][0]
    outstanding, held = T["shares"][0] + rounds / price, np.full(n, first / price)
    cheque2, sold = np.zeros(n), np.zeros(n)
    base = np.zeros(n)
    value = T["lab_value"][0]
    ends = D[11::12]
    off = 1 - T["discount"][0]

    def make_up(wanted):
        for v in (2, 1, 0):
            took = np.minimum(bank[v], wanted)
            bank[v] -= took
            wanted = wanted - took
            yield took

    for t, (fn, fl, fv) in enumerate(walks(T, rng, n)):
        k = t // 12
        now = (u < T["survival"][t]).astype(float)
        failing = alive - now
        if failing.any():
            left = np.maximum(0, A[k] - q) * ends[k] + (A[k + 1:] * ends[k + 1:]).sum()
            claim += failing * left * T["claim_recovery"][0]
            dead += failing * (T["default_cost"][0] * D[t])
        alive = now
        need = T["need"][t] * fn
        p = off * T["list"][t] * fl
        if t == T["refusal_step"][0]:
            base = need
        here = np.maximum(0, A[k] - q) / p
        wanted = np.where(here >= need, need, here + T["share_of_rest"][0] * (need - here))
        if T["floor_need"][t] > 0:
            wanted = np.maximum(wanted, T["floor_need"][t] * need)
        if T["floor_growth"][t] > 0:
            wanted = np.maximum(wanted, T["floor_growth"][t] * np.maximum(0, need - base))
        x = np.minimum(np.minimum(wanted, need), T["capacity"][t]) * alive
        spend = x * p
        q = q + spend
        r = r + T["capacity"][t] * p
        use += spend * D[t]
        use += alive * (T["charge"][t] * D[t])
        market += x * (T["market"][t] * D[t])
        cost += x * (T["cost"][t] * D[t])
        if k > 0:
            for took in make_up(alive * np.maximum(0, q - A[k] - credited)):
                credited = credited + took
                miss -= took * D[t]
        if T["draw"][t] > 0:
            draws += alive * (T["draw"][t] * D[t])
        if T["revenue_share"][t] > 0:
            shared += alive * (T["revenue_share"][t] * D[t])
        if t == T["second_cheque"][1]:
            fair = (value / D[t] * fv + rounds / D[t]) / outstanding
            cheque2 = alive * (T["second_cheque"][0] * D[t])
            sold = alive * (T["second_cheque"][0] / fair)
        if t % 12 == 11:
            least = np.maximum(0, A[k] - np.maximum(0, A[k] - r))
            short = np.maximum(0, least - q)
            carried = np.minimum(np.minimum(carry, T["carry_cap"][0] * A[k]), short)
            d = (short - carried) * alive
            stock = bank[0] + bank[1] + bank[2]
            taken = np.maximum(credited, np.minimum(stock + credited, np.maximum(0, q - least)))
            for took in make_up((taken - credited) * alive):
                miss -= took * D[t]
            carry = carry - carried + np.maximum(0, q - taken - T["carry_threshold"][0] * A[k])
            bank = [d, bank[0], bank[1]]
            miss += d * D[t]
            deficiency[k] = d
            q, r, credited = np.zeros(n), np.zeros(n), np.zeros(n)
    paid = use + miss + claim
    gift = T["gift"][0] * draws
    added = market - paid + gift - shared
    money = rounds + cheque2
    stake = (held + sold) / (outstanding + sold) * (value * fv + money + added)
    cheques = first + cheque2
    cloud = paid + stake - cost - dead - cheques - gift + shared
    lab = added + cheques - stake
    return np.vstack([cloud, lab, use, deficiency, deficiency.sum(axis=0), 1 - alive])


def run(paths, seed, _threads, *off):
    """All batches: means and variances of one path, and the quantiles of npv.cloud."""
    T = {name: np.array(x) for name, x in tables.lay_out(MODEL, off).items()}
    rng = np.random.Generator(np.random.SFC64(seed))
    sums, squares, npvs, shift = 0.0, 0.0, [], None
    for at in range(0, paths, BATCH):
        rows = batch(T, rng, min(BATCH, paths - at))
        if shift is None:
            shift = rows.mean(axis=1, keepdims=True)
        npvs.append(rows[0].copy())
        rows -= shift
        sums = sums + rows.sum(axis=1)
        squares = squares + np.einsum("ij,ij->i", rows, rows)
    d = sums / paths
    npvs = np.concatenate(npvs)
    low, high = int(0.05 * paths), int(0.95 * paths)
    npvs.partition([low, high])
    return shift[:, 0] + d, squares / paths - d * d, npvs[[low, high]]


if __name__ == "__main__":
    serve.serve(run)
