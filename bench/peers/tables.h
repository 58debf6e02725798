// SPDX-License-Identifier: Apache-2.0

// What the C++ peers share: tables by month read from the file that tables.py
// writes, requests on standard input, and answers. See README.md.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>
#include <string>
#include <thread>
#include <vector>

constexpr int kMonths = 120, kYears = 10, kRows = 5 + kYears;

using Tables = std::map<std::string, std::vector<double>>;

inline Tables readTables(const char* path) {
  FILE* f = std::fopen(path, "r");
  if (!f) {
    std::perror(path);
    std::exit(1);
  }
  Tables out;
  char name[64];
  int n;
  while (std::fscanf(f, "%63s %d", name, &n) == 2) {
    std::vector<double> x(n);
    for (double& v : x)
      if (std::fscanf(f, "%lf", &v) != 1) std::exit(1);
    out[name] = x;
  }
  std::fclose(f);
  return out;
}

// Sums of what paths gave, less a shift near the mean so that squares lose nothing.
struct Sums {
  double shift[kRows] = {}, sum[kRows] = {}, square[kRows] = {};
  long n = 0;

  void add(const double* row) {
    for (int j = 0; j < kRows; j++) {
      double d = row[j] - shift[j];
      sum[j] += d;
      square[j] += d * d;
    }
  }
  void add(const Sums& o) {
    for (int j = 0; j < kRows; j++) sum[j] += o.sum[j], square[j] += o.square[j];
    n += o.n;
  }
};

// When a request came: by the clock, and by the processor time of all threads.
struct Start {
  std::chrono::steady_clock::time_point at = std::chrono::steady_clock::now();
  std::clock_t cpu = std::clock();
};

inline void answer(const Sums& s, std::vector<double>& npvs, const Start& start) {
  size_t low = npvs.size() / 20, high = npvs.size() / 20 * 19;
  std::nth_element(npvs.begin(), npvs.begin() + low, npvs.end());
  std::nth_element(npvs.begin() + low + 1, npvs.begin() + high, npvs.end());
  double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start.at).count();
  double cpu = double(std::clock() - start.cpu) / CLOCKS_PER_SEC;
  static const char* first[] = {"npv.cloud", "npv.lab", "pv_spend"};
  auto name = [](int j) -> std::string {
    if (j < 3) return first[j];
    if (j < 3 + kYears) return "deficiency." + std::to_string(j - 2);
    return j == 3 + kYears ? "deficiency_total" : "default";
  };
  std::printf("{\"seconds\": %.9g, \"cpu\": %.9g, \"mean\": {", seconds, cpu);
  for (int j = 0; j < kRows; j++) std::printf("%s\"%s\": %.17g", j ? ", " : "", name(j).c_str(), s.shift[j] + s.sum[j] / s.n);
  std::printf("}, \"variance\": {");
  for (int j = 0; j < kRows; j++) {
    double d = s.sum[j] / s.n;
    std::printf("%s\"%s\": %.17g", j ? ", " : "", name(j).c_str(), s.square[j] / s.n - d * d);
  }
  std::printf("}, \"quantiles\": [%.17g, %.17g]}\n", npvs[low], npvs[high]);
  std::fflush(stdout);
}

// Serves requests: run(seed, from, to, npvs, sums) runs some paths on one thread.
template <class Run>
void serve(Run run) {
  long paths;
  unsigned long long seed;
  int threads;
  while (std::scanf("%ld %llu %d", &paths, &seed, &threads) == 3) {
    const Start start;
    paths = (paths + 511) / 512 * 512;
    std::vector<double> npvs(paths);
    Sums all;
    run(seed + 1000003, 0, 512, npvs.data(), all);
    for (int j = 0; j < kRows; j++) all.shift[j] = all.sum[j] / 512, all.sum[j] = all.square[j] = 0;
    all.n = 0;
    std::vector<Sums> part(threads, all);
    std::vector<std::thread> pool;
    for (int k = 0; k < threads; k++)
      pool.emplace_back([&, k] {
        long from = paths / 512 * k / threads * 512, to = paths / 512 * (k + 1) / threads * 512;
        run(seed, from, to, npvs.data(), part[k]);
      });
    for (auto& t : pool) t.join();
    for (auto& p : part) all.add(p);
    answer(all, npvs, start);
  }
}
