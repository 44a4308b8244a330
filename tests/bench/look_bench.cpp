#include <cmath>
#include <vector>

#include <benchmark/benchmark.h>

#include "stats/hodges_lehmann.hpp"
#include "stats/sequential/looks.hpp"
#include "stats/sequential/sequential_test.hpp"

namespace assay::stats {
namespace {

std::vector<double> noise(int blocks) {
  Generator generator = Seed(1).stream(Stream::simulation);
  std::vector<double> effects;
  for (int block = 0; block < blocks; ++block) effects.push_back(0.03 * generator.normal());
  return effects;
}

SequentialDesign design_with(std::vector<int> looks) {
  return {.looks = std::move(looks), .alpha = {}, .margin = std::log1p(0.03), .seed = Seed(2)};
}

/// A first look at 200 blocks with all 25 byte columns of 19,999 sign vectors still to draw: target, under 5 ms.
void OneLookAt200Blocks(benchmark::State& state) {
  const std::vector<double> effects = noise(200);
  for (auto _ : state) {
    SequentialTest test(design_with({200}));
    benchmark::DoNotOptimize(test.look(effects));
  }
}
BENCHMARK(OneLookAt200Blocks)->Unit(benchmark::kMillisecond);

/// The same with the figures of a clock that ticks too slowly: zeros and ties.
void OneLookAt200QuantisedBlocks(benchmark::State& state) {
  std::vector<double> effects = noise(200);
  for (double& effect : effects) effect = std::round(effect * 30) / 30;
  for (auto _ : state) {
    SequentialTest test(design_with({200}));
    benchmark::DoNotOptimize(test.look(effects));
  }
}
BENCHMARK(OneLookAt200QuantisedBlocks)->Unit(benchmark::kMillisecond);

/// All looks of a trial up to its cap, the tabulated boundaries shared with earlier trials; then the p-value.
void WholeTrial(benchmark::State& state) {
  const auto cap = static_cast<int>(state.range(0));
  const std::vector<double> effects = noise(cap);
  const std::vector<int> looks = look_schedule({.cap = cap});
  for (auto _ : state) {
    SequentialTest test(design_with(looks));
    while (test.next_look()) benchmark::DoNotOptimize(test.look(effects));
    if (state.range(1) != 0) benchmark::DoNotOptimize(test.p_value());
  }
}
BENCHMARK(WholeTrial)->ArgNames({"cap", "p"})->ArgsProduct({{60, 200}, {0, 1}})->Unit(benchmark::kMillisecond);

/// The signed-rank interval in O(n log n) time and O(n) memory; the exact distribution ends at 400.
void Interval(benchmark::State& state) {
  const std::vector<double> effects = noise(static_cast<int>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(hodges_lehmann(effects, 0.95));
}
BENCHMARK(Interval)->Arg(200)->Arg(400)->Arg(1000)->Arg(10000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace assay::stats
