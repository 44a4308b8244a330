#include <cmath>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "core/seed.hpp"
#include "stats/diagnosis/diagnostics.hpp"
#include "tests/reference/e_process_path.hpp"
#include "tests/unit/stats/simulated_blocks.hpp"

namespace assay::stats {
namespace diagnostics_calibration_tests {

using test::SimulatedBlocks;
using test::white_noise;

constexpr int kSeries = 2000;

/// How many of `kSeries` white series each diagnostic flags.
std::map<std::string, int> false_flags(std::size_t blocks) {
  std::map<std::string, int> flags;
  for (int number = 0; number < kSeries; ++number) {
    const Seed seed = Seed(20240607).derive(Stream::trials, static_cast<std::uint64_t>(number));
    SimulatedBlocks noise = white_noise(blocks, seed);
    for (const Diagnostic& diagnostic : diagnose(noise.series(), seed).diagnostics) {
      flags[std::string(to_string(diagnostic.kind))] += diagnostic.flag ? 1 : 0;
    }
  }
  return flags;
}

class DiagnosticsOfWhiteNoise : public testing::TestWithParam<std::size_t> {};

// Nominal 1 % each. Allowed are 1.5 %, and three standard errors of the simulation (0.8 %) upon them.
TEST_P(DiagnosticsOfWhiteNoise, AreFlaggedAsRarelyAsTheirLevelSays) {
  const double allowed = 0.015 * kSeries + 3 * std::sqrt(0.015 * kSeries);
  for (const auto& [name, flags] : false_flags(GetParam())) {
    RecordProperty(name, flags);
    EXPECT_LE(flags, allowed) << name << ": " << flags << " of " << kSeries << " at " << GetParam() << " blocks";
    std::printf("%3zu blocks  %-16s %.2f %%\n", GetParam(), name.c_str(), 100.0 * flags / kSeries);
  }
}

INSTANTIATE_TEST_SUITE_P(BlockCounts, DiagnosticsOfWhiteNoise, testing::Values(6U, 10U, 20U, 60U, 200U));

// Ville's inequality, looking after every block: at most 5 % ever reach 20, and 1.5 % of 2000 is 3 standard errors.
TEST(AnytimeEvidence, EverReachesTwentyInAtMostOneSeriesOfTwenty) {
  int reached = 0;
  for (int number = 0; number < kSeries; ++number) {
    SimulatedBlocks noise = white_noise(100, Seed(20240608).derive(Stream::trials, static_cast<std::uint64_t>(number)));
    reached += test::anytime_p_value(test::log_evidence_path(0, noise.series().effects)) <= 0.05 ? 1 : 0;
  }
  std::printf("anytime: %.2f %%\n", 100.0 * reached / kSeries);
  EXPECT_LE(reached, 0.065 * kSeries);
}

}  // namespace diagnostics_calibration_tests
}  // namespace assay::stats
