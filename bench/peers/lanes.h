// SPDX-License-Identifier: Apache-2.0

// Eight paths in a register: numbers and functions for the AVX-512 peer.
#pragma once

#include <immintrin.h>

#include <cstdint>
#include <initializer_list>

namespace lanes {

using V = __m512d;
using M = __mmask8;

inline V all(double x) { return _mm512_set1_pd(x); }
inline V fma(V a, V b, V c) { return _mm512_fmadd_pd(a, b, c); }

// Eight streams of xoshiro256++ (Blackman and Vigna 2021, "Scrambled linear
// pseudorandom number generators"), seeded by splitmix64.
struct Random {
  __m512i s[4];

  explicit Random(uint64_t seed) {
    alignas(64) uint64_t x[8];
    for (auto& word : s) {
      for (auto& lane : x) {
        uint64_t z = seed += 0x9e3779b97f4a7c15;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
        z = (z ^ z >> 27) * 0x94d049bb133111eb;
        lane = z ^ z >> 31;
      }
      word = _mm512_load_si512(x);
    }
  }

  // Odd multiples of 2^-53.
  V uniform() {
    __m512i sum = _mm512_add_epi64(_mm512_rol_epi64(_mm512_add_epi64(s[0], s[3]), 23), s[0]);
    __m512i t = _mm512_slli_epi64(s[1], 17);
    s[2] = _mm512_xor_si512(s[2], s[0]);
    s[3] = _mm512_xor_si512(s[3], s[1]);
    s[1] = _mm512_xor_si512(s[1], s[2]);
    s[0] = _mm512_xor_si512(s[0], s[3]);
    s[2] = _mm512_xor_si512(s[2], t);
    s[3] = _mm512_rol_epi64(s[3], 45);
    __m512i one = _mm512_or_si512(_mm512_srli_epi64(sum, 12), _mm512_set1_epi64(0x3ffLL << 52));
    return _mm512_sub_pd(_mm512_castsi512_pd(one), all(1 - 0x1p-53));
  }
};

// Natural logarithm of positive numbers, to some 1e-12: with m in [3/4, 3/2),
// 2 artanh((m-1)/(m+1)) by its series.
inline V log(V x) {
  V m = _mm512_getmant_pd(x, _MM_MANT_NORM_p75_1p5, _MM_MANT_SIGN_src);
  V e = _mm512_getexp_pd(_mm512_div_pd(x, m));
  V s = _mm512_div_pd(_mm512_sub_pd(m, all(1)), _mm512_add_pd(m, all(1))), z = _mm512_mul_pd(s, s);
  V p = all(2.0 / 15);
  for (double c : {2.0 / 13, 2.0 / 11, 2.0 / 9, 2.0 / 7, 2.0 / 5, 2.0 / 3, 2.0}) p = fma(p, z, all(c));
  return fma(e, all(0.693147180559945309), _mm512_mul_pd(p, s));
}

// 2^(j/16).
alignas(64) inline const double kRoots[16] = {
    1.0, 1.0442737824274138, 1.0905077326652577, 1.1387886347566916, 1.189207115002721, 1.241857812073484,
    1.2968395546510096, 1.3542555469368927, 1.4142135623730951, 1.4768261459394993, 1.5422108254079407, 1.6104903319492543,
    1.681792830507429, 1.7562521603732995, 1.8340080864093424, 1.9152065613971474};

// The exponential, to some 1e-14: 2^n 2^(j/16) e^r with |r| <= ln 2/32.
inline V exp(V x) {
  const V lo = _mm512_load_pd(kRoots), hi = _mm512_load_pd(kRoots + 8);
  V n = _mm512_roundscale_pd(_mm512_mul_pd(x, all(16 / 0.693147180559945309)), _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
  V r = _mm512_fnmadd_pd(n, all(0.693147180559945309 / 16), x);
  __m512i j = _mm512_castpd_si512(_mm512_add_pd(n, all(0x1.8p52)));
  V root = _mm512_permutex2var_pd(lo, j, hi);
  V p = all(1.0 / 120);
  for (double c : {1.0 / 24, 1.0 / 6, 0.5, 1.0}) p = fma(p, r, all(c));
  p = fma(_mm512_mul_pd(p, r), root, root);
  return _mm512_scalef_pd(p, _mm512_mul_pd(n, all(1.0 / 16))); // scalef rounds the exponent down
}

// The tails of the inverse normal distribution.
inline V normalTail(V u) {
  V upper = _mm512_sub_pd(all(1), u), least = _mm512_min_pd(u, upper);
  V q = _mm512_sqrt_pd(_mm512_mul_pd(all(-2), log(least)));
  V a = all(-7.784894002430293e-03), b = all(7.784695709041462e-03);
  for (double c : {-3.223964580411365e-01, -2.400758277161838e+00, -2.549732539343734e+00, 4.374664141464968e+00, 2.938163982698783e+00})
    a = fma(a, q, all(c));
  for (double c : {3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1.0}) b = fma(b, q, all(c));
  V x = _mm512_div_pd(a, b);
  return _mm512_mask_sub_pd(x, _mm512_cmp_pd_mask(u, all(0.5), _CMP_GT_OQ), all(0), x);
}

// The inverse normal distribution, to 1.2e-9 of itself (Acklam 2003, "An algorithm
// for computing the inverse normal cumulative distribution function").
inline V normal(V u) {
  V q = _mm512_sub_pd(u, all(0.5)), r = _mm512_mul_pd(q, q);
  V a = all(-3.969683028665376e+01), b = all(-5.447609879822406e+01);
  for (double c : {2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239e+00})
    a = fma(a, r, all(c));
  for (double c : {1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01, -1.328068155288572e+01, 1.0})
    b = fma(b, r, all(c));
  V x = _mm512_div_pd(_mm512_mul_pd(a, q), b);
  M tail = _mm512_cmp_pd_mask(_mm512_abs_pd(q), all(0.5 - 0.02425), _CMP_GT_OQ);
  if (__builtin_expect(tail, 0)) x = _mm512_mask_mov_pd(x, tail, normalTail(u));
  return x;
}

}  // namespace lanes
