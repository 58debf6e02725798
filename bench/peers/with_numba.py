# SPDX-License-Identifier: Apache-2.0
"""The model of README.md in numba: a loop over paths on all threads."""
import math
import sys

import numba
import numpy as np

import serve
import tables

T = {name: np.array(x) for name, x in tables.lay_out(tables.read(sys.argv[1:])).items()}
MONTHS, YEARS = len(T["years"]), len(T["minimum"])
ROWS = 5 + YEARS
BLOCKS = 64  # each with sums of its own, so that threads do not meet

DF, SURVIVAL, NEED, LIST = T["discount_factor"], T["survival"], T["need"], T["list"]
MARKET, COST, CAPACITY, CHARGE = T["market"], T["cost"], T["capacity"], T["charge"]
DRAW, SHARE, FLOOR, GROWTH, A = T["draw"], T["revenue_share"], T["floor_need"], T["floor_growth"], T["minimum"]
LOW, VOL, DRIFT, Y = T["cholesky"].reshape(3, 3), T["volatility"], T["drift"], T["years"]
JUMPS, JUMPY = T["jumps"].reshape(2, 3), bool(T["jumps"].reshape(2, 3)[:, 0].any())
REFUSAL, OFF, REST = int(T["refusal_step"][0]), 1 - T["discount"][0], T["share_of_rest"][0]
THRESHOLD, CAP, RECOVERY = T["carry_threshold"][0], T["carry_cap"][0], T["claim_recovery"][0]
DEATH, VALUE, GIFT = T["default_cost"][0], T["lab_value"][0], T["gift"][0]
FIRST, ROUND, PRE = T["first_cheque"]
SECOND, SECOND_STEP = T["second_cheque"][0], int(T["second_cheque"][1])
PRICE = PRE / T["shares"][0]
OUTSTANDING, HELD = T["shares"][0] + ROUND / PRICE, FIRST / PRICE
NOISY_LIST, NOISY_VALUE = bool(VOL[1] > 0), bool(VOL[2] > 0)
ROOT = np.sqrt(np.diff(Y, prepend=0.0))


@numba.njit(error_model="numpy", fastmath=True)
def wait(i):
    """Years to a factor's next jump."""
    return np.random.standard_exponential() / JUMPS[i, 0] if JUMPS[i, 0] > 0 else 1e9


@numba.njit(error_model="numpy", fastmath=True)
def path(row):
    """Runs one path and writes its measures."""
    u = np.random.random()
    w0 = w1 = w2 = jump0 = jump1 = due0 = due1 = 0.0
    fl = fv = 1.0
    if JUMPY:
        due0, due1 = wait(0), wait(1)
    q = r = credited = carry = 0.0
    b0 = b1 = b2 = 0.0
    use = miss = market = cost = draws = shared = claim = dead = 0.0
    cheque2 = sold = base = total = defaulted = 0.0
    for t in range(MONTHS):
        k = t // 12
        df = DF[t]
        z0 = np.random.standard_normal()
        w0 += ROOT[t] * z0
        if NOISY_LIST or NOISY_VALUE:
            z1, z2 = np.random.standard_normal(), np.random.standard_normal()
            w1 += ROOT[t] * (LOW[1, 0] * z0 + LOW[1, 1] * z1)
            w2 += ROOT[t] * (LOW[2, 0] * z0 + LOW[2, 1] * z1 + LOW[2, 2] * z2)
        if defaulted == 0 and u >= SURVIVAL[t]:
            defaulted = 1.0
            claim = max(0.0, A[k] - q) * DF[12 * k + 11]
            for later in range(k + 1, YEARS):
                claim += A[later] * DF[12 * later + 11]
            claim *= RECOVERY
            dead = DEATH * df
        if defaulted != 0:
            if NOISY_VALUE:
                continue  # its value at the horizon is still to be drawn
            break
        if JUMPY:
            while due0 <= Y[t]:
                jump0 += JUMPS[0, 1] + JUMPS[0, 2] * np.random.standard_normal()
                due0 += wait(0)
            while due1 <= Y[t]:
                jump1 += JUMPS[1, 1] + JUMPS[1, 2] * np.random.standard_normal()
                due1 += wait(1)
        need = NEED[t] * math.exp(VOL[0] * w0 - DRIFT[0] * Y[t] + jump0)
        if NOISY_LIST:
            fl = math.exp(VOL[1] * w1 - DRIFT[1] * Y[t] + jump1)
        p = OFF * LIST[t] * fl
        if t == REFUSAL:
            base = need
        here = max(0.0, A[k] - q) / p
        wanted = need
        if here < need:
            wanted = here + REST * (need - here)
        wanted = max(wanted, FLOOR[t] * need, GROWTH[t] * max(0.0, need - base))
        x = min(wanted, need, CAPACITY[t])
        spend = x * p
        q += spend
        r += CAPACITY[t] * p
        use += (spend + CHARGE[t]) * df
        market += x * MARKET[t] * df
        cost += x * COST[t] * df
        draws += DRAW[t] * df
        shared += SHARE[t] * df
        ask = q - A[k] - credited
        if ask > 0 and b0 + b1 + b2 > 0:
            took = min(b2, ask)
            b2 -= took
            more = min(b1, ask - took)
            b1 -= more
            took += more
            more = min(b0, ask - took)
            b0 -= more
            took += more
            credited += took
            miss -= took * df
        if t == SECOND_STEP:
            fv = math.exp(VOL[2] * w2 - DRIFT[2] * Y[t]) if NOISY_VALUE else 1.0
            cheque2 = SECOND * df
            sold = SECOND * OUTSTANDING * df / (VALUE * fv + ROUND)
        if t % 12 == 11:
            least = max(0.0, A[k] - max(0.0, A[k] - r))
            short = max(0.0, least - q)
            carried = min(carry, CAP * A[k], short)
            d = short - carried
            taken = max(credited, min(b0 + b1 + b2 + credited, max(0.0, q - least)))
            ask = taken - credited
            if ask > 0:
                took = min(b2, ask)
                more = min(b1, ask - took)
                b1 -= more
                took += more
                more = min(b0, ask - took)
                b0 -= more
                miss -= (took + more) * df
            carry += max(0.0, q - taken - THRESHOLD * A[k]) - carried
            b2, b1, b0 = b1, b0, d
            miss += d * df
            row[3 + k] = d
            total += d
            q = r = credited = 0.0
    fv = math.exp(VOL[2] * w2 - DRIFT[2] * Y[MONTHS - 1]) if NOISY_VALUE else 1.0
    paid = use + miss + claim
    added = market - paid + GIFT * draws - shared
    stake = (HELD + sold) / (OUTSTANDING + sold) * (VALUE * fv + ROUND + cheque2 + added)
    row[0] = paid + stake - cost - dead - FIRST - cheque2 - GIFT * draws + shared
    row[1] = added + FIRST + cheque2 - stake
    row[2] = use
    row[3 + YEARS] = total
    row[4 + YEARS] = defaulted


@numba.njit(error_model="numpy", fastmath=True)
def block(n, seed, npvs, shift, sums, squares):
    """Runs the paths of one block and adds them up."""
    np.random.seed(seed)
    row = np.zeros(ROWS)
    for i in range(n):
        row[3:3 + YEARS] = 0.0
        path(row)
        npvs[i] = row[0]
        for j in range(ROWS):
            d = row[j] - shift[j]
            sums[j] += d
            squares[j] += d * d


@numba.njit(parallel=True, error_model="numpy", fastmath=True)
def blocks(n, seed, npvs, shift, sums, squares):
    each = n // BLOCKS
    for b in numba.prange(BLOCKS):
        block(each, seed * 1000 + b, npvs[b * each:(b + 1) * each], shift, sums[b], squares[b])


def run(paths, seed, threads):
    """All paths: means and variances of one path, and the quantiles of npv.cloud."""
    numba.set_num_threads(threads)
    each = (paths + BLOCKS - 1) // BLOCKS
    n = each * BLOCKS
    npvs, one, square = np.empty(n), np.zeros(ROWS), np.zeros(ROWS)
    block(256, seed * 1000 + 999, np.empty(256), np.zeros(ROWS), one, square)
    shift = one / 256  # near the means, so that squares lose nothing
    sums, squares = np.zeros((BLOCKS, ROWS)), np.zeros((BLOCKS, ROWS))
    blocks(n, seed, npvs, shift, sums, squares)
    d = sums.sum(axis=0) / n
    low, high = int(0.05 * n), int(0.95 * n)
    npvs.partition([low, high])
    return shift + d, squares.sum(axis=0) / n - d * d, npvs[[low, high]]


if __name__ == "__main__":
    serve.serve(run)
