#include "core/host/machine/conditions.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "core/host/machine/cpus.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::host {
namespace conditions_tests {

/// A machine's /proc and /sys as plain files.
class ConditionsTest : public testing::Test {
 protected:
  void given(const std::string& path, const std::string& text) {
    std::filesystem::create_directories(std::filesystem::path(root_ / path).parent_path());
    write_file_atomically(root_ / path, text);
  }
  void given_for_each_cpu(const std::string& name, const std::string& text) {
    for (const int cpu : usable_cpus()) given(fmt::format("sys/devices/system/cpu/cpu{}/{}", cpu, name), text);
  }
  MachineCondition found(ConditionKind kind) {
    const std::vector<MachineCondition> all = read_conditions(nanoseconds{0}, root_.path());
    return *std::find_if(all.begin(), all.end(), [&](const MachineCondition& one) { return one.kind == kind; });
  }
  Disturbance disturbance(ConditionKind kind) { return found(kind).disturbance; }

 private:
  const test::ScratchFolder root_;
};

TEST_F(ConditionsTest, AreUnknownIfTheKernelDoesNotSay) {
  for (const ConditionKind kind :
       {ConditionKind::governor, ConditionKind::turbo, ConditionKind::smt, ConditionKind::load, ConditionKind::steal,
        ConditionKind::stalls, ConditionKind::heat, ConditionKind::clock_source, ConditionKind::aslr}) {
    EXPECT_EQ(disturbance(kind), Disturbance::unknown) << to_string(kind);
  }
}

TEST_F(ConditionsTest, OfEachKindAreToldOnce) {
  const std::vector<MachineCondition> all = read_conditions(nanoseconds{0});
  EXPECT_EQ(all.size(), EnumNames<ConditionKind>::values.size());
  for (const MachineCondition& condition : all) EXPECT_FALSE(condition.state.empty()) << to_string(condition.kind);
}

TEST_F(ConditionsTest, FrequencyThatFollowsTheLoadDisturbs) {
  given_for_each_cpu("cpufreq/scaling_governor", "powersave\n");
  EXPECT_EQ(found(ConditionKind::governor),
            (MachineCondition{ConditionKind::governor, Disturbance::disturbing, "powersave"}));
  given_for_each_cpu("cpufreq/scaling_governor", "performance\n");
  EXPECT_EQ(disturbance(ConditionKind::governor), Disturbance::none);
}

TEST_F(ConditionsTest, TurboIsReadFromBothDrivers) {
  given("sys/devices/system/cpu/cpufreq/boost", "1\n");
  EXPECT_EQ(disturbance(ConditionKind::turbo), Disturbance::disturbing);
  given("sys/devices/system/cpu/intel_pstate/no_turbo", "1\n");
  EXPECT_EQ(disturbance(ConditionKind::turbo), Disturbance::none);
}

TEST_F(ConditionsTest, OtherWorkDisturbs) {
  given("proc/loadavg", "64.00 10.00 5.00 9/999 12345\n");
  EXPECT_EQ(disturbance(ConditionKind::load), Disturbance::disturbing);
  given("proc/loadavg", "0.01 10.00 5.00 1/999 12345\n");
  EXPECT_EQ(disturbance(ConditionKind::load), Disturbance::none);
}

TEST_F(ConditionsTest, WaitingForACpuDisturbs) {
  given("proc/pressure/cpu", "some avg10=12.50 avg60=1.00 avg300=0.00 total=1\n");
  EXPECT_EQ(disturbance(ConditionKind::stalls), Disturbance::disturbing);
}

TEST_F(ConditionsTest, AGroupThatWasThrottledBeforeIsNoted) {
  given("proc/self/mountinfo", "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n");
  given("proc/self/cgroup", "0::/job\n");
  given("sys/fs/cgroup/job/cpu.stat", "usage_usec 5\nnr_periods 9\nnr_throttled 3\n");
  given("sys/fs/cgroup/job/cpu.max", "150000 100000\n");
  EXPECT_EQ(found(ConditionKind::throttling),
            (MachineCondition{ConditionKind::throttling, Disturbance::noted, "3 periods so far"}));
  EXPECT_EQ(found(ConditionKind::cpu_limit), (MachineCondition{ConditionKind::cpu_limit, Disturbance::noted, "1.5"}));
}

TEST_F(ConditionsTest, ASlowClockDisturbs) {
  given("sys/devices/system/clocksource/clocksource0/current_clocksource", "hpet\n");
  EXPECT_EQ(disturbance(ConditionKind::clock_source), Disturbance::disturbing);
  given("sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc\n");
  EXPECT_EQ(disturbance(ConditionKind::clock_source), Disturbance::none);
}

TEST_F(ConditionsTest, MonitoringOfMemoryDisturbs) {
  EXPECT_EQ(disturbance(ConditionKind::monitoring), Disturbance::none);
  given("sys/kernel/mm/damon/admin/kdamonds/nr_kdamonds", "1\n");
  EXPECT_EQ(disturbance(ConditionKind::monitoring), Disturbance::disturbing);
}

TEST_F(ConditionsTest, PagesThatAreAlwaysJoinedAreNoted) {
  given("sys/kernel/mm/transparent_hugepage/enabled", "[always] madvise never\n");
  EXPECT_EQ(found(ConditionKind::huge_pages),
            (MachineCondition{ConditionKind::huge_pages, Disturbance::noted, "always"}));
  given("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n");
  EXPECT_EQ(disturbance(ConditionKind::huge_pages), Disturbance::none);
}

}  // namespace conditions_tests
}  // namespace assay::host
