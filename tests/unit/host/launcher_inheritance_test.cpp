#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/host/launcher/process_status.hpp"
#include "core/host/process/process_cpu.hpp"
#include "tests/support/launching.hpp"

namespace assay::host {
namespace launcher_inheritance_tests {

using test::act;
using testing::ElementsAre;
using testing::IsEmpty;

/// Something that a trial alters in the launcher, and what notes call it.
struct Altered {
  const char* word;
  const char* name;
};

class LauncherInheritance : public test::LaunchingTest, public testing::WithParamInterface<Altered> {
 protected:
  bool altered(const char* word) { return std::get<Exited>(run({"alter-parent", word}).ending).code == 0; }
};

TEST_P(LauncherInheritance, OfATrialIsWhatItWasBeforeAnEarlierTrialAlteredIt) {
  const std::string before = output_of({"print-inherited"});
  if (!altered(GetParam().word)) GTEST_SKIP() << "this user may not";
  EXPECT_EQ(output_of({"print-inherited"}), before);
}

TEST_P(LauncherInheritance, ThatWasAlteredIsNamedOnce) {
  const ProcessResult altering = run({"alter-parent", GetParam().word});
  if (std::get<Exited>(altering.ending).code != 0) GTEST_SKIP() << "this user may not";
  EXPECT_THAT(altering.launcher_changes, ElementsAre(GetParam().name));
  EXPECT_THAT(run({"exit", "0"}).launcher_changes, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Any, LauncherInheritance,
                         testing::Values(Altered{"nice", "niceness"}, Altered{"policy", "scheduling policy"},
                                         Altered{"slack", "timer slack"}, Altered{"files", "resource limits"},
                                         Altered{"cpus", "CPU mask"}, Altered{"oom", "OOM score"},
                                         Altered{"core", "core dump filter"}),
                         [](const auto& altered) { return std::string(altered.param.word); });

class LauncherGuard : public test::LaunchingTest {};

TEST_F(LauncherGuard, LetsNoTrialEndTheLauncherByATermination) {
  EXPECT_EQ(std::get<Exited>(run({"end-parent"}).ending).code, 0);
  EXPECT_EQ(std::get<Exited>(run({"exit", "0"}).ending).code, 0);
}

TEST_F(LauncherGuard, PassesNoHandlerOrBlockedSignalOn) {
  EXPECT_EQ(output_of({"print-signals"}), "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
}

TEST_F(LauncherGuard, CountsHowOftenATrialWasStopped) {
  EXPECT_EQ(run({"be-stopped-once"}).stops, 1);
  EXPECT_EQ(run({"exit", "0"}).stops, 0);
}

TEST_F(LauncherGuard, CountsAStopOfTheLauncherItself) {
  EXPECT_EQ(run({"stop-parent"}).stops, 1);
}

class ServicesCpu : public test::LaunchingTest {};

TEST_F(ServicesCpu, IsThatOfWhatSetupsLeftRunning) {
  EXPECT_EQ(launcher_.services_cpu().count(), 0);
  ProcessRequest setup = act({"leave-flooding"});
  setup.standard_output = ToNull{};
  setup.keep_descendants = true;
  (void)launcher_.run(setup);
  const nanoseconds before = launcher_.services_cpu();
  (void)run({"spin", "50"});
  EXPECT_GT(launcher_.services_cpu(), before);
  (void)launcher_.end_descendants();
  EXPECT_EQ(launcher_.services_cpu().count(), 0);
}

TEST_F(ServicesCpu, LeavesOutTrials) {
  (void)run({"spin", "30"});
  EXPECT_GE(launcher_.children_cpu(), std::chrono::milliseconds(20));
  EXPECT_EQ(launcher_.services_cpu().count(), 0);
}

TEST(CpuTimeOf, ThisProcessGrowsWithItsWork) {
  const nanoseconds before = cpu_time_of({::getpid()});
  volatile unsigned sum = 0;
  for (unsigned round = 0; round < 20'000'000; ++round) sum = sum + round;
  EXPECT_GT(cpu_time_of({::getpid()}), before);
}

}  // namespace launcher_inheritance_tests
}  // namespace assay::host
