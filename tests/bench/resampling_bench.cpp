#include <cmath>
#include <vector>

#include <benchmark/benchmark.h>

#include "core/seed.hpp"
#include "stats/diagnosis/diagnostics.hpp"
#include "stats/reference/bootstrap.hpp"
#include "stats/reference/permutation.hpp"
#include "stats/summary.hpp"

namespace assay::stats {
namespace {

/// One thread: what resampling_scipy.py compares with SciPy, at n = 1000 and 9,999 resamples each.
constexpr std::size_t kValues = 1000;
constexpr Resampling kOneThread{.seed = Seed(1)};

std::vector<double> noise(std::size_t count, std::uint64_t seed) {
  Generator generator = Seed(seed).stream(Stream::simulation);
  std::vector<double> values;
  for (std::size_t index = 0; index < count; ++index) values.push_back(0.01 + generator.normal());
  return values;
}

void BcaOfMean(benchmark::State& state) {
  const std::vector<double> values = noise(kValues, 1);
  for (auto _ : state) benchmark::DoNotOptimize(bca_mean(values, 0.95, kOneThread));
}
BENCHMARK(BcaOfMean)->Unit(benchmark::kMillisecond);

void BcaOfMedian(benchmark::State& state) {
  const std::vector<double> values = noise(kValues, 1);
  for (auto _ : state) benchmark::DoNotOptimize(bca_median(values, 0.95, kOneThread));
}
BENCHMARK(BcaOfMedian)->Unit(benchmark::kMillisecond);

void BcaOfAnyStatistic(benchmark::State& state) {
  const std::vector<double> values = noise(kValues, 1);
  for (auto _ : state) benchmark::DoNotOptimize(bca(values, mean, 0.95, kOneThread));
}
BENCHMARK(BcaOfAnyStatistic)->Unit(benchmark::kMillisecond);

void SignFlips(benchmark::State& state) {
  const std::vector<double> values = noise(kValues, 2);
  for (auto _ : state) benchmark::DoNotOptimize(sign_flip_test(values, Alternative::two_sided, kOneThread));
}
BENCHMARK(SignFlips)->Unit(benchmark::kMillisecond);

void TwoSamplePermutations(benchmark::State& state) {
  const std::vector<double> treatment = noise(kValues / 2, 3);
  const std::vector<double> control = noise(kValues / 2, 4);
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        two_sample_permutation_test({.treatment = treatment, .control = control}, Alternative::two_sided, kOneThread));
  }
}
BENCHMARK(TwoSamplePermutations)->Unit(benchmark::kMillisecond);

/// All diagnostics of one comparison of white noise; a finding costs more, up to 1999 draws a test.
void Diagnose(benchmark::State& state) {
  const auto blocks = static_cast<std::size_t>(state.range(0));
  const std::vector<double> control = noise(blocks, 5);
  const std::vector<double> treatment = noise(blocks, 6);
  std::vector<double> effects;
  std::vector<int> positions;
  Generator coins = Seed(7).stream(Stream::order);
  for (std::size_t block = 0; block < blocks; ++block) {
    effects.push_back(treatment[block] - control[block]);
    positions.push_back(static_cast<int>(coins.below(2)));
  }
  const BlockSeries series{.effects = effects,
                           .control = control,
                           .treatment = treatment,
                           .treatment_position = positions,
                           .margin = std::log1p(0.03)};
  for (auto _ : state) benchmark::DoNotOptimize(diagnose(series, Seed(8)));
}
BENCHMARK(Diagnose)->Arg(60)->Arg(200)->Arg(10000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace assay::stats
