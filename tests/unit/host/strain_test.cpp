#include "core/host/machine/strain.hpp"

#include <ctime>
#include <filesystem>

#include <gtest/gtest.h>

namespace assay::host {
namespace strain_tests {

TEST(StrainMeter, TellsTheLoadWhereTheKernelDoes) {
  StrainMeter meter;
  meter.start();
  const Strain strain = meter.finish();
  ASSERT_EQ(strain.load.has_value(), std::filesystem::exists("/proc/loadavg"));
  if (strain.load) {
    EXPECT_GE(*strain.load, 0);
  }
}

TEST(StrainMeter, TellsWhatPassedAndNotWhatWasBefore) {
  StrainMeter meter;
  const auto begin = std::chrono::steady_clock::now();
  meter.start();
  const Strain strain = meter.finish();
  const auto passed = std::chrono::steady_clock::now() - begin;
  // The kernel rounds to microseconds and sums over tasks on each CPU; since boot, seconds have gathered.
  const auto limit = passed + std::chrono::milliseconds(10);
  for (const auto& stalled : {strain.cpu_stalled, strain.io_stalled, strain.memory_stalled}) {
    EXPECT_EQ(stalled.has_value(), std::filesystem::exists("/proc/pressure/cpu"));
    if (!stalled) continue;
    EXPECT_GE(*stalled, nanoseconds(0));
    EXPECT_LE(*stalled, limit);
  }
  if (strain.stolen) {
    EXPECT_GE(*strain.stolen, nanoseconds(0));
  }
}

TEST(StrainMeter, CountsTheCpuTimeOfEverythingThatRuns) {
  StrainMeter meter;
  meter.start();
  const std::clock_t begin = std::clock();
  const std::clock_t long_enough = CLOCKS_PER_SEC / 10;
  while (std::clock() - begin < long_enough) {
  }
  const Strain strain = meter.finish();
  ASSERT_EQ(strain.machine_cpu.has_value(), std::filesystem::exists("/proc/stat"));
  // The kernel counts in ticks, and each CPU's count ends with its last one.
  if (strain.machine_cpu) {
    EXPECT_GE(*strain.machine_cpu, std::chrono::milliseconds(80));
  }
}

}  // namespace strain_tests
}  // namespace assay::host
