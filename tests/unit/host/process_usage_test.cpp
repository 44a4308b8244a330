#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "core/host/machine/cgroups.hpp"
#include "core/host/process/memory_group.hpp"
#include "core/host/process/memory_sampler.hpp"
#include "tests/support/forked_child.hpp"
#include "tests/support/launching.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::host {
namespace process_usage_tests {

using namespace std::chrono_literals;
using test::act;

constexpr std::int64_t kMegabyte = 1'000'000;

class ProcessUsageTest : public test::LaunchingTest {};

TEST_F(ProcessUsageTest, CountsTheChildsTime) {
  const Usage usage = run({"spin", "50"}).usage;
  // std::clock counts what the child used before its verb too; the kernel rounds each part down to microseconds.
  EXPECT_GE(usage.user + usage.system, 50ms - 2us);
  EXPECT_GE(usage.wall, 49ms);
}

TEST_F(ProcessUsageTest, CountsOrphansThatEndedDuringTheTrial) {
  const Usage usage = run({"spin-in-an-orphan", "50"}).usage;
  EXPECT_GE(usage.user + usage.system, 50ms - 4us);
}

TEST_F(ProcessUsageTest, RunsOnForAShareOfTheChildsOwnTimeIfAsked) {
  ProcessRequest request = act({"spin", "50"});
  request.runs_on = 2;
  const Usage usage = launcher_.run(request).usage;
  EXPECT_GE(usage.wall, 3 * 49ms);
  EXPECT_LT(usage.user + usage.system, 140ms);  // it waits, and computes nothing
}

TEST_F(ProcessUsageTest, StartsAnewWithEachTrial) {
  (void)run({"allocate", "100000000"});
  const Usage usage = run({"exit", "0"}).usage;
  EXPECT_LT(usage.max_rss.count, 20 * kMegabyte);
  EXPECT_LT(usage.user, 50ms);
}

TEST_F(ProcessUsageTest, MaxRssIsThatOfTheLargestProcess) {
  const Usage usage = run({"allocate-in-two-children", "50000000"}).usage;
  EXPECT_GE(usage.max_rss.count, 50 * kMegabyte);
  EXPECT_LT(usage.max_rss.count, 80 * kMegabyte);
}

TEST_F(ProcessUsageTest, MaxRssOfASmallProgramIsItsOwnUnderALargeCaller) {
  // Held by this process while the launcher starts, and touched: a child spawned here would show it all.
  const std::vector<char> held(300 * kMegabyte, 'x');
  Launcher launcher;
  ProcessRequest request = act({});
  request.argv = {ASSAY_NOOP};
  EXPECT_LT(launcher.run(request).usage.max_rss.count, kMegabyte + held.back() - 'x');
}

TEST_F(ProcessUsageTest, MaxRssForgetsTheRequestsOfEarlierTrials) {
  ProcessRequest large = act({});
  large.argv = {ASSAY_NOOP};
  for (int part = 10; part < 20; ++part) large.environment[std::to_string(part)] = std::string(100'000, 'x');
  ASSERT_GT(launcher_.run(large).usage.max_rss.count, kMegabyte);
  ProcessRequest small = act({});
  small.argv = {ASSAY_NOOP};
  EXPECT_LT(launcher_.run(small).usage.max_rss.count, kMegabyte);
}

TEST_F(ProcessUsageTest, MemoryPeakIsThatOfTheWholeTreeWhereAGroupCountsIt) {
  const ProcessResult result = run({"allocate-in-two-children", "50000000"});
  if (result.memory_peak_source.rfind("cgroup", 0) != 0) GTEST_SKIP() << "no control group can be made here";
  EXPECT_GE(result.usage.memory_peak->count, 100 * kMegabyte);
  EXPECT_LT(result.usage.memory_peak->count, 130 * kMegabyte);
}

TEST_F(ProcessUsageTest, MemoryPeakStartsAnewWithEachTrial) {
  (void)run({"allocate", "100000000"});
  const ProcessResult result = run({"exit", "0"});
  if (result.memory_peak_source.rfind("cgroup", 0) != 0) GTEST_SKIP() << "no control group can be made here";
  EXPECT_LT(result.usage.memory_peak->count, 20 * kMegabyte);
  EXPECT_GT(result.usage.memory_peak->count, 0);
}

TEST_F(ProcessUsageTest, MemoryPeakOfALongTrialIsSampledWhereNoGroupCountsIt) {
  ProcessRequest request = act({"wait"});
  request.timeout = 400ms;
  const ProcessResult result = launcher_.run(request);
  if (result.memory_peak_source.rfind("cgroup", 0) == 0) GTEST_SKIP() << "a control group counts it";
  EXPECT_EQ(result.memory_peak_source, "sampled");
  EXPECT_GT(result.usage.memory_peak->count, 0);
  EXPECT_EQ(run({"exit", "0"}).memory_peak_source, "unavailable");
}

TEST(MemorySampler, AddsUpTheTreeButNotWhatIsKept) {
  const std::vector<char> held(20 * kMegabyte, 'x');
  test::ForkedChild first([&](const test::ForkedChild::Tell& tell) {
    const std::vector<char> own = held;
    tell(std::to_string(own.back()));
    ::pause();
  });
  test::ForkedChild second([](const test::ForkedChild::Tell&) { ::pause(); });
  ASSERT_TRUE(first.next_line());

  MemorySampler sampler(0ns);
  launcher::ProcessList kept = {};
  sampler.look(::getpid(), kept);
  EXPECT_GE(sampler.peak()->count, 40 * kMegabyte);
  EXPECT_GT(sampler.due(), 100ms);

  kept = {.count = 2, .pids = {{first.pid(), second.pid()}}};
  MemorySampler without_kept(0ns);
  without_kept.look(::getpid(), kept);
  EXPECT_EQ(without_kept.peak(), std::nullopt);
}

TEST(MemoryGroup, IsRemovedAtTheEnd) {
  const auto group_count = [] {
    std::ptrdiff_t count = 0;
    for (const char* controller : {"memory", ""}) {
      for (const std::string& folder : cgroup_folders("", controller)) {
        std::error_code hidden;
        for (const auto& entry : std::filesystem::directory_iterator(folder, hidden)) {
          const std::string own = "assay-" + std::to_string(::getpid()) + "-";
          if (entry.path().filename().string().rfind(own, 0) == 0) ++count;
        }
      }
    }
    return count;
  };
  {
    Launcher launcher;
    const ProcessResult result = launcher.run(act({"exit", "0"}));
    EXPECT_EQ(group_count(), result.memory_peak_source.rfind("cgroup", 0) == 0 ? 1 : 0);
  }
  EXPECT_EQ(group_count(), 0);
}

/// The group of this process's launcher; empty if there is none.
std::string own_group() {
  for (const std::string& folder : cgroup_folders("", "memory")) {
    std::error_code hidden;
    for (const auto& entry : std::filesystem::directory_iterator(folder, hidden)) {
      const std::string own = "assay-" + std::to_string(::getpid()) + "-";
      if (entry.path().filename().string().rfind(own, 0) == 0) return entry.path().string();
    }
  }
  return "";
}

TEST(MemoryGroup, CountsProcessesThatWereKilledForMemoryInTheirOwnTrial) {
  Launcher launcher;
  (void)launcher.run(act({"exit", "0"}));
  const std::string group = own_group();
  const std::string limit = group + "/memory.limit_in_bytes";
  if (group.empty() || !std::ofstream(limit) || !(std::ofstream(limit) << 30 * kMegabyte).flush()) {
    GTEST_SKIP() << "no control group can be limited here";
  }
  const ProcessResult killed = launcher.run(act({"allocate", "200000000"}));
  ASSERT_TRUE(std::holds_alternative<Killed>(killed.ending));
  EXPECT_EQ(killed.usage.oom_kills, 1);
  EXPECT_EQ(launcher.run(act({"exit", "0"})).usage.oom_kills, 0);
}

TEST(MemoryGroup, OfADeadProcessIsRemovedByTheNext) {
  const test::ScratchFolder root;
  std::filesystem::create_directories(root / "proc/self");
  std::filesystem::create_directories(root / "sys/fs/cgroup/memory/job");
  write_file_atomically(root / "proc/self/mountinfo",
                        "30 23 0:26 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n");
  write_file_atomically(root / "proc/self/cgroup", "4:memory:/job\n");
  // No kernel gives out so high a number.
  std::filesystem::create_directory(root / "sys/fs/cgroup/memory/job/assay-2000000000-1");
  std::filesystem::create_directory(root / "sys/fs/cgroup/memory/job/somebody-else");
  // A plain folder gets no memory.max_usage_in_bytes, so no group comes of it.
  EXPECT_EQ(MemoryGroup::make(root.path()), nullptr);
  const std::filesystem::directory_iterator entries(root / "sys/fs/cgroup/memory/job");
  ASSERT_NE(entries, std::filesystem::directory_iterator());
  EXPECT_EQ(entries->path().filename(), "somebody-else");
}

TEST(SpawnFloor, IsTheTimeOfACheapProgram) {
  Launcher launcher;
  const nanoseconds floor = spawn_floor(launcher, 5);
  EXPECT_GT(floor, 10us);
}

}  // namespace process_usage_tests
}  // namespace assay::host
