// SPDX-License-Identifier: Apache-2.0

// The model of README.md in plain C++: a loop over paths, the standard library's
// numbers and functions.
#include <cmath>
#include <random>

#include "tables.h"

namespace {

using std::max;
using std::min;

struct Model {
  std::vector<double> years, df, survival, need, list, market, cost, capacity, charge, draw, share, floorNeed, floorGrowth, a, low, vol, drift, jumps, root;
  int refusal, secondStep;
  double off, rest, threshold, cap, recovery, death, value, gift, first, round, outstanding, held, second;
  bool noisyList, noisyValue;

  explicit Model(Tables t)
      : years(t["years"]), df(t["discount_factor"]), survival(t["survival"]), need(t["need"]), list(t["list"]), market(t["market"]),
        cost(t["cost"]), capacity(t["capacity"]), charge(t["charge"]), draw(t["draw"]), share(t["revenue_share"]),
        floorNeed(t["floor_need"]), floorGrowth(t["floor_growth"]), a(t["minimum"]), low(t["cholesky"]), vol(t["volatility"]),
        drift(t["drift"]), jumps(t["jumps"]), root(kMonths) {
    refusal = int(t["refusal_step"][0]), off = 1 - t["discount"][0], rest = t["share_of_rest"][0];
    threshold = t["carry_threshold"][0], cap = t["carry_cap"][0], recovery = t["claim_recovery"][0];
    death = t["default_cost"][0], value = t["lab_value"][0], gift = t["gift"][0];
    first = t["first_cheque"][0], round = t["first_cheque"][1];
    double shares = t["shares"][0], price = t["first_cheque"][2] / shares;
    outstanding = shares + round / price, held = first / price;
    second = t["second_cheque"][0], secondStep = int(t["second_cheque"][1]);
    noisyList = vol[1] > 0, noisyValue = vol[2] > 0;
    for (int i = 0; i < kMonths; i++) root[i] = std::sqrt(years[i] - (i ? years[i - 1] : 0));
  }

  double noise(int i, double w, int t, double jumped = 0) const { return std::exp(vol[i] * w - drift[i] * years[t] + jumped); }
};

// The jumps of need or list price, one after the other.
struct Jumps {
  double rate, mean, sd, due = HUGE_VAL, sum = 0;  // due: the year of the next

  template <class Random>
  Jumps(const double* j, Random& random) : rate(j[0]), mean(j[1]), sd(j[2]) {
    if (rate > 0) due = wait(random);
  }
  template <class Random>
  double wait(Random& random) const {
    return std::exponential_distribution<double>(rate)(random);
  }
  template <class Random>
  double upTo(double year, Random& random, std::normal_distribution<double>& normal) {
    for (; due <= year; due += wait(random)) sum += mean + sd * normal(random);
    return sum;
  }
};

struct Bank {
  double v[3] = {};
  double sum() const { return v[0] + v[1] + v[2]; }
  double take(double ask) {
    double took = 0;
    for (int i = 2; i >= 0 && took < ask; i--) {
      double use = min(v[i], ask - took);
      v[i] -= use;
      took += use;
    }
    return took;
  }
  void age(double fresh) { v[2] = v[1], v[1] = v[0], v[0] = fresh; }
};

double claimOf(const Model& m, int t, double q) {
  int k = t / 12;
  double claim = max(0.0, m.a[k] - q) * m.df[12 * k + 11];
  for (int z = k + 1; z < kYears; z++) claim += m.a[z] * m.df[12 * z + 11];
  return claim * m.recovery;
}

template <class Random>
void path(const Model& m, Random& random, std::normal_distribution<double>& normal, double* row) {
  double u = std::uniform_real_distribution<double>()(random);
  double w[3] = {}, fl = 1, fv = 1, q = 0, r = 0, credited = 0, carry = 0, base = 0;
  Bank bank;
  Jumps jumps[] = {{&m.jumps[0], random}, {&m.jumps[3], random}};
  double use = 0, miss = 0, market = 0, cost = 0, draws = 0, shared = 0, claim = 0, dead = 0, cheque2 = 0, sold = 0, total = 0, failed = 0;
  for (int t = 0; t < kMonths; t++) {
    int k = t / 12;
    double df = m.df[t], z0 = normal(random);
    w[0] += m.root[t] * z0;
    if (m.noisyList || m.noisyValue) {
      double z1 = normal(random), z2 = normal(random);
      w[1] += m.root[t] * (m.low[3] * z0 + m.low[4] * z1);
      w[2] += m.root[t] * (m.low[6] * z0 + m.low[7] * z1 + m.low[8] * z2);
    }
    if (!failed && u >= m.survival[t]) failed = 1, claim = claimOf(m, t, q), dead = m.death * df;
    if (failed) {
      if (m.noisyValue) continue;
      break;
    }
    double need = m.need[t] * m.noise(0, w[0], t, jumps[0].upTo(m.years[t], random, normal));
    if (m.noisyList) fl = m.noise(1, w[1], t, jumps[1].upTo(m.years[t], random, normal));
    double p = m.off * m.list[t] * fl;
    if (t == m.refusal) base = need;
    double here = max(0.0, m.a[k] - q) / p, wanted = here >= need ? need : here + m.rest * (need - here);
    wanted = max(wanted, max(m.floorNeed[t] * need, m.floorGrowth[t] * max(0.0, need - base)));
    double x = min(min(wanted, need), m.capacity[t]), spend = x * p;
    q += spend, r += m.capacity[t] * p;
    use += (spend + m.charge[t]) * df, market += x * m.market[t] * df, cost += x * m.cost[t] * df;
    draws += m.draw[t] * df, shared += m.share[t] * df;
    double took = bank.take(max(0.0, q - m.a[k] - credited));
    credited += took, miss -= took * df;
    if (t == m.secondStep) {
      fv = m.noisyValue ? m.noise(2, w[2], t) : 1;
      cheque2 = m.second * df, sold = m.second * m.outstanding * df / (m.value * fv + m.round);
    }
    if (t % 12 == 11) {
      double least = max(0.0, m.a[k] - max(0.0, m.a[k] - r)), shortfall = max(0.0, least - q);
      double carried = min(carry, min(m.cap * m.a[k], shortfall)), d = shortfall - carried;
      double taken = max(credited, min(bank.sum() + credited, max(0.0, q - least)));
      miss += (d - bank.take(taken - credited)) * df;
      carry += max(0.0, q - taken - m.threshold * m.a[k]) - carried;
      bank.age(d);
      row[3 + k] = d, total += d;
      q = r = credited = 0;
    }
  }
  fv = m.noisyValue ? m.noise(2, w[2], kMonths - 1) : 1;
  double paid = use + miss + claim, added = market - paid + m.gift * draws - shared;
  double stake = (m.held + sold) / (m.outstanding + sold) * (m.value * fv + m.round + cheque2 + added);
  row[0] = paid + stake - cost - dead - m.first - cheque2 - m.gift * draws + shared;
  row[1] = added + m.first + cheque2 - stake;
  row[2] = use, row[3 + kYears] = total, row[4 + kYears] = failed;
}

}  // namespace

int main(int, char** argv) {
  const Model m(readTables(argv[1]));
  serve([&](uint64_t seed, long from, long to, double* npvs, Sums& sums) {
    std::mt19937_64 random(seed * 1000003 + uint64_t(from));
    std::normal_distribution<double> normal;
    for (long i = from; i < to; i++) {
      double row[kRows] = {};
      path(m, random, normal, row);
      npvs[i] = row[0];
      sums.add(row);
    }
    sums.n += to - from;
  });
}
