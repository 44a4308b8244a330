#include "core/host/machine/conditions.hpp"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <set>

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
  /// `meanwhile` happens between the two looks.
  MachineCondition found(
      ConditionKind kind, const std::function<void()>& meanwhile = [] {}) {
    const std::vector<MachineCondition> all = read_conditions(meanwhile, root_.path());
    return *std::find_if(all.begin(), all.end(), [&](const MachineCondition& one) { return one.kind == kind; });
  }
  void take_away(const std::string& path) { std::filesystem::remove(root_ / path); }
  Disturbance disturbance(ConditionKind kind) { return found(kind).disturbance; }

 private:
  const test::ScratchFolder root_;
};

TEST_F(ConditionsTest, AreUnknownIfTheKernelDoesNotSay) {
  for (const ConditionKind kind :
       {ConditionKind::governor, ConditionKind::turbo, ConditionKind::smt, ConditionKind::load, ConditionKind::steal,
        ConditionKind::stalls, ConditionKind::memory_stalls, ConditionKind::io_stalls, ConditionKind::heat,
        ConditionKind::clock_source, ConditionKind::aslr}) {
    EXPECT_EQ(disturbance(kind), Disturbance::unknown) << to_string(kind);
  }
}

TEST_F(ConditionsTest, OfEachKindAreToldOnce) {
  std::vector<MachineCondition> all = read_conditions([] {});
  all.push_back(read_other_measurements());
  std::set<ConditionKind> kinds;
  for (const MachineCondition& condition : all) kinds.insert(condition.kind);
  EXPECT_EQ(all.size(), EnumNames<ConditionKind>::values.size());
  EXPECT_EQ(kinds.size(), all.size());
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

TEST_F(ConditionsTest, WaitingForACpuForMemoryOrForADiskDisturbs) {
  const std::map<ConditionKind, std::string> files = {{ConditionKind::stalls, "proc/pressure/cpu"},
                                                      {ConditionKind::memory_stalls, "proc/pressure/memory"},
                                                      {ConditionKind::io_stalls, "proc/pressure/io"}};
  for (const auto& [kind, file] : files) {
    given(file, "some avg10=12.50 avg60=1.00 avg300=0.00 total=1\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n");
    EXPECT_EQ(disturbance(kind), Disturbance::disturbing) << file;
    given(file, "some avg10=0.50 avg60=12.00 avg300=0.00 total=1\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n");
    EXPECT_EQ(disturbance(kind), Disturbance::none) << file;
  }
  EXPECT_EQ(found(ConditionKind::io_stalls).state, "some process waited for a disk in 0.5 % of the last 10 s");
}

TEST_F(ConditionsTest, ThreadsThatShareACoreAreNoted) {
  given("sys/devices/system/cpu/smt/active", "1\n");
  EXPECT_EQ(found(ConditionKind::smt), (MachineCondition{ConditionKind::smt, Disturbance::noted, "on"}));
  given("sys/devices/system/cpu/smt/active", "0\n");
  EXPECT_EQ(found(ConditionKind::smt), (MachineCondition{ConditionKind::smt, Disturbance::none, "off"}));
}

TEST_F(ConditionsTest, AddressesThatDifferFromStartToStartAreNoted) {
  given("proc/sys/kernel/randomize_va_space", "2\n");
  EXPECT_EQ(found(ConditionKind::aslr), (MachineCondition{ConditionKind::aslr, Disturbance::noted, "on"}));
  given("proc/sys/kernel/randomize_va_space", "0\n");
  EXPECT_EQ(disturbance(ConditionKind::aslr), Disturbance::none);
}

TEST_F(ConditionsTest, TimeThatTheHypervisorGivesToOthersDisturbs) {
  given("proc/stat", "cpu  1000 0 500 8000 100 0 0 400 0 0\n");
  // 200 ticks pass, and 50 of them are stolen; the 400 from before do not count.
  EXPECT_EQ(found(ConditionKind::steal, [this] { given("proc/stat", "cpu  1050 0 500 8100 100 0 0 450 0 0\n"); }),
            (MachineCondition{ConditionKind::steal, Disturbance::disturbing, "25.0 % of CPU time"}));
  EXPECT_EQ(found(ConditionKind::steal, [this] { given("proc/stat", "cpu  1150 0 500 8200 100 0 0 450 0 0\n"); }),
            (MachineCondition{ConditionKind::steal, Disturbance::none, "0.0 % of CPU time"}));
}

TEST_F(ConditionsTest, PagesThatMoveToOrFromDiskDisturb) {
  given("proc/vmstat", "nr_free_pages 5\npswpin 10\npswpout 20\n");
  EXPECT_EQ(found(ConditionKind::swap),
            (MachineCondition{ConditionKind::swap, Disturbance::none, "0 pages moved while we looked"}));
  EXPECT_EQ(found(ConditionKind::swap, [this] { given("proc/vmstat", "pswpin 11\npswpout 22\n"); }),
            (MachineCondition{ConditionKind::swap, Disturbance::disturbing, "3 pages moved while we looked"}));
}

TEST_F(ConditionsTest, AContainerIsNoted) {
  EXPECT_EQ(found(ConditionKind::virtualisation).state.find("container"), std::string::npos);
  for (const char* mark : {".dockerenv", "run/.containerenv"}) {
    given(mark, "");
    const MachineCondition condition = found(ConditionKind::virtualisation);
    EXPECT_NE(condition.state.find("container"), std::string::npos) << mark;
    EXPECT_EQ(condition.disturbance, Disturbance::noted) << mark;
    take_away(mark);
  }
}

TEST_F(ConditionsTest, AGroupThatIsThrottledMeanwhileDisturbs) {
  given("proc/self/mountinfo", "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n");
  given("proc/self/cgroup", "0::/job\n");
  given("sys/fs/cgroup/job/cpu.stat", "nr_throttled 3\n");
  EXPECT_EQ(found(ConditionKind::throttling, [this] { given("sys/fs/cgroup/job/cpu.stat", "nr_throttled 5\n"); }),
            (MachineCondition{ConditionKind::throttling, Disturbance::disturbing, "2 periods while we looked"}));
}

TEST_F(ConditionsTest, LimitsOfTheGroupAreNoted) {
  EXPECT_EQ(found(ConditionKind::cpu_limit), (MachineCondition{ConditionKind::cpu_limit, Disturbance::none, "none"}));
  EXPECT_EQ(disturbance(ConditionKind::memory_limit), Disturbance::none);
  given("proc/self/mountinfo", "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n");
  given("proc/self/cgroup", "0::/job\n");
  given("sys/fs/cgroup/job/cpu.max", "50000 100000\n");
  given("sys/fs/cgroup/job/memory.max", "536870912\n");
  EXPECT_EQ(found(ConditionKind::cpu_limit), (MachineCondition{ConditionKind::cpu_limit, Disturbance::noted, "0.5"}));
  EXPECT_EQ(found(ConditionKind::memory_limit),
            (MachineCondition{ConditionKind::memory_limit, Disturbance::noted, "536870912 bytes"}));
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
