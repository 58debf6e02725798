// SPDX-License-Identifier: Apache-2.0

// The model of README.md with AVX-512 intrinsics, eight paths in a register and
// two registers side by side: what the machine can do. What depends on the month
// of default alone is summed once, and looked up.
#include <cmath>

#include "lanes.h"
#include "tables.h"

namespace {

using namespace lanes;

constexpr int kSide = 2, kLanes = 8 * kSide;

// Numbers by month that are the same on every path, as the loop wants them.
struct Model {
  double logNeed[kMonths], years[kMonths], drift[3][kMonths], survival[kMonths], price[kMonths], unitsPerDollar[kMonths], df[kMonths];
  double spendDf[kMonths], marketDf[kMonths], costDf[kMonths], capacity[kMonths], floorNeed[kMonths], floorGrowth[kMonths];
  double scale[3][3];  // of normal numbers to log levels, a month
  double a[kYears], possible[kYears], endDf[kYears], laterDf[kYears];
  // By how many months the lab lives.
  double charged[kMonths + 1], given[kMonths + 1], dead[kMonths + 1], second[kMonths + 1];
  double rest, threshold, cap, recovery, value, first, round, outstanding, held;
  int refusal, secondStep;
  struct { double rate, mean, sd; } jumps[2];  // of need and list price
  bool noisyList, noisyValue, jumpy;

  explicit Model(Tables t) {
    double off = 1 - t["discount"][0];
    auto vol = t["volatility"], low = t["cholesky"];
    noisyList = vol[1] > 0, noisyValue = vol[2] > 0;
    for (int i = 0; i < 2; i++) jumps[i] = {t["jumps"][3 * i], t["jumps"][3 * i + 1], t["jumps"][3 * i + 2]};
    jumpy = jumps[0].rate > 0 || jumps[1].rate > 0;
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < 3; j++) scale[i][j] = vol[i] * low[3 * i + j] * std::sqrt(1.0 / 12);
    secondStep = int(t["second_cheque"][1]), refusal = int(t["refusal_step"][0]);
    double gift = t["gift"][0], charge = 0, give = 0;
    std::fill(possible, possible + kYears, 0.0);
    for (int m = 0; m < kMonths; m++) {
      df[m] = t["discount_factor"][m], survival[m] = t["survival"][m], capacity[m] = t["capacity"][m];
      years[m] = t["years"][m];
      for (int i = 0; i < 3; i++) drift[i][m] = -t["drift"][i] * years[m];
      logNeed[m] = std::log(t["need"][m]) + drift[0][m];
      price[m] = off * t["list"][m], unitsPerDollar[m] = 1 / price[m];
      spendDf[m] = price[m] * df[m], marketDf[m] = t["market"][m] * df[m], costDf[m] = t["cost"][m] * df[m];
      floorNeed[m] = t["floor_need"][m], floorGrowth[m] = t["floor_growth"][m];
      possible[m / 12] += capacity[m] * price[m];
      charged[m] = charge, given[m] = give, dead[m] = t["default_cost"][0] * df[m];
      second[m] = m > secondStep ? t["second_cheque"][0] * df[secondStep] : 0;
      charge += t["charge"][m] * df[m], give += (gift * t["draw"][m] - t["revenue_share"][m]) * df[m];
    }
    charged[kMonths] = charge, given[kMonths] = give, dead[kMonths] = 0, second[kMonths] = t["second_cheque"][0] * df[secondStep];
    double later = 0;
    for (int k = kYears - 1; k >= 0; k--) {
      a[k] = t["minimum"][k], endDf[k] = df[12 * k + 11], laterDf[k] = later;
      later += a[k] * endDf[k];
    }
    rest = t["share_of_rest"][0], threshold = t["carry_threshold"][0], cap = t["carry_cap"][0], recovery = t["claim_recovery"][0];
    value = t["lab_value"][0], first = t["first_cheque"][0], round = t["first_cheque"][1];
    double shares = t["shares"][0], at = t["first_cheque"][2] / shares;
    outstanding = shares + round / at, held = first / at;
  }
};

// Sums over paths, lane by lane.
struct LaneSums {
  V shift[kRows], sum[kRows], square[kRows];
  void add(int j, V x) {
    V d = _mm512_sub_pd(x, shift[j]);
    sum[j] = _mm512_add_pd(sum[j], d), square[j] = fma(d, d, square[j]);
  }
};

// What a register of paths remembers.
struct State {
  V u, w[3], due[2], price, q, possible, credited, carry, base, bank[3];
  V spend, miss, market, cost, claim, fairAtSecond, total;
  M alive;
  __m512i months;

  explicit State(Random& random) {
    V zero = all(0);
    u = random.uniform(), alive = 0xff, months = _mm512_setzero_si512();
    w[0] = w[1] = w[2] = price = q = possible = credited = carry = base = zero;
    bank[0] = bank[1] = bank[2] = spend = miss = market = cost = claim = fairAtSecond = total = zero;
  }

  // The year of a factor's next jump, after a first one or after the last.
  void wait(const Model& m, Random& random, int i, V after, M lanes) {
    V e = _mm512_sub_pd(all(0), log(random.uniform()));
    due[i] = _mm512_mask_add_pd(due[i], lanes, after, _mm512_div_pd(e, all(m.jumps[i].rate)));
  }

  // Adds the jumps up to a year.
  void jump(const Model& m, Random& random, int i, double year) {
    while (M now = _mm512_cmp_pd_mask(due[i], all(year), _CMP_LE_OQ)) {
      V far = fma(normal(random.uniform()), all(m.jumps[i].sd), all(m.jumps[i].mean));
      w[i] = _mm512_mask_add_pd(w[i], now, w[i], far);
      wait(m, random, i, due[i], now);
    }
  }

  V take(V ask) {
    V took = all(0);
    for (int i = 2; i >= 0; i--) {
      V use = _mm512_min_pd(bank[i], _mm512_sub_pd(ask, took));
      bank[i] = _mm512_sub_pd(bank[i], use), took = _mm512_add_pd(took, use);
    }
    return took;
  }
};

template <bool List, bool Value, bool Jumpy>
inline void month(const Model& m, State& s, Random& random, int t, LaneSums& sums) {
  const V zero = all(0);
  int k = t / 12;
  V z0 = normal(random.uniform());
  s.w[0] = fma(z0, all(m.scale[0][0]), s.w[0]);
  if constexpr (List || Value) {
    V z1 = normal(random.uniform()), z2 = normal(random.uniform());
    s.w[1] = fma(z1, all(m.scale[1][1]), fma(z0, all(m.scale[1][0]), s.w[1]));
    s.w[2] = fma(z2, all(m.scale[2][2]), fma(z1, all(m.scale[2][1]), fma(z0, all(m.scale[2][0]), s.w[2])));
  }
  if constexpr (Jumpy) s.jump(m, random, 0, m.years[t]), s.jump(m, random, 1, m.years[t]);
  V a = all(m.a[k]), left = _mm512_max_pd(zero, _mm512_sub_pd(a, s.q));
  M now = _mm512_cmp_pd_mask(s.u, all(m.survival[t]), _CMP_LT_OQ), failing = s.alive & ~now;
  if (failing) s.claim = _mm512_mask_mov_pd(s.claim, failing, _mm512_mul_pd(all(m.recovery), fma(left, all(m.endDf[k]), all(m.laterDf[k]))));
  s.alive = now;
  s.months = _mm512_mask_add_epi64(s.months, now, s.months, _mm512_set1_epi64(1));
  V need = exp(_mm512_add_pd(s.w[0], all(m.logNeed[t]))), price, here;
  if constexpr (List) {
    price = _mm512_mul_pd(all(m.price[t]), exp(_mm512_add_pd(s.w[1], all(m.drift[1][t]))));
    here = _mm512_div_pd(left, price);
    s.possible = fma(all(m.capacity[t]), price, s.possible);
  } else {
    price = all(m.price[t]), here = _mm512_mul_pd(left, all(m.unitsPerDollar[t]));
  }
  if (t == m.refusal) s.base = need;
  V wanted = _mm512_min_pd(need, fma(all(m.rest), _mm512_sub_pd(need, here), here));
  if (m.floorNeed[t] > 0) wanted = _mm512_max_pd(wanted, _mm512_mul_pd(all(m.floorNeed[t]), need));
  if (m.floorGrowth[t] > 0) wanted = _mm512_max_pd(wanted, _mm512_mul_pd(all(m.floorGrowth[t]), _mm512_sub_pd(need, s.base)));
  V x = _mm512_maskz_min_pd(now, wanted, all(m.capacity[t]));
  s.q = fma(x, price, s.q);
  s.spend = List ? fma(_mm512_mul_pd(x, price), all(m.df[t]), s.spend) : fma(x, all(m.spendDf[t]), s.spend);
  s.market = fma(x, all(m.marketDf[t]), s.market), s.cost = fma(x, all(m.costDf[t]), s.cost);
  V ask = _mm512_sub_pd(_mm512_sub_pd(s.q, a), s.credited);
  V stock = _mm512_add_pd(_mm512_add_pd(s.bank[0], s.bank[1]), s.bank[2]);
  if (_mm512_mask_cmp_pd_mask(_mm512_cmp_pd_mask(ask, zero, _CMP_GT_OQ) & now, stock, zero, _CMP_GT_OQ)) {
    V took = s.take(_mm512_maskz_max_pd(now, zero, ask));
    s.credited = _mm512_add_pd(s.credited, took), s.miss = _mm512_fnmadd_pd(took, all(m.df[t]), s.miss);
  }
  if constexpr (Value)
    if (t == m.secondStep) s.fairAtSecond = exp(_mm512_add_pd(s.w[2], all(m.drift[2][t])));
  if (t % 12 != 11) return;
  V r = List ? s.possible : all(m.possible[k]);
  V least = _mm512_min_pd(a, _mm512_max_pd(zero, r)), over = _mm512_sub_pd(s.q, least), missing = _mm512_max_pd(zero, _mm512_sub_pd(zero, over));
  V carried = _mm512_min_pd(_mm512_min_pd(s.carry, all(m.cap * m.a[k])), missing), d = _mm512_maskz_sub_pd(now, missing, carried);
  stock = _mm512_add_pd(_mm512_add_pd(s.bank[0], s.bank[1]), s.bank[2]);
  V taken = _mm512_max_pd(s.credited, _mm512_min_pd(_mm512_add_pd(stock, s.credited), _mm512_max_pd(zero, over)));
  V late = s.take(_mm512_maskz_sub_pd(now, taken, s.credited));
  s.miss = fma(_mm512_sub_pd(d, late), all(m.df[t]), s.miss);
  V excess = _mm512_max_pd(zero, _mm512_sub_pd(_mm512_sub_pd(s.q, taken), all(m.threshold * m.a[k])));
  s.carry = _mm512_add_pd(_mm512_sub_pd(s.carry, carried), excess);
  s.bank[2] = s.bank[1], s.bank[1] = s.bank[0], s.bank[0] = d;
  s.total = _mm512_add_pd(s.total, d);
  sums.add(3 + k, d);
  s.q = s.possible = s.credited = zero;
}

template <bool Value>
inline void close(const Model& m, const State& s, double* npvs, LaneSums& sums) {
  V charged = _mm512_i64gather_pd(s.months, m.charged, 8), given = _mm512_i64gather_pd(s.months, m.given, 8);
  V dead = _mm512_i64gather_pd(s.months, m.dead, 8), second = _mm512_i64gather_pd(s.months, m.second, 8);
  V v0 = all(m.value), v1 = v0;
  if constexpr (Value) {
    v0 = _mm512_mul_pd(v0, s.fairAtSecond);
    v1 = _mm512_mul_pd(v1, exp(_mm512_add_pd(s.w[2], all(m.drift[2][kMonths - 1]))));
  }
  V sold = _mm512_div_pd(_mm512_mul_pd(second, all(m.outstanding)), _mm512_add_pd(v0, all(m.round)));
  V use = _mm512_add_pd(s.spend, charged), paid = _mm512_add_pd(_mm512_add_pd(use, s.miss), s.claim);
  V added = _mm512_add_pd(_mm512_sub_pd(s.market, paid), given), cheques = _mm512_add_pd(all(m.first), second);
  V share = _mm512_div_pd(_mm512_add_pd(all(m.held), sold), _mm512_add_pd(all(m.outstanding), sold));
  V stake = _mm512_mul_pd(share, _mm512_add_pd(_mm512_add_pd(v1, all(m.round)), _mm512_add_pd(second, added)));
  V gone = _mm512_add_pd(_mm512_add_pd(s.cost, dead), _mm512_add_pd(cheques, given));
  V cloud = _mm512_sub_pd(_mm512_add_pd(paid, stake), gone);
  _mm512_storeu_pd(npvs, cloud);
  sums.add(0, cloud);
  sums.add(1, _mm512_sub_pd(_mm512_add_pd(added, cheques), stake));
  sums.add(2, use);
  sums.add(3 + kYears, s.total);
  sums.add(4 + kYears, _mm512_maskz_mov_pd(M(~s.alive), all(1)));
}

template <bool List, bool Value, bool Jumpy = false>
void paths(const Model& m, uint64_t seed, long from, long to, double* npvs, Sums& out) {
  Random random[kSide] = {Random(seed * 1000003 + uint64_t(from)), Random((seed * 1000003 + uint64_t(from)) ^ 0x5851f42d4c957f2d)};
  LaneSums sums;
  for (int j = 0; j < kRows; j++) sums.shift[j] = all(out.shift[j]), sums.sum[j] = sums.square[j] = all(0);
  for (long i = from; i < to; i += kLanes) {
    State s[kSide] = {State(random[0]), State(random[1])};
    if constexpr (Jumpy)
      for (int g = 0; g < kSide; g++)
        for (int j = 0; j < 2; j++) s[g].wait(m, random[g], j, all(0), 0xff);
    for (int t = 0; t < kMonths; t++)
      for (int g = 0; g < kSide; g++) month<List, Value, Jumpy>(m, s[g], random[g], t, sums);
    for (int g = 0; g < kSide; g++) close<Value>(m, s[g], npvs + i + 8 * g, sums);
  }
  for (int j = 0; j < kRows; j++) out.sum[j] += _mm512_reduce_add_pd(sums.sum[j]), out.square[j] += _mm512_reduce_add_pd(sums.square[j]);
  out.n += to - from;
}

}  // namespace

int main(int, char** argv) {
  const Model m(readTables(argv[1]));
  auto run = m.jumpy ? paths<true, true, true> : m.noisyList && m.noisyValue ? paths<true, true> : m.noisyList ? paths<true, false> : m.noisyValue ? paths<false, true> : paths<false, false>;
  serve([&](uint64_t seed, long from, long to, double* npvs, Sums& sums) { run(m, seed, from, to, npvs, sums); });
}
